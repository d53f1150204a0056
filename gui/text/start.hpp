// The words of opening Kiem: the passphrase, the first run with its three buttons, inviting and joining. Constants in
// both languages (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text {

namespace unlock {
inline constexpr Text<0> kTitle{"Welkom terug", "Welcome back"};
inline constexpr Text<0> kHelp{"Alles op deze laptop is versleuteld. Met je wachtwoord gaat het open.",
                               "Everything on this laptop is encrypted. Your passphrase opens it."};
inline constexpr Text<0> kPassphrase{"Wachtwoord", "Passphrase"};
inline constexpr Text<0> kShow{"Laat zien", "Show"};
inline constexpr Text<0> kHide{"Verberg", "Hide"};
inline constexpr Text<0> kOpen{"Openen", "Open"};
inline constexpr Text<0> kMissing{"Vul je wachtwoord in.", "Fill in your passphrase."};
inline constexpr Text<0> kOpening{"Even openen...", "Opening..."};
inline constexpr Text<0> kForgotten{"Wachtwoord vergeten?", "Forgotten your passphrase?"};

inline constexpr Text<0> kLocked{"Kiem is op slot. Met je wachtwoord gaat het weer open.",
                                 "Kiem is locked. Your passphrase opens it again."};
inline constexpr Text<0> kLockedAway{"Je was er even niet, dus Kiem is op slot. Met je wachtwoord gaat het weer open.",
                                     "You were away for a while, so Kiem is locked. Your passphrase opens it again."};
inline constexpr Text<0> kDraftKept{"Wat je aan het typen was, staat er nog.", "What you were typing is still there."};
inline constexpr Text<0> kNotRemembered{
    "Deze laptop heeft de sleutel niet meer. Met je wachtwoord gaat Kiem open; bij Instellingen kan het onthouden weer "
    "aan.",
    "This laptop does not have the key any more. Your passphrase opens Kiem; Settings can make it remember again."};
}  // namespace unlock

namespace forgotten {
inline constexpr Text<0> kTitle{"Wachtwoord vergeten?", "Forgotten your passphrase?"};
inline constexpr Text<0> kHelp{
    "Typ de twaalf herstelwoorden van je papier, met een spatie ertussen. Daarna kies je een nieuw wachtwoord.",
    "Type the twelve recovery words from your paper, with a space between them. Then you choose a new passphrase."};
inline constexpr Text<0> kWords{"Jouw herstelwoorden", "Your recovery words"};
inline constexpr Text<0> kMissing{"Vul je twaalf herstelwoorden in.", "Fill in your twelve recovery words."};

inline constexpr Text<0> kNewTitle{"Kies een nieuw wachtwoord", "Choose a new passphrase"};
inline constexpr Text<0> kNewHelp{
    "Je herstelwoorden kloppen. Het nieuwe wachtwoord komt in de plaats van het oude; je woorden blijven hetzelfde.",
    "Your recovery words are right. The new passphrase takes the place of the old one; your words stay the same."};
inline constexpr Text<0> kGo{"Dit wordt mijn wachtwoord", "Make this my passphrase"};
}  // namespace forgotten

namespace first {
inline constexpr Text<0> kTitle{"Fijn dat je er bent", "Good to have you here"};
inline constexpr Text<0> kHelp{"Met Kiem doen buren samen klussen. Zonder account, ook zonder internet.",
                               "With Kiem neighbours do tasks together. No account, and no internet needed."};
inline constexpr Text<0> kLookAround{"Kijk rond in de proeftuin", "Look around in the practice garden"};
inline constexpr Text<0> kLookAroundHelp{"Twee minuten oefenen met verzonnen buren. Niets is echt.",
                                         "Practise for two minutes with made-up neighbours. Nothing is real."};
inline constexpr Text<0> kJoin{"Ik heb een uitnodiging", "I have an invitation"};
inline constexpr Text<0> kJoinHelp{"Iemand gaf je een code.", "Somebody gave you a code."};
inline constexpr Text<0> kBegin{"Wij beginnen een initiatief", "We start an initiative"};
inline constexpr Text<0> kBeginHelp{"Voor je straat, tuin of buurthuis.",
                                    "For your street, garden or community centre."};

inline constexpr Text<0> kPracticeTitle{"Rondkijken in de proeftuin", "Looking round in the practice garden"};
inline constexpr Text<0> kPracticeHelp{"Hoe mogen je buren je noemen? Dit is oefenen: een wachtwoord is niet nodig.",
                                       "What may your neighbours call you? This is practice: no passphrase is needed."};
inline constexpr Text<0> kBeginTitle{"Een initiatief beginnen", "Starting an initiative"};
inline constexpr Text<0> kBeginAnother{"Nog een initiatief beginnen", "Starting one more initiative"};
inline constexpr Text<0> kBeginLead{"Je wordt de eerste coördinator. Anderen nodig je daarna uit.",
                                    "You become the first coordinator. You invite others after that."};
inline constexpr Text<0> kYourName{"Je voornaam", "Your first name"};
inline constexpr Text<0> kInitiativeName{"Naam van het initiatief", "Name of the initiative"};
inline constexpr Text<0> kPassphrase{"Kies een wachtwoord (liefst een paar woorden)",
                                     "Choose a passphrase (some words, best)"};
inline constexpr Text<0> kPassphraseAgain{"Nog een keer hetzelfde wachtwoord", "The same passphrase once more"};
inline constexpr Text<0> kNotTheSame{"De twee wachtwoorden zijn niet gelijk. Typ ze nog eens.",
                                     "The two passphrases differ. Type them again."};
inline constexpr Text<0> kNameMissing{"Vul je voornaam in.", "Fill in your first name."};
inline constexpr Text<0> kInitiativeMissing{"Geef het initiatief een naam.", "Give the initiative a name."};
inline constexpr Text<0> kPassphraseMissing{"Kies een wachtwoord. Alleen daarmee gaat deze laptop open.",
                                            "Choose a passphrase. Nothing else opens this laptop."};
inline constexpr Text<0> kCodeMissing{"Plak de code die je kreeg.", "Paste the code you were given."};
inline constexpr Text<0> kAddressMissing{"Vul het adres van de andere laptop in.",
                                         "Fill in the address of the other laptop."};
inline constexpr Text<0> kGoPractise{"Ga rondkijken", "Look around"};
inline constexpr Text<0> kGoBegin{"Begin", "Start"};
inline constexpr Text<0> kBusy{"Een ogenblik...", "One moment..."};

inline constexpr Text<0> kWordsTitle{"Schrijf deze woorden op", "Write down these words"};
inline constexpr Text<0> kYourWords{"Jouw herstelwoorden", "Your recovery words"};
inline constexpr Text<0> kYourWordsHelp{
    "Raak je dit apparaat kwijt, dan kom je hiermee terug. Kiem toont ze maar één keer. Schrijf ze op papier, bewaar "
    "dat "
    "goed en laat ze aan niemand zien.",
    "If you lose this device, these bring you back. Kiem shows them only once. Write them on paper, keep it safe and "
    "show them to nobody."};
inline constexpr Text<0> kItsWords{"De herstelwoorden van het initiatief", "The recovery words of the initiative"};
inline constexpr Text<0> kItsWordsHelp{
    "Het initiatief heeft ze nodig als er geen coördinator meer is. Kiem toont ze maar één keer. Bewaar dit papier "
    "ergens "
    "anders dan dat van jezelf.",
    "The initiative needs them when no coordinator is left. Kiem shows them only once. Keep this paper somewhere else "
    "than your own."};
inline constexpr Text<0> kWordsWritten{"Ik heb ze opgeschreven", "I have written them down"};
}  // namespace first

namespace join {
inline constexpr Text<0> kTitle{"Meedoen met een uitnodiging", "Joining with an invitation"};
inline constexpr Text<0> kHelp{
    "Plak de code die je kreeg, of typ de acht letters die je buur je laat zien. De laptop van wie je uitnodigde moet "
    "aanstaan, op hetzelfde netwerk.",
    "Paste the code you were given, or type the eight letters that your neighbour shows you. The laptop of whoever "
    "invited you has to be on, on the same network."};
inline constexpr Text<0> kCode{"Code", "Code"};
inline constexpr Text<0> kGo{"Doe mee", "Join"};
inline constexpr Text<0> kBusy{"Kennismaken met de andere laptop...", "Getting to know the other laptop..."};
}  // namespace join

namespace invite {
inline constexpr Text<0> kTitle{"Iemand uitnodigen", "Inviting somebody"};
inline constexpr Text<1> kHelp{"Maak een code waarmee één iemand bij {0} kan komen.",
                               "Make a code that lets one person into {0}."};
inline constexpr Text<0> kRole{"Als wat?", "As what?"};
inline constexpr Text<0> kBeside{"Iemand die naast je staat", "Somebody beside you"};
inline constexpr Text<0> kMake{"Maak een code", "Make a code"};
inline constexpr Text<0> kMaking{"Code maken...", "Making a code..."};
inline constexpr Text<0> kCode{"De code", "The code"};
inline constexpr Text<0> kPicture{"QR-code van de uitnodiging", "QR code of the invitation"};
inline constexpr Text<1> kMadeHelp{"Geef deze code aan één iemand, die dan {0} wordt. Hij werkt één keer.",
                                   "Give this code to one person, who becomes a {0} by it. It works once."};
inline constexpr Text<0> kListening{"Laat Kiem openstaan tot het gelukt is.", "Leave Kiem open until it has worked."};
inline constexpr Text<0> kNotListening{
    "Deze laptop is nu niet te bereiken voor anderen. Zet het netwerk aan en maak een nieuwe code.",
    "Others cannot reach this laptop now. Turn the network on and make a new code."};
inline constexpr Text<0> kCopy{"Kopieer de code", "Copy the code"};
inline constexpr Text<0> kAnother{"Nog een code", "Another code"};
inline constexpr Text<0> kCoordinatorLater{
    "Wie als coördinator komt begint als vrijwilliger, tot het ondertekend is.",
    "Whoever comes as a coordinator starts as a volunteer until that is signed."};
}  // namespace invite

}  // namespace kiem::text
