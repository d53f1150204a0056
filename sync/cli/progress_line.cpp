#include "sync/cli/progress_line.hpp"

#include <poll.h>

#include <algorithm>
#include <ostream>

namespace kiem::cli {

ProgressLine::ProgressLine(const Call& call, std::string what) : call_(call), what_(std::move(what)) {}

ProgressLine::~ProgressLine() {
  if (width_ > 0) call_.streams.err << '\r' << std::string(width_, ' ') << '\r' << std::flush;
}

void ProgressLine::show(std::uint64_t done, std::uint64_t of) {
  if (!call_.environment.stderr_is_terminal) return;
  const std::uint64_t percent = of == 0 ? 100 : done * 100 / of;
  if (percent == shown_) return;
  shown_ = percent;
  const std::string line = what_ + " " + std::to_string(percent) + "%";
  width_ = std::max(width_, line.size());
  call_.streams.err << '\r' << line << std::flush;
}

Result<StopRequest> StopRequest::watch(const Call& call) {
  if (!call.environment.catch_stop) return StopRequest(-1);
  KIEM_TRY_GET(const int descriptor, call.environment.catch_stop());
  return StopRequest(descriptor);
}

bool StopRequest::came() const {
  pollfd asked{descriptor_, POLLIN, 0};
  return descriptor_ >= 0 && ::poll(&asked, 1, 0) > 0;
}

}  // namespace kiem::cli
