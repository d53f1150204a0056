#include "tests/tools/operation_vectors.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "tests/tools/cbor_edit.hpp"
#include "tests/tools/samples.hpp"

namespace kiem::test {
namespace {

class Maker {
 public:
  explicit Maker(std::uint64_t seed)
      : rng_(seed),
        key_(SigningKey::generate(rng_)),
        space_(id_from<SpaceId>(rng_)),
        circle_(id_from<CircleId>(rng_)),
        device_(id_from<DeviceId>(rng_)) {}

  std::vector<Vector> make() {
    headers();
    bones();
    values();
    parts();
    operations();
    segments();
    return std::move(vectors_);
  }

 private:
  void valid(std::string name, Decoder decoder, Bytes bytes) {
    auto fields = describe(decoder, bytes);
    KIEM_CHECK(fields);
    vectors_.push_back({std::move(name), decoder, std::move(bytes), std::nullopt, std::move(*fields)});
  }
  void refused(std::string name, Decoder decoder, Bytes bytes, ErrorCode code = ErrorCode::not_canonical) {
    vectors_.push_back({std::move(name), decoder, std::move(bytes), code, {}});
  }
  void too_large(std::string name, Decoder decoder, Bytes bytes) {
    refused(std::move(name), decoder, std::move(bytes), ErrorCode::too_large);
  }

  std::vector<OpId> some_heads(std::size_t count) {
    std::vector<OpId> heads(count);
    for (auto& head : heads) head = id_from<OpId>(rng_);
    std::sort(heads.begin(), heads.end());
    return heads;
  }
  Header place() {
    Header header;
    header.space = space_;
    header.circle = circle_;
    header.device = device_;
    header.claimed.ms = 1'800'000'000'000;
    return header;
  }
  Header ordinary() {
    Header header = place();
    header.seq = 41;
    header.prev = id_from<OpId>(rng_);
    header.access_heads = some_heads(2);
    header.seen = some_heads(3);
    header.bones_hash = id_from<Hash32>(rng_);
    header.bones_size = 321;
    return header;
  }
  Header founding() {
    Header header = place();
    header.space = {};
    header.circle = {};
    return header;
  }

  void headers() {
    constexpr auto kKind = Decoder::header;
    const Bytes bytes = encode(ordinary());
    valid("an ordinary header", kKind, bytes);
    valid("the first of a chain, without heads", kKind, encode(place()));
    valid("a founding header: space, circle and prev of zeros", kKind, encode(founding()));
    Header most = ordinary();
    most.seq = UINT64_MAX;
    most.access_heads = some_heads(kMaxAccessHeads);
    most.seen = some_heads(kMaxSeen);
    most.op_class = OpClass::urgent;
    most.claimed.ms = -1;
    valid("as many heads as there may be, urgent, a claimed time before 1970", kKind, encode(most));
    const Bytes value = cbor_map({{0, cbor_text("later")}});
    valid("an unknown key that may be ignored", kKind, with_key(bytes, 14, value));
    valid("the last unknown key that may be ignored", kKind, with_key(bytes, 127, value));
    valid("an unknown key that must be known: stored and forwarded, not applied", kKind, with_key(bytes, 128, value));
    valid("the last key there is", kKind, with_key(bytes, 255, value));
    valid("an unknown format", kKind, with_key(bytes, 0, cbor_unsigned(1)));
    valid("an unknown suite", kKind, with_key(bytes, 1, cbor_unsigned(2)));
    valid("an unknown enc", kKind, with_key(bytes, 2, cbor_unsigned(1)));

    refused("no bytes", kKind, {});
    refused("a header without its last byte", kKind, to_bytes(ByteView(bytes).first(bytes.size() - 1)));
    Bytes trailing = bytes;
    trailing.push_back(0);
    refused("a byte behind the header", kKind, trailing);
    refused("a key beyond the last", kKind, with_key(bytes, 256, value));
    refused("no device", kKind, without_key(bytes, 5));
    refused("no claimed time", kKind, without_key(bytes, 11));
    Pairs pairs = split_map(bytes);
    std::swap(pairs[0], pairs[1]);
    refused("keys that do not ascend", kKind, cbor_map(pairs));
    pairs = split_map(bytes);
    pairs.insert(pairs.begin(), pairs.front());
    refused("a key twice", kKind, cbor_map(pairs));
    Bytes longer = bytes;
    longer.insert(longer.begin() + 1, 0x18);
    refused("key 0 in two bytes", kKind, longer);
    Bytes indefinite = bytes;
    indefinite[0] = 0xbf;
    indefinite.push_back(0xff);
    refused("a map of indefinite length", kKind, indefinite);
    refused("seq as a text", kKind, with_key(bytes, 6, cbor_text("41")));
    refused("a device of 31 bytes", kKind, with_key(bytes, 5, cbor_bytes(Bytes(31, 1))));
    refused("access heads that do not ascend", kKind,
            with_key(bytes, 8, cbor_array({cbor_bytes(Bytes(32, 2)), cbor_bytes(Bytes(32, 1))})));
    refused("an access head twice", kKind,
            with_key(bytes, 8, cbor_array({cbor_bytes(Bytes(32, 1)), cbor_bytes(Bytes(32, 1))})));
    refused("an empty list of access heads", kKind, with_key(bytes, 8, cbor_array({})));
    refused("a seen head twice", kKind,
            with_key(bytes, 9, cbor_array({cbor_bytes(Bytes(32, 1)), cbor_bytes(Bytes(32, 1))})));
    too_large("one access head too many", kKind, with_key(bytes, 8, heads_of(kMaxAccessHeads + 1)));
    too_large("one seen head too many", kKind, with_key(bytes, 9, heads_of(kMaxSeen + 1)));
    too_large("bones larger than an operation", kKind, with_key(bytes, 13, cbor_unsigned(kMaxOperationBytes + 1)));
    refused("a class above 255", kKind, with_key(bytes, 10, cbor_unsigned(256)));
    refused("seq 0 with a prev", kKind, with_key(bytes, 6, cbor_unsigned(0)));
    refused("a later seq with a prev of zeros", kKind, with_key(bytes, 7, cbor_bytes(Bytes(32))));
    refused("a space of zeros with a circle", kKind, with_key(encode(place()), 3, cbor_bytes(Bytes(32))));
    refused("a tag in an unknown key", kKind, raw_key(bytes, 14, {0xc0, 0x00}));
    refused("a float in an unknown key", kKind, raw_key(bytes, 14, {0xf9, 0x3c, 0x00}));
    refused("a text that is no UTF-8 in an unknown key", kKind, raw_key(bytes, 14, {0x62, 0xc3, 0x28}));
    valid("an unknown key with as many arrays in each other as there may be", kKind,
          with_key(bytes, 14, cbor_nest(16)));
    refused("an unknown key with one array more in each other", kKind, raw_key(bytes, 14, cbor_nest(17)));
  }

  void bones() {
    constexpr auto kKind = Decoder::bones;
    const Bytes bytes = encode(sample_bones());
    const Bytes least = encode(least_bones());
    valid("everything that bones can hold", kKind, bytes);
    valid("the least bones", kKind, least);
    const Bytes value = cbor_text("later");
    valid("an unknown key of the bones that may be ignored", kKind, with_key(bytes, 4, value));
    valid("an unknown key of the bones that must be known", kKind, with_key(bytes, 128, value));
    const Bytes mutation = split_array(split_map(least)[2].second)[0];
    const auto with_mutation = [&](const Bytes& changed) { return with_key(least, 2, cbor_array({changed})); };
    valid("an unknown key of a mutation that may be ignored", kKind, with_mutation(with_key(mutation, 11, value)));
    valid("an unknown key of a mutation that must be known", kKind, with_mutation(with_key(mutation, 128, value)));
    const auto reference = [](std::uint64_t first, std::uint64_t run) {
      return cbor_array({cbor_array({cbor_unsigned(0), cbor_unsigned(first), cbor_unsigned(run)})});
    };
    valid("a run over all mutations that an operation can have", kKind,
          with_mutation(with_key(mutation, 4, reference(0, 256))));

    refused("no mutation", kKind, with_key(least, 2, cbor_array({})));
    refused("no act number", kKind, without_key(least, 1));
    refused("an act number of 15 bytes", kKind, with_key(least, 1, cbor_bytes(Bytes(15))));
    refused("a mutation without kind", kKind, with_mutation(without_key(mutation, 1)));
    refused("a run of one, written out", kKind, with_mutation(with_key(mutation, 4, reference(0, 1))));
    refused("a run beyond the last mutation", kKind, with_mutation(with_key(mutation, 4, reference(1, 256))));
    refused("an empty list of references", kKind, with_mutation(with_key(mutation, 4, cbor_array({}))));
    refused("purposes that do not ascend", kKind,
            raw_mutation(least, raw_key(mutation, 5, cbor_map({{2, one_reference()}, {1, one_reference()}}))));
    refused("a part that is not listed", kKind, with_mutation(with_key(mutation, 9, cbor_unsigned(0))));
    refused("an act of membership that is no canonical CBOR", kKind,
            with_mutation(with_key(mutation, 10, cbor_bytes(Bytes{0x18, 0x01}))));
    refused("an empty act of membership", kKind, with_mutation(with_key(mutation, 10, cbor_bytes({}))));
    refused(
        "a schema name of three elements", kKind,
        with_mutation(with_key(mutation, 0, cbor_array({cbor_bytes(Bytes(32)), cbor_unsigned(0), cbor_unsigned(0)}))));
    const auto entry = [](const Bytes& subject, std::uint64_t size) {
      return cbor_array({subject, cbor_unsigned(size), cbor_bytes(Bytes(32, 9))});
    };
    const Bytes somebody = cbor_bytes(Bytes(32, 1));
    refused("an empty part list", kKind, with_key(least, 3, cbor_array({})));
    refused("two parts without subject", kKind,
            with_key(least, 3, cbor_array({entry(cbor_null(), 32), entry(cbor_null(), 32)})));
    refused("a part without subject that is not the first", kKind,
            with_key(least, 3, cbor_array({entry(somebody, 32), entry(cbor_null(), 32)})));
    refused("a part of 48 bytes", kKind, with_key(least, 3, cbor_array({entry(somebody, 48)})));
    refused("a part of no bytes", kKind, with_key(least, 3, cbor_array({entry(somebody, 0)})));
    too_large("parts that together pass an operation's size", kKind,
              with_key(least, 3, cbor_array({entry(somebody, 8192), entry(somebody, 8192)})));
    too_large("one part too many", kKind,
              with_key(least, 3, cbor_array(std::vector<Bytes>(kMaxParts + 1, entry(somebody, 32)))));
    too_large("one mutation too many", kKind,
              with_key(least, 2, cbor_array(std::vector<Bytes>(kMaxMutations + 1, mutation))));
    too_large("one reference too many", kKind,
              with_mutation(with_key(
                  mutation, 4, cbor_array(std::vector<Bytes>(kMaxReferences + 1, split_array(one_reference())[0])))));
  }

  void values() {
    constexpr auto kKind = Decoder::value;
    for (const Value& value : all_values()) {
      const Bytes bytes = encode(value);
      const std::string type = describe(kKind, bytes)->at("type");
      valid("a value of type " + type, kKind, bytes);
    }
    valid("a text without language", kKind, encode(Value{TextValue{"", ""}}));
    valid("a time in another zone", kKind, encode(Value{TimeValue{1439, "Europe/London"}}));
    valid("the smallest integer", kKind, encode(Value{IntegerValue{INT64_MIN}}));
    valid("the largest integer", kKind, encode(Value{IntegerValue{INT64_MAX}}));
    valid("the first date", kKind, encode(Value{DateValue{INT32_MIN}}));
    refused("an integer of 65 bits", kKind, cbor_array({cbor_unsigned(1), cbor_unsigned(UINT64_C(1) << 63U)}));
    refused("minute 1440", kKind, cbor_array({cbor_unsigned(3), cbor_unsigned(1440)}));
    refused("an empty language", kKind, cbor_array({cbor_unsigned(0), cbor_text("x"), cbor_text("")}));
    refused("the zone that is meant anyway", kKind,
            cbor_array({cbor_unsigned(3), cbor_unsigned(0), cbor_text(kDefaultZone)}));
    refused("a text that is no UTF-8", kKind, {0x82, 0x00, 0x62, 0xc3, 0x28});
    refused("an integer and one element more", kKind, cbor_array({cbor_unsigned(1), cbor_unsigned(1), cbor_null()}));
    refused("a type that is negative", kKind, cbor_array({cbor_integer(-1)}));
    refused("an array of nothing", kKind, cbor_array({}));
    refused("a version of no heads", kKind, cbor_array({cbor_unsigned(9), cbor_array({})}));
    too_large("a language of 36 bytes", kKind,
              cbor_array({cbor_unsigned(0), cbor_text("x"), cbor_text(std::string(kMaxLanguageBytes + 1, 'a'))}));
  }

  void parts() {
    constexpr auto kKind = Decoder::part;
    std::array<std::uint8_t, kPartSaltBytes> salt{};
    rng_.fill(salt);
    const Bytes all = encode_part(salt, all_values());
    valid("a part with one value of each type", kKind, all);
    valid("a part without values", kKind, encode_part(salt, {}));
    const Bytes full = encode_part(salt, {TextValue{std::string(12, 'x'), ""}});
    KIEM_CHECK(full.size() == 32);
    valid("a part that needs no fill", kKind, full);
    Bytes filled = all;
    filled.back() = 1;
    refused("fill that is not zero", kKind, filled);
    filled = full;
    filled.resize(64);
    refused("32 bytes of fill", kKind, filled);
    filled.resize(63);
    refused("a part of 63 bytes", kKind, filled);
    refused("a salt alone", kKind, Bytes(16));
  }

  UnverifiedOperation signed_one(const Header& header, const std::vector<SamplePart>& parts) {
    Bones bones = least_bones();
    bones.schema = 1;
    bones.act = id_from<ActId>(rng_);
    bones.mutations.clear();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::size_t k = 0; k < parts[i].values.size(); ++k) {
        Mutation mutation;
        mutation.collection.number = 1;
        mutation.kind = 2;
        mutation.record = id_from<RecordId>(rng_);
        mutation.field = SchemaName{std::nullopt, static_cast<std::uint32_t>(k)};
        mutation.part = static_cast<std::uint32_t>(i);
        bones.mutations.push_back(mutation);
      }
    }
    return signed_operation(header, bones, parts, key_, rng_);
  }
  void valid_operation(std::string name, const UnverifiedOperation& operation) {
    valid(std::move(name), Decoder::operation, encode(operation));
    if (operation.signature) vectors_.back().fields["signed_by"] = to_hex(view(key_.verify_key()));
  }

  void operations() {
    constexpr auto kKind = Decoder::operation;
    const std::vector<SamplePart> two{{std::nullopt, all_values()},
                                      {id_from<PrincipalId>(rng_), {TextValue{"Noor komt later", "nl"}}}};
    valid_operation("a founding operation, signed",
                    signed_one(founding(), {{std::nullopt, {TextValue{"Buurttuin De Kiem", "nl"}}}}));
    UnverifiedOperation operation = signed_one(ordinary(), two);
    valid_operation("a common and a personal part, signed", operation);
    UnverifiedOperation dropped = operation;
    dropped.parts[1].reset();
    valid_operation("the same with its personal part dropped", dropped);
    UnverifiedOperation vouched = operation;
    vouched.signature.reset();
    valid_operation("the same without signature, as a later one vouches for it", vouched);
    Header later = ordinary();
    later.unknown = {{128, cbor_text("later")}};
    valid_operation("an operation with a header key that must be known", signed_one(later, two));
    const Bytes bytes = encode(operation);
    refused("a signature of 63 bytes", kKind, with_item(bytes, 2, cbor_bytes(Bytes(63))));
    refused("a part that is a number", kKind, with_item(bytes, 3, cbor_array({cbor_unsigned(1), cbor_null()})));
    auto items = split_array(bytes);
    items.pop_back();
    refused("an operation of three pieces", kKind, cbor_array(items));
    too_large("an operation of one byte too many", kKind,
              cbor_array({cbor_bytes(Bytes(384)), cbor_bytes(Bytes(1)), cbor_null(),
                          cbor_array({cbor_bytes(Bytes(kMaxOperationBytes - 384))})}));
  }

  void segments() {
    constexpr auto kKind = Decoder::segment;
    std::vector<UnverifiedOperation> run;
    Header header = place();
    header.access_heads = some_heads(2);
    const PrincipalId subject = id_from<PrincipalId>(rng_);
    for (std::uint64_t i = 0; i < 3; ++i) {
      header.seq = i;
      header.claimed.ms += 60'000;
      header.op_class = i == 1 ? OpClass::urgent : OpClass::normal;
      header.seen = i == 2 ? some_heads(1) : std::vector<OpId>{};
      run.push_back(
          signed_one(header, {{std::nullopt, {TextValue{"Heg knippen", "nl"}}}, {subject, {IntegerValue{3}}}}));
      header.prev = op_id(run.back().header);
    }
    run[0].signature.reset();
    run[1].parts[1].reset();
    const Bytes bytes = encode_segment(run);
    valid("three operations of one chain, the first vouched for, the second with a part dropped", kKind, bytes);
    const std::vector<UnverifiedOperation> alone{
        signed_one(founding(), {{std::nullopt, {TextValue{"Buurttuin De Kiem", "nl"}}}})};
    valid("a founding operation alone", kKind, encode_segment(alone));
    Header other = ordinary();
    other.format = 1;
    UnverifiedOperation opaque;
    opaque.bones = {0xff, 0x00};
    other.bones_size = 2;
    other.bones_hash = bones_hash(opaque.bones);
    opaque.header = encode(other);
    opaque.parts = {Bytes{1, 2, 3}, std::nullopt};
    opaque.signature = key_.sign(kTagSignature, signed_message(other.suite, op_id(opaque.header)));
    const std::vector<UnverifiedOperation> later{opaque};
    valid("an operation of an unknown format, its bones and parts as they are", kKind, encode_segment(later));
    refused("a segment of version 1", kKind, with_item(bytes, 0, cbor_unsigned(1)));
    refused("a segment without operations", kKind, with_item(bytes, 6, cbor_array({})));
    refused("a segment that begins at a seq without prev", kKind, with_item(bytes, 4, cbor_unsigned(5)));
    auto entries = split_array(split_array(bytes)[6]);
    auto last = split_array(entries[2]);
    last.pop_back();
    entries[2] = cbor_array(last);
    refused("a segment whose last operation is not signed", kKind, with_item(bytes, 6, cbor_array(entries)));
    entries = split_array(split_array(bytes)[6]);
    const Bytes heads = split_map(split_array(entries[0])[0])[0].second;
    entries[1] = with_item(entries[1], 0, with_key(split_array(entries[1])[0], 8, heads));
    refused("access heads that are those of the operation before", kKind, with_item(bytes, 6, cbor_array(entries)));
    entries = split_array(split_array(bytes)[6]);
    const auto parts_of_last = cbor_array({cbor_bytes(*run[2].parts[0]), cbor_bytes(*run[2].parts[1])});
    entries[2] = with_item(with_item(entries[2], 1, cbor_bytes(run[2].bones)), 2, parts_of_last);
    refused("bones as they are where they could travel short", kKind, with_item(bytes, 6, cbor_array(entries)));
    too_large("one operation too many", kKind,
              with_item(bytes, 6, cbor_array(std::vector<Bytes>(kMaxSegmentOperations + 1, Bytes{0x80}))));
  }

  static Bytes heads_of(std::size_t count) {
    std::vector<Bytes> items;
    for (std::size_t i = 0; i < count; ++i) items.push_back(cbor_bytes(Bytes(32, static_cast<std::uint8_t>(i + 1))));
    return cbor_array(items);
  }
  static Bytes one_reference() { return cbor_array({cbor_array({cbor_unsigned(0), cbor_unsigned(0)})}); }
  // The bones with this for their only mutation, canonical or not.
  static Bytes raw_mutation(const Bytes& bones, const Bytes& mutation) {
    Pairs pairs = split_map(bones);
    pairs[2].second = cbor_array({mutation});
    return cbor_map(pairs);
  }
  // The key's value as it is given, canonical or not, behind all others.
  static Bytes raw_key(const Bytes& map, std::uint64_t key, const Bytes& value) {
    Pairs pairs = split_map(map);
    pairs.emplace_back(key, value);
    return cbor_map(pairs);
  }

  SeededRng rng_;
  SigningKey key_;
  SpaceId space_;
  CircleId circle_;
  DeviceId device_;
  std::vector<Vector> vectors_;
};

}  // namespace

std::vector<Vector> make_operation_vectors(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace kiem::test
