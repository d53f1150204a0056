// Asks whoever has the store, over its control socket, and waits for the answer (DESIGN D13).
//
// Owns its connection, which is for one request. Blocking, one thread at a time. It waits as long as the server lives:
// what was asked may take a while (a sync, a large import), and a server that ends takes the connection with it. The
// server cuts a caller that is silent for 5 s, so have the request ready before connecting.
#pragma once

#include "sync/control/control_socket.hpp"
#include "sync/control/messages.hpp"

namespace kiem {

class ControlClient {
 public:
  // Nothing when nobody listens at `path`, or whoever did ended before it said who it is: try for the lock again. Who
  // says nothing for 5 s is stopped or stuck: store_busy (args: path). Fails
  // with peer_other_version when it is another Kiem, peer_garbage when it is none or another user's, disk_failed for
  // what else the system refuses.
  [[nodiscard]] static Result<std::optional<ControlClient>> connect(const std::filesystem::path& path);

  [[nodiscard]] const ControlHello& hello() const { return hello_; }
  // Once. What the server answered, or: too_large when the request passes a bound (nothing was sent), peer_lost (args:
  // path) when the server ended without an answer, which leaves open whether it did what was asked; peer_garbage when
  // what came is no answer.
  [[nodiscard]] Result<NodeAnswer> ask(const NodeRequest& request);

 private:
  ControlClient(control::Descriptor descriptor, ControlHello hello, std::string path)
      : descriptor_(std::move(descriptor)), hello_(std::move(hello)), path_(std::move(path)) {}

  control::Descriptor descriptor_;
  ControlHello hello_;
  std::string path_;
};

}  // namespace kiem
