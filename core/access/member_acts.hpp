// Acts by which people come, get rights and go (FORMAT.md section 14.4). See acts.hpp. Plain values, any thread.
#pragma once

#include "core/access/act_pieces.hpp"
#include "core/oplog/standing.hpp"

namespace kiem::act {

struct Invite {
  static constexpr ActKind kKind = ActKind::invite;
  VerifyKey key;    // the public half of the code's secret
  Number role = 0;  // a Role
  bool operator==(const Invite&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, key);
    io.need(1, role);
  }
};

// With an invitation: proof, consent and challenge are there. Without one it is a coordinator's own act.
struct Admit {
  static constexpr ActKind kKind = ActKind::admit;
  PersonId person;
  DeviceId device;  // the joiner's
  Number role = 0;
  std::optional<OpId> invitation;
  std::optional<Hash32> challenge;   // fresh, by the admitting device
  std::optional<Signature> proof;    // the invitation key's, over space, joiner's device and challenge
  std::optional<Signature> consent;  // the joiner's device's, over space, invitation, person, device and challenge
  std::vector<Bytes> present;        // the joiner's; may be empty when it is in the graph already
  bool operator==(const Admit&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, person);
    io.need(1, device);
    io.need(2, role);
    io.maybe(3, invitation);
    io.maybe(4, challenge);
    io.maybe(5, proof);
    io.maybe(6, consent);
    io.list(7, present, 0, kMaxPresentCopies);
  }
};

struct ConfirmMember {
  static constexpr ActKind kKind = ActKind::confirm_member;
  PersonId person;
  bool operator==(const ConfirmMember&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, person);
  }
};

// A named role (every one but coordinator, which is Promote), or verbs in a scope. The dates are told to people; no
// clock ends a mandate, an end_mandate act does.
struct GrantMandate {
  static constexpr ActKind kKind = ActKind::grant_mandate;
  PrincipalId principal;
  std::optional<Number> role;
  std::vector<Number> verbs;    // ascending; numbers of the schema
  std::vector<RecordId> scope;  // ascending; empty = the whole space
  std::optional<std::int32_t> from, ending;
  bool operator==(const GrantMandate&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, principal);
    io.maybe(1, role);
    io.set(2, verbs, 0, kMaxMandateVerbs);
    io.set(3, scope, 0, kMaxMandateScope);
    io.maybe(4, from);
    io.maybe(5, ending);
  }
};

// Makes a coordinator. The further signatures are Sign acts, each on its signer's own chain.
struct Promote {
  static constexpr ActKind kKind = ActKind::promote;
  PersonId person;
  std::optional<Recovery> recovery;
  bool operator==(const Promote&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, person);
    io.maybe(1, recovery);
  }
};

// Ends a role or mandate: the act numbered `act` (a GrantMandate or the role in an Admit) of operation `grant`.
struct EndMandate {
  static constexpr ActKind kKind = ActKind::end_mandate;
  OpId grant;
  Number act = 0;
  bool operator==(const EndMandate&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, grant);
    io.need(1, act);
  }
};

struct Demote {
  static constexpr ActKind kKind = ActKind::demote;
  PersonId person;
  CutHeads cut;
  std::optional<Recovery> recovery;
  bool operator==(const Demote&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, person);
    io.set(1, cut, 0, kMaxCutCircles);
    io.maybe(2, recovery);
  }
};

struct RemovePerson {
  static constexpr ActKind kKind = ActKind::remove_person;
  PersonId person;
  CutHeads cut;
  std::optional<Recovery> recovery;
  bool operator==(const RemovePerson&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, person);
    io.set(1, cut, 0, kMaxCutCircles);
    io.maybe(2, recovery);
  }
};

struct Leave {
  static constexpr ActKind kKind = ActKind::leave;
  CutHeads cut;
  bool operator==(const Leave&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.set(0, cut, 0, kMaxCutCircles);
  }
};

// Announces a kind of authority act that older versions do not know (rule 9).
struct Raise {
  static constexpr ActKind kKind = ActKind::raise;
  Number kind = 0;
  std::optional<Recovery> recovery;
  bool operator==(const Raise&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, kind);
    io.maybe(1, recovery);
  }
};

}  // namespace kiem::act
