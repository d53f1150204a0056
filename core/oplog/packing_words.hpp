// The words of which packed segments are made (FORMAT.md section 8.1), for packer and unpacker alone.
//
// Words are CBOR heads, some of them followed by content. CBOR as we use it has no tags and few simple values: those
// heads are ours here.
#pragma once

#include "core/base/bytes.hpp"
#include "core/oplog/operation.hpp"

namespace kiem::packing {

enum Major : unsigned {
  kUnsigned = 0,
  kNegative = 1,
  kBytes = 2,
  kText = 3,
  kArray = 4,
  kMap = 5,
  kId = 6,
  kOther = 7
};

// What the number of an id says; from kFirstListed on it is a number of the list.
enum IdWord : std::uint64_t { kWholeId = 0, kBeginning = 1, kClaim = 2, kFirstListed = 3 };

// Simple values, of which CBOR as we use it has 20 to 22.
enum OtherWord : std::uint64_t { kPartWord = 0, kLongInteger = 1, kFirstValue = 20, kLastValue = 22 };

// A byte string of these lengths has its content among the chance: an act, a signature.
[[nodiscard]] constexpr bool is_chance(std::uint64_t size) { return size == ActId::kSize || size == Signature::kSize; }

struct Head {
  unsigned major = 0;
  std::uint64_t value = 0;
  std::size_t size = 0;  // of the head itself; 0: there is none
  [[nodiscard]] bool is_long_integer() const { return major == kUnsigned && size == 9; }
};
[[nodiscard]] Head head_at(ByteView bytes, std::size_t at);

// The items of a part's content when the bytes are one with its salt and the least fill: from kPartSaltBytes to the
// answer. 0 when they are not.
[[nodiscard]] std::size_t part_end(ByteView bytes);

}  // namespace kiem::packing
