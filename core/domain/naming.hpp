// How people name things in a request. Plain values, any thread.
#pragma once

#include <string>

namespace kiem {

// A record as people name one: a whole id, a unique prefix of at least 4 digits, or the exact title.
struct Naming {
  std::string text;
};

// Names the initiative; may be empty while the store holds one.
struct InitiativeNaming {
  std::string text;
};

}  // namespace kiem
