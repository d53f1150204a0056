#include "core/base/cbor.hpp"

#include <doctest/doctest.h>

using namespace kiem;

namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

// The offset that a refusal names, or -1 when nothing was refused.
template <class T>
int refused_at(const Result<T>& result) {
  if (result) return -1;
  CHECK(result.error().code == ErrorCode::not_canonical);
  CHECK(result.error().fault == Fault::peer);
  REQUIRE(result.error().args.size() == 2);
  CHECK_FALSE(result.error().args[1].empty());
  return std::stoi(result.error().args[0]);
}

int item_refused_at(std::string_view text) {
  const Bytes bytes = hex(text);
  CborReader reader(bytes);
  const auto item = reader.item();
  CHECK(reader.position() == (item ? item->size() : 0));
  return refused_at(item);
}

std::string written(void (*write)(CborWriter&)) {
  CborWriter out;
  write(out);
  return to_hex(out.view());
}

}  // namespace

// RFC 8949 appendix A, as far as we use it.
TEST_CASE("integers are written as the examples of RFC 8949 say") {
  const std::pair<std::uint64_t, std::string> examples[] = {{0, "00"},
                                                            {1, "01"},
                                                            {10, "0a"},
                                                            {23, "17"},
                                                            {24, "1818"},
                                                            {25, "1819"},
                                                            {100, "1864"},
                                                            {255, "18ff"},
                                                            {256, "190100"},
                                                            {1000, "1903e8"},
                                                            {65535, "19ffff"},
                                                            {65536, "1a00010000"},
                                                            {1000000, "1a000f4240"},
                                                            {4294967295, "1affffffff"},
                                                            {4294967296, "1b0000000100000000"},
                                                            {1000000000000, "1b000000e8d4a51000"},
                                                            {UINT64_MAX, "1bffffffffffffffff"}};
  for (const auto& [number, text] : examples) {
    CborWriter out;
    out.unsigned_integer(number);
    CHECK(to_hex(out.view()) == text);
    CborReader reader(out.view());
    CHECK(reader.unsigned_integer() == number);
    CHECK(reader.at_end());
  }
}

TEST_CASE("signed integers are written as the examples say, to the ends of 64 bits") {
  const std::pair<std::int64_t, std::string> examples[] = {{0, "00"},
                                                           {-1, "20"},
                                                           {-10, "29"},
                                                           {-24, "37"},
                                                           {-25, "3818"},
                                                           {-100, "3863"},
                                                           {-1000, "3903e7"},
                                                           {INT64_MAX, "1b7fffffffffffffff"},
                                                           {INT64_MIN, "3b7fffffffffffffff"}};
  for (const auto& [number, text] : examples) {
    CborWriter out;
    out.integer(number);
    CHECK(to_hex(out.view()) == text);
    CborReader reader(out.view());
    CHECK(reader.integer() == number);
    CHECK(reader.at_end());
  }
}

TEST_CASE("strings, arrays, maps and simple values are written as the examples say") {
  CHECK(written([](CborWriter& out) { out.bytes({}); }) == "40");
  CHECK(written([](CborWriter& out) { out.bytes(Bytes{1, 2, 3, 4}); }) == "4401020304");
  CHECK(written([](CborWriter& out) { out.text(""); }) == "60");
  CHECK(written([](CborWriter& out) { out.text("IETF"); }) == "6449455446");
  CHECK(written([](CborWriter& out) { out.text("\xe6\xb0\xb4"); }) == "63e6b0b4");
  CHECK(written([](CborWriter& out) { out.array(0); }) == "80");
  CHECK(written([](CborWriter& out) { out.array(25); }) == "9819");
  CHECK(written([](CborWriter& out) { out.map(2); }) == "a2");
  CHECK(written([](CborWriter& out) { out.boolean(false); }) == "f4");
  CHECK(written([](CborWriter& out) { out.boolean(true); }) == "f5");
  CHECK(written([](CborWriter& out) { out.null(); }) == "f6");
  CHECK(written([](CborWriter& out) { out.raw(Bytes{0x18, 0x18}); }) == "1818");
}

TEST_CASE("a reader goes through an array of everything and ends at its end") {
  const Bytes bytes = hex("8818ff390456440102030463c3a965f6f5a1030780");
  CborReader reader(bytes);
  CHECK(reader.peek() == CborType::array);
  CHECK(reader.array() == 8);
  CHECK(reader.peek() == CborType::unsigned_integer);
  CHECK(reader.unsigned_integer() == 255);
  CHECK(reader.peek() == CborType::negative_integer);
  CHECK(reader.integer() == -1111);
  CHECK(reader.peek() == CborType::bytes);
  CHECK(to_hex(reader.bytes().value()) == "01020304");
  CHECK(reader.peek() == CborType::text);
  CHECK(to_hex(view(reader.text().value())) == "c3a965");
  CHECK(reader.peek() == CborType::null);
  CHECK(reader.null());
  CHECK(reader.peek() == CborType::boolean);
  CHECK(reader.boolean() == true);
  CHECK(reader.peek() == CborType::map);
  CHECK(reader.map() == 1);
  CHECK(reader.unsigned_integer() == 3);
  CHECK(reader.unsigned_integer() == 7);
  CHECK(reader.array() == 0);
  CHECK(reader.finish());
}

TEST_CASE("nothing is read from nothing") {
  CborReader reader(ByteView{});
  CHECK(refused_at(reader.peek()) == 0);
  CHECK(refused_at(reader.unsigned_integer()) == 0);
  CHECK(refused_at(reader.integer()) == 0);
  CHECK(refused_at(reader.bytes()) == 0);
  CHECK(refused_at(reader.text()) == 0);
  CHECK(refused_at(reader.array()) == 0);
  CHECK(refused_at(reader.map()) == 0);
  CHECK(refused_at(reader.null()) == 0);
  CHECK(refused_at(reader.boolean()) == 0);
  CHECK(refused_at(reader.item()) == 0);
  CHECK(refused_at(reader.id<OpId>()) == 0);
  CHECK(reader.finish());
}

TEST_CASE("a longer form than needed is refused at every width") {
  for (const auto* text : {"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000",
                           "1b00000000ffffffff", "3817", "3900ff", "5801ff", "780161", "9801f6", "b8010000"}) {
    CAPTURE(text);
    CHECK(item_refused_at(text) == 0);
  }
}

TEST_CASE("indefinite lengths, tags, floats, undefined and reserved heads are refused") {
  for (const auto* text : {"5f4101ff",
                           "7f6161ff",
                           "9fff",
                           "bfff",
                           "ff",
                           "c000",
                           "c11a514b67b0",
                           "d9d9f700",
                           "f90000",
                           "fa47c35000",
                           "fb3ff199999999999a",
                           "f7",
                           "f0",
                           "f3",
                           "f814",
                           "f820",
                           "1c",
                           "1d",
                           "1e",
                           "1f",
                           "3c",
                           "5c",
                           "7d",
                           "9e",
                           "bc"}) {
    CAPTURE(text);
    CHECK(item_refused_at(text) == 0);
    const Bytes bytes = hex(text);
    CHECK(refused_at(CborReader(bytes).peek()) == 0);
  }
}

TEST_CASE("what ends too early is refused") {
  for (const auto* text :
       {"18", "19", "1901", "1a", "1a000100", "1b", "1b00000001000000", "41", "44010203", "61", "81", "a1", "a100",
        "8201", "5bffffffffffffffff00", "7bffffffffffffffff61", "9bffffffffffffffff00", "bbffffffffffffffff0000"}) {
    CAPTURE(text);
    CHECK(item_refused_at(text) >= 0);
  }
  CHECK(item_refused_at("44010203") == 0);
  CHECK(item_refused_at("820118") == 2);
}

TEST_CASE("an array longer than what is left is refused before its items are read") {
  const Bytes bytes = hex("9a7fffffff01");
  CborReader reader(bytes);
  CHECK(refused_at(reader.array()) == 0);
  const Bytes pairs = hex("a2000000");
  CHECK(refused_at(CborReader(pairs).map()) == 0);
  CHECK(CborReader(hex("a1000000")).map() == 1);
}

TEST_CASE("map keys ascend, are unsigned integers and never repeat, at any depth") {
  CHECK(item_refused_at("a200000100") == -1);
  CHECK(item_refused_at("a201000000") == 3);
  CHECK(item_refused_at("a200000000") == 3);
  CHECK(item_refused_at("a1616100") == 1);
  CHECK(item_refused_at("a12000") == 1);
  CHECK(item_refused_at("81a200000000") == 4);
  CHECK(item_refused_at("a21700181800") == -1);
  CHECK(item_refused_at("a21818001700") == 4);
}

TEST_CASE("nesting ends at its limit, however many more follow") {
  const auto nested = [](std::size_t depth, std::uint8_t head) {
    Bytes bytes;
    for (std::size_t i = 0; i < depth; ++i) {
      bytes.push_back(head);
      if (head == 0xa1) bytes.push_back(0x00);
    }
    bytes.push_back(0x00);
    return to_hex(bytes);
  };
  CHECK(item_refused_at(nested(kCborMaxDepth - 1, 0x81)) == -1);
  CHECK(item_refused_at(nested(kCborMaxDepth, 0x81)) == -1);
  CHECK(item_refused_at(nested(kCborMaxDepth + 1, 0x81)) == kCborMaxDepth);
  CHECK(item_refused_at(nested(kCborMaxDepth, 0xa1)) == -1);
  CHECK(item_refused_at(nested(kCborMaxDepth + 1, 0xa1)) == 2 * kCborMaxDepth);
  CHECK(item_refused_at(nested(1'000'000, 0x81)) == kCborMaxDepth);
}

TEST_CASE("bounds are held at their last value and refused one further") {
  const Bytes four = hex("4401020304");
  CHECK(CborReader(four).bytes(4, 4));
  CHECK(CborReader(four).bytes(0, 4));
  CHECK(refused_at(CborReader(four).bytes(0, 3)) == 0);
  CHECK(refused_at(CborReader(four).bytes(5)) == 0);
  const Bytes text = hex("6449455446");
  CHECK(CborReader(text).text(4));
  CHECK(refused_at(CborReader(text).text(3)) == 0);
  const Bytes number = hex("18ff");
  CHECK(CborReader(number).unsigned_integer(255));
  CHECK(refused_at(CborReader(number).unsigned_integer(254)) == 0);
  CHECK(CborReader(number).integer(0, 255));
  CHECK(refused_at(CborReader(number).integer(0, 254)) == 0);
  CHECK(refused_at(CborReader(number).integer(256)) == 0);
  const Bytes items = hex("820000");
  CHECK(CborReader(items).array(2, 2));
  CHECK(refused_at(CborReader(items).array(3)) == 0);
  CHECK(refused_at(CborReader(items).array(0, 1)) == 0);
  const Bytes pairs = hex("a200000100");
  CHECK(CborReader(pairs).map(2));
  CHECK(refused_at(CborReader(pairs).map(1)) == 0);
}

TEST_CASE("an integer beyond 64 signed bits is no integer of ours, but may stand in an item") {
  const Bytes above = hex("1b8000000000000000");
  CHECK(refused_at(CborReader(above).integer()) == 0);
  CHECK(CborReader(above).unsigned_integer() == 9223372036854775808U);
  const Bytes below = hex("3b8000000000000000");
  CHECK(refused_at(CborReader(below).integer()) == 0);
  CHECK(is_cbor_item(below));
}

TEST_CASE("a read of another type is refused and moves nothing") {
  const Bytes bytes = hex("0102");
  CborReader reader(bytes);
  CHECK(reader.unsigned_integer() == 1);
  CHECK(refused_at(reader.bytes()) == 1);
  CHECK(refused_at(reader.text()) == 1);
  CHECK(refused_at(reader.array()) == 1);
  CHECK(refused_at(reader.map()) == 1);
  CHECK(refused_at(reader.null()) == 1);
  CHECK(refused_at(reader.boolean()) == 1);
  CHECK(refused_at(reader.id<OpId>()) == 1);
  CHECK(refused_at(reader.finish()) == 1);
  CHECK(reader.unsigned_integer() == 2);
  CHECK(reader.finish());
}

TEST_CASE("an id is a byte string of exactly its size") {
  CborWriter out;
  OpId id;
  id.bytes.fill(7);
  out.bytes(view(id));
  CHECK(CborReader(out.view()).id<OpId>() == id);
  CHECK(refused_at(CborReader(out.view()).id<ActId>()) == 0);
  CborWriter shorter;
  shorter.bytes(Bytes(31, 7));
  CHECK(refused_at(CborReader(shorter.view()).id<OpId>()) == 0);
}

TEST_CASE("one item is exactly one item") {
  CHECK(is_cbor_item(hex("00")));
  CHECK(is_cbor_item(hex("82016161")));
  CHECK_FALSE(is_cbor_item(hex("0000")));
  CHECK_FALSE(is_cbor_item({}));
}

// The corners of RFC 3629: the first and last of each length, and one beyond.
TEST_CASE("UTF-8 is taken whole and nothing else is") {
  for (const auto* text :
       {"", "00", "7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf", "6161c3a9"}) {
    CAPTURE(text);
    CHECK(is_utf8(text_view(hex(text))));
  }
  for (const auto* text :
       {"80",         "bf",     "c0",     "c080",     "c1bf",     "c2",   "c27f",   "c2c0",     "e0",
        "e080",       "e09fbf", "e08080", "eda080",   "edbfbf",   "e282", "e28228", "f0808080", "f08fbfbf",
        "f0908080f0", "f090",   "f09080", "f4908080", "f5808080", "ff",   "fe",     "f0902880", "f0908028"}) {
    CAPTURE(text);
    CHECK_FALSE(is_utf8(text_view(hex(text))));
  }
  CHECK(item_refused_at("62c328") == 0);
  const Bytes bad = hex("62c328");
  CHECK(refused_at(CborReader(bad).text()) == 0);
}
