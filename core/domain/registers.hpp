// Writing a register so that it replaces what its author saw.
#pragma once

#include <span>

#include "core/domain/user_act.hpp"
#include "core/schema/schema.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {

// A mutation of this kind to a record of the collection, or to a field of it.
[[nodiscard]] Mutation mutation_of(MutationKind kind, const CollectionDefinition& collection,
                                   const FieldDefinition* field, const std::optional<RecordId>& record);
// The record's mutations as the schema judges them; none when the record is not here.
[[nodiscard]] Result<std::vector<MutationRow>> known_mutations(const UserAct& act, const Schema& schema,
                                                               const RecordId& record);

[[nodiscard]] std::vector<Reference> references_to(std::span<const MutationId> mutations);
// References to the live writes of a field, at most kMaxReferences: what a new write supersedes.
[[nodiscard]] Result<std::vector<Reference>> live_writes(const UserAct& act, const RecordId& record,
                                                         std::uint32_t collection, std::uint32_t field);

// Adds to `draft` a write that replaces the live ones.
[[nodiscard]] Status rewrite(const UserAct& act, Draft& draft, const RecordId& record, std::uint32_t collection,
                             std::uint32_t field, const Value& value);

}  // namespace kiem
