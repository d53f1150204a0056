#include "gui/host/host.hpp"

#include <algorithm>
#include <array>

#include "core/crypto/secret.hpp"
#include "core/identity/recovery.hpp"
#include "gui/model/answers.hpp"
#include "gui/model/pairing.hpp"
#include "gui/model/screen.hpp"
#include "gui/screens/screen.hpp"
#include "sync/practice/neighbours.hpp"

namespace kiem::gui {
namespace {

constexpr std::uint64_t kMsOfDay = 86'400'000;
// Long enough to be read twice.
constexpr std::uint64_t kNoticeMs = 6'000;

struct View {
  std::string_view name;
  model::Page page;
};
constexpr std::array kViews{View{"tasks", model::Page::tasks},       View{"mine", model::Page::mine},
                            View{"places", model::Page::places},     View{"people", model::Page::people},
                            View{"sharing", model::Page::sharing},   View{"settings", model::Page::settings},
                            View{"invite", model::Page::invite},     View{"nearby", model::Page::nearby},
                            View{"lists", model::Page::lists},       View{"pairing", model::Page::pairing},
                            View{"more", model::Page::more},         View{"first-run", model::Page::first_run},
                            View{"practice", model::Page::practice}, View{"begin", model::Page::begin},
                            View{"join", model::Page::join},         View{"unlock", model::Page::unlock}};

// Where people wait, else my own, else the first with a seat left, else any.
const TaskCard* most_to_show(const std::vector<TaskCard>& tasks) {
  const auto first = [&](const auto& wanted) -> const TaskCard* {
    const auto found = std::find_if(tasks.begin(), tasks.end(), wanted);
    return found == tasks.end() ? nullptr : &*found;
  };
  if (const auto* const card = first([](const TaskCard& each) { return each.waiting > 0; })) return card;
  if (const auto* const card = first([](const TaskCard& each) { return each.mine.has_value(); })) return card;
  if (const auto* const card = first([](const TaskCard& each) { return each.free.value_or(0) > 0; })) return card;
  return tasks.empty() ? nullptr : &tasks.front();
}

// Views that lead from one answer to the next: a list, one thing of it, the form for that.
constexpr std::array<std::string_view, 3> kRecordViews{"list", "thing", "thing-form"};

// What waits for people who compare words, or for whoever may be near, keeps no question about the store waiting.
bool is_soon_answered(const NodeRequest& request) {
  return !model::is_about_pairing(request) && !std::holds_alternative<LookAround>(request);
}

SecretBytes secret_of(const std::string& text) { return SecretBytes::copy_of(view(std::string_view(text))); }

}  // namespace

Host::Host(HostServices services, Backend& backend, model::UiState state, std::optional<SlotKinds> slots)
    : services_(std::move(services)), backend_(backend), state_(std::move(state)) {
  facts_.slots = slots;
}

void Host::open(Unlock unlock) {
  state_.busy = model::Busy::opening;
  backend_.open(services_.home, std::move(unlock));
}

void Host::open_remembered() {
  state_.busy = model::Busy::opening;
  backend_.open_remembered(services_.home);
}

void Host::practise(const std::string& name) {
  state_.busy = model::Busy::making;
  backend_.practise(name);
}

App Host::app() {
  App app;
  app.draw = [this](Ui& ui) { draw(ui); };
  app.act = [this](Ui& ui, std::uint64_t now_ms) {
    Next next = act(ui, now_ms);
    // The days on the board are told from today on.
    const std::uint64_t midnight = now_ms + ms_to_midnight();
    next.look_again_ms = std::min(midnight, close_notice_ms_.value_or(midnight));
    if (watches()) next.act_again_ms = away_at_ms(*seen_, state_.settings.lock_minutes);
    return next;
  };
  return app;
}

bool Host::show(std::string_view view) {
  const auto* const found =
      std::find_if(kViews.begin(), kViews.end(), [&](const View& each) { return each.name == view; });
  const bool is_record_view = std::find(kRecordViews.begin(), kRecordViews.end(), view) != kRecordViews.end();
  if (found == kViews.end() && view != "task" && view != "confirm" && !is_record_view) return false;
  wanted_view_ = view;
  if (found != kViews.end() && found->page >= model::Page::first_run && found->page <= model::Page::unlock &&
      found->page != model::Page::words) {
    state_.page = found->page;
    if (found->page != model::Page::unlock) state_.has_store = false;
    wanted_view_.clear();
  }
  return true;
}

std::string Host::views() {
  std::string names;
  for (const View& each : kViews) names += std::string(each.name) + ", ";
  for (const std::string_view each : kRecordViews) names += std::string(each) + ", ";
  return names + "task, confirm";
}

// --- drawing ---------------------------------------------------------------------------------------------------------

void Host::draw(Ui& ui) {
  const WallTime now = services_.clock.wall();
  const model::Reader reader{state_.settings.lang, now, services_.zone_offset(now)};
  model::ScreenModel screen = model::screen_model(reader, facts_, state_);
  for (model::Intent& intent : draw_screen(ui, screen)) intents_.push_back(std::move(intent));
  if (auto* const form = std::get_if<model::FormModel>(&screen.body)) model::wipe_secrets(*form);
}

std::uint64_t Host::ms_to_midnight() const {
  const WallTime now = services_.clock.wall();
  const std::int64_t local = now.ms + std::int64_t{services_.zone_offset(now)} * 60'000;
  const auto day = static_cast<std::int64_t>(kMsOfDay);
  return kMsOfDay - static_cast<std::uint64_t>((local % day + day) % day);
}

// --- acting ----------------------------------------------------------------------------------------------------------

Next Host::act(Ui& ui, std::uint64_t now_ms) {
  Next next;
  const WallTime now = services_.clock.wall();
  state_.today = model::Reader{state_.settings.lang, now, services_.zone_offset(now)}.today();
  lock_when_away(ui, now_ms);
  auto news = backend_.take_news();
  if (close_notice_ms_ && *close_notice_ms_ <= now_ms) intents_.emplace_back(model::CloseNotice{});
  next.draw_again = !news.empty() || !intents_.empty();
  // What is asked on the way is often answered at once (DirectBackend), so until nothing more comes.
  while (!news.empty() || !intents_.empty()) {
    for (News& each : news) take(each);
    auto intents = std::exchange(intents_, {});
    for (model::Intent& intent : intents) {
      obey(intent, ui);
      model::wipe_secrets(intent);
    }
    news = backend_.take_news();
  }
  const bool tells_success = state_.notice && state_.notice->kind == model::Notice::Kind::done;
  if (!tells_success) {
    close_notice_ms_.reset();
  } else if (!close_notice_ms_) {
    close_notice_ms_ = now_ms + kNoticeMs;
  }
  const Look look{theme_of(state_.settings.theme), state_.settings.text_percent, ui.look().pixel_ratio};
  if (ui.look() != look) ui.set_look(look);
  return next;
}

bool Host::watches() const { return seen_ && state_.settings.lock_minutes > 0 && model::can_lock(facts_, state_); }

// Asked before this moment's keys count, so that whoever opens the lid of a laptop that slept finds it locked.
void Host::lock_when_away(const Ui& ui, std::uint64_t now_ms) {
  const LastSeen now{now_ms, services_.clock.wall()};
  if (watches() && is_away(*seen_, now, state_.settings.lock_minutes)) {
    intents_.clear();
    intents_.emplace_back(model::Lock{true});
  }
  if (!seen_ || ui.acts() != acts_seen_) seen_ = now;
  acts_seen_ = ui.acts();
}

// What was asked and is not answered yet is answered while the store shuts, and dropped by take().
void Host::shut() {
  ++shutting_;
  backend_.shut();
  is_stale_ = false;
  wanted_view_.clear();
  came_back_.clear();
}

void Host::lock() {
  shut();
  model::take_locked(facts_);
}

void Host::obey(const model::Intent& intent, Ui& ui) {
  model::Step step = model::apply(std::move(state_), facts_, intent);
  state_ = std::move(step.state);
  const bool makes_store = std::any_of(step.host.begin(), step.host.end(), [](const model::HostAsk& ask) {
    return std::holds_alternative<model::MakeStore>(ask);
  });
  for (model::HostAsk& each : step.host) {
    obey(each, ui);
    model::wipe_secrets(each);
  }
  if (makes_store) {
    after_made_ = std::move(step.requests);
  } else {
    ask(std::move(step.requests));
  }
}

void Host::obey(const model::HostAsk& ask, Ui& ui) {
  if (model::take_ask(facts_, ask)) return;
  if (const auto* const open = std::get_if<model::OpenStore>(&ask)) {
    backend_.open(services_.home, Passphrase{secret_of(open->passphrase)});
  } else if (const auto* const by_words = std::get_if<model::OpenByWords>(&ask)) {
    const auto words = RecoveryWords::parse(by_words->words);
    if (words) {
      backend_.open(services_.home, RecoveryCode{words->bits().clone()});
    } else {
      state_.busy = model::Busy::no;
      model::take_error(state_, words.error());
    }
  } else if (const auto* const put = std::get_if<model::PutPassphrase>(&ask)) {
    backend_.choose_passphrase(Passphrase{secret_of(put->passphrase)});
  } else if (std::holds_alternative<model::LockStore>(ask)) {
    lock();
  } else if (const auto* const remember = std::get_if<model::RememberStore>(&ask)) {
    backend_.remember(remember->on);
  } else if (const auto* const make = std::get_if<model::MakeStore>(&ask)) {
    backend_.make(services_.home, Passphrase{secret_of(make->passphrase)}, make->name);
  } else if (const auto* const practice = std::get_if<model::StartPractice>(&ask)) {
    backend_.practise(practice->name);
  } else if (std::holds_alternative<model::LeavePractice>(ask)) {
    shut();
    backend_.plug(true);
    facts_ = {};
    model::UiState fresh;
    fresh.settings = state_.settings;
    fresh.has_store = store_exists(services_.home);
    fresh.page = fresh.has_store ? model::Page::unlock : model::Page::first_run;
    if (const auto slots = slot_kinds(services_.home)) facts_.slots = *slots;
    state_ = std::move(fresh);
  } else if (const auto* const copy = std::get_if<model::CopyText>(&ask)) {
    ui.copy_text(copy->text);
  } else if (const auto* const plug = std::get_if<model::SetPlug>(&ask)) {
    facts_.plugged_in = plug->plugged_in;
    backend_.plug(plug->plugged_in);
  } else if (const auto* const keep = std::get_if<model::KeepSettings>(&ask)) {
    services_.keep_settings(keep->settings);
  }
}

void Host::ask(std::vector<NodeRequest> requests) {
  for (NodeRequest& request : requests) {
    if (is_soon_answered(request)) ++waiting_;
    backend_.ask(std::move(request));
  }
}

// One round of questions at a time, however often the store changes meanwhile.
void Host::refresh() {
  if (is_shut(state_)) return;
  if (waiting_ > 0) {
    is_stale_ = true;
    return;
  }
  is_stale_ = false;
  ask(model::queries_of(state_));
}

// What a store told before it knew that it was to be shut belongs on no page that came after: neither the board of the
// practice garden on the first page, nor an elder's address under the question for a passphrase.
bool Host::drop_news_of_shut_store(News& news) {
  if (std::holds_alternative<StoreShut>(news)) {
    if (shutting_ > 0) --shutting_;
    return true;
  }
  if (shutting_ == 0) return false;
  if (const auto* const answered = std::get_if<RequestAnswered>(&news)) {
    if (is_soon_answered(answered->request)) --waiting_;
  } else if (auto* const made = std::get_if<StoreMade>(&news)) {
    if (made->words) wipe(*made->words);
  } else if (auto* const begun = std::get_if<PracticeBegun>(&news)) {
    if (begun->code) wipe(*begun->code);
  }
  return true;
}

void Host::take(News& news) {
  if (drop_news_of_shut_store(news)) return;
  if (auto* const answered = std::get_if<RequestAnswered>(&news)) {
    if (is_soon_answered(answered->request)) --waiting_;
    if (is_shut(state_)) return;  // refused, for no store was open
    ask(model::take_answer(facts_, state_, answered->request, answered->answer));
    tell_who_came_back();
    show_wanted_view();
    if (waiting_ == 0 && is_stale_) refresh();
  } else if (auto* const opened = std::get_if<StoreOpened>(&news)) {
    ask(opened->remembered ? model::take_remembered(facts_, state_, opened->opened)
                           : model::take_opened(facts_, state_, opened->opened));
  } else if (const auto* const told_slots = std::get_if<SlotsTold>(&news)) {
    facts_.slots = told_slots->slots;
  } else if (const auto* const passphrase = std::get_if<PassphraseChosen>(&news)) {
    ask(model::take_passphrase(state_, passphrase->chosen));
  } else if (const auto* const remembering = std::get_if<Remembering>(&news)) {
    model::take_remembering(state_, remembering->on, remembering->done);
  } else if (auto* const made = std::get_if<StoreMade>(&news)) {
    const bool worked = made->words.has_value();
    model::take_made(facts_, state_, std::move(made->words));
    auto requests = std::exchange(after_made_, {});
    if (worked) ask(std::move(requests));
  } else if (auto* const begun = std::get_if<PracticeBegun>(&news)) {
    if (!begun->code) {
      state_.busy = model::Busy::no;
      return model::take_error(state_, begun->code.error());
    }
    ask(model::take_opened(facts_, state_, {}));
    state_.busy = model::Busy::joining;
    ask({JoinByCode{*begun->code}});
    wipe(*begun->code);
  } else if (const auto* const told = std::get_if<NeighbourTold>(&news)) {
    using practice::kIsBack;
    if (told->word.starts_with(kIsBack)) came_back_ = told->word.substr(kIsBack.size());
    refresh();
  } else if (std::holds_alternative<StoreChanged>(news)) {
    refresh();
  } else if (auto* const listening = std::get_if<NowListening>(&news)) {
    if (!is_shut(state_)) facts_.listens = std::move(listening->addresses);
  } else if (const auto* const doubted = std::get_if<PagesDoubted>(&news)) {
    if (!is_shut(state_)) model::take_error(state_, doubted->error);
  } else if (const auto* const failed = std::get_if<StoreFailed>(&news)) {
    model::take_error(state_, failed->error);
  }
}

// True when it is on its way there. An initiative without lists has none of these views.
bool Host::show_record_view() {
  const auto* const view = std::find(kRecordViews.begin(), kRecordViews.end(), wanted_view_);
  if (view == kRecordViews.end()) return false;
  const auto go = [&](const model::RecordIntent& intent) {
    model::Step step = model::apply(std::move(state_), facts_, intent);
    state_ = std::move(step.state);
    ask(std::move(step.requests));
  };
  if (state_.page == model::Page::record && facts_.record) {
    if (wanted_view_ == "thing-form") go(model::BeginRecord{false});
    wanted_view_.clear();
  } else if (state_.page == model::Page::records && facts_.records) {
    const auto& records = facts_.records->records;
    if (wanted_view_ == "list" || records.empty()) {
      wanted_view_.clear();
    } else {
      go(model::OpenRecord{facts_.records->collection.label.key, records.front().id});
    }
  } else if (facts_.schema && state_.page != model::Page::records && state_.page != model::Page::record) {
    const auto& all = facts_.schema->collections;
    const auto added = std::find_if(all.begin(), all.end(), [](const auto& each) { return !each.first; });
    if (added == all.end()) {
      wanted_view_.clear();
    } else {
      go(model::OpenCollection{added->label.key});
    }
  }
  return true;
}

void Host::show_wanted_view() {
  if (wanted_view_.empty() || !facts_.tasks || show_record_view()) return;
  const std::string wanted = std::exchange(wanted_view_, {});
  const auto* const found =
      std::find_if(kViews.begin(), kViews.end(), [&](const View& each) { return each.name == wanted; });
  if (found != kViews.end()) {
    model::Step step = model::apply(std::move(state_), facts_, model::GoTo{found->page});
    state_ = std::move(step.state);
    return ask(std::move(step.requests));
  }
  if (const TaskCard* const card = most_to_show(facts_.tasks->tasks)) {
    state_.task = card->id;
    if (wanted == "confirm") state_.pending = {{}, card->id, 1};
  }
  refresh();
}

void Host::tell_who_came_back() {
  if (came_back_.empty() || !facts_.tasks) return;
  const auto& tasks = facts_.tasks->tasks;
  const auto card =
      std::find_if(tasks.begin(), tasks.end(), [](const TaskCard& each) { return each.mine && each.waiting > 0; });
  if (card == tasks.end()) return;
  facts_.came_back = model::CameBack{{{}, std::exchange(came_back_, {})}, card->id, card->title};
}

}  // namespace kiem::gui
