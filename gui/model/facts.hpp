// What the client knows: the newest answer to each question it asked, and what its host tells of the network.
//
// Plain values, kept by whoever runs the loop; models are made from them and answers.hpp puts answers in. An absent
// answer means that it was not asked or has not come yet, which is not the same as an empty one. One thread.
#pragma once

#include <optional>
#include <vector>

#include "core/domain/requests.hpp"
#include "core/store/store.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::model {

// A laptop that was away for some time and is met again, and the task for which its person had signed up meanwhile.
struct CameBack {
  PersonRef person;
  std::optional<RecordId> task;
  std::string task_title;
};

// Words that are shown once, and whose they are.
struct RecoveryWords {
  enum class Of : std::uint8_t { person, initiative } of = Of::person;
  std::string words;
};

struct Facts {
  std::optional<SlotKinds> slots;  // what opens the store; none while there is no store
  std::optional<StatusAnswer> status;
  std::optional<Tasks> tasks;
  std::optional<TaskDetail> task;    // the one on whose page we are
  std::optional<LogAnswer> history;  // of that task
  std::optional<Places> places;
  std::optional<People> people;
  std::optional<SchemaAnswer> schema;  // which lists there are
  std::optional<Records> records;      // of the list that is open
  std::optional<RecordAnswer> record;  // the one thing whose page is open
  std::optional<FoundTexts> found;     // what the search in everything found
  std::optional<DueRecords> due;       // what was kept longer than agreed
  std::string due_in;                  // in which initiative, its id
  std::vector<Records> referred;       // of each list that was asked for, for what points to it
  std::optional<InvitationMade> invitation;
  std::optional<Surroundings> around;  // the last look at who is on this network
  std::optional<CameBack> came_back;
  std::vector<RecoveryWords> recovery_words;  // the first is on screen: wiped when it is said to be written down
  std::vector<std::string> listens;           // tcp://HOST:PORT where others reach this laptop; empty when they cannot
  bool plugged_in = true;                     // false while the person has pulled the plug
};

// The initiative of the screens: the chosen one, else the first; null while there is none.
[[nodiscard]] const InitiativeRow* initiative_of(const Facts& facts, const std::optional<SpaceId>& chosen);
// Whether this person writes tasks and places here: members do, guests and partners do not.
[[nodiscard]] bool may_add(const Facts& facts, const std::optional<SpaceId>& chosen);
// Whether locking this store would leave the person a way in: a passphrase. A practice store has none.
[[nodiscard]] bool has_lock(const Facts& facts);
// Whether this laptop can be asked to remember the store: not one that a key file opens by itself.
[[nodiscard]] bool can_be_remembered(const Facts& facts);
// The task's card from the list or from its page; null when neither has it.
[[nodiscard]] const TaskCard* card_of(const Facts& facts, const RecordId& task);

}  // namespace kiem::model
