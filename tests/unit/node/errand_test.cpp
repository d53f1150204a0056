#include "sync/node/errand.hpp"

#include <doctest/doctest.h>

#include "core/l10n/errors.hpp"
#include "sync/node/caller.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

const std::string kAddress = "tcp://10.0.0.1:7070";

TEST_CASE("every way in which a meeting fails has a sentence and blames nobody here") {
  for (std::uint32_t number = 0; number <= 22; ++number) {
    const EndReason reason = end_reason(number);
    CAPTURE(name_of(reason));
    const Error error = error_of(SessionEnd{reason, true, {}}, kAddress);
    CHECK(error.fault == Fault::peer);
    CHECK_FALSE(error_sentence(Lang::nl, error).empty());
    CHECK(error_sentence(Lang::nl, error) != error_sentence(Lang::en, error));
  }
  for (const auto reason : {DownReason::unreachable, DownReason::handshake_failed, DownReason::refused,
                            DownReason::lost, DownReason::violation, DownReason::anteroom_spent}) {
    CHECK_FALSE(error_sentence(Lang::nl, error_of(reason, kAddress)).empty());
  }
}

TEST_CASE("an error of the own store is told as it is") {
  const Error full{ErrorCode::disk_full, Fault::machine, {}};
  CHECK(error_of(SessionEnd{EndReason::failed, false, full}, kAddress).code == ErrorCode::disk_full);
  CHECK(error_of(SessionEnd{EndReason::failed, true, {}}, kAddress).code == ErrorCode::peer_refused);
}

TEST_CASE("of several failures the one that heard an answer is told") {
  const Error silence{ErrorCode::peer_unreachable, Fault::peer, {kAddress}};
  const Error refusal{ErrorCode::peer_refused, Fault::peer, {"stranger"}};
  CHECK(weightier(std::nullopt, silence).code == ErrorCode::peer_unreachable);
  CHECK(weightier(silence, refusal).code == ErrorCode::peer_refused);
  CHECK(weightier(refusal, silence).code == ErrorCode::peer_refused);
}

// --- whom to call ----------------------------------------------------------------------------------------------------

BoxPublicKey key_of(std::uint8_t number) {
  BoxPublicKey key;
  key.bytes.fill(number);
  return key;
}
KnownDevice device(std::uint8_t number) { return {{}, {}, key_of(number)}; }
KnownAddress address(std::uint8_t number, const std::string& endpoint) { return {key_of(number), endpoint, {}}; }

TEST_CASE("only known devices with an address that can be called are called, each once at a time") {
  SeededRng rng(1);
  Caller caller(rng);
  CHECK_FALSE(caller.next_call(0).has_value());
  CHECK_FALSE(caller.next_ms(0).has_value());
  caller.know({device(1), device(2), device(3)},
              {address(2, "tcp://a:1"), address(3, "tcp://*:1"), address(3, "what"), address(4, "tcp://b:1")}, 100);
  CHECK(caller.next_ms(100) == 100);
  const auto call = caller.next_call(100);
  REQUIRE(call.has_value());
  CHECK(call->key == key_of(2));
  CHECK(call->address == Endpoint{"a", 1});
  CHECK_FALSE(caller.next_call(100).has_value());
  CHECK_FALSE(caller.next_ms(100).has_value());
}

TEST_CASE("the addresses of a device are tried in turn, and the best one first again once a call worked") {
  SeededRng rng(2);
  Caller caller(rng);
  const std::vector<KnownAddress> addresses{address(1, "tcp://a:1"), address(1, "tcp://b:1")};
  caller.know({device(1)}, addresses, 0);
  std::uint64_t now = 0;
  std::string hosts;
  for (int i = 0; i < 3; ++i) {
    const auto call = caller.next_call(now);
    REQUIRE(call.has_value());
    hosts += call->address.host;
    caller.parted(key_of(1), now);
    REQUIRE(caller.next_ms(now).has_value());
    now = *caller.next_ms(now);
  }
  CHECK(hosts == "aba");
  caller.worked(key_of(1));
  caller.know({device(1)}, addresses, now);  // learning more does not forget the pauses
  CHECK(caller.next_call(now)->address.host == "a");
}

TEST_CASE("nobody is called before the pause is over, nor while linked, nor once unknown") {
  SeededRng rng(3);
  Caller caller(rng);
  caller.know({device(1)}, {address(1, "tcp://a:1")}, 0);
  caller.met(key_of(1));
  CHECK_FALSE(caller.next_call(1'000'000).has_value());
  caller.parted(key_of(1), 1'000'000);
  const auto due = caller.next_ms(1'000'000);
  REQUIRE(due.has_value());
  CHECK(*due > 1'000'000);
  CHECK(*due <= 1'000'000 + Backoff::kFirstMs);
  CHECK_FALSE(caller.next_call(*due - 1).has_value());
  CHECK(caller.next_call(*due).has_value());
  caller.know({}, {address(1, "tcp://a:1")}, *due);
  caller.parted(key_of(1), *due);  // absent: nothing
  CHECK_FALSE(caller.next_call(*due + 1'000'000).has_value());
}

TEST_CASE("where a beacon says that a device is goes before what is remembered, and the device is called at once") {
  SeededRng rng(4);
  Caller caller(rng);
  caller.know({device(1)}, {address(1, "tcp://a:1")}, 0);
  for (int i = 0; i < 12; ++i) {
    const auto due = caller.next_ms(0);
    REQUIRE(caller.next_call(*due).has_value());
    caller.parted(key_of(1), *due);
  }
  std::uint64_t now = *caller.next_ms(0) - 1;
  CHECK_FALSE(caller.next_call(now).has_value());
  caller.heard(key_of(1), {"here", 7}, false, now);
  CHECK(caller.next_call(now)->address == Endpoint{"here", 7});
  caller.parted(key_of(1), now);
  // Another beacon at once hurries nothing: a recorded one that is played again costs a call in five seconds at most.
  now += Caller::kHeardPauseMs - 1;
  caller.heard(key_of(1), {"there", 7}, false, now);
  CHECK_FALSE(caller.next_call(now).has_value());
  now += 1;
  caller.heard(key_of(1), {"there", 7}, false, now);
  CHECK(caller.next_call(now)->address == Endpoint{"there", 7});
  // Nobody is called twice at a time, and then the remembered address has its turn.
  caller.heard(key_of(1), {"there", 7}, false, now + 60'000);
  CHECK_FALSE(caller.next_call(now + 60'000).has_value());
  caller.parted(key_of(1), now + 60'000);
  CHECK(caller.next_call(now + 120'000)->address == Endpoint{"a", 1});
}

TEST_CASE("a guest is called while its beacons come, and no longer; a stranger never; and there are sixteen at most") {
  SeededRng rng(5);
  Caller caller(rng);
  caller.heard(key_of(1), {"here", 7}, false, 0);
  CHECK_FALSE(caller.next_ms(0).has_value());
  caller.heard(key_of(1), {"here", 7}, true, 0);
  CHECK(caller.next_call(0)->key == key_of(1));
  caller.parted(key_of(1), 0);
  // Learning of devices forgets no guest.
  caller.know({device(2)}, {}, 1'000);
  CHECK(caller.next_call(100'000)->key == key_of(1));
  caller.parted(key_of(1), 100'000);
  CHECK_FALSE(caller.next_ms(Caller::kGuestMs).has_value());
  CHECK_FALSE(caller.next_call(Caller::kGuestMs).has_value());
  for (std::uint8_t number = 10; number < 60; ++number) caller.heard(key_of(number), {"here", number}, true, 500'000);
  std::size_t called = 0;
  while (caller.next_call(500'000)) ++called;
  CHECK(called == Caller::kMaxGuests);
  // One whose certificate came is a device like others.
  caller.know({device(10)}, {}, 500'000);
  caller.parted(key_of(10), 500'000);
  CHECK(caller.next_call(900'000)->key == key_of(10));
}

}  // namespace
}  // namespace kiem::test
