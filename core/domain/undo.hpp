// Taking back one act (DESIGN D2: history and undo go by act).
//
// An undo is an act like any other: it writes what was there before, deletes what was made, brings back what was
// deleted, signs off whom the act signed up and up whom it signed off. Of a text it takes back each paragraph that the
// act changed (core/crdt/text_undo.hpp). What somebody has written since stays as it is and is told; since is what came
// to this laptop after the act. Acts of membership and confirmations have acts of their own against them and are not
// undone here. Inside the writer's transaction; one thread.
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
// for what cannot be undone, task_closed when somebody would be signed up for a task that is done or called off, and
// nothing_to_change when it is as it was. When all of it was written over since nothing is written, and that is told.
[[nodiscard]] Result<Undone> undo_act(const UserAct& act, const Schema& schema, const ActId& what);

}  // namespace kiem
