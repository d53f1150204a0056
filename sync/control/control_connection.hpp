// One caller of a control server: greeting, one request, one answer.
//
// Owns its descriptor and what is under way over it. Never waits; its owner calls step() when poll() tells or a
// deadline is there. Shared by the server and nobody else. One thread at a time.
#pragma once

#include <poll.h>

#include <optional>

#include "sync/control/descriptor.hpp"
#include "sync/control/frames.hpp"
#include "sync/control/messages.hpp"

namespace kiem::control {

// How long a caller may take for 64 KiB of what it sends or is sent.
constexpr std::uint64_t kPatienceMs = 5000;
constexpr std::size_t kPatienceBytes = std::size_t{64} * 1024;
// What one caller may make us move before others have their turn.
constexpr std::size_t kTurnBytes = std::size_t{1} << 20U;

class ControlConnection {
 public:
  enum class Stage : std::uint8_t {
    greeting,   // its hello is to come
    asking,     // its request is to come
    waiting,    // for an answer of ours
    answering,  // which is on its way
    ended,
  };

  // Greets the caller: `hello` is a whole frame.
  ControlConnection(Descriptor descriptor, ByteView hello, std::uint64_t now_ms);

  [[nodiscard]] pollfd poll_entry() const;
  // Moves on what can be moved now, and then ends what is over its deadline: a server that was busy for long does not
  // hold it against a caller whose bytes are there. Returns the request when it became complete.
  [[nodiscard]] std::optional<NodeRequest> step(std::uint64_t now_ms);
  // Only while waiting.
  void answer(const Result<NodeAnswer>& answer, std::uint64_t now_ms);

  [[nodiscard]] Stage stage() const { return stage_; }
  // Nothing while it waits for us.
  [[nodiscard]] std::optional<std::uint64_t> deadline() const { return deadline_; }

 private:
  [[nodiscard]] std::optional<NodeRequest> receive(std::uint64_t now_ms);
  void flush(std::uint64_t now_ms);
  void listen_for_hangup(std::uint64_t now_ms);
  void refuse(const Error& error, std::uint64_t now_ms);
  void moved(std::size_t bytes, std::uint64_t now_ms);
  void end();

  Descriptor descriptor_;
  Stage stage_ = Stage::greeting;
  IncomingFrame in_;
  OutgoingFrame out_;
  std::optional<std::uint64_t> deadline_;
  std::size_t moved_ = 0;  // since the deadline was set
};

}  // namespace kiem::control
