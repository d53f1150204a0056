// What people wrote apart to one field, side by side (DESIGN D3).
#pragma once

#include "core/oplog/op_store.hpp"
#include "core/schema/schema.hpp"
#include "core/views/models.hpp"
#include "core/views/readable.hpp"

namespace kiem {

// A conflict with where it stands; sides in the order that it shows them: what shows meanwhile first.
struct FoundConflict {
  std::int64_t record = 0;
  std::uint32_t collection = 0, field = 0;  // local numbers
  ConflictRow row;
  struct Write {
    std::int64_t operation = 0;
    std::uint32_t number = 0;
  };
  std::vector<Write> writes;  // beside row.sides
};

// Of one record (by its number here), or of the whole space. Conflicts of fields that the schema does not know are left
// out. missing: where sides that cannot be read are counted; without it they fail the query.
[[nodiscard]] Result<std::vector<FoundConflict>> query_conflicts(Connection& db, std::int64_t space,
                                                                 const Schema& schema,
                                                                 std::optional<std::int64_t> record,
                                                                 Missing* missing = nullptr);

}  // namespace kiem
