#include "core/views/schema_rows.hpp"

#include <algorithm>

#include "core/access/acts.hpp"
#include "core/oplog/op_store.hpp"
#include "core/schema/schema_act.hpp"

namespace kiem {
namespace {

// Local numbers for everything an act added, which intern_local() has numbered when it was taken.
Result<std::optional<std::uint32_t>> local_in(Connection& db, const OpId& act, std::uint32_t number) {
  return find_local(db, SchemaName{act, number});
}

Result<bool> number_fields(Connection& db, const OpId& act, CollectionDefinition& collection) {
  for (auto& field : collection.fields) {
    KIEM_TRY_GET(const auto local, local_in(db, act, field.name.number));
    if (!local) return false;
    field.local = *local;
    field.collection = collection.local;
    if (field.about) {
      KIEM_TRY_GET(field.about, local_in(db, act, *field.about));
    }
  }
  return true;
}

Status add_to(Connection& db, Schema& schema, const OpId& act, SchemaAddition addition) {
  for (auto& added : addition) {
    CollectionDefinition& collection = added.collection;
    if (added.extends) {
      const CollectionDefinition* known = schema.find(*added.extends);
      if (known == nullptr) continue;  // its act fell, or a later version brought it
      collection.local = known->local;
      KIEM_TRY_GET(const bool numbered, number_fields(db, act, collection));
      if (!numbered) continue;
      for (auto& field : collection.fields) schema.add(collection.local, std::move(field));
      continue;
    }
    KIEM_TRY_GET(const auto local, local_in(db, act, collection.name.number));
    if (!local) continue;
    collection.local = *local;
    KIEM_TRY_GET(const bool numbered, number_fields(db, act, collection));
    if (!numbered) continue;
    if (collection.title) {
      KIEM_TRY_GET(collection.title, local_in(db, act, *collection.title));
    }
    schema.add(std::move(collection));
  }
  return {};
}

// The words of a schema act are the value of the mutation that holds it.
Result<std::optional<std::string>> words_of(Connection& db, const StoredOperation& operation, std::uint32_t number) {
  const auto& part = operation.bones.mutations[number].part;
  if (!part) return std::optional<std::string>{};
  KIEM_TRY_GET(const auto values, part_values(db, operation.row, *part));
  std::size_t ordinal = 0;
  for (std::uint32_t i = 0; i < number; ++i) ordinal += operation.bones.mutations[i].part == part ? 1U : 0U;
  if (!values || ordinal >= values->size()) return std::optional<std::string>{};
  const auto* text = std::get_if<TextValue>(&(*values)[ordinal]);
  return text == nullptr ? std::optional<std::string>{} : std::optional(text->text);
}

Result<std::vector<std::int64_t>> schema_acts(Connection& db, std::int64_t space) {
  // In the order of operations' ids SQLite would rather read the whole log than sort a few acts.
  KIEM_TRY_GET(Statement * find, db.cached("SELECT s.operation, o.standing FROM schema_act s CROSS JOIN operation o "
                                           "USING(operation) WHERE s.space = ? ORDER BY o.id"));
  find->bind(1, space);
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return rows;
    if (counts(static_cast<Standing>(find->integer(1)))) rows.push_back(find->integer(0));
  }
}

}  // namespace

Result<std::optional<std::uint32_t>> find_local(Connection& db, const SchemaName& name) {
  if (!name.act) return name.number < kFirstLocal ? std::optional(name.number) : std::optional<std::uint32_t>{};
  KIEM_TRY_GET(Statement * find, db.cached("SELECT local FROM schema_name WHERE act = ? AND number = ?"));
  find->bind(1, *name.act).bind(2, std::int64_t{name.number});
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::uint32_t>{};
  const auto local = static_cast<std::uint32_t>(find->integer(0));
  find->reset();
  return std::optional(local);
}

Result<std::optional<std::uint32_t>> intern_local(Connection& db, const SchemaName& name) {
  KIEM_TRY_GET(const auto known, find_local(db, name));
  if (known || !name.act) return known;
  KIEM_TRY_GET(Statement * add, db.cached("INSERT INTO schema_name(local, act, number) VALUES("
                                          "(SELECT max(coalesce(max(local), 0) + 1, ?1) FROM schema_name), ?2, ?3)"));
  add->bind(1, std::int64_t{kFirstLocal}).bind(2, *name.act).bind(3, std::int64_t{name.number});
  KIEM_TRY(add->run());
  return std::optional(static_cast<std::uint32_t>(db.last_insert_rowid()));
}

Result<SchemaName> name_of_local(Connection& db, std::uint32_t local) {
  if (local < kFirstLocal) return SchemaName{std::nullopt, local};
  KIEM_TRY_GET(Statement * find, db.cached("SELECT act, number FROM schema_name WHERE local = ?"));
  find->bind(1, std::int64_t{local});
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return fail(ErrorCode::record_damaged, Fault::damage, {"schema"});
  KIEM_TRY_GET(const auto act, find->id<OpId>(0));
  const auto number = static_cast<std::uint32_t>(find->integer(1));
  find->reset();
  return SchemaName{act, number};
}

std::string text_of(const SchemaName& name) {
  return (name.act ? to_hex(view(*name.act)) + "/" : std::string()) + std::to_string(name.number);
}

Status note_schema_act(Connection& db, std::int64_t operation, std::int64_t space) {
  KIEM_TRY_GET(Statement * add, db.cached("INSERT OR IGNORE INTO schema_act(operation, space) VALUES(?, ?)"));
  add->bind(1, operation).bind(2, space);
  return add->run();
}

Result<Schema> load_schema(Connection& db, std::int64_t space) {
  Schema schema = Schema::first();
  KIEM_TRY_GET(const auto rows, schema_acts(db, space));
  // Twice: what one act adds to may have come by another whose id is higher.
  std::vector<std::pair<OpId, SchemaAddition>> additions;
  std::vector<CollectionKeep> keeps;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(const StoredOperation operation, load_operation(db, row));
    for (std::uint32_t number = 0; number < operation.bones.mutations.size(); ++number) {
      const Bytes& authority = operation.bones.mutations[number].authority;
      if (authority.empty()) continue;
      KIEM_TRY_GET(const Act act, decode_act(authority));
      const auto* extend = std::get_if<act::ExtendSchema>(&act.body);
      if (extend == nullptr) continue;
      KIEM_TRY_GET(const auto words, words_of(db, operation, number));
      KIEM_TRY_GET(auto addition, decode_addition(operation.id, extend->structure, words));
      additions.emplace_back(operation.id, std::move(addition));
      if (extend->keeps) {
        // Bytes that say nothing here change nothing else: an older version takes the act without looking at them.
        const auto kept = decode_keeps(operation.id, *extend->keeps);
        if (kept) keeps.insert(keeps.end(), kept->begin(), kept->end());
      }
      break;  // places are counted in the first schema act of an operation; another one adds nothing
    }
  }
  for (const bool extending : {false, true}) {
    for (const auto& [act, addition] : additions) {
      SchemaAddition part;
      std::copy_if(addition.begin(), addition.end(), std::back_inserter(part),
                   [&](const CollectionAddition& each) { return each.extends.has_value() == extending; });
      KIEM_TRY(add_to(db, schema, act, std::move(part)));
    }
  }
  for (const CollectionKeep& each : keeps) schema.add(each.collection, each.keep);
  return schema;
}

}  // namespace kiem
