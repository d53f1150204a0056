// How invitations, joinings and syncs are told: for people on a Page, for programs as JSON. Pure but for the page.
#pragma once

#include "core/l10n/lang.hpp"
#include "sync/cli/environment.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::cli {

// The code alone on the first line, then what it is for.
void print_meeting(Page& page, Lang lang, const InvitationMade& made);
void print_meeting(Page& page, Lang lang, const InitiativeJoined& joined);
void print_meeting(Page& page, Lang lang, const Synced& synced);

// The code as a QR code on stdout, which is a terminal of this size; where it would not fit, a remark says so.
void print_picture(std::ostream& out, Page& remarks, Lang lang, const InvitationMade& made,
                   const TerminalSize& terminal);

// What whoever made a code should know, for stderr: how it is used, and that a node must run for it.
void print_how_to_use(Page& remarks, Lang lang, const InvitationMade& made);

// {"code","initiative":{"id","name"},"role","addresses","listening"}
[[nodiscard]] Json json_of(const InvitationMade& made);
// {"initiative":{"id","name"},"role","on_probation","open_tasks"}
[[nodiscard]] Json json_of(const InitiativeJoined& joined);
// {"device","person","received","sent"}
[[nodiscard]] Json json_of(const Synced& synced);

}  // namespace kiem::cli
