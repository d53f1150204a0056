// A network in parts: who may call whom, for how long, and who still hears whom.
#include <algorithm>
#include <set>

#include "tests/simulation/scenario_parts.hpp"

namespace kiem::test {
namespace {

constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;

std::size_t laptops_of(Size size) { return size == Size::brief ? 6 : 24; }
std::size_t rounds_of(Size size) { return size == Size::brief ? 4 : 12; }

// Everybody has something that nobody else has: whatever chance drew before, there is something to agree on.
void each_adds(Neighbourhood& all) {
  for (const std::size_t laptop : all.present) all.world[laptop].add_task("Het laatste " + std::to_string(laptop));
}

}  // namespace

ScenarioResult play_halves(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, laptops_of(size));
  all.live(rounds_of(size), kWriters, [](std::size_t a, std::size_t b) { return a % 2 == b % 2; });
  each_adds(all);
  told("two halves meet again");
  all.agree(kMostRounds, Neighbourhood::anybody);
  all.must_not_repeat();
  return all.result;
}

ScenarioResult play_bridge(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, laptops_of(size));
  // The last one: not the founder, who settles most of what is claimed.
  const std::size_t bridge = all.present.back();
  const auto may = [&](std::size_t a, std::size_t b) { return a == bridge || b == bridge || a % 2 == b % 2; };
  all.live(rounds_of(size), kWriters, [](std::size_t a, std::size_t b) { return a % 2 == b % 2; });
  each_adds(all);
  told("one laptop goes to and fro between two halves");
  all.live(rounds_of(size), kWriters, may);
  all.agree(kMostRounds, may);
  all.must_not_repeat();
  return all.result;
}

ScenarioResult play_cut_ring(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, laptops_of(size));
  const std::size_t count = all.present.size();
  const auto ring = [&](std::size_t a, std::size_t b) { return (a + 1) % count == b || (b + 1) % count == a; };
  const auto line = [&](std::size_t a, std::size_t b) { return a + 1 == b || b + 1 == a; };
  all.live(rounds_of(size), kWriters, ring);
  all.live(rounds_of(size), kWriters, line);
  each_adds(all);
  told("a ring that was cut agrees along what is left of it");
  all.agree(4 * count, line);
  all.must_not_repeat();
  return all.result;
}

ScenarioResult play_one_way(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, laptops_of(size));
  const std::size_t count = all.present.size();
  // Half of all pairs never hear one another in one direction. Along the line of all laptops everybody hears.
  std::set<std::pair<std::size_t, std::size_t>> deaf;
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 2; b < count; ++b) {
      if (!all.world.chance().chance(50)) continue;
      deaf.insert(all.world.chance().chance(50) ? std::pair{a, b} : std::pair{b, a});
    }
  }
  all.is_deaf = [&](std::size_t from, std::size_t to) { return deaf.contains({from, to}); };
  all.live(rounds_of(size), kWriters, Neighbourhood::anybody);
  told(std::to_string(deaf.size()) + " pairs are deaf in one direction, for good");
  all.agree(4 * count, Neighbourhood::anybody);
  // And what is deaf was truly so.
  if (!deaf.empty()) {
    all.must(!all.meet(deaf.begin()->first, deaf.begin()->second), "two who cannot hear each other were level");
  }
  return all.result;
}

ScenarioResult play_flapping(std::uint64_t seed, Size size, const Told& told) {
  constexpr std::uint64_t kUpMs = 50;
  Neighbourhood all(seed, laptops_of(size));
  // Up for 50 ms, down for as long, all links at once; nothing is ever said to its end politely.
  const auto flap = [&] {
    std::vector<SimLink*> links;
    for (std::size_t i = 0; i < all.present.size(); ++i) {
      links.push_back(&all.world.connect(i, (i + 1) % all.present.size()));
    }
    all.world.run(kUpMs);
    for (auto* const link : links) {
      all.count(*link);
      link->cut();
    }
    all.world.forget_links();
    all.world.run(kUpMs);
  };
  for (std::size_t i = 0; i < 4 * rounds_of(size); ++i) {
    all.write(kWriters / 4);
    flap();
  }
  each_adds(all);
  told("links that are up for 50 ms at a time bring all to all");
  all.agree(10 * all.present.size(), flap);
  return all.result;
}

ScenarioResult play_torn(std::uint64_t seed, Size size, const Told& told) {
  const std::size_t meetings = size == Size::brief ? 40 : 600;
  Neighbourhood all(seed, size == Size::brief ? 4 : 10);
  auto& world = all.world;
  auto& chance = world.chance();
  std::uint64_t again = 0;
  std::uint64_t whole = 0;
  for (std::size_t i = 0; i < meetings; ++i) {
    all.write(kWriters / 3);
    const std::size_t from = chance.below(all.present.size());
    const std::size_t to = (from + 1 + chance.below(all.present.size() - 1)) % all.present.size();
    SimLink& link = world.connect(from, to);
    if (chance.chance(60)) {
      // Torn: after some frames, deaf in one direction perhaps, while something is written perhaps.
      if (chance.chance(30)) link.block(chance.below(2), true);
      const std::uint64_t frames = chance.below(14);
      world.run_until([&] { return link.traffic().frames[0] + link.traffic().frames[1] >= frames || !link.is_up(); },
                      chance.chance(30) ? 25'000 : 2'000);
      if (chance.chance(50)) all.tasks.act(world[from]);
      world.run(chance.below(chance.chance(20) ? 3'000 : 30));
    } else {
      world.run_until([&] { return link.is_level() || !link.is_up(); });
      ++whole;
      all.must(link.is_level(), "a meeting that nothing tore did not end level");
      again += link.dialler().operations_given() + link.accepter().operations_given() -
               link.dialler().operations_taken() - link.accepter().operations_taken();
    }
    link.cut();
    all.count(link);
    world.forget_links();
  }
  told(std::to_string(again) + " operations were sent for nothing in " + std::to_string(whole) +
       " whole meetings among torn ones");
  all.must(again == 0, std::to_string(again) + " operations came again in whole meetings");
  all.agree(kMostRounds, Neighbourhood::anybody);
  return all.result;
}

ScenarioResult play_islands(std::uint64_t seed, Size size, const Told& told) {
  const std::size_t islands = size == Size::brief ? 3 : 8;
  const std::size_t of_each = size == Size::brief ? 2 : 5;
  const std::size_t weeks = size == Size::brief ? 4 : 12;
  Neighbourhood all(seed, islands * of_each);
  const auto within = [&](std::size_t a, std::size_t b) { return a / of_each == b / of_each; };
  const auto week = [&] {
    for (const std::size_t laptop : all.present) all.world[laptop].fake().clock.advance(kWeekMs);
    all.call(within);
    // One laptop in all travels, to one other island.
    auto& chance = all.world.chance();
    const std::size_t traveller = all.present.at(chance.below(all.present.size()));
    const std::size_t island = (traveller / of_each + 1 + chance.below(islands - 1)) % islands;
    all.meet(traveller, island * of_each + chance.below(of_each));
  };
  for (std::size_t i = 0; i < weeks; ++i) {
    all.write(kWriters);
    week();
    told("week " + std::to_string(i + 1) + " of " + std::to_string(weeks));
  }
  each_adds(all);
  all.agree(50 * islands, week);
  all.must_not_repeat();
  return all.result;
}

}  // namespace kiem::test
