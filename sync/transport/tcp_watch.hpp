// What the kernel knows of libzmq's connections, and the guard against messages that never end (P1).
//
// libzmq counts a message only when its last part is there, so a peer past the handshake can fill the memory with parts
// that never end, whatever the marks and limits say. The way out is from beside: each connection's descriptor comes
// with its events, the kernel counts what arrived on it (TCP_INFO), and one that brought more than a limit without a
// completed message is shut down, after which libzmq frees what it held. Never closed: the descriptor is libzmq's.
//
// A descriptor number may be used again at any moment, so a connection is known by the kernel's cookie for its socket,
// asked again before every act.
//
// Idle costs nothing: an epoll descriptor wakes the owner when bytes arrive on a connection that was quiet; from then
// it is looked at every kSampleMs until it is quiet again. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sync/transport/endpoint.hpp"

namespace kiem {

// The kernel's number for this socket, never used again; nothing when it is no open socket.
[[nodiscard]] std::optional<std::uint64_t> socket_cookie(int fd);
// Bytes that ever arrived; nothing when it is no open TCP socket.
[[nodiscard]] std::optional<std::uint64_t> bytes_received(int fd);
// The other end, an IPv4 address as such also when it came by an IPv6 socket; nothing when there is none.
[[nodiscard]] std::optional<Endpoint> peer_address(int fd);
// Ends the connection if `fd` is still the socket with this cookie.
void shut_down(int fd, std::uint64_t cookie);
// The same at once, with a reset: what is under way either way is dropped, and a sender that waits for room is told. A
// mere shutdown leaves it waiting for the kernel's minute when libzmq has stopped reading (its queue is full) and so
// does not close.
void reset_connection(int fd, std::uint64_t cookie);
// How many descriptors this process may open.
[[nodiscard]] std::size_t descriptor_limit();

class TcpWatch {
 public:
  static constexpr std::uint64_t kSampleMs = 5;

  explicit TcpWatch(std::size_t unfinished_bytes);
  ~TcpWatch();
  TcpWatch(const TcpWatch&) = delete;
  TcpWatch& operator=(const TcpWatch&) = delete;

  // False when the system gave no descriptor; the watch is then not to be used.
  [[nodiscard]] bool is_good() const { return epoll_ >= 0; }
  // Can be read when add()ed connections stir.
  [[nodiscard]] int wake_fd() const { return epoll_; }

  // A connection is named by its cookie from here on. The calls below do nothing for one that is not here.
  void add(int fd, std::uint64_t cookie);
  void remove(std::uint64_t cookie);
  // Replaces the limit for one connection.
  void set_limit(std::uint64_t cookie, std::size_t unfinished_bytes);
  // A whole message came by this connection.
  void completed(std::uint64_t cookie);

  // Looks at what is due; returns the connections that are over their limit. Call it after reading all messages.
  [[nodiscard]] std::vector<std::uint64_t> check(std::uint64_t now_ms);
  // When to call check() next, unless wake_fd() is earlier; nothing while all is quiet.
  [[nodiscard]] std::optional<std::uint64_t> due_ms() const;

 private:
  struct Entry {
    int fd = -1;
    std::size_t limit = 0;
    std::uint64_t settled = 0;         // bytes that had arrived when a message was last completed
    std::uint64_t seen = 0;            // bytes at the last look
    std::optional<std::uint64_t> due;  // nothing: quiet, epoll tells
  };
  void arm(int fd, std::uint64_t cookie, int operation) const;

  std::size_t unfinished_bytes_;
  int epoll_;
  std::unordered_map<std::uint64_t, Entry> entries_;
};

}  // namespace kiem
