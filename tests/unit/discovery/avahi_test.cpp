#include "sync/discovery/avahi.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include "tests/unit/discovery/fake_avahi.hpp"

namespace kiem::test {
namespace {

Bytes beacon_of_number(std::uint8_t number) { return Bytes(440, number); }

struct Stage {
  FakeAvahi fake;
  std::unique_ptr<DnsSd> dns_sd = connect_avahi(FakeAvahi::calls());
  Stage() { REQUIRE(dns_sd != nullptr); }

  void wait_until_announced(std::uint8_t number) {
    fake.wait([&] {
      return fake.announced().size() == 1 &&
             kiem::beacon_of(fake.announced().front().texts) == beacon_of_number(number);
    });
  }
  Datagram wait_for_next() {
    while (true) {
      if (auto heard = dns_sd->next()) return *std::move(heard);
      pollfd waits{dns_sd->wake_fd(), POLLIN, 0};
      REQUIRE(::poll(&waits, 1, -1) == 1);
    }
  }
};

TEST_CASE("the daemon announces the last beacon under a name of its own, and what others announce is heard") {
  Stage stage;
  stage.dns_sd->announce(beacon_of_number(1));
  stage.wait_until_announced(1);
  std::string first;
  stage.fake.wait([&] { return !(first = stage.fake.announced().front().name).empty(); });
  stage.dns_sd->announce(beacon_of_number(2));
  stage.wait_until_announced(2);
  stage.fake.wait([&] { return stage.fake.announced().front().name != first; });
  stage.fake.hear(texts_of(beacon_of_number(7)));
  const Datagram heard = stage.wait_for_next();
  CHECK(heard.bytes == beacon_of_number(7));
  CHECK(heard.host == "10.0.0.2");
  stage.dns_sd->announce({});
  stage.fake.wait([&] { return stage.fake.announced().empty(); });
}

TEST_CASE("a daemon that restarts is told again what was said last, and what others announce is heard again") {
  Stage stage;
  for (std::uint8_t number = 1; number < 4; ++number) {
    stage.dns_sd->announce(beacon_of_number(number));
    stage.wait_until_announced(number);
    stage.fake.daemon_goes();
    // Another client waits for it.
    stage.fake.wait([&] { return stage.fake.clients_made() == number + 1U && stage.fake.announced().empty(); });
    CHECK_FALSE(stage.dns_sd->announce(beacon_of_number(number)));
    stage.fake.daemon_comes();
    stage.wait_until_announced(number);
    stage.fake.wait([&] { return stage.fake.is_browsed() && stage.fake.clients() == 1; });
    stage.fake.hear(texts_of(beacon_of_number(number)));
    CHECK(stage.wait_for_next().bytes == beacon_of_number(number));
  }
}

TEST_CASE("a daemon that comes later is told the last beacon then; none when it was taken back in the meantime") {
  Stage stage;
  stage.fake.wait([&] { return stage.fake.is_browsed(); });
  stage.fake.daemon_goes();
  stage.fake.wait([&] { return stage.fake.clients_made() == 2; });
  CHECK_FALSE(stage.dns_sd->announce(beacon_of_number(1)));
  CHECK_FALSE(stage.dns_sd->announce(beacon_of_number(2)));
  SUBCASE("said") {
    stage.fake.daemon_comes();
    stage.wait_until_announced(2);
  }
  SUBCASE("taken back") {
    CHECK_FALSE(stage.dns_sd->announce({}));
    stage.fake.daemon_comes();
    stage.fake.wait([&] { return stage.fake.is_browsed(); });
    stage.dns_sd->announce(beacon_of_number(3));
    std::optional<Bytes> first;
    stage.fake.wait([&] {
      if (stage.fake.announced().empty()) return false;
      first = kiem::beacon_of(stage.fake.announced().front().texts);
      return true;
    });
    CHECK(first == beacon_of_number(3));
  }
}

TEST_CASE("a system's bus that is gone is looked for again with the next announcement, and not before") {
  Stage stage;
  stage.dns_sd->announce(beacon_of_number(1));
  stage.wait_until_announced(1);
  stage.fake.bus_goes();
  stage.fake.wait([&] { return stage.fake.clients_refused() == 1 && stage.fake.clients() == 0; });
  CHECK_FALSE(stage.dns_sd->announce(beacon_of_number(2)));
  stage.fake.wait([&] { return stage.fake.clients_refused() == 2; });
  stage.fake.bus_comes();
  CHECK_FALSE(stage.dns_sd->announce(beacon_of_number(3)));
  stage.wait_until_announced(3);
  CHECK(stage.fake.clients_refused() == 2);
}

TEST_CASE("a daemon that does not answer holds up nobody; once it does it is told the last beacon alone") {
  Stage stage;
  stage.dns_sd->announce(beacon_of_number(1));
  stage.wait_until_announced(1);
  stage.fake.stop_answering();
  stage.dns_sd->announce(beacon_of_number(2));
  stage.fake.wait([&] { return stage.fake.leaves_waiting(); });
  // These come back although the call before is under way.
  for (std::uint8_t number = 3; number < 200; ++number) stage.dns_sd->announce(beacon_of_number(number));
  CHECK_FALSE(stage.dns_sd->next().has_value());
  stage.fake.answer_again();
  stage.wait_until_announced(199);
}

TEST_CASE("what nobody takes is bounded, and what is no beacon is passed over") {
  Stage stage;
  stage.fake.wait([&] { return stage.fake.is_browsed(); });
  stage.fake.hear({{'a', '=', 1}});
  for (int i = 0; i < 100; ++i) stage.fake.hear(texts_of(beacon_of_number(5)));
  stage.fake.wait([&] { return stage.fake.told_of_others() == 101; });
  std::size_t heard = 0;
  while (stage.dns_sd->next()) ++heard;
  CHECK(heard == 64);
}

TEST_CASE("who goes gives the client back") {
  Stage stage;
  stage.dns_sd->announce(beacon_of_number(1));
  stage.wait_until_announced(1);
  stage.dns_sd.reset();
  stage.fake.wait([&] { return stage.fake.clients() == 0 && stage.fake.announced().empty(); });
}

}  // namespace
}  // namespace kiem::test
