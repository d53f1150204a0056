// What befalls laptops and people: old backups, liars, a line that breaks, clocks that jump.
#include <algorithm>

#include "tests/simulation/liar.hpp"
#include "tests/simulation/scenario_parts.hpp"

namespace kiem::test {
namespace {

constexpr std::int64_t kHourMs = 3600LL * 1000;

std::size_t rounds_between(Size size) { return size == Size::brief ? 2 : 8; }

// --- liars -----------------------------------------------------------------------------------------------------------

enum class Lie : std::uint8_t { promise, silence, talk, rounds, repetition, noise };
constexpr std::size_t kLies = 6;

// What came of a lie that must not have; empty when the honest one bore it as it must.
std::string tell(Lie lie, SimWorld& world, std::size_t honest, std::size_t teller) {
  SessionLimits limits;
  // As few as that it takes little time, and more than is honestly sent again.
  if (lie == Lie::repetition) limits.max_repeated = 1'000;
  Liar liar(world, honest, teller, limits);
  if (!liar.honest->is_level()) {
    const auto& end = liar.honest->end();
    return "an honest beginning did not end level, but " +
           (end ? "with reason " + std::to_string(static_cast<int>(end->reason)) : std::string("never"));
  }
  const std::uint64_t work = world[honest].replica().work();
  EndReason wanted = EndReason::too_much;
  switch (lie) {
    case Lie::promise:
      liar.say(liar.promise());
      liar.listen();
      liar.say(wire::Want{{}, true});
      liar.say(wire::Done{1, 5});
      liar.listen();
      liar.say(wire::Level{1, {}, false, {}});
      if (liar.honest->unserved() != 1) return "a broken promise was not counted";
      liar.honest->close();
      wanted = EndReason::goodbye;
      break;
    case Lie::silence:
    case Lie::talk:
      wanted = lie == Lie::talk ? EndReason::unserved : EndReason::silent;
      liar.say(liar.promise());
      liar.listen();
      liar.say(wire::Want{{}, true});
      while (!liar.honest->end() && liar.now < 200'000) {
        liar.now += 5'000;
        if (lie == Lie::talk) liar.honest->receive(Liar::idle_talk(), liar.now);
        liar.honest->tick(liar.now);
      }
      break;
    case Lie::rounds:
      for (std::uint32_t i = 0; i <= SessionLimits{}.max_idle_rounds && !liar.honest->end(); ++i) {
        liar.say(wire::Heads{1, {}, true});
        liar.listen();
        liar.say(wire::Want{{}, true});
        liar.say(wire::Done{1, 5});
        const auto heard = liar.listen();
        const auto* const level = level_in(heard);
        if (level != nullptr) liar.say(wire::Level{1, level->digest, false, {}});
      }
      break;
    case Lie::repetition: {
      const auto known = liar.known();
      for (int i = 0; i < 2'000 && !liar.honest->end(); ++i) liar.say(wire::Piece{known.segment, true});
      break;
    }
    case Lie::noise: {
      wanted = EndReason::bad_message;
      Bytes noise(200);
      for (auto& byte : noise) byte = static_cast<std::uint8_t>(world.chance().below(256));
      noise.front() = 0xFF;  // begins nothing
      liar.honest->receive(noise, liar.now);
      break;
    }
  }
  if (!liar.honest->end()) return "lie " + std::to_string(static_cast<int>(lie)) + " was listened to for ever";
  if (liar.honest->end()->reason != wanted) {
    return "lie " + std::to_string(static_cast<int>(lie)) + " ended with reason " +
           std::to_string(static_cast<int>(liar.honest->end()->reason));
  }
  const std::uint64_t cost = world[honest].replica().work() - work;
  return cost < 1'000'000 ? std::string{} : "a lie cost " + std::to_string(cost) + " rows";
}

}  // namespace

ScenarioResult play_liars(std::uint64_t seed, Size size, const Told& told) {
  const std::size_t liars = size == Size::brief ? 1 : 3;
  Neighbourhood all(seed, size == Size::brief ? 5 : 18);
  auto& world = all.world;
  // The last ones lie; one of their laptops was copied besides, and both go on as the same.
  std::vector<std::size_t> tellers(all.present.end() - static_cast<std::ptrdiff_t>(liars), all.present.end());
  all.present.resize(all.present.size() - liars);
  for (const std::size_t teller : tellers) world[teller].add_task("Van " + world[teller].name());
  tellers.push_back(world.copy(tellers.front()));
  const auto honest = [&] { return all.present.at(world.chance().below(all.present.size())); };
  std::size_t lies = 0;
  for (std::size_t round = 0; round < (size == Size::brief ? 1U : 6U); ++round) {
    for (std::size_t lie = 0; lie < kLies; ++lie) {
      const std::size_t teller = tellers.at(lies++ % tellers.size());
      if (world.chance().chance(50)) all.tasks.act(world[teller]);
      const std::string wrong = tell(static_cast<Lie>(lie), world, honest(), teller);
      all.must(wrong.empty(), wrong);
    }
    all.live(rounds_between(size) / 2, kWriters, Neighbourhood::anybody);
    told(std::to_string(lies) + " lies");
  }
  // Each branch of the fork is told to somebody.
  for (const std::size_t teller : {tellers.front(), tellers.back()}) {
    world[teller].add_task("Nog een van " + world[teller].name());
    all.meet(teller, honest());
  }
  all.agree(kMostRounds, Neighbourhood::anybody);
  return all.result;
}

// --- backups ---------------------------------------------------------------------------------------------------------

ScenarioResult play_restored(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, size == Size::brief ? 6 : 30);
  auto& world = all.world;
  all.live(rounds_between(size), kWriters, Neighbourhood::anybody);
  // A tenth, one at least of each kind: backups that come back as a new device, and homes put back byte for byte.
  struct Old {
    std::size_t of = 0;
    std::size_t copy = 0;  // 0: a backup
    std::filesystem::path backup;
  };
  std::vector<Old> old(std::max<std::size_t>(2, all.present.size() / 10));
  for (std::size_t i = 0; i < old.size(); ++i) {
    do {
      old[i].of = all.present.at(world.chance().below(all.present.size()));
    } while (std::any_of(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Old& other) { return other.of == old[i].of; }));
    if (i % 2 == 0) {
      old[i].backup = world[old[i].of].back_up("kiem-kopie");
    } else {
      old[i].copy = world.copy(old[i].of);
    }
  }
  all.live(rounds_between(size), kWriters, Neighbourhood::anybody);
  for (const Old& each : old) {
    std::erase(all.present, each.of);
    std::size_t back = each.copy;
    if (back == 0) {
      back = world.restore(each.of, each.backup);
      world[back].ask<CopyEnrolled>(world[back].words());
    } else {
      // It goes on before it has met anybody, as if nothing was lost: a fork, if the lost one was heard.
      all.tasks.act(world[back]);
    }
    world[each.of].close();
    all.present.push_back(back);
  }
  told(std::to_string(old.size()) + " laptops came back from old backups");
  all.live(rounds_between(size), kWriters, Neighbourhood::anybody);
  all.agree(kMostRounds, Neighbourhood::anybody);
  return all.result;
}

// --- a newcomer ------------------------------------------------------------------------------------------------------

ScenarioResult play_newcomer(std::uint64_t seed, Size size, const Told& told) {
  constexpr std::uint64_t kUpMs = 20'000;
  const int tasks = size == Size::brief ? 1'200 : 20'000;
  const std::uint64_t cuts_wanted = size == Size::brief ? 6 : 20;
  Neighbourhood all(seed, 1);
  auto& world = all.world;
  std::string csv = "id;titel;plekken\n";
  for (int i = 0; i < tasks; ++i) {
    csv += std::to_string(i) + ";Klus nummer " + std::to_string(i) + " aan de lange haag;2\n";
  }
  ImportFile file;
  file.file_name = "klussen.csv";
  file.contents = to_bytes(view(csv));
  world[0].ask<ImportAnswer>(file);
  // One over a good line tells what is needed.
  const std::size_t first = world.add("Bram");
  const Meeting good = world.join(0, first);
  all.must(good.level, "joining over a good line did not end level");
  const std::uint64_t needed = good.traffic.all_segment_bytes();

  const std::size_t second = world.add("Chantal");
  auto invitation = world[0].replica().invite({}, Role::volunteer);
  KIEM_CHECK(invitation.has_value());
  world.network.bytes_a_second = std::max<std::uint64_t>(1, needed * 1'000 / (cuts_wanted * kUpMs));
  std::uint64_t came = 0;
  std::uint64_t cuts = 0;
  bool level = false;
  // Before it is let in it comes with its invitation; afterwards as any member.
  while (!level && cuts < 10 * cuts_wanted) {
    const auto spaces = world[second].replica().spaces();
    KIEM_CHECK(spaces.has_value());
    const bool is_in = std::any_of(spaces->begin(), spaces->end(),
                                   [](const SpaceRow& space) { return space.kind == SpaceKind::initiative; });
    SimLink& link = world.connect(second, 0, is_in ? SecretBytes{} : invitation->seed.clone());
    world.run_until([&] { return link.is_level() || !link.is_up(); }, kUpMs);
    level = link.is_level();
    came += link.traffic().arrived_segment_bytes[1];
    all.count(link);
    if (!level) ++cuts;
    link.cut();
    world.forget_links();
    told(std::to_string(cuts) + " cuts, " + std::to_string(came) + " of " + std::to_string(needed) + " bytes");
  }
  world.network = Network{};
  all.must(level, "a line that was cut every twenty seconds never brought all");
  all.must(cuts >= cuts_wanted / 2, "the line was hardly cut");
  // Nothing that was committed comes again; each beginning packs a little worse than one that goes on.
  all.must(came <= needed + needed / 50 + 256 * cuts, "what came over the line that breaks is more than is needed");
  told(std::to_string(needed) + " bytes over a good line, " + std::to_string(came) + " over one with " +
       std::to_string(cuts) + " cuts");
  all.present = {0, first, second};
  all.agree(kMostRounds, Neighbourhood::anybody);
  return all.result;
}

// --- clocks ----------------------------------------------------------------------------------------------------------

ScenarioResult play_clocks(std::uint64_t seed, Size size, const Told& told) {
  Neighbourhood all(seed, size == Size::brief ? 4 : 20);
  auto& world = all.world;
  for (std::size_t round = 0; round < 2 * rounds_between(size); ++round) {
    // Each clock jumps by up to two days either way, each round anew.
    for (const std::size_t laptop : all.present) {
      const auto hours = static_cast<std::int64_t>(world.chance().below(97)) - 48;
      world[laptop].fake().clock.advance(hours * kHourMs);
    }
    all.live(1, kWriters, Neighbourhood::anybody);
  }
  told("clocks have jumped by up to two days, " + std::to_string(2 * rounds_between(size)) + " times each");
  all.agree(kMostRounds, Neighbourhood::anybody);
  all.must_not_repeat();
  return all.result;
}

}  // namespace kiem::test
