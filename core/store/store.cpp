#include "core/store/store.hpp"

#include <algorithm>
#include <fstream>

#include "core/base/check.hpp"
#include "core/store/creation.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/lock.hpp"
#include "core/store/log_check.hpp"
#include "core/store/sqlite_error.hpp"

namespace kiem {

struct Store::Impl {
  Impl(std::filesystem::path where, HomeLock taken) : home(std::move(where)), lock(std::move(taken)) {}
  ~Impl() {
    writer.reset();
    // A reader that outlives its store would read through keys that are gone.
    if (files != nullptr) KIEM_CHECK(files->open_files == 0);
  }

  std::filesystem::path home;
  HomeLock lock;
  std::unique_ptr<StoreFiles> files;
  std::unique_ptr<EncryptedVfs> vfs;
  std::unique_ptr<Connection> writer;

  [[nodiscard]] Result<std::unique_ptr<Connection>> connect(Connection::Mode mode) const {
    return Connection::open(files->names().main(), vfs->name(), mode);
  }
};

namespace {

// Everything that can be wrong with the files as a whole is said here, before SQLite is asked.
Status check_files(StoreFiles& files) {
  std::uint32_t pages = 0;
  if (const int failed = files.pages(pages); failed != SQLITE_OK) return disk_failure(failed);
  if (pages < files.state().pages) {  // A4
    return fail(ErrorCode::page_damaged, Fault::damage, {std::to_string(pages + 1)});
  }
  return check_log(files);
}

Result<sqlite3_vfs*> find_parent(const StoreOptions& options) {
  sqlite3_vfs* parent = sqlite3_vfs_find(options.parent_vfs);
  // Null for the default only when SQLite could not start.
  if (parent == nullptr) return fail(ErrorCode::out_of_memory, Fault::machine);
  return parent;
}

Bytes start_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kPagesAt, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return to_bytes(view(bytes).first(static_cast<std::size_t>(file.gcount())));
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::create(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                             const StoreOptions& options) {
  const auto exists = [&] { return fail(ErrorCode::store_exists, Fault::person, {home.string()}); };
  if (store_exists(home)) return exists();
  KIEM_TRY(make_home(home));
  KIEM_TRY_GET(sqlite3_vfs* const parent, find_parent(options));
  KIEM_TRY_GET(HomeLock lock, HomeLock::acquire(home, options.lock_wait_ms, *parent));
  // Whoever held the lock before us may have made one.
  if (store_exists(home)) return exists();
  KIEM_TRY_GET(const SecretBytes data_key, make_store_file(home, unlock, env, options.cost, parent));
  KIEM_TRY_GET(OpenedFile opened, open_store_file(home, parent));
  return start(std::make_unique<Impl>(home, std::move(lock)), parent, std::move(opened), data_key, env);
}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                           const StoreOptions& options) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  KIEM_TRY_GET(sqlite3_vfs* const parent, find_parent(options));
  KIEM_TRY_GET(HomeLock lock, HomeLock::acquire(home, options.lock_wait_ms, *parent));
  KIEM_TRY_GET(OpenedFile opened, open_store_file(home, parent));
  KIEM_TRY_GET(const SecretBytes data_key, open_slots(opened.found.header, unlock));
  return start(std::make_unique<Impl>(home, std::move(lock)), parent, std::move(opened), data_key, env);
}

Result<std::unique_ptr<Store>> Store::start(std::unique_ptr<Impl> impl, sqlite3_vfs* parent, OpenedFile opened,
                                            const SecretBytes& data_key, Env env) {
  const auto path = (impl->home / kStoreName).string();
  KIEM_TRY_GET(const StoreState state, open_state(opened.found.block, header_key_of(data_key.view()).view(), path));
  if (!opened.found.both_whole) {
    env.log.line(LogLevel::warning, "store: one of the two header copies is damaged; the other is used");
  }
  impl->files = std::make_unique<StoreFiles>(parent, std::move(opened.names), std::move(opened.file), opened.found,
                                             state, data_key.view(), env.rng);
  KIEM_TRY(check_files(*impl->files));
  impl->vfs = std::make_unique<EncryptedVfs>(*impl->files);
  KIEM_TRY_GET(impl->writer, impl->connect(Connection::Mode::writer));
  // The first read brings the log in; better here than in the middle of the first act.
  KIEM_TRY(impl->writer->execute("SELECT count(*) FROM sqlite_schema"));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Connection& Store::writer() { return *impl_->writer; }

Result<std::unique_ptr<Connection>> Store::open_reader() { return impl_->connect(Connection::Mode::reader); }

const std::filesystem::path& Store::home() const { return impl_->home; }

Result<std::vector<std::uint32_t>> Store::damaged_pages() {
  auto& files = *impl_->files;
  std::vector<std::uint32_t> damaged;
  KIEM_TRY_GET(const FrameAudit log, audit_frames(files));
  damaged = log.damaged;

  std::uint32_t pages = 0;
  if (const int failed = files.pages(pages); failed != SQLITE_OK) return disk_failure(failed);
  std::array<std::uint8_t, kPageBytes> plain;
  for (std::uint32_t page = 1; page <= std::max(pages, files.state().pages); ++page) {
    if (page == kLockBytePage) continue;
    const int result = files.read_page(page, plain);
    if (result == SQLITE_OK) continue;
    if (result != SQLITE_IOERR_DATA && result != SQLITE_IOERR_SHORT_READ) return disk_failure(result);
    // A page that a power cut tore in mid-checkpoint lies whole in the log, which is where SQLite reads it.
    if (!std::ranges::binary_search(log.standing_in, page)) damaged.push_back(page);
  }
  std::ranges::sort(damaged);
  // Not std::ranges::unique: clang 14 cannot read that of libstdc++ 12.
  damaged.erase(std::unique(damaged.begin(), damaged.end()), damaged.end());
  return damaged;
}

bool store_exists(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(home / kStoreName, error);
}

Result<SlotKinds> slot_kinds(const std::filesystem::path& home) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  const auto path = home / kStoreName;
  KIEM_TRY_GET(const FoundHeader found, find_header(start_of_file(path), path.string()));
  SlotKinds kinds;
  for (const auto& slot : found.header.slots) {
    kinds.passphrase = kinds.passphrase || kind_of(slot) == SlotKind::passphrase;
    kinds.key_file = kinds.key_file || kind_of(slot) == SlotKind::key_file;
  }
  return kinds;
}

}  // namespace kiem
