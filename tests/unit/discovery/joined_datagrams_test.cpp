#include "sync/discovery/joined_datagrams.hpp"

#include <doctest/doctest.h>

#include "sync/discovery/avahi.hpp"
#include "tests/support/fake_air.hpp"

namespace kiem::test {
namespace {

// A daemon that keeps what it was told, and tells what the test puts in.
struct FakeDnsSd final : DnsSd {
  [[nodiscard]] int wake_fd() const override { return -1; }
  bool announce(ByteView beacon) override {
    if (!is_there) return false;
    announced.push_back(to_bytes(beacon));
    return true;
  }
  [[nodiscard]] std::optional<Datagram> next() override {
    if (heard.empty()) return std::nullopt;
    Datagram first = heard.front();
    heard.erase(heard.begin());
    return first;
  }
  bool is_there = true;
  std::vector<Bytes> announced;
  std::vector<Datagram> heard;
};

struct Both {
  FakeAir air;
  FakeDatagrams* udp = nullptr;
  FakeDnsSd* dns_sd = nullptr;
  std::unique_ptr<Datagrams> joined;
  Both() {
    auto datagrams = std::make_unique<FakeDatagrams>(air, "10.0.0.1");
    auto service = std::make_unique<FakeDnsSd>();
    udp = datagrams.get();
    dns_sd = service.get();
    auto made = JoinedDatagrams::create(std::move(datagrams), std::move(service));
    REQUIRE(made.has_value());
    joined = *std::move(made);
  }
  std::size_t send(std::uint8_t number) { return joined->send(Bytes(440, number)); }
};

TEST_CASE("beacons go out both ways: by datagram each, by DNS-SD the first, every fourth, and one after a change") {
  Both both;
  for (std::uint8_t i = 0; i < 9; ++i) CHECK(both.send(i) == 1);
  CHECK(both.udp->sent == 9);
  REQUIRE(both.dns_sd->announced.size() == 3);
  CHECK(both.dns_sd->announced[0].front() == 0);
  CHECK(both.dns_sd->announced[1].front() == 4);
  CHECK(both.dns_sd->announced[2].front() == 8);
}

TEST_CASE("a daemon that is not there is asked again with each beacon") {
  Both both;
  both.dns_sd->is_there = false;
  CHECK(both.send(1) == 1);
  both.dns_sd->is_there = true;
  CHECK(both.send(2) == 1);
  REQUIRE(both.dns_sd->announced.size() == 1);
  CHECK(both.dns_sd->announced[0].front() == 2);
}

TEST_CASE("what was heard by DNS-SD comes with the address that was resolved") {
  Both both;
  both.dns_sd->heard.push_back({Bytes(440, 7), "fe80::1%eth0"});
  const auto heard = both.joined->next();
  REQUIRE(heard.has_value());
  CHECK(heard->host == "fe80::1%eth0");
  CHECK_FALSE(both.joined->next().has_value());
}

TEST_CASE("DNS-SD is switched off and on by itself, and alone it counts as a way out") {
  Both both;
  both.send(1);
  both.joined->choose({true, true, false});
  REQUIRE(both.dns_sd->announced.size() == 2);
  CHECK(both.dns_sd->announced[1].empty());
  both.send(2);
  CHECK(both.dns_sd->announced.size() == 2);
  both.dns_sd->heard.push_back({Bytes(440, 7), "10.0.0.2"});
  while (const auto heard = both.joined->next()) CHECK(heard->host == "10.0.0.1");
  CHECK(both.dns_sd->heard.empty());
  both.joined->choose({false, false, true});
  CHECK(both.send(3) == 1);
  CHECK(both.dns_sd->announced.back().front() == 3);
}

TEST_CASE("a beacon that waits for a daemon is taken back too when DNS-SD is switched off") {
  Both both;
  both.joined->choose({true, true, true});
  both.dns_sd->is_there = false;
  both.send(1);
  both.dns_sd->is_there = true;
  both.joined->choose({true, true, false});
  REQUIRE(both.dns_sd->announced.size() == 1);
  CHECK(both.dns_sd->announced[0].empty());
  both.joined->choose({true, true, false});
  CHECK(both.dns_sd->announced.size() == 1);
}

TEST_CASE("a beacon goes into two texts and comes out of them in either order") {
  Bytes beacon(440);
  for (std::size_t i = 0; i < beacon.size(); ++i) beacon[i] = static_cast<std::uint8_t>(i * 7);
  auto texts = texts_of(beacon);
  REQUIRE(texts.size() == 2);
  for (const Bytes& text : texts) CHECK(text.size() == 222);
  CHECK(beacon_of(texts) == beacon);
  std::swap(texts[0], texts[1]);
  texts.push_back({'c', '=', 1});
  CHECK(beacon_of(texts) == beacon);
  texts.erase(texts.begin());
  CHECK_FALSE(beacon_of(texts).has_value());
  CHECK_FALSE(beacon_of({}).has_value());
  CHECK_FALSE(beacon_of({Bytes(256, 'a'), {'b', '='}}).has_value());
}

TEST_CASE("without the library there is no DNS-SD") {
  CHECK(connect_avahi({"no such library", "nor this"}) == nullptr);
}

}  // namespace
}  // namespace kiem::test
