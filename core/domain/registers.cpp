#include "core/domain/registers.hpp"

#include "core/views/record_rows.hpp"

namespace kiem {

Result<std::vector<Reference>> live_writes(const UserAct& act, const RecordId& record, std::uint32_t collection,
                                           std::uint32_t field) {
  std::vector<Reference> references;
  KIEM_TRY_GET(const auto row, find_record(act.db, record, act.space.row));
  if (!row) return references;
  KIEM_TRY_GET(const auto mutations, mutations_of(act.db, {*row, record, act.space.row}));
  for (const auto& mutation : mutations) {
    const bool write = mutation.kind == static_cast<std::uint32_t>(MutationKind::write);
    if (!write || !mutation.live || mutation.collection != collection || mutation.field != field) continue;
    if (references.size() < kMaxReferences) references.push_back(reference_to(mutation.op, mutation.number));
  }
  return references;
}

Status rewrite(const UserAct& act, Draft& draft, const RecordId& record, std::uint32_t collection, std::uint32_t field,
               const Value& value) {
  KIEM_TRY_GET(auto references, live_writes(act, record, collection, field));
  draft.add(write_field(collection, record, field, std::move(references)), value);
  return {};
}

}  // namespace kiem
