// Founding, inviting, admitting, confirming and promoting: rules 5, 6 and 7 of DESIGN D5.
#include "core/base/cbor.hpp"
#include "tests/support/membership_neighbourhood.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

InvitationState invitation_of(const Membership& membership, const OpId& id) {
  for (const auto& invitation : membership.state().invitations) {
    if (invitation.invitation == id) return invitation;
  }
  FAIL("no such invitation");
  return {};
}

}  // namespace

TEST_CASE("who founds a space is its first coordinator, with the device of the founding act") {
  MembershipWorld world;
  const Laptop anna = world.found();
  const Membership membership = world.membership();
  CHECK(membership.founder() == world.id(0));
  CHECK(membership.is_practice());
  CHECK(is_coordinator(membership, world.id(0)));
  CHECK(membership.person_of(world.device_of(anna)) == world.id(0));
  CHECK(membership.certificate_of(world.device_of(anna)) == world.person(0).devices[0].certificate);
  CHECK(membership.circles_of(world.device_of(anna)).size() == kCircles);
  const auto state = membership.state();
  REQUIRE(state.persons.size() == 1);
  CHECK(state.persons[0].belonging == Belonging::member);
  CHECK(state.persons[0].rank == 0U);
  membership.check_invariants();
}

TEST_CASE("a space founded with somebody else's copies has no member at all") {
  MembershipWorld world;
  const auto victim = world.add_person();
  const auto thief = world.add_person();
  std::swap(world.person(0).devices, world.person(thief).devices);
  const Laptop laptop = world.found();
  const Membership membership = world.membership();
  CHECK_FALSE(membership.founder());
  CHECK(membership.state().persons.empty());
  CHECK_FALSE(membership.may_write(world.id(victim), world.circle(1), membership.heads()));
  CHECK(laptop.next_seq == 1);
}

TEST_CASE("a newcomer is on probation: the open circle alone, until a coordinator confirms") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const OpId invitation = world.invite(anna);
  const OpId admission = world.admit(anna, invitation, bram);

  Membership membership = world.membership();
  CHECK_REASON(membership, admission, Reason::applied);
  CHECK(belonging_of(membership, world.id(bram)) == Belonging::probation);
  const auto& device = world.person(bram).devices[0].id;
  CHECK(membership.circles_of(device) == std::vector{CircleNumber::access, CircleNumber::open});
  CHECK(membership.may_write(world.id(bram), world.circle(1), membership.heads()));
  CHECK_FALSE(membership.may_write(world.id(bram), world.circle(2), membership.heads()));
  CHECK(membership.role_of(world.id(bram), membership.heads()) == Role::none);

  const OpId before = membership.heads()[0];
  const OpId confirmation = world.confirm(anna, bram);
  membership = world.membership();
  CHECK_REASON(membership, confirmation, Reason::applied);
  CHECK(membership.circles_of(device) == std::vector{CircleNumber::access, CircleNumber::open, CircleNumber::members});
  CHECK(membership.role_of(world.id(bram), membership.heads()) == Role::volunteer);
  // At the heads of before, nothing has changed.
  CHECK_FALSE(membership.may_write(world.id(bram), world.circle(2), std::vector{before}));
  CHECK_FALSE(membership.may_write(world.id(bram), world.circle(2), std::vector{OpId{}}));
  CHECK_FALSE(membership.may_write(world.id(bram), CircleId{}, membership.heads()));
}

TEST_CASE("the founder's node admits and confirms whom it invited in one operation") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const OpId invitation = world.invite(anna);
  const OpId both =
      world.write(anna, {act_of(world.admission(invitation, bram)), act_of(act::ConfirmMember{world.id(bram)})});
  const Membership membership = world.membership();
  CHECK_REASON(membership, both, Reason::applied);
  CHECK(belonging_of(membership, world.id(bram)) == Belonging::member);
}

TEST_CASE("partners and guests get the circles of their role") {
  for (const auto& [role, circles] : std::vector<std::pair<Role, std::vector<CircleNumber>>>{
           {Role::partner, {CircleNumber::access, CircleNumber::open, CircleNumber::partners}},
           {Role::guest, {CircleNumber::access, CircleNumber::open}}}) {
    MembershipWorld world;
    Laptop anna = world.found();
    const auto bram = world.add_person();
    (void)world.admit(anna, world.invite(anna, role), bram);
    (void)world.confirm(anna, bram);
    const Membership membership = world.membership();
    CHECK(membership.circles_of(world.person(bram).devices[0].id) == circles);
    CHECK(membership.role_of(world.id(bram), membership.heads()) == role);
  }
}

TEST_CASE("any confirmed member passes an invitation's proof on, one on probation does not") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  const auto dirk = world.add_person();
  const OpId first = world.invite(anna);
  const OpId second = world.invite(anna);
  Laptop bram_laptop = world.join(anna, bram);
  const OpId admission = world.admit(bram_laptop, first, carla);
  Laptop carla_laptop = world.laptop(carla, bram_laptop);
  const OpId too_early = world.admit(carla_laptop, second, dirk);
  const Membership membership = world.membership();
  CHECK_REASON(membership, admission, Reason::applied);
  CHECK_REASON(membership, too_early, Reason::not_confirmed);
  CHECK(belonging_of(membership, world.id(carla)) == Belonging::probation);
  CHECK(membership.state().find(world.id(dirk)) == nullptr);
}

TEST_CASE("only coordinators invite, confirm, and admit without an invitation") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  Laptop bram_laptop = world.join(anna, bram);
  const OpId invitation = world.invite(bram_laptop);
  const OpId by_it = world.admit(bram_laptop, invitation, carla);
  const OpId bare = world.readmit(bram_laptop, carla);
  const OpId confirmation = world.confirm(bram_laptop, bram);
  const OpId by_anna = world.readmit(anna, carla);
  const Membership membership = world.membership();
  CHECK_REASON(membership, invitation, Reason::not_coordinator);
  CHECK_REASON(membership, by_it, Reason::no_invitation);
  CHECK_REASON(membership, bare, Reason::not_coordinator);
  CHECK_REASON(membership, confirmation, Reason::already_so);
  CHECK_REASON(membership, by_anna, Reason::applied);
}

TEST_CASE("an invitation admits once") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  const OpId invitation = world.invite(anna);
  CHECK(world.membership().state().invitations[0].use == InvitationState::Use::open);
  (void)world.admit(anna, invitation, bram);
  const OpId again = world.admit(anna, invitation, carla);
  const OpId same_person = world.admit(anna, invitation, bram);
  const Membership membership = world.membership();
  CHECK_REASON(membership, again, Reason::invitation_used);
  CHECK_REASON(membership, same_person, Reason::already_so);
  const auto state = membership.state();
  REQUIRE(state.invitations.size() == 1);
  CHECK(state.invitations[0].use == InvitationState::Use::used);
  CHECK(state.invitations[0].admitted == std::vector{world.id(bram)});
}

TEST_CASE("a forged, borrowed or replayed proof admits nobody") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  const OpId invitation = world.invite(anna);
  const OpId other = world.invite(anna);
  const act::Admit good = world.admission(invitation, bram);
  std::vector<act::Admit> bad(9, good);
  bad[0].proof->bytes[0] ^= 1;
  bad[1].consent->bytes[0] ^= 1;
  bad[2].challenge->bytes[0] ^= 1;
  bad[3].invitation = other;
  bad[4].person = world.id(carla);
  bad[5].device = world.person(carla).devices[0].id;
  bad[6].consent.reset();
  bad[7].role = static_cast<Number>(Role::partner);
  // The proof overheard, with the listener's own device and copies.
  bad[8] = world.admission(other, carla);
  bad[8].invitation = invitation;
  bad[8].proof = good.proof;
  bad[8].challenge = good.challenge;
  std::vector<OpId> ids;
  for (const auto& admit : bad) ids.push_back(world.write(anna, admit));
  const OpId unknown = world.write(anna, [&] {
    act::Admit admit = good;
    admit.invitation = OpId{};
    return admit;
  }());
  const OpId at_last = world.write(anna, good);
  const Membership membership = world.membership();
  for (const auto& id : ids) CHECK_REASON(membership, id, Reason::bad_proof);
  CHECK_REASON(membership, unknown, Reason::no_invitation);
  CHECK_REASON(membership, at_last, Reason::applied);
}

TEST_CASE("two persons admitted at once by one invitation both wait for a coordinator") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  const auto dirk = world.add_person();
  Laptop helper = world.join(anna, bram);
  const OpId invitation = world.invite(anna);
  MembershipWorld::meet(anna, helper);
  const OpId one = world.admit(anna, invitation, carla);
  const OpId two = world.admit(helper, invitation, dirk);
  // On its own each of them stands.
  CHECK_REASON(world.membership(anna), one, Reason::applied);
  CHECK_REASON(world.membership(helper), two, Reason::applied);
  Membership membership = world.membership();
  CHECK_REASON(membership, one, Reason::contested_invitation);
  CHECK_REASON(membership, two, Reason::contested_invitation);
  CHECK(belonging_of(membership, world.id(carla)) == Belonging::contested);
  CHECK(invitation_of(membership, invitation).admitted.size() == 2);

  MembershipWorld::meet(anna, helper);
  const OpId chosen = world.confirm(anna, carla);
  membership = world.membership();
  CHECK_REASON(membership, chosen, Reason::applied);
  CHECK_REASON(membership, one, Reason::applied);
  CHECK_REASON(membership, two, Reason::contested_invitation);
  CHECK(belonging_of(membership, world.id(carla)) == Belonging::member);
  membership.check_invariants();
}

TEST_CASE("one person admitted twice at once by one invitation simply belongs") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  Laptop helper = world.join(anna, bram);
  const OpId invitation = world.invite(anna);
  MembershipWorld::meet(anna, helper);
  const OpId one = world.admit(anna, invitation, carla);
  const OpId two = world.admit(helper, invitation, carla);
  const Membership membership = world.membership();
  CHECK_REASON(membership, one, Reason::applied);
  CHECK_REASON(membership, two, Reason::applied);
}

TEST_CASE("an unused invitation ends with its maker's being a coordinator") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  Laptop bram_laptop = world.join_as_coordinator(anna, bram);
  const OpId invitation = world.invite(bram_laptop);
  (void)world.write(bram_laptop, act::Demote{world.id(bram), {}, std::nullopt});
  MembershipWorld::meet(anna, bram_laptop);
  const OpId late = world.admit(anna, invitation, carla);
  const Membership membership = world.membership();
  CHECK_REASON(membership, late, Reason::invitation_closed);
  CHECK(invitation_of(membership, invitation).use == InvitationState::Use::closed);
}

TEST_CASE("while there is one coordinator a promotion takes that one's signature and recovery words") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  (void)world.join(anna, bram);
  const OpId bare = world.promote(anna, bram);
  Membership membership = world.membership();
  CHECK_REASON(membership, bare, Reason::needs_signature);
  REQUIRE(membership.state().proposals.size() == 1);
  CHECK(membership.state().proposals[0].signatures == 1);
  CHECK(membership.state().proposals[0].needed == 2);
  CHECK(membership.state().proposals[0].target == world.id(bram));
  CHECK_FALSE(is_coordinator(membership, world.id(bram)));
  // Signing one's own proposal once more adds nothing, with the words it does.
  (void)world.sign(anna, bare);
  CHECK_REASON(world.membership(), bare, Reason::needs_signature);
  (void)world.sign_with_words(anna, bare);
  membership = world.membership();
  CHECK_REASON(membership, bare, Reason::applied);
  CHECK(is_coordinator(membership, world.id(bram)));
  CHECK(membership.state().find(world.id(bram))->rank == 1U);
}

TEST_CASE("recovery words that are not the author's, or were signed for another place, count for nothing") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  (void)world.join(anna, bram);
  const Act act = act_of(act::Promote{world.id(bram), std::nullopt});
  const OpId others = world.write(anna, {world.with_recovery(world.person(bram).words, RecoveryOf::person, anna, act)});
  const Act good = world.with_words(anna, act);
  (void)world.invite(anna);  // takes the place that the words were signed for
  const OpId replayed = world.write(anna, {good});
  const OpId as_space = world.write(anna, {world.with_recovery(world.person(0).words, RecoveryOf::space, anna, act)});
  const Membership membership = world.membership();
  CHECK_REASON(membership, others, Reason::needs_signature);
  CHECK_REASON(membership, replayed, Reason::needs_signature);
  CHECK_REASON(membership, as_space, Reason::needs_signature);
}

TEST_CASE("from two coordinators on two signatures promote, each on its signer's own chain") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  const auto dirk = world.add_person();
  Laptop bram_laptop = world.join_as_coordinator(anna, bram);
  Laptop carla_laptop = world.join(anna, carla);
  (void)world.join(anna, dirk);
  const OpId proposal = world.promote(anna, dirk);
  MembershipWorld::meet(anna, carla_laptop);
  const OpId by_volunteer = world.sign(carla_laptop, proposal);
  CHECK_REASON(world.membership(), by_volunteer, Reason::not_coordinator);
  CHECK_REASON(world.membership(), proposal, Reason::needs_signature);
  MembershipWorld::meet(anna, bram_laptop);
  (void)world.sign(bram_laptop, proposal);
  const Membership membership = world.membership();
  CHECK_REASON(membership, proposal, Reason::applied);
  CHECK(is_coordinator(membership, world.id(dirk)));
  membership.check_invariants();
}

TEST_CASE("who became a coordinator after a proposal does not sign it") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  (void)world.join(anna, bram);
  (void)world.join(anna, carla);
  const OpId proposal = world.promote(anna, carla);
  (void)world.promote_with_words(anna, bram);
  Laptop bram_laptop = world.laptop(bram, anna);
  (void)world.sign(bram_laptop, proposal);
  CHECK_REASON(world.membership(), proposal, Reason::needs_signature);
}

TEST_CASE("who is on probation, or nobody here, is not promoted") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const auto carla = world.add_person();
  (void)world.admit(anna, world.invite(anna, Role::coordinator), bram);
  const OpId early = world.promote_with_words(anna, bram);
  const OpId stranger = world.promote_with_words(anna, carla);
  // An invitation as coordinator admits a volunteer until the signatures are there.
  (void)world.confirm(anna, bram);
  Membership membership = world.membership();
  CHECK(membership.role_of(world.id(bram), membership.heads()) == Role::volunteer);
  (void)world.promote_with_words(anna, bram);
  membership = world.membership();
  CHECK_REASON(membership, early, Reason::no_such_target);
  CHECK_REASON(membership, stranger, Reason::no_such_target);
  CHECK(membership.role_of(world.id(bram), membership.heads()) == Role::coordinator);
}

TEST_CASE("the space's recovery words promote by themselves, whoever of the members types them") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  Laptop bram_laptop = world.join(anna, bram);
  const OpId rescue = world.write(
      bram_laptop, {world.with_space_words(bram_laptop, act_of(act::Promote{world.id(bram), std::nullopt}))});
  const Membership membership = world.membership();
  CHECK_REASON(membership, rescue, Reason::applied);
  CHECK(is_coordinator(membership, world.id(bram)));
}

TEST_CASE("mandates: a coordinator grants and ends roles and verbs, a person puts down its own") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  Laptop bram_laptop = world.join(anna, bram);
  act::GrantMandate partner;
  partner.principal = principal_of(world.id(bram));
  partner.role = static_cast<Number>(Role::partner);
  act::GrantMandate keeper = partner;
  keeper.role.reset();
  keeper.verbs = {7};
  act::GrantMandate coordinator = partner;
  coordinator.role = static_cast<Number>(Role::coordinator);
  const OpId granted = world.write(anna, partner);
  const OpId kept = world.write(anna, keeper);
  const OpId too_much = world.write(anna, coordinator);
  const OpId own = world.write(bram_laptop, partner);
  Membership membership = world.membership();
  CHECK_REASON(membership, granted, Reason::applied);
  CHECK_REASON(membership, too_much, Reason::not_allowed);
  CHECK_REASON(membership, own, Reason::not_coordinator);
  auto state = membership.state();
  CHECK(state.find(world.id(bram))->roles == std::vector{Role::partner, Role::volunteer});
  REQUIRE(state.find(world.id(bram))->mandates.size() == 1);
  CHECK(state.find(world.id(bram))->mandates[0].grant == kept);
  CHECK(state.find(world.id(bram))->circles.size() == 4);

  MembershipWorld::meet(anna, bram_laptop);
  const OpId ended = world.write(bram_laptop, act::EndMandate{kept, 0});
  const OpId by_anna = world.write(anna, act::EndMandate{granted, 0});
  const OpId nothing = world.write(anna, act::EndMandate{granted, 1});
  membership = world.membership();
  CHECK_REASON(membership, ended, Reason::applied);
  CHECK_REASON(membership, by_anna, Reason::applied);
  CHECK_REASON(membership, nothing, Reason::no_such_target);
  state = membership.state();
  CHECK(state.find(world.id(bram))->roles == std::vector{Role::volunteer});
  CHECK(state.find(world.id(bram))->mandates.empty());
}

TEST_CASE("a device enrolled later belongs once its copies are presented, and may present itself") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  (void)world.join(anna, bram);
  const auto phone = world.enrol(bram);
  const DeviceId id = world.person(bram).devices[phone].id;
  Laptop laptop = world.laptop(bram, anna, phone);
  Laptop unpresented = laptop;
  const OpId unknown = world.write(unpresented, act::NewPrekey{});
  CHECK_REASON(world.membership(unpresented), unknown, Reason::no_person);
  CHECK_FALSE(world.membership(unpresented).certificate_of(id));

  act::NewPrekey prekey;
  world.rng().fill(prekey.prekey.bytes);
  const OpId presented = world.write(laptop, {act_of(act::Present{world.person(bram).copies}), act_of(prekey)});
  const Membership membership = world.membership(laptop);
  CHECK_REASON(membership, presented, Reason::applied);
  CHECK(membership.person_of(id) == world.id(bram));
  CHECK(membership.circles_of(id).size() == 3);
  const auto state = membership.state();
  const auto& devices = state.find(world.id(bram))->devices;
  REQUIRE(devices.size() == 2);
  const auto& found = devices[0].device == id ? devices[0] : devices[1];
  CHECK(found.works);
  CHECK(found.prekeys == std::vector{found.certificate.prekeys[0], prekey.prekey});
}

TEST_CASE("an act with a past that is not here is parked, and counts when the past arrives") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  const OpId invitation = world.invite(anna);
  const OpId admission = world.admit(anna, invitation, bram);
  Membership membership(world.space());
  membership.add(std::vector{world.nodes()[2]});
  membership.add(std::vector{world.nodes()[2], world.nodes()[0]});
  CHECK(membership.parked() == std::vector{admission});
  CHECK_FALSE(membership.verdict(admission));
  CHECK_FALSE(membership.state_at(std::vector{admission}));
  membership.add(std::vector{world.nodes()[1]});
  CHECK(membership.parked().empty());
  CHECK_REASON(membership, admission, Reason::applied);
  CHECK(membership.state() == world.membership().state());
  CHECK(membership.heads() == std::vector{admission});
  CHECK(membership.size() == 3);
}

TEST_CASE("a copy of a membership does not change with the other") {
  MembershipWorld world;
  Laptop anna = world.found();
  Membership first = world.membership();
  const Membership second = first;
  (void)world.invite(anna);
  first.add(world.nodes());
  CHECK(first.size() == 2);
  CHECK(second.size() == 1);
}

TEST_CASE("an act of a kind that this version does not know is kept and ignored") {
  MembershipWorld world;
  Laptop anna = world.found();
  CborWriter item;
  item.array(2);
  item.unsigned_integer(77);
  item.map(0);
  const OpId unknown = world.write(anna, act::UnknownAct{77, item.take()});
  const OpId after = world.invite(anna);
  CHECK(world.membership().verdict(unknown) == Judgement{Verdict::unknown, Reason::unknown_kind});
  CHECK_REASON(world.membership(), after, Reason::applied);
}

TEST_CASE("after a signed raise what is given waits for the upgrade, removals excepted") {
  MembershipWorld world;
  Laptop anna = world.found();
  const auto bram = world.add_person();
  (void)world.join(anna, bram);
  const OpId proposed = world.write(anna, act::Raise{77, std::nullopt});
  const OpId before = world.invite(anna);
  (void)world.sign_with_words(anna, proposed);
  const OpId waiting = world.invite(anna);
  const OpId known = world.write(anna, {world.with_words(anna, act_of(act::Raise{3, std::nullopt}))});
  const OpId removal = world.remove(anna, bram);
  const Membership membership = world.membership();
  CHECK_REASON(membership, proposed, Reason::applied);
  CHECK_REASON(membership, before, Reason::applied);
  CHECK_REASON(membership, waiting, Reason::needs_upgrade);
  CHECK_REASON(membership, known, Reason::needs_upgrade);
  CHECK_REASON(membership, removal, Reason::applied);
}

TEST_CASE("a fold covers more access heads than a header holds") {
  MembershipWorld world;
  Laptop anna = world.found();
  std::vector<Laptop> laptops;
  for (int i = 0; i < 10; ++i) laptops.push_back(world.join(anna, world.add_person()));
  for (auto& laptop : laptops) {
    laptop.known = anna.known;
    (void)world.write(laptop, act::NewPrekey{});
  }
  for (auto& laptop : laptops) MembershipWorld::meet(anna, laptop);
  auto heads = world.tips(anna.known);
  CHECK(heads.size() == 10);
  const std::vector<OpId> folded(heads.begin() + 8, heads.end());
  heads.resize(8);
  const OpId fold = world.write_at(anna, heads, {act_of(act::Fold{folded})});
  const Membership membership = world.membership();
  CHECK(membership.heads() == std::vector{fold});
  CHECK_REASON(membership, fold, Reason::applied);
}
