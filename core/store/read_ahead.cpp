#include "core/store/read_ahead.hpp"

#include <new>

namespace kiem {

const std::uint8_t* ReadAhead::find(std::uint32_t page, std::uint64_t changes) {
  in_turn_ = page == next_ ? in_turn_ + 1 : 1;
  next_ = page + 1;
  if (changes != changes_) count_ = 0;
  if (page < first_ || page - first_ >= count_) return nullptr;
  return pages_.get() + std::size_t{page - first_} * kPageBytes;
}

std::span<std::uint8_t> ReadAhead::room() {
  if (in_turn_ < kInTurn) return {};
  constexpr auto kBytes = std::size_t{kPages} * kPageBytes;
  if (!pages_) pages_.reset(new (std::nothrow) std::uint8_t[kBytes]);
  count_ = 0;
  return pages_ ? std::span(pages_.get(), kBytes) : std::span<std::uint8_t>();
}

void ReadAhead::keep(std::uint32_t first, std::uint64_t changes) {
  first_ = first;
  count_ = kPages;
  changes_ = changes;
}

}  // namespace kiem
