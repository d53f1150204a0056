#include "tests/faults/kills.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>

#include "tests/faults/kiem_home.hpp"
#include "tests/faults/stream_file.hpp"

namespace kiem::test {
namespace {

// Kills the process when so many microseconds have gone, unless it has ended before.
void kill_after(Process& process, std::uint64_t microseconds) {
  if (!has_ended_within(process, microseconds)) process.signal(SIGKILL);
}

// How long a run takes on this machine when nobody kills it, so that moments fall into it on a slow one too.
std::uint64_t microseconds_of(const std::function<void()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  return static_cast<std::uint64_t>(taken.count());
}

// The last whole line as a number, `otherwise` without any.
std::int64_t last_number(const std::string& out, std::int64_t otherwise) {
  const auto end = out.rfind('\n');
  if (end == std::string::npos) return otherwise;
  const auto begin = end == 0 ? std::string::npos : out.rfind('\n', end - 1);
  const auto line =
      out.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin + 1));
  return line.find_first_not_of("0123456789") == std::string::npos ? std::strtoll(line.c_str(), nullptr, 10) : -1;
}

}  // namespace

void kill_merging_child(std::uint64_t seed, std::uint64_t rounds, Findings& findings) {
  SeededRng chance(seed);
  const StoreHome folder;
  const auto stream_file = folder.other("stream");
  FakeEnv env(seed);
  const auto base = folder.other("base");
  const auto stream = make_merge_stream(base, 60, env);
  write_stream(stream, stream_file);
  FaultVfs vfs;  // its syncs cost nothing
  std::int64_t acknowledged = static_cast<std::int64_t>(stream.operations.size());
  const std::vector<std::string> typed{folder.path().string(), stream_file.string()};
  copy_home(base, folder.path());
  const auto usual =
      microseconds_of([&] { KIEM_CHECK(Process(KIEM_MERGE_CHILD, typed, Process::Input::empty).wait().code == 0); });
  for (std::uint64_t round = 0; round < rounds; ++round) {
    if (acknowledged == static_cast<std::int64_t>(stream.operations.size())) {
      copy_home(base, folder.path());
      acknowledged = 0;
    }
    // About four kills to a stream.
    const auto moment = chance.below(usual / 2 + 1);
    Process child(KIEM_MERGE_CHILD, typed, Process::Input::empty);
    kill_after(child, moment);
    const auto ended = child.wait();
    const auto told = last_number(ended.out, acknowledged);
    const auto problem = [&](const std::string& what) {
      findings.problem("merging child, seed " + std::to_string(seed) + ", round " + std::to_string(round) +
                       ", killed after " + std::to_string(moment) + " us: " + what);
    };
    if (told < acknowledged || (ended.code != 0 && ended.code != 128 + SIGKILL)) {
      problem("ended with " + std::to_string(ended.code) + ": " + ended.out + ended.err);
    }
    const auto store = open_store(folder.path(), env, vfs.name());
    const Seen seen = store ? see_merged(**store, stream.base) : Seen{0, "refused with " + code_text(store.error())};
    if (!seen.wrong.empty()) problem(seen.wrong);
    if (seen.wrong.empty() && (seen.moment < told || seen.moment > told + 1)) {
      problem(std::to_string(told) + " acknowledged, " + std::to_string(seen.moment) + " there");
    }
    const bool moved = seen.moment > acknowledged;
    acknowledged = seen.moment;
    if (!findings.count(ended.code == 0 ? "ended by itself"
                        : moved         ? "killed amid commits"
                                        : "killed before any commit")) {
      return;
    }
  }
}

void kill_kiem_while_it_syncs(std::uint64_t seed, std::uint64_t rounds, Findings& findings) {
  constexpr std::size_t kTasks = 150;
  SeededRng chance(seed);
  const StoreHome folder;
  const KiemHome noor{folder.other("noor")};
  const KiemHome piet{folder.other("piet")};
  const KiemHome copy{folder.other("copy")};
  static_cast<void>(noor.must({"init", "--name", "Noor", "--practice"}));
  static_cast<void>(noor.must({"initiative", "create", "Tuin"}));
  static_cast<void>(piet.must({"init", "--name", "Piet", "--practice"}));
  Process node({"--home", noor.home.string(), "node", "--listen", "tcp://127.0.0.1:0"});
  const auto address = node.line();
  auto invitation = noor.must({"invite"});
  invitation.resize(invitation.find('\n'));
  static_cast<void>(piet.must({"join", invitation}));
  std::string list = "titel,mensen\n";
  for (std::size_t i = 0; i < kTasks; ++i) list += "Van Noor " + std::to_string(i) + ",2\n";
  write_all(folder.other("list.csv"), view(list));
  static_cast<void>(noor.must({"import", folder.other("list.csv").string()}));

  const auto begin_anew = [&] {
    std::filesystem::remove_all(copy.home);
    std::filesystem::copy(piet.home, copy.home, std::filesystem::copy_options::recursive);
  };
  begin_anew();
  const auto usual = microseconds_of([&] { static_cast<void>(copy.must({"sync", address})); });
  for (std::uint64_t round = 0; round < rounds; ++round) {
    begin_anew();
    const auto moment = chance.below(usual + usual / 4);
    const auto problem = [&](const std::string& what) {
      findings.problem("kiem sync, seed " + std::to_string(seed) + ", round " + std::to_string(round) +
                       ", killed after " + std::to_string(moment) + " us: " + what);
    };
    Process sync({"--home", copy.home.string(), "sync", address});
    kill_after(sync, moment);
    const auto ended = sync.wait();
    if (ended.code != 0 && ended.code != 128 + SIGKILL)
      problem("sync ended with " + std::to_string(ended.code) + ended.err);
    const auto looked = copy.run({"doctor"});
    if (looked.code != 0) problem("doctor: " + looked.out + looked.err);
    const auto before = lines_with(copy.must({"task", "list"}), "Van Noor ");
    const auto added = copy.run({"task", "add", "Van Piet"});
    if (added.code != 0) problem("cannot go on: " + added.err);
    // What is missing comes with the next meeting, and what was acknowledged to Piet is still there.
    const auto again = copy.run({"sync", address});
    const auto after = copy.must({"task", "list"});
    if (again.code != 0 || lines_with(after, "Van Noor ") != kTasks || lines_with(after, "Van Piet") == 0) {
      problem("not all is there after the next meeting: " + again.err);
    }
    if (!findings.count(before == 0        ? "killed before anything came"
                        : before == kTasks ? "all was there"
                                           : "killed amid it")) {
      return;
    }
  }
}

}  // namespace kiem::test
