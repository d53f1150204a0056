// Bytes as one word of A-Z a-z 0-9 - _ (RFC 4648 section 5, without padding), for codes that people copy. Free
// functions over values; any thread. The work is libsodium's, in constant time, for a code carries a secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

namespace kiem {

[[nodiscard]] std::string to_base64url(ByteView bytes);
// Nothing for any other character, padding, a length that no bytes have, or bits left over that are not zero: each
// sequence of bytes has exactly one word.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view word);

}  // namespace kiem
