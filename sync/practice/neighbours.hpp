// The second practice laptop: Anneke's, which a newcomer really joins and syncs with, and behind it those of Rachid and
// Sven. All that the spreadsheets cannot hold (claims, a call-off, a time that two people set apart, a claim written
// while a laptop was away) is written here as it would be by people: signed acts on three stores that meet over TCP.
//
// Anneke's laptop is a node in this process; the others meet her by commands of `kiem` as processes of their own.
#pragma once

#include <filesystem>
#include <string_view>

#include "sync/cli/environment.hpp"

namespace kiem::practice {

struct Neighbours {
  std::filesystem::path folder;  // made, and removed at the end; holds nothing else (folder.hpp)
  std::filesystem::path kiem;    // the program
  int window = 0;                // a descriptor; its end is the end: whoever started this is gone
};

// Tasks of the neighbourhood's sheets that the story is about.
inline constexpr const char* kHedge = "Heg knippen";
inline constexpr const char* kRainBarrel = "Regenton plaatsen";
// In front of the name of whoever came back.
inline constexpr std::string_view kIsBack = "back ";

// Prints, each alone on its line and flushed:
//   kiem-...  first, when all is ready: the code by which one newcomer joins Lindekwartier
//   back NAME the laptop of NAME was away and came back: he is on the waiting list of the hedge, whose last seat
//             somebody else got confirmed
// Returns 0 after SIGTERM, SIGINT or the window's end, with no child left, and 1 with a sentence on stderr when
// something fails. `environment` gives the network, the signals and the language. One call a process.
[[nodiscard]] int play_neighbours(const Neighbours& neighbours, const cli::Environment& environment,
                                  cli::Streams streams, Env env);

}  // namespace kiem::practice
