// The steps of the practice story, from Noor's first laptop to the plug that goes back in. Each is played by real
// commands, and what it tells comes from what her laptop then knows.
//
// Free functions; one thread. False once the story is over (Stage::ended), and nothing more is done then.
#pragma once

#include "sync/practice/stage.hpp"

namespace kiem::practice {

// Who is there besides Noor.
struct Others {
  Listener& neighbours;  // has told its code already
  std::string address;   // of Anneke's laptop
};

[[nodiscard]] bool play_joining(Stage& stage, const std::string& code);
[[nodiscard]] bool play_today(Stage& stage);
[[nodiscard]] bool play_claim(Stage& stage);
[[nodiscard]] bool play_confirmation(Stage& stage, const Others& others);
[[nodiscard]] bool play_return(Stage& stage, const Others& others);
[[nodiscard]] bool play_conflict(Stage& stage);
[[nodiscard]] bool play_without_network(Stage& stage, const Others& others);

}  // namespace kiem::practice
