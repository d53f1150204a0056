// The few files that the command line itself reads and writes: a passphrase file, recovery words, a key file, the key
// of a practice store, a file to import. All are bounded. Failures name the path: file_missing, file_unreadable,
// file_too_large, disk_full, disk_failed.
#pragma once

#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"
#include "core/store/store.hpp"

namespace kiem::cli {

constexpr std::size_t kPracticeKeyBytes = kKeyFileBytes;
constexpr const char* kPracticeKeyName = "practice.key";

// The first line without its end (CRLF too). empty_text when there is nothing in it, text_too_long above 4 KiB.
[[nodiscard]] Result<SecretBytes> read_passphrase_file(const std::filesystem::path& path);

// The whole file, at most 4 KiB, as somebody typed the words over. text_too_long above that.
[[nodiscard]] Result<SecretBytes> read_words_file(const std::filesystem::path& path);

// Exactly kKeyFileBytes; file_unreadable for any other size.
[[nodiscard]] Result<SecretBytes> read_key_file(const std::filesystem::path& path);
// Makes a key file of random bytes (mode 0600), on disk when this returns. Fails with file_exists when anything is
// there; what failed half way is taken away again.
[[nodiscard]] Result<SecretBytes> make_key_file(const std::filesystem::path& path, Rng& rng);

// The key file of a practice store, beside it.
[[nodiscard]] Result<SecretBytes> read_practice_key(const std::filesystem::path& home);

// What `init --practice` wrote, so that a failure after it can be undone. Whatever was there before stays.
struct NewPracticeKey {
  SecretBytes key;
  std::filesystem::path file;
  std::filesystem::path made_home;  // empty when the home was there already
  bool made_key = false;            // false when a key without a store was found and is used

  // Takes away what was made; a home that holds something else by now stays.
  void undo() const;
};
// Makes the home when it is missing (mode 0700) and a key file of random bytes in it (mode 0600, never over another),
// on disk when this returns. A whole key that an init left behind when it was cut short is taken again.
[[nodiscard]] Result<NewPracticeKey> make_practice_key(const std::filesystem::path& home, Rng& rng);

// The whole file, at most `limit` bytes; a folder or a device is file_unreadable.
[[nodiscard]] Result<Bytes> read_whole_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace kiem::cli
