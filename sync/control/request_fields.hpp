// The fields of what can be asked as they travel on the control socket. Shared by sync/control's codecs and tests.
#pragma once

#include "sync/control/model_fields.hpp"
#include "sync/control/node_requests.hpp"
#include "sync/control/record_fields.hpp"

namespace kiem::control {

template <>
struct Fields<Naming> {
  static constexpr auto of(auto& v) { return std::tie(v.text); }
};
template <>
struct Fields<InitiativeNaming> {
  static constexpr auto of(auto& v) { return std::tie(v.text); }
};

// --- acts ------------------------------------------------------------------------------------------------------------
template <>
struct Fields<CreateInitiative> {
  static constexpr auto of(auto& v) { return std::tie(v.name); }
};
template <>
struct Fields<AddPlace> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.title, v.kind, v.area, v.text, v.meeting_point); }
};
template <>
struct Fields<AddTask> {
  static constexpr auto of(auto& v) {
    return std::tie(v.initiative, v.title, v.seats, v.date, v.start, v.end, v.place, v.note);
  }
};
template <>
struct Fields<EditTask> {
  static constexpr auto of(auto& v) {
    return std::tie(v.initiative, v.task, v.title, v.seats, v.date, v.start, v.end, v.place, v.note, v.clear_seats,
                    v.clear_date, v.clear_time, v.clear_place);
  }
};
template <>
struct Fields<CancelTask> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task, v.reason); }
};
template <>
struct Fields<FinishTask> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task); }
};
template <>
struct Fields<ClaimTask> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task, v.count, v.on_behalf); }
};
template <>
struct Fields<WithdrawClaim> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task, v.on_behalf); }
};
template <>
struct Fields<ImportFile> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.file_name, v.contents, v.dry_run, v.today); }
};

// --- what opens the store --------------------------------------------------------------------------------------------
template <>
struct Last<StoreSecret::Kind> {
  static constexpr auto kValue = StoreSecret::Kind::recovery_words;
};
template <>
struct Fields<StoreSecret> {
  static constexpr auto of(auto& v) { return std::tie(v.kind, v.secret); }
};
template <>
struct Fields<ChangePassphrase> {
  static constexpr auto of(auto& v) { return std::tie(v.opens, v.passphrase); }
};
template <>
struct Fields<AddKeyFile> {
  static constexpr auto of(auto& v) { return std::tie(v.opens, v.key); }
};
template <>
struct Fields<DropKeyFile> {
  static constexpr auto of(auto& v) { return std::tie(v.opens); }
};
template <>
struct Fields<AddRecoveryWords> {
  static constexpr auto of(auto& v) { return std::tie(v.opens, v.words); }
};

// --- copies of the store ---------------------------------------------------------------------------------------------
template <>
struct Fields<BackUp> {
  static constexpr auto of(auto& v) { return std::tie(v.file); }
};
template <>
struct Fields<EnrolCopy> {
  static constexpr auto of(auto& v) { return std::tie(v.words); }
};

// --- queries ---------------------------------------------------------------------------------------------------------
template <>
struct Fields<ListPlaces> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative); }
};
template <>
struct Fields<ShowPlace> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.place); }
};
template <>
struct Fields<ListTasks> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.all, v.limit); }
};
template <>
struct Fields<ShowTask> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task); }
};
template <>
struct Fields<ListPeople> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative); }
};
template <>
struct Fields<ShowLog> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.task, v.limit); }
};
template <>
struct Fields<ShowStatus> {
  static constexpr auto of(auto& v) { return std::tie(v.today); }
};
template <>
struct Fields<ChooseRoutes> {
  static constexpr auto of(auto& v) { return std::tie(v.ipv4, v.ipv6, v.dns_sd); }
};
template <>
struct Fields<RunDoctor> {
  static constexpr auto of(auto& v) { return std::tie(v.repair); }
};

// --- what takes a network --------------------------------------------------------------------------------------------
template <>
struct Fields<InviteNewcomer> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.role, v.addresses); }
};
template <>
struct Fields<JoinByCode> {
  static constexpr auto of(auto& v) { return std::tie(v.code); }
};
template <>
struct Fields<LookAround> {
  static constexpr auto of(auto&) { return std::tuple<>(); }
};
template <>
struct Fields<OpenPairing> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.role); }
};
template <>
struct Fields<PairWith> {
  static constexpr auto of(auto& v) { return std::tie(v.code); }
};
template <>
struct Fields<AwaitPairing> {
  static constexpr auto of(auto&) { return std::tuple<>(); }
};
template <>
struct Fields<AnswerPairing> {
  static constexpr auto of(auto& v) { return std::tie(v.same); }
};
template <>
struct Fields<SyncWith> {
  static constexpr auto of(auto& v) { return std::tie(v.address, v.key); }
};

}  // namespace kiem::control
