// What the queries answer with: plain values that command line, client and phone show. No ids of the store, no
// pointers, no words of any language except what people wrote themselves; texts for states and reasons are core/l10n's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/env.hpp"
#include "core/crdt/claim_state.hpp"
#include "core/oplog/standing.hpp"

namespace kiem {

enum class TaskState : std::uint8_t { open, done, cancelled };

// What damage to the store keeps from an answer; nothing is, unless it says so.
struct Missing {
  std::uint64_t rows = 0;     // of what was asked for, at least as many
  std::uint64_t details = 0;  // names, places, claims and such of what is there
  [[nodiscard]] bool any() const { return rows != 0 || details != 0; }
  bool operator==(const Missing&) const = default;
};

// Why a claim stands where it stands; ClaimState and ClaimReason are core/crdt/claim_state.hpp's, sentences l10n's.
struct ClaimExplanation {
  ClaimReason code = ClaimReason::seat_free;
  std::uint32_t number = 0;  // as the code says: who many go first, how many seats, ...
  bool operator==(const ClaimExplanation&) const = default;
};

struct PersonRef {
  PrincipalId id;
  std::string name;  // empty when this laptop has not got it
  bool operator==(const PersonRef&) const = default;
};

struct ClaimRow {
  PersonRef person;
  ClaimState state = ClaimState::provisional;
  std::uint32_t position = 0;  // from 1 when waiting, else 0
  ClaimExplanation reason;
  std::uint32_t count = 1;              // how many people in all
  std::uint32_t confirmed = 0;          // of them confirmed
  std::optional<PersonRef> entered_by;  // who entered it, when that is somebody else ("namens")
  bool mine = false;
  bool operator==(const ClaimRow&) const = default;
};

struct TaskCard {
  RecordId id;
  SpaceId initiative;
  std::string title;
  TaskState state = TaskState::open;
  std::optional<std::uint32_t> seats;  // none: as many as come
  std::optional<std::uint32_t> free;   // seats that are not confirmed and not claimed in front; none with seats
  std::optional<std::int32_t> date;    // days since 1970-01-01; none: "datum volgt"
  std::optional<std::int32_t> before;  // to be done before this day, when there is no date
  std::optional<std::uint16_t> start;  // minutes of the local day
  std::optional<std::uint16_t> end;
  std::optional<RecordId> place;
  std::string place_title;
  std::string note;   // practical text, members only
  std::string roles;  // what kinds of hands are asked for, in the writer's words
  std::string cancel_reason;
  std::uint32_t confirmed = 0;    // people, not claims
  std::uint32_t waiting = 0;      // people on the waiting list
  std::uint32_t provisional = 0;  // people not answered yet
  bool overbooked = false;
  bool in_conflict = false;      // some field was changed apart to different values
  std::optional<ClaimRow> mine;  // my own claim, if any
  bool operator==(const TaskCard&) const = default;
};

// Words of the schema that people read.
struct Label {
  std::string key;
  std::string nl, en;
  bool operator==(const Label&) const = default;
};

// What a field or a collection of the initiative's own is called, and how its values read. Empty for those of the first
// schema, for which core/l10n has words of its own.
struct FieldWords {
  Label label;
  std::string type;            // the words of SCHEMA.md: text, integer, date, ...; of a field
  std::vector<Label> choices;  // of a choice
  bool operator==(const FieldWords&) const = default;
};

// One field of one record that was changed to different values by people who had not seen each other's change.
struct ConflictRow {
  std::string field;  // the schema's field name, e.g. "start"
  struct Side {
    PersonRef person;
    WallTime claimed;
    std::string value;  // as shown in ISO form; l10n formats dates and times
    bool shown = false;
    bool operator==(const Side&) const = default;
  };
  std::vector<Side> sides;
  FieldWords words = {};
  bool operator==(const ConflictRow&) const = default;
};

// On how many of the laptops that may have it something is known to be, this one among them.
struct Spread {
  std::uint32_t on = 1;
  std::uint32_t of = 1;
  bool operator==(const Spread&) const = default;
};

struct TaskDetail {
  TaskCard card;
  std::vector<ClaimRow> claims;
  std::vector<ConflictRow> conflicts;
  std::optional<PersonRef> added_by;
  std::optional<PersonRef> assigner;
  std::optional<Spread> mine_on = {};  // what I wrote last of my own claim; none without one
  Missing missing = {};
  bool operator==(const TaskDetail&) const = default;
};

struct PlaceRow {
  RecordId id;
  SpaceId initiative;
  std::string title;
  std::string kind;
  std::string area;
  std::string text;
  std::string meeting_point;
  std::uint32_t open_tasks = 0;
  bool operator==(const PlaceRow&) const = default;
};

struct PersonRow {
  PersonRef person;
  Role role = Role::none;
  bool card = false;  // somebody without Kiem, kept by a member
  bool me = false;
  bool on_probation = false;
  std::string role_text;
  std::string talents;
  std::string languages;
  std::string works_with;
  bool operator==(const PersonRow&) const = default;
};

// By which ways a device finds others and is found. An address that is typed or stands in a code is always called.
struct Routes {
  bool ipv4 = true;    // beacons by broadcast
  bool ipv6 = true;    // beacons by multicast
  bool dns_sd = true;  // beacons that the system's DNS-SD daemon announces, by either
  bool operator==(const Routes&) const = default;
};

// What a newcomer's laptop is being brought: how many operations of how many.
struct Arriving {
  std::uint64_t came = 0, of = 0;
};

// How a device may misbehave; numbers are kept in stores.
enum class PeerFault : std::uint8_t {
  garbage = 0,   // bytes that are no message, or messages out of turn
  poison = 1,    // operations that no honest device sends
  unserved = 2,  // said that it has something, and does not bring it
  excess = 3,    // more than may be
};

// What a device did that no working program does.
struct Misdeed {
  PeerFault fault = PeerFault::garbage;
  std::uint64_t times = 0;
  WallTime last;
};

// A device that was met, and when last.
struct MetDevice {
  using Misdeed = kiem::Misdeed;
  static constexpr std::uint32_t kMostLacking = 100;
  PersonRef person;
  DeviceId device;
  WallTime when;
  bool works = true;        // of somebody who belongs here, and in use
  std::uint32_t lacks = 0;  // operations that it may have and is not known to have; kMostLacking: that many or more
  std::vector<Misdeed> misdeeds = {};  // the last kind first
  // Its clock against this laptop's when they last told each other; 0 when both are near enough.
  std::int64_t clock_ahead_s = 0;
};

struct InitiativeRow {
  SpaceId id;
  std::string name;
  bool practice = false;
  Role my_role = Role::none;
  std::uint32_t members = 0;  // persons with keys
  std::uint32_t open_tasks = 0;
  std::uint64_t operations = 0;  // in all circles on this laptop
  std::uint64_t only_here = 0;   // operations no other device is known to have
  using Meeting = MetDevice;
  std::uint32_t laptops = 0;      // working devices, this one among them
  std::uint64_t waiting = 0;      // operations here that wait for others that are not here yet
  std::vector<Meeting> meetings;  // the last one with each device, newest first
  // With a device that knew more of this one than is here: this store was put back from an old copy.
  std::optional<Meeting> older;
  // Records that have been kept longer than the schema says; none: not looked for, since that takes the reader's day
  // and somebody who may erase.
  std::optional<std::uint64_t> due = {};
};

// What a claim is called where fields are told (core/l10n/names.cpp has its name).
inline constexpr std::string_view kClaimField = "claim";

struct LogChange {
  std::string field;
  std::string before;  // empty when there was nothing
  std::string after;
  FieldWords words = {};
};

enum class LogKind : std::uint8_t {
  founded,
  member_added,
  place_added,
  place_changed,
  task_added,
  task_changed,
  task_cancelled,
  task_done,
  claimed,
  withdrawn,
  confirmed,
  person_added,
  person_changed,
  imported,
  invited,
  role_given,
  deleted,
  restored,
  schema_extended,
  record_added,  // of a collection of the initiative's own
  record_changed,
  erased,
  other,
};

// One act as `log` tells it: who did what, when said, what it replaced.
struct LogRow {
  ActId act;
  LogKind kind = LogKind::other;
  PersonRef person;                // who did it
  std::optional<PersonRef> about;  // for whom, when that is somebody else
  WallTime claimed;                // what the author's clock said
  bool time_doubtful = false;      // the claimed time lies outside what the act had seen
  std::optional<RecordId> record;  // the task, place or person it is about
  std::string title;               // of that record, as it is called now
  bool erased = false;             // that record was erased, so that nothing it held can be told
  std::uint32_t records = 1;       // how many records, for an import
  std::vector<LogChange> changes;
  Standing standing = Standing::applied;
  FieldWords words = {};  // of that record's collection
};

}  // namespace kiem
