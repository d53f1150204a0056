#include "gui/model/record_acts.hpp"

#include <algorithm>

#include "core/l10n/records.hpp"
#include "core/l10n/schema.hpp"
#include "gui/model/drafts.hpp"
#include "gui/model/due.hpp"
#include "gui/text/records.hpp"
#include "gui/text/shell.hpp"

namespace kiem::model {
namespace {

constexpr std::size_t kDeletedKept = 5;
constexpr std::uint32_t kFoundShown = 50;

struct RecordApplier {
  Step& step;
  const Facts& facts;

  UiState& state() const { return step.state; }
  [[nodiscard]] InitiativeNaming naming() const {
    const InitiativeRow* const initiative = initiative_of(facts, state().initiative);
    return {initiative == nullptr ? std::string() : to_text(initiative->id)};
  }
  void open(Page page) const {
    push_page(state(), page);
    step.requests = queries_of(state());
  }
  // Null when there is no such field in the form, or no form.
  [[nodiscard]] DraftField* field(std::size_t at) const {
    return state().draft && at < state().draft->fields.size() ? &state().draft->fields[at] : nullptr;
  }

  void operator()(const OpenCollection& intent) const {
    if (state().collection != intent.key) typed(state(), Field::records_search).clear();
    state().collection = intent.key;
    open(Page::records);
  }
  void operator()(const OpenRecord& intent) const {
    state().collection = intent.collection;
    state().record = intent.record;
    state().gone.reset();
    open(Page::record);
  }
  void operator()(const BeginRecord& intent) const {
    if (intent.anew ? !facts.records : !facts.record) return;
    RecordDraft draft =
        intent.anew ? new_draft(facts.records->collection) : draft_of(facts.record->collection, facts.record->record);
    const std::optional<RecordDraft>& now = state().draft;
    const bool goes_on = now && now->collection.label.key == draft.collection.label.key &&
                         now->record == draft.record && now->fields.size() == draft.fields.size() &&
                         now->fields != now->before;
    if (!goes_on) state().draft = std::move(draft);
    open(Page::edit_record);
  }
  void operator()(const WriteField& intent) const {
    if (DraftField* const to = field(intent.field)) to->text = intent.text;
  }
  void operator()(const WriteBeside& intent) const {
    if (DraftField* const to = field(intent.field)) to->beside = intent.text;
  }
  void operator()(const WriteParagraph& intent) const {
    DraftField* const to = field(intent.field);
    if (to != nullptr && intent.at < to->values.size()) to->values[intent.at] = intent.text;
  }
  void operator()(const PickValue& intent) const {
    if (DraftField* const to = field(intent.field)) {
      pick(*to, form_of(state().draft->collection.fields[intent.field]), intent.candidate);
    }
  }
  void operator()(const AddValue& intent) const {
    DraftField* const to = field(intent.field);
    if (to == nullptr) return;
    const bool is_long = form_of(state().draft->collection.fields[intent.field]) == FieldForm::paragraphs;
    if (!is_long && is_blank(to->beside)) return;
    to->values.push_back(std::exchange(to->beside, {}));
  }
  void operator()(const DropValue& intent) const {
    DraftField* const to = field(intent.field);
    if (to == nullptr || intent.at >= to->values.size()) return;
    to->values.erase(to->values.begin() + static_cast<std::ptrdiff_t>(intent.at));
  }
  void operator()(const SaveRecord&) const {
    if (!state().draft || state().busy != Busy::no) return;
    const RecordDraft& draft = *state().draft;
    state().notice.reset();
    if (!draft.record) {
      state().busy = Busy::adding;
      step.requests.emplace_back(addition(draft, naming()));
    } else if (auto changed = change(draft, naming())) {
      state().busy = Busy::adding;
      step.requests.emplace_back(*std::move(changed));
    } else {
      state().draft.reset();
      pop_page(state(), Page::record);
    }
  }
  void operator()(const RemoveRecord&) const {
    if (!state().record || !state().collection) return;
    step.requests.emplace_back(DeleteRecord{naming(), *state().collection, {to_text(*state().record)}, false});
  }
  void operator()(const RestoreRecord& intent) const {
    state().notice.reset();
    step.requests.emplace_back(DeleteRecord{naming(), intent.what.collection, {to_text(intent.what.record)}, true});
  }
  void operator()(const ToggleDue&) const {
    state().due_open = !state().due_open;
    state().erasing.reset();
    if (state().due_open) step.requests = queries_of(state());
  }
  void operator()(const AskErase& intent) const {
    state().notice.reset();
    state().erasing = intent.record;
  }
  void operator()(const LeaveAsked&) const { state().erasing.reset(); }
  void operator()(const EraseAsked&) const {
    const auto asked = std::exchange(state().erasing, std::nullopt);
    if (!asked || !facts.due) return;
    for (const DueRow& row : facts.due->rows) {
      if (row.id == *asked)
        step.requests.emplace_back(EraseRecord{naming(), row.collection.key, {to_text(row.id)}, true});
    }
  }
  void operator()(const TakeBackLast&) const {
    state().notice.reset();
    step.requests.emplace_back(UndoAct{naming(), {}});
  }
  void operator()(const ChooseSide& intent) const {
    step.requests.emplace_back(kiem::SettleConflict{naming(), {to_text(intent.record)}, intent.field, intent.side});
  }
};

// What a thing is called in a sentence.
std::string called(Lang lang, const RecordModel& record) {
  return record.title.empty() ? say(lang, text::records::kNameless) : record.title;
}

void offer(UiState& state, std::string text, TakeBack take_back) {
  state.notice = Notice{Notice::Kind::done, std::move(text), {}, std::move(take_back)};
}

}  // namespace

void apply_record(Step& step, const Facts& facts, const RecordIntent& intent) {
  std::visit(RecordApplier{step, facts}, intent);
}

void add_record_queries(const UiState& state, const InitiativeNaming& initiative, std::vector<NodeRequest>& queries) {
  const auto list = [&](const std::string& collection) {
    ListRecords records;
    records.initiative = initiative;
    records.collection = collection;
    records.limit = kListedRecords;
    queries.emplace_back(std::move(records));
  };
  const std::string& wanted = typed(state, Field::find);
  if (state.page == Page::lists && !is_blank(wanted)) {
    queries.emplace_back(SearchText{initiative, wanted, kFoundShown});
  }
  add_due_query(state, initiative, queries);
  if (state.page == Page::records && state.collection) list(*state.collection);
  if (state.page == Page::record && state.collection && state.record) {
    queries.emplace_back(ShowRecord{initiative, *state.collection, {to_text(*state.record)}});
  }
  if (state.page != Page::edit_record || !state.draft) return;
  if (state.draft->names_people()) queries.emplace_back(ListPeople{initiative});
  for (const std::string& collection : state.draft->refers_to()) list(collection);
}

void take_records(Facts& facts, const UiState& state, const Request& asked, const Records& answer) {
  const auto* const list = std::get_if<ListRecords>(&asked);
  if (list == nullptr || (state.initiative && list->initiative.text != to_text(*state.initiative))) return;
  const std::string& key = answer.collection.label.key;
  if (state.collection == key) facts.records = answer;
  const auto known = std::find_if(facts.referred.begin(), facts.referred.end(),
                                  [&](const Records& each) { return each.collection.label.key == key; });
  if (known != facts.referred.end()) {
    *known = answer;
  } else {
    facts.referred.push_back(answer);
  }
}

void take_record(Facts& facts, UiState& state, const Request& asked, const RecordAnswer& answer) {
  if (const auto* const erase = std::get_if<EraseRecord>(&asked)) return take_erased(facts, state, *erase, answer);
  const Lang lang = state.settings.lang;
  const std::string name = called(lang, answer.record);
  if (state.record == answer.record.id && !answer.deleted) facts.record = answer;
  if (const auto* const erase = std::get_if<DeleteRecord>(&asked)) {
    std::erase_if(state.deleted, [&](const Deleted& each) { return each.record == answer.record.id; });
    if (erase->restore) {
      state.notice = Notice{Notice::Kind::done, say(lang, text::records::kIsBack, name), {}};
      return;
    }
    const Deleted deleted{answer.collection.label.key, answer.record.id, answer.record.title};
    state.deleted.insert(state.deleted.begin(), deleted);
    if (state.deleted.size() > kDeletedKept) state.deleted.pop_back();
    if (state.page == Page::record && state.record == answer.record.id) pop_page(state, Page::records);
    offer(state, say(lang, text::records::kTakenAway, name), {deleted});
  } else if (std::holds_alternative<AddRecord>(asked)) {
    state.draft.reset();
    if (state.page == Page::edit_record) pop_page(state, Page::records);
    offer(state, say(lang, text::notice::kAdded, name), {});
  } else if (std::holds_alternative<ChangeRecord>(asked)) {
    state.draft.reset();
    if (state.page == Page::edit_record) pop_page(state, Page::record);
    offer(state, say(lang, text::notice::kChanged, name), {});
  } else if (std::holds_alternative<kiem::SettleConflict>(asked)) {
    offer(state, say(lang, text::records::kChosen, name), {});
  }
}

void take_found(Facts& facts, const UiState& state, const Request& asked, const FoundTexts& answer) {
  const auto* const search = std::get_if<SearchText>(&asked);
  if (search != nullptr && search->text == typed(state, Field::find)) facts.found = answer;
}

void take_undone(UiState& state, const Undone& answer) {
  const Lang lang = state.settings.lang;
  std::string left;
  for (const Undone::Left& each : answer.left) {
    left += (left.empty() ? "" : ", ") + left_text(lang, each.field, each.words, each.text);
  }
  state.notice = Notice{Notice::Kind::done,
                        left.empty() ? say(lang, text::records::kTakenBack) : say(lang, text::records::kLeft, left),
                        {}};
}

bool is_gone_record(const UiState& state, const Request& asked, const Error& error) {
  const auto* const show = std::get_if<ShowRecord>(&asked);
  return show != nullptr && error.code == ErrorCode::not_found && state.record &&
         show->record.text == to_text(*state.record);
}

}  // namespace kiem::model
