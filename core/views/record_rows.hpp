// Records by their local numbers, and what is live of one record: its marks, the writes of each register, its claims'
// attempts. Read from the index of mutations (tables.hpp), which materialiser.cpp keeps.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string_view>
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

struct InternedRecord {
  std::int64_t row = 0;
  RecordId id;
  bool made = false;  // by this very call
};
[[nodiscard]] Result<InternedRecord> intern_record(Connection& db, const RecordId& id, std::int64_t space);
[[nodiscard]] Result<std::optional<std::int64_t>> find_record(Connection& db, const RecordId& id, std::int64_t space);
[[nodiscard]] Result<RecordRow> record_at(Connection& db, std::int64_t record);

// One mutation of a record, with what a fold needs of its operation.
struct MutationRow {
  std::int64_t record = 0;
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
// does not show. One whose author is none of its collection's writers does not count, nor anything that was erased.
[[nodiscard]] Result<std::vector<MutationRow>> mutations_of(Connection& db, const RecordRow& record,
                                                            const Schema& schema = Schema::first());
// Whether the person made the record, by what is here of it. One whose id is derived has no maker.
[[nodiscard]] bool made_by(const std::vector<MutationRow>& mutations, const RecordId& record, const PersonId& person);
// The mutations of one field alone, in a collection that every member may write.
[[nodiscard]] Result<std::vector<MutationRow>> mutations_of_field(Connection& db, std::int64_t record,
                                                                  std::uint32_t collection, std::uint32_t field);

// --- what reads of rows have in common -------------------------------------------------------------------------------
// Columns 0 to 13 of such a read: `mutation m` and what a MutationRow holds of its operation. More may follow.
inline constexpr std::string_view kMutationColumns =
    "m.record, m.operation, m.number, m.collection, m.field, m.kind, m.part, m.ordinal, o.id, d.id, d.person, o.role, "
    "c.number, o.standing";
inline constexpr std::string_view kMutationJoins =
    " JOIN operation o ON o.operation = m.operation JOIN chain h USING(chain) JOIN device d USING(device) JOIN circle "
    "c USING(circle) ";
[[nodiscard]] Result<MutationRow> mutation_row(const Statement& read);
// Whether a withdrawal ends an attempt that it names.
using MayWithdraw = std::function<Result<bool>(const MutationRow& withdrawal, const MutationRow& attempt)>;
// Works out what is live among rows of which some replace others. edges: bound, of the columns operation, number,
// by_operation and by_number; an edge to another record, collection or field is ignored, and one by a mutation that
// does not count is none.
[[nodiscard]] Status replace_by(std::vector<MutationRow>& rows, Statement& edges, const MayWithdraw& may_withdraw);
// By collection, field and operation id.
void sort_by_id(std::vector<MutationRow>& rows);

// What the rows of mutations leave to their operations. Remembers what was decoded, since an operation can hold many
// mutations of one record, so make one Values for one fold.
class Values {
 public:
  explicit Values(Connection& db) : db_(db) {}
  // Nothing when it has none or its part was dropped.
  [[nodiscard]] Result<std::optional<Value>> of(const MutationRow& mutation);
  // As the bones say it, for as long as these Values live. Damage when the operation has no such mutation.
  [[nodiscard]] Result<const Mutation*> mutation(const MutationRow& row);

 private:
  Connection& db_;
  std::map<std::int64_t, Bones> bones_;
  std::map<std::pair<std::int64_t, std::uint32_t>, std::optional<PartValues>> parts_;
};

}  // namespace kiem
