// The words of the lists that an initiative added itself: what they hold, the form for one thing, what was written
// apart. Constants in both languages (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text::records {

inline constexpr Text<0> kLists{"Lijsten", "Lists"};
inline constexpr Text<0> kListsSubtitle{"Wat jullie zelf bijhouden.", "What you keep track of yourselves."};
inline constexpr Text<0> kFindAll{"Zoek in alles", "Search everything"};
inline constexpr Text<0> kFoundNothing{"Niets gevonden. Probeer een korter woord.",
                                       "Nothing found. Try a shorter word."};
inline constexpr Text<0> kFoundMore{"Er is meer dan dit. Zoek met een langer woord.",
                                    "There is more than this. Search with a longer word."};
inline constexpr Text<3> kFoundIn{"{0}, {1}: {2}", "{0}, {1}: {2}"};
inline constexpr Text<0> kNoLists{"Nog geen eigen lijsten", "No lists of your own yet"};
inline constexpr Text<0> kNoListsHelp{
    "Gereedschap, sleutels, zaden: wat jullie zelf willen bijhouden. Een coördinator voegt een lijst toe.",
    "Tools, keys, seeds: whatever you want to keep track of. A coordinator adds a list."};
inline constexpr Text<0> kHowToAdd{
    "Een lijst voeg je toe met een bestand, in een terminal: kiem schema add BESTAND. Daarna staat hij hier, en bij "
    "iedereen.",
    "A list is added with a file, in a terminal: kiem schema add FILE. After that it stands here, and with everyone."};
inline constexpr Counted<1> kThings{{"{0} stuk", "{0} thing"}, {"{0} stuks", "{0} things"}};
inline constexpr Text<2> kReadWrite{"{0}; {1}.", "{0}; {1}."};

inline constexpr Text<1> kSearch{"Zoek in {0}", "Search in {0}"};
inline constexpr Text<0> kAdd{"Voeg iets toe", "Add something"};
inline constexpr Text<0> kNone{"Hier staat nog niets", "There is nothing here yet"};
inline constexpr Text<0> kNoneHelp{"Wat je toevoegt zien de anderen ook.", "The others will see what you add too."};
inline constexpr Text<0> kNoneSuch{"Niets dat hierbij past", "Nothing that fits this"};
inline constexpr Text<0> kNoneSuchHelp{"Probeer een korter woord, of wis wat je zocht.",
                                       "Try a shorter word, or clear the search."};
inline constexpr Text<0> kShowAll{"Toon alles", "Show everything"};
inline constexpr Text<0> kNotAll{"Alleen de eerste stuks staan hier. Zoeken vindt de rest bij Zoek in alles.",
                                 "Only the first ones stand here. Search everything finds the rest."};
inline constexpr Text<0> kNameless{"(zonder naam)", "(no name)"};
inline constexpr Text<2> kLabelled{"{0}: {1}", "{0}: {1}"};
inline constexpr Text<0> kMoreAnswers{"Meer dan één antwoord", "More than one answer"};
inline constexpr Text<0> kJustDeleted{"Net weggehaald", "Just taken away"};
inline constexpr Text<1> kPutBack{"Zet {0} terug", "Put {0} back"};

inline constexpr Text<0> kGone{"Dit is er niet meer", "This is no longer here"};
inline constexpr Text<0> kGoneHelp{"Misschien heeft iemand het weggehaald. Ga terug naar de lijst.",
                                   "Somebody may have taken it away. Go back to the list."};
inline constexpr Text<0> kEmptyField{"nog niet ingevuld", "not filled in yet"};
inline constexpr Text<1> kAddedBy{"Toegevoegd door {0}", "Added by {0}"};
inline constexpr Text<0> kEdit{"Pas aan", "Change"};
inline constexpr Text<0> kDelete{"Haal weg", "Take away"};
inline constexpr Text<1> kChoose{"Kies {0}", "Choose {0}"};
inline constexpr Text<0> kChooseEmpty{"Kies leeg", "Choose empty"};

inline constexpr Text<1> kNewTitle{"Iets toevoegen aan {0}", "Adding something to {0}"};
inline constexpr Text<1> kEditTitle{"{0} aanpassen", "Changing {0}"};
inline constexpr Text<0> kSave{"Opslaan", "Save"};
inline constexpr Text<0> kWholeHelp{"Een heel getal, zoals 3.", "A whole number, such as 3."};
inline constexpr Text<0> kDateHelp{"Bijvoorbeeld 17-04-2027.", "For example 17-04-2027."};
inline constexpr Text<0> kTimeHelp{"Bijvoorbeeld 18.30.", "For example 18.30."};
inline constexpr Text<0> kLengthHelp{"Uren en minuten, bijvoorbeeld 1:30.", "Hours and minutes, for example 1:30."};
inline constexpr Text<1> kTallyHelp{"Nu samen {0}. Wat je hier schrijft komt erbij.",
                                    "Now {0} in all. What you write here is added."};
inline constexpr Text<0> kTallyNone{"Wat je hier schrijft telt op bij wat anderen schrijven.",
                                    "What you write here adds up with what others write."};
inline constexpr Text<0> kAboutPerson{"Dit gaat over een mens en kan weg als die daarom vraagt.",
                                      "This is about a person and can go when they ask for that."};
inline constexpr Text<1> kFilter{"Zoek bij {0}", "Search at {0}"};
inline constexpr Text<0> kNobodyToPick{"Er is nog niets om uit te kiezen.", "There is nothing to choose from yet."};
inline constexpr Text<0> kMoreToPick{"Er is meer. Typ een stukje van de naam.",
                                     "There is more. Type part of the name."};
inline constexpr Text<1> kOneMore{"Nog een bij {0}", "One more at {0}"};
inline constexpr Text<0> kAddValue{"Erbij", "Add"};
inline constexpr Text<1> kDropValue{"{0} weg", "Drop {0}"};
inline constexpr Text<2> kParagraph{"{0}, alinea {1}", "{0}, paragraph {1}"};
inline constexpr Text<0> kAddParagraph{"Nog een alinea", "One more paragraph"};

inline constexpr Text<1> kTakenAway{"{0} is weggehaald.", "{0} was taken away."};
inline constexpr Text<1> kIsBack{"{0} staat er weer.", "{0} is back."};
inline constexpr Text<1> kChosen{"{0}: er is gekozen.", "{0}: a choice was made."};
inline constexpr Text<0> kTakeBack{"Ongedaan maken", "Undo"};
inline constexpr Text<0> kTakenBack{"Het is ongedaan gemaakt.", "It was undone."};
inline constexpr Text<1> kLeft{"Dit bleef staan, want daarna heeft iemand het veranderd: {0}.",
                               "This stayed, since somebody has changed it after that: {0}."};

}  // namespace kiem::text::records
