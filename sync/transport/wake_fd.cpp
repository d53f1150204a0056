#include "sync/transport/wake_fd.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/check.hpp"

namespace kiem {

WakeFd::WakeFd() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
WakeFd::~WakeFd() {
  if (fd_ >= 0) ::close(fd_);
}

void WakeFd::raise() {
  // EAGAIN means that the counter is at its top, so it is raised already.
  const int result = ::eventfd_write(fd_, 1);
  KIEM_CHECK(result == 0 || errno == EAGAIN);
}

void WakeFd::clear() {
  eventfd_t count = 0;
  const int result = ::eventfd_read(fd_, &count);
  KIEM_CHECK(result == 0 || errno == EAGAIN);
}

}  // namespace kiem
