// Commands that an answer tells people to type: lines that a shell takes as they are printed, and that mean the
// initiative that was asked about. Pure; any thread, no failure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/requests.hpp"

namespace kiem::cli {

// One word of a command line: quoted where a shell would read it otherwise.
[[nodiscard]] std::string shell_word(std::string_view text);

// The command, or a sentence that ends with one, with --initiative behind it where one is named. Whoever was answered
// without naming one has no other.
[[nodiscard]] std::string to_type(std::string command, const InitiativeNaming& initiative);
// The same for the one that the request named.
[[nodiscard]] std::string to_type(std::string command, const Request& request);

// What names this one of the initiatives here: nothing when it is the only one.
[[nodiscard]] InitiativeNaming naming_of(const std::vector<InitiativeRow>& initiatives, const InitiativeRow& one);

}  // namespace kiem::cli
