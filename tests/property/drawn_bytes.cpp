#include "tests/property/drawn_bytes.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "core/base/cbor.hpp"

namespace kiem::test {

std::size_t pick_count(std::size_t least, std::size_t most) { return *rc::gen::inRange<std::size_t>(least, most + 1); }
bool pick_bool() { return *rc::gen::arbitrary<bool>(); }

std::uint64_t pick_number(std::uint64_t most) {
  const auto border = *rc::gen::element<std::uint64_t>(0, 23, 24, 255, 256, 65535, 65536, UINT32_MAX,
                                                       UINT64_C(1) << 32U, INT64_MAX, UINT64_MAX);
  const auto any = *rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>());
  return std::min(most, pick_bool() ? border : any);
}
std::uint32_t pick_number32() { return static_cast<std::uint32_t>(pick_number(UINT32_MAX)); }
std::int64_t pick_integer() { return static_cast<std::int64_t>(pick_number()); }

std::string pick_text(std::size_t most) {
  std::string text;
  const std::size_t length = pick_count(0, most / 4);
  for (std::size_t i = 0; i < length; ++i) text += *rc::gen::element<std::string>("a", "Z", " ", "\n", "é", "水", "🌱");
  return text;
}

Bytes pick_item(std::size_t depth) {
  CborWriter out;
  switch (*rc::gen::inRange(0, depth < 3 ? 7 : 5)) {
    case 0:
      out.unsigned_integer(pick_number());
      break;
    case 1:
      out.integer(pick_integer());
      break;
    case 2:
      out.bytes(Bytes(pick_count(0, 30), 7));
      break;
    case 3:
      out.text(pick_text(20));
      break;
    case 4:
      pick_bool() ? out.null() : out.boolean(pick_bool());
      break;
    case 5: {
      const std::size_t count = pick_count(0, 3);
      out.array(count);
      for (std::size_t i = 0; i < count; ++i) out.raw(pick_item(depth + 1));
      break;
    }
    default: {
      const std::size_t count = pick_count(0, 3);
      out.map(count);
      for (std::size_t i = 0; i < count; ++i) {
        out.unsigned_integer(i * 100 + pick_count(0, 99));
        out.raw(pick_item(depth + 1));
      }
    }
  }
  return out.take();
}

Bytes bend(Bytes bytes, SeededRng& rng) {
  for (std::uint64_t change = rng.below(3) + 1; change > 0; --change) {
    const std::size_t at = bytes.empty() ? 0 : rng.below(bytes.size());
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (bytes.empty() ? 3 : rng.below(7)) {
      case 0:
        bytes[at] ^= static_cast<std::uint8_t>(1U << rng.below(8));
        break;
      case 1:
        bytes[at] = static_cast<std::uint8_t>(rng.next());
        break;
      case 2:
        bytes[at] = static_cast<std::uint8_t>(bytes[at] + (rng.chance(50) ? 1 : 255));
        break;
      case 3:
        bytes.insert(place, static_cast<std::uint8_t>(rng.next()));
        break;
      case 4:
        bytes.erase(place);
        break;
      case 5:
        bytes.resize(at);
        break;
      default: {
        const auto length = std::min<std::size_t>(rng.below(40) + 1, bytes.size() - at);
        const Bytes piece(place, place + static_cast<std::ptrdiff_t>(length));
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(rng.below(bytes.size())), piece.begin(), piece.end());
      }
    }
  }
  return bytes;
}

}  // namespace kiem::test
