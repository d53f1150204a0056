#include "core/access/acts.hpp"
#include "sync/discovery/beacon.hpp"
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

// Noor founded; Piet and Ria came in by Noor's codes and never met each other. Then all went home.
struct Apart : Village {
  explicit Apart(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")), ria(add("Ria")) {
    for (const std::size_t each : {noor, piet, ria}) start(each);
    listen(noor);
    found(noor, {piet, ria});
    settle();
    for (const std::size_t each : {noor, piet, ria}) stop(each);
  }
  // Its node again, with an address that nobody knows.
  FakeDatagrams& back(std::size_t laptop) {
    start(laptop);
    listen(laptop);
    return look_around(laptop);
  }
  std::size_t noor, piet, ria;
};

TEST_CASE("two who never knew an address find each other by their beacons alone") {
  Apart apart(1);
  // A laptop that took calls and never spoke would be a link too, now and then.
  apart.network(apart.noor).online = false;
  apart.back(apart.piet);
  apart.back(apart.ria);
  apart.add_task(apart.ria, "Snoeien");
  apart.pass(1'000);
  CHECK(apart.node(apart.piet).level_links() == 1);
  CHECK(apart.same(apart.piet, apart.ria));
  // One link stays, whoever called whom.
  apart.pass(120'000);
  CHECK(apart.network(apart.piet).links() == 1);
}

TEST_CASE("without beacons they do not") {
  Apart apart(2);
  for (const std::size_t each : {apart.piet, apart.ria}) {
    apart.start(each);
    apart.listen(each);
  }
  apart.pass(120'000);
  CHECK(apart.node(apart.piet).level_links() == 0);
}

TEST_CASE("who comes to another network is found there at once, and the address is remembered for the next time") {
  Apart apart(3);
  apart.back(apart.piet).move_to(2);
  apart.back(apart.ria);
  apart.pass(120'000);
  CHECK(apart.node(apart.piet).level_links() == 0);
  apart.datagrams(apart.piet).move_to(1);
  apart.pass(600);
  CHECK(apart.node(apart.piet).level_links() == 1);
  const auto kept = apart.world[apart.piet].replica().addresses();
  REQUIRE(kept.has_value());
  const bool met = std::any_of(kept->begin(), kept->end(), [&](const KnownAddress& each) {
    return each.key == apart.world[apart.ria].key() && each.worked.ms != 0;
  });
  const auto kept_there = apart.world[apart.ria].replica().addresses();
  REQUIRE(kept_there.has_value());
  const bool met_there = std::any_of(kept_there->begin(), kept_there->end(), [&](const KnownAddress& each) {
    return each.key == apart.world[apart.piet].key() && each.worked.ms != 0;
  });
  CHECK((met || met_there));
}

TEST_CASE("members who were let in apart, and whom no certificate here is of, find each other by the secret") {
  Village village(4);
  const std::size_t noor = village.add("Noor");
  const std::size_t piet = village.add("Piet");
  const std::size_t ria = village.add("Ria");
  for (const std::size_t each : {noor, piet, ria}) village.start(each);
  village.listen(noor);
  village.done<Answer>(noor, Request(CreateInitiative{"Tuin"}));
  const auto first = village.done<InvitationMade>(noor, InviteNewcomer{});
  village.done<InitiativeJoined>(piet, JoinByCode{first.code});
  village.stop(piet);
  village.settle();
  const auto second = village.done<InvitationMade>(noor, InviteNewcomer{});
  village.done<InitiativeJoined>(ria, JoinByCode{second.code});
  village.stop(ria);
  village.stop(noor);
  for (const std::size_t each : {piet, ria}) {
    village.start(each);
    village.listen(each);
    village.look_around(each);
  }
  village.pass(10'000);
  CHECK(village.node(piet).level_links() == 1);
  CHECK(village.same(piet, ria));
}

// Piet's device is removed by Noor; Ria hears of it, Piet's laptop does not.
struct Removed : Apart {
  explicit Removed(std::uint64_t seed) : Apart(seed) {
    const PersonId person = world[piet].replica().keys().person;
    world[noor].write_act({act::RemovePerson{person, {}, {}}});
    REQUIRE(world.meet(noor, ria).level);
  }
};

TEST_CASE("a removal makes a new key from which those who know of it see each other, and the removed one sees nobody") {
  Removed removed(5);
  Replica& noor = removed.world[removed.noor].replica();
  Replica& ria = removed.world[removed.ria].replica();
  Replica& piet = removed.world[removed.piet].replica();
  const auto after = noor.discovery_keys();
  const auto also = ria.discovery_keys();
  const auto before = piet.discovery_keys();
  REQUIRE(after.has_value());
  REQUIRE(also.has_value());
  REQUIRE(before.has_value());
  REQUIRE(after->front().keys.size() == 2);
  REQUIRE(before->front().keys.size() == 1);
  CHECK(equal_secrets(after->front().keys[0].view(), also->front().keys[0].view()));
  CHECK(equal_secrets(after->front().keys[1].view(), before->front().keys[0].view()));
  CHECK_FALSE(equal_secrets(after->front().keys[0].view(), before->front().keys[0].view()));

  for (const std::size_t each : {removed.noor, removed.ria}) removed.back(each);
  removed.pass(2'000);
  CHECK(removed.node(removed.noor).level_links() == 1);
  for (const std::size_t each : {removed.noor, removed.ria}) removed.network(each).called.clear();
  removed.back(removed.piet);
  removed.pass(300'000);
  // Though their beacons reach it, it never learns where Ria is, whom it never met; and nobody calls it, though its
  // beacons reach them. What it remembers of Noor it still tries, and is refused.
  const std::string at_ria = to_text(removed.node(removed.ria).addresses().front());
  CHECK_FALSE(removed.network(removed.piet).called.empty());
  for (const Endpoint& address : removed.network(removed.piet).called) CHECK(to_text(address) != at_ria);
  for (const std::size_t each : {removed.noor, removed.ria}) CHECK(removed.network(each).called.empty());
  CHECK(removed.node(removed.piet).level_links() == 0);
}

TEST_CASE("a removed device that takes a new key for itself is not called either") {
  Removed removed(6);
  removed.back(removed.ria);
  removed.pass(2'000);
  const std::size_t calls = removed.hub.calls;
  // What Piet still has: the space's secret, and so the key from before.
  const auto keys = removed.world[removed.piet].replica().discovery_keys();
  REQUIRE(keys.has_value());
  SeededRng rng(1);
  BoxPublicKey fresh;
  rng.fill(fresh.bytes);
  const std::array<ByteView, 1> under{keys->front().keys.front().view()};
  removed.datagrams(removed.ria).give({write_beacon({fresh, 7'777, true}, under, rng), "10.0.0.9"});
  removed.pass(10'000);
  CHECK(removed.hub.calls == calls);
}

TEST_CASE("what a stranger records of an evening are random bytes of one length") {
  Apart apart(7);
  for (const std::size_t each : {apart.noor, apart.piet, apart.ria}) apart.back(each);
  apart.pass(3ULL * 3'600'000);
  const auto& recorded = apart.air.recorded;
  REQUIRE(recorded.size() > 900);
  // No byte at one place is the same from one to the next more often than chance makes it: 1 in 256.
  std::uint64_t same = 0;
  std::uint64_t compared = 0;
  for (std::size_t i = 1; i < recorded.size(); ++i) {
    REQUIRE(recorded[i].size() == kBeaconBytes);
    for (std::size_t at = 0; at < kBeaconBytes; ++at) {
      ++compared;
      if (recorded[i][at] == recorded[i - 1][at]) ++same;
    }
  }
  const double expected = static_cast<double>(compared) / 256;
  CHECK(static_cast<double>(same) > expected * 0.9);
  CHECK(static_cast<double>(same) < expected * 1.1);
  // Nor does any key stand in them.
  for (const std::size_t each : {apart.noor, apart.piet, apart.ria}) {
    const auto key = view(apart.world[each].key());
    for (const Bytes& beacon : recorded) {
      CHECK(std::search(beacon.begin(), beacon.end(), key.begin(), key.begin() + 8) == beacon.end());
    }
  }
}

TEST_CASE("twenty beacons a minute of a node at rest, and a flood costs it a bounded piece of each turn") {
  Apart apart(8);
  apart.back(apart.piet);
  apart.pass(600'000);
  const std::size_t sent = apart.datagrams(apart.piet).sent;
  CHECK(sent >= 19);
  CHECK(sent <= 27);
  for (int i = 0; i < 1'000; ++i) apart.datagrams(apart.piet).give({Bytes(kBeaconBytes, 1), "10.0.0.66"});
  REQUIRE(apart.node(apart.piet).turn().has_value());
  CHECK(apart.datagrams(apart.piet).waits());
  CHECK(apart.node(apart.piet).next_ms() == apart.world[apart.piet].fake().clock.monotonic_ms());
  apart.settle();
  CHECK_FALSE(apart.datagrams(apart.piet).waits());
}

TEST_CASE("practice and earnest never hear of each other: every store's initiatives are of its own kind") {
  Apart apart(9);
  Replica& replica = apart.world[apart.noor].replica();
  REQUIRE(replica.is_practice());
  const auto spaces = replica.spaces();
  REQUIRE(spaces.has_value());
  const auto keys = replica.discovery_keys();
  REQUIRE(keys.has_value());
  CHECK(keys->size() == 1);
  for (const SpaceRow& space : *spaces) CHECK((space.kind == SpaceKind::personal || space.practice));
}

TEST_CASE("who looks around is told who is there, by name, and whether they are connected") {
  Apart apart(10);
  apart.back(apart.piet);
  apart.back(apart.noor);
  const auto around = apart.done<Surroundings>(apart.piet, LookAround{});
  REQUIRE(around.neighbours.size() == 1);
  const auto& noor = around.neighbours.front();
  CHECK(noor.key == apart.world[apart.noor].key());
  REQUIRE(noor.person.has_value());
  CHECK(noor.person->name == "Noor");
  CHECK(noor.initiatives == std::vector<std::string>{"Tuin"});
  CHECK(noor.address == to_text(apart.node(apart.noor).addresses().front()));
  CHECK(noor.linked);
  CHECK(around.looks);
  CHECK(around.addresses == 1);
  CHECK(around.own > 0);
  CHECK(around.foreign == 0);
}

TEST_CASE("a command that only looks calls nobody, and is answered by those who let peers in and those who do not") {
  Apart apart(11);
  apart.back(apart.noor);
  apart.start(apart.ria);
  apart.look_around(apart.ria);
  apart.pass(60'000);
  apart.start(apart.piet, false);
  apart.look_around(apart.piet);
  apart.network(apart.piet).called.clear();
  const auto around = apart.done<Surroundings>(apart.piet, LookAround{});
  REQUIRE(around.neighbours.size() == 2);
  CHECK(apart.network(apart.piet).called.empty());
  for (const auto& each : around.neighbours) {
    CHECK_FALSE(each.linked);
    CHECK(each.address.empty() == (each.key == apart.world[apart.ria].key()));
  }
}

TEST_CASE("a way that is switched off is so on this device alone, and is taken up again at once") {
  Apart apart(21);
  apart.back(apart.piet);
  apart.back(apart.noor);
  const auto off = apart.done<Answer>(apart.piet, Request(ChooseRoutes{false, {}, {}}));
  CHECK(std::get<StatusAnswer>(off).routes == Routes{false, true, true});
  auto& piet = apart.datagrams(apart.piet);
  const auto sent = piet.sent;
  apart.pass(60'000);
  CHECK(piet.sent == sent);
  const auto status = apart.done<Answer>(apart.noor, Request(ShowStatus{}));
  CHECK(std::get<StatusAnswer>(status).routes == Routes{});
  // IPv6 is still on, of which this air has none.
  auto around = apart.done<Surroundings>(apart.piet, LookAround{});
  CHECK(around.looks);
  CHECK(around.addresses == 0);
  CHECK_FALSE(apart.done<Answer>(apart.piet, Request(ChooseRoutes{{}, false, false})).valueless_by_exception());
  CHECK_FALSE(apart.done<Surroundings>(apart.piet, LookAround{}).looks);
  CHECK(apart.world[apart.piet].replica().routes().value() == Routes{false, false, false});

  CHECK_FALSE(apart.done<Answer>(apart.piet, Request(ChooseRoutes{true, true, true})).valueless_by_exception());
  around = apart.done<Surroundings>(apart.piet, LookAround{});
  CHECK(around.looks);
  CHECK(around.neighbours.size() == 1);
  CHECK(piet.sent > sent);
}

TEST_CASE("who hears nobody is told what was tried and what came of it") {
  Apart apart(12);
  apart.back(apart.piet);
  auto around = apart.done<Surroundings>(apart.piet, LookAround{});
  CHECK(around.neighbours.empty());
  CHECK(around.own == 3);
  CHECK(around.addresses == 1);
  // Somebody else's Kiem.
  apart.datagrams(apart.piet).is_deaf_to_itself = true;
  std::optional<Surroundings> later;
  apart.node(apart.piet).ask(LookAround{}, [&](const Result<NodeAnswer>& answer) {
    later = std::get<Surroundings>(*answer);
  });
  apart.datagrams(apart.piet).give({Bytes(kBeaconBytes, 1), "10.0.0.66"});
  apart.pass(3'000);
  CHECK_FALSE(later.has_value());
  apart.pass(1'000);
  REQUIRE(later.has_value());
  CHECK(later->own == 0);
  CHECK(later->foreign == 1);
  // No network at all.
  apart.datagrams(apart.piet).move_to(0);
  around = apart.done<Surroundings>(apart.piet, LookAround{});
  CHECK(around.addresses == 0);
  // Nothing to send by: said at once.
  apart.start(apart.ria);
  around = apart.done<Surroundings>(apart.ria, LookAround{});
  CHECK_FALSE(around.looks);
}

TEST_CASE(
    "without an initiative there is nobody to look for; who gave up gets no answer; a node that goes answers all") {
  Village village(13);
  const std::size_t noor = village.add("Noor");
  village.start(noor);
  village.look_around(noor);
  CHECK(village.refused(noor, LookAround{}) == ErrorCode::no_initiative);
  village.done<Answer>(noor, Request(CreateInitiative{"Tuin"}));
  int answers = 0;
  const Ticket ticket = village.node(noor).ask(LookAround{}, [&](const Result<NodeAnswer>&) { ++answers; });
  village.node(noor).forget(ticket);
  village.pass(10'000);
  CHECK(answers == 0);
  std::optional<ErrorCode> left;
  village.node(noor).ask(LookAround{}, [&](const Result<NodeAnswer>& answer) { left = answer.error().code; });
  village.node(noor).abandon();
  CHECK(left == ErrorCode::peer_lost);
}

}  // namespace
}  // namespace kiem::test
