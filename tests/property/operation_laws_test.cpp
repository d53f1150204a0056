// Laws of the operation grammar: one encoding a struct, one struct an encoding, whatever the struct and however the
// bytes were bent.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/oplog/segment.hpp"
#include "tests/property/drawn_bytes.hpp"
#include "tests/tools/decoders.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// --- random structs --------------------------------------------------------------------------------------------------

template <class IdType>
IdType pick_id() {
  IdType id;
  const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(4, rc::gen::arbitrary<std::uint8_t>());
  for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = bytes[i % bytes.size()];
  return id;
}
// Not of zeros, which a place may not be.
template <class IdType>
IdType pick_some_id() {
  IdType id = pick_id<IdType>();
  id.bytes[0] |= 1U;
  return id;
}
template <class IdType>
std::vector<IdType> pick_ids(std::size_t least, std::size_t most) {
  std::vector<IdType> ids(pick_count(least, most));
  for (auto& id : ids) id = pick_id<IdType>();
  return ids;
}
template <class IdType>
std::vector<IdType> pick_ascending(std::size_t least, std::size_t most) {
  auto ids = pick_ids<IdType>(least, most);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}
template <class T, class Pick>
std::optional<T> pick_optional(Pick pick) {
  return pick_bool() ? std::optional<T>(pick()) : std::nullopt;
}

std::vector<UnknownField> pick_unknown(std::uint64_t first) {
  std::vector<UnknownField> unknown;
  if (*rc::gen::inRange(0, 4) != 0) return unknown;
  std::uint64_t key = first;
  for (std::size_t i = pick_count(1, 3); i > 0 && key <= kLastKey; --i) {
    key = std::min<std::uint64_t>(kLastKey, key + pick_count(0, 120));
    unknown.push_back({key, pick_item()});
    ++key;
  }
  return unknown;
}

Header pick_header() {
  Header header;
  header.format = *rc::gen::element(0U, 0U, 0U, 1U, UINT32_MAX);
  header.suite = *rc::gen::element(1U, 1U, 1U, 0U, UINT32_MAX);
  header.enc = *rc::gen::element(0U, 0U, 0U, 7U, UINT32_MAX);
  header.device = pick_id<DeviceId>();
  if (!*rc::gen::inRange(0, 8)) {
    header.space = {};  // founding
  } else {
    header.space = pick_some_id<SpaceId>();
    header.circle = pick_some_id<CircleId>();
    header.seq = pick_number();
    if (header.seq != 0) header.prev = pick_some_id<OpId>();
  }
  header.access_heads = pick_ascending<OpId>(0, kMaxAccessHeads);
  header.seen = pick_ascending<OpId>(0, kMaxSeen);
  std::reverse(header.seen.begin(), header.seen.end());
  header.op_class = static_cast<OpClass>(pick_number(UINT8_MAX));
  header.claimed.ms = pick_integer();
  header.bones_hash = pick_id<Hash32>();
  header.bones_size = static_cast<std::uint32_t>(pick_count(0, 8000));
  header.unknown = pick_unknown(14);
  return header;
}

SchemaName pick_name() { return {pick_optional<OpId>(pick_id<OpId>), pick_number32()}; }

std::vector<Reference> pick_references(std::size_t least) {
  std::vector<Reference> references(pick_count(least, 3));
  for (auto& reference : references) {
    reference.op = pick_optional<OpId>(pick_id<OpId>);
    if (!reference.op) reference.back = pick_number();
    reference.mutation = static_cast<std::uint32_t>(pick_count(0, kMaxMutations - 1));
    reference.run = static_cast<std::uint32_t>(pick_bool() ? 1 : pick_count(1, kMaxMutations - reference.mutation));
  }
  return references;
}

Mutation pick_mutation(std::size_t parts) {
  Mutation mutation;
  mutation.collection = pick_name();
  mutation.kind = pick_number32();
  mutation.record = pick_optional<RecordId>(pick_id<RecordId>);
  mutation.field = pick_optional<SchemaName>(pick_name);
  mutation.supersedes = pick_references(0);
  std::uint32_t purpose = 0;
  for (std::size_t i = pick_count(0, 2); i > 0; --i) {
    purpose += static_cast<std::uint32_t>(pick_count(0, 300));
    mutation.cites.push_back({purpose++, pick_references(1)});
  }
  mutation.records = pick_ids<RecordId>(0, 3);
  for (std::size_t i = pick_count(0, 3); i > 0; --i) mutation.numbers.push_back(pick_number());
  mutation.principal = pick_optional<PrincipalId>(pick_id<PrincipalId>);
  if (parts > 0 && pick_bool()) mutation.part = static_cast<std::uint32_t>(pick_count(0, parts - 1));
  if (pick_bool()) mutation.authority = pick_item();
  mutation.unknown = pick_unknown(11);
  return mutation;
}

Bones pick_bones() {
  Bones bones;
  bones.schema = pick_number32();
  bones.act = pick_id<ActId>();
  bones.parts.resize(pick_count(0, 4));
  for (std::size_t i = 0; i < bones.parts.size(); ++i) {
    auto& part = bones.parts[i];
    if (i > 0 || pick_bool()) part.subject = pick_id<PrincipalId>();
    part.size = static_cast<std::uint32_t>(pick_count(1, 40) * kPartPadding);
    part.hash = pick_id<Hash32>();
  }
  for (std::size_t i = pick_count(1, 4); i > 0; --i) bones.mutations.push_back(pick_mutation(bones.parts.size()));
  bones.unknown = pick_unknown(4);
  return bones;
}

Value pick_value() {
  switch (*rc::gen::inRange(0, 16)) {
    case 0:
      return TextValue{pick_text(200), pick_bool() ? "" : *rc::gen::element<std::string>("nl", "en-GB")};
    case 1:
      return IntegerValue{pick_integer()};
    case 2:
      return DateValue{static_cast<std::int32_t>(pick_number32())};
    case 3: {
      const auto zone = *rc::gen::element<std::string>("", "Europe/London");
      return TimeValue{static_cast<std::uint16_t>(pick_count(0, 1439)), zone};
    }
    case 4:
      return LengthValue{pick_number32()};
    case 5:
      return RecurrenceValue{pick_text(100)};
    case 6:
      return ChoiceValue{pick_number32()};
    case 7:
      return PrincipalValue{pick_id<PrincipalId>()};
    case 8:
      return RecordValue{pick_id<RecordId>()};
    case 9:
      return VersionValue{pick_ascending<OpId>(1, 5)};
    case 10:
      return FileValue{pick_id<Hash32>(), pick_id<Hash32>(), pick_number()};
    case 11:
      return KeyValue{pick_id<Hash32>()};
    case 12:
      return DeviceValue{pick_id<DeviceId>()};
    case 13: {
      SealedValue value;
      value.reference = pick_id<ActId>().bytes;
      value.ciphertext = pick_id<Hash32>();
      value.lock = pick_id<RecordId>();
      value.subject = pick_id<PrincipalId>();
      return value;
    }
    case 14:
      return NoValue{};
    default: {
      CborWriter out;
      const std::size_t more = pick_count(0, 3);
      out.array(1 + more);
      out.unsigned_integer(std::max<std::uint64_t>(15, pick_number()));
      for (std::size_t i = 0; i < more; ++i) out.raw(pick_item());
      return UnknownValue{out.take()};
    }
  }
}

PartValues pick_values() {
  PartValues values(pick_count(0, 6));
  for (auto& value : values) value = pick_value();
  return values;
}

Bytes pick_part() { return encode_part(view(pick_id<ActId>()), pick_values()); }

UnverifiedOperation pick_pieces() {
  UnverifiedOperation operation;
  operation.header = Bytes(pick_count(0, 500), 1);
  operation.bones = Bytes(pick_count(0, 500), 2);
  operation.parts.resize(pick_count(0, 4));
  for (auto& part : operation.parts) {
    if (pick_bool()) part = Bytes(pick_count(0, 100), 3);
  }
  operation.signature = pick_optional<Signature>(pick_id<Signature>);
  return operation;
}

// A run of one chain: parts here and there dropped, bones now and then of a format of which nothing is known.
std::vector<UnverifiedOperation> pick_run() {
  std::vector<UnverifiedOperation> run;
  Header header = pick_header();
  header.suite = kSuite;
  const bool is_founding = header.space.is_zero();
  header.seq = std::min(header.seq, UINT64_MAX - 10);
  for (std::size_t count = is_founding ? 1 : pick_count(1, 5); count > 0; --count) {
    UnverifiedOperation operation;
    Bones bones = pick_bones();
    bones.parts.resize(std::min<std::size_t>(bones.parts.size(), 3));
    for (auto& mutation : bones.mutations) {
      if (mutation.part && *mutation.part >= bones.parts.size()) mutation.part.reset();
    }
    for (auto& entry : bones.parts) {
      const Bytes part = pick_part();
      entry.size = static_cast<std::uint32_t>(part.size());
      entry.hash = part_hash(part);
      operation.parts.push_back(pick_bool() ? std::optional(part) : std::nullopt);
    }
    operation.bones = encode(bones);
    if (header.format != kFormatNumber && pick_bool()) operation.bones = Bytes(pick_count(0, 50), 0xff);
    header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
    header.bones_hash = bones_hash(operation.bones);
    operation.header = encode(header);
    if (count == 1 || pick_bool()) operation.signature = pick_id<Signature>();
    header.prev = op_id(operation.header);
    run.push_back(std::move(operation));

    ++header.seq;
    if (pick_bool()) header.format = *rc::gen::element(0U, 1U);
    if (pick_bool()) header.enc = *rc::gen::element(0U, 1U);
    if (pick_bool()) header.access_heads = pick_ascending<OpId>(0, 3);
    if (pick_bool()) header.op_class = *rc::gen::element(OpClass::normal, OpClass::urgent);
    header.seen = pick_ascending<OpId>(0, 2);
    header.claimed.ms = pick_integer();
    header.unknown = pick_unknown(14);
  }
  return run;
}

// --- bent bytes ------------------------------------------------------------------------------------------------------

// Refused by name, or taken as one struct that has just this encoding.
void refused_or_same(Decoder decoder, const Bytes& bytes) {
  const auto again = encoded_again(decoder, bytes);
  if (again) {
    RC_ASSERT(*again == bytes);
    return;
  }
  RC_ASSERT(again.error().code == ErrorCode::not_canonical || again.error().code == ErrorCode::too_large);
  RC_ASSERT(again.error().fault == Fault::peer);
  RC_ASSERT(again.error().args.size() == 2U);
}

Bytes pick_encoding(Decoder decoder) {
  switch (decoder) {
    case Decoder::header:
      return encode(pick_header());
    case Decoder::rest: {
      Header header = pick_header();
      header.suite = kSuite;
      return encode_rest(header, Header{});
    }
    case Decoder::bones:
      return encode(pick_bones());
    case Decoder::part:
      return pick_part();
    case Decoder::value:
      return encode(pick_value());
    case Decoder::operation:
      return encode(pick_pieces());
    case Decoder::segment:
      return encode_segment(pick_run());
  }
  KIEM_UNREACHABLE("a decoder");
}

}  // namespace

TEST_CASE("a header, whatever it holds, is read back as it was") {
  CHECK(rc::check([] {
    const Header header = pick_header();
    RC_ASSERT(decode_header(encode(header)).value() == header);
  }));
}

TEST_CASE("bones, whatever they hold, are read back as they were") {
  CHECK(rc::check([] {
    const Bones bones = pick_bones();
    RC_ASSERT(decode_bones(encode(bones)).value() == bones);
  }));
}

TEST_CASE("values and parts, whatever they hold, are read back as they were") {
  CHECK(rc::check([] {
    const Value value = pick_value();
    RC_ASSERT(decode_value(encode(value)).value() == value);
    const PartValues values = pick_values();
    RC_ASSERT(decode_part(encode_part(view(pick_id<ActId>()), values)).value() == values);
  }));
}

TEST_CASE("a whole operation, whatever its pieces, is read back as it was") {
  CHECK(rc::check([] {
    const UnverifiedOperation operation = pick_pieces();
    RC_ASSERT(decode_operation(encode(operation)).value() == operation);
  }));
}

TEST_CASE("a segment of any run rebuilds that run byte for byte, and its length is what was said") {
  CHECK(rc::check([] {
    const auto run = pick_run();
    const Bytes segment = encode_segment(run);
    RC_ASSERT(decode_segment(segment).value() == run);
    RC_ASSERT(segment_length(run) == run.size());
    const std::size_t most = pick_count(0, segment.size() + 2);
    const std::size_t length = segment_length(run, most);
    if (length > 0) RC_ASSERT(encode_segment(std::span(run).first(length)).size() <= most);
    // In one go, from what is decoded already: the same bytes.
    std::vector<ExportedOperation> decoded;
    for (const auto& each : run) {
      const auto bones = decode_bones(each.bones);
      if (!bones) return;  // of a later format, which no store gives away decoded
      decoded.push_back({each, *decode_header(each.header), *bones});
    }
    for (const std::size_t limit : {most, kMaxSegmentBytes}) {
      const FilledSegment filled = fill_segment(decoded, limit);
      RC_ASSERT(filled.count == segment_length(run, limit));
      if (filled.count > 0) RC_ASSERT(filled.segment == encode_segment(std::span(run).first(filled.count)));
    }
  }));
}

TEST_CASE("the rest of a header beside any header before it is read back as it was") {
  CHECK(rc::check([] {
    Header header = pick_header();
    header.suite = kSuite;
    const Header before = pick_bool() ? pick_header() : header;
    Header again = decode_rest(encode_rest(header, before), before).value();
    again.space = header.space;
    again.circle = header.circle;
    again.device = header.device;
    again.seq = header.seq;
    again.prev = header.prev;
    again.bones_hash = header.bones_hash;
    again.bones_size = header.bones_size;
    RC_ASSERT(again == header);
  }));
}

TEST_CASE("bent bytes are refused, or are the one encoding of something else") {
  for (const Decoder decoder : kDecoders) {
    CAPTURE(name_of(decoder));
    CHECK(rc::check([decoder] {
      const Bytes encoding = pick_encoding(decoder);
      refused_or_same(decoder, encoding);
      SeededRng rng(*rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
      for (int i = 0; i < 100; ++i) refused_or_same(decoder, bend(encoding, rng));
    }));
  }
}

TEST_CASE("bytes of chance are refused or made again") {
  CHECK(rc::check([] {
    SeededRng rng(*rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
    for (const Decoder decoder : kDecoders) {
      for (int i = 0; i < 50; ++i) {
        Bytes bytes(rng.below(100));
        rng.fill(bytes);
        refused_or_same(decoder, bytes);
      }
    }
  }));
}
