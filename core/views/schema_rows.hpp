// The schema of a space as this store knows it: the first one, and what the schema acts that count have added.
//
// Names of added collections and fields are 36 bytes long, so each gets a *local number* in this store, from
// kFirstLocal on; names of the first schema are their own local numbers. Local numbers stand in the index of mutations
// and in the names of columns, and nowhere that leaves the store. Any connection reads; only the writer interns.
#pragma once

#include <optional>

#include "core/oplog/spaces.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

// Numbers of the first schema stay below.
constexpr std::uint32_t kFirstLocal = 65536;

// Nothing for a name that no operation here has used, and for a number that the first schema cannot have.
[[nodiscard]] Result<std::optional<std::uint32_t>> find_local(Connection& db, const SchemaName& name);
[[nodiscard]] Result<std::optional<std::uint32_t>> intern_local(Connection& db, const SchemaName& name);
// The name behind a local number; damage when there is none.
[[nodiscard]] Result<SchemaName> name_of_local(Connection& db, std::uint32_t local);
// "3", or "<hex of the act>/2": the same on every device.
[[nodiscard]] std::string text_of(const SchemaName& name);

// Remembers that an operation of the access circle holds a schema act, whatever its standing.
[[nodiscard]] Status note_schema_act(Connection& db, std::int64_t operation, std::int64_t space);
// First schema, then the added collections and fields in the order of their acts' ids: the same on every device with
// the same acts. Costs one look when nothing was added.
[[nodiscard]] Result<Schema> load_schema(Connection& db, std::int64_t space);

}  // namespace kiem
