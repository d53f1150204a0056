// The program `kiem-practice`: the practice story on the real clock and real chance, in a folder of its own.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "core/crypto/secret.hpp"
#include "core/crypto/system_rng.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/practice/story.hpp"

int main() {
  try {
    kiem::harden_process();
    kiem::cli::SystemClock clock;
    kiem::SystemRng rng;
    kiem::cli::StreamLog log(nullptr, kiem::LogLevel::error);
    kiem::cli::Environment environment;
    for (const auto& [name, value] : {std::pair{"KIEM_LANG", &environment.kiem_lang}, {"LANG", &environment.lang}}) {
      const char* const set = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, read at the start
      if (set != nullptr) *value = set;
    }
    environment.zone_offset = kiem::cli::system_zone_offset;
    const auto home = std::filesystem::temp_directory_path() / ("kiem-practice-" + std::to_string(getpid()));
    return kiem::practice::play(home, environment, {std::cout, std::cerr, std::cin}, {clock, rng, log});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kiem-practice: %s\n", error.what());
    return 1;
  }
}
