// Lists that the initiative added itself: what is shown of them, and what is asked about them.
#include "gui/model/records.hpp"

#include <doctest/doctest.h>

#include "gui/model/answers.hpp"
#include "gui/model/record_rights.hpp"
#include "gui/model/screen.hpp"
#include "tests/unit/model/record_samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

const NavItem* nav_item_of(const Facts& known, Page page) {
  static Shell shell;
  shell = shell_model(reader(), known, state());
  for (const NavItem& each : shell.nav) {
    if (each.page == page) return &each;
  }
  return nullptr;
}
template <class Wanted>
const Wanted* asked(const std::vector<NodeRequest>& requests) {
  for (const NodeRequest& each : requests) {
    const auto* const inner = std::get_if<Request>(&each);
    if (inner == nullptr) continue;
    if (const auto* const wanted = std::get_if<Wanted>(inner)) return wanted;
  }
  return nullptr;
}
std::vector<NodeRequest> hears(Facts& known, UiState& now, const Request& request, Result<Answer> answer) {
  Result<NodeAnswer> given = answer ? Result<NodeAnswer>(NodeAnswer(*answer)) : tl::unexpected<Error>(answer.error());
  return take_answer(known, now, request, given);
}

// --- which lists there are -------------------------------------------------------------------------------------------

TEST_CASE("lists have a place in the window where there are any, or for who can add them") {
  Facts known = facts();
  CHECK(nav_item_of(known, Page::lists) == nullptr);
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  CHECK(nav_item_of(known, Page::lists) != nullptr);
  CHECK(nav_item_of(facts_with_lists(), Page::lists) != nullptr);
  Facts only_first = facts_with_lists();
  only_first.schema->collections.pop_back();
  CHECK_FALSE(has_lists(only_first));
}

TEST_CASE("a list is told by its own name, how much is in it, and who reads and writes it") {
  const Facts known = facts_with_lists();
  ListsModel model = lists_model(reader(), known, state_on(Page::lists));
  REQUIRE(model.lists.size() == 1);
  CHECK(model.lists[0].title == "Gereedschap");
  CHECK(model.lists[0].trailing == "2 stuks");
  CHECK(model.lists[0].detail ==
        "Leesbaar voor iedereen in het initiatief; iedereen die het leest, schrijft eraan mee.");
  CHECK(model.how_to_add.empty());
  model = lists_model(reader(Lang::en), known, state_on(Page::lists));
  CHECK(model.lists[0].title == "Tools");
  CHECK(model.lists[0].trailing == "2 things");
  const Step step = apply(state_on(Page::lists), known, model.lists[0].open);
  CHECK(step.state.page == Page::records);
  CHECK(step.state.collection == "gereedschap");
  REQUIRE(asked<ListRecords>(step.requests) != nullptr);
  CHECK(asked<ListRecords>(step.requests)->collection == "gereedschap");
}

TEST_CASE("without lists one reads what they are for, and a coordinator how they come") {
  Facts known = facts();
  CHECK(lists_model(reader(), known, state_on(Page::lists)).subtitle == "Even zoeken...");
  known.schema = SchemaAnswer{};
  CHECK(lists_model(reader(), known, state_on(Page::lists)).empty);
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  CHECK(lists_model(reader(), known, state_on(Page::lists)).how_to_add.find("kiem schema add") != std::string::npos);
}

TEST_CASE("searching everything asks as one types, shows what was found where, and leads there") {
  Facts known = facts_with_lists();
  Step step = apply(state_on(Page::lists), known, Type{Field::find, "bril"});
  REQUIRE(asked<SearchText>(step.requests) != nullptr);
  CHECK(asked<SearchText>(step.requests)->text == "bril");
  CHECK(lists_model(reader(), known, step.state).found_note == "Even zoeken...");
  FoundTexts found;
  found.found = {{id_of<RecordId>(201), "gereedschap", "Boormachine", "uitleg", "Bril op."},
                 {id_of<RecordId>(2), "task", "Heg knippen", "note", "Neem een bril mee."}};
  found.complete = false;
  // An answer to what was typed before is not shown.
  hears(known, step.state, SearchText{{}, "bri", 50}, Answer(found));
  CHECK_FALSE(known.found);
  hears(known, step.state, SearchText{{}, "bril", 50}, Answer(found));
  const ListsModel model = lists_model(reader(), known, step.state);
  REQUIRE(model.found.size() == 2);
  CHECK(model.lists.empty());
  CHECK(model.found[0].detail == "Gereedschap, Uitleg: Bril op.");
  CHECK(model.found_note.starts_with("Er is meer dan dit."));
  CHECK(apply(step.state, known, model.found[0].open).state.page == Page::record);
  CHECK(apply(step.state, known, model.found[1].open).state.task == id_of<RecordId>(2));
  known.found->found.clear();
  CHECK(lists_model(reader(), known, step.state).found_note.starts_with("Niets gevonden."));
  CHECK(apply(step.state, known, Type{Field::find, " "}).requests.empty());
}

// --- what is in one --------------------------------------------------------------------------------------------------

TEST_CASE("a thing is a card with its choice, some of its fields, and a word when people wrote apart") {
  const Facts known = facts_with_lists();
  const RecordsModel model = records_model(reader(), known, state_on(Page::records));
  CHECK(model.title == "Gereedschap");
  CHECK(model.subtitle == "2 stuks");
  REQUIRE(model.cards.size() == 2);
  CHECK(model.cards[0].title == "Boormachine");
  CHECK(model.cards[0].lines ==
        std::vector<std::string>{"Aantal: 2", "Gekocht op: za 17 april 2027", "Waarvoor: hout, steen"});
  REQUIRE(model.cards[0].chips.size() == 2);
  CHECK(model.cards[0].chips[0].text == "stuk");
  CHECK(model.cards[0].chips[1].text == "Meer dan één antwoord");
  CHECK(model.cards[1].lines.empty());
  CHECK(records_model(reader(Lang::en), known, state_on(Page::records)).cards[0].chips[0].text == "broken");
}

TEST_CASE("a list is searched in all that is written in it, and says so when nothing fits") {
  const Facts known = facts_with_lists();
  UiState now = state_on(Page::records);
  typed(now, Field::records_search) = "STEEN anneke";
  CHECK(records_model(reader(), known, now).cards.size() == 1);
  typed(now, Field::records_search) = "olifant";
  const RecordsModel model = records_model(reader(), known, now);
  CHECK(model.cards.empty());
  REQUIRE(model.empty);
  CHECK(typed(apply(now, known, model.empty->way_out->intent).state, Field::records_search).empty());
  // Another list begins without that search.
  CHECK(typed(apply(now, known, RecordIntent(OpenCollection{"sleutels"})).state, Field::records_search).empty());
}

TEST_CASE("a list of which nothing is known yet, or another one is, is looked for") {
  Facts known = facts_with_lists();
  UiState now = state_on(Page::records);
  now.collection = "sleutels";
  CHECK(records_model(reader(), known, now).subtitle == "Even zoeken...");
  known.records->records.clear();
  now.collection = "gereedschap";
  const RecordsModel model = records_model(reader(), known, now);
  REQUIRE(model.empty);
  CHECK(model.empty->title == "Hier staat nog niets");
  CHECK(model.empty->way_out);
  known.records->complete = false;
  CHECK_FALSE(records_model(reader(), known, now).not_all.empty());
}

TEST_CASE("who may write is offered it, by role, circle and who made it") {
  Facts known = facts_with_lists();
  CollectionModel list = tools();
  const auto as = [&](kiem::Role role) { known.status->initiatives[0].my_role = role; };
  using enum kiem::Role;
  struct Case {
    const char *home, *writers;
    kiem::Role role;
    bool adds, changes_own, changes_others;
  };
  for (const Case& each :
       {Case{"open", "members", volunteer, true, true, true}, Case{"open", "members", guest, true, true, true},
        Case{"open", "members", none, false, false, false}, Case{"members", "members", guest, false, false, false},
        Case{"members", "members", partner, false, false, false},
        Case{"partners", "members", partner, true, true, true},
        Case{"partners", "members", volunteer, false, false, false},
        Case{"coordinators", "members", volunteer, false, false, false},
        Case{"coordinators", "members", coordinator, true, true, true},
        Case{"open", "coordinators", volunteer, false, false, false},
        Case{"open", "author", volunteer, true, true, false}, Case{"open", "author", coordinator, true, true, false},
        Case{"open", "author-or-coordinators", volunteer, true, true, false},
        Case{"open", "author-or-coordinators", coordinator, true, true, true}}) {
    CAPTURE(each.home);
    CAPTURE(each.writers);
    CAPTURE(static_cast<int>(each.role));
    as(each.role);
    list.home = each.home;
    list.writers = each.writers;
    CHECK(may_add_to(known, std::nullopt, list) == each.adds);
    CHECK(may_change(known, std::nullopt, list, ladder()) == each.changes_own);
    CHECK(may_change(known, std::nullopt, list, drill()) == each.changes_others);
  }
}

// --- one thing -------------------------------------------------------------------------------------------------------

TEST_CASE("a thing's page has every field, also those that nobody filled in") {
  const RecordPage page = record_page(reader(), facts_with_lists(), state_on(Page::record));
  CHECK(page.title == "Boormachine");
  CHECK(page.subtitle == "Gereedschap");
  REQUIRE(page.lines.size() == 9);  // all but the name, which stands above
  CHECK(page.lines[0].label == "Stand");
  CHECK(page.lines[2].values == std::vector<std::string>{"za 17 april 2027"});
  CHECK(page.lines[3].values == std::vector<std::string>{"hout", "steen"});
  CHECK(page.lines[8].blank);
  CHECK(page.lines[8].values == std::vector<std::string>{"nog niet ingevuld"});
  CHECK(page.added_by == "Toegevoegd door Anneke V.");
  CHECK(page.edit);
  CHECK(page.remove);
}

TEST_CASE("what was written apart stands at its field in one sentence, and is settled by choosing a side") {
  const Facts known = facts_with_lists();
  const RecordPage page = record_page(reader(), known, state_on(Page::record));
  CHECK(page.lines[0].apart == "Anneke V. zette Stand op stuk, Rachid B. op vrij, los van elkaar; nu geldt stuk.");
  REQUIRE(page.lines[0].choices.size() == 2);
  CHECK(page.lines[0].choices[1].label == "Kies vrij");
  const Step step = apply(state_on(Page::record), known, page.lines[0].choices[1].intent);
  REQUIRE(asked<kiem::SettleConflict>(step.requests) != nullptr);
  CHECK(asked<kiem::SettleConflict>(step.requests)->side == 2);
  CHECK(asked<kiem::SettleConflict>(step.requests)->field == "stand");
  CHECK(asked<kiem::SettleConflict>(step.requests)->record.text == to_text(id_of<RecordId>(201)));
  // Who may not write there reads it and cannot choose.
  Facts reading = known;
  reading.record->collection.writers = "coordinators";
  const RecordPage read = record_page(reader(), reading, state_on(Page::record));
  CHECK_FALSE(read.lines[0].apart.empty());
  CHECK(read.lines[0].choices.empty());
  CHECK_FALSE(read.edit);
  CHECK_FALSE(read.remove);
  Facts emptied = known;
  emptied.record->record.conflicts[0].sides[1].value.clear();
  CHECK(record_page(reader(), emptied, state_on(Page::record)).lines[0].choices[1].label == "Kies leeg");
  // A name that people wrote apart is told too.
  emptied.record->record.conflicts[0].field = "naam";
  CHECK(record_page(reader(), emptied, state_on(Page::record)).lines[0].label == "Naam");
}

TEST_CASE("a thing that is looked for says so, and one that is gone says that") {
  Facts known = facts_with_lists();
  UiState now = state_on(Page::record);
  now.record = id_of<RecordId>(99);
  CHECK(record_page(reader(), known, now).empty->title == "Even zoeken...");
  const ShowRecord show{{}, "gereedschap", {to_text(id_of<RecordId>(99))}};
  hears(known, now, show, fail(ErrorCode::not_found, Fault::person, {"record", "x"}));
  CHECK_FALSE(now.notice);
  CHECK(record_page(reader(), known, now).empty->title == "Dit is er niet meer");
  CHECK_FALSE(apply(now, known, RecordIntent(OpenRecord{"gereedschap", id_of<RecordId>(99)})).state.gone);
}

// --- acts ------------------------------------------------------------------------------------------------------------

TEST_CASE("taking away is one press, said with a way to take it back, and can be put back later") {
  Facts known = facts_with_lists();
  Step step = apply(state_on(Page::record), known, RecordIntent(RemoveRecord{}));
  REQUIRE(asked<DeleteRecord>(step.requests) != nullptr);
  CHECK_FALSE(asked<DeleteRecord>(step.requests)->restore);
  RecordAnswer answer{drill(), tools(), true};
  CHECK_FALSE(hears(known, step.state, *asked<DeleteRecord>(step.requests), Answer(answer)).empty());
  CHECK(step.state.page == Page::records);
  CHECK(step.state.back == std::vector<Page>{Page::tasks, Page::lists});
  REQUIRE(step.state.notice);
  CHECK(step.state.notice->text == "Boormachine is weggehaald.");
  const auto action = shell_model(reader(), known, step.state).notice->action;
  REQUIRE(action);
  CHECK(action->label == "Ongedaan maken");
  const Step undone = apply(step.state, known, action->intent);
  REQUIRE(asked<DeleteRecord>(undone.requests) != nullptr);
  CHECK(asked<DeleteRecord>(undone.requests)->restore);
  CHECK(asked<DeleteRecord>(undone.requests)->record.text == to_text(id_of<RecordId>(201)));
  // When the line is gone, the list still offers it.
  step.state.notice.reset();
  RecordsModel model = records_model(reader(), known, step.state);
  REQUIRE(model.deleted.size() == 1);
  CHECK(model.deleted[0].label == "Zet Boormachine terug");
  answer.deleted = false;
  hears(known, step.state, DeleteRecord{{}, "gereedschap", {to_text(drill().id)}, true}, Answer(answer));
  CHECK(step.state.notice->text == "Boormachine staat er weer.");
  CHECK(records_model(reader(), known, step.state).deleted.empty());
}

TEST_CASE("at most five things that were taken away are offered back, the last one first") {
  Facts known = facts_with_lists();
  UiState now = state_on(Page::records);
  for (std::uint8_t i = 1; i <= 6; ++i) {
    RecordAnswer answer{ladder(), tools(), true};
    answer.record.id = id_of<RecordId>(i);
    answer.record.title = "Ding " + std::to_string(i);
    hears(known, now, DeleteRecord{}, Answer(answer));
  }
  REQUIRE(now.deleted.size() == 5);
  CHECK(now.deleted.front().title == "Ding 6");
  CHECK(now.deleted.back().title == "Ding 2");
}

TEST_CASE("an added or changed thing is told with an undo of the last act, and what stayed is named") {
  Facts known = facts_with_lists();
  UiState now = state_on(Page::edit_record);
  now.back.push_back(Page::record);
  now.draft = draft_of(tools(), drill());
  now.busy = Busy::adding;
  hears(known, now, ChangeRecord{}, Answer(RecordAnswer{drill(), tools(), false}));
  CHECK(now.page == Page::record);
  CHECK(now.back.back() == Page::records);
  CHECK_FALSE(now.draft);
  CHECK(now.busy == Busy::no);
  CHECK(now.notice->text == "Boormachine is aangepast.");
  const Step undo = apply(now, known, shell_model(reader(), known, now).notice->action->intent);
  REQUIRE(asked<UndoAct>(undo.requests) != nullptr);
  CHECK(asked<UndoAct>(undo.requests)->act.empty());
  CHECK_FALSE(undo.state.notice);
  Undone undone;
  hears(known, now, UndoAct{}, Answer(undone));
  CHECK(now.notice->text == "Het is ongedaan gemaakt.");
  CHECK_FALSE(now.notice->take_back);
  undone.left.push_back({"aantal", {{"aantal", "Aantal", "Number"}, "integer", {}}});
  undone.left.push_back({"waarvoor", {{"waarvoor", "Waarvoor", "What for"}, "text", {}}});
  hears(known, now, UndoAct{}, Answer(undone));
  CHECK(now.notice->text.ends_with("veranderd: Aantal, Waarvoor."));

  now = state_on(Page::edit_record);
  now.draft = new_draft(tools());
  now.busy = Busy::adding;
  hears(known, now, AddRecord{}, Answer(RecordAnswer{ladder(), tools(), false}));
  CHECK(now.page == Page::records);
  CHECK(now.notice->text == "Ladder staat erop.");
  CHECK(now.notice->take_back);
}

TEST_CASE("an act that is refused leaves the form as it is, with a sentence") {
  Facts known = facts_with_lists();
  UiState now = state_on(Page::edit_record);
  now.draft = new_draft(tools());
  now.draft->fields[2].text = "veel";
  now.busy = Busy::adding;
  hears(known, now, AddRecord{}, fail(ErrorCode::bad_number, Fault::person, {"aantal", "veel", "whole"}));
  CHECK(now.busy == Busy::no);
  CHECK(now.page == Page::edit_record);
  REQUIRE(now.notice);
  CHECK(now.notice->kind == Notice::Kind::error);
  CHECK(now.draft->fields[2].text == "veel");
}

TEST_CASE("lists of another initiative, and pages left meanwhile, keep their answers out") {
  Facts known = facts_with_lists();
  known.records.reset();
  known.referred.clear();
  UiState now = state_on(Page::records);
  const Records answer{tools(), {drill()}, true};
  hears(known, now, ListRecords{{to_text(id_of<SpaceId>(7))}, "gereedschap", {}, {}, false, {}, 0}, Answer(answer));
  CHECK_FALSE(known.records);
  now.collection = "sleutels";
  hears(known, now, ListRecords{{to_text(id_of<SpaceId>(9))}, "gereedschap", {}, {}, false, {}, 0}, Answer(answer));
  CHECK_FALSE(known.records);
  CHECK(known.referred.size() == 1);
  now.record = id_of<RecordId>(99);
  known.record.reset();
  hears(known, now, ShowRecord{}, Answer(RecordAnswer{drill(), tools(), false}));
  CHECK_FALSE(known.record);
}

}  // namespace
}  // namespace kiem::model
