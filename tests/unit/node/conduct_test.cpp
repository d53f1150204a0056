// How peers behave, and what a node makes of it.
#include "sync/node/conduct.hpp"

#include "tests/unit/node/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

BoxPublicKey numbered_key(std::uint16_t number) {
  BoxPublicKey key;
  key.bytes[0] = static_cast<std::uint8_t>(number);
  key.bytes[1] = static_cast<std::uint8_t>(number >> 8U);
  return key;
}

const std::vector<InitiativeRow::Meeting::Misdeed>& misdeeds_of(const InitiativeRow& row, const DeviceId& device) {
  static const std::vector<InitiativeRow::Meeting::Misdeed> kNone;
  for (const auto& meeting : row.meetings) {
    if (meeting.device == device) return meeting.misdeeds;
  }
  return kNone;
}

}  // namespace

TEST_CASE("a bar is ten seconds, doubles with each offence up to an hour, and a day without any is forgiven") {
  Conduct conduct;
  std::uint64_t now = 0;
  std::uint64_t longest = 0;
  for (std::uint64_t expected = 10'000; expected < 3'600'000; expected *= 2) {
    conduct.note(numbered_key(1), PeerFault::poison, now);
    CHECK(conduct.is_barred(numbered_key(1), now + expected - 1));
    CHECK_FALSE(conduct.is_barred(numbered_key(1), now + expected));
    CHECK(conduct.next_ms(now) == now + expected);
    longest = expected;
    now += expected;
  }
  CHECK(longest == 2'560'000);
  for (int i = 0; i < 3; ++i) conduct.note(numbered_key(1), PeerFault::garbage, now);
  CHECK(conduct.is_barred(numbered_key(1), now + 3'599'999));
  CHECK_FALSE(conduct.is_barred(numbered_key(1), now + 3'600'000));
  CHECK_FALSE(conduct.is_barred(numbered_key(2), now));
  CHECK(conduct.barred(now) == std::vector{numbered_key(1)});
  now += Conduct::kForgivenMs;
  CHECK_FALSE(conduct.next_ms(now));
  conduct.note(numbered_key(1), PeerFault::excess, now);
  CHECK(conduct.next_ms(now) == now + 10'000);
}

TEST_CASE("one broken promise bars nobody, the second does") {
  Conduct conduct;
  conduct.note(numbered_key(1), PeerFault::unserved, 0);
  CHECK_FALSE(conduct.is_barred(numbered_key(1), 0));
  conduct.note(numbered_key(1), PeerFault::unserved, 1);
  CHECK(conduct.is_barred(numbered_key(1), 10'000));
}

TEST_CASE("of a thousand keys and one more the one whose bar ends first is forgotten") {
  Conduct conduct;
  for (std::uint16_t i = 0; i <= Conduct::kMaxKeys; ++i) conduct.note(numbered_key(i), PeerFault::poison, i);
  CHECK(conduct.barred(Conduct::kMaxKeys).size() == Conduct::kMaxKeys);
  CHECK_FALSE(conduct.is_barred(numbered_key(0), 0));
  CHECK(conduct.is_barred(numbered_key(1), Conduct::kMaxKeys));
}

TEST_CASE("what an honest peer may do is no offence") {
  for (const auto reason : {EndReason::goodbye, EndReason::silent, EndReason::lost, EndReason::version,
                            EndReason::stranger, EndReason::removed, EndReason::failed}) {
    CHECK_FALSE(fault_of(reason));
  }
  CHECK(fault_of(EndReason::bad_operation) == PeerFault::poison);
  CHECK(fault_of(EndReason::too_much) == PeerFault::excess);
  CHECK(fault_of(EndReason::unserved) == PeerFault::unserved);
}

TEST_CASE("a member whose laptop talks nonsense is told of in the status, kept out for a while, and let in again") {
  Village village(61);
  for (const char* const name : {"Anneke V.", "Bram O.", "Chantal D."}) village.add(name);
  for (std::size_t i = 0; i < 3; ++i) village.start(i);
  village.listen(0);
  village.found(0, {1, 2});
  village.stop(1);
  const Endpoint address = *parse_endpoint(to_text(village.node(0).addresses().front()));
  HubNetwork& bram = village.network(1);
  const auto call = [&] { return *bram.connect(address, village.world[0].key()); };
  // Bram's laptop meets as it should, and then is somebody else's.
  const LinkId link = call();
  SessionOptions options;
  options.peer = village.world[0].key();
  options.dialled = true;
  Session session(village.world[1].replica(), std::move(options), 0);
  for (int turn = 0; turn < 20 && !session.is_level(); ++turn) {
    while (auto frame = session.next_frame()) REQUIRE(bram.send(link, *frame) == SendOutcome::taken);
    village.settle();
    while (auto event = bram.next_event()) {
      if (const auto* const frame = std::get_if<FrameReceived>(&*event)) session.receive(frame->frame, 0);
    }
  }
  REQUIRE(session.is_level());
  REQUIRE(bram.send(link, Bytes{0xFF}) == SendOutcome::taken);
  village.settle();
  village.pass(3'000);

  const auto misdeeds = [&] {
    const auto answer = village.done<Answer>(0, Request(ShowStatus{}));
    return misdeeds_of(std::get<StatusAnswer>(answer).initiatives.front(), village.world[1].replica().keys().device);
  };
  REQUIRE(misdeeds().size() == 1);
  CHECK(misdeeds().front().fault == PeerFault::garbage);
  CHECK(misdeeds().front().times == 1);
  while (bram.next_event()) {
  }
  // Kept out.
  call();
  auto event = bram.next_event();
  REQUIRE(event);
  REQUIRE(std::holds_alternative<LinkDown>(*event));
  CHECK(std::get<LinkDown>(*event).reason == DownReason::refused);
  // The others notice nothing, and after a while Bram is let in again.
  village.add_task(0, "Heg knippen");
  village.settle();
  CHECK(village.same(0, 2));
  village.pass(10'000);
  call();
  event = bram.next_event();
  REQUIRE(event);
  CHECK(std::holds_alternative<LinkUp>(*event));
}
