// All steps of the store's migrations, in their order for ever.
#pragma once

#include <array>

#include "core/oplog/tables.hpp"
#include "core/peer_tables.hpp"
#include "core/store/migrations.hpp"
#include "core/views/tables.hpp"

namespace kiem {

inline constexpr std::array kMigrations{Migration{kLogTables},     Migration{kViewTables},    Migration{kPeerTables},
                                        Migration{kAddressTables}, Migration{kLogIndexes},    Migration{kSchemaTables},
                                        Migration{kLostTable},     Migration{kConductTables}, Migration{kSetAsideIndex},
                                        Migration{kErasedTable}};

}  // namespace kiem
