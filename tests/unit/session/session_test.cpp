// One session against a peer of the test's own making: who is turned away, why, and what that costs.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Anneke (0) founded, Bram (1) is a member, Chantal (2) is nobody yet.
struct Stage {
  Stage() : world(5) {
    world.add("Anneke V.");
    world.add("Bram O.");
    world.found(0, "Sociaal Tuinieren");
    world.add("Chantal D.");
  }
  Session accept_from(std::size_t peer, std::size_t at = 0) {
    SessionOptions options;
    options.peer = world[peer].key();
    return Session(world[at].replica(), std::move(options), 0);
  }
  Session dial(std::size_t from, std::size_t to, SecretBytes invitation = {}) {
    SessionOptions options;
    options.peer = world[to].key();
    options.dialled = true;
    options.invitation = std::move(invitation);
    return Session(world[from].replica(), std::move(options), 0);
  }
  Replica::Invitation invite(Role role = Role::volunteer) {
    auto invitation = world[0].replica().invite({}, role);
    REQUIRE(invitation);
    return std::move(*invitation);
  }
  SimWorld world;
};

wire::Message next(Session& session) {
  const auto frame = session.next_frame();
  REQUIRE(frame);
  const auto message = wire::decode(*frame);
  REQUIRE(message);
  return *message;
}
template <class Body>
Body next_as(Session& session) {
  const auto message = next(session);
  REQUIRE(std::holds_alternative<Body>(message));
  return std::get<Body>(message);
}
EndReason reason_of(const Session& session) {
  REQUIRE(session.end());
  return session.end()->reason;
}
void tell(Session& session, const wire::Message& message) { session.receive(wire::encode(message), 0); }

// The Hello of a session that dialled a device which does not remember it.
wire::Hello hello_of(Session& dialler) {
  next_as<wire::Again>(dialler);
  tell(dialler, wire::Whole{});
  return next_as<wire::Hello>(dialler);
}

// Hands frames over until neither has one.
void talk(Session& a, Session& b) {
  for (bool moved = true; moved;) {
    moved = false;
    while (auto frame = a.next_frame()) {
      b.receive(*frame, 0);
      moved = true;
    }
    while (auto frame = b.next_frame()) {
      a.receive(*frame, 0);
      moved = true;
    }
  }
}

}  // namespace

TEST_CASE("who was called says nothing before it is spoken to") {
  Stage stage;
  Session session = stage.accept_from(1);
  CHECK_FALSE(session.next_frame());
  CHECK(session.phase() == SessionPhase::opening);
}

TEST_CASE("a stranger's Hello is answered with nothing but why") {
  Stage stage;
  Session session = stage.accept_from(2);
  wire::Hello hello;
  hello.versions = {wire::kVersion};
  hello.practice = true;
  hello.device = stage.world[2].replica().keys().device;
  hello.spaces = {{{}, {}, {}, {{0, 0}}}};
  tell(session, hello);
  CHECK(reason_of(session) == EndReason::stranger);
  CHECK(next_as<wire::Bye>(session).reason == static_cast<std::uint32_t>(EndReason::stranger));
  CHECK_FALSE(session.next_frame());
}

TEST_CASE("a member's Hello is worth nothing over somebody else's key") {
  Stage stage;
  Session bram = stage.dial(1, 0);
  const auto hello = hello_of(bram);
  // Chantal's link carries Bram's words: the tag is for another key, the device is not hers.
  Session session = stage.accept_from(2);
  tell(session, hello);
  CHECK(reason_of(session) == EndReason::stranger);
}

TEST_CASE("who holds the space's secret under an unknown key gets no further than the access circle") {
  Stage stage;
  const auto space = stage.world[0].replica().spaces()->back();
  wire::Hello hello;
  hello.versions = {wire::kVersion};
  hello.practice = true;
  hello.device = stage.world[2].replica().keys().device;
  wire::SpaceOffer offer;
  const auto tag = stage.world[0].replica().tag(space, stage.world[2].key(), stage.world[0].key());
  REQUIRE(tag);
  offer.tag = *tag;
  offer.circles = {{0, 0}, {1, 0}, {2, 0}};
  hello.spaces = {offer};
  Session session = stage.accept_from(2);
  tell(session, hello);
  const auto answer = next_as<wire::Hello>(session);
  REQUIRE(answer.spaces.size() == 1);
  REQUIRE(answer.spaces[0].circles.size() == 1);
  CHECK(answer.spaces[0].circles[0].number == 0);
  // It has nothing to show for itself, so the round ends with goodbye.
  const auto heads = next_as<wire::Heads>(session);
  CHECK(heads.phase == 0);
  tell(session, wire::Heads{0, {}, true});
  tell(session, wire::Want{{}, true});
  CHECK(next_as<wire::Want>(session).last);
  CHECK(next_as<wire::Done>(session).phase == 0);
  tell(session, wire::Done{0, 1});
  const auto level = next_as<wire::Level>(session);
  tell(session, wire::Level{0, level.digest, false, 1});
  CHECK(reason_of(session) == EndReason::stranger);
  CHECK_FALSE(session.peer_is_member());
}

TEST_CASE("a node of another version, or of the other kind, is told so") {
  Stage stage;
  Session session = stage.accept_from(1);
  Session bram = stage.dial(1, 0);
  auto hello = hello_of(bram);
  hello.versions = {1, 2};
  tell(session, hello);
  CHECK(reason_of(session) == EndReason::version);
  Session other = stage.accept_from(1);
  hello.versions = {wire::kVersion};
  hello.practice = false;
  tell(other, hello);
  CHECK(reason_of(other) == EndReason::other_practice);
}

TEST_CASE("messages that may not come now end the session") {
  Stage stage;
  const std::vector<wire::Message> early{wire::Heads{0, {}, true},
                                         wire::Want{{}, true},
                                         wire::Probe{{0}},
                                         wire::Samples{{{0, {}}}},
                                         wire::Segments{Bytes{1}, {}, {}, false},
                                         wire::Piece{Bytes{1}, true},
                                         wire::Done{0, 1},
                                         wire::Level{},
                                         wire::Ack{0, {}, false},
                                         wire::Known{1, {}, {}, false, {}, {}},
                                         wire::Whole{},
                                         wire::Frontier{0, {}, true},
                                         wire::Lack{},
                                         wire::Challenge{},
                                         wire::Join{{}, {}, {}, {Bytes{1}}, "x"},
                                         wire::Admitted{Bytes{1}}};
  for (const auto& message : early) {
    CAPTURE(wire::name_of(message));
    Session session = stage.accept_from(1);
    tell(session, message);
    CHECK(reason_of(session) == EndReason::wrong_state);
    CHECK(next_as<wire::Bye>(session).reason == static_cast<std::uint32_t>(EndReason::wrong_state));
  }
}

TEST_CASE("a message of a later version is passed over, unless it says that it must be known") {
  Stage stage;
  Session session = stage.accept_from(1);
  const auto unknown = [](std::uint32_t type) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(type);
    out.map(0);
    return out.take();
  };
  session.receive(unknown(127), 0);
  CHECK_FALSE(session.end());
  session.receive(unknown(128), 0);
  CHECK(reason_of(session) == EndReason::version);
}

TEST_CASE("bytes that are no message end the session") {
  Stage stage;
  Session session = stage.accept_from(1);
  session.receive(Bytes{0xFF, 0x00}, 0);
  CHECK(reason_of(session) == EndReason::bad_message);
  Session large = stage.accept_from(1);
  large.receive(Bytes(wire::kMaxFrame + 1, 0), 0);
  CHECK(reason_of(large) == EndReason::too_much);
}

TEST_CASE("in a round nothing can be asked twice, or of what was not told") {
  const auto begin = [](Stage& stage, Session& session) {
    Session bram = stage.dial(1, 0);
    tell(session, hello_of(bram));
    next_as<wire::Hello>(session);
    const auto heads = next_as<wire::Heads>(session);
    REQUIRE(heads.last);
    return heads;
  };
  Stage stage;
  stage.world[0].add_task("Heg knippen");
  SUBCASE("an entry beyond the last") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Want{{{100, {}}}, true});
    CHECK(reason_of(session) == EndReason::wrong_state);
  }
  SUBCASE("an entry twice") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Want{{{0, {}}, {0, {}}}, true});
    CHECK(reason_of(session) == EndReason::wrong_state);
  }
  SUBCASE("a sample that was not asked for") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Samples{{{0, {}}}});
    CHECK(reason_of(session) == EndReason::wrong_state);
  }
  SUBCASE("heads after the last") {
    Session session = stage.accept_from(1);
    const auto heads = begin(stage, session);
    tell(session, wire::Heads{heads.phase, {}, true});
    tell(session, wire::Heads{heads.phase, {}, true});
    CHECK(reason_of(session) == EndReason::wrong_state);
  }
  SUBCASE("more bytes acknowledged than were sent") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Ack{1, {}, false});
    CHECK(reason_of(session) == EndReason::wrong_state);
  }
  SUBCASE("a segment that is none") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Segments{Bytes{0x80}, {}, {}, false});
    CHECK(reason_of(session) == EndReason::bad_operation);
  }
  SUBCASE("an id by a beginning that says nothing here is no fault, but nothing more is read until all begins anew") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Segments{Bytes{0x87, 0x00, 0xc1, 0x00, 0x00, 0x00, 0x00, 0x81, 0x00}, Bytes(6, 9), {}, false});
    CHECK_FALSE(session.end());
    tell(session, wire::Segments{Bytes{0x80}, {}, {}, false});
    CHECK_FALSE(session.end());
    tell(session, wire::Segments{Bytes{0x80}, {}, {}, true});
    CHECK(reason_of(session) == EndReason::bad_operation);
  }
  SUBCASE("words that say to be more than may be") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Segments{Bytes{0x80}, {}, kMaxPackedWords + 1, false});
    CHECK(reason_of(session) == EndReason::too_much);
  }
  SUBCASE("words that do not expand to what they say") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    tell(session, wire::Segments{Bytes{0x80}, {}, kMaxPackedWords, false});
    CHECK(reason_of(session) == EndReason::bad_operation);
  }
  SUBCASE("pieces without end") {
    Session session = stage.accept_from(1);
    begin(stage, session);
    const wire::Piece piece{Bytes(30'000, 1), false};
    for (int i = 0; i < 5 && !session.end(); ++i) tell(session, piece);
    CHECK(reason_of(session) == EndReason::too_much);
  }
  SUBCASE("heads without end") {
    Session session = stage.accept_from(1);
    const auto heads = begin(stage, session);
    wire::Heads more{heads.phase, {{{}, {}}}, false};
    more.spaces[0].chains.resize(700, {1, {}, {Short{}}});
    for (int i = 0; i < 40 && !session.end(); ++i) tell(session, more);
    CHECK(reason_of(session) == EndReason::too_much);
  }
}

// --- joining ---------------------------------------------------------------------------------------------------------

TEST_CASE("an invitation lets one in, once, and says so to everybody after") {
  Stage stage;
  auto invitation = stage.invite();
  Session joiner = stage.dial(2, 0, invitation.seed.clone());
  Session inviter = stage.accept_from(2);
  talk(joiner, inviter);
  CHECK(joiner.is_level());
  CHECK(inviter.is_level());
  CHECK(joiner.joined() == invitation.space);
  CHECK(inviter.peer_is_member());
  CHECK(inviter.peer() == stage.world[2].replica().keys().device);

  SUBCASE("the same person is told before anything is sent") {
    Session again = stage.dial(2, 0, invitation.seed.clone());
    CHECK(reason_of(again) == EndReason::used_invitation);
    CHECK_FALSE(again.next_frame());
  }
  SUBCASE("somebody else is told by the inviter") {
    const std::size_t daan = stage.world.add("Daan K.");
    Session late = stage.dial(daan, 0, invitation.seed.clone());
    Session door = stage.accept_from(daan);
    talk(late, door);
    CHECK(reason_of(late) == EndReason::used_invitation);
    CHECK(late.end()->by_peer);
    CHECK(stage.world[0].ask<People>(ListPeople{}).people.size() == 3);
  }
}

TEST_CASE("when the answer to a joining is lost, the same device asks again and comes in") {
  Stage stage;
  auto invitation = stage.invite();
  Session joiner = stage.dial(2, 0, invitation.seed.clone());
  Session inviter = stage.accept_from(2);
  inviter.receive(*joiner.next_frame(), 0);  // Knock
  joiner.receive(*inviter.next_frame(), 0);  // Challenge
  inviter.receive(*joiner.next_frame(), 0);  // Join; Admitted never arrives
  joiner.lost();
  inviter.lost();
  const auto operations = stage.world[0].dump();
  Session again = stage.dial(2, 0, invitation.seed.clone());
  Session door = stage.accept_from(2);
  talk(again, door);
  CHECK(again.is_level());
  CHECK(again.joined());
  CHECK(stage.world[0].dump() == operations);
}

TEST_CASE("an overheard joining is worth nothing over another link") {
  Stage stage;
  auto invitation = stage.invite();
  Session joiner = stage.dial(2, 0, invitation.seed.clone());
  Session inviter = stage.accept_from(2);
  const auto knock = *joiner.next_frame();
  inviter.receive(knock, 0);
  joiner.receive(*inviter.next_frame(), 0);
  const auto join = *joiner.next_frame();
  SUBCASE("replayed to a fresh challenge over the same key") {
    Session replay = stage.accept_from(2);
    replay.receive(knock, 0);
    next_as<wire::Challenge>(replay);
    replay.receive(join, 0);
    CHECK(reason_of(replay) == EndReason::bad_proof);
  }
  SUBCASE("passed on over somebody else's key") {
    const std::size_t thief = stage.world.add("Dief");
    Session relay = stage.accept_from(thief);
    relay.receive(knock, 0);
    next_as<wire::Challenge>(relay);
    relay.receive(join, 0);
    CHECK(reason_of(relay) == EndReason::bad_proof);
  }
  SUBCASE("a challenge relayed by somebody in between") {
    // The thief shows the inviter's own challenge to the joiner over the thief's key, and passes the answer on.
    const std::size_t thief = stage.world.add("Dief");
    Session victim = stage.dial(2, thief, invitation.seed.clone());
    Session door = stage.accept_from(2);
    door.receive(*victim.next_frame(), 0);
    victim.receive(*door.next_frame(), 0);
    door.receive(*victim.next_frame(), 0);
    CHECK(reason_of(door) == EndReason::bad_proof);
  }
  CHECK(stage.world[0].ask<People>(ListPeople{}).people.size() == 2);
}

TEST_CASE("a code that nobody gave is unknown, and one from the other kind of initiative does not fit") {
  Stage stage;
  Session joiner = stage.dial(2, 0, SecretBytes::copy_of(Bytes(kInvitationSeedBytes, 9)));
  Session inviter = stage.accept_from(2);
  talk(joiner, inviter);
  CHECK(reason_of(joiner) == EndReason::unknown_invitation);

  auto invitation = stage.invite();
  Session second = stage.dial(2, 0, invitation.seed.clone());
  auto knock = next_as<wire::Knock>(second);
  knock.practice = false;
  Session door = stage.accept_from(2);
  tell(door, knock);
  CHECK(reason_of(door) == EndReason::other_practice);
}

TEST_CASE("who is a member already is not admitted by another code") {
  Stage stage;
  auto invitation = stage.invite();
  Session joiner = stage.dial(1, 0, invitation.seed.clone());
  Session inviter = stage.accept_from(1);
  talk(joiner, inviter);
  CHECK(reason_of(joiner) == EndReason::already_member);
}

TEST_CASE("a joiner may carry any role that it was invited for, and a coordinator begins as a volunteer") {
  Stage stage;
  auto invitation = stage.invite(Role::coordinator);
  Session joiner = stage.dial(2, 0, invitation.seed.clone());
  Session inviter = stage.accept_from(2);
  talk(joiner, inviter);
  REQUIRE(joiner.is_level());
  const auto people = stage.world[0].ask<People>(ListPeople{}).people;
  const auto chantal =
      std::find_if(people.begin(), people.end(), [](const PersonRow& row) { return row.person.name == "Chantal D."; });
  REQUIRE(chantal != people.end());
  CHECK(chantal->role == Role::volunteer);
  CHECK_FALSE(chantal->on_probation);
}

TEST_CASE("only a coordinator invites") {
  Stage stage;
  const auto invitation = stage.world[1].replica().invite({}, Role::volunteer);
  REQUIRE_FALSE(invitation);
  CHECK(invitation.error().code == ErrorCode::not_allowed);
}

TEST_CASE("a peer that says nothing for too long is let go of") {
  Stage stage;
  Session session = stage.accept_from(1);
  session.tick(20'000);
  CHECK_FALSE(session.end());
  session.tick(20'001);
  CHECK(reason_of(session) == EndReason::silent);
}
