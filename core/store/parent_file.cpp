#include "core/store/parent_file.hpp"

namespace kiem {

int FileNames::make(const std::string& main, std::unique_ptr<FileNames>& made) {
  const std::string journal = main + "-journal";
  const std::string log = main + "-wal";
  std::unique_ptr<FileNames> names(new FileNames);
  names->names_.reset(sqlite3_create_filename(main.c_str(), journal.c_str(), log.c_str(), 0, nullptr));
  if (names->names_ == nullptr) return SQLITE_NOMEM;
  made = std::move(names);
  return SQLITE_OK;
}

int ParentFile::open(sqlite3_vfs* parent, const char* name, int flags, std::unique_ptr<ParentFile>& opened) {
  const auto words = (static_cast<std::size_t>(parent->szOsFile) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
  std::unique_ptr<ParentFile> made(new ParentFile(std::make_unique<std::uint64_t[]>(words)));
  int given = 0;
  const int result = parent->xOpen(parent, name, made->file(), flags, &given);
  // A parent may set its methods even when it fails; the destructor closes it then.
  if (result != SQLITE_OK) return result;
  // A store on a read-only medium is refused at the door and not at the first commit.
  if ((flags & SQLITE_OPEN_READWRITE) != 0 && (given & SQLITE_OPEN_READONLY) != 0) return SQLITE_CANTOPEN;
  opened = std::move(made);
  return SQLITE_OK;
}

ParentFile::~ParentFile() {
  if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
}

int ParentFile::read(std::span<std::uint8_t> to, std::uint64_t at) {
  const std::lock_guard turn(turns_);
  return file()->pMethods->xRead(file(), to.data(), static_cast<int>(to.size()), static_cast<sqlite3_int64>(at));
}

int ParentFile::write(ByteView from, std::uint64_t at) {
  const std::lock_guard turn(turns_);
  return file()->pMethods->xWrite(file(), from.data(), static_cast<int>(from.size()), static_cast<sqlite3_int64>(at));
}

int ParentFile::truncate(std::uint64_t size) {
  const std::lock_guard turn(turns_);
  return file()->pMethods->xTruncate(file(), static_cast<sqlite3_int64>(size));
}

int ParentFile::sync(int flags) { return file()->pMethods->xSync(file(), flags); }

int ParentFile::size(std::uint64_t& bytes) {
  const std::lock_guard turn(turns_);
  sqlite3_int64 found = 0;
  const int result = file()->pMethods->xFileSize(file(), &found);
  bytes = static_cast<std::uint64_t>(found);
  return result;
}

}  // namespace kiem
