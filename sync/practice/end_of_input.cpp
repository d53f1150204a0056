#include "sync/practice/end_of_input.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace kiem::practice {

Result<EndOfInput> EndOfInput::of(int input) {
  control::Descriptor watch(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{};
  event.events = EPOLLIN;
  if (watch.is_open() && ::epoll_ctl(watch.fd(), EPOLL_CTL_ADD, input, &event) == 0) {
    return EndOfInput(std::move(watch), input);
  }
  // A file, and /dev/null, can always be read; epoll has no use for them, and poll() says so.
  if (watch.is_open() && errno == EPERM) watch = control::Descriptor(::fcntl(input, F_DUPFD_CLOEXEC, 0));
  if (watch.is_open()) return EndOfInput(std::move(watch), input);
  return fail(ErrorCode::out_of_memory, Fault::machine, {std::generic_category().message(errno)});
}

void EndOfInput::read() {
  std::array<char, 4096> dropped{};
  const ssize_t got = ::read(input_, dropped.data(), dropped.size());
  reached_ = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

}  // namespace kiem::practice
