// Fields that hold more than one value: sets, lists and tallies of one record.
#pragma once

#include "core/crdt/position.hpp"
#include "core/crdt/tally.hpp"
#include "core/schema/schema.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {

// One element as it is shown, with every live mutation that brought it: what a removal must supersede.
struct FieldElement {
  Value value;
  std::vector<MutationRow> brought_by;
  Position position;   // in a list
  DeviceId placed_by;  // likewise
};

// A set's elements by the bytes of their value, each once; a list's in their order. Mutations in another circle than
// the field's own are not counted.
[[nodiscard]] Result<std::vector<FieldElement>> fold_elements(Connection& db, const RecordRow& record,
                                                              const std::vector<MutationRow>& mutations,
                                                              const CollectionDefinition& collection,
                                                              const FieldDefinition& field, Values& values);
[[nodiscard]] Result<Tally> fold_entries(const std::vector<MutationRow>& mutations, const FieldDefinition& field,
                                         Values& values);

}  // namespace kiem
