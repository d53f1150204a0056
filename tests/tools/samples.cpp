#include "tests/tools/samples.hpp"

namespace kiem::test {

Header sample_header() {
  Header header;
  header.space = id_filled<SpaceId>(0x11);
  header.circle = id_filled<CircleId>(0x22);
  header.device = id_filled<DeviceId>(0x33);
  header.seq = 7;
  header.prev = id_filled<OpId>(0x44);
  header.access_heads = {id_filled<OpId>(0x51), id_filled<OpId>(0x52)};
  header.seen = {id_filled<OpId>(0x61)};
  header.claimed = WallTime{1'800'000'000'000};
  header.bones_hash = id_filled<Hash32>(0x71);
  header.bones_size = 100;
  return header;
}

Header least_header() {
  Header header;
  header.space = id_filled<SpaceId>(0x11);
  header.circle = id_filled<CircleId>(0x22);
  header.device = id_filled<DeviceId>(0x33);
  return header;
}

Bones least_bones() {
  Bones bones;
  bones.mutations.emplace_back();
  return bones;
}

Bones sample_bones() {
  Bones bones;
  bones.schema = 1;
  bones.act = id_filled<ActId>(0x81);
  Mutation create;
  create.collection.number = 1;
  create.kind = 1;
  Mutation full;
  full.collection = {id_filled<OpId>(0x82), 3};
  full.kind = 2;
  full.record = id_filled<RecordId>(0x83);
  full.field = SchemaName{std::nullopt, 4};
  full.supersedes = {{id_filled<OpId>(0x84), 0, 5, 1}, {std::nullopt, 3, 0, 2}};
  full.cites = {{0, {{std::nullopt, 0, 0, 1}}}, {7, {{id_filled<OpId>(0x85), 0, 255, 1}}}};
  full.records = {id_filled<RecordId>(0x87), id_filled<RecordId>(0x86)};
  full.numbers = {0, 24, UINT64_MAX};
  full.principal = id_filled<PrincipalId>(0x88);
  full.part = 1;
  full.authority = {0xa1, 0x00, 0x01};
  Mutation common = create;
  common.part = 0;
  bones.mutations = {create, full, common};
  bones.parts = {{std::nullopt, 32, id_filled<Hash32>(0x91)},
                 {id_filled<PrincipalId>(0x92), 64, id_filled<Hash32>(0x93)}};
  return bones;
}

PartValues all_values() {
  SealedValue sealed;
  sealed.reference.fill(0xa0);
  sealed.ciphertext = id_filled<Hash32>(0xa1);
  sealed.lock = id_filled<RecordId>(0xa2);
  sealed.subject = id_filled<PrincipalId>(0xa3);
  return {
      TextValue{"Bramen snoeien", "nl"},
      IntegerValue{-42},
      DateValue{20'560},
      TimeValue{570, ""},
      LengthValue{90},
      RecurrenceValue{"FREQ=WEEKLY;BYDAY=TU"},
      ChoiceValue{2},
      PrincipalValue{id_filled<PrincipalId>(0xa4)},
      RecordValue{id_filled<RecordId>(0xa5)},
      VersionValue{{id_filled<OpId>(0xa6), id_filled<OpId>(0xa7)}},
      FileValue{id_filled<Hash32>(0xa8), id_filled<Hash32>(0xa9), 1'048'576},
      KeyValue{id_filled<Hash32>(0xaa)},
      DeviceValue{id_filled<DeviceId>(0xab)},
      sealed,
      NoValue{},
      UnknownValue{{0x82, 0x0f, 0x61, 0x78}},
  };
}

SigningKey sample_key() { return SigningKey::from_seed(Bytes(SigningKey::kSeedBytes, 0x5e)); }

UnverifiedOperation signed_operation(Header header, Bones bones, const std::vector<SamplePart>& parts,
                                     const SigningKey& key, Rng& rng) {
  UnverifiedOperation operation;
  bones.parts.clear();
  for (const auto& [subject, values] : parts) {
    std::array<std::uint8_t, kPartSaltBytes> salt{};
    rng.fill(salt);
    const Bytes part = encode_part(salt, values);
    bones.parts.push_back({subject, static_cast<std::uint32_t>(part.size()), part_hash(part)});
    operation.parts.emplace_back(part);
  }
  operation.bones = encode(bones);
  header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
  header.bones_hash = bones_hash(operation.bones);
  operation.header = encode(header);
  operation.signature = key.sign(kTagSignature, signed_message(header.suite, op_id(operation.header)));
  return operation;
}

std::vector<UnverifiedOperation> sample_run(std::size_t count, Rng& rng) {
  const SigningKey key = sample_key();
  std::vector<UnverifiedOperation> run;
  Header header = least_header();
  header.access_heads = sample_header().access_heads;
  for (std::size_t i = 0; i < count; ++i) {
    header.claimed.ms = 1'800'000'000'000 + static_cast<std::int64_t>(i) * 60'000;
    header.seen = i % 3 == 1 ? sample_header().seen : std::vector<OpId>{};
    header.op_class = i % 4 == 2 ? OpClass::urgent : OpClass::normal;
    Bones bones = least_bones();
    bones.schema = 1;
    bones.act = id_from<ActId>(rng);
    bones.mutations[0].part = 0;
    bones.mutations.push_back(bones.mutations[0]);
    bones.mutations[1].part = 1;
    run.push_back(signed_operation(
        header, bones,
        {{std::nullopt, {TextValue{"Heg knippen", ""}}}, {id_filled<PrincipalId>(0x92), {TextValue{"Noor", ""}}}}, key,
        rng));
    ++header.seq;
    header.prev = op_id(run.back().header);
  }
  return run;
}

}  // namespace kiem::test
