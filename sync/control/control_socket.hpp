// The socket on which whoever has a store is asked (DESIGN D13): where it is, who may speak there.
//
// A Unix stream socket in the home, for the same user alone: the file has mode 0600 before anybody can connect, and
// both ends ask the kernel who the other is (SO_PEERCRED, unix(7)). ControlSocket owns its descriptor and its file. One
// thread at a time.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "core/base/result.hpp"
#include "sync/control/descriptor.hpp"

namespace kiem {

constexpr std::size_t kMaxControlPath = 100;  // bytes; sun_path has 108

// HOME/control.sock, the home made absolute and free of links; when that would pass kMaxControlPath, a name by the hash
// of it in `runtime_dir` (the caller's $XDG_RUNTIME_DIR; empty: none). Both ends find the same file, whatever path they
// were given. The home must exist. disk_failed when it does not, or when no place is short enough.
[[nodiscard]] Result<std::filesystem::path> control_path(const std::filesystem::path& home,
                                                         const std::filesystem::path& runtime_dir);

namespace control {

// Nobody but the same user: the superuser has other ways, and a command run as such would leave files behind.
[[nodiscard]] constexpr bool may_speak(uid_t other, uid_t own) { return other == own; }
// The same, of whoever is at the other end of a connected socket; false when the kernel does not say.
[[nodiscard]] bool is_own(int fd);

class ControlSocket {
 public:
  // Listens at `path`. A socket file that is there is taken for one that somebody left behind and is replaced: the
  // caller has the store's lock, so nobody else may listen there. Anything else there stays, and it is address_in_use
  // (args: path). disk_failed for everything else the system refuses.
  [[nodiscard]] static Result<ControlSocket> listen(const std::filesystem::path& path);
  ControlSocket(ControlSocket&& other) noexcept = default;
  ControlSocket& operator=(ControlSocket&&) = delete;
  // Removes the file, if it is still its own.
  ~ControlSocket();

  [[nodiscard]] int fd() const { return descriptor_.fd(); }

 private:
  ControlSocket(Descriptor descriptor, std::filesystem::path path, dev_t device, ino_t inode)
      : descriptor_(std::move(descriptor)), path_(std::move(path)), device_(device), inode_(inode) {}

  Descriptor descriptor_;
  std::filesystem::path path_;
  dev_t device_;
  ino_t inode_;
};

// A connected socket; nothing when nobody listens there. peer_garbage when it is another user who does, disk_failed for
// what else the system refuses. Waits while the server has no room.
[[nodiscard]] Result<std::optional<Descriptor>> connect_to(const std::filesystem::path& path);

}  // namespace control
}  // namespace kiem
