#include "core/views/due_query.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "core/schema/first.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/register_fold.hpp"
#include "core/views/view_tables.hpp"

namespace kiem {
namespace {

// More conditions than this would rather be looked at row by row; SQLite takes no more than a thousand.
constexpr std::size_t kMostConditions = 64;
constexpr std::int64_t kUtcDayMs = std::int64_t{24} * 60 * 60 * 1000;

// The day of UTC; nothing for one that no clock can mean.
std::optional<std::int32_t> utc_day(WallTime moment) {
  const std::int64_t day = moment.ms / kUtcDayMs - (moment.ms % kUtcDayMs < 0 ? 1 : 0);
  if (day < kFirstKeptDay || day > kLastKeptDay) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

KeepModel keep_model(const CollectionDefinition& collection, const Keep& keep) {
  KeepModel model;
  const FieldDefinition* field = keep.after ? collection.find(*keep.after) : nullptr;
  if (field != nullptr) model.after = {field->words.key, field->words.nl, field->words.en};
  model.unit = kTermWords[static_cast<std::size_t>(keep.term.unit)];
  model.count = keep.term.count;
  return model;
}

// Of those that count from one day and can be compared, the shortest: however many were said, few are looked at. Of two
// that are the same in months and years the first stands.
std::vector<Keep> keeps_that_count(const CollectionDefinition& collection) {
  std::vector<Keep> those;
  std::ranges::copy_if(collection.keeps, std::back_inserter(those), [&](const Keep& keep) {
    return std::ranges::none_of(collection.keeps, [&](const Keep& other) {
      return other != keep && other.after == keep.after && ends_by(keep.term, other.term) &&
             (!ends_by(other.term, keep.term) || other < keep);
    });
  });
  return those;
}

// A record that may be due, as its row tells; of a deleted one there is no row.
struct LikelyDue {
  std::int64_t record = 0;
  RecordId id;
  std::string title;
  bool in_conflict = false;
  std::vector<std::optional<std::int64_t>> days;  // beside the collection's keeps
};

// The keep that ended first of those that are over.
struct EndedKeep {
  const Keep* keep = nullptr;
  std::int32_t from = 0, until = 0;
};

class DueReader {
 public:
  DueReader(Connection& db, const SpaceRow& space, const Schema& schema, const CollectionDefinition& collection,
            std::int32_t today, Missing* missing)
      : db_(db),
        space_(space),
        schema_(schema),
        collection_(collection),
        keeps_(keeps_that_count(collection)),
        today_(today),
        missing_(missing) {}

  Status run(std::vector<DueRow>& due) {
    KIEM_TRY_GET(const auto shown, shown_candidates());
    for (const LikelyDue& each : shown) KIEM_TRY(take(each, false, due));
    KIEM_TRY_GET(const auto deleted, deleted_candidates());
    for (const LikelyDue& each : deleted) KIEM_TRY(take(each, true, due));
    return {};
  }

 private:
  [[nodiscard]] const FieldDefinition* field_of(const Keep& keep) const {
    return keep.after ? collection_.find(*keep.after) : nullptr;
  }

  // --- those that are shown ------------------------------------------------------------------------------------------
  [[nodiscard]] std::string columns(const std::string& id) const {
    const FieldDefinition* title = collection_.title ? collection_.find(*collection_.title) : nullptr;
    std::string sql = "SELECT t.record, " + id + ", t.conflicts, ";
    sql += title == nullptr || column_type(*title) != ColumnType::text ? "''"
                                                                       : "coalesce(t." + column_of(*title) + ", '')";
    for (const Keep& keep : keeps_) {
      const FieldDefinition* field = field_of(keep);
      sql += field == nullptr ? ", NULL" : ", t." + column_of(*field);
    }
    return sql + " FROM " + view_table_of(collection_) + " t ";
  }

  [[nodiscard]] Result<std::vector<LikelyDue>> shown_candidates() {
    auto all = likely_candidates();
    if (all || !steps_over(all.error(), missing_)) return all;
    std::vector<LikelyDue> readable;
    const std::string index = "SELECT record FROM " + view_table_of(collection_) + " WHERE space = ?";
    const IndexedList list{index.c_str(), [this](Statement& find) { find.bind(1, space_.row); }};
    const std::string sql = columns("?3") + "WHERE t.space = ?1 AND t.record = ?2";
    const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
      KIEM_TRY_GET(Statement * find, db_.cached(sql));
      find->bind(1, space_.row).bind(2, record).bind(3, id);
      KIEM_TRY_GET(const bool here, find->step());
      if (!here) return false;
      KIEM_TRY_GET(LikelyDue each, candidate_in(*find));
      find->reset();
      readable.push_back(std::move(each));
      return true;
    };
    KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db_, space_.row, list, read));
    missing_->rows += unread;
    return readable;
  }

  // Those whose shown days do not tell that they are not due. The latest day of a conflict is never before the shown.
  [[nodiscard]] Result<std::vector<LikelyDue>> likely_candidates() {
    // One that has lost its id is damage, and is not left out.
    std::string sql = columns("r.id") + "LEFT JOIN record r USING(record) WHERE t.space = ?1";
    const bool by_write = std::any_of(keeps_.begin(), keeps_.end(), [](const Keep& keep) { return !keep.after; });
    const bool all_rows = by_write || keeps_.size() > kMostConditions;
    int place = 2;
    if (!all_rows) {
      for (const Keep& keep : keeps_) {
        sql += place == 2 ? " AND (" : " OR ";
        sql += "t." + column_of(*field_of(keep)) + " < ?" + std::to_string(place++);
      }
      sql += ")";
    }
    KIEM_TRY_GET(Statement * find, db_.cached(sql));
    find->bind(1, space_.row);
    place = 2;
    if (!all_rows) {
      for (const Keep& keep : keeps_) find->bind(place++, latest_due(keep.term, today_));
    }
    std::vector<LikelyDue> all;
    while (true) {
      KIEM_TRY_GET(const bool more, find->step());
      if (!more) return all;
      KIEM_TRY_GET(LikelyDue each, candidate_in(*find));
      all.push_back(std::move(each));
    }
  }

  [[nodiscard]] Result<LikelyDue> candidate_in(const Statement& row) const {
    LikelyDue each;
    each.record = row.integer(0);
    KIEM_TRY_GET(each.id, row.id<RecordId>(1));
    each.in_conflict = row.integer(2) > 0;
    each.title = std::string(row.text(3));
    for (std::size_t i = 0; i < keeps_.size(); ++i) {
      const int column = 4 + static_cast<int>(i);
      each.days.push_back(row.is_null(column) ? std::nullopt : std::optional(row.integer(column)));
    }
    return each;
  }

  // --- those that were deleted ---------------------------------------------------------------------------------------
  // In the index of mutations by record, since none by collection is kept. `record` names the one in question.
  [[nodiscard]] std::string are_deleted(const std::string& record) const {
    return "m.record = " + record + " AND m.collection = ?2 AND m.field = -1 AND m.kind = ?3 AND " + record +
           " NOT IN (SELECT record FROM erased WHERE circle = ?4) AND " + record + " NOT IN (SELECT record FROM " +
           view_table_of(collection_) + ")";
  }
  void bind_deleted(Statement& find, std::int64_t space_or_record) const {
    find.bind(1, space_or_record).bind(2, std::int64_t{collection_.local});
    find.bind(3, static_cast<std::int64_t>(MutationKind::delete_mark));
    find.bind(4, static_cast<std::int64_t>(collection_.home));
  }

  [[nodiscard]] Result<std::vector<LikelyDue>> deleted_candidates() {
    const std::string from = " FROM record r CROSS JOIN mutation m WHERE r.space = ?1 AND " + are_deleted("r.record");
    auto all = likely_deleted("SELECT DISTINCT r.record, r.id" + from);
    if (all || !steps_over(all.error(), missing_)) return all;
    std::vector<LikelyDue> readable;
    const std::string index = "SELECT DISTINCT r.record" + from;
    const IndexedList list{index.c_str(), [this](Statement& find) { bind_deleted(find, space_.row); }};
    const std::string sql = "SELECT 1 FROM mutation m WHERE " + are_deleted("?1");
    const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
      KIEM_TRY_GET(Statement * find, db_.cached(sql));
      bind_deleted(*find, record);
      KIEM_TRY_GET(const bool here, find->step());
      if (!here) return false;
      find->reset();
      LikelyDue each;
      each.record = record;
      each.id = id;
      readable.push_back(std::move(each));
      return true;
    };
    KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db_, space_.row, list, read));
    missing_->rows += unread;
    return readable;
  }

  [[nodiscard]] Result<std::vector<LikelyDue>> likely_deleted(const std::string& sql) {
    KIEM_TRY_GET(Statement * find, db_.cached(sql));
    bind_deleted(*find, space_.row);
    std::vector<LikelyDue> all;
    while (true) {
      KIEM_TRY_GET(const bool more, find->step());
      if (!more) return all;
      LikelyDue each;
      each.record = find->integer(0);
      KIEM_TRY_GET(each.id, find->id<RecordId>(1));
      all.push_back(std::move(each));
    }
  }

  // What somebody deleted, and not what never counted or is not all here: its marks count, and are replaced.
  [[nodiscard]] bool was_deleted(const std::vector<MutationRow>& mutations) const {
    bool marked = false, deleted = false;
    for (const MutationRow& each : mutations) {
      const bool of_record = each.counts && !each.field && each.collection == collection_.local &&
                             each.circle == static_cast<std::uint32_t>(collection_.home);
      marked = marked || (of_record && (each.kind == static_cast<std::uint32_t>(MutationKind::create) ||
                                        each.kind == static_cast<std::uint32_t>(MutationKind::restore)));
      deleted = deleted || (of_record && each.kind == static_cast<std::uint32_t>(MutationKind::delete_mark));
    }
    return marked && deleted;
  }

  // --- what one record says ------------------------------------------------------------------------------------------
  Status take(const LikelyDue& candidate, bool deleted, std::vector<DueRow>& due) {
    auto row = deleted || candidate.in_conflict ? judge_whole(candidate, deleted) : judge_row(candidate);
    if (!row && !steps_over(row.error(), missing_)) return tl::unexpected<Error>(row.error());
    if (!row) ++missing_->rows;
    if (row && *row) due.push_back(std::move(**row));
    return {};
  }

  [[nodiscard]] Result<std::optional<DueRow>> judge_row(const LikelyDue& candidate) {
    std::vector<std::optional<std::int32_t>> days;
    days.reserve(candidate.days.size());
    for (const auto& day : candidate.days) {
      const bool is_day = day && *day >= kFirstKeptDay && *day <= kLastKeptDay;
      days.push_back(is_day ? std::optional(static_cast<std::int32_t>(*day)) : std::nullopt);
    }
    return judge(candidate, candidate.title, days, false);
  }

  // From its mutations: of a deleted record there is no row, and of a date that was written apart the row has one side.
  [[nodiscard]] Result<std::optional<DueRow>> judge_whole(const LikelyDue& candidate, bool deleted) {
    const RecordRow record{candidate.record, candidate.id, space_.row};
    KIEM_TRY_GET(const auto mutations, mutations_of(db_, record, schema_));
    if (deleted && !was_deleted(mutations)) return std::optional<DueRow>{};
    Values values(db_);
    std::vector<std::optional<std::int32_t>> days;
    for (const Keep& keep : keeps_) {
      std::optional<std::int32_t>& day = days.emplace_back();
      const FieldDefinition* field = field_of(keep);
      if (field == nullptr) continue;
      KIEM_TRY_GET(const FieldFold fold, fold_field(record, mutations, collection_, *field, values));
      KIEM_TRY_GET(day, latest_of(fold, values));
    }
    std::string title = candidate.title;
    const FieldDefinition* named = collection_.title ? collection_.find(*collection_.title) : nullptr;
    if (deleted && named != nullptr && named->merge == MergeType::one) {
      KIEM_TRY_GET(const FieldFold fold, fold_field(record, mutations, collection_, *named, values));
      const auto* text = fold.shown ? std::get_if<TextValue>(&*fold.shown) : nullptr;
      if (text != nullptr) title = text->text;
    }
    return judge(candidate, title, days, deleted);
  }

  [[nodiscard]] static Result<std::optional<std::int32_t>> latest_of(const FieldFold& fold, Values& values) {
    std::optional<std::int32_t> latest;
    for (const MutationRow& write : fold.writes) {
      // With one write the fold has read the value already.
      std::optional<Value> value = fold.shown;
      if (fold.conflict()) {
        KIEM_TRY_GET(value, values.of(write));
      }
      const auto* date = value ? std::get_if<DateValue>(&*value) : nullptr;
      if (date == nullptr) return std::optional<std::int32_t>{};
      latest = std::max(latest.value_or(date->days), date->days);
    }
    return latest;
  }

  void weigh(const Keep& keep, std::optional<std::int32_t> from, std::optional<EndedKeep>& verdict) const {
    const auto until = from ? last_day(keep.term, *from) : std::nullopt;
    if (!until || *until >= today_) return;
    if (!verdict || *until < verdict->until) verdict = EndedKeep{&keep, *from, *until};
  }

  [[nodiscard]] Result<std::optional<DueRow>> judge(const LikelyDue& candidate, const std::string& title,
                                                    const std::vector<std::optional<std::int32_t>>& days,
                                                    bool deleted) {
    std::optional<EndedKeep> verdict;
    bool by_write = false;
    for (std::size_t i = 0; i < days.size(); ++i) {
      const Keep& keep = keeps_[i];
      if (keep.after) weigh(keep, days[i], verdict);
      by_write = by_write || !keep.after;
    }
    if (by_write) {
      KIEM_TRY_GET(const auto written, last_write(candidate.record));
      for (const Keep& keep : keeps_) {
        if (!keep.after) weigh(keep, written, verdict);
      }
    }
    if (!verdict) return std::optional<DueRow>{};
    DueRow row;
    row.id = candidate.id;
    row.collection = {collection_.words.key, collection_.words.nl, collection_.words.en};
    row.title = title;
    row.keep = keep_model(collection_, *verdict->keep);
    row.from = verdict->from;
    row.until = verdict->until;
    row.deleted = deleted;
    return std::optional(std::move(row));
  }

  // The latest day told by an operation that wrote to the record; nothing when that is none, or when it is late enough
  // for the record not to be due by it.
  [[nodiscard]] Result<std::optional<std::int32_t>> last_write(std::int64_t record) {
    KIEM_TRY_GET(Statement * find,
                 db_.cached("SELECT DISTINCT operation FROM mutation WHERE record = ? ORDER BY operation DESC"));
    find->bind(1, record);
    std::vector<std::int64_t> operations;
    while (true) {
      KIEM_TRY_GET(const bool more, find->step());
      if (!more) break;
      operations.push_back(find->integer(0));
    }
    std::optional<std::int32_t> latest;
    // What came last was most often written last, and mostly that is late enough.
    for (const std::int64_t number : operations) {
      KIEM_TRY_GET(const StoredOperation operation, load_operation(db_, number));
      if (!counts(operation.standing)) continue;
      const auto day = utc_day(operation.header.claimed);
      if (!day) return std::optional<std::int32_t>{};
      latest = std::max(latest.value_or(*day), *day);
      const bool is_due = std::any_of(keeps_.begin(), keeps_.end(), [&](const Keep& keep) {
        return !keep.after && last_day(keep.term, *latest).value_or(today_) < today_;
      });
      if (!is_due) return std::optional<std::int32_t>{};
    }
    return latest;
  }

  Connection& db_;
  const SpaceRow& space_;
  const Schema& schema_;
  const CollectionDefinition& collection_;
  std::vector<Keep> keeps_;
  std::int32_t today_;
  Missing* missing_;
};

}  // namespace

Result<std::vector<DueRow>> query_due(Connection& db, const SpaceRow& space, const Schema& schema,
                                      const CollectionDefinition* collection, std::int32_t today, Missing* missing) {
  std::vector<DueRow> due;
  for (const CollectionDefinition& each : schema.collections()) {
    if (each.keeps.empty() || (collection != nullptr && each.name != collection->name)) continue;
    KIEM_TRY(DueReader(db, space, schema, each, today, missing).run(due));
  }
  std::ranges::sort(due, {}, [](const DueRow& row) { return std::tie(row.until, row.id); });
  return due;
}

std::vector<KeepModel> keep_models(const CollectionDefinition& collection) {
  std::vector<KeepModel> models;
  for (const Keep& keep : keeps_that_count(collection)) models.push_back(keep_model(collection, keep));
  return models;
}

}  // namespace kiem
