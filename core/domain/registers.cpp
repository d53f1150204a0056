#include "core/domain/registers.hpp"

#include "core/views/record_rows.hpp"

namespace kiem {

namespace {

std::vector<Reference> writes_in(const std::vector<MutationRow>& mutations, std::uint32_t collection,
                                 std::uint32_t field) {
  std::vector<Reference> references;
  for (const auto& mutation : mutations) {
    const bool write = mutation.kind == static_cast<std::uint32_t>(MutationKind::write);
    if (!write || !mutation.live || mutation.collection != collection || mutation.field != field) continue;
    if (references.size() < kMaxReferences) references.push_back(reference_to(mutation.op, mutation.number));
  }
  return references;
}

}  // namespace

Result<std::vector<MutationRow>> known_mutations(const UserAct& act, const Schema& schema, const RecordId& record) {
  KIEM_TRY_GET(const auto row, find_record(act.db, record, act.space.row));
  if (!row) return std::vector<MutationRow>{};
  return mutations_of(act.db, {*row, record, act.space.row}, schema);
}

std::vector<Reference> references_to(std::span<const MutationId> mutations) {
  std::vector<Reference> references;
  references.reserve(mutations.size());
  for (const auto& id : mutations) references.push_back(reference_to(id.op, id.index));
  return references;
}

Mutation mutation_of(MutationKind kind, const CollectionDefinition& collection, const FieldDefinition* field,
                     const std::optional<RecordId>& record) {
  Mutation mutation;
  mutation.collection = collection.name;
  mutation.kind = static_cast<std::uint32_t>(kind);
  mutation.record = record;
  if (field != nullptr) mutation.field = field->name;
  return mutation;
}

Result<std::vector<Reference>> live_writes(const UserAct& act, const RecordId& record, std::uint32_t collection,
                                           std::uint32_t field) {
  KIEM_TRY_GET(const auto row, find_record(act.db, record, act.space.row));
  if (!row) return std::vector<Reference>{};
  KIEM_TRY_GET(const auto mutations, mutations_of_field(act.db, *row, collection, field));
  return writes_in(mutations, collection, field);
}

Status rewrite(const UserAct& act, Draft& draft, const RecordId& record, std::uint32_t collection, std::uint32_t field,
               const Value& value) {
  KIEM_TRY_GET(auto references, live_writes(act, record, collection, field));
  draft.add(write_field(collection, record, field, std::move(references)), value);
  return {};
}

}  // namespace kiem
