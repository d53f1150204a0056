// What laws draw by chance about bytes: numbers at the borders of widths, CBOR items, and bytes that are bent. For
// inside of a law, but for bend(), whose chance is handed in.
#pragma once

#include <string>

#include "core/base/bytes.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {

[[nodiscard]] std::size_t pick_count(std::size_t least, std::size_t most);
[[nodiscard]] bool pick_bool();
// Numbers of every width, the borders between widths often.
[[nodiscard]] std::uint64_t pick_number(std::uint64_t most = UINT64_MAX);
[[nodiscard]] std::uint32_t pick_number32();
[[nodiscard]] std::int64_t pick_integer();
// At most so many bytes.
[[nodiscard]] std::string pick_text(std::size_t most);
// One canonical item, at most four deep.
[[nodiscard]] Bytes pick_item(std::size_t depth = 0);
// One to three changes of the kinds that find seams: bits, heads of other types, bytes more, fewer or twice.
[[nodiscard]] Bytes bend(Bytes bytes, SeededRng& rng);

}  // namespace kiem::test
