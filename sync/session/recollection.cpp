#include "sync/session/recollection.hpp"

#include <algorithm>

#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// What moves may take of a frame.
constexpr std::size_t kMaxMoveBytes = wire::kMaxFrame / 2;

std::optional<CircleMark> mark_of(const PeerMemory& memory, std::int64_t circle) {
  for (const auto& mark : memory.marks) {
    if (mark.circle == circle) return mark;
  }
  return std::nullopt;
}

}  // namespace

Stepped<std::optional<Recollection>> Recollection::of(Replica& replica, const BoxPublicKey& peer, bool dialled) {
  const std::optional<Recollection> none;
  Recollection made(replica);
  made.peer_.key = peer;
  KIEM_STEP_GET(auto spaces, replica.spaces());
  std::optional<DeviceId> device;
  for (const auto& space : spaces) {
    if (device) break;
    KIEM_STEP_GET(device, replica.device_of(space, peer));
  }
  if (!device) return none;
  made.peer_.device = *device;
  KIEM_STEP_GET(const PeerMemory memory, replica.memory(*device));
  if (!memory.epoch) return none;
  made.epoch_ = *memory.epoch;
  made.got_ = made.got_access_ = INT64_MAX;
  std::sort(spaces.begin(), spaces.end(), [](const SpaceRow& a, const SpaceRow& b) { return a.id < b.id; });
  for (const auto& space : spaces) {
    if (made.spaces_.size() == wire::kMaxSpaces) return none;
    KIEM_STEP_GET(const bool recalled, made.recall(space, memory));
    if (!recalled) return none;
  }
  if (made.spaces_.empty()) return none;
  // Nothing is shared in one of both: no other cursor is needed there.
  if (made.got_ == INT64_MAX) made.got_ = made.got_access_;
  if (made.got_access_ == INT64_MAX) made.got_access_ = made.got_;
  KIEM_STEP(made.look(dialled));
  return made;
}

// False: a circle is shared now of which nothing is remembered.
Stepped<bool> Recollection::recall(const SpaceRow& space, const PeerMemory& memory) {
  KIEM_STEP_GET(const Sharing shared, replica_->sharing(space, peer_));
  if (shared.place != PeerPlace::works || shared.circles.empty()) return true;
  CommonSpace common;
  common.space = space;
  common.sharing = shared;
  common.recalled = shared.circles;
  KIEM_STEP_GET(common.my_tag, replica_->tag(space, replica_->keys().transport.public_key, peer_.key));
  KIEM_STEP_GET(common.their_tag, replica_->tag(space, peer_.key, replica_->keys().transport.public_key));
  Replica::Since given{};
  for (std::uint32_t number = 0; number < kCircles; ++number) {
    if (!shared.circles.has(number)) continue;
    KIEM_STEP_GET(const std::int64_t row, replica_->circle_row(space, number));
    const auto mark = mark_of(memory, row);
    if (!mark || mark->given <= 0 || mark->got <= 0) return false;
    given[number] = mark->given;
    std::int64_t& got = CircleSet::access().has(number) ? got_access_ : got_;
    got = std::min(got, mark->got);
  }
  KIEM_STEP_GET(const auto chains, replica_->growth(space, shared.circles, given));
  const auto at = static_cast<std::uint32_t>(spaces_.size());
  for (const auto& chain : chains) {
    (chain.base >= 0 ? base_ : new_).push_back({at, chain});
    access_grew_ = access_grew_ || (chain.has_grown() && CircleSet::access().has(chain.circle));
  }
  spaces_.push_back(std::move(common));
  return true;
}

Step Recollection::look(bool dialled) {
  KIEM_STEP_GET(counter_, replica_->counter());
  KIEM_STEP_GET(const StoreEpoch mine, replica_->epoch());
  Bytes alike, all;
  append(alike, le32(wire::kVersion));
  alike.push_back(replica_->is_practice() ? 1 : 0);
  append(alike, view(dialled ? replica_->keys().device : peer_.device));
  append(alike, view(dialled ? mine : epoch_));
  append(alike, view(dialled ? peer_.device : replica_->keys().device));
  append(alike, view(dialled ? epoch_ : mine));
  auto chain = base_.begin();
  for (std::size_t i = 0; i < spaces_.size(); ++i) {
    const CommonSpace& common = spaces_[i];
    append(alike, view(common.space.id));
    for (std::uint32_t number = 0; number < kCircles; ++number) alike.push_back(common.recalled.has(number) ? 1 : 0);
    for (; chain != base_.end() && chain->space == i; ++chain) {
      append(alike, le32(chain->growth.circle));
      append(alike, view(chain->growth.device));
      append(alike, le64(static_cast<std::uint64_t>(chain->growth.base)));
    }
    for (const auto circles : {common.recalled.both(CircleSet::access()), common.recalled.without_access()}) {
      KIEM_STEP_GET(const Short digest, replica_->digest(common.space, circles));
      append(all, view(digest));
    }
  }
  const Hash32 remembered = hash_of("kiem.sync.base.0", {alike});
  std::copy_n(remembered.bytes.begin(), wire::Remembered::kSize, remembered_.bytes.begin());
  digest_ = short_of(hash_of("kiem.sync.all.0", {all}));
  return {};
}

wire::NewChain Recollection::as_new(const Chain& chain) const {
  return {chain.space, chain.growth.circle, short_of(chain.growth.device),
          static_cast<std::uint64_t>(chain.growth.top) + 1};
}

const Recollection::Chain* Recollection::find_new(const wire::NewChain& named) const {
  const auto found = std::find_if(new_.begin(), new_.end(), [&](const Chain& chain) {
    return chain.space == named.space && chain.growth.circle == named.circle &&
           short_of(chain.growth.device) == named.device;
  });
  return found == new_.end() ? nullptr : &*found;
}

template <class Message>
void Recollection::put_cursors(Message& message) const {
  message.got = static_cast<std::uint64_t>(got_);
  if (got_access_ != got_) message.got_access = static_cast<std::uint64_t>(got_access_);
}

std::optional<wire::Again> Recollection::tell() const {
  wire::Again again;
  again.digest = digest_;
  again.remembered = remembered_;
  again.counter = static_cast<std::uint64_t>(counter_);
  put_cursors(again);
  again.access = access_grew_;
  std::vector<wire::Move> moves;
  for (std::size_t i = 0; i < base_.size(); ++i) {
    const ChainGrowth& growth = base_[i].growth;
    if (growth.forked || growth.top <= growth.base) continue;
    moves.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint64_t>(growth.top - growth.base)});
  }
  if (!moves.empty()) again.moves = wire::encode_moves(moves, base_.size());
  if (again.moves && again.moves->size() > kMaxMoveBytes) return std::nullopt;
  for (const auto& chain : new_) {
    if (!chain.growth.forked && again.chains.size() < wire::kMaxNewChains) again.chains.push_back(as_new(chain));
  }
  return again;
}

bool Recollection::agrees(const wire::Again& again) const {
  const auto mine = static_cast<std::uint64_t>(counter_);
  return again.remembered == remembered_ && again.got <= mine && again.got_access.value_or(0) <= mine;
}

wire::Known Recollection::answer(const wire::Again& again, const std::vector<wire::Move>& theirs) const {
  wire::Known known;
  known.counter = static_cast<std::uint64_t>(counter_);
  if (again.digest == digest_) return known;
  put_cursors(known);
  known.access = again.access || access_grew_;
  std::vector<wire::Move> moves;
  for (const auto& move : theirs) {
    const ChainGrowth& growth = base_[move.chain].growth;
    if (growth.forked || growth.top <= growth.base) continue;
    moves.push_back({move.chain, static_cast<std::uint64_t>(growth.top - growth.base)});
  }
  if (!moves.empty()) known.moves = wire::encode_moves(moves, base_.size());
  // What does not fit is sent once more; who wants to know gets there by the digests.
  if (known.moves && known.moves->size() > kMaxMoveBytes) known.moves.reset();
  for (const auto& named : again.chains) {
    const Chain* chain = find_new(named);
    if (chain != nullptr && !chain->growth.forked) known.chains.push_back(as_new(*chain));
  }
  return known;
}

Stepped<std::vector<wire::Move>> Recollection::moves_in(const wire::Again& again) const {
  if (!again.moves) return std::vector<wire::Move>{};
  KIEM_STEP_GET(auto moves, wire::decode_moves(*again.moves, base_.size()));
  return moves;
}

Stepped<std::vector<std::int64_t>> Recollection::rows_at_peer(const wire::Again& again,
                                                              const std::vector<wire::Move>& theirs) const {
  return rows_of(theirs, again.chains);
}

Stepped<std::vector<std::int64_t>> Recollection::rows_at_peer(const wire::Known& known) const {
  std::vector<wire::Move> moves;
  if (known.moves) {
    KIEM_STEP_GET(moves, wire::decode_moves(*known.moves, base_.size()));
  }
  return rows_of(moves, known.chains);
}

Stepped<std::vector<std::int64_t>> Recollection::rows_of(const std::vector<wire::Move>& moves,
                                                         const std::vector<wire::NewChain>& chains) const {
  std::vector<std::int64_t> rows;
  const auto add = [&](const ChainGrowth& growth, std::uint64_t count) -> Step {
    // Beyond what is here the peer may claim what it likes.
    const auto here = static_cast<std::uint64_t>(growth.top - growth.base);
    const auto end = growth.base + 1 + static_cast<std::int64_t>(std::min(count, here));
    KIEM_STEP_GET(const auto some, replica_->rows_between(growth.chain, growth.base + 1, end));
    rows.insert(rows.end(), some.begin(), some.end());
    return {};
  };
  for (const auto& move : moves) KIEM_STEP(add(base_[move.chain].growth, move.by));
  for (const auto& named : chains) {
    if (const Chain* chain = find_new(named)) KIEM_STEP(add(chain->growth, named.count));
  }
  return rows;
}

}  // namespace kiem
