// The story that `./dev run` plays in the terminal: a person's first minutes with Kiem on the practice neighbourhood,
// every step a real command on a real encrypted store, every answer what that command prints.
#pragma once

#include <filesystem>

#include "sync/cli/environment.hpp"

namespace kiem::practice {

// Plays the story in `home`, a folder of its own that is made and removed again: nothing of it is kept. Returns 0, or
// the exit code of the first command that did not do its work. `environment` gives the language.
[[nodiscard]] int play(const std::filesystem::path& home, cli::Environment environment, cli::Streams streams, Env env);

}  // namespace kiem::practice
