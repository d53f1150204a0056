// Which records have been kept longer than their collection's schema says (core/schema/keep.hpp): to be proposed for
// erasing, and nothing more.
//
// What decides is what the records here say, and the reader's own day: two laptops with the same operations list the
// same. Where a date was written apart its latest day counts, and where one of the sides is no day it says nothing, so
// that nothing is proposed too early. The day of a last write is that of UTC. Any connection; one consistent read
// inside a read transaction.
#pragma once

#include "core/oplog/spaces.hpp"
#include "core/schema/schema.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

// Records of the collection, or of all without one, whose last day of keeping is before `today` (days since
// 1970-01-01); by that day, then by id. What was erased is not among them; what was deleted is. missing: where those
// that cannot be read are counted; without it they fail the query.
[[nodiscard]] Result<std::vector<DueRow>> query_due(Connection& db, const SpaceRow& space, const Schema& schema,
                                                    const CollectionDefinition* collection, std::int32_t today,
                                                    Missing* missing = nullptr);

// A collection's terms as people are told them: of those that count from the same day and can be compared, the
// shortest.
[[nodiscard]] std::vector<KeepModel> keep_models(const CollectionDefinition& collection);

}  // namespace kiem
