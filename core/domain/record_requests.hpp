// What can be asked of records of any collection, of the schema that tells which there are, and of what people wrote
// apart (requests.hpp has the rest). Values travel as people write them; the schema says what they mean
// (core/domain/field_values.hpp).
#pragma once

#include "core/domain/naming.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

struct FieldInput {
  std::string key;  // of the field
  std::string text;
};

// --- the schema ------------------------------------------------------------------------------------------------------
// Adds what a schema file brings that is new here; nothing when all of it is here already. Of a coordinator.
struct ExtendSchema {
  InitiativeNaming initiative;
  std::string file;  // the whole text
  bool dry_run = false;
};
struct ShowSchema {
  InitiativeNaming initiative;
};

// --- records ---------------------------------------------------------------------------------------------------------
struct AddRecord {
  InitiativeNaming initiative;
  std::string collection;  // key, or the label in either language
  std::vector<FieldInput> fields;
};
// Each part may be empty; a field stands in one of set and clear at the most.
struct ChangeRecord {
  InitiativeNaming initiative;
  std::string collection;
  Naming record;
  std::vector<FieldInput> set;     // a register or text: its value
  std::vector<std::string> clear;  // emptied on purpose
  std::vector<FieldInput> add;     // an element of a set or list, an entry of a tally
  std::vector<FieldInput> remove;  // an element of a set or list
};
struct DeleteRecord {
  InitiativeNaming initiative;
  std::string collection;
  Naming record;
  bool restore = false;  // bring it back instead; then it is named by its id
};
// Takes all that was written of a record away for good, here and on every laptop that hears of it.
struct EraseRecord {
  InitiativeNaming initiative;
  std::string collection;
  Naming record;      // title or id; of one that was deleted the id alone
  bool sure = false;  // else nothing is written, and the answer tells what would go
};
struct ListRecords {
  InitiativeNaming initiative;
  std::string collection;
  std::vector<FieldInput> where;  // all of them hold
  std::string order;              // key of a field; empty: the title
  bool descending = false;
  std::optional<std::uint32_t> limit;
  std::uint32_t skip = 0;
};
struct ShowRecord {
  InitiativeNaming initiative;
  std::string collection;
  Naming record;
};
// Records that have been kept longer than the schema says: erasing them is proposed, and never done by itself.
struct ListDue {
  InitiativeNaming initiative;
  std::string collection;  // empty: all of them
  std::int32_t today = 0;  // the reader's own day, days since 1970: only whoever asks knows where the reader is
  std::optional<std::uint32_t> limit;
};
// In all texts of the open and members' circles; names of people are found too, by a scan in memory.
struct SearchText {
  InitiativeNaming initiative;
  std::string text;
  std::optional<std::uint32_t> limit;
};

// --- what was written apart ------------------------------------------------------------------------------------------
struct ListConflicts {
  InitiativeNaming initiative;
};
// Chooses one side of a conflict, by its place from 1 as ListConflicts tells it; who chose is in the log.
struct SettleConflict {
  InitiativeNaming initiative;
  Naming record;  // title or id, of any collection
  std::string field;
  std::uint32_t side = 1;
};
// Takes back one act of this person, by its number or the beginning of that: an act that writes what was there before,
// where nobody wrote since.
struct UndoAct {
  InitiativeNaming initiative;
  std::string act;  // empty: the last one of this person
};

// --- answers ---------------------------------------------------------------------------------------------------------
struct SchemaAnswer {
  std::vector<CollectionModel> collections;
  std::uint32_t added_collections = 0;
  std::uint32_t added_fields = 0;
  bool dry_run = false;
  std::uint32_t added_keeps = 0;
};
struct RecordAnswer {
  RecordModel record;
  CollectionModel collection;
  bool deleted = false;
  // After EraseRecord. Of a record that was deleted before, `record` has its id and collection alone.
  bool erased = false;
  std::uint32_t kept = 0;  // pieces that hold values of other records too: hidden, and not gone yet
};
struct Records {
  CollectionModel collection;
  std::vector<RecordModel> records;
  bool complete = true;  // false when a limit hides some
};
struct DueRecords {
  std::vector<DueRow> rows;  // the longest due first
  bool complete = true;      // false when damage or a limit hides some
  Missing missing = {};
};
struct FoundTexts {
  std::vector<FoundText> found;
  bool complete = true;
};
struct Conflicts {
  struct Row {
    std::string collection;
    RecordId record;
    std::string title;
    ConflictRow conflict;
    FieldWords words = {};  // of the collection
  };
  std::vector<Row> rows;
};
struct Undone {
  ActId act;
  std::vector<LogChange> changes;
  // What somebody has written since, which stays as it is.
  struct Left {
    std::string field;  // or kClaimField
    FieldWords words = {};
    std::string text = {};  // of a paragraph of a text: what it says now
    bool operator==(const Left&) const = default;
  };
  std::vector<Left> left;
};

}  // namespace kiem
