#include "sync/cli/conflicts_output.hpp"

#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNone{"Niets spreekt elkaar tegen.", "Nothing contradicts."};
constexpr Text<0> kNameless{"(zonder naam)", "(no name)"};
constexpr Text<0> kChoose{"Kies met:", "Choose with:"};
constexpr Text<2> kSide{"{0} ({1})", "{0} ({1})"};

constexpr Text<0> kTakenBack{"Teruggenomen:", "Taken back:"};
constexpr Text<1> kBack{"{0}: wat verwijderd was staat er weer", "{0}: what was deleted is back"};
constexpr Text<0> kAllTakenBack{"Die handeling is teruggenomen.", "That act is taken back."};
constexpr Text<0> kNothingTakenBack{"Er is niets teruggenomen.", "Nothing was taken back."};
constexpr Text<1> kLeft{"Dit bleef staan, want daarna heeft iemand het veranderd: {0}.",
                        "This stayed, since somebody has changed it after that: {0}."};

}  // namespace

void print_conflicts(Page& page, const Audience& audience, const Conflicts& answer) {
  const Lang lang = audience.lang;
  if (answer.rows.empty()) page.line(say(lang, kNone));
  for (const Conflicts::Row& row : answer.rows) {
    const std::string& field = row.conflict.field;
    if (&row != &answer.rows.front()) page.blank();
    page.paragraph(row.title.empty() ? say(lang, kNameless) : row.title);
    page.paragraph(conflict_sentence(lang, field_name(lang, field), row.conflict), 2);
    page.paragraph(say(lang, kChoose), 2);
    Table table;
    table.columns = {{}, {true}};
    std::size_t number = 0;
    for (const ConflictRow::Side& side : row.conflict.sides) {
      const std::string command =
          "  kiem settle " + short_id(row.record) + " " + field + " --side " + std::to_string(++number);
      table.rows.push_back(
          {command, say(lang, kSide, value_text(lang, field, side.value), person_name(lang, side.person))});
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
  for (const LogChange& change : answer.changes) {
    const bool is_back = change.before.empty() && change.after.empty();
    page.paragraph(is_back ? say(lang, kBack, field_name(lang, change.field)) : change_text(lang, change), 2);
  }
  if (answer.left.empty()) return;
  std::string fields;
  for (const std::string& field : answer.left) fields += (fields.empty() ? "" : ", ") + field_name(lang, field);
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
  for (const std::string& field : answer.left) left.push_back(field);
  return JsonObject{{"act", to_text(answer.act)}, {"changes", std::move(changes)}, {"left", std::move(left)}};
}

}  // namespace kiem::cli
