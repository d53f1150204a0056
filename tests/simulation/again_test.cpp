// Meeting again with fifty bytes: when that is taken, when a whole Hello is asked for, and what becomes of a lie in it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Anneke (0) and Bram (1), who met and have the same.
struct Friends {
  explicit Friends(std::uint64_t seed = 41) : world(seed) {
    world.add("Anneke V.");
    world.add("Bram O.");
    world.found(0, "Sociaal Tuinieren");
    world[0].add_task("Heg knippen");
    CHECK(world.meet(1, 0).level);
  }
  std::unique_ptr<Session> end(std::size_t at, bool dialled) {
    SessionOptions options;
    options.peer = world[1 - at].key();
    options.dialled = dialled;
    return std::make_unique<Session>(world[at].replica(), std::move(options), 0);
  }
  void must_agree() { CHECK(first_difference(world[0].dump(), world[1].dump()) == ""); }
  SimWorld world;
};

std::uint64_t bytes_of(const Traffic& traffic, const wire::Message& kind) {
  return traffic.kind_bytes[0][kind.index()] + traffic.kind_bytes[1][kind.index()];
}
bool had_hello(const Meeting& meeting) { return bytes_of(meeting.traffic, wire::Hello{}) > 0; }

template <class Body>
Body said(Session& session) {
  const auto frame = session.next_frame();
  REQUIRE(frame);
  const auto message = wire::decode(*frame);
  REQUIRE(message);
  REQUIRE(std::holds_alternative<Body>(*message));
  return std::get<Body>(*message);
}
void hear(Session& session, const wire::Message& message) { session.receive(wire::encode(message), 0); }

// Frames over and back until both are still; what `bend` makes of the first frame is heard in its place.
void talk(Session& a, Session& b, const std::function<void(wire::Message&)>& bend = {}) {
  bool first = true;
  for (bool moved = true; moved;) {
    moved = false;
    for (auto* from : {&a, &b}) {
      while (auto frame = from->next_frame()) {
        auto message = wire::decode(*frame);
        REQUIRE(message);
        if (std::exchange(first, false) && bend) bend(*message);
        (from == &a ? b : a).receive(wire::encode(*message), 0);
        moved = true;
      }
    }
  }
}

}  // namespace

TEST_CASE("two who have the same begin with a word each, whoever calls") {
  Friends friends;
  for (const std::size_t caller : {0U, 1U}) {
    const Meeting met = friends.world.meet(caller, 1 - caller);
    CHECK(met.level);
    CHECK_FALSE(had_hello(met));
    CHECK(met.traffic.all_bytes() <= 66);
    CHECK(met.traffic.frames[0] + met.traffic.frames[1] == 2);
  }
}

TEST_CASE("what is new on both sides goes over without a Hello and once") {
  Friends friends;
  friends.world[0].add_task("Gieters nakijken");
  friends.world[1].add_task("Soep rondbrengen");
  friends.world[1].claim("Heg knippen");
  const Meeting met = friends.world.meet(1, 0);
  CHECK(met.level);
  CHECK_FALSE(had_hello(met));
  CHECK(bytes_of(met.traffic, wire::Heads{}) == 0);
  // The assigner's answer, written while they met, is part of the meeting.
  friends.must_agree();
  const Meeting still = friends.world.meet(0, 1);
  CHECK(still.traffic.all_segment_bytes() == 0);
  CHECK_FALSE(had_hello(still));
}

TEST_CASE("what both have from a third is not sent between them") {
  SimWorld world(42);
  for (const char* name : {"Anneke V.", "Bram O.", "Chantal D."}) world.add(name);
  world.found(0, "Sociaal Tuinieren");
  world.heal();
  world[2].add_task("Van Chantal");  // a chain that is new to both
  CHECK(world.meet(2, 0).level);
  CHECK(world.meet(2, 1).level);
  const Meeting met = world.meet(0, 1);
  CHECK(met.level);
  CHECK(met.traffic.all_segment_bytes() == 0);
  CHECK_FALSE(had_hello(met));
  world[2].add_task("Nog een van Chantal");
  world[0].add_task("Van Anneke");
  world[1].add_task("Van Bram");
  CHECK(world.meet(2, 0).level);
  CHECK(world.meet(2, 1).level);
  CHECK(world.meet(0, 1).level);
  const auto one = world[0].dump();
  CHECK(first_difference(one, world[1].dump()) == "");
}

TEST_CASE("after live pushing was cut in the middle the next meeting is whole again, one way or the other") {
  for (std::uint64_t frames = 1; frames < 12; ++frames) {
    CAPTURE(frames);
    Friends friends(50 + frames);
    auto& world = friends.world;
    SimLink& link = world.connect(0, 1);
    REQUIRE(world.run_until([&] { return link.is_level(); }));
    const std::uint64_t before = link.traffic().frames[0] + link.traffic().frames[1];
    world[0].add_task("Onderweg");
    world[1].add_task("Ook onderweg");
    world.run_until([&] { return link.traffic().frames[0] + link.traffic().frames[1] >= before + frames; }, 3'000);
    link.cut();
    world.forget_links();
    CHECK(world.meet(1, 0).level);
    friends.must_agree();
    // By then both remember the same.
    CHECK_FALSE(had_hello(world.meet(0, 1)));
  }
}

TEST_CASE("a store put back from before the last meeting is asked for a Hello, or finds out by the digests") {
  Friends friends;
  auto& world = friends.world;
  const std::size_t copy = world.copy(1);
  world[1].add_task("Na de kopie");
  CHECK(world.meet(1, 0).level);
  const Meeting met = world.meet(copy, 0);
  CHECK(met.level);
  CHECK(first_difference(world[0].dump(), world[copy].dump()) == "");
  CHECK(world[copy].ask<StatusAnswer>(ShowStatus{}).initiatives[0].older);
}

TEST_CASE("whoever is not remembered is told nothing but that") {
  Friends friends;
  friends.world.add("Chantal D.");
  Session door(friends.world[0].replica(), {friends.world[2].key(), false, {}, {}}, 0);
  hear(door, wire::Again{{}, {}, 1, 1, {}, false, {}, {}});
  said<wire::Whole>(door);
  CHECK_FALSE(door.next_frame());
  CHECK_FALSE(door.peer_is_member());
  // And asked once.
  hear(door, wire::Again{{}, {}, 1, 1, {}, false, {}, {}});
  REQUIRE(door.end());
  CHECK(door.end()->reason == EndReason::wrong_state);
}

TEST_CASE("who remembers something else is asked for a Hello, and the meeting goes on with that") {
  Friends friends;
  friends.world[1].add_task("Soep rondbrengen");
  auto dialler = friends.end(1, true);
  auto called = friends.end(0, false);
  talk(*dialler, *called, [](wire::Message& message) { ++std::get<wire::Again>(message).remembered.bytes[0]; });
  CHECK(dialler->is_level());
  CHECK(called->is_level());
  friends.must_agree();
}

TEST_CASE("a lie about what somebody has costs a round with all heads and loses nothing") {
  const auto lie = [](const std::function<void(wire::Again&)>& change) {
    Friends friends;
    friends.world[0].add_task("Van Anneke");
    friends.world[1].add_task("Van Bram");
    friends.world[0].claim("Heg knippen");
    auto dialler = friends.end(1, true);
    auto called = friends.end(0, false);
    talk(*dialler, *called, [&](wire::Message& message) { change(std::get<wire::Again>(message)); });
    CHECK(dialler->is_level());
    CHECK(called->is_level());
    friends.must_agree();
  };
  SUBCASE("that it has all that the other ever had") {
    lie([](wire::Again& again) {
      again.got = again.got + 3;
      again.got_access.reset();
    });
  }
  SUBCASE("that it has nothing of it") {
    lie([](wire::Again& again) { again.got = 0; });
  }
  SUBCASE("that it has new chains, and more of them than there is") {
    lie([](wire::Again& again) { again.chains.push_back({0, 1, {}, INT64_MAX}); });
  }
  SUBCASE("that nothing of membership grew") {
    lie([](wire::Again& again) { again.access = false; });
  }
  SUBCASE("that nothing moved") {
    lie([](wire::Again& again) { again.moves.reset(); });
  }
  SUBCASE("that the first chain moved a long way") {
    lie([](wire::Again& again) { again.moves = Bytes{0, 0, 0xFF, 0x7F}; });
  }
  SUBCASE("that it has more than there is: that is not remembered here") {
    lie([](wire::Again& again) { again.got = INT64_MAX; });
  }
}

TEST_CASE("who says that all is equal when it is not is believed by nobody at the next meeting") {
  Friends friends;
  friends.world[0].add_task("Van Anneke");
  {
    auto dialler = friends.end(1, true);
    said<wire::Again>(*dialler);
    hear(*dialler, wire::Known{9'999, {}, {}, false, {}, {}});
    CHECK(dialler->is_level());
    dialler->close();
  }
  CHECK(friends.world.meet(1, 0).level);
  friends.must_agree();
}

TEST_CASE("moves that are none end the session, on either side") {
  Friends friends;
  friends.world[0].add_task("Van Anneke");
  auto dialler = friends.end(1, true);
  auto again = said<wire::Again>(*dialler);
  again.moves = Bytes{7};
  auto called = friends.end(0, false);
  hear(*called, again);
  REQUIRE(called->end());
  CHECK(called->end()->reason == EndReason::bad_message);
  hear(*dialler, wire::Known{1, 1, Bytes{7}, false, {}, {}});
  REQUIRE(dialler->end());
  CHECK(dialler->end()->reason == EndReason::bad_message);
}
