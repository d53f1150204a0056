// A person: a small graph of devices that enrol devices, under offline recovery words (DESIGN D5).
//
// What an initiative knows of a person comes from Present acts: copies of the person's founding, enrol and
// remove-device operations. The copies prove themselves: each is signed by a device that an earlier copy brought, and
// the first one's id is the person. So these facts hold whoever passes them on, and facts from several presents are
// simply united. Which devices work is then computed from the united facts:
//   1. A device removed under recovery words is gone, and with it every enrolment and removal it made without words,
//      unless the removal's cut names that act (or something later that is among the copies).
//   2. A device removed by another device of the person is gone; what the removed one did stands, except what has the
//      removal in its own past.
//   3. What would leave the person without a device has no effect. Removals under words go first, then by id.
// Pure functions of their arguments, any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/access/acts.hpp"

namespace kiem {

struct PersonFacts {
  struct Enrolment {
    OpId op;
    DeviceId device;
    Certificate certificate;
    std::optional<DeviceId> by;  // none: the founding device, or one enrolled under recovery words
    std::vector<OpId> parents;   // prev and access heads in the person's own space
    bool operator==(const Enrolment&) const = default;
  };
  struct Removal {
    OpId op;
    DeviceId device;
    DeviceId by;
    bool recovered = false;
    std::vector<OpId> kept;  // heads that its cut accepts in the person's access circle
    std::vector<OpId> parents;
    bool operator==(const Removal&) const = default;
  };
  PersonId person;
  VerifyKey recovery;
  std::vector<Enrolment> enrolments;  // ascending by op
  std::vector<Removal> removals;      // ascending by op
  bool operator==(const PersonFacts&) const = default;
};

// Checks every copy: canonical, whole bones, in the person's access circle, signed by a device known from the copies
// before it, the new device's agreement, recovery signatures. Fails with not_canonical (also for a list out of order),
// wrong_signature, or wrong_author, all a peer's fault. Kinds other than the three are ignored.
[[nodiscard]] Result<PersonFacts> verify_present(std::span<const Bytes> copies);

// The founding operation of a person as facts, from its own header and act: for that person's own space.
[[nodiscard]] PersonFacts facts_of_founding(const OpId& id, const act::FoundingOfPerson& founding);

// Unites facts about one person; a broken promise when the persons differ.
void unite(PersonFacts& all, const PersonFacts& more);

// The devices that are not removed, ascending.
[[nodiscard]] std::vector<DeviceId> working_devices(const PersonFacts& facts);

// An operation as a copy for a present: without flesh.
[[nodiscard]] Bytes copy_for_present(const UnverifiedOperation& operation);

}  // namespace kiem
