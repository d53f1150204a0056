// Laws of membership over random graphs with attacks, beside a deliberately naive second implementation.
//
// A neighbourhood stands: Anna, Bram and Carla coordinate, Dirk and Els are volunteers, Bram has a second device, and a
// thief has a clone of Anna's laptop from some moment on. Random acts follow, each citing what its laptop knows.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>

#include "core/access/membership.hpp"
#include "tests/support/membership_model.hpp"
#include "tests/support/membership_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kPeople = 8;  // the last three come later, if ever
enum Seat : std::size_t { kAnna, kBram, kCarla, kDirk, kEls, kBramsPhone, kThief, kFirstNewcomer };

struct Step {
  std::uint8_t seat = 0;
  std::uint8_t deed = 0;
  std::uint8_t whom = 0;
  std::uint8_t detail = 0;
};

// Writes each act twice: as signed bytes in the world and as flags in the model.
class Scene {
 public:
  MembershipWorld world;
  MembershipModel model;
  std::vector<Laptop> laptops;
  std::vector<OpId> invitations, proposals;

  Scene() {
    for (std::size_t i = 0; i < kPeople; ++i) {
      (void)world.add_person();
      if (i == kBram) (void)world.enrol(i);
    }
    for (std::size_t i = 0; i < kPeople; ++i) {
      for (std::size_t j = 0; j < world.person(i).devices.size(); ++j) model.owner[device(i, j)] = static_cast<int>(i);
    }
    Laptop anna = world.found();
    note(anna, {ModelKind::found});
    laptops.assign(kFirstNewcomer + kPeople - 5, anna);
    for (const std::size_t person : {kBram, kCarla, kDirk, kEls}) {
      const OpId code = invite(kAnna);
      (void)admit(kAnna, code, person);
      confirm(kAnna, person);
      if (person == kBram || person == kCarla) (void)promote(kAnna, person, true);
      laptops[person] = world.laptop(person, laptops[kAnna]);
    }
    laptops[kBramsPhone] = world.laptop(kBram, laptops[kAnna], 1);
    // Two codes lie about, one of Anna's and one of Bram's.
    (void)invite(kAnna);
    laptops[kBram].known = laptops[kAnna].known;
    (void)invite(kBram);
    laptops[kAnna].known = laptops[kBram].known;
    for (auto& laptop : laptops) laptop.known = laptops[kAnna].known;
    laptops[kThief] = laptops[kAnna];
    for (std::size_t i = 5; i < kPeople; ++i) laptops[kFirstNewcomer + i - 5] = world.laptop(i, laptops[kAnna]);
  }

  static int device(std::size_t person, std::size_t index) { return static_cast<int>(person * 2 + index); }
  [[nodiscard]] std::size_t size() const { return model.acts.size(); }

  // --- deeds ---
  OpId invite(std::size_t seat) {
    const OpId id = world.invite(laptops[seat]);
    note(laptops[seat], {ModelKind::invite});
    invitations.push_back(id);
    return id;
  }
  OpId admit(std::size_t seat, const OpId& code, std::size_t person) {
    const OpId id = world.admit(laptops[seat], code, person);
    ModelAct act{ModelKind::admit};
    act.target = static_cast<int>(person);
    act.about = index(code);
    note(laptops[seat], act);
    return id;
  }
  void readmit(std::size_t seat, std::size_t person) {
    (void)world.readmit(laptops[seat], person);
    ModelAct act{ModelKind::admit};
    act.target = static_cast<int>(person);
    note(laptops[seat], act);
  }
  void confirm(std::size_t seat, std::size_t person) {
    (void)world.confirm(laptops[seat], person);
    ModelAct act{ModelKind::confirm};
    act.target = static_cast<int>(person);
    note(laptops[seat], act);
  }
  OpId promote(std::size_t seat, std::size_t person, bool words, bool space_words = false) {
    ModelAct act{ModelKind::promote};
    act.target = static_cast<int>(person);
    return write(seat, act::Promote{world.id(person), std::nullopt}, act, words, space_words);
  }
  void sign(std::size_t seat, const OpId& proposal, bool words) {
    ModelAct act{ModelKind::sign};
    act.about = index(proposal);
    (void)write(seat, act::Sign{same_bytes<Hash32>(proposal), static_cast<Number>(Capacity::coordinator), {}}, act,
                words, false);
  }
  OpId remove(std::size_t seat, std::size_t person, bool words, bool space_words, const std::set<int>& named) {
    ModelAct act{ModelKind::remove};
    act.target = static_cast<int>(person);
    act.named = named;
    return write(seat, act::RemovePerson{world.id(person), cut(named), std::nullopt}, act, words, space_words);
  }
  OpId demote(std::size_t seat, std::size_t person, bool words, const std::set<int>& named) {
    ModelAct act{ModelKind::demote};
    act.target = static_cast<int>(person);
    act.named = named;
    return write(seat, act::Demote{world.id(person), cut(named), std::nullopt}, act, words, false);
  }
  void leave(std::size_t seat) {
    (void)world.leave(laptops[seat]);
    note(laptops[seat], {ModelKind::leave});
  }
  // words: the owner's, as a device is removed by anybody who has them.
  OpId remove_device(std::size_t seat, std::size_t person, std::size_t which, bool words, const std::set<int>& named) {
    ModelAct act{ModelKind::remove_device};
    act.target = device(person, which);
    act.named = named;
    act.words = words;
    Act body = act_of(act::RemoveDevice{world.person(person).devices[which].id, cut(named), std::nullopt});
    if (words) body = world.with_recovery(world.person(person).words, RecoveryOf::person, laptops[seat], body);
    const OpId id = world.write(laptops[seat], {body});
    note(laptops[seat], act);
    proposals.push_back(id);
    return id;
  }
  void resume(std::size_t seat, int named) {
    ModelAct act{ModelKind::resume};
    act.named = {named};
    (void)write(seat, act::ForkContinue{{world.nodes()[static_cast<std::size_t>(named)].id}}, act, false, false);
  }
  void idle(std::size_t seat) {
    (void)world.write(laptops[seat], act::NewPrekey{});
    note(laptops[seat], {ModelKind::idle});
  }
  void meet(std::size_t a, std::size_t b) { MembershipWorld::meet(laptops[a], laptops[b]); }

  [[nodiscard]] std::set<int> acts_of(std::size_t person) const {
    std::set<int> acts;
    for (std::size_t i = 0; i < model.acts.size(); ++i) {
      if (model.acts[i].person == static_cast<int>(person)) acts.insert(static_cast<int>(i));
    }
    return acts;
  }
  // None of the target's acts, or its detail-th last one.
  [[nodiscard]] std::set<int> some_head(std::size_t person, std::uint8_t detail) const {
    const auto acts = acts_of(person);
    if (acts.empty() || detail % 3 == 0) return {};
    return {*std::next(acts.rbegin(), static_cast<std::ptrdiff_t>(detail / 3 % acts.size()))};
  }
  [[nodiscard]] bool knows(std::size_t seat, const OpId& id) const { return laptops[seat].known.contains(id); }

  [[nodiscard]] std::set<int> all() const {
    std::set<int> all;
    for (std::size_t i = 0; i < model.acts.size(); ++i) all.insert(static_cast<int>(i));
    return all;
  }
  [[nodiscard]] int index(const OpId& id) const {
    for (std::size_t i = 0; i < model.acts.size(); ++i) {
      if (model.acts[i].id == id) return static_cast<int>(i);
    }
    return -1;
  }

 private:
  OpId write(std::size_t seat, ActBody body, ModelAct act, bool words, bool space_words) {
    Act written = act_of(std::move(body));
    if (space_words) {
      written = world.with_space_words(laptops[seat], written);
    } else if (words) {
      written = world.with_words(laptops[seat], written);
    }
    act.words = words && !space_words;
    act.space_words = space_words;
    const OpId id = world.write(laptops[seat], {written});
    note(laptops[seat], act);
    if (act.kind != ModelKind::sign && act.kind != ModelKind::resume) proposals.push_back(id);
    return id;
  }

  void note(const Laptop& laptop, ModelAct act) {
    const AuthorityNode& node = world.nodes().back();
    act.id = node.id;
    act.person = static_cast<int>(laptop.person);
    act.device = device(laptop.person, laptop.device);
    act.prev = node.prev.is_zero() ? -1 : index(node.prev);
    auto parents = node.access_heads;
    if (!node.prev.is_zero()) parents.push_back(node.prev);
    for (const auto& parent : parents) {
      const int at = index(parent);
      act.past.insert(at);
      const auto& earlier = model.acts[static_cast<std::size_t>(at)].past;
      act.past.insert(earlier.begin(), earlier.end());
    }
    model.acts.push_back(std::move(act));
  }

  [[nodiscard]] CutHeads cut(const std::set<int>& named) const {
    std::vector<OpId> heads;
    for (const int act : named) heads.push_back(world.nodes()[static_cast<std::size_t>(act)].id);
    return world.cut(heads);
  }
};

// What every run of a law begins with is made once; a run adds to it and forgets what it added.
class Stage {
 public:
  Stage() : size_(scene_.size()), laptops_(scene_.laptops), model_(scene_.model) {
    invitations_ = scene_.invitations.size();
    proposals_ = scene_.proposals.size();
    base_ = scene_.world.membership();
  }
  Scene& fresh() {
    scene_.world.rewind(size_);
    scene_.model = model_;
    scene_.laptops = laptops_;
    scene_.invitations.resize(invitations_);
    scene_.proposals.resize(proposals_);
    return scene_;
  }
  [[nodiscard]] const Membership& base() const { return base_; }
  [[nodiscard]] std::size_t base_size() const { return size_; }

 private:
  Scene scene_;
  std::size_t size_, invitations_ = 0, proposals_ = 0;
  std::vector<Laptop> laptops_;
  MembershipModel model_;
  Membership base_{SpaceId{}};
};

Stage& stage() {
  static Stage stage;
  return stage;
}

enum class Deeds {
  all,
  honest,  // no removal, no words
  stolen,  // what a thief with one coordinator's laptop can do to others; nobody's words. What he takes from the owner
           // in the owner's name (leaving, stepping down) is the owner's loss alone, and left out.
};

enum class Deed {
  meet,
  invite,
  admit,
  confirm,
  promote,
  sign,
  idle,
  remove,
  demote,
  remove_device,
  leave,
  readmit,
  resume
};

// Weighted so that rights are there and conflicts arise; the honest ones first.
constexpr std::array kDeeds{Deed::meet,   Deed::meet,    Deed::invite,  Deed::admit,  Deed::admit,
                            Deed::admit,  Deed::confirm, Deed::promote, Deed::sign,   Deed::sign,
                            Deed::idle,   Deed::confirm, Deed::promote, Deed::sign,   Deed::remove,
                            Deed::remove, Deed::remove,  Deed::demote,  Deed::demote, Deed::remove_device,
                            Deed::leave,  Deed::readmit, Deed::resume};
constexpr std::size_t kHonestDeeds = 11;
constexpr std::array kSeats{kAnna, kBram,       kCarla, kAnna,          kBram, kCarla,
                            kDirk, kBramsPhone, kThief, kFirstNewcomer, kEls};

void play(Scene& scene, const Step& step, std::size_t seat, Deeds deeds) {
  const bool words = deeds == Deeds::all && step.detail % 2 == 0;
  const bool space_words = deeds == Deeds::all && step.detail % 16 == 3;
  const std::size_t whom = step.whom % kPeople;
  const std::size_t other = step.whom % scene.laptops.size();
  const bool is_own = scene.laptops[seat].person == whom;
  const auto pick = [&](const std::vector<OpId>& from) -> std::optional<OpId> {
    std::vector<OpId> known;
    std::copy_if(from.begin(), from.end(), std::back_inserter(known),
                 [&](const OpId& id) { return scene.knows(seat, id); });
    // The newest ones are the interesting ones.
    if (known.empty()) return std::nullopt;
    return known[known.size() - 1 - step.detail % std::min<std::size_t>(known.size(), 2)];
  };
  switch (kDeeds[step.deed % (deeds == Deeds::honest ? kHonestDeeds : kDeeds.size())]) {
    case Deed::meet:
      return scene.meet(seat, other);
    case Deed::invite:
      (void)scene.invite(seat);
      return;
    case Deed::admit:
      if (const auto code = pick(scene.invitations)) (void)scene.admit(seat, *code, whom < 5 ? 5 + whom % 3 : whom);
      return;
    case Deed::confirm:
      return scene.confirm(seat, whom);
    case Deed::promote:
      (void)scene.promote(seat, whom, words, space_words);
      return;
    case Deed::sign:
      if (const auto proposal = pick(scene.proposals)) scene.sign(seat, *proposal, words);
      return;
    case Deed::idle:
      return scene.idle(seat);
    case Deed::remove:
      (void)scene.remove(seat, whom, words, space_words, scene.some_head(whom, step.detail));
      return;
    case Deed::demote:
      if (deeds == Deeds::stolen && is_own) return;
      (void)scene.demote(seat, whom, words, scene.some_head(whom, step.detail));
      return;
    case Deed::remove_device: {
      if (deeds == Deeds::stolen && is_own) return;
      const std::size_t which = step.detail / 16 % scene.world.person(whom).devices.size();
      (void)scene.remove_device(seat, whom, which, words, scene.some_head(whom, step.detail));
      return;
    }
    case Deed::leave:
      if (deeds == Deeds::all) scene.leave(seat);
      return;
    case Deed::readmit:
      return scene.readmit(seat, whom);
    case Deed::resume:
      return scene.resume(seat, static_cast<int>(scene.size() - 1 - step.detail % 8));
  }
}

void play_all(Scene& scene, const std::vector<Step>& steps) {
  for (const auto& step : steps) play(scene, step, kSeats[step.seat % kSeats.size()], Deeds::all);
}

ModelVerdict as_model(Reason reason) {
  switch (reason) {
    case Reason::applied:
      return ModelVerdict::applied;
    case Reason::contested_invitation:
      return ModelVerdict::contested;
    case Reason::needs_signature:
      return ModelVerdict::waiting;
    case Reason::forked_branch:
    case Reason::last_coordinator:
    case Reason::last_device:
      return ModelVerdict::refused;
    default:
      return ModelVerdict::nothing;
  }
}

std::vector<AuthorityNode> since(const Scene& scene, std::size_t from) {
  const auto& nodes = scene.world.nodes();
  return {nodes.begin() + static_cast<std::ptrdiff_t>(from), nodes.end()};
}

Membership after(const Scene& scene) {
  Membership membership = stage().base();
  membership.add(since(scene, stage().base_size()));
  return membership;
}

}  // namespace

namespace rc {
template <>
struct Arbitrary<Step> {
  static Gen<Step> arbitrary() {
    return gen::build<Step>(gen::set(&Step::seat), gen::set(&Step::deed), gen::set(&Step::whom),
                            gen::set(&Step::detail));
  }
};
}  // namespace rc

namespace {

void showValue(const Step& step, std::ostream& out) {
  out << '{' << int{step.seat} << ',' << int{step.deed} << ',' << int{step.whom} << ',' << int{step.detail} << '}';
}

rc::Gen<std::vector<Step>> steps(std::size_t most) {
  return rc::gen::scale(2.0, rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most + 1), [](std::size_t size) {
                          return rc::gen::container<std::vector<Step>>(size, rc::gen::arbitrary<Step>());
                        }));
}

}  // namespace

TEST_CASE("membership is what the naive model of the rules says") {
  CHECK(rc::check([] {
    Scene& scene = stage().fresh();
    play_all(scene, *steps(18));
    const Membership membership = after(scene);
    const auto& expected = scene.model.evaluate(scene.all());
    const auto count = [&](ModelVerdict verdict) {
      return std::count_if(expected.verdicts.begin(), expected.verdicts.end(),
                           [&](const auto& entry) { return entry.second == verdict; });
    };
    RC_CLASSIFY(!expected.effective.empty(), "a removal has effect");
    RC_CLASSIFY(expected.effective.size() > 1, "several removals have effect");
    RC_CLASSIFY(count(ModelVerdict::contested) > 0, "an invitation is contested");
    RC_CLASSIFY(count(ModelVerdict::waiting) > 0, "a signature is missing");
    RC_CLASSIFY(count(ModelVerdict::refused) > 0, "a fork waits, or a removal is refused");
    RC_CLASSIFY(count(ModelVerdict::nothing) > 4, "many void acts");
    for (const int act : scene.all()) {
      const auto verdict = membership.verdict(scene.model.acts[static_cast<std::size_t>(act)].id);
      RC_ASSERT(verdict.has_value());
      RC_LOG() << "act " << act << ": " << name_of(verdict->reason) << '\n';
      RC_ASSERT(static_cast<int>(as_model(verdict->reason)) == static_cast<int>(expected.verdicts.at(act)));
    }
    const auto state = membership.state();
    for (std::size_t person = 0; person < kPeople; ++person) {
      const PersonState* found = state.find(scene.world.id(person));
      const int who = static_cast<int>(person);
      RC_ASSERT((found != nullptr && found->belongs()) == scene.model.is_member(expected, who));
      if (found == nullptr) continue;
      RC_ASSERT((found->belonging == Belonging::member) == scene.model.is_confirmed(expected, who));
      const auto rank = scene.model.rank_of(expected, who);
      RC_ASSERT(found->rank.has_value() == rank.has_value());
      if (rank) RC_ASSERT(static_cast<int>(*found->rank) == *rank);
    }
  }));
}

TEST_CASE("the order and the portions in which acts arrive change nothing") {
  CHECK(rc::check([] {
    Scene& scene = stage().fresh();
    play_all(scene, *steps(18));
    const Membership membership = after(scene);
    auto nodes = since(scene, stage().base_size());
    const auto order =
        *rc::gen::container<std::vector<std::uint32_t>>(nodes.size(), rc::gen::arbitrary<std::uint32_t>());
    std::vector<std::size_t> arrival(nodes.size());
    for (std::size_t i = 0; i < arrival.size(); ++i) arrival[i] = i;
    std::sort(arrival.begin(), arrival.end(),
              [&](std::size_t a, std::size_t b) { return std::tie(order[a], a) < std::tie(order[b], b); });
    Membership shuffled = stage().base();
    for (const std::size_t i : arrival) shuffled.add(std::vector{nodes[i]});
    RC_ASSERT(shuffled.parked().empty());
    RC_ASSERT(shuffled.state() == membership.state());
    RC_ASSERT(shuffled.heads() == membership.heads());
    for (const auto& node : nodes) RC_ASSERT(shuffled.verdict(node.id) == membership.verdict(node.id));
    // Nor does it change what held at the heads of before.
    RC_ASSERT(shuffled.state_at(stage().base().heads()) == stage().base().state());
  }));
}

TEST_CASE("there is always a coordinator with a working device, and the other invariants hold") {
  CHECK(rc::check([] {
    Scene& scene = stage().fresh();
    play_all(scene, *steps(24));
    const Membership membership = after(scene);
    membership.check_invariants();
    const auto state = membership.state();
    RC_ASSERT(std::any_of(state.persons.begin(), state.persons.end(), [](const PersonState& person) {
      return person.is_coordinator() && std::any_of(person.devices.begin(), person.devices.end(),
                                                    [](const DeviceState& device) { return device.works; });
    }));
  }));
}

TEST_CASE("one stolen coordinator's laptop, without words, makes and unmakes no coordinator and undoes no removal") {
  CHECK(rc::check([] {
    Scene& scene = stage().fresh();
    // Honest people act first, removals by Bram and Carla included; the thief and Els, who helps him, then answer with
    // all they can, knowing anything or nothing of it.
    for (const auto& step : *steps(6)) play(scene, step, step.seat % kEls, Deeds::honest);
    std::vector<OpId> removals;
    if (*rc::gen::arbitrary<bool>()) removals.push_back(scene.remove(kBram, kDirk, false, false, {}));
    if (*rc::gen::arbitrary<bool>()) removals.push_back(scene.remove(kCarla, kEls, false, false, {}));
    const Membership before = after(scene);
    for (const auto& step : *steps(12)) play(scene, step, step.seat % 2 == 0 ? kThief : kEls, Deeds::stolen);
    // Nobody writes on Anna's own laptop meanwhile, else the fork itself would hold back the thief.
    const Membership behind = after(scene);

    const auto state = before.state();
    const auto now = behind.state();
    for (const auto& person : state.persons) {
      const PersonState* found = now.find(person.person);
      RC_ASSERT(found != nullptr);
      RC_ASSERT(found->is_coordinator() == person.is_coordinator());
    }
    for (const auto& person : now.persons) {
      if (state.find(person.person) == nullptr) RC_ASSERT(!person.is_coordinator());
    }
    for (const auto& removal : removals) {
      if (before.verdict(removal)->verdict == Verdict::applied) {
        RC_ASSERT(behind.verdict(removal)->verdict == Verdict::applied);
      }
    }
  }));
}

TEST_CASE("when the others take a stolen laptop out, everybody it hurt is back and nobody it brought remains") {
  CHECK(rc::check([] {
    Scene& scene = stage().fresh();
    for (const auto& step : *steps(6)) play(scene, step, step.seat % kEls, Deeds::honest);
    scene.meet(kBram, kCarla);
    scene.meet(kBram, kAnna);
    scene.meet(kCarla, kAnna);
    const Membership before = after(scene);
    const std::size_t honest = scene.size();
    const OpId rescue = scene.remove(kBram, kAnna, false, false, {});
    scene.meet(kBram, kCarla);
    scene.sign(kCarla, rescue, false);
    // What the thief does is beside the removal or after it; what Bram had seen of him before, he has accepted.
    for (const auto& step : *steps(12)) play(scene, step, kThief, Deeds::stolen);
    const Membership behind = after(scene);
    RC_ASSERT(behind.verdict(rescue)->verdict == Verdict::applied);

    const auto state = before.state();
    const auto now = behind.state();
    for (const auto& person : state.persons) {
      const PersonState* found = now.find(person.person);
      RC_ASSERT(found != nullptr);
      if (person.person == scene.world.id(kAnna)) {
        RC_ASSERT(found->belonging == Belonging::removed);
      } else {
        RC_ASSERT(found->belonging == person.belonging);
        RC_ASSERT(found->rank == person.rank);
      }
    }
    for (const auto& person : now.persons)
      RC_ASSERT(person.belongs() == (state.find(person.person) != nullptr && person.person != scene.world.id(kAnna) &&
                                     state.find(person.person)->belongs()));
    for (std::size_t i = honest; i < scene.size(); ++i) {
      const auto& act = scene.model.acts[i];
      if (act.person == static_cast<int>(kAnna)) RC_ASSERT(behind.verdict(act.id)->verdict != Verdict::applied);
    }
  }));
}
