#include "core/store/page_sum.hpp"

#include "core/crypto/hash.hpp"

namespace kiem {

void PageSum::add(const Hash32& page) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < kPageSumBytes; ++i) {
    carry += unsigned{bytes_[i]} + page.bytes[i];
    bytes_[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8U;
  }
}

void PageSum::take(const Hash32& page) {
  unsigned borrow = 0;
  for (std::size_t i = 0; i < kPageSumBytes; ++i) {
    const unsigned less = page.bytes[i] + borrow;
    borrow = bytes_[i] < less ? 1 : 0;
    bytes_[i] = static_cast<std::uint8_t>(bytes_[i] - less);
  }
}

PageHash::PageHash(ByteView data_key, std::uint32_t epoch) : key_(derive_key(data_key, "kiem.store.sum.0", epoch)) {}

Hash32 PageHash::of(std::uint32_t page, const PageTag& tag) const {
  return keyed_hash_of(key_.view(), "kiem.store.page.sum.0", {le32(page), tag});
}

}  // namespace kiem
