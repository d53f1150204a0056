// What a person can ask about the lists that an initiative added itself, and what follows from it: a part of
// intents.hpp and answers.hpp, under the same rules.
#pragma once

#include <variant>

#include "gui/model/record_draft.hpp"
#include "gui/model/ui_state.hpp"

namespace kiem::model {

struct OpenCollection {
  std::string key;
};
struct OpenRecord {
  std::string collection;  // its key
  RecordId record;
};
// The form: for a new one, or for the one that is open. What was written in it before is still there.
struct BeginRecord {
  bool anew;
};
struct WriteField {
  std::size_t field;
  std::string text;
};
// Beside the field: the search among what can be picked, or the next of several.
struct WriteBeside {
  std::size_t field;
  std::string text;
};
struct WriteParagraph {
  std::size_t field, at;
  std::string text;
};
struct PickValue {
  std::size_t field;
  Candidate candidate;
};
// What is typed beside it goes among its values; of a long text an empty paragraph.
struct AddValue {
  std::size_t field;
};
struct DropValue {
  std::size_t field, at;
};
struct SaveRecord {};
// The one that is open.
struct RemoveRecord {};
struct RestoreRecord {
  Deleted what;
};
// The last act of this person.
struct TakeBackLast {};
struct ChooseSide {
  RecordId record;
  std::string field;
  std::uint32_t side;  // from 1
};
// Unfolds what was kept longer than agreed, or folds it up.
struct ToggleDue {};
// One of those: asks whether it is to be erased for good, does it, or leaves it.
struct AskErase {
  RecordId record;
};
struct EraseAsked {};
struct LeaveAsked {};

using RecordIntent = std::variant<OpenCollection, OpenRecord, BeginRecord, WriteField, WriteBeside, WriteParagraph,
                                  PickValue, AddValue, DropValue, SaveRecord, RemoveRecord, RestoreRecord, TakeBackLast,
                                  ChooseSide, ToggleDue, AskErase, EraseAsked, LeaveAsked>;

}  // namespace kiem::model
