// From the names above a list to what it holds: tasks, places or people, and which column is which field.
//
// Names are compared without case, accents and punctuation, in Dutch and English; what stands between brackets at the
// end of a name ("datum (dd-mm-jjjj)") is passed over. Free functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/import/csv.hpp"
#include "core/domain/import/problems.hpp"

namespace kiem {

enum class ImportKind : std::uint8_t { tasks, places, people };

namespace spreadsheet {

enum class Field : std::uint8_t {
  id,
  title,  // of a person: the name
  // of a task
  seats,
  roles,
  date,
  start,
  end,
  place,
  note,
  // of a place
  kind,
  area,
  text,
  meeting_point,
  // of a person
  role,
  talents,
  languages,
  works_with,
};

struct Column {
  std::string name;            // as the file has it, on one line and at most 60 characters; a letter when it has none
  bool named = false;          // has a name above it
  std::optional<Field> field;  // none: left out
};

struct Columns {
  ImportKind kind = ImportKind::tasks;
  std::vector<Column> columns;          // one for each cell of the first row, the empty ones at its end included
  std::vector<LeftOutColumn> left_out;  // the named ones without a field, in the order of the file
};

// The kind is the one that knows the most of the names; it must have a title among them, and words that only its kind
// of list uses: "naam" alone could be anything, "titel" alone is a task. Fails with csv_unknown_kind when no kind or
// more than one fits best. A name for a sealed field is left out whatever else it could mean.
[[nodiscard]] Result<Columns> recognise_columns(const CsvRow& header);

}  // namespace spreadsheet
}  // namespace kiem
