// Takes the requests of other processes of the same user for whoever has the store, and gives back the answers
// (DESIGN D13).
//
// No thread of its own and it never waits: its owner polls the descriptors of add_to() with a timeout up to
// next_deadline(), calls serve(), then takes next_call() and next_hangup() until they are empty. A connection carries
// one request; its answer may come at any later time. At most kMaxCallers connections: others wait in the kernel until
// one ends. Owns the socket and its file. One thread at a time. What callers do wrong ends their connection and nothing
// else.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include "sync/control/control_connection.hpp"
#include "sync/control/control_socket.hpp"

namespace kiem {

constexpr std::size_t kMaxCallers = 8;

// Never used again by the same server.
enum class CallId : std::uint64_t {};

struct ControlCall {
  CallId id;
  NodeRequest request;  // may hold an invitation's code: whoever performs it wipes it
};

class ControlServer {
 public:
  // Listens at `path` (control_path()), which the caller may do who has the store's lock. Fails as
  // ControlSocket::listen, and with too_large for a hello beyond its bounds.
  [[nodiscard]] static Result<std::unique_ptr<ControlServer>> listen(const std::filesystem::path& path,
                                                                     const ControlHello& hello);
  // Closes all connections and removes the file.
  ~ControlServer() = default;
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  // At most kMaxCallers + 1 entries.
  void add_to(std::vector<pollfd>& entries) const;
  // `entries`: what add_to() gave, after poll(); others among them are passed over. now_ms: of the monotonic clock.
  void serve(std::span<const pollfd> entries, std::uint64_t now_ms);
  // When to call serve() even if poll() tells nothing.
  [[nodiscard]] std::optional<std::uint64_t> next_deadline() const;

  // Requests in the order in which they became complete. One whose caller hung up before is not given.
  [[nodiscard]] std::optional<ControlCall> next_call();
  // A call that was given and whose caller went away, or broke the protocol, before its answer: once each.
  [[nodiscard]] std::optional<CallId> next_hangup();
  // To whoever asked; nothing happens when it is gone or has its answer. An answer that passes the bounds is told as
  // too_large.
  void answer(CallId call, const Result<NodeAnswer>& answer, std::uint64_t now_ms);

 private:
  ControlServer(control::ControlSocket socket, control::WipedBytes hello)
      : socket_(std::move(socket)), hello_(std::move(hello)) {}
  void step(CallId id, control::ControlConnection& connection, std::uint64_t now_ms);
  void accept_callers(std::uint64_t now_ms);

  control::ControlSocket socket_;
  control::WipedBytes hello_;
  std::map<CallId, control::ControlConnection> connections_;
  std::deque<ControlCall> calls_;
  std::deque<CallId> hangups_;
  std::uint64_t last_id_ = 0;
  std::optional<std::uint64_t> accept_again_;  // set while the system has no descriptors left
};

}  // namespace kiem
