// Everything that can be asked of a Community, as plain values: one struct an act or query, one variant of all, and
// what each is answered with. The command line builds one of these and either performs it on the store it opened or
// sends it to the node that has the store (D13); the client's intents become the same structs. Any thread; no
// ownership.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"
#include "core/domain/naming.hpp"
#include "core/domain/record_requests.hpp"
#include "core/views/models.hpp"

namespace kiem {

// --- acts ------------------------------------------------------------------------------------------------------------
struct CreateInitiative {
  std::string name;
};
struct AddPlace {
  InitiativeNaming initiative;
  std::string title;
  std::string kind, area, text, meeting_point;
};
struct AddTask {
  InitiativeNaming initiative;
  std::string title;
  std::optional<std::uint32_t> seats = 1;  // none: as many as come
  std::optional<std::int32_t> date;
  std::optional<std::uint16_t> start, end;
  std::optional<Naming> place;
  std::string note;
};
// Only what is given changes; clear_* empties.
struct EditTask {
  InitiativeNaming initiative;
  Naming task;
  std::optional<std::string> title;
  std::optional<std::uint32_t> seats;
  std::optional<std::int32_t> date;
  std::optional<std::uint16_t> start, end;
  std::optional<Naming> place;
  std::optional<std::string> note;
  bool clear_seats = false, clear_date = false, clear_time = false, clear_place = false;
};
struct CancelTask {
  InitiativeNaming initiative;
  Naming task;
  std::string reason;
};
struct FinishTask {
  InitiativeNaming initiative;
  Naming task;
};
struct ClaimTask {
  InitiativeNaming initiative;
  Naming task;
  std::uint32_t count = 1;          // how many people in all, the claimant included
  std::optional<Naming> on_behalf;  // a card or a person; none: myself
};
struct WithdrawClaim {
  InitiativeNaming initiative;
  Naming task;
  std::optional<Naming> on_behalf;
};
// The file's bytes travel in the request, so that a node does not read files for others.
struct ImportFile {
  InitiativeNaming initiative;
  std::string file_name;  // its last part, for sentences only
  Bytes contents;
  bool dry_run = false;
  // The reader's own day, days since 1970: what "+1" in a practice file counts from. Only whoever asks knows where the
  // reader is; not given, "+1" is no date.
  std::optional<std::int32_t> today = {};
};

// --- what opens the store (core/unlocking.cpp) -----------------------------------------------------------------------
// A secret on its way: in guarded memory that copies of the request share and the last of them wipes. Null is the empty
// secret.
struct SharedSecret {
  std::shared_ptr<const SecretBytes> bytes;
};
// What somebody proves with that the store is theirs.
struct StoreSecret {
  enum class Kind : std::uint8_t { passphrase, key_file, recovery_words } kind = Kind::passphrase;
  SharedSecret secret;  // of recovery words their 16 bytes
};
// Each fails with no_slot_opens, changing nothing, when `opens` does not open the store, and takes about a second.
struct ChangePassphrase {
  StoreSecret opens;
  SharedSecret passphrase;
};
// Instead of the one that there was.
struct AddKeyFile {
  StoreSecret opens;
  SharedSecret key;  // 32 bytes
};
struct DropKeyFile {
  StoreSecret opens;
};
// The person's own recovery words open the store from now on: for one that was made before they did, and after they
// were damaged. Other words than the person's are wrong_words.
struct AddRecoveryWords {
  StoreSecret opens;
  SharedSecret words;  // their 16 bytes
};

// --- copies of the store ---------------------------------------------------------------------------------------------
// Writes a backup of what is committed now. The path is an absolute one: a node stands in another folder than whoever
// asks. Fails as Backup does (core/store/backup.hpp).
struct BackUp {
  std::string file;
};
// Makes a restored copy a device of its own. Fails with wrong_words, and with nothing_to_change when it is one already.
struct EnrolCopy {
  SharedSecret words;  // the 16 bytes of the person's recovery words
};

// --- queries ---------------------------------------------------------------------------------------------------------
struct ListPlaces {
  InitiativeNaming initiative;
};
struct ShowPlace {
  InitiativeNaming initiative;
  Naming place;
};
struct ListTasks {
  InitiativeNaming initiative;
  bool all = false;  // also done and cancelled ones
  std::optional<std::uint32_t> limit;
};
struct ShowTask {
  InitiativeNaming initiative;
  Naming task;
};
struct ListPeople {
  InitiativeNaming initiative;
};
struct ShowLog {
  InitiativeNaming initiative;
  std::optional<Naming> task;
  std::optional<std::uint32_t> limit;  // newest ones; none: all
};
struct ShowStatus {
  std::optional<std::int32_t> today = {};  // the reader's own day: what is due is told only with it
};
// By which ways this device finds others from now on; what is not named stays as it is. Of this device alone, and of no
// initiative. Answered with the status.
struct ChooseRoutes {
  std::optional<bool> ipv4, ipv6, dns_sd;
};
// Looks and changes nothing. With `repair`: what damaged pages held beside what can be read is given up, operations
// that are lost or are not what was signed are asked of other devices at the next meeting, and what is shown is made
// anew from the log.
struct RunDoctor {
  bool repair = false;
};

using Request =
    std::variant<CreateInitiative, AddPlace, AddTask, EditTask, CancelTask, FinishTask, ClaimTask, WithdrawClaim,
                 ImportFile, ListPlaces, ShowPlace, ListTasks, ShowTask, ListPeople, ShowLog, ShowStatus, RunDoctor,
                 ChangePassphrase, AddKeyFile, DropKeyFile, AddRecoveryWords, BackUp, EnrolCopy, ExtendSchema,
                 ShowSchema, AddRecord, ChangeRecord, DeleteRecord, EraseRecord, ListRecords, ShowRecord, SearchText,
                 ListConflicts, SettleConflict, UndoAct, ChooseRoutes, ListDue>;

// --- answers ---------------------------------------------------------------------------------------------------------
struct InitiativeCreated {
  SpaceId id;
  std::string name;
  std::string recovery_words;  // shown once; whoever prints them wipes them
};
struct PlaceAdded {
  RecordId id;
  std::string title;
};
struct TaskAdded {
  RecordId id;
  std::string title;
};
// After edit, cancel, done, claim and withdraw: the task as it is now.
struct TaskChanged {
  TaskDetail task;
  std::vector<LogChange> changes;  // of an edit
};
struct ClaimAnswer {
  TaskDetail task;
  ClaimRow claim;
};
struct ImportAnswer {
  enum class Kind : std::uint8_t { tasks, places, people } kind = Kind::tasks;
  bool dry_run = false;
  std::uint32_t added = 0;          // or would be added
  std::uint32_t already = 0;        // rows that are here already
  std::vector<std::string> titles;  // of what is added, at most the first 20
  struct LeftOut {
    std::string column;
    enum class Why : std::uint8_t { sealed, unknown, on_purpose, repeated } why = Why::unknown;
  };
  std::vector<LeftOut> left_out;
  struct Problem {
    std::uint32_t row = 0;  // as a spreadsheet counts: the header is row 1
    std::string column;
    std::string found;
    std::string expected;  // an l10n key of import problems, see core/domain/import/rows.hpp
  };
  std::vector<Problem> problems;  // these rows are not taken, the rest is
};
// What can be read is answered, and what damage keeps away is counted in `missing` (core/views/models.hpp).
struct Places {
  std::vector<PlaceRow> places;
  Missing missing = {};
};
struct PlaceDetail {
  PlaceRow place;
  std::vector<TaskCard> tasks;
  Missing missing = {};
};
struct Tasks {
  std::vector<TaskCard> tasks;
  bool complete = true;  // false when damage or a limit hides some
  Missing missing = {};
};
struct People {
  std::vector<PersonRow> people;
  Missing missing = {};
};
struct LogAnswer {
  std::vector<LogRow> rows;  // newest first
  bool complete = true;
  Missing missing = {};
};
struct StatusAnswer {
  PersonRef me;
  DeviceId device;
  std::vector<InitiativeRow> initiatives;
  Missing missing = {};
  Routes routes = {};
  std::optional<Arriving> arriving = {};  // while it does; only of a node
};
struct DoctorAnswer {
  std::uint64_t operations = 0;
  std::uint64_t records = 0;
  std::vector<std::uint32_t> damaged_pages;
  bool replaced_pages = false;           // whole pages of an earlier moment stand among the others
  std::string structure;                 // what SQLite's own check finds wrong first; empty: nothing
  std::uint64_t damaged_operations = 0;  // whose bytes, chain or signature do not hold, or cannot be read
  bool views_compared = true;            // false when damage kept the log or the views from being read
  bool views_equal = true;
  std::string first_difference;       // a line of the canonical dump, when not equal
  bool views_repaired = false;        // they are equal now
  bool pages_rewritten = false;       // there were damaged pages, and there are none now
  std::uint64_t lost_operations = 0;  // that other devices are asked for when they are met
  bool stopped = false;               // somebody stopped it: what is not told was not looked at
  bool recovery_words = false;        // open the store; without them a lost passphrase loses it
  std::uint64_t store_bytes = 0;
  std::uint64_t free_bytes = 0;  // on the disk of the store
  [[nodiscard]] bool healthy() const {
    return damaged_pages.empty() && !replaced_pages && structure.empty() && damaged_operations == 0 &&
           lost_operations == 0 && views_compared && (views_equal || views_repaired) && !stopped;
  }
};

// What opens the store now.
struct WaysIn {
  bool passphrase = false, key_file = false, recovery_words = false, keyring = false;
};

struct BackedUp {
  std::string file;
  std::uint64_t bytes = 0;
};
struct CopyEnrolled {
  DeviceId device;
  std::uint32_t initiatives = 0;  // that were told of it
};

using Answer =
    std::variant<InitiativeCreated, PlaceAdded, TaskAdded, TaskChanged, ClaimAnswer, ImportAnswer, Places, PlaceDetail,
                 Tasks, TaskDetail, People, LogAnswer, StatusAnswer, DoctorAnswer, WaysIn, BackedUp, CopyEnrolled,
                 SchemaAnswer, RecordAnswer, Records, FoundTexts, Conflicts, Undone, DueRecords>;

}  // namespace kiem
