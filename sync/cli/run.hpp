// The command line as a function: arguments and a world in, answers on the streams and an exit code out. main.cpp only
// hands in the real world; tests hand in theirs.
//
// Exit codes: 0 done (also "nothing new"), 1 refused or impossible, 2 wrong use, 3 answered but damage hides part of
// the answer (said on stderr), 4 the store is in use, 5 a peer was not reached. stdout carries the answer, stderr all
// else. Nothing is asked when stdin is no terminal.
//
// One call at a time in a process that asks at the terminal (terminal.hpp). No failure but by exit code; only the want
// of memory leaves as an exception.
#pragma once

#include <string>
#include <vector>

#include "core/base/env.hpp"
#include "core/store/store.hpp"
#include "sync/cli/environment.hpp"

namespace kiem::cli {

// `arguments` without the program's name. `store` is for tests, which make Argon2id cheap and locks impatient; the
// program hands in the defaults and offers no way to change them.
[[nodiscard]] int run(const std::vector<std::string>& arguments, const Environment& environment, Streams streams,
                      Env env, const StoreOptions& store = {});

}  // namespace kiem::cli
