#include "core/views/text_fold.hpp"

#include "core/schema/first.hpp"
#include "core/views/named_mutations.hpp"
#include "core/views/register_fold.hpp"

namespace kiem {
namespace {

std::optional<TextKind> text_kind(std::uint32_t kind) {
  switch (static_cast<MutationKind>(kind)) {
    case MutationKind::add:
      return TextKind::add;
    case MutationKind::remove:
      return TextKind::remove;
    case MutationKind::move:
      return TextKind::move;
    case MutationKind::insert_words:
      return TextKind::insert_words;
    case MutationKind::cut_words:
      return TextKind::cut_words;
    case MutationKind::rewrite:
      return TextKind::rewrite;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<FoldedText> fold_text_field(Connection& db, const RecordRow& record, const std::vector<MutationRow>& mutations,
                                   const CollectionDefinition& collection, const FieldDefinition& field,
                                   Values& values) {
  FoldedText folded;
  std::vector<TextMutation> applying;
  for (const auto& row : mutations) {
    if (!row.counts || row.collection != field.collection || row.field != field.local) continue;
    if (row.circle != static_cast<std::uint32_t>(field.circle)) continue;
    const auto kind = text_kind(row.kind);
    if (!kind) continue;
    KIEM_TRY_GET(const Mutation* mutation, values.mutation(row));
    TextMutation text;
    text.id = {row.op, row.number};
    text.kind = *kind;
    text.author = row.author;
    text.device = row.device;
    KIEM_TRY_GET(const auto value, values.of(row));
    if (const auto* said = value ? std::get_if<TextValue>(&*value) : nullptr) {
      text.text = folded.texts.emplace_back(said->text);
    }
    KIEM_TRY_GET(text.supersedes, resolve(db, row.operation, mutation->supersedes));
    KIEM_TRY_GET(const auto element, named_by(db, row.operation, *mutation, cite_purpose::kElement));
    if (!element.empty()) text.element = element.front();
    KIEM_TRY_GET(text.words, named_by(db, row.operation, *mutation, cite_purpose::kWords));
    text.numbers = mutation->numbers;
    applying.push_back(std::move(text));
  }
  folded.fold = fold_text(record.id, field_name(collection, field), applying);
  return folded;
}

}  // namespace kiem
