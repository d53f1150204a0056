// The program `kiem`: hands the operating system's services to the command line, and nothing more.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "core/crypto/secret.hpp"
#include "core/crypto/system_rng.hpp"
#include "sync/cli/run.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/discovery/system_datagrams.hpp"
#include "sync/transport/zmq_network.hpp"

namespace {

std::optional<std::string> variable(const char* name) {
  // Read before any thread is started, and never written.
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, see above
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

kiem::cli::Environment environment() {
  kiem::cli::Environment made = kiem::cli::system_environment(variable);
  made.open_network = [](const kiem::BoxKeyPair& keys, kiem::Clock& clock) {
    return kiem::ZmqNetwork::create(keys, clock);
  };
  made.open_datagrams = kiem::open_system_datagrams;
  return made;
}

}  // namespace

int main(int count, char** words) {
  try {
    kiem::harden_process();
    // A passphrase that is typed must not stay behind in a buffer of the library.
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    kiem::cli::SystemClock clock;
    kiem::SystemRng rng;
    // Nothing is logged unless KIEM_LOG is set, to anything at all.
    kiem::cli::StreamLog log(variable("KIEM_LOG") ? &std::cerr : nullptr, kiem::LogLevel::debug);
    const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
    return kiem::cli::run(arguments, environment(), {std::cout, std::cerr, std::cin}, {clock, rng, log});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kiem: %s\n", error.what());
    return 1;
  }
}
