#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <fstream>

#include "sync/control/control_socket.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;
using control::ControlSocket;

namespace {

ErrorCode socket_code(const auto& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error().code;
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat found {};
  REQUIRE(::lstat(path.c_str(), &found) == 0);
  return found.st_mode;
}

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

bool is_closed_on_exec(int fd) { return (::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0; }

// A folder under `top` whose control socket's path is so many bytes long.
std::filesystem::path home_with_socket_of(const std::filesystem::path& top, std::size_t bytes) {
  const auto whole = std::filesystem::canonical(top);
  const std::size_t given = (whole / "" / "control.sock").native().size();
  auto home = whole / std::string(bytes - given - 1, 'h');
  std::filesystem::create_directory(home);
  return home;
}

}  // namespace

TEST_CASE("the control socket lies in the home, up to 100 bytes") {
  const TempHome temp;
  const auto longest = home_with_socket_of(temp.path(), kMaxControlPath);
  const auto path = control_path(longest, "/run/user/1000");
  REQUIRE(path);
  CHECK(*path == longest / "control.sock");
  CHECK(path->native().size() == kMaxControlPath);

  const auto longer = home_with_socket_of(temp.path(), kMaxControlPath + 1);
  const auto elsewhere = control_path(longer, "/run/user/1000");
  REQUIRE(elsewhere);
  CHECK(elsewhere->parent_path() == "/run/user/1000");
  CHECK(elsewhere->native().size() <= kMaxControlPath);
}

TEST_CASE("a home with a long path has a socket of its own, the same by whatever way the home is named") {
  const TempHome temp;
  const auto one = home_with_socket_of(temp.path(), 120);
  const auto other = home_with_socket_of(temp.path(), 121);
  std::filesystem::create_directory_symlink(one, temp.path() / "link");
  const auto path = control_path(one, "/run/user/1000");
  REQUIRE(path);
  CHECK(*path == control_path(temp.path() / "link", "/run/user/1000"));
  CHECK(*path == control_path(one / ".." / one.filename(), "/run/user/1000"));
  CHECK(*path != control_path(other, "/run/user/1000"));
}

TEST_CASE("without a short enough place there is no path") {
  const TempHome temp;
  const auto home = home_with_socket_of(temp.path(), 120);
  CHECK(socket_code(control_path(home, "")) == ErrorCode::disk_failed);
  CHECK(socket_code(control_path(home, "/" + std::string(80, 'r'))) == ErrorCode::disk_failed);
  CHECK(socket_code(control_path(temp.path() / "nothing", "/run/user/1000")) == ErrorCode::disk_failed);
}

TEST_CASE("nobody but the same user may speak") {
  CHECK(control::may_speak(0, 0));
  CHECK(control::may_speak(1000, 1000));
  CHECK_FALSE(control::may_speak(1000, 1001));
  CHECK_FALSE(control::may_speak(0, 1000));
  CHECK_FALSE(control::may_speak(1000, 0));
}

TEST_CASE("the other end of a socket pair is the same user, and what is no socket is nobody") {
  int pair[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  const control::Descriptor one(pair[0]);
  const control::Descriptor two(pair[1]);
  CHECK(control::is_own(one.fd()));
  int pipe[2];
  REQUIRE(::pipe2(pipe, O_CLOEXEC) == 0);
  const control::Descriptor in(pipe[0]);
  const control::Descriptor out(pipe[1]);
  CHECK_FALSE(control::is_own(in.fd()));
  CHECK_FALSE(control::is_own(-1));
}

TEST_CASE("the file is a socket for its owner alone under every umask, and no descriptor is inherited") {
  const TempHome temp;
  const auto path = temp.path() / "control.sock";
  for (const mode_t mask : {0000, 0022, 0077, 0777}) {
    CAPTURE(mask);
    const Umask umask(mask);
    const auto socket = ControlSocket::listen(path);
    REQUIRE(socket);
    CHECK(mode_of(path) == (S_IFSOCK | S_IRUSR | S_IWUSR));
    CHECK(is_closed_on_exec(socket->fd()));
    const auto caller = control::connect_to(path);
    REQUIRE(caller);
    REQUIRE(*caller);
    CHECK(is_closed_on_exec((*caller)->fd()));
  }
}

TEST_CASE("the file goes with the socket, and one of somebody else's stays") {
  const TempHome temp;
  const auto path = temp.path() / "control.sock";
  {
    const auto socket = ControlSocket::listen(path);
    REQUIRE(socket);
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(std::filesystem::symlink_status(path)));
  {
    auto first = std::optional(ControlSocket::listen(path));
    REQUIRE(*first);
    const auto second = ControlSocket::listen(path);
    REQUIRE(second);
    first.reset();
    CHECK(std::filesystem::is_socket(path));
    const auto caller = control::connect_to(path);
    REQUIRE(caller);
    CHECK(caller->has_value());
  }
  CHECK_FALSE(std::filesystem::exists(std::filesystem::symlink_status(path)));
}

TEST_CASE("a moved socket removes its file once, when its last owner goes") {
  const TempHome temp;
  const auto path = temp.path() / "control.sock";
  auto socket = ControlSocket::listen(path);
  REQUIRE(socket);
  {
    const ControlSocket moved = std::move(*socket);
    CHECK(std::filesystem::is_socket(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("nobody listens where there is no file, a file, or a socket that was left behind") {
  const TempHome temp;
  const auto path = temp.path() / "control.sock";
  const auto nobody = [&] {
    const auto caller = control::connect_to(path);
    REQUIRE(caller);
    return !caller->has_value();
  };
  CHECK(nobody());
  std::ofstream(path) << "not a socket";
  CHECK(nobody());
  std::filesystem::remove(path);
  {
    // A process that was killed removes nothing.
    const control::Descriptor left(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(left.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  CHECK(std::filesystem::is_socket(path));
  CHECK(nobody());
  const auto socket = ControlSocket::listen(path);
  REQUIRE(socket);
  CHECK_FALSE(nobody());
}

TEST_CASE("what is no socket is not removed") {
  const TempHome temp;
  const auto path = temp.path() / "control.sock";
  std::ofstream(path) << "precious";
  CHECK(socket_code(ControlSocket::listen(path)) == ErrorCode::address_in_use);
  CHECK(std::filesystem::file_size(path) == 8);
  std::filesystem::remove(path);
  std::filesystem::create_symlink(temp.path() / "elsewhere", path);
  CHECK(socket_code(ControlSocket::listen(path)) == ErrorCode::address_in_use);
  CHECK(std::filesystem::is_symlink(path));
}

TEST_CASE("a path that no socket can have is refused on both ends") {
  const TempHome temp;
  for (const auto& path : {std::filesystem::path(), temp.path() / std::string(108, 'x'),
                           temp.path() / std::string("a\0b", 3), std::filesystem::path(std::string("\0abstract", 9))}) {
    CHECK(socket_code(ControlSocket::listen(path)) == ErrorCode::disk_failed);
    CHECK(socket_code(control::connect_to(path)) == ErrorCode::disk_failed);
  }
  CHECK(socket_code(ControlSocket::listen(temp.path() / "no" / "folder")) == ErrorCode::disk_failed);
}
