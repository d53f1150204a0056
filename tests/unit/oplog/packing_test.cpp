// Packed segments: what is told once, what comes back, and what is refused.
#include "core/oplog/packing.hpp"

#include <doctest/doctest.h>

#include "core/oplog/claim_record.hpp"
#include "core/oplog/segment.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

using Run = std::vector<UnverifiedOperation>;

Run made_run(std::size_t count, std::uint64_t seed = 9) {
  SeededRng rng(seed);
  return sample_run(count, rng);
}

Result<bool> never(const Hash32&) { return false; }
Result<std::optional<Hash32>> nobody(const IdBeginning&) { return std::optional<Hash32>{}; }

std::vector<OpId> ids_of(const Run& run) {
  std::vector<OpId> ids;
  for (const auto& each : run) ids.push_back(op_id(each.header));
  return ids;
}

Packed packed(Packer& packer, const Run& run, const Packer::Tells& tells = never,
              std::span<const ClaimParts> claims = {}) {
  Packed to;
  REQUIRE(packer.add(encode_segment(run), ids_of(run), claims, tells, to));
  return to;
}

std::vector<Run> unpacked(Unpacker& unpacker, const Packed& from, const Unpacker::Finds& finds = nobody) {
  auto result = unpacker.take(from.words, from.chance, finds);
  REQUIRE(result);
  REQUIRE(result->is_whole);
  return std::move(result->runs);
}

void check_refused(const Packed& from) {
  Unpacker unpacker;
  check_not_canonical(unpacker.take(from.words, from.chance, nobody));
}

// The run claims `records` for its second record: record, occurrence, principal of one mutation.
Run claiming_run(const PrincipalId& principal) {
  SeededRng rng(3);
  Bones bones = least_bones();
  Mutation& mutation = bones.mutations.front();
  mutation.records = {id_filled<RecordId>(7)};
  mutation.principal = principal;
  mutation.record = claim_record(mutation.records.front(), principal);
  return {signed_operation(least_header(), bones, {}, sample_key(), rng)};
}

}  // namespace

TEST_CASE("what was packed comes back byte for byte, one segment after another") {
  Packer packer;
  Unpacker unpacker;
  const Run first = made_run(5), second = made_run(40, 10);
  CHECK(unpacked(unpacker, packed(packer, first)) == std::vector<Run>{first});
  Packed both = packed(packer, second);
  const Packed third = packed(packer, first);
  append(both.words, third.words);
  append(both.chance, third.chance);
  CHECK(unpacked(unpacker, both) == std::vector<Run>{second, first});
}

TEST_CASE("operations with parts that were dropped, and of a later format, come back too") {
  Packer packer;
  Unpacker unpacker;
  Run run = made_run(2);
  run[0].parts[0].reset();
  CHECK(unpacked(unpacker, packed(packer, run)) == std::vector<Run>{run});
  SeededRng rng(4);
  Header header = least_header();
  header.format = 9;
  header.unknown = {{200, Bytes{0x1b, 0, 0, 1, 0, 0, 0, 0, 1}}};
  Run later{signed_operation(header, least_bones(), {}, sample_key(), rng)};
  CHECK(unpacked(unpacker, packed(packer, later)) == std::vector<Run>{later});
}

TEST_CASE("an id is told once: the second time it is a number") {
  Packer packer;
  const Run run = made_run(4);
  const Packed first = packed(packer, run);
  const Packed again = packed(packer, run);
  // What is left are signatures, acts and salts.
  CHECK(again.chance.size() < first.chance.size());
  CHECK(again.words.size() < first.words.size() + 40);
  std::size_t salts = 0;
  for (const auto& operation : run) salts += kPartSaltBytes * operation.parts.size();
  CHECK(again.chance.size() == run.size() * (Signature::kSize + ActId::kSize) + salts);
}

TEST_CASE("what both ends know from the beginning is not told at all") {
  const Run run = made_run(1);
  const auto header = decode_header(run.front().header);
  REQUIRE(header);
  const std::vector<Hash32> known{same_bytes<Hash32>(header->space), same_bytes<Hash32>(header->circle),
                                  same_bytes<Hash32>(header->device)};
  Packer packer, other;
  packer.begin(known);
  const Packed with = packed(packer, run);
  CHECK(with.chance.size() + 3 * Hash32::kSize == packed(other, run).chance.size());
  Unpacker unpacker;
  unpacker.begin(known);
  CHECK(unpacked(unpacker, with) == std::vector<Run>{run});
}

TEST_CASE("an id that the other end has is told by its beginning") {
  const Run run = made_run(1);
  const auto header = decode_header(run.front().header);
  const Hash32 device = same_bytes<Hash32>(header->device);
  const auto tells = [&](const Hash32& id) -> Result<bool> { return id == device; };
  Packer packer;
  const Packed from = packed(packer, run, tells);
  SUBCASE("and found there") {
    Unpacker unpacker;
    const auto finds = [&](const IdBeginning& beginning) -> Result<std::optional<Hash32>> {
      CHECK(beginning == beginning_of(device));
      return std::optional(device);
    };
    const auto result = unpacker.take(from.words, from.chance, finds);
    REQUIRE(result);
    CHECK(result->runs == std::vector<Run>{run});
    CHECK(result->has_beginnings);
  }
  SUBCASE("or not, which is no fault") {
    Unpacker unpacker;
    const auto result = unpacker.take(from.words, from.chance, nobody);
    REQUIRE(result);
    CHECK_FALSE(result->is_whole);
    CHECK(result->runs.empty());
  }
  SUBCASE("or another one, which gives another operation") {
    Unpacker unpacker;
    const auto result =
        unpacker.take(from.words, from.chance, [](const IdBeginning&) { return std::optional(id_filled<Hash32>(1)); });
    REQUIRE(result);
    CHECK(result->runs != std::vector<Run>{run});
    CHECK(result->has_beginnings);
  }
  SUBCASE("an error of the store is passed on") {
    Unpacker unpacker;
    const auto result = unpacker.take(from.words, from.chance, [](const IdBeginning&) -> Result<std::optional<Hash32>> {
      return fail(ErrorCode::disk_failed, Fault::machine, {"x"});
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::disk_failed);
  }
}

TEST_CASE("a claim's record is told by what it is made of") {
  const auto principal = id_filled<PrincipalId>(5);
  const Run run = claiming_run(principal);
  std::vector<ClaimParts> claims;
  const auto bones = decode_bones(run.front().bones);
  REQUIRE(bones);
  add_claims(*bones, PersonId{}, claims);
  REQUIRE(claims.size() == 1);
  Packer packer, other;
  const Packed from = packed(packer, run, never, claims);
  CHECK(from.chance.size() + Hash32::kSize == packed(other, run).chance.size());
  Unpacker unpacker;
  CHECK(unpacked(unpacker, from) == std::vector<Run>{run});
}

TEST_CASE("a claim without a principal is its author's, and another record is no claim's") {
  const auto author = id_filled<PersonId>(6);
  Bones bones = least_bones();
  Mutation& mutation = bones.mutations.front();
  mutation.records = {id_filled<RecordId>(7)};
  mutation.record = claim_record(mutation.records.front(), principal_of(author));
  std::vector<ClaimParts> claims;
  add_claims(bones, id_filled<PersonId>(8), claims);
  CHECK(claims.empty());
  add_claims(bones, author, claims);
  CHECK(claims.size() == 1);
}

TEST_CASE("after the most ids that are listed the oldest makes room") {
  IdIndex index;
  IdList list;
  const auto numbered = [](std::uint32_t number) {
    Hash32 id;
    const auto bytes = le32(number);
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
  };
  for (std::uint32_t i = 0; i < kMaxListedIds + 2; ++i) {
    index.add(numbered(i));
    list.add(numbered(i));
  }
  CHECK_FALSE(index.find(numbered(0)));
  CHECK_FALSE(index.find(numbered(1)));
  CHECK(index.find(numbered(2)) == 2);
  CHECK(index.find(numbered(kMaxListedIds)) == 0);
  CHECK(*list.at(1) == numbered(kMaxListedIds + 1));
  CHECK(list.at(kMaxListedIds) == nullptr);
  // One that is there twice is found by its last number, and goes with that alone.
  index.add(numbered(5));
  CHECK(index.find(numbered(5)) == 2);
  CHECK_FALSE(index.find(numbered(2)));
}

TEST_CASE("every packing that ends early, and every one with a byte behind it, is refused") {
  Packer packer;
  const Packed whole = packed(packer, made_run(2));
  for (std::size_t size = 0; size < whole.words.size(); ++size) {
    check_refused({to_bytes(ByteView(whole.words).first(size)), whole.chance});
  }
  for (std::size_t size = 0; size < whole.chance.size(); ++size) {
    check_refused({whole.words, to_bytes(ByteView(whole.chance).first(size))});
  }
  Packed more = whole;
  more.chance.push_back(0);
  check_refused(more);
  more = whole;
  more.words.push_back(0);
  check_refused(more);
}

TEST_CASE("words that mean nothing are refused") {
  // A segment's head up to where the space stands.
  const auto with = [](std::initializer_list<std::uint8_t> words) {
    Packed from{{0x87, 0x00}, Bytes(200, 1)};
    from.words.insert(from.words.end(), words);
    return from;
  };
  check_refused(with({0xc3}));                                                  // a number that no id has
  check_refused(with({0xc2, 0xc2, 0xc0, 0xc0}));                                // a claim of a claim
  check_refused(with({0xc2, 0x00}));                                            // a claim of a number
  check_refused(with({0xe1, 0x60}));                                            // a step that is a text
  check_refused(with({0xe2}));                                                  // a simple value that is none
  check_refused(with({0xe0, 0xe0, 0x80}));                                      // a part in a part
  check_refused(with({0xff}));                                                  // an end without a beginning
  check_refused(with({0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));  // items without end
  check_refused(with({0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
  check_refused(with({0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
  check_refused({{}, {}});
}

TEST_CASE("more words than may be, and a segment that grows too large, are refused before they are made") {
  Unpacker unpacker;
  check_too_large(unpacker.take(Bytes(kMaxPackedWords + 1), {}, nobody), "words");
  check_not_canonical(unpacker.take(Bytes(kMaxPackedWords), {}, nobody));
  // Each word of one byte is an id of 32.
  Packed bomb{{0x87, 0x00, 0xc0, 0xc3, 0xc3, 0x00, 0xc3, 0x81, 0x83, 0xa1, 0x09, 0x99, 0xf0, 0x00}, Bytes(32, 1)};
  bomb.words.resize(kMaxPackedWords - 100, 0xc3);
  check_too_large(unpacker.take(bomb.words, bomb.chance, nobody), "segment");
  // More operations than a segment has.
  check_too_large(
      unpacker.take(Bytes{0x87, 0x00, 0xc0, 0xc3, 0xc3, 0x00, 0xc3, 0x99, 0x01, 0x01}, Bytes(32, 1), nobody),
      "operations");
}
