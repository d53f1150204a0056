// A text field of one record: its paragraphs, words and variants, folded from the log (core/crdt/text.hpp).
#pragma once

#include <deque>

#include "core/crdt/text.hpp"
#include "core/schema/schema.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {

struct FoldedText {
  std::deque<std::string> texts;  // what the fold looks at
  TextFold fold;
};

// Mutations in another circle than the field's own are not counted.
[[nodiscard]] Result<FoldedText> fold_text_field(Connection& db, const RecordRow& record,
                                                 const std::vector<MutationRow>& mutations,
                                                 const CollectionDefinition& collection, const FieldDefinition& field,
                                                 Values& values);

}  // namespace kiem
