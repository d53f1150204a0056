// The first schema: the community application's collections, fields and kinds of mutation by their permanent numbers
// (DESIGN D3, D4; FORMAT.md section 5.4). A number is never used for anything else, nor given back.
//
// What code names by its number stands here; how each field merges and where it lives is community.toml's, and a test
// holds that the two agree. Screens never read either; they speak l10n's words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/schema/circles.hpp"

namespace kiem {

constexpr std::uint32_t kSchemaNumber = 1;

// --- kinds of mutation -----------------------------------------------------------------------------------------------
enum class MutationKind : std::uint32_t {
  authority = 0,      // an act of membership; access circle only
  create = 1,         // a record begins: its first alive mark
  write = 2,          // a register's new value, replacing the writes named in supersedes
  add = 3,            // an element of a set or a list, an entry of a tally
  remove = 4,         // supersedes elements
  delete_mark = 5,    // delete: supersedes the alive marks its author saw
  restore = 6,        // one more alive mark
  attempt = 7,        // sign up: an attempt of a claim
  withdraw = 8,       // ends the attempts named in supersedes
  confirm = 9,        // the assigner places attempts
  move = 10,          // a list element's new position, replacing those named in supersedes
  insert_words = 11,  // words behind a word of a paragraph's variant, or at its start
  cut_words = 12,     // takes words out
  rewrite = 13,       // a whole new text of a paragraph, replacing the variants named in supersedes
  erase = 14,         // nothing said of the record in this circle is told any more, and its values go for good
};

// --- collections -----------------------------------------------------------------------------------------------------
namespace collection {
constexpr std::uint32_t kAccess = 0;
constexpr std::uint32_t kTask = 1;
constexpr std::uint32_t kPlace = 2;
constexpr std::uint32_t kPrincipal = 3;  // what the members' circle knows of a person, card or organisation
constexpr std::uint32_t kClaim = 4;
constexpr std::uint32_t kConfirmation = 5;
}  // namespace collection

// --- fields ----------------------------------------------------------------------------------------------------------
namespace task_field {
constexpr std::uint32_t kTitle = 1;
constexpr std::uint32_t kSeats = 2;  // NoValue: as many as come
constexpr std::uint32_t kDate = 3;
constexpr std::uint32_t kStart = 4;
constexpr std::uint32_t kEnd = 5;
constexpr std::uint32_t kPlace = 6;
constexpr std::uint32_t kState = 7;
constexpr std::uint32_t kAssigner = 8;
constexpr std::uint32_t kRoles = 9;
constexpr std::uint32_t kCancelReason = 10;
constexpr std::uint32_t kNote = 11;    // facet in the members' circle
constexpr std::uint32_t kBefore = 12;  // to be done before this day; such a task has no date of its own
}  // namespace task_field

namespace place_field {
constexpr std::uint32_t kTitle = 1;
constexpr std::uint32_t kKind = 2;
constexpr std::uint32_t kArea = 3;
constexpr std::uint32_t kText = 4;
constexpr std::uint32_t kMeetingPoint = 5;
}  // namespace place_field

namespace principal_field {
constexpr std::uint32_t kName = 1;
constexpr std::uint32_t kKind = 2;
constexpr std::uint32_t kRoleText = 3;
constexpr std::uint32_t kTalents = 4;
constexpr std::uint32_t kLanguages = 5;
constexpr std::uint32_t kWorksWith = 6;
}  // namespace principal_field

// --- choices ---------------------------------------------------------------------------------------------------------
namespace task_state {
constexpr std::uint32_t kOpen = 0;
constexpr std::uint32_t kDone = 1;
constexpr std::uint32_t kCancelled = 2;
// The careful value first: cancelled beats done beats open when they were set apart.
constexpr std::array<std::uint32_t, 3> kCarefulFirst{kCancelled, kDone, kOpen};
}  // namespace task_state

namespace principal_kind {
constexpr std::uint32_t kPerson = 0;
constexpr std::uint32_t kCard = 1;
constexpr std::uint32_t kOrganisation = 2;
}  // namespace principal_kind

// --- what a cite is for (FORMAT.md section 5.4) ----------------------------------------------------------------------
namespace cite_purpose {
constexpr std::uint32_t kSeenAttempts = 1;        // attempt: those its author had that no other named one names
constexpr std::uint32_t kPlacedAttempts = 2;      // confirm: the attempts it places, in order
constexpr std::uint32_t kSeatsValue = 3;          // confirm: the value of seats it was decided with
constexpr std::uint32_t kConsideredAttempts = 4;  // confirm: the attempts it had
constexpr std::uint32_t kElement = 5;  // move: the element; insert_words: the variant; rewrite: the paragraph
constexpr std::uint32_t kWords = 6;    // insert_words, cut_words: the mutations that brought the words
}  // namespace cite_purpose

// A claim's and a task's head counts are read as at most this, so that no number can overflow a sum of them.
constexpr std::uint32_t kMaxHeads = 9'999;

// The places of a confirm mutation's numbers: the rule that was applied, its version, and the claim's total of heads.
constexpr std::size_t kConfirmRule = 0;
constexpr std::size_t kConfirmRuleVersion = 1;
constexpr std::size_t kConfirmHeads = 2;
// Rule 1: strict filling in provisional order.
constexpr std::uint64_t kRuleStrictFilling = 1;

}  // namespace kiem
