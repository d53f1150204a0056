// From a draft to a signed operation at the end of this device's own chain (D2): prev, seq, access heads and seen are
// filled from the store, the claimed time from the clock, salts from chance.
//
// The operation is not stored here: it goes through core/ingest.cpp like one that came from elsewhere. To be called in
// the transaction that ingests it, since the next draft of the same circle builds on it.
#pragma once

#include "core/identity/device_keys.hpp"
#include "core/oplog/draft.hpp"
#include "core/oplog/op_store.hpp"

namespace kiem {

// An operation that a device of ours has signed in this very process: its bytes are checked like a stranger's, and its
// signature need not be. Only author() makes one.
class OwnOperation {
 public:
  [[nodiscard]] const UnverifiedOperation& bytes() const { return bytes_; }
  // Whose signature it bears.
  [[nodiscard]] const VerifyKey& signed_by() const { return signed_by_; }

 private:
  OwnOperation(UnverifiedOperation bytes, const VerifyKey& signed_by)
      : bytes_(std::move(bytes)), signed_by_(signed_by) {}
  friend Result<OwnOperation> author(Connection& db, const DeviceKeys& keys, const Draft& draft, const ActId& act,
                                     Env env);
  UnverifiedOperation bytes_;
  VerifyKey signed_by_;
};

[[nodiscard]] Result<OwnOperation> author(Connection& db, const DeviceKeys& keys, const Draft& draft, const ActId& act,
                                          Env env);

// A space's first operation: zeros for space, circle and prev, seq 0 (DESIGN D5, founding).
[[nodiscard]] UnverifiedOperation author_founding(const DeviceKeys& keys, const Draft& draft, const ActId& act,
                                                  Env env);

// Signs header bytes with the device's key.
[[nodiscard]] Signature sign_header(const SigningKey& key, ByteView header);

// Remembers that this device's chains now cover what `operation` covers: itself and what its prev and seen cover.
// Called by ingest for every operation of this device.
[[nodiscard]] Status note_covered(Connection& db, const StoredOperation& operation);

[[nodiscard]] ActId new_act(Rng& rng);

}  // namespace kiem
