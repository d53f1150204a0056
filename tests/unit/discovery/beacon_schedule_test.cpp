#include "sync/discovery/beacon_schedule.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

struct Sent {
  std::uint64_t at = 0;
  bool asks = false;
};

// Everything that falls due until then, taken at the very moment that was asked for.
std::vector<Sent> all_until(BeaconSchedule& schedule, std::uint64_t until) {
  std::vector<Sent> sent;
  while (true) {
    const auto next = schedule.next_ms();
    if (!next || *next > until) return sent;
    const auto due = schedule.take(*next);
    REQUIRE(due.has_value());
    sent.push_back({*next, due->asks});
  }
}

TEST_CASE("three quick beacons that ask, then one in about 30 seconds that does not") {
  SeededRng rng(1);
  BeaconSchedule schedule(rng);
  CHECK_FALSE(schedule.next_ms().has_value());
  CHECK_FALSE(schedule.take(5).has_value());
  schedule.restart(1'000);
  const auto sent = all_until(schedule, 1'000 + 60ULL * 60'000);
  REQUIRE(sent.size() > 10);
  CHECK(sent[0].at == 1'000);
  CHECK(sent[1].at == 2'000);
  CHECK(sent[2].at == 4'000);
  std::uint64_t shortest = UINT64_MAX;
  std::uint64_t longest = 0;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    CHECK(sent[i].asks == (i < 3));
    if (i < 3) continue;
    const std::uint64_t pause = sent[i].at - sent[i - 1].at;
    shortest = std::min(shortest, pause);
    longest = std::max(longest, pause);
  }
  CHECK(shortest >= 25'000);
  CHECK(longest < 35'000);
  CHECK(longest - shortest > 5'000);
}

TEST_CASE("whoever asks is answered once, within half a second, and whatever goes out meanwhile is the answer") {
  SeededRng rng(2);
  BeaconSchedule schedule(rng);
  schedule.restart(0);
  all_until(schedule, 3'000);
  schedule.answer(10'000);
  schedule.answer(10'100);
  const auto answers = all_until(schedule, 20'000);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].at >= 10'000);
  CHECK(answers[0].at < 10'500);
  CHECK_FALSE(answers[0].asks);
  // Not again at once, and again after a while.
  schedule.answer(answers[0].at + 1'999);
  CHECK(all_until(schedule, 20'000).empty());
  schedule.answer(answers[0].at + 2'000);
  CHECK(all_until(schedule, 20'000).size() == 1);
  // A quick one is due already: no second one for the answer.
  schedule.restart(40'000);
  schedule.answer(40'000);
  const auto quick = all_until(schedule, 40'900);
  CHECK(quick.size() == 1);
}

TEST_CASE("an hour of questions draws an answer in two seconds at most") {
  SeededRng rng(3);
  BeaconSchedule schedule(rng);
  std::size_t sent = 0;
  for (std::uint64_t now = 0; now < 3'600'000; now += 10) {
    schedule.answer(now);
    if (schedule.take(now)) ++sent;
  }
  CHECK(sent <= 3'600'000 / 2'000 + 1);
  CHECK(sent > 1'000);
}

TEST_CASE("a turn that comes late sends one beacon, not all that were missed") {
  SeededRng rng(4);
  BeaconSchedule schedule(rng);
  schedule.restart(0);
  CHECK(schedule.take(100'000).has_value());
  CHECK_FALSE(schedule.take(100'000).has_value());
  CHECK(*schedule.next_ms() == 101'000);
}

}  // namespace
}  // namespace kiem::test
