#include "core/store/header.hpp"

#include <algorithm>
#include <optional>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// "Kiem", then what PNG found useful: a line end of each kind and an end-of-file, so that a copy through a text
// channel shows at once.
constexpr std::array<std::uint8_t, 8> kMagic = {'K', 'i', 'e', 'm', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::uint8_t kPageSizeExponent = 12;

constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kCipherAt = 10;
constexpr std::size_t kPageSizeAt = 11;
constexpr std::size_t kEpochAt = 12;
constexpr std::size_t kIdAt = 16;
constexpr std::size_t kSequenceAt = 32;
constexpr std::size_t kSlotsAt = 64;
constexpr std::size_t kStateNonceAt = kSlotsAt + kSlots * kSlotBytes;
constexpr std::size_t kStateAt = kStateNonceAt + kAeadNonceBytes;
constexpr std::size_t kStateBytes = 512;
constexpr std::size_t kStateTagAt = kStateAt + kStateBytes;
constexpr std::size_t kChecksumAt = kHeaderBlockBytes - Hash32::kSize;

constexpr std::size_t kPhaseIn = 0;
constexpr std::size_t kPagesIn = 4;
constexpr std::size_t kCurrentIn = 8;
constexpr std::size_t kPreviousIn = 20;
constexpr std::size_t kCopiedIn = 32;
constexpr std::size_t kSummedIn = 36;
constexpr std::size_t kUsedIn = 40;
constexpr std::size_t kSumIn = 64;
constexpr std::size_t kSumEnd = kSumIn + kPageSumBytes;

void put(std::span<std::uint8_t> bytes, std::size_t at, ByteView value) {
  KIEM_CHECK(at + value.size() <= bytes.size());
  std::copy(value.begin(), value.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8U | bytes[i];
  return value;
}

Hash32 checksum_of(ByteView block) { return hash_of("kiem.store.checksum.0", {block.first(kChecksumAt)}); }

bool marked(ByteView block) { return std::equal(kMagic.begin(), kMagic.end(), block.begin()); }

bool whole(ByteView block) {
  const auto checksum = checksum_of(block);
  return std::equal(checksum.bytes.begin(), checksum.bytes.end(), block.subspan(kChecksumAt).begin());
}

StoreHeader decode(ByteView block) {
  StoreHeader header;
  header.id = *id_from<StoreId>(block.subspan(kIdAt, StoreId::kSize));
  header.sequence = little_endian(block.subspan(kSequenceAt, 8));
  header.epoch = static_cast<std::uint32_t>(little_endian(block.subspan(kEpochAt, 4)));
  for (std::size_t i = 0; i < kSlots; ++i) {
    std::ranges::copy(block.subspan(kSlotsAt + i * kSlotBytes, kSlotBytes), header.slots[i].begin());
  }
  return header;
}

// Mark, format number and checksum stay where they are in every later version, so that "too new" can be told from
// "damaged" for ever.
std::optional<Error> too_new(ByteView block) {
  const auto format = little_endian(block.subspan(kFormatAt, 2));
  const bool known =
      format == kStoreFormat && block[kCipherAt] == kCipherXChaCha20Poly1305 && block[kPageSizeAt] == kPageSizeExponent;
  if (known) return std::nullopt;
  return Error{ErrorCode::store_too_new, Fault::person, {std::to_string(format), std::to_string(kStoreFormat)}};
}

}  // namespace

HeaderBlock encode_header(const StoreHeader& header, const StoreState& state, ByteView header_key, Rng& rng) {
  HeaderBlock block{};
  put(block, 0, kMagic);
  put(block, kFormatAt, ByteView(le32(kStoreFormat)).first(2));
  block[kCipherAt] = kCipherXChaCha20Poly1305;
  block[kPageSizeAt] = kPageSizeExponent;
  put(block, kEpochAt, le32(header.epoch));
  put(block, kIdAt, view(header.id));
  put(block, kSequenceAt, le64(header.sequence));
  for (std::size_t i = 0; i < kSlots; ++i) put(block, kSlotsAt + i * kSlotBytes, header.slots[i]);

  std::array<std::uint8_t, kStateBytes> plain{};
  plain[kPhaseIn] = static_cast<std::uint8_t>(state.phase);
  put(plain, kPagesIn, le32(state.pages));
  put(plain, kCurrentIn, view(state.current));
  put(plain, kPreviousIn, view(state.previous));
  put(plain, kCopiedIn, le32(state.copied_frames));
  put(plain, kSummedIn, le32(state.summed_pages));
  put(plain, kSumIn, state.sum);

  const std::span<std::uint8_t> all(block);
  rng.fill(all.subspan(kStateNonceAt, kAeadNonceBytes));
  aead_seal(header_key, all.subspan(kStateNonceAt, kAeadNonceBytes), all.first(kStateNonceAt), plain,
            all.subspan(kStateAt, kStateBytes), all.subspan(kStateTagAt, kAeadTagBytes));
  put(block, kChecksumAt, view(checksum_of(block)));
  return block;
}

Result<FoundHeader> find_header(ByteView start_of_file, const std::string& path) {
  std::optional<FoundHeader> newest;
  std::size_t marks = 0;
  std::size_t wholes = 0;
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    if (start_of_file.size() < (copy + 1) * kHeaderBlockBytes) continue;
    const auto block = start_of_file.subspan(copy * kHeaderBlockBytes, kHeaderBlockBytes);
    if (!marked(block)) continue;
    ++marks;
    if (!whole(block)) continue;
    ++wholes;
    if (auto error = too_new(block)) return tl::unexpected<Error>(std::move(*error));
    auto header = decode(block);
    if (newest && newest->header.sequence >= header.sequence) continue;
    newest.emplace();
    newest->header = header;
    newest->copy = copy;
    std::ranges::copy(block, newest->block.begin());
  }
  if (marks == 0) {
    // A store cut inside its first block still begins with the mark.
    const bool cut = start_of_file.size() >= kMagic.size() && marked(start_of_file);
    return fail(cut ? ErrorCode::header_damaged : ErrorCode::not_a_store, cut ? Fault::damage : Fault::person, {path});
  }
  if (!newest) return fail(ErrorCode::header_damaged, Fault::damage, {path});
  newest->both_whole = wholes == kHeaderCopies;
  return *newest;
}

Result<StoreState> open_state(const HeaderBlock& block, ByteView header_key, const std::string& path) {
  const ByteView all(block);
  std::array<std::uint8_t, kStateBytes> plain{};
  const bool fits = aead_open(header_key, all.subspan(kStateNonceAt, kAeadNonceBytes), all.first(kStateNonceAt),
                              all.subspan(kStateAt, kStateBytes), all.subspan(kStateTagAt, kAeadTagBytes), plain);
  const auto used = ByteView(plain);
  const auto free = [&](std::size_t from, std::size_t to) {
    return std::ranges::all_of(used.subspan(from, to - from), [](std::uint8_t byte) { return byte == 0; });
  };
  if (!fits || plain[kPhaseIn] > static_cast<std::uint8_t>(LogPhase::begun) || !free(kUsedIn, kSumIn) ||
      !free(kSumEnd, kStateBytes)) {
    return fail(ErrorCode::header_damaged, Fault::damage, {path});
  }
  StoreState state;
  state.phase = static_cast<LogPhase>(plain[kPhaseIn]);
  state.pages = static_cast<std::uint32_t>(little_endian(used.subspan(kPagesIn, 4)));
  state.current = *id_from<LogGeneration>(used.subspan(kCurrentIn, LogGeneration::kSize));
  state.previous = *id_from<LogGeneration>(used.subspan(kPreviousIn, LogGeneration::kSize));
  state.copied_frames = static_cast<std::uint32_t>(little_endian(used.subspan(kCopiedIn, 4)));
  state.summed_pages = static_cast<std::uint32_t>(little_endian(used.subspan(kSummedIn, 4)));
  std::ranges::copy(used.subspan(kSumIn, kPageSumBytes), state.sum.begin());
  return state;
}

SecretBytes header_key_of(ByteView data_key) { return derive_key(data_key, "kiem.store.header.0"); }

}  // namespace kiem
