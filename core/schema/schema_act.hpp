// What a schema act adds, as bytes: the structure, which stays for ever, and the words, which are flesh
// (FORMAT.md 14.5).
//
// Collections and fields of an act are numbered in their order, from 0: a new collection, then its fields, then the
// next. With the act's operation id that number is their name for good. Pure, any thread. Decoding bytes from outside
// fails with not_canonical or too_large, a peer's fault; encoding what breaks a bound is a broken promise of ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/schema/schema.hpp"
#include "core/schema/schema_file.hpp"

namespace kiem {

// In `collection` and its fields a name's number is the place in the act and its act the operation; in a draft, which
// has no operation yet, the act of a name of its own is zeros. title and about are places in the act, local is 0.
struct CollectionAddition {
  std::optional<SchemaName> extends;  // adds fields or a term to this collection and is no new one
  CollectionDefinition collection;
  bool operator==(const CollectionAddition&) const = default;
};
using SchemaAddition = std::vector<CollectionAddition>;

// What of a file is new beside what the initiative has: empty when nothing is. Fails with schema_invalid where the file
// says of something that is here already anything else than before (reason "only_adds"), or speaks of what is not here.
[[nodiscard]] Result<SchemaAddition> new_in(const SchemaWish& wish, const Schema& known);

struct EncodedAddition {
  Bytes structure;
  Bytes keeps;        // of the collections in it; empty when none has one
  std::string words;  // a line each: key, Dutch, English of each collection, field and choice in their order
};
[[nodiscard]] EncodedAddition encode(const SchemaAddition& addition);
// Without keeps, which stand beside the structure so that a version that does not know them takes the rest. words:
// nothing when that part is not here; keys then are "c" or "f" and the number. What a later version brings (types and
// rules that are not known here) keeps its number and is left out.
[[nodiscard]] Result<SchemaAddition> decode_addition(const OpId& act, ByteView structure,
                                                     const std::optional<std::string>& words);

// How long the records of a collection are kept, by what the act says of it.
struct CollectionKeep {
  SchemaName collection;
  Keep keep;
  bool operator==(const CollectionKeep&) const = default;
};
// Those of a later version's units are left out.
[[nodiscard]] Result<std::vector<CollectionKeep>> decode_keeps(const OpId& act, ByteView keeps);

}  // namespace kiem
