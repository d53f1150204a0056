#include <algorithm>

#include "core/views/queries.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/shown.hpp"

namespace kiem {
namespace {

constexpr const char* kTaskColumns =
    "SELECT r.id, t.title, t.state, t.seats, t.free, t.date, t.start, t.until, t.place, coalesce(p.title, ''), t.note, "
    "t.roles, t.cancel_reason, t.confirmed, t.waiting, t.provisional, t.overbooked, t.conflicts, t.before "
    "FROM task t JOIN record r USING(record) "
    "LEFT JOIN record pr ON pr.id = t.place AND pr.space = t.space LEFT JOIN place p ON p.record = pr.record ";

template <class Number>
std::optional<Number> optional_number(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<Number>(row.integer(column));
}

Result<TaskCard> read_card(const Statement& row, const SpaceId& initiative) {
  TaskCard card;
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
  return card;
}

// The claims of one task: in the order they are placed, then the waiting list, then the rest.
Result<std::vector<ClaimRow>> claims_of(Connection& db, std::int64_t space, std::int64_t task, const PersonId& me) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached("SELECT principal, state, position, reason, reason_number, count, confirmed, entered_by "
                "FROM claim JOIN record r USING(record) WHERE occurrence = ? ORDER BY "
                "CASE state WHEN 2 THEN 0 WHEN 7 THEN 1 WHEN 6 THEN 1 WHEN 5 THEN 2 ELSE 3 END, position, r.id"));
  static_assert(static_cast<int>(ClaimState::confirmed) == 2 && static_cast<int>(ClaimState::provisional) == 7 &&
                static_cast<int>(ClaimState::seen) == 6 && static_cast<int>(ClaimState::waiting) == 5);
  find->bind(1, task);
  std::vector<ClaimRow> claims;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    ClaimRow claim;
    KIEM_TRY_GET(claim.person.id, find->id<PrincipalId>(0));
    claim.state = static_cast<ClaimState>(find->integer(1));
    claim.position = claim.state == ClaimState::waiting ? static_cast<std::uint32_t>(find->integer(2)) : 0;
    claim.reason = {static_cast<ClaimReason>(find->integer(3)), static_cast<std::uint32_t>(find->integer(4))};
    claim.count = static_cast<std::uint32_t>(find->integer(5));
    claim.confirmed = static_cast<std::uint32_t>(find->integer(6));
    if (const auto by = id_from<PrincipalId>(find->blob(7))) claim.entered_by = PersonRef{*by, {}};
    claim.mine = claim.person.id == principal_of(me);
    claims.push_back(std::move(claim));
  }
  for (auto& claim : claims) {
    KIEM_TRY_GET(claim.person, query_person(db, space, claim.person.id));
    if (claim.entered_by) {
      KIEM_TRY_GET(claim.entered_by, query_person(db, space, claim.entered_by->id));
    }
  }
  // What was written without the right is kept, and is nobody's claim.
  std::erase_if(claims, [](const ClaimRow& claim) { return claim.reason.code == ClaimReason::no_effect; });
  return claims;
}

Status add_my_claims(Connection& db, const SpaceRow& space, const PersonId& me, std::vector<TaskCard>& cards) {
  std::map<RecordId, TaskCard*> by_id;
  for (auto& card : cards) by_id[card.id] = &card;
  KIEM_TRY_GET(Statement * mine,
               db.cached("SELECT t.id, t.record FROM claim c JOIN record t ON t.record = c.occurrence "
                         "WHERE c.principal = ? AND t.space = ?"));
  mine->bind(1, principal_of(me)).bind(2, space.row);
  std::vector<std::pair<TaskCard*, std::int64_t>> claimed;
  while (true) {
    KIEM_TRY_GET(const bool more, mine->step());
    if (!more) break;
    KIEM_TRY_GET(const auto id, mine->id<RecordId>(0));
    if (const auto found = by_id.find(id); found != by_id.end()) claimed.emplace_back(found->second, mine->integer(1));
  }
  for (const auto& [card, record] : claimed) {
    KIEM_TRY_GET(const auto claims, claims_of(db, space.row, record, me));
    const auto own = std::find_if(claims.begin(), claims.end(), [](const ClaimRow& claim) { return claim.mine; });
    if (own != claims.end()) card->mine = *own;
  }
  return {};
}

Result<std::vector<ConflictRow>> conflicts_of(Connection& db, std::int64_t space, std::int64_t task) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT collection, field, operation, number, shown FROM conflict "
                         "WHERE record = ? ORDER BY collection, field, shown DESC, operation, number"));
  find->bind(1, task);
  struct Side {
    std::uint32_t collection, field;
    std::int64_t operation;
    std::uint32_t number;
    bool shown;
  };
  std::vector<Side> sides;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    sides.push_back({static_cast<std::uint32_t>(find->integer(0)), static_cast<std::uint32_t>(find->integer(1)),
                     find->integer(2), static_cast<std::uint32_t>(find->integer(3)), find->integer(4) != 0});
  }
  std::vector<ConflictRow> conflicts;
  for (const auto& side : sides) {
    const FieldRule* rule = field_rule(side.collection, side.field);
    if (rule == nullptr) continue;
    if (conflicts.empty() || conflicts.back().field != rule->name) conflicts.push_back({std::string(rule->name), {}});
    KIEM_TRY_GET(const StoredOperation operation, load_operation(db, side.operation));
    KIEM_TRY_GET(const auto value, value_in(db, operation, side.number));
    ConflictRow::Side shown;
    KIEM_TRY_GET(shown.person, query_person(db, space, principal_of(operation.device.person)));
    shown.claimed = operation.header.claimed;
    KIEM_TRY_GET(shown.value, shown_value(db, space, *rule, value));
    shown.shown = side.shown;
    conflicts.back().sides.push_back(std::move(shown));
  }
  return conflicts;
}

}  // namespace

Result<std::vector<TaskCard>> query_tasks(Connection& db, const SpaceRow& space, const PersonId& me,
                                          const TaskFilter& filter) {
  const std::string sql = std::string(kTaskColumns) +
                          "WHERE t.space = ?1 AND (?2 OR t.state = 0) AND (?3 IS NULL OR t.place = ?3) AND "
                          "(?4 IS NULL OR r.id = ?4) ORDER BY coalesce(t.date, t.before) IS NULL, coalesce(t.date, "
                          "t.before), t.start, t.title, r.id LIMIT ?5";
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, space.row).bind(2, std::int64_t{filter.all || filter.one});
  find->bind_optional(3, filter.place).bind_optional(4, filter.one);
  find->bind(5, filter.limit ? std::int64_t{*filter.limit} : std::int64_t{-1});
  std::vector<TaskCard> cards;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    KIEM_TRY_GET(TaskCard card, read_card(*find, space.id));
    cards.push_back(std::move(card));
  }
  KIEM_TRY(add_my_claims(db, space, me, cards));
  return cards;
}

Result<TaskDetail> query_task(Connection& db, const SpaceRow& space, const PersonId& me, const RecordId& task) {
  TaskFilter filter;
  filter.one = task;
  KIEM_TRY_GET(auto cards, query_tasks(db, space, me, filter));
  if (cards.empty()) return fail(ErrorCode::not_found, Fault::person, {"task", to_text(task)});
  TaskDetail detail;
  detail.card = std::move(cards.front());
  KIEM_TRY_GET(const auto record, find_record(db, task, space.row));
  KIEM_TRY_GET(detail.claims, claims_of(db, space.row, *record, me));
  KIEM_TRY_GET(detail.conflicts, conflicts_of(db, space.row, *record));
  KIEM_TRY_GET(Statement * find, db.cached("SELECT t.added_by, d.person FROM task t LEFT JOIN device d ON d.id = "
                                           "t.assigner WHERE t.record = ?"));
  find->bind(1, *record);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return detail;
  const auto added_by = id_from<PrincipalId>(find->blob(0));
  const auto assigner = id_from<PrincipalId>(find->blob(1));
  find->reset();
  if (added_by) {
    KIEM_TRY_GET(detail.added_by, query_person(db, space.row, *added_by));
  }
  if (assigner) {
    KIEM_TRY_GET(detail.assigner, query_person(db, space.row, *assigner));
  }
  return detail;
}

}  // namespace kiem
