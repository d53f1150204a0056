#include "tests/simulation/village.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "tests/simulation/record_acts.hpp"

namespace kiem::test {
namespace {

constexpr std::array kNames{"Anneke V.", "Bram O.",  "Chantal D.", "Daan K.",
                            "Els P.",    "Farid M.", "Greet L.",   "Henk S."};

class Village {
 public:
  Village(std::uint64_t seed, const VillageOptions& options)
      : world_(seed), options_(options), records_(world_.chance()) {
    for (std::size_t i = 0; i < options.laptops; ++i) world_.add(kNames.at(i % kNames.size()));
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

  // What a person would do next; being told "no" is fine.
  void act() {
    SimLaptop& laptop = world_[any()];
    ++result_.acts;
    const auto titles = open_titles(laptop);
    if (titles.empty() || chance().chance(25)) {
      laptop.add_task("Taak " + std::to_string(++tasks_), static_cast<std::uint32_t>(1 + chance().below(3)));
      return;
    }
    const std::string& title = titles[chance().below(titles.size())];
    switch (chance().below(6)) {
      case 0:
      case 1:
      case 2:
        perform(laptop, ClaimTask{{}, {title}, static_cast<std::uint32_t>(1 + chance().below(2)), {}});
        break;
      case 3:
        perform(laptop, WithdrawClaim{{}, {title}, {}});
        break;
      case 4: {
        EditTask edit;
        edit.task = {title};
        edit.seats = static_cast<std::uint32_t>(1 + chance().below(4));
        edit.note = "Notitie " + std::to_string(chance().below(100));
        perform(laptop, edit);
        break;
      }
      default:
        if (chance().chance(20)) perform(laptop, CancelTask{{}, {title}, "regen"});
    }
  }

  static void perform(SimLaptop& laptop, const Request& request) {
    const auto answer = laptop.community().perform(request);
    KIEM_CHECK(answer || answer.error().fault == Fault::person);
  }

  static std::vector<std::string> open_titles(SimLaptop& laptop) {
    std::vector<std::string> titles;
    for (const auto& task : laptop.ask<Tasks>(ListTasks{}).tasks) titles.push_back(task.title);
    return titles;
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

  void compare() {
    const auto first = world_[0].dump();
    result_.operations = static_cast<std::uint64_t>(
        std::count_if(first.begin(), first.end(), [](const auto& line) { return line.starts_with("operation"); }));
    for (std::size_t i = 0; i < world_.size(); ++i) {
      if (forgot_news(world_[i])) result_.difference = "a chain has more than was covered and is not among the unseen";
    }
    // What came bit by bit is what the whole log gives at once.
    const auto health = world_[any()].ask<DoctorAnswer>(RunDoctor{});
    if (!health.views_equal) result_.difference = health.first_difference;
    for (std::size_t i = 1; i < world_.size() && result_.difference.empty(); ++i) {
      result_.difference = first_difference(first, world_[i].dump());
      if (result_.difference.empty() && world_[i].only_here() != 0) result_.difference = "something is only here";
    }
  }

  // Whoever writes looks for what it has not seen among these chains alone.
  static bool forgot_news(SimLaptop& laptop) {
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

  SimWorld world_;
  VillageOptions options_;
  VillageResult result_;
  RecordActs records_;
  std::uint64_t tasks_ = 0;
};

}  // namespace

std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() && right == b.end()) return {};
  if (left == a.end()) return "only the second has " + *right;
  if (right == b.end()) return "only the first has " + *left;
  return *left + "\n against " + *right;
}

VillageResult run_village(std::uint64_t seed, const VillageOptions& options) { return Village(seed, options).run(); }

}  // namespace kiem::test
