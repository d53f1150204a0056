// The form that is made from a schema's fields.
#include <algorithm>

#include "core/l10n/dates.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/schema.hpp"
#include "gui/model/records.hpp"
#include "gui/model/search.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/records.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/start.hpp"

namespace kiem::model {
namespace {

using Item = RecordForm::Item;
using Into = RecordForm::Box::Into;

// So many stand there as pills; from among more one searches.
constexpr std::size_t kMostOptions = 8;

std::vector<Candidate> candidates_of(Lang lang, const Facts& facts, const FieldModel& field) {
  std::vector<Candidate> all;
  if (field.type == "choice") {
    for (const Label& choice : field.choices) all.push_back({choice.key, label_text(lang, choice)});
  } else if (field.type == "person" && facts.people) {
    for (const PersonRow& row : facts.people->people) {
      all.push_back({to_text(row.person.id), person_name(lang, row.person)});
    }
  } else if (field.type == "record") {
    for (const Records& records : facts.referred) {
      if (records.collection.label.key != field.of) continue;
      for (const RecordModel& record : records.records) {
        all.push_back({to_text(record.id), record.title.empty() ? say(lang, text::records::kNameless) : record.title});
      }
    }
  }
  return all;
}

bool stands(const Candidate& candidate, FieldForm form, const DraftField& draft) {
  if (form == FieldForm::pick) return is_picked(candidate, draft.text);
  return std::any_of(draft.values.begin(), draft.values.end(),
                     [&](const std::string& value) { return is_picked(candidate, value); });
}

void add_options(Lang lang, const Facts& facts, const FieldModel& field, const DraftField& draft, Item& item) {
  const FieldForm form = form_of(field);
  const std::vector<Candidate> all = candidates_of(lang, facts, field);
  if (all.empty()) {
    item.options_note = say(lang, text::records::kNobodyToPick);
    return;
  }
  const bool is_searched = all.size() > kMostOptions && field.type != "choice";
  if (is_searched) {
    item.boxes.push_back(
        {say(lang, text::records::kFilter, label_text(lang, field.label)), draft.beside, {}, Into::beside, 0});
  }
  const std::vector<std::string> wanted = search_words(draft.beside);
  const auto show = [&](const Candidate& each, bool on) {
    item.options.push_back({each.name, RecordIntent(PickValue{item.field, each}), Weight::secondary, true, on});
  };
  // What stands there comes first, whatever is searched for.
  if (is_searched) {
    for (const Candidate& each : all) {
      if (stands(each, form, draft)) show(each, true);
    }
  }
  std::size_t shown = 0;
  for (const Candidate& each : all) {
    const bool on = stands(each, form, draft);
    if (is_searched && (on || (!wanted.empty() && !has_all(folded(each.name), wanted)))) continue;
    if (is_searched && shown == kMostOptions) {
      item.options_note = say(lang, text::records::kMoreToPick);
      return;
    }
    ++shown;
    show(each, on);
  }
}

std::string help_of(Lang lang, const Facts& facts, const RecordDraft& draft, const FieldModel& field) {
  std::string help;
  if (field.merge == "tally") {
    help = say(lang, text::records::kTallyNone);
    if (draft.record && facts.record && facts.record->record.id == *draft.record) {
      for (const FieldCell& cell : facts.record->record.cells) {
        if (cell.key == field.label.key && !cell.shown.empty()) help = say(lang, text::records::kTallyHelp, cell.shown);
      }
    }
  }
  const auto more = [&](const std::string& text) {
    if (!help.empty()) help += ' ';
    help += text;
  };
  if (field.type == "integer") more(say(lang, text::records::kWholeHelp));
  if (field.type == "date") more(say(lang, text::records::kDateHelp));
  if (field.type == "time") more(say(lang, text::records::kTimeHelp));
  if (field.type == "length") more(say(lang, text::records::kLengthHelp));
  if (field.circle != draft.collection.home) more(text::capitalised(circle_text(lang, field.circle)) + '.');
  if (field.about_person) more(say(lang, text::records::kAboutPerson));
  return help;
}

Item item_of(Lang lang, const Facts& facts, const RecordDraft& draft, std::size_t at) {
  const FieldModel& field = draft.collection.fields[at];
  const DraftField& written = draft.fields[at];
  const std::string label = label_text(lang, field.label);
  Item item;
  item.field = at;
  std::string help = help_of(lang, facts, draft, field);
  const FieldForm form = form_of(field);
  if (form == FieldForm::line) {
    item.boxes.push_back({label, written.text, std::move(help), Into::field, 0});
    return item;
  }
  item.caption = label;
  item.help = std::move(help);
  if (form == FieldForm::paragraphs) {
    for (std::size_t i = 0; i < written.values.size(); ++i) {
      item.boxes.push_back({say(lang, text::records::kParagraph, label, std::to_string(i + 1)),
                            written.values[i],
                            {},
                            Into::paragraph,
                            i});
    }
    item.add = Button{say(lang, text::records::kAddParagraph), RecordIntent(AddValue{at}), Weight::secondary};
  } else if (form == FieldForm::some) {
    for (std::size_t i = 0; i < written.values.size(); ++i) {
      item.drops.push_back({say(lang, text::records::kDropValue, cell_text(lang, field, written.values[i])),
                            RecordIntent(DropValue{at, i}), Weight::secondary});
    }
    item.boxes.push_back({say(lang, text::records::kOneMore, label), written.beside, {}, Into::beside, 0});
    item.add = Button{say(lang, text::records::kAddValue), RecordIntent(AddValue{at}), Weight::secondary};
  } else {
    add_options(lang, facts, field, written, item);
  }
  return item;
}

}  // namespace

Intent typed_in(const Item& item, const RecordForm::Box& box, std::string text) {
  switch (box.into) {
    case Into::field:
      break;
    case Into::beside:
      return RecordIntent(WriteBeside{item.field, std::move(text)});
    case Into::paragraph:
      return RecordIntent(WriteParagraph{item.field, box.at, std::move(text)});
  }
  return RecordIntent(WriteField{item.field, std::move(text)});
}

RecordForm record_form(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  RecordForm form;
  form.back = {say(lang, text::shell::kBack), GoBack{}, Weight::secondary};
  const bool busy = state.busy != Busy::no;
  form.save = {say(lang, busy ? text::first::kBusy : text::records::kSave), RecordIntent(SaveRecord{}), Weight::primary,
               !busy};
  if (!state.draft) return form;
  const RecordDraft& draft = *state.draft;
  form.title = draft.record ? say(lang, text::records::kEditTitle,
                                  draft.title.empty() ? say(lang, text::records::kNameless) : draft.title)
                            : say(lang, text::records::kNewTitle, label_text(lang, draft.collection.label));
  for (std::size_t i = 0; i < draft.fields.size(); ++i) {
    if (form_of(draft.collection.fields[i]) != FieldForm::none) form.items.push_back(item_of(lang, facts, draft, i));
  }
  return form;
}

}  // namespace kiem::model
