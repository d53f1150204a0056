#include "sync/cli/import_output.hpp"

#include "core/base/check.hpp"
#include "core/l10n/import.hpp"
#include "core/l10n/text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNothingNew{"Niets nieuws.", "Nothing new."};
constexpr Text<1> kAdded{"Toegevoegd: {0}.", "Added: {0}."};
constexpr Text<1> kWouldAdd{"Dit zou erbij komen: {0}. Er is nog niets veranderd.",
                            "This would be added: {0}. Nothing was changed yet."};
constexpr Counted<1> kAlready{{"{0} rij was er al.", "{0} row was here already."},
                              {"{0} rijen waren er al.", "{0} rows were here already."}};
constexpr Text<1> kAndMore{"en nog {0}", "and {0} more"};
constexpr Text<0> kNotTaken{"Deze rijen zijn niet overgenomen, de rest wel:",
                            "These rows were not taken, the rest was:"};
constexpr Text<0> kWouldNotTake{"Deze rijen worden niet overgenomen, de rest wel:",
                                "These rows would not be taken, the rest would:"};

std::string_view code_of(ImportAnswer::Kind kind) {
  using ImportKind = ImportAnswer::Kind;
  switch (kind) {
    case ImportKind::tasks:
      return "tasks";
    case ImportKind::places:
      return "places";
    case ImportKind::people:
      return "people";
  }
  KIEM_UNREACHABLE("a kind of import without a code");
}

std::string_view code_of(ImportAnswer::LeftOut::Why why) {
  using Why = ImportAnswer::LeftOut::Why;
  switch (why) {
    case Why::sealed:
      return "sealed";
    case Why::unknown:
      return "unknown";
    case Why::on_purpose:
      return "on_purpose";
    case Why::repeated:
      return "repeated";
  }
  KIEM_UNREACHABLE("a column left out without a code");
}

}  // namespace

void print_import(Page& page, const Audience& audience, const ImportAnswer& answer) {
  const Lang lang = audience.lang;
  if (answer.added == 0) {
    page.line(say(lang, kNothingNew));
  } else {
    const std::string what = counted_things(lang, code_of(answer.kind), answer.added);
    page.line(say(lang, answer.dry_run ? kWouldAdd : kAdded, what));
    for (const std::string& title : answer.titles) page.paragraph(title, 2);
    if (answer.added > answer.titles.size()) {
      page.paragraph(say(lang, kAndMore, format_number(lang, answer.added - answer.titles.size())), 2);
    }
  }
  if (answer.already > 0) page.line(say_count(lang, answer.already, kAlready));
  for (const auto& left_out : answer.left_out) {
    page.paragraph(left_out_text(lang, left_out.column, code_of(left_out.why)));
  }
}

void print_import_problems(Page& remarks, const Audience& audience, const ImportAnswer& answer) {
  if (answer.problems.empty()) return;
  remarks.line(say(audience.lang, answer.dry_run ? kWouldNotTake : kNotTaken));
  for (const auto& problem : answer.problems) {
    remarks.paragraph(problem_text(audience.lang, problem.row, problem.column, problem.found, problem.expected), 2);
  }
}

Json import_json(Lang lang, const ImportAnswer& answer) {
  JsonArray titles;
  for (const std::string& title : answer.titles) titles.push_back(title);
  JsonArray left_out;
  for (const auto& each : answer.left_out) {
    left_out.push_back(JsonObject{{"column", each.column}, {"why", code_of(each.why)}});
  }
  JsonArray problems;
  for (const auto& problem : answer.problems) {
    problems.push_back(JsonObject{
        {"row", problem.row},
        {"column", problem.column},
        {"found", problem.found},
        {"expected", JsonObject{{"code", problem.expected}, {"text", expected_text(lang, problem.expected)}}}});
  }
  return JsonObject{{"kind", code_of(answer.kind)},   {"dry_run", answer.dry_run},   {"added", answer.added},
                    {"already", answer.already},      {"titles", std::move(titles)}, {"left_out", std::move(left_out)},
                    {"problems", std::move(problems)}};
}

}  // namespace kiem::cli
