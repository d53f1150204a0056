// The bytes of a session's messages: what is taken, what is passed over, what is refused.
#include "sync/wire/messages.hpp"

#include <doctest/doctest.h>

using namespace kiem;
using namespace kiem::wire;

namespace {

Short filled(std::uint8_t byte) {
  Short id;
  id.bytes.fill(byte);
  return id;
}

Hello some_hello() {
  Hello hello;
  hello.versions = {0};
  hello.practice = true;
  hello.epoch = filled(1);
  hello.counter = 300;
  hello.yours = filled(2);
  hello.spaces = {{filled(3), filled(4), filled(5), {{0, 12}, {1, 0}}}};
  return hello;
}

std::vector<Message> one_of_each() {
  return {some_hello(),
          Heads{1, {{filled(1), {{2, filled(2), {filled(3), filled(4)}}}}}, true},
          Want{{{7, {filled(1)}}, {8, {}}}, false},
          Probe{{1, 2, 3}},
          Samples{{{4, {filled(9)}}}},
          Segments{Bytes{1}, Bytes{2, 3}, 70, true},
          Segments{Bytes{1}, {}, {}, false},
          Segments{Bytes{1}, {}, {}, false, 255},
          Piece{Bytes{1, 2}, true},
          Done{2, INT64_MAX},
          Level{0, filled(8), true, 17},
          Ack{0, 5, true},
          Bye{19},
          Again{filled(1), {}, 5, 4, Bytes{0, 1, 0}, true, {{0, 1, filled(2), 3}}, 2},
          Again{filled(1), {}, 5, 4, {}, false, {}, {}},
          Known{5, 4, Bytes{0, 1, 0}, true, {{0, 1, filled(2), 3}}, 2},
          Known{5, {}, {}, false, {}, {}},
          Whole{},
          Frontier{1, {{filled(1), 2, Bytes(7, 1)}}, true},
          Lack{Bytes{0, 1, 0}, {}},
          Lack{{}, 1'240},
          Lack{},
          Knock{{0}, filled(7), false},
          Challenge{},
          Join{{}, {}, {}, {Bytes{1}}, "Bram O."},
          Admitted{Bytes{1}},
          Have{{{filled(1), {{2, filled(2), {filled(3), filled(4)}}}}}},
          Graft{filled(1), 2, filled(2), {filled(3)}, true},
          Graft{filled(1), 2, filled(2), {}, false},
          Prune{filled(1), 2}};
}

ErrorCode code_of(const Result<Message>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().fault == Fault::peer);
  return result.error().code;
}

Bytes frame(std::uint32_t type, const std::function<void(CborWriter&)>& body) {
  CborWriter out;
  out.array(2);
  out.unsigned_integer(type);
  body(out);
  return out.take();
}

}  // namespace

TEST_CASE("every message is read as it was written") {
  for (const auto& message : one_of_each()) {
    CAPTURE(name_of(message));
    const Bytes bytes = encode(message);
    const auto read = decode(bytes);
    REQUIRE(read);
    CHECK(*read == message);
  }
}

TEST_CASE("every shortened message and every one with a byte behind it is refused") {
  for (const auto& message : one_of_each()) {
    CAPTURE(name_of(message));
    Bytes bytes = encode(message);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK(code_of(decode(ByteView(bytes).first(size))) == ErrorCode::not_canonical);
    }
    bytes.push_back(0);
    CHECK(code_of(decode(bytes)) == ErrorCode::not_canonical);
  }
}

TEST_CASE("fields of a later version are skipped") {
  const auto later = frame(Bye::kType, [](CborWriter& out) {
    out.map(3);
    out.unsigned_integer(0);
    out.unsigned_integer(4);
    out.unsigned_integer(9);
    out.text("later");
    out.unsigned_integer(200);
    out.array(1);
    out.null();
  });
  const auto read = decode(later);
  REQUIRE(read);
  CHECK(*read == Message(Bye{4}));
}

TEST_CASE("keys out of order or twice are refused") {
  for (const std::uint64_t second : {0U, 1U}) {
    const auto wrong = frame(Done::kType, [&](CborWriter& out) {
      out.map(2);
      out.unsigned_integer(1);
      out.unsigned_integer(5);
      out.unsigned_integer(second);
      out.unsigned_integer(5);
    });
    CHECK(code_of(decode(wrong)) == ErrorCode::not_canonical);
  }
}

TEST_CASE("a false flag and an empty list are left out, and refused when they are there") {
  const auto flag = frame(Heads::kType, [](CborWriter& out) {
    out.map(2);
    out.unsigned_integer(0);
    out.unsigned_integer(0);
    out.unsigned_integer(2);
    out.boolean(false);
  });
  CHECK(code_of(decode(flag)) == ErrorCode::not_canonical);
  const auto list = frame(Want::kType, [](CborWriter& out) {
    out.map(1);
    out.unsigned_integer(0);
    out.array(0);
  });
  CHECK(code_of(decode(list)) == ErrorCode::not_canonical);
}

TEST_CASE("a type of a later version is told apart, whatever it holds") {
  for (const std::uint32_t type : {0U, 24U, 127U, 128U, 255U}) {
    const auto read = decode(frame(type, [](CborWriter& out) { out.text("?"); }));
    REQUIRE(read);
    CHECK(*read == Message(UnknownMessage{type}));
  }
  CHECK(code_of(decode(frame(256, [](CborWriter& out) { out.null(); }))) == ErrorCode::not_canonical);
}

TEST_CASE("a frame is at most 32 KiB") {
  const std::size_t around = encode(Piece{Bytes(30'000, 7), false}).size() - 30'000;
  CHECK(decode(encode(Piece{Bytes(kMaxFrame - around, 7), false})));
  Bytes larger = encode(Piece{Bytes(kMaxFrame - around, 7), false});
  larger.push_back(0);
  CHECK(code_of(decode(larger)) == ErrorCode::too_large);
}

TEST_CASE("lists hold what they may and no more") {
  CHECK(decode(encode(Probe{std::vector<std::uint32_t>(kMaxEntries, 1)})));
  const auto longer = frame(Probe::kType, [](CborWriter& out) {
    out.map(1);
    out.unsigned_integer(0);
    out.array(kMaxEntries + 1);
    for (std::size_t i = 0; i <= kMaxEntries; ++i) out.unsigned_integer(1);
  });
  CHECK(code_of(decode(longer)) == ErrorCode::too_large);
  const auto none = frame(Probe::kType, [](CborWriter& out) { out.map(0); });
  CHECK(code_of(decode(none)) == ErrorCode::not_canonical);
  Hello hello = some_hello();
  hello.spaces.resize(kMaxSpaces, hello.spaces.front());
  CHECK(decode(encode(hello)));
}

TEST_CASE("a counter is a positive number that a store can hold") {
  const auto with = [](std::uint64_t counter) {
    return frame(Done::kType, [&](CborWriter& out) {
      out.map(2);
      out.unsigned_integer(0);
      out.unsigned_integer(1);
      out.unsigned_integer(1);
      out.unsigned_integer(counter);
    });
  };
  CHECK(decode(with(INT64_MAX)));
  CHECK(code_of(decode(with(static_cast<std::uint64_t>(INT64_MAX) + 1))) == ErrorCode::not_canonical);
}
