// A spreadsheet export as typed rows, ready to be offered: nothing is written, hashed or looked up here.
//
// What comes out is plain values that own their memory; rows keep the order of the file. Free functions, any thread.
// A fault in one cell keeps its row out and is told (problems.hpp); the rest is still offered. Only a file that cannot
// be read as a list at all is an Error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/domain/import/charset.hpp"
#include "core/domain/import/columns.hpp"
#include "core/domain/import/problems.hpp"

namespace kiem {

// Texts are as text_rules.hpp wants them (title and name to 200 code points, note to 4000, others to 500); those that
// are not there are empty. All but note are on one line.
struct ImportedTask {
  std::string title;
  std::optional<std::uint32_t> seats = 1;  // none: as many as come
  std::optional<std::int32_t> date;        // none: the date follows
  std::optional<std::int32_t> before;      // "vóór 17-04-2027": some day before it; date is then none
  std::optional<std::uint16_t> start;
  std::optional<std::uint16_t> end;
  std::string place;  // an id of a file with places, or a title: the caller looks it up
  std::string note;
  std::string roles;  // "2 snoeiers, 3 handen"
};
struct ImportedPlace {
  std::string title;
  std::string kind;
  std::string area;
  std::string text;  // for everybody in the neighbourhood
  std::string meeting_point;
};
struct ImportedPerson {
  std::string name;
  std::string role;
  std::string talents;
  std::string languages;
  std::string works_with;
};

struct ImportedRow {
  std::uint32_t row = 0;           // as a spreadsheet counts: the names of the columns are in row 1
  std::optional<std::string> key;  // its id, when ImportedFile::keys is used
  std::variant<ImportedTask, ImportedPlace, ImportedPerson> value;
};

// Whether the ids in the file can be natural keys (D4). All or none: half a file by id and half by row would add rows
// twice when the file grows.
enum class ImportKeys : std::uint8_t {
  used,
  no_column,
  not_plain,   // one of them is not ^[a-z]{0,4}[0-9]{1,9}$ (it may say something about a person), or is missing
  not_unique,  // one stands there twice
};

struct ImportedFile {
  ImportKind kind = ImportKind::tasks;
  Charset charset = Charset::utf8;
  char delimiter = ',';
  ImportKeys keys = ImportKeys::no_column;
  std::vector<ImportedRow> rows;  // each has the alternative of `kind`
  std::vector<LeftOutColumn> left_out;
  std::vector<ImportProblem> problems;  // in the order of the rows
};

// file_name is for sentences only. base_date lets "+1" in a date column mean days from it: for the practice files.
// A row without anything in it is passed over. Fails with file_too_large (args: file_name, "16 MiB"), csv_broken
// (problems.hpp) or csv_unknown_kind (args: none, or {"series"} for a list of recurrence rules, which is not tasks).
[[nodiscard]] Result<ImportedFile> read_import(ByteView contents, std::string_view file_name,
                                               std::optional<std::int32_t> base_date = std::nullopt);

}  // namespace kiem
