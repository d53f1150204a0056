// What the tests of key slots share: secrets of every kind, what a header says, and headers changed by somebody who
// knows the format and no secret.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "core/crypto/hash.hpp"
#include "core/store/key_slots.hpp"
#include "tests/unit/store/home.hpp"

namespace kiem::test {

using Opened = Result<std::unique_ptr<Store>>;

// A store with notes in it and words() as its passphrase, closed.
inline void fill_store(const std::filesystem::path& home, FakeEnv& env, const char* parent = nullptr, int notes = 20) {
  auto store = make_store(home, env, parent);
  add_notes(store->writer(), notes, std::string(1000, 'x'));
}

inline Opened open_with(const std::filesystem::path& home, const Unlock& unlock, FakeEnv& env,
                        const char* parent = nullptr) {
  return Store::open(home, unlock, env.env(), cheap(parent));
}

inline bool opens(const std::filesystem::path& home, const Unlock& unlock, FakeEnv& env) {
  const auto store = open_with(home, unlock, env);
  if (!store) CHECK(store.error().code == ErrorCode::no_slot_opens);
  return store.has_value();
}

// The secrets of a store with one slot of each kind, from a seed.
struct Secrets {
  explicit Secrets(std::uint64_t seed = 5) : rng(seed) {}
  SeededRng rng;
  SecretBytes file = SecretBytes::random(kKeyFileBytes, rng);
  SecretBytes code = SecretBytes::random(kRecoveryCodeBytes, rng);
  SecretBytes held = SecretBytes::random(kHeldKeyBytes, rng);
  [[nodiscard]] Unlock key_file() const { return KeyFile{file.clone()}; }
  [[nodiscard]] Unlock recovery() const { return RecoveryCode{code.clone()}; }
  [[nodiscard]] Unlock keyring() const { return HeldKey{held.clone()}; }
};

inline StoreHeader header_of(const std::filesystem::path& home) {
  const auto found = find_header(read_all(database_of(home)), "here");
  REQUIRE(found);
  return found->header;
}

inline std::array<std::array<Slot, kSlots>, kHeaderCopies> slots_of_both_copies(const std::filesystem::path& home) {
  const auto bytes = read_all(database_of(home));
  std::array<std::array<Slot, kSlots>, kHeaderCopies> both{};
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    Bytes alone(bytes.begin(), bytes.begin() + kPagesAt);
    // Only this one is whole.
    alone[(1 - copy) * kHeaderBlockBytes + 100] ^= 1U;
    const auto found = find_header(alone, "here");
    REQUIRE(found);
    REQUIRE(found->copy == copy);
    both.at(copy) = found->header.slots;
  }
  return both;
}

// Changes bytes of both header blocks as somebody does who knows the format and no secret.
inline void forge(const std::filesystem::path& home, const std::function<void(std::span<std::uint8_t>)>& change) {
  auto bytes = read_all(database_of(home));
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    const auto block = std::span(bytes).subspan(copy * kHeaderBlockBytes, kHeaderBlockBytes);
    change(block);
    const auto sum = hash_of("kiem.store.checksum.0", {ByteView(block).first(kHeaderBlockBytes - 32)});
    std::ranges::copy(sum.bytes, block.last(32).begin());
  }
  write_all(database_of(home), bytes);
}

inline std::span<std::uint8_t> slot_in(std::span<std::uint8_t> block, std::size_t number) {
  return block.subspan(64 + number * kSlotBytes, kSlotBytes);
}

inline void set_cost(std::span<std::uint8_t> block, std::size_t number, std::uint32_t passes,
                     std::uint32_t memory_kib) {
  std::ranges::copy(le32(passes), slot_in(block, number).subspan(4, 4).begin());
  std::ranges::copy(le32(memory_kib), slot_in(block, number).subspan(8, 4).begin());
}

// Slots of a later version, sealed in as that version would.
inline void put_unknown_slots(const std::filesystem::path& home, std::size_t from) {
  const auto found = find_header(read_all(database_of(home)), "here");
  REQUIRE(found);
  const auto opened = open_slots(found->header, words());
  REQUIRE(opened);
  const auto key = header_key_of(opened->data_key.view());
  const auto state = open_state(found->block, key.view(), "here");
  REQUIRE(state);
  auto header = found->header;
  SeededRng rng(77);
  for (std::size_t number = from; number < kSlots; ++number) {
    rng.fill(header.slots.at(number));
    header.slots.at(number)[0] = 9;
  }
  auto bytes = read_all(database_of(home));
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    ++header.sequence;
    const auto block = encode_header(header, *state, key.view(), rng);
    std::ranges::copy(block, bytes.begin() + static_cast<std::ptrdiff_t>(copy * kHeaderBlockBytes));
  }
  write_all(database_of(home), bytes);
}

}  // namespace kiem::test
