#include "sync/control/control_client.hpp"

#include <poll.h>

#include <cerrno>

#include "sync/control/frames.hpp"

namespace kiem {
namespace {

// As long as a lock is waited for.
constexpr int kGreetingMs = 5'000;

// With a descriptor that waits, a frame is whole or does not come.
control::Flow send_all(int fd, control::WipedBytes frame) {
  std::size_t sent = 0;
  return control::OutgoingFrame(std::move(frame)).send(fd, 0, SIZE_MAX, sent);
}
control::Flow receive_all(int fd, control::IncomingFrame& frame) {
  std::size_t read = 0;
  return frame.receive(fd, 0, SIZE_MAX, read);
}

tl::unexpected<Error> garbage(const std::string& path) { return fail(ErrorCode::peer_garbage, Fault::peer, {path}); }

}  // namespace

Result<std::optional<ControlClient>> ControlClient::connect(const std::filesystem::path& path) {
  KIEM_TRY_GET(auto descriptor, control::connect_to(path));
  if (!descriptor) return std::optional<ControlClient>();
  // A server of another version may be gone already when this is sent; its greeting tells.
  static_cast<void>(send_all(descriptor->fd(), control::encode_caller_hello()));
  control::IncomingFrame frame(control::kHelloBounds);
  pollfd greeted{descriptor->fd(), POLLIN, 0};
  int ready = ::poll(&greeted, 1, kGreetingMs);
  while (ready < 0 && errno == EINTR) ready = ::poll(&greeted, 1, kGreetingMs);
  if (ready == 0) return fail(ErrorCode::store_busy, Fault::person, {path.parent_path().string()});
  switch (receive_all(descriptor->fd(), frame)) {
    case control::Flow::done:
      break;
    case control::Flow::ended:
    case control::Flow::more:
      return std::optional<ControlClient>();
    case control::Flow::too_big:
      return garbage(path.string());
  }
  auto hello = control::decode_hello(frame.item());
  if (!hello && hello.error().code == ErrorCode::peer_other_version) return tl::unexpected(std::move(hello.error()));
  if (!hello) return garbage(path.string());
  return std::optional(ControlClient(std::move(*descriptor), std::move(*hello), path.string()));
}

Result<NodeAnswer> ControlClient::ask(const NodeRequest& request) {
  KIEM_CHECK(descriptor_.is_open());
  const control::Descriptor descriptor = std::move(descriptor_);
  KIEM_TRY_GET(auto question, control::encode_request(request));
  // A server that refuses a request while it is still being sent has answered already: that is read, also when sending
  // failed.
  static_cast<void>(send_all(descriptor.fd(), std::move(question)));
  control::IncomingFrame frame(control::kAnswerBounds);
  switch (receive_all(descriptor.fd(), frame)) {
    case control::Flow::done:
      break;
    case control::Flow::ended:
    case control::Flow::more:
      return fail(ErrorCode::peer_lost, Fault::machine, {path_});
    case control::Flow::too_big:
      return garbage(path_);
  }
  auto answer = control::decode_answer(frame.item());
  if (!answer) return garbage(path_);
  return std::move(*answer);
}

}  // namespace kiem
