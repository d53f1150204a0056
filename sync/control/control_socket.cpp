#include "sync/control/control_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <system_error>

#include "core/base/bytes.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

tl::unexpected<Error> system_failure(int error) {
  return fail(ErrorCode::disk_failed, Fault::machine, {std::generic_category().message(error)});
}

}  // namespace

Result<std::filesystem::path> control_path(const std::filesystem::path& home,
                                           const std::filesystem::path& runtime_dir) {
  std::error_code error;
  const auto whole = std::filesystem::canonical(home, error);
  if (error) return system_failure(error.value());
  auto inside = whole / "control.sock";
  if (inside.native().size() <= kMaxControlPath) return inside;
  if (runtime_dir.empty()) return system_failure(ENAMETOOLONG);
  const auto hash = hash_of("kiem.control.0", {view(whole.native())});
  auto elsewhere = runtime_dir / ("kiem-" + to_base32(view(hash).first(16)) + ".sock");
  if (elsewhere.native().size() > kMaxControlPath) return system_failure(ENAMETOOLONG);
  return elsewhere;
}

namespace control {
namespace {

Result<sockaddr_un> address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto& text = path.native();
  // One that begins with a zero byte would be a name of another kind (unix(7), abstract sockets).
  if (text.empty() || text.size() >= sizeof address.sun_path || text.find('\0') != std::string::npos) {
    return system_failure(ENAMETOOLONG);
  }
  std::copy(text.begin(), text.end(), std::begin(address.sun_path));
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

// Makes room for a new socket file.
Status remove_stale(const std::filesystem::path& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return errno == ENOENT ? Status{} : system_failure(errno);
  if (!S_ISSOCK(found.st_mode)) return fail(ErrorCode::address_in_use, Fault::machine, {path.string()});
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_failure(errno);
  return {};
}

}  // namespace

bool is_own(int fd) {
  ucred other{};
  socklen_t size = sizeof other;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &other, &size) == 0 && size == sizeof other &&
         may_speak(other.uid, ::geteuid());
}

Result<ControlSocket> ControlSocket::listen(const std::filesystem::path& path) {
  KIEM_TRY_GET(const sockaddr_un address, address_of(path));
  KIEM_TRY(remove_stale(path));
  Descriptor descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!descriptor.is_open()) return system_failure(errno);
  // Linux gives the file the mode of the descriptor, less the umask, so it is never wider; a umask can only take more,
  // which is given back. Until listen() nobody can connect either way.
  if (::fchmod(descriptor.fd(), S_IRUSR | S_IWUSR) != 0) return system_failure(errno);
  if (::bind(descriptor.fd(), generic(address), sizeof address) != 0) return system_failure(errno);
  struct stat made {};
  if (::lstat(path.c_str(), &made) != 0) return system_failure(errno);
  ControlSocket socket(std::move(descriptor), path, made.st_dev, made.st_ino);
  if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) return system_failure(errno);
  if (::listen(socket.fd(), SOMAXCONN) != 0) return system_failure(errno);
  return socket;
}

ControlSocket::~ControlSocket() {
  if (!descriptor_.is_open()) return;
  struct stat found {};
  // A file that somebody else put there meanwhile is theirs.
  if (::lstat(path_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_) {
    ::unlink(path_.c_str());
  }
}

Result<std::optional<Descriptor>> connect_to(const std::filesystem::path& path) {
  KIEM_TRY_GET(const sockaddr_un address, address_of(path));
  Descriptor descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!descriptor.is_open()) return system_failure(errno);
  while (::connect(descriptor.fd(), generic(address), sizeof address) != 0) {
    if (errno == EINTR) continue;
    if (errno == ENOENT || errno == ECONNREFUSED) return std::optional<Descriptor>();
    return system_failure(errno);
  }
  if (!is_own(descriptor.fd())) return fail(ErrorCode::peer_garbage, Fault::peer, {path.string()});
  return std::optional(std::move(descriptor));
}

}  // namespace control
}  // namespace kiem
