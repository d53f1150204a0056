// Records by their local numbers, and what is live of one record: its marks, the writes of each register, its claims'
// attempts. Read from the index of mutations (tables.hpp), which materialiser.cpp keeps.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/crdt/mutation_id.hpp"
#include "core/oplog/op_store.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

struct RecordRow {
  std::int64_t row = 0;
  RecordId id;
  std::int64_t space = 0;
};

// Claim = H(occurrence, principal) (DESIGN D4).
[[nodiscard]] RecordId claim_id(const RecordId& occurrence, const PrincipalId& principal);

[[nodiscard]] Result<std::int64_t> intern_record(Connection& db, const RecordId& id, std::int64_t space);
[[nodiscard]] Result<std::optional<std::int64_t>> find_record(Connection& db, const RecordId& id, std::int64_t space);
[[nodiscard]] Result<RecordRow> record_at(Connection& db, std::int64_t record);

// One mutation of a record, with what a fold needs of its operation.
struct MutationRow {
  std::int64_t operation = 0;
  std::uint32_t number = 0;
  std::uint32_t collection = 0;  // it and field by their local numbers (schema_rows.hpp)
  std::optional<std::uint32_t> field;
  std::uint32_t kind = 0;
  std::optional<std::uint32_t> part;
  std::uint32_t ordinal = 0;
  OpId op;
  DeviceId device;
  PersonId author;
  Role role = Role::none;
  std::uint32_t circle = 0;  // its number
  Standing standing = Standing::applied;
  bool counts = false;  // its operation's standing lets it count
  bool live = false;    // it counts and nothing that counts replaced it
  // Of attempts: a withdrawal that counts ended it; and which attempts of its claim it replaces to ask for less.
  bool withdrawn = false;
  std::vector<MutationId> lowers;
};

// All mutations of a record, `live` worked out, ordered by collection, field and operation id: the order of arrival
// does not show. One whose author is none of its collection's writers does not count.
[[nodiscard]] Result<std::vector<MutationRow>> mutations_of(Connection& db, const RecordRow& record,
                                                            const Schema& schema = Schema::first());

// The value of a mutation: nothing when it has none or its part was dropped. Remembers decoded parts, so make one
// Values for one fold.
class Values {
 public:
  explicit Values(Connection& db) : db_(db) {}
  [[nodiscard]] Result<std::optional<Value>> of(const MutationRow& mutation);

 private:
  Connection& db_;
  std::map<std::pair<std::int64_t, std::uint32_t>, std::optional<PartValues>> parts_;
};

}  // namespace kiem
