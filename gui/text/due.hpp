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
inline constexpr Text<0> kMore{"Er is meer dan dit. De rest komt hier te staan als dit weg is.",
                               "There is more than this. The rest will stand here once this is gone."};
inline constexpr Text<0> kErase{"Voor goed wissen", "Erase for good"};
inline constexpr Text<1> kSure{
    "{0} gaat voor goed weg, hier en op elke laptop die ervan hoort. Dat is niet terug te draaien. Weet je het zeker?",
    "{0} goes for good, here and on every laptop that hears of it. That cannot be undone. Are you sure?"};
inline constexpr Text<0> kYes{"Ja, wis het", "Yes, erase it"};
inline constexpr Text<1> kErased{"{0} is gewist. Op de andere laptops gaat het weg zodra zij hiervan horen.",
                                 "{0} was erased. On the other laptops it goes as soon as they hear of this."};
inline constexpr Counted<1> kKept{
    {"{0} stuk ervan hoort bij meer gegevens tegelijk. Niemand ziet het nog; het gaat weg als ook die zijn gewist.",
     "{0} piece of it belongs to other data too. Nobody sees it any more; it goes when those are erased as well."},
    {"{0} stukken ervan horen bij meer gegevens tegelijk. Niemand ziet ze nog; ze gaan weg als ook die zijn gewist.",
     "{0} pieces of it belong to other data too. Nobody sees them any more; they go when those are erased as well."}};
inline constexpr Text<0> kUnread{"Niet alles is hier te lezen. Er kan dus meer zijn dan dit.",
                                 "Not everything can be read here. So there may be more than this."};

}  // namespace kiem::text::due
