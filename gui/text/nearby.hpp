// The words of finding others on this network, and of pairing with a laptop that stands beside this one. Constants in
// both languages (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text {

namespace nearby {
inline constexpr Text<0> kTitle{"Kiem in de buurt", "Kiem nearby"};
inline constexpr Text<0> kLooking{"Even rondkijken op dit netwerk...", "Looking around on this network..."};
inline constexpr Counted<1> kFound{
    {"Op dit netwerk is nu {0} andere laptop met Kiem.", "There is {0} other laptop with Kiem on this network now."},
    {"Op dit netwerk zijn nu {0} andere laptops met Kiem.",
     "There are {0} other laptops with Kiem on this network now."}};
inline constexpr Text<0> kNotKnownYet{"Iemand die hier nog niet bekend is", "Somebody who is not known here yet"};
inline constexpr Text<0> kLinked{"verbonden", "connected"};
inline constexpr Text<0> kNotLinked{"nog niet verbonden", "not connected yet"};
inline constexpr Text<0> kLetsNobodyIn{"wacht niet op anderen", "is not waiting for others"};
inline constexpr Text<0> kLookAgain{"Kijk opnieuw", "Look again"};

inline constexpr Text<0> kNobody{"Niemand gevonden op dit netwerk", "Nobody was found on this network"};
inline constexpr Text<0> kOff{
    "Deze laptop kijkt nu niet rond: dat staat uit, of een ander programma zit in de weg.",
    "This laptop is not looking around now: that is switched off, or another program is in the way."};
inline constexpr Text<0> kNoNetwork{"Deze laptop zit op geen enkel netwerk.", "This laptop is on no network at all."};
inline constexpr Text<0> kDeaf{
    "Zelfs het eigen bericht kwam niet terug. Waarschijnlijk houdt de beveiliging van deze laptop het tegen.",
    "Not even its own message came back. The protection of this laptop probably stops it."};
inline constexpr Text<0> kOthers{"Er is hier wel iemand met Kiem, maar van geen van jouw initiatieven.",
                                 "Somebody with Kiem is here, but of none of your initiatives."};
inline constexpr Text<0> kApart{
    "Staat Kiem bij de anderen open? Op sommige netwerken, vaak die voor gasten, zien laptops elkaar niet.",
    "Is Kiem open on the other laptops? On some networks, often those for guests, laptops do not see each other."};

inline constexpr Text<0> kHotspot{
    "Zet op één laptop of telefoon een hotspot aan en laat de anderen daarmee verbinden. Internet is niet nodig.",
    "Turn on a hotspot on one laptop or phone and connect the others to it. Internet is not needed."};
inline constexpr Text<0> kByAddress{"Of vul bij Delen het adres van de andere laptop in.",
                                    "Or fill in the address of the other laptop at Sharing."};
inline constexpr Text<0> kOtherApp{"Sluit andere vensters van Kiem op deze laptop, en kijk dan opnieuw.",
                                   "Close other windows of Kiem on this laptop, and then look again."};
inline constexpr Text<0> kTakeThemIn{
    "Wil je samen verder? Laat je buur meedoen, of vraag zelf om een uitnodiging.",
    "Do you want to go on together? Let your neighbour take part, or ask for an invitation yourself."};

inline constexpr Text<0> kBesideCaption{"Staat er iemand naast je?", "Is somebody beside you?"};
inline constexpr Text<0> kLetIn{"Laat een buur meedoen", "Let a neighbour take part"};
inline constexpr Text<1> kLetInHelp{"Je buur hoort daarna bij {0}.", "Your neighbour then belongs to {0}."};
inline constexpr Text<0> kAskCoordinator{"Een coördinator kan hier een buur laten meedoen.",
                                         "A coordinator can let a neighbour take part here."};
inline constexpr Text<0> kJoin{"Zelf ergens meedoen", "Take part somewhere yourself"};
}  // namespace nearby

namespace pairing {
inline constexpr Text<1> kBeginHelp{
    "Je buur staat naast je, met een laptop waar Kiem op staat. Zo komt die bij {0}, ook zonder internet.",
    "Your neighbour is beside you, with a laptop that has Kiem. This is how they come into {0}, without internet too."};
inline constexpr Text<0> kSameNetwork{"Jullie laptops moeten wel op hetzelfde netwerk zitten.",
                                      "Your laptops do have to be on the same network."};
inline constexpr Text<0> kShowCode{"Toon de acht letters", "Show the eight letters"};
inline constexpr Text<0> kMakingCode{"Een ogenblik...", "One moment..."};

inline constexpr Text<0> kCodeTitle{"Geef deze letters door", "Pass on these letters"};
inline constexpr Text<0> kCodeHelp{
    "Je buur kiest op de andere laptop ‘Ik heb een uitnodiging’ en typt deze acht letters en cijfers.",
    "On the other laptop your neighbour chooses ‘I have an invitation’ and types these eight letters and digits."};
inline constexpr Text<0> kCodeWaits{"Deze laptop wacht er tien minuten op. Hij ziet zelf wanneer het zover is.",
                                    "This laptop waits for it for ten minutes. It sees by itself when it is time."};

inline constexpr Text<0> kFindTitle{"Je buur zoeken", "Looking for your neighbour"};
inline constexpr Text<1> kFindHelp{"Even zoeken naar de laptop die {0} laat zien.",
                                   "Looking for the laptop that shows {0}."};

inline constexpr Text<0> kWordsTitle{"Zien jullie dezelfde woorden?", "Do you see the same words?"};
inline constexpr Text<0> kWordsHelp{
    "Lees ze elkaar voor. Staan op beide schermen deze vier woorden, in deze volgorde, dan zit er niemand tussen.",
    "Read them to each other. When both screens show these four words in this order, nobody is in between."};
inline constexpr Text<2> kNumbered{"{0}. {1}", "{0}. {1}"};
inline constexpr Text<0> kSame{"Ja, dezelfde woorden", "Yes, the same words"};
inline constexpr Text<0> kDifferent{"Nee, andere woorden", "No, other words"};

inline constexpr Text<0> kAnsweredTitle{"Nu je buur nog", "Now your neighbour"};
inline constexpr Text<0> kAnsweredHelp{
    "Zodra je buur ook zegt dat het dezelfde woorden zijn, is het klaar. Laat Kiem zo lang openstaan.",
    "As soon as your neighbour says too that the words are the same, it is done. Leave Kiem open until then."};
inline constexpr Text<0> kStop{"Stop ermee", "Stop this"};

inline constexpr Text<1> kIsIn{"Je buur hoort nu bij {0}.", "Your neighbour now belongs to {0}."};
inline constexpr Text<1> kNotFound{
    "Geen laptop op dit netwerk laat {0} zien. Kijk of alle letters kloppen, en of jullie op hetzelfde netwerk zitten.",
    "No laptop on this network shows {0}. See that all letters are right, and that you are on the same network."};
inline constexpr Text<0> kNobodyCame{
    "Niemand heeft de letters gebruikt, en nu gelden ze niet meer. Toon gerust nieuwe.",
    "Nobody used the letters, and now they no longer hold. Show new ones whenever you like."};
inline constexpr Text<0> kNeighbourLeft{
    "Je buur is gestopt of was niet meer te zien. Er is niets uitgewisseld; begin gerust opnieuw met een nieuwe code.",
    "Your neighbour stopped or could no longer be seen. Nothing was exchanged; begin again with a new code."};
inline constexpr Text<0> kShortCode{
    "Een korte code heeft acht letters en cijfers, zoals k7qd-2m9x. Kijk of je ze allemaal hebt.",
    "A short code has eight letters and digits, such as k7qd-2m9x. See that you have all of them."};
}  // namespace pairing

}  // namespace kiem::text
