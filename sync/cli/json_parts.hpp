// The pieces that several answers have in common, as JSON. Pure; any thread.
#pragma once

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"
#include "sync/cli/json.hpp"

namespace kiem::cli {

// {"id","name"}; the name is "" when this laptop has not got it.
[[nodiscard]] Json json_of(const PersonRef& person);
// null when there is none.
[[nodiscard]] Json json_of(const std::optional<PersonRef>& person);

// {"field","before","after"}.
[[nodiscard]] Json json_of(const LogChange& change);

// {"field","sides":[{"person","when","value","shown"}]}.
[[nodiscard]] JsonObject conflict_members(const ConflictRow& conflict);

// A card's fields as `task list` shows them: id, title, state, seats (null: as many as come), free, date and times in
// ISO form or null, place {"id","title"} or null, people confirmed, waiting and provisional, and my own claim's state.
[[nodiscard]] JsonObject task_members(const TaskCard& task);

// {"person","state","position","reason":{"code","text"},"count","confirmed","entered_by","mine"}; the position is null
// unless waiting; the text is in `lang`.
[[nodiscard]] Json claim_json(Lang lang, const ClaimRow& claim);

// `task show`: the card with note, roles, cancel_reason, added_by, assigner, claims and conflicts.
[[nodiscard]] JsonObject task_detail_members(Lang lang, const TaskDetail& task);

[[nodiscard]] std::string_view code_of(TaskState state);
[[nodiscard]] std::string_view code_of(Role role);
[[nodiscard]] std::string_view code_of(LogKind kind);
[[nodiscard]] std::string_view code_of(Standing standing);

}  // namespace kiem::cli
