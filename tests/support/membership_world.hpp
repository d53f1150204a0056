// A space for tests of membership: people with devices and recovery words, laptops that know part of the acts, and
// operations as real signed bytes. Whoever writes cites exactly what the laptop knows; laptops that meet unite.
//
// Keys come from one seed, so the same calls give the same ids. Header only: unit tests and laws share it.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/access/membership.hpp"
#include "core/access/proofs.hpp"
#include "core/base/check.hpp"
#include "core/oplog/spaces.hpp"
#include "core/schema/first.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {

struct TestDevice {
  SigningKey key;
  Certificate certificate;
  DeviceId id;
};

struct TestPerson {
  PersonId id;
  SigningKey words;
  std::vector<TestDevice> devices;
  std::vector<Bytes> copies;  // for a present
  std::uint64_t own_seq = 0;  // of the first device in the person's own space
  OpId own_prev;
};

// What one laptop knows of the graph. A copy of a Laptop is a cloned disk.
struct Laptop {
  std::size_t person = 0;
  std::size_t device = 0;
  std::set<OpId> known;
  OpId last;  // of its own chain
  std::uint64_t next_seq = 0;
};

[[nodiscard]] inline Act act_of(ActBody body) { return Act{std::move(body), {}}; }

class MembershipWorld {
 public:
  explicit MembershipWorld(std::uint64_t seed = 1) : rng_(seed) {}

  SeededRng& rng() { return rng_; }
  TestPerson& person(std::size_t index) { return people_[index]; }
  [[nodiscard]] const PersonId& id(std::size_t index) const { return people_[index].id; }
  [[nodiscard]] const DeviceId& device_of(const Laptop& laptop) const {
    return people_[laptop.person].devices[laptop.device].id;
  }
  [[nodiscard]] const SpaceId& space() const { return space_; }
  [[nodiscard]] const SigningKey& space_words() const { return space_words_; }
  [[nodiscard]] CircleId circle(std::uint32_t number) const { return circle_id(space_, number); }
  [[nodiscard]] const std::vector<AuthorityNode>& nodes() const { return nodes_; }

  TestDevice make_device(std::optional<DeviceId> enrolling = std::nullopt) {
    TestDevice device;
    device.key = SigningKey::generate(rng_);
    device.certificate.signing = device.key.verify_key();
    rng_.fill(device.certificate.transport.bytes);
    rng_.fill(device.certificate.prekeys.emplace_back().bytes);
    device.certificate.enrolling = enrolling;
    device.id = device_id(device.certificate);
    return device;
  }

  // A person with one device, not yet in the space.
  std::size_t add_person() {
    TestPerson person;
    person.words = SigningKey::generate(rng_);
    person.devices.push_back(make_device());
    act::FoundingOfPerson founding;
    founding.recovery = person.words.verify_key();
    founding.certificate = person.devices[0].certificate;
    rng_.fill(founding.nonce);
    const auto operation = sign(person.devices[0], {}, {}, {}, 0, {}, {act_of(founding)});
    person.own_prev = op_id(operation.header);
    person.own_seq = 1;
    person.id = person_of(person.own_prev);
    person.copies.push_back(copy_for_present(operation));
    people_.push_back(std::move(person));
    return people_.size() - 1;
  }

  // An operation of the person's own space, by its first device; added to the copies.
  OpId write_own(std::size_t index, const std::vector<Act>& acts) {
    TestPerson& person = people_[index];
    const SpaceId own = same_bytes<SpaceId>(person.id);
    const auto operation = sign(person.devices[0], own, circle_id(own, 0), person.own_prev, person.own_seq, {}, acts);
    person.own_prev = op_id(operation.header);
    ++person.own_seq;
    person.copies.push_back(copy_for_present(operation));
    return person.own_prev;
  }

  // A second device, enrolled by the first. Its index among the person's devices.
  std::size_t enrol(std::size_t index) {
    TestDevice device = make_device(people_[index].devices[0].id);
    act::EnrolDevice enrol;
    enrol.certificate = device.certificate;
    enrol.proof = prove_enrolment(device.key, people_[index].id);
    (void)write_own(index, {act_of(enrol)});
    people_[index].devices.push_back(std::move(device));
    return people_[index].devices.size() - 1;
  }

  // A device that enrols itself under the person's recovery words.
  std::size_t enrol_by_words(std::size_t index) {
    TestPerson& person = people_[index];
    TestDevice device = make_device();
    act::EnrolDevice enrol;
    enrol.certificate = device.certificate;
    enrol.proof = prove_enrolment(device.key, person.id);
    const SpaceId own = same_bytes<SpaceId>(person.id);
    enrol.recovery = recover(person.words, RecoveryOf::person, {own, device.id, {}, 0}, act_of(enrol));
    const auto operation = sign(device, own, circle_id(own, 0), {}, 0, {person.own_prev}, {act_of(enrol)});
    person.copies.push_back(copy_for_present(operation));
    person.devices.push_back(std::move(device));
    return person.devices.size() - 1;
  }

  // The founding act of the space, by person 0 (added when there is none).
  Laptop found() {
    if (people_.empty()) (void)add_person();
    space_words_ = SigningKey::generate(rng_);
    act::FoundingOfSpace founding;
    founding.practice = true;
    founding.recovery = space_words_.verify_key();
    rng_.fill(founding.nonce);
    founding.present = people_[0].copies;
    const auto operation = sign(people_[0].devices[0], {}, {}, {}, 0, {}, {act_of(founding)});
    const OpId id = take(operation);
    space_ = space_of(id);
    return {0, 0, {id}, id, 1};
  }

  // A laptop of this person that knows what `from` knows.
  Laptop laptop(std::size_t person, const Laptop& from, std::size_t device = 0) const {
    return {person, device, from.known, {}, 0};
  }

  static void meet(Laptop& a, Laptop& b) {
    a.known.insert(b.known.begin(), b.known.end());
    b.known = a.known;
  }

  [[nodiscard]] ActPosition position(const Laptop& laptop) const {
    return {space_, device_of(laptop), laptop.last, laptop.next_seq};
  }

  OpId write(Laptop& laptop, const std::vector<Act>& acts) { return write_at(laptop, tips(laptop.known), acts); }
  OpId write(Laptop& laptop, ActBody body) { return write(laptop, std::vector<Act>{act_of(std::move(body))}); }
  OpId write_at(Laptop& laptop, std::vector<OpId> heads, const std::vector<Act>& acts) {
    std::erase(heads, laptop.last);  // prev says it already
    const auto operation = sign(people_[laptop.person].devices[laptop.device], space_, circle(0), laptop.last,
                                laptop.next_seq, heads, acts);
    laptop.last = take(operation);
    ++laptop.next_seq;
    laptop.known.insert(laptop.last);
    return laptop.last;
  }

  // Forgets all nodes from the given number on.
  void rewind(std::size_t size) {
    for (std::size_t i = size; i < nodes_.size(); ++i) index_.erase(nodes_[i].id);
    nodes_.resize(size);
  }

  // --- acts ---
  [[nodiscard]] Act with_words(const Laptop& laptop, Act act) const {
    return with_recovery(people_[laptop.person].words, RecoveryOf::person, laptop, std::move(act));
  }
  [[nodiscard]] Act with_space_words(const Laptop& laptop, Act act) const {
    return with_recovery(space_words_, RecoveryOf::space, laptop, std::move(act));
  }
  [[nodiscard]] Act with_recovery(const SigningKey& words, RecoveryOf of, const Laptop& laptop, Act act) const {
    std::visit(
        [&](auto& body) {
          if constexpr (requires { body.recovery->signature; }) {
            body.recovery = recover(words, of, position(laptop), Act{body, act.unknown});
          }
        },
        act.body);
    return act;
  }

  OpId invite(Laptop& laptop, Role role = Role::volunteer) {
    const SigningKey secret = SigningKey::generate(rng_);
    const OpId id = write(laptop, act::Invite{secret.verify_key(), static_cast<Number>(role)});
    secrets_.emplace(id, SigningKey::from_seed(secret.seed().view()));
    roles_[id] = role;
    return id;
  }

  [[nodiscard]] act::Admit admission(const OpId& invitation, std::size_t joiner, std::size_t device = 0) {
    const TestPerson& person = people_[joiner];
    act::Admit admit;
    admit.person = person.id;
    admit.device = person.devices[device].id;
    admit.role = static_cast<Number>(roles_.at(invitation));
    admit.invitation = invitation;
    rng_.fill(admit.challenge.emplace().bytes);
    admit.proof = prove_invitation(secrets_.at(invitation), space_, admit.device, *admit.challenge);
    admit.consent =
        give_consent(person.devices[device].key, space_, invitation, admit.person, admit.device, *admit.challenge);
    admit.present = person.copies;
    return admit;
  }
  OpId admit(Laptop& laptop, const OpId& invitation, std::size_t joiner) {
    return write(laptop, admission(invitation, joiner));
  }
  // By a coordinator, without an invitation.
  OpId readmit(Laptop& laptop, std::size_t joiner) {
    act::Admit admit;
    admit.person = people_[joiner].id;
    admit.device = people_[joiner].devices[0].id;
    admit.role = static_cast<Number>(Role::volunteer);
    admit.present = people_[joiner].copies;
    return write(laptop, admit);
  }
  OpId confirm(Laptop& laptop, std::size_t person) { return write(laptop, act::ConfirmMember{people_[person].id}); }
  OpId promote(Laptop& laptop, std::size_t person) {
    return write(laptop, act::Promote{people_[person].id, std::nullopt});
  }
  OpId promote_with_words(Laptop& laptop, std::size_t person) {
    return write(laptop, {with_words(laptop, act_of(act::Promote{people_[person].id, std::nullopt}))});
  }
  OpId sign(Laptop& laptop, const OpId& proposal) {
    return write(laptop, act::Sign{same_bytes<Hash32>(proposal), static_cast<Number>(Capacity::coordinator), {}});
  }
  OpId sign_with_words(Laptop& laptop, const OpId& proposal) {
    return write(
        laptop,
        {with_words(laptop,
                    act_of(act::Sign{same_bytes<Hash32>(proposal), static_cast<Number>(Capacity::coordinator), {}}))});
  }
  OpId remove(Laptop& laptop, std::size_t person, CutHeads cut = {}) {
    return write(laptop, act::RemovePerson{people_[person].id, std::move(cut), std::nullopt});
  }
  OpId demote(Laptop& laptop, std::size_t person) {
    return write(laptop, act::Demote{people_[person].id, {}, std::nullopt});
  }
  OpId leave(Laptop& laptop) { return write(laptop, act::Leave{{}}); }

  // The heads of the access circle as a cut.
  [[nodiscard]] CutHeads cut(std::vector<OpId> heads, std::uint32_t number = 0) const {
    std::sort(heads.begin(), heads.end());
    return {{circle(number), std::move(heads), {}}};
  }

  // Admitted by a coordinator's laptop, confirmed too; the newcomer's laptop.
  Laptop join(Laptop& coordinator, std::size_t person) {
    (void)admit(coordinator, invite(coordinator), person);
    (void)confirm(coordinator, person);
    return laptop(person, coordinator);
  }
  // join(), then promoted with the coordinator's recovery words.
  Laptop join_as_coordinator(Laptop& coordinator, std::size_t person) {
    (void)join(coordinator, person);
    (void)promote_with_words(coordinator, person);
    return laptop(person, coordinator);
  }

  // --- results ---
  [[nodiscard]] std::vector<AuthorityNode> known_to(const Laptop& laptop) const {
    std::vector<AuthorityNode> nodes;
    for (const auto& node : nodes_) {
      if (laptop.known.contains(node.id)) nodes.push_back(node);
    }
    return nodes;
  }
  [[nodiscard]] Membership membership(const Laptop& laptop) const { return evaluate(space_, known_to(laptop)); }
  [[nodiscard]] Membership membership() const { return evaluate(space_, nodes_); }

  [[nodiscard]] std::vector<OpId> tips(const std::set<OpId>& known) const {
    std::set<OpId> tips = known;
    for (const auto& id : known) {
      const AuthorityNode& node = nodes_[index_.at(id)];
      tips.erase(node.prev);
      for (const auto& head : node.access_heads) tips.erase(head);
    }
    return {tips.begin(), tips.end()};
  }

  // The operation as signed bytes, for tests of copies.
  UnverifiedOperation sign(const TestDevice& device, const SpaceId& space, const CircleId& circle, const OpId& prev,
                           std::uint64_t seq, std::vector<OpId> heads, const std::vector<Act>& acts) {
    Bones bones;
    bones.schema = kSchemaNumber;
    rng_.fill(bones.act.bytes);
    for (const auto& act : acts) {
      Mutation mutation;
      mutation.collection.number = collection::kAccess;
      mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
      mutation.authority = encode(act);
      bones.mutations.push_back(std::move(mutation));
    }
    UnverifiedOperation operation;
    operation.bones = encode(bones);
    Header header;
    header.space = space;
    header.circle = circle;
    header.device = device.id;
    header.prev = prev;
    header.seq = seq;
    std::sort(heads.begin(), heads.end());
    header.access_heads = std::move(heads);
    header.bones_hash = bones_hash(operation.bones);
    header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
    operation.header = encode(header);
    operation.signature = device.key.sign(kTagSignature, signed_message(header.suite, op_id(operation.header)));
    return operation;
  }

 private:
  OpId take(const UnverifiedOperation& operation) {
    const OpId id = op_id(operation.header);
    const auto header = decode_header(operation.header);
    const auto bones = decode_bones(operation.bones);
    KIEM_CHECK(header && bones);
    const auto node = authority_node(id, *header, *bones);
    KIEM_CHECK(node.has_value());
    index_[id] = nodes_.size();
    nodes_.push_back(*node);
    return id;
  }

  SeededRng rng_;
  std::vector<TestPerson> people_;
  SpaceId space_;
  SigningKey space_words_;
  std::vector<AuthorityNode> nodes_;
  std::map<OpId, std::size_t> index_;
  std::map<OpId, SigningKey> secrets_;
  std::map<OpId, Role> roles_;
};

}  // namespace kiem::test
