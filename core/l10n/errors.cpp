#include "core/l10n/errors.hpp"

#include "core/base/check.hpp"
#include "core/l10n/import.hpp"
#include "core/l10n/meeting.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

// --- store -----------------------------------------------------------------------------------------------------------
namespace store {
constexpr Text<1> kNotAStore{"Wat in {0} staat is geen Kiem, er is niets veranderd. Kies een andere map.",
                             "What is in {0} is not a Kiem; nothing was changed. Choose another folder."};
constexpr Text<1> kExists{
    "In {0} staat al een Kiem, er is niets veranderd. Gebruik die, of kies een andere map.",
    "There is a Kiem in {0} already; nothing was changed. Use that one or choose another folder."};
constexpr Text<1> kMissing{"In {0} staat nog geen Kiem. Begin er een, of kies een andere map.",
                           "There is no Kiem in {0} yet. Start one or choose another folder."};
constexpr Text<0> kNoSlotOpens{"Dit wachtwoord past niet. Kijk of Caps Lock uit staat en probeer het nog eens.",
                               "This passphrase does not fit. See that Caps Lock is off and try again."};
constexpr Text<0> kKeyFileDoesNotFit{
    "Dit sleutelbestand hoort niet bij deze opslag. Geef het goede bestand, of open met het wachtwoord.",
    "This key file does not belong to this store. Give the right file, or open it with the passphrase."};
constexpr Text<0> kPracticeKeyDoesNotFit{
    "De sleutel naast de opslag hoort hier niet bij. Zet het goede practice.key terug.",
    "The key beside the store does not belong to it. Put the right practice.key back."};
constexpr Text<0> kWordsDoNotFit{
    "Deze herstelwoorden horen niet bij deze opslag. Kijk of je het goede papier hebt.",
    "These recovery words do not belong to this store. See that you have the right paper."};
constexpr Text<1> kHeaderDamaged{
    "Het begin van de opslag in {0} is beschadigd. Laat alles staan en zet een reservekopie terug.",
    "The start of the store in {0} is damaged. Leave it as it is and restore a backup."};
constexpr Text<1> kUnfinished{
    "De opslag in {0} is nooit afgemaakt en er staat niets in. Haal die weg en begin opnieuw.",
    "The store in {0} was never finished and holds nothing. Take it away and start again."};
constexpr Text<1> kPageDamaged{
    "Een stuk van de opslag is beschadigd (bladzijde {0}). Kijk met de controle wat er mist.",
    "A piece of the store is damaged (page {0}). Run the check to see what is missing."};
constexpr Text<1> kRecordDamaged{
    "Een stuk van de opslag klopt niet meer ({0}). Kijk met de controle wat er mist.",
    "A piece of the store is not what was written ({0}). Run the check to see what is missing."};
constexpr Text<2> kTooNew{
    "Deze opslag is van een nieuwere Kiem ({0}; deze kent {1}). Zet eerst de nieuwe versie op dit apparaat.",
    "This store is of a newer Kiem ({0}; this one knows {1}). Install the newer version first."};
constexpr Text<0> kBusy{"Deze Kiem is al in gebruik op dit apparaat. Sluit het andere venster of wacht even.",
                        "This Kiem is in use on this device already. Close the other window or wait a moment."};
constexpr Text<1> kBusyAt{"Deze Kiem is al in gebruik op dit apparaat ({0}). Sluit het andere venster of wacht even.",
                          "This Kiem is in use on this device already ({0}). Close the other window or wait a moment."};
constexpr Text<0> kDiskFull{"De schijf is vol, er is niets veranderd. Maak ruimte vrij en probeer het nog eens.",
                            "The disk is full; nothing was changed. Make room and try again."};
constexpr Text<1> kDiskFailed{
    "De schijf doet het niet goed ({0}). Maak een kopie van wat je hebt voordat je verder gaat.",
    "The disk is not working properly ({0}). Copy what you have before you go on."};
constexpr Text<0> kReadOnly{
    "Op deze schijf kan niet worden geschreven. Kies een andere plek, of haal de schrijfbeveiliging eraf.",
    "This disk cannot be written to. Choose another place, or take its write protection off."};
constexpr Text<0> kOutOfMemory{"Er is te weinig geheugen vrij. Sluit andere programma's en probeer het nog eens.",
                               "There is too little free memory. Close other programs and try again."};
constexpr Text<1> kKdfTooCostly{
    "Het begin van de opslag vraagt {0} MiB geheugen; dat schreef Kiem niet. Zet een reservekopie terug.",
    "The start of the store asks for {0} MiB of memory; Kiem did not write that. Restore a backup."};
constexpr Text<0> kClosed{"Na een eerdere fout met de schijf gaat Kiem niet verder. Sluit Kiem en begin opnieuw.",
                          "After an earlier failure of the disk Kiem does not go on. Close Kiem and start again."};
constexpr Text<0> kWalReplaced{
    "Naast de opslag ligt een oud stuk dat er niet bij hoort. Haal het weg of zet een reservekopie terug.",
    "An old piece that does not belong lies beside the store. Take it away or restore a backup."};
constexpr Text<0> kPageReplaced{
    "Een deel van de opslag is van een eerder moment dan de rest. Zet een reservekopie terug.",
    "A part of the store is of an earlier moment than the rest. Restore a backup."};
constexpr Text<1> kOlder{
    "{0} wist meer van dit apparaat dan hier stond. Is er een oude kopie teruggezet? Wat mist, komt terug als jullie "
    "elkaar ontmoeten.",
    "{0} knew more of this device than was here. Was an old copy put back? What is missing comes back when you meet."};
constexpr Text<1> kKeyringFailed{
    "De sleutelbos van dit bureaublad doet niet mee ({0}). Open Kiem met je wachtwoord.",
    "The keyring of this desktop does not take part ({0}). Open Kiem with your passphrase."};
constexpr Text<0> kLastSlot{"Dit is het enige waarmee de opslag open gaat. Kies eerst iets anders erbij.",
                            "This is the only thing that opens the store. Add something else first."};
}  // namespace store

// --- what came from elsewhere ----------------------------------------------------------------------------------------
namespace incoming {
constexpr Text<2> kNotCanonical{
    "Wat binnenkwam is niet goed geschreven (bij byte {0}: {1}). Het is niet overgenomen; vraag het opnieuw.",
    "What came in is not written properly (at byte {0}: {1}). It was not taken; ask for it again."};
constexpr Text<2> kTooLarge{"Dit is te groot: {0} (hoogstens {1}). Maak het kleiner.",
                            "This is too large: {0} (at most {1}). Make it smaller."};
constexpr Text<0> kWrongSignature{
    "Een handtekening klopt niet, dus dit is niet overgenomen. Vraag het opnieuw aan wie het stuurde.",
    "A signature is wrong, so this was not taken. Ask the sender for it again."};
constexpr Text<0> kWrongAuthor{
    "Dit is niet geschreven door wie er als schrijver bij staat. Het is niet overgenomen; vraag het na.",
    "This was not written by the author it names. It was not taken; ask about it."};
constexpr Text<0> kUnknownAuthor{
    "Wie dit schreef is hier nog niet bekend. Het komt vanzelf bij een volgende ontmoeting.",
    "The author is not known here yet. It will come by itself at a next meeting."};
constexpr Text<0> kUnknownCircle{"Dit hoort bij een groep waar dit apparaat niet in zit, dus het is niet overgenomen.",
                                 "This belongs to a circle that this device is not in, so it was not taken."};
constexpr Text<2> kChainGap{
    "Er ontbreekt een stuk ({0} verwacht, {1} gekregen). Het komt vanzelf bij een volgende ontmoeting.",
    "A piece is missing (expected {0}, got {1}). It will come by itself at a next meeting."};
constexpr Text<1> kUnknownFormat{
    "Dit is door een nieuwere Kiem geschreven (soort {0}). Zet de nieuwe versie op dit apparaat.",
    "A newer Kiem wrote this (format {0}). Install the newer version on this device."};
}  // namespace incoming

// --- acts ------------------------------------------------------------------------------------------------------------
namespace act {
constexpr Text<1> kEmptyText{"Er is niets ingevuld bij {0}. Vul iets in.", "Nothing was given for {0}. Fill it in."};
constexpr Text<2> kTextTooLong{"De tekst bij {0} is te lang (hoogstens {1} tekens). Maak hem korter.",
                               "The text for {0} is too long (at most {1} characters). Make it shorter."};
constexpr Text<1> kBadText{"In de tekst bij {0} staan tekens die niet kunnen. Typ de tekst opnieuw.",
                           "The text for {0} has characters that cannot be used. Type it again."};
constexpr Text<3> kBadNumber{"{1} kan niet bij {0}. Geef {2}.", "{1} cannot be used for {0}. Give {2}."};
constexpr Text<0> kAWholeNumber{"een heel getal, zoals 12", "a whole number, such as 12"};
constexpr Text<0> kALength{"een duur zoals 1:30, of een aantal minuten",
                           "a length such as 1:30, or a number of minutes"};
constexpr Text<0> kACount{"een heel getal vanaf 1", "a whole number from 1"};
constexpr Text<2> kARange{"een getal van {0} tot en met {1}", "a number from {0} to {1}"};
constexpr Text<2> kBadDate{"{0} kan niet als datum. Geef {1}.", "{0} cannot be a date. Give {1}."};
constexpr Text<2> kBadTime{"{0} kan niet als tijd. Geef {1}.", "{0} cannot be a time. Give {1}."};
constexpr Text<2> kNotFound{"Er is hier geen {0} {1}. Kijk in de lijst hoe het heet.",
                            "There is no {0} {1} here. See in the list what it is called."};
constexpr Text<2> kAmbiguous{"{1} past bij meer dan één {0}. Kies met het kenmerk of de hele titel:",
                             "{1} fits more than one {0}. Choose by id or whole title:"};
constexpr Text<0> kNoInitiative{"Er is hier nog geen initiatief. Begin er eerst een.",
                                "There is no initiative here yet. Start one first."};
constexpr Text<0> kManyInitiatives{"Er zijn hier meer initiatieven. Zeg erbij welk initiatief je bedoelt.",
                                   "There are several initiatives here. Say which one you mean."};
constexpr Text<0> kNotAllowed{"Dat mag je in dit initiatief niet. Vraag het een coördinator.",
                              "You may not do that in this initiative. Ask a coordinator."};
constexpr Text<0> kPracticeStore{
    "Een Kiem om te oefenen gaat vanzelf open. Maak voor echt gebruik een nieuwe met een wachtwoord.",
    "A Kiem for practice opens by itself. Make a new one with a passphrase for real use."};
constexpr Text<0> kOwnWay{
    "Taken, plaatsen en mensen komen er op hun eigen manier bij. Voeg hier iets toe aan een verzameling van jullie "
    "zelf.",
    "Tasks, places and people are added in their own way. Add to a collection of your own here."};
constexpr Text<1> kHoldsSeveral{"Het veld {0} heeft meer waarden naast elkaar. Zet er een bij, of haal er een uit.",
                                "The field {0} holds several values side by side. Add one, or take one out."};
constexpr Text<1> kHoldsOne{"Het veld {0} heeft één waarde. Geef een nieuwe, of maak het leeg.",
                            "The field {0} holds one value. Give a new one, or clear it."};
constexpr Text<0> kNoUndo{
    "Dit kun je niet terugnemen. Wie meedoet en wat jullie bijhouden verander je met een nieuwe handeling.",
    "This cannot be taken back. Who takes part and what you keep is changed by a new act."};
constexpr Text<0> kNoUndoOfErase{"Wat gewist is, komt niet terug.", "What was erased does not come back."};
constexpr Text<0> kEraseOfOthers{
    "Voor goed wissen kan wie het zelf maakte, over wie het gaat, of een coördinator. Vraag het een van hen.",
    "Erasing for good is for who made it, whom it is about, or a coordinator. Ask one of them."};
constexpr Text<0> kEraseOfMember{
    "Dit zijn de gegevens van iemand die meedoet. Wissen kan pas als die persoon er niet meer bij hoort.",
    "These are the details of somebody who takes part. They can be erased once that person has left."};
constexpr Text<0> kSchemaOfCoordinators{"Wat jullie bijhouden verandert alleen een coördinator. Vraag het er een.",
                                        "Only a coordinator changes what you keep. Ask one."};
constexpr Text<1> kTaskDone{"{0} is al klaar. Kies een andere taak.", "{0} is done already. Choose another task."};
constexpr Text<1> kTaskCancelled{"{0} gaat niet door. Kies een andere taak.",
                                 "{0} does not take place. Choose another task."};
constexpr Text<1> kAlreadyClaimed{"Je bent al aangemeld voor {0}. Je hoeft niets te doen.",
                                  "You are signed up for {0} already. There is nothing to do."};
constexpr Text<1> kNotClaimed{"Er is geen aanmelding voor {0}. Kijk bij de taak wie er meedoet.",
                              "There is no claim for {0}. See at the task who takes part."};
constexpr Text<0> kNothingToChange{"Zo staat het er al. Geef op wat er anders moet.",
                                   "That is how it is already. Say what should be different."};
constexpr Text<0> kWrongWords{"Deze herstelwoorden passen niet. Kijk de woorden en hun volgorde na.",
                              "These recovery words do not fit. Check the words and their order."};
constexpr Text<0> kPracticeOnly{"Dit kan alleen in een proeftuin. Begin daarvoor een nieuwe Kiem om te oefenen.",
                                "This works in a practice space only. Start a new Kiem for practice."};
constexpr Text<0> kNotEnrolled{
    "Dit is een teruggezette kopie. Geef eerst je herstelwoorden, dan kan dit apparaat weer meedoen.",
    "This is a restored copy. Give your recovery words first; then this device can take part again."};
}  // namespace act

// --- import ----------------------------------------------------------------------------------------------------------
namespace file {
constexpr Text<1> kMissing{"Het bestand {0} is er niet. Kijk de naam en de map na.",
                           "There is no file {0}. Check its name and folder."};
constexpr Text<1> kUnreadable{"Het bestand {0} is niet te lezen. Kijk of het een gewoon bestand is dat je mag openen.",
                              "The file {0} cannot be read. See that it is an ordinary file that you may open."};
constexpr Text<2> kBroken{
    "Rij {0} van het bestand klopt niet: {1}. Herstel het in het rekenblad en bewaar het opnieuw.",
    "Row {0} of the file is broken: {1}. Repair it in the spreadsheet and save it again."};
constexpr Text<3> kBrokenAt{
    "Rij {0}, kolom {1} van het bestand klopt niet: {2}. Herstel het in het rekenblad en bewaar het opnieuw.",
    "Row {0}, column {1} of the file is broken: {2}. Repair it in the spreadsheet and save it again."};
constexpr Text<0> kSeries{
    "Dit is een lijst met reeksen; die kan Kiem nog niet overnemen. Neem een lijst met losse taken.",
    "This is a list of series; Kiem cannot take those yet. Take a list of single tasks."};
constexpr Text<0> kUnknownKind{
    "Aan de kolommen is niet te zien of dit taken, plaatsen of mensen zijn. Geef de eerste kolom de naam titel of "
    "naam.",
    "The columns do not tell whether these are tasks, places or people. Name the first column title or name."};
constexpr Text<2> kTooLarge{"Het bestand {0} is te groot (hoogstens {1}). Verdeel het over meer bestanden.",
                            "The file {0} is too large (at most {1}). Split it into several files."};
constexpr Text<1> kExists{"Er is al een bestand {0}. Kies een andere naam; het blijft zoals het is.",
                          "There is a file {0} already. Choose another name; it stays as it is."};
}  // namespace file

// --- command line ----------------------------------------------------------------------------------------------------
namespace usage {
constexpr Text<1> kUnknownWord{"{0} hoort hier niet.", "{0} does not belong here."};
constexpr Text<1> kMissingValue{"Achter {0} ontbreekt een waarde.", "There is no value behind {0}."};
constexpr Text<1> kMissingArgument{"Er ontbreekt iets: {0}.", "Something is missing: {0}."};
constexpr Text<1> kGivenTwice{"{0} staat er twee keer. Eén keer is genoeg.", "{0} is given twice. Once is enough."};
constexpr Text<2> kNotTogether{"{0} en {1} gaan niet samen. Kies er een.",
                               "{0} and {1} do not go together. Choose one."};
constexpr Text<3> kUnknownChoice{"{1} kan niet bij {0}. Kies uit: {2}.",
                                 "{1} cannot be used for {0}. Choose from: {2}."};
constexpr Text<1> kNoEquals{"{0} mist een = teken. Schrijf het als VELD=WAARDE, bijvoorbeeld naam=Boor.",
                            "{0} lacks a = sign. Write FIELD=VALUE, for example name=Drill."};
constexpr Text<0> kNoCommand{"Zeg erbij wat Kiem moet doen.", "Say what Kiem should do."};
constexpr Text<1> kOther{"Dit begrijpt Kiem niet: {0}.", "Kiem does not understand this: {0}."};
constexpr Text<0> kPassphrase{
    "Het wachtwoord ontbreekt. Geef een bestand met --passphrase-file, of start kiem in een terminal.",
    "The passphrase is missing. Give a file with --passphrase-file, or start kiem in a terminal."};
constexpr Text<0> kNewPassphrase{
    "Het nieuwe wachtwoord ontbreekt. Geef een bestand met --new-passphrase-file, of start kiem in een terminal.",
    "The new passphrase is missing. Give a file with --new-passphrase-file, or start kiem in a terminal."};
constexpr Text<0> kRecoveryWords{
    "De herstelwoorden ontbreken. Geef een bestand met --recovery-file, of start kiem in een terminal.",
    "The recovery words are missing. Give a file with --recovery-file, or start kiem in a terminal."};
constexpr Text<0> kHome{"Er is geen map voor de opslag bekend. Geef er een met --home.",
                        "No folder for the store is known. Give one with --home."};
}  // namespace usage

constexpr std::size_t kQuotedCharacters = 60;

// The arguments of an error by number, since another module may have left one out.
class Arguments {
 public:
  explicit Arguments(const Error& error) : args_(error.args) {}
  [[nodiscard]] bool has(std::size_t i) const { return i < args_.size() && !args_[i].empty(); }
  [[nodiscard]] std::string raw(std::size_t i) const { return i < args_.size() ? args_[i] : "…"; }
  [[nodiscard]] std::string quote(std::size_t i) const { return i < args_.size() ? quoted(args_[i]) : "…"; }

 private:
  const std::vector<std::string>& args_;
};

std::string usage_sentence(Lang lang, const Arguments& args) {
  const std::string key = args.raw(0);
  if (key == "unknown_word") return say(lang, usage::kUnknownWord, args.quote(1));
  if (key == "missing_value") return say(lang, usage::kMissingValue, args.raw(1));
  if (key == "missing_argument") return say(lang, usage::kMissingArgument, field_name(lang, args.raw(1)));
  if (key == "given_twice") return say(lang, usage::kGivenTwice, field_name(lang, args.raw(1)));
  if (key == "not_together") return say(lang, usage::kNotTogether, args.raw(1), args.raw(2));
  if (key == "unknown_choice") return say(lang, usage::kUnknownChoice, args.raw(1), args.quote(2), args.raw(3));
  if (key == "no_equals") return say(lang, usage::kNoEquals, args.quote(1));
  if (key == "no_command") return say(lang, usage::kNoCommand);
  return say(lang, usage::kOther, key);
}

std::string misfit_sentence(Lang lang, const Arguments& args) {
  const std::string what = args.raw(0);
  if (what == "key_file") return say(lang, store::kKeyFileDoesNotFit);
  if (what == "practice_key") return say(lang, store::kPracticeKeyDoesNotFit);
  if (what == "recovery_words") return say(lang, store::kWordsDoNotFit);
  return say(lang, store::kNoSlotOpens);
}

std::string missing_sentence(Lang lang, const Arguments& args) {
  const std::string what = args.raw(0);
  if (what == "passphrase") return say(lang, usage::kPassphrase);
  if (what == "new_passphrase") return say(lang, usage::kNewPassphrase);
  if (what == "recovery_words") return say(lang, usage::kRecoveryWords);
  if (what == "home") return say(lang, usage::kHome);
  return say(lang, usage::kMissingArgument, field_name(lang, what));
}

// "count", "whole", "length", or "1-1000" as two numbers with a dash; anything else as it stands.
std::string expected_number(Lang lang, const std::string& expected) {
  if (expected == "count") return say(lang, act::kACount);
  if (expected == "whole") return say(lang, act::kAWholeNumber);
  if (expected == "length") return say(lang, act::kALength);
  const std::size_t dash = expected.find('-');
  const bool is_range = dash != std::string::npos && dash > 0 && dash + 1 < expected.size() &&
                        expected.find_first_not_of("0123456789-") == std::string::npos;
  return is_range ? say(lang, act::kARange, expected.substr(0, dash), expected.substr(dash + 1)) : expected;
}

std::string number_sentence(Lang lang, const Arguments& args) {
  const std::string expected = expected_number(lang, args.raw(2));
  return say(lang, act::kBadNumber, field_name(lang, args.raw(0)), args.quote(1), expected);
}

std::string not_allowed_sentence(Lang lang, const Arguments& args) {
  const std::string what = args.raw(0);
  if (what == "practice_store") return say(lang, act::kPracticeStore);
  if (what == "first") return say(lang, act::kOwnWay);
  if (what == "several") return say(lang, act::kHoldsSeveral, args.quote(1));
  if (what == "one") return say(lang, act::kHoldsOne, args.quote(1));
  if (what == "undo") return say(lang, act::kNoUndo);
  if (what == "undo_erase") return say(lang, act::kNoUndoOfErase);
  if (what == "erase") return say(lang, act::kEraseOfOthers);
  if (what == "erase_member") return say(lang, act::kEraseOfMember);
  if (what == "schema") return say(lang, act::kSchemaOfCoordinators);
  return say(lang, act::kNotAllowed);
}

std::string csv_sentence(Lang lang, const Arguments& args) {
  const std::string fault = csv_fault_text(lang, args.raw(1));
  if (!args.has(2)) return say(lang, file::kBroken, args.raw(0), fault);
  return say(lang, file::kBrokenAt, args.raw(0), args.raw(2), fault);
}

}  // namespace

std::string error_sentence(Lang lang, const Error& error) {
  const Arguments args(error);
  const auto field = [&] { return field_name(lang, args.raw(0)); };
  const auto thing = [&] { return thing_name(lang, args.raw(0)); };
  switch (error.code) {
    case ErrorCode::not_a_store:
      return say(lang, store::kNotAStore, args.raw(0));
    case ErrorCode::store_exists:
      return say(lang, store::kExists, args.raw(0));
    case ErrorCode::store_missing:
      return say(lang, store::kMissing, args.raw(0));
    case ErrorCode::no_slot_opens:
      return misfit_sentence(lang, args);
    case ErrorCode::header_damaged:
      return say(lang, store::kHeaderDamaged, args.raw(0));
    case ErrorCode::store_unfinished:
      return say(lang, store::kUnfinished, args.raw(0));
    case ErrorCode::page_damaged:
      return say(lang, store::kPageDamaged, args.raw(0));
    case ErrorCode::record_damaged:
      return say(lang, store::kRecordDamaged, args.raw(0));
    case ErrorCode::store_too_new:
      return say(lang, store::kTooNew, args.raw(0), args.raw(1));
    case ErrorCode::store_busy:
      return args.has(0) ? say(lang, store::kBusyAt, args.raw(0)) : say(lang, store::kBusy);
    case ErrorCode::disk_full:
      return say(lang, store::kDiskFull);
    case ErrorCode::disk_failed:
      if (args.raw(0) == "read_only") return say(lang, store::kReadOnly);
      return say(lang, store::kDiskFailed, args.raw(0));
    case ErrorCode::out_of_memory:
      return say(lang, store::kOutOfMemory);
    case ErrorCode::kdf_too_costly:
      return say(lang, store::kKdfTooCostly, args.raw(0));
    case ErrorCode::store_closed:
      return say(lang, store::kClosed);
    case ErrorCode::wal_replaced:
      return say(lang, store::kWalReplaced);
    case ErrorCode::page_replaced:
      return say(lang, store::kPageReplaced);
    case ErrorCode::store_older:
      return say(lang, store::kOlder, args.raw(0));
    case ErrorCode::keyring_failed:
      return say(lang, store::kKeyringFailed, args.raw(0));
    case ErrorCode::last_slot:
      return say(lang, store::kLastSlot);

    case ErrorCode::not_canonical:
      return say(lang, incoming::kNotCanonical, args.raw(0), args.quote(1));
    case ErrorCode::too_large:
      return say(lang, incoming::kTooLarge, field(), args.raw(1));
    case ErrorCode::wrong_signature:
      return say(lang, incoming::kWrongSignature);
    case ErrorCode::wrong_author:
      return say(lang, incoming::kWrongAuthor);
    case ErrorCode::unknown_author:
      return say(lang, incoming::kUnknownAuthor);
    case ErrorCode::unknown_circle:
      return say(lang, incoming::kUnknownCircle);
    case ErrorCode::chain_gap:
      return say(lang, incoming::kChainGap, args.raw(0), args.raw(1));
    case ErrorCode::unknown_format:
      return say(lang, incoming::kUnknownFormat, args.raw(0));

    case ErrorCode::empty_text:
      return say(lang, act::kEmptyText, field());
    case ErrorCode::text_too_long:
      return say(lang, act::kTextTooLong, field(), args.raw(1));
    case ErrorCode::bad_text:
      return say(lang, act::kBadText, field());
    case ErrorCode::bad_number:
      return number_sentence(lang, args);
    case ErrorCode::bad_date:
      return say(lang, act::kBadDate, args.quote(0), expected_text(lang, args.has(1) ? args.raw(1) : "date"));
    case ErrorCode::bad_time:
      return say(lang, act::kBadTime, args.quote(0), expected_text(lang, args.has(1) ? args.raw(1) : "time"));
    case ErrorCode::not_found:
      return say(lang, act::kNotFound, thing(), args.quote(1));
    case ErrorCode::ambiguous:
      return say(lang, act::kAmbiguous, thing(), args.quote(1));
    case ErrorCode::no_initiative:
      return say(lang, act::kNoInitiative);
    case ErrorCode::many_initiatives:
      return say(lang, act::kManyInitiatives);
    case ErrorCode::not_allowed:
      return not_allowed_sentence(lang, args);
    case ErrorCode::task_closed:
      return say(lang, args.raw(1) == "done" ? act::kTaskDone : act::kTaskCancelled, args.quote(0));
    case ErrorCode::already_claimed:
      return say(lang, act::kAlreadyClaimed, args.quote(0));
    case ErrorCode::not_claimed:
      return say(lang, act::kNotClaimed, args.quote(0));
    case ErrorCode::nothing_to_change:
      return say(lang, act::kNothingToChange);
    case ErrorCode::wrong_words:
      return say(lang, act::kWrongWords);
    case ErrorCode::practice_only:
      return say(lang, act::kPracticeOnly);
    case ErrorCode::not_enrolled:
      return say(lang, act::kNotEnrolled);

    case ErrorCode::file_missing:
      return say(lang, file::kMissing, args.raw(0));
    case ErrorCode::file_unreadable:
      return say(lang, file::kUnreadable, args.raw(0));
    case ErrorCode::csv_broken:
      return csv_sentence(lang, args);
    case ErrorCode::csv_unknown_kind:
      return say(lang, args.raw(0) == "series" ? file::kSeries : file::kUnknownKind);
    case ErrorCode::file_too_large:
      return say(lang, file::kTooLarge, args.raw(0), args.raw(1));
    case ErrorCode::file_exists:
      return say(lang, file::kExists, args.raw(0));

    case ErrorCode::schema_invalid:
      return schema_sentence(lang, error);

    case ErrorCode::bad_address:
    case ErrorCode::address_in_use:
    case ErrorCode::peer_unreachable:
    case ErrorCode::peer_lost:
    case ErrorCode::peer_refused:
    case ErrorCode::peer_other_version:
    case ErrorCode::peer_garbage:
    case ErrorCode::bad_code:
    case ErrorCode::code_used:
    case ErrorCode::nobody_known:
      return meeting_sentence(lang, error);

    case ErrorCode::usage:
      return usage_sentence(lang, args);
    case ErrorCode::missing_input:
      return missing_sentence(lang, args);
  }
  KIEM_UNREACHABLE("an error without a sentence");
}

std::vector<std::string> error_choices(const Error& error) {
  if (error.code != ErrorCode::ambiguous || error.args.size() < 3) return {};
  return {error.args.begin() + 2, error.args.end()};
}

std::string quoted(std::string_view text) {
  // Counts the first bytes of characters, so that none is cut in two.
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (continues) continue;
    if (++characters > kQuotedCharacters) return "‘" + std::string(text.substr(0, i)) + "…’";
  }
  return "‘" + std::string(text) + "’";
}

}  // namespace kiem
