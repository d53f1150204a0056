// The languages Kiem speaks, and which one a person's settings ask for. Values and free functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kiem {

enum class Lang : std::uint8_t { nl, en };

// From a language code or a locale name as LANG holds one ("nl", "nl_NL.UTF-8", "en-GB", "EN"): the part before the
// first of `_ - . @`, in either case. Nothing for the empty text, for "C" and "POSIX", and for any other language.
[[nodiscard]] std::optional<Lang> language_from(std::string_view text);

}  // namespace kiem
