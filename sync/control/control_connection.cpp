#include "sync/control/control_connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace kiem::control {

ControlConnection::ControlConnection(Descriptor descriptor, ByteView hello, std::uint64_t now_ms)
    : descriptor_(std::move(descriptor)), in_(kHelloBounds), deadline_(now_ms + kPatienceMs) {
  // A new connection takes the few bytes of a greeting at once, or there is nobody at the other end.
  std::size_t sent = 0;
  if (OutgoingFrame(WipedBytes(to_bytes(hello))).send(descriptor_.fd(), MSG_DONTWAIT, SIZE_MAX, sent) != Flow::done) {
    end();
  }
}

pollfd ControlConnection::poll_entry() const {
  return {descriptor_.fd(), static_cast<short>(stage_ == Stage::answering ? POLLOUT : POLLIN), 0};
}

std::optional<NodeRequest> ControlConnection::step(std::uint64_t now_ms) {
  std::optional<NodeRequest> request;
  if (stage_ == Stage::greeting || stage_ == Stage::asking) {
    request = receive(now_ms);
  } else if (stage_ == Stage::waiting) {
    listen_for_hangup(now_ms);
  }
  if (stage_ == Stage::answering) flush(now_ms);
  if (deadline_ && now_ms >= *deadline_) end();
  return request;
}

void ControlConnection::answer(const Result<NodeAnswer>& answer, std::uint64_t now_ms) {
  KIEM_CHECK(stage_ == Stage::waiting);
  out_ = OutgoingFrame(encode_answer(answer));
  stage_ = Stage::answering;
  moved_ = 0;
  deadline_ = now_ms + kPatienceMs;
  flush(now_ms);
}

std::optional<NodeRequest> ControlConnection::receive(std::uint64_t now_ms) {
  while (stage_ == Stage::greeting || stage_ == Stage::asking) {
    std::size_t read = 0;
    const Flow flow = in_.receive(descriptor_.fd(), MSG_DONTWAIT, kTurnBytes, read);
    moved(read, now_ms);
    if (flow == Flow::more) return std::nullopt;
    if (flow == Flow::ended) {
      end();
      return std::nullopt;
    }
    if (flow == Flow::too_big) {
      const Bounds& bounds = stage_ == Stage::greeting ? kHelloBounds : kRequestBounds;
      refuse(Error{ErrorCode::too_large, Fault::peer, {bounds.what, std::to_string(bounds.item_bytes)}}, now_ms);
      return std::nullopt;
    }
    const IncomingFrame frame = std::exchange(in_, IncomingFrame(kRequestBounds));
    if (stage_ == Stage::asking) {
      auto request = decode_request(frame.item());
      if (!request) {
        refuse(Error{ErrorCode::peer_garbage, Fault::peer, {}}, now_ms);
        return std::nullopt;
      }
      stage_ = Stage::waiting;
      deadline_.reset();
      return std::move(*request);
    }
    const Status greeted = decode_caller_hello(frame.item());
    if (greeted) {
      stage_ = Stage::asking;
    } else if (greeted.error().code == ErrorCode::peer_other_version) {
      end();  // our greeting told it so; it could not read anything else
    } else {
      refuse(Error{ErrorCode::peer_garbage, Fault::peer, {}}, now_ms);
    }
  }
  return std::nullopt;
}

void ControlConnection::listen_for_hangup(std::uint64_t now_ms) {
  std::uint8_t more = 0;
  const auto got = ::recv(descriptor_.fd(), &more, sizeof more, MSG_DONTWAIT);
  if (got > 0) {
    refuse(Error{ErrorCode::peer_garbage, Fault::peer, {}}, now_ms);
  } else if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
    end();
  }
}

void ControlConnection::flush(std::uint64_t now_ms) {
  std::size_t sent = 0;
  const Flow flow = out_.send(descriptor_.fd(), MSG_DONTWAIT, kTurnBytes, sent);
  moved(sent, now_ms);
  if (flow != Flow::more) end();
}

void ControlConnection::refuse(const Error& error, std::uint64_t now_ms) {
  stage_ = Stage::waiting;
  answer(tl::unexpected(error), now_ms);
}

void ControlConnection::moved(std::size_t bytes, std::uint64_t now_ms) {
  moved_ += bytes;
  if (moved_ < kPatienceBytes) return;
  moved_ = 0;
  deadline_ = now_ms + kPatienceMs;
}

void ControlConnection::end() {
  // What is under way goes with the connection; a request that was handed out is told as a hang-up by the server.
  descriptor_ = Descriptor();
  in_ = IncomingFrame(kHelloBounds);
  out_ = OutgoingFrame();
  stage_ = Stage::ended;
  deadline_.reset();
}

}  // namespace kiem::control
