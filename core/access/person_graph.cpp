#include "core/access/person_graph.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/access/proofs.hpp"
#include "core/base/check.hpp"
#include "core/oplog/spaces.hpp"

namespace kiem {
namespace {

tl::unexpected<Error> refuse(const char* what) { return fail(ErrorCode::not_canonical, Fault::peer, {"0", what}); }

struct Copy {
  OpId id;
  Header header;
  std::vector<Act> acts;
  Signature signature;

  [[nodiscard]] ActPosition position() const { return {header.space, header.device, header.prev, header.seq}; }
  [[nodiscard]] std::vector<OpId> parents() const {
    auto parents = header.access_heads;
    if (!header.prev.is_zero()) parents.push_back(header.prev);
    return parents;
  }
};

Result<Copy> read_copy(ByteView bytes) {
  KIEM_TRY_GET(const auto operation, decode_operation(bytes));
  KIEM_TRY_GET(Header header, decode_header(operation.header));
  if (is_unknown(header)) return refuse("a copy of this version");
  KIEM_TRY_GET(const Bones bones, decode_bones(operation.bones));
  KIEM_TRY(check_whole(operation, header, bones));
  if (!operation.signature) return refuse("a signed copy");
  Copy copy{op_id(operation.header), std::move(header), {}, *operation.signature};
  for (const auto& mutation : bones.mutations) {
    if (mutation.authority.empty()) continue;
    KIEM_TRY_GET(Act act, decode_act(mutation.authority));
    copy.acts.push_back(std::move(act));
  }
  return copy;
}

// Reads copies one by one, each against what those before it proved.
class Presenter {
 public:
  Status take(const Copy& copy) {
    if (facts_.enrolments.empty()) return take_founding(copy);
    if (copy.header.space != space_ || copy.header.circle != circle_id(space_, 0)) return refuse("the same person");
    KIEM_TRY(check_author(copy));
    for (const auto& act : copy.acts) {
      if (const auto* enrol = std::get_if<act::EnrolDevice>(&act.body)) KIEM_TRY(take_enrolment(copy, act, *enrol));
      if (const auto* removal = std::get_if<act::RemoveDevice>(&act.body)) {
        KIEM_TRY(take_removal(copy, act, *removal));
      }
    }
    return {};
  }

  Result<PersonFacts> finish() {
    if (facts_.enrolments.empty()) return refuse("a founding act");
    PersonFacts sorted;
    sorted.person = facts_.person;
    sorted.recovery = facts_.recovery;
    unite(sorted, facts_);
    return sorted;
  }

 private:
  Status take_founding(const Copy& copy) {
    if (!copy.header.space.is_zero() || copy.acts.size() != 1) return refuse("a founding act");
    const auto* founding = std::get_if<act::FoundingOfPerson>(&copy.acts.front().body);
    if (founding == nullptr) return refuse("a founding act");
    if (device_id(founding->certificate) != copy.header.device) {
      return fail(ErrorCode::wrong_author, Fault::peer);
    }
    KIEM_TRY(check_signature(founding->certificate, copy));
    facts_ = facts_of_founding(copy.id, *founding);
    space_ = space_of(copy.id);
    return {};
  }

  // The copy is signed by a device the person has already, or by one that enrols itself in this very copy.
  Status check_author(const Copy& copy) const {
    if (const Certificate* known = certificate_of(copy.header.device)) return check_signature(*known, copy);
    for (const auto& act : copy.acts) {
      const auto* enrol = std::get_if<act::EnrolDevice>(&act.body);
      if (enrol != nullptr && device_id(enrol->certificate) == copy.header.device) {
        return check_signature(enrol->certificate, copy);
      }
    }
    return fail(ErrorCode::wrong_author, Fault::peer);
  }

  Status take_enrolment(const Copy& copy, const Act& act, const act::EnrolDevice& enrol) {
    const DeviceId device = device_id(enrol.certificate);
    const bool by_itself = device == copy.header.device;
    if (by_itself && !is_recovered(facts_.recovery, RecoveryOf::person, copy.position(), act)) {
      return fail(ErrorCode::wrong_signature, Fault::peer);
    }
    std::optional<DeviceId> by;
    if (!by_itself) by = copy.header.device;
    if (enrol.certificate.enrolling != by) return fail(ErrorCode::wrong_author, Fault::peer);
    if (!agrees_to_enrolment(enrol.certificate.signing, facts_.person, enrol.proof)) {
      return fail(ErrorCode::wrong_signature, Fault::peer);
    }
    facts_.enrolments.push_back({copy.id, device, enrol.certificate, by, copy.parents()});
    return {};
  }

  Status take_removal(const Copy& copy, const Act& act, const act::RemoveDevice& removal) {
    const bool recovered = is_recovered(facts_.recovery, RecoveryOf::person, copy.position(), act);
    if (removal.recovery && !recovered) return fail(ErrorCode::wrong_signature, Fault::peer);
    std::vector<OpId> kept;
    for (const auto& circle : removal.cut) {
      if (circle.circle == circle_id(space_, 0)) kept = circle.heads;
    }
    facts_.removals.push_back(
        {copy.id, removal.device, copy.header.device, recovered, std::move(kept), copy.parents()});
    return {};
  }

  static Status check_signature(const Certificate& certificate, const Copy& copy) {
    if (verify(certificate.signing, kTagSignature, signed_message(copy.header.suite, copy.id), copy.signature)) {
      return {};
    }
    return fail(ErrorCode::wrong_signature, Fault::peer);
  }

  [[nodiscard]] const Certificate* certificate_of(const DeviceId& device) const {
    for (const auto& enrolment : facts_.enrolments) {
      if (enrolment.device == device) return &enrolment.certificate;
    }
    return nullptr;
  }

  PersonFacts facts_;
  SpaceId space_;
};

// What each fact has in its past, as far as the copies tell.
class Past {
 public:
  explicit Past(const PersonFacts& facts) {
    for (const auto& enrolment : facts.enrolments) parents_[enrolment.op] = &enrolment.parents;
    for (const auto& removal : facts.removals) parents_[removal.op] = &removal.parents;
  }
  [[nodiscard]] bool has(const OpId& later, const OpId& earlier) const {
    std::set<OpId> met;
    std::vector<OpId> open{later};
    while (!open.empty()) {
      const OpId next = open.back();
      open.pop_back();
      const auto found = parents_.find(next);
      if (found == parents_.end()) continue;
      for (const auto& parent : *found->second) {
        if (parent == earlier) return true;
        if (met.insert(parent).second) open.push_back(parent);
      }
    }
    return false;
  }

 private:
  std::map<OpId, const std::vector<OpId>*> parents_;
};

class Devices {
 public:
  explicit Devices(const PersonFacts& facts) : facts_(facts), past_(facts) {}

  std::vector<DeviceId> working() {
    for (const bool recovered : {true, false}) {
      for (const auto& removal : facts_.removals) {
        if (removal.recovered != recovered || (!recovered && has_fallen(removal.op, removal.by))) continue;
        effective_.push_back(&removal);
        if (standing().empty()) effective_.pop_back();
      }
    }
    const auto left = standing();
    return {left.begin(), left.end()};
  }

 private:
  [[nodiscard]] bool is_removed(const DeviceId& device) const {
    return std::any_of(effective_.begin(), effective_.end(),
                       [&](const auto* removal) { return removal->device == device; });
  }

  // Whether an act falls with, or after, the removal of the device that made it.
  [[nodiscard]] bool has_fallen(const OpId& op, const std::optional<DeviceId>& by) const {
    return std::any_of(effective_.begin(), effective_.end(), [&](const auto* removal) {
      if (by != removal->device) return false;
      if (past_.has(op, removal->op)) return true;
      if (!removal->recovered) return false;
      return std::none_of(removal->kept.begin(), removal->kept.end(),
                          [&](const OpId& head) { return head == op || past_.has(head, op); });
    });
  }

  // A device stands while its enrolment does and its enroller once stood: what falls takes along what it enrolled.
  [[nodiscard]] std::set<DeviceId> standing() const {
    std::set<DeviceId> brought;
    for (bool grew = true; grew;) {
      grew = false;
      for (const auto& enrolment : facts_.enrolments) {
        if (enrolment.by && !brought.contains(*enrolment.by)) continue;
        if (!has_fallen(enrolment.op, enrolment.by)) grew = brought.insert(enrolment.device).second || grew;
      }
    }
    std::set<DeviceId> left;
    for (const auto& device : brought) {
      if (!is_removed(device)) left.insert(device);
    }
    return left;
  }

  const PersonFacts& facts_;
  Past past_;
  std::vector<const PersonFacts::Removal*> effective_;
};

template <class Fact>
void merge_by_op(std::vector<Fact>& all, const std::vector<Fact>& more) {
  const auto by_op = [](const Fact& a, const Fact& b) { return std::tie(a.op, a.device) < std::tie(b.op, b.device); };
  all.insert(all.end(), more.begin(), more.end());
  std::sort(all.begin(), all.end(), by_op);
  // One operation tells one fact about a device, whoever copied it.
  all.erase(std::unique(all.begin(), all.end(), [&](const Fact& a, const Fact& b) { return !by_op(a, b); }), all.end());
}

}  // namespace

Result<PersonFacts> verify_present(std::span<const Bytes> copies) {
  Presenter presenter;
  for (const auto& bytes : copies) {
    KIEM_TRY_GET(const Copy copy, read_copy(bytes));
    KIEM_TRY(presenter.take(copy));
  }
  return presenter.finish();
}

PersonFacts facts_of_founding(const OpId& id, const act::FoundingOfPerson& founding) {
  PersonFacts facts;
  facts.person = person_of(id);
  facts.recovery = founding.recovery;
  facts.enrolments.push_back({id, device_id(founding.certificate), founding.certificate, std::nullopt, {}});
  return facts;
}

void unite(PersonFacts& all, const PersonFacts& more) {
  KIEM_CHECK(all.person == more.person);
  merge_by_op(all.enrolments, more.enrolments);
  merge_by_op(all.removals, more.removals);
}

std::vector<DeviceId> working_devices(const PersonFacts& facts) { return Devices(facts).working(); }

Bytes copy_for_present(const UnverifiedOperation& operation) {
  UnverifiedOperation copy = operation;
  std::fill(copy.parts.begin(), copy.parts.end(), std::nullopt);
  return encode(copy);
}

}  // namespace kiem
