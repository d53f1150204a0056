#include "core/l10n/import.hpp"

#include <array>

#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

struct Keyed {
  std::string_view key;
  Text<0> text;
};

// clang-format off
constexpr std::array kExpected{
    Keyed{"title",          {"een titel of naam", "a title or name"}},
    Keyed{"text_200",       {"hoogstens 200 tekens", "at most 200 characters"}},
    Keyed{"text_500",       {"hoogstens 500 tekens", "at most 500 characters"}},
    Keyed{"text_4000",      {"hoogstens 4000 tekens", "at most 4000 characters"}},
    Keyed{"plain_text",     {"tekst zonder stuurtekens", "text without control characters"}},
    Keyed{"seats",          {"een aantal van 1 tot en met 999, zoals 3 of \"3 handen\"",
                             "a number from 1 to 999, such as 3 or \"3 hands\""}},
    Keyed{"date",           {"een datum zoals 17-04-2027", "a date such as 17-04-2027"}},
    Keyed{"day_month_year", {"dag, maand, jaar, zoals 17-04-2027", "day, month, year, such as 17-04-2027"}},
    Keyed{"existing_day",   {"een dag die bestaat", "a day that exists"}},
    Keyed{"full_year",      {"een jaar van vier cijfers, zoals 2027", "a year of four digits, such as 2027"}},
    Keyed{"year_range",     {"een jaar van 1900 tot en met 2199", "a year from 1900 to 2199"}},
    Keyed{"same_weekday",   {"de dag van de week die bij de datum hoort", "the day of the week of that date"}},
    Keyed{"whole_date",     {"een hele datum; +1 kan alleen bij het oefenen",
                             "a whole date; +1 is for practice only"}},
    Keyed{"time",           {"een tijd zoals 18.30", "a time such as 18:30"}},
    Keyed{"named_column",   {"niets: boven dit vak staat geen kolomnaam",
                             "nothing: no column is named above this cell"}},
    Keyed{"known_place",    {"een plaats die Kiem kent", "a place that Kiem knows"}},
};
constexpr std::array kFaults{
    Keyed{"not_text",         {"geen tekst maar bijvoorbeeld een rekenblad: bewaar het als CSV",
                               "not text but for example a spreadsheet: save it as CSV"}},
    Keyed{"bad_characters",   {"een teken dat geen UTF-8 is", "a character that is not UTF-8"}},
    Keyed{"empty_file",       {"het bestand is leeg", "the file is empty"}},
    Keyed{"quote_open",       {"een aanhalingsteken dat niet wordt gesloten", "a quotation mark that is not closed"}},
    Keyed{"text_after_quote", {"tekst achter een sluitend aanhalingsteken", "text behind a closing quotation mark"}},
    Keyed{"too_many_rows",    {"meer dan 100.000 rijen", "more than 100,000 rows"}},
    Keyed{"too_many_columns", {"meer dan 64 kolommen", "more than 64 columns"}},
};
// clang-format on

constexpr Text<1> kSealed{"Kolom {0} blijft weg: dat hoort verzegeld te worden, en dat kan nog niet.",
                          "Column {0} is left out: it should be sealed, and that is not possible yet."};
constexpr Text<1> kUnknownColumn{"Kolom {0} blijft weg: Kiem kent deze kolom niet.",
                                 "Column {0} is left out: Kiem does not know this column."};
constexpr Text<1> kOnPurpose{"Kolom {0} blijft weg: dat ontstaat in Kiem zelf.",
                             "Column {0} is left out: that comes about in Kiem itself."};
constexpr Text<1> kRepeated{"Kolom {0} blijft weg: een eerdere kolom gaat over hetzelfde.",
                            "Column {0} is left out: an earlier column is about the same."};

constexpr Text<4> kProblem{"Rij {0}, kolom {1}: {2} kan niet. Verwacht: {3}.",
                           "Row {0}, column {1}: {2} is not possible. Expected: {3}."};
constexpr Text<3> kEmptyCell{"Rij {0}, kolom {1}: hier staat niets. Verwacht: {2}.",
                             "Row {0}, column {1}: nothing is here. Expected: {2}."};

constexpr Counted<1> kTasks{{"{0} taak", "{0} task"}, {"{0} taken", "{0} tasks"}};
constexpr Counted<1> kPlaces{{"{0} plaats", "{0} place"}, {"{0} plaatsen", "{0} places"}};
constexpr Counted<1> kPeople{{"{0} persoon", "{0} person"}, {"{0} mensen", "{0} people"}};

template <std::size_t Size>
std::string look_up(const std::array<Keyed, Size>& table, Lang lang, std::string_view key) {
  for (const Keyed& entry : table) {
    if (entry.key == key) return say(lang, entry.text);
  }
  return std::string(key);
}

}  // namespace

std::string expected_text(Lang lang, std::string_view key) { return look_up(kExpected, lang, key); }

std::string csv_fault_text(Lang lang, std::string_view key) { return look_up(kFaults, lang, key); }

std::string left_out_text(Lang lang, std::string_view column, std::string_view why) {
  if (why == "sealed") return say(lang, kSealed, column);
  if (why == "on_purpose") return say(lang, kOnPurpose, column);
  if (why == "repeated") return say(lang, kRepeated, column);
  return say(lang, kUnknownColumn, column);
}

std::string problem_text(Lang lang, std::uint32_t row, std::string_view column, std::string_view found,
                         std::string_view expected) {
  const std::string number = format_number(lang, row);
  const std::string wanted = expected_text(lang, expected);
  if (found.empty()) return say(lang, kEmptyCell, number, column, wanted);
  return say(lang, kProblem, number, column, quoted(found), wanted);
}

std::string counted_things(Lang lang, std::string_view things, std::uint64_t count) {
  if (things == "places") return say_count(lang, count, kPlaces);
  if (things == "people") return say_count(lang, count, kPeople);
  return say_count(lang, count, kTasks);
}

}  // namespace kiem
