#include <doctest/doctest.h>

#include "core/oplog/operation.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Whole {
  UnverifiedOperation bytes;
  Header header;
  Bones bones;
};

Whole whole(std::uint64_t seed = 1) {
  SeededRng rng(seed);
  Whole made;
  made.bytes =
      signed_operation(sample_header(), sample_bones(),
                       {{std::nullopt, {NoValue{}}}, {id_filled<PrincipalId>(0x92), all_values()}}, sample_key(), rng);
  made.header = decode_header(made.bytes.header).value();
  made.bones = decode_bones(made.bytes.bones).value();
  return made;
}

Status check(const Whole& made) { return check_whole(made.bytes, made.header, made.bones); }

}  // namespace

TEST_CASE("a whole operation is read back with and without its signature and parts") {
  UnverifiedOperation operation = whole().bytes;
  check_edges(Decoder::operation, encode(operation));
  CHECK(decode_operation(encode(operation)) == operation);
  operation.parts[1].reset();
  operation.signature.reset();
  check_edges(Decoder::operation, encode(operation));
  CHECK(decode_operation(encode(operation)) == operation);
  CHECK(decode_operation(encode(UnverifiedOperation{})) == UnverifiedOperation{});
}

TEST_CASE("a whole operation is four pieces of their types") {
  const Bytes bytes = encode(whole().bytes);
  for (std::size_t i = 0; i < 4; ++i) {
    CAPTURE(i);
    check_not_canonical(decode_operation(with_item(bytes, i, cbor_unsigned(0))));
    check_not_canonical(decode_operation(with_item(bytes, i, cbor_text("x"))));
  }
  check_not_canonical(decode_operation(with_item(bytes, 2, cbor_bytes(Bytes(63)))));
  check_not_canonical(decode_operation(with_item(bytes, 2, cbor_bytes(Bytes(65)))));
  check_not_canonical(decode_operation(with_item(bytes, 3, cbor_array({cbor_unsigned(0)}))));
  auto items = split_array(bytes);
  items.push_back(cbor_null());
  check_not_canonical(decode_operation(cbor_array(items)));
  items.resize(3);
  check_not_canonical(decode_operation(cbor_array(items)));
  check_not_canonical(decode_operation(cbor_map({})));
}

TEST_CASE("a whole operation holds as many bytes and parts as the limits") {
  const auto of = [](std::size_t header, std::size_t bones, std::size_t part) {
    return cbor_array({cbor_bytes(Bytes(header)), cbor_bytes(Bytes(bones)), cbor_null(),
                       cbor_array({cbor_bytes(Bytes(part)), cbor_null()})});
  };
  CHECK(decode_operation(of(1000, 2000, kMaxOperationBytes - 3000)));
  check_too_large(decode_operation(of(1000, 2000, kMaxOperationBytes - 2999)), "operation");
  check_too_large(decode_operation(of(1000, kMaxOperationBytes, 0)), "operation");
  const auto parts = [](std::size_t count) {
    return cbor_array(
        {cbor_bytes({}), cbor_bytes({}), cbor_null(), cbor_array(std::vector<Bytes>(count, cbor_null()))});
  };
  CHECK(decode_operation(parts(kMaxParts))->parts.size() == kMaxParts);
  check_too_large(decode_operation(parts(kMaxParts + 1)), "parts");
}

TEST_CASE("pieces that commit to each other are whole, also with parts dropped") {
  Whole made = whole();
  CHECK(check(made));
  made.bytes.parts[1].reset();
  CHECK(check(made));
  made.bytes.parts[0].reset();
  CHECK(check(made));
}

TEST_CASE("a bit changed anywhere in bones or parts is found out") {
  Whole made = whole();
  for (auto& byte : made.bytes.bones) {
    byte ^= 4U;
    check_not_canonical(check(made));
    byte ^= 4U;
  }
  for (auto& part : made.bytes.parts) {
    for (auto& byte : *part) {
      byte ^= 4U;
      check_not_canonical(check(made));
      byte ^= 4U;
    }
  }
  CHECK(check(made));
}

TEST_CASE("bones and parts of another size or number than committed to are found out") {
  Whole made = whole();
  made.header.bones_size += 1;
  check_not_canonical(check(made));
  made = whole();
  made.bytes.parts.emplace_back();
  check_not_canonical(check(made));
  made.bytes.parts.resize(1);
  check_not_canonical(check(made));
  made = whole();
  std::swap(made.bytes.parts[0], made.bytes.parts[1]);
  check_not_canonical(check(made));
}

TEST_CASE("the size of a whole operation counts parts that are not here") {
  // The header takes what is left of the limit: at the limit it fits, a byte more does not.
  SeededRng rng(1);
  Bones bones = least_bones();
  Header header = sample_header();
  const std::string text(8000, 'x');
  const auto with_filler = [&](std::size_t filler) {
    Whole made;
    header.unknown = {{14, cbor_bytes(Bytes(filler))}};
    made.bytes = signed_operation(header, bones, {{std::nullopt, {TextValue{text, ""}}}}, sample_key(), rng);
    made.bytes.parts[0].reset();
    made.header = header;
    made.header.bones_size = static_cast<std::uint32_t>(made.bytes.bones.size());
    made.header.bones_hash = bones_hash(made.bytes.bones);
    made.bones = decode_bones(made.bytes.bones).value();
    return made;
  };
  const Whole some = with_filler(4000);
  const std::size_t total = some.bytes.header.size() + some.bytes.bones.size() + some.bones.parts[0].size;
  const std::size_t room = kMaxOperationBytes - total;
  CHECK(check(with_filler(4000 + room)));
  check_too_large(check(with_filler(4000 + room + 1)), "operation");
}

TEST_CASE("a signature is of the suite and the id") {
  const Whole made = whole();
  const OpId id = op_id(made.bytes.header);
  const VerifyKey& key = sample_key().verify_key();
  CHECK(verify(key, kTagSignature, signed_message(kSuite, id), *made.bytes.signature));
  CHECK_FALSE(verify(key, kTagSignature, signed_message(kSuite + 1, id), *made.bytes.signature));
  CHECK_FALSE(verify(key, kTagOperation, signed_message(kSuite, id), *made.bytes.signature));
  CHECK(to_hex(signed_message(0x01020304, id_filled<OpId>(5))) == "04030201" + to_hex(Bytes(32, 5)));
}
