#include "gui/model/records.hpp"

#include <algorithm>

#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/schema.hpp"
#include "gui/model/record_rights.hpp"
#include "gui/model/search.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/records.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

constexpr std::size_t kLinesOfCard = 3;

const CollectionModel* collection_of(const Facts& facts, std::string_view key) {
  if (!facts.schema) return nullptr;
  const auto& all = facts.schema->collections;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.label.key == key; });
  return found == all.end() ? nullptr : &*found;
}

const FieldModel* field_in(const CollectionModel& collection, std::size_t place, std::string_view key) {
  const auto& fields = collection.fields;
  if (place < fields.size() && fields[place].label.key == key) return &fields[place];
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.label.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

std::string title_or_none(Lang lang, const std::string& title) {
  return title.empty() ? say(lang, text::records::kNameless) : title;
}

// Values in one line, as people read them.
std::string in_one_line(Lang lang, const FieldModel& field, const FieldCell& cell) {
  if (cell.values.empty()) return cell_text(lang, field, cell.shown);
  std::string line;
  for (const std::string& value : cell.values) {
    if (!line.empty()) line += ", ";
    line += cell_text(lang, field, value);
  }
  return line;
}

RecordCard record_card(Lang lang, const CollectionModel& collection, const RecordModel& record) {
  RecordCard card;
  card.record = record.id;
  card.title = title_or_none(lang, record.title);
  card.open = RecordIntent(OpenRecord{collection.label.key, record.id});
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const FieldCell& cell = record.cells[i];
    const FieldModel* const field = field_in(collection, i, cell.key);
    if (field == nullptr || cell.key == collection.title) continue;
    std::string value = in_one_line(lang, *field, cell);
    if (value.empty()) continue;
    // The first choice says how it stands with it.
    if (card.chips.empty() && field->type == "choice" && field->merge == "one") {
      card.chips.push_back({std::move(value), Tone::neutral});
    } else if (card.lines.size() < kLinesOfCard && field->merge != "text") {
      card.lines.push_back(say(lang, text::records::kLabelled, label_text(lang, field->label), value));
    }
  }
  if (!record.conflicts.empty()) card.chips.push_back({say(lang, text::records::kMoreAnswers), Tone::attention});
  return card;
}

// All that is written in it, to be searched.
std::string all_text(Lang lang, const CollectionModel& collection, const RecordModel& record) {
  std::string all = record.title;
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const FieldModel* const field = field_in(collection, i, record.cells[i].key);
    all += '\n';
    if (field != nullptr) all += in_one_line(lang, *field, record.cells[i]);
  }
  return folded(all);
}

RecordPage::Line record_line(Lang lang, const RecordAnswer& answer, std::size_t at, bool settles) {
  const FieldCell& cell = answer.record.cells[at];
  const FieldModel& field = answer.collection.fields[at];
  RecordPage::Line line;
  line.label = label_text(lang, field.label);
  for (const std::string& value : cell.values) line.values.push_back(cell_text(lang, field, value));
  if (cell.values.empty() && !cell.shown.empty()) line.values.push_back(cell_text(lang, field, cell.shown));
  line.blank = line.values.empty();
  if (line.blank) line.values.push_back(say(lang, text::records::kEmptyField));
  for (const ConflictRow& conflict : answer.record.conflicts) {
    if (conflict.field != cell.key) continue;
    if (!line.apart.empty()) line.apart += '\n';
    line.apart += conflict_sentence(lang, line.label, conflict, &field);
    for (std::uint32_t side = 0; settles && side < conflict.sides.size(); ++side) {
      const std::string value = cell_text(lang, field, conflict.sides[side].value);
      line.choices.push_back(
          {value.empty() ? say(lang, text::records::kChooseEmpty) : say(lang, text::records::kChoose, value),
           RecordIntent(ChooseSide{answer.record.id, conflict.field, side + 1}), Weight::secondary});
    }
  }
  return line;
}

ListsModel::Row found_row(Lang lang, const Facts& facts, const FoundText& found) {
  const CollectionModel* const collection = collection_of(facts, found.collection);
  const FieldModel* field = nullptr;
  if (collection != nullptr) field = field_in(*collection, collection->fields.size(), found.field);
  const std::string list = collection == nullptr ? found.collection : label_text(lang, collection->label);
  const std::string label = field == nullptr ? field_name(lang, found.field) : label_text(lang, field->label);
  ListsModel::Row row{
      title_or_none(lang, found.title), say(lang, text::records::kFoundIn, list, label, found.excerpt), {}, {}};
  row.open = opening(found.collection, found.record);
  return row;
}

}  // namespace

bool has_lists(const Facts& facts) {
  return facts.schema && std::any_of(facts.schema->collections.begin(), facts.schema->collections.end(),
                                     [](const CollectionModel& each) { return !each.first; });
}

ListsModel lists_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  ListsModel model;
  model.title = say(lang, text::records::kLists);
  if (!facts.schema) {
    model.subtitle = say(lang, text::task::kStillLoading);
    return model;
  }
  model.subtitle = say(lang, text::records::kListsSubtitle);
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  if (initiative != nullptr && initiative->my_role == kiem::Role::coordinator) {
    model.how_to_add = say(lang, text::records::kHowToAdd);
  }
  const bool finds = has_lists(facts) && !search_words(typed(state, Field::find)).empty();
  if (!finds) model.due = due_model(reader, facts, state);
  if (!has_lists(facts)) {
    model.empty = Empty{say(lang, text::records::kNoLists), say(lang, text::records::kNoListsHelp), std::nullopt};
    return model;
  }
  model.find_label = say(lang, text::records::kFindAll);
  model.find = typed(state, Field::find);
  if (finds) {
    for (const FoundText& found : facts.found ? facts.found->found : std::vector<FoundText>{}) {
      model.found.push_back(found_row(lang, facts, found));
    }
    if (!facts.found) {
      model.found_note = say(lang, text::task::kStillLoading);
    } else if (model.found.empty()) {
      model.found_note = say(lang, text::records::kFoundNothing);
    } else if (!facts.found->complete) {
      model.found_note = say(lang, text::records::kFoundMore);
    }
    return model;
  }
  for (const CollectionModel& each : facts.schema->collections) {
    if (each.first) continue;
    model.lists.push_back({label_text(lang, each.label),
                           say(lang, text::records::kReadWrite, text::capitalised(circle_text(lang, each.home)),
                               writers_text(lang, each.writers)),
                           say_count(lang, each.records, text::records::kThings),
                           RecordIntent(OpenCollection{each.label.key})});
  }
  return model;
}

RecordsModel records_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  RecordsModel model;
  const CollectionModel* const known = state.collection ? collection_of(facts, *state.collection) : nullptr;
  if (known != nullptr) model.title = label_text(lang, known->label);
  const bool is_here = facts.records && state.collection == facts.records->collection.label.key;
  if (!is_here) {
    model.subtitle = say(lang, text::task::kStillLoading);
    return model;
  }
  const Records& records = *facts.records;
  model.title = label_text(lang, records.collection.label);
  model.subtitle = say_count(lang, records.collection.records, text::records::kThings);
  model.search_label = say(lang, text::records::kSearch, model.title);
  model.search = typed(state, Field::records_search);
  if (may_add_to(facts, state.initiative, records.collection)) {
    model.add = Button{say(lang, text::records::kAdd), RecordIntent(BeginRecord{true})};
  }
  const std::vector<std::string> wanted = search_words(model.search);
  for (const RecordModel& record : records.records) {
    if (!wanted.empty() && !has_all(all_text(lang, records.collection, record), wanted)) continue;
    model.cards.push_back(record_card(lang, records.collection, record));
  }
  if (records.records.empty()) {
    model.empty = Empty{say(lang, text::records::kNone), say(lang, text::records::kNoneHelp), model.add};
  } else if (model.cards.empty()) {
    model.empty = Empty{say(lang, text::records::kNoneSuch), say(lang, text::records::kNoneSuchHelp),
                        Button{say(lang, text::records::kShowAll), Type{Field::records_search, {}}, Weight::secondary}};
  }
  if (!records.complete) model.not_all = say(lang, text::records::kNotAll);
  for (const Deleted& each : state.deleted) {
    if (each.collection != records.collection.label.key) continue;
    model.deleted.push_back({say(lang, text::records::kPutBack, title_or_none(lang, each.title)),
                             RecordIntent(RestoreRecord{each}), Weight::secondary});
  }
  if (!model.deleted.empty()) model.deleted_caption = say(lang, text::records::kJustDeleted);
  return model;
}

RecordPage record_page(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  RecordPage page;
  const bool is_here = facts.record && state.record == facts.record->record.id;
  if (!is_here) {
    const bool is_gone = state.gone == state.record;
    page.empty = Empty{say(lang, is_gone ? text::records::kGone : text::task::kStillLoading),
                       say(lang, is_gone ? text::records::kGoneHelp : text::task::kWorksOffline), std::nullopt};
    return page;
  }
  const RecordAnswer& answer = *facts.record;
  page.title = title_or_none(lang, answer.record.title);
  page.subtitle = label_text(lang, answer.collection.label);
  const bool writes = may_change(facts, state.initiative, answer.collection, answer.record);
  for (std::size_t i = 0; i < answer.record.cells.size() && i < answer.collection.fields.size(); ++i) {
    RecordPage::Line line = record_line(lang, answer, i, writes);
    // The title stands above, unless there is more to say of it.
    if (answer.record.cells[i].key != answer.collection.title || !line.apart.empty()) {
      page.lines.push_back(std::move(line));
    }
  }
  if (!answer.record.added_by.name.empty()) {
    page.added_by = say(lang, text::records::kAddedBy, person_name(lang, answer.record.added_by));
  }
  if (!writes) return page;
  page.edit = Button{say(lang, text::records::kEdit), RecordIntent(BeginRecord{false})};
  page.remove = Button{say(lang, text::records::kDelete), RecordIntent(RemoveRecord{}), Weight::quiet};
  return page;
}

}  // namespace kiem::model
