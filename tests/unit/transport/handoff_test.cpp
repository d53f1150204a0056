#include "sync/transport/handoff.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <memory>
#include <thread>

#include "sync/transport/outbox.hpp"

namespace kiem {
namespace {

bool is_readable(int fd) {
  pollfd polled{fd, POLLIN, 0};
  return ::poll(&polled, 1, 0) == 1;
}

TEST_CASE("a handoff holds its capacity, refuses one more untouched, and gives back in order") {
  Handoff<std::unique_ptr<int>> handoff(2);
  REQUIRE(handoff.is_good());
  for (int i = 0; i < 2; ++i) {
    auto item = std::make_unique<int>(i);
    CHECK(handoff.try_push(item));
  }
  auto third = std::make_unique<int>(2);
  CHECK_FALSE(handoff.try_push(third));
  REQUIRE(third != nullptr);
  CHECK(**handoff.try_pop() == 0);
  CHECK(handoff.try_push(third));
  CHECK(**handoff.try_pop() == 1);
  CHECK(**handoff.try_pop() == 2);
  CHECK_FALSE(handoff.try_pop().has_value());
  CHECK_FALSE(handoff.pop_within(std::chrono::milliseconds(1)).has_value());
}

TEST_CASE("its descriptors tell when something waits and when room follows a refusal") {
  Handoff<int> handoff(1);
  int item = 1;
  CHECK_FALSE(is_readable(handoff.wake_fd()));
  CHECK(handoff.try_push(item));
  CHECK(is_readable(handoff.wake_fd()));
  CHECK_FALSE(is_readable(handoff.room_fd()));
  CHECK_FALSE(handoff.try_push(item));
  CHECK(handoff.try_pop() == 1);
  CHECK_FALSE(is_readable(handoff.wake_fd()));
  CHECK(is_readable(handoff.room_fd()));
  handoff.clear_room();
  CHECK_FALSE(is_readable(handoff.room_fd()));
  // Without a refusal nobody waits for room, so nobody is woken.
  CHECK(handoff.try_push(item));
  CHECK(handoff.try_pop() == 1);
  CHECK_FALSE(is_readable(handoff.room_fd()));
}

TEST_CASE("what crosses between threads arrives whole and in order, also through a queue of one") {
  Handoff<std::vector<int>> handoff(1);
  std::thread pusher([&] {
    for (int i = 0; i < 2000; ++i) handoff.push(std::vector<int>(100, i));
  });
  for (int i = 0; i < 2000; ++i) {
    const auto item = handoff.pop_within(std::chrono::seconds(20));
    REQUIRE(item.has_value());
    REQUIRE(*item == std::vector<int>(100, i));
  }
  pusher.join();
}

TEST_CASE("an outbox keeps the order when the node is slow, and counts what waits of each link") {
  Handoff<OutboxEvent> handoff(2);
  Outbox outbox(handoff);
  const auto next_byte = [&] { return std::get<FrameReceived>(*handoff.try_pop()).frame.at(0); };
  for (std::uint8_t i = 0; i < 5; ++i) outbox.post(FrameReceived{LinkId{i % 2U}, Bytes(1000, i)});
  CHECK(outbox.unread_bytes(LinkId{0}) == 2 * 1128);  // 2 and 4; 0 and 1 have passed
  CHECK(outbox.unread_bytes(LinkId{1}) == 1128);
  CHECK(next_byte() == 0);
  outbox.post(FrameReceived{LinkId{1}, Bytes(1000, 5)});  // must not overtake
  outbox.flush();
  CHECK(next_byte() == 1);
  CHECK(next_byte() == 2);
  outbox.flush();
  CHECK(next_byte() == 3);
  CHECK(next_byte() == 4);
  outbox.flush();
  CHECK(next_byte() == 5);
  CHECK(outbox.unread_bytes(LinkId{0}) == 0);
  CHECK(outbox.unread_bytes(LinkId{1}) == 0);
}

TEST_CASE("frames of a link that was cut are dropped, its other events and the other links' are not") {
  Handoff<OutboxEvent> handoff(1);
  Outbox outbox(handoff);
  outbox.post(LinkUp{});
  outbox.post(FrameReceived{LinkId{1}, Bytes(10, 1)});
  outbox.post(FrameReceived{LinkId{2}, Bytes(10, 2)});
  outbox.drop_frames(LinkId{1});
  outbox.post(LinkDown{LinkId{1}, DownReason::violation});
  CHECK(outbox.unread_bytes(LinkId{1}) == 0);
  CHECK(std::holds_alternative<LinkUp>(*handoff.try_pop()));
  outbox.flush();
  CHECK(std::get<FrameReceived>(*handoff.try_pop()).link == LinkId{2});
  outbox.flush();
  CHECK(std::get<LinkDown>(*handoff.try_pop()).link == LinkId{1});
  outbox.flush();
  CHECK_FALSE(handoff.try_pop().has_value());
}

TEST_CASE("an outbox that waits too long is crowded") {
  Handoff<OutboxEvent> handoff(1);
  Outbox outbox(handoff);
  for (int i = 0; i < 4097; ++i) outbox.post(LinkUp{});
  CHECK_FALSE(outbox.is_crowded());
  outbox.post(LinkUp{});
  CHECK(outbox.is_crowded());
}

}  // namespace
}  // namespace kiem
