// One frame on its way in, and one on its way out, over a descriptor that may give or take only a part of it.
//
// Each owns its bytes, which are wiped when they go. The bytes come as they come; the room for them grows with what has
// come, never with what the prefix promises. One thread at a time.
#pragma once

#include <array>

#include "sync/control/codec.hpp"

namespace kiem::control {

enum class Flow : std::uint8_t {
  done,     // the whole frame
  more,     // nothing more for now; only of a descriptor or call that does not wait
  ended,    // the other side is gone
  too_big,  // the prefix is beyond the bound
};

class IncomingFrame {
 public:
  explicit IncomingFrame(const Bounds& bounds) : limit_(bounds.item_bytes) {}

  // Reads with recv(fd, .., flags) until one of the above is so, or `budget` bytes were read (more). Counts what it
  // read into `read`. Never reads beyond this frame.
  [[nodiscard]] Flow receive(int fd, int flags, std::size_t budget, std::size_t& read);
  // Of a frame that is done.
  [[nodiscard]] ByteView item() const { return body_.view(); }

 private:
  [[nodiscard]] std::span<std::uint8_t> room();

  std::size_t limit_;
  std::array<std::uint8_t, kPrefixBytes> prefix_{};
  std::size_t prefix_have_ = 0;
  std::size_t length_ = 0;  // as the prefix says, once it is whole
  WipedBytes body_;         // as large as there was reason to, at most length_
  std::size_t have_ = 0;    // of it filled
};

class OutgoingFrame {
 public:
  OutgoingFrame() = default;
  explicit OutgoingFrame(WipedBytes frame) : frame_(std::move(frame)) {}

  // Writes with send(fd, .., flags | MSG_NOSIGNAL); as above.
  [[nodiscard]] Flow send(int fd, int flags, std::size_t budget, std::size_t& sent);

 private:
  WipedBytes frame_;
  std::size_t sent_ = 0;
};

}  // namespace kiem::control
