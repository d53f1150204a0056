// What queries of any collection answer with: plain values, as models.hpp's. Words of the schema come along, so that a
// screen can show a collection that it never heard of.
#pragma once

#include "core/views/models.hpp"

namespace kiem {

struct FieldModel {
  Label label;
  std::string type;   // the words of SCHEMA.md: text, integer, date, ...
  std::string merge;  // one, set, tally, list, text
  std::string circle;
  bool about_person = false;
  std::vector<Label> choices;
  std::string of;  // key of the collection that a record field points to
};

// How long records of a collection are kept.
struct KeepModel {
  Label after;       // the date field whose day it counts from; no key: the last write
  std::string unit;  // the words of SCHEMA.md: days, months, years
  std::uint32_t count = 0;
  bool operator==(const KeepModel&) const = default;
};

struct CollectionModel {
  Label label;
  std::string home;
  std::string writers;
  std::string title;   // key of the field that names a record
  bool first = false;  // of the first schema
  std::vector<FieldModel> fields;
  std::uint64_t records = 0;
  std::vector<KeepModel> keeps;
};

struct FieldCell {
  std::string key;
  std::string shown;                // one value, a sum, or a text; empty when there is none
  std::vector<std::string> values;  // of a set or list, in order
  bool conflict = false;
  bool operator==(const FieldCell&) const = default;
};

struct RecordModel {
  RecordId id;
  std::string collection;  // its key
  std::string title;
  std::vector<FieldCell> cells;  // in the order of the schema
  std::vector<ConflictRow> conflicts;
  PersonRef added_by;
  bool operator==(const RecordModel&) const = default;
};

// A record that was kept longer than one of its collection's keeps says.
struct DueRow {
  RecordId id;
  Label collection;
  std::string title;
  KeepModel keep;
  std::int32_t from = 0, until = 0;  // the day it counts from and the last one of keeping: days since 1970-01-01
  bool deleted = false;              // and not erased: it can still be brought back
  bool operator==(const DueRow&) const = default;
};

// A place where a searched word stands.
struct FoundText {
  RecordId record;
  std::string collection, title, field;
  std::string excerpt;    // about 80 characters around the word
  FieldWords words = {};  // of the field
};

}  // namespace kiem
