// The fields of core/views/models.hpp as they travel on the control socket. Shared by sync/control's codecs and tests.
#pragma once

#include "core/views/models.hpp"
#include "sync/control/codec.hpp"

namespace kiem::control {

template <>
struct Last<TaskState> {
  static constexpr auto kValue = TaskState::cancelled;
};
template <>
struct Last<ClaimState> {
  static constexpr auto kValue = ClaimState::provisional;
};
template <>
struct Last<ClaimReason> {
  static constexpr auto kValue = ClaimReason::confirm_again;
};
template <>
struct Last<Role> {
  static constexpr auto kValue = Role::coordinator;
};
template <>
struct Last<Standing> {
  static constexpr auto kValue = Standing::parked;
};
template <>
struct Last<PeerFault> {
  static constexpr auto kValue = PeerFault::excess;
};
template <>
struct Last<LogKind> {
  static constexpr auto kValue = LogKind::other;
};

template <>
struct Fields<Missing> {
  static constexpr auto of(auto& v) { return std::tie(v.rows, v.details); }
};
template <>
struct Fields<ClaimExplanation> {
  static constexpr auto of(auto& v) { return std::tie(v.code, v.number); }
};
template <>
struct Fields<PersonRef> {
  static constexpr auto of(auto& v) { return std::tie(v.id, v.name); }
};
template <>
struct Fields<ClaimRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.person, v.state, v.position, v.reason, v.count, v.confirmed, v.entered_by, v.mine);
  }
};
template <>
struct Fields<TaskCard> {
  static constexpr auto of(auto& v) {
    return std::tie(v.id, v.initiative, v.title, v.state, v.seats, v.free, v.date, v.before, v.start, v.end, v.place,
                    v.place_title, v.note, v.roles, v.cancel_reason, v.confirmed, v.waiting, v.provisional,
                    v.overbooked, v.in_conflict, v.mine);
  }
};
template <>
struct Fields<Label> {
  static constexpr auto of(auto& v) { return std::tie(v.key, v.nl, v.en); }
};
template <>
struct Fields<FieldWords> {
  static constexpr auto of(auto& v) { return std::tie(v.label, v.type, v.choices); }
};
template <>
struct Fields<ConflictRow::Side> {
  static constexpr auto of(auto& v) { return std::tie(v.person, v.claimed, v.value, v.shown); }
};
template <>
struct Fields<ConflictRow> {
  static constexpr auto of(auto& v) { return std::tie(v.field, v.sides, v.words); }
};
template <>
struct Fields<Spread> {
  static constexpr auto of(auto& v) { return std::tie(v.on, v.of); }
};
template <>
struct Fields<TaskDetail> {
  static constexpr auto of(auto& v) {
    return std::tie(v.card, v.claims, v.conflicts, v.added_by, v.assigner, v.mine_on, v.missing);
  }
};
template <>
struct Fields<PlaceRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.id, v.initiative, v.title, v.kind, v.area, v.text, v.meeting_point, v.open_tasks);
  }
};
template <>
struct Fields<PersonRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.person, v.role, v.card, v.me, v.on_probation, v.role_text, v.talents, v.languages, v.works_with);
  }
};
template <>
struct Fields<Routes> {
  static constexpr auto of(auto& v) { return std::tie(v.ipv4, v.ipv6, v.dns_sd); }
};
template <>
struct Fields<Arriving> {
  static constexpr auto of(auto& v) { return std::tie(v.came, v.of); }
};
template <>
struct Fields<InitiativeRow::Meeting::Misdeed> {
  static constexpr auto of(auto& v) { return std::tie(v.fault, v.times, v.last); }
};
template <>
struct Fields<InitiativeRow::Meeting> {
  static constexpr auto of(auto& v) {
    return std::tie(v.person, v.device, v.when, v.works, v.lacks, v.misdeeds, v.clock_ahead_s);
  }
};
template <>
struct Fields<InitiativeRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.id, v.name, v.practice, v.my_role, v.members, v.open_tasks, v.operations, v.only_here, v.laptops,
                    v.waiting, v.meetings, v.older, v.due);
  }
};
template <>
struct Fields<LogChange> {
  static constexpr auto of(auto& v) { return std::tie(v.field, v.before, v.after, v.words); }
};
template <>
struct Fields<LogRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.act, v.kind, v.person, v.about, v.claimed, v.time_doubtful, v.record, v.title, v.erased,
                    v.records, v.changes, v.standing, v.words);
  }
};

}  // namespace kiem::control
