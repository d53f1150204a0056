#include <doctest/doctest.h>

#include "core/oplog/operation.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// The sample with its second mutation, the one that has everything, changed.
Bytes with_mutation(const Bytes& mutation) {
  const Bytes bones = encode(sample_bones());
  return with_key(bones, 2, with_item(split_map(bones)[2].second, 1, mutation));
}
Bytes full_mutation() { return split_array(split_map(encode(sample_bones()))[2].second)[1]; }
Bytes with_mutation_key(std::uint64_t key, const Bytes& value) {
  return with_mutation(with_key(full_mutation(), key, value));
}

Bytes repeated(std::size_t count, const Bytes& item) { return cbor_array(std::vector<Bytes>(count, item)); }
Bytes reference(std::uint64_t back, std::uint64_t mutation) {
  return cbor_array({cbor_unsigned(back), cbor_unsigned(mutation)});
}
Bytes reference(std::uint64_t back, std::uint64_t mutation, std::uint64_t run) {
  return cbor_array({cbor_unsigned(back), cbor_unsigned(mutation), cbor_unsigned(run)});
}
Bytes part_entry(const Bytes& subject, std::uint64_t size) {
  return cbor_array({subject, cbor_unsigned(size), cbor_bytes(Bytes(32, 9))});
}
Bytes with_parts(const std::vector<Bytes>& parts) { return with_key(encode(least_bones()), 3, cbor_array(parts)); }
const Bytes kSomebody = cbor_bytes(Bytes(32, 0x92));

}  // namespace

TEST_CASE("bones and the least bones are read back, and no byte more or less is taken") {
  for (const Bones& bones : {sample_bones(), least_bones()}) {
    const Bytes bytes = encode(bones);
    check_edges(Decoder::bones, bytes);
    CHECK(decode_bones(bytes) == bones);
  }
}

TEST_CASE("schema, act and mutations are always there, parts only when there are any") {
  const Bytes bytes = encode(sample_bones());
  for (const std::uint64_t key : {0U, 1U, 2U}) check_not_canonical(decode_bones(without_key(bytes, key)));
  check_not_canonical(decode_bones(without_key(bytes, 3)));  // mutations name parts that are not listed
  CHECK(decode_bones(encode(least_bones()))->parts.empty());
  check_not_canonical(decode_bones(with_parts({})));
  check_not_canonical(decode_bones(cbor_map({})));
  check_not_canonical(decode_bones(with_key(bytes, 0, cbor_unsigned(UINT64_C(1) << 32U))));
  CHECK(decode_bones(with_key(bytes, 0, cbor_unsigned(UINT32_MAX))));
  check_not_canonical(decode_bones(with_key(bytes, 1, cbor_bytes(Bytes(15)))));
  check_not_canonical(decode_bones(with_key(bytes, 1, cbor_bytes(Bytes(17)))));
}

TEST_CASE("mutations are one at least and as many as the limit") {
  const Bytes bytes = encode(least_bones());
  const Bytes mutation = cbor_map({{0, cbor_unsigned(1)}, {1, cbor_unsigned(1)}});
  check_not_canonical(decode_bones(with_key(bytes, 2, cbor_array({}))));
  CHECK(decode_bones(with_key(bytes, 2, repeated(kMaxMutations, mutation)))->mutations.size() == kMaxMutations);
  check_too_large(decode_bones(with_key(bytes, 2, repeated(kMaxMutations + 1, mutation))), "mutations");
}

TEST_CASE("a mutation has its collection and kind, and may lack each other key") {
  for (std::uint64_t key = 0; key < 11; ++key) {
    CAPTURE(key);
    const auto decoded = decode_bones(with_mutation(without_key(full_mutation(), key)));
    if (key < 2) {
      check_not_canonical(decoded);
    } else {
      CHECK(decoded.has_value());
    }
  }
  check_not_canonical(decode_bones(with_mutation(cbor_map({}))));
  check_not_canonical(decode_bones(with_mutation(cbor_map({{0, cbor_unsigned(1)}}))));
  check_not_canonical(decode_bones(with_mutation(cbor_map({{1, cbor_unsigned(1)}, {2, kSomebody}}))));
}

TEST_CASE("each key of a mutation refuses another type and an empty list") {
  for (std::uint64_t key = 0; key < 11; ++key) {
    CAPTURE(key);
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_text("x"))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_null())));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_array({}))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_bytes({}))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_map({}))));
  }
}

TEST_CASE("a schema name is a number or an act with an index, nothing else") {
  const Bytes act = cbor_bytes(Bytes(32, 1));
  for (const std::uint64_t key : {0U, 3U}) {
    CHECK(decode_bones(with_mutation_key(key, cbor_unsigned(UINT32_MAX))));
    CHECK(decode_bones(with_mutation_key(key, cbor_array({act, cbor_unsigned(0)}))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_unsigned(UINT64_C(1) << 32U))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_array({act}))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_array({act, cbor_unsigned(0), cbor_unsigned(0)}))));
    check_not_canonical(decode_bones(with_mutation_key(key, cbor_array({cbor_unsigned(0), cbor_unsigned(0)}))));
  }
}

TEST_CASE("references are as many as the limit and reach no mutation that an operation cannot have") {
  const auto supersedes = [](const Bytes& references) { return decode_bones(with_mutation_key(4, references)); };
  CHECK(supersedes(repeated(kMaxReferences, reference(0, 0))));
  check_too_large(supersedes(repeated(kMaxReferences + 1, reference(0, 0))), "references");
  CHECK(supersedes(repeated(1, reference(UINT64_MAX, 255))));
  check_not_canonical(supersedes(repeated(1, reference(0, 256))));
  CHECK(supersedes(repeated(1, reference(0, 0, 256))));
  CHECK(supersedes(repeated(1, reference(0, 254, 2))));
  check_not_canonical(supersedes(repeated(1, reference(0, 255, 2))));
  check_not_canonical(supersedes(repeated(1, reference(0, 0, 257))));
  check_not_canonical(supersedes(repeated(1, reference(0, 0, 1))));  // a run of one is left out
  check_not_canonical(supersedes(repeated(1, reference(0, 0, 0))));
  check_not_canonical(supersedes(repeated(1, cbor_array({cbor_unsigned(0)}))));
  check_not_canonical(supersedes(repeated(1, cbor_array({cbor_bytes(Bytes(31)), cbor_unsigned(0)}))));
}

TEST_CASE("cites ascend by purpose, hold references and are as many as the limit") {
  const Bytes one = repeated(1, reference(0, 0));
  const auto cites = [&](const Pairs& pairs) { return decode_bones(with_mutation_key(5, cbor_map(pairs))); };
  Pairs most;
  for (std::uint64_t purpose = 0; purpose < kMaxCiteLists; ++purpose) most.emplace_back(purpose, one);
  CHECK(cites(most));
  most.emplace_back(UINT32_MAX, one);
  check_too_large(cites(most), "cite lists");
  CHECK(cites({{UINT32_MAX, one}}));
  check_not_canonical(cites({{UINT64_C(1) << 32U, one}}));
  check_not_canonical(cites({{2, one}, {1, one}}));
  check_not_canonical(cites({{1, one}, {1, one}}));
  check_not_canonical(cites({{1, cbor_array({})}}));
}

TEST_CASE("records and numbers are as many as their limits, in the order given") {
  const Bytes record = cbor_bytes(Bytes(32, 1));
  CHECK(decode_bones(with_mutation_key(6, repeated(kMaxRecords, record))));
  check_too_large(decode_bones(with_mutation_key(6, repeated(kMaxRecords + 1, record))), "records");
  CHECK(decode_bones(with_mutation_key(7, repeated(kMaxNumbers, cbor_unsigned(UINT64_MAX)))));
  check_too_large(decode_bones(with_mutation_key(7, repeated(kMaxNumbers + 1, cbor_unsigned(0)))), "numbers");
}

TEST_CASE("an act of membership is exactly one canonical item") {
  const auto authority = [](const Bytes& content) { return decode_bones(with_mutation_key(10, cbor_bytes(content))); };
  CHECK(authority({0xf6}));
  CHECK(authority(cbor_nest(16)));
  for (const Bytes& content : {Bytes{}, Bytes{0xf6, 0xf6}, Bytes{0x18, 0x00}, Bytes{0x81},
                               Bytes{0xa2, 0x01, 0x00, 0x00, 0x00}, cbor_nest(17)}) {
    check_not_canonical(authority(content));
  }
}

TEST_CASE("a part number lies within the list") {
  CHECK(decode_bones(with_mutation_key(9, cbor_unsigned(0))));
  CHECK(decode_bones(with_mutation_key(9, cbor_unsigned(1))));
  check_not_canonical(decode_bones(with_mutation_key(9, cbor_unsigned(2))));
  check_not_canonical(decode_bones(with_mutation_key(9, cbor_unsigned(kMaxParts))));
}

TEST_CASE("only the first part may speak of nobody") {
  CHECK(decode_bones(with_parts({part_entry(cbor_null(), 32)})));
  CHECK(decode_bones(with_parts({part_entry(kSomebody, 32)})));
  CHECK(decode_bones(with_parts({part_entry(kSomebody, 32), part_entry(kSomebody, 32)})));
  CHECK(decode_bones(with_parts({part_entry(cbor_null(), 32), part_entry(kSomebody, 32)})));
  check_not_canonical(decode_bones(with_parts({part_entry(kSomebody, 32), part_entry(cbor_null(), 32)})));
  check_not_canonical(decode_bones(with_parts({part_entry(cbor_null(), 32), part_entry(cbor_null(), 32)})));
}

TEST_CASE("parts are as many as the limit and each a multiple of 32 bytes") {
  CHECK(decode_bones(with_parts(std::vector<Bytes>(kMaxParts, part_entry(kSomebody, 32)))));
  check_too_large(decode_bones(with_parts(std::vector<Bytes>(kMaxParts + 1, part_entry(kSomebody, 32)))), "parts");
  for (const std::uint64_t size : {0U, 1U, 31U, 33U, 48U}) {
    CAPTURE(size);
    check_not_canonical(decode_bones(with_parts({part_entry(kSomebody, size)})));
  }
  CHECK(decode_bones(with_parts({part_entry(kSomebody, kMaxOperationBytes - 128)})));
  check_too_large(decode_bones(with_parts({part_entry(kSomebody, kMaxOperationBytes)})), "operation");
  check_too_large(decode_bones(with_parts({part_entry(kSomebody, kMaxOperationBytes + 32)})), "part");
  check_too_large(decode_bones(with_parts({part_entry(kSomebody, 8192), part_entry(kSomebody, 8192)})), "operation");
  check_too_large(decode_bones(Bytes(kMaxOperationBytes + 1, 0)), "bones");
  check_not_canonical(decode_bones(with_parts({cbor_array({kSomebody, cbor_unsigned(32)})})));
  check_not_canonical(decode_bones(with_parts({cbor_array({cbor_unsigned(0), cbor_unsigned(32), kSomebody})})));
}

TEST_CASE("unknown keys of bones and mutations are kept, and from the must range on make the operation unknown") {
  CHECK_FALSE(is_unknown(sample_header(), sample_bones()));
  const Bytes value = cbor_map({{0, cbor_text("later")}});
  for (const std::uint64_t key : {11U, 127U, 128U, 255U}) {
    CAPTURE(key);
    for (const Bytes& bytes : {with_key(encode(sample_bones()), key, value), with_mutation_key(key, value)}) {
      check_edges(Decoder::bones, bytes);
      CHECK(is_unknown(sample_header(), decode_bones(bytes).value()) == (key >= kFirstMustKey));
    }
  }
  CHECK(decode_bones(with_key(encode(sample_bones()), 4, value))->unknown.size() == 1);
  check_not_canonical(decode_bones(with_key(encode(sample_bones()), 256, value)));
  check_not_canonical(decode_bones(with_mutation_key(256, value)));
  check_not_canonical(decode_bones(with_mutation_key(11, cbor_nest(17))));
}

TEST_CASE("keys of bones and mutations out of order or twice are refused") {
  Pairs bones = split_map(encode(sample_bones()));
  std::swap(bones[0], bones[1]);
  check_not_canonical(decode_bones(cbor_map(bones)));
  Pairs mutation = split_map(full_mutation());
  std::swap(mutation[4], mutation[5]);
  check_not_canonical(decode_bones(with_mutation(cbor_map(mutation))));
  mutation = split_map(full_mutation());
  mutation.push_back(mutation.back());
  const Bytes twice = cbor_map(mutation);
  Pairs with_twice = split_map(encode(sample_bones()));
  auto mutations = split_array(with_twice[2].second);
  mutations[1] = twice;
  with_twice[2].second = cbor_array(mutations);
  check_not_canonical(decode_bones(cbor_map(with_twice)));
}
