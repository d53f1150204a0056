// libFuzzer over the log that a store finds when it is opened. The input describes a log in the open, which is sealed
// with the store's keys before it is looked at, so that everything behind the seals is reached: phase and frames copied
// as the anchor says, the head, then frames of a head, a byte to fill the page with, and whether to break its seal.
// What is passed is opened by SQLite too.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "core/store/creation.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/log_check.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/store_home.hpp"

namespace {

using namespace kiem;
using namespace kiem::test;

constexpr std::size_t kFrameInput = kFrameHeadBytes + 2;

struct Bench {
  StoreHome home;
  FakeEnv env;
  FaultVfs vfs;
  SecretBytes data_key;

  Bench() {
    { new_store(home.path(), env, vfs.name()); }
    const auto found = find_header(read_all(database_of(home.path())), "p");
    KIEM_CHECK(found.has_value());
    auto opened = open_slots(found->header, words());
    KIEM_CHECK(opened.has_value());
    data_key = std::move(opened->data_key);
  }
};
Bench& bench() {
  static Bench kept;
  return kept;
}

// The log of a killed process, described as an input.
Bytes described_log() {
  auto& it = bench();
  const auto copy = it.home.other("seed");
  {
    const auto store = open_store(it.home.path(), it.env, it.vfs.name());
    KIEM_CHECK(store.has_value());
    KIEM_CHECK((*store)->writer().execute("INSERT INTO note (text) VALUES ('a'); DELETE FROM note").has_value());
    copy_home(it.home.path(), copy);
  }
  const auto log = read_all(log_of(copy));
  const auto found = find_header(read_all(database_of(copy)), "p");
  KIEM_CHECK(found.has_value());
  const PageCipher cipher(it.data_key.view(), found->header.id, found->header.epoch, it.env.rng);
  std::array<std::uint8_t, kLogHeadBytes> head{};
  KIEM_CHECK(cipher.open_log_head(ByteView(log).first<kSealedLogHeadBytes>(), head));
  Bytes input{2, 0};
  append(input, head);
  FramePlace place{generation_of(head), 1};
  for (auto at = kSealedLogHeadBytes; at + kFrameBytes <= log.size(); at += kFrameBytes, ++place.number) {
    std::array<std::uint8_t, kFrameHeadBytes> frame{};
    KIEM_CHECK(cipher.open_frame_head(place, ByteView(log).subspan(at).first<kFrameBytes>(), frame));
    append(input, frame);
    append(input, Bytes{0, 0});
  }
  return input;
}

// SQLite's checksum over words of this machine, put right in each head, so that frames chain whatever they hold.
struct Chain {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  void add(ByteView bytes) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
      first += word(bytes.data() + i) + second;
      second += word(bytes.data() + i + 4) + first;
    }
  }
  void put(std::uint8_t* to) const {
    for (int i = 0; i < 4; ++i) {
      to[i] = static_cast<std::uint8_t>(first >> (24 - 8 * i));
      to[4 + i] = static_cast<std::uint8_t>(second >> (24 - 8 * i));
    }
  }

 private:
  static std::uint32_t word(const std::uint8_t* bytes) {
    return std::uint32_t{bytes[3]} << 24U | std::uint32_t{bytes[2]} << 16U | std::uint32_t{bytes[1]} << 8U | bytes[0];
  }
};

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  Bytes log = described_log();
  Bytes announced = log;
  announced[0] = 1;
  Bytes broken = log;
  if (broken.size() > 34 + kFrameInput) broken[34 + kFrameInput - 1] = 1;
  test::plant_seeds(*count, *arguments, {log, announced, broken, Bytes{0, 0}, Bytes{2, 3, 1, 2, 3}});
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  auto& it = bench();
  auto opened = open_store_file(it.home.path(), sqlite3_vfs_find(it.vfs.name()));
  KIEM_CHECK(opened.has_value());
  auto state = open_state(opened->found.block, header_key_of(it.data_key.view()).view(), "p");
  KIEM_CHECK(state.has_value());
  PageCipher cipher(it.data_key.view(), opened->found.header.id, opened->found.header.epoch, it.env.rng);

  Bytes log;
  ByteView rest(data + 2, size - 2);
  if (rest.size() < kLogHeadBytes) {
    append(log, rest);
  } else {
    std::array<std::uint8_t, kLogHeadBytes> head{};
    std::copy_n(rest.begin(), kLogHeadBytes, head.begin());
    head[3] &= 0xFEU;  // words of this machine
    rest = rest.subspan(kLogHeadBytes);
    Chain chain;
    chain.add(ByteView(head).first(24));
    chain.put(head.data() + 24);
    std::array<std::uint8_t, kSealedLogHeadBytes> sealed_head{};
    cipher.seal_log_head(head, sealed_head);
    append(log, sealed_head);
    state->current = generation_of(head);
    FramePlace place{state->current, 1};
    std::array<std::uint8_t, kPageBytes> page{};
    std::array<std::uint8_t, kFrameBytes> sealed{};
    for (; rest.size() >= kFrameInput; rest = rest.subspan(kFrameInput), ++place.number) {
      std::array<std::uint8_t, kFrameHeadBytes> frame{};
      std::copy_n(rest.begin(), kFrameHeadBytes, frame.begin());
      std::fill_n(page.begin(), kContentBytes, rest[kFrameHeadBytes]);
      const auto broken = rest[kFrameHeadBytes + 1];
      if ((broken & 4U) == 0) {
        std::copy_n(head.begin() + 16, 8, frame.begin() + 8);  // the salts
        chain.add(ByteView(frame).first(8));
        chain.add(page);
        chain.put(frame.data() + 16);
      }
      cipher.seal_frame(place, frame, page, sealed);
      if ((broken & 1U) != 0) sealed[5] ^= 1U;
      if ((broken & 2U) != 0) sealed[99] ^= 1U;
      append(log, sealed);
    }
    append(log, rest);
  }
  state->phase = static_cast<LogPhase>(data[0] % 3);
  state->copied_frames = data[1];
  write_all(log_of(it.home.path()), log);

  StoreFiles files(sqlite3_vfs_find(it.vfs.name()), std::move(opened->names), std::move(opened->file), opened->found,
                   *state, it.data_key.view(), it.env.rng);
  const auto checked = check_log(files);
  if (!checked) {
    const auto code = checked.error().code;
    KIEM_CHECK(code == ErrorCode::wal_replaced || code == ErrorCode::page_damaged);
    KIEM_CHECK(checked.error().fault == Fault::damage);
    return 0;
  }
  const EncryptedVfs vfs(files);
  const auto reader = Connection::open(files.names().main(), vfs.name(), Connection::Mode::reader);
  if (!reader) return 0;
  const auto looked = (*reader)->execute("SELECT count(*) FROM sqlite_schema; PRAGMA integrity_check");
  if (!looked) KIEM_CHECK(looked.error().fault == Fault::damage);
  return 0;
}
