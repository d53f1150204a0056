#include "sync/pairing/pairing.hpp"

#include <doctest/doctest.h>

#include <set>

#include "core/crypto/hash.hpp"
#include "core/identity/words.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

BoxPublicKey key_of(std::uint8_t number) {
  BoxPublicKey key;
  key.bytes.fill(number);
  return key;
}
constexpr PairingCode kCode{{1, 2, 3, 4, 5}};

// Two laptops with a link between them, on which frames arrive when deliver() says so.
struct Two {
  explicit Two(std::uint64_t seed, const PairingCode& typed = kCode)
      : rng(seed),
        host(Pairing::Side::host, kCode, key_of(1), key_of(2), rng, 0),
        guest(Pairing::Side::guest, typed, key_of(2), key_of(1), rng, 0) {}
  void deliver(std::uint64_t now_ms = 0) {
    bool moved = true;
    while (moved) {
      moved = false;
      while (const auto frame = guest.next_frame()) {
        host.receive(*frame, now_ms);
        moved = true;
      }
      while (const auto frame = host.next_frame()) {
        guest.receive(*frame, now_ms);
        moved = true;
      }
    }
  }
  SeededRng rng;
  Pairing host, guest;
};

TEST_CASE("both screens show the same four words, and the invitation goes over when both people agree") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Two two(seed);
    CHECK_FALSE(two.host.knows_code());
    two.deliver();
    REQUIRE(two.host.words().has_value());
    REQUIRE(two.guest.words().has_value());
    CHECK(*two.host.words() == *two.guest.words());
    CHECK(two.host.knows_code());
    std::string all;
    for (const std::string_view each : *two.host.words()) {
      CHECK(index_of(each).has_value());
      all += std::string(each) + " ";
    }
    seen.insert(all);
    two.guest.answer(true);
    two.deliver();
    CHECK_FALSE(two.host.is_agreed());
    two.host.answer(true);
    two.deliver();
    CHECK(two.host.is_agreed());
    two.host.give("kiem-AbC");
    two.deliver();
    CHECK(two.guest.given() == "kiem-AbC");
    CHECK(two.host.ended() == PairingEnd::done);
    CHECK(two.guest.ended() == PairingEnd::done);
  }
  CHECK(seen.size() == 200);
}

TEST_CASE("somebody in between shows other words on the two screens, always") {
  // It knows the code, has a key of its own on each side, and passes on whatever it can.
  std::size_t first_words = 0;
  constexpr std::uint64_t kSeeds = 20'000;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SeededRng rng(seed);
    Pairing host(Pairing::Side::host, kCode, key_of(1), key_of(3), rng, 0);
    Pairing to_host(Pairing::Side::guest, kCode, key_of(3), key_of(1), rng, 0);
    Pairing to_guest(Pairing::Side::host, kCode, key_of(4), key_of(2), rng, 0);
    Pairing guest(Pairing::Side::guest, kCode, key_of(2), key_of(4), rng, 0);
    host.receive(*to_host.next_frame(), 0);
    to_host.receive(*host.next_frame(), 0);
    host.receive(*to_host.next_frame(), 0);
    to_guest.receive(*guest.next_frame(), 0);
    guest.receive(*to_guest.next_frame(), 0);
    REQUIRE(host.words().has_value());
    REQUIRE(guest.words().has_value());
    REQUIRE(*host.words() != *guest.words());
    if ((*host.words())[0] == (*guest.words())[0]) ++first_words;
  }
  // One word alone would be the same in 1 of 2048 by chance: 9.8 of 20 000, and no more than six standard deviations.
  CHECK(first_words < 29);
}

// The commitment is what makes four words enough. With it whoever stands between has to choose its nonce towards the
// host before it has the host's; a nonce chosen afterwards is refused.
TEST_CASE("a nonce that was chosen after the other was seen is refused") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRng rng(seed);
    Pairing host(Pairing::Side::host, kCode, key_of(1), key_of(3), rng, 0);
    Pairing between(Pairing::Side::guest, kCode, key_of(3), key_of(1), rng, 0);
    host.receive(*between.next_frame(), 0);
    Bytes other{kPairingMark, 3};
    other.resize(2 + Hash32::kSize);
    rng.fill(std::span(other).subspan(2));
    host.receive(other, 0);
    CHECK(host.ended() == PairingEnd::bad_message);
    CHECK_FALSE(host.words().has_value());
  }
}

TEST_CASE("what if there were no commitment: eleven bits would be found in some thousand tries") {
  // The search that the test above rules out, to show that it is the commitment that does.
  SeededRng rng(1);
  Hash32 host_nonce;
  rng.fill(host_nonce.bytes);
  Hash32 guest_nonce;
  rng.fill(guest_nonce.bytes);
  const auto wanted = pairing_words(key_of(4), key_of(2), host_nonce, guest_nonce)[0];
  std::size_t tries = 0;
  Hash32 chosen;
  do {
    rng.fill(chosen.bytes);
    ++tries;
  } while (pairing_words(key_of(1), key_of(3), host_nonce, chosen)[0] != wanted && tries < 40'000);
  CHECK(tries < 40'000);
}

TEST_CASE("without the code nothing is to be had of the host, and no attempt of it is used up") {
  Two two(1, PairingCode{{1, 2, 3, 4, 6}});
  two.deliver();
  CHECK(two.host.ended() == PairingEnd::wrong_code);
  CHECK_FALSE(two.host.knows_code());
  CHECK_FALSE(two.host.next_frame().has_value());
  CHECK_FALSE(two.guest.words().has_value());
}

TEST_CASE("a person who sees other words ends it on both sides, whatever the other person says") {
  for (const bool host_says : {false, true}) {
    Two two(3);
    two.deliver();
    two.host.answer(host_says);
    two.guest.answer(!host_says);
    two.deliver();
    CHECK(two.host.ended() == PairingEnd::different);
    CHECK(two.guest.ended() == PairingEnd::different);
    CHECK_FALSE(two.host.is_agreed());
    CHECK_FALSE(two.guest.given().has_value());
    // Nobody changes his mind afterwards.
    two.host.answer(true);
    CHECK_FALSE(two.host.is_agreed());
  }
}

TEST_CASE("who takes too long has to begin anew: ten seconds for laptops, five minutes for people") {
  Two two(4);
  CHECK(two.host.next_ms() == Pairing::kExchangeMs);
  two.host.tick(Pairing::kExchangeMs - 1);
  CHECK_FALSE(two.host.ended().has_value());
  two.host.tick(Pairing::kExchangeMs);
  CHECK(two.host.ended() == PairingEnd::too_late);
  CHECK_FALSE(two.host.next_ms().has_value());

  Two slow(5);
  slow.deliver(9'000);
  slow.guest.tick(9'000 + Pairing::kCompareMs - 1);
  CHECK_FALSE(slow.guest.ended().has_value());
  slow.guest.tick(9'000 + Pairing::kCompareMs);
  CHECK(slow.guest.ended() == PairingEnd::too_late);
  Two cut(6);
  cut.host.lost();
  CHECK(cut.host.ended() == PairingEnd::lost);
}

// Every message at every moment at which it may not come, and each of a wrong length.
TEST_CASE("what may not come now, is too short, too long, of no kind or no message ends it") {
  const auto frame_of = [](std::uint8_t type, std::size_t body) {
    Bytes frame{kPairingMark, type};
    frame.resize(2 + body, 7);
    return frame;
  };
  const auto refuses = [&](Pairing& pairing, const Bytes& frame) {
    pairing.receive(frame, 0);
    return pairing.ended() == PairingEnd::bad_message;
  };
  // To a host that waits for a commitment, and to a guest that waits for a nonce.
  for (const unsigned char type : std::initializer_list<unsigned char>{0, 2, 3, 4, 5, 6, 7, 255}) {
    for (const std::size_t body : {0U, 32U, 64U}) {
      Two two(7);
      CHECK(refuses(two.host, frame_of(type, body)));
    }
  }
  for (const unsigned char type : std::initializer_list<unsigned char>{0, 1, 3, 4, 5, 6, 7, 255}) {
    for (const std::size_t body : {0U, 32U, 64U}) {
      Two two(8);
      CHECK(refuses(two.guest, frame_of(type, body)));
    }
  }
  for (const std::size_t body : {0U, 1U, 63U, 65U}) {
    Two two(9);
    CHECK(refuses(two.host, frame_of(1, body)));
  }
  for (const std::size_t body : {0U, 31U, 33U}) {
    Two two(10);
    CHECK(refuses(two.guest, frame_of(2, body)));
  }
  for (const Bytes& none : {Bytes{}, Bytes{0}, Bytes{0x82, 0x08}, Bytes(kMaxPairingFrame + 1, 0)}) {
    Two two(11);
    CHECK(refuses(two.host, none));
  }
  // When the words are there: a second commitment, nonce or reveal, a Same with something behind it, or twice.
  for (const unsigned char type : std::initializer_list<unsigned char>{1, 2, 3}) {
    Two two(12);
    two.deliver();
    CHECK(refuses(two.host, frame_of(type, type == 1 ? 64 : 32)));
    CHECK(refuses(two.guest, frame_of(type, type == 1 ? 64 : 32)));
  }
  Two longer(13);
  longer.deliver();
  CHECK(refuses(longer.host, frame_of(4, 1)));
  Two twice(14);
  twice.deliver();
  twice.host.receive(frame_of(4, 0), 0);
  CHECK(refuses(twice.host, frame_of(4, 0)));
  // An invitation before the person here has agreed, to a host, or an empty one.
  Two early(15);
  early.deliver();
  CHECK(refuses(early.guest, frame_of(6, 10)));
  Two empty(16);
  empty.deliver();
  empty.host.answer(true);
  empty.guest.answer(true);
  empty.deliver();
  CHECK(refuses(empty.guest, frame_of(6, 0)));
  CHECK(refuses(empty.host, frame_of(6, 10)));
}

TEST_CASE("after its end a pairing hears and says nothing more") {
  Two two(17);
  two.deliver();
  two.guest.answer(false);
  two.guest.receive(Bytes{kPairingMark, 4}, 0);
  two.guest.answer(true);
  CHECK(two.guest.ended() == PairingEnd::different);
  const auto last = two.guest.next_frame();
  REQUIRE(last.has_value());
  CHECK(*last == Bytes{kPairingMark, 5});
  CHECK_FALSE(two.guest.next_frame().has_value());
}

TEST_CASE("a code is eight letters and digits, read as people type them") {
  SeededRng rng(1);
  for (int i = 0; i < 1'000; ++i) {
    const PairingCode code = draw_pairing_code(rng);
    const std::string text = write_pairing_code(code);
    CHECK(text.size() == 9);
    CHECK(text[4] == '-');
    CHECK(read_pairing_code(text) == code);
  }
  const auto code = read_pairing_code("k7qd-2m9x");
  REQUIRE(code.has_value());
  CHECK(write_pairing_code(*code) == "k7qd-2m9x");
  for (const char* const same : {"K7QD2M9X", " k7qd 2m9x ", "k7-qd-2m-9x", "k7qd2m9x"})
    CHECK(read_pairing_code(same) == code);
  CHECK(read_pairing_code("oooo-illi") == read_pairing_code("0000-1111"));
  for (const char* const other : {"", "k7qd-2m9", "k7qd-2m9xx", "k7qd-2m9u", "k7qd_2m9x"}) {
    CHECK_FALSE(read_pairing_code(other).has_value());
  }
  CHECK_FALSE(read_pairing_code(std::string(1'000'000, 'k')).has_value());
  CHECK(equal_secrets(pairing_key(*code).view(), pairing_key(*read_pairing_code("K7QD 2M9X")).view()));
  CHECK_FALSE(equal_secrets(pairing_key(*code).view(), pairing_key(*read_pairing_code("k7qd-2m9y")).view()));
}

}  // namespace
}  // namespace kiem::test
