#include "core/domain/text_mutations.hpp"

#include "core/base/check.hpp"
#include "core/domain/registers.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

MutationKind kind_of(TextKind kind) {
  switch (kind) {
    case TextKind::add:
      return MutationKind::add;
    case TextKind::remove:
      return MutationKind::remove;
    case TextKind::move:
      return MutationKind::move;
    case TextKind::insert_words:
      return MutationKind::insert_words;
    case TextKind::cut_words:
      return MutationKind::cut_words;
    case TextKind::rewrite:
      return MutationKind::rewrite;
  }
  KIEM_UNREACHABLE("an edit of no kind");
}

}  // namespace

EditMutation mutation_of(const TextEdit& edit, const CollectionDefinition& collection, const FieldDefinition& field,
                         const std::optional<RecordId>& record) {
  EditMutation made{mutation_of(kind_of(edit.kind), collection, &field, record), std::nullopt};
  made.mutation.numbers = edit.numbers;
  made.mutation.supersedes = references_to(edit.supersedes);
  if (edit.element) {
    made.mutation.cites.push_back({cite_purpose::kElement, {reference_to(edit.element->op, edit.element->index)}});
  }
  if (!edit.words.empty()) made.mutation.cites.push_back({cite_purpose::kWords, references_to(edit.words)});
  const bool speaks =
      edit.kind == TextKind::add || edit.kind == TextKind::insert_words || edit.kind == TextKind::rewrite;
  if (speaks) made.value = TextValue{edit.text, {}};
  return made;
}

}  // namespace kiem
