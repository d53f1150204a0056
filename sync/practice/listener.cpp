#include "sync/practice/listener.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/base/check.hpp"
#include "core/crypto/secret.hpp"

namespace kiem::practice {
namespace {

constexpr std::uint64_t kLongestWaitMs = 3'600'000;  // a turn of the loop, not the whole patience

// -1, for ever, without one.
int wait_ms(Clock& clock, const std::optional<std::uint64_t>& deadline) {
  if (!deadline) return -1;
  const std::uint64_t now = clock.monotonic_ms();
  return static_cast<int>(std::min(*deadline > now ? *deadline - now : 0, kLongestWaitMs));
}

}  // namespace

std::optional<std::string> Listener::take_line() {
  const std::size_t end = text_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = text_.substr(0, end);
  std::string rest = text_.substr(end + 1);
  std::swap(text_, rest);
  wipe(rest);  // a line may be a code
  return line;
}

Heard Listener::next(std::optional<std::uint64_t> patience_ms) {
  std::optional<std::uint64_t> deadline;
  if (patience_ms) deadline = clock_.monotonic_ms() + *patience_ms;
  while (true) {
    if (is_asked_to_stop(stop_)) return {Heard::What::stop};
    if (auto line = take_line()) return {Heard::What::line, *std::move(line)};
    if (text_.size() > kMaxLine) return {Heard::What::end};
    std::array<pollfd, 2> polled{{{input_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    const int ready = ::poll(polled.data(), polled.size(), wait_ms(clock_, deadline));
    if (ready == 0) return {Heard::What::silence};
    if (ready < 0) {
      KIEM_CHECK(errno == EINTR);
      continue;
    }
    if (polled[0].revents == 0) continue;
    std::array<char, 1'024> buffer{};
    const ssize_t got = ::read(input_, buffer.data(), buffer.size());
    if (got > 0) text_.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) return {Heard::What::end};
  }
}

bool is_asked_to_stop(int stop) {
  pollfd polled{stop, POLLIN, 0};
  return ::poll(&polled, 1, 0) > 0;
}

}  // namespace kiem::practice
