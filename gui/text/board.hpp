// The words of the task board, of my tasks, of places and of people. Constants in both languages
// (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text {

namespace board {
inline constexpr Text<1> kNight{"Goedenacht, {0}", "Good night, {0}"};
inline constexpr Text<1> kMorning{"Goedemorgen, {0}", "Good morning, {0}"};
inline constexpr Text<1> kAfternoon{"Goedemiddag, {0}", "Good afternoon, {0}"};
inline constexpr Text<1> kEvening{"Goedenavond, {0}", "Good evening, {0}"};
inline constexpr Text<0> kWelcome{"Welkom", "Welcome"};
// {0} vandaag or morgen, {1} the title.
inline constexpr Text<2> kLastSeat{"{0} is er nog één plek bij {1}. Doe je mee?",
                                   "{0} there is one seat left at {1}. Will you join?"};
inline constexpr Text<0> kOneSeeks{"Eén taak zoekt nog hulp. Doe je mee?", "One task still needs help. Will you join?"};
inline constexpr Text<1> kManySeek{"{0} taken zoeken nog hulp. Doe je mee?",
                                   "{0} tasks still need help. Will you join?"};
inline constexpr Text<0> kAllHelped{"Overal zijn genoeg handen. Fijn!", "There are enough hands everywhere. Lovely!"};
inline constexpr Text<0> kSearch{"Zoek een taak", "Find a task"};
inline constexpr Text<0> kAll{"Alles", "All"};
inline constexpr Text<0> kThisWeek{"Deze week", "This week"};
inline constexpr Text<0> kFree{"Nog plek", "Seats left"};
inline constexpr Text<0> kMine{"Van mij", "Mine"};
inline constexpr Text<0> kAtPlace{"Plaats", "Place"};
inline constexpr Text<1> kThePlace{"{0}  ×", "{0}  ×"};
inline constexpr Text<1> kBeforeDay{"Vóór {0}", "Before {0}"};
inline constexpr Text<0> kWhenever{"Wanneer het uitkomt", "Whenever it suits"};
inline constexpr Text<0> kEarlier{"Nog open van eerder", "Still open from before"};
// On the tile of a task without a day, in two lines.
inline constexpr Text<0> kTileWhenever{"kies", "any"};
inline constexpr Text<0> kTileWheneverDay{"zelf", "day"};
inline constexpr Text<0> kTileBefore{"vóór", "by"};
inline constexpr Text<0> kUntitled{"Taak zonder naam", "Task without a name"};
inline constexpr Text<0> kToChoose{"Nog te kiezen", "To be settled"};

inline constexpr Text<0> kJoin{"Ik doe mee", "I'll join"};
inline constexpr Text<0> kJoinList{"Op de wachtlijst", "Waiting list"};
inline constexpr Text<0> kSignOff{"Afmelden", "Sign off"};
inline constexpr Text<0> kYouJoin{"Je doet mee", "You're in"};
inline constexpr Text<0> kOver{"Geweest", "Over"};

inline constexpr Text<0> kNoTasks{"Nog geen taken", "No tasks yet"};
inline constexpr Text<0> kNoTasksHelp{"Zodra iemand een taak opschrijft, staat hij hier.",
                                      "As soon as somebody writes down a task, it is here."};
inline constexpr Text<0> kNothingFound{"Niets gevonden", "Nothing found"};
inline constexpr Text<1> kNothingFoundHelp{"Er is geen taak met ‘{0}’. Probeer een ander woord.",
                                           "There is no task with ‘{0}’. Try another word."};
inline constexpr Text<0> kNothingHere{"Hier is nu niets", "Nothing here now"};
inline constexpr Text<0> kNothingHereHelp{"Kijk bij Alles welke taken er zijn.", "See All for the tasks there are."};
inline constexpr Text<0> kShowAll{"Toon alles", "Show all"};
inline constexpr Text<0> kIncomplete{"Niet alles kon worden getoond. De rest van Kiem werkt gewoon.",
                                     "Not everything could be shown. The rest of Kiem works as usual."};
}  // namespace board

namespace mine {
inline constexpr Text<0> kTitle{"Mijn taken", "My tasks"};
inline constexpr Text<0> kNone{"Je staat nog nergens op", "You are on no list yet"};
inline constexpr Text<0> kNoneHelp{"Kijk bij Taken waar ze je kunnen gebruiken.",
                                   "See Tasks for where you are welcome."};
inline constexpr Text<0> kToTasks{"Naar de taken", "To the tasks"};
inline constexpr Text<0> kOne{"Je staat bij één taak.", "You are on the list of one task."};
inline constexpr Text<1> kMany{"Je staat bij {0} taken.", "You are on the list of {0} tasks."};
inline constexpr Text<0> kComing{"Je bent erbij", "You are in"};
inline constexpr Text<0> kAnswerComes{"Het antwoord komt nog", "The answer is on its way"};
inline constexpr Text<0> kWaiting{"Op de wachtlijst", "On the waiting list"};
inline constexpr Text<0> kOff{"Gaat niet door", "Called off"};
}  // namespace mine

namespace places {
inline constexpr Text<0> kTitle{"Plaatsen", "Places"};
inline constexpr Text<0> kSubtitle{"Waar we samen aan werken.", "Where we work together."};
inline constexpr Text<0> kNone{"Nog geen plaatsen", "No places yet"};
inline constexpr Text<0> kNoneHelp{"Een coördinator kan plaatsen toevoegen.", "A coordinator can add places."};
inline constexpr Text<1> kMeetAt{"Verzamelen: {0}", "Meet at: {0}"};
inline constexpr Text<2> kKindArea{"{0}, {1}", "{0}, {1}"};
inline constexpr Text<0> kNoOpenTasks{"Nu geen taken", "No tasks now"};
inline constexpr Counted<1> kOpenTasks{{"{0} taak", "{0} task"}, {"{0} taken", "{0} tasks"}};
inline constexpr Text<0> kShowTasks{"Bekijk taken", "See tasks"};
}  // namespace places

namespace people {
inline constexpr Text<0> kTitle{"Mensen", "People"};
inline constexpr Text<0> kSubtitleNobody{"Hier komt te staan wie er meedoen.", "Who takes part will stand here."};
inline constexpr Counted<1> kSubtitle{{"Met {0} persoon.", "With {0} person."},
                                      {"Met {0} mensen.", "With {0} people."}};
inline constexpr Text<0> kNone{"Nog niemand te zien", "Nobody to see yet"};
inline constexpr Text<0> kNoneHelp{"Nodig iemand uit, of wacht tot je laptop een andere ontmoet.",
                                   "Invite somebody, or wait until your laptop meets another."};
inline constexpr Text<0> kInvite{"Iemand uitnodigen", "Invite somebody"};
inline constexpr Text<0> kWithoutKiem{"Zonder Kiem", "Without Kiem"};
inline constexpr Text<0> kOnProbation{"nieuw", "new"};
inline constexpr Text<1> kTalents{"Kan goed: {0}", "Is good at: {0}"};
inline constexpr Text<1> kLanguages{"Spreekt: {0}", "Speaks: {0}"};
}  // namespace people

namespace add {
inline constexpr Text<0> kTask{"Taak toevoegen", "Add a task"};
inline constexpr Text<0> kTaskHelp{"De anderen van het initiatief zien de taak zodra jullie laptops elkaar ontmoeten.",
                                   "The others of the initiative see the task when your laptops meet."};
inline constexpr Text<0> kTaskTitle{"Wat gaan we doen?", "What will we do?"};
inline constexpr Text<0> kTaskDay{"Dag", "Day"};
inline constexpr Text<0> kTaskDayHelp{"Bijvoorbeeld 24-4-2027. Leeg: wanneer het uitkomt.",
                                      "Such as 24-4-2027. Empty: whenever it suits."};
inline constexpr Text<0> kTaskFrom{"Van", "From"};
inline constexpr Text<0> kTaskUntil{"Tot", "Until"};
inline constexpr Text<0> kTimeHelp{"Bijvoorbeeld 10.00", "Such as 10:00"};
inline constexpr Text<0> kTaskSeats{"Hoeveel mensen zijn er nodig?", "How many people are needed?"};
inline constexpr Text<0> kTaskSeatsHelp{"Leeg: iedereen is welkom.", "Empty: everyone is welcome."};
inline constexpr Text<0> kTaskNote{"Wat is goed om te weten?", "What is good to know?"};
inline constexpr Text<0> kTaskPlace{"Waar?", "Where?"};
inline constexpr Text<0> kTaskMissing{"Schrijf op wat we gaan doen.", "Write down what we will do."};
inline constexpr Text<0> kPlace{"Plaats toevoegen", "Add a place"};
inline constexpr Text<0> kPlaceHelp{"Schrijf hier geen adres van iemand thuis: alle deelnemers lezen dit.",
                                    "Do not write anybody's home address here: all who take part read this."};
inline constexpr Text<0> kPlaceTitle{"Hoe heet de plaats?", "What is the place called?"};
inline constexpr Text<0> kPlaceKind{"Wat voor plaats is het? (tuin, plein, buurthuis)",
                                    "What kind of place is it? (garden, square, community centre)"};
inline constexpr Text<0> kPlaceText{"Hoe is het daar?", "What is it like?"};
inline constexpr Text<0> kPlaceMeet{"Waar verzamelen we?", "Where do we meet?"};
inline constexpr Text<0> kPlaceMissing{"Geef de plaats een naam.", "Give the place a name."};
inline constexpr Text<0> kSave{"Bewaren", "Save"};
}  // namespace add

}  // namespace kiem::text
