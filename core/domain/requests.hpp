// Everything that can be asked of a Community, as plain values: one struct an act or query, one variant of all, and
// what each is answered with. The command line builds one of these and either performs it on the store it opened or
// sends it to the node that has the store (D13); the client's intents become the same structs. Any thread; no
// ownership.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/views/models.hpp"

namespace kiem {

// A task, place or person as people name one: a whole id, a unique prefix of at least 4 digits, or the exact title.
struct Naming {
  std::string text;
};

// Names the initiative; may be empty while the store holds one.
struct InitiativeNaming {
  std::string text;
};

// --- acts
// ----------------------------------------------------------------------------------------------------------------
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
};

// --- queries
// -------------------------------------------------------------------------------------------------------------
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
struct ShowStatus {};
struct RunDoctor {};

using Request =
    std::variant<CreateInitiative, AddPlace, AddTask, EditTask, CancelTask, FinishTask, ClaimTask, WithdrawClaim,
                 ImportFile, ListPlaces, ShowPlace, ListTasks, ShowTask, ListPeople, ShowLog, ShowStatus, RunDoctor>;

// --- answers
// -------------------------------------------------------------------------------------------------------------
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
struct Places {
  std::vector<PlaceRow> places;
};
struct PlaceDetail {
  PlaceRow place;
  std::vector<TaskCard> tasks;
};
struct Tasks {
  std::vector<TaskCard> tasks;
  bool complete = true;  // false when damage or a limit hides some
};
struct People {
  std::vector<PersonRow> people;
};
struct LogAnswer {
  std::vector<LogRow> rows;  // newest first
  bool complete = true;
};
struct StatusAnswer {
  PersonRef me;
  DeviceId device;
  std::vector<InitiativeRow> initiatives;
};
struct DoctorAnswer {
  std::uint64_t operations = 0;
  std::uint64_t records = 0;
  std::vector<std::uint32_t> damaged_pages;
  bool views_equal = true;
  std::string first_difference;  // a line of the canonical dump, when not equal
  [[nodiscard]] bool healthy() const { return damaged_pages.empty() && views_equal; }
};

using Answer = std::variant<InitiativeCreated, PlaceAdded, TaskAdded, TaskChanged, ClaimAnswer, ImportAnswer, Places,
                            PlaceDetail, Tasks, TaskDetail, People, LogAnswer, StatusAnswer, DoctorAnswer>;

}  // namespace kiem
