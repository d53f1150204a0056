#include "gui/model/due.hpp"

#include "core/l10n/keep.hpp"
#include "core/l10n/schema.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/due.hpp"
#include "gui/text/records.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

std::string due_title(Lang lang, const std::string& title) {
  return title.empty() ? say(lang, text::records::kNameless) : title;
}

DueModel::Row due_row(Lang lang, const DueRow& from, bool is_asked) {
  DueModel::Row row;
  row.record = from.id;
  row.title = due_title(lang, from.title);
  row.detail = say(lang, from.deleted ? text::due::kRowDeleted : text::due::kRow, label_text(lang, from.collection),
                   text::capitalised(due_text(lang, from)));
  if (!from.deleted) row.open = opening(from.collection.key, from.id);
  if (is_asked) {
    row.question = say(lang, text::due::kSure, row.title);
    row.buttons = {Button{say(lang, text::due::kYes), RecordIntent(EraseAsked{})},
                   Button{say(lang, text::confirm::kNo), RecordIntent(LeaveAsked{}), Weight::quiet}};
  } else {
    row.buttons = {Button{say(lang, text::due::kErase), RecordIntent(AskErase{from.id}), Weight::quiet}};
  }
  return row;
}

}  // namespace

Intent opening(const std::string& collection, const RecordId& record) {
  if (collection == "task") return OpenTask{record};
  if (collection == "place") return ShowPlace{record};
  if (collection == "principal" || collection == "person") return GoTo{Page::people};
  return RecordIntent(OpenRecord{collection, record});
}

std::optional<DueModel> due_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  if (initiative == nullptr || initiative->due.value_or(0) == 0) return std::nullopt;
  DueModel model;
  model.told = say(lang, text::due::kTold, due_count_text(lang, *initiative->due));
  model.toggle =
      Button{say(lang, state.due_open ? text::due::kHide : text::due::kShow), RecordIntent(ToggleDue{}), Weight::quiet};
  if (!state.due_open) return model;
  if (!facts.due || facts.due_in != to_text(initiative->id)) {
    model.note = say(lang, text::task::kStillLoading);
    return model;
  }
  for (const DueRow& each : facts.due->rows) model.rows.push_back(due_row(lang, each, state.erasing == each.id));
  if (!facts.due->complete) {
    model.note = say(lang, facts.due->missing.any() ? text::due::kUnread : text::due::kMore);
  }
  return model;
}

void add_due_query(const UiState& state, const InitiativeNaming& initiative, std::vector<NodeRequest>& queries) {
  if (state.page != Page::lists || !state.due_open || !state.today) return;
  queries.emplace_back(ListDue{initiative, {}, *state.today, kDueShown});
}

void take_due(Facts& facts, const UiState& state, const Request& asked, const DueRecords& answer) {
  const auto* const list = std::get_if<ListDue>(&asked);
  if (list == nullptr || !state.due_open) return;
  if (!state.initiative || list->initiative.text != to_text(*state.initiative)) return;
  facts.due = answer;
  facts.due_in = list->initiative.text;
}

void take_erased(Facts& facts, UiState& state, const EraseRecord& asked, const RecordAnswer& answer) {
  if (!answer.erased) return;
  const Lang lang = state.settings.lang;
  const RecordId& id = answer.record.id;
  // What was taken away before has no name in the answer.
  std::string title = answer.record.title;
  if (facts.due && facts.due_in == asked.initiative.text) {
    for (const DueRow& row : facts.due->rows) {
      if (row.id == id) title = row.title;
    }
    std::erase_if(facts.due->rows, [&](const DueRow& row) { return row.id == id; });
  }
  std::erase_if(state.deleted, [&](const Deleted& each) { return each.record == id; });
  if (facts.record && facts.record->record.id == id) facts.record.reset();
  std::string told = say(lang, text::due::kErased, due_title(lang, title));
  if (answer.kept > 0) told += " " + say_count(lang, answer.kept, text::due::kKept);
  state.notice = Notice{Notice::Kind::done, std::move(told), {}};
}

void forget_due(Facts& facts, UiState& state) {
  state.due_open = false;
  state.erasing.reset();
  facts.due.reset();
}

}  // namespace kiem::model
