#include "sync/cli/record_output.hpp"

#include <algorithm>

#include "core/l10n/dates.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/schema_output.hpp"
#include "sync/cli/terminal_text.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<1> kRecordAdded{"Toegevoegd: {0}.", "Added: {0}."};
constexpr Text<1> kRecordChanged{"{0} is veranderd.", "{0} was changed."};
constexpr Text<1> kDeleted{"{0} is verwijderd. Het kan terug met:", "{0} was deleted. It can come back with:"};
constexpr Text<1> kWouldErase{
    "Dit gaat voor goed weg, hier en op elke laptop die ervan hoort: {0}. Weet je het zeker, dan:",
    "This goes for good, here and on every laptop that hears of it: {0}. If you are sure:"};
constexpr Text<1> kErased{"{0} is gewist. Op de andere laptops gaat het weg zodra zij hiervan horen.",
                          "{0} was erased. On the other laptops it goes as soon as they hear of this."};
constexpr Counted<1> kKept{
    {"{0} stuk ervan staat samen met andere gegevens in één handeling. Dat is nergens meer te zien, en gaat weg als "
     "ook die andere zijn gewist.",
     "{0} piece of it stands in one act with other data. It is shown nowhere any more, and goes when those others "
     "are erased too."},
    {"{0} stukken ervan staan samen met andere gegevens in één handeling. Die zijn nergens meer te zien, en gaan weg "
     "als ook die andere zijn gewist.",
     "{0} pieces of it stand in one act with other data. They are shown nowhere any more, and go when those others "
     "are erased too."}};
constexpr Text<1> kRecordRestored{"{0} staat er weer.", "{0} is back."};
constexpr Text<3> kSettled{"{0}: {1} is nu {2}.", "{0}: {1} is {2} now."};
constexpr Text<2> kSettledEmpty{"{0}: {1} is nu leeg.", "{0}: {1} is empty now."};
constexpr Text<0> kNamelessRecord{"(zonder naam)", "(no name)"};
constexpr Text<0> kAddedBy{"Van", "From"};
constexpr Text<0> kRecordId{"Kenmerk", "Id"};
constexpr Text<0> kConflicts{"Tegenspraak", "Conflicts"};
constexpr Text<0> kHowToChoose{"Hoe je kiest, zie je met: kiem conflicts", "How to choose: kiem conflicts"};

constexpr Counted<2> kRecords{{"{1}: {0} stuk", "{1}: {0} record"}, {"{1}: {0} stukken", "{1}: {0} records"}};
constexpr Text<2> kNoRecords{"{0}: nog niets. Zo voeg je iets toe: kiem record add {1} VELD=WAARDE",
                             "{0}: nothing yet. To add something: kiem record add {1} FIELD=VALUE"};
constexpr Text<1> kNoneSuch{"{0}: niets dat hierbij past.", "{0}: nothing that fits this."};
constexpr Text<0> kMoreRecords{"Er is meer dan dit. Gebruik --limit en --skip.",
                               "There is more than this. Use --limit and --skip."};
constexpr Text<1> kNotAllFits{"Niet alles past naast elkaar. Alles van één stuk: kiem record show {0} STUK",
                              "Not all fits side by side. All of one record: kiem record show {0} RECORD"};
constexpr Text<0> kMarkMeans{"(!) is los van elkaar verschillend geschreven. Kijk met: kiem conflicts",
                             "(!) was written differently apart. See: kiem conflicts"};
constexpr std::string_view kMark = " (!)";

constexpr Text<0> kFoundNothing{"Niets gevonden. Probeer een korter woord.", "Nothing found. Try a shorter word."};
constexpr Text<0> kFoundMore{"Er is meer dan dit. Gebruik --limit.", "There is more than this. Use --limit."};
constexpr Text<2> kFoundIn{"{0} ({1})", "{0} ({1})"};

constexpr std::size_t kWidestLabel = 24;
constexpr std::size_t kWidestCell = 24;

// Cells come in the order of the fields; a key alone would not tell two fields of one key apart.
const FieldModel* field_at(const CollectionModel& collection, std::size_t place, const std::string& key) {
  const auto& fields = collection.fields;
  if (place < fields.size() && fields[place].label.key == key) return &fields[place];
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldModel& field) { return field.label.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

// As told in a list, where room is scarce.
std::string short_text(const Audience& audience, const FieldModel& field, const std::string& value) {
  const auto days = field.type == "date" ? from_iso_date(value) : std::nullopt;
  return days ? format_short_date(audience.lang, *days, audience.this_year) : cell_text(audience.lang, field, value);
}

template <class Told>
std::string joined(const FieldCell& cell, const Told& told) {
  if (cell.values.empty()) return told(cell.shown);
  std::string text;
  for (const std::string& value : cell.values) text += (text.empty() ? "" : ", ") + told(value);
  return text;
}

std::string value_of(Lang lang, const FieldModel* field, const FieldCell& cell) {
  return joined(cell,
                [&](const std::string& value) { return field == nullptr ? value : cell_text(lang, *field, value); });
}

std::string label_of(Lang lang, const FieldModel* field, const std::string& key) {
  return field == nullptr ? key : label_text(lang, field->label);
}

void print_whole(Page& page, const Audience& audience, const Request& request, const RecordAnswer& answer) {
  const Lang lang = audience.lang;
  const RecordModel& record = answer.record;
  std::size_t width = std::max(display_width(kAddedBy.in(lang)), display_width(kRecordId.in(lang)));
  for (const FieldModel& field : answer.collection.fields) {
    width = std::max(width, std::min(display_width(label_text(lang, field.label)), kWidestLabel));
  }
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const FieldCell& cell = record.cells[i];
    if (cell.key == answer.collection.title) continue;  // it stands above
    const FieldModel* const field = field_at(answer.collection, i, cell.key);
    page.field(label_of(lang, field, cell.key), value_of(lang, field, cell), width);
  }
  page.field(kAddedBy.in(lang), person_name(lang, record.added_by), width);
  page.field(kRecordId.in(lang), to_text(record.id), width);
  if (record.conflicts.empty()) return;
  page.blank();
  page.line(kConflicts.in(lang));
  for (const ConflictRow& conflict : record.conflicts) {
    const FieldModel* const field = field_at(answer.collection, answer.collection.fields.size(), conflict.field);
    page.paragraph(conflict_sentence(lang, label_of(lang, field, conflict.field), conflict, field), 2);
  }
  page.line(to_type(say(lang, kHowToChoose), request));
}

void print_settled(Page& page, Lang lang, const SettleConflict& request, const RecordAnswer& answer) {
  const auto& cells = answer.record.cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].key != request.field) continue;
    const FieldModel* const field = field_at(answer.collection, i, cells[i].key);
    const std::string label = label_of(lang, field, cells[i].key);
    const std::string value = value_of(lang, field, cells[i]);
    page.paragraph(value.empty() ? say(lang, kSettledEmpty, title_text(lang, answer.record.title), label)
                                 : say(lang, kSettled, title_text(lang, answer.record.title), label, value));
  }
}

// One column of a list: a field's label above its values, as they are told.
struct Column {
  std::string label;
  std::vector<std::string> values;
  std::size_t width = 0;
};

// The column of one field, or nothing where no record has a value.
Column column_of(const Audience& audience, const Records& answer, std::size_t place) {
  const FieldModel& field = answer.collection.fields[place];
  Column column{cut_to(for_terminal(label_text(audience.lang, field.label)), kWidestCell), {}, 0};
  bool is_empty = true;
  for (const RecordModel& record : answer.records) {
    std::string value;
    if (place < record.cells.size()) {
      const FieldCell& cell = record.cells[place];
      value = joined(cell, [&](const std::string& each) { return short_text(audience, field, each); });
      value = cut_to(for_terminal(value), kWidestCell);
      if (cell.conflict) value += kMark;
    }
    is_empty = is_empty && value.empty();
    column.width = std::max(column.width, display_width(value));
    column.values.push_back(std::move(value));
  }
  column.width = is_empty ? 0 : std::max(column.width, display_width(column.label));
  return column;
}

struct Columns {
  std::vector<Column> fit;
  bool all = true;
};

// Those that fit beside id and title.
Columns columns_of(const Audience& audience, const Records& answer) {
  constexpr std::size_t kGap = 2;
  std::size_t title = 0;
  for (const RecordModel& record : answer.records) {
    title = std::max(title, display_width(for_terminal(title_text(audience.lang, record.title))));
  }
  std::size_t total = kGap + kShortIdDigits + kGap + std::min(title, kWidestCell);
  Columns columns;
  for (std::size_t place = 0; place < answer.collection.fields.size(); ++place) {
    if (answer.collection.fields[place].label.key == answer.collection.title) continue;
    Column column = column_of(audience, answer, place);
    if (column.width == 0) continue;
    if (total + kGap + column.width > kColumns) {
      columns.all = false;
      continue;
    }
    total += kGap + column.width;
    columns.fit.push_back(std::move(column));
  }
  return columns;
}

JsonObject record_members(const RecordModel& record, const CollectionModel& collection) {
  JsonArray cells;
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const FieldCell& cell = record.cells[i];
    const FieldModel* const field = field_at(collection, i, cell.key);
    const bool is_several =
        !cell.values.empty() || (field != nullptr && (field->merge == "set" || field->merge == "list"));
    JsonArray values;
    for (const std::string& value : cell.values) values.push_back(value);
    cells.push_back(JsonObject{{"key", cell.key},
                               {"value", is_several || cell.shown.empty() ? Json(nullptr) : Json(cell.shown)},
                               {"values", is_several ? Json(std::move(values)) : Json(nullptr)},
                               {"conflict", cell.conflict}});
  }
  JsonArray conflicts;
  for (const ConflictRow& conflict : record.conflicts) conflicts.push_back(conflict_members(conflict));
  return {{"id", to_text(record.id)},   {"collection", record.collection},   {"title", record.title},
          {"fields", std::move(cells)}, {"conflicts", std::move(conflicts)}, {"added_by", json_of(record.added_by)}};
}

}  // namespace

std::string title_text(Lang lang, const std::string& title) {
  return title.empty() ? say(lang, kNamelessRecord) : title;
}

namespace {

void print_erased(Page& page, Lang lang, const EraseRecord& erase, const RecordAnswer& answer) {
  // What was deleted before has no name any more.
  const std::string name = answer.deleted ? short_id(answer.record.id) : title_text(lang, answer.record.title);
  if (!answer.erased) {
    page.paragraph(say(lang, kWouldErase, name));
    const std::string command = "  kiem record erase " + answer.record.collection + " " + short_id(answer.record.id);
    page.line(to_type(command + " --sure", erase.initiative));
    return;
  }
  page.paragraph(say(lang, kErased, name));
  if (answer.kept > 0) page.paragraph(say_count(lang, answer.kept, kKept));
}

}  // namespace

void print_record(Page& page, const Audience& audience, const Request& request, const RecordAnswer& answer) {
  const Lang lang = audience.lang;
  const std::string title = title_text(lang, answer.record.title);
  if (const auto* const settle = std::get_if<SettleConflict>(&request)) {
    print_settled(page, lang, *settle, answer);
  } else if (std::holds_alternative<AddRecord>(request)) {
    page.line(to_text(answer.record.id));
    page.paragraph(say(lang, kRecordAdded, title));
  } else if (const auto* const erase = std::get_if<EraseRecord>(&request)) {
    print_erased(page, lang, *erase, answer);
  } else if (answer.deleted) {
    page.paragraph(say(lang, kDeleted, title));
    page.line(to_type("  kiem record restore " + answer.record.collection + " " + short_id(answer.record.id), request));
  } else if (std::holds_alternative<DeleteRecord>(request)) {
    page.paragraph(say(lang, kRecordRestored, title));
  } else {
    page.paragraph(std::holds_alternative<ChangeRecord>(request) ? say(lang, kRecordChanged, title) : title);
    print_whole(page, audience, request, answer);
  }
}

void print_records(Page& page, const Audience& audience, const Request& request, const Records& answer) {
  const Lang lang = audience.lang;
  const std::string name = label_text(lang, answer.collection.label);
  if (answer.records.empty()) {
    const auto* const asked = std::get_if<ListRecords>(&request);
    const bool is_part = asked != nullptr && (!asked->where.empty() || asked->skip > 0);
    if (is_part) return page.paragraph(say(lang, kNoneSuch, name));
    page.line(to_type(say(lang, kNoRecords, name, answer.collection.label.key), request));
    return;
  }
  page.line(say_count(lang, answer.records.size(), kRecords, name));
  page.blank();
  const Columns columns = columns_of(audience, answer);
  Table table;
  table.columns = std::vector<Table::Column>(2 + columns.fit.size());
  table.columns[1].flexible = true;
  const FieldModel* const named = field_at(answer.collection, 0, answer.collection.title);
  std::vector<std::string> head{"", named == nullptr ? "" : label_text(lang, named->label)};
  for (const Column& column : columns.fit) head.push_back(column.label);
  table.rows.push_back(std::move(head));
  bool is_marked = false;
  for (std::size_t i = 0; i < answer.records.size(); ++i) {
    std::vector<std::string> row{short_id(answer.records[i].id), title_text(lang, answer.records[i].title)};
    for (const Column& column : columns.fit) {
      is_marked = is_marked || column.values[i].ends_with(kMark);
      row.push_back(column.values[i]);
    }
    table.rows.push_back(std::move(row));
  }
  page.table(table);
  if (!columns.all || !answer.complete || is_marked) page.blank();
  if (is_marked) page.line(to_type(say(lang, kMarkMeans), request));
  if (!columns.all) page.line(to_type(say(lang, kNotAllFits, answer.collection.label.key), request));
  if (!answer.complete) page.paragraph(say(lang, kMoreRecords));
}

void print_found(Page& page, const Audience& audience, const FoundTexts& answer) {
  const Lang lang = audience.lang;
  if (answer.found.empty()) page.line(say(lang, kFoundNothing));
  for (const FoundText& found : answer.found) {
    const std::string where =
        say(lang, kFoundIn, title_text(lang, found.title), field_text(lang, found.field, found.words));
    page.field(short_id(found.record), where, kShortIdDigits);
    page.field("", found.excerpt, kShortIdDigits);
  }
  if (!answer.complete) page.line(say(lang, kFoundMore));
}

Json json_of(const RecordAnswer& answer) {
  JsonObject members = record_members(answer.record, answer.collection);
  members.push_back({"deleted", answer.deleted});
  members.push_back({"erased", answer.erased});
  members.push_back({"kept", answer.kept});
  return members;
}

Json json_of(const Records& answer) {
  JsonArray records;
  for (const RecordModel& record : answer.records) records.push_back(record_members(record, answer.collection));
  return JsonObject{
      {"collection", json_of(answer.collection)}, {"records", std::move(records)}, {"complete", answer.complete}};
}

Json json_of(const FoundTexts& answer) {
  JsonArray found;
  for (const FoundText& each : answer.found) {
    found.push_back(JsonObject{{"record", to_text(each.record)},
                               {"collection", each.collection},
                               {"title", each.title},
                               {"field", each.field},
                               {"excerpt", each.excerpt}});
  }
  return JsonObject{{"found", std::move(found)}, {"complete", answer.complete}};
}

}  // namespace kiem::cli
