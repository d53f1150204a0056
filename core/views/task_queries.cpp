#include <algorithm>
#include <set>
#include <tuple>

#include "core/views/conflict_query.hpp"
#include "core/views/queries.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {
namespace {

// With its number, by which the rest of it is found.
struct NumberedTask {
  std::int64_t record = 0;
  TaskCard card;
};

constexpr const char* kTaskColumns =
    "SELECT r.id, t.title, t.state, t.seats, t.free, t.date, t.start, t.until, t.place, coalesce(p.title, ''), t.note, "
    "t.roles, t.cancel_reason, t.confirmed, t.waiting, t.provisional, t.overbooked, t.conflicts, t.before, t.record "
    "FROM task t JOIN record r USING(record) "
    "LEFT JOIN record pr ON pr.id = t.place AND pr.space = t.space LEFT JOIN place p ON p.record = pr.record ";
// The same columns of one task, from its own row alone; what stands elsewhere is looked up by itself.
constexpr const char* kOneTask =
    "SELECT ?3, title, state, seats, free, date, start, until, place, '', note, roles, cancel_reason, confirmed, "
    "waiting, provisional, overbooked, conflicts, before, record FROM task WHERE record = ?1 AND space = ?2";
constexpr const char* kClaimColumns =
    "SELECT principal, state, position, reason, reason_number, count, confirmed, entered_by FROM claim ";

template <class Number>
std::optional<Number> optional_number(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<Number>(row.integer(column));
}

Result<NumberedTask> read_task(const Statement& row, const SpaceId& initiative) {
  NumberedTask task{row.integer(19), {}};
  TaskCard& card = task.card;
  KIEM_TRY_GET(card.id, row.id<RecordId>(0));
  card.initiative = initiative;
  card.title = std::string(row.text(1));
  card.state = static_cast<TaskState>(row.integer(2));
  card.seats = optional_number<std::uint32_t>(row, 3);
  card.free = optional_number<std::uint32_t>(row, 4);
  card.date = optional_number<std::int32_t>(row, 5);
  card.start = optional_number<std::uint16_t>(row, 6);
  card.end = optional_number<std::uint16_t>(row, 7);
  if (!row.is_null(8)) {
    KIEM_TRY_GET(card.place, row.id<RecordId>(8));
  }
  card.place_title = std::string(row.text(9));
  card.note = std::string(row.text(10));
  card.roles = std::string(row.text(11));
  card.cancel_reason = std::string(row.text(12));
  card.confirmed = static_cast<std::uint32_t>(row.integer(13));
  card.waiting = static_cast<std::uint32_t>(row.integer(14));
  card.provisional = static_cast<std::uint32_t>(row.integer(15));
  card.overbooked = row.integer(16) != 0;
  card.in_conflict = row.integer(17) != 0;
  card.before = optional_number<std::int32_t>(row, 18);
  return task;
}

// --- claims ----------------------------------------------------------------------------------------------------------

// The names come later: they are looked up by the same connection.
Result<ClaimRow> read_claim(const Statement& row, const PersonId& me) {
  ClaimRow claim;
  KIEM_TRY_GET(claim.person.id, row.id<PrincipalId>(0));
  claim.state = static_cast<ClaimState>(row.integer(1));
  claim.position = claim.state == ClaimState::waiting ? static_cast<std::uint32_t>(row.integer(2)) : 0;
  claim.reason = {static_cast<ClaimReason>(row.integer(3)), static_cast<std::uint32_t>(row.integer(4))};
  claim.count = static_cast<std::uint32_t>(row.integer(5));
  claim.confirmed = static_cast<std::uint32_t>(row.integer(6));
  if (const auto by = id_from<PrincipalId>(row.blob(7))) claim.entered_by = PersonRef{*by, {}};
  claim.mine = claim.person.id == principal_of(me);
  return claim;
}

// Somebody whose name damage hides is shown without one.
Result<PersonRef> person_or_id(Connection& db, std::int64_t space, const PrincipalId& id, Missing* missing) {
  return or_instead(query_person(db, space, id), PersonRef{id, {}}, missing);
}

Status add_names(Connection& db, std::int64_t space, ClaimRow& claim, Missing* missing) {
  KIEM_TRY_GET(claim.person, person_or_id(db, space, claim.person.id, missing));
  if (claim.entered_by) {
    KIEM_TRY_GET(claim.entered_by, person_or_id(db, space, claim.entered_by->id, missing));
  }
  return {};
}

Result<std::vector<ClaimRow>> all_claims(Connection& db, std::int64_t task, const PersonId& me) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached(std::string(kClaimColumns) +
                "JOIN record r USING(record) WHERE occurrence = ? ORDER BY "
                "CASE state WHEN 2 THEN 0 WHEN 7 THEN 1 WHEN 6 THEN 1 WHEN 5 THEN 2 ELSE 3 END, position, r.id"));
  static_assert(static_cast<int>(ClaimState::confirmed) == 2 && static_cast<int>(ClaimState::provisional) == 7 &&
                static_cast<int>(ClaimState::seen) == 6 && static_cast<int>(ClaimState::waiting) == 5);
  find->bind(1, task);
  std::vector<ClaimRow> claims;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return claims;
    KIEM_TRY_GET(ClaimRow claim, read_claim(*find, me));
    claims.push_back(std::move(claim));
  }
}

int rank_of(ClaimState state) {
  switch (state) {
    case ClaimState::confirmed:
      return 0;
    case ClaimState::provisional:
    case ClaimState::seen:
      return 1;
    case ClaimState::waiting:
      return 2;
    default:
      return 3;
  }
}

Result<std::vector<ClaimRow>> readable_claims(Connection& db, std::int64_t space, std::int64_t task, const PersonId& me,
                                              Missing* missing) {
  struct Placed {
    int rank;
    std::int64_t position;
    RecordId id;
    ClaimRow claim;
  };
  std::vector<Placed> found;
  const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
    KIEM_TRY_GET(Statement * find, db.cached(std::string(kClaimColumns) + "WHERE record = ? AND occurrence = ?"));
    find->bind(1, record).bind(2, task);
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    KIEM_TRY_GET(ClaimRow claim, read_claim(*find, me));
    found.push_back({rank_of(claim.state), find->integer(2), id, std::move(claim)});
    find->reset();
    return true;
  };
  const IndexedList of_task{"SELECT record FROM claim INDEXED BY claim_by_occurrence WHERE occurrence = ?",
                            [task](Statement& find) { find.bind(1, task); }};
  KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db, space, of_task, read));
  missing->details += unread;
  std::ranges::sort(found, {}, [](const Placed& each) { return std::tie(each.rank, each.position, each.id); });
  std::vector<ClaimRow> claims;
  claims.reserve(found.size());
  for (auto& each : found) claims.push_back(std::move(each.claim));
  return claims;
}

// The claims of one task: in the order they are placed, then the waiting list, then the rest.
Result<std::vector<ClaimRow>> claims_of(Connection& db, std::int64_t space, std::int64_t task, const PersonId& me,
                                        Missing* missing) {
  auto found = all_claims(db, task, me);
  if (!found && steps_over(found.error(), missing)) found = readable_claims(db, space, task, me, missing);
  KIEM_TRY_GET(auto claims, std::move(found));
  for (auto& claim : claims) KIEM_TRY(add_names(db, space, claim, missing));
  // What was written without the right is kept, and is nobody's claim.
  std::erase_if(claims, [](const ClaimRow& claim) { return claim.reason.code == ClaimReason::no_effect; });
  return claims;
}

Result<std::vector<std::int64_t>> tasks_claimed_by(Connection& db, const SpaceRow& space, const PersonId& me) {
  KIEM_TRY_GET(Statement * mine, db.cached("SELECT t.record FROM claim c JOIN record t ON t.record = c.occurrence "
                                           "WHERE c.principal = ? AND t.space = ?"));
  mine->bind(1, principal_of(me)).bind(2, space.row);
  std::vector<std::int64_t> tasks;
  while (true) {
    KIEM_TRY_GET(const bool more, mine->step());
    if (!more) return tasks;
    tasks.push_back(mine->integer(0));
  }
}

Result<std::vector<std::int64_t>> readable_tasks_claimed_by(Connection& db, const SpaceRow& space, const PersonId& me,
                                                            Missing* missing) {
  std::vector<std::int64_t> tasks;
  const auto read = [&](std::int64_t record, const RecordId&) -> Result<bool> {
    KIEM_TRY_GET(Statement * find, db.cached("SELECT occurrence FROM claim WHERE record = ? AND principal = ?"));
    find->bind(1, record).bind(2, principal_of(me));
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    tasks.push_back(find->integer(0));
    find->reset();
    return true;
  };
  const IndexedList of_me{"SELECT record FROM claim INDEXED BY claim_by_principal WHERE principal = ?",
                          [&me](Statement& find) { find.bind(1, principal_of(me)); }};
  KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db, space.row, of_me, read));
  missing->details += unread;
  return tasks;
}

Status add_my_claims(Connection& db, const SpaceRow& space, const PersonId& me, std::vector<NumberedTask>& tasks,
                     Missing* missing) {
  auto claimed = tasks_claimed_by(db, space, me);
  if (!claimed && steps_over(claimed.error(), missing)) {
    claimed = readable_tasks_claimed_by(db, space, me, missing);
  }
  if (!claimed) return tl::unexpected<Error>(claimed.error());
  const std::set<std::int64_t> mine(claimed->begin(), claimed->end());
  for (auto& task : tasks) {
    if (!mine.contains(task.record)) continue;
    // What cannot be read of the others' claims is not missing from a list that shows mine alone.
    Missing others;
    KIEM_TRY_GET(const auto claims, claims_of(db, space.row, task.record, me, missing == nullptr ? nullptr : &others));
    const auto own = std::find_if(claims.begin(), claims.end(), [](const ClaimRow& claim) { return claim.mine; });
    if (own != claims.end()) task.card.mine = *own;
  }
  return {};
}

Result<std::vector<ConflictRow>> conflicts_of(Connection& db, std::int64_t space, std::int64_t task, Missing* missing) {
  KIEM_TRY_GET(const Schema schema, or_instead(load_schema(db, space), Schema::first(), missing));
  KIEM_TRY_GET(auto found, query_conflicts(db, space, schema, task, missing));
  std::vector<ConflictRow> conflicts;
  for (auto& conflict : found) conflicts.push_back(std::move(conflict.row));
  return conflicts;
}

// --- tasks -----------------------------------------------------------------------------------------------------------

Result<std::vector<NumberedTask>> all_tasks(Connection& db, const SpaceRow& space, const TaskFilter& filter) {
  const std::string sql = std::string(kTaskColumns) +
                          "WHERE t.space = ?1 AND (?2 OR t.state = 0) AND (?3 IS NULL OR t.place = ?3) AND "
                          "(?4 IS NULL OR r.id = ?4) ORDER BY coalesce(t.date, t.before) IS NULL, coalesce(t.date, "
                          "t.before), t.start, t.title, r.id LIMIT ?5";
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, space.row).bind(2, std::int64_t{filter.all || filter.one});
  find->bind_optional(3, filter.place).bind_optional(4, filter.one);
  find->bind(5, filter.limit ? std::int64_t{*filter.limit} : std::int64_t{-1});
  std::vector<NumberedTask> tasks;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return tasks;
    KIEM_TRY_GET(NumberedTask task, read_task(*find, space.id));
    tasks.push_back(std::move(task));
  }
}

bool passes(const TaskFilter& filter, const TaskCard& card) {
  return (filter.all || filter.one || card.state == TaskState::open) && (!filter.place || card.place == filter.place) &&
         (!filter.one || card.id == *filter.one);
}

// As the ORDER BY above.
bool comes_before(const NumberedTask& a, const NumberedTask& b) {
  const auto day = [](const TaskCard& card) { return card.date ? card.date : card.before; };
  const auto key = [&](const TaskCard& card) {
    return std::make_tuple(!day(card).has_value(), day(card), card.start, std::string_view(card.title), card.id);
  };
  return key(a.card) < key(b.card);
}

Result<std::vector<NumberedTask>> readable_tasks(Connection& db, const SpaceRow& space, const TaskFilter& filter,
                                                 Missing* missing) {
  std::vector<NumberedTask> tasks;
  const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
    if (filter.one && id != *filter.one) return false;
    KIEM_TRY_GET(Statement * find, db.cached(kOneTask));
    find->bind(1, record).bind(2, space.row).bind(3, id);
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    KIEM_TRY_GET(NumberedTask task, read_task(*find, space.id));
    find->reset();
    if (passes(filter, task.card)) tasks.push_back(std::move(task));
    return true;
  };
  // The others than those asked for are not missing.
  const char* const listed = filter.all || filter.one
                                 ? "SELECT record FROM task INDEXED BY task_by_day WHERE space = ?"
                                 : "SELECT record FROM task INDEXED BY task_by_day WHERE space = ? AND state = 0";
  KIEM_TRY_GET(const std::uint64_t unread,
               read_one_by_one(db, space.row, {listed, [&space](Statement& find) { find.bind(1, space.row); }}, read));
  missing->rows += unread;
  std::ranges::sort(tasks, comes_before);
  if (filter.limit && tasks.size() > *filter.limit) tasks.resize(*filter.limit);
  for (auto& task : tasks) {
    if (!task.card.place) continue;
    KIEM_TRY_GET(task.card.place_title,
                 or_instead(query_title(db, space.row, *task.card.place), std::string(), missing));
  }
  return tasks;
}

Result<std::vector<NumberedTask>> numbered_tasks(Connection& db, const SpaceRow& space, const PersonId& me,
                                                 const TaskFilter& filter, Missing* missing) {
  auto found = all_tasks(db, space, filter);
  if (!found && steps_over(found.error(), missing)) found = readable_tasks(db, space, filter, missing);
  KIEM_TRY_GET(auto tasks, std::move(found));
  KIEM_TRY(add_my_claims(db, space, me, tasks, missing));
  return tasks;
}

// Who added the task, and who confirms its claims.
Status add_people(Connection& db, const SpaceRow& space, std::int64_t record, TaskDetail& detail, Missing* missing) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT t.added_by, d.person FROM task t LEFT JOIN device d ON d.id = "
                                           "t.assigner WHERE t.record = ?"));
  find->bind(1, record);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return {};
  const auto added_by = id_from<PrincipalId>(find->blob(0));
  const auto assigner = id_from<PrincipalId>(find->blob(1));
  find->reset();
  if (added_by) {
    KIEM_TRY_GET(detail.added_by, person_or_id(db, space.row, *added_by, missing));
  }
  if (assigner) {
    KIEM_TRY_GET(detail.assigner, person_or_id(db, space.row, *assigner, missing));
  }
  return {};
}

}  // namespace

Result<std::vector<TaskCard>> query_tasks(Connection& db, const SpaceRow& space, const PersonId& me,
                                          const TaskFilter& filter, Missing* missing) {
  KIEM_TRY_GET(auto tasks, numbered_tasks(db, space, me, filter, missing));
  std::vector<TaskCard> cards;
  cards.reserve(tasks.size());
  for (auto& task : tasks) cards.push_back(std::move(task.card));
  return cards;
}

Result<TaskDetail> query_task(Connection& db, const SpaceRow& space, const PersonId& me, const RecordId& task,
                              Missing* missing) {
  TaskFilter filter;
  filter.one = task;
  Missing lost;
  Missing* const counted = missing == nullptr ? nullptr : &lost;
  KIEM_TRY_GET(auto tasks, numbered_tasks(db, space, me, filter, counted));
  if (tasks.empty() && lost.any()) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
  if (tasks.empty()) return fail(ErrorCode::not_found, Fault::person, {"task", to_text(task)});
  // Another task's row is not missing from this one.
  lost.rows = 0;
  TaskDetail detail;
  detail.card = std::move(tasks.front().card);
  const std::int64_t record = tasks.front().record;
  KIEM_TRY_GET(detail.claims, claims_of(db, space.row, record, me, counted));
  KIEM_TRY_GET(detail.conflicts, or_instead(conflicts_of(db, space.row, record, counted), {}, counted));
  Status people = add_people(db, space, record, detail, counted);
  if (!people && !steps_over(people.error(), counted)) return tl::unexpected<Error>(people.error());
  if (!people) ++lost.details;
  detail.missing = lost;
  return detail;
}

}  // namespace kiem
