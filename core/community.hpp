// The inside of a Community: what its acts and queries share (core/kiem.hpp is the outside).
//
// Owns nothing that perform() may not touch; one thread. An act runs inside in_transaction(): everything it wrote is
// committed together, or nothing is and the caches are forgotten.
#pragma once

#include <functional>
#include <memory>

#include "core/domain/user_act.hpp"
#include "core/ingest.hpp"
#include "core/kiem.hpp"
#include "core/live_queries.hpp"
#include "core/replica.hpp"

namespace kiem {

// Names of local values (core/oplog/spaces.hpp).
inline constexpr std::string_view kLocalKeys = "device keys";
inline constexpr std::string_view kLocalClock = "clock of ";          // and a device: how far ahead it was (note_clock)
inline constexpr std::string_view kLocalEnrolment = "enrolment due";  // the device that this is a copy of

struct Community::Impl {
  Impl(std::unique_ptr<Store> opened, Env handed_in)
      : store(std::move(opened)), env(handed_in), db(store->writer()), ingest(db, handed_in), replica(*this) {}

  std::unique_ptr<Store> store;
  Env env;
  Connection& db;
  DeviceKeys keys;
  std::string my_name;
  // Set in a restored copy that has no act of its own yet, and then it writes nothing: the device it was copied from.
  std::optional<DeviceId> enrolment_due;
  bool practice = false;  // a store that was made with a key file holds practice spaces alone
  Ingest ingest;
  Replica replica;
  std::function<void(const Change&)> subscriber;
  // What the running transaction has changed and told nobody of yet.
  Noted noted;
  // Inside together(): the same of all transactions in it that stand.
  std::optional<Noted> gathered;
  LiveQueries live;

  // Loads keys and name, as create() left them.
  [[nodiscard]] Status load();

  // Runs `body`, folds the views and commits; tells the subscriber after that. Any error rolls everything back.
  [[nodiscard]] Status in_transaction(const std::function<Status()>& body);
  // Makes one commit of all transactions in `body` (Replica::together).
  [[nodiscard]] Status together(const std::function<void()>& body);
  // Runs `body` and folds the views: what that changed. After an error the caller is to roll back.
  [[nodiscard]] Result<Noted> change(const std::function<Status()>& body);
  // After the commit.
  [[nodiscard]] Status tell(const Noted& changed);
  [[nodiscard]] Status tell_subscriber(const Noted& changed);
  // Folds what was taken so far; it is remembered for whoever is to be told and answered. Inside in_transaction().
  [[nodiscard]] Result<FoldedSpaces> note_changes();
  // --- what is watched (core/live_query.cpp) ---
  [[nodiscard]] Result<std::shared_ptr<LiveState>> watch(Watchable query);
  [[nodiscard]] Status evaluate(LiveState& state);
  // One user act in a space under a fresh act number; to be called inside in_transaction().
  [[nodiscard]] UserAct begin_act(const SpaceRow& space);
  // What this device has to confirm as assigner after records of a space changed.
  [[nodiscard]] Status confirm_mine(const SpaceRow& space, const RecordId& task);

  // The same after whatever the running transaction changed.
  [[nodiscard]] Status confirm_touched();

  // The initiative that was named, or the only one. Fails with no_initiative, many_initiatives, not_found, ambiguous.
  [[nodiscard]] Result<SpaceRow> initiative(const InitiativeNaming& naming);
  [[nodiscard]] Result<TaskDetail> task_named(const SpaceRow& space, const Naming& naming);
  // As it is after an act that is done: damage is told with it and does not fail what cannot be undone any more.
  [[nodiscard]] Result<TaskDetail> task_after(const SpaceRow& space, const RecordId& task);
  [[nodiscard]] Result<PrincipalId> principal_named(const SpaceRow& space, const std::optional<Naming>& naming);

  // --- acts (core/acts.cpp) ---
  [[nodiscard]] Result<Answer> perform(const CreateInitiative& request);
  [[nodiscard]] Result<Answer> perform(const AddPlace& request);
  [[nodiscard]] Result<Answer> perform(const AddTask& request);
  [[nodiscard]] Result<Answer> perform(const EditTask& request);
  [[nodiscard]] Result<Answer> perform(const CancelTask& request);
  [[nodiscard]] Result<Answer> perform(const FinishTask& request);
  [[nodiscard]] Result<Answer> perform(const ClaimTask& request);
  [[nodiscard]] Result<Answer> perform(const WithdrawClaim& request);
  [[nodiscard]] Result<Answer> perform(const ImportFile& request);
  // --- what opens the store (core/unlocking.cpp) ---
  [[nodiscard]] Result<Answer> perform(const ChangePassphrase& request);
  [[nodiscard]] Result<Answer> perform(const AddKeyFile& request);
  [[nodiscard]] Result<Answer> perform(const DropKeyFile& request);
  [[nodiscard]] Result<Answer> perform(const AddRecoveryWords& request);
  // --- copies of the store (core/copies.cpp) ---
  // The key of the person's recovery words; wrong_words when they are somebody else's, or none.
  [[nodiscard]] Result<SigningKey> person_words(const SharedSecret& given);
  // Fresh keys under which nothing is written before perform(EnrolCopy); those of the device that was copied go.
  [[nodiscard]] Status become_new_device();
  [[nodiscard]] Result<Answer> perform(const BackUp& request);
  [[nodiscard]] Result<Answer> perform(const EnrolCopy& request);
  // --- records of any collection (core/record_acts.cpp) ---
  [[nodiscard]] Result<Answer> perform(const ExtendSchema& request);
  [[nodiscard]] Result<Answer> perform(const ShowSchema& request);
  [[nodiscard]] Result<Answer> perform(const AddRecord& request);
  [[nodiscard]] Result<Answer> perform(const ChangeRecord& request);
  [[nodiscard]] Result<Answer> perform(const DeleteRecord& request);
  [[nodiscard]] Result<Answer> perform(const EraseRecord& request);
  [[nodiscard]] Result<Answer> perform(const ListRecords& request);
  [[nodiscard]] Result<Answer> perform(const ShowRecord& request);
  [[nodiscard]] Result<Answer> perform(const SearchText& request);
  [[nodiscard]] Result<Answer> perform(const ListDue& request);
  [[nodiscard]] Result<Answer> perform(const ListConflicts& request);
  [[nodiscard]] Result<Answer> perform(const SettleConflict& request);
  [[nodiscard]] Result<Answer> perform(const UndoAct& request);
  // --- queries (core/answers.cpp) ---
  [[nodiscard]] Result<Answer> perform(const ListPlaces& request);
  [[nodiscard]] Result<Answer> perform(const ShowPlace& request);
  [[nodiscard]] Result<Answer> perform(const ListTasks& request);
  [[nodiscard]] Result<Answer> perform(const ShowTask& request);
  [[nodiscard]] Result<Answer> perform(const ListPeople& request);
  [[nodiscard]] Result<Answer> perform(const ShowLog& request);
  [[nodiscard]] Result<Answer> perform(const ShowStatus& request);
  [[nodiscard]] Result<Answer> perform(const ChooseRoutes& request);
  // One initiative's line of the status.
  [[nodiscard]] Result<InitiativeRow> describe(const SpaceRow& space, std::optional<std::int32_t> today,
                                               Missing& missing);
  // What is due and can be erased: what is known of somebody who belongs to the initiative cannot.
  [[nodiscard]] Result<std::vector<DueRow>> due_in(const SpaceRow& space, const Schema& schema,
                                                   const CollectionDefinition* collection, std::int32_t today,
                                                   Missing& missing);
  // --- the doctor (core/doctor.cpp) ---
  [[nodiscard]] Result<Answer> perform(const RunDoctor& request);
  [[nodiscard]] Result<DoctorAnswer> examine(const RunDoctor& request, const Store::GoesOn& goes_on);
  // Once over everything; with repair, views that do not follow from a log that is whole are made anew.
  [[nodiscard]] Result<DoctorAnswer> look(const RunDoctor& request, const Store::GoesOn& goes_on);
  // Fails with a damage when nothing could be done about it, and then nothing was.
  [[nodiscard]] Status give_up_damage(bool damaged_pages);
};

}  // namespace kiem
