// From an edit of a text (core/crdt/text_edits.hpp) to the mutation that says it (FORMAT.md 5.4). Pure.
#pragma once

#include "core/crdt/text_edits.hpp"
#include "core/oplog/operation.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

struct EditMutation {
  Mutation mutation;  // with all that it supersedes
  std::optional<Value> value;
};

[[nodiscard]] EditMutation mutation_of(const TextEdit& edit, const CollectionDefinition& collection,
                                       const FieldDefinition& field, const std::optional<RecordId>& record);

}  // namespace kiem
