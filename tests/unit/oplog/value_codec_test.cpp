#include <doctest/doctest.h>

#include "core/oplog/operation.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

const Bytes kSalt(kPartSaltBytes, 0x5a);

Bytes value_of(std::uint64_t type, std::vector<Bytes> elements) {
  elements.insert(elements.begin(), cbor_unsigned(type));
  return cbor_array(elements);
}
Bytes id32() { return cbor_bytes(Bytes(32, 1)); }
Bytes heads(std::initializer_list<std::uint8_t> fills) {
  std::vector<Bytes> items;
  for (const auto fill : fills) items.push_back(cbor_bytes(Bytes(32, fill)));
  return cbor_array(items);
}

// A part around content that need not be an array.
Bytes part_around(const Bytes& content, std::size_t size, std::uint8_t fill = 0) {
  Bytes part = kSalt;
  append(part, content);
  REQUIRE(part.size() <= size);
  part.resize(size, fill);
  return part;
}

}  // namespace

TEST_CASE("every type of value is read back, and no byte more or less is taken") {
  for (const Value& value : all_values()) {
    CAPTURE(value.index());
    const Bytes bytes = encode(value);
    check_edges(Decoder::value, bytes);
    CHECK(decode_value(bytes) == value);
  }
}

TEST_CASE("values hold their extremes") {
  for (const Value& value :
       {Value{TextValue{"", ""}}, Value{TextValue{"\xf0\x9f\x8c\xb1", "x"}}, Value{IntegerValue{INT64_MIN}},
        Value{IntegerValue{INT64_MAX}}, Value{DateValue{INT32_MIN}}, Value{DateValue{INT32_MAX}},
        Value{TimeValue{0, ""}}, Value{TimeValue{1439, "Asia/Tokyo"}}, Value{LengthValue{UINT32_MAX}},
        Value{RecurrenceValue{""}}, Value{ChoiceValue{UINT32_MAX}}, Value{FileValue{{}, {}, UINT64_MAX}},
        Value{VersionValue{{id_filled<OpId>(0)}}}}) {
    CAPTURE(to_hex(encode(value)));
    CHECK(decode_value(encode(value)) == value);
  }
}

TEST_CASE("a value one beyond its extreme is refused") {
  check_not_canonical(decode_value(value_of(1, {cbor_unsigned(UINT64_C(1) << 63U)})));
  check_not_canonical(decode_value(value_of(2, {cbor_integer(std::int64_t{INT32_MAX} + 1)})));
  check_not_canonical(decode_value(value_of(2, {cbor_integer(std::int64_t{INT32_MIN} - 1)})));
  check_not_canonical(decode_value(value_of(3, {cbor_unsigned(1440)})));
  check_not_canonical(decode_value(value_of(4, {cbor_unsigned(UINT64_C(1) << 32U)})));
  check_not_canonical(decode_value(value_of(4, {cbor_integer(-1)})));
  check_not_canonical(decode_value(value_of(6, {cbor_unsigned(UINT64_C(1) << 32U)})));
}

TEST_CASE("what is meant anyway is not spelled out") {
  check_not_canonical(decode_value(value_of(0, {cbor_text("x"), cbor_text("")})));
  check_not_canonical(decode_value(value_of(3, {cbor_unsigned(1), cbor_text("")})));
  check_not_canonical(decode_value(value_of(3, {cbor_unsigned(1), cbor_text(kDefaultZone)})));
}

TEST_CASE("language and zone are as long as their limits") {
  CHECK(decode_value(value_of(0, {cbor_text("x"), cbor_text(std::string(kMaxLanguageBytes, 'a'))})));
  check_too_large(decode_value(value_of(0, {cbor_text("x"), cbor_text(std::string(kMaxLanguageBytes + 1, 'a'))})),
                  "language");
  CHECK(decode_value(value_of(3, {cbor_unsigned(1), cbor_text(std::string(kMaxZoneBytes, 'a'))})));
  check_too_large(decode_value(value_of(3, {cbor_unsigned(1), cbor_text(std::string(kMaxZoneBytes + 1, 'a'))})),
                  "zone");
}

TEST_CASE("a version names heads that ascend, one at least and as many as the limit") {
  CHECK(decode_value(value_of(9, {heads({1, 2})})));
  check_not_canonical(decode_value(value_of(9, {heads({})})));
  check_not_canonical(decode_value(value_of(9, {heads({2, 1})})));
  check_not_canonical(decode_value(value_of(9, {heads({1, 1})})));
  std::vector<Bytes> many;
  for (std::size_t i = 0; i < kMaxReferences; ++i) many.push_back(cbor_bytes(Bytes(32, static_cast<std::uint8_t>(i))));
  CHECK(decode_value(value_of(9, {cbor_array(many)})));
  many.push_back(cbor_bytes(Bytes(32, 0xff)));
  check_too_large(decode_value(value_of(9, {cbor_array(many)})), "version heads");
}

TEST_CASE("each known type has its own number of elements and its own types of them") {
  for (std::uint64_t type = 0; type <= 14; ++type) {
    CAPTURE(type);
    check_not_canonical(decode_value(value_of(type, {cbor_null()})));
    check_not_canonical(decode_value(value_of(type, {id32(), id32(), id32(), id32(), id32(), id32()})));
    if (type != 13) check_not_canonical(decode_value(value_of(type, {})));
  }
  check_not_canonical(decode_value(value_of(10, {id32(), id32()})));
  check_not_canonical(decode_value(value_of(12, {id32(), id32(), id32(), id32()})));  // a reference of 32 bytes
  check_not_canonical(decode_value(value_of(7, {cbor_bytes(Bytes(31))})));
  check_not_canonical(decode_value(value_of(14, {cbor_bytes(Bytes(33))})));
}

TEST_CASE("a type of a later version is kept whole") {
  for (const Bytes& bytes : {value_of(15, {}), value_of(UINT64_MAX, {cbor_text("x"), cbor_nest(15)})}) {
    check_edges(Decoder::value, bytes);
    const auto value = decode_value(bytes);
    REQUIRE(value);
    CHECK(std::get<UnknownValue>(*value).item == bytes);
  }
  check_not_canonical(decode_value(value_of(15, {cbor_nest(16)})));
  check_not_canonical(decode_value(value_of(15, {Bytes{0x18, 0x00}})));
}

TEST_CASE("what is no array that begins with a number is no value") {
  check_not_canonical(decode_value(cbor_array({})));
  check_not_canonical(decode_value(cbor_map({})));
  check_not_canonical(decode_value(cbor_text("x")));
  check_not_canonical(decode_value(cbor_array({cbor_integer(-1)})));
  check_not_canonical(decode_value(cbor_array({cbor_text("text")})));
  check_not_canonical(decode_value(value_of(0, {Bytes{0x62, 0xc3, 0x28}})));
  check_not_canonical(decode_value(Bytes{0x9f, 0x0d, 0xff}));
  check_too_large(decode_value(Bytes(kMaxOperationBytes + 1, 0)), "value");
}

TEST_CASE("a part with all values, and one with none, is read back, and no byte more or less is taken") {
  for (const PartValues& values : {all_values(), PartValues{}}) {
    const Bytes part = encode_part(kSalt, values);
    CHECK(part.size() % kPartPadding == 0);
    CHECK(to_hex(ByteView(part).first(kPartSaltBytes)) == to_hex(kSalt));
    check_edges(Decoder::part, part);
    CHECK(decode_part(part) == values);
  }
}

TEST_CASE("two parts of the same values differ by their salts alone") {
  const Bytes a = encode_part(kSalt, all_values());
  const Bytes b = encode_part(Bytes(kPartSaltBytes, 0x5b), all_values());
  CHECK(part_hash(a) != part_hash(b));
  CHECK(to_hex(ByteView(a).subspan(kPartSaltBytes)) == to_hex(ByteView(b).subspan(kPartSaltBytes)));
}

TEST_CASE("a part is filled with zeros, fewer than 32 of them") {
  // 16 bytes of salt and 16 of content need no fill; one byte more needs 31.
  const Bytes sixteen = cbor_array({value_of(0, {cbor_text(std::string(12, 'x'))})});
  REQUIRE(sixteen.size() == 16);
  CHECK(decode_part(part_around(sixteen, 32)));
  check_not_canonical(decode_part(part_around(sixteen, 64)));  // 32 bytes of fill
  const Bytes seventeen = cbor_array({value_of(0, {cbor_text(std::string(13, 'x'))})});
  CHECK(decode_part(part_around(seventeen, 64)));
  check_not_canonical(decode_part(part_around(seventeen, 96)));
  check_not_canonical(decode_part(part_around(seventeen, 64, 1)));
  Bytes last = part_around(seventeen, 64);
  last.back() = 1;
  check_not_canonical(decode_part(last));
  check_not_canonical(decode_part(part_around(seventeen, 63)));
  check_not_canonical(decode_part(part_around(cbor_text("x"), 32)));
  check_not_canonical(decode_part(Bytes(16)));
}

TEST_CASE("one value's surplus element is not taken for the value after it") {
  CHECK(decode_part(part_around({0x82, 0x82, 0x01, 0x05, 0x81, 0x0d}, 32)));
  check_not_canonical(decode_part(part_around({0x82, 0x83, 0x01, 0x05, 0x81, 0x0d}, 32)));
}

TEST_CASE("a part is no longer than an operation and holds no more values than mutations can name") {
  const Bytes text = encode_part(kSalt, {TextValue{std::string(kMaxOperationBytes - 16 - 6, 'x'), ""}});
  REQUIRE(text.size() == kMaxOperationBytes);
  CHECK(decode_part(text));
  check_too_large(decode_part(encode_part(kSalt, {TextValue{std::string(kMaxOperationBytes - 16 - 5, 'x'), ""}})),
                  "part");
  CHECK(decode_part(encode_part(kSalt, PartValues(kMaxMutations, NoValue{}))));
  const Bytes more = cbor_array(std::vector<Bytes>(kMaxMutations + 1, value_of(13, {})));
  check_too_large(decode_part(part_around(more, 544)), "values");
}
