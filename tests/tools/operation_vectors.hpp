// The vectors of FORMAT.md sections 3 to 8: bytes, and what a reader must make of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/tools/describe.hpp"

namespace kiem::test {

struct Vector {
  std::string name;  // a sentence
  Decoder decoder = Decoder::header;
  Bytes bytes;
  std::optional<ErrorCode> error;  // what decoding must answer, or nothing
  Fields fields;                   // of valid ones; operations that are signed have "signed_by" besides
  bool operator==(const Vector&) const = default;
};

// The same list for the same seed. All bytes of chance (ids, salts, keys) are drawn from it.
[[nodiscard]] std::vector<Vector> make_operation_vectors(std::uint64_t seed);

}  // namespace kiem::test
