#include "core/views/named_mutations.hpp"

namespace kiem {

Result<std::vector<MutationId>> resolve(Connection& db, std::int64_t operation,
                                        const std::vector<Reference>& references) {
  std::vector<MutationId> named;
  for (const auto& reference : references) {
    std::optional<OpId> op = reference.op;
    if (!op) {
      KIEM_TRY_GET(const auto row, operation_back(db, operation, reference.back));
      if (!row) continue;
      KIEM_TRY_GET(op, operation_id(db, *row));
    }
    for (std::uint32_t i = 0; i < reference.run && i < kMaxMutations; ++i) {
      named.push_back({*op, reference.mutation + i});
    }
  }
  return named;
}

Result<std::vector<MutationId>> named_by(Connection& db, std::int64_t operation, const Mutation& mutation,
                                         std::uint32_t purpose) {
  for (const auto& cite : mutation.cites) {
    if (cite.purpose == purpose) return resolve(db, operation, cite.references);
  }
  return std::vector<MutationId>{};
}

}  // namespace kiem
