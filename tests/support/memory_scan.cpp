#include "tests/support/memory_scan.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

constexpr std::uint8_t kMask = 0xA5;
constexpr std::size_t kWindow = std::size_t{1} << 20U;

struct Region {
  std::uintptr_t from = 0;
  std::uintptr_t to = 0;
};

// What can be read and is not the kernel's. The list is complete before anything is read, since reading makes memory.
std::vector<Region> readable_regions() {
  std::vector<Region> regions;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    // "7f12a000-7f12b000 r--p ... name"
    const auto dash = line.find('-');
    const auto space = line.find(' ');
    KIEM_CHECK(dash != std::string::npos && space != std::string::npos);
    if (line.at(space + 1) != 'r' || line.find("[v") != std::string::npos) continue;
    regions.push_back({std::stoul(line, nullptr, 16), std::stoul(line.substr(dash + 1), nullptr, 16)});
  }
  KIEM_CHECK(!regions.empty());
  return regions;
}

}  // namespace

Sought::Sought(ByteView secret) {
  KIEM_CHECK(secret.size() >= 16);
  for (const auto byte : secret) masked_.push_back(byte ^ kMask);
}

bool Sought::is_at(const std::uint8_t* bytes) const {
  return std::equal(masked_.begin(), masked_.end(), bytes,
                    [](std::uint8_t masked, std::uint8_t byte) { return byte == (masked ^ kMask); });
}

std::size_t Sought::count_in(ByteView bytes) const {
  if (bytes.size() < masked_.size()) return 0;
  const int first = masked_.front() ^ kMask;
  const auto* const end = bytes.data() + (bytes.size() - masked_.size() + 1);
  std::size_t found = 0;
  for (const auto* at = bytes.data(); at < end; ++at) {
    at = static_cast<const std::uint8_t*>(std::memchr(at, first, static_cast<std::size_t>(end - at)));
    if (at == nullptr) break;
    found += is_at(at) ? 1U : 0U;
  }
  return found;
}

std::size_t Sought::count() const {
  // What is read passes through a window of its own, which is not looked at.
  void* const window = mmap(nullptr, kWindow, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  KIEM_CHECK(window != MAP_FAILED);
  const auto here = reinterpret_cast<std::uintptr_t>(window);
  const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  KIEM_CHECK(memory >= 0);
  const auto* const bytes = static_cast<const std::uint8_t*>(window);
  std::size_t found = 0;
  std::uint64_t looked_at = 0;
  for (const auto& region : readable_regions()) {
    for (auto at = region.from; at < region.to;) {
      // A neighbour may lie in one entry with the window.
      if (at == here) {
        at += kWindow;
        continue;
      }
      const auto end = at < here ? std::min(region.to, here) : region.to;
      const ssize_t got = pread(memory, window, std::min(kWindow, end - at), static_cast<off_t>(at));
      // A page of a file that became shorter, say.
      if (got <= 0) break;
      const auto size = static_cast<std::size_t>(got);
      looked_at += size;
      found += count_in({bytes, size});
      // The next part begins early enough for what lies across the border.
      const bool is_last = at + size >= end || size < masked_.size();
      at += is_last ? size : size - masked_.size() + 1;
    }
  }
  close(memory);
  munmap(window, kWindow);
  KIEM_CHECK(looked_at > kWindow);
  return found;
}

}  // namespace kiem::test
