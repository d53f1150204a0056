// The program `kiem-practice`, on the real clock and real chance. Alone it plays the practice story in the terminal, in
// a folder of its own; with --neighbours it is the second practice laptop of whoever practises in the window.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "core/crypto/secret.hpp"
#include "core/crypto/system_rng.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/practice/neighbours.hpp"
#include "sync/practice/story.hpp"
#include "sync/transport/zmq_network.hpp"

namespace {

constexpr kiem::Text<0> kUsage{"Zo: kiem-practice, of kiem-practice --neighbours MAP",
                               "Use: kiem-practice, or kiem-practice --neighbours DIR"};

void read_variable(const char* name, std::optional<std::string>& value) {
  const char* const set = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, read at the start
  if (set != nullptr) value = set;
}

kiem::cli::Environment environment() {
  kiem::cli::Environment made;
  read_variable("KIEM_LANG", made.kiem_lang);
  read_variable("LANG", made.lang);
  read_variable("XDG_RUNTIME_DIR", made.xdg_runtime_dir);
  made.zone_offset = kiem::cli::system_zone_offset;
  made.open_network = [](const kiem::BoxKeyPair& keys, kiem::Clock& clock) {
    return kiem::ZmqNetwork::create(keys, clock);
  };
  made.catch_stop = kiem::cli::catch_stop;
  return made;
}

int run(const std::vector<std::string>& arguments) {
  const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  kiem::harden_process();
  kiem::cli::SystemClock clock;
  kiem::SystemRng rng;
  kiem::cli::StreamLog log(nullptr, kiem::LogLevel::error);
  const kiem::Env env{clock, rng, log};
  const kiem::cli::Environment world = environment();
  const kiem::cli::Streams streams{std::cout, std::cerr, std::cin};
  if (arguments.empty()) {
    const auto home = std::filesystem::temp_directory_path() / ("kiem-practice-" + std::to_string(getpid()));
    return kiem::practice::play(home, world, streams, env);
  }
  if (arguments.size() != 2 || arguments[0] != "--neighbours" || arguments[1].empty()) {
    std::cerr << kUsage.in(kiem::cli::default_language(world)) << '\n';
    return 2;
  }
  // A window that is gone is noticed by its end of stdin; a line that nobody reads any more is no reason to die.
  std::signal(SIGPIPE, SIG_IGN);
  const kiem::practice::Neighbours neighbours{std::filesystem::absolute(arguments[1]), beside / "kiem", STDIN_FILENO};
  return kiem::practice::play_neighbours(neighbours, world, streams, env);
}

}  // namespace

int main(int count, char** words) {
  try {
    return run({words + (count > 0 ? 1 : 0), words + count});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kiem-practice: %s\n", error.what());
    return 1;
  }
}
