#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

// Noor founded; Piet has nothing yet. Both laptops are in one network, and neither knows of the other.
struct Beside : Village {
  explicit Beside(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")) {
    for (const std::size_t each : {noor, piet}) {
      start(each);
      look_around(each);
    }
    done<Answer>(noor, Request(CreateInitiative{"Tuin"}));
  }
  // Asks, and keeps what comes later.
  struct Asked {
    std::optional<Result<NodeAnswer>> answer;
    Ticket ticket = 0;
    template <class Wanted>
    [[nodiscard]] const Wanted* got() const {
      return answer && *answer ? std::get_if<Wanted>(&**answer) : nullptr;
    }
    [[nodiscard]] std::string refusal() const {
      return answer && !*answer && !(*answer).error().args.empty() ? (*answer).error().args.front() : "";
    }
  };
  std::unique_ptr<Asked> begin(std::size_t laptop, const NodeRequest& request) {
    auto asked = std::make_unique<Asked>();
    asked->ticket =
        node(laptop).ask(request, [to = asked.get()](Result<NodeAnswer> given) { to->answer = std::move(given); });
    settle();
    return asked;
  }
  std::string open() { return done<PairingOpened>(noor, OpenPairing{}).code; }
  // Until both screens show words.
  void show(const std::string& code) {
    at_noor = begin(noor, AwaitPairing{});
    at_piet = begin(piet, PairWith{code});
    pass(2'000);
  }
  std::size_t noor, piet;
  std::unique_ptr<Asked> at_noor, at_piet;
};

TEST_CASE(
    "a code of eight letters, four words that are the same on both screens, two people who agree: a newcomer is in") {
  Beside beside(1);
  beside.add_task(beside.noor, "Snoeien");
  beside.show(beside.open());
  REQUIRE(beside.at_noor->got<PairingShown>() != nullptr);
  REQUIRE(beside.at_piet->got<PairingShown>() != nullptr);
  CHECK(beside.at_noor->got<PairingShown>()->words.size() == 4);
  CHECK(beside.at_noor->got<PairingShown>()->words == beside.at_piet->got<PairingShown>()->words);
  // People take longer than an anteroom allows.
  CHECK(beside.network(beside.noor).promoted == 1);
  beside.pass(60'000);
  const auto noor_says = beside.begin(beside.noor, AnswerPairing{true});
  beside.pass(10'000);
  CHECK_FALSE(noor_says->answer.has_value());
  const auto piet_says = beside.begin(beside.piet, AnswerPairing{true});
  beside.pass(5'000);
  REQUIRE(piet_says->got<InitiativeJoined>() != nullptr);
  CHECK(piet_says->got<InitiativeJoined>()->name == "Tuin");
  REQUIRE(noor_says->got<PairingGiven>() != nullptr);
  CHECK(noor_says->got<PairingGiven>()->initiative == "Tuin");
  CHECK(beside.same(beside.noor, beside.piet));
  // Nothing of it is left: no link but the one between members, and no code that anybody is found under.
  CHECK(beside.network(beside.noor).links() == 1);
  const auto again = beside.begin(beside.piet, AnswerPairing{true});
  CHECK(again->refusal() == "pairing_over");
}

TEST_CASE("a person who sees other words ends it for both, and nothing was exchanged") {
  for (const bool noor_agrees : {false, true}) {
    Beside beside(2);
    beside.show(beside.open());
    const auto noor_says = beside.begin(beside.noor, AnswerPairing{noor_agrees});
    const auto piet_says = beside.begin(beside.piet, AnswerPairing{!noor_agrees});
    beside.pass(5'000);
    CHECK((noor_agrees ? noor_says : piet_says)->answer.has_value());
    CHECK((noor_agrees ? piet_says : noor_says)->refusal() == "words_differ");
    CHECK(beside.done<Answer>(beside.piet, Request(ShowStatus{})).index() != std::variant_npos);
    CHECK(beside.world[beside.piet].ask<StatusAnswer>(ShowStatus{}).initiatives.empty());
    CHECK(beside.network(beside.noor).links() == 0);
    // One attempt a code.
    const auto next = beside.begin(beside.noor, AwaitPairing{});
    CHECK(next->refusal() == "pairing_over");
  }
}

TEST_CASE(
    "a code that nobody shows is looked for during a quarter of a minute, and one that cannot be read not at all") {
  Beside beside(3);
  beside.open();
  CHECK(beside.refused(beside.piet, PairWith{"k7qd-2m9"}) == ErrorCode::bad_code);
  const auto looking = beside.begin(beside.piet, PairWith{"k7qd-2m9x"});
  beside.pass(14'000);
  CHECK_FALSE(looking->answer.has_value());
  beside.pass(1'500);
  REQUIRE(looking->answer.has_value());
  CHECK(looking->answer->error().code == ErrorCode::peer_unreachable);
}

TEST_CASE("only a coordinator whose laptop looks around can open one") {
  Beside beside(4);
  beside.show(beside.open());
  const auto noor_says = beside.begin(beside.noor, AnswerPairing{true});
  const auto piet_says = beside.begin(beside.piet, AnswerPairing{true});
  beside.pass(5'000);
  REQUIRE(piet_says->got<InitiativeJoined>() != nullptr);
  CHECK(beside.refused(beside.piet, OpenPairing{}) == ErrorCode::not_allowed);
  beside.stop(beside.noor);
  beside.start(beside.noor);
  CHECK(beside.refused(beside.noor, OpenPairing{}) == ErrorCode::peer_refused);
  CHECK(beside.refused(beside.noor, PairWith{"k7qd-2m9x"}) == ErrorCode::peer_refused);
}

TEST_CASE("a code is open for ten minutes; a new one takes its place") {
  Beside beside(5);
  const std::string first = beside.open();
  const std::string second = beside.open();
  CHECK(first != second);
  const auto early = beside.begin(beside.piet, PairWith{first});
  beside.pass(16'000);
  REQUIRE(early->answer.has_value());
  CHECK_FALSE(early->answer->has_value());
  beside.pass(600'000);
  const auto late = beside.begin(beside.piet, PairWith{second});
  beside.pass(16'000);
  REQUIRE(late->answer.has_value());
  CHECK_FALSE(late->answer->has_value());
}

TEST_CASE("who gives up in the middle does not agree") {
  Beside beside(6);
  beside.show(beside.open());
  const auto noor_says = beside.begin(beside.noor, AnswerPairing{true});
  const auto piet_says = beside.begin(beside.piet, AnswerPairing{true});
  // Both said yes in the same moment: nothing is left to give up.
  beside.pass(5'000);
  CHECK(noor_says->answer.has_value());

  Beside other(7);
  other.show(other.open());
  const auto waiting = other.begin(other.noor, AnswerPairing{true});
  other.node(other.noor).forget(waiting->ticket);
  other.settle();
  const auto piet_then = other.begin(other.piet, AnswerPairing{true});
  other.pass(5'000);
  CHECK_FALSE(piet_then->refusal().empty());
  CHECK(other.world[other.piet].ask<StatusAnswer>(ShowStatus{}).initiatives.empty());
}

TEST_CASE("the other laptop goes away while people compare: both are told, and a new code begins anew") {
  Beside beside(8);
  beside.show(beside.open());
  beside.network(beside.piet).cut();
  beside.settle();
  const auto noor_says = beside.begin(beside.noor, AnswerPairing{true});
  CHECK(noor_says->refusal() == "pairing_over");
  beside.show(beside.open());
  CHECK(beside.at_noor->got<PairingShown>() != nullptr);
  CHECK(beside.at_piet->got<PairingShown>() != nullptr);
}

TEST_CASE("a node that goes answers who waits for a pairing") {
  Beside beside(9);
  beside.open();
  const auto waiting = beside.begin(beside.noor, AwaitPairing{});
  beside.node(beside.noor).abandon();
  REQUIRE(waiting->answer.has_value());
  CHECK(waiting->answer->error().code == ErrorCode::peer_lost);
}

TEST_CASE("a no before there are words, or after a yes, leaves the pairing on this side and ends it on the other") {
  Beside waiting(8);
  waiting.open();
  waiting.at_noor = waiting.begin(waiting.noor, AwaitPairing{});
  CHECK(waiting.begin(waiting.noor, AnswerPairing{false})->refusal() == "pairing_over");
  CHECK(waiting.at_noor->refusal() == "pairing_over");
  CHECK(waiting.begin(waiting.noor, AwaitPairing{})->refusal() == "pairing_over");

  Beside answered(9);
  answered.show(answered.open());
  const auto yes = answered.begin(answered.noor, AnswerPairing{true});
  CHECK(answered.begin(answered.noor, AnswerPairing{false})->refusal() == "pairing_over");
  CHECK(yes->refusal() == "pairing_over");
  const auto piet_says = answered.begin(answered.piet, AnswerPairing{true});
  answered.pass(10'000);
  CHECK(piet_says->refusal() == "pairing_over");
  CHECK(answered.world[answered.piet].ask<StatusAnswer>(ShowStatus{}).initiatives.empty());
}

}  // namespace
}  // namespace kiem::test
