// From references in bones to the mutations they name.
#pragma once

#include "core/crdt/mutation_id.hpp"
#include "core/oplog/op_store.hpp"

namespace kiem {

// One by one, in the order of the references. A reference back in the chain farther than that is long names nothing;
// what a reference names by id need not be here. `operation`: the row of the one that the references stand in.
[[nodiscard]] Result<std::vector<MutationId>> resolve(Connection& db, std::int64_t operation,
                                                      const std::vector<Reference>& references);
// The references of one purpose, resolved; none when the mutation has no such list.
[[nodiscard]] Result<std::vector<MutationId>> named_by(Connection& db, std::int64_t operation, const Mutation& mutation,
                                                       std::uint32_t purpose);

}  // namespace kiem
