// The two header blocks at the start of store.kiem: who the store is, which secrets open it, and the anchor of its log
// (FORMAT.md sections 10 and 11).
//
// Each block is a whole copy with a sequence number; changes go to the older one and are synced before the other is
// touched, so a torn write costs the newest change and never the store. They are two blocks of 4096 bytes and not two
// halves of one, because 4096 bytes is what a page cache writes back and what a modern disk can lose at once.
//
// Three things are told apart here before SQLite is asked anything: no copy has our mark (not_a_store), no copy has
// its own checksum, which needs no key (header_damaged), and a copy is whole but of a later version (store_too_new).
// The checksum says "not damaged"; that nobody altered it says the seal of the state, which covers all before it.
//
// Values and free functions, any thread.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"
#include "core/store/page_cipher.hpp"

namespace kiem {

constexpr std::size_t kHeaderBlockBytes = 4096;
constexpr std::size_t kHeaderCopies = 2;
// SQLite's page 1 starts here.
constexpr std::uint64_t kPagesAt = kHeaderCopies * kHeaderBlockBytes;
constexpr std::uint16_t kStoreFormat = 0;
constexpr std::uint8_t kCipherXChaCha20Poly1305 = 1;
constexpr std::size_t kSlots = 8;
constexpr std::size_t kSlotBytes = 128;
constexpr std::size_t kPageSumBytes = 32;

using HeaderBlock = std::array<std::uint8_t, kHeaderBlockBytes>;
// One key slot as it lies in the block; key_slots.hpp knows its inside. Kinds that this version does not know are kept.
using Slot = std::array<std::uint8_t, kSlotBytes>;

struct StoreHeader {
  StoreId id;
  std::uint64_t sequence = 0;
  std::uint32_t epoch = 0;
  std::array<Slot, kSlots> slots{};
};

// What the log may be when the store is opened (encrypted_vfs.hpp, invariants of the anchor).
enum class LogPhase : std::uint8_t {
  settled = 0,    // all of it is in the database: no log is needed, and none but `current` can be left over
  announced = 1,  // about to begin `current`: on disk may still be `previous`, or nothing
  begun = 2,      // `current` is on disk, and nothing else will do
};

struct StoreState {
  LogPhase phase = LogPhase::settled;
  // Pages that the database file surely has: a shorter file was cut.
  std::uint32_t pages = 0;
  LogGeneration current;
  LogGeneration previous;
  // Frames of `current` that a checkpoint may have copied: a log with fewer was cut.
  std::uint32_t copied_frames = 0;
  // The database as it is once those are copied: how many pages it has, and their sum (page_sum.hpp).
  std::uint32_t summed_pages = 0;
  std::array<std::uint8_t, kPageSumBytes> sum{};
};

// header_key: 32 bytes, derived from the data key. The nonce of the sealed state is drawn from rng.
[[nodiscard]] HeaderBlock encode_header(const StoreHeader& header, const StoreState& state, ByteView header_key,
                                        Rng& rng);

struct FoundHeader {
  StoreHeader header;
  HeaderBlock block{};
  std::size_t copy = 0;    // where it was found: 0 or 1
  bool both_whole = true;  // false: the other copy is torn or damaged
};
// The newest whole copy among the first kPagesAt bytes of a file (fewer when the file is shorter).
// Fails: not_a_store, header_damaged, store_too_new, each with `path`.
[[nodiscard]] Result<FoundHeader> find_header(ByteView start_of_file, const std::string& path);

// Fails with header_damaged when the seal does not fit or the inside is not one that encode_header makes.
[[nodiscard]] Result<StoreState> open_state(const HeaderBlock& block, ByteView header_key, const std::string& path);

[[nodiscard]] SecretBytes header_key_of(ByteView data_key);

}  // namespace kiem
