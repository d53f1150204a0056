#include "core/store/header.hpp"

#include <doctest/doctest.h>

#include "core/crypto/hash.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using kiem::test::SeededRng;

namespace {

struct Blocks {
  SeededRng rng{11};
  Bytes key = Bytes(32, 5);
  StoreHeader header;
  StoreState state;

  Blocks() {
    rng.fill(header.id.bytes);
    header.epoch = 3;
    for (auto& slot : header.slots) rng.fill(slot);
    state.phase = LogPhase::begun;
    state.pages = 17;
    rng.fill(state.current.bytes);
    rng.fill(state.previous.bytes);
    state.copied_frames = 99;
  }
  HeaderBlock block(std::uint64_t sequence) {
    header.sequence = sequence;
    return encode_header(header, state, key, rng);
  }
  // Both copies one after the other, as they lie in the file.
  Bytes file(std::uint64_t first, std::uint64_t second) {
    Bytes bytes = to_bytes(block(first));
    append(bytes, block(second));
    return bytes;
  }
};

ErrorCode refusal(ByteView bytes) {
  const auto found = find_header(bytes, "p");
  REQUIRE_FALSE(found);
  return found.error().code;
}

// Makes the checksum fit again, as somebody who alters a block on purpose would.
void redo_checksum(std::span<std::uint8_t> block) {
  const auto checksum = hash_of("kiem.store.checksum.0", {block.first(kHeaderBlockBytes - 32)});
  std::copy(checksum.bytes.begin(), checksum.bytes.end(), block.end() - 32);
}

}  // namespace

TEST_CASE("what a header block says is read back, slots of unknown kinds included") {
  Blocks it;
  const auto found = find_header(it.file(8, 9), "p");
  REQUIRE(found);
  CHECK(found->copy == 1);
  CHECK(found->both_whole);
  CHECK(found->header.id == it.header.id);
  CHECK(found->header.sequence == 9);
  CHECK(found->header.epoch == 3);
  CHECK(found->header.slots == it.header.slots);
  const auto state = open_state(found->block, it.key, "p");
  REQUIRE(state);
  CHECK(state->phase == LogPhase::begun);
  CHECK(state->pages == 17);
  CHECK(state->current == it.state.current);
  CHECK(state->previous == it.state.previous);
  CHECK(state->copied_frames == 99);
}

TEST_CASE("the copy with the higher number counts, whichever it is") {
  Blocks it;
  CHECK(find_header(it.file(4, 5), "p")->copy == 1);
  CHECK(find_header(it.file(6, 5), "p")->copy == 0);
  CHECK(find_header(it.file(UINT64_MAX, 5), "p")->copy == 0);
}

TEST_CASE("each byte of one copy can break: the other is used and that is said") {
  Blocks it;
  auto bytes = it.file(8, 9);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] ^= 0x40U;
    const auto found = find_header(bytes, "p");
    const bool right = found && !found->both_whole && found->copy == (i < kHeaderBlockBytes ? 1U : 0U);
    wrong += right ? 0U : 1U;
    bytes[i] ^= 0x40U;
  }
  CHECK(wrong == 0);
}

TEST_CASE("the same byte broken in both copies is a damaged header, or no store where the mark is gone") {
  Blocks it;
  auto bytes = it.file(8, 9);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < kHeaderBlockBytes; ++i) {
    bytes[i] ^= 0x01U;
    bytes[i + kHeaderBlockBytes] ^= 0x01U;
    wrong += refusal(bytes) == (i < 8 ? ErrorCode::not_a_store : ErrorCode::header_damaged) ? 0U : 1U;
    bytes[i] ^= 0x01U;
    bytes[i + kHeaderBlockBytes] ^= 0x01U;
  }
  CHECK(wrong == 0);
}

TEST_CASE("nothing, a little, and a lot of something else are no store") {
  CHECK(refusal({}) == ErrorCode::not_a_store);
  CHECK(refusal(Bytes(7, 'K')) == ErrorCode::not_a_store);
  CHECK(refusal(Bytes(kPagesAt, 0)) == ErrorCode::not_a_store);
  Bytes sqlite = to_bytes(view("SQLite format 3"));
  sqlite.resize(kPagesAt);
  CHECK(refusal(sqlite) == ErrorCode::not_a_store);
}

TEST_CASE("a store cut inside its header is damaged, cut after the first copy it still has one") {
  Blocks it;
  const auto bytes = it.file(8, 9);
  CHECK(refusal(ByteView(bytes).first(8)) == ErrorCode::header_damaged);
  CHECK(refusal(ByteView(bytes).first(kHeaderBlockBytes - 1)) == ErrorCode::header_damaged);
  for (const std::size_t size : {kHeaderBlockBytes, kHeaderBlockBytes * 2 - 1}) {
    const auto found = find_header(ByteView(bytes).first(size), "p");
    REQUIRE(found);
    CHECK(found->copy == 0);
    CHECK_FALSE(found->both_whole);
  }
}

TEST_CASE("a format, cipher or page size of a later version is too new, and not damage") {
  Blocks it;
  for (const std::size_t at : {8U, 9U, 10U, 11U}) {
    auto bytes = it.file(8, 9);
    const auto second = std::span<std::uint8_t>(bytes).subspan(kHeaderBlockBytes);
    second[at] = static_cast<std::uint8_t>(second[at] + 1);
    redo_checksum(second);
    const auto found = find_header(bytes, "p");
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::store_too_new);
    REQUIRE(found.error().args.size() == 2);
    CHECK(found.error().args[1] == "0");
  }
}

TEST_CASE("a block altered on purpose, checksum and all, does not pass its seal") {
  Blocks it;
  const auto block = it.block(9);
  const std::size_t sealed_end = 64 + kSlots * kSlotBytes + 24 + 512 + 16;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < sealed_end; ++i) {
    auto altered = block;
    altered[i] ^= 0x02U;
    const auto state = open_state(altered, it.key, "p");
    wrong += !state && state.error().code == ErrorCode::header_damaged ? 0U : 1U;
  }
  CHECK(wrong == 0);
  CHECK_FALSE(open_state(block, Bytes(32, 6), "p"));
  CHECK(open_state(block, it.key, "p"));
}
