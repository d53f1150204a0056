// Making, changing and deleting records of any collection, and settling what was written apart to them (DESIGN D3).
//
// Each function writes inside the act's transaction: one operation per circle that it touches. What the caller hands in
// has been read by the schema (field_values.hpp). One thread.
#pragma once

#include "core/access/state.hpp"
#include "core/domain/user_act.hpp"
#include "core/schema/schema.hpp"
#include "core/views/conflict_query.hpp"

namespace kiem {

struct FieldChange {
  enum class Kind : std::uint8_t { set, clear, add, remove } kind = Kind::set;
  const FieldDefinition* field = nullptr;
  Value value = NoValue{};
};

// A record of an added collection; its title must be among the changes (empty_text). Collections of the first schema
// have commands of their own: not_allowed.
[[nodiscard]] Result<RecordId> add_record(const UserAct& act, const Schema& schema,
                                          const CollectionDefinition& collection,
                                          const std::vector<FieldChange>& changes);
// Fails with not_found {"choice", ...} when an element to be removed is not there, nothing_to_change without changes,
// and not_allowed when a change does not fit how its field merges.
[[nodiscard]] Status change_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                                   const RecordId& record, const std::vector<FieldChange>& changes);
[[nodiscard]] Status delete_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                                   const RecordId& record);
// Erases all that was said of the record in the circles that are here, for good (FORMAT.md 5.7). Of a coordinator, of
// who made it, and of the person whom it is about: else not_allowed {"erase"}. What is known of somebody who belongs to
// the initiative is not erased: not_allowed {"erase_member"}.
[[nodiscard]] Status erase_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                                  const RecordId& record, const MembershipState& members);
[[nodiscard]] Status restore_record(const UserAct& act, const CollectionDefinition& collection, const RecordId& record);
// Writes the value of one side so that it replaces all sides.
[[nodiscard]] Status settle_conflict(const UserAct& act, const Schema& schema, const FoundConflict& conflict,
                                     std::size_t side);

}  // namespace kiem
