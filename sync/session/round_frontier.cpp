// The part of a round that is a first contact: numbers of operations instead of ids.
#include <algorithm>

#include "sync/session/round.hpp"

namespace kiem {
namespace {

// What the rows of one frame take at most.
constexpr std::size_t kRowRoom = std::size_t{24} * 1024;
constexpr std::size_t kMaxLackBytes = wire::kMaxFrame - 256;

}  // namespace

Step Round::name_chains() {
  for (std::size_t i = 0; i < spaces_->size(); ++i) {
    const CommonSpace& common = (*spaces_)[i];
    KIEM_STEP_GET(const auto chains,
                  replica_->growth(common.space, circles_in(common, phase_, kind_), Replica::Since{}));
    const Short& salt = tells_ ? common.my_tag : common.their_tag;
    KIEM_STEP_GET(const auto names, replica_->names_of(common.space, chains, salt));
    for (std::size_t c = 0; c < chains.size(); ++c) named_.push_back({i, names[c], chains[c], false});
  }
  std::sort(named_.begin(), named_.end(), [](const Named& a, const Named& b) { return a.key() < b.key(); });
  // Two chains of one name: one of them is found by a full round.
  const auto same = [](const Named& a, const Named& b) { return a.key() == b.key(); };
  named_.erase(std::unique(named_.begin(), named_.end(), same), named_.end());
  return named_.size() > kMaxEntriesInRound ? Step(stop(EndReason::too_much)) : Step{};
}

wire::Message Round::tell_frontier() {
  wire::Frontier frontier;
  frontier.phase = static_cast<std::uint32_t>(phase_);
  std::size_t room = kRowRoom / wire::kMaxRowBytes;
  while (told_ < named_.size() && room > 0 && frontier.circles.size() < wire::kMaxEntries) {
    const std::size_t space = named_[told_].space;
    const std::uint32_t circle = named_[told_].growth.circle;
    std::vector<wire::FrontierRow> rows;
    for (; told_ < named_.size() && room > 0; ++told_, --room) {
      const Named& next = named_[told_];
      if (next.space != space || next.growth.circle != circle) break;
      rows.push_back({next.name.bytes, static_cast<std::uint64_t>(next.growth.top) + 1});
    }
    frontier.circles.push_back({(*spaces_)[space].my_tag, circle, wire::encode_rows(rows)});
  }
  told_all_ = told_ == named_.size();
  frontier.last = told_all_;
  return frontier;
}

Step Round::hear(const wire::Frontier& frontier) {
  const bool is_due =
      kind_ == RoundKind::frontier && !heard_all_ && frontier.phase == static_cast<std::uint32_t>(phase_);
  if (!is_due || (frontier.circles.empty() && !frontier.last)) return stop(EndReason::wrong_state);
  for (const auto& circle : frontier.circles) KIEM_STEP(hear_rows(circle));
  heard_all_ = frontier.last;
  if (!heard_all_) return {};
  for (const auto& chain : named_) {
    if (!chain.told) serve_beyond(chain, 0);
  }
  return {};
}

Step Round::hear_rows(const wire::CircleFrontier& circle) {
  KIEM_STEP_GET(const auto rows, wire::decode_rows(circle.rows));
  if (rows.size() > kMaxEntriesInRound - heard_) return stop(EndReason::too_much);
  const auto space = std::find_if(spaces_->begin(), spaces_->end(),
                                  [&](const CommonSpace& each) { return each.their_tag == circle.tag; });
  const bool is_common = space != spaces_->end() && circles_in(*space, phase_, kind_).has(circle.circle);
  for (const auto& row : rows) {
    const std::uint32_t at = heard_++;
    if (!is_common) continue;
    Named wanted;
    wanted.space = static_cast<std::size_t>(space - spaces_->begin());
    wanted.growth.circle = circle.circle;
    wanted.name.bytes = row.name;
    const auto here = std::lower_bound(named_.begin(), named_.end(), wanted,
                                       [](const Named& a, const Named& b) { return a.key() < b.key(); });
    const bool found = here != named_.end() && here->key() == wanted.key();
    const std::uint64_t mine = found ? static_cast<std::uint64_t>(here->growth.top) + 1 : 0;
    if (mine < row.count) {
      short_of_.push_back({at, mine + 1});
      coming_ += row.count - mine;
    }
    if (!found) continue;
    here->told = true;
    if (mine > row.count) serve_beyond(*here, row.count);
  }
  return {};
}

void Round::serve_beyond(const Named& chain, std::uint64_t had) {
  serves_.push_back({chain.growth.chain, {}, static_cast<std::int64_t>(had)});
  going_ += static_cast<std::uint64_t>(chain.growth.top) + 1 - had;
}

wire::Message Round::tell_lack() {
  asked_all_ = true;
  wire::Lack lack;
  if (going_ > 0) lack.coming = going_;
  // What does not fit is found by a full round.
  while (!short_of_.empty()) {
    Bytes moves = wire::encode_moves(short_of_, heard_);
    if (moves.size() <= kMaxLackBytes) {
      lack.moves = std::move(moves);
      break;
    }
    short_of_.resize(short_of_.size() / 2);
  }
  return lack;
}

Step Round::hear(const wire::Lack& lack) {
  if (kind_ != RoundKind::frontier || !tells_ || !told_all_ || wanted_all_) return stop(EndReason::wrong_state);
  wanted_all_ = true;
  coming_ = lack.coming.value_or(0);
  if (!lack.moves) return {};
  KIEM_STEP_GET(const auto moves, wire::decode_moves(*lack.moves, named_.size()));
  for (const auto& move : moves) {
    serves_.push_back({named_[move.chain].growth.chain, {}, static_cast<std::int64_t>(move.by - 1)});
  }
  return {};
}

}  // namespace kiem
