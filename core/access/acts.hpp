// The acts of membership: canonical CBOR in Mutation.authority of operations in the access circle (DESIGN D5;
// FORMAT.md section 14). Each kind has a number that is never used for anything else, nor given back.
//
// An act says what its author did; whether it counts is core/access/membership.hpp's to say. All authority stands in
// these bytes, inside the operation's signature; the signatures that an act itself carries are made and checked in
// core/access/proofs.hpp.
// Plain values, any thread. decode_act never fails for want of knowledge: a kind, must key, or suite of a later version
// becomes an UnknownAct with its bytes. Bytes that are not canonical or break a bound are not_canonical or too_large, a
// peer's fault; encoding a struct that breaks a bound is a broken promise of ours. encode(decode(bytes)) == bytes.
#pragma once

#include <variant>

#include "core/access/cut_acts.hpp"
#include "core/access/device_acts.hpp"
#include "core/access/member_acts.hpp"
#include "core/access/schema_acts.hpp"

namespace kiem {

using ActBody =
    std::variant<act::FoundingOfSpace, act::FoundingOfPerson, act::EnrolDevice, act::RemoveDevice, act::NewPrekey,
                 act::Present, act::Invite, act::Admit, act::ConfirmMember, act::GrantMandate, act::Promote,
                 act::EndMandate, act::Demote, act::RemovePerson, act::Leave, act::Fold, act::Raise, act::Cut,
                 act::Sign, act::Seal, act::ForkContinue, act::ExtendSchema, act::UnknownAct>;

struct Act {
  ActBody body;
  std::vector<UnknownField> unknown;  // empty beside an UnknownAct
  bool operator==(const Act&) const = default;
};

// [kind, {fields}]. At most kMaxOperationBytes, as the operation around it.
[[nodiscard]] Bytes encode(const Act& act);
[[nodiscard]] Result<Act> decode_act(ByteView bytes);
[[nodiscard]] Number kind_of(const Act& act);
// Whether this version knows the kind at all (a raise of an unknown one makes authority wait, rule 9).
[[nodiscard]] bool is_known_kind(Number kind);

}  // namespace kiem
