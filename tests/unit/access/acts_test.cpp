// The bytes of acts of membership: every kind reads back, every bound holds, what is not known is kept.
#include "core/access/acts.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/access/proofs.hpp"
#include "core/base/cbor.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;

namespace {

template <class IdType>
IdType id(std::uint8_t first) {
  IdType made;
  made.bytes.fill(first);
  return made;
}

Certificate certificate() {
  Certificate made;
  made.signing = id<VerifyKey>(1);
  made.transport = id<BoxPublicKey>(2);
  made.prekeys = {id<BoxPublicKey>(3)};
  return made;
}

CutHeads cut() { return {{id<CircleId>(1), {id<OpId>(1), id<OpId>(2)}, {}}, {id<CircleId>(2), {}, {}}}; }

// One of every kind with every field filled, and one with as little as it can have.
std::vector<ActBody> bodies() {
  const Recovery recovery{1, id<Signature>(9), {}};
  Certificate full = certificate();
  full.enrolling = id<DeviceId>(4);
  full.predecessor = id<DeviceId>(5);
  full.prekeys.assign(kMaxPrekeys, id<BoxPublicKey>(6));
  const Bytes copy{1, 2, 3};
  act::Admit admit{id<PersonId>(1),  id<DeviceId>(2),  3,     id<OpId>(4), id<Hash32>(5),
                   id<Signature>(6), id<Signature>(7), {copy}};
  act::GrantMandate grant{id<PrincipalId>(1), 2, {1, 2}, {id<RecordId>(1)}, -3, 4};
  return {
      act::FoundingOfSpace{true, 1, 2, {7}, id<VerifyKey>(1), {copy, copy}},
      act::FoundingOfSpace{false, 0, 0, {}, {}, {copy}},
      act::FoundingOfPerson{id<VerifyKey>(1), full, {8}},
      act::EnrolDevice{full, id<Signature>(1), recovery},
      act::EnrolDevice{certificate(), {}, std::nullopt},
      act::RemoveDevice{id<DeviceId>(1), cut(), recovery},
      act::RemoveDevice{id<DeviceId>(1), {}, std::nullopt},
      act::NewPrekey{id<BoxPublicKey>(1)},
      act::Present{{copy}},
      act::Invite{id<VerifyKey>(1), 3},
      admit,
      act::Admit{id<PersonId>(1), id<DeviceId>(2), 0, {}, {}, {}, {}, {}},
      act::ConfirmMember{id<PersonId>(1)},
      grant,
      act::GrantMandate{id<PrincipalId>(1), {}, {}, {}, {}, {}},
      act::Promote{id<PersonId>(1), recovery},
      act::EndMandate{id<OpId>(1), UINT32_MAX},
      act::Demote{id<PersonId>(1), cut(), recovery},
      act::RemovePerson{id<PersonId>(1), cut(), recovery},
      act::Leave{cut()},
      act::Leave{{}},
      act::Fold{{id<OpId>(1), id<OpId>(2)}},
      act::Raise{77, recovery},
      act::Cut{id<RecordId>(1), 2, cut(), 3, 4, copy, id<Hash32>(5), 6},
      act::Cut{id<RecordId>(1), 0, {}, {}, {}, {}, {}, 0},
      act::Sign{id<Hash32>(1), 1, recovery},
      act::Seal{id<OpId>(1), {id<OpId>(2)}, {{id<CircleId>(1), id<Hash32>(2), {}}}, id<Hash32>(3), id<Hash32>(4), 5},
      act::ForkContinue{{id<OpId>(1)}},
      act::ExtendSchema{Bytes{0x80}},
      act::ExtendSchema{Bytes{0x80}, Bytes{0x81}},
  };
}

// [kind, {fields}] with the fields given as (key, item).
Bytes raw_act(std::uint64_t kind, const std::vector<std::pair<std::uint64_t, Bytes>>& fields) {
  CborWriter out;
  out.array(2);
  out.unsigned_integer(kind);
  out.map(fields.size());
  for (const auto& [key, item] : fields) {
    out.unsigned_integer(key);
    out.raw(item);
  }
  return out.take();
}
Bytes number(std::uint64_t value) {
  CborWriter out;
  out.unsigned_integer(value);
  return out.take();
}
Bytes string_of(std::size_t size) {
  CborWriter out;
  out.bytes(Bytes(size, 7));
  return out.take();
}
Bytes boolean(bool value) {
  CborWriter out;
  out.boolean(value);
  return out.take();
}
Bytes list_of(std::size_t count, const Bytes& item) {
  CborWriter out;
  out.array(count);
  for (std::size_t i = 0; i < count; ++i) out.raw(item);
  return out.take();
}

ErrorCode error_of(const Bytes& bytes) {
  const auto act = decode_act(bytes);
  REQUIRE_FALSE(act);
  CHECK(act.error().fault == Fault::peer);
  return act.error().code;
}

}  // namespace

TEST_CASE("every kind reads back, byte for byte") {
  std::size_t kinds = 0;
  Number last = 0;
  for (const auto& body : bodies()) {
    const Act act{body, {}};
    const Bytes bytes = encode(act);
    const auto back = decode_act(bytes);
    REQUIRE(back);
    CHECK(*back == act);
    CHECK(encode(*back) == bytes);
    CHECK(is_known_kind(kind_of(act)));
    if (kind_of(act) != last) ++kinds;
    last = kind_of(act);
  }
  CHECK(kinds == 22);
  CHECK_FALSE(is_known_kind(0));
  CHECK_FALSE(is_known_kind(23));
}

TEST_CASE("no act reads back from fewer bytes, from more, or with a byte of its structure broken") {
  for (const auto& body : bodies()) {
    Bytes bytes = encode(Act{body, {}});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      CHECK_FALSE(decode_act(ByteView(bytes).first(size)));
    }
    bytes.push_back(0);
    CHECK(error_of(bytes) == ErrorCode::not_canonical);
  }
}

TEST_CASE("a kind of a later version is kept whole, if it is canonical") {
  const Bytes later = raw_act(23, {{0, number(5)}, {200, string_of(3)}});
  const auto act = decode_act(later);
  REQUIRE(act);
  CHECK(act->body == ActBody{act::UnknownAct{23, later}});
  CHECK(encode(*act) == later);
  CHECK(kind_of(*act) == 23);
  CHECK(decode_act(raw_act(0, {})));
  Bytes loose = later;
  loose[1] = 0x18;  // the kind in more bytes than it needs
  loose.insert(loose.begin() + 2, 23);
  CHECK_FALSE(decode_act(loose));
  CHECK(error_of(raw_act(std::uint64_t{UINT32_MAX} + 1, {})) == ErrorCode::not_canonical);
}

TEST_CASE("a key behind the known ones is kept, one of the must range makes the act unknown") {
  const Bytes person = [] {
    CborWriter out;
    out.bytes(view(id<PersonId>(1)));
    return out.take();
  }();
  const Bytes kept = raw_act(9, {{0, person}, {1, number(5)}, {127, number(6)}});
  const auto act = decode_act(kept);
  REQUIRE(act);
  CHECK(act->body == ActBody{act::ConfirmMember{id<PersonId>(1)}});
  CHECK(act->unknown.size() == 2);
  CHECK(encode(*act) == kept);
  const Bytes must = raw_act(9, {{0, person}, {128, number(5)}});
  const auto unknown = decode_act(must);
  REQUIRE(unknown);
  CHECK(unknown->body == ActBody{act::UnknownAct{9, must}});
  CHECK(error_of(raw_act(9, {{0, person}, {256, number(5)}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(9, {{5, number(5)}, {0, person}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(9, {{0, person}, {0, person}})) == ErrorCode::not_canonical);
}

TEST_CASE("a certificate of another suite, or with a must key, makes its act unknown") {
  Certificate other = certificate();
  other.suite = kSuite + 1;
  const Bytes suite = encode(Act{act::FoundingOfPerson{{}, other, {}}, {}});
  CHECK(std::holds_alternative<act::UnknownAct>(decode_act(suite)->body));
  other = certificate();
  other.unknown = {{130, number(1)}};
  const Bytes must = encode(Act{act::EnrolDevice{other, {}, {}}, {}});
  CHECK(std::holds_alternative<act::UnknownAct>(decode_act(must)->body));
  other.unknown = {{6, number(1)}};
  const Bytes kept = encode(Act{act::EnrolDevice{other, {}, {}}, {}});
  CHECK(encode(*decode_act(kept)) == kept);
}

TEST_CASE("fields that are missing, of another shape or spelled out though empty are refused") {
  const Bytes key = string_of(32);
  CHECK(decode_act(raw_act(7, {{0, key}, {1, number(3)}})));
  CHECK(error_of(raw_act(7, {})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{0, key}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{1, number(3)}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{0, string_of(31)}, {1, number(3)}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{0, string_of(33)}, {1, number(3)}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{0, key}, {1, number(std::uint64_t{UINT32_MAX} + 1)}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(7, {{0, key}, {1, key}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(6, {{0, list_of(0, {})}})) == ErrorCode::not_canonical);
  CHECK(error_of(raw_act(15, {{0, list_of(0, {})}})) == ErrorCode::not_canonical);
  // practice: false is said by leaving it out.
  const std::vector<std::pair<std::uint64_t, Bytes>> rest{
      {1, number(1)}, {2, number(1)}, {3, string_of(16)}, {4, key}, {5, list_of(1, string_of(1))}};
  auto founding = rest;
  CHECK(decode_act(raw_act(1, founding)));
  founding.insert(founding.begin(), {0, boolean(true)});
  CHECK(decode_act(raw_act(1, founding)));
  founding[0].second = boolean(false);
  CHECK(error_of(raw_act(1, founding)) == ErrorCode::not_canonical);
  CHECK(error_of(Bytes{}) == ErrorCode::not_canonical);
  CHECK(error_of(number(1)) == ErrorCode::not_canonical);
}

TEST_CASE("lists hold as many items as they may and no more") {
  const auto present = [](std::size_t count) { return raw_act(6, {{0, list_of(count, string_of(1))}}); };
  CHECK(decode_act(present(1)));
  CHECK(decode_act(present(kMaxPresentCopies)));
  CHECK(error_of(present(kMaxPresentCopies + 1)) == ErrorCode::too_large);
  CHECK(error_of(raw_act(6, {{0, list_of(1, string_of(0))}})) == ErrorCode::not_canonical);

  const auto fold_of = [](std::size_t count) {
    act::Fold fold;
    for (std::size_t i = 0; i < count; ++i) {
      OpId head;
      head.bytes[0] = static_cast<std::uint8_t>(i >> 8U);
      head.bytes[1] = static_cast<std::uint8_t>(i);
      fold.heads.push_back(head);
    }
    CborWriter heads;
    heads.array(count);
    for (const auto& head : fold.heads) heads.bytes(view(head));
    return raw_act(16, {{0, heads.take()}});
  };
  CHECK(decode_act(fold_of(kMaxFoldHeads)));
  CHECK(error_of(fold_of(kMaxFoldHeads + 1)) == ErrorCode::too_large);
  CHECK(error_of(fold_of(0)) == ErrorCode::not_canonical);
  const Bytes doubled = raw_act(16, {{0, list_of(2, string_of(32))}});
  CHECK(error_of(doubled) == ErrorCode::not_canonical);

  Certificate many = certificate();
  many.prekeys.assign(kMaxPrekeys, {});
  CHECK(decode_certificate(encode(many)));
  Bytes over = raw_act(9, {});
  over.resize(kMaxOperationBytes + 1);
  CHECK(error_of(over) == ErrorCode::too_large);
}

TEST_CASE("circles of a cut ascend, and so do its heads") {
  CutHeads heads = cut();
  CHECK(decode_act(encode(Act{act::Leave{heads}, {}})));
  const auto written = [](const CutHeads& unchecked) {
    CborWriter list;
    list.array(unchecked.size());
    for (const auto& circle : unchecked) {
      list.map(circle.heads.empty() ? 1 : 2);
      list.unsigned_integer(0);
      list.bytes(view(circle.circle));
      if (circle.heads.empty()) continue;
      list.unsigned_integer(1);
      list.array(circle.heads.size());
      for (const auto& head : circle.heads) list.bytes(view(head));
    }
    return raw_act(15, {{0, list.take()}});
  };
  CHECK(written(heads) == encode(Act{act::Leave{heads}, {}}));
  std::swap(heads[0], heads[1]);
  CHECK(error_of(written(heads)) == ErrorCode::not_canonical);
  heads = cut();
  std::swap(heads[0].heads[0], heads[0].heads[1]);
  CHECK(error_of(written(heads)) == ErrorCode::not_canonical);
  heads = cut();
  heads[1].circle = heads[0].circle;
  CHECK(error_of(written(heads)) == ErrorCode::not_canonical);
}

TEST_CASE("a device is the hash of its certificate") {
  const Certificate first = certificate();
  Certificate second = first;
  second.unknown = {{99, number(0)}};
  CHECK(device_id(first) == device_id(*decode_certificate(encode(first))));
  CHECK(device_id(first) != device_id(second));
  Bytes trailing = encode(first);
  trailing.push_back(0);
  CHECK_FALSE(decode_certificate(trailing));
}

TEST_CASE("a recovery signature holds for one act, at one place, under one kind of words") {
  test::SeededRng rng(1);
  const SigningKey words = SigningKey::generate(rng);
  const SigningKey others = SigningKey::generate(rng);
  const ActPosition here{id<SpaceId>(1), id<DeviceId>(2), id<OpId>(3), 4};
  Act act{act::Promote{id<PersonId>(5), {}}, {}};
  CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::person, here, act));
  CHECK(recovery_of(act) == nullptr);
  std::get<act::Promote>(act.body).recovery = recover(words, RecoveryOf::person, here, act);
  CHECK(recovery_of(act) != nullptr);
  CHECK(is_recovered(words.verify_key(), RecoveryOf::person, here, act));
  CHECK_FALSE(is_recovered(others.verify_key(), RecoveryOf::person, here, act));
  CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::space, here, act));
  for (const ActPosition& elsewhere :
       {ActPosition{id<SpaceId>(9), here.device, here.prev, here.seq},
        ActPosition{here.space, id<DeviceId>(9), here.prev, 4}, ActPosition{here.space, here.device, id<OpId>(9), 4},
        ActPosition{here.space, here.device, here.prev, 5}}) {
    CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::person, elsewhere, act));
  }
  Act other = act;
  std::get<act::Promote>(other.body).person = id<PersonId>(6);
  CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::person, here, other));
  other = act;
  other.unknown = {{5, number(1)}};
  CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::person, here, other));
  // The label may not be changed to make it the other kind.
  other = act;
  std::get<act::Promote>(other.body).recovery->of = 0;
  CHECK_FALSE(is_recovered(words.verify_key(), RecoveryOf::space, here, other));
}
