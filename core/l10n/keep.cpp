#include "core/l10n/keep.hpp"

#include <array>

#include "core/l10n/dates.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

struct TermText {
  std::string_view unit;
  Counted<1> text;
};
constexpr std::array<TermText, 3> kTerms{{{"days", {{"{0} dag", "{0} day"}, {"{0} dagen", "{0} days"}}},
                                          {"months", {{"{0} maand", "{0} month"}, {"{0} maanden", "{0} months"}}},
                                          {"years", {{"{0} jaar", "{0} year"}, {"{0} jaar", "{0} years"}}}}};
constexpr Text<2> kTermAfter{"{0} na {1}", "{0} after {1}"};
constexpr Text<0> kTheLastWrite{"de laatste wijziging", "the last change"};
constexpr Text<1> kKeptUntilTerm{"bewaard tot {0}", "kept until {0}"};
constexpr Text<3> kKeptUntilDay{"bewaard tot en met {0}: {1} ({2})", "kept until {0}: {1} ({2})"};
constexpr Counted<1> kOverTerm{
    {"{0} stuk is over zijn bewaartermijn", "{0} record has been kept longer than agreed"},
    {"{0} stukken zijn over hun bewaartermijn", "{0} records have been kept longer than agreed"}};

// "30 dagen na ‘Tot en met’".
std::string term_text(Lang lang, const KeepModel& keep) {
  std::string term = std::to_string(keep.count) + " " + keep.unit;
  for (const TermText& each : kTerms) {
    if (each.unit == keep.unit) term = say_count(lang, keep.count, each.text);
  }
  const std::string event = keep.after.key.empty() ? say(lang, kTheLastWrite) : quoted(label_text(lang, keep.after));
  return say(lang, kTermAfter, term, event);
}

}  // namespace

std::string keep_text(Lang lang, const KeepModel& keep) { return say(lang, kKeptUntilTerm, term_text(lang, keep)); }

std::string due_text(Lang lang, const DueRow& row) {
  return say(lang, kKeptUntilDay, format_date(lang, row.until), term_text(lang, row.keep), format_date(lang, row.from));
}

std::string due_count_text(Lang lang, std::uint64_t due) { return say_count(lang, due, kOverTerm); }

}  // namespace kiem
