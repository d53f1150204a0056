#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

// Noor founded; Piet and Ria came in. Only Noor's node listens.
struct Three : Village {
  explicit Three(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")), ria(add("Ria")) {
    for (const std::size_t each : {noor, piet, ria}) start(each);
    address = listen(noor);
    found(noor, {piet, ria});
    settle();
  }
  std::size_t noor, piet, ria;
  std::string address;
};

TEST_CASE("what one node writes reaches all that are linked, and theirs reaches it") {
  Three three(1);
  three.add_task(three.piet, "Snoeien");
  three.settle();
  CHECK(three.same(three.noor, three.piet));
  CHECK(three.same(three.noor, three.ria));
  CHECK(three.node(three.noor).level_links() == 2);
}

TEST_CASE("a link that broke is called again by itself, with pauses that grow while nobody answers") {
  Three three(2);
  three.network(three.noor).online = false;
  three.network(three.noor).cut();
  three.settle();
  three.add_task(three.noor, "Snoeien");
  CHECK_FALSE(three.same(three.noor, three.piet));

  std::vector<std::size_t> calls;
  for (int minute = 0; minute < 10; ++minute) {
    const std::size_t before = three.hub.calls;
    three.pass(60'000);
    calls.push_back(three.hub.calls - before);
  }
  // Two laptops, each at most every 15 seconds in the end, and never silent for longer than 30.
  CHECK(calls.front() > calls.back());
  CHECK(calls.back() >= 4);
  CHECK(calls.back() <= 8);

  three.network(three.noor).online = true;
  three.pass(30'000);
  CHECK(three.same(three.noor, three.piet));
  CHECK(three.same(three.noor, three.ria));
}

TEST_CASE("a node at rest asks for no time at all") {
  Three three(3);
  three.pass(60'000);
  for (const std::size_t each : {three.noor, three.piet, three.ria}) {
    CHECK_FALSE(three.node(each).next_ms().has_value());
  }
  // A day later the same links carry what is new.
  three.pass(24ULL * 3600 * 1000);
  three.add_task(three.ria, "Snoeien");
  three.settle();
  CHECK(three.same(three.piet, three.ria));
  CHECK(three.node(three.noor).level_links() == 2);
}

TEST_CASE("a sync uses the link that is there, and says what went each way") {
  Three three(4);
  const std::size_t calls = three.hub.calls;
  auto synced = three.done<Synced>(three.piet, SyncWith{three.address, {}});
  CHECK(three.hub.calls == calls);
  CHECK(synced.person.name == "Noor");
  CHECK(synced.received == 0);
  CHECK(synced.sent == 0);
}

TEST_CASE("a sync whose link turns out to be broken calls anew") {
  Three three(17);
  three.network(three.noor).cut();  // nobody has taken notice yet
  three.done<Synced>(three.piet, SyncWith{three.address, {}});
}

TEST_CASE("a sync without a key meets the device last met there, else the known ones in turn") {
  Three three(5);
  for (const std::size_t each : {three.noor, three.piet, three.ria}) three.stop(each);
  three.start(three.ria, false);
  const std::string at_ria = three.listen(three.ria);
  three.start(three.piet, false);
  // Piet never met Ria: Noor's key is tried and is not hers, then Ria's.
  three.add_task(three.piet, "Snoeien");
  const auto synced = three.done<Synced>(three.piet, SyncWith{at_ria, {}});
  CHECK(synced.person.name == "Ria");
  CHECK(synced.sent > 0);
  CHECK(three.same(three.piet, three.ria));
  // From now on it is known who is there.
  three.stop(three.piet);
  three.settle();
  three.start(three.piet, false);
  const std::size_t calls = three.hub.calls;
  three.done<Synced>(three.piet, SyncWith{at_ria, {}});
  CHECK(three.hub.calls == calls + 1);
}

TEST_CASE("with a key only that device is met") {
  Three three(6);
  for (const std::size_t each : {three.noor, three.piet}) three.stop(each);
  three.start(three.noor, false);
  const std::string address = three.listen(three.noor);
  three.start(three.piet, false);
  CHECK(three.refused(three.piet, SyncWith{address, three.world[three.ria].key()}) == ErrorCode::peer_unreachable);
  CHECK(three.refused(three.piet, SyncWith{address, three.world[three.piet].key()}) == ErrorCode::bad_address);
  three.done<Synced>(three.piet, SyncWith{address, three.world[three.noor].key()});
}

TEST_CASE("where nobody answers one try tells as much as all keys") {
  Three three(7);
  three.stop(three.noor);
  three.stop(three.piet);
  three.start(three.piet, false);
  const std::size_t calls = three.hub.calls;
  CHECK(three.refused(three.piet, SyncWith{"tcp://10.7.7.7:7070", {}}) == ErrorCode::peer_unreachable);
  CHECK(three.hub.calls == calls + 1);
}

TEST_CASE("who knows nobody yet is told how to begin, and a wrong address is told at once") {
  Village village(8);
  const std::size_t noor = village.add("Noor");
  village.start(noor);
  CHECK(village.refused(noor, SyncWith{"tcp://10.0.0.9:1", {}}) == ErrorCode::nobody_known);
  for (const char* const address : {"", "10.0.0.9:1", "tcp://10.0.0.9", "tcp://10.0.0.9:0", "tcp://*:1"}) {
    CHECK(village.refused(noor, SyncWith{address, {}}) == ErrorCode::bad_address);
  }
  CHECK(village.hub.calls == 0);
}

TEST_CASE("a stranger and somebody of another initiative get nothing, and the node goes on") {
  Three three(9);
  const std::size_t stranger = three.add("Sjaak");
  three.start(stranger);
  three.done<Answer>(stranger, Request(CreateInitiative{"Andere tuin"}));
  const auto refusal = three.refused(stranger, SyncWith{three.address, three.world[three.noor].key()});
  CHECK(refusal == ErrorCode::peer_refused);
  CHECK(three.done<Answer>(stranger, Request(ListPeople{})).index() != std::variant_npos);
  three.add_task(three.piet, "Snoeien");
  three.settle();
  CHECK(three.same(three.noor, three.piet));
}

TEST_CASE("two nodes that call each other at the same moment keep one link, and a sync survives the choice") {
  Three three(10);
  const std::string at_piet = three.listen(three.piet);
  three.stop(three.ria);
  REQUIRE(three.world[three.noor].replica().remember_address({three.world[three.piet].key(), at_piet, {}}).has_value());
  three.network(three.noor).cut();
  std::optional<Result<NodeAnswer>> one;
  std::optional<Result<NodeAnswer>> other;
  three.node(three.noor).ask(SyncWith{at_piet, {}}, [&](Result<NodeAnswer> given) { one = std::move(given); });
  three.node(three.piet).ask(SyncWith{three.address, {}}, [&](Result<NodeAnswer> given) { other = std::move(given); });
  three.pass(10'000);
  REQUIRE(one.has_value());
  CHECK(one->has_value());
  REQUIRE(other.has_value());
  CHECK(other->has_value());
  CHECK(three.network(three.noor).links() == 1);
  CHECK(three.network(three.piet).links() == 1);
}

TEST_CASE("the commit that takes a device's rights ends its session and shuts the gate in the same turn") {
  Three three(11);
  three.stop(three.noor);
  act::RemovePerson removal;
  removal.person = three.world[three.piet].replica().keys().person;
  three.world[three.noor].write_act(removal);
  three.start(three.noor);
  three.hub.listeners.clear();
  three.address = three.listen(three.noor);
  three.pass(60'000);
  CHECK(three.node(three.noor).level_links() == 1);  // Ria
  CHECK(three.refused(three.piet, SyncWith{three.address, {}}) == ErrorCode::peer_refused);
}

TEST_CASE("who asked and went away leaves no call behind") {
  Three three(12);
  three.stop(three.noor);
  three.stop(three.piet);
  three.start(three.piet, false);
  bool answered = false;
  const Ticket ticket =
      three.node(three.piet).ask(SyncWith{three.address, {}}, [&](const Result<NodeAnswer>&) { answered = true; });
  three.node(three.piet).forget(ticket);
  three.node(three.piet).forget(ticket);
  three.pass(60'000);
  CHECK_FALSE(answered);
  CHECK(three.node(three.piet).is_quiet());
}

TEST_CASE("a node that goes answers whoever still waits") {
  Three three(13);
  three.network(three.noor).online = false;
  three.network(three.noor).cut();
  std::optional<Result<NodeAnswer>> answer;
  three.node(three.piet).ask(SyncWith{three.address, {}}, [&](Result<NodeAnswer> given) { answer = std::move(given); });
  REQUIRE_FALSE(answer.has_value());
  three.stop(three.piet);
  REQUIRE(answer.has_value());
  CHECK(answer->error().code == ErrorCode::peer_lost);
}

TEST_CASE("who comes to share a second initiative with a laptop it is linked to exchanges that too") {
  Three three(18);
  CreateInitiative second{"Twee"};
  three.done<Answer>(three.noor, Request(second));
  for (const std::size_t newcomer : {three.piet, three.ria}) {
    InviteNewcomer invite;
    invite.initiative = {"Twee"};
    const auto made = three.done<InvitationMade>(three.noor, invite);
    const auto joined = three.done<InitiativeJoined>(newcomer, JoinByCode{made.code});
    CHECK(joined.name == "Twee");
    CHECK(joined.role == Role::volunteer);
  }
  // Piet's link is older than Ria's coming: it was begun anew.
  three.pass(5'000);
  AddTask task;
  task.initiative = {"Twee"};
  task.title = "Snoeien";
  three.done<Answer>(three.ria, Request(task));
  three.settle();
  for (const std::size_t each : {three.noor, three.piet, three.ria}) {
    const auto shown = three.done<Answer>(each, Request(ShowTask{{"Twee"}, {"Snoeien"}}));
    CHECK(std::holds_alternative<TaskDetail>(shown));
  }
}

TEST_CASE("the other end may have dialled the link that a newcomer's code comes over") {
  Three three(19);
  three.stop(three.ria);
  const std::string at_piet = three.listen(three.piet);
  three.done<Synced>(three.noor, SyncWith{at_piet, three.world[three.piet].key()});
  three.done<Answer>(three.piet, Request(CreateInitiative{"Van Piet"}));
  InviteNewcomer invite;
  invite.initiative = {"Van Piet"};
  const auto made = three.done<InvitationMade>(three.piet, invite);
  CHECK(three.done<InitiativeJoined>(three.noor, JoinByCode{made.code}).name == "Van Piet");
  three.pass(5'000);
  CHECK(three.done<Answer>(three.noor, Request(ListPeople{{"Van Piet"}})).index() != std::variant_npos);
}

TEST_CASE("a sync with an address where nobody is finds nobody, whoever is linked elsewhere") {
  Three three(20);
  CHECK(three.refused(three.piet, SyncWith{"tcp://10.9.9.9:1", {}}) == ErrorCode::peer_unreachable);
  CHECK(three.node(three.piet).level_links() == 1);
}

TEST_CASE("a peer that is linked and says nothing is not taken for level") {
  Three three(21);
  std::optional<Result<NodeAnswer>> answer;
  three.node(three.piet).ask(SyncWith{three.address, {}}, [&](Result<NodeAnswer> given) { answer = std::move(given); });
  // Only Piet's laptop goes on; Noor's lid is shut.
  REQUIRE(three.node(three.piet).turn().has_value());
  CHECK_FALSE(answer.has_value());
  three.settle();
  REQUIRE(answer.has_value());
  CHECK(answer->has_value());
}

TEST_CASE("a call that was given up does not keep a device from being called again") {
  Three three(22);
  three.network(three.noor).online = false;
  three.network(three.noor).cut();
  three.settle();
  const Ticket ticket =
      three.node(three.piet).ask(SyncWith{"tcp://10.9.9.9:1", three.world[three.noor].key()}, [](const auto&) {});
  three.add_task(three.piet, "Snoeien");
  three.node(three.piet).forget(ticket);
  three.network(three.noor).online = true;
  three.pass(60'000);
  CHECK(three.same(three.noor, three.piet));
}

TEST_CASE("a goodbye is heard by the peer, which lets go at once") {
  Three three(14);
  three.node(three.piet).leave();
  CHECK_FALSE(three.node(three.piet).is_quiet());
  three.settle();
  CHECK(three.node(three.piet).is_quiet());
  CHECK(three.node(three.noor).level_links() == 1);
}

TEST_CASE("a clock ten years off hinders nobody") {
  Three three(15);
  for (const std::size_t each : {three.noor, three.piet}) three.stop(each);
  constexpr std::int64_t kTenYears = 10LL * 365 * 24 * 3600 * 1000;
  three.world[three.piet].fake().clock.set_wall(three.world[three.noor].fake().clock.wall().ms - kTenYears);
  three.start(three.noor);
  three.hub.listeners.clear();
  three.address = three.listen(three.noor);
  three.start(three.piet);
  three.add_task(three.piet, "Snoeien");
  three.done<Synced>(three.piet, SyncWith{three.address, {}});
  CHECK(three.same(three.noor, three.piet));
}

TEST_CASE("the port is kept from run to run, and another one serves while somebody has it") {
  Village village(16);
  const std::size_t noor = village.add("Noor");
  village.start(noor);
  const std::string first = village.listen(noor);
  village.stop(noor);
  village.hub.listeners.clear();
  village.start(noor);
  CHECK(village.listen(noor) == first);
  village.stop(noor);
  // The hub still has the listener of the last run there.
  village.start(noor);
  const std::string second = village.listen(noor);
  CHECK(second != first);
}

}  // namespace
}  // namespace kiem::test
