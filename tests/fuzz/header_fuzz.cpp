// libFuzzer over the header blocks of a store. The first byte chooses how much is made right, so that what comes behind
// a check is reached too: nothing; the checksum of each copy; the checksum and, with the rest of the input as its
// inside, the sealed state. Whatever opens must be written and read as the same again.
#include <algorithm>
#include <array>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"
#include "core/store/header.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/fakes.hpp"

namespace {

using namespace kiem;

// FORMAT.md section 11.
constexpr std::size_t kStateNonceAt = 1088;
constexpr std::size_t kStateAt = kStateNonceAt + kAeadNonceBytes;
constexpr std::size_t kStateBytes = 512;
constexpr std::size_t kChecksumAt = kHeaderBlockBytes - 32;

const Bytes kKey(32, 0x4B);

std::span<std::uint8_t> copy_in(Bytes& bytes, std::size_t copy) {
  return std::span(bytes).subspan(copy * kHeaderBlockBytes, kHeaderBlockBytes);
}

void make_checksum(std::span<std::uint8_t> block) {
  const auto sum = hash_of("kiem.store.checksum.0", {ByteView(block).first(kChecksumAt)});
  std::ranges::copy(sum.bytes, block.subspan(kChecksumAt).begin());
}

void seal_state(std::span<std::uint8_t> block) {
  Bytes inside = to_bytes(block.subspan(kStateAt, kStateBytes));
  aead_seal(kKey, block.subspan(kStateNonceAt, kAeadNonceBytes), ByteView(block).first(kStateNonceAt), inside,
            block.subspan(kStateAt, kStateBytes), block.subspan(kStateAt + kStateBytes, kAeadTagBytes));
}

void check(ByteView start) {
  const auto found = find_header(start, "p");
  if (!found) {
    const auto code = found.error().code;
    KIEM_CHECK(code == ErrorCode::not_a_store || code == ErrorCode::header_damaged || code == ErrorCode::store_too_new);
    return;
  }
  const auto state = open_state(found->block, kKey, "p");
  if (!state) {
    KIEM_CHECK(state.error().code == ErrorCode::header_damaged);
    return;
  }
  test::SeededRng rng(1);
  const auto again = encode_header(found->header, *state, kKey, rng);
  const auto found_again = find_header(again, "p");
  KIEM_CHECK(found_again && found_again->header.id == found->header.id &&
             found_again->header.sequence == found->header.sequence &&
             found_again->header.slots == found->header.slots);
  const auto state_again = open_state(found_again->block, kKey, "p");
  KIEM_CHECK(state_again && state_again->phase == state->phase && state_again->pages == state->pages &&
             state_again->current == state->current && state_again->copied_frames == state->copied_frames);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  test::SeededRng rng(7);
  std::vector<Bytes> seeds;
  for (std::uint8_t mode = 0; mode < 3; ++mode) {
    StoreHeader header;
    rng.fill(header.id.bytes);
    StoreState state;
    state.phase = static_cast<LogPhase>(mode);
    state.pages = 9;
    Bytes seed{mode};
    for (int copy = 0; copy < 2; ++copy) {
      ++header.sequence;
      auto block = encode_header(header, state, kKey, rng);
      if (mode == 2) {
        // Its inside stands there open; the target seals it.
        std::fill_n(block.begin() + kStateAt, kStateBytes, std::uint8_t{0});
        block[kStateAt] = static_cast<std::uint8_t>(state.phase);
      }
      append(seed, block);
    }
    seeds.push_back(std::move(seed));
  }
  test::plant_seeds(*count, *arguments, seeds);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Bytes start(data + 1, data + size);
  const int mode = data[0] % 3;
  for (std::size_t copy = 0; mode > 0 && (copy + 1) * kHeaderBlockBytes <= start.size(); ++copy) {
    if (mode == 2) seal_state(copy_in(start, copy));
    make_checksum(copy_in(start, copy));
  }
  check(start);
  return 0;
}
