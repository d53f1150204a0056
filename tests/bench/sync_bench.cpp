// bench_sync: what meetings cost, beside what was aimed at and what range reconciliation costs on the same cases.
//
// Bytes are counted where frames leave a session, by kind of message: *identification* is everything by which the two
// find out who lacks what; segments are the operations' own; the rest ends rounds and acknowledges. Round trips are
// counted until the first operation is sent, on a link on which everything else takes no time worth mentioning. Work is
// steps of SQLite's machine in both stores: the same on every laptop.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/bench/sync_world.hpp"
#include "tests/support/sim_push.hpp"

namespace {

using namespace kiem;
using kiem::bench::SyncWorld;
using kiem::test::Meeting;
using kiem::test::Traffic;

constexpr std::uint64_t kAnyTime = 3'600'000'000;
constexpr std::uint64_t kLatencyMs = 2'000;

struct Size {
  std::size_t devices = 1'000;
  std::size_t operations = 20'000;
  std::size_t pushing = 4'000;  // nodes along whose trees news goes
  bool quick = false;
};

struct Target {
  const char* name;
  std::uint64_t bytes = 0;  // of identification; 0: none
  double turns = 0;         // round trips to the first operation, or to being level when there is none
  const char* others;       // negentropy with the fetch, in sync.md
};

struct Cost {
  std::uint64_t identification = 0, segments = 0, rest = 0, work = 0;
  double first = 0, level = 0;  // round trips
  bool is_level = false;
};

bool is_segment(const wire::Message& message) {
  return std::holds_alternative<wire::Segments>(message) || std::holds_alternative<wire::Piece>(message);
}
bool is_closing(const wire::Message& message) {
  return std::holds_alternative<wire::Done>(message) || std::holds_alternative<wire::Level>(message) ||
         std::holds_alternative<wire::Ack>(message) || std::holds_alternative<wire::Bye>(message);
}

template <std::size_t... Index>
std::array<wire::Message, sizeof...(Index)> one_of_each(std::index_sequence<Index...>) {
  return {wire::Message(std::in_place_index<Index>)...};
}

std::uint64_t work_of(SyncWorld& village) {
  return village.world()[0].replica().work() + village.world()[1].replica().work();
}

class Bench {
 public:
  explicit Bench(const Size& size) : size_(size), village_(1, size.devices) {
    std::printf("%zu devices in, %llu operations of membership\n", size.devices,
                static_cast<unsigned long long>(*village_.world()[0].replica().counter()));
    std::fflush(stdout);
    village_.write(size.operations, {0}, 365);
    KIEM_CHECK(village_.world().meet(0, 1, kAnyTime).level);
    village_.world().network.latency_ms = kLatencyMs;
  }

  bool run() {
    std::printf("%zu operations by %zu devices\n\n", size_.operations, size_.devices);
    std::printf("%-34s %8s %8s %6s %6s %6s %10s %9s %10s  %s\n", "case", "bytes", "at most", "RT", "level", "chains",
                "operations", "closing", "work", "negentropy");
    meet({"nothing new", 66, 1, "338 B, 1 RT"}, 0);
    meet({"1 new operation", 72, 1, "2.3 KB, 4 RT"}, 1);
    meet({"10 new", 110, 1, "2.5 KB, 4 RT"}, 10);
    meet({"100 new", 274, 1, "6.9 KB, 4 RT"}, 100);
    meet({"100 new, scattered over a year", 274, 1, "165 KB, 4 RT"}, 100, 365);
    meet({"1000 new", 770, 1, "50 KB, 4 RT"}, 1'000);
    if (!size_.quick) meet({"10000 new", 1'370, 1, "490 KB, 4 RT"}, 10'000);
    meet_warm();
    join();
    cut();
    push();
    std::printf("\n%s\n", missed_ == 0 ? "Everything holds." : "NOT everything holds.");
    return missed_ == 0;
  }

 private:
  Cost cost_of(const Meeting& meeting, std::uint64_t begun_ms) const {
    static const auto kinds = one_of_each(std::make_index_sequence<std::variant_size_v<wire::Message>>());
    Cost cost;
    const Traffic& traffic = meeting.traffic;
    for (const auto& direction : traffic.kind_bytes) {
      for (std::size_t i = 0; i < kinds.size(); ++i) {
        (is_segment(kinds[i]) ? cost.segments : is_closing(kinds[i]) ? cost.rest : cost.identification) += direction[i];
      }
    }
    const auto trips = [&](std::uint64_t ms) {
      return ms <= begun_ms ? 0.0 : static_cast<double>((ms - begun_ms + kLatencyMs / 2) / kLatencyMs) / 2;
    };
    std::uint64_t first = 0;
    for (const std::uint64_t each : traffic.first_segment_ms) {
      if (each != 0 && (first == 0 || each < first)) first = each;
    }
    cost.level = trips(meeting.level_ms);
    // It was sent half a round trip before it got there.
    cost.first = first == 0 ? cost.level : trips(first - kLatencyMs);
    cost.is_level = meeting.level;
    return cost;
  }

  void meet(const Target& target, std::size_t count, std::int64_t spread_days = 0) {
    village_.write(count, {0, 1}, spread_days);
    auto& world = village_.world();
    const std::uint64_t work = work_of(village_), begun = world.now_ms();
    const Meeting met = world.meet(0, 1, kAnyTime);
    Cost cost = cost_of(met, begun);
    cost.work = work_of(village_) - work;
    print(target, cost, village_.touched());
    // Whatever else is going on between the two is over before the next case.
    KIEM_CHECK(world.meet(0, 1, kAnyTime).level);
  }

  // Two nodes that run: what was read once is not read again, however many chains there are.
  void meet_warm() {
    auto& world = village_.world();
    constexpr std::uint64_t kAtMost = 3'000;
    const std::uint64_t before = work_of(village_);
    KIEM_CHECK(world.meet(0, 1, kAnyTime).level);
    const std::uint64_t work = work_of(village_) - before;
    const bool holds = work <= kAtMost;
    if (!holds) ++missed_;
    std::printf(
        "%-34s %llu steps of SQLite's machine in both stores, at most %llu, whatever the number of chains  %s\n",
        "nothing new, between running nodes", static_cast<unsigned long long>(work),
        static_cast<unsigned long long>(kAtMost), holds ? "holds" : "MISSED");
  }

  // A newcomer whose link is cut twenty times: at most one window is sent again each time.
  void cut() {
    auto& world = village_.world();
    const std::size_t joiner = world.add("Dirk P.");
    auto invitation = world[0].replica().invite({}, Role::volunteer);
    KIEM_CHECK(invitation.has_value());
    std::uint64_t sent = 0;
    int cuts = 0;
    for (; cuts < 20; ++cuts) {
      auto& link = world.connect(joiner, 0, cuts == 0 ? std::move(invitation->seed) : SecretBytes{});
      const std::uint64_t until = 1 + joined_bytes_ / 40 + world.chance().below(joined_bytes_ / 30 + 1);
      world.run_until([&] { return link.traffic().all_segment_bytes() >= until || link.is_level() || !link.is_up(); },
                      kAnyTime);
      sent += link.traffic().all_segment_bytes();
      link.cut();
      world.forget_links();
    }
    const Meeting last = world.meet(joiner, 0, kAnyTime);
    sent += last.traffic.all_segment_bytes();
    const std::uint64_t most = joined_bytes_ + joined_bytes_ / 50 + 20 * std::uint64_t{SessionLimits{}.window};
    const bool holds = last.level && sent <= most;
    if (!holds) ++missed_;
    std::printf("%-34s %llu bytes of operations sent, %llu without a cut, at most %llu with a window each  %s\n",
                "a newcomer, cut 20 times by lot", static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(joined_bytes_), static_cast<unsigned long long>(most),
                holds ? "holds" : "MISSED");
  }

  void push() {
    test::PushOptions options;
    options.nodes = size_.pushing;
    for (const unsigned loss : {20U, 0U}) {
      options.loss_per_mille = loss;
      const auto figures = test::push_news(1, options);
      const bool few = figures.copies <= 1.15 && figures.missed == 0;
      const bool near = figures.most_hops <= 15;
      if (!few || !near) ++missed_;
      std::printf(
          "news to %zu nodes, %.1f %% lost       %.3f copies a node (at most 1.15), %zu hops (at most 15), "
          "%.2f names, %llu ms  %s\n",
          options.nodes, loss / 10.0, figures.copies, figures.most_hops, figures.announcements,
          static_cast<unsigned long long>(figures.longest_ms), few && near ? "holds" : "MISSED");
    }
  }

  void join() {
    auto& world = village_.world();
    const std::size_t joiner = world.add("Chantal D.");
    auto invitation = world[0].replica().invite({}, Role::volunteer);
    KIEM_CHECK(invitation.has_value());
    const std::uint64_t begun = world.now_ms();
    auto& link = world.connect(joiner, 0, std::move(invitation->seed));
    KIEM_CHECK(world.run_until([&] { return link.is_level() || !link.is_up(); }, kAnyTime));
    const std::uint64_t plain = link.dialler().plain_bytes_given() + link.accepter().plain_bytes_given();
    const Meeting met{link.traffic(), link.is_level(), world.now_ms(), link.dialler().end(), link.accepter().end()};
    link.cut();
    world.forget_links();
    const Cost cost = cost_of(met, begun);
    // Two turns to be let in, two for the acts of membership, then the operations.
    print({"a newcomer's first meeting", 11'000, 4, "2.3-10,500 KB"}, cost, size_.devices);
    const double share = static_cast<double>(met.traffic.all_bytes()) / static_cast<double>(plain);
    std::printf(
        "%-34s %8.3f %8.2f times the operations' own bytes (in segments, not packed); negentropy 1.21, strfry 20,000 "
        "RT\n",
        "", share, 1.02);
    joined_bytes_ = cost.segments;
    if (share > 1.02) ++missed_;
  }

  void print(const Target& target, const Cost& cost, std::size_t chains) {
    const bool holds = cost.is_level && cost.identification <= target.bytes && cost.first <= target.turns;
    if (!holds) ++missed_;
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("%-34s %8llu %8llu %6.1f %6.1f %6zu %10llu %9llu %10llu  %-14s %s\n", target.name,
                number(cost.identification), number(target.bytes), cost.first, cost.level, chains,
                number(cost.segments), number(cost.rest), number(cost.work), target.others, holds ? "holds" : "MISSED");
    std::fflush(stdout);
  }

  Size size_;
  SyncWorld village_;
  std::uint64_t joined_bytes_ = 0;
  int missed_ = 0;
};

int usage() {
  std::fputs("bench_sync [--quick] [--devices N] [--operations N]\n", stderr);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  Size size;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--quick") {
      size = {30, 400, 300, true};
    } else if (i + 1 < count && name == "--devices") {
      size.devices = std::strtoull(arguments[++i], nullptr, 10);
    } else if (i + 1 < count && name == "--operations") {
      size.operations = std::strtoull(arguments[++i], nullptr, 10);
    } else {
      return usage();
    }
  }
  return Bench(size).run() ? 0 : 1;
}
