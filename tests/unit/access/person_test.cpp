// A person: copies that prove themselves, devices that come and go, the person's own space.
#include <doctest/doctest.h>

#include "core/access/person_graph.hpp"
#include "tests/support/membership_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::vector<DeviceId> devices(const TestPerson& person, std::initializer_list<std::size_t> which) {
  std::vector<DeviceId> ids;
  for (const auto index : which) ids.push_back(person.devices[index].id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<DeviceId> working(const TestPerson& person) {
  const auto facts = verify_present(person.copies);
  REQUIRE(facts);
  return working_devices(*facts);
}

Act removal(const TestPerson& person, std::size_t device, CutHeads cut = {}) {
  return act_of(act::RemoveDevice{person.devices[device].id, std::move(cut), std::nullopt});
}

// Under the words, at the place where write_own will put it.
Act recovered(const TestPerson& person, Act act) {
  const ActPosition position{same_bytes<SpaceId>(person.id), person.devices[0].id, person.own_prev, person.own_seq};
  auto& body = std::get<act::RemoveDevice>(act.body);
  body.recovery = recover(person.words, RecoveryOf::person, position, act);
  return act;
}

ErrorCode refusal_of(const std::vector<Bytes>& copies) {
  const auto facts = verify_present(copies);
  REQUIRE_FALSE(facts);
  CHECK(facts.error().fault == Fault::peer);
  return facts.error().code;
}

}  // namespace

TEST_CASE("copies tell a person's devices, also one enrolled under the recovery words") {
  MembershipWorld world;
  const auto index = world.add_person();
  CHECK(working(world.person(index)) == devices(world.person(index), {0}));
  (void)world.enrol(index);
  (void)world.enrol_by_words(index);
  const TestPerson& person = world.person(index);
  CHECK(working(person) == devices(person, {0, 1, 2}));
  const auto facts = verify_present(person.copies);
  CHECK(facts->person == person.id);
  CHECK(facts->recovery == person.words.verify_key());
  CHECK(facts->enrolments.size() == 3);
}

TEST_CASE("copies out of order, of others, altered or unsigned prove nothing") {
  MembershipWorld world;
  const auto index = world.add_person();
  const auto stranger = world.add_person();
  (void)world.enrol(index);
  (void)world.enrol(stranger);
  const auto good = world.person(index).copies;
  const auto foreign = world.person(stranger).copies;
  CHECK(verify_present(good));
  CHECK(refusal_of({}) == ErrorCode::not_canonical);
  CHECK(refusal_of({good[1], good[0]}) == ErrorCode::not_canonical);
  CHECK(refusal_of({good[0], foreign[1]}) == ErrorCode::not_canonical);
  CHECK(refusal_of({good[0], foreign[0]}) == ErrorCode::not_canonical);
  CHECK(refusal_of({good[0], Bytes{0x80}}) == ErrorCode::not_canonical);

  auto broken = *decode_operation(good[1]);
  broken.signature->bytes[0] ^= 1;
  CHECK(refusal_of({good[0], encode(broken)}) == ErrorCode::wrong_signature);
  broken = *decode_operation(good[1]);
  broken.signature.reset();
  CHECK(refusal_of({good[0], encode(broken)}) == ErrorCode::not_canonical);
  broken = *decode_operation(good[0]);
  broken.signature->bytes[0] ^= 1;
  CHECK(refusal_of({encode(broken)}) == ErrorCode::wrong_signature);
  broken = *decode_operation(good[1]);
  broken.bones = decode_operation(foreign[1])->bones;
  CHECK_FALSE(verify_present(std::vector{good[0], encode(broken)}));
}

TEST_CASE("a device is enrolled only with its own agreement, by a device that is there") {
  MembershipWorld world;
  const auto index = world.add_person();
  TestPerson& person = world.person(index);
  const TestDevice wanted = world.make_device(person.devices[0].id);
  const SpaceId own = same_bytes<SpaceId>(person.id);
  const auto enrolled = [&](const act::EnrolDevice& enrol, const TestDevice& by) {
    auto copies = person.copies;
    copies.push_back(
        copy_for_present(world.sign(by, own, circle_id(own, 0), {}, 0, {person.own_prev}, {act_of(enrol)})));
    return copies;
  };
  act::EnrolDevice good;
  good.certificate = wanted.certificate;
  good.proof = prove_enrolment(wanted.key, person.id);
  CHECK(verify_present(enrolled(good, person.devices[0])));

  act::EnrolDevice unwilling = good;
  unwilling.proof = prove_enrolment(person.devices[0].key, person.id);
  CHECK(refusal_of(enrolled(unwilling, person.devices[0])) == ErrorCode::wrong_signature);
  act::EnrolDevice elsewhere = good;
  elsewhere.proof = prove_enrolment(wanted.key, PersonId{});
  CHECK(refusal_of(enrolled(elsewhere, person.devices[0])) == ErrorCode::wrong_signature);
  act::EnrolDevice misnamed = good;
  misnamed.certificate.enrolling = wanted.id;
  CHECK(refusal_of(enrolled(misnamed, person.devices[0])) == ErrorCode::wrong_author);
  // By itself it takes the recovery words.
  const TestDevice lone = world.make_device();
  act::EnrolDevice alone;
  alone.certificate = lone.certificate;
  alone.proof = prove_enrolment(lone.key, person.id);
  CHECK(refusal_of(enrolled(alone, lone)) == ErrorCode::wrong_signature);
  alone.recovery = recover(lone.key, RecoveryOf::person, {own, lone.id, {}, 0}, act_of(alone));
  CHECK(refusal_of(enrolled(alone, lone)) == ErrorCode::wrong_signature);
  // By a device of nobody.
  CHECK(refusal_of(enrolled(good, lone)) == ErrorCode::wrong_author);
}

TEST_CASE("a founding act is signed by the device whose certificate it holds") {
  MembershipWorld world;
  const auto index = world.add_person();
  const TestPerson& person = world.person(index);
  act::FoundingOfPerson founding;
  founding.certificate = person.devices[0].certificate;
  const TestDevice thief = world.make_device();
  CHECK(refusal_of({copy_for_present(world.sign(thief, {}, {}, {}, 0, {}, {act_of(founding)}))}) ==
        ErrorCode::wrong_author);
  TestDevice pretends = world.make_device();
  pretends.id = person.devices[0].id;
  CHECK(refusal_of({copy_for_present(world.sign(pretends, {}, {}, {}, 0, {}, {act_of(founding)}))}) ==
        ErrorCode::wrong_signature);
}

TEST_CASE("a device that another removes is gone, the last one never") {
  MembershipWorld world;
  const auto index = world.add_person();
  (void)world.enrol(index);
  TestPerson& person = world.person(index);
  (void)world.write_own(index, {removal(person, 1)});
  CHECK(working(person) == devices(person, {0}));
  (void)world.write_own(index, {removal(person, 0)});
  CHECK(working(person).size() == 1);
}

TEST_CASE("under recovery words a stolen device goes with what it enrolled, but for what the cut names") {
  for (const bool kept : {false, true}) {
    MembershipWorld world;
    const auto index = world.add_person();
    (void)world.enrol_by_words(index);
    TestPerson& person = world.person(index);
    // The first device is the stolen one; it enrols a third.
    const std::size_t third = world.enrol(index);
    CHECK(third == 2);
    const OpId enrolment = person.own_prev;
    CutHeads cut;
    if (kept) cut = {{circle_id(same_bytes<SpaceId>(person.id), 0), {enrolment}, {}}};
    (void)world.write_own(index, {recovered(person, removal(person, 0, cut))});
    CHECK(working(person) == (kept ? devices(person, {1, 2}) : devices(person, {1})));
  }
}

TEST_CASE("a removal that claims the recovery words falsely makes the copies worthless") {
  MembershipWorld world;
  const auto index = world.add_person();
  (void)world.enrol(index);
  TestPerson& person = world.person(index);
  Act act = removal(person, 1);
  std::get<act::RemoveDevice>(act.body).recovery = Recovery{1, Signature{}, {}};
  (void)world.write_own(index, {act});
  CHECK(refusal_of(person.copies) == ErrorCode::wrong_signature);
}

TEST_CASE("facts from several presents unite, in any order") {
  MembershipWorld world;
  const auto index = world.add_person();
  (void)world.enrol(index);
  const auto early = verify_present(world.person(index).copies);
  (void)world.enrol(index);
  (void)world.write_own(index, {removal(world.person(index), 1)});
  const auto late = verify_present(world.person(index).copies);
  PersonFacts one = *early;
  unite(one, *late);
  PersonFacts other = *late;
  unite(other, *early);
  CHECK(one == other);
  CHECK(one == *late);
}

TEST_CASE("in the person's own space the acts themselves enrol and remove") {
  MembershipWorld world;
  const auto index = world.add_person();
  (void)world.enrol(index);
  (void)world.enrol_by_words(index);
  TestPerson& person = world.person(index);
  const SpaceId own = same_bytes<SpaceId>(person.id);
  std::vector<AuthorityNode> nodes;
  const auto take = [&] {
    nodes.clear();
    for (const auto& copy : person.copies) {
      const auto operation = decode_operation(copy);
      nodes.push_back(*authority_node(op_id(operation->header), *decode_header(operation->header),
                                      *decode_bones(operation->bones)));
    }
    return evaluate(own, nodes);
  };
  Membership membership = take();
  CHECK(membership.founder() == person.id);
  for (const auto& device : person.devices) {
    CHECK(membership.person_of(device.id) == person.id);
    CHECK(membership.certificate_of(device.id) == device.certificate);
    CHECK(membership.circles_of(device.id).size() == kCircles);
  }
  membership.check_invariants();

  (void)world.write_own(index, {removal(person, 1)});
  membership = take();
  CHECK(membership.verdict(person.own_prev)->verdict == Verdict::applied);
  CHECK(membership.circles_of(person.devices[1].id).empty());
  CHECK(membership.circles_of(person.devices[2].id).size() == kCircles);
  // Nobody is invited here but by the person, and acts of other spaces have no place here.
  const TestDevice thief = world.make_device();
  act::EnrolDevice forced;
  forced.certificate = thief.certificate;
  forced.proof = prove_enrolment(thief.key, PersonId{});
  (void)world.write_own(index, {act_of(forced)});
  membership = take();
  CHECK(membership.verdict(person.own_prev)->reason == Reason::bad_proof);
  CHECK_FALSE(membership.person_of(thief.id));
}

TEST_CASE("what a node brings can be checked before membership is computed") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  (void)world.admit(anna, world.invite(anna), bram);
  const auto founder = devices_brought_by(world.nodes().front());
  REQUIRE(founder.size() == 1);
  CHECK(founder[0].person == world.id(0));
  CHECK(founder[0].device == world.device_of(anna));
  CHECK(devices_brought_by(world.nodes()[1]).empty());
  const auto joiner = devices_brought_by(world.nodes()[2]);
  REQUIRE(joiner.size() == 1);
  CHECK(joiner[0].certificate == world.person(bram).devices[0].certificate);
}

TEST_CASE("an operation that is unknown as a whole is a node with one unknown act") {
  Header header;
  Bones bones;
  bones.unknown = {{200, Bytes{0x01}}};
  const auto node = authority_node(OpId{}, header, bones);
  REQUIRE(node);
  REQUIRE(node->acts.size() == 1);
  CHECK(std::holds_alternative<act::UnknownAct>(node->acts[0].body));
  bones.unknown.clear();
  Mutation mutation;
  mutation.authority = {0xff};
  bones.mutations = {mutation};
  CHECK_FALSE(authority_node(OpId{}, header, bones));
}
