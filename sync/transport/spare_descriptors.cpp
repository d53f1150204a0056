#include "sync/transport/spare_descriptors.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace kiem {
namespace {

constexpr std::size_t kHeld = 8;

}  // namespace

void SpareDescriptors::hold() {
  while (held_.size() < kHeld) {
    const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    held_.push_back(fd);
  }
}

void SpareDescriptors::release() {
  for (const int fd : held_) ::close(fd);
  held_.clear();
}

bool SpareDescriptors::is_whole() const { return held_.size() == kHeld; }

}  // namespace kiem
