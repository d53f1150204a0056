#include "gui/model/intents.hpp"

#include <doctest/doctest.h>

#include "gui/model/task_card.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

template <class Wanted>
const Wanted& request(const Step& step, std::size_t at_index = 0) {
  REQUIRE(step.requests.size() > at_index);
  const NodeRequest& from = step.requests[at_index];
  if constexpr (std::is_same_v<Wanted, InviteNewcomer> || std::is_same_v<Wanted, JoinByCode> ||
                std::is_same_v<Wanted, SyncWith>) {
    return std::get<Wanted>(from);
  } else {
    return std::get<Wanted>(std::get<Request>(from));
  }
}

template <class Wanted>
const Wanted& host_ask(const Step& step, std::size_t at_index = 0) {
  REQUIRE(step.host.size() > at_index);
  return std::get<Wanted>(step.host[at_index]);
}

UiState unlocking(std::string passphrase) {
  UiState now;
  now.page = Page::unlock;
  typed(now, Field::passphrase) = std::move(passphrase);
  return now;
}

UiState without_store(Page page) {
  UiState now;
  now.has_store = false;
  now.page = page;
  return now;
}

TEST_CASE("signing up is asked first and done on yes") {
  const Step asked = apply(state(), facts(), AskClaim{id_of<RecordId>(2)});
  CHECK(asked.requests.empty());
  REQUIRE(asked.state.pending);
  const Step agreed = apply(asked.state, facts(), Agree{});
  CHECK_FALSE(agreed.state.pending);
  const auto& claim = request<ClaimTask>(agreed);
  CHECK(claim.initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(claim.task.text == to_text(id_of<RecordId>(2)));
  CHECK(claim.count == 1);
  CHECK_FALSE(claim.on_behalf);
}

TEST_CASE("no is no: nothing is asked of the node") {
  const Step asked = apply(state(), facts(), AskClaim{id_of<RecordId>(2)});
  const Step declined = apply(asked.state, facts(), Decline{});
  CHECK_FALSE(declined.state.pending);
  CHECK(declined.requests.empty());
  CHECK(apply(declined.state, facts(), Agree{}).requests.empty());
}

TEST_CASE("signing off needs a claim of mine, signing up an open task") {
  CHECK_FALSE(apply(state(), facts(), AskWithdraw{id_of<RecordId>(2)}).state.pending);
  const Step asked = apply(state(), facts(), AskWithdraw{id_of<RecordId>(3)});
  REQUIRE(asked.state.pending);
  CHECK(request<WithdrawClaim>(apply(asked.state, facts(), Agree{})).task.text == to_text(id_of<RecordId>(3)));
  Facts known = facts();
  for (TaskCard& each : known.tasks->tasks) each.state = TaskState::cancelled;
  CHECK_FALSE(apply(state(), known, AskClaim{id_of<RecordId>(2)}).state.pending);
  CHECK_FALSE(apply(state(), known, AskClaim{id_of<RecordId>(99)}).state.pending);
}

TEST_CASE("a number of people stays between one and ninety-nine") {
  UiState now = apply(state(), facts(), AskClaim{id_of<RecordId>(2)}).state;
  now = apply(now, facts(), ChangeCount{-1}).state;
  CHECK(now.pending->count == 1);
  now = apply(now, facts(), ChangeCount{98}).state;
  CHECK(now.pending->count == 99);
  now = apply(now, facts(), ChangeCount{1}).state;
  CHECK(now.pending->count == 99);
  CHECK(request<ClaimTask>(apply(now, facts(), Agree{})).count == 99);
  const UiState off = apply(state(), facts(), AskWithdraw{id_of<RecordId>(3)}).state;
  CHECK(apply(off, facts(), ChangeCount{1}).state.pending->count == off.pending->count);
}

TEST_CASE("Escape closes the nearest thing first and then goes a page back") {
  UiState now = state();
  now.page = Page::mine;
  now.back = {Page::tasks};
  now.task = id_of<RecordId>(2);
  now.pending = Pending{Pending::Kind::claim, id_of<RecordId>(2), 1};
  now.notice = Notice{Notice::Kind::error, "x", {}};
  typed(now, Field::search) = "heg";
  now = apply(now, facts(), GoBack{}).state;
  CHECK_FALSE(now.pending);
  CHECK(now.notice);
  now = apply(now, facts(), GoBack{}).state;
  CHECK_FALSE(now.notice);
  CHECK(now.task);
  now = apply(now, facts(), GoBack{}).state;
  CHECK_FALSE(now.task);
  CHECK(typed(now, Field::search) == "heg");
  now = apply(now, facts(), GoBack{}).state;
  CHECK(typed(now, Field::search).empty());
  CHECK(now.page == Page::mine);
  now = apply(now, facts(), GoBack{}).state;
  CHECK(now.page == Page::tasks);
  CHECK(now.back.empty());
  CHECK(apply(now, facts(), GoBack{}).state.page == Page::tasks);
}

TEST_CASE("a line that says how well it went is not in the way of Escape") {
  UiState now = state_with_task();
  now.notice = Notice{Notice::Kind::done, "x", {}};
  now = apply(now, facts_with_task(), GoBack{}).state;
  CHECK_FALSE(now.task);
  CHECK(now.notice);
  CHECK_FALSE(apply(now, facts_with_task(), CloseNotice{}).state.notice);
}

TEST_CASE("recovery words and work in progress are not left by a slip of the finger") {
  UiState now = state();
  now.page = Page::words;
  now.back = {Page::begin};
  CHECK(apply(now, facts(), GoBack{}).state.page == Page::words);
  now.page = Page::join;
  now.busy = Busy::joining;
  CHECK(apply(now, facts(), GoBack{}).state.page == Page::join);
  now.busy = Busy::no;
  CHECK(apply(now, facts(), GoBack{}).state.page == Page::begin);
}

TEST_CASE("a page remembers where it came from, sixteen deep, and asks for what it shows") {
  UiState now = state();
  Step step = apply(now, facts(), GoTo{Page::places});
  CHECK(step.state.back == std::vector<Page>{Page::tasks});
  CHECK(request<ListPlaces>(step, 2).initiative.text == to_text(id_of<SpaceId>(9)));
  step = apply(step.state, facts(), GoTo{Page::places});
  CHECK(step.state.back.size() == 1);
  for (int i = 0; i < 20; ++i) step = apply(step.state, facts(), GoTo{i % 2 == 0 ? Page::people : Page::tasks});
  CHECK(step.state.back.size() == 16);
  CHECK(request<ListPeople>(apply(now, facts(), GoTo{Page::people}), 2).initiative.text.size() == 52);
}

TEST_CASE("leaving a page leaves its open task and question, and keeps what was typed") {
  UiState now = state_with_task();
  now.pending = Pending{Pending::Kind::claim, id_of<RecordId>(2), 1};
  typed(now, Field::search) = "heg";
  typed(now, Field::address) = "tcp://a:1";
  const UiState then = apply(now, facts(), GoTo{Page::sharing}).state;
  CHECK_FALSE(then.task);
  CHECK_FALSE(then.pending);
  CHECK(typed(then, Field::search) == "heg");
  CHECK(typed(then, Field::address) == "tcp://a:1");
}

TEST_CASE("an open task asks for itself, and for its history only while that is open") {
  const Step open = apply(state(), facts(), OpenTask{id_of<RecordId>(2)});
  CHECK(open.requests.size() == 4);
  CHECK(request<ShowTask>(open, 2).task.text == to_text(id_of<RecordId>(2)));
  CHECK(apply(open.state, facts(), OpenTask{id_of<RecordId>(2)}).requests.empty());
  const Step history = apply(open.state, facts(), ToggleHistory{});
  CHECK(request<ShowLog>(history, 3).task->text == to_text(id_of<RecordId>(2)));
  CHECK(apply(history.state, facts(), ToggleHistory{}).requests.empty());
  const Step other = apply(history.state, facts(), OpenTask{id_of<RecordId>(3)});
  CHECK_FALSE(other.state.history_open);
}

TEST_CASE("without a store nothing is asked, and before the initiative is known only the status") {
  CHECK(queries_of(without_store(Page::first_run)).empty());
  UiState now;
  CHECK(queries_of(now).size() == 1);
  CHECK(std::holds_alternative<ShowStatus>(std::get<Request>(queries_of(now)[0])));
}

TEST_CASE("unlocking asks the host, and says so kindly when nothing was typed") {
  const Step step = apply(unlocking("geheim"), Facts{}, Unlock{});
  CHECK(host_ask<OpenStore>(step).passphrase == "geheim");
  CHECK(step.state.busy == Busy::opening);
  CHECK(apply(step.state, Facts{}, Unlock{}).host.empty());
  const Step empty = apply(unlocking(""), Facts{}, Unlock{});
  CHECK(empty.host.empty());
  REQUIRE(empty.state.notice);
  CHECK(empty.state.notice->text == "Vul je wachtwoord in.");
}

TEST_CASE("a new initiative in a new store needs all its fields, and each lack is said") {
  UiState now = without_store(Page::begin);
  const auto complaint = [&] {
    const Step step = apply(now, Facts{}, BeginInitiative{});
    CHECK(step.host.empty());
    CHECK(step.requests.empty());
    CHECK(step.state.busy == Busy::no);
    REQUIRE(step.state.notice);
    CHECK(step.state.typed == now.typed);
    return step.state.notice->text;
  };
  CHECK(complaint() == "Geef het initiatief een naam.");
  typed(now, Field::initiative_name) = "Lindekwartier";
  CHECK(complaint() == "Vul je voornaam in.");
  typed(now, Field::your_name) = "  ";
  CHECK(complaint() == "Vul je voornaam in.");
  typed(now, Field::your_name) = "Noor";
  CHECK(complaint().starts_with("Kies een wachtwoord."));
  typed(now, Field::passphrase) = "een";
  typed(now, Field::passphrase_again) = "twee";
  CHECK(complaint().starts_with("De twee wachtwoorden"));
  typed(now, Field::passphrase_again) = "een";
  const Step step = apply(now, Facts{}, BeginInitiative{});
  CHECK(host_ask<MakeStore>(step).name == "Noor");
  CHECK(host_ask<MakeStore>(step).passphrase == "een");
  CHECK(request<CreateInitiative>(step).name == "Lindekwartier");
  CHECK(step.state.busy == Busy::making);
}

TEST_CASE("with a store a new initiative needs its name alone") {
  UiState now = state();
  now.page = Page::begin;
  typed(now, Field::initiative_name) = "Tuin";
  const Step step = apply(now, facts(), BeginInitiative{});
  CHECK(step.host.empty());
  CHECK(request<CreateInitiative>(step).name == "Tuin");
}

TEST_CASE("joining sends the code, after making a store when there is none") {
  UiState now = without_store(Page::join);
  CHECK(apply(now, Facts{}, Join{}).state.notice->text == "Plak de code die je kreeg.");
  typed(now, Field::code) = "kiem1abcdefghjkmnp";
  typed(now, Field::your_name) = "Noor";
  typed(now, Field::passphrase) = "een";
  typed(now, Field::passphrase_again) = "een";
  const Step step = apply(now, Facts{}, Join{});
  CHECK(host_ask<MakeStore>(step).name == "Noor");
  CHECK(request<JoinByCode>(step).code == "kiem1abcdefghjkmnp");
  CHECK(step.state.busy == Busy::joining);
  now.has_store = true;
  CHECK(apply(now, Facts{}, Join{}).host.empty());
}

TEST_CASE("looking around needs a first name and no passphrase") {
  UiState now = without_store(Page::practice);
  CHECK(apply(now, Facts{}, LookAround{}).state.notice->text == "Vul je voornaam in.");
  typed(now, Field::your_name) = "Noor";
  CHECK(host_ask<StartPractice>(apply(now, Facts{}, LookAround{})).name == "Noor");
}

TEST_CASE("an invitation is asked for in the role that was chosen, and another role forgets the code") {
  UiState now = apply(state(), facts(), ChooseRole{kiem::Role::partner}).state;
  const Step step = apply(now, facts(), Invite{});
  CHECK(request<InviteNewcomer>(step).role == kiem::Role::partner);
  CHECK(request<InviteNewcomer>(step).initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(request<InviteNewcomer>(step).addresses.empty());
  Facts known = facts();
  CHECK(apply(state(), known, CopyCode{}).host.empty());
  known.invitation = InvitationMade{};
  known.invitation->code = "kiem1abcdefghjkmnp";
  CHECK(host_ask<CopyText>(apply(state(), known, CopyCode{})).text == "kiem1abcdefghjkmnp");
  CHECK(std::holds_alternative<ForgetInvitation>(apply(state(), known, ChooseRole{kiem::Role::volunteer}).host[0]));
}

TEST_CASE("sharing by hand needs an address") {
  CHECK(apply(state(), facts(), Meet{}).state.notice->text == "Vul het adres van de andere laptop in.");
  UiState now = state();
  typed(now, Field::address) = "tcp://10.0.0.2:7430";
  const Step step = apply(now, facts(), Meet{});
  CHECK(request<SyncWith>(step).address == "tcp://10.0.0.2:7430");
  CHECK(typed(step.state, Field::address) == "tcp://10.0.0.2:7430");
}

TEST_CASE("the plug and the end of practice are the host's") {
  CHECK_FALSE(host_ask<SetPlug>(apply(state(), facts(), PullPlug{true})).plugged_in);
  CHECK(host_ask<SetPlug>(apply(state(), facts(), PullPlug{false})).plugged_in);
  CHECK(std::holds_alternative<LeavePractice>(apply(state(), facts(), StartForReal{}).host[0]));
  CHECK(std::holds_alternative<ForgetNews>(apply(state(), facts(), CloseNews{}).host[0]));
}

TEST_CASE("letters grow and shrink a step, stop at the ends, and only a change is kept") {
  Step step = apply(state(), facts(), StepTextSize{1});
  CHECK(step.state.settings.text_percent == 115);
  CHECK(host_ask<KeepSettings>(step).settings.text_percent == 115);
  for (int i = 0; i < 9; ++i) step = apply(step.state, facts(), StepTextSize{1});
  CHECK(step.state.settings.text_percent == 200);
  CHECK(step.host.empty());
  step = apply(step.state, facts(), StepTextSize{-1});
  CHECK(step.state.settings.text_percent == 175);
  step = apply(step.state, facts(), StepTextSize{0});
  CHECK(step.state.settings.text_percent == 100);
  CHECK(apply(step.state, facts(), StepTextSize{-1}).host.empty());
  CHECK(apply(step.state, facts(), ChooseTextSize{120}).state.settings.text_percent == 100);
  CHECK(apply(step.state, facts(), ChooseTextSize{150}).state.settings.text_percent == 150);
}

TEST_CASE("colours and language are kept when they change") {
  CHECK(host_ask<KeepSettings>(apply(state(), facts(), ChooseTheme{Theme::dark})).settings.theme == Theme::dark);
  CHECK(apply(state(), facts(), ChooseTheme{Theme::light}).host.empty());
  CHECK(host_ask<KeepSettings>(apply(state(), facts(), ChooseLang{Lang::en})).settings.lang == Lang::en);
  CHECK(apply(state(), facts(), ChooseLang{Lang::nl}).host.empty());
}

TEST_CASE("tasks of a place are shown on the board, and all of them again") {
  UiState now = state();
  now.page = Page::places;
  const Step step = apply(now, facts(), ShowPlace{id_of<RecordId>(101)});
  CHECK(step.state.page == Page::tasks);
  CHECK(step.state.place == id_of<RecordId>(101));
  CHECK_FALSE(apply(step.state, facts(), ShowPlace{std::nullopt}).state.place);
  UiState narrowed = step.state;
  typed(narrowed, Field::search) = "heg";
  narrowed.filter = BoardFilter::mine;
  const UiState all = apply(narrowed, facts(), ShowAll{}).state;
  CHECK(typed(all, Field::search).empty());
  CHECK(all.filter == BoardFilter::all);
  CHECK_FALSE(all.place);
}

TEST_CASE("a conflict is settled for fields that can be written, and for no others") {
  const auto edit_of = [&](std::string field, std::string value) {
    const Step step = apply(state(), facts(), SettleConflict{id_of<RecordId>(2), std::move(field), std::move(value)});
    if (step.requests.empty()) return std::optional<EditTask>();
    return std::optional<EditTask>(std::get<EditTask>(std::get<Request>(step.requests[0])));
  };
  CHECK(edit_of("title", "Heg")->title == "Heg");
  CHECK_FALSE(edit_of("title", ""));
  CHECK(edit_of("note", "")->note == "");
  CHECK(edit_of("date", "2027-04-18")->date == kToday + 1);
  CHECK(edit_of("date", "")->clear_date);
  CHECK_FALSE(edit_of("date", "morgen"));
  CHECK(edit_of("time", "23:59")->start == 23 * 60 + 59);
  CHECK_FALSE(edit_of("time", ""));
  CHECK(edit_of("until", "10:00")->end == 600);
  CHECK_FALSE(edit_of("until", "24:00"));
  CHECK(edit_of("place", "Tuin Linde 4")->place->text == "Tuin Linde 4");
  CHECK(edit_of("place", "")->clear_place);
  CHECK(edit_of("seats", "3")->seats == 3);
  CHECK(edit_of("seats", "")->clear_seats);
  CHECK_FALSE(edit_of("seats", "3x"));
  CHECK_FALSE(edit_of("seats", "99999999999"));
  CHECK_FALSE(edit_of("wind", "3"));
}

TEST_CASE("written words are forgotten one after another, and then the board opens") {
  UiState now = state();
  now.page = Page::words;
  now.back = {Page::begin};
  Facts known = facts();
  known.recovery_words = {{RecoveryWords::Of::person, "a b"}, {RecoveryWords::Of::initiative, "c d"}};
  Step step = apply(now, known, WordsWritten{});
  CHECK(std::holds_alternative<ForgetWords>(step.host[0]));
  CHECK(step.state.page == Page::words);
  known.recovery_words.pop_back();
  step = apply(step.state, known, WordsWritten{});
  CHECK(step.state.page == Page::tasks);
  CHECK(step.state.back.empty());
  known.status.reset();
  CHECK(apply(now, known, WordsWritten{}).state.page == Page::begin);
}

TEST_CASE("the same intent on the same state gives the same step") {
  const Step one = apply(state(), facts(), OpenTask{id_of<RecordId>(2)});
  const Step two = apply(state(), facts(), OpenTask{id_of<RecordId>(2)});
  CHECK(one.state.task == two.state.task);
  CHECK(one.requests.size() == two.requests.size());
}

}  // namespace
}  // namespace kiem::model
