// Taking canonical CBOR apart and putting it together otherwise, to make the bytes that a decoder must refuse.
//
// Splitting wants one canonical map or array, else the test itself is wrong and stops. Joining writes what it is given,
// in the order given, right or wrong.
#pragma once

#include <utility>
#include <vector>

#include "core/base/bytes.hpp"

namespace kiem::test {

using Pairs = std::vector<std::pair<std::uint64_t, Bytes>>;

[[nodiscard]] Bytes cbor_unsigned(std::uint64_t value);
[[nodiscard]] Bytes cbor_integer(std::int64_t value);
[[nodiscard]] Bytes cbor_bytes(ByteView value);
[[nodiscard]] Bytes cbor_text(std::string_view value);
[[nodiscard]] Bytes cbor_null();
[[nodiscard]] Bytes cbor_array(const std::vector<Bytes>& items);
[[nodiscard]] Bytes cbor_map(const Pairs& pairs);

[[nodiscard]] Pairs split_map(ByteView map);
[[nodiscard]] std::vector<Bytes> split_array(ByteView array);

// The map with this key's value put in its place, replaced or added in order.
[[nodiscard]] Bytes with_key(ByteView map, std::uint64_t key, ByteView value);
[[nodiscard]] Bytes without_key(ByteView map, std::uint64_t key);
// The array with one item replaced.
[[nodiscard]] Bytes with_item(ByteView array, std::size_t index, ByteView item);
// `depth` arrays in each other.
[[nodiscard]] Bytes cbor_nest(std::size_t depth);

}  // namespace kiem::test
