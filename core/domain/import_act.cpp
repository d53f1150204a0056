#include "core/domain/import_act.hpp"

#include <algorithm>

#include "core/crypto/hash.hpp"
#include "core/domain/import/rows.hpp"
#include "core/domain/people.hpp"
#include "core/domain/places.hpp"
#include "core/domain/tasks.hpp"
#include "core/domain/text_rules.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagFile = "kiem.import.file.0";
constexpr std::string_view kTagKeyed = "kiem.import.key.0";
constexpr std::string_view kTagRow = "kiem.import.row.0";
constexpr std::size_t kTitlesTold = 20;
// The most mutations that one row becomes.
constexpr std::size_t kRowMutations = 12;

std::uint32_t collection_of(ImportKind kind) {
  switch (kind) {
    case ImportKind::tasks:
      return collection::kTask;
    case ImportKind::places:
      return collection::kPlace;
    case ImportKind::people:
      return collection::kPrincipal;
  }
  return collection::kTask;
}

RecordId keyed_id(ByteView secret, std::uint32_t collection, std::string_view key) {
  return same_bytes<RecordId>(keyed_hash_of(secret, kTagKeyed, {le32(collection), view(key)}));
}

// Plain ids name each other across files ("pl1" in a list of tasks), so they are recognised by their shape alone.
bool looks_like_key(std::string_view text) {
  const auto digit = std::find_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digit != text.end() && digit - text.begin() <= 4 && text.end() - digit <= 9 &&
         std::all_of(text.begin(), digit, [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::all_of(digit, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Rows go into operations of one circle, as many as fit each.
class Writer {
 public:
  Writer(const UserAct& act, CircleNumber circle) : act_(act), circle_(circle), draft_(act.draft_in(circle)) {}

  [[nodiscard]] Result<Draft*> room_for(std::size_t text_bytes) {
    if (!draft_.has_room(kRowMutations, text_bytes + kRowMutations * 16)) KIEM_TRY(finish());
    return &draft_;
  }
  [[nodiscard]] Status finish() {
    if (draft_.empty()) return {};
    KIEM_TRY(act_.write(draft_));
    draft_ = act_.draft_in(circle_);
    return {};
  }

 private:
  const UserAct& act_;
  CircleNumber circle_;
  Draft draft_;
};

class Importer {
 public:
  Importer(const UserAct& act, const ImportFile& request, const ImportedFile& file, Bytes secret)
      : act_(act),
        request_(request),
        file_(file),
        secret_(std::move(secret)),
        file_hash_(hash_of(kTagFile, {request.contents})),
        home_(act, file.kind == ImportKind::people ? CircleNumber::members : CircleNumber::open),
        notes_(act, CircleNumber::members) {}

  [[nodiscard]] Result<ImportAnswer> run();

 private:
  [[nodiscard]] RecordId id_of_row(const ImportedRow& row) const;
  [[nodiscard]] Result<bool> is_here(const RecordId& id) const;
  [[nodiscard]] Result<std::optional<RecordId>> place_named(const ImportedRow& row, const std::string& text);
  [[nodiscard]] Status take(const ImportedRow& row, const RecordId& id, const ImportedTask& task);
  [[nodiscard]] Status take(const ImportedRow& row, const RecordId& id, const ImportedPlace& place);
  [[nodiscard]] Status take(const ImportedRow& row, const RecordId& id, const ImportedPerson& person);
  void count(const std::string& title);
  void add_problem(const ImportedRow& row, std::string column, std::string found, std::string expected);

  const UserAct& act_;
  const ImportFile& request_;
  const ImportedFile& file_;
  Bytes secret_;
  Hash32 file_hash_;
  Writer home_;
  Writer notes_;
  ImportAnswer answer_;
};

RecordId Importer::id_of_row(const ImportedRow& row) const {
  const std::uint32_t collection = collection_of(file_.kind);
  if (row.key) return keyed_id(secret_, collection, *row.key);
  return same_bytes<RecordId>(keyed_hash_of(secret_, kTagRow, {le32(collection), view(file_hash_), le32(row.row)}));
}

Result<bool> Importer::is_here(const RecordId& id) const {
  KIEM_TRY_GET(const auto record, find_record(act_.db, id, act_.space.row));
  if (!record) return false;
  // A record number alone may come from a reference; a row that was taken has a creation.
  KIEM_TRY_GET(Statement * find,
               act_.db.cached("SELECT 1 FROM mutation WHERE record = ? AND collection = ? AND kind = ?"));
  find->bind(1, *record).bind(2, std::int64_t{collection_of(file_.kind)});
  find->bind(3, static_cast<std::int64_t>(MutationKind::create));
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

void Importer::count(const std::string& title) {
  ++answer_.added;
  if (answer_.titles.size() < kTitlesTold) answer_.titles.push_back(title);
}

void Importer::add_problem(const ImportedRow& row, std::string column, std::string found, std::string expected) {
  answer_.problems.push_back({row.row, std::move(column), std::move(found), std::move(expected)});
}

// By its id in a file of places, whether that file was taken already or comes later, else by its title.
Result<std::optional<RecordId>> Importer::place_named(const ImportedRow& row, const std::string& text) {
  if (text.empty()) return std::optional<RecordId>{};
  if (looks_like_key(text)) return std::optional(keyed_id(secret_, collection::kPlace, text));
  auto found = query_named(act_.db, act_.space, Named::place, text);
  if (found) return std::optional(*found);
  if (found.error().fault != Fault::person) return tl::unexpected<Error>(found.error());
  add_problem(row, "place", text, "known_place");
  return std::optional<RecordId>{};
}

Status Importer::take(const ImportedRow& row, const RecordId& id, const ImportedTask& imported) {
  const auto problems = answer_.problems.size();
  NewTask task;
  task.title = imported.title;
  task.seats = imported.seats;
  task.date = imported.date;
  task.before = imported.before;
  task.start = imported.start;
  task.end = imported.end;
  task.note = imported.note;
  task.roles = imported.roles;
  KIEM_TRY_GET(task.place, place_named(row, imported.place));
  if (task.note.size() > kMaxTextBytes) add_problem(row, "note", {}, "text_4000");
  if (answer_.problems.size() > problems) return {};
  count(task.title);
  if (request_.dry_run) return {};
  KIEM_TRY_GET(Draft * card, home_.room_for(task.title.size() + task.roles.size()));
  draft_task_card(*card, act_, id, task);
  if (task.note.empty()) return {};
  KIEM_TRY_GET(Draft * note, notes_.room_for(task.note.size()));
  draft_task_note(*note, id, task.note);
  return {};
}

Status Importer::take(const ImportedRow&, const RecordId& id, const ImportedPlace& imported) {
  const NewPlace place{imported.title, imported.kind, imported.area, imported.text, imported.meeting_point};
  count(place.title);
  if (request_.dry_run) return {};
  KIEM_TRY_GET(Draft * draft, home_.room_for(place.title.size() + place.kind.size() + place.area.size() +
                                             place.text.size() + place.meeting_point.size()));
  draft_place(*draft, id, place);
  return {};
}

Status Importer::take(const ImportedRow&, const RecordId& id, const ImportedPerson& imported) {
  const PersonWords words{imported.name, imported.role, imported.talents, imported.languages, imported.works_with};
  count(words.name);
  if (request_.dry_run) return {};
  KIEM_TRY_GET(Draft * draft, home_.room_for(words.name.size() + words.role_text.size() + words.talents.size() +
                                             words.languages.size() + words.works_with.size()));
  const bool organisation = words.role_text.find("organisatie") != std::string::npos;
  draft_person(*draft, principal_of(id), organisation ? principal_kind::kOrganisation : principal_kind::kCard, words);
  return {};
}

Result<ImportAnswer> Importer::run() {
  answer_.kind = static_cast<ImportAnswer::Kind>(file_.kind);
  answer_.dry_run = request_.dry_run;
  for (const auto& column : file_.left_out) {
    answer_.left_out.push_back({column.column, static_cast<ImportAnswer::LeftOut::Why>(column.why)});
  }
  for (const auto& problem : file_.problems) {
    answer_.problems.push_back(
        {problem.row, problem.column, problem.found, std::string(expected_key(problem.expected))});
  }
  for (const auto& row : file_.rows) {
    const RecordId id = id_of_row(row);
    KIEM_TRY_GET(const bool here, is_here(id));
    if (here) {
      ++answer_.already;
      continue;
    }
    KIEM_TRY(std::visit([&](const auto& value) { return take(row, id, value); }, row.value));
  }
  KIEM_TRY(home_.finish());
  KIEM_TRY(notes_.finish());
  std::sort(answer_.problems.begin(), answer_.problems.end(),
            [](const auto& a, const auto& b) { return a.row < b.row; });
  return std::move(answer_);
}

static_assert(static_cast<int>(ImportKind::people) == static_cast<int>(ImportAnswer::Kind::people));
static_assert(static_cast<int>(LeftOutColumn::Why::repeated) == static_cast<int>(ImportAnswer::LeftOut::Why::repeated));

}  // namespace

Result<ImportAnswer> import_file(const UserAct& act, const ImportFile& request, std::optional<std::int32_t> base_date) {
  KIEM_TRY_GET(const ImportedFile file, read_import(request.contents, request.file_name, base_date));
  KIEM_TRY_GET(Bytes secret, space_secret(act.db, act.space.row));
  return Importer(act, request, file, std::move(secret)).run();
}

}  // namespace kiem
