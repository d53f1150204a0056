#include "core/oplog/packing_words.hpp"

#include <algorithm>

#include "core/base/cbor.hpp"

namespace kiem::packing {

Head head_at(ByteView bytes, std::size_t at) {
  if (at >= bytes.size()) return {};
  const unsigned first = bytes[at];
  Head head{first >> 5U, first & 31U, 1};
  if (head.value < 24) return head;
  const std::size_t width = std::size_t{1} << (head.value - 24);
  if (head.value > 27 || bytes.size() - at - 1 < width) return {};
  head.value = 0;
  for (std::size_t i = 1; i <= width; ++i) head.value = (head.value << 8U) | bytes[at + i];
  head.size = 1 + width;
  return head;
}

std::size_t part_end(ByteView bytes) {
  if (bytes.size() < kPartPadding || bytes.size() % kPartPadding != 0) return 0;
  if (head_at(bytes, kPartSaltBytes).major != kArray) return 0;
  CborReader reader(bytes.subspan(kPartSaltBytes));
  if (!reader.item()) return 0;
  const std::size_t end = kPartSaltBytes + reader.position();
  const auto fill = bytes.subspan(end);
  const bool is_zero = std::all_of(fill.begin(), fill.end(), [](std::uint8_t byte) { return byte == 0; });
  return is_zero && fill.size() < kPartPadding ? end : 0;
}

}  // namespace kiem::packing
