// What the tests of words share: both languages, a person made by hand, and a look for a part of a sentence.
#pragma once

#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

inline constexpr Lang kBoth[] = {Lang::nl, Lang::en};

[[nodiscard]] inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

[[nodiscard]] inline PersonRef person(std::uint8_t id, std::string name) {
  PersonRef made;
  made.id.bytes[0] = id;
  made.name = std::move(name);
  return made;
}

}  // namespace kiem
