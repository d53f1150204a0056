#include "core/base/bytes.hpp"

#include <doctest/doctest.h>

using namespace kiem;

TEST_CASE("base32 of 32 bytes has 52 digits and reads back") {
  OpId id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(i * 37 + 1);
  const auto text = to_text(id);
  CHECK(text.size() == 52);
  const auto back = from_base32(text);
  REQUIRE(back);
  CHECK(id_from<OpId>(*back) == id);
}

TEST_CASE("base32 takes what people type and refuses a second spelling") {
  CHECK(to_base32(Bytes{0xff}) == "zw");
  CHECK(from_base32("ZW") == Bytes{0xff});
  CHECK(from_base32("04") == from_base32("o4"));
  CHECK_FALSE(from_base32("zx"));   // fill bits set
  CHECK_FALSE(from_base32("zw0"));  // a digit that carries no whole byte
  CHECK_FALSE(from_base32("u0"));   // not a digit
  CHECK(from_base32("") == Bytes{});
}

TEST_CASE("hex reads back and refuses odd lengths and other characters") {
  CHECK(to_hex(Bytes{0x00, 0xab, 0xff}) == "00abff");
  CHECK(from_hex("00ABff") == Bytes{0x00, 0xab, 0xff});
  CHECK_FALSE(from_hex("0"));
  CHECK_FALSE(from_hex("0g"));
  CHECK(from_hex("") == Bytes{});
}

TEST_CASE("an id comes only from exactly its size") {
  CHECK(id_from<OpId>(Bytes(32, 1)));
  CHECK_FALSE(id_from<OpId>(Bytes(31, 1)));
  CHECK_FALSE(id_from<OpId>(Bytes(33, 1)));
  CHECK(OpId{}.is_zero());
}
