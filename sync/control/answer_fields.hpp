// The fields of what is answered as they travel on the control socket. Shared by sync/control's codecs and tests.
#pragma once

#include "sync/control/model_fields.hpp"
#include "sync/control/node_requests.hpp"
#include "sync/control/record_fields.hpp"

namespace kiem::control {

template <>
struct Last<ImportAnswer::Kind> {
  static constexpr auto kValue = ImportAnswer::Kind::people;
};
template <>
struct Last<ImportAnswer::LeftOut::Why> {
  static constexpr auto kValue = ImportAnswer::LeftOut::Why::repeated;
};
template <>
struct Last<Fault> {
  static constexpr auto kValue = Fault::damage;
};
template <>
struct Last<ErrorCode> {
  static constexpr auto kValue = ErrorCode::missing_input;
};

template <>
struct Fields<Error> {
  static constexpr auto of(auto& v) { return std::tie(v.code, v.fault, v.args); }
};
template <>
struct Fields<InitiativeCreated> {
  static constexpr auto of(auto& v) { return std::tie(v.id, v.name, v.recovery_words); }
};
template <>
struct Fields<PlaceAdded> {
  static constexpr auto of(auto& v) { return std::tie(v.id, v.title); }
};
template <>
struct Fields<TaskAdded> {
  static constexpr auto of(auto& v) { return std::tie(v.id, v.title); }
};
template <>
struct Fields<TaskChanged> {
  static constexpr auto of(auto& v) { return std::tie(v.task, v.changes); }
};
template <>
struct Fields<ClaimAnswer> {
  static constexpr auto of(auto& v) { return std::tie(v.task, v.claim); }
};
template <>
struct Fields<ImportAnswer::LeftOut> {
  static constexpr auto of(auto& v) { return std::tie(v.column, v.why); }
};
template <>
struct Fields<ImportAnswer::Problem> {
  static constexpr auto of(auto& v) { return std::tie(v.row, v.column, v.found, v.expected); }
};
template <>
struct Fields<ImportAnswer> {
  static constexpr auto of(auto& v) {
    return std::tie(v.kind, v.dry_run, v.added, v.already, v.titles, v.left_out, v.problems);
  }
};
template <>
struct Fields<Places> {
  static constexpr auto of(auto& v) { return std::tie(v.places, v.missing); }
};
template <>
struct Fields<PlaceDetail> {
  static constexpr auto of(auto& v) { return std::tie(v.place, v.tasks, v.missing); }
};
template <>
struct Fields<Tasks> {
  static constexpr auto of(auto& v) { return std::tie(v.tasks, v.complete, v.missing); }
};
template <>
struct Fields<People> {
  static constexpr auto of(auto& v) { return std::tie(v.people, v.missing); }
};
template <>
struct Fields<LogAnswer> {
  static constexpr auto of(auto& v) { return std::tie(v.rows, v.complete, v.missing); }
};
template <>
struct Fields<StatusAnswer> {
  static constexpr auto of(auto& v) { return std::tie(v.me, v.device, v.initiatives, v.missing, v.routes, v.arriving); }
};
template <>
struct Fields<DoctorAnswer> {
  static constexpr auto of(auto& v) {
    return std::tie(v.operations, v.records, v.damaged_pages, v.replaced_pages, v.structure, v.damaged_operations,
                    v.views_compared, v.views_equal, v.first_difference, v.views_repaired, v.pages_rewritten,
                    v.lost_operations, v.stopped, v.recovery_words, v.store_bytes, v.free_bytes);
  }
};
template <>
struct Fields<BackedUp> {
  static constexpr auto of(auto& v) { return std::tie(v.file, v.bytes); }
};
template <>
struct Fields<CopyEnrolled> {
  static constexpr auto of(auto& v) { return std::tie(v.device, v.initiatives); }
};
template <>
struct Fields<WaysIn> {
  static constexpr auto of(auto& v) { return std::tie(v.passphrase, v.key_file, v.recovery_words, v.keyring); }
};

// --- what takes a network --------------------------------------------------------------------------------------------
template <>
struct Fields<InvitationMade> {
  static constexpr auto of(auto& v) {
    return std::tie(v.code, v.initiative, v.initiative_name, v.role, v.addresses, v.listening);
  }
};
template <>
struct Fields<InitiativeJoined> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.name, v.role, v.on_probation, v.open_tasks); }
};
template <>
struct Fields<Surroundings::Neighbour> {
  static constexpr auto of(auto& v) { return std::tie(v.key, v.person, v.initiatives, v.address, v.linked); }
};
template <>
struct Fields<Surroundings> {
  static constexpr auto of(auto& v) { return std::tie(v.neighbours, v.looks, v.addresses, v.own, v.foreign); }
};
template <>
struct Fields<PairingOpened> {
  static constexpr auto of(auto& v) { return std::tie(v.code); }
};
template <>
struct Fields<PairingShown> {
  static constexpr auto of(auto& v) { return std::tie(v.words); }
};
template <>
struct Fields<PairingGiven> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative); }
};
template <>
struct Fields<Synced> {
  static constexpr auto of(auto& v) { return std::tie(v.device, v.person, v.received, v.sent); }
};

}  // namespace kiem::control
