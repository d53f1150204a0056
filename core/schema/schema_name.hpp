// What names a collection or a field: its number in the first schema, or the schema act that added it and the place
// there (DESIGN D3, FORMAT.md 5.1). A plain value, any thread.
#pragma once

#include <optional>

#include "core/base/id.hpp"

namespace kiem {

struct SchemaName {
  std::optional<OpId> act;  // none: of the first schema
  std::uint32_t number = 0;
  auto operator<=>(const SchemaName&) const = default;
};

}  // namespace kiem
