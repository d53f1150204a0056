#include "tests/tools/cbor_edit.hpp"

#include <algorithm>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"

namespace kiem::test {
namespace {

template <class Write>
Bytes written(Write write) {
  CborWriter out;
  write(out);
  return out.take();
}

}  // namespace

Bytes cbor_unsigned(std::uint64_t value) {
  return written([&](CborWriter& out) { out.unsigned_integer(value); });
}
Bytes cbor_integer(std::int64_t value) {
  return written([&](CborWriter& out) { out.integer(value); });
}
Bytes cbor_bytes(ByteView value) {
  return written([&](CborWriter& out) { out.bytes(value); });
}
Bytes cbor_text(std::string_view value) {
  return written([&](CborWriter& out) { out.text(value); });
}
Bytes cbor_null() {
  return written([](CborWriter& out) { out.null(); });
}
Bytes cbor_array(const std::vector<Bytes>& items) {
  return written([&](CborWriter& out) {
    out.array(items.size());
    for (const auto& item : items) out.raw(item);
  });
}
Bytes cbor_map(const Pairs& pairs) {
  return written([&](CborWriter& out) {
    out.map(pairs.size());
    for (const auto& [key, value] : pairs) {
      out.unsigned_integer(key);
      out.raw(value);
    }
  });
}

Pairs split_map(ByteView map) {
  CborReader reader(map);
  Pairs pairs(reader.map().value());
  for (auto& [key, value] : pairs) {
    key = reader.unsigned_integer().value();
    value = to_bytes(reader.item().value());
  }
  KIEM_CHECK(reader.at_end());
  return pairs;
}

std::vector<Bytes> split_array(ByteView array) {
  CborReader reader(array);
  std::vector<Bytes> items(reader.array().value());
  for (auto& item : items) item = to_bytes(reader.item().value());
  KIEM_CHECK(reader.at_end());
  return items;
}

Bytes with_key(ByteView map, std::uint64_t key, ByteView value) {
  Pairs pairs = split_map(map);
  auto at = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first >= key; });
  if (at == pairs.end() || at->first != key) at = pairs.insert(at, {key, {}});
  at->second = to_bytes(value);
  return cbor_map(pairs);
}

Bytes without_key(ByteView map, std::uint64_t key) {
  Pairs pairs = split_map(map);
  std::erase_if(pairs, [&](const auto& pair) { return pair.first == key; });
  return cbor_map(pairs);
}

Bytes with_item(ByteView array, std::size_t index, ByteView item) {
  auto items = split_array(array);
  items.at(index) = to_bytes(item);
  return cbor_array(items);
}

Bytes cbor_nest(std::size_t depth) {
  Bytes nest(depth, 0x81);
  nest.push_back(0x00);
  return nest;
}

}  // namespace kiem::test
