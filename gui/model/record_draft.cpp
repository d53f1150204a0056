#include "gui/model/record_draft.hpp"

#include <algorithm>

#include "core/l10n/dates.hpp"
#include "gui/model/drafts.hpp"

namespace kiem::model {
namespace {

std::vector<std::string> paragraphs_of(const std::string& text) {
  std::vector<std::string> paragraphs;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    paragraphs.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return paragraphs;
}

// Blank ones are no paragraphs.
std::string text_of(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& each : paragraphs) {
    if (is_blank(each)) continue;
    if (!text.empty()) text += '\n';
    text += each;
  }
  return text;
}

// 2027-04-17 as people write it, 17-04-2027; all else as it stands.
std::string written(const FieldModel& field, const std::string& value) {
  if (field.type != "date" || !from_iso_date(value) || value.size() != 10) return value;
  return value.substr(8, 2) + '-' + value.substr(5, 2) + '-' + value.substr(0, 4);
}

DraftField field_from(const FieldModel& field, const FieldCell& cell) {
  DraftField draft;
  switch (form_of(field)) {
    case FieldForm::none:
      break;
    case FieldForm::line:
    case FieldForm::pick:
      // A tally is added to; what it came to stands beside it.
      if (field.merge != "tally") draft.text = written(field, cell.shown);
      break;
    case FieldForm::pick_some:
    case FieldForm::some:
      for (const std::string& value : cell.values) draft.values.push_back(written(field, value));
      break;
    case FieldForm::paragraphs:
      draft.values = paragraphs_of(cell.shown);
      break;
  }
  return draft;
}

// What is typed and not yet among the others belongs to them.
std::vector<std::string> all_values(FieldForm form, const DraftField& field) {
  std::vector<std::string> values = field.values;
  if (form == FieldForm::some && !is_blank(field.beside)) values.push_back(field.beside);
  return values;
}

// What LESS lacks of MORE, each as often as it stands there.
std::vector<std::string> beyond(const std::vector<std::string>& more, std::vector<std::string> less) {
  std::vector<std::string> left;
  for (const std::string& each : more) {
    const auto found = std::find(less.begin(), less.end(), each);
    if (found == less.end()) {
      left.push_back(each);
    } else {
      less.erase(found);
    }
  }
  return left;
}

}  // namespace

FieldForm form_of(const FieldModel& field) {
  if (field.type == "device") return FieldForm::none;
  if (field.merge == "text") return FieldForm::paragraphs;
  const bool is_picked = field.type == "choice" || field.type == "person" || field.type == "record";
  if (field.merge == "set" || field.merge == "list") return is_picked ? FieldForm::pick_some : FieldForm::some;
  return is_picked ? FieldForm::pick : FieldForm::line;
}

std::vector<std::string> RecordDraft::refers_to() const {
  std::vector<std::string> keys;
  for (const FieldModel& field : collection.fields) {
    if (field.of.empty() || std::find(keys.begin(), keys.end(), field.of) != keys.end()) continue;
    keys.push_back(field.of);
  }
  return keys;
}

bool RecordDraft::names_people() const {
  return std::any_of(collection.fields.begin(), collection.fields.end(),
                     [](const FieldModel& field) { return field.type == "person"; });
}

RecordDraft new_draft(const CollectionModel& collection) {
  RecordDraft draft;
  draft.collection = collection;
  draft.fields.resize(collection.fields.size());
  draft.before = draft.fields;
  return draft;
}

RecordDraft draft_of(const CollectionModel& collection, const RecordModel& record) {
  RecordDraft draft = new_draft(collection);
  draft.record = record.id;
  draft.title = record.title;
  for (std::size_t i = 0; i < collection.fields.size() && i < record.cells.size(); ++i) {
    draft.fields[i] = field_from(collection.fields[i], record.cells[i]);
  }
  draft.before = draft.fields;
  return draft;
}

bool is_picked(const Candidate& candidate, std::string_view standing) {
  return !standing.empty() && (candidate.value == standing || candidate.name == standing);
}

void pick(DraftField& field, FieldForm form, const Candidate& candidate) {
  if (form == FieldForm::pick) {
    field.text = is_picked(candidate, field.text) ? std::string() : candidate.value;
    return;
  }
  const auto found = std::find_if(field.values.begin(), field.values.end(),
                                  [&](const std::string& value) { return is_picked(candidate, value); });
  if (found == field.values.end()) {
    field.values.push_back(candidate.value);
  } else {
    field.values.erase(found);
  }
}

AddRecord addition(const RecordDraft& draft, const InitiativeNaming& initiative) {
  AddRecord add{initiative, draft.collection.label.key, {}};
  for (std::size_t i = 0; i < draft.fields.size(); ++i) {
    const std::string& key = draft.collection.fields[i].label.key;
    const FieldForm form = form_of(draft.collection.fields[i]);
    const DraftField& field = draft.fields[i];
    if (form == FieldForm::paragraphs) {
      if (std::string text = text_of(field.values); !text.empty()) add.fields.push_back({key, std::move(text)});
    } else if (!is_blank(field.text)) {
      add.fields.push_back({key, field.text});
    } else if (form != FieldForm::line) {
      for (std::string& value : all_values(form, field)) add.fields.push_back({key, std::move(value)});
    }
  }
  return add;
}

std::optional<ChangeRecord> change(const RecordDraft& draft, const InitiativeNaming& initiative) {
  ChangeRecord change;
  change.initiative = initiative;
  change.collection = draft.collection.label.key;
  if (draft.record) change.record = {to_text(*draft.record)};
  for (std::size_t i = 0; i < draft.fields.size(); ++i) {
    const FieldModel& model = draft.collection.fields[i];
    const std::string& key = model.label.key;
    const FieldForm form = form_of(model);
    const bool is_long = form == FieldForm::paragraphs;
    if (form == FieldForm::some || form == FieldForm::pick_some) {
      const std::vector<std::string> now = all_values(form, draft.fields[i]);
      for (std::string& value : beyond(now, draft.before[i].values)) change.add.push_back({key, std::move(value)});
      for (std::string& value : beyond(draft.before[i].values, now)) change.remove.push_back({key, std::move(value)});
      continue;
    }
    std::string now = is_long ? text_of(draft.fields[i].values) : draft.fields[i].text;
    const std::string before = is_long ? text_of(draft.before[i].values) : draft.before[i].text;
    if (now == before) continue;
    if (model.merge == "tally") {
      if (!is_blank(now)) change.add.push_back({key, std::move(now)});
    } else if (is_blank(now)) {
      change.clear.push_back(key);
    } else {
      change.set.push_back({key, std::move(now)});
    }
  }
  const bool any = !change.set.empty() || !change.clear.empty() || !change.add.empty() || !change.remove.empty();
  return any ? std::optional(std::move(change)) : std::nullopt;
}

}  // namespace kiem::model
