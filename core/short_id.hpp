// Sixteen bytes that stand for something longer while two laptops talk: the beginning of an id, a keyed tag, a digest.
//
// 128 bits are enough where both sides hold the whole thing and only ask whether it is the same one: finding two ids
// that begin alike costs 2^64 hashes, and who does so has made two operations of its own that nobody tells apart.
// Values, any thread.
#pragma once

#include <algorithm>

#include "core/base/bytes.hpp"

namespace kiem {

using Short = Id<struct ShortTag, 16>;

template <class Tag>
[[nodiscard]] Short short_of(const Id<Tag, 32>& id) {
  Short beginning;
  std::copy_n(id.bytes.begin(), Short::kSize, beginning.bytes.begin());
  return beginning;
}

}  // namespace kiem
