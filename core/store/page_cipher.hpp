// How one page, one log frame and the log's head are sealed (FORMAT.md section 12).
//
// XChaCha20-Poly1305 with a fresh random nonce for every seal. The associated data says what is sealed and where it
// belongs, so that an authentic page in another place, or of another store, is no longer authentic. A sealed page is
// as long as a plain one: SQLite leaves its last kReserveBytes free, and nonce and tags go there.
//
//   sealed page:  0 content 4040 | 4040 nonce 24 | 4064 page tag 16 | 4080 frame tag 16
//   sealed frame: 0 frame head 24 | 24 sealed page 4096
//
// The frame tag belongs to the frame head, sealed under a key of its own with the page tag as associated data; in the
// database file it is zero. So a checkpoint can move a page from log to database without opening it.
//
// Owns its keys. Opening is for any thread; sealing draws nonces from one pool and is for one thread at a time.
// Nothing here fails but by a seal that does not fit, which is the answer false.
#pragma once

#include "core/crypto/aead.hpp"

namespace kiem {

using StoreId = Id<struct StoreTag, 16>;
// Checkpoint number and salts of SQLite's log head, its bytes 12 to 23: they name one filling of the log.
using LogGeneration = Id<struct LogGenerationTag, 12>;

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kReserveBytes = kAeadNonceBytes + 2 * kAeadTagBytes;
constexpr std::size_t kContentBytes = kPageBytes - kReserveBytes;
constexpr std::size_t kFrameHeadBytes = 24;
constexpr std::size_t kFrameBytes = kFrameHeadBytes + kPageBytes;
constexpr std::size_t kLogHeadBytes = 32;
constexpr std::size_t kSealedLogHeadBytes = kAeadNonceBytes + kLogHeadBytes + kAeadTagBytes;

// Where the pieces of the reserve lie in a sealed page.
constexpr std::size_t kNonceAt = kContentBytes;
constexpr std::size_t kPageTagAt = kNonceAt + kAeadNonceBytes;
constexpr std::size_t kFrameTagAt = kPageTagAt + kAeadTagBytes;
using PageTag = std::array<std::uint8_t, kAeadTagBytes>;

using PageView = std::span<const std::uint8_t, kPageBytes>;
using PageSpan = std::span<std::uint8_t, kPageBytes>;
using FrameView = std::span<const std::uint8_t, kFrameBytes>;
using FrameSpan = std::span<std::uint8_t, kFrameBytes>;

// Where a frame lies: frames are counted from 1 in each generation.
struct FramePlace {
  LogGeneration generation;
  std::uint32_t number = 0;
};

class PageCipher {
 public:
  // data_key: 32 bytes. The Rng outlives the cipher.
  PageCipher(ByteView data_key, const StoreId& store, std::uint32_t epoch, Rng& rng);

  // The reserve of `plain` must be zeros: SQLite's checksums cover it and opening gives zeros back.
  void seal_page(std::uint32_t page, PageView plain, PageSpan sealed);
  // `plain` may be `sealed` itself; its reserve becomes zeros. On false its contents mean nothing.
  [[nodiscard]] bool open_page(std::uint32_t page, PageView sealed, PageSpan plain) const;

  // The frame head names its page in bytes 0 to 3, big-endian.
  void seal_frame(const FramePlace& place, std::span<const std::uint8_t, kFrameHeadBytes> head, PageView plain,
                  FrameSpan sealed);
  [[nodiscard]] bool open_frame_head(const FramePlace& place, FrameView sealed,
                                     std::span<std::uint8_t, kFrameHeadBytes> head) const;
  // The page of a frame whose head was opened.
  [[nodiscard]] bool open_frame_page(std::uint32_t page, FrameView sealed, PageSpan plain) const;

  void seal_log_head(std::span<const std::uint8_t, kLogHeadBytes> plain,
                     std::span<std::uint8_t, kSealedLogHeadBytes> sealed);
  [[nodiscard]] bool open_log_head(std::span<const std::uint8_t, kSealedLogHeadBytes> sealed,
                                   std::span<std::uint8_t, kLogHeadBytes> plain) const;

 private:
  SecretBytes page_key_;
  SecretBytes frame_key_;
  SecretBytes log_key_;
  StoreId store_;
  std::uint32_t epoch_;
  NoncePool nonces_;
};

// The page tag of a sealed page.
[[nodiscard]] PageTag page_tag_of(PageView sealed);
// The sealed page of a frame as it belongs into the database: moved, not opened.
void page_of_frame(FrameView frame, PageSpan sealed);

// SQLite writes its integers big-endian.
[[nodiscard]] inline std::uint32_t big_endian_32(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U | bytes[3];
}

}  // namespace kiem
