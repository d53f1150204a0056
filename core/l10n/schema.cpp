#include "core/l10n/schema.hpp"

#include <algorithm>
#include <array>

#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

struct Worded {
  std::string_view word;
  Text<0> text;
};

// clang-format off
constexpr std::array kTypes{
    Worded{"text",    {"tekst", "text"}},
    Worded{"integer", {"geheel getal", "whole number"}},
    Worded{"date",    {"datum", "date"}},
    Worded{"time",    {"tijd", "time"}},
    Worded{"length",  {"duur", "length of time"}},
    Worded{"choice",  {"keuze", "choice"}},
    Worded{"person",  {"mens", "person"}},
    Worded{"record",  {"verwijzing", "reference"}},
    Worded{"device",  {"apparaat", "device"}},
};
constexpr std::array kTypesInPlural{
    Worded{"text",   {"teksten", "texts"}},
    Worded{"date",   {"datums", "dates"}},
    Worded{"choice", {"keuzes", "choices"}},
    Worded{"person", {"mensen", "people"}},
    Worded{"record", {"verwijzingen", "references"}},
};
constexpr std::array kCircles{
    Worded{"open",         {"leesbaar voor iedereen in het initiatief", "everyone in the initiative reads it"}},
    Worded{"members",      {"leesbaar voor vrijwilligers en coördinatoren", "volunteers and coordinators read it"}},
    Worded{"coordinators", {"leesbaar voor coördinatoren", "coordinators read it"}},
    Worded{"partners",     {"leesbaar voor partners en coördinatoren", "partners and coordinators read it"}},
};
constexpr std::array kWriters{
    Worded{"members",      {"iedereen die het leest, schrijft eraan mee", "whoever reads it writes in it"}},
    Worded{"coordinators", {"alleen coördinatoren schrijven erin", "coordinators alone write in it"}},
    Worded{"author",       {"wie iets toevoegt, verandert het ook", "whoever adds something changes it"}},
    Worded{"author-or-coordinators", {"wie iets toevoegt of een coördinator verandert het",
                                      "whoever added something changes it, or a coordinator"}},
};
// clang-format on

constexpr Text<2> kOf{"{0}: {1}", "{0}: {1}"};
constexpr Text<1> kSideBySide{"meer {0} naast elkaar", "several {0} side by side"};
constexpr Text<1> kList{"meer {0}, op volgorde", "several {0}, in an order"};
constexpr Text<1> kTally{"{0}, telt op", "{0}, adds up"};
constexpr Text<0> kLongText{"lange tekst", "long text"};

// --- mistakes in a file ----------------------------------------------------------------------------------------------
constexpr Text<3> kAt{"Regel {0}, bij {1}: {2}", "Line {0}, at {1}: {2}"};
constexpr Text<2> kOnLine{"Regel {0}: {1}", "Line {0}: {1}"};
constexpr Text<1> kUnknownReason{"dit klopt niet ({0}). Kijk in SCHEMA.md hoe het moet.",
                                 "this is not right ({0}). See in SCHEMA.md how it goes."};

// clang-format off
constexpr std::array kReasons{
    Worded{"syntax", {"dit is geen TOML. Kijk of een aanhalingsteken, haakje of komma ontbreekt.",
                      "this is no TOML. See whether a quotation mark, bracket or comma is missing."}},
    Worded{"unknown_word", {"dit woord kent Kiem hier niet. Kijk of het goed gespeld is; SCHEMA.md noemt "
                    "alle woorden.",
                            "Kiem does not know this word here. Check its spelling; SCHEMA.md has all words."}},
    Worded{"missing", {"dit ontbreekt nog. Schrijf het erbij.", "this is missing still. Write it down too."}},
    Worded{"text_expected", {"hier hoort een tekst op één regel, tussen aanhalingstekens. Zet die er neer.",
                             "a text on one line, between quotation marks, belongs here. Put it there."}},
    Worded{"list_expected", {"hier horen er meer, tussen rechte haken. Schrijf het als [ ... ], of boven "
                    "aan een stuk als [[...]].",
                             "several belong here, between square brackets. Write [ ... ], or [[...]] above "
                    "a piece."}},
    Worded{"not_one_of", {"dit kan hier niet. Kijk in SCHEMA.md wat er kan, en of het veld of de keuze die "
                    "je noemt bestaat.",
                          "this cannot stand here. See in SCHEMA.md what can, and whether the field or "
                    "choice you name exists."}},
    Worded{"repeated", {"dit staat er twee keer. Haal er een weg, of geef een van de twee een andere naam.",
                        "this is here twice. Take one away, or give one of the two another name."}},
    Worded{"bad_key", {"een sleutel heeft kleine letters, cijfers en _, begint met een letter en is "
                    "hoogstens 40 tekens. "
                       "Schrijf de mooie naam bij label.",
                       "a key has small letters, digits and _, begins with a letter and has at most 40 characters. "
                       "Write the nice name at label."}},
    Worded{"too_long", {"deze naam is te lang, er passen 120 tekens. Maak hem korter.",
                        "this name is too long; 120 characters fit. Make it shorter."}},
    Worded{"too_many", {"dit zijn er te veel: er passen 64 velden, 64 keuzes en 32 verzamelingen. Laat er weg, of "
                        "verdeel het over twee bestanden.",
                        "these are too many: 64 fields, 64 choices and 32 collections fit. Leave some out, or split "
                        "it into two files."}},
    Worded{"reserved", {"nummers geeft Kiem zelf. Haal dit woord weg.", "Kiem gives the numbers. Take this "
                    "word away."}},
    Worded{"not_together", {"dit gaat niet samen met de rest van dit veld. Haal het weg, of kies een ander type.",
                            "this does not go with the rest of this field. Take it away, or choose another type."}},
    Worded{"wider_circle", {"alleen in een verzameling met home = \"open\" kan een veld een andere kring "
                    "hebben. Haal circle "
                            "weg, of geef de verzameling home = \"open\".",
                            "only in a collection with home = \"open\" a field can have another circle. "
                    "Take circle away, or "
                            "give the collection home = \"open\"."}},
    Worded{"unknown_collection", {"deze verzameling is er niet. Kijk hoe ze heet, of zet haar ook in het bestand.",
                                  "there is no such collection. See what it is called, or put it in the file too."}},
    Worded{"title_of_text", {"title noemt het veld waar een stuk naar heet. Kies de sleutel van een veld "
                    "met type = \"text\", "
                             "zonder merge en zonder eigen circle.",
                             "title names the field that a record is called by. Choose the key of a field "
                    "with type = "
                             "\"text\", without merge and without a circle of its own."}},
    Worded{"one_term", {"hier hoort één termijn tussen accolades: after, en een van days, months en years. SCHEMA.md "
                    "heeft een voorbeeld.",
                        "one term belongs here between braces: after, and one of days, months and years. SCHEMA.md "
                    "has an example."}},
    Worded{"term_bounds", {"zo lang kan een termijn niet zijn. Schrijf een heel getal: 1 tot en met 36500 dagen, 1200 "
                    "maanden of 100 jaar.",
                           "a term cannot be of this length. Write a whole number: 1 to 36500 days, 1200 months or "
                    "100 years."}},
    Worded{"term_date", {"after noemt de dag waarop de termijn begint. Kies de sleutel van een veld met type = "
                    "\"date\", zonder merge en zonder eigen circle, of \"last-write\".",
                         "after names the day on which the term begins. Choose the key of a field with type = "
                    "\"date\", without merge and without a circle of its own, or \"last-write\"."}},
    Worded{"only_shorter", {"hier geldt al een termijn die even kort is of korter, en die blijft gelden. Een termijn "
                    "kan alleen korter worden: haal dit weg.",
                            "a term that is as short or shorter holds here already, and stays. A term can only become "
                    "shorter: take this away."}},
    Worded{"only_adds", {"dit is hier al, en anders dan je het nu schrijft. Een bestand voegt alleen toe: "
                    "laat het zoals het "
                         "was, of neem een andere sleutel.",
                         "this is here already, and different from what you write now. A file only adds: "
                    "leave it as it "
                         "was, or take another key."}},
    Worded{"ambiguous", {"er zijn hier twee verzamelingen met deze sleutel. Neem voor de nieuwe een andere.",
                         "there are two collections of this key here. Take another one for what is new."}},
    Worded{"citizen_number", {"een burgerservicenummer of paspoortnummer mag een initiatief niet bewaren: "
                    "dat staat de wet "
                              "alleen overheid en zorg toe. Laat het weg.",
                              "an initiative may not keep a citizen service number or a passport's: the law "
                    "leaves that "
                              "to the state and to care. Leave it out."}},
    Worded{"health", {"over iemands gezondheid wordt hier niets bewaard. Laat het weg, en vraag liever wat "
                    "iemand wil doen.",
                      "nothing is kept here about anybody's health. Leave it out, and ask what somebody "
                    "would like to do."}},
    Worded{"criminal_record", {"wat iemand met de rechter had wordt hier niet bewaard. Laat het weg; een "
                    "VOG bekijk je en "
                               "geef je terug.",
                               "nothing is kept here about convictions. Leave it out; look at a certificate "
                    "and give it "
                               "back."}},
    Worded{"belief", {"geloof, afkomst en geaardheid worden hier niet bewaard. Laat het weg.",
                      "belief, origin and orientation are not kept here. Leave it out."}},
};
// Where the word says more than the reason alone.
struct Pair {
  std::string_view word, reason;
  Text<0> text;
};
constexpr std::array kPairs{
    Pair{"why", "missing", {"wat over een mens gaat heeft een reden nodig. Schrijf bij why waarom jullie "
                    "dit bewaren.",
                            "what speaks of a person needs a reason. Write at why for what you keep it."}},
    Pair{"careful", "missing", {"hier horen alle keuzes te staan, de voorzichtigste eerst. Zet de rest erbij.",
                                "all choices belong here, the most careful one first. Add the others."}},
    Pair{"collection", "missing", {"er staat geen verzameling in dit bestand. Begin er een met [[collection]].",
                                   "there is no collection in this file. Begin one with [[collection]]."}},
    Pair{"about", "wider_circle", {"wat over een mens gaat kan niet voor iedereen te lezen zijn. Schrijf er circle = "
                                   "\"members\" bij, of geef de verzameling home = \"members\".",
                                   "what speaks of a person cannot be for everyone to read. Add circle = "
                    "\"members\", or "
                                   "give the collection home = \"members\"."}},
};
// clang-format on

template <std::size_t Size>
const Text<0>* find(const std::array<Worded, Size>& table, std::string_view word) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const Worded& each) { return each.word == word; });
  return found == table.end() ? nullptr : &found->text;
}

template <std::size_t Size>
std::string look_up(const std::array<Worded, Size>& table, Lang lang, std::string_view word) {
  const Text<0>* const text = find(table, word);
  return text == nullptr ? std::string(word) : say(lang, *text);
}

// "keuze: vrij, uitgeleend"; "verwijzing: Gereedschap".
std::string with_choices(Lang lang, const std::string& type, const FieldModel& field, std::string_view of) {
  std::string choices(of);
  for (const Label& choice : field.choices) choices += (choices.empty() ? "" : ", ") + label_text(lang, choice);
  return choices.empty() ? type : say(lang, kOf, type, choices);
}

}  // namespace

std::string label_text(Lang lang, const Label& label) {
  const std::string& text = lang == Lang::nl ? label.nl : label.en;
  return text.empty() ? label.key : text;
}

std::string field_type_text(Lang lang, const FieldModel& field, std::string_view of) {
  if (field.merge == "text") return say(lang, kLongText);
  const std::string one = look_up(kTypes, lang, field.type);
  if (field.merge == "tally") return say(lang, kTally, one);
  const bool is_set = field.merge == "set";
  if (!is_set && field.merge != "list") return with_choices(lang, one, field, of);
  const Text<0>* const several = find(kTypesInPlural, field.type);
  return with_choices(lang, say(lang, is_set ? kSideBySide : kList, several == nullptr ? one : say(lang, *several)),
                      field, of);
}

std::string circle_text(Lang lang, std::string_view circle) { return look_up(kCircles, lang, circle); }

std::string writers_text(Lang lang, std::string_view writers) { return look_up(kWriters, lang, writers); }

std::string schema_sentence(Lang lang, const Error& error) {
  const auto arg = [&](std::size_t i) { return i < error.args.size() ? error.args[i] : std::string("…"); };
  const Text<0>* known = find(kReasons, arg(2));
  for (const Pair& pair : kPairs) {
    if (pair.word == arg(1) && pair.reason == arg(2)) known = &pair.text;
  }
  const std::string reason = known == nullptr ? say(lang, kUnknownReason, arg(2)) : say(lang, *known);
  return arg(1).empty() ? say(lang, kOnLine, arg(0), reason) : say(lang, kAt, arg(0), quoted(arg(1)), reason);
}

}  // namespace kiem
