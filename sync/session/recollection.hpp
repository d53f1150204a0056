// What a device and this one take their last meeting to have come to, so that the next begins with some fifty bytes
// (sync/PROTOCOL.md section 2.1): Again and Known instead of two Hellos.
//
// Both hold the *base* alike: every operation that was here up to the counter under which this store remembers the peer
// to have everything. Chains of the base, ascending by space, circle and device, are named by their place in that list.
// Whether both hold the same base is asked by a short hash over it; whether all else that was inferred from it is true,
// by the digests at the end of the rounds. One thread, the session's; borrows the Replica.
#pragma once

#include "sync/session/common_space.hpp"
#include "sync/session/stop.hpp"
#include "sync/wire/moves.hpp"

namespace kiem {

class Recollection {
 public:
  // Nothing when no device here has this key, when it was never met, or does not share now what it shared then.
  [[nodiscard]] static Stepped<std::optional<Recollection>> of(Replica& replica, const BoxPublicKey& peer,
                                                               bool dialled);

  [[nodiscard]] const PeerDevice& peer() const { return peer_; }
  [[nodiscard]] const StoreEpoch& epoch() const { return epoch_; }
  [[nodiscard]] std::int64_t counter() const { return counter_; }
  // Ascending by id, with tags and sharing, and `recalled` set to what of it is spoken of here.
  [[nodiscard]] std::vector<CommonSpace> spaces() const { return spaces_; }

  // --- who dialled ---
  // Nothing when it would not fit: so much has changed that a Hello is no loss.
  [[nodiscard]] std::optional<wire::Again> tell() const;
  // Rows here that the peer has too, as its answer says. Fails with bad_message.
  [[nodiscard]] Stepped<std::vector<std::int64_t>> rows_at_peer(const wire::Known& known) const;

  // --- who was called ---
  [[nodiscard]] bool agrees(const wire::Again& again) const;
  [[nodiscard]] wire::Known answer(const wire::Again& again, const std::vector<wire::Move>& theirs) const;
  [[nodiscard]] Stepped<std::vector<wire::Move>> moves_in(const wire::Again& again) const;
  [[nodiscard]] Stepped<std::vector<std::int64_t>> rows_at_peer(const wire::Again& again,
                                                                const std::vector<wire::Move>& theirs) const;

 private:
  struct Chain {
    std::uint32_t space = 0;
    ChainGrowth growth;
  };
  explicit Recollection(Replica& replica) : replica_(&replica) {}
  [[nodiscard]] Stepped<bool> recall(const SpaceRow& space, const PeerMemory& memory);
  [[nodiscard]] Step look(bool dialled);
  [[nodiscard]] wire::NewChain as_new(const Chain& chain) const;
  [[nodiscard]] const Chain* find_new(const wire::NewChain& named) const;
  [[nodiscard]] Stepped<std::vector<std::int64_t>> rows_of(const std::vector<wire::Move>& moves,
                                                           const std::vector<wire::NewChain>& chains) const;

  Replica* replica_;
  PeerDevice peer_;
  StoreEpoch epoch_;
  std::vector<CommonSpace> spaces_;
  std::vector<Chain> base_, new_;
  std::int64_t counter_ = 0, got_ = 0, got_access_ = 0;
  bool access_grew_ = false;
  // What of the two cursors goes into a message: the second only when it differs.
  template <class Message>
  void put_cursors(Message& message) const;
  Short digest_;
  wire::Remembered remembered_;
};

}  // namespace kiem
