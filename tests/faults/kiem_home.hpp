// A home on this disk and the program on it, for experiments with whole processes.
#pragma once

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

#include "core/base/check.hpp"
#include "tests/peers/program.hpp"

namespace kiem::test {

struct KiemHome {
  std::filesystem::path home;
  [[nodiscard]] std::vector<std::string> words(std::vector<std::string> typed) const {
    typed.insert(typed.begin(), {"--home", home.string()});
    return typed;
  }
  [[nodiscard]] Ended run(const std::vector<std::string>& typed) const { return Process(words(typed)).wait(); }
  // Must end with 0, or the experiment is none; what was said.
  [[nodiscard]] std::string must(const std::vector<std::string>& typed) const {
    const auto ended = run(typed);
    if (ended.code != 0) std::fprintf(stderr, "%s%s\n", ended.out.c_str(), ended.err.c_str());
    KIEM_CHECK(ended.code == 0);
    return ended.out;
  }
};

inline std::size_t lines_with(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

// Waits for the end of the process, and no longer than so many microseconds.
inline bool has_ended_within(const Process& process, std::uint64_t microseconds) {
  const auto watched = static_cast<int>(::syscall(SYS_pidfd_open, process.pid(), 0));
  KIEM_CHECK(watched >= 0);
  pollfd end{watched, POLLIN, 0};
  const timespec moment{static_cast<time_t>(microseconds / 1'000'000),
                        static_cast<long>(microseconds % 1'000'000 * 1000)};
  const int ended = ::ppoll(&end, 1, &moment, nullptr);
  KIEM_CHECK(ended >= 0);
  ::close(watched);
  return ended != 0;
}

}  // namespace kiem::test
