#include "sync/control/frames.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace kiem::control {
namespace {

constexpr std::size_t kFirstRoom = std::size_t{64} * 1024;

// What is left of a body that was outgrown is wiped with it.
WipedBytes grown(const WipedBytes& body, std::size_t size) {
  Bytes larger;
  larger.reserve(size);
  append(larger, body.view());
  larger.resize(size);
  return WipedBytes(std::move(larger));
}

// Of a call that failed: whether it is worth trying again (nothing), or how it ended.
std::optional<Flow> after_failure(int error) {
  if (error == EINTR) return std::nullopt;
  if (error == EAGAIN || error == EWOULDBLOCK) return Flow::more;
  return Flow::ended;
}

}  // namespace

std::span<std::uint8_t> IncomingFrame::room() {
  if (prefix_have_ < kPrefixBytes) return std::span(prefix_).subspan(prefix_have_);
  if (have_ == body_.size()) body_ = grown(body_, std::min(length_, std::max(kFirstRoom, 2 * have_)));
  return body_.edit().subspan(have_);
}

Flow IncomingFrame::receive(int fd, int flags, std::size_t budget, std::size_t& read) {
  while (prefix_have_ < kPrefixBytes || have_ < length_) {
    if (budget == 0) return Flow::more;
    const auto next = room();
    const auto got = ::recv(fd, next.data(), std::min(next.size(), budget), flags);
    if (got == 0) return Flow::ended;
    if (got < 0) {
      if (const auto flow = after_failure(errno)) return *flow;
      continue;
    }
    const auto count = static_cast<std::size_t>(got);
    budget -= count;
    read += count;
    if (prefix_have_ == kPrefixBytes) {
      have_ += count;
      continue;
    }
    prefix_have_ += count;
    if (prefix_have_ < kPrefixBytes) continue;
    for (const auto byte : prefix_) length_ = (length_ << 8U) | byte;
    if (length_ > limit_) return Flow::too_big;
  }
  return Flow::done;
}

Flow OutgoingFrame::send(int fd, int flags, std::size_t budget, std::size_t& sent) {
  while (sent_ < frame_.size()) {
    if (budget == 0) return Flow::more;
    const auto next = frame_.view().subspan(sent_);
    const auto taken = ::send(fd, next.data(), std::min(next.size(), budget), flags | MSG_NOSIGNAL);
    if (taken < 0) {
      if (const auto flow = after_failure(errno)) return *flow;
      continue;
    }
    const auto count = static_cast<std::size_t>(taken);
    sent_ += count;
    budget -= count;
    sent += count;
  }
  return Flow::done;
}

}  // namespace kiem::control
