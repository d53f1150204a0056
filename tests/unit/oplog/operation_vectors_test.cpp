#include <doctest/doctest.h>

#include <set>

#include "core/oplog/operation.hpp"
#include "tests/tools/vector_file.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::vector<Vector> stored_vectors() { return from_json(read_text_file(KIEM_VECTORS "/operation.json")); }

}  // namespace

TEST_CASE("every valid vector decodes to its fields and encodes to its bytes again") {
  std::set<Decoder> met;
  for (const auto& vector : stored_vectors()) {
    if (vector.error) continue;
    CAPTURE(vector.name);
    met.insert(vector.decoder);
    Fields expected = vector.fields;
    expected.erase("signed_by");
    const auto found = describe(vector.decoder, vector.bytes);
    REQUIRE(found.has_value());
    for (const auto& field : expected) {
      CAPTURE(field.first);
      REQUIRE(found->contains(field.first));
      CHECK(found->at(field.first) == field.second);
    }
    CHECK(found->size() == expected.size());
    const auto again = encoded_again(vector.decoder, vector.bytes);
    REQUIRE(again.has_value());
    CHECK(to_hex(*again) == to_hex(vector.bytes));
  }
  CHECK(met.size() + 1 == kDecoders.size());  // the rest of a header is told by the segments
}

TEST_CASE("every other vector is refused with its class of error") {
  std::size_t refused = 0;
  for (const auto& vector : stored_vectors()) {
    if (!vector.error) continue;
    CAPTURE(vector.name);
    ++refused;
    const auto found = encoded_again(vector.decoder, vector.bytes);
    REQUIRE_FALSE(found.has_value());
    CHECK(static_cast<int>(found.error().code) == static_cast<int>(*vector.error));
    CHECK(found.error().fault == Fault::peer);
  }
  CHECK(refused > 50);
}

TEST_CASE("every signed operation among the vectors is whole and carries the signature of its key") {
  std::size_t signed_ones = 0;
  for (const auto& vector : stored_vectors()) {
    if (!vector.fields.contains("signed_by")) continue;
    CAPTURE(vector.name);
    ++signed_ones;
    const auto operation = decode_operation(vector.bytes).value();
    const auto header = decode_header(operation.header).value();
    CHECK(check_whole(operation, header, decode_bones(operation.bones).value()));
    const auto key = id_from<VerifyKey>(from_hex(vector.fields.at("signed_by")).value());
    REQUIRE(key);
    const OpId id = op_id(operation.header);
    CHECK(to_hex(view(id)) == vector.fields.at("id"));
    CHECK(verify(*key, kTagSignature, signed_message(header.suite, id), *operation.signature));
    for (const auto& part : operation.parts) {
      if (part) CHECK(decode_part(*part).has_value());
    }
  }
  CHECK(signed_ones >= 4);
}
