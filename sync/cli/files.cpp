#include "sync/cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "sync/cli/terminal.hpp"

namespace kiem::cli {
namespace {

// A descriptor that closes itself.
class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode = 0) : number_(open(path.c_str(), flags, mode)) {}
  ~File() {
    if (number_ >= 0) close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> cannot_read(const std::filesystem::path& path, int error) {
  const bool missing = error == ENOENT || error == ENOTDIR;
  return fail(missing ? ErrorCode::file_missing : ErrorCode::file_unreadable, Fault::person, {path.string()});
}

tl::unexpected<Error> cannot_write(int error) {
  if (error == ENOSPC || error == EDQUOT) return fail(ErrorCode::disk_full, Fault::machine);
  return fail(ErrorCode::disk_failed, Fault::machine, {std::generic_category().message(error)});
}

// Reads until `into` is full or the file ends: the number of bytes read.
Result<std::size_t> read_into(const File& file, const std::filesystem::path& path, std::span<std::uint8_t> into) {
  std::size_t size = 0;
  while (size < into.size()) {
    const ssize_t got = read(file.number(), into.data() + size, into.size() - size);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path, errno);
    size += static_cast<std::size_t>(got);
  }
  return size;
}

Status write_all(const File& file, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = write(file.number(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return cannot_write(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  if (fsync(file.number()) != 0) return cannot_write(errno);
  return {};
}

// The entry of a new file is on disk when its folder is.
Status sync_folder(const std::filesystem::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!file.is_open() || fsync(file.number()) != 0) return cannot_write(errno);
  return {};
}

}  // namespace

Result<SecretBytes> read_passphrase_file(const std::filesystem::path& path) {
  const File file(path, O_RDONLY | O_CLOEXEC);
  if (!file.is_open()) return cannot_read(path, errno);
  // Room for the longest line and its CRLF.
  SecretBytes start(kMaxPassphraseBytes + 2);
  KIEM_TRY_GET(const std::size_t size, read_into(file, path, start.edit()));
  const auto begin = start.view().begin();
  auto line = static_cast<std::size_t>(std::find(begin, begin + static_cast<std::ptrdiff_t>(size), '\n') - begin);
  if (line > 0 && start.view()[line - 1] == '\r') --line;
  if (line == 0) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
  if (line > kMaxPassphraseBytes) {
    return fail(ErrorCode::text_too_long, Fault::person, {"passphrase", std::to_string(kMaxPassphraseBytes)});
  }
  return SecretBytes::copy_of(start.view().subspan(0, line));
}

Result<SecretBytes> read_words_file(const std::filesystem::path& path) {
  const File file(path, O_RDONLY | O_CLOEXEC);
  if (!file.is_open()) return cannot_read(path, errno);
  SecretBytes found(kMaxPassphraseBytes + 1);
  KIEM_TRY_GET(const std::size_t size, read_into(file, path, found.edit()));
  if (size > kMaxPassphraseBytes) {
    return fail(ErrorCode::text_too_long, Fault::person, {"recovery_words", std::to_string(kMaxPassphraseBytes)});
  }
  return SecretBytes::copy_of(found.view().subspan(0, size));
}

Result<SecretBytes> read_key_file(const std::filesystem::path& path) {
  const File file(path, O_RDONLY | O_CLOEXEC);
  if (!file.is_open()) return cannot_read(path, errno);
  SecretBytes found(kKeyFileBytes + 1);
  KIEM_TRY_GET(const std::size_t size, read_into(file, path, found.edit()));
  if (size != kKeyFileBytes) return fail(ErrorCode::file_unreadable, Fault::person, {path.string()});
  return SecretBytes::copy_of(found.view().subspan(0, size));
}

Result<SecretBytes> make_key_file(const std::filesystem::path& path, Rng& rng) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (!file.is_open()) {
    const int why = errno;
    if (why == EEXIST) return fail(ErrorCode::file_exists, Fault::person, {path.string()});
    // The folder that is not there, or is none.
    if (why == ENOENT || why == ENOTDIR) return cannot_read(path, why);
    return cannot_write(why);
  }
  SecretBytes key = SecretBytes::random(kKeyFileBytes, rng);
  Status written = write_all(file, key.view());
  if (written) written = sync_folder(path.has_parent_path() ? path.parent_path() : ".");
  if (!written) {
    // A key to nothing; the first failure is the one to tell.
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return tl::unexpected<Error>(std::move(written).error());
  }
  return key;
}

Result<SecretBytes> read_practice_key(const std::filesystem::path& home) {
  return read_key_file(home / kPracticeKeyName);
}

void NewPracticeKey::undo() const {
  // A file that stays behind is a key to nothing, and make_practice_key takes it up again: no failure to tell.
  std::error_code ignored;
  if (made_key) std::filesystem::remove(file, ignored);
  if (!made_home.empty()) std::filesystem::remove(made_home, ignored);
}

Result<NewPracticeKey> make_practice_key(const std::filesystem::path& named, Rng& rng) {
  const std::filesystem::path home = (named / "").parent_path();  // "home" and "home/" are one
  NewPracticeKey made;
  made.file = home / kPracticeKeyName;
  std::error_code error;
  if (home.has_parent_path()) std::filesystem::create_directories(home.parent_path(), error);
  if (error) return cannot_write(error.value());
  if (mkdir(home.c_str(), S_IRWXU) == 0) {
    made.made_home = home;
  } else if (errno != EEXIST) {
    return cannot_write(errno);
  }
  const File file(made.file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (!file.is_open() && errno == EEXIST) {
    KIEM_TRY_GET(made.key, read_practice_key(home));
    return made;
  }
  if (!file.is_open()) {
    const int why = errno;
    made.undo();
    return cannot_write(why);
  }
  made.made_key = true;
  made.key = SecretBytes::random(kPracticeKeyBytes, rng);
  Status written = write_all(file, made.key.view());
  if (written) written = sync_folder(home);
  if (!written) {
    made.undo();
    return tl::unexpected<Error>(std::move(written).error());
  }
  return made;
}

Result<Bytes> read_whole_file(const std::filesystem::path& path, std::size_t limit) {
  // Not blocking: a pipe without a writer must not hang the program. On a plain file it means nothing.
  const File file(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (!file.is_open()) return cannot_read(path, errno);
  struct stat found {};
  if (fstat(file.number(), &found) != 0) return cannot_read(path, errno);
  if (!S_ISREG(found.st_mode)) return fail(ErrorCode::file_unreadable, Fault::person, {path.string()});
  const auto too_large = [&] {
    constexpr std::size_t kMiB = std::size_t{1} << 20U;
    const std::string shown =
        limit < kMiB ? std::to_string(limit / 1024) + " KiB" : std::to_string(limit / kMiB) + " MiB";
    return fail(ErrorCode::file_too_large, Fault::person, {path.string(), shown});
  };
  const auto size = static_cast<std::uint64_t>(found.st_size);
  if (size > limit) return too_large();
  // One byte more shows a file that grew meanwhile.
  Bytes bytes(static_cast<std::size_t>(size) + 1);
  KIEM_TRY_GET(const std::size_t got, read_into(file, path, bytes));
  if (got > limit) return too_large();
  bytes.resize(got);
  return bytes;
}

}  // namespace kiem::cli
