// How peers behave, by their transport keys, and for how long a node has nothing to do with one that misbehaved: not
// called and not let in, ten seconds at first, twice as long each time, an hour at most. A day without a further
// offence is forgiven. Broken promises alone weigh half: an honest peer may break one when rights change under it.
//
// Pure: told what happened, asked what follows. Of at most kMaxKeys keys; beyond that the one whose bar ends first is
// forgotten. Lies in memory: who restarts a node begins anew. A value of the node's thread.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/crypto/keys.hpp"
#include "core/views/models.hpp"
#include "sync/session/stop.hpp"

namespace kiem {

// What a session's end says of the peer, when this side ended it: nothing for what an honest one may do.
[[nodiscard]] std::optional<PeerFault> fault_of(EndReason reason);

class Conduct {
 public:
  static constexpr std::uint64_t kFirstBarMs = 10'000;
  static constexpr std::uint64_t kLongestBarMs = 3'600'000;
  static constexpr std::uint64_t kForgivenMs = 24 * kLongestBarMs;
  static constexpr std::size_t kMaxKeys = 1'024;

  void note(const BoxPublicKey& key, PeerFault fault, std::uint64_t now_ms);
  [[nodiscard]] bool is_barred(const BoxPublicKey& key, std::uint64_t now_ms) const;
  [[nodiscard]] std::vector<BoxPublicKey> barred(std::uint64_t now_ms) const;
  // When the next bar ends; nothing while nobody is barred.
  [[nodiscard]] std::optional<std::uint64_t> next_ms(std::uint64_t now_ms) const;

 private:
  struct Record {
    std::uint32_t weight = 0;
    std::uint64_t last_ms = 0;
    std::uint64_t until_ms = 0;
  };
  std::map<BoxPublicKey, Record> records_;
};

}  // namespace kiem
