#include "sync/practice/folder.hpp"

#include <system_error>

#include "sync/cli/files.hpp"

namespace kiem::practice {
namespace {

namespace fs = std::filesystem;

// A home of a practice laptop, whole or cut short while it was made. Somebody's own folder of that name is none.
bool is_leftover(const fs::path& path, std::error_code& error) {
  const auto name = path.filename();
  if (name != "anneke" && name != "rachid" && name != "sven") return false;
  if (!fs::is_directory(fs::symlink_status(path, error))) return false;
  return fs::exists(path / cli::kPracticeKeyName, error) || fs::is_empty(path, error);
}

}  // namespace

Result<Folder> Folder::make(const fs::path& path) {
  std::error_code error;
  const auto failed = [&] {
    return fail(ErrorCode::disk_failed, Fault::machine, {path.string() + ": " + error.message()});
  };
  fs::create_directories(path, error);
  if (error) return failed();
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    if (!is_leftover(entry->path(), error)) return fail(ErrorCode::not_a_store, Fault::person, {path.string()});
  }
  if (error) return failed();
  fs::permissions(path, fs::perms::owner_all, error);
  if (error) return failed();
  Folder folder(path);
  for (const fs::path& home : {folder.anneke(), folder.rachid(), folder.sven()}) {
    fs::remove_all(home, error);
    if (error) return failed();
  }
  return folder;
}

Folder::~Folder() {
  if (path_.empty()) return;
  std::error_code ignored;  // what cannot be tidied up now goes at the next start
  for (const fs::path& home : {anneke(), rachid(), sven()}) fs::remove_all(home, ignored);
  fs::remove(path_, ignored);
}

}  // namespace kiem::practice
