// The operating system's clock and time zone, and the log of a program: what main.cpp hands in as Env. The clock may be
// used from any thread, the log from one.
#pragma once

#include <iosfwd>

#include "core/base/env.hpp"
#include "core/base/result.hpp"
#include "sync/cli/environment.hpp"

namespace kiem::cli {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() override;
  [[nodiscard]] std::uint64_t monotonic_ms() override;
};

// Minutes east of UTC of the zone that TZ or /etc/localtime names, at that moment; 0 where it has no calendar date.
[[nodiscard]] std::int32_t system_zone_offset(WallTime moment);

// What the system tells a program: variables, stdin, zone and signals. Variables are main.cpp's to read, before any
// thread is started; the network is main.cpp's to hand in.
using ReadVariable = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] Environment system_environment(const ReadVariable& variable);

// Blocks SIGINT and SIGTERM in this thread, and so in those it starts from now on; the descriptor (signalfd) can be
// read once one came, and stays open as long as the process. Error: out_of_memory when the system has none.
[[nodiscard]] Result<int> catch_stop();

// Writes lines of at least `level` to the stream, which outlives it; without a stream it writes nothing.
class StreamLog final : public Log {
 public:
  StreamLog(std::ostream* stream, LogLevel level) : stream_(stream), level_(level) {}
  void line(LogLevel level, std::string_view text) override;

 private:
  std::ostream* stream_;
  LogLevel level_;
};

}  // namespace kiem::cli
