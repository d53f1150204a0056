// How a command ends, as the shell sees it. The numbers are a promise: scripts read them. Pure; any thread.
#pragma once

#include "core/domain/requests.hpp"

namespace kiem::cli {

enum class ExitCode : int {
  done = 0,         // also "nothing new"
  refused = 1,      // refused or impossible
  wrong_use = 2,    // the command line is wrong, or something is missing that would have to be asked
  damaged = 3,      // answered, but damage hides part of the answer
  store_busy = 4,   // the store is in use
  unreachable = 5,  // a peer was not reached
};

// Of an error without an answer.
[[nodiscard]] ExitCode exit_code(const Error& error);

// Of an answer: damaged when damage keeps something from it, or the doctor found something; refused when rows of an
// import were not taken, else done.
[[nodiscard]] ExitCode exit_code(const Answer& answer);

// What damage keeps from an answer; nothing for one that cannot lack anything.
[[nodiscard]] Missing missing_of(const Answer& answer);

}  // namespace kiem::cli
