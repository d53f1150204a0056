#include "sync/cli/log_output.hpp"

#include "core/l10n/dates.hpp"
#include "core/l10n/log.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/terminal_text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNothing{"Er is nog niets gedaan.", "Nothing was done yet."};
constexpr Text<0> kDoubtful{"De tijd is onzeker: die klok liep niet goed.",
                            "The time is in doubt: that clock was off."};
// The moment, and the number by which `undo` names the act.
constexpr std::size_t kMomentWidth = 21;
constexpr std::size_t kLeftWidth = kMomentWidth + 2 + kShortIdDigits;

// What something new holds is told where it is shown; it replaced nothing.
bool is_new(LogKind kind) {
  return kind == LogKind::task_added || kind == LogKind::place_added || kind == LogKind::person_added ||
         kind == LogKind::record_added || kind == LogKind::imported;
}

}  // namespace

void print_log(Page& page, const Audience& audience, const LogAnswer& answer) {
  const Lang lang = audience.lang;
  if (answer.rows.empty()) page.line(say(lang, kNothing));
  for (const LogRow& row : answer.rows) {
    const std::string when = format_moment(lang, row.claimed, audience.offset_at(row.claimed));
    page.field(padded(when, kMomentWidth) + "  " + short_id(row.act), act_sentence(lang, row), kLeftWidth);
    for (const LogChange& change : row.changes) {
      if (!is_new(row.kind)) page.field("", change_text(lang, change), kLeftWidth);
    }
    if (row.time_doubtful) page.field("", say(lang, kDoubtful), kLeftWidth);
    page.field("", standing_text(lang, row.standing), kLeftWidth);
  }
}

Json log_json(Lang lang, const LogAnswer& answer) {
  JsonArray rows;
  for (const LogRow& row : answer.rows) {
    JsonArray changes;
    for (const LogChange& change : row.changes) changes.push_back(json_of(change));
    rows.push_back(JsonObject{{"act", to_text(row.act)},
                              {"kind", code_of(row.kind)},
                              {"text", act_sentence(lang, row)},
                              {"when", iso_moment(row.claimed)},
                              {"time_doubtful", row.time_doubtful},
                              {"person", json_of(row.person)},
                              {"about", json_of(row.about)},
                              {"record", row.record ? Json(to_text(*row.record)) : Json(nullptr)},
                              {"title", row.title},
                              {"records", row.records},
                              {"changes", std::move(changes)},
                              {"standing", code_of(row.standing)}});
  }
  return JsonObject{{"log", std::move(rows)}, {"complete", answer.complete}};
}

}  // namespace kiem::cli
