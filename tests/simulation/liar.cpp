#include "tests/simulation/liar.hpp"

#include "core/base/check.hpp"

namespace kiem::test {

Liar::Liar(SimWorld& world, std::size_t honest_laptop, std::size_t liar, const SessionLimits& limits)
    : world_(world), laptops_{honest_laptop, liar} {
  begin(limits);
}

void Liar::begin(const SessionLimits& limits) {
  const auto end = [&](std::size_t at) {
    SessionOptions options;
    options.peer = world_[laptops_[1 - at]].key();
    options.dialled = at == 1;
    options.limits = limits;
    return std::make_unique<Session>(world_[laptops_[at]].replica(), std::move(options), now);
  };
  honest = end(0);
  own = end(1);
  talk();
}

void Liar::talk() {
  for (bool moved = true; moved;) {
    moved = false;
    while (auto frame = own->next_frame()) {
      honest->receive(*frame, now);
      moved = true;
    }
    while (auto frame = honest->next_frame()) {
      own->receive(*frame, now);
      moved = true;
    }
  }
}

std::vector<wire::Message> Liar::listen() {
  std::vector<wire::Message> heard;
  while (auto frame = honest->next_frame()) {
    auto message = wire::decode(*frame);
    KIEM_CHECK(message.has_value());
    heard.push_back(std::move(*message));
  }
  return heard;
}

wire::Heads Liar::promise() {
  Replica& replica = world_[laptops_[1]].replica();
  const auto spaces = replica.spaces();
  KIEM_CHECK(spaces.has_value());
  Short nowhere;
  nowhere.bytes.fill(7);
  const auto tag = replica.tag(spaces->back(), replica.keys().transport.public_key, world_[laptops_[0]].key());
  KIEM_CHECK(tag.has_value());
  return {1, {{*tag, {{1, short_of(replica.keys().device), {nowhere}}}}}, true};
}

Bytes Liar::idle_talk() {
  CborWriter later;
  later.array(2);
  later.unsigned_integer(100);
  later.map(0);
  return later.take();
}

Liar::Known Liar::known() {
  Replica& replica = world_[laptops_[1]].replica();
  const auto spaces = replica.spaces();
  KIEM_CHECK(spaces.has_value());
  const auto chain = replica.find_chain(spaces->back(), 1, short_of(replica.keys().device));
  KIEM_CHECK(chain && *chain);
  const auto runs = replica.runs_after(**chain, {});
  KIEM_CHECK(runs && !runs->empty());
  const auto& rows = runs->back().rows;
  auto run = replica.export_run(rows, world_[laptops_[0]].as_peer(), kMaxSegmentBytes, false);
  KIEM_CHECK(run.has_value());
  return {std::move(run->segment), rows.size()};
}

const wire::Level* level_in(const std::vector<wire::Message>& heard) {
  for (const auto& message : heard) {
    if (const auto* const level = std::get_if<wire::Level>(&message)) return level;
  }
  return nullptr;
}

}  // namespace kiem::test
