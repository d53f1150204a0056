#include "core/store/page_cipher.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/fakes.hpp"

using namespace kiem;
using kiem::test::SeededRng;

namespace {

using Page = std::array<std::uint8_t, kPageBytes>;
using Frame = std::array<std::uint8_t, kFrameBytes>;
using Head = std::array<std::uint8_t, kFrameHeadBytes>;

StoreId store_id(std::uint8_t first) {
  StoreId id;
  id.bytes[0] = first;
  return id;
}

struct Sealer {
  SeededRng rng{7};
  Bytes key = Bytes(32, 3);
  PageCipher cipher{key, store_id(1), 0, rng};

  Page page() {
    Page plain{};
    rng.fill(std::span<std::uint8_t>(plain).first(kContentBytes));
    return plain;
  }
  // A head that names this page.
  Head head(std::uint8_t page_number) {
    Head head{};
    rng.fill(head);
    std::fill_n(head.begin(), 4, std::uint8_t{0});
    head[3] = page_number;
    return head;
  }
};

LogGeneration generation(std::uint8_t last) {
  LogGeneration made;
  made.bytes[11] = last;
  return made;
}

}  // namespace

TEST_CASE("a sealed page opens at its own number, in its own store and epoch, under its own key, and nowhere else") {
  Sealer it;
  const Page plain = it.page();
  Page sealed;
  it.cipher.seal_page(5, plain, sealed);
  Page opened;
  REQUIRE(it.cipher.open_page(5, sealed, opened));
  CHECK(opened == plain);
  CHECK_FALSE(it.cipher.open_page(6, sealed, opened));
  CHECK_FALSE(PageCipher(it.key, store_id(2), 0, it.rng).open_page(5, sealed, opened));
  CHECK_FALSE(PageCipher(it.key, store_id(1), 1, it.rng).open_page(5, sealed, opened));
  CHECK_FALSE(PageCipher(Bytes(32, 4), store_id(1), 0, it.rng).open_page(5, sealed, opened));
  CHECK(PageCipher(it.key, store_id(1), 0, it.rng).open_page(5, sealed, opened));
}

TEST_CASE("a page opens in place, and its reserve comes back as zeros") {
  Sealer it;
  const Page plain = it.page();
  Page page;
  it.cipher.seal_page(1, plain, page);
  REQUIRE(it.cipher.open_page(1, page, page));
  CHECK(page == plain);
}

TEST_CASE("a flipped bit anywhere in a sealed page is noticed, in the tag that means nothing there too") {
  Sealer it;
  Page sealed;
  it.cipher.seal_page(9, it.page(), sealed);
  Page opened;
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    sealed[i] ^= static_cast<std::uint8_t>(1U << i % 8);
    accepted += it.cipher.open_page(9, sealed, opened) ? 1U : 0U;
    sealed[i] ^= static_cast<std::uint8_t>(1U << i % 8);
  }
  CHECK(accepted == 0);
}

TEST_CASE("a page of zeros is sealed like any other and never accepted as it is") {
  Sealer it;
  const Page zeros{};
  Page sealed;
  it.cipher.seal_page(2, zeros, sealed);
  CHECK(std::count(sealed.begin(), sealed.end(), 0) < 100);
  Page opened;
  CHECK(it.cipher.open_page(2, sealed, opened));
  CHECK_FALSE(it.cipher.open_page(2, zeros, opened));
}

TEST_CASE("the same page sealed twice shares nothing") {
  Sealer it;
  const Page plain = it.page();
  Page one;
  Page two;
  it.cipher.seal_page(3, plain, one);
  it.cipher.seal_page(3, plain, two);
  std::size_t equal = 0;
  for (std::size_t at = 0; at + 16 <= kPageBytes - kAeadTagBytes; ++at) {
    equal +=
        std::equal(one.begin() + static_cast<std::ptrdiff_t>(at), one.begin() + static_cast<std::ptrdiff_t>(at) + 16,
                   two.begin() + static_cast<std::ptrdiff_t>(at))
            ? 1U
            : 0U;
  }
  CHECK(equal == 0);
}

TEST_CASE("a frame opens in its generation and at its number, and nowhere else") {
  Sealer it;
  const Page plain = it.page();
  const Head head = it.head(7);
  Frame sealed;
  it.cipher.seal_frame({generation(1), 4}, head, plain, sealed);
  Head opened_head;
  Page opened;
  REQUIRE(it.cipher.open_frame_head({generation(1), 4}, sealed, opened_head));
  CHECK(opened_head == head);
  REQUIRE(it.cipher.open_frame_page(7, sealed, opened));
  CHECK(opened == plain);
  CHECK_FALSE(it.cipher.open_frame_head({generation(1), 5}, sealed, opened_head));
  CHECK_FALSE(it.cipher.open_frame_head({generation(2), 4}, sealed, opened_head));
  CHECK_FALSE(it.cipher.open_frame_page(8, sealed, opened));
}

TEST_CASE("a flipped bit in a frame is noticed by its head or by its page, and in the tags and nonce by the head") {
  Sealer it;
  Frame sealed;
  it.cipher.seal_frame({generation(1), 1}, it.head(2), it.page(), sealed);
  Head head;
  Page page;
  std::size_t accepted = 0;
  std::size_t head_missed = 0;
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    sealed[i] ^= 0x10U;
    const bool head_fits = it.cipher.open_frame_head({generation(1), 1}, sealed, head);
    if (head_fits && it.cipher.open_frame_page(2, sealed, page)) ++accepted;
    const bool in_content = i >= kFrameHeadBytes && i < kFrameHeadBytes + kContentBytes;
    if (head_fits && !in_content) ++head_missed;
    sealed[i] ^= 0x10U;
  }
  CHECK(accepted == 0);
  CHECK(head_missed == 0);
}

TEST_CASE("a page moved from a frame to the database opens there once its frame tag is cleared, and not before") {
  Sealer it;
  const Page plain = it.page();
  Frame sealed;
  it.cipher.seal_frame({generation(1), 1}, it.head(2), plain, sealed);
  Page moved;
  std::copy(sealed.begin() + kFrameHeadBytes, sealed.end(), moved.begin());
  Page opened;
  CHECK_FALSE(it.cipher.open_page(2, moved, opened));
  std::fill(moved.end() - kAeadTagBytes, moved.end(), std::uint8_t{0});
  REQUIRE(it.cipher.open_page(2, moved, opened));
  CHECK(opened == plain);
}

TEST_CASE("the head of the log opens whole, in its own store, and with no bit changed") {
  Sealer it;
  std::array<std::uint8_t, kLogHeadBytes> head{};
  it.rng.fill(head);
  std::array<std::uint8_t, kSealedLogHeadBytes> sealed{};
  it.cipher.seal_log_head(head, sealed);
  std::array<std::uint8_t, kLogHeadBytes> opened{};
  REQUIRE(it.cipher.open_log_head(sealed, opened));
  CHECK(opened == head);
  CHECK_FALSE(PageCipher(it.key, store_id(2), 0, it.rng).open_log_head(sealed, opened));
  for (auto& byte : sealed) {
    byte ^= 0x80U;
    CHECK_FALSE(it.cipher.open_log_head(sealed, opened));
    byte ^= 0x80U;
  }
}
