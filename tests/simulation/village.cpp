#include "tests/simulation/village.hpp"

#include <algorithm>
#include <numeric>

#include "core/base/check.hpp"
#include "tests/simulation/record_acts.hpp"
#include "tests/simulation/task_acts.hpp"

namespace kiem::test {
namespace {

// Two seconds before a clock of 32 bits, signed or not, is full, and before time begins: each is passed while the
// village lives. The first laptop's clock stays as it is.
constexpr std::array<std::int64_t, 3> kEndsOfTime{-2'000, 2'147'483'645'000, 4'294'967'293'000};

constexpr std::array kNames{"Anneke V.", "Bram O.",  "Chantal D.", "Daan K.",
                            "Els P.",    "Farid M.", "Greet L.",   "Henk S."};

class Village {
 public:
  Village(std::uint64_t seed, const VillageOptions& options)
      : world_(seed), options_(options), records_(world_.chance()), tasks_(world_.chance()) {
    for (std::size_t i = 0; i < options.laptops; ++i) world_.add(kNames.at(i % kNames.size()));
    for (std::size_t i = 1; options.clocks && i < options.laptops; ++i) {
      world_[i].fake().clock.set_wall(kEndsOfTime.at((i - 1) % kEndsOfTime.size()));
    }
    world_.found(0, "Sociaal Tuinieren");
  }

  VillageResult run() {
    world_.network.cut_percent = options_.cut_percent;
    world_.network.jitter_ms = 40;
    for (std::size_t i = 0; i < options_.acts; ++i) {
      if (i % 20 == 5) records_.extend(world_[0]);
      if (chance().chance(40)) {
        records_.act(world_[any()]);
      } else {
        act();
      }
      if (options_.copies && i == options_.acts / 2) world_.copy(any());
      if (options_.restores && i == options_.acts / 4) back_up();
      if (options_.restores && i == options_.acts * 3 / 4) restore();
      if (chance().chance(45)) meet();
      if (chance().chance(5)) restart();
    }
    world_.heal();
    compare();
    return result_;
  }

 private:
  SeededRng& chance() { return world_.chance(); }
  std::size_t any() { return chance().below(world_.size()); }

  void act() {
    ++result_.acts;
    tasks_.act(world_[any()]);
  }

  void meet() {
    const std::size_t a = any(), b = any();
    if (a == b) return;
    ++result_.meetings;
    SimLink& link = world_.connect(a, b);
    if (chance().chance(10)) link.block(chance().below(2), true);
    // Some meetings are left half way; some last while others begin.
    world_.run_until([&] { return link.is_level() || !link.is_up(); }, 20 + chance().below(60'000));
    result_.bytes += link.traffic().all_bytes();
    if (link.is_up() && chance().chance(40)) return;
    if (!link.is_level()) ++result_.cuts;
    link.cut();
    world_.forget_links();
  }

  void restart() {
    ++result_.restarts;
    world_[any()].restart();
  }

  void back_up() {
    backed_up_ = any();
    backup_ = world_[backed_up_].back_up("kiem-kopie");
  }

  void restore() {
    ++result_.restores;
    SimLaptop& laptop = world_[world_.restore(backed_up_, backup_)];
    laptop.ask<CopyEnrolled>(laptop.words());
  }

  void compare() {
    const auto first = world_[0].dump();
    result_.operations = static_cast<std::uint64_t>(
        std::count_if(first.begin(), first.end(), [](const auto& line) { return line.starts_with("operation"); }));
    std::vector<std::size_t> all(world_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    result_.difference = what_differs(world_, all);
  }

  SimWorld world_;
  VillageOptions options_;
  VillageResult result_;
  RecordActs records_;
  TaskActs tasks_;
  std::size_t backed_up_ = 0;
  std::filesystem::path backup_;
};

// Whoever writes looks for what it has not seen among these chains alone.
bool forgot_news(SimLaptop& laptop) {
  const auto reader = laptop.community().open_reader();
  KIEM_CHECK(reader.has_value());
  auto ask = (*reader)->prepare(
      "SELECT count(*) FROM tip t JOIN operation o USING(operation) LEFT JOIN covered v ON v.chain = t.chain "
      "WHERE o.seq > coalesce(v.seq, -1) AND t.chain NOT IN (SELECT chain FROM unseen)");
  KIEM_CHECK(ask.has_value());
  const auto row = ask->step();
  KIEM_CHECK(row && *row);
  return ask->integer(0) != 0;
}

}  // namespace

std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() && right == b.end()) return {};
  if (left == a.end()) return "only the second has " + *right;
  if (right == b.end()) return "only the first has " + *left;
  return *left + "\n against " + *right;
}

std::string what_differs(SimWorld& world, const std::vector<std::size_t>& laptops) {
  const auto first = world[laptops.front()].dump();
  const auto lacking = world[laptops.front()].lacking();
  for (const std::size_t i : laptops) {
    if (forgot_news(world[i])) return "a chain has more than was covered and is not among the unseen";
    const auto difference = first_difference(first, world[i].dump());
    if (!difference.empty()) return difference;
    const auto other_parts = first_difference(lacking, world[i].lacking());
    if (!other_parts.empty()) return other_parts;
    if (world[i].only_here() != 0) return "something is only here";
  }
  // What came bit by bit is what the whole log gives at once.
  const auto health = world[laptops[world.chance().below(laptops.size())]].ask<DoctorAnswer>(RunDoctor{});
  return health.views_equal ? std::string{} : health.first_difference;
}

VillageResult run_village(std::uint64_t seed, const VillageOptions& options) { return Village(seed, options).run(); }

}  // namespace kiem::test
