#include "sync/cli/conflicts_output.hpp"

#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/record_output.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNone{"Niets spreekt elkaar tegen.", "Nothing contradicts."};
constexpr Text<0> kChoose{"Kies met:", "Choose with:"};
constexpr Text<2> kWith{"{0} ({1})", "{0} ({1})"};

constexpr Text<0> kTakenBack{"Teruggenomen:", "Taken back:"};
constexpr Text<1> kBack{"{0}: wat verwijderd was staat er weer", "{0}: what was deleted is back"};
constexpr Text<1> kNoClaim{"Er is geen aanmelding meer voor {0}.", "There is no claim of {0} any more."};
constexpr Text<1> kClaimAgain{"De aanmelding voor {0} is er weer.", "The claim of {0} is there again."};
constexpr Text<0> kAllTakenBack{"Die handeling is teruggenomen.", "That act is taken back."};
constexpr Text<0> kNothingTakenBack{"Er is niets teruggenomen.", "Nothing was taken back."};
constexpr Text<1> kLeft{"Dit bleef staan, want daarna heeft iemand het veranderd: {0}.",
                        "This stayed, since somebody has changed it after that: {0}."};

std::string undone_text(Lang lang, const LogChange& change) {
  const bool is_claim = change.field == kClaimField && change.before.empty() != change.after.empty();
  if (is_claim) return change.after.empty() ? say(lang, kNoClaim, change.before) : say(lang, kClaimAgain, change.after);
  const bool is_back = change.before.empty() && change.after.empty();
  return is_back ? say(lang, kBack, field_text(lang, change.field, change.words)) : change_text(lang, change);
}

}  // namespace

void print_conflicts(Page& page, const Audience& audience, const Request& request, const Conflicts& answer) {
  const Lang lang = audience.lang;
  if (answer.rows.empty()) page.line(say(lang, kNone));
  for (const Conflicts::Row& row : answer.rows) {
    const std::string& field = row.conflict.field;
    if (&row != &answer.rows.front()) page.blank();
    const std::string title = title_text(lang, row.title);
    const bool own = !row.words.label.key.empty();
    page.paragraph(own ? say(lang, kWith, title, field_text(lang, row.collection, row.words)) : title);
    page.paragraph(conflict_sentence(lang, field_text(lang, field, row.conflict.words), row.conflict), 2);
    page.paragraph(say(lang, kChoose), 2);
    Table table;
    table.columns = {{}, {true}};
    std::size_t number = 0;
    for (const ConflictRow::Side& side : row.conflict.sides) {
      const std::string plain =
          "  kiem settle " + short_id(row.record) + " " + field + " --side " + std::to_string(++number);
      const std::string command = to_type(plain, request);
      const std::string meaning =
          say(lang, kWith, value_text(lang, field, row.conflict.words, side.value), person_name(lang, side.person));
      if (command == plain) {
        table.rows.push_back({command, meaning});
      } else {
        // Beside so long a command there is no room for what it chooses.
        page.line("  " + command);
        page.paragraph(meaning, 6);
      }
    }
    page.table(table);
  }
}

void print_undone(Page& page, const Audience& audience, const Undone& answer) {
  const Lang lang = audience.lang;
  if (!answer.changes.empty()) {
    page.line(say(lang, kTakenBack));
  } else {
    page.line(say(lang, answer.left.empty() ? kAllTakenBack : kNothingTakenBack));
  }
  for (const LogChange& change : answer.changes) page.paragraph(undone_text(lang, change), 2);
  if (answer.left.empty()) return;
  std::string fields;
  for (const Undone::Left& left : answer.left) {
    fields += (fields.empty() ? "" : ", ") + left_text(lang, left.field, left.words, left.text);
  }
  page.paragraph(say(lang, kLeft, fields));
}

Json json_of(const Conflicts& answer) {
  JsonArray conflicts;
  for (const Conflicts::Row& row : answer.rows) {
    JsonObject members{{"collection", row.collection}, {"record", to_text(row.record)}, {"title", row.title}};
    for (JsonMember& member : conflict_members(row.conflict)) members.push_back(std::move(member));
    conflicts.push_back(std::move(members));
  }
  return JsonObject{{"conflicts", std::move(conflicts)}};
}

Json json_of(const Undone& answer) {
  JsonArray changes;
  for (const LogChange& change : answer.changes) changes.push_back(json_of(change));
  JsonArray left;
  for (const Undone::Left& each : answer.left) left.push_back(each.field);
  return JsonObject{{"act", to_text(answer.act)}, {"changes", std::move(changes)}, {"left", std::move(left)}};
}

}  // namespace kiem::cli
