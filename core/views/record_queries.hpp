// Records of any collection as its schema tells of them, with filters, order and paging (DESIGN D3).
//
// Any connection; each call is one consistent read inside a read transaction. Values in filters have been read by the
// field's type already (core/domain/field_values.hpp).
#pragma once

#include "core/oplog/operation.hpp"
#include "core/oplog/spaces.hpp"
#include "core/schema/schema.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

struct FieldMatch {
  const FieldDefinition* field = nullptr;
  Value value;
};

struct RecordFilter {
  std::vector<FieldMatch> where;           // all hold; of a set or list: has this element
  const FieldDefinition* order = nullptr;  // none: the title
  bool descending = false;
  std::optional<std::uint32_t> limit;
  std::uint32_t skip = 0;
  std::optional<RecordId> one;
};

// Equal ones by id. Uses the index by title when that is the order.
[[nodiscard]] Result<std::vector<RecordModel>> query_records(Connection& db, const SpaceRow& space,
                                                             const Schema& schema,
                                                             const CollectionDefinition& collection,
                                                             const RecordFilter& filter);
// As query_named() of queries.hpp, in one collection.
[[nodiscard]] Result<RecordId> query_record_named(Connection& db, const SpaceRow& space,
                                                  const CollectionDefinition& collection, std::string_view text);
// What a record is called; empty when it is not (or no longer) shown.
[[nodiscard]] Result<std::string> record_title(Connection& db, const SpaceRow& space,
                                               const CollectionDefinition& collection, const RecordId& record);
// The same for a record of any collection.
[[nodiscard]] Result<std::string> title_of(Connection& db, std::int64_t space, const Schema& schema,
                                           const RecordId& record);
// As shown_value() of queries.hpp, with the titles of records of any collection.
[[nodiscard]] Result<std::string> shown_value(Connection& db, std::int64_t space, const Schema& schema,
                                              const FieldDefinition& field, const std::optional<Value>& value);
// A record of the collection that was deleted, by its id or the beginning of that.
[[nodiscard]] Result<RecordId> query_deleted(Connection& db, const SpaceRow& space,
                                             const CollectionDefinition& collection, std::string_view text);
// Empty for what the first schema has.
[[nodiscard]] FieldWords words_of(const FieldDefinition& field);
[[nodiscard]] FieldWords words_of(const CollectionDefinition& collection);
[[nodiscard]] Result<CollectionModel> collection_model(Connection& db, const SpaceRow& space, const Schema& schema,
                                                       const CollectionDefinition& collection);

// All texts that hold the words, without regard to the case of ASCII letters, in the order of the schema. A scan of the
// tables, so that no word stays behind in an index; at most `limit`.
[[nodiscard]] Result<std::vector<FoundText>> query_text(Connection& db, const SpaceRow& space, const Schema& schema,
                                                        std::string_view words, std::size_t limit);

}  // namespace kiem
