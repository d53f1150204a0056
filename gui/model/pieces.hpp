// The pieces that models are put together from: a chip, a button, a face, an empty state. Words are ready to be shown
// in the reader's language; which colour a tone has is the kit's. Values, any thread.
#pragma once

#include <optional>
#include <string>

#include "gui/model/intents.hpp"

namespace kiem::model {

enum class Tone : std::uint8_t { neutral, good, attention, urgent };

struct Chip {
  std::string text;
  Tone tone = Tone::neutral;
};

enum class Weight : std::uint8_t { primary, secondary, quiet };

// Something to press, and what the person asks by pressing it.
struct Button {
  std::string label;
  Intent intent;
  Weight weight = Weight::primary;
  bool enabled = true;
  bool on = false;  // of a choice: the one that holds now
};

// A person as a circle with a name below; a free seat as a dashed one.
struct Face {
  std::string name;    // whole, of which the circle has the initials; empty for a free seat
  std::string label;   // below it: "Joke", "jij", "vrij"
  std::string detail;  // below that: "voorlopig"; may be empty
  bool free = false;
};

struct Empty {
  std::string title;
  std::string help;
  std::optional<Button> way_out;
};

}  // namespace kiem::model
