// One register of one record: the value that shows, the live writes behind it, and whether they disagree.
#pragma once

#include <string>

#include "core/schema/schema.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {

struct FieldFold {
  std::optional<Value> shown;       // absent: never written, or its part is gone
  std::vector<MutationRow> writes;  // live ones; those that hold the shown value come first
  std::size_t agreeing = 0;         // how many of them hold the shown value
  [[nodiscard]] bool conflict() const { return writes.size() > agreeing; }
};

// `mutations` are the record's (mutations_of). Writes in another circle than the field's own are not counted.
[[nodiscard]] Result<FieldFold> fold_field(const RecordRow& record, const std::vector<MutationRow>& mutations,
                                           const CollectionDefinition& collection, const FieldDefinition& rule,
                                           Values& values);

// The bytes that name a field in lots (FORMAT.md section 2): the same on every device, never a local number.
[[nodiscard]] Bytes field_name(const CollectionDefinition& collection, const FieldDefinition& rule);

// What is compared and counted of a value; nothing for texts, ids and the like.
[[nodiscard]] std::optional<std::int64_t> number_of(const Value& value);

}  // namespace kiem
