// The form for one thing of a list that the initiative added, as it is being written. Values, one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/record_requests.hpp"

namespace kiem::model {

// One field: what stands in it as people write it (choices and references by key or id), and what is being typed beside
// it: the search among those that can be picked, or the next value of several.
struct DraftField {
  std::string text;                 // of one value, or what a tally gets
  std::vector<std::string> values;  // of a set or list; of a long text its paragraphs
  std::string beside = {};
  bool operator==(const DraftField&) const = default;
};

struct RecordDraft {
  CollectionModel collection;
  std::optional<RecordId> record;  // none: a new one
  std::string title;               // as it is called now
  std::vector<DraftField> fields;  // in the order of the collection's
  std::vector<DraftField> before;  // as they were when the form was opened

  // Which collections its fields point to, and whether any of them points to people.
  [[nodiscard]] std::vector<std::string> refers_to() const;
  [[nodiscard]] bool names_people() const;
};

enum class FieldForm : std::uint8_t {
  none,        // nothing that a person types
  line,        // one line of text
  pick,        // one of those that are shown
  pick_some,   // several of those
  some,        // several that are typed
  paragraphs,  // a long text
};
[[nodiscard]] FieldForm form_of(const FieldModel& field);

[[nodiscard]] RecordDraft new_draft(const CollectionModel& collection);
[[nodiscard]] RecordDraft draft_of(const CollectionModel& collection, const RecordModel& record);

// Somebody or something that a field can point to.
struct Candidate {
  std::string value;  // what is written: a key or an id
  std::string name;
};
// Whether this is what stands there: by what is written, or by the name it came with.
[[nodiscard]] bool is_picked(const Candidate& candidate, std::string_view standing);
// One of one: sets it, or empties it when it stood there. Of several: in, or out.
void pick(DraftField& field, FieldForm form, const Candidate& candidate);

// The acts that write what was changed; nothing when nothing was.
[[nodiscard]] AddRecord addition(const RecordDraft& draft, const InitiativeNaming& initiative);
[[nodiscard]] std::optional<ChangeRecord> change(const RecordDraft& draft, const InitiativeNaming& initiative);

}  // namespace kiem::model
