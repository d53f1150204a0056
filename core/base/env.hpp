// Time, chance and the record of what happened, handed in (D1).
//
// Nothing in core or sync asks the operating system for these; a whole village of nodes therefore runs in one thread
// from one seed. An Env does not own what it points to; its maker keeps the three alive longer than anyone it was
// given to. The implementations say which threads may call them; those of the simulator are for one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kiem {

// Milliseconds since 1970-01-01T00:00:00Z, may be negative. A remark in an operation, never an order (D2).
struct WallTime {
  std::int64_t ms = 0;
  auto operator<=>(const WallTime&) const = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  // The device's own clock; it may be wrong by years.
  [[nodiscard]] virtual WallTime wall() = 0;
  // Never goes back, unrelated to wall time; for waiting and for measuring only.
  [[nodiscard]] virtual std::uint64_t monotonic_ms() = 0;
};

class Rng {
 public:
  virtual ~Rng() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };

class Log {
 public:
  virtual ~Log() = default;
  // One line, no line end. Never a name, an address, a title or a hash of one (D7).
  virtual void line(LogLevel level, std::string_view text) = 0;
};

struct Env {
  Clock& clock;
  Rng& rng;
  Log& log;
};

}  // namespace kiem
