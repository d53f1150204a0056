// Taking back one act (DESIGN D2: history and undo go by act).
//
// An undo is an act like any other: it writes what was there before, deletes what was made, brings back what was
// deleted. What somebody has written since stays as it is and is told. Acts of membership, claims and confirmations
// have acts of their own against them and are not undone here. Inside the writer's transaction; one thread.
#pragma once

#include "core/domain/record_requests.hpp"
#include "core/domain/user_act.hpp"
#include "core/schema/schema.hpp"

namespace kiem {

// The act whose number begins with `text`, or for an empty text the newest one of this person in the space that can be
// taken back; after an undo that is the undo itself, which then does the act again. Fails with not_found or ambiguous
// {"act", text}.
[[nodiscard]] Result<ActId> find_act(Connection& db, const SpaceRow& space, const PersonId& person,
                                     std::string_view text);

// `what` is the act to take back. Fails with not_found {"act", ...} when it is not this person's, not_allowed {"undo"}
// for what cannot be undone, and nothing_to_change when all of it was written over since.
[[nodiscard]] Result<Undone> undo_act(const UserAct& act, const Schema& schema, const ActId& what);

}  // namespace kiem
