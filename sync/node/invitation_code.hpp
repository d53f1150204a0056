// The code that lets one newcomer in, as it is read aloud, mailed or pasted (sync/PROTOCOL.md section 5).
//
// One word: "kiem-" and base64url of the bytes below, so that it survives mail and chat and is picked up whole by a
// double click. It holds a secret: who has it may join once. Whoever prints a code wipes it; InvitationCode wipes its
// seed itself.
//   bytes = version || key (32) || seed (16) || count || count * (length || endpoint) || check
// version, count and length are one byte each; check is the first 4 bytes of hash_of("kiem.code.0", {all before it}),
// which finds what was copied wrong before anybody is called.
// Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/crypto/keys.hpp"
#include "core/crypto/secret.hpp"
#include "sync/transport/endpoint.hpp"

namespace kiem {

inline constexpr std::size_t kMaxCodeAddresses = 8;
inline constexpr std::size_t kMaxCodeAddressBytes = 255;  // of each, as to_text writes it

struct InvitationCode {
  BoxPublicKey key;  // of the node that is called
  SecretBytes seed;  // kInvitationSeedBytes
  std::vector<Endpoint> addresses;
};

// At most kMaxCodeAddresses dialable addresses of kMaxCodeAddressBytes and a seed of the right size: else a broken
// promise.
[[nodiscard]] std::string write_code(const InvitationCode& code);

// White space at both ends and line breaks inside, which mail makes, are passed over. Errors: bad_code for everything
// else that write_code does not make.
[[nodiscard]] Result<InvitationCode> read_code(std::string_view text);

}  // namespace kiem
