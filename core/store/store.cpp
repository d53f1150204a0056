#include "core/store/store.hpp"

#include <algorithm>
#include <fstream>

#include "core/base/check.hpp"
#include "core/store/creation.hpp"
#include "core/store/disk_error.hpp"
#include "core/store/encrypted_vfs.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/lock.hpp"
#include "core/store/log_check.hpp"
#include "core/store/rewriting.hpp"
#include "core/store/sqlite_error.hpp"

namespace kiem {

struct Store::Impl {
  Impl(std::filesystem::path where, HomeLock taken, SecretBytes opened, const StoreOptions& options, Env handed_in)
      : home(std::move(where)),
        lock(std::move(taken)),
        data_key(std::move(opened)),
        cost(options.cost),
        env(handed_in) {}
  ~Impl() {
    writer.reset();
    // A reader that outlives its store would read through keys that are gone.
    if (files != nullptr) KIEM_CHECK(files->open_files == 0);
  }

  std::filesystem::path home;
  HomeLock lock;
  SecretBytes data_key;  // for new slots
  PwhashCost cost;
  Env env;
  std::unique_ptr<StoreFiles> files;
  std::unique_ptr<EncryptedVfs> vfs;
  std::unique_ptr<Connection> writer;

  [[nodiscard]] Result<std::unique_ptr<Connection>> connect(Connection::Mode mode) const {
    return Connection::open(files->names().main(), vfs->name(), mode);
  }
  [[nodiscard]] Status put_slot(const Unlock& unlock, PwhashCost slot_cost);
  [[nodiscard]] Status write_slots(const Slots& slots);
  // Makes the slot of the passphrase that has just opened the store anew when it costs less than new ones do.
  void strengthen(const Unlock& passphrase, PwhashCost now);
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

Status compare_sums(StoreFiles& files) {
  PageSum sum;
  if (const int failed = files.sum_pages(sum); failed != SQLITE_OK) return disk_failure(failed);
  if (sum != PageSum(files.state().sum)) return fail(ErrorCode::page_replaced, Fault::damage);
  return {};
}

// The copy that is left may be of before the last checkpoint, and then its sum is too. Which it is nobody can tell, so
// the pages are taken as they are: that a copy was destroyed has been said.
Status heal_header(StoreFiles& files) {
  Status fresh = compare_sums(files);
  if (fresh || fresh.error().code != ErrorCode::page_replaced) return fresh;
  const int failed = files.accept_pages();
  return failed == SQLITE_OK ? Status() : disk_failure(failed);
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

Result<StoreHeader> header_without_secret(const std::filesystem::path& home) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  const auto path = home / kStoreName;
  KIEM_TRY_GET(const FoundHeader found, find_header(start_of_file(path), path.string()));
  return found.header;
}

}  // namespace

Status Store::Impl::put_slot(const Unlock& unlock, PwhashCost slot_cost) {
  const StoreHeader& header = files->header();
  const auto kind = kind_of(unlock);
  const auto place = place_for(header.slots, kind);
  if (!place) return fail(ErrorCode::too_large, Fault::person, {"slots", std::to_string(kSlots)});
  KIEM_TRY_GET(const Slot made, make_slot(unlock, data_key.view(), header.id, *place, slot_cost, env.rng));
  auto slots = header.slots;
  drop_kind(slots, kind);
  slots[*place] = made;
  return write_slots(slots);
}

Status Store::Impl::write_slots(const Slots& slots) {
  if (files->latch()) return fail(ErrorCode::store_closed, Fault::machine);
  if (const int failed = files->write_slots(slots); failed != SQLITE_OK) return disk_failure(failed);
  return {};
}

void Store::Impl::strengthen(const Unlock& passphrase, PwhashCost now) {
  const PwhashCost wanted{std::max(now.passes, cost.passes), std::max(now.memory_kib, cost.memory_kib)};
  if (wanted == now) return;
  // The passphrase opened the store, which is what was asked; a machine that cannot do better today says so.
  if (const Status done = put_slot(passphrase, wanted); !done) {
    env.log.line(LogLevel::warning, "store: the passphrase's slot could not be made stronger");
  }
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::create(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                             const StoreOptions& options) {
  KIEM_CHECK(!std::holds_alternative<HeldKey>(unlock));
  const auto exists = [&] { return fail(ErrorCode::store_exists, Fault::person, {home.string()}); };
  if (store_exists(home)) return exists();
  KIEM_TRY(make_home(home));
  KIEM_TRY_GET(sqlite3_vfs* const parent, find_parent(options));
  KIEM_TRY_GET(HomeLock lock, HomeLock::acquire(home, options.lock_wait_ms, *parent));
  // Whoever held the lock before us may have made one.
  if (store_exists(home)) return exists();
  KIEM_TRY_GET(SecretBytes data_key, make_store_file(home, unlock, env, options.cost, parent));
  KIEM_TRY_GET(OpenedFile opened, open_store_file(home, parent));
  return start(std::make_unique<Impl>(home, std::move(lock), std::move(data_key), options, env), parent,
               std::move(opened));
}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                           const StoreOptions& options) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  KIEM_TRY_GET(sqlite3_vfs* const parent, find_parent(options));
  KIEM_TRY_GET(HomeLock lock, HomeLock::acquire(home, options.lock_wait_ms, *parent));
  KIEM_TRY_GET(OpenedFile opened, open_store_file(home, parent));
  KIEM_TRY_GET(OpenedSlot slot, open_slots(opened.found.header, unlock));
  const PwhashCost cost = cost_of(opened.found.header.slots[slot.number]);
  auto impl = std::make_unique<Impl>(home, std::move(lock), std::move(slot.data_key), options, env);
  KIEM_TRY_GET(auto store, start(std::move(impl), parent, std::move(opened)));
  if (std::holds_alternative<Passphrase>(unlock)) store->impl_->strengthen(unlock, cost);
  return store;
}

Result<std::unique_ptr<Store>> Store::start(std::unique_ptr<Impl> impl, sqlite3_vfs* parent, OpenedFile opened) {
  const auto path = (impl->home / kStoreName).string();
  const auto data_key = impl->data_key.view();
  const Env env = impl->env;
  KIEM_TRY_GET(const StoreState state, open_state(opened.found.block, header_key_of(data_key).view(), path));
  if (!opened.found.both_whole) {
    env.log.line(LogLevel::warning, "store: one of the two header copies is damaged; the other is used");
  }
  impl->files = std::make_unique<StoreFiles>(parent, std::move(opened.names), std::move(opened.file), opened.found,
                                             state, data_key, env.rng);
  KIEM_TRY(check_files(*impl->files));
  if (!opened.found.both_whole) KIEM_TRY(heal_header(*impl->files));
  impl->vfs = std::make_unique<EncryptedVfs>(*impl->files);
  KIEM_TRY_GET(impl->writer, impl->connect(Connection::Mode::writer));
  // The first read brings the log in; better here than in the middle of the first act.
  KIEM_TRY(impl->writer->execute("SELECT count(*) FROM sqlite_schema"));
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Store::Inside Store::inside() { return {*impl_->files, impl_->data_key.view(), impl_->env}; }

Connection& Store::writer() { return *impl_->writer; }

Result<std::unique_ptr<Connection>> Store::open_reader() { return impl_->connect(Connection::Mode::reader); }

const std::filesystem::path& Store::home() const { return impl_->home; }

const StoreId& Store::id() const { return impl_->files->header().id; }

SlotKinds Store::slot_kinds() const { return kinds_of(impl_->files->header().slots); }

Status Store::check_secret(const Unlock& unlock) const {
  KIEM_TRY(open_slots(impl_->files->header(), unlock));
  return {};
}

Status Store::put_slot(const Unlock& unlock) { return impl_->put_slot(unlock, impl_->cost); }

Status Store::drop_slot(SlotKind kind) {
  KIEM_CHECK(kind != SlotKind::empty);
  auto slots = impl_->files->header().slots;
  drop_kind(slots, kind);
  if (slots == impl_->files->header().slots) return {};
  const SlotKinds left = kinds_of(slots);
  if (!left.passphrase && !left.key_file && !left.recovery) return fail(ErrorCode::last_slot);
  return impl_->write_slots(slots);
}

Result<std::vector<std::uint32_t>> Store::damaged_pages(const GoesOn& goes_on) {
  auto& files = *impl_->files;
  std::vector<std::uint32_t> damaged;
  KIEM_TRY_GET(const FrameAudit log, audit_frames(files));
  damaged = log.damaged;

  std::uint32_t pages = 0;
  if (const int failed = files.pages(pages); failed != SQLITE_OK) return disk_failure(failed);
  std::array<std::uint8_t, kPageBytes> plain;
  constexpr std::uint32_t kPagesBetween = 256;
  const std::uint32_t last = std::max(pages, files.state().pages);
  ReadAhead ahead;
  for (std::uint32_t page = 1; page <= last; ++page) {
    if (page % kPagesBetween == 0 && goes_on && !goes_on(page, last)) break;
    if (page == kLockBytePage) continue;
    const int result = files.read_page(page, plain, ahead);
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

Status Store::check_freshness() { return compare_sums(*impl_->files); }

Status Store::empty_log() { return writer().execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

Result<Rewritten> Store::rewrite_readable(const RewritePlan& plan) {
  Rewritten rewritten;
  {
    KIEM_TRY_GET(const auto reader, open_reader());
    KIEM_TRY_GET(rewritten, rewrite_tables(writer(), *reader, plan));
  }
  // The new pages go to where the damaged ones are.
  KIEM_TRY(empty_log());
  // The sum counted on the tags of pages that were damaged. All pages are those that were written just now.
  KIEM_TRY(heal_header(*impl_->files));
  return rewritten;
}

Result<StoreRoom> room_of(const std::filesystem::path& home) {
  std::error_code error;
  StoreRoom room;
  const auto space = std::filesystem::space(home, error);
  if (error) return disk_error(error.value());
  room.free = space.available;
  for (const char* const name : {kStoreName, "store.kiem-wal"}) {
    const auto size = std::filesystem::file_size(home / name, error);
    if (!error) room.store += size;
  }
  return room;
}

bool store_exists(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(home / kStoreName, error);
}

Result<SlotKinds> slot_kinds(const std::filesystem::path& home) {
  KIEM_TRY_GET(const StoreHeader header, header_without_secret(home));
  return kinds_of(header.slots);
}

Result<StoreId> store_id(const std::filesystem::path& home) {
  KIEM_TRY_GET(const StoreHeader header, header_without_secret(home));
  return header.id;
}

Status check_secret(const std::filesystem::path& home, const Unlock& unlock) {
  KIEM_TRY_GET(const StoreHeader header, header_without_secret(home));
  KIEM_TRY(open_slots(header, unlock));
  return {};
}

}  // namespace kiem
