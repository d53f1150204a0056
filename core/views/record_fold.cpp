#include <algorithm>

#include "core/views/fold.hpp"
#include "core/views/register_fold.hpp"

namespace kiem {
namespace {

// The folded registers of one record in one collection.
struct Fields {
  std::map<std::uint32_t, FieldFold> by_number;
  std::int64_t conflicts = 0;

  [[nodiscard]] const FieldFold& of(std::uint32_t field) const { return by_number.at(field); }
  [[nodiscard]] std::string text(std::uint32_t field) const { return text_of(of(field)); }
  [[nodiscard]] std::optional<std::int64_t> number(std::uint32_t field) const { return number_of(of(field)); }
};

Result<Fields> fold_fields(const RecordRow& record, const std::vector<MutationRow>& mutations, std::uint32_t collection,
                           Values& values) {
  Fields fields;
  for (const auto& rule : first_schema()) {
    if (rule.collection != collection) continue;
    KIEM_TRY_GET(FieldFold field, fold_field(record, mutations, rule, values));
    if (field.conflict()) ++fields.conflicts;
    fields.by_number.emplace(rule.field, std::move(field));
  }
  return fields;
}

// A record is shown in a collection while one of its alive marks there is live, written in the collection's own circle.
const MutationRow* live_mark(const std::vector<MutationRow>& mutations, std::uint32_t collection, CircleNumber home) {
  const auto found = std::find_if(mutations.begin(), mutations.end(), [&](const MutationRow& mutation) {
    const bool mark = mutation.kind == static_cast<std::uint32_t>(MutationKind::create) ||
                      mutation.kind == static_cast<std::uint32_t>(MutationKind::restore);
    return mark && mutation.live && !mutation.field && mutation.collection == collection &&
           mutation.circle == static_cast<std::uint32_t>(home);
  });
  return found == mutations.end() ? nullptr : &*found;
}

Status note_conflicts(Connection& db, std::int64_t record, std::uint32_t collection, const Fields& fields) {
  KIEM_TRY_GET(Statement * clear, db.cached("DELETE FROM conflict WHERE record = ? AND collection = ?"));
  clear->bind(1, record).bind(2, std::int64_t{collection});
  KIEM_TRY(clear->run());
  if (fields.conflicts == 0) return {};
  for (const auto& [number, field] : fields.by_number) {
    if (!field.conflict()) continue;
    for (std::size_t i = 0; i < field.writes.size(); ++i) {
      KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO conflict(record, collection, field, operation, number, "
                                              "shown) VALUES(?, ?, ?, ?, ?, ?)"));
      add->bind(1, record).bind(2, std::int64_t{collection}).bind(3, std::int64_t{number});
      add->bind(4, field.writes[i].operation).bind(5, std::int64_t{field.writes[i].number});
      add->bind(6, std::int64_t{i < field.agreeing});
      KIEM_TRY(add->run());
    }
  }
  return {};
}

Status remove_row(Connection& db, const char* sql, std::int64_t record) {
  KIEM_TRY_GET(Statement * remove, db.cached(sql));
  remove->bind(1, record);
  return remove->run();
}

Status write_task(Connection& db, const RecordRow& record, const MutationRow& mark, const Fields& fields) {
  namespace f = task_field;
  KIEM_TRY_GET(
      Statement * put,
      db.cached("INSERT OR REPLACE INTO task(record, space, title, state, seats, date, before, start, until, place, "
                "roles, note, cancel_reason, assigner, added_by, conflicts, free, confirmed, waiting, "
                "provisional, overbooked) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, 0, 0, 0)"));
  int column = 1;
  put->bind(column++, record.row);
  put->bind(column++, record.space);
  put->bind(column++, std::string_view(fields.text(f::kTitle)));
  put->bind(column++, fields.number(f::kState).value_or(task_state::kOpen));
  for (const auto field : {f::kSeats, f::kDate, f::kBefore, f::kStart, f::kEnd}) {
    put->bind_optional(column++, fields.number(field));
  }
  const auto& place = fields.of(f::kPlace).shown;
  const auto* place_record = place ? std::get_if<RecordValue>(&*place) : nullptr;
  place_record ? put->bind(column++, place_record->record) : put->bind_null(column++);
  for (const auto field : {f::kRoles, f::kNote, f::kCancelReason}) {
    put->bind(column++, std::string_view(fields.text(field)));
  }
  const auto& assigner = fields.of(f::kAssigner).shown;
  const auto* device = assigner ? std::get_if<DeviceValue>(&*assigner) : nullptr;
  put->bind(column++, device ? device->device : mark.device);
  put->bind(column++, mark.author);
  put->bind(column++, fields.conflicts);
  return put->run();
}

Status write_place(Connection& db, const RecordRow& record, const MutationRow&, const Fields& fields) {
  namespace f = place_field;
  KIEM_TRY_GET(Statement * put, db.cached("INSERT OR REPLACE INTO place(record, space, title, kind, area, text, "
                                          "meeting_point, conflicts) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  put->bind(1, record.row).bind(2, record.space).bind(8, fields.conflicts);
  int column = 3;
  for (const auto field : {f::kTitle, f::kKind, f::kArea, f::kText, f::kMeetingPoint}) {
    put->bind(column++, std::string_view(fields.text(field)));
  }
  return put->run();
}

Status write_principal(Connection& db, const RecordRow& record, const MutationRow&, const Fields& fields) {
  namespace f = principal_field;
  KIEM_TRY_GET(Statement * put,
               db.cached("INSERT OR REPLACE INTO principal(record, space, name, kind, role_text, talents, languages, "
                         "works_with, conflicts) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  put->bind(1, record.row).bind(2, record.space).bind(9, fields.conflicts);
  put->bind(3, std::string_view(fields.text(f::kName)));
  put->bind(4, fields.number(f::kKind).value_or(principal_kind::kPerson));
  int column = 5;
  for (const auto field : {f::kRoleText, f::kTalents, f::kLanguages, f::kWorksWith}) {
    put->bind(column++, std::string_view(fields.text(field)));
  }
  return put->run();
}

struct CollectionView {
  std::uint32_t collection;
  CircleNumber home;
  const char* remove;
  Status (*write)(Connection&, const RecordRow&, const MutationRow&, const Fields&);
};

constexpr std::array kCollectionViews{
    CollectionView{collection::kTask, CircleNumber::open, "DELETE FROM task WHERE record = ?", write_task},
    CollectionView{collection::kPlace, CircleNumber::open, "DELETE FROM place WHERE record = ?", write_place},
    CollectionView{collection::kPrincipal, CircleNumber::members, "DELETE FROM principal WHERE record = ?",
                   write_principal},
};

Result<std::optional<std::int64_t>> occurrence_of_claim(Connection& db, std::int64_t claim) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT occurrence FROM claim WHERE record = ?"));
  find->bind(1, claim);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t occurrence = find->integer(0);
  find->reset();
  return std::optional<std::int64_t>(occurrence);
}

}  // namespace

Result<std::optional<std::int64_t>> fold_record(Connection& db, const RecordRow& record) {
  KIEM_TRY_GET(const auto mutations, mutations_of(db, record));
  const auto speaks_of = [&](std::uint32_t collection) {
    return std::any_of(mutations.begin(), mutations.end(),
                       [&](const MutationRow& mutation) { return mutation.collection == collection; });
  };
  Values values(db);
  std::optional<std::int64_t> occurrence;
  for (const auto& view : kCollectionViews) {
    if (!speaks_of(view.collection)) continue;
    const MutationRow* mark = live_mark(mutations, view.collection, view.home);
    if (mark == nullptr) {
      KIEM_TRY(remove_row(db, view.remove, record.row));
      KIEM_TRY(note_conflicts(db, record.row, view.collection, {}));
      continue;
    }
    KIEM_TRY_GET(const Fields fields, fold_fields(record, mutations, view.collection, values));
    KIEM_TRY(view.write(db, record, *mark, fields));
    KIEM_TRY(note_conflicts(db, record.row, view.collection, fields));
    if (view.collection == collection::kTask) occurrence = record.row;
  }
  if (speaks_of(collection::kClaim)) {
    KIEM_TRY_GET(occurrence, occurrence_of_claim(db, record.row));
  } else if (!occurrence && speaks_of(collection::kConfirmation)) {
    occurrence = record.row;
  }
  return occurrence;
}

}  // namespace kiem
