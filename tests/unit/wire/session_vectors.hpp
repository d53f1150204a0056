// The vectors of sync/PROTOCOL.md: frames with what they hold, frames that must be refused, and the hashes that the
// protocol is built on. The same list for the same seed; tests/vectors/README.md tells the shape of the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/wire/messages.hpp"

namespace kiem::test {

struct SessionVector {
  std::string name;     // a sentence
  std::string message;  // its name, "unknown" for a type of a later version, empty for a hash
  Bytes bytes;          // the frame, or the hash
  std::optional<ErrorCode> error;
  // Of a frame: path of map keys and list indices to value. Of a hash: what goes in.
  std::vector<std::pair<std::string, std::string>> fields;
};

[[nodiscard]] std::vector<SessionVector> make_session_vectors(std::uint64_t seed);
[[nodiscard]] std::string to_json(const std::vector<SessionVector>& vectors);
// One of each message, filled from the seed.
[[nodiscard]] std::vector<wire::Message> sample_messages(std::uint64_t seed);

}  // namespace kiem::test
