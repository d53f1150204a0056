#include <doctest/doctest.h>

#include "core/oplog/operation.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

Bytes heads(std::size_t count, std::uint8_t first = 1) {
  std::vector<Bytes> items;
  for (std::size_t i = 0; i < count; ++i) {
    items.push_back(cbor_bytes(view(id_filled<OpId>(static_cast<std::uint8_t>(first + i)))));
  }
  return cbor_array(items);
}

}  // namespace

TEST_CASE("a header and the least header are read back, and no byte more or less is taken") {
  for (const Header& header : {sample_header(), least_header()}) {
    const Bytes bytes = encode(header);
    check_edges(Decoder::header, bytes);
    CHECK(decode_header(bytes) == header);
  }
}

TEST_CASE("a founding header has a space, circle and prev of zeros and seq 0, all or none of it") {
  Header founding = least_header();
  founding.space = {};
  founding.circle = {};
  const Bytes bytes = encode(founding);
  CHECK(decode_header(bytes) == founding);
  const Bytes one = cbor_bytes(Bytes(32, 1));
  check_not_canonical(decode_header(with_key(bytes, 3, one)));                                      // a space
  check_not_canonical(decode_header(with_key(bytes, 4, one)));                                      // a circle
  check_not_canonical(decode_header(with_key(bytes, 7, one)));                                      // a prev
  check_not_canonical(decode_header(with_key(bytes, 6, cbor_unsigned(1))));                         // a seq
  check_not_canonical(decode_header(with_key(with_key(bytes, 6, cbor_unsigned(1)), 7, one)));       // seq and prev
  check_not_canonical(decode_header(with_key(encode(sample_header()), 6, cbor_unsigned(0))));       // prev at seq 0
  check_not_canonical(decode_header(with_key(encode(sample_header()), 7, cbor_bytes(Bytes(32)))));  // none after it
}

TEST_CASE("every key that is always there is missed, and only those") {
  const Bytes bytes = encode(sample_header());
  for (std::uint64_t key = 0; key < 14; ++key) {
    CAPTURE(key);
    const auto decoded = decode_header(without_key(bytes, key));
    if (key == 8 || key == 9) {
      CHECK(decoded.has_value());
    } else {
      check_not_canonical(decoded);
    }
  }
}

TEST_CASE("every key refuses a value of another type and of another size") {
  const Bytes bytes = encode(sample_header());
  for (std::uint64_t key = 0; key < 14; ++key) {
    CAPTURE(key);
    check_not_canonical(decode_header(with_key(bytes, key, cbor_text("x"))));
    check_not_canonical(decode_header(with_key(bytes, key, cbor_null())));
    check_not_canonical(decode_header(with_key(bytes, key, cbor_bytes(Bytes(31, 1)))));
    check_not_canonical(decode_header(with_key(bytes, key, cbor_bytes(Bytes(33, 1)))));
  }
}

TEST_CASE("an empty list of heads is told by leaving its key out") {
  const Bytes bytes = encode(sample_header());
  check_not_canonical(decode_header(with_key(bytes, 8, heads(0))));
  check_not_canonical(decode_header(with_key(bytes, 9, heads(0))));
}

TEST_CASE("heads are as many as the limit and one more is too large") {
  const Bytes bytes = encode(sample_header());
  CHECK(decode_header(with_key(bytes, 8, heads(kMaxAccessHeads)))->access_heads.size() == kMaxAccessHeads);
  check_too_large(decode_header(with_key(bytes, 8, heads(kMaxAccessHeads + 1))), "access heads");
  CHECK(decode_header(with_key(bytes, 9, heads(kMaxSeen)))->seen.size() == kMaxSeen);
  check_too_large(decode_header(with_key(bytes, 9, heads(kMaxSeen + 1))), "seen");
}

TEST_CASE("access heads ascend without repeating; seen heads differ in any order") {
  const Bytes bytes = encode(sample_header());
  const auto pair = [](std::uint8_t a, std::uint8_t b) {
    return cbor_array({cbor_bytes(Bytes(32, a)), cbor_bytes(Bytes(32, b))});
  };
  CHECK(decode_header(with_key(bytes, 8, pair(1, 2))));
  check_not_canonical(decode_header(with_key(bytes, 8, pair(2, 1))));
  check_not_canonical(decode_header(with_key(bytes, 8, pair(1, 1))));
  const auto seen = decode_header(with_key(bytes, 9, pair(2, 1)));
  REQUIRE(seen);
  CHECK(seen->seen == std::vector<OpId>{id_filled<OpId>(2), id_filled<OpId>(1)});
  check_not_canonical(decode_header(with_key(bytes, 9, pair(1, 1))));
}

TEST_CASE("numbers are taken up to their largest") {
  const Bytes bytes = encode(sample_header());
  for (const std::uint64_t key : {0U, 1U, 2U}) {
    CHECK(decode_header(with_key(bytes, key, cbor_unsigned(UINT32_MAX))));
    check_not_canonical(decode_header(with_key(bytes, key, cbor_unsigned(UINT64_C(1) << 32U))));
  }
  CHECK(decode_header(with_key(bytes, 6, cbor_unsigned(UINT64_MAX)))->seq == UINT64_MAX);
  CHECK(decode_header(with_key(bytes, 10, cbor_unsigned(1)))->op_class == OpClass::urgent);
  CHECK(decode_header(with_key(bytes, 10, cbor_unsigned(255))));
  check_not_canonical(decode_header(with_key(bytes, 10, cbor_unsigned(256))));
  for (const std::int64_t ms : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    CHECK(decode_header(with_key(bytes, 11, cbor_integer(ms)))->claimed.ms == ms);
  }
  check_not_canonical(decode_header(with_key(bytes, 11, cbor_unsigned(UINT64_C(1) << 63U))));
}

TEST_CASE("bones that leave the header no room are too large") {
  const Bytes bytes = encode(sample_header());
  // Sizes above 255 and up to 65535 take two bytes more than the sample's 100.
  const std::size_t room = kMaxOperationBytes - bytes.size() - 1;
  CHECK(decode_header(with_key(bytes, 13, cbor_unsigned(room)))->bones_size == room);
  check_too_large(decode_header(with_key(bytes, 13, cbor_unsigned(room + 1))), "operation");
  check_too_large(decode_header(with_key(bytes, 13, cbor_unsigned(kMaxOperationBytes + 1))), "bones");
  check_too_large(decode_header(Bytes(kMaxOperationBytes + 1, 0)), "header");
}

TEST_CASE("an unknown key is kept, and from the must range on it makes the operation unknown") {
  const Bytes bytes = encode(sample_header());
  for (const std::uint64_t key : {14U, 127U, 128U, 255U}) {
    CAPTURE(key);
    const Bytes more = with_key(bytes, key, cbor_array({cbor_text("later")}));
    check_edges(Decoder::header, more);
    const auto header = decode_header(more);
    REQUIRE(header);
    REQUIRE(header->unknown.size() == 1);
    CHECK(header->unknown[0].key == key);
    CHECK(is_unknown(*header) == (key >= kFirstMustKey));
    CHECK(is_unknown(*header, least_bones()) == (key >= kFirstMustKey));
  }
  check_not_canonical(decode_header(with_key(bytes, 256, cbor_null())));
  check_not_canonical(decode_header(with_key(bytes, UINT64_MAX, cbor_null())));
}

TEST_CASE("an unknown key's value is canonical too, and nests no deeper than CBOR may here") {
  const Bytes bytes = encode(sample_header());
  CHECK(decode_header(with_key(bytes, 14, cbor_nest(16))));
  for (const Bytes& value : {cbor_nest(17), cbor_nest(5000), Bytes{0x18, 0x17}, Bytes{0x9f, 0xff}, Bytes{0xc0, 0x00},
                             Bytes{0x62, 0xc3, 0x28}, Bytes{0xa2, 0x00, 0x00, 0x00, 0x00}, Bytes{0xf9, 0x00, 0x00}}) {
    Pairs pairs = split_map(bytes);
    pairs.emplace_back(14, value);
    check_not_canonical(decode_header(cbor_map(pairs)));
  }
}

TEST_CASE("keys out of order, twice, in a longer form or of another type are refused") {
  Pairs pairs = split_map(encode(sample_header()));
  Pairs swapped = pairs;
  std::swap(swapped[3], swapped[4]);
  check_not_canonical(decode_header(cbor_map(swapped)));
  Pairs twice = pairs;
  twice.insert(twice.begin() + 8, twice[8]);
  check_not_canonical(decode_header(cbor_map(twice)));
  Bytes longer = encode(sample_header());
  longer.insert(longer.begin() + 1, 0x18);  // key 0 as 18 00
  check_not_canonical(decode_header(longer));
  Bytes text = encode(sample_header());
  text[1] = 0x60;
  check_not_canonical(decode_header(text));
  Bytes indefinite = encode(sample_header());
  indefinite[0] = 0xbf;
  indefinite.push_back(0xff);
  check_not_canonical(decode_header(indefinite));
  check_not_canonical(decode_header(cbor_array({})));
  check_not_canonical(decode_header(cbor_map({})));
}

TEST_CASE("a header of an unknown format, suite or enc decodes by the same grammar and is unknown") {
  CHECK_FALSE(is_unknown(sample_header()));
  Header later = sample_header();
  later.format = 9;
  CHECK(decode_header(encode(later)) == later);
  CHECK(is_unknown(later));
  later = sample_header();
  later.suite = 2;
  CHECK(decode_header(encode(later)) == later);
  CHECK(is_unknown(later));
  later = sample_header();
  later.enc = 1;
  CHECK(decode_header(encode(later)) == later);
  CHECK(is_unknown(later, least_bones()));
}

TEST_CASE("an operation's id changes with every byte of its header") {
  Bytes bytes = encode(sample_header());
  const OpId id = op_id(bytes);
  for (auto& byte : bytes) {
    byte ^= 1U;
    CHECK(op_id(bytes) != id);
    byte ^= 1U;
  }
  CHECK(op_id(bytes) == id);
}
