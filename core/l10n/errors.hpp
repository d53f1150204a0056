// What a person reads when something cannot be done: one kind sentence (or two) with a way out, for every error code.
//
// The words in Error::args are put in cleaned of nothing but their length: control characters are the screen's to keep
// out (a terminal's and a window's are not the same). An argument that is missing leaves a gap that reads "…"; it never
// fails. Free functions, any thread.
//
// The codes of the command line have a key as their first argument:
//   usage          "unknown_word" WORD | "missing_value" OPTION | "missing_argument" NAME | "given_twice" OPTION |
//                  "not_together" OPTION OPTION | "unknown_choice" OPTION GIVEN CHOICES | "no_equals" WORD |
//                  "no_command"
//   missing_input  "passphrase" | "new_passphrase" | "recovery_words" | "home" | a field's name
// disk_failed with "read_only" as its argument speaks of a disk that takes nothing, and not of a failing one.
// no_slot_opens speaks of what its argument names: "key_file", "practice_key", "recovery_words"; else of a passphrase.
// not_allowed has sentences of its own for "practice_store" (a store for practice that is to get a passphrase), "first"
// (a record of the first schema), "several" FIELD and "one" FIELD (what a field holds), "undo" and "schema".
// What bad_number expects is "count" (a whole number from 1), "whole" (any whole number), "length", a range ("1-1000"),
// or is shown as it stands.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/l10n/lang.hpp"

namespace kiem {

[[nodiscard]] std::string error_sentence(Lang lang, const Error& error);

// What can be chosen from after `ambiguous`, one line each, ready to list below the sentence; else empty.
[[nodiscard]] std::vector<std::string> error_choices(const Error& error);

// `text` between quotation marks, its end left out when it is longer than 60 characters.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace kiem
