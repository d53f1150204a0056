#include "core/store/page_cipher.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// Associated data, put together on the stack: role (1), store id (16), key epoch (4), then what the role needs.
template <std::size_t More>
class Associated {
 public:
  Associated(char role, const StoreId& store, std::uint32_t epoch) {
    bytes_[0] = static_cast<std::uint8_t>(role);
    at_ = 1;
    add(kiem::view(store));
    add(le32(epoch));
  }
  void add(ByteView part) {
    std::copy(part.begin(), part.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ += part.size();
  }
  [[nodiscard]] ByteView view() const {
    KIEM_CHECK(at_ == bytes_.size());
    return bytes_;
  }

 private:
  std::array<std::uint8_t, 1 + StoreId::kSize + 4 + More> bytes_{};
  std::size_t at_ = 0;
};

auto page_place(const StoreId& store, std::uint32_t epoch, std::uint32_t page) {
  Associated<4> associated('D', store, epoch);
  associated.add(le32(page));
  return associated;
}

auto frame_place(const StoreId& store, std::uint32_t epoch, const FramePlace& place, ByteView page_tag) {
  Associated<4 + LogGeneration::kSize + kAeadTagBytes> associated('W', store, epoch);
  associated.add(le32(place.number));
  associated.add(view(place.generation));
  associated.add(page_tag);
  return associated;
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

bool open_content(ByteView key, ByteView associated, PageView sealed, PageSpan plain) {
  const bool fits =
      aead_open(key, sealed.subspan<kNonceAt, kAeadNonceBytes>(), associated, sealed.first<kContentBytes>(),
                sealed.subspan<kPageTagAt, kAeadTagBytes>(), plain.first<kContentBytes>());
  if (fits) std::ranges::fill(plain.last<kReserveBytes>(), std::uint8_t{0});
  return fits;
}

}  // namespace

PageCipher::PageCipher(ByteView data_key, const StoreId& store, std::uint32_t epoch, Rng& rng)
    : page_key_(derive_key(data_key, "kiem.store.page.0", epoch)),
      frame_key_(derive_key(data_key, "kiem.store.frame.0", epoch)),
      log_key_(derive_key(data_key, "kiem.store.log.0", epoch)),
      store_(store),
      epoch_(epoch),
      nonces_(rng) {}

void PageCipher::seal_page(std::uint32_t page, PageView plain, PageSpan sealed) {
  KIEM_CHECK(all_zero(plain.last<kReserveBytes>()));
  const auto nonce = sealed.subspan<kNonceAt, kAeadNonceBytes>();
  nonces_.draw(nonce);
  aead_seal(page_key_.view(), nonce, page_place(store_, epoch_, page).view(), plain.first<kContentBytes>(),
            sealed.first<kContentBytes>(), sealed.subspan<kPageTagAt, kAeadTagBytes>());
  std::ranges::fill(sealed.subspan<kFrameTagAt>(), std::uint8_t{0});
}

bool PageCipher::open_page(std::uint32_t page, PageView sealed, PageSpan plain) const {
  // The frame tag means nothing here; a database in which it may hold anything would hide a message.
  if (!all_zero(sealed.subspan<kFrameTagAt>())) return false;
  return open_content(page_key_.view(), page_place(store_, epoch_, page).view(), sealed, plain);
}

void PageCipher::seal_frame(const FramePlace& place, std::span<const std::uint8_t, kFrameHeadBytes> head,
                            PageView plain, FrameSpan sealed) {
  const auto page = sealed.subspan<kFrameHeadBytes, kPageBytes>();
  seal_page(big_endian_32(head.data()), plain, page);
  // The page's nonce serves both seals: they have different keys.
  aead_seal(frame_key_.view(), page.subspan<kNonceAt, kAeadNonceBytes>(),
            frame_place(store_, epoch_, place, page.subspan<kPageTagAt, kAeadTagBytes>()).view(), head,
            sealed.first<kFrameHeadBytes>(), page.subspan<kFrameTagAt>());
}

bool PageCipher::open_frame_head(const FramePlace& place, FrameView sealed,
                                 std::span<std::uint8_t, kFrameHeadBytes> head) const {
  const auto page = sealed.subspan<kFrameHeadBytes, kPageBytes>();
  return aead_open(frame_key_.view(), page.subspan<kNonceAt, kAeadNonceBytes>(),
                   frame_place(store_, epoch_, place, page.subspan<kPageTagAt, kAeadTagBytes>()).view(),
                   sealed.first<kFrameHeadBytes>(), page.subspan<kFrameTagAt>(), head);
}

bool PageCipher::open_frame_page(std::uint32_t page, FrameView sealed, PageSpan plain) const {
  return open_content(page_key_.view(), page_place(store_, epoch_, page).view(),
                      sealed.subspan<kFrameHeadBytes, kPageBytes>(), plain);
}

PageTag page_tag_of(PageView sealed) {
  PageTag tag;
  std::ranges::copy(sealed.subspan<kPageTagAt, kAeadTagBytes>(), tag.begin());
  return tag;
}

void page_of_frame(FrameView frame, PageSpan sealed) {
  // By pointers: between spans of a fixed extent GCC 12 copies a byte at a time, a tenth of a bulk insert.
  std::copy_n(frame.data() + kFrameHeadBytes, kFrameTagAt, sealed.data());
  std::ranges::fill(sealed.subspan<kFrameTagAt>(), std::uint8_t{0});
}

void PageCipher::seal_log_head(std::span<const std::uint8_t, kLogHeadBytes> plain,
                               std::span<std::uint8_t, kSealedLogHeadBytes> sealed) {
  const auto nonce = sealed.first<kAeadNonceBytes>();
  nonces_.draw(nonce);
  aead_seal(log_key_.view(), nonce, Associated<0>('L', store_, epoch_).view(), plain,
            sealed.subspan<kAeadNonceBytes, kLogHeadBytes>(), sealed.last<kAeadTagBytes>());
}

bool PageCipher::open_log_head(std::span<const std::uint8_t, kSealedLogHeadBytes> sealed,
                               std::span<std::uint8_t, kLogHeadBytes> plain) const {
  return aead_open(log_key_.view(), sealed.first<kAeadNonceBytes>(), Associated<0>('L', store_, epoch_).view(),
                   sealed.subspan<kAeadNonceBytes, kLogHeadBytes>(), sealed.last<kAeadTagBytes>(), plain);
}

}  // namespace kiem
