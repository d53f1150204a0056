// The program `kiem-practice`, on the real clock and real chance. Alone it plays the practice story in the terminal,
// beside itself with --neighbours: the second practice laptop of whoever practises, there or in the window.
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

std::optional<std::string> variable(const char* name) {
  // Read before any thread is started, and never written.
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, see above
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

kiem::cli::Environment environment() {
  kiem::cli::Environment made = kiem::cli::system_environment(variable);
  // Whoever practises has a home of their own.
  made.kiem_home = made.kiem_passphrase_file = std::nullopt;
  made.open_network = [](const kiem::BoxKeyPair& keys, kiem::Clock& clock) {
    return kiem::ZmqNetwork::create(keys, clock);
  };
  return made;
}

int run(const std::vector<std::string>& arguments) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  kiem::harden_process();
  kiem::cli::SystemClock clock;
  kiem::SystemRng rng;
  kiem::cli::StreamLog log(nullptr, kiem::LogLevel::error);
  const kiem::Env env{clock, rng, log};
  const kiem::cli::Environment world = environment();
  const kiem::cli::Streams streams{std::cout, std::cerr, std::cin};
  // Whoever is gone is noticed by the end of stdin, or by an answer that cannot be written: no reason to die untidily.
  std::signal(SIGPIPE, SIG_IGN);
  if (arguments.empty()) {
    std::signal(SIGHUP, SIG_IGN);
    kiem::practice::Story story{std::filesystem::temp_directory_path(), program};
    if (world.stdin_is_terminal) story.keyboard = STDIN_FILENO;
    return kiem::practice::play(story, world, streams, env);
  }
  if (arguments.size() != 2 || arguments[0] != "--neighbours" || arguments[1].empty()) {
    std::cerr << kUsage.in(kiem::cli::default_language(world)) << '\n';
    return 2;
  }
  const kiem::practice::Neighbours neighbours{std::filesystem::absolute(arguments[1]), program.parent_path() / "kiem",
                                              STDIN_FILENO};
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
