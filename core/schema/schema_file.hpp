// Schema files: TOML that a coordinator writes, as SCHEMA.md describes. The only door to the TOML library.
//
// Reading gives definitions or the first thing that is wrong, with its line and the word there: schema_invalid, args
// {line, word, reason}, where the reason is one of the short words that core/l10n/errors.cpp knows. Nothing is half
// read. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

constexpr std::size_t kMaxSchemaFileBytes = std::size_t{64} * 1024;

// What a file asks for. Local numbers and acts are not known yet: fields and collections are named by their keys.
struct FieldWish {
  FieldDefinition field;  // name, collection and local unset; `of` unset
  std::string of;         // key of the collection that a record field points to; empty: none
  std::string about;      // "self", or the key of the field whose person it speaks of; empty: nobody
  std::uint32_t line = 0;
};
struct KeepWish {
  std::string after;  // key of a date field, or kLastWrite
  Term term;
  std::uint32_t line = 0;
};
struct CollectionWish {
  CollectionDefinition collection;  // without fields, name, local, title and keeps
  bool extends = false;             // adds fields to a collection that is there already
  std::string title;                // key of the field that names a record
  std::vector<FieldWish> fields;
  std::optional<KeepWish> keep;
  std::uint32_t line = 0;
};
struct SchemaWish {
  std::vector<CollectionWish> collections;
};

// A coordinator's file, at most kMaxSchemaFileBytes (too_large). Fails with schema_invalid.
[[nodiscard]] Result<SchemaWish> read_schema_file(std::string_view text);
// The first schema, whose collections and fields have numbers.
[[nodiscard]] Result<Schema> read_first_schema(std::string_view text);

}  // namespace kiem
