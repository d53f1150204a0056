#include "gui/model/due.hpp"

#include "core/l10n/keep.hpp"
#include "core/l10n/schema.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/due.hpp"
#include "gui/text/records.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

DueModel::Row due_row(Lang lang, const DueRow& from) {
  DueModel::Row row;
  row.record = from.id;
  row.title = from.title.empty() ? say(lang, text::records::kNameless) : from.title;
  row.detail = say(lang, from.deleted ? text::due::kRowDeleted : text::due::kRow, label_text(lang, from.collection),
                   text::capitalised(due_text(lang, from)));
  if (!from.deleted) row.open = opening(from.collection.key, from.id);
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
  for (const DueRow& each : facts.due->rows) model.rows.push_back(due_row(lang, each));
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

void forget_due(Facts& facts, UiState& state) {
  state.due_open = false;
  facts.due.reset();
}

}  // namespace kiem::model
