// The words of a task's page and of the step that asks before signing up or off. Constants in both languages
// (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text {

namespace task {
inline constexpr Text<0> kPick{"Kies een taak", "Choose a task"};
inline constexpr Text<0> kPickHelp{"Dan zie je hier wat je gaat doen en wie er komen.",
                                   "Then you see here what you will do and who is coming."};
inline constexpr Text<0> kGone{"Deze taak is er niet meer", "This task is no longer here"};
inline constexpr Text<0> kGoneHelp{"Misschien is hij weggehaald. Ga terug naar de taken.",
                                   "It may have been taken away. Go back to the tasks."};
inline constexpr Text<0> kDateFollows{"Datum volgt", "Date follows"};
inline constexpr Text<1> kMeetAt{"Verzamelen: {0}", "Meet at: {0}"};
inline constexpr Text<0> kAddressHidden{"Je ziet het adres als je bevestigd bent",
                                        "You see the address when you are confirmed"};
inline constexpr Text<0> kAskedFor{"Gevraagd", "Asked for"};
inline constexpr Text<0> kCancelledCaption{"Deze taak gaat niet door", "This task does not take place"};
inline constexpr Text<0> kDoneCaption{"Deze taak is klaar", "This task is done"};
inline constexpr Text<2> kWhoComes{"Wie komen er ({0} van {1})", "Who is coming ({0} of {1})"};
inline constexpr Text<1> kWhoComesAll{"Wie komen er ({0})", "Who is coming ({0})"};
inline constexpr Text<0> kFree{"vrij", "free"};
inline constexpr Text<0> kNobodyYet{"Nog niemand. Wees de eerste.", "Nobody yet. Be the first."};
inline constexpr Text<2> kWithOthers{"{0} +{1}", "{0} +{1}"};
inline constexpr Text<1> kMoreFree{"nog {0} vrij", "{0} more free"};
inline constexpr Text<1> kMorePeople{"en {0} meer", "and {0} more"};
inline constexpr Text<0> kWaitingCaption{"Wachtlijst", "Waiting list"};
inline constexpr Text<2> kWaitingRow{"{0}. {1}", "{0}. {1}"};
inline constexpr Text<0> kOthersCaption{"Ook aangemeld", "Signed up too"};
inline constexpr Text<2> kNameState{"{0}: {1}", "{0}: {1}"};
inline constexpr Text<0> kWhy{"Waarom?", "Why?"};
inline constexpr Text<1> kEnteredBy{"{0} schreef het op.", "{0} wrote it down."};
inline constexpr Text<1> kAddedBy{"Taak van {0}", "Task by {0}"};
inline constexpr Text<1> kAssigner{"{0} verdeelt de plekken", "{0} assigns the seats"};
inline constexpr Text<0> kWorksOffline{"Werkt ook zonder internet.", "Works without internet too."};
inline constexpr Text<1> kConflictCaption{"{0}: er is meer dan één antwoord", "{0}: there is more than one answer"};
inline constexpr Text<2> kConflictSide{"{0} zette {1}", "{0} put {1}"};
inline constexpr Text<0> kConflictShown{"zo staat het er nu", "shown for now"};
inline constexpr Text<0> kConflictNoneShown{"Tot er gekozen is staat er niets.",
                                            "Until somebody chooses, nothing is shown."};
inline constexpr Text<1> kChoose{"Kies {0}", "Choose {0}"};
inline constexpr Text<0> kHistory{"Wat er gebeurde", "What happened"};
inline constexpr Text<0> kShowHistory{"Toon wat er gebeurde", "Show what happened"};
inline constexpr Text<0> kHideHistory{"Verberg wat er gebeurde", "Hide what happened"};
inline constexpr Text<1> kDoubtful{"{0} (de klok van die laptop liep misschien niet goed)",
                                   "{0} (the clock of that laptop may have been wrong)"};
inline constexpr Text<0> kStillLoading{"Even zoeken...", "Looking..."};
inline constexpr Text<0> kSignOffLong{"Je doet mee – afmelden", "You're in – sign off"};
inline constexpr Text<0> kLeaveList{"Van de lijst af", "Leave the list"};
}  // namespace task

namespace confirm {
inline constexpr Text<1> kJoinTitle{"Meedoen met {0}?", "Join {0}?"};
inline constexpr Text<1> kListTitle{"Op de wachtlijst van {0}?", "On the waiting list of {0}?"};
inline constexpr Text<1> kOffTitle{"Afmelden voor {0}?", "Sign off from {0}?"};
inline constexpr Text<0> kJoinHelp{"Je plek is voorlopig, tot hij bevestigd is. Afmelden kan altijd.",
                                   "Your seat is provisional until it is confirmed. You can always sign off."};
inline constexpr Text<1> kJoinHelpBy{"Je plek is voorlopig, tot {0} hem bevestigt. Afmelden kan altijd.",
                                     "Your seat is provisional until {0} confirms it. You can always sign off."};
inline constexpr Text<0> kListHelp{
    "Alle plekken zijn bezet. Komt er een vrij, dan hoor je het, in de volgorde van de lijst.",
    "All seats are taken. When one falls free you will hear, in the order of the list."};
inline constexpr Text<0> kOffHelp{
    "Je plek komt vrij voor een ander. Meld je je later weer aan, dan sluit je achteraan.",
    "Your seat becomes free for somebody else. If you sign up again later, you join at the end."};
inline constexpr Text<0> kOffListHelp{"Je gaat van de wachtlijst. Meld je je later weer aan, dan sluit je achteraan.",
                                      "You leave the waiting list. If you sign up again later, you join at the end."};
inline constexpr Text<0> kSeenByMembers{"De anderen van het initiatief zien je naam.",
                                        "The others of the initiative see your name."};
inline constexpr Text<0> kHowMany{"Met hoeveel mensen kom je?", "How many of you are coming?"};
inline constexpr Text<0> kOnlyMe{"Alleen ik", "Just me"};
inline constexpr Text<1> kPeople{"{0} mensen", "{0} people"};
inline constexpr Text<0> kFewer{"Een minder", "One fewer"};
inline constexpr Text<0> kMore{"Een meer", "One more"};
inline constexpr Text<1> kTooMany{"Er zijn nog {0} plekken. De rest komt op de wachtlijst of wordt samen besproken.",
                                  "There are {0} seats left. The rest waits, or is talked over together."};
inline constexpr Text<0> kTooManyOne{"Er is nog één plek. De rest komt op de wachtlijst of wordt samen besproken.",
                                     "There is one seat left. The rest waits, or is talked over together."};
inline constexpr Text<0> kYesJoin{"Ja, ik doe mee", "Yes, I'll join"};
inline constexpr Text<1> kYesJoinMany{"Meld {0} mensen aan", "Sign {0} people up"};
inline constexpr Text<0> kYesList{"Ja, zet me op de lijst", "Yes, put me on the list"};
inline constexpr Text<0> kYesOff{"Ja, meld me af", "Yes, sign me off"};
inline constexpr Text<0> kNo{"Toch niet", "Rather not"};
}  // namespace confirm

}  // namespace kiem::text
