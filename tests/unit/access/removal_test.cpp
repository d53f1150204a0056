// Removing, demoting and leaving: cuts, strength, rank, generations, forks (rules 2 to 5 of DESIGN D5).
#include "tests/support/membership_neighbourhood.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("one coordinator removes a volunteer, whose laptop loses every circle") {
  Neighbourhood n;
  const OpId removal = n.world.remove(n.bram, 3);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, removal, Reason::applied);
  CHECK(belonging_of(membership, n.id(3)) == Belonging::removed);
  CHECK(membership.circles_of(n.world.device_of(n.dirk)).empty());
  CHECK_FALSE(membership.may_write(n.id(3), n.world.circle(1), membership.heads()));
  CHECK(membership.may_write(n.id(3), n.world.circle(1), n.world.tips(n.anna.known)));
  membership.check_invariants();
}

TEST_CASE("who is no coordinator removes nobody, and nobody removes itself but by leaving") {
  Neighbourhood n;
  const OpId by_volunteer = n.world.remove(n.dirk, 1);
  const OpId self = n.world.remove(n.anna, 0);
  const OpId stranger = n.world.write(n.anna, act::RemovePerson{PersonId{}, {}, std::nullopt});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, by_volunteer, Reason::not_coordinator);
  CHECK_REASON(membership, self, Reason::not_allowed);
  CHECK_REASON(membership, stranger, Reason::no_such_target);
}

TEST_CASE("a coordinator is removed by two signatures, the target's own not counting") {
  Neighbourhood n;
  const OpId removal = n.world.remove(n.anna, 1);
  CHECK_REASON(n.world.membership(), removal, Reason::needs_signature);
  MembershipWorld::meet(n.anna, n.bram);
  (void)n.world.sign(n.bram, removal);
  CHECK_REASON(n.world.membership(), removal, Reason::needs_signature);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.sign(n.carla, removal);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, removal, Reason::applied);
  CHECK(belonging_of(membership, n.id(1)) == Belonging::removed);
  CHECK_FALSE(is_coordinator(membership, n.id(1)));
}

TEST_CASE("of two coordinators neither removes the other without recovery words") {
  MembershipWorld world;
  Laptop anna = world.found();
  (void)world.add_person();
  Laptop bram = world.join_as_coordinator(anna, 1);
  const OpId bare = world.remove(anna, 1);
  CHECK_REASON(world.membership(), bare, Reason::needs_signature);
  const OpId with_words =
      world.write(bram, {world.with_words(bram, act_of(act::RemovePerson{world.id(0), {}, std::nullopt}))});
  const Membership membership = world.membership();
  CHECK_REASON(membership, with_words, Reason::applied);
  CHECK_FALSE(is_coordinator(membership, world.id(0)));
  CHECK(is_coordinator(membership, world.id(1)));
}

TEST_CASE("two who remove each other with equal strength: the earlier coordinator stays, in every order of arrival") {
  MembershipWorld world;
  Laptop anna = world.found();
  (void)world.add_person();
  Laptop bram = world.join_as_coordinator(anna, 1);
  const OpId by_bram =
      world.write(bram, {world.with_words(bram, act_of(act::RemovePerson{world.id(0), {}, std::nullopt}))});
  const OpId by_anna =
      world.write(anna, {world.with_words(anna, act_of(act::RemovePerson{world.id(1), {}, std::nullopt}))});
  auto nodes = world.nodes();
  const Membership membership = evaluate(world.space(), nodes);
  CHECK_REASON(membership, by_anna, Reason::applied);
  CHECK_REASON(membership, by_bram, Reason::outside_cut);
  CHECK(is_coordinator(membership, world.id(0)));
  std::sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::rotate(nodes.begin(), nodes.begin() + 1, nodes.end());
    CHECK(evaluate(world.space(), nodes).state() == membership.state());
  }
}

TEST_CASE("the space's recovery words go before two signatures, two before one") {
  Neighbourhood n;
  // Anna and Bram remove Carla; Carla, with the paper card, removes Anna.
  const OpId by_two = n.world.remove(n.anna, 2);
  MembershipWorld::meet(n.anna, n.bram);
  (void)n.world.sign(n.bram, by_two);
  const OpId by_card =
      n.world.write(n.carla, {n.world.with_space_words(n.carla, act_of(act::RemovePerson{n.id(0), {}, std::nullopt}))});
  Membership membership = n.world.membership();
  CHECK_REASON(membership, by_card, Reason::applied);
  CHECK_REASON(membership, by_two, Reason::outside_cut);
  CHECK(is_coordinator(membership, n.id(2)));

  // Carla alone removes Dirk, and Bram with Anna's signature Carla: the one signature goes after.
  Neighbourhood m;
  const OpId by_one = m.world.remove(m.carla, 3);
  const OpId two = m.world.remove(m.bram, 2);
  MembershipWorld::meet(m.anna, m.bram);
  (void)m.world.sign(m.anna, two);
  membership = m.world.membership();
  CHECK_REASON(membership, two, Reason::applied);
  CHECK_REASON(membership, by_one, Reason::outside_cut);
  CHECK(belonging_of(membership, m.id(3)) == Belonging::member);
}

TEST_CASE("a removal that pretends to be older than a promotion still needs two signatures") {
  MembershipWorld world;
  Laptop anna = world.found();
  (void)world.add_person();
  (void)world.join(anna, 1);
  Laptop thief = anna;  // a cloned disk, from before the promotion
  (void)world.promote_with_words(anna, 1);
  Laptop bram = world.laptop(1, anna);
  (void)world.write(bram, act::NewPrekey{});  // Bram builds on it
  const OpId back_dated = world.remove(thief, 1);
  // Alone, without the promotion, one signature is enough.
  CHECK_REASON(world.membership(thief), back_dated, Reason::applied);
  // As the thief's branch of a forked chain it waits at first; somebody builds on it.
  CHECK_REASON(world.membership(), back_dated, Reason::forked_branch);
  MembershipWorld::meet(bram, thief);
  (void)world.write(bram, act::NewPrekey{});
  const Membership membership = world.membership();
  CHECK_REASON(membership, back_dated, Reason::needs_signature);
  CHECK(is_coordinator(membership, world.id(1)));
}

TEST_CASE("the last coordinator can neither leave nor step down, and of two who leave at once one stays") {
  MembershipWorld world;
  Laptop anna = world.found();
  (void)world.add_person();
  const OpId alone = world.leave(anna);
  CHECK_REASON(world.membership(), alone, Reason::last_coordinator);
  Laptop bram = world.join_as_coordinator(anna, 1);
  const OpId anna_leaves = world.leave(anna);
  const OpId bram_leaves = world.leave(bram);
  const Membership membership = world.membership();
  CHECK_REASON(membership, anna_leaves, Reason::applied);
  CHECK_REASON(membership, bram_leaves, Reason::last_coordinator);
  CHECK(belonging_of(membership, world.id(0)) == Belonging::left);
  CHECK(is_coordinator(membership, world.id(1)));
  membership.check_invariants();
}

TEST_CASE("a leave that others had seen is not undone by two more who leave at once") {
  Neighbourhood n;
  const OpId carla_leaves = n.world.leave(n.carla);
  MembershipWorld::meet(n.anna, n.carla);
  MembershipWorld::meet(n.bram, n.carla);
  const OpId anna_leaves = n.world.leave(n.anna);
  const OpId bram_leaves = n.world.leave(n.bram);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, carla_leaves, Reason::applied);
  CHECK_REASON(membership, anna_leaves, Reason::applied);
  CHECK_REASON(membership, bram_leaves, Reason::last_coordinator);
}

TEST_CASE("demotion takes the coordinator's rights and leaves a member; one steps down alone") {
  Neighbourhood n;
  const OpId steps_down = n.world.demote(n.carla, 2);
  const OpId by_one = n.world.demote(n.anna, 1);
  Membership membership = n.world.membership();
  CHECK_REASON(membership, steps_down, Reason::applied);
  CHECK_REASON(membership, by_one, Reason::needs_signature);
  CHECK(membership.role_of(n.id(2), membership.heads()) == Role::volunteer);
  MembershipWorld::meet(n.anna, n.carla);
  const OpId invites = n.world.invite(n.carla);
  const OpId prekey = n.world.write(n.carla, act::NewPrekey{});
  membership = n.world.membership();
  CHECK_REASON(membership, invites, Reason::not_coordinator);
  CHECK_REASON(membership, prekey, Reason::applied);
}

TEST_CASE("what a demoted coordinator did as such beside the demotion falls, what a member does stands") {
  Neighbourhood n;
  const OpId demotion = n.world.demote(n.anna, 1);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.sign(n.carla, demotion);
  const OpId invites = n.world.invite(n.bram);
  const OpId prekey = n.world.write(n.bram, act::NewPrekey{});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, invites, Reason::outside_cut);
  CHECK_REASON(membership, prekey, Reason::applied);
  CHECK(belonging_of(membership, n.id(1)) == Belonging::member);
}

TEST_CASE("a removal beats a concurrent admission, and one that saw it starts a new generation") {
  Neighbourhood n;
  const OpId removal = n.world.remove(n.anna, 3);
  const OpId leave = n.world.leave(n.dirk);
  MembershipWorld::meet(n.bram, n.dirk);
  const OpId beside = n.world.readmit(n.bram, 3);  // Bram knows of the leaving alone
  Membership membership = n.world.membership();
  CHECK_REASON(membership, leave, Reason::outside_cut);
  CHECK(belonging_of(membership, n.id(3)) == Belonging::removed);
  MembershipWorld::meet(n.anna, n.bram);
  const OpId again = n.world.readmit(n.anna, 3);
  membership = n.world.membership();
  CHECK_REASON(membership, beside, Reason::applied);
  CHECK_REASON(membership, removal, Reason::applied);
  CHECK_REASON(membership, again, Reason::applied);
  // Back on probation: what was confirmed in an earlier generation does not come back.
  CHECK(belonging_of(membership, n.id(3)) == Belonging::probation);
  CHECK(membership.state().find(n.id(3))->generation == 1);
}

TEST_CASE("an invitation older than the removal is no way back") {
  Neighbourhood n;
  const OpId invitation = n.world.invite(n.anna);
  (void)n.world.remove(n.anna, 3);
  const OpId back = n.world.admit(n.anna, invitation, 3);
  const OpId fresh = n.world.admit(n.anna, n.world.invite(n.anna), 3);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, back, Reason::invitation_closed);
  CHECK_REASON(membership, fresh, Reason::applied);
}

TEST_CASE("a coordinator who is re-admitted is no coordinator until promoted again, and then ranks last") {
  Neighbourhood n;
  (void)n.world.leave(n.bram);
  MembershipWorld::meet(n.anna, n.bram);
  (void)n.world.readmit(n.anna, 1);
  (void)n.world.confirm(n.anna, 1);
  Membership membership = n.world.membership();
  CHECK_FALSE(is_coordinator(membership, n.id(1)));
  (void)n.world.promote_with_words(n.anna, 1);
  membership = n.world.membership();
  const auto state = membership.state();
  CHECK(state.find(n.id(1))->rank == 3U);
  CHECK(state.find(n.id(2))->rank == 2U);
}

TEST_CASE("acts of the removed outside the cut fall, with whom they admitted; inside it they stand") {
  Neighbourhood n;
  for (int i = 0; i < 3; ++i) (void)n.world.add_person();
  const OpId seen = n.world.admit(n.bram, n.world.invite(n.bram), 4);
  MembershipWorld::meet(n.bram, n.anna);
  const OpId named = n.world.admit(n.bram, n.world.invite(n.bram), 5);
  const OpId beyond = n.world.admit(n.bram, n.world.invite(n.bram), 6);
  Laptop sixth = n.world.laptop(6, n.bram);
  const OpId rests = n.world.write(sixth, act::NewPrekey{});

  const OpId removal = n.world.remove(n.anna, 1, n.world.cut({named}));
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.sign(n.carla, removal);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, removal, Reason::applied);
  CHECK_REASON(membership, seen, Reason::applied);
  CHECK_REASON(membership, named, Reason::applied);
  CHECK_REASON(membership, beyond, Reason::outside_cut);
  CHECK_REASON(membership, rests, Reason::rests_on_void);
  CHECK(belonging_of(membership, n.id(4)) == Belonging::probation);
  CHECK(belonging_of(membership, n.id(6)) == Belonging::unanchored);

  // Re-admitted in one step.
  MembershipWorld::meet(n.anna, sixth);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.readmit(n.anna, 6);
  CHECK(belonging_of(n.world.membership(), n.id(6)) == Belonging::probation);
}

TEST_CASE("an act must lie inside all cuts") {
  Neighbourhood n;
  (void)n.world.add_person();
  const OpId admission = n.world.admit(n.bram, n.world.invite(n.bram), 4);
  const OpId wide = n.world.write(
      n.anna, {n.world.with_words(n.anna, act_of(act::RemovePerson{n.id(1), n.world.cut({admission}), std::nullopt}))});
  CHECK_REASON(n.world.membership(), admission, Reason::applied);
  const OpId narrow =
      n.world.write(n.carla, {n.world.with_words(n.carla, act_of(act::RemovePerson{n.id(1), {}, std::nullopt}))});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, wide, Reason::applied);
  CHECK_REASON(membership, narrow, Reason::applied);
  CHECK_REASON(membership, admission, Reason::outside_cut);
}

TEST_CASE("a cut narrower than what the remover had seen is widened to it") {
  Neighbourhood n;
  (void)n.world.add_person();
  const OpId admission = n.world.admit(n.bram, n.world.invite(n.bram), 4);
  MembershipWorld::meet(n.anna, n.bram);
  // The cut lists the access circle and accepts nothing there.
  (void)n.world.write(n.anna,
                      {n.world.with_words(n.anna, act_of(act::RemovePerson{n.id(1), n.world.cut({}), std::nullopt}))});
  CHECK_REASON(n.world.membership(), admission, Reason::applied);
}

TEST_CASE("who leaves voids nothing that does not cite the leaving") {
  Neighbourhood n;
  (void)n.world.add_person();
  const auto phone = n.world.enrol(1);
  (void)n.world.write(n.bram, act::Present{n.world.person(1).copies});
  Laptop bram_phone = n.world.laptop(1, n.bram, phone);
  const OpId admission = n.world.admit(bram_phone, n.world.invite(bram_phone), 4);
  (void)n.world.leave(n.bram);
  MembershipWorld::meet(n.bram, bram_phone);
  const OpId after = n.world.invite(bram_phone);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, admission, Reason::applied);
  CHECK_REASON(membership, after, Reason::not_member);
  CHECK(belonging_of(membership, n.id(1)) == Belonging::left);
}

TEST_CASE("an own device goes by another one; the last goes only in one act with its successor") {
  Neighbourhood n;
  const auto phone = n.world.enrol(3);
  (void)n.world.write(n.dirk, act::Present{n.world.person(3).copies});
  Laptop dirk_phone = n.world.laptop(3, n.dirk, phone);
  const DeviceId laptop = n.world.device_of(n.dirk);
  const OpId removal = n.world.write(dirk_phone, act::RemoveDevice{laptop, {}, std::nullopt});
  Membership membership = n.world.membership();
  CHECK_REASON(membership, removal, Reason::applied);
  CHECK(membership.circles_of(laptop).empty());
  CHECK(membership.circles_of(n.world.device_of(dirk_phone)).size() == 3);
  const OpId last = n.world.write(dirk_phone, act::RemoveDevice{n.world.device_of(dirk_phone), {}, std::nullopt});
  CHECK_REASON(n.world.membership(), last, Reason::last_device);
  MembershipWorld::meet(n.dirk, dirk_phone);
  const OpId by_removed = n.world.write(n.dirk, act::NewPrekey{});
  CHECK_REASON(n.world.membership(), by_removed, Reason::device_removed);

  // With recovery words a new device presents itself and takes the other's place in one act.
  const auto next = n.world.enrol_by_words(3);
  Laptop dirk_next = n.world.laptop(3, dirk_phone, next);
  const OpId swap =
      n.world.write(dirk_next, {act_of(act::Present{n.world.person(3).copies}),
                                act_of(act::RemoveDevice{n.world.device_of(dirk_phone), {}, std::nullopt})});
  membership = n.world.membership();
  CHECK_REASON(membership, swap, Reason::applied);
  CHECK(membership.circles_of(n.world.device_of(dirk_next)).size() == 3);
  CHECK(membership.circles_of(n.world.device_of(dirk_phone)).empty());
  membership.check_invariants();
}

TEST_CASE("two devices of one person that remove each other leave one of them") {
  Neighbourhood n;
  const auto phone = n.world.enrol(3);
  (void)n.world.write(n.dirk, act::Present{n.world.person(3).copies});
  Laptop dirk_phone = n.world.laptop(3, n.dirk, phone);
  const OpId one = n.world.write(dirk_phone, act::RemoveDevice{n.world.device_of(n.dirk), {}, std::nullopt});
  const OpId two = n.world.write(n.dirk, act::RemoveDevice{n.world.device_of(dirk_phone), {}, std::nullopt});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, std::min(one, two), Reason::applied);
  CHECK_REASON(membership, std::max(one, two), Reason::last_device);
}

TEST_CASE("a volunteer's device is not a coordinator's to remove; a coordinator's takes two, or its owner's words") {
  Neighbourhood n;
  for (const std::size_t person : {std::size_t{1}, std::size_t{3}}) {
    (void)n.world.enrol(person);
    Laptop& laptop = person == 1 ? n.bram : n.dirk;
    (void)n.world.write(laptop, act::Present{n.world.person(person).copies});
    MembershipWorld::meet(n.anna, laptop);
  }
  MembershipWorld::meet(n.anna, n.carla);
  const DeviceId stolen = n.world.device_of(n.bram);
  const OpId volunteers = n.world.write(n.anna, act::RemoveDevice{n.world.device_of(n.dirk), {}, std::nullopt});
  const OpId coordinators = n.world.write(n.anna, act::RemoveDevice{stolen, {}, std::nullopt});
  CHECK_REASON(n.world.membership(), volunteers, Reason::not_allowed);
  CHECK_REASON(n.world.membership(), coordinators, Reason::needs_signature);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.sign(n.carla, coordinators);
  CHECK_REASON(n.world.membership(), coordinators, Reason::applied);
  CHECK(is_coordinator(n.world.membership(), n.id(1)));

  // Bram's words, typed on Dirk's laptop.
  Neighbourhood m;
  const auto phone = m.world.enrol(1);
  (void)m.world.write(m.bram, act::Present{m.world.person(1).copies});
  MembershipWorld::meet(m.bram, m.dirk);
  const OpId evil = m.world.remove(m.bram, 3);
  const OpId by_words = m.world.write(
      m.dirk, {m.world.with_recovery(m.world.person(1).words, RecoveryOf::person, m.dirk,
                                     act_of(act::RemoveDevice{m.world.device_of(m.bram), {}, std::nullopt}))});
  const Membership membership = m.world.membership();
  CHECK_REASON(membership, by_words, Reason::applied);
  CHECK_REASON(membership, evil, Reason::outside_cut);
  CHECK(belonging_of(membership, m.id(3)) == Belonging::member);
  CHECK(membership.circles_of(m.world.person(1).devices[phone].id).size() == kCircles);
}

TEST_CASE("a promotion beside a proposed removal does not save its receiver, one after it does") {
  Neighbourhood n;
  const OpId proposal = n.world.remove(n.anna, 1);
  MembershipWorld::meet(n.anna, n.carla);
  MembershipWorld::meet(n.anna, n.bram);
  // Bram has seen the proposal and acts on; the second signature comes later.
  const OpId between = n.world.invite(n.bram);
  (void)n.world.sign(n.carla, proposal);
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, proposal, Reason::applied);
  CHECK_REASON(membership, between, Reason::outside_cut);
}

TEST_CASE("branches of a fork wait until somebody builds on them, continues or names them") {
  Neighbourhood n;
  Laptop restored = n.anna;
  const OpId one = n.world.invite(n.anna);
  CHECK_REASON(n.world.membership(), one, Reason::applied);
  const OpId two = n.world.invite(restored);
  Membership membership = n.world.membership();
  CHECK_REASON(membership, one, Reason::forked_branch);
  CHECK_REASON(membership, two, Reason::forked_branch);

  MembershipWorld::meet(n.anna, n.dirk);
  (void)n.world.write(n.dirk, act::NewPrekey{});
  membership = n.world.membership();
  CHECK_REASON(membership, one, Reason::applied);
  CHECK_REASON(membership, two, Reason::forked_branch);

  MembershipWorld::meet(restored, n.bram);
  const OpId continued = n.world.write(n.bram, act::ForkContinue{{two}});
  membership = n.world.membership();
  CHECK_REASON(membership, continued, Reason::applied);
  CHECK_REASON(membership, two, Reason::applied);
  membership.check_invariants();
}

TEST_CASE("only what makes an earlier act count otherwise, or lets somebody in again, revises what was there") {
  Neighbourhood n;
  Membership grown(n.world.space());
  std::size_t given = 0;
  const auto revises = [&] {
    const std::uint64_t before = grown.revisions();
    const auto& all = n.world.nodes();
    grown.add(std::span(all).subspan(given));
    given = all.size();
    return grown.revisions() != before;
  };
  (void)revises();
  Laptop restored = n.bram;
  const OpId removal = n.world.remove(n.bram, 3);
  CHECK_FALSE(revises());  // what it takes away itself, whoever adds it knows
  // A fork makes the removal wait, and somebody who builds on it makes it count again.
  (void)n.world.invite(restored);
  CHECK(revises());
  CHECK_REASON(grown, removal, Reason::forked_branch);
  MembershipWorld::meet(n.bram, n.carla);
  (void)n.world.write(n.carla, act::NewPrekey{});
  CHECK(revises());
  CHECK_REASON(grown, removal, Reason::applied);
  (void)n.world.invite(n.carla);
  CHECK_FALSE(revises());
  (void)n.world.readmit(n.carla, 3);
  CHECK(revises());
}

TEST_CASE("a second beginning beside the founding act does not make the founding act doubtful") {
  MembershipWorld world;
  Laptop anna = world.found();
  Laptop again = anna;
  again.last = OpId{};
  again.next_seq = 0;
  const OpId beside = world.write(again, act::NewPrekey{});
  const OpId after = world.invite(anna);
  const Membership membership = world.membership();
  CHECK(is_coordinator(membership, world.id(0)));
  CHECK_REASON(membership, beside, Reason::forked_branch);
  CHECK_REASON(membership, after, Reason::forked_branch);
  // A new device of hers goes on with both.
  const auto next = world.enrol(0);
  Laptop laptop = world.laptop(0, anna, next);
  MembershipWorld::meet(laptop, again);
  (void)world.write(laptop, {act_of(act::Present{world.person(0).copies}),
                             act_of(act::ForkContinue{{std::min(beside, after), std::max(beside, after)}})});
  CHECK_REASON(world.membership(), after, Reason::applied);
  CHECK_REASON(world.membership(), beside, Reason::applied);
}

TEST_CASE("a device does not continue its own branch, and a volunteer not another's") {
  Neighbourhood n;
  Laptop restored = n.anna;
  (void)n.world.invite(n.anna);
  const OpId branch = n.world.invite(restored);
  const OpId own = n.world.write(restored, act::ForkContinue{{branch}});
  MembershipWorld::meet(n.dirk, restored);
  const OpId others = n.world.write(n.dirk, act::ForkContinue{{branch}});
  const OpId nothing = n.world.write(n.dirk, act::ForkContinue{{OpId{}}});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, own, Reason::not_allowed);
  CHECK_REASON(membership, others, Reason::not_allowed);
  CHECK_REASON(membership, nothing, Reason::no_such_target);
}

TEST_CASE("one stolen laptop of a coordinator, without recovery words, gains nothing") {
  Neighbourhood n;
  const auto phone = n.world.enrol(0);
  (void)n.world.write(n.anna, act::Present{n.world.person(0).copies});
  Laptop anna_phone = n.world.laptop(0, n.anna, phone);
  Laptop thief = n.anna;
  MembershipWorld::meet(n.anna, n.bram);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.add_person();
  std::vector<OpId> evil;
  evil.push_back(n.world.remove(thief, 1));
  evil.push_back(n.world.demote(thief, 2));
  evil.push_back(n.world.promote(thief, 3));
  const OpId fake = n.world.admit(thief, n.world.invite(thief), 4);
  (void)n.world.confirm(thief, 4);
  evil.push_back(n.world.promote(thief, 4));
  Laptop friend_of_thief = n.world.laptop(4, thief);
  (void)n.world.sign(friend_of_thief, evil[0]);
  const OpId hurt = n.world.remove(thief, 3);

  Membership membership = n.world.membership();
  for (const auto& id : evil) CHECK_REASON(membership, id, Reason::needs_signature);
  for (const std::size_t person : {0U, 1U, 2U}) CHECK(is_coordinator(membership, n.id(person)));
  CHECK(belonging_of(membership, n.id(3)) == Belonging::removed);

  // The others take the laptop out, and everything it did afterwards goes with it.
  const OpId rescue = n.world.write(n.bram, act::RemoveDevice{n.world.device_of(thief), {}, std::nullopt});
  MembershipWorld::meet(n.bram, n.carla);
  (void)n.world.sign(n.carla, rescue);
  membership = n.world.membership();
  CHECK_REASON(membership, rescue, Reason::applied);
  CHECK_REASON(membership, hurt, Reason::outside_cut);
  CHECK_REASON(membership, fake, Reason::outside_cut);
  CHECK(belonging_of(membership, n.id(3)) == Belonging::member);
  CHECK(belonging_of(membership, n.id(4)) == Belonging::unanchored);
  CHECK(is_coordinator(membership, n.id(0)));
  CHECK(membership.circles_of(n.world.device_of(anna_phone)).size() == kCircles);
  membership.check_invariants();
}

TEST_CASE("three who remove each other in a ring leave the same one out in all 120 orders") {
  Neighbourhood n;
  const auto ring = [&](Laptop& laptop, std::size_t target) {
    return n.world.write(laptop,
                         {n.world.with_words(laptop, act_of(act::RemovePerson{n.id(target), {}, std::nullopt}))});
  };
  const std::vector<OpId> acts{ring(n.anna, 1), ring(n.bram, 2), ring(n.carla, 0)};
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, acts[0], Reason::applied);      // Anna ranks first: Bram is out
  CHECK_REASON(membership, acts[1], Reason::outside_cut);  // and what he did beside it has fallen
  CHECK_REASON(membership, acts[2], Reason::applied);      // Carla still removes Anna, but one stays
  CHECK(is_coordinator(membership, n.id(2)));
  auto nodes = n.world.nodes();
  std::vector<std::size_t> order(5);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = nodes.size() - order.size() + i;
  const auto first = nodes;
  do {
    for (std::size_t i = 0; i < order.size(); ++i) nodes[nodes.size() - order.size() + i] = first[order[i]];
    CHECK(evaluate(n.world.space(), nodes).state() == membership.state());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("partings are what took a person or a device away and has effect, in any order of arrival the same ones") {
  Neighbourhood n;
  CHECK(n.world.membership().partings().empty());
  // A removal that another coordinator has yet to sign has no effect.
  (void)n.world.write(n.anna, act::RemovePerson{n.id(2), {}, std::nullopt});
  CHECK(n.world.membership().partings().empty());
  const OpId removal = n.world.remove(n.bram, 3);
  CHECK(n.world.membership().partings() == std::vector{removal});
  // Of one's own devices: the act itself stands in the person's own space, and its copy here.
  (void)n.world.enrol(1);
  Laptop phone = n.world.laptop(1, n.bram, 1);
  (void)n.world.write(n.bram, act::Present{n.world.person(1).copies});
  const OpId own = n.world.write_own(1, {act_of(act::RemoveDevice{n.world.person(1).devices[1].id, {}, std::nullopt})});
  CHECK(n.world.membership().partings() == std::vector{removal});
  (void)n.world.write(n.bram, act::Present{n.world.person(1).copies});
  CHECK(n.world.membership().partings() == std::vector{removal, own});
  const OpId leave = n.world.leave(n.carla);
  auto partings = n.world.membership().partings();
  CHECK(partings.size() == 3);
  auto reversed = n.world.nodes();
  std::reverse(reversed.begin(), reversed.end());
  auto others = evaluate(n.world.space(), reversed).partings();
  std::sort(partings.begin(), partings.end());
  std::sort(others.begin(), others.end());
  CHECK(partings == others);
  CHECK(std::find(partings.begin(), partings.end(), leave) != partings.end());
}
