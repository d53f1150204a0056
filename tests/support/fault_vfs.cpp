#include "tests/support/fault_vfs.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace kiem::test {

struct FaultVfs::State {
  sqlite3_vfs vfs{};
  sqlite3_vfs* parent = nullptr;
  FaultVfs* owner = nullptr;
  std::string name;
  std::array<std::atomic<std::uint64_t>, kFileCalls> counts{};
  std::array<bool, kFileCalls> planned{};
  std::uint64_t left = 0;  // calls until the failure; 0 means no plan
  int code = 0;
  bool for_good = false;
  bool fired = false;

  void tell(const FileEvent& event) const {
    if (owner->on_event) owner->on_event(event);
  }
  // SQLITE_OK, or the failure that this call is to have.
  int meet(FileCall call) {
    const auto index = static_cast<std::size_t>(call);
    ++counts[index];
    if (!planned[index]) return SQLITE_OK;
    if (fired) return for_good ? code : SQLITE_OK;
    if (left == 0 || --left > 0) return SQLITE_OK;
    fired = true;
    return code;
  }
};

namespace {

struct File {
  sqlite3_file base{};
  FaultVfs::State* state = nullptr;
  const char* name = nullptr;
  sqlite3_file* parent() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
FaultVfs::State& state_of(sqlite3_vfs* vfs) { return *static_cast<FaultVfs::State*>(vfs->pAppData); }

int close_file(sqlite3_file* file) {
  auto* parent = file_of(file).parent();
  return parent->pMethods->xClose(parent);
}

int read_file(sqlite3_file* file, void* to, int amount, sqlite3_int64 at) {
  auto& mine = file_of(file);
  if (const int failed = mine.state->meet(FileCall::read); failed != SQLITE_OK) return failed;
  return mine.parent()->pMethods->xRead(mine.parent(), to, amount, at);
}

int write_file(sqlite3_file* file, const void* from, int amount, sqlite3_int64 at) {
  auto& mine = file_of(file);
  const int failed = mine.state->meet(FileCall::write);
  const int written = failed == SQLITE_OK ? amount : amount / 2;
  mine.state->tell({FileCall::write, mine.name, static_cast<std::uint64_t>(at),
                    ByteView(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(written))});
  const int result = mine.parent()->pMethods->xWrite(mine.parent(), from, written, at);
  return failed == SQLITE_OK ? result : failed;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  auto& mine = file_of(file);
  if (const int failed = mine.state->meet(FileCall::truncate); failed != SQLITE_OK) return failed;
  mine.state->tell({FileCall::truncate, mine.name, static_cast<std::uint64_t>(size), {}});
  return mine.parent()->pMethods->xTruncate(mine.parent(), size);
}

int sync_file(sqlite3_file* file, int) {
  auto& mine = file_of(file);
  if (const int failed = mine.state->meet(FileCall::sync); failed != SQLITE_OK) return failed;
  mine.state->tell({FileCall::sync, mine.name, 0, {}});
  return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  auto& mine = file_of(file);
  if (const int failed = mine.state->meet(FileCall::size); failed != SQLITE_OK) return failed;
  return mine.parent()->pMethods->xFileSize(mine.parent(), size);
}

// Locks, shared memory and hints: nothing above asks for them, and a call would show at once.
[[noreturn]] void not_asked(const char* what) {
  std::fprintf(stderr, "the parent VFS was asked for %s\n", what);
  std::abort();
}
int lock_file(sqlite3_file*, int) { not_asked("a lock"); }
int check_lock(sqlite3_file*, int*) { not_asked("its reserved lock"); }
int control_file(sqlite3_file*, int, void*) { not_asked("a file control"); }
int sector_size(sqlite3_file*) { return 512; }
int characteristics(sqlite3_file*) { return 0; }

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = lock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* given) {
  auto& state = state_of(vfs);
  auto* mine = new (file) File;
  mine->state = &state;
  mine->name = name;
  if (const int failed = state.meet(FileCall::open); failed != SQLITE_OK) return failed;
  const int result = state.parent->xOpen(state.parent, name, mine->parent(), flags, given);
  if (mine->parent()->pMethods != nullptr) mine->base.pMethods = &kMethods;
  return result;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync) {
  auto& state = state_of(vfs);
  if (const int failed = state.meet(FileCall::remove); failed != SQLITE_OK) return failed;
  state.tell({FileCall::remove, name, 0, {}});
  return state.parent->xDelete(state.parent, name, sync);
}

int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  auto& state = state_of(vfs);
  if (const int failed = state.meet(FileCall::access); failed != SQLITE_OK) return failed;
  return state.parent->xAccess(state.parent, name, flags, answer);
}

int full_path(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  auto* parent = state_of(vfs).parent;
  return parent->xFullPathname(parent, name, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) {
  auto* parent = state_of(vfs).parent;
  return parent->xRandomness(parent, size, out);
}
int pass_time(sqlite3_vfs* vfs, int microseconds) {
  auto& owner = *state_of(vfs).owner;
  if (owner.on_pause) owner.on_pause(microseconds);
  auto* parent = state_of(vfs).parent;
  return owner.pauses ? parent->xSleep(parent, microseconds) : microseconds;
}
int current_time(sqlite3_vfs* vfs, double* days) {
  auto* parent = state_of(vfs).parent;
  return parent->xCurrentTime(parent, days);
}
int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

FaultVfs::FaultVfs() : state_(std::make_unique<State>()) {
  auto& state = *state_;
  state.parent = sqlite3_vfs_find(nullptr);
  state.owner = this;
  state.name = "fault-" + std::to_string(reinterpret_cast<std::uintptr_t>(this));
  auto& vfs = state.vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + state.parent->szOsFile;
  vfs.mxPathname = state.parent->mxPathname;
  vfs.zName = state.name.c_str();
  vfs.pAppData = &state;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = pass_time;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) not_asked("more than SQLite can register");
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const char* FaultVfs::name() const { return state_->vfs.zName; }

void FaultVfs::fail(const std::vector<FileCall>& calls, std::uint64_t n, int code, bool for_good) {
  heal();
  for (const auto call : calls) state_->planned[static_cast<std::size_t>(call)] = true;
  state_->left = n;
  state_->code = code;
  state_->for_good = for_good;
}

bool FaultVfs::heal() {
  const bool fired = state_->fired;
  state_->planned.fill(false);
  state_->left = 0;
  state_->fired = false;
  return fired;
}

std::uint64_t FaultVfs::count(FileCall call) const { return state_->counts[static_cast<std::size_t>(call)]; }

}  // namespace kiem::test
