// The words round every screen: the pages' names, the buttons that are everywhere, the sync card, toasts, settings.
// Constants in both languages (core/l10n/text.hpp); any thread.
#pragma once

#include "core/l10n/text.hpp"

namespace kiem::text {

namespace shell {
inline constexpr Text<0> kKiem{"Kiem", "Kiem"};
inline constexpr Text<0> kTasks{"Taken", "Tasks"};
inline constexpr Text<0> kMine{"Mijn taken", "My tasks"};
inline constexpr Text<0> kMineShort{"Mijn", "Mine"};
inline constexpr Text<0> kPlaces{"Plaatsen", "Places"};
inline constexpr Text<0> kPeople{"Mensen", "People"};
inline constexpr Text<0> kSharing{"Delen", "Sharing"};
inline constexpr Text<0> kSettings{"Instellingen", "Settings"};
inline constexpr Text<0> kMore{"Meer", "More"};
inline constexpr Text<0> kBack{"Terug", "Back"};
inline constexpr Text<0> kClose{"Sluiten", "Close"};
inline constexpr Text<0> kClear{"Wissen", "Clear"};
inline constexpr Text<0> kLetters{"Letters", "Letters"};
inline constexpr Text<0> kSmaller{"A-", "A-"};
inline constexpr Text<0> kLarger{"A+", "A+"};
inline constexpr Text<0> kGood{"Goed", "All right"};
inline constexpr Text<0> kLock{"Op slot doen", "Lock"};
inline constexpr Text<1> kPracticeName{"{0} (proeftuin)", "{0} (practice)"};
inline constexpr Text<0> kYou{"jij", "you"};
inline constexpr Text<1> kNameYou{"{0} (jij)", "{0} (you)"};
}  // namespace shell

namespace sync {
inline constexpr Text<0> kTitle{"Delen met de anderen", "Sharing with the others"};
inline constexpr Text<0> kAllShared{"Alles bijgewerkt", "Everything up to date"};
inline constexpr Counted<1> kOnlyHere{{"Nog niet gedeeld: {0} wijziging", "Not shared yet: {0} change"},
                                      {"Nog niet gedeeld: {0} wijzigingen", "Not shared yet: {0} changes"}};
inline constexpr Text<0> kUnplugged{"De stekker is eruit", "The plug is out"};
inline constexpr Text<0> kUnpluggedDetail{"Alles wordt hier bewaard.", "Everything is kept here."};
inline constexpr Text<0> kNoInitiative{"Nog geen initiatief", "No initiative yet"};
inline constexpr Text<0> kMetNobody{"Nog niemand ontmoet", "Met nobody yet"};
inline constexpr Text<2> kUpdatedWith{"{0} bijgewerkt met de laptop van {1}", "Updated {0} with the laptop of {1}"};
inline constexpr Text<2> kJustNowWith{"{0}, met de laptop van {1}", "{0}, with the laptop of {1}"};
inline constexpr Counted<2> kJustNowWithMany{{"{1}, met {0} ander", "{1}, with {0} other"},
                                             {"{1}, met {0} anderen", "{1}, with {0} others"}};
inline constexpr Text<0> kYourself{"jezelf", "yourself"};
inline constexpr Text<0> kLaptop{"laptop", "laptop"};
inline constexpr Text<0> kExplained{
    "Kiem werkt ook zonder internet. Wat je doet wordt hier bewaard, en gedeeld zodra je laptop een andere ziet.",
    "Kiem works without internet too. What you do is kept here, and shared as soon as your laptop sees another one."};
inline constexpr Text<0> kWhoMet{"Laatst ontmoet", "Last met"};
inline constexpr Text<1> kFoundAt{"Deze laptop is te vinden op {0}.", "This laptop can be found at {0}."};
inline constexpr Text<0> kNobodyYet{"Nog niemand. Nodig iemand uit, of vul hieronder een adres in.",
                                    "Nobody yet. Invite somebody, or fill in an address below."};
inline constexpr Text<0> kRoutes{"Zo zoekt deze laptop", "How this laptop looks"};
inline constexpr Text<0> kByHand{"Lukt het niet vanzelf?", "Does it not happen by itself?"};
inline constexpr Text<0> kByHandHelp{
    "Vraag de ander op welk adres die laptop te vinden is (het staat daar op deze pagina), en vul dat hier in.",
    "Ask the other at which address that laptop can be found (it stands on this page there), and fill it in here."};
inline constexpr Text<0> kAddress{"Adres van de andere laptop", "Address of the other laptop"};
inline constexpr Text<0> kMeet{"Nu delen", "Share now"};
inline constexpr Text<0> kMeeting{"Bezig met delen...", "Sharing..."};
inline constexpr Text<1> kMet{"Gedeeld met {0}: er was niets nieuws.", "Shared with {0}: there was nothing new."};
inline constexpr Counted<2> kMetNew{
    {"Gedeeld met {1}: er kwam {0} wijziging bij.", "Shared with {1}: {0} change came in."},
    {"Gedeeld met {1}: er kwamen {0} wijzigingen bij.", "Shared with {1}: {0} changes came in."}};
inline constexpr Text<0> kPullPlug{"Trek de stekker eruit", "Pull the plug"};
inline constexpr Text<0> kPlugIn{"Doe de stekker er weer in", "Plug in again"};
inline constexpr Text<0> kPlugHelp{
    "Zo zie je hoe het gaat zonder netwerk. Meld je ergens voor aan, en doe de stekker er dan weer in.",
    "See what it is like without a network. Sign up for something, and then plug in again."};
inline constexpr Text<0> kPracticeDone{"Klaar met oefenen?", "Done practising?"};
inline constexpr Text<0> kPracticeDoneHelp{"Niets van de proeftuin gaat mee.",
                                           "Nothing of the practice space comes along."};
inline constexpr Text<0> kStartForReal{"Begin echt", "Start for real"};
}  // namespace sync

namespace settings {
inline constexpr Text<0> kTitle{"Instellingen", "Settings"};
inline constexpr Text<0> kSubtitle{"Zo staat Kiem voor jou prettig.", "Make Kiem pleasant for you."};
inline constexpr Text<0> kTextSize{"Grootte van de letters", "Size of the letters"};
inline constexpr Text<1> kPercent{"{0}%", "{0}%"};
inline constexpr Text<0> kLook{"Kleuren", "Colours"};
inline constexpr Text<0> kLight{"Licht", "Light"};
inline constexpr Text<0> kDark{"Donker", "Dark"};
inline constexpr Text<0> kContrast{"Hoog contrast", "High contrast"};
inline constexpr Text<0> kLanguage{"Taal", "Language"};
// A language is called by its own name in every language, so that nobody gets lost in one they cannot read.
inline constexpr Text<0> kDutch{"Nederlands", "Nederlands"};
inline constexpr Text<0> kEnglish{"English", "English"};
inline constexpr Text<0> kKeys{"Toetsen", "Keys"};
inline constexpr Text<0> kKeysHelp{
    "Tab en de pijltjes gaan verder, Enter of spatie drukt, Escape gaat terug. Ctrl en + maakt de letters groter.",
    "Tab and the arrows go on, Enter or space presses, Escape goes back. Ctrl and + makes the letters larger."};
inline constexpr Text<0> kKeysLock{"Ctrl en L doet Kiem op slot.", "Ctrl and L locks Kiem."};
inline constexpr Text<0> kLock{"Vanzelf op slot", "Locking by itself"};
inline constexpr Counted<1> kMinutes{{"Na {0} minuut", "After {0} minute"}, {"Na {0} minuten", "After {0} minutes"}};
inline constexpr Text<0> kHour{"Na een uur", "After an hour"};
inline constexpr Text<0> kNever{"Nooit", "Never"};
inline constexpr Text<0> kLockHelp{"Doe je zo lang niets, dan gaat Kiem op slot en vraagt het weer om je wachtwoord.",
                                   "When you do nothing for so long, Kiem locks and asks for your passphrase again."};
inline constexpr Text<0> kRemember{"Onthoud op deze laptop", "Remember on this laptop"};
inline constexpr Text<0> kRememberNo{"Nee", "No"};
inline constexpr Text<0> kRememberYes{"Ja", "Yes"};
inline constexpr Text<0> kRememberHelp{
    "Met ja start Kiem zonder wachtwoord voor wie op deze laptop is ingelogd. Gaat het op slot, dan vraagt het er wel "
    "om.",
    "With yes Kiem starts without a passphrase for whoever is logged in on this laptop. Once it locks, it asks for "
    "it."};
inline constexpr Text<0> kInitiative{"Initiatief", "Initiative"};
inline constexpr Text<0> kInvite{"Iemand uitnodigen", "Invite somebody"};
inline constexpr Text<0> kJoin{"Ik heb een uitnodiging", "I have an invitation"};
inline constexpr Text<0> kNewInitiative{"Een nieuw initiatief", "A new initiative"};
}  // namespace settings

namespace notice {
inline constexpr Text<0> kOthersSoon{"Je buren weten het zo.", "Your neighbours will know in a moment."};
inline constexpr Text<0> kOthersLater{"De anderen zien het zodra er verbinding is.",
                                      "The others see it as soon as there is a connection."};
inline constexpr Text<1> kChanged{"{0} is aangepast.", "{0} was changed."};
inline constexpr Text<1> kAdded{"{0} staat erop.", "{0} was added."};
inline constexpr Text<1> kStarted{"{0} is begonnen.", "{0} has started."};
inline constexpr Text<1> kJoined{"Welkom bij {0}.", "Welcome to {0}."};
inline constexpr Text<1> kJoinedProbation{"Welkom bij {0}. Je kunt vast meedoen; een coördinator maakt het af.",
                                          "Welcome to {0}. You can take part already; a coordinator does the rest."};
inline constexpr Text<0> kPassphraseChosen{"Je nieuwe wachtwoord geldt vanaf nu.",
                                           "Your new passphrase holds from now."};
inline constexpr Text<0> kRemembered{"Deze laptop onthoudt het. Bewaar je wachtwoord toch goed.",
                                     "This laptop remembers it. Keep your passphrase safe all the same."};
inline constexpr Text<0> kForgotten{"Kiem vraagt voortaan weer om je wachtwoord.",
                                    "From now on Kiem asks for your passphrase again."};
inline constexpr Text<0> kForgottenNotThere{
    "Kiem vraagt voortaan weer om je wachtwoord. In de sleutelbos van dit bureaublad bleef iets staan dat niets meer "
    "opent.",
    "From now on Kiem asks for your passphrase again. Something that opens nothing any more stayed in the keyring of "
    "this desktop."};
inline constexpr Text<0> kCopied{"De code is gekopieerd.", "The code was copied."};
inline constexpr Text<1> kCameBack{"De laptop van {0} was weg en komt terug.",
                                   "The laptop of {0} was away and is back."};
inline constexpr Text<2> kCameBackWithClaim{
    "De laptop van {0} was weg en komt terug. {0} had zich ook aangemeld voor {1}.",
    "The laptop of {0} was away and is back. {0} had signed up for {1} too."};
inline constexpr Text<0> kShow{"Bekijk", "Look"};
}  // namespace notice

}  // namespace kiem::text
