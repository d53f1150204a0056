// The story that `./dev run` plays in the terminal where there is no display: Noor's first minutes with Kiem, beside
// the neighbours on laptops of their own (neighbours.hpp). Every step is a real command on a real encrypted store, and
// every exchange one with Anneke's laptop.
#pragma once

#include <filesystem>
#include <optional>

#include "sync/cli/environment.hpp"

namespace kiem::practice {

struct Story {
  std::filesystem::path parent;        // where a folder of its own is made, and removed again
  std::filesystem::path neighbours;    // the program kiem-practice; `kiem` is beside it
  std::optional<int> keyboard = {};    // a terminal, where somebody presses Enter after each step; none: no pauses
  std::uint64_t patience_ms = 60'000;  // for a word of the neighbours
};

// Returns 0 when it played to its end, or was stopped (SIGINT, SIGTERM, the keyboard's end), and 1 with a sentence on
// stderr when a step failed, or the neighbours ended or kept silent. Whatever the end: no child and no folder is left.
// `environment` gives the language, the network and the signals. One call a process.
[[nodiscard]] int play(const Story& story, cli::Environment environment, cli::Streams streams, Env env);

}  // namespace kiem::practice
