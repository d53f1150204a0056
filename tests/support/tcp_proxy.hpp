// A TCP proxy on 127.0.0.1 that stands between two peers of a test: records what passes, holds it up, slows it down,
// swallows it, cuts it.
//
// Has a thread of its own; every call may come from any thread. Destroying it closes everything. What fails inside
// (no port, no descriptor) stops the test with a broken promise: a test without its proxy proves nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/base/bytes.hpp"

namespace kiem::test {

class TcpProxy {
 public:
  // There: from who called to who was called.
  enum class Way : std::uint8_t { there, back };

  // Connections to port() are carried to 127.0.0.1:target_port.
  explicit TcpProxy(std::uint16_t target_port);
  ~TcpProxy();
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  // Every byte that came in from either side, in the order it was read.
  [[nodiscard]] Bytes recorded() const;
  // Connections accepted so far.
  [[nodiscard]] std::size_t connections() const;
  // Bytes that were given on, one way, over all connections.
  [[nodiscard]] std::size_t carried(Way way) const;
  // Waits until this many were; false when they were not within 60 s.
  [[nodiscard]] bool wait_carried(Way way, std::size_t bytes) const;
  // Waits until this many bytes were recorded; false when they were not within 20 s.
  [[nodiscard]] bool wait_recorded(std::size_t bytes) const;

  // Breaks every connection with a reset; later ones are carried again.
  void cut();
  // Keeps what arrives until release(). At most 256 KiB a direction, then the sender's kernel feels it.
  void hold();
  void release();
  // Every chunk waits this long, in order.
  void delay(std::uint32_t ms);
  // Carries at most so many bytes a second one way, in small steps, and keeps no more than a second's worth; 0: no
  // bound.
  void throttle(Way way, std::size_t bytes_a_second);
  // Takes what comes one way and gives nothing of it on, nor that there is no more: the other side hears silence.
  void mute(Way way);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem::test
