#include "core/views/conflict_query.hpp"

#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/shown.hpp"

namespace kiem {

namespace {

Result<ConflictRow::Side> read_side(Connection& db, std::int64_t space, const Schema& schema,
                                    const FieldDefinition& rule, const FoundConflict::Write& write, Missing* missing) {
  KIEM_TRY_GET(const StoredOperation operation, load_operation(db, write.operation));
  KIEM_TRY_GET(const auto value, value_in(db, operation, write.number));
  ConflictRow::Side side;
  const PrincipalId author = principal_of(operation.device.person);
  KIEM_TRY_GET(side.person, or_instead(query_person(db, space, author), PersonRef{author, {}}, missing));
  side.claimed = operation.header.claimed;
  KIEM_TRY_GET(side.value, shown_value(db, space, schema, rule, value));
  return side;
}

}  // namespace

Result<std::vector<FoundConflict>> query_conflicts(Connection& db, std::int64_t space, const Schema& schema,
                                                   std::optional<std::int64_t> record, Missing* missing) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT c.record, c.collection, c.field, c.operation, c.number, c.shown FROM conflict c "
                         "JOIN record r USING(record) WHERE r.space = ?1 AND (?2 IS NULL OR c.record = ?2) "
                         "ORDER BY r.id, c.collection, c.field, c.shown DESC, c.operation, c.number"));
  find->bind(1, space).bind_optional(2, record);
  struct Side {
    std::int64_t record;
    std::uint32_t collection, field;
    FoundConflict::Write write;
    bool shown;
  };
  std::vector<Side> sides;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    sides.push_back({find->integer(0),
                     static_cast<std::uint32_t>(find->integer(1)),
                     static_cast<std::uint32_t>(find->integer(2)),
                     {find->integer(3), static_cast<std::uint32_t>(find->integer(4))},
                     find->integer(5) != 0});
  }
  std::vector<FoundConflict> conflicts;
  for (const auto& side : sides) {
    const FieldDefinition* rule = schema.field(side.collection, side.field);
    if (rule == nullptr) continue;
    auto shown = read_side(db, space, schema, *rule, side.write, missing);
    if (!shown && steps_over(shown.error(), missing)) {
      ++missing->details;
      continue;
    }
    if (!shown) return tl::unexpected<Error>(shown.error());
    shown->shown = side.shown;
    const bool same = !conflicts.empty() && conflicts.back().record == side.record &&
                      conflicts.back().collection == side.collection && conflicts.back().field == side.field;
    if (!same)
      conflicts.push_back({side.record, side.collection, side.field, {rule->words.key, {}, words_of(*rule)}, {}});
    conflicts.back().row.sides.push_back(std::move(*shown));
    conflicts.back().writes.push_back(side.write);
  }
  return conflicts;
}

}  // namespace kiem
