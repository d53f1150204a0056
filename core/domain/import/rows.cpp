#include "core/domain/import/rows.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/domain/import/csv.hpp"
#include "core/domain/import/dates.hpp"
#include "core/domain/import/seats.hpp"
#include "core/domain/import/text.hpp"
#include "core/domain/text_rules.hpp"

namespace kiem {
namespace {

using namespace spreadsheet;

constexpr std::size_t kShownOfCell = 60;

// What people write where a date is still to come.
constexpr std::array<std::string_view, 10> kNoDateYet{"wanneer het uitkomt",
                                                      "datum volgt",
                                                      "volgt",
                                                      "later",
                                                      "nog niet bekend",
                                                      "onbekend",
                                                      "n.t.b.",
                                                      "ntb",
                                                      "tbd",
                                                      "whenever"};
constexpr std::array<std::string_view, 2> kBefore{"voor ", "before "};

struct RowReader {
  const Columns& columns;
  std::optional<std::int32_t> base_date;
  std::vector<ImportProblem>& problems;
  const CsvRow* row = nullptr;

  void problem(std::size_t column, ImportExpected expected) const {
    const auto& cell = row->cells[column];
    problems.push_back({row->number,
                        column < columns.columns.size() ? columns.columns[column].name : column_letters(column),
                        shortened(cell.text, kShownOfCell), expected});
  }

  [[nodiscard]] std::optional<std::size_t> column_of(Field field) const {
    const auto found = std::find_if(columns.columns.begin(), columns.columns.end(),
                                    [&](const Column& column) { return column.field == field; });
    if (found == columns.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.columns.begin());
  }

  // The column, when the file has it and this row has something there that can be read as text.
  [[nodiscard]] std::optional<std::size_t> filled(Field field, ImportExpected too_long) const {
    const auto column = column_of(field);
    if (!column || *column >= row->cells.size()) return std::nullopt;
    const auto& cell = row->cells[*column];
    if (cell.too_long) {
      problem(*column, too_long);
    } else if (has_control_characters(cell.text)) {
      problem(*column, ImportExpected::plain_text);
    } else if (!one_line(cell.text).empty()) {
      return column;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string text(Field field, std::size_t limit, ImportExpected too_long) const {
    const auto column = filled(field, too_long);
    if (!column) return {};
    const auto& written = row->cells[*column].text;
    const bool lines = field == Field::note;
    // The rule of the acts, so that what is offered here is what they take.
    auto read = checked_text({}, lines ? trimmed_lines(written) : one_line(written), limit, lines);
    if (read) return std::move(*read);
    problem(*column, read.error().code == ErrorCode::text_too_long ? too_long : ImportExpected::plain_text);
    return {};
  }
  [[nodiscard]] std::string text(Field field) const { return text(field, kMaxShortText, ImportExpected::text_500); }

  // Required: an empty cell is a problem too, and is told at the column it should have stood in.
  [[nodiscard]] std::string title() const {
    const std::size_t before = problems.size();
    std::string read = text(Field::title, kMaxTitle, ImportExpected::text_200);
    if (read.empty() && problems.size() == before) {
      problems.push_back({row->number, columns.columns[*column_of(Field::title)].name, {}, ImportExpected::title});
    }
    return read;
  }

  [[nodiscard]] std::optional<std::uint16_t> time(Field field) const {
    const auto column = filled(field, ImportExpected::time);
    if (!column) return std::nullopt;
    const auto minutes = read_time(row->cells[*column].text);
    if (!minutes) problem(*column, ImportExpected::time);
    return minutes;
  }

  void read_day(ImportedTask& task) const {
    const auto column = filled(Field::date, ImportExpected::date);
    if (!column) return;
    const std::string plain = folded(row->cells[*column].text);
    if (std::find(kNoDateYet.begin(), kNoDateYet.end(), plain) != kNoDateYet.end()) return;
    std::string_view written = plain;
    std::optional<std::int32_t>* into = &task.date;
    for (const auto word : kBefore) {
      if (!written.starts_with(word)) continue;
      written.remove_prefix(word.size());
      into = &task.before;
      break;
    }
    const auto day = read_date(written, base_date);
    if (day) {
      *into = *day;
    } else {
      problem(*column, day.error());
    }
  }

  // A column with numbers of seats goes before what can be counted in the roles.
  void read_seats_and_roles(ImportedTask& task) const {
    task.roles = text(Field::roles);
    auto column = filled(Field::seats, ImportExpected::seats);
    if (!column && !task.roles.empty()) column = column_of(Field::roles);
    if (!column) return;
    if (const auto found = read_seats(row->cells[*column].text)) {
      task.seats = found->seats;
    } else {
      problem(*column, ImportExpected::seats);
    }
  }

  [[nodiscard]] ImportedTask task() const {
    ImportedTask task;
    task.title = title();
    read_day(task);
    task.start = time(Field::start);
    task.end = time(Field::end);
    task.place = text(Field::place);
    task.note = text(Field::note, kMaxNote, ImportExpected::text_4000);
    read_seats_and_roles(task);
    return task;
  }
  [[nodiscard]] ImportedPlace place() const {
    return {title(), text(Field::kind), text(Field::area), text(Field::text), text(Field::meeting_point)};
  }
  [[nodiscard]] ImportedPerson person() const {
    return {title(), text(Field::role), text(Field::talents), text(Field::languages), text(Field::works_with)};
  }

  // Behind the last column that has a place in the first row: a delimiter in a text without quotation marks.
  void check_width() const {
    for (std::size_t i = columns.columns.size(); i < row->cells.size(); ++i) {
      if (!one_line(row->cells[i].text).empty()) return problem(i, ImportExpected::named_column);
    }
  }

  [[nodiscard]] std::variant<ImportedTask, ImportedPlace, ImportedPerson> value() const {
    switch (columns.kind) {
      case ImportKind::tasks:
        return task();
      case ImportKind::places:
        return place();
      case ImportKind::people:
        break;
    }
    return person();
  }
};

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const CsvCell& cell) { return one_line(cell.text).empty(); });
}

// ^[a-z]{0,4}[0-9]{1,9}$
bool is_plain_id(std::string_view id) {
  const auto letters_end = std::find_if_not(id.begin(), id.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto letters = letters_end - id.begin();
  const auto digits = id.end() - letters_end;
  return letters <= 4 && digits >= 1 && digits <= 9 &&
         std::all_of(letters_end, id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Judges the ids of all rows, those with problems too: a key must mean the same when such a row is repaired.
class KeyJudge {
 public:
  void take(const std::string& id) {
    if (!is_plain_id(id)) plain_ = false;
    if (plain_ && !seen_.insert(id).second) unique_ = false;
  }
  [[nodiscard]] ImportKeys verdict() const {
    if (!plain_) return ImportKeys::not_plain;
    return unique_ ? ImportKeys::used : ImportKeys::not_unique;
  }

 private:
  std::set<std::string> seen_;
  bool plain_ = true;
  bool unique_ = true;
};

// A recurrence rule (RFC 5545) in a column that is left out: these rows are series, and one task of each would be
// wrong.
bool holds_series(const Columns& columns, const CsvRow& row) {
  for (std::size_t i = 0; i < std::min(columns.columns.size(), row.cells.size()); ++i) {
    if (!columns.columns[i].field && folded(row.cells[i].text).starts_with("freq=")) return true;
  }
  return false;
}

// Columns without a name get no field; they are worth a word only when something stands in them.
void note_unnamed(const Columns& columns, const CsvRow& row, std::set<std::size_t>& unnamed) {
  for (std::size_t i = 0; i < std::min(columns.columns.size(), row.cells.size()); ++i) {
    if (!columns.columns[i].named && !one_line(row.cells[i].text).empty()) unnamed.insert(i);
  }
}

}  // namespace

Result<ImportedFile> read_import(ByteView contents, std::string_view file_name, std::optional<std::int32_t> base_date) {
  if (contents.size() > kMaxFileBytes) {
    return fail(ErrorCode::file_too_large, Fault::person, {std::string(file_name), "16 MiB"});
  }
  KIEM_TRY_GET(const DecodedText decoded, decode_text(contents));
  const CsvShape shape = csv_shape(decoded.text);
  CsvReader reader(decoded.text, shape);
  CsvRow row;
  do {
    KIEM_TRY_GET(const bool more, reader.next(row));
    if (!more) return broken_csv(1, "empty_file");
  } while (is_blank(row));
  if (std::any_of(row.cells.begin(), row.cells.end(),
                  [](const CsvCell& cell) { return has_control_characters(cell.text); })) {
    return broken_csv(row.number, "not_text");
  }
  KIEM_TRY_GET(Columns columns, recognise_columns(row));

  ImportedFile file{columns.kind, decoded.charset, shape.delimiter, ImportKeys::no_column, {}, {}, {}};
  RowReader fields{columns, base_date, file.problems, &row};
  const auto id_column = fields.column_of(Field::id);
  KeyJudge keys;
  std::set<std::size_t> unnamed;
  while (true) {
    KIEM_TRY_GET(const bool more, reader.next(row));
    if (!more) break;
    if (is_blank(row)) continue;
    if (holds_series(columns, row)) return fail(ErrorCode::csv_unknown_kind, Fault::person, {"series"});
    note_unnamed(columns, row, unnamed);
    std::optional<std::string> id;
    if (id_column) {
      id = *id_column < row.cells.size() ? one_line(row.cells[*id_column].text) : std::string();
      keys.take(*id);
    }
    const std::size_t problems_before = file.problems.size();
    auto value = fields.value();
    fields.check_width();
    if (file.problems.size() == problems_before) file.rows.push_back({row.number, std::move(id), std::move(value)});
  }
  if (id_column) file.keys = keys.verdict();
  if (file.keys != ImportKeys::used) {
    for (auto& entry : file.rows) entry.key.reset();
  }
  file.left_out = std::move(columns.left_out);
  for (const auto column : unnamed)
    file.left_out.push_back({columns.columns[column].name, LeftOutColumn::Why::unknown});
  return file;
}

}  // namespace kiem
