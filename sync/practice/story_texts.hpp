// What the practice story says between the commands. Constants in both languages (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::practice::text {

// --- beginning -------------------------------------------------------------------------------------------------------
inline constexpr Text<0> kWelcome{
    "De proeftuin van Kiem: een paar minuten oefenen met verzonnen buren. Niets is echt en niets wordt bewaard.",
    "The practice garden of Kiem: a few minutes of practice with made-up neighbours. Nothing is real and nothing is "
    "kept. What the neighbours wrote is in Dutch."};
inline constexpr Text<0> kOnTheirWay{"Anneke, Rachid en Sven komen eraan, elk met een eigen laptop. Even wachten.",
                                     "Anneke, Rachid and Sven are on their way, each with a laptop of their own. One "
                                     "moment."};
inline constexpr Text<1> kTheyAreHere{"Ze zijn er. De laptop van Anneke wacht op {0}.",
                                      "They are here. Anneke's laptop waits at {0}."};
inline constexpr Text<0> kFirstLaptop{
    "Noor krijgt Kiem op haar laptop. Alles wordt daar versleuteld bewaard; om te oefenen is geen wachtwoord nodig.",
    "Noor gets Kiem on her laptop. Everything is kept there encrypted; for practice no passphrase is needed."};
inline constexpr Text<0> kInvited{
    "Opschrijven hoeft nu niet, en zelf iets beginnen ook niet: Anneke nodigt Noor uit, met een code.",
    "No need to write anything down now, nor to start anything: Anneke invites Noor, with a code."};
inline constexpr Text<0> kGoOn{"Enter: verder", "Enter: go on"};

// --- the steps -------------------------------------------------------------------------------------------------------
inline constexpr Text<0> kTodayTitle{"1. Vandaag", "1. Today"};
inline constexpr Text<0> kToday{"Vandaag", "Today"};
inline constexpr Text<0> kTomorrow{"Morgen", "Tomorrow"};
inline constexpr Text<3> kGreeting{"Hoi {0}. {1} is er nog één plek bij de heg van {2}. Doe je mee?",
                                   "Hi {0}. {1} there is one seat left at the hedge of {2}. Will you join?"};

inline constexpr Text<0> kJoinTitle{"2. Meedoen", "2. Joining in"};
inline constexpr Text<0> kProvisional{"Voorlopig. Je buren weten het zo.",
                                      "Provisional. Your neighbours will know soon."};
inline constexpr Text<0> kAddressHidden{"Je ziet het adres als je bevestigd bent.",
                                        "You see the address when you are confirmed."};

inline constexpr Text<0> kSeenTitle{"3. De buren zien het", "3. The neighbours see it"};
inline constexpr Text<0> kExchange{"Noors laptop wisselt uit met die van Anneke.",
                                   "Noor's laptop exchanges with Anneke's."};
inline constexpr Text<1> kSeenBy{"Gezien door {0}. Bevestigd.", "Seen by {0}. Confirmed."};
inline constexpr Text<0> kAddressAbsent{
    "Het adres blijft hier dicht: in de proeftuin staan geen straten van bewoners.",
    "The address stays closed here: the practice garden does not hold the streets of residents."};

inline constexpr Text<0> kBackTitle{"4. Iemand komt terug", "4. Somebody comes back"};
inline constexpr Text<1> kCameBack{"De laptop van {0} was weg en komt terug.",
                                   "The laptop of {0} was away and is back."};
inline constexpr Text<1> kAlsoSignedUp{"{0} had zich ook aangemeld. Waarom?", "{0} had signed up too. Why?"};
inline constexpr Text<1> kNobodyVanishes{"De plekken zijn voor {0}. Niemand verdwijnt.",
                                         "The seats are for {0}. Nobody vanishes."};

inline constexpr Text<0> kTimesTitle{"5. Twee tijden", "5. Two times"};
inline constexpr Text<0> kTimesApart{"Twee buren veranderden dezelfde tijd, zonder dat van elkaar te weten.",
                                     "Two neighbours changed the same time, unaware of each other."};
inline constexpr Text<4> kChooseOrAsk{"{0} {1}, {2} {3}: kies of vraag.", "{0} {1}, {2} {3}: choose or ask."};
inline constexpr Text<1> kChooses{"Noor kiest {0}.", "Noor chooses {0}."};
inline constexpr Text<1> kOneTime{"Nu staat er één tijd: {0}. Wie wat schreef is terug te lezen.",
                                  "Now there is one time: {0}. Who wrote what can be read back."};

inline constexpr Text<0> kPlugTitle{"6. De stekker eruit", "6. Pulling the plug"};
inline constexpr Text<0> kNoNetwork{"Even geen netwerk: Noors laptop spreekt niemand. Aanmelden gaat gewoon door.",
                                    "No network for a while: Noor's laptop meets nobody. Signing up works as before."};
inline constexpr Counted<1> kNotShared{{"Nog niet gedeeld: {0} wijziging.", "Not shared yet: {0} change."},
                                       {"Nog niet gedeeld: {0} wijzigingen.", "Not shared yet: {0} changes."}};
inline constexpr Text<0> kPluggedIn{"De stekker gaat er weer in.", "The plug goes back in."};
inline constexpr Text<0> kAllShared{"Alles is gedeeld.", "Everything is shared."};

inline constexpr Text<0> kDoneTitle{"7. Klaar met oefenen? Begin echt.", "7. Done practising? Begin for real."};
inline constexpr Text<0> kNothingKept{"De oefenlaptops zijn gewist. Niets van de proeftuin gaat mee.",
                                      "The practice laptops are erased. Nothing of the practice garden comes along."};
inline constexpr Text<1> kBeginForReal{"$ {0} init --name \"jouw naam\"", "$ {0} init --name \"your name\""};

// --- when it ends before that ----------------------------------------------------------------------------------------
inline constexpr Text<0> kStopped{"Gestopt. De oefenlaptops zijn gewist.", "Stopped. The practice laptops are erased."};
inline constexpr Text<0> kGone{"De buren zijn weggevallen, dus de proeftuin stopt hier. Probeer het later nog eens.",
                               "The neighbours have gone, so the practice garden ends here. Try again later."};
inline constexpr Text<0> kSilent{
    "De buren laten niets horen, dus de proeftuin stopt hier. Probeer het later nog eens.",
    "Nothing is heard of the neighbours, so the practice garden ends here. Try again later."};
inline constexpr Text<0> kOtherwise{
    "Hier ging het anders dan bedoeld, dus de proeftuin stopt hier. Probeer het later nog eens.",
    "This went otherwise than intended, so the practice garden ends here. Try again later."};
inline constexpr Text<0> kUnfinished{
    "Een opdracht lukte niet, dus de proeftuin stopt hier. Probeer het later nog eens.",
    "A command failed, so the practice garden ends here. Try again later."};
inline constexpr Text<1> kLeftBehind{"De oefenlaptops staan nog in {0}. Die map mag weg.",
                                     "The practice laptops are still in {0}. That folder can go."};

}  // namespace kiem::practice::text
