#include "core/store/creation.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/store/disk_error.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/page_sum.hpp"
#include "core/store/sqlite_error.hpp"

namespace kiem {
namespace {

constexpr const char* kUnfinishedName = "store.kiem.new";

constexpr int kOpenFlags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE;

Status write_store(sqlite3_vfs* parent, const FileNames& names, const Unlock& unlock, ByteView data_key,
                   PwhashCost cost, Rng& rng) {
  StoreHeader header;
  rng.fill(header.id.bytes);
  KIEM_TRY_GET(header.slots[0], make_slot(unlock, data_key, header.id, 0, cost, rng));
  PageCipher cipher(data_key, header.id, header.epoch, rng);
  std::array<std::uint8_t, kPageBytes> page;
  cipher.seal_page(1, empty_database(), page);
  StoreState state;
  state.pages = 1;
  state.summed_pages = 1;
  PageSum sum;
  sum.add(PageHash(data_key, header.epoch).of(1, page_tag_of(page)));
  state.sum = sum.bytes();
  const SecretBytes header_key = header_key_of(data_key);

  std::unique_ptr<ParentFile> file;
  if (const int failed = ParentFile::open(parent, names.main(), kOpenFlags, file); failed != SQLITE_OK) {
    return disk_failure(failed);
  }
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    ++header.sequence;
    const auto block = encode_header(header, state, header_key.view(), rng);
    if (const int failed = file->write(block, copy * kHeaderBlockBytes); failed != SQLITE_OK) {
      return disk_failure(failed);
    }
  }
  if (const int failed = file->write(page, page_at(1)); failed != SQLITE_OK) return disk_failure(failed);
  if (const int failed = file->sync(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return disk_failure(failed);
  return {};
}

}  // namespace

Status sync_directory(const std::filesystem::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return disk_error(errno);
  const int error = fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems have no sync of a directory and need none.
  if (error != 0 && error != EINVAL) return disk_error(error);
  return {};
}

Result<std::string> parent_name_of(sqlite3_vfs* parent, const std::filesystem::path& path) {
  std::string full(static_cast<std::size_t>(parent->mxPathname) + 1, '\0');
  const int result = parent->xFullPathname(parent, path.c_str(), static_cast<int>(full.size()), full.data());
  // Unix says "was a symbolic link" with a code of success.
  if ((result & 0xFF) != SQLITE_OK) return disk_failure(result);
  full.resize(std::char_traits<char>::length(full.c_str()));
  return full;
}

Status make_home(const std::filesystem::path& home) {
  std::error_code error;
  // A path that ends in a slash has an empty last part.
  const auto parent = home.has_filename() ? home.parent_path() : home.parent_path().parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return disk_error(error.value());
  if (::mkdir(home.c_str(), 0700) != 0) {
    if (errno == EEXIST && std::filesystem::is_directory(home, error)) return {};
    return disk_error(errno);
  }
  return sync_directory(parent.empty() ? "." : parent);
}

Result<SecretBytes> make_store_file(const std::filesystem::path& home, const Unlock& unlock, Env env, PwhashCost cost,
                                    sqlite3_vfs* parent) {
  SecretBytes data_key = SecretBytes::random(kDataKeyBytes, env.rng);
  const auto unfinished = home / kUnfinishedName;
  // What an earlier attempt left behind; the lock says that it is nobody's now.
  if (::unlink(unfinished.c_str()) != 0 && errno != ENOENT) return disk_error(errno);
  // Made here and not by the parent, whose files others may read.
  const int descriptor = ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return disk_error(errno);
  ::close(descriptor);

  KIEM_TRY_GET(const std::string path, parent_name_of(parent, unfinished));
  std::unique_ptr<FileNames> names;
  const int named = FileNames::make(path, names);
  Status written = named == SQLITE_OK ? write_store(parent, *names, unlock, data_key.view(), cost, env.rng)
                                      : Status(disk_failure(named));
  if (written && ::rename(unfinished.c_str(), (home / kStoreName).c_str()) != 0) written = disk_error(errno);
  if (!written) {
    ::unlink(unfinished.c_str());
    return tl::unexpected<Error>(std::move(written).error());
  }
  KIEM_TRY(sync_directory(home));
  return data_key;
}

Result<OpenedFile> open_store_file(const std::filesystem::path& home, sqlite3_vfs* parent) {
  const auto path = home / kStoreName;
  KIEM_TRY_GET(const std::string full, parent_name_of(parent, path));
  OpenedFile opened;
  if (const int failed = FileNames::make(full, opened.names); failed != SQLITE_OK) return disk_failure(failed);
  if (const int failed = ParentFile::open(parent, opened.names->main(), kOpenFlags, opened.file); failed != SQLITE_OK) {
    return disk_failure(failed, errno);
  }
  std::uint64_t size = 0;
  if (const int failed = opened.file->size(size); failed != SQLITE_OK) return disk_failure(failed);
  Bytes start(static_cast<std::size_t>(std::min<std::uint64_t>(size, kPagesAt)));
  if (!start.empty()) {
    if (const int failed = opened.file->read(start, 0); failed != SQLITE_OK) return disk_failure(failed);
  }
  KIEM_TRY_GET(opened.found, find_header(start, path.string()));
  return opened;
}

}  // namespace kiem
