#include <doctest/doctest.h>

#include "core/oplog/segment.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/refusals.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::vector<UnverifiedOperation> run_of(std::size_t count) {
  SeededRng rng(9);
  return sample_run(count, rng);
}

Bytes with_entry(const Bytes& segment, std::size_t index, const Bytes& entry) {
  return with_item(segment, 6, with_item(split_array(segment)[6], index, entry));
}
Bytes entry_of(const Bytes& segment, std::size_t index) { return split_array(split_array(segment)[6])[index]; }
// The segment with one piece of one entry replaced: 0 rest, 1 bones, 2 parts, 3 signature.
Bytes with_piece(const Bytes& segment, std::size_t index, std::size_t piece, const Bytes& bytes) {
  return with_entry(segment, index, with_item(entry_of(segment, index), piece, bytes));
}

}  // namespace

TEST_CASE("a run of one chain is rebuilt byte for byte, signatures only where they were kept") {
  auto run = run_of(5);
  run[0].signature.reset();
  run[2].signature.reset();
  const Bytes segment = encode_segment(run);
  const auto again = decode_segment(segment);
  REQUIRE(again);
  CHECK(*again == run);
  check_edges(Decoder::segment, segment);
}

TEST_CASE("a segment is smaller than its operations by what repeats and what can be computed") {
  auto run = run_of(16);
  std::size_t whole = 0;
  for (auto& operation : run) {
    if (&operation != &run.back()) operation.signature.reset();
    whole += encode(operation).size();
  }
  // Five ids and a hash of each header, and two hashes of parts, are more than 200 bytes.
  CHECK(encode_segment(run).size() + 16 * 200 < whole);
}

TEST_CASE("dropped parts leave their entry in a segment") {
  auto run = run_of(2);
  run[0].parts[0].reset();
  run[1].parts[0].reset();
  run[1].parts[1].reset();
  CHECK(decode_segment(encode_segment(run)) == run);
}

TEST_CASE("a founding operation travels alone") {
  SeededRng rng(2);
  Header header = least_header();
  header.space = {};
  header.circle = {};
  const std::vector<UnverifiedOperation> run{
      signed_operation(header, least_bones(), {{std::nullopt, {TextValue{"Buurttuin", "nl"}}}}, sample_key(), rng)};
  check_edges(Decoder::segment, encode_segment(run));
  CHECK(decode_segment(encode_segment(run)) == run);
}

TEST_CASE("bones of another format or enc travel as they are") {
  for (const bool other_format : {true, false}) {
    SeededRng rng(3);
    Header header = sample_header();
    (other_format ? header.format : header.enc) = 1;
    UnverifiedOperation operation;
    operation.bones = {0xff, 0xfe, 0x00};
    header.bones_size = 3;
    header.bones_hash = bones_hash(operation.bones);
    operation.header = encode(header);
    operation.parts = {Bytes{1, 2, 3}, std::nullopt};
    operation.signature = id_filled<Signature>(1);
    const std::vector<UnverifiedOperation> run{operation};
    const Bytes segment = encode_segment(run);
    check_edges(Decoder::segment, segment);
    CHECK(decode_segment(segment) == run);
    // The short form belongs to the grammar that both sides know.
    check_not_canonical(decode_segment(with_piece(segment, 0, 1, encode(least_bones()))));
  }
}

TEST_CASE("an operation that travels as it is keeps to the limits of operations") {
  Header header = sample_header();
  header.enc = 1;
  const auto segment_with = [&](std::size_t bones, const std::vector<Bytes>& parts) {
    header.bones_size = static_cast<std::uint32_t>(bones);
    header.bones_hash = bones_hash(Bytes(bones, 0xff));
    const Bytes rest = encode_rest(header, Header{});
    const Bytes entry = cbor_array({rest, cbor_bytes(Bytes(bones, 0xff)), cbor_array(parts), cbor_bytes(Bytes(64))});
    return with_item(with_item(with_item(encode_segment(run_of(1)), 4, cbor_unsigned(7)), 5, cbor_bytes(Bytes(32, 1))),
                     6, cbor_array({entry}));
  };
  const std::size_t header_size = decode_segment(segment_with(1000, {}))->at(0).header.size();
  const std::size_t room = kMaxOperationBytes - header_size - 1000;
  CHECK(decode_segment(segment_with(1000, {cbor_bytes(Bytes(room))})));
  check_too_large(decode_segment(segment_with(1000, {cbor_bytes(Bytes(room + 1))})), "operation");
  check_too_large(decode_segment(segment_with(1000, {cbor_bytes(Bytes(room)), cbor_bytes(Bytes(1))})), "operation");
  CHECK(decode_segment(segment_with(1000 + room, {})));
  check_too_large(decode_segment(segment_with(1001 + room, {})), "operation");
  check_too_large(decode_segment(segment_with(kMaxOperationBytes + 1, {})), "operation");
  CHECK(decode_segment(segment_with(10, std::vector<Bytes>(kMaxParts, cbor_null()))));
  check_too_large(decode_segment(segment_with(10, std::vector<Bytes>(kMaxParts + 1, cbor_null()))), "parts");
  check_not_canonical(decode_segment(segment_with(10, {cbor_unsigned(1)})));
}

TEST_CASE("bones that can travel short may not travel long") {
  const auto run = run_of(1);
  std::vector<Bytes> parts;
  for (const auto& part : run[0].parts) parts.push_back(cbor_bytes(*part));
  const Bytes segment = encode_segment(run);
  const Bytes longer = with_piece(with_piece(segment, 0, 1, cbor_bytes(run[0].bones)), 0, 2, cbor_array(parts));
  check_not_canonical(decode_segment(longer));
}

TEST_CASE("fields that are those of the operation before are left out of the rest, and only then") {
  const auto run = run_of(4);  // the third is urgent, the second has a seen head
  const Header before = decode_header(run[0].header).value();
  const Header header = decode_header(run[1].header).value();
  const auto keys = [](const Bytes& rest) {
    std::vector<std::uint64_t> found;
    for (const auto& pair : split_map(rest)) found.push_back(pair.first);
    return found;
  };
  CHECK(keys(encode_rest(header, before)) == std::vector<std::uint64_t>{9, 11});
  CHECK(keys(encode_rest(header, Header{})) == std::vector<std::uint64_t>{8, 9, 11});
  Header none = header;
  none.access_heads.clear();
  CHECK(keys(encode_rest(none, before)) == std::vector<std::uint64_t>{8, 9, 11});
  CHECK(decode_rest(encode_rest(none, before), before)->access_heads.empty());

  const Bytes rest = encode_rest(header, before);
  check_not_canonical(decode_rest(with_key(rest, 8, split_map(run[0].header)[8].second), before));
  check_not_canonical(decode_rest(with_key(rest, 0, cbor_unsigned(0)), before));
  check_not_canonical(decode_rest(with_key(rest, 2, cbor_unsigned(0)), before));
  check_not_canonical(decode_rest(with_key(rest, 10, cbor_unsigned(0)), before));
  check_not_canonical(decode_rest(with_key(rest, 9, cbor_array({})), before));
  check_not_canonical(decode_rest(without_key(rest, 11), before));
  CHECK(decode_rest(with_key(rest, 10, cbor_unsigned(1)), before)->op_class == OpClass::urgent);
}

TEST_CASE("place, suite and what the bones tell may not stand in a rest") {
  const Bytes rest = encode_rest(sample_header(), Header{});
  const Bytes header = encode(sample_header());
  for (const auto& pair : split_map(header)) {
    const std::uint64_t key = pair.first;
    if ((key < 3 && key != 1) || (key >= 8 && key <= 11)) continue;
    CAPTURE(key);
    check_not_canonical(decode_rest(with_key(rest, key, pair.second), Header{}));
  }
  check_not_canonical(decode_rest(with_key(rest, 1, cbor_unsigned(2)), Header{}));
}

TEST_CASE("a rest is read back, with keys of later versions, and no byte more or less is taken") {
  Header header = sample_header();
  header.unknown = {{14, {0x00}}, {200, {0x61, 0x78}}};
  const Bytes rest = encode_rest(header, Header{});
  check_edges(Decoder::rest, rest);
  CHECK(decode_rest(rest, Header{})->unknown == header.unknown);
  check_not_canonical(decode_rest(with_key(rest, 256, cbor_null()), Header{}));
}

TEST_CASE("a segment of another version, of nothing or without its last signature is refused") {
  auto run = run_of(2);
  const Bytes segment = encode_segment(run);
  check_not_canonical(decode_segment(with_item(segment, 0, cbor_unsigned(1))));
  check_not_canonical(decode_segment(with_item(segment, 6, cbor_array({}))));
  auto last = split_array(entry_of(segment, 1));
  last.pop_back();
  check_not_canonical(decode_segment(with_entry(segment, 1, cbor_array(last))));
  last.pop_back();
  check_not_canonical(decode_segment(with_entry(segment, 1, cbor_array(last))));
  for (std::size_t i = 0; i < 7; ++i) {
    CAPTURE(i);
    check_not_canonical(decode_segment(with_item(segment, i, cbor_text("x"))));
  }
}

TEST_CASE("a place that no header can have is refused") {
  const Bytes segment = encode_segment(run_of(2));
  const Bytes zeros = cbor_bytes(Bytes(32));
  const Bytes ones = cbor_bytes(Bytes(32, 1));
  check_not_canonical(decode_segment(with_item(segment, 1, zeros)));             // a space of zeros alone
  check_not_canonical(decode_segment(with_item(segment, 5, ones)));              // seq 0 with a prev
  check_not_canonical(decode_segment(with_item(segment, 4, cbor_unsigned(3))));  // seq 3 without
  const Bytes late = with_item(segment, 5, ones);
  CHECK(decode_segment(with_item(late, 4, cbor_unsigned(UINT64_MAX - 1))));
  check_not_canonical(decode_segment(with_item(late, 4, cbor_unsigned(UINT64_MAX))));
  // Two operations cannot both be a space's first.
  check_not_canonical(decode_segment(with_item(with_item(segment, 1, zeros), 2, zeros)));
}

TEST_CASE("parts in a segment obey the rules of the part list") {
  const Bytes segment = encode_segment(run_of(1));
  const Bytes part = cbor_bytes(encode_part(Bytes(kPartSaltBytes), {NoValue{}}));
  const Bytes somebody = cbor_bytes(Bytes(32, 1));
  const Bytes personal = cbor_array({somebody, part});
  const auto with_parts = [&](const std::vector<Bytes>& parts) {
    return decode_segment(with_piece(segment, 0, 2, cbor_array(parts)));
  };
  CHECK(with_parts({part, personal}));
  CHECK(with_parts({personal, personal}));
  check_not_canonical(with_parts({personal, part}));
  check_not_canonical(with_parts({part, part}));
  check_not_canonical(with_parts({part}));  // a mutation names part 1
  check_not_canonical(with_parts({part, cbor_array({somebody, cbor_bytes(Bytes(33))})}));
  check_not_canonical(with_parts({part, cbor_array({somebody, cbor_bytes({})})}));
  check_not_canonical(with_parts({part, cbor_array({cbor_null(), part})}));
  check_not_canonical(with_parts({part, cbor_null()}));
  check_not_canonical(with_parts({part, cbor_array({somebody, cbor_unsigned(31), somebody})}));
  check_too_large(with_parts(std::vector<Bytes>(kMaxParts + 1, personal)), "parts");
  CHECK(with_parts(std::vector<Bytes>(kMaxParts, personal)));
  check_too_large(with_parts({part, cbor_array({somebody, cbor_bytes(Bytes(kMaxOperationBytes + 32))})}), "part");
  check_too_large(with_parts({part, cbor_array({somebody, cbor_unsigned(kMaxOperationBytes), somebody})}), "operation");
}

TEST_CASE("the part list stands beside the bones of a segment, never in them") {
  const auto run = run_of(1);
  const Bytes segment = encode_segment(run);
  check_not_canonical(decode_segment(with_piece(segment, 0, 1, run[0].bones)));
  check_not_canonical(decode_segment(with_piece(with_piece(segment, 0, 1, run[0].bones), 0, 2, cbor_array({}))));
}

TEST_CASE("a segment holds as many operations and bytes as the limits") {
  const auto run = run_of(kMaxSegmentOperations + 1);
  const auto most = std::span(run).first(kMaxSegmentOperations);
  const Bytes segment = encode_segment(most);
  CHECK(decode_segment(segment)->size() == kMaxSegmentOperations);
  auto entries = split_array(split_array(segment)[6]);
  entries.push_back(entries.back());
  check_too_large(decode_segment(with_item(segment, 6, cbor_array(entries))), "operations");
  check_too_large(decode_segment(Bytes(kMaxSegmentBytes + 1)), "segment");
  CHECK(segment_length(run) == kMaxSegmentOperations);
}

TEST_CASE("a segment's length ends at a signature, at the limit and where the chain does not go on") {
  auto run = run_of(6);
  CHECK(segment_length(run) == 6);
  CHECK(segment_length({}) == 0);
  const std::size_t three =
      encode_segment(std::span(run).first(3)).size() + 2;  // its longest count takes two bytes more
  CHECK(segment_length(run, three) == 3);
  CHECK(segment_length(run, three - 1) == 2);
  CHECK(segment_length(run, 10) == 0);
  run[1].signature.reset();
  run[2].signature.reset();
  run[5].signature.reset();
  CHECK(segment_length(run) == 5);
  CHECK(segment_length(run, three) == 1);
  run.erase(run.begin() + 3);
  CHECK(segment_length(run) == 1);
}
