// A client without a window or a node: draws a model, applies what is asked, and keeps the requests that a node would
// get. For tests of screens; one thread.
#pragma once

#include "gui/kit/headless.hpp"
#include "gui/model/answers.hpp"
#include "gui/screens/screen.hpp"
#include "tests/unit/model/record_samples.hpp"

namespace kiem::samples {

struct Client {
  model::Facts facts;
  model::UiState state;
  std::vector<NodeRequest> requests;
  std::vector<model::HostAsk> host;
  gui::Headless window;

  Client(model::Facts known, model::UiState now, gui::Vec size, int percent = 100)
      : facts(std::move(known)),
        state(std::move(now)),
        window(size, {.theme = gui::Theme::light, .text_percent = percent}, [this](gui::Ui& ui) { frame(ui); }) {
    window.settle();
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void frame(gui::Ui& ui) {
    const model::Reader now = reader(state.settings.lang);
    for (const model::Intent& intent : gui::draw_screen(ui, model::screen_model(now, facts, state))) {
      model::Step step = model::apply(std::move(state), facts, intent);
      state = std::move(step.state);
      for (model::HostAsk& ask : step.host) {
        if (!model::take_ask(facts, ask)) host.push_back(std::move(ask));
      }
      for (NodeRequest& request : step.requests) requests.push_back(std::move(request));
    }
  }

  // What is asked in one frame is drawn in the next.
  [[nodiscard]] bool click(std::string_view label, std::string_view group = {}) {
    const bool clicked = window.click(label, group);
    window.settle();
    return clicked;
  }
  void key(gui::Key pressed, gui::Mods mods = {}) {
    window.key(pressed, mods);
    window.settle();
  }
  void type(std::string_view text) {
    window.type(text);
    window.settle();
  }

  // Another page or state in the same window.
  const gui::Frame& show(model::Facts known, model::UiState now) {
    facts = std::move(known);
    state = std::move(now);
    return window.settle();
  }

  template <class Wanted>
  [[nodiscard]] const Wanted* last_act() const {
    for (auto at = requests.rbegin(); at != requests.rend(); ++at) {
      if (const auto* const inner = std::get_if<Request>(&*at)) {
        if (const auto* const act = std::get_if<Wanted>(inner)) return act;
      }
    }
    return nullptr;
  }
};

inline constexpr gui::Vec kLaptop{1366, 768};
inline constexpr gui::Vec kPhone{390, 844};

struct Scene {
  std::string name;
  model::Facts facts;
  model::UiState state;
};

inline void add_lists(std::vector<Scene>& all) {
  const auto add = [&](std::string name, const model::Facts& known, const model::UiState& now) {
    all.push_back({std::move(name), known, now});
  };
  model::Facts known = facts_with_lists();
  add("lists", known, state_on(model::Page::lists));
  model::UiState now = state_on(model::Page::lists);
  typed(now, model::Field::find) = "bril";
  known.found = FoundTexts{{{id_of<RecordId>(201), "gereedschap", "Boormachine", "uitleg",
                             "… handschoenen en een veiligheidsbril op voordat het apparaat aangaat …"}},
                           false};
  add("found in everything", known, now);
  known.found->found.clear();
  add("nothing found in everything", known, now);
  known.schema = SchemaAnswer{};
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  add("no lists", known, state_on(model::Page::lists));
  known = facts_with_lists();
  add("what is in a list", known, state_on(model::Page::records));
  now = state_on(model::Page::records);
  now.deleted = {{"gereedschap", id_of<RecordId>(203), "Hogedrukreiniger met verlengde spuitlans"}};
  now.notice = model::Notice{model::Notice::Kind::done, "Hogedrukreiniger is weggehaald.", {}, model::TakeBack{}};
  known.records->complete = false;
  known.records->records[1].title = "Kettingzaagveiligheidshandschoenenopbergkoffer";
  add("taken away", known, now);
  typed(now, model::Field::records_search) = "olifant";
  add("nothing like it in a list", known, now);
  known.records->records.clear();
  add("an empty list", known, state_on(model::Page::records));
  known.records.reset();
  add("a list on its way", known, state_on(model::Page::records));
  known = facts_with_lists();
  add("a thing", known, state_on(model::Page::record));
  known = facts_with_due();
  add("what is due, in one line", known, state_on(model::Page::lists));
  now = state_on(model::Page::lists);
  now.due_open = true;
  known.due->rows[1].title = "Kettingzaagveiligheidshandschoenenopbergkoffer met een erg lange naam";
  known.due->complete = false;
  add("what is due", known, now);
  now.erasing = known.due->rows[1].id;
  add("whether what is due is to be erased", known, now);
  now.erasing.reset();
  known.due.reset();
  add("what is due on its way", known, now);
  known = facts_with_lists();
  known.record.reset();
  add("a thing on its way", known, state_on(model::Page::record));
  known = facts_with_lists();
  now = state_on(model::Page::edit_record);
  now.draft = model::draft_of(tools(), drill());
  add("changing a thing", known, now);
  for (std::uint8_t i = 30; i < 45; ++i) {
    PersonRow row;
    row.person = person(i, "Wilhelmina van der Kerkhoven-Oudshoorn " + std::to_string(i));
    known.people->people.push_back(row);
  }
  now.draft = model::new_draft(tools());
  now.draft->fields[4].values = {"verjaardagsslingerophangwerkzaamheden", "hout"};
  now.busy = model::Busy::adding;
  add("a new thing", known, now);
}

// Each page of the client, and each of its states that has words of its own, with long words among them.
[[nodiscard]] inline std::vector<Scene> scenes() {
  std::vector<Scene> all;
  const auto add = [&](std::string name, const model::Facts& known, const model::UiState& now) {
    all.push_back({std::move(name), known, now});
  };
  const auto at_page = [](model::Page page) {
    model::UiState now = state();
    now.page = page;
    now.back = {model::Page::tasks};
    return now;
  };
  add("board", facts(), state());
  model::Facts real = facts();
  real.slots = SlotKinds{.passphrase = true, .recovery = true};
  real.status->initiatives[0].practice = false;
  add("board of a real store", real, state());
  add("more of a real store", real, at_page(model::Page::more));
  add("settings of a real store", real, at_page(model::Page::settings));
  model::UiState now = state();
  now.searching = true;
  now.place = id_of<RecordId>(101);
  add("board, narrowed to a place", facts(), now);
  typed(now, model::Field::search) = "olifant";
  add("nothing found", facts(), now);
  model::Facts known = facts();
  known.tasks->tasks.clear();
  add("no tasks", known, state());
  known.tasks.reset();
  add("tasks on their way", known, state());
  known = facts();
  known.tasks->complete = false;
  known.tasks->tasks[1].title = "Kinderboerderijvrijwilligersbijeenkomstvoorbereiding met een erg lange naam";
  known.tasks->tasks[1].place_title = "Buurthuis De Lantaarn, ingang aan de achterkant bij de fietsenstalling";
  known.tasks->tasks[1].mine->state = ClaimState::unplaced;
  add("long words", known, state());
  add("a task", facts_with_task(), state_with_task());
  known = facts_with_task();
  ClaimRow mine = claim(noor(), ClaimState::waiting, ClaimReason::taken_by_earlier, 2);
  mine.reason.number = 3;
  known.task->claims.push_back(mine);
  known.task->card.mine = mine;
  ConflictRow times;
  times.field = "time";
  times.sides = {{anneke(), at(kToday, 9, 0), "10:00", true},
                 {person(2, "Rachid B."), at(kToday - 1, 21, 0), "13:30", false}};
  known.task->conflicts = {times};
  known.task->mine_on = Spread{3, 7};
  LogRow row;
  row.kind = LogKind::claimed;
  row.person = person(3, "Joke T.");
  row.claimed = at(kToday, 9, 15);
  row.title = "Heg knippen";
  row.time_doubtful = true;
  known.history = LogAnswer{{row, row}, true};
  now = state_with_task();
  now.history_open = true;
  now.why = id_of<PrincipalId>(11);
  add("a task with everything", known, now);
  known.task->card.state = TaskState::cancelled;
  known.task->card.cancel_reason = "regen";
  add("a task called off", known, now);
  now.task = id_of<RecordId>(99);
  add("a task that is gone", known, now);
  now = state_with_task();
  now.pending = model::Pending{model::Pending::Kind::claim, id_of<RecordId>(2), 3};
  add("signing up", facts_with_task(), now);
  now.pending = model::Pending{model::Pending::Kind::claim, id_of<RecordId>(2), 1};
  add("signing up alone", facts_with_task(), now);
  now.pending = model::Pending{model::Pending::Kind::withdraw, id_of<RecordId>(3), 1};
  add("signing off", facts_with_task(), now);
  now = state();
  now.notice = model::Notice{
      model::Notice::Kind::done, "Je bent voorlopig aangemeld voor Heg knippen. Je buren weten het zo.", {}};
  add("a toast", facts(), now);
  now = state();
  model::take_error(now, Error{ErrorCode::ambiguous, Fault::person, {"task", "heg", "abcd Heg knippen", "abce Heg"}});
  known = facts();
  known.came_back = model::CameBack{person(11, "Sven L."), id_of<RecordId>(2), "Heg knippen"};
  add("an error and news", known, now);
  add("mine", facts(), at_page(model::Page::mine));
  known = facts();
  known.tasks->tasks.clear();
  add("nothing mine", known, at_page(model::Page::mine));
  add("places", facts(), at_page(model::Page::places));
  known = facts();
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  known.status->initiatives[0].practice = false;
  known.status->initiatives.push_back(initiative());
  known.status->initiatives[1].id = id_of<SpaceId>(8);
  add("people", known, at_page(model::Page::people));
  add("settings", known, at_page(model::Page::settings));
  add("inviting", known, at_page(model::Page::invite));
  known.invitation =
      InvitationMade{std::string(200, 'k'), id_of<SpaceId>(9), "Lindekwartier", kiem::Role::volunteer, {}, false};
  add("a code", known, at_page(model::Page::invite));
  add_lists(all);
  known.around = Surroundings{};
  now = at_page(model::Page::nearby);
  add("nobody nearby", known, now);
  Surroundings::Neighbour neighbour;
  neighbour.person = person(2, "Wilhelmina van der Kerkhoven-Oudshoorn");
  neighbour.initiatives = {"Kinderboerderijvrijwilligers Lindekwartier-Oost", "Kookclub"};
  known.around->neighbours = {neighbour, Surroundings::Neighbour{}};
  add("somebody nearby", known, now);
  now.looking = true;
  add("looking around", known, now);
  now = at_page(model::Page::pairing);
  add("letting in", known, now);
  now.beside = model::Beside{};
  add("letters on their way", known, now);
  now.beside->code = "k7qd-2m9x";
  now.beside->step = model::Beside::Step::waiting;
  add("letters", known, now);
  now.beside->words = {"sinaasappelsap", "brug", "kruiwagen", "zonnebloempit"};
  now.beside->step = model::Beside::Step::comparing;
  add("words to compare", known, now);
  now.beside->step = model::Beside::Step::answered;
  add("words compared", known, now);
  now.beside = model::Beside{model::Beside::Side::guest, model::Beside::Step::looking, "k7qd-2m9x", {}};
  add("looking for a neighbour", known, now);
  known = facts();
  known.people->people.clear();
  known.places->places.clear();
  add("no people", known, at_page(model::Page::people));
  add("no places", known, at_page(model::Page::places));
  known = facts();
  known.status->initiatives[0].only_here = 1234;
  known.status->initiatives[0].laptops = 7;
  known.status->initiatives[0].waiting = 12;
  known.status->initiatives[0].meetings[1].lacks = 100;
  add("sharing", known, at_page(model::Page::sharing));
  known.plugged_in = false;
  known.status->initiatives[0].meetings.clear();
  add("sharing without a plug", known, at_page(model::Page::sharing));
  add("more", facts(), at_page(model::Page::more));
  add("joining one more", facts(), at_page(model::Page::join));
  add("a new task", facts(), at_page(model::Page::add_task));
  add("a new place", facts(), at_page(model::Page::add_place));
  const auto outside = [](model::Page page) {
    model::UiState fresh;
    fresh.has_store = false;
    fresh.page = page;
    fresh.back = {model::Page::first_run};
    return fresh;
  };
  add("first run", model::Facts{}, outside(model::Page::first_run));
  add("practice", model::Facts{}, outside(model::Page::practice));
  add("beginning", model::Facts{}, outside(model::Page::begin));
  add("joining", model::Facts{}, outside(model::Page::join));
  now = model::UiState{};
  now.page = model::Page::unlock;
  add("unlocking", model::Facts{}, now);
  known = model::Facts{};
  known.slots = SlotKinds{.passphrase = true, .recovery = true, .held = true};
  add("unlocking, with another way", known, now);
  now.lock_note = model::LockNote{model::LockNote::Why::away, {}};
  typed(now, model::Field::task_title) = "Soep koken";
  add("locked with a draft", known, now);
  now.lock_note = model::LockNote{model::LockNote::Why::not_remembered, {}};
  add("not remembered", known, now);
  now.lock_note = model::LockNote{model::LockNote::Why::keyring_refuses,
                                  Error{ErrorCode::keyring_failed,
                                        Fault::machine,
                                        {"The name org.freedesktop.secrets was not provided by any .service files"}}};
  add("the keyring refuses", known, now);
  now.page = model::Page::forgotten;
  now.passphrase_shown = true;
  typed(now, model::Field::recovery_words) = "zaterdag bloem kas dak emmer fiets gieter heg imker jas kruid linde";
  model::take_error(now, Error{ErrorCode::wrong_words, Fault::person, {}});
  add("wrong words", known, now);
  now = model::UiState{};
  now.page = model::Page::new_passphrase;
  add("a new passphrase", known, now);
  known = model::Facts{};
  known.recovery_words = {
      {model::RecoveryWords::Of::person, "zaterdag bloem kas dak emmer fiets gieter heg imker jas kruid linde"}};
  now.page = model::Page::words;
  add("recovery words", known, now);
  return all;
}

}  // namespace kiem::samples
