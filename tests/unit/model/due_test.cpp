// What was kept longer than agreed: who is told of it, what is shown of it, and what is asked about it.
#include "gui/model/due.hpp"

#include <doctest/doctest.h>

#include "gui/model/answers.hpp"
#include "gui/model/records.hpp"
#include "tests/unit/model/record_samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

UiState state_of_due() {
  UiState now = state_on(Page::lists);
  now.today = kToday;
  now.due_open = true;
  return now;
}
template <class Wanted>
const Wanted* asks_for(const std::vector<NodeRequest>& requests) {
  for (const NodeRequest& each : requests) {
    const auto* const inner = std::get_if<Request>(&each);
    const auto* const wanted = inner == nullptr ? nullptr : std::get_if<Wanted>(inner);
    if (wanted != nullptr) return wanted;
  }
  return nullptr;
}
void told(Facts& known, UiState& now, const Request& request, const Answer& answer) {
  static_cast<void>(take_answer(known, now, request, NodeAnswer(answer)));
}
std::optional<DueModel> shown(const Facts& known, const UiState& now, Lang lang = Lang::nl) {
  return lists_model(reader(lang), known, now).due;
}

TEST_CASE("what is due is one line for a coordinator, and nothing for others or while nothing is due") {
  Facts known = facts_with_due();
  UiState now = state_on(Page::lists);
  REQUIRE(shown(known, now));
  CHECK(shown(known, now)->told == "2 stukken zijn over hun bewaartermijn.");
  CHECK(shown(known, now, Lang::en)->told == "2 records have been kept longer than agreed.");
  CHECK(shown(known, now)->rows.empty());
  CHECK(shown(known, now)->note.empty());
  known.schema->collections.pop_back();
  CHECK(shown(known, now));  // without lists of their own too
  known = facts_with_due();
  typed(now, Field::find) = "bril";
  CHECK_FALSE(shown(known, now));
  typed(now, Field::find).clear();
  known.status->initiatives[0].due = 1;
  CHECK(shown(known, now)->told == "1 stuk is over zijn bewaartermijn.");
  known.status->initiatives[0].due = 0;
  CHECK_FALSE(shown(known, now));
  known.status->initiatives[0].due.reset();
  CHECK_FALSE(shown(known, now));
  known.status.reset();
  CHECK_FALSE(shown(known, now));
}

TEST_CASE("the count is asked for on the page of the lists alone, by the reader's own day") {
  UiState now = state_of_due();
  CHECK(asks_for<ShowStatus>(queries_of(now))->today == kToday);
  now.page = Page::tasks;
  CHECK_FALSE(asks_for<ShowStatus>(queries_of(now))->today);
  CHECK(asks_for<ListDue>(queries_of(now)) == nullptr);
  now = state_of_due();
  now.today.reset();
  CHECK(asks_for<ListDue>(queries_of(now)) == nullptr);
}

TEST_CASE("unfolding asks what is due, and folding it up shows and asks nothing") {
  Facts known = facts_with_due();
  known.due.reset();
  UiState now = state_of_due();
  now.due_open = false;
  const Intent toggle = shown(known, now)->toggle.intent;
  CHECK(shown(known, now)->toggle.label == "Laat zien");
  const Step step = apply(now, known, toggle);
  const auto* const list = asks_for<ListDue>(step.requests);
  REQUIRE(list != nullptr);
  CHECK(list->today == kToday);
  CHECK(list->initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(list->collection.empty());
  CHECK(shown(known, step.state)->note == "Even zoeken...");
  CHECK(shown(known, step.state)->toggle.label == "Klap dicht");
  const Step folded = apply(step.state, known, toggle);
  CHECK_FALSE(folded.state.due_open);
  CHECK(folded.requests.empty());
}

TEST_CASE("a row tells its list, whether it was taken away, and why it is due; what is there still has a page") {
  const Facts known = facts_with_due();
  const UiState now = state_of_due();
  const std::optional<DueModel> due = shown(known, now);
  REQUIRE(due);
  REQUIRE(due->rows.size() == 2);
  CHECK(due->rows[0].title == "Boormachine");
  CHECK(due->rows[0].detail ==
        "Gereedschap. Bewaard tot en met do 15 april 2027: 30 dagen na de laatste wijziging (di 16 maart 2027).");
  REQUIRE(due->rows[0].open);
  const Step step = apply(now, known, *due->rows[0].open);
  CHECK(step.state.page == Page::record);
  CHECK(step.state.record == id_of<RecordId>(201));
  CHECK(due->rows[1].title == "(zonder naam)");
  CHECK(due->rows[1].detail.starts_with("Gereedschap, weggehaald. Bewaard tot en met"));
  CHECK_FALSE(due->rows[1].open);
  CHECK(due->note.empty());
  CHECK(shown(known, now, Lang::en)->rows[1].detail.starts_with("Tools, taken away. Kept until"));
}

TEST_CASE("a task, a place and a person are opened where they are shown") {
  const RecordId id = id_of<RecordId>(2);
  CHECK(std::get<OpenTask>(opening("task", id)).task == id);
  CHECK(std::get<ShowPlace>(opening("place", id)).place == id);
  CHECK(std::get<GoTo>(opening("principal", id)).page == Page::people);
  CHECK(std::get<GoTo>(opening("person", id)).page == Page::people);
  CHECK(std::get<OpenRecord>(std::get<RecordIntent>(opening("gereedschap", id))).record == id);
}

TEST_CASE("a list of what is due that is not whole says so, and whether that is damage") {
  Facts known = facts_with_due();
  known.due->complete = false;
  CHECK(shown(known, state_of_due())->note.starts_with("Er is meer dan dit."));
  known.due->missing.rows = 1;
  CHECK(shown(known, state_of_due())->note.starts_with("Niet alles is hier te lezen."));
}

// The second row's buttons, as they are now.
std::vector<Button> buttons_of(const Facts& known, const UiState& now) { return shown(known, now)->rows.at(1).buttons; }

TEST_CASE("whether something is to be erased for good is asked first, in words that say what that means") {
  const Facts known = facts_with_due();
  UiState now = state_of_due();
  REQUIRE(buttons_of(known, now).size() == 1);
  CHECK(buttons_of(known, now)[0].label == "Voor goed wissen");
  CHECK(shown(known, now)->rows[1].question.empty());
  const Step asked = apply(now, known, buttons_of(known, now)[0].intent);
  CHECK(asked.requests.empty());
  const auto row = shown(known, asked.state)->rows.at(1);
  CHECK(
      row.question ==
      "(zonder naam) gaat voor goed weg, hier en op elke laptop die ervan hoort. Dat is niet terug te draaien. Weet je "
      "het zeker?");
  CHECK(shown(known, asked.state)->rows.at(0).question.empty());
  REQUIRE(row.buttons.size() == 2);

  const Step left = apply(asked.state, known, row.buttons[1].intent);
  CHECK(left.requests.empty());
  CHECK(buttons_of(known, left.state).size() == 1);

  const Step sure = apply(asked.state, known, row.buttons[0].intent);
  const auto* const erase = asks_for<EraseRecord>(sure.requests);
  REQUIRE(erase != nullptr);
  CHECK(erase->initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(erase->collection == "gereedschap");
  CHECK(erase->record.text == to_text(id_of<RecordId>(204)));
  CHECK(erase->sure);
  // Pressed once more before the answer, it asks nothing more.
  CHECK(apply(sure.state, known, row.buttons[0].intent).requests.empty());
}

TEST_CASE("what is asked about and is no longer due is not erased") {
  Facts known = facts_with_due();
  UiState now = state_of_due();
  now.erasing = id_of<RecordId>(204);
  known.due->rows.pop_back();
  CHECK(apply(now, known, RecordIntent(EraseAsked{})).requests.empty());
  known.due.reset();
  CHECK(apply(now, known, RecordIntent(EraseAsked{})).requests.empty());
  CHECK_FALSE(apply(now, known, RecordIntent(ToggleDue{})).state.erasing);
  CHECK_FALSE(apply(now, known, ChooseInitiative{id_of<SpaceId>(8)}).state.erasing);
}

TEST_CASE("what was erased is told by its name, stands in no list, and cannot be put back") {
  Facts known = facts_with_due();
  UiState now = state_of_due();
  now.deleted = {{"gereedschap", id_of<RecordId>(201), "Boormachine"}};
  RecordAnswer answer;
  answer.record.id = id_of<RecordId>(201);
  known.record = answer;
  answer.erased = answer.deleted = true;
  const EraseRecord erase{{to_text(id_of<SpaceId>(9))}, "gereedschap", {to_text(answer.record.id)}, true};
  told(known, now, erase, answer);
  REQUIRE(now.notice);
  CHECK(now.notice->kind == Notice::Kind::done);
  CHECK(now.notice->text == "Boormachine is gewist. Op de andere laptops gaat het weg zodra zij hiervan horen.");
  CHECK_FALSE(now.notice->take_back);
  CHECK(now.deleted.empty());
  CHECK_FALSE(known.record);
  REQUIRE(shown(known, now)->rows.size() == 1);
  CHECK(shown(known, now)->rows[0].record == id_of<RecordId>(204));

  answer.record.id = id_of<RecordId>(204);
  answer.kept = 2;
  told(known, now, erase, answer);
  CHECK(now.notice->text.starts_with("(zonder naam) is gewist."));
  CHECK(
      now.notice->text.ends_with("2 stukken ervan horen bij meer gegevens tegelijk. Niemand ziet ze nog; ze gaan weg "
                                 "als ook die zijn gewist."));
  CHECK(shown(known, now)->rows.empty());
}

TEST_CASE("an erase that is refused says why, and the row stays") {
  Facts known = facts_with_due();
  UiState now = state_of_due();
  const EraseRecord erase{{to_text(id_of<SpaceId>(9))}, "gereedschap", {to_text(id_of<RecordId>(201))}, true};
  static_cast<void>(take_answer(known, now, erase, fail(ErrorCode::not_allowed, Fault::person, {"erase"})));
  REQUIRE(now.notice);
  CHECK(now.notice->kind == Notice::Kind::error);
  CHECK_FALSE(now.notice->text.empty());
  CHECK(shown(known, now)->rows.size() == 2);
  // A look that writes nothing tells nothing.
  now.notice.reset();
  told(known, now, erase, RecordAnswer{});
  CHECK_FALSE(now.notice);
}

TEST_CASE("an answer about what is due that comes late, or of another initiative, is not shown") {
  Facts known = facts_with_due();
  const DueRecords answer = *std::exchange(known.due, std::nullopt);
  UiState now = state_of_due();
  told(known, now, ListDue{{to_text(id_of<SpaceId>(8))}, {}, kToday, kDueShown}, answer);
  CHECK_FALSE(known.due);
  const ListDue mine{{to_text(id_of<SpaceId>(9))}, {}, kToday, kDueShown};
  now.due_open = false;
  told(known, now, mine, answer);
  CHECK_FALSE(known.due);
  now.due_open = true;
  told(known, now, mine, answer);
  REQUIRE(known.due);
  CHECK(shown(known, now)->rows.size() == 2);
  // What is known of one initiative is not laid over another.
  known.due_in = to_text(id_of<SpaceId>(8));
  CHECK(shown(known, now)->rows.empty());
  CHECK_FALSE(apply(now, known, ChooseInitiative{id_of<SpaceId>(8)}).state.due_open);
}

TEST_CASE("who is no coordinator any more has no list of what is due") {
  Facts known = facts_with_due();
  UiState now = state_of_due();
  StatusAnswer status = *known.status;
  told(known, now, ShowStatus{kToday}, status);
  CHECK(now.due_open);
  status.initiatives[0].my_role = kiem::Role::volunteer;
  status.initiatives[0].due.reset();
  told(known, now, ShowStatus{kToday}, status);
  CHECK_FALSE(now.due_open);
  CHECK_FALSE(known.due);
  CHECK_FALSE(shown(known, now));
}

}  // namespace
}  // namespace kiem::model
