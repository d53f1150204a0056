#include "core/views/register_fold.hpp"

#include <algorithm>

#include "core/crdt/register.hpp"
#include "core/crypto/hash.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

PickKind pick_kind(PickRule rule) {
  switch (rule) {
    case PickRule::lot:
      return PickKind::lot;
    case PickRule::careful_order:
      return PickKind::order;
    case PickRule::min:
      return PickKind::min;
    case PickRule::max:
      return PickKind::max;
    case PickRule::ask:
      return PickKind::ask;
  }
  return PickKind::lot;
}

void append_name(Bytes& bytes, const SchemaName& name) {
  if (name.act) append(bytes, view(*name.act));
  append(bytes, le32(name.number));
}

}  // namespace

Bytes field_name(const CollectionDefinition& collection, const FieldDefinition& rule) {
  Bytes name;
  append_name(name, collection.name);
  append_name(name, rule.name);
  return name;
}

std::optional<std::int64_t> number_of(const Value& value) {
  if (const auto* integer = std::get_if<IntegerValue>(&value)) return integer->number;
  if (const auto* date = std::get_if<DateValue>(&value)) return date->days;
  if (const auto* time = std::get_if<TimeValue>(&value)) return time->minutes;
  if (const auto* length = std::get_if<LengthValue>(&value)) return length->minutes;
  if (const auto* choice = std::get_if<ChoiceValue>(&value)) return choice->choice;
  return std::nullopt;
}

Result<FieldFold> fold_field(const RecordRow& record, const std::vector<MutationRow>& mutations,
                             const CollectionDefinition& collection, const FieldDefinition& rule, Values& values) {
  struct Write {
    MutationRow row;
    Value value;
    Bytes encoded;
  };
  std::vector<Write> writes;
  FieldFold field;
  for (const auto& mutation : mutations) {
    if (!mutation.live || mutation.collection != rule.collection || mutation.field != rule.local) continue;
    if (mutation.kind != static_cast<std::uint32_t>(MutationKind::write)) continue;
    if (mutation.circle != static_cast<std::uint32_t>(rule.circle)) continue;
    KIEM_TRY_GET(auto value, values.of(mutation));
    if (!value) continue;  // its part was dropped: there is nothing left to show
    writes.push_back({mutation, std::move(*value), {}});
  }
  if (writes.size() == 1) {  // as nearly always; nothing to pick from
    field.agreeing = 1;
    field.shown = std::move(writes.front().value);
    field.writes.push_back(std::move(writes.front().row));
    return field;
  }
  for (auto& write : writes) write.encoded = encode(write.value);
  std::vector<RegisterWrite> live;
  live.reserve(writes.size());
  for (const auto& write : writes) {
    live.push_back(
        {{write.row.op, write.row.number}, write.encoded, number_of(write.value), write.row.author, write.row.device});
  }
  const Pick pick{pick_kind(rule.pick), {rule.order.begin(), rule.order.end()}};
  const RegisterFold folded = fold_register(record.id, field_name(collection, rule), pick, live);

  if (folded.values.empty()) return field;
  // Copied, because moving the writes about moves the encodings that the fold looks at.
  const Bytes shown = to_bytes(folded.values.front().value);
  std::stable_partition(writes.begin(), writes.end(), [&](const Write& write) { return write.encoded == shown; });
  field.agreeing = folded.values.front().writes.size();
  field.shown = writes.front().value;
  for (auto& write : writes) field.writes.push_back(std::move(write.row));
  return field;
}

}  // namespace kiem
