#include "core/views/elements_fold.hpp"

#include <algorithm>

#include "core/crdt/list.hpp"
#include "core/crdt/set.hpp"
#include "core/schema/first.hpp"
#include "core/views/named_mutations.hpp"
#include "core/views/register_fold.hpp"

namespace kiem {
namespace {

struct Addition {
  MutationRow row;
  Value value;
  Bytes encoded;
};

// The live additions whose part is here.
Result<std::vector<Addition>> additions_of(const std::vector<MutationRow>& mutations, const FieldDefinition& field,
                                           Values& values) {
  std::vector<Addition> additions;
  for (const auto& mutation : mutations) {
    if (!mutation.live || mutation.collection != field.collection || mutation.field != field.local) continue;
    if (mutation.kind != static_cast<std::uint32_t>(MutationKind::add)) continue;
    if (mutation.circle != static_cast<std::uint32_t>(field.circle)) continue;
    KIEM_TRY_GET(auto value, values.of(mutation));
    if (!value) continue;
    Bytes encoded = encode(*value);
    additions.push_back({mutation, std::move(*value), std::move(encoded)});
  }
  return additions;
}

const Addition& addition_of(const std::vector<Addition>& additions, const MutationId& id) {
  return *std::find_if(additions.begin(), additions.end(),
                       [&](const Addition& each) { return each.row.op == id.op && each.row.number == id.index; });
}

std::vector<FieldElement> set_elements(const std::vector<Addition>& additions) {
  std::vector<SetAddition> live;
  live.reserve(additions.size());
  for (const auto& each : additions) live.push_back({{each.row.op, each.row.number}, each.encoded});
  std::vector<FieldElement> elements;
  for (const auto& element : fold_set(live)) {
    FieldElement shown;
    for (const auto& id : element.additions) {
      const Addition& addition = addition_of(additions, id);
      shown.value = addition.value;
      shown.brought_by.push_back(addition.row);
    }
    elements.push_back(std::move(shown));
  }
  return elements;
}

// All moves that count: which of them others supersede is the list's own to say, since a move of another element
// supersedes none of this one.
Result<std::vector<ListMove>> moves_of(Connection& db, const std::vector<MutationRow>& mutations,
                                       const FieldDefinition& field, Values& values) {
  std::vector<ListMove> moves;
  for (const auto& row : mutations) {
    if (!row.counts || row.collection != field.collection || row.field != field.local) continue;
    if (row.kind != static_cast<std::uint32_t>(MutationKind::move)) continue;
    if (row.circle != static_cast<std::uint32_t>(field.circle)) continue;
    KIEM_TRY_GET(const Mutation* mutation, values.mutation(row));
    KIEM_TRY_GET(const auto element, named_by(db, row.operation, *mutation, cite_purpose::kElement));
    if (element.empty()) continue;
    KIEM_TRY_GET(auto supersedes, resolve(db, row.operation, mutation->supersedes));
    moves.push_back({{row.op, row.number},
                     element.front(),
                     position_from(mutation->numbers),
                     row.author,
                     row.device,
                     std::move(supersedes)});
  }
  return moves;
}

Result<std::vector<FieldElement>> list_elements(Connection& db, const RecordRow& record,
                                                const std::vector<MutationRow>& mutations,
                                                const CollectionDefinition& collection, const FieldDefinition& field,
                                                const std::vector<Addition>& additions, Values& values) {
  std::vector<ListAddition> live;
  for (const auto& each : additions) {
    KIEM_TRY_GET(const Mutation* mutation, values.mutation(each.row));
    live.push_back({{each.row.op, each.row.number}, each.encoded, position_from(mutation->numbers), each.row.device});
  }
  KIEM_TRY_GET(const auto moves, moves_of(db, mutations, field, values));
  const Bytes name = field_name(collection, field);
  std::vector<FieldElement> elements;
  for (const auto& item : fold_list({record.id, name, live, moves, {}})) {
    const Addition& addition = addition_of(additions, item.id);
    elements.push_back({addition.value, {addition.row}, item.position, item.placed_by});
  }
  return elements;
}

}  // namespace

Result<std::vector<FieldElement>> fold_elements(Connection& db, const RecordRow& record,
                                                const std::vector<MutationRow>& mutations,
                                                const CollectionDefinition& collection, const FieldDefinition& field,
                                                Values& values) {
  KIEM_TRY_GET(const auto additions, additions_of(mutations, field, values));
  if (field.merge != MergeType::list) return set_elements(additions);
  return list_elements(db, record, mutations, collection, field, additions, values);
}

Result<Tally> fold_entries(const std::vector<MutationRow>& mutations, const FieldDefinition& field, Values& values) {
  KIEM_TRY_GET(const auto additions, additions_of(mutations, field, values));
  std::vector<TallyEntry> live;
  for (const auto& each : additions) {
    const auto amount = number_of(each.value);
    if (amount) live.push_back({{each.row.op, each.row.number}, *amount});
  }
  return fold_tally(live);
}

}  // namespace kiem
