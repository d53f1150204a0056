#include "sync/cli/due_output.hpp"

#include "core/l10n/keep.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"
#include "core/schema/keep.hpp"
#include "core/views/shown.hpp"
#include "sync/cli/record_output.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNothingDue{"Niets is over zijn bewaartermijn.", "Nothing has been kept longer than agreed."};
constexpr Text<1> kDueHeading{"{0}:", "{0}:"};
constexpr Text<2> kDueTitle{"{0} ({1})", "{0} ({1})"};
constexpr Text<2> kDueDeletedTitle{"{0} ({1}, verwijderd)", "{0} ({1}, deleted)"};
constexpr Text<0> kHowToErase{"Zo zie je wat er weg zou gaan, en hoe je het voor goed wist:",
                              "To see what would go, and how to erase it for good:"};
constexpr Text<0> kMoreDue{"Er is meer. Toon meer met: kiem record due --limit GETAL",
                           "There is more. Show more with: kiem record due --limit NUMBER"};

}  // namespace

void print_due(Page& page, const Audience& audience, const Request& request, const DueRecords& answer) {
  const Lang lang = audience.lang;
  if (answer.rows.empty()) {
    if (answer.complete) page.line(say(lang, kNothingDue));
    return;
  }
  page.paragraph(say(lang, kDueHeading, due_count_text(lang, answer.rows.size())));
  page.blank();
  for (const DueRow& row : answer.rows) {
    const std::string title = title_text(lang, row.title);
    page.field(short_id(row.id),
               say(lang, row.deleted ? kDueDeletedTitle : kDueTitle, title, label_text(lang, row.collection)),
               kShortIdDigits);
    page.field("", due_text(lang, row), kShortIdDigits);
  }
  page.blank();
  page.paragraph(say(lang, kHowToErase));
  for (const DueRow& row : answer.rows) {
    page.line(to_type("  kiem record erase " + row.collection.key + " " + short_id(row.id), request));
  }
  if (!answer.complete && !answer.missing.any()) page.line(to_type(say(lang, kMoreDue), request));
}

Json json_of(const KeepModel& keep) {
  return JsonObject{{"after", keep.after.key.empty() ? std::string(kLastWrite) : keep.after.key},
                    {keep.unit, std::uint64_t{keep.count}}};
}

Json json_of(const DueRecords& answer) {
  JsonArray due;
  for (const DueRow& row : answer.rows) {
    due.push_back(JsonObject{{"id", to_text(row.id)},
                             {"collection", row.collection.key},
                             {"title", row.title},
                             {"deleted", row.deleted},
                             {"kept_until", iso_date(row.until)},
                             {"keep", json_of(row.keep)},
                             {"from", iso_date(row.from)}});
  }
  return JsonObject{{"due", std::move(due)}, {"complete", answer.complete}};
}

}  // namespace kiem::cli
