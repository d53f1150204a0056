#include "tests/simulation/neighbourhood.hpp"

#include <algorithm>
#include <numeric>

namespace kiem::test {
namespace {

constexpr std::array kFirstNames{"Anneke", "Bram", "Chantal", "Daan", "Els", "Farid", "Greet", "Henk"};

}  // namespace

Neighbourhood::Neighbourhood(std::uint64_t seed, std::size_t laptops) : world(seed), tasks(world.chance()) {
  for (std::size_t i = 0; i < laptops; ++i) {
    world.add(std::string(kFirstNames.at(i % kFirstNames.size())) + " " + std::to_string(i));
  }
  world.found(0, "Sociaal Tuinieren");
  present.resize(laptops);
  std::iota(present.begin(), present.end(), std::size_t{0});
}

void Neighbourhood::write(unsigned percent) {
  for (const std::size_t laptop : present) {
    if (world.chance().chance(percent)) tasks.act(world[laptop]);
  }
}

void Neighbourhood::call(const May& may) {
  for (const std::size_t caller : present) {
    std::vector<std::size_t> others;
    for (const std::size_t other : present) {
      if (other != caller && may(caller, other)) others.push_back(other);
    }
    if (!others.empty()) meet(caller, others[world.chance().below(others.size())]);
  }
}

void Neighbourhood::live(std::size_t times, unsigned percent, const May& may) {
  for (std::size_t i = 0; i < times; ++i) {
    write(percent);
    call(may);
  }
}

bool Neighbourhood::meet(std::size_t from, std::size_t to) {
  SimLink& link = world.connect(from, to);
  link.block(0, is_deaf && is_deaf(from, to));
  link.block(1, is_deaf && is_deaf(to, from));
  world.run_until([&] { return link.is_level() || !link.is_up(); });
  const bool level = link.is_level();
  if (link.is_up()) link.dialler().close();
  world.run_until([&] { return !link.is_up(); });
  count(link);
  world.forget_links();
  return level;
}

void Neighbourhood::count(SimLink& link) {
  ++result.meetings;
  result.bytes += link.traffic().all_bytes();
  for (const auto* const end : {&link.dialler(), &link.accepter()}) {
    result.given += end->operations_given();
    result.taken += end->operations_taken();
  }
}

bool Neighbourhood::is_one() {
  const auto first = world[present.front()].dump();
  return std::all_of(present.begin(), present.end(), [&](std::size_t laptop) {
    return world[laptop].only_here() == 0 && world[laptop].dump() == first;
  });
}

void Neighbourhood::agree(std::size_t at_most, const std::function<void()>& round) {
  std::uint64_t rounds = 0;
  for (; rounds < at_most && !is_one(); ++rounds) round();
  result.rounds = rounds;
  result.laptops = present.size();
  const auto dump = world[present.front()].dump();
  result.operations = static_cast<std::uint64_t>(
      std::count_if(dump.begin(), dump.end(), [](const auto& line) { return line.starts_with("operation"); }));
  const std::string difference = what_differs(world, present);
  must(difference.empty(), difference);
}

void Neighbourhood::agree(std::size_t at_most, const May& may) {
  agree(at_most, [&] { call(may); });
}

void Neighbourhood::must_not_repeat() {
  must(result.given <= result.taken + result.taken / 20, std::to_string(result.given) + " operations were sent, and " +
                                                             std::to_string(result.taken) + " of them were new");
}

void Neighbourhood::must(bool holds, const std::string& what) {
  if (!holds && result.wrong.empty()) result.wrong = what;
}

}  // namespace kiem::test
