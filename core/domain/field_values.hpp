// From what a person typed to a value of a field, as the field's type reads it.
//
// text: as it is, trimmed. integer: digits, with a minus before. date, time: as core/domain/import/dates.hpp reads
// them. length: minutes, or hours:minutes ("90", "1:30", "1.30"). choice: its key or its label. person: a name or id.
// record: a title or id in the collection that the field points to. Inside the writer's transaction or on a reader; one
// thread.
#pragma once

#include <span>

#include "core/domain/record_requests.hpp"
#include "core/oplog/operation.hpp"
#include "core/oplog/spaces.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

// Fails with bad_text, text_too_long, bad_number, bad_date, bad_time, not_found or ambiguous; args name the field.
[[nodiscard]] Result<Value> read_value(Connection& db, const SpaceRow& space, const Schema& schema,
                                       const FieldDefinition& field, std::string_view text);

// By key or by a label, without regard to the case of ASCII letters. Fails with not_found {"collection" or "field",
// text}, and ambiguous when two people added collections of one key.
[[nodiscard]] Result<const CollectionDefinition*> collection_named(const Schema& schema, std::string_view text);
[[nodiscard]] Result<const FieldDefinition*> field_named(const CollectionDefinition& collection, std::string_view text);

}  // namespace kiem
