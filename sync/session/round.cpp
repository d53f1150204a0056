#include "sync/session/round.hpp"

#include <algorithm>

#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// What a list in a frame may take, and what one entry takes at most beside its ids.
constexpr std::size_t kListRoom = wire::kMaxFrame - 256;
constexpr std::size_t kEntryHead = 40;
constexpr std::size_t kIdBytes = Short::kSize + 1;
constexpr std::size_t kEndsAsked = 16;

Step refuse_repeat(bool inserted) { return inserted ? Step{} : Step(stop(EndReason::wrong_state)); }

}  // namespace

Stepped<Round> Round::begin(Replica& replica, const std::vector<CommonSpace>& spaces, wire::Phase phase, RoundKind kind,
                            bool tells) {
  Round round(replica, spaces, phase, kind, tells);
  KIEM_STEP_GET(round.base_, replica.counter());
  if (kind == RoundKind::recalled) {
    round.told_all_ = round.heard_all_ = round.asked_all_ = round.wanted_all_ = true;
    return round;
  }
  if (kind == RoundKind::frontier) {
    KIEM_STEP(round.name_chains());
    // One side tells, the other asks.
    (tells ? round.heard_all_ : round.told_all_) = true;
    (tells ? round.asked_all_ : round.wanted_all_) = true;
    return round;
  }
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const Replica::Since since = kind == RoundKind::full ? Replica::Since{} : spaces[i].since;
    KIEM_STEP_GET(auto heads, replica.heads(spaces[i].space, circles_in(spaces[i], phase, kind), since));
    for (auto& head : heads) {
      if (head.tips.size() > wire::kMaxEnds) head.tips.resize(wire::kMaxEnds);
      round.mine_.push_back({i, std::move(head)});
    }
  }
  if (round.mine_.size() > kMaxEntriesInRound) return stop(EndReason::too_much);
  return round;
}

std::int64_t Round::got() const {
  return is_equal_throughout() ? static_cast<std::int64_t>(*heard_level_->counter) : their_counter();
}

// --- in --------------------------------------------------------------------------------------------------------------

Step Round::hear(const wire::Heads& heads) {
  const bool is_due = kind_ >= RoundKind::changed && heads.phase == static_cast<std::uint32_t>(phase_) && !heard_all_;
  if (!is_due) return stop(EndReason::wrong_state);
  // Each frame tells something, so that a list has an end.
  const auto is_told = [](const wire::SpaceHeads& block) { return !block.chains.empty(); };
  if (!heads.last && std::none_of(heads.spaces.begin(), heads.spaces.end(), is_told)) {
    return stop(EndReason::wrong_state);
  }
  for (const auto& block : heads.spaces) {
    const auto space = std::find_if(spaces_->begin(), spaces_->end(),
                                    [&](const CommonSpace& each) { return each.their_tag == block.tag; });
    for (const auto& entry : block.chains) {
      if (heard_ == kMaxEntriesInRound) return stop(EndReason::too_much);
      if (space != spaces_->end()) KIEM_STEP(hear_entry(*space, entry));
      ++heard_;
    }
  }
  heard_all_ = heads.last;
  return {};
}

Step Round::hear_entry(const CommonSpace& space, const wire::ChainEntry& entry) {
  if (!circles_in(space, phase_, kind_).has(entry.circle)) return {};
  KIEM_STEP_GET(const auto chain, replica_->find_chain(space.space, entry.circle, entry.device));
  const Short* promised = chain ? nullptr : &entry.tips.front();
  for (const auto& tip : entry.tips) {
    if (promised != nullptr) break;
    KIEM_STEP_GET(const auto row, replica_->find_in_chain(*chain, tip));
    if (!row) promised = &tip;
  }
  if (promised == nullptr) return {};
  if (chain && entry.circle != 0) {
    KIEM_STEP_GET(const bool may_come, replica_->may_bring_more(*chain, limits_));
    incomplete_ = incomplete_ || !may_come;
    if (!may_come) return {};
  }
  Lack lack;
  lack.chain = chain;
  lack.space = static_cast<std::size_t>(&space - spaces_->data());
  lack.circle = entry.circle;
  lack.device = entry.device;
  lack.promised = *promised;
  if (chain) {
    KIEM_STEP_GET(lack.ends, replica_->ends_of(*chain, kEndsAsked));
  }
  lacks_.emplace(heard_, std::move(lack));
  return {};
}

Step Round::hear(const wire::Want& want) {
  if (wanted_all_ || kind_ < RoundKind::changed || (want.wants.empty() && !want.last)) {
    return stop(EndReason::wrong_state);
  }
  for (const auto& each : want.wants) {
    if (each.entry >= told_) return stop(EndReason::wrong_state);
    KIEM_STEP(refuse_repeat(wanted_.insert(each.entry).second));
    KIEM_STEP(serve_from(mine_[each.entry].head.chain, each.ids, each.entry, true));
  }
  wanted_all_ = want.last;
  return {};
}

Step Round::serve_from(std::int64_t chain, const std::vector<Short>& ids, std::uint32_t entry, bool may_probe) {
  Serve serve{chain, {}, {}};
  for (const auto& id : ids) {
    KIEM_STEP_GET(const auto row, replica_->find_in_chain(chain, id));
    if (row) serve.known.push_back(*row);
  }
  if (may_probe && !ids.empty() && serve.known.empty()) {
    probing_.insert(entry);
    to_probe_.push_back(entry);
    return {};
  }
  serves_.push_back(std::move(serve));
  return {};
}

Step Round::hear(const wire::Samples& samples) {
  for (const auto& each : samples.samples) {
    if (probing_.erase(each.entry) == 0) return stop(EndReason::wrong_state);
    KIEM_STEP(serve_from(mine_[each.entry].head.chain, each.ids, each.entry, false));
  }
  return {};
}

Step Round::hear(const wire::Probe& probe) {
  for (const std::uint32_t entry : probe.entries) {
    const auto lack = lacks_.find(entry);
    if (lack == lacks_.end() || !asked_ || entry > *asked_ || lack->second.probed || !lack->second.chain) {
      return stop(EndReason::wrong_state);
    }
    lack->second.probed = true;
    to_sample_.push_back(entry);
  }
  return {};
}

Step Round::hear(const wire::Done& done) {
  if (!heard_all_ || !asked_all_ || their_counter_ || done.phase != static_cast<std::uint32_t>(phase_)) {
    return stop(EndReason::wrong_state);
  }
  their_counter_ = static_cast<std::int64_t>(done.counter);
  return count_unserved();
}

// What it was asked for came before its Done, and was committed, unless something of it has to wait.
Step Round::count_unserved() {
  for (const auto& [entry, lack] : lacks_) {
    if (incomplete_) return {};
    KIEM_STEP_GET(const auto chain, replica_->find_chain((*spaces_)[lack.space].space, lack.circle, lack.device));
    std::optional<std::int64_t> row;
    if (chain) {
      KIEM_STEP_GET(row, replica_->find_in_chain(*chain, lack.promised));
    }
    unserved_ += row ? 0 : 1;
  }
  return {};
}

Step Round::hear(const wire::Level& level) {
  if (!told_done_ || heard_level_ || level.phase != static_cast<std::uint32_t>(phase_)) {
    return stop(EndReason::wrong_state);
  }
  heard_level_ = level;
  return {};
}

// --- out -------------------------------------------------------------------------------------------------------------

wire::Message Round::tell_heads() {
  wire::Heads heads;
  heads.phase = static_cast<std::uint32_t>(phase_);
  std::size_t room = kListRoom;
  std::optional<std::size_t> space;
  for (; told_ < mine_.size(); ++told_) {
    const Told& next = mine_[told_];
    const std::size_t size = 2 * kEntryHead + next.head.tips.size() * kIdBytes;
    const bool fresh = space != next.space;
    if (size > room || (!fresh && heads.spaces.back().chains.size() == wire::kMaxEntries)) break;
    if (fresh) heads.spaces.push_back({(*spaces_)[next.space].my_tag, {}});
    space = next.space;
    wire::ChainEntry entry{next.head.circle, short_of(next.head.device), {}};
    for (const auto& tip : next.head.tips) entry.tips.push_back(short_of(tip));
    heads.spaces.back().chains.push_back(std::move(entry));
    room -= size;
  }
  told_all_ = told_ == mine_.size();
  heads.last = told_all_;
  return heads;
}

wire::Message Round::ask() {
  wire::Want want;
  std::size_t room = kListRoom;
  auto next = asked_ ? lacks_.upper_bound(*asked_) : lacks_.begin();
  for (; next != lacks_.end(); ++next) {
    const std::size_t size = kEntryHead + next->second.ends.size() * kIdBytes;
    if (size > room || want.wants.size() == wire::kMaxEntries) break;
    want.wants.push_back({next->first, next->second.ends});
    asked_ = next->first;
    room -= size;
  }
  asked_all_ = next == lacks_.end();
  want.last = asked_all_;
  return want;
}

Stepped<wire::Message> Round::answer_probes() {
  wire::Samples samples;
  std::size_t room = kListRoom;
  constexpr std::size_t kWhole = kEntryHead + wire::kMaxEnds * kIdBytes;
  while (!to_sample_.empty() && room >= kWhole) {
    const std::uint32_t entry = to_sample_.back();
    to_sample_.pop_back();
    KIEM_STEP_GET(auto ids, replica_->samples_of(*lacks_.at(entry).chain, wire::kMaxEnds));
    samples.samples.push_back({entry, std::move(ids)});
    room -= kWhole;
  }
  return wire::Message(std::move(samples));
}

Step Round::queue(Sender& sender) {
  std::vector<ChainRun> runs;
  if (kind_ == RoundKind::recalled) KIEM_STEP(queue_recalled(sender, runs));
  for (const auto& serve : serves_) {
    KIEM_STEP_GET(auto more, serve.first ? replica_->runs_from(serve.chain, *serve.first)
                                         : replica_->runs_after(serve.chain, serve.known));
    std::move(more.begin(), more.end(), std::back_inserter(runs));
  }
  serves_.clear();
  if (phase_ == wire::Phase::access) {
    runs = Replica::in_order_of_arrival(runs);
  } else if (kind_ != RoundKind::recalled) {
    std::stable_partition(runs.begin(), runs.end(), [](const ChainRun& run) { return run.urgent; });
  }
  sender.add(std::move(runs));
  queued_ = true;
  return {};
}

// What came after the cursor that the peer told, but for what it said to have.
Step Round::queue_recalled(Sender& sender, std::vector<ChainRun>& runs) {
  const auto known = [&](std::int64_t row) { return sender.known().has(row); };
  for (const auto& space : *spaces_) {
    const CircleSet circles = circles_in(space, phase_, kind_);
    const CircleSet access = circles.both(CircleSet::access());
    KIEM_STEP_GET(auto acts, replica_->runs_since(space.space, access, space.since.front(), known));
    KIEM_STEP_GET(auto rest, replica_->runs_since(space.space, circles.without_access(), space.since.back(), known));
    std::move(acts.begin(), acts.end(), std::back_inserter(runs));
    std::move(rest.begin(), rest.end(), std::back_inserter(runs));
  }
  return {};
}

Stepped<std::optional<wire::Message>> Round::next_question(Sender& sender) {
  if (!told_all_) return kind_ == RoundKind::frontier ? tell_frontier() : tell_heads();
  if (heard_all_ && !asked_all_) return kind_ == RoundKind::frontier ? tell_lack() : ask();
  if (!to_probe_.empty()) {
    wire::Probe probe;
    const std::size_t count = std::min(to_probe_.size(), wire::kMaxEntries);
    const auto end = to_probe_.begin() + static_cast<std::ptrdiff_t>(count);
    probe.entries.assign(to_probe_.begin(), end);
    to_probe_.erase(to_probe_.begin(), end);
    return probe;
  }
  if (!to_sample_.empty()) {
    KIEM_STEP_GET(auto samples, answer_probes());
    return samples;
  }
  // Who answers a frontier knows what to give once it has heard the whole of it.
  const bool waits = kind_ == RoundKind::frontier && !asked_all_;
  if (wanted_all_ && !waits && probing_.empty() && !queued_) KIEM_STEP(queue(sender));
  return std::nullopt;
}

Stepped<std::optional<wire::Message>> Round::next_answer(const Sender& sender) {
  if (queued_ && sender.empty() && !told_done_) {
    told_done_ = true;
    return wire::Done{static_cast<std::uint32_t>(phase_), static_cast<std::uint64_t>(base_)};
  }
  if (told_done_ && their_counter_ && !told_level_) {
    KIEM_STEP_GET(told_level_, digest(sender));
    wire::Level level{static_cast<std::uint32_t>(phase_), *told_level_, incomplete_, {}};
    if (level_counter_) level.counter = static_cast<std::uint64_t>(*level_counter_);
    return level;
  }
  return std::nullopt;
}

// Over all spaces in the order of their ids, which both ends know. What this device wrote meanwhile, or heard from
// others, is for a later push.
Stepped<Short> Round::digest(const Sender& sender) {
  bool is_all = true;
  const auto leaves_out = [&](std::int64_t row) {
    const bool out = row > base_ && !sender.knows(row);
    is_all = is_all && !out;
    return out;
  };
  KIEM_STEP_GET(const std::int64_t counter, replica_->counter());
  std::map<SpaceId, Short> digests;
  for (const auto& space : *spaces_) {
    KIEM_STEP_GET(const Short one, replica_->digest(space.space, circles_in(space, phase_, kind_), leaves_out));
    digests.emplace(space.space.id, one);
  }
  if (is_all) level_counter_ = counter;
  Bytes message;
  for (const auto& [id, one] : digests) append(message, view(one));
  return short_of(hash_of("kiem.level.0", {message}));
}

}  // namespace kiem
