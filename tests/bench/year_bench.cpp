// kiem-bench: the operation script "a neighbourhood year" through the real engine, and one table of what it costs.
//
// Every operation is signed, sealed, durable and shown in the views, as the product does it; answers are checked
// against a model that knows nothing of Kiem, and replicas against each other. Figures are CPU time of all threads
// where nothing else is said: on a shared machine wall time says how busy it was.
// Exit code 0: every answer was right; 1: one was not, or something failed; 2: usage.
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

#include "core/replica.hpp"
#include "tests/bench/engine.hpp"
#include "tests/bench/year_town.hpp"

namespace kiem::bench {

void stop(const std::string& what) {
  std::fprintf(stderr, "kiem-bench: %s\n", what.c_str());
  std::exit(1);
}

namespace {

namespace fs = std::filesystem;

// So many operations at once where the year is built up and not measured.
constexpr std::size_t kAtOnce = 100;
constexpr double kQuerySeconds = 0.2;

struct Options {
  fs::path script, dir, json;
  std::string rows = "ABCDEF";
  std::size_t lengthen = 0;
  [[nodiscard]] bool wants(std::string_view letters) const { return rows.find_first_of(letters) != std::string::npos; }
};

int usage() {
  std::fputs(
      "kiem-bench FILE.jsonl [--dir FOLDER] [--rows LETTERS] [--lengthen N] [--json FILE]\n"
      "  --dir: where the stores of this run are made (and removed); else in the folder for temporary files\n"
      "  --rows: only these rows of the table and what must come before them (CDE is one, B and F need A)\n"
      "  --json: adds the figures to that file, a line a phase\n",
      stderr);
  return 2;
}

std::optional<Options> options_of(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--dir" && has_value) {
      options.dir = words[++i];
    } else if (words[i] == "--json" && has_value) {
      options.json = words[++i];
    } else if (words[i] == "--lengthen" && has_value) {
      options.lengthen = std::strtoull(words[++i].c_str(), nullptr, 10);
    } else if (words[i] == "--rows" && has_value) {
      options.rows = words[++i];
    } else if (words[i].starts_with("--") || !options.script.empty()) {
      return std::nullopt;
    } else {
      options.script = words[i];
    }
  }
  return options.script.empty() ? std::nullopt : std::optional(options);
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double memory_mb() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  }
  return 0;
}

std::string text_of(double value, int digits = 0) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

// How often a second this folder's disk takes 200 bytes for good.
double raw_flushes(const fs::path& folder) {
  const fs::path file = folder / "flushes";
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (handle < 0) stop("cannot write " + file.string());
  const std::string bytes(200, 'x');
  int flushes = 0;
  const double begin = wall_seconds();
  while (wall_seconds() - begin < 0.3) {
    if (::write(handle, bytes.data(), bytes.size()) < 0 || ::fdatasync(handle) != 0) stop("cannot flush");
    ++flushes;
  }
  const double seconds = wall_seconds() - begin;
  ::close(handle);
  fs::remove(file);
  return flushes / seconds;
}

class Year {
 public:
  Year(const YearScript& script, fs::path dir, Options options)
      : script_(script), dir_(std::move(dir)), options_(std::move(options)), neighbours_(script.volunteers) {
    for (const YearOp* op : script.of("0AB")) expected_.apply(*op);
  }

  [[nodiscard]] bool run() {
    set_up();
    if (options_.wants("ABF") || options_.lengthen > 0) {
      write_alone();
      write_together();
    }
    if (options_.wants("B")) open_cold();
    if (options_.lengthen > 0) open_long();
    if (options_.wants("CDE")) meet_apart();
    if (options_.wants("F")) ask_board();
    std::printf(
        "\nScript %s: %zu operations by %zu people on %zu devices. Rates and times are of CPU time, all\n"
        "threads; bytes are of all frames of a session, both ways. Where script and product differ:\n"
        "tests/bench/year_town.hpp.\n",
        script_.size.c_str(), script_.of("0AB").size(), neighbours_.size(), 2 * neighbours_.size());
    return right_;
  }

 private:
  // One store with all neighbours in it, its copies, and two laptops that joined it while it was empty.
  void set_up() {
    left_ = std::make_unique<YearHome>(dir_ / "left", "Ans", 1);
    right_home_ = std::make_unique<YearHome>(dir_ / "right", "Bo", 2);
    empty_ = std::make_unique<YearHome>(dir_ / "empty", "Cas", 3);
    {
      const auto community = left_->open_community();
      static_cast<void>(need(community->perform(CreateInitiative{"Jaar"}), "founding"));
    }
    YearTown(*left_, neighbours_).admit_all();
    for (YearHome* joiner : {right_home_.get(), empty_.get()}) {
      auto invitation = need(left_->open_community()->replica().invite({}, Role::volunteer), "inviting");
      static_cast<void>(meet(*joiner, *left_, std::move(invitation.seed)));
    }
    alone_ = std::make_unique<YearHome>(*left_, dir_ / "alone", 4);
    together_ = std::make_unique<YearHome>(*left_, dir_ / "together", 5);
    std::puts("| | what | figures |\n| --- | --- | --- |");
  }

  void row(const char* letter, const char* what, const std::string& figures) {
    std::printf("| %s | %s | %s |\n", letter, what, figures.c_str());
    std::fflush(stdout);
  }
  // In the form of the peers' own results, so that one table can be made of all.
  void note(const char* phase, const std::string& members) {
    if (options_.json.empty()) return;
    std::ofstream out(options_.json, std::ios::app);
    out << R"({"peer":"kiem","size":")" << script_.size << R"(","phase":")" << phase << "\"," << members << "}\n";
  }
  void check(bool holds, const char* what) {
    if (holds) return;
    right_ = false;
    std::fprintf(stderr, "kiem-bench: %s\n", what);
  }

  void write_alone() {
    const double raw = raw_flushes(dir_);
    const auto ops = script_.of("0AB");
    YearTown town(*alone_, neighbours_);
    YearNames names;
    const double wall = wall_seconds();
    const double begin = cpu_seconds();
    town.play(ops, 1, names);
    const double cpu = cpu_seconds() - begin;
    const double seconds = wall_seconds() - wall;
    check(town.board(script_) == expected_.board(script_), "A: the board is not the model's");
    const double count = static_cast<double>(ops.size());
    row("A", "local write, one operation a commit",
        text_of(count / cpu) + " op/s, by the wall " + text_of(count / seconds) + " op/s; raw flushes " + text_of(raw) +
            "/s before, " + text_of(raw_flushes(dir_)) + "/s after");
    note("A1", "\"opsPerS\":" + text_of(count / cpu) + ",\"opsPerSWall\":" + text_of(count / seconds) +
                   ",\"rawFlushes\":" + text_of(raw));
  }

  void write_together() {
    const auto ops = script_.of("0AB");
    YearTown town(*together_, neighbours_);
    YearNames& names = together_names_;
    const double wall = wall_seconds();
    const double begin = cpu_seconds();
    town.play(ops, kAtOnce, names);
    const double cpu = cpu_seconds() - begin;
    const double seconds = wall_seconds() - wall;
    check(town.board(script_) == expected_.board(script_), "A: the board is not the model's, 100 a commit");
    const double count = static_cast<double>(ops.size());
    row("A", "local write, 100 operations a commit",
        text_of(count / cpu) + " op/s, by the wall " + text_of(count / seconds) + " op/s");
    note("A100", "\"opsPerS\":" + text_of(count / cpu) + ",\"opsPerSWall\":" + text_of(count / seconds));
  }

  void open_cold() {
    malloc_trim(0);
    const double before = memory_mb();
    const double begin = cpu_seconds();
    YearTown town(*alone_, neighbours_);
    const auto board = town.board(script_);
    const double cpu = cpu_seconds() - begin;
    const double grown = memory_mb() - before;
    check(board == expected_.board(script_), "B: the board is not the model's");
    const double kib = static_cast<double>(alone_->bytes()) / 1024;
    row("B", "size, cold open to the first answer, memory",
        text_of(kib) + " KiB on disk; " + text_of(cpu * 1e3, 1) + " ms; " + text_of(grown, 1) + " MB more");
    note("B", "\"saveBytes\":" + std::to_string(alone_->bytes()) + ",\"cpuMs\":" + text_of(cpu * 1e3, 3) +
                  ",\"rssMB\":" + text_of(grown, 1) + ",\"rssBaseMB\":0");
  }

  // The year and so many operations more: opened cold, and some days written once more, beside the same without them.
  void open_long() {
    std::vector<const YearOp*> again;
    for (const YearOp* op : script_.of("AB")) {
      const bool is_edit = op->kind == YearKind::state || op->kind == YearKind::due;
      if (is_edit && again.size() < 500) again.push_back(op);
    }
    YearHome usual(*together_, dir_ / "usual", 6);
    YearHome longer(*together_, dir_ / "longer", 7);
    YearTown(longer, neighbours_).lengthen(options_.lengthen);
    malloc_trim(0);
    const double before = memory_mb();
    const double begin = cpu_seconds();
    YearTown opened(longer, neighbours_);
    const auto board = opened.board(script_);
    const double open_cpu = cpu_seconds() - begin;
    const double grown = memory_mb() - before;
    check(board == expected_.board(script_), "B: the board of the longer log is not the model's");
    const auto written = [&](YearTown& town) {
      YearNames names = together_names_;
      const double start = cpu_seconds();
      town.play(again, kAtOnce, names);
      return static_cast<double>(again.size()) / (cpu_seconds() - start);
    };
    const double longer_rate = written(opened);
    YearTown beside(usual, neighbours_);
    const double usual_rate = written(beside);
    row("B", "the same with a longer log",
        std::to_string(options_.lengthen) +
            " operations more: " + text_of(static_cast<double>(longer.bytes()) / 1048576) + " MiB on disk; " +
            text_of(open_cpu * 1e3, 1) + " ms to the first answer, " + text_of(grown, 1) + " MB more; then writes " +
            text_of(longer_rate) + " op/s, without them " + text_of(usual_rate));
  }

  void play(YearHome& home, std::string_view branches, YearNames& names) {
    YearTown(home, neighbours_).play(script_.of(branches), kAtOnce, names);
  }

  void meet_apart() {
    // Both have the first half; each goes on alone.
    YearNames left_names;
    play(*left_, "0", left_names);
    static_cast<void>(meet(*right_home_, *left_));
    YearNames right_names = left_names;
    play(*left_, "A", left_names);
    play(*right_home_, "B", right_names);
    const auto apart = meet(*right_home_, *left_);
    const double merged = static_cast<double>(script_.of("AB").size());
    check_same("C: the two do not have the same");
    row("C", "merge of two diverged halves", figures_of(apart, merged));
    note("C", json_of(apart, merged));

    const auto join = meet(*empty_, *left_);
    const double all = static_cast<double>(script_.of("0AB").size());

    right_names.records.insert(left_names.records.begin(), left_names.records.end());
    left_names.records = right_names.records;
    // After the merge a text is whatever the registers picked; an edit replaces that, so each may go on with its own.
    for (const YearOp* op : script_.of("A")) right_names.model.apply(*op);
    for (const YearOp* op : script_.of("B")) left_names.model.apply(*op);
    play(*left_, "X", left_names);
    play(*right_home_, "Y", right_names);
    const auto small = meet(*right_home_, *left_);
    check_same("D: the two do not have the same");
    row("D", "difference of 10 and 10 operations",
        text_of(static_cast<double>(small.bytes) / 1024, 2) + " KiB, " + text_of(small.cpu_seconds * 1e3, 1) + " ms, " +
            std::to_string(small.legs) + " legs");
    note("D", json_of(small, 20));
    const auto warm = meet_in_use();
    row("D", "the same in stores that are in use, ten new tasks on each",
        text_of(static_cast<double>(warm.bytes) / 1024, 2) + " KiB, " + text_of(warm.cpu_seconds * 1e3, 1) + " ms, " +
            std::to_string(warm.legs) + " legs");
    row("E", "bulk join from empty", figures_of(join, all));
    note("E", json_of(join, all));
  }

  // Two laptops that have met in this hour, at which their own people write.
  MeetingFigures meet_in_use() {
    const auto right = right_home_->open_community();
    const auto left = left_->open_community();
    const auto add_ten = [](Community& community) {
      for (int i = 0; i < 10; ++i) {
        AddTask task;
        task.title = "Heg knippen " + std::to_string(i);
        static_cast<void>(need(community.perform(task), "adding a task"));
      }
    };
    MeetingFigures figures;
    for (int meeting = 0; meeting < 2; ++meeting) {
      add_ten(*right);
      add_ten(*left);
      figures = meet(*right, *left);
    }
    return figures;
  }

  void check_same(const char* what) {
    const auto left = YearTown(*left_, neighbours_).dump();
    check(left == YearTown(*right_home_, neighbours_).dump(), what);
  }

  void ask_board() {
    YearTown town(*alone_, neighbours_);
    const auto expected = expected_.board(script_);
    bool same = town.board(script_) == expected;
    std::size_t times = 0;
    const double begin = cpu_seconds();
    while (cpu_seconds() - begin < kQuerySeconds) {
      for (int i = 0; i < 100; ++i) same = town.board(script_).size() == expected.size() && same;
      times += 100;
    }
    const double ms = (cpu_seconds() - begin) * 1e3 / static_cast<double>(times);
    check(same, "F: the board is not the model's");
    row("F", "task board of 14 days",
        text_of(ms, 4) + " ms, " + std::to_string(expected.size()) + " rows, as the model has them");
    note("F", "\"cpuMs\":" + text_of(ms, 5) + ",\"queryOk\":" + (same ? "true" : "false"));
  }

  static std::string figures_of(const MeetingFigures& figures, double operations) {
    return text_of(operations / figures.cpu_seconds) + " op/s, " + text_of(static_cast<double>(figures.bytes) / 1024) +
           " KiB, " + text_of(figures.cpu_seconds * 1e3) + " ms, " + std::to_string(figures.legs) + " legs";
  }
  static std::string json_of(const MeetingFigures& figures, double operations) {
    return "\"opsPerS\":" + text_of(operations / figures.cpu_seconds) + ",\"bytes\":" + std::to_string(figures.bytes) +
           ",\"cpuMs\":" + text_of(figures.cpu_seconds * 1e3, 2) + ",\"legs\":" + std::to_string(figures.legs);
  }

  const YearScript& script_;
  fs::path dir_;
  Options options_;
  YearNeighbours neighbours_;
  YearModel expected_;
  YearNames together_names_;
  std::unique_ptr<YearHome> left_, right_home_, empty_, alone_, together_;
  bool right_ = true;
};

int run(const Options& options) {
  const YearScript script = read_year(options.script);
  const fs::path parent = options.dir.empty() ? fs::temp_directory_path() : options.dir;
  std::string folder = (parent / "kiem-year-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) stop("no folder can be made in " + parent.string());
  const bool right = Year(script, folder, options).run();
  fs::remove_all(folder);
  return right ? 0 : 1;
}

}  // namespace
}  // namespace kiem::bench

int main(int argc, char** argv) {
  const auto options = kiem::bench::options_of({argv + 1, argv + argc});
  return options ? kiem::bench::run(*options) : kiem::bench::usage();
}
