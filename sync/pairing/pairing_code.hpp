// The short code by which one laptop finds another that stands beside it (sync/PROTOCOL.md section 14): 40 random bits,
// eight letters and digits. It finds and tells nothing apart: that the right laptop was found is what people see by the
// words (pairing.hpp).
//
// Values; any thread.
#pragma once

#include <optional>
#include <string>

#include "core/base/env.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {

using PairingCode = Id<struct PairingCodeTag, 5>;

[[nodiscard]] PairingCode draw_pairing_code(Rng& rng);
// "k7qd-2m9x".
[[nodiscard]] std::string write_pairing_code(const PairingCode& code);
// As people type it: either case, with or without dash and spaces, o for 0 and i or l for 1. Nothing for anything else.
[[nodiscard]] std::optional<PairingCode> read_pairing_code(std::string_view text);
// The key of the beacons by which the two find each other.
[[nodiscard]] SecretBytes pairing_key(const PairingCode& code);

}  // namespace kiem
