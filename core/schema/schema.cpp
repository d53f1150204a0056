#include "core/schema/schema.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/schema/community.hpp"
#include "core/schema/schema_file.hpp"

namespace kiem {

const FieldDefinition* CollectionDefinition::find(std::uint32_t local_field) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FieldDefinition& field) { return field.local == local_field; });
  return found == fields.end() ? nullptr : &*found;
}

const FieldDefinition* CollectionDefinition::find(std::string_view key) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldDefinition& field) { return field.words.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

const FieldDefinition* CollectionDefinition::find(const SchemaName& field) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldDefinition& each) { return each.name == field; });
  return found == fields.end() ? nullptr : &*found;
}

const Schema& Schema::first() {
  static const Schema schema = [] {
    auto read = read_first_schema(kCommunitySchema);
    KIEM_CHECK(read.has_value());
    return std::move(*read);
  }();
  return schema;
}

const CollectionDefinition* Schema::find(std::uint32_t local) const {
  const auto found = std::find_if(collections_.begin(), collections_.end(),
                                  [&](const CollectionDefinition& each) { return each.local == local; });
  return found == collections_.end() ? nullptr : &*found;
}

const CollectionDefinition* Schema::find(const SchemaName& name) const {
  const auto found = std::find_if(collections_.begin(), collections_.end(),
                                  [&](const CollectionDefinition& each) { return each.name == name; });
  return found == collections_.end() ? nullptr : &*found;
}

std::vector<const CollectionDefinition*> Schema::find(std::string_view key) const {
  std::vector<const CollectionDefinition*> found;
  for (const auto& each : collections_) {
    if (each.words.key == key) found.push_back(&each);
  }
  return found;
}

const FieldDefinition* Schema::field(std::uint32_t collection, std::uint32_t local) const {
  const CollectionDefinition* found = find(collection);
  return found == nullptr ? nullptr : found->find(local);
}

bool Schema::add(std::uint32_t collection, FieldDefinition field) {
  const auto found = std::find_if(collections_.begin(), collections_.end(),
                                  [&](const CollectionDefinition& each) { return each.local == collection; });
  if (found == collections_.end()) return false;
  field.collection = collection;
  found->fields.push_back(std::move(field));
  return true;
}

bool Schema::add(const SchemaName& collection, const Keep& keep) {
  const auto found = std::find_if(collections_.begin(), collections_.end(),
                                  [&](const CollectionDefinition& each) { return each.name == collection; });
  if (found == collections_.end()) return false;
  const FieldDefinition* const field = keep.after ? found->find(*keep.after) : nullptr;
  if (keep.after && (field == nullptr || !found->may_keep_after(*field))) return false;
  const auto place = std::lower_bound(found->keeps.begin(), found->keeps.end(), keep);
  if (place == found->keeps.end() || *place != keep) found->keeps.insert(place, keep);
  return true;
}

}  // namespace kiem
