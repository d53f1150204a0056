#include "gui/model/answers.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <span>

#include "core/crypto/secret.hpp"
#include "core/l10n/claims.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/names.hpp"
#include "gui/model/due.hpp"
#include "gui/model/pairing.hpp"
#include "gui/model/record_acts.hpp"
#include "gui/text/nearby.hpp"
#include "gui/text/shell.hpp"

namespace kiem::model {
namespace {

bool is_wait_of(const NodeRequest& request, Busy busy) {
  switch (busy) {
    case Busy::making: {
      const auto* const inner = std::get_if<Request>(&request);
      return inner != nullptr && std::holds_alternative<CreateInitiative>(*inner);
    }
    case Busy::joining:
      return std::holds_alternative<JoinByCode>(request);
    case Busy::inviting:
      return std::holds_alternative<InviteNewcomer>(request);
    case Busy::meeting:
      return std::holds_alternative<SyncWith>(request);
    case Busy::adding: {
      const auto* const inner = std::get_if<Request>(&request);
      return inner != nullptr &&
             (std::holds_alternative<AddTask>(*inner) || std::holds_alternative<AddPlace>(*inner) ||
              std::holds_alternative<AddRecord>(*inner) || std::holds_alternative<ChangeRecord>(*inner));
    }
    case Busy::no:
    case Busy::opening:
    case Busy::choosing:
    case Busy::remembering:
      return false;
  }
  return false;
}

// One call an answer.
struct Taker {
  Facts& facts;
  UiState& state;
  const NodeRequest& request;
  std::vector<NodeRequest> next;

  [[nodiscard]] Lang lang() const { return state.settings.lang; }
  void tell(std::string text) const { state.notice = Notice{Notice::Kind::done, std::move(text), {}}; }
  void ask_again() { next = queries_of(state); }
  // Of an answer that only the store gives.
  [[nodiscard]] const Request& asked() const { return std::get<Request>(request); }

  // The page that a finished form leaves for; recovery words on screen stay until they are written down.
  void arrive() {
    if (!facts.recovery_words.empty()) {
      if (state.page != Page::words) state.page = Page::words;
    } else {
      state.page = Page::tasks;
    }
    state.back.clear();
    state.task.reset();
    ask_again();
  }

  // A question about an initiative that is no longer on screen.
  template <class Query>
  [[nodiscard]] bool is_stale() const {
    const auto* const inner = std::get_if<Request>(&request);
    const auto* const query = inner == nullptr ? nullptr : std::get_if<Query>(inner);
    if (query == nullptr) return true;
    return state.initiative && !query->initiative.text.empty() && query->initiative.text != to_text(*state.initiative);
  }

  // Keeps the page of the task in step; the list follows with the change that the node tells of.
  void take_detail(const TaskDetail& detail) const {
    if (state.task == detail.card.id) facts.task = detail;
    if (!facts.tasks) return;
    for (TaskCard& card : facts.tasks->tasks) {
      if (card.id == detail.card.id) card = detail.card;
    }
  }

  void operator()(const StatusAnswer& answer) {
    facts.status = answer;
    const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
    if (initiative == nullptr) {
      state.initiative.reset();
      if (state.page == Page::tasks) state.page = Page::first_run;
      return;
    }
    if (initiative->my_role != kiem::Role::coordinator) forget_due(facts, state);
    if (state.initiative == initiative->id) return;
    state.initiative = initiative->id;
    ask_again();
  }
  void operator()(const Tasks& answer) {
    if (!is_stale<ListTasks>()) facts.tasks = answer;
  }
  void operator()(const TaskDetail& answer) {
    if (state.task == answer.card.id) facts.task = answer;
  }
  void operator()(const Places& answer) {
    if (!is_stale<ListPlaces>()) facts.places = answer;
  }
  void operator()(const People& answer) {
    if (!is_stale<ListPeople>()) facts.people = answer;
  }
  void operator()(const LogAnswer& answer) {
    const auto* const inner = std::get_if<Request>(&request);
    const auto* const query = inner == nullptr ? nullptr : std::get_if<ShowLog>(inner);
    if (query != nullptr && query->task && state.task && query->task->text == to_text(*state.task)) {
      facts.history = answer;
    }
  }
  void operator()(const ClaimAnswer& answer) {
    take_detail(answer.task);
    std::string text = claim_sentence(lang(), answer.task.card.title, answer.claim);
    if (answer.claim.state == ClaimState::provisional) {
      text += ' ';
      text += facts.plugged_in ? text::notice::kOthersSoon.in(lang()) : text::notice::kOthersLater.in(lang());
    } else if (answer.claim.state == ClaimState::waiting) {
      text += ' ' + reason_text(lang(), answer.claim.reason);
    }
    tell(std::move(text));
    ask_again();
  }
  void operator()(const TaskChanged& answer) {
    take_detail(answer.task);
    const auto* const inner = std::get_if<Request>(&request);
    const auto* const withdraw = inner == nullptr ? nullptr : std::get_if<WithdrawClaim>(inner);
    if (withdraw != nullptr && answer.task.card.mine) {
      tell(claim_sentence(lang(), answer.task.card.title, *answer.task.card.mine));
    } else {
      tell(say(lang(), text::notice::kChanged, answer.task.card.title));
    }
    ask_again();
  }
  // The form has done its work: its words go, and the page before it is shown, or what was added.
  void leave_form(Page form, std::span<const Field> fields, Page next_page) {
    for (const Field field : fields) typed(state, field).clear();
    if (state.page != form) return;
    state.page = next_page;
    if (!state.back.empty()) state.back.pop_back();
  }
  void operator()(const TaskAdded& answer) {
    constexpr std::array kForm{Field::task_title, Field::task_day,   Field::task_from,
                               Field::task_until, Field::task_seats, Field::task_note};
    state.task_place.reset();
    if (state.page == Page::add_task) state.task = answer.id;
    leave_form(Page::add_task, kForm, Page::tasks);
    tell(say(lang(), text::notice::kAdded, answer.title));
    ask_again();
  }
  void operator()(const PlaceAdded& answer) {
    constexpr std::array kForm{Field::place_title, Field::place_kind, Field::place_text, Field::place_meet};
    leave_form(Page::add_place, kForm, Page::places);
    tell(say(lang(), text::notice::kAdded, answer.title));
    ask_again();
  }
  void operator()(const InitiativeCreated& answer) {
    facts.recovery_words.push_back({RecoveryWords::Of::initiative, answer.recovery_words});
    state.initiative = answer.id;
    typed(state, Field::initiative_name).clear();
    tell(say(lang(), text::notice::kStarted, answer.name));
    arrive();
  }
  void operator()(const InvitationMade& answer) { facts.invitation = answer; }
  void operator()(const InitiativeJoined& answer) {
    state.initiative = answer.initiative;
    state.beside.reset();
    wipe(typed(state, Field::code));
    tell(say(lang(), answer.on_probation ? text::notice::kJoinedProbation : text::notice::kJoined, answer.name));
    arrive();
  }
  void operator()(const Synced& answer) {
    const std::string name = person_name(lang(), answer.person);
    tell(answer.received == 0 ? say(lang(), text::sync::kMet, name)
                              : say_count(lang(), answer.received, text::sync::kMetNew, name));
    ask_again();
  }
  // Asked by no screen of this client.
  void operator()(const ImportAnswer&) {}
  void operator()(const PlaceDetail&) {}
  void operator()(const DoctorAnswer&) {}
  void operator()(const WaysIn&) {}
  void operator()(const BackedUp&) {}
  void operator()(const CopyEnrolled&) {}
  // A command of its own, which no screen asks for.
  void operator()(const Conflicts&) {}
  void operator()(const DueRecords& answer) const { take_due(facts, state, asked(), answer); }
  void operator()(const SchemaAnswer& answer) {
    if (!is_stale<ShowSchema>()) facts.schema = answer;
  }
  void operator()(const Records& answer) const { take_records(facts, state, asked(), answer); }
  void operator()(const FoundTexts& answer) const { take_found(facts, state, asked(), answer); }
  void operator()(const RecordAnswer& answer) {
    take_record(facts, state, asked(), answer);
    if (!std::holds_alternative<ShowRecord>(asked())) ask_again();
  }
  void operator()(const Undone& answer) {
    take_undone(state, answer);
    ask_again();
  }
  void operator()(const Surroundings& answer) {
    state.looking = false;
    facts.around = answer;
  }
  void operator()(const PairingOpened& answer) { next = take_code(state, answer); }
  void operator()(const PairingShown& answer) const { take_words(state, answer); }
  void operator()(const PairingGiven& answer) {
    state.beside.reset();
    if (state.page == Page::pairing) {
      state.page = Page::people;
      state.back.clear();
    }
    tell(say(lang(), text::pairing::kIsIn, answer.initiative));
    ask_again();
  }
  // That alone: an answer without a call of its own would be made an Answer again, without end.
  template <std::same_as<Answer> Whole>
  void operator()(const Whole& answer) {
    std::visit(*this, answer);
  }
};

// The page of a task that this store no longer shows says so itself; no error is laid over it.
bool is_gone_task(const UiState& state, const NodeRequest& request, const Error& error) {
  const auto* const inner = std::get_if<Request>(&request);
  const auto* const query = inner == nullptr ? nullptr : std::get_if<ShowTask>(inner);
  return query != nullptr && error.code == ErrorCode::not_found && state.task &&
         query->task.text == to_text(*state.task);
}

}  // namespace

std::vector<NodeRequest> take_answer(Facts& facts, UiState& state, const NodeRequest& request,
                                     const Result<NodeAnswer>& answer) {
  if (is_wait_of(request, state.busy)) state.busy = Busy::no;
  const bool is_pairing = is_about_pairing(request);
  if (is_pairing && is_of_left_pairing(state)) return {};
  if (!answer) {
    if (std::holds_alternative<kiem::LookAround>(request)) state.looking = false;
    if (is_gone_task(state, request, answer.error())) {
      facts.task.reset();
    } else if (is_pairing) {
      take_pairing_failure(state, answer.error());
    } else if (const auto* const asked = std::get_if<Request>(&request);
               asked != nullptr && is_gone_record(state, *asked, answer.error())) {
      facts.record.reset();
      state.gone = state.record;
    } else {
      take_error(state, answer.error());
    }
    return {};
  }
  Taker taker{facts, state, request, {}};
  std::visit(taker, *answer);
  return std::move(taker.next);
}

namespace {

// Where the person was when it locked, else the board.
std::vector<NodeRequest> come_back(UiState& state) {
  if (!state.locked_from) state.back.clear();
  state.page = std::exchange(state.locked_from, {}).value_or(Page::tasks);
  return queries_of(state);
}

}  // namespace

std::vector<NodeRequest> take_opened(Facts& facts, UiState& state, const Status& opened) {
  state.busy = Busy::no;
  const bool by_words = state.page == Page::forgotten;
  if (!opened) {
    // Twelve words that belong together, of somebody else's paper.
    const bool wrong_words = by_words && opened.error().code == ErrorCode::no_slot_opens;
    take_error(state, wrong_words ? Error{ErrorCode::wrong_words, Fault::person, {}} : opened.error());
    return {};
  }
  for (const Field field : {Field::passphrase, Field::passphrase_again, Field::recovery_words}) {
    wipe(typed(state, field));
  }
  state.passphrase_shown = false;
  state.has_store = true;
  state.lock_note.reset();
  state.notice.reset();
  take_locked(facts);
  if (!by_words) return come_back(state);
  state.page = Page::new_passphrase;
  return {};
}

std::vector<NodeRequest> take_remembered(Facts& facts, UiState& state, const Status& opened) {
  if (opened) return take_opened(facts, state, opened);
  const Error& error = opened.error();
  state.busy = Busy::no;
  if (error.code == ErrorCode::no_slot_opens) {
    state.lock_note = LockNote{LockNote::Why::not_remembered, {}};
  } else if (error.code == ErrorCode::keyring_failed) {
    state.lock_note = LockNote{LockNote::Why::keyring_refuses, error};
  } else {
    take_error(state, error);
  }
  return {};
}

void take_locked(Facts& facts) {
  for (RecoveryWords& shown : facts.recovery_words) wipe(shown.words);
  if (facts.invitation) wipe(facts.invitation->code);
  Facts fresh;
  fresh.slots = facts.slots;
  fresh.plugged_in = facts.plugged_in;
  facts = std::move(fresh);
}

std::vector<NodeRequest> take_passphrase(UiState& state, const Status& chosen) {
  state.busy = Busy::no;
  if (!chosen) {
    take_error(state, chosen.error());
    return {};
  }
  wipe(typed(state, Field::passphrase));
  wipe(typed(state, Field::passphrase_again));
  state.passphrase_shown = false;
  state.notice = Notice{Notice::Kind::done, say(state.settings.lang, text::notice::kPassphraseChosen), {}};
  return come_back(state);
}

void take_remembering(UiState& state, bool on, const Status& done) {
  state.busy = Busy::no;
  const bool is_left = !done && !on && done.error().code == ErrorCode::keyring_failed;
  if (!done && !is_left) return take_error(state, done.error());
  const Text<0>& text = on        ? text::notice::kRemembered
                        : is_left ? text::notice::kForgottenNotThere
                                  : text::notice::kForgotten;
  state.notice = Notice{Notice::Kind::done, say(state.settings.lang, text), {}};
}

void take_made(Facts& facts, UiState& state, Result<std::string> words) {
  // A pairing waits until the words are written down; nothing else is under way then.
  if (!words || state.beside) state.busy = Busy::no;
  if (!words) {
    state.beside.reset();
    return take_error(state, words.error());
  }
  wipe(typed(state, Field::passphrase));
  wipe(typed(state, Field::passphrase_again));
  state.passphrase_shown = false;
  state.has_store = true;
  facts.recovery_words.push_back({RecoveryWords::Of::person, std::move(*words)});
  state.back.push_back(state.page);
  state.page = Page::words;
}

bool take_ask(Facts& facts, const HostAsk& ask) {
  if (std::holds_alternative<ForgetWords>(ask)) {
    if (facts.recovery_words.empty()) return true;
    wipe(facts.recovery_words.front().words);
    facts.recovery_words.erase(facts.recovery_words.begin());
    return true;
  }
  if (std::holds_alternative<ForgetNews>(ask)) {
    facts.came_back.reset();
    return true;
  }
  if (std::holds_alternative<ForgetInvitation>(ask)) {
    if (facts.invitation) wipe(facts.invitation->code);
    facts.invitation.reset();
    return true;
  }
  return false;
}

void take_error(UiState& state, const Error& error) {
  state.notice = Notice{Notice::Kind::error, error_sentence(state.settings.lang, error), error_choices(error)};
}

}  // namespace kiem::model
