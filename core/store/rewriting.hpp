// Makes all tables of a store anew out of what can be read of them, so that afterwards no page is damaged: what a
// damaged page held is gone then, and whoever asked for it says what that was. Used by Store::rewrite_readable alone.
//
// The rows are read through a connection that only reads, in autocommit, where damage costs one statement; they are
// written by the writer in one transaction, old or new and never between. That transaction reads nothing of the old
// tables; where SQLite must have a damaged page in its hands to put another in its place, it is given zeros (kHealing).
#pragma once

#include "core/store/store.hpp"

namespace kiem {

// Fails with page_damaged, changing nothing, when a table of plan.whole cannot be read whole, or the schema cannot.
[[nodiscard]] Result<Rewritten> rewrite_tables(Connection& writer, Connection& reader, const RewritePlan& plan);

}  // namespace kiem
