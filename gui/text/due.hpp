// The words of what was kept longer than agreed, and of erasing it for good. Constants in both languages
// (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text::due {

inline constexpr Text<1> kTold{"{0}.", "{0}."};
inline constexpr Text<0> kShow{"Laat zien", "Show"};
inline constexpr Text<0> kHide{"Klap dicht", "Close"};
// The list's name, and why it is due.
inline constexpr Text<2> kRow{"{0}. {1}.", "{0}. {1}."};
inline constexpr Text<2> kRowDeleted{"{0}, weggehaald. {1}.", "{0}, taken away. {1}."};
inline constexpr Text<0> kMore{"Er is meer dan dit. Wat je wist, maakt plaats voor de rest.",
                               "There is more than this. What you erase makes room for the rest."};
inline constexpr Text<0> kUnread{"Niet alles is hier te lezen. Er kan dus meer zijn dan dit.",
                                 "Not everything can be read here. So there may be more than this."};

}  // namespace kiem::text::due
