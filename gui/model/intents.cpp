#include "gui/model/intents.hpp"

#include <algorithm>

#include "core/crypto/secret.hpp"
#include "core/l10n/errors.hpp"
#include "gui/model/drafts.hpp"
#include "gui/model/pairing.hpp"
#include "gui/model/record_acts.hpp"
#include "gui/model/settling.hpp"
#include "gui/text/board.hpp"
#include "gui/text/nearby.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/start.hpp"
#include "sync/pairing/pairing_code.hpp"

namespace kiem::model {
namespace {

constexpr std::uint32_t kMostPeople = 99;
constexpr std::uint32_t kHistoryRows = 50;

// One call an intent; each changes the step, which begins with the state as it was.
struct Applier {
  Step& step;
  const Facts& facts;

  UiState& state() const { return step.state; }
  void ask() const { step.requests = queries_of(state()); }
  void complain(const Text<0>& text) const {
    state().notice = Notice{Notice::Kind::error, std::string(text.in(state().settings.lang)), {}};
  }
  [[nodiscard]] InitiativeNaming naming() const {
    const InitiativeRow* const initiative = initiative_of(facts, state().initiative);
    return {initiative == nullptr ? std::string() : to_text(initiative->id)};
  }
  void keep_settings() const { step.host.emplace_back(KeepSettings{state().settings}); }

  void operator()(const GoTo& intent) const {
    UiState& now = state();
    now.pending.reset();
    now.task.reset();
    now.why.reset();
    now.history_open = false;
    push_page(now, intent.page);
    ask();
    if (now.page == Page::nearby) (*this)(LookWho{});
  }
  void operator()(const GoBack&) const {
    UiState& now = state();
    if (now.pending) {
      now.pending.reset();
    } else if (now.notice && now.notice->kind == Notice::Kind::error) {
      now.notice.reset();
    } else if (now.task) {
      now.task.reset();
      now.why.reset();
      now.history_open = false;
    } else if (now.searching || !typed(now, Field::search).empty()) {
      now.searching = false;
      typed(now, Field::search).clear();
    } else if (now.page == Page::pairing) {
      leave_pairing(step);
    } else if (now.page == Page::forgotten) {
      if (now.busy != Busy::no) return;
      wipe(typed(now, Field::recovery_words));
      now.passphrase_shown = false;
      now.page = Page::unlock;
    } else if (now.page != Page::words && now.page != Page::new_passphrase && now.busy == Busy::no &&
               !now.back.empty()) {
      // The recovery words are shown once: nobody leaves them by a slip of the finger.
      now.page = now.back.back();
      now.back.pop_back();
      ask();
    }
  }
  void operator()(const OpenTask& intent) const {
    UiState& now = state();
    if (now.task == intent.task) return;
    now.task = intent.task;
    now.why.reset();
    now.history_open = false;
    ask();
  }
  void operator()(const FilterTasks& intent) const { state().filter = intent.filter; }
  void operator()(const ShowPlace& intent) const {
    if (intent.place && state().page != Page::tasks) (*this)(GoTo{Page::tasks});
    state().place = intent.place;
  }
  void operator()(const ShowAll&) const {
    state().filter = BoardFilter::all;
    state().place.reset();
    typed(state(), Field::search).clear();
    state().searching = false;
  }
  void operator()(const ToggleSearch&) const {
    state().searching = !state().searching;
    if (!state().searching) typed(state(), Field::search).clear();
  }
  void operator()(const ToggleHistory&) const {
    state().history_open = !state().history_open;
    if (state().history_open) ask();
  }
  void operator()(const ToggleWhy& intent) const {
    if (state().why == intent.person) {
      state().why.reset();
    } else {
      state().why = intent.person;
    }
  }
  void operator()(const CloseNotice&) const { state().notice.reset(); }
  void operator()(const CloseNews&) const { step.host.emplace_back(ForgetNews{}); }
  void operator()(const ChooseInitiative& intent) const {
    state().initiative = intent.initiative;
    state().collection.reset();
    state().record.reset();
    state().draft.reset();
    state().due_open = false;
    state().erasing.reset();
    state().place.reset();
    (*this)(GoTo{Page::tasks});
  }

  void operator()(const Type& intent) const {
    typed(state(), intent.field) = intent.text;
    if (intent.field == Field::find) add_record_queries(state(), naming(), step.requests);
  }
  void operator()(const RecordIntent& intent) const { apply_record(step, facts, intent); }
  void operator()(const TogglePassphrase&) const { state().passphrase_shown = !state().passphrase_shown; }

  void operator()(const AskClaim& intent) const {
    const TaskCard* const card = card_of(facts, intent.task);
    if (card == nullptr || card->state != TaskState::open) return;
    state().pending = Pending{Pending::Kind::claim, intent.task, 1};
  }
  void operator()(const AskWithdraw& intent) const {
    const TaskCard* const card = card_of(facts, intent.task);
    if (card == nullptr || !card->mine) return;
    state().pending = Pending{Pending::Kind::withdraw, intent.task, card->mine->count};
  }
  void operator()(const ChangeCount& intent) const {
    if (!state().pending || state().pending->kind != Pending::Kind::claim) return;
    const std::int64_t count = std::int64_t{state().pending->count} + intent.by;
    state().pending->count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 1, kMostPeople));
  }
  void operator()(const Agree&) const {
    if (!state().pending) return;
    const Pending pending = *state().pending;
    state().pending.reset();
    const TaskCard* const card = card_of(facts, pending.task);
    if (card == nullptr) return;
    const InitiativeNaming initiative{to_text(card->initiative)};
    const Naming task{to_text(pending.task)};
    if (pending.kind == Pending::Kind::claim) {
      step.requests.emplace_back(ClaimTask{initiative, task, pending.count, std::nullopt});
    } else {
      step.requests.emplace_back(WithdrawClaim{initiative, task, std::nullopt});
    }
  }
  void operator()(const Decline&) const { state().pending.reset(); }
  void operator()(const SettleConflict& intent) const {
    const TaskCard* const card = card_of(facts, intent.task);
    if (card == nullptr) return;
    if (auto edit = settling_edit(*card, intent.field, intent.value)) step.requests.emplace_back(std::move(*edit));
  }

  void operator()(const ChooseTaskPlace& intent) const {
    if (state().task_place == intent.place) {
      state().task_place.reset();
    } else {
      state().task_place = intent.place;
    }
  }
  void operator()(const SaveTask&) const {
    if (state().busy != Busy::no) return;
    if (is_blank(typed(state(), Field::task_title))) return complain(text::add::kTaskMissing);
    Result<AddTask> task = drafted_task(state(), naming());
    if (!task) {
      state().notice = Notice{Notice::Kind::error, error_sentence(state().settings.lang, task.error()), {}};
      return;
    }
    state().notice.reset();
    state().busy = Busy::adding;
    step.requests.emplace_back(std::move(*task));
  }
  void operator()(const SavePlace&) const {
    if (state().busy != Busy::no) return;
    if (is_blank(typed(state(), Field::place_title))) return complain(text::add::kPlaceMissing);
    state().notice.reset();
    state().busy = Busy::adding;
    step.requests.emplace_back(drafted_place(state(), naming()));
  }

  void operator()(const Unlock&) const {
    if (state().busy != Busy::no) return;
    if (typed(state(), Field::passphrase).empty()) return complain(text::unlock::kMissing);
    state().notice.reset();
    state().busy = Busy::opening;
    step.host.emplace_back(OpenStore{typed(state(), Field::passphrase)});
  }
  void operator()(const ForgotPassphrase&) const {
    if (state().busy != Busy::no || state().page != Page::unlock) return;
    wipe(typed(state(), Field::passphrase));
    state().notice.reset();
    // Words from paper are long, and nobody types twelve of them blind.
    state().passphrase_shown = true;
    state().page = Page::forgotten;
  }
  void operator()(const UnlockByWords&) const {
    if (state().busy != Busy::no) return;
    const std::string& words = typed(state(), Field::recovery_words);
    if (is_blank(words)) return complain(text::forgotten::kMissing);
    state().notice.reset();
    state().busy = Busy::opening;
    step.host.emplace_back(OpenByWords{words});
  }
  void operator()(const ChoosePassphrase&) const {
    if (state().busy != Busy::no || !has_new_passphrase()) return;
    state().notice.reset();
    state().busy = Busy::choosing;
    step.host.emplace_back(PutPassphrase{typed(state(), Field::passphrase)});
  }
  void operator()(const Lock& intent) const {
    if (!can_lock(facts, state())) return;
    UiState& now = state();
    for (const Field field : kSecretFields) wipe(typed(now, field));
    typed(now, Field::search).clear();
    now.searching = false;
    now.passphrase_shown = false;
    now.pending.reset();
    now.why.reset();
    now.history_open = false;
    now.notice.reset();
    forget_pairing(now);
    now.deleted.clear();  // titles that were read from the store
    now.looking = false;
    now.lock_note = LockNote{intent.away ? LockNote::Why::away : LockNote::Why::asked, {}};
    if (now.page != Page::new_passphrase) now.locked_from = now.page;
    now.page = Page::unlock;
    step.host.emplace_back(LockStore{});
  }
  void operator()(const Remember& intent) const {
    if (state().busy != Busy::no || !can_be_remembered(facts)) return;
    // Once more makes a new key, for a keyring that lost its own.
    if (!intent.on && !facts.slots->held) return;
    state().notice.reset();
    state().busy = Busy::remembering;
    step.host.emplace_back(RememberStore{intent.on});
  }
  void operator()(const ChooseLockMinutes& intent) const {
    if (std::find(kLockMinutes.begin(), kLockMinutes.end(), intent.minutes) == kLockMinutes.end()) return;
    if (state().settings.lock_minutes == intent.minutes) return;
    state().settings.lock_minutes = intent.minutes;
    keep_settings();
  }
  void operator()(const LookAround&) const {
    if (state().busy != Busy::no) return;
    if (is_blank(typed(state(), Field::your_name))) return complain(text::first::kNameMissing);
    state().notice.reset();
    state().busy = Busy::making;
    step.host.emplace_back(StartPractice{typed(state(), Field::your_name)});
  }
  // Typed twice and the same. False: something is missing, and said.
  [[nodiscard]] bool has_new_passphrase() const {
    const std::string& passphrase = typed(state(), Field::passphrase);
    if (passphrase.empty()) return complain(text::first::kPassphraseMissing), false;
    if (passphrase != typed(state(), Field::passphrase_again)) return complain(text::first::kNotTheSame), false;
    return true;
  }
  // A store is made first when there is none. False: something is missing, and said.
  [[nodiscard]] bool with_store() const {
    if (state().has_store) return true;
    if (is_blank(typed(state(), Field::your_name))) return complain(text::first::kNameMissing), false;
    if (!has_new_passphrase()) return false;
    step.host.emplace_back(MakeStore{typed(state(), Field::your_name), typed(state(), Field::passphrase)});
    return true;
  }
  void operator()(const BeginInitiative&) const {
    if (state().busy != Busy::no) return;
    const std::string& name = typed(state(), Field::initiative_name);
    if (is_blank(name)) return complain(text::first::kInitiativeMissing);
    if (!with_store()) return;
    state().notice.reset();
    state().busy = Busy::making;
    step.requests.emplace_back(CreateInitiative{name});
  }
  void operator()(const Join&) const {
    if (state().busy != Busy::no) return;
    const std::string& code = typed(state(), Field::code);
    if (is_blank(code)) return complain(text::first::kCodeMissing);
    const bool is_short = is_short_code(code);
    if (is_short && !read_pairing_code(code)) return complain(text::pairing::kShortCode);
    const bool has_store = state().has_store;
    if (!with_store()) return;
    state().notice.reset();
    if (is_short) {
      state().beside = Beside{Beside::Side::guest, Beside::Step::later, code, {}};
      if (has_store) return find_host(step);
      state().busy = Busy::making;
      return;
    }
    state().busy = Busy::joining;
    step.requests.emplace_back(JoinByCode{code});
  }
  void operator()(const WordsWritten&) const {
    if (state().page != Page::words) return;
    step.host.emplace_back(ForgetWords{});
    if (facts.recovery_words.size() > 1) return;  // the next ones come on screen
    UiState& now = state();
    if (now.beside && now.beside->step == Beside::Step::later) {
      now.page = Page::join;
      if (!now.back.empty()) now.back.pop_back();
      return find_host(step);
    }
    if (initiative_of(facts, now.initiative) != nullptr || now.back.empty()) {
      now.page = Page::tasks;
      now.back.clear();
    } else {
      now.page = now.back.back();
      now.back.pop_back();
    }
    ask();
  }
  void operator()(const ChooseRole& intent) const {
    state().invited_as = intent.role;
    if (facts.invitation) step.host.emplace_back(ForgetInvitation{});
  }
  void operator()(const Invite&) const {
    if (state().busy != Busy::no) return;
    state().notice.reset();
    state().busy = Busy::inviting;
    step.host.emplace_back(ForgetInvitation{});
    step.requests.emplace_back(InviteNewcomer{naming(), state().invited_as, {}});
  }
  void operator()(const CopyCode&) const {
    if (!facts.invitation) return;
    step.host.emplace_back(CopyText{facts.invitation->code});
    state().notice = Notice{Notice::Kind::done, std::string(text::notice::kCopied.in(state().settings.lang)), {}};
  }
  void operator()(const Meet&) const {
    if (state().busy != Busy::no) return;
    if (is_blank(typed(state(), Field::address))) return complain(text::first::kAddressMissing);
    state().notice.reset();
    state().busy = Busy::meeting;
    step.requests.emplace_back(SyncWith{typed(state(), Field::address), std::nullopt});
  }
  void operator()(const LookWho&) const {
    if (state().looking) return;
    state().looking = true;
    step.requests.emplace_back(kiem::LookAround{});
  }
  void operator()(const LetIn&) const { show_code(step, naming()); }
  void operator()(const CompareWords& intent) const { compare_words(step, intent.same); }
  void operator()(const LeavePairing&) const { leave_pairing(step); }
  void operator()(const PullPlug& intent) const { step.host.emplace_back(SetPlug{!intent.out}); }
  void operator()(const UseRoutes& intent) const {
    step.requests.emplace_back(Request(ChooseRoutes{intent.ipv4, intent.ipv6, intent.dns_sd}));
  }
  void operator()(const StartForReal&) const { step.host.emplace_back(LeavePractice{}); }

  void operator()(const StepTextSize& intent) const {
    std::uint16_t& percent = state().settings.text_percent;
    const auto* const found = std::lower_bound(kTextSizes.begin(), kTextSizes.end(), percent);
    const std::int64_t at =
        (found == kTextSizes.end() ? std::int64_t{kTextSizes.size()} - 1 : found - kTextSizes.begin());
    const std::int64_t to = intent.by == 0 ? 0 : std::clamp<std::int64_t>(at + intent.by, 0, kTextSizes.size() - 1);
    (*this)(ChooseTextSize{kTextSizes[static_cast<std::size_t>(to)]});
  }
  void operator()(const ChooseTextSize& intent) const {
    if (std::find(kTextSizes.begin(), kTextSizes.end(), intent.percent) == kTextSizes.end()) return;
    if (state().settings.text_percent == intent.percent) return;
    state().settings.text_percent = intent.percent;
    keep_settings();
  }
  void operator()(const ChooseTheme& intent) const {
    if (state().settings.theme == intent.theme) return;
    state().settings.theme = intent.theme;
    keep_settings();
  }
  void operator()(const ChooseLang& intent) const {
    if (state().settings.lang == intent.lang) return;
    state().settings.lang = intent.lang;
    keep_settings();
  }
};

}  // namespace

bool can_lock(const Facts& facts, const UiState& state) {
  return has_lock(facts) && state.has_store && !is_shut(state) && state.busy == Busy::no &&
         facts.recovery_words.empty();
}

void wipe_secrets(Intent& intent) {
  auto* const type = std::get_if<Type>(&intent);
  if (type != nullptr && is_secret(type->field)) wipe(type->text);
}

void wipe_secrets(HostAsk& ask) {
  if (auto* const open = std::get_if<OpenStore>(&ask)) wipe(open->passphrase);
  if (auto* const words = std::get_if<OpenByWords>(&ask)) wipe(words->words);
  if (auto* const put = std::get_if<PutPassphrase>(&ask)) wipe(put->passphrase);
  if (auto* const make = std::get_if<MakeStore>(&ask)) wipe(make->passphrase);
}

Step apply(UiState state, const Facts& facts, const Intent& intent) {
  Step step;
  step.state = std::move(state);
  std::visit(Applier{step, facts}, intent);
  return step;
}

std::vector<NodeRequest> queries_of(const UiState& state) {
  if (!state.has_store || is_shut(state) || state.page == Page::new_passphrase) return {};
  std::vector<NodeRequest> queries;
  queries.reserve(8);
  // Looking for what is due takes a look at every record: only where it is told.
  queries.emplace_back(ShowStatus{state.page == Page::lists ? state.today : std::nullopt});
  if (!state.initiative) return queries;  // asked again when the status tells which there are
  const InitiativeNaming initiative{to_text(*state.initiative)};
  queries.emplace_back(ListTasks{initiative, true, std::nullopt});
  if (state.page == Page::places || state.page == Page::add_task) queries.emplace_back(ListPlaces{initiative});
  if (state.page == Page::people) queries.emplace_back(ListPeople{initiative});
  if (state.task) {
    const Naming task{to_text(*state.task)};
    queries.emplace_back(ShowTask{initiative, task});
    if (state.history_open) queries.emplace_back(ShowLog{initiative, task, kHistoryRows});
  }
  queries.emplace_back(ShowSchema{initiative});
  add_record_queries(state, initiative, queries);
  return queries;
}

}  // namespace kiem::model
