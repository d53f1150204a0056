// What became of data beside the cuts of a removal, and cuts of any purpose: proposals, signatures, uniting.
#include <algorithm>

#include "core/access/cut_matter.hpp"
#include "tests/support/membership_neighbourhood.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("data outside a cut is set aside, inside it and of everybody else it stands") {
  Neighbourhood n;
  const auto heads = n.world.tips(n.dirk.known);
  const auto open = n.world.circle(1);
  const DeviceId dirk = n.world.device_of(n.dirk);
  OpId accepted;
  n.world.rng().fill(accepted.bytes);
  CutHeads cut{{open, {accepted}, {}}};
  const OpId removal = n.world.remove(n.anna, 3, cut);
  const Membership membership = n.world.membership();
  CHECK(membership.judge_data(dirk, open, heads, false, [&](const DataCut& asked) {
    CHECK(asked.removal == removal);
    CHECK(asked.remover == n.id(0));
    CHECK(asked.heads == std::vector{accepted});
    return true;
  }) == DataJudgement{Standing::applied, Reason::applied, false});
  CHECK(membership.judge_data(dirk, open, heads, false, kNever).standing == Standing::set_aside);
  CHECK(membership.judge_data(dirk, open, heads, false, kNever).reason == Reason::outside_cut);
  // Of a circle that the cut does not list, by somebody else, and after the removal.
  CHECK(membership.judge_data(dirk, n.world.circle(2), heads, false, kNever) ==
        DataJudgement{Standing::applied, Reason::applied, true});
  CHECK(membership.judge_data(n.world.device_of(n.bram), open, heads, true, kNever) ==
        DataJudgement{Standing::applied, Reason::applied, false});
  CHECK(membership.judge_data(dirk, open, std::vector{removal}, false, kAlways).standing == Standing::without_right);
  CHECK(membership.judge_data(dirk, open, std::vector{OpId{}}, false, kAlways).standing == Standing::parked);
  CHECK(membership.judge_data(dirk, n.world.circle(3), heads, false, kAlways).reason == Reason::not_allowed);
  CHECK(membership.judge_data(dirk, open, heads, true, kAlways).reason == Reason::not_coordinator);
  CHECK(membership.judge_data(DeviceId{}, open, heads, false, kAlways).reason == Reason::no_person);

  // A member of the other circle adds one more cut.
  MembershipWorld::meet(n.anna, n.bram);
  act::Cut more;
  more.matter = record_of(removal);
  more.purpose = static_cast<Number>(CutPurpose::removal);
  more.heads = {{n.world.circle(2), {}, {}}};
  (void)n.world.write(n.bram, {act_of_cut(more)});
  CHECK(n.world.membership().judge_data(dirk, n.world.circle(2), heads, false, kNever).standing == Standing::set_aside);
}

TEST_CASE("a demotion's cut concerns only what was written as a coordinator") {
  Neighbourhood n;
  const auto heads = n.world.tips(n.carla.known);
  act::Demote demote{n.id(2), {{n.world.circle(1), {}, {}}}, std::nullopt};
  (void)n.world.write(n.anna, {n.world.with_words(n.anna, act_of(demote))});
  const Membership membership = n.world.membership();
  const DeviceId carla = n.world.device_of(n.carla);
  CHECK(membership.judge_data(carla, n.world.circle(1), heads, false, kNever).standing == Standing::applied);
  CHECK(membership.judge_data(carla, n.world.circle(1), heads, true, kNever).standing == Standing::set_aside);
}

TEST_CASE("data of who was admitted by an act that fell is set aside until re-admission brings it all back") {
  Neighbourhood n;
  (void)n.world.add_person();
  (void)n.world.admit(n.bram, n.world.invite(n.bram), 4);
  const Laptop guest = n.world.laptop(4, n.bram);
  const auto heads = n.world.tips(guest.known);
  const OpId removal = n.world.remove(n.anna, 1);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.sign(n.carla, removal);
  const DeviceId device = n.world.device_of(guest);
  CHECK(n.world.membership().judge_data(device, n.world.circle(1), heads, false, kAlways) ==
        DataJudgement{Standing::set_aside, Reason::rests_on_void, false});
  MembershipWorld::meet(n.anna, n.bram);
  MembershipWorld::meet(n.anna, n.carla);
  (void)n.world.readmit(n.anna, 4);
  CHECK(n.world.membership().judge_data(device, n.world.circle(1), heads, false, kAlways).standing ==
        Standing::applied);
}

namespace {

constexpr auto kClosing = static_cast<Number>(CutPurpose::closing);

// What the initiative could agree on: how the open circle stood.
act::Cut closing_at(Neighbourhood& n, std::uint8_t head, Number signers) {
  act::Cut cut;
  cut.matter.bytes[0] = 7;
  cut.purpose = kClosing;
  OpId accepted;
  accepted.bytes[0] = head;
  cut.heads = {{n.world.circle(1), {accepted}, {}}};
  cut.rule = 3;
  cut.rule_number = 2;
  cut.signers = signers;
  return cut;
}

Hash32 digest(const act::Cut& cut) { return std::get<act::Cut>(act_of_cut(cut).body).digest; }

OpId sign_cut(Neighbourhood& n, Laptop& laptop, const act::Cut& cut) {
  return n.world.write(laptop, act::Sign{digest(cut), 0, {}});
}

CutMatter matter_at(const Membership& membership) {
  RecordId matter;
  matter.bytes[0] = 7;
  return membership.cut_matter(matter, kClosing);
}

}  // namespace

TEST_CASE("a cut's digest is of all that is in it, and a cut with another digest is void") {
  Neighbourhood n;
  const act::Cut cut = closing_at(n, 1, 1);
  std::vector<act::Cut> others(7, cut);
  others[0].matter.bytes[1] = 1;
  others[1].purpose = 9;
  others[2].heads[0].heads[0].bytes[1] = 1;
  others[3].rule.reset();
  others[4].rule_number = 3;
  others[5].result = Bytes{1};
  others[6].signers = 2;
  for (const auto& other : others) CHECK_FALSE(digest(other) == digest(cut));
  Act later = act_of_cut(cut);
  later.unknown.push_back({20, Bytes{1}});
  CHECK_FALSE(digest_of_cut(later) == digest(cut));
  // What it says of itself does not enter.
  act::Cut claimed = cut;
  claimed.digest = digest(others[0]);
  CHECK(digest(claimed) == digest(cut));

  const OpId wrong = n.world.write(n.anna, claimed);
  const OpId right = n.world.write(n.anna, {act_of_cut(cut)});
  const Membership membership = n.world.membership();
  CHECK_REASON(membership, wrong, Reason::bad_proof);
  CHECK_REASON(membership, right, Reason::applied);
  const CutMatter matter = matter_at(membership);
  REQUIRE(matter.cuts.size() == 1);
  CHECK(matter.cuts[0].ops == std::vector{right});
  REQUIRE(matter.agreed() != nullptr);
  CHECK(matter.united() == cut.heads);
  CHECK_FALSE(matter.proposal());
  CHECK(membership.cut_matter(RecordId{}, kClosing).cuts.empty());
  CHECK(membership.cut_matter(cut.matter, kClosing + 1).cuts.empty());
}

TEST_CASE("a cut is a proposal until as many persons as it needs stand behind this very digest") {
  Neighbourhood n;
  const act::Cut cut = closing_at(n, 1, 2);
  (void)n.world.write(n.anna, {act_of_cut(cut)});
  CHECK(matter_at(n.world.membership()).agreed() == nullptr);
  CHECK_FALSE(matter_at(n.world.membership()).cuts.at(0).is_firm);
  // Once more by the same person, and by another under something else.
  (void)sign_cut(n, n.anna, cut);
  (void)n.world.write(n.anna, {act_of_cut(cut)});
  (void)sign_cut(n, n.bram, closing_at(n, 2, 2));
  CHECK(matter_at(n.world.membership()).agreed() == nullptr);
  CHECK(matter_at(n.world.membership()).cuts.at(0).signers == std::vector{n.id(0)});
  // A volunteer's signature counts like anybody's, one of a guest on probation does not.
  (void)n.world.add_person();
  (void)n.world.admit(n.anna, n.world.invite(n.anna), 4);
  Laptop guest = n.world.laptop(4, n.anna);
  (void)sign_cut(n, guest, cut);
  CHECK(matter_at(n.world.membership()).agreed() == nullptr);
  (void)sign_cut(n, n.dirk, cut);
  const CutMatter matter = matter_at(n.world.membership());
  REQUIRE(matter.agreed() != nullptr);
  CHECK(matter.agreed()->signers.size() == 2);
  CHECK(matter.agreed()->ops.size() == 2);
}

TEST_CASE("who was removed without the signature being accepted stands behind no cut any more") {
  Neighbourhood n;
  const act::Cut cut = closing_at(n, 1, 2);
  (void)n.world.write(n.anna, {act_of_cut(cut)});
  MembershipWorld::meet(n.anna, n.bram);
  // Beside the signature, unknown to the remover.
  (void)n.world.remove(n.bram, 3);
  (void)sign_cut(n, n.dirk, cut);
  CHECK(matter_at(n.world.membership()).agreed() == nullptr);
  (void)sign_cut(n, n.carla, cut);
  CHECK(matter_at(n.world.membership()).agreed() != nullptr);
}

TEST_CASE("cuts made apart are united into a proposal, and one that saw them both takes their place") {
  Neighbourhood n;
  act::Cut annas = closing_at(n, 2, 1);
  annas.result = Bytes{1};
  act::Cut brams = closing_at(n, 1, 1);
  brams.heads.push_back({n.world.circle(2), {}, {}});
  std::sort(brams.heads.begin(), brams.heads.end());
  (void)n.world.write(n.anna, {act_of_cut(annas)});
  (void)n.world.write(n.bram, {act_of_cut(brams)});
  CutMatter matter = matter_at(n.world.membership());
  CHECK(matter.agreed() == nullptr);
  REQUIRE(matter.cuts.size() == 2);
  CHECK(matter.cuts[0].is_standing);
  CHECK(matter.cuts[1].is_standing);
  const CutHeads united = matter.united();
  REQUIRE(united.size() == 2);
  for (const auto& listed : united) CHECK(listed.heads.size() == (listed.circle == n.world.circle(1) ? 2 : 0));
  const auto proposed = matter.proposal();
  REQUIRE(proposed);
  CHECK(proposed->heads == united);
  CHECK(proposed->rule == annas.rule);
  CHECK_FALSE(proposed->result);
  CHECK(proposed->digest == digest(*proposed));

  // Another rule or more signers of one of them: the proposal says no rule, and asks for the most.
  act::Cut carlas = closing_at(n, 3, 2);
  carlas.rule_number = 5;
  (void)n.world.write(n.carla, {act_of_cut(carlas)});
  (void)sign_cut(n, n.dirk, carlas);
  matter = matter_at(n.world.membership());
  REQUIRE(matter.proposal());
  CHECK_FALSE(matter.proposal()->rule);
  CHECK(matter.proposal()->signers == 2);

  MembershipWorld::meet(n.anna, n.bram);
  MembershipWorld::meet(n.anna, n.carla);
  const act::Cut together = *matter.proposal();
  const OpId op = n.world.write(n.anna, {act_of_cut(together)});
  // Not signed enough yet: what stood still stands.
  CHECK(matter_at(n.world.membership()).agreed() == nullptr);
  CHECK(matter_at(n.world.membership()).united() == together.heads);
  (void)sign_cut(n, n.bram, together);
  matter = matter_at(n.world.membership());
  REQUIRE(matter.agreed() != nullptr);
  CHECK(matter.agreed()->ops == std::vector{op});
  CHECK(matter.united() == together.heads);
  CHECK_FALSE(matter.proposal());
}

TEST_CASE("what a matter's cuts amount to is the same in every order of arrival") {
  Neighbourhood n;
  for (std::uint8_t i = 0; i < 3; ++i) {
    Laptop& laptop = i == 0 ? n.anna : i == 1 ? n.bram : n.carla;
    (void)n.world.write(laptop, {act_of_cut(closing_at(n, static_cast<std::uint8_t>(i % 2), 2))});
  }
  (void)sign_cut(n, n.dirk, closing_at(n, 1, 2));
  const auto told = [](const Membership& membership) {
    std::vector<std::tuple<Hash32, std::vector<OpId>, std::vector<PersonId>, bool, bool>> all;
    for (const auto& made : matter_at(membership).cuts) {
      all.emplace_back(made.cut.digest, made.ops, made.signers, made.is_firm, made.is_standing);
    }
    return all;
  };
  const auto expected = told(n.world.membership());
  REQUIRE(expected.size() == 2);
  std::vector<AuthorityNode> nodes = n.world.nodes();
  for (int turn = 0; turn < 20; ++turn) {
    for (std::size_t i = nodes.size(); i > 1; --i) std::swap(nodes[i - 1], nodes[n.world.rng().below(i)]);
    Membership grown(n.world.space());
    for (const auto& node : nodes) grown.add(std::span(&node, 1));
    CHECK(told(grown) == expected);
  }
}

TEST_CASE("the digest of the example in FORMAT.md is what it says") {
  act::Cut cut;
  cut.matter.bytes.fill(1);
  cut.purpose = kClosing;
  const std::string as_bytes = "8212a4005820" + to_hex(view(cut.matter)) + "0102065820" + std::string(64, '0') + "0701";
  CHECK(to_hex(encode(Act{cut, {}})) == as_bytes);
  CHECK(to_hex(view(digest(cut))) == "d060f2abf492144353b8a46f7f2c02dcfac13acb9115edd67e5e148ad6f95012");
}
