// bench_store: what Kiem's store costs beside plain SQLite and SQLCipher, doing the same work with the same settings.
//
// A worker an engine, each a program of its own, since SQLCipher and SQLite bear the same symbols. Each phase is run by
// one worker after the other, and each round begins with another of them, so that the figures of one ratio are from the
// same seconds of the same machine. CPU time, on a file system in memory: the disk's time would hide what is ours.
// Exit code 0: every bound held; 1: one was missed, an answer differed or a worker failed; 2: usage; 130: interrupted.
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/bench/table.hpp"
#include "tests/bench/worker.hpp"

namespace kiem::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, kEngines> kEngineNames = {"plain", "Kiem", "SQLCipher"};
constexpr std::array<const char*, kEngines> kPrograms = {"bench_store_plain", "bench_store_kiem",
                                                         "bench_store_sqlcipher"};

volatile std::sig_atomic_t interrupted = 0;
void interrupt(int) { interrupted = 1; }

void say(const std::string& what) { std::fprintf(stderr, "%s\n", what.c_str()); }

struct Options {
  std::uint64_t rows = 200'000;
  std::uint64_t rounds = 5;
  bool quick = false;
  std::string synchronous = "FULL";
  std::uint64_t insert_cache_kib = 2000;
};

int usage() {
  say("bench_store [--rows N] [--rounds N] [--synchronous FULL|NORMAL] [--insert-cache KIB] [--quick]\n"
      "  --quick: a few thousand rows, one round, without SQLCipher: whether it works, not how fast");
  return 2;
}

std::optional<std::uint64_t> number_in(const std::string& text, std::uint64_t least, std::uint64_t most) {
  const bool digits = !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return std::nullopt;
  const std::uint64_t value = std::strtoull(text.c_str(), nullptr, 10);
  return value >= least && value <= most ? std::optional(value) : std::nullopt;
}

std::optional<Options> options_of(const std::vector<std::string>& words) {
  Options options;
  const bool quick = std::ranges::find(words, "--quick") != words.end();
  if (quick) options = {.rows = 3000, .rounds = 1, .quick = true};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--quick") continue;
    if (i + 1 == words.size()) return std::nullopt;
    const std::string& name = words[i];
    const std::string& value = words[++i];
    std::optional<std::uint64_t> number;
    if (name == "--rows" && (number = number_in(value, 1000, 10'000'000))) {
      options.rows = *number;
    } else if (name == "--rounds" && (number = number_in(value, 1, 99))) {
      options.rounds = *number;
    } else if (name == "--insert-cache" && (number = number_in(value, 100, 1'000'000))) {
      options.insert_cache_kib = *number;
    } else if (name == "--synchronous" && (value == "FULL" || value == "NORMAL")) {
      options.synchronous = value;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

// A folder of this run, in memory where there is room; removed with all in it.
class RunFolder {
 public:
  explicit RunFolder(std::uint64_t rows) {
    // Three databases and their logs, each at its largest.
    const std::uintmax_t wanted = rows * 1500 + (std::uintmax_t{64} << 20U);
    std::error_code error;
    const auto memory = fs::space("/dev/shm", error);
    in_memory_ = !error && memory.available > wanted;
    const fs::path parent = in_memory_ ? fs::path("/dev/shm") : fs::temp_directory_path(error);
    std::string name = (parent / "kiem-bench-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~RunFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  // Empty when none could be made.
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] bool in_memory() const { return in_memory_; }

 private:
  fs::path path_;
  bool in_memory_ = false;
};

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  utsname system{};
  return uname(&system) == 0 ? system.machine : "unknown processor";
}

std::string load() {
  std::ifstream file("/proc/loadavg");
  std::string minute;
  file >> minute;
  return minute;
}

struct Answer {
  double seconds = 0;
  std::uint64_t sum = 0;
  double bytes = 0;
};

std::optional<Answer> answer_of(const std::string& line) {
  std::istringstream words(line);
  Answer answer;
  return words >> answer.seconds >> answer.sum >> answer.bytes ? std::optional(answer) : std::nullopt;
}

class Run {
 public:
  Run(const Options& options, const fs::path& programs, const fs::path& folder) : options_(options) {
    for (std::size_t engine = 0; engine < kEngines; ++engine) {
      const fs::path program = programs / kPrograms.at(engine);
      if (engine == kSqlcipher && (options.quick || !fs::exists(program))) continue;
      workers_.at(engine).emplace(program,
                                  std::vector{(folder / kEngineNames.at(engine)).string(), std::to_string(options.rows),
                                              options.synchronous, std::to_string(options.insert_cache_kib)});
    }
  }

  // The versions of what is compared, or nothing when a worker does not answer.
  [[nodiscard]] std::optional<std::string> versions() {
    std::string text;
    for (std::size_t engine = 0; engine < kEngines; ++engine) {
      auto& worker = workers_.at(engine);
      std::optional<std::string> version = worker ? worker->ask("versions") : "not here";
      if (!version) return std::nullopt;
      text += (engine == 0 ? "" : "; ") + std::string(kEngineNames.at(engine)) + ": " + *version;
    }
    return text;
  }

  // False when a worker failed, an answer differed or somebody interrupted.
  [[nodiscard]] bool measure() {
    for (std::uint64_t round = 0; round < options_.rounds; ++round) {
      for (std::size_t phase = 0; phase < kPhaseCount; ++phase) {
        say("round " + std::to_string(round + 1) + " of " + std::to_string(options_.rounds) + ": " +
            std::string(kPhases.at(phase).title));
        if (!measure(round, phase)) return false;
      }
    }
    return true;
  }

  [[nodiscard]] const Figures& figures() const { return figures_; }

 private:
  [[nodiscard]] bool measure(std::uint64_t round, std::size_t phase) {
    std::optional<std::uint64_t> sum;
    for (std::size_t turn = 0; turn < kEngines; ++turn) {
      const std::size_t engine = (round + turn) % kEngines;
      auto& worker = workers_.at(engine);
      if (!worker) continue;
      const auto line = worker->ask(std::string(kPhases.at(phase).word));
      const auto answer = line ? answer_of(*line) : std::nullopt;
      if (interrupted != 0) return false;
      if (!answer) {
        say(std::string(kEngineNames.at(engine)) + " gave no answer");
        return false;
      }
      if (sum && *sum != answer->sum) {
        say(std::string(kEngineNames.at(engine)) + " has read something else than the engine before it");
        return false;
      }
      sum = answer->sum;
      figures_.seconds.at(phase).at(engine).push_back(answer->seconds);
      if (kPhases.at(phase).word == "insert_10k") figures_.file_bytes.at(engine) = answer->bytes;
    }
    return true;
  }

  Options options_;
  std::array<std::optional<Worker>, kEngines> workers_;
  Figures figures_;
};

int bench(const Options& options, const fs::path& programs) {
  const RunFolder folder(options.rows);
  if (folder.path().empty()) {
    say("no folder could be made to measure in");
    return 1;
  }
  Run run(options, programs, folder.path());
  const auto versions = run.versions();
  const std::string load_before = load();
  if (!versions || !run.measure()) {
    if (interrupted == 0) return 1;
    say("interrupted; nothing is left behind");
    return 130;
  }
  const Table table = make_table(run.figures(), !options.quick);
  std::printf("%s, %u processors, load %s to %s\n%s\n", cpu_name().c_str(), std::thread::hardware_concurrency(),
              load_before.c_str(), load().c_str(), versions->c_str());
  std::printf(
      "%llu rows of 305 bytes, WAL, pages of 4096, synchronous=%s, temp_store=MEMORY, cache %llu KiB while inserting,\n"
      "on %s; CPU time (user and system), median of %llu paired rounds; all engines read the same rows\n\n%s",
      static_cast<unsigned long long>(options.rows), options.synchronous.c_str(),
      static_cast<unsigned long long>(options.insert_cache_kib), folder.in_memory() ? "tmpfs" : "a disk",
      static_cast<unsigned long long>(options.rounds), table.text.c_str());
  for (const auto& title : table.missed) std::printf("missed: %s\n", title.c_str());
  return table.missed.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kiem::bench

int main(int count, char** arguments) {
  const auto options = kiem::bench::options_of({arguments + 1, arguments + count});
  if (!options) return kiem::bench::usage();
  struct sigaction action {};
  action.sa_handler = kiem::bench::interrupt;  // without SA_RESTART: a read that waits for a worker comes back
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a worker that has died is told by its silence
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return kiem::bench::bench(*options, self.parent_path());
}
