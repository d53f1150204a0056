#include "tests/support/plain_pages.hpp"

#include <array>

#include "core/base/check.hpp"
#include "core/store/header.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/page_cipher.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {
namespace {

using PlainPage = std::array<std::uint8_t, kPageBytes>;

bool in_database(const PageCipher& cipher, ByteView database, std::string_view text) {
  PlainPage plain{};
  const ByteView pages = database.subspan(kPagesAt);
  for (std::uint32_t page = 1; std::size_t{page} * kPageBytes <= pages.size(); ++page) {
    const auto sealed = pages.subspan(std::size_t{page - 1} * kPageBytes).first<kPageBytes>();
    if (cipher.open_page(page, sealed, plain) && text_view(plain).find(text) != std::string_view::npos) return true;
  }
  return false;
}

bool in_log(const PageCipher& cipher, ByteView log, std::string_view text) {
  PlainPage plain{};
  std::array<std::uint8_t, kLogHeadBytes> head{};
  if (log.size() < kSealedLogHeadBytes || !cipher.open_log_head(log.first<kSealedLogHeadBytes>(), head)) return false;
  FramePlace place{*id_from<LogGeneration>(ByteView(head).subspan(12, LogGeneration::kSize)), 1};
  for (auto at = kSealedLogHeadBytes; at + kFrameBytes <= log.size(); at += kFrameBytes, ++place.number) {
    const auto sealed = log.subspan(at).first<kFrameBytes>();
    std::array<std::uint8_t, kFrameHeadBytes> frame{};
    if (cipher.open_frame_head(place, sealed, frame) &&
        cipher.open_frame_page(big_endian_32(frame.data()), sealed, plain) &&
        text_view(plain).find(text) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool holds_text(const std::filesystem::path& home, const Unlock& unlock, std::string_view text) {
  const auto database = read_all(database_of(home));
  const auto found = find_header(database, "here");
  KIEM_CHECK(found.has_value());
  const auto key = open_slots(found->header, unlock);
  KIEM_CHECK(key.has_value());
  SeededRng rng(1);
  const PageCipher cipher(key->data_key.view(), found->header.id, found->header.epoch, rng);
  if (in_database(cipher, database, text)) return true;
  return std::filesystem::exists(log_of(home)) && in_log(cipher, read_all(log_of(home)), text);
}

}  // namespace kiem::test
