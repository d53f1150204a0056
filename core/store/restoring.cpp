#include "core/store/restoring.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <vector>

#include "core/base/check.hpp"
#include "core/store/creation.hpp"
#include "core/store/disk_error.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/lock.hpp"

namespace kiem {
namespace {

constexpr const char* kFolderName = "restoring";
constexpr std::size_t kPieceBytes = std::size_t{256} * 1024;

// A descriptor of the system, closed when it goes.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

tl::unexpected<Error> cannot_read(const std::filesystem::path& file) {
  const ErrorCode code = errno == ENOENT ? ErrorCode::file_missing : ErrorCode::file_unreadable;
  return fail(code, Fault::person, {file.string()});
}

// Fewer bytes than asked for only at the end of the file.
Result<std::size_t> read_piece(const File& from, std::span<std::uint8_t> piece, const std::filesystem::path& name) {
  std::size_t filled = 0;
  while (filled < piece.size()) {
    const ssize_t got = ::read(from.get(), piece.data() + filled, piece.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(name);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

Status write_piece(const File& to, ByteView piece) {
  while (!piece.empty()) {
    const ssize_t put = ::write(to.get(), piece.data(), piece.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return disk_error(errno);
    piece = piece.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Result<FoundHeader> header_of(const File& from, const std::filesystem::path& file) {
  Bytes start(kPagesAt);
  KIEM_TRY_GET(const std::size_t size, read_piece(from, start, file));
  start.resize(size);
  return find_header(start, file.string());
}

// Whether the secret opens it, said before much is copied.
Status look_at(const File& from, const std::filesystem::path& file, const Unlock& unlock) {
  KIEM_TRY_GET(const FoundHeader found, header_of(from, file));
  KIEM_TRY(open_slots(found.header, unlock));
  if (::lseek(from.get(), 0, SEEK_SET) != 0) return cannot_read(file);
  return {};
}

Status copy(const File& from, const std::filesystem::path& file, const std::filesystem::path& to,
            const Restoring::Progress& progress) {
  struct stat about {};
  if (::fstat(from.get(), &about) != 0) return cannot_read(file);
  const File out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out.is_open()) return disk_error(errno);
  Bytes piece(kPieceBytes);
  std::uint64_t done = 0;
  while (true) {
    KIEM_TRY_GET(const std::size_t size, read_piece(from, piece, file));
    KIEM_TRY(write_piece(out, ByteView(piece).first(size)));
    done += size;
    if (progress) progress(done, static_cast<std::uint64_t>(about.st_size));
    if (size < piece.size()) break;
  }
  if (::fsync(out.get()) != 0) return disk_error(errno);
  return {};
}

}  // namespace

Result<SlotKinds> slots_of(const std::filesystem::path& file) {
  const File from(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open()) return cannot_read(file);
  KIEM_TRY_GET(const FoundHeader found, header_of(from, file));
  return kinds_of(found.header.slots);
}

struct Restoring::Impl {
  Impl(std::filesystem::path where, HomeLock taken)
      : home(std::move(where)), folder(home / kFolderName), lock(std::move(taken)) {}
  ~Impl() {
    store.reset();
    std::error_code ignored;
    if (lock) std::filesystem::remove_all(folder, ignored);
  }

  std::filesystem::path home, folder;
  std::optional<HomeLock> lock;
  std::unique_ptr<Store> store;
};

Restoring::Restoring(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Restoring::~Restoring() = default;

Result<std::unique_ptr<Restoring>> Restoring::begin(const std::filesystem::path& file,
                                                    const std::filesystem::path& home, const Unlock& unlock, Env env,
                                                    const StoreOptions& options, const Progress& progress) {
  const auto exists = [&] { return fail(ErrorCode::store_exists, Fault::person, {home.string()}); };
  if (store_exists(home)) return exists();
  const File from(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open()) return cannot_read(file);
  KIEM_TRY(look_at(from, file, unlock));

  KIEM_TRY(make_home(home));
  sqlite3_vfs* const parent = sqlite3_vfs_find(options.parent_vfs);
  if (parent == nullptr) return fail(ErrorCode::out_of_memory, Fault::machine);
  KIEM_TRY_GET(HomeLock lock, HomeLock::acquire(home, options.lock_wait_ms, *parent));
  // Whoever held the lock before us may have made one.
  if (store_exists(home)) return exists();
  auto impl = std::make_unique<Impl>(home, std::move(lock));
  std::error_code error;
  std::filesystem::remove_all(impl->folder, error);
  if (error) return disk_error(error.value());
  if (::mkdir(impl->folder.c_str(), 0700) != 0) return disk_error(errno);
  KIEM_TRY(copy(from, file, impl->folder / kStoreName, progress));
  KIEM_TRY(sync_directory(impl->folder));
  KIEM_TRY_GET(impl->store, Store::open(impl->folder, unlock, env, options));
  return std::unique_ptr<Restoring>(new Restoring(std::move(impl)));
}

std::unique_ptr<Store> Restoring::take_store() {
  KIEM_CHECK(impl_->store != nullptr);
  return std::move(impl_->store);
}

Status Restoring::finish() {
  impl_->store.reset();
  const auto log = impl_->folder / (std::string(kStoreName) + "-wal");
  std::error_code error;
  // The last connection brings the log into the database and takes it away, unless the disk failed under it; what is
  // in it then would be missing.
  if (std::filesystem::exists(log, error) && std::filesystem::file_size(log, error) > 0) {
    return fail(ErrorCode::store_closed, Fault::machine);
  }
  if (store_exists(impl_->home)) return fail(ErrorCode::store_exists, Fault::person, {impl_->home.string()});
  if (::rename((impl_->folder / kStoreName).c_str(), (impl_->home / kStoreName).c_str()) != 0) {
    return disk_error(errno);
  }
  KIEM_TRY(sync_directory(impl_->home));
  // Ours no longer: whoever opens the store takes the lock.
  std::filesystem::remove_all(impl_->folder, error);
  impl_->lock.reset();
  return {};
}

}  // namespace kiem
