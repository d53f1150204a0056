// libFuzzer over what the command line reads from files that open a store: a key file, a passphrase on a first line,
// recovery words as somebody typed them over. What is read is tried on a store's slots; only the right bytes open.
#include <unistd.h>

#include <cstdlib>

#include "core/identity/recovery.hpp"
#include "core/store/key_slots.hpp"
#include "sync/cli/files.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/fakes.hpp"

namespace {

using namespace kiem;

constexpr PwhashCost kLeastCost{1, 8};
const Bytes kKey(kKeyFileBytes, 0x4B);
const std::string kWords = "zon en regen";

struct Place {
  std::filesystem::path file;
  StoreHeader header;

  Place() {
    std::string folder = ::access("/dev/shm", W_OK) == 0 ? "/dev/shm/kiem-fuzz-XXXXXX" : "/tmp/kiem-fuzz-XXXXXX";
    KIEM_CHECK(mkdtemp(folder.data()) != nullptr);
    file = std::filesystem::path(folder) / "secret";
    test::SeededRng rng(1);
    const Bytes data_key(kDataKeyBytes, 9);
    std::size_t number = 0;
    for (const auto& unlock :
         {Unlock(KeyFile{SecretBytes::copy_of(kKey)}), Unlock(Passphrase{SecretBytes::copy_of(view(kWords))})}) {
      const auto slot = make_slot(unlock, data_key, header.id, number, kLeastCost, rng);
      KIEM_CHECK(slot.has_value());
      header.slots[number++] = *slot;
    }
  }
  ~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(file.parent_path(), ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

Place& place() {
  static Place kept;
  return kept;
}

void check_refusal(const Error& error) {
  KIEM_CHECK(error.fault == Fault::person);
  KIEM_CHECK(error.code == ErrorCode::file_unreadable || error.code == ErrorCode::empty_text ||
             error.code == ErrorCode::text_too_long || error.code == ErrorCode::file_too_large);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  std::vector<Bytes> seeds{kKey, to_bytes(view(kWords)), to_bytes(view(kWords + "\r\nmore\n")), Bytes(5000, 'a')};
  test::SeededRng rng(2);
  seeds.push_back(to_bytes(view(RecoveryWords::generate(rng).to_text())));
  test::plant_seeds(*count, *arguments, seeds);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  auto& [file, header] = place();
  {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(text_view(input).data(), static_cast<std::streamsize>(size));
    KIEM_CHECK(out.good());
  }
  if (auto key = cli::read_key_file(file)) {
    KIEM_CHECK(key->size() == kKeyFileBytes && text_view(key->view()) == text_view(input));
    const bool opens = open_slots(header, KeyFile{std::move(*key)}).has_value();
    KIEM_CHECK(opens == (text_view(input) == text_view(kKey)));
  } else {
    check_refusal(key.error());
  }
  if (auto words = cli::read_passphrase_file(file)) {
    KIEM_CHECK(!words->empty() && text_view(words->view()).find('\n') == std::string_view::npos);
    const bool right = text_view(words->view()) == kWords;
    KIEM_CHECK(open_slots(header, Passphrase{std::move(*words)}).has_value() == right);
  } else {
    check_refusal(words.error());
  }
  if (const auto words = cli::read_words_file(file)) {
    KIEM_CHECK(words->size() <= size);
    if (const auto parsed = RecoveryWords::parse(text_view(words->view()))) {
      const auto again = RecoveryWords::parse(parsed->to_text());
      KIEM_CHECK(again && equal_secrets(again->bits().view(), parsed->bits().view()));
    }
  } else {
    check_refusal(words.error());
  }
  return 0;
}
