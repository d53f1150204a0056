#include "tests/bench/sync_world.hpp"

#include <algorithm>

#include "core/access/person_graph.hpp"
#include "core/base/check.hpp"
#include "core/domain/founding.hpp"
#include "core/oplog/author.hpp"
#include "core/oplog/draft.hpp"
#include "core/schema/first.hpp"

namespace kiem::bench {
namespace {

// What a store keeps signatures of (core/oplog/op_store.cpp); between them nothing need be signed here.
constexpr std::uint64_t kSignedEvery = 16;
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

}  // namespace

SyncWorld::SyncWorld(std::uint64_t seed, std::size_t absent) : world_(seed), fake_(seed + 1) {
  world_.add("Anneke V.");
  world_.add("Bram O.");
  world_.found(0, "Sociaal Tuinieren");
  const auto spaces = world_[0].replica().spaces();
  KIEM_CHECK(spaces.has_value());
  space_ = spaces->back().id;
  double sum = 0;
  for (std::size_t i = 0; i < absent; ++i) {
    admit();
    sum += 1.0 / static_cast<double>(i + 1);
    weights_.push_back(sum);
  }
}

void SyncWorld::admit() {
  Absent author{DeviceKeys::generate(fake_.rng), 0, {}};
  const RecoveryWords words = RecoveryWords::generate(fake_.rng);
  const Founding founding = found_person(author.keys, words, fake_.env());
  auto& replica = world_[0].replica();
  const auto invitation = replica.invite({}, Role::volunteer);
  KIEM_CHECK(invitation.has_value());
  JoinRequest request;
  request.invitation = invitation->operation;
  request.challenge = replica.draw_hash();
  request.device = author.keys.device;
  request.proof =
      prove_invitation(invitation_key(invitation->seed.view()), space_, author.keys.device, request.challenge);
  request.consent = give_consent(author.keys.signing, space_, invitation->operation, author.keys.person,
                                 author.keys.device, request.challenge);
  request.present = {copy_for_present(founding.operation)};
  request.name = "Buur " + std::to_string(absent_.size() + 1);
  const auto admitted = replica.admit(request, author.keys.transport.public_key);
  KIEM_CHECK(admitted && !admitted->refusal);
  absent_.push_back(std::move(author));
}

std::size_t SyncWorld::draw() {
  const double at =
      weights_.back() * static_cast<double>(fake_.rng.below(1ULL << 40U)) / static_cast<double>(1ULL << 40U);
  const auto found = std::upper_bound(weights_.begin(), weights_.end(), at);
  return std::min(static_cast<std::size_t>(found - weights_.begin()), weights_.size() - 1);
}

UnverifiedOperation SyncWorld::next_of(Absent& author, const std::vector<OpId>& heads, bool last,
                                       std::int64_t spread_days) {
  Draft draft(circle_id(space_, static_cast<std::uint32_t>(CircleNumber::open)), kSchemaNumber);
  draft.add(create_record(collection::kTask, std::nullopt));
  const std::string title = "De haag van tuin " + std::to_string(operations_++) + " knippen en het snoeisel wegbrengen";
  draft.add(write_field(collection::kTask, std::nullopt, task_field::kTitle), TextValue{title, {}});
  draft.add(write_field(collection::kTask, std::nullopt, task_field::kSeats), IntegerValue{2});
  draft.add(write_field(collection::kTask, std::nullopt, task_field::kAssigner), DeviceValue{author.keys.device});
  auto finished = draft.finish(new_act(fake_.rng), fake_.rng);

  UnverifiedOperation operation;
  operation.bones = encode(finished.bones);
  for (auto& part : finished.parts) operation.parts.emplace_back(std::move(part));
  Header header;
  header.space = space_;
  header.circle = draft.circle();
  header.device = author.keys.device;
  header.seq = author.seq;
  header.prev = author.prev;
  header.access_heads = heads;
  header.claimed = fake_.clock.wall();
  if (spread_days > 0)
    header.claimed.ms -= static_cast<std::int64_t>(fake_.rng.below(static_cast<std::uint64_t>(spread_days))) * kDayMs;
  header.bones_hash = bones_hash(operation.bones);
  header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
  operation.header = encode(header);
  if (last || author.seq % kSignedEvery == 0) {
    operation.signature = sign_header(author.keys.signing, operation.header);
  }
  author.prev = op_id(operation.header);
  ++author.seq;
  return operation;
}

void SyncWorld::write(std::size_t count, const std::vector<std::size_t>& to, std::int64_t spread_days) {
  std::map<std::size_t, std::size_t> shares;
  for (std::size_t i = 0; i < count; ++i) ++shares[draw()];
  touched_ = shares.size();
  std::map<std::size_t, std::vector<std::size_t>> by_laptop;
  for (const auto& [author, share] : shares) by_laptop[to[fake_.rng.below(to.size())]].push_back(author);
  for (const auto& each : by_laptop) {
    const auto& authors = each.second;
    world_[each.first].from_below([&](Connection& db, const DeviceKeys&, Ingest& ingest) {
      const auto space = find_space(db, space_);
      KIEM_CHECK(space && *space);
      const auto heads = access_tips(db, (*space)->row);
      KIEM_CHECK(heads.has_value());
      for (const std::size_t author : authors) {
        std::vector<UnverifiedOperation> run;
        const std::size_t share = shares.at(author);
        for (std::size_t i = 1; i <= share; ++i)
          run.push_back(next_of(absent_[author], *heads, i == share, spread_days));
        KIEM_CHECK(ingest.take(run, Source::peer).has_value());
      }
    });
  }
}

}  // namespace kiem::bench
