// What the doctor does about operations that damage took: they are found by what other tables and indexes say of them,
// taken out of the log, and asked of other devices at the next meeting (core/oplog/lost.hpp). The writer's connection.
#pragma once

#include <map>
#include <set>

#include "core/access/space_members.hpp"
#include "core/oplog/lost.hpp"

namespace kiem {

// By their rows. What is known of one may be short of its id, or of its chain (0).
using KnownOperations = std::map<std::int64_t, LostOperation>;

// Every operation that a table or an index still names, as far as each can be read. To be asked while the indexes are
// those of the time before.
[[nodiscard]] Result<KnownOperations> known_operations(Connection& db);

// Those of them that no meeting could bring: the first operation of each space, without which nobody is known there,
// and all of this person's own space, which nobody else has. Fails with page_damaged when one of them is gone.
[[nodiscard]] Result<std::set<std::int64_t>> not_to_be_asked(Connection& db, const KnownOperations& known);

// Marks as lost what of `known` is not in the log any more, what is there and is not what was signed, and, where parts
// were cut, what lacks a part that it lists; forgets what other devices were known to have, so that the next meeting
// compares everything. members: by whom signatures are looked at too; null where nobody can say whose is whose. Inside
// the caller's transaction.
[[nodiscard]] Status mark_unreadable(Connection& db, const KnownOperations& known, const std::set<std::int64_t>& kept,
                                     SpaceMembers* members, bool parts_were_cut);

}  // namespace kiem
