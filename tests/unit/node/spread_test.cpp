// How far something has come is told from what others acknowledged, and never too wide.
#include "core/l10n/sharing.hpp"
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

// Noor founded; Piet and Ria came in. Only Noor's node listens.
struct Spreading : Village {
  explicit Spreading(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")), ria(add("Ria")) {
    for (const std::size_t each : {noor, piet, ria}) start(each);
    listen(noor);
    found(noor, {piet, ria});
    settle();
  }
  [[nodiscard]] InitiativeRow row(std::size_t laptop) {
    return world[laptop].ask<StatusAnswer>(ShowStatus{}).initiatives.front();
  }
  [[nodiscard]] std::optional<Spread> claim_on(std::size_t laptop, const std::string& task) {
    return world[laptop].ask<TaskDetail>(ShowTask{{}, {task}}).mine_on;
  }
  void claim(std::size_t laptop, const std::string& task) {
    done<Answer>(laptop, Request(ClaimTask{{}, {task}, 1, std::nullopt}));
  }
  std::size_t noor, piet, ria;
};

TEST_CASE("a claim is here alone while nobody is met, and then on each laptop that acknowledged it") {
  Spreading all(31);
  all.add_task(all.noor, "Snoeien");
  all.settle();
  CHECK_FALSE(all.claim_on(all.piet, "Snoeien"));
  all.network(all.noor).online = false;
  all.network(all.noor).cut();
  all.settle();
  all.claim(all.piet, "Snoeien");
  REQUIRE(all.claim_on(all.piet, "Snoeien"));
  CHECK(all.claim_on(all.piet, "Snoeien")->on == 1);
  CHECK(all.claim_on(all.piet, "Snoeien")->of == 3);
  CHECK(spread_sentence(Lang::nl, *all.claim_on(all.piet, "Snoeien")) ==
        "Je aanmelding staat alleen nog op deze laptop.");

  all.network(all.noor).online = true;
  all.pass(60'000);
  REQUIRE(all.same(all.noor, all.piet));
  // Ria has it too, by way of Noor, and Piet has not heard that from her.
  CHECK(all.claim_on(all.piet, "Snoeien")->on == 2);
  CHECK(spread_sentence(Lang::nl, *all.claim_on(all.piet, "Snoeien")) == "Je aanmelding is op 2 van 3 laptops.");
  // Whose claim it is not, is told nothing of it.
  CHECK_FALSE(all.claim_on(all.noor, "Snoeien"));
}

TEST_CASE("whoever shows what is shared is told when others have it, though no record changed") {
  Spreading all(33);
  all.settle();
  all.network(all.noor).online = false;
  all.network(all.noor).cut();
  all.settle();
  all.add_task(all.piet, "Snoeien");
  REQUIRE(all.row(all.piet).only_here > 0);
  // What a screen would show that asks again at each change, and at no other time.
  std::uint64_t shown = all.row(all.piet).only_here;
  all.world[all.piet].community().on_change([&](const Change&) { shown = all.row(all.piet).only_here; });
  all.network(all.noor).online = true;
  all.pass(60'000);
  REQUIRE(all.row(all.piet).only_here == 0);
  CHECK(shown == 0);
}

TEST_CASE("status tells how many laptops there are, which of them have everything, and what the others lack") {
  Spreading all(32);
  all.add_task(all.noor, "Snoeien");
  all.pass(60'000);
  CHECK(all.row(all.noor).laptops == 3);
  CHECK(all.row(all.noor).waiting == 0);
  REQUIRE(all.row(all.noor).meetings.size() == 2);
  for (const InitiativeRow::Meeting& each : all.row(all.noor).meetings) {
    CHECK(each.works);
    CHECK(each.lacks == 0);
  }
  CHECK(whole_spread(all.row(all.noor)).on == 3);
  CHECK(whole_sentence(Lang::nl, whole_spread(all.row(all.noor))) == "Alles van hier is op alle 3 laptops.");

  all.network(all.noor).online = false;
  all.network(all.noor).cut();
  all.settle();
  for (int i = 0; i < 99; ++i) all.add_task(all.noor, "Taak " + std::to_string(i));
  CHECK(all.row(all.noor).meetings.front().lacks == 99);
  CHECK(lacks_text(Lang::nl, all.row(all.noor).meetings.front().lacks) == "mist nog 99 wijzigingen");
  for (int i = 0; i < 2; ++i) all.add_task(all.noor, "Nog " + std::to_string(i));
  CHECK(all.row(all.noor).meetings.front().lacks == InitiativeRow::Meeting::kMostLacking);
  CHECK(lacks_text(Lang::nl, all.row(all.noor).meetings.front().lacks) == "mist nog 100 of meer wijzigingen");
  CHECK(whole_spread(all.row(all.noor)).on == 1);
  CHECK(whole_sentence(Lang::nl, whole_spread(all.row(all.noor))) == "Nog geen andere laptop heeft alles van hier.");
}

}  // namespace
}  // namespace kiem::test
