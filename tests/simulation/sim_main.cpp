// kiem-sim: villages at random, many of them, each from one seed; prints a line each and stops at the first that does
// not agree with itself.
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "tests/simulation/record_model.hpp"
#include "tests/simulation/scenarios.hpp"
#include "tests/simulation/village.hpp"
#include "tests/support/sim_push.hpp"
#include "tests/support/sim_script.hpp"

namespace {

int usage() {
  std::fputs(
      "kiem-sim [--seed N] [--rounds N] [--laptops N] [--acts N] [--cut PERCENT] [--copies] [--restores] [--clocks]\n"
      "  runs villages from seeds N, N+1, ... and compares all laptops after healing\n"
      "kiem-sim --scripts [--seed N] [--rounds N]\n"
      "  plays scripts of signed operations that are otherwise anything, in two orders, and compares\n"
      "kiem-sim --model [--seed N] [--rounds N]\n"
      "  compares lists with filters, orders and pages with a naive reader's of the log\n"
      "kiem-sim --scenarios [--only NAME] [--seed N] [--rounds N]\n"
      "  plays networks in parts, islands, old backups, liars, a line that breaks and clocks that jump; all must "
      "agree\n"
      "kiem-sim --push [--seed N] [--rounds N]\n"
      "  has four thousand nodes push one another news over links that lose two frames in a hundred\n",
      stderr);
  return 2;
}

// Which seed is being played stands in the last line when a property stops the program.
int play_scripts(std::uint64_t seed, std::uint64_t rounds) {
  kiem::test::ScriptStage stage;
  kiem::test::ScriptResult all;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    if (i % 100 == 0) {
      std::printf("from seed %llu: %llu scripts, %zu runs, %zu taken, %zu parked\n",
                  static_cast<unsigned long long>(seed + i), static_cast<unsigned long long>(i), all.offered, all.taken,
                  all.parked);
      std::fflush(stdout);
    }
    const auto result = stage.play(kiem::test::draw_script(seed + i));
    all.offered += result.offered;
    all.taken += result.taken;
    all.parked += result.parked;
  }
  std::printf("%llu scripts hold: %zu runs, %zu taken, %zu parked\n", static_cast<unsigned long long>(rounds),
              all.offered, all.taken, all.parked);
  return 0;
}

// The first line of each seed without a link that goes down, the second with one in twenty of them down half way.
int push(std::uint64_t seed, std::uint64_t rounds) {
  std::puts("      seed  links down  copies  hops: most  of 99 %  within 15  names  asks  missed  until ms");
  for (std::uint64_t i = 0; i < rounds; ++i) {
    for (const unsigned cut_percent : {0U, 5U}) {
      kiem::test::PushOptions options;
      options.cut_percent = cut_percent;
      const auto figures = kiem::test::push_news(seed + i, options);
      std::printf("%10llu %9u %% %7.3f %11zu %8zu %8.2f %% %6.2f %5.2f %7zu %9llu\n",
                  static_cast<unsigned long long>(seed + i), cut_percent, figures.copies, figures.most_hops,
                  figures.hops_of_99, 100 - figures.far_per_mille / 10, figures.announcements, figures.grafts,
                  figures.missed, static_cast<unsigned long long>(figures.longest_ms));
      std::fflush(stdout);
    }
  }
  return 0;
}

// Histories whose lists are compared with a naive reader's, each from one seed.
int compare_models(std::uint64_t seed, std::uint64_t rounds) {
  kiem::test::ComparedQueries all;
  const auto tell = [&](const char* begin, std::uint64_t number) {
    std::printf("%s %llu: %llu lists, %llu records in them\n", begin, static_cast<unsigned long long>(number),
                static_cast<unsigned long long>(all.queries), static_cast<unsigned long long>(all.records));
    std::fflush(stdout);
  };
  for (std::uint64_t i = 0; i < rounds; ++i) {
    if (i % 100 == 0) tell("from seed", seed + i);
    const auto compared = kiem::test::run_model_history(seed + i);
    all.queries += compared.queries;
    all.records += compared.records;
    if (compared.difference.empty()) continue;
    std::printf("%s\nplay it again with --model --seed %llu --rounds 1\n", compared.difference.c_str(),
                static_cast<unsigned long long>(seed + i));
    return 1;
  }
  tell("histories that agree, after each of their acts:", rounds);
  return 0;
}

// Each scenario from seeds seed, seed + 1, ...; one line each, and all are played whatever is found.
int play_scenarios(std::uint64_t seed, std::uint64_t rounds, std::string_view only) {
  std::string table;
  std::size_t wrong = 0, played = 0;
  for (const auto& scenario : kiem::test::scenarios()) {
    if (!std::string_view(scenario.name).starts_with(only)) continue;
    for (std::uint64_t i = 0; i < rounds; ++i) {
      ++played;
      std::fprintf(stderr, "%s: seed %llu\n", scenario.name, static_cast<unsigned long long>(seed + i));
      const auto begin = std::chrono::steady_clock::now();
      const auto result = scenario.play(seed + i, kiem::test::Size::long_form, [&](const std::string& how_far) {
        std::fprintf(stderr, "%s: %s\n", scenario.name, how_far.c_str());
      });
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
      std::array<char, 160> line{};
      std::snprintf(line.data(), line.size(), "%-10s %10llu %8zu %10llu %9llu %12llu %9llu %9llu %7llu %8.1f  %s\n",
                    scenario.name, number(seed + i), result.laptops, number(result.operations), number(result.meetings),
                    number(result.bytes), number(result.given), number(result.taken), number(result.rounds), seconds,
                    result.wrong.empty() ? "yes" : "NO");
      table += line.data();
      if (result.wrong.empty()) continue;
      ++wrong;
      std::fprintf(stderr, "%s\nplay it again with --scenarios --only %s --seed %llu --rounds 1\n",
                   result.wrong.c_str(), scenario.name, number(seed + i));
    }
  }
  if (played == 0) return usage();
  std::puts(
      "scenario         seed  laptops operations  meetings        bytes      sent       new  rounds  seconds  equal");
  std::fputs(table.c_str(), stdout);
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> asked_rounds;
  bool scripts = false, model = false, scenarios = false, pushes = false;
  std::string_view only;
  kiem::test::VillageOptions options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    bool* const asked = name == "--copies"      ? &options.copies
                        : name == "--restores"  ? &options.restores
                        : name == "--clocks"    ? &options.clocks
                        : name == "--scripts"   ? &scripts
                        : name == "--model"     ? &model
                        : name == "--scenarios" ? &scenarios
                        : name == "--push"      ? &pushes
                                                : nullptr;
    if (asked != nullptr) {
      *asked = true;
      continue;
    }
    if (i + 1 == count) return usage();
    const char* const given = arguments[++i];
    const std::uint64_t value = std::strtoull(given, nullptr, 10);
    if (name == "--seed") {
      seed = value;
    } else if (name == "--only") {
      only = given;
    } else if (name == "--rounds") {
      asked_rounds = value;
    } else if (name == "--laptops" && value >= 2 && value <= 8) {
      options.laptops = value;
    } else if (name == "--acts") {
      options.acts = value;
    } else if (name == "--cut" && value <= 100) {
      options.cut_percent = static_cast<unsigned>(value);
    } else {
      return usage();
    }
  }
  if (scenarios) return play_scenarios(seed, asked_rounds.value_or(1), only);
  const std::uint64_t rounds = asked_rounds.value_or(20);
  if (pushes) return push(seed, rounds);
  if (scripts) return play_scripts(seed, rounds);
  if (model) return compare_models(seed, rounds);
  std::puts("      seed   acts  meetings   cut  restarts  operations       bytes  equal");
  for (std::uint64_t i = 0; i < rounds; ++i) {
    const auto result = kiem::test::run_village(seed + i, options);
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("%10llu %6llu %9llu %5llu %9llu %11llu %11llu  %s\n", number(seed + i), number(result.acts),
                number(result.meetings), number(result.cuts), number(result.restarts), number(result.operations),
                number(result.bytes), result.difference.empty() ? "yes" : "NO");
    std::fflush(stdout);
    if (result.difference.empty()) continue;
    std::printf("%s\nplay it again with --seed %llu --rounds 1\n", result.difference.c_str(), number(seed + i));
    return 1;
  }
  return 0;
}
