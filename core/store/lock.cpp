#include "core/store/lock.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/store/disk_error.hpp"

namespace kiem {
namespace {

enum class Attempt : std::uint8_t { taken, held, stale, failed };

// One try on a descriptor; errno tells more of `failed`.
Attempt try_lock(int descriptor, const std::string& path) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (fcntl(descriptor, F_OFD_SETLK, &lock) != 0) {
    return errno == EAGAIN || errno == EACCES ? Attempt::held : Attempt::failed;
  }
  // Two processes that locked two files of one name would both be inside.
  struct stat ours {};
  struct stat there {};
  if (fstat(descriptor, &ours) != 0) return Attempt::failed;
  if (stat(path.c_str(), &there) != 0) return errno == ENOENT ? Attempt::stale : Attempt::failed;
  return ours.st_ino == there.st_ino && ours.st_dev == there.st_dev ? Attempt::taken : Attempt::stale;
}

}  // namespace

Result<HomeLock> HomeLock::acquire(const std::filesystem::path& home, std::uint32_t wait_ms, sqlite3_vfs& parent) {
  const std::string path = (home / "lock").string();
  // The system has no wait with a limit for this lock, so it is asked again at growing distances.
  constexpr std::uint32_t kLongestPause = 50;
  std::uint32_t waited = 0;
  std::uint32_t pause = 1;
  while (true) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return disk_error(errno);
    HomeLock lock(descriptor);
    const Attempt attempt = try_lock(descriptor, path);
    if (attempt == Attempt::taken) return lock;
    if (attempt == Attempt::failed) return disk_error(errno);
    if (attempt == Attempt::stale) continue;
    if (waited >= wait_ms) return fail(ErrorCode::store_busy, Fault::person, {home.string()});
    const auto now = std::min(pause, wait_ms - waited);
    parent.xSleep(&parent, static_cast<int>(now * 1000));
    waited += now;
    pause = std::min(pause * 2, kLongestPause);
  }
}

HomeLock::HomeLock(HomeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

HomeLock::~HomeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace kiem
