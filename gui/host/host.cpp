#include "gui/host/host.hpp"

#include <algorithm>
#include <array>

#include "core/crypto/secret.hpp"
#include "gui/model/answers.hpp"
#include "gui/model/screen.hpp"
#include "gui/screens/screen.hpp"

namespace kiem::gui {
namespace {

constexpr std::uint64_t kMsOfDay = 86'400'000;
// What kiem-practice says when a laptop that was away is there again: this and the name of whose it is.
constexpr std::string_view kIsBack = "back ";
// Long enough to be read twice.
constexpr std::uint64_t kNoticeMs = 6'000;

struct View {
  std::string_view name;
  model::Page page;
};
constexpr std::array kViews{View{"tasks", model::Page::tasks},         View{"mine", model::Page::mine},
                            View{"places", model::Page::places},       View{"people", model::Page::people},
                            View{"sharing", model::Page::sharing},     View{"settings", model::Page::settings},
                            View{"invite", model::Page::invite},       View{"more", model::Page::more},
                            View{"first-run", model::Page::first_run}, View{"practice", model::Page::practice},
                            View{"begin", model::Page::begin},         View{"join", model::Page::join},
                            View{"unlock", model::Page::unlock}};

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

SecretBytes secret_of(const std::string& text) { return SecretBytes::copy_of(view(std::string_view(text))); }

}  // namespace

Host::Host(HostServices services, Backend& backend, model::UiState state)
    : services_(std::move(services)), backend_(backend), state_(std::move(state)) {}

void Host::open(Unlock unlock) {
  state_.busy = model::Busy::opening;
  backend_.open(services_.home, std::move(unlock));
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
    return next;
  };
  return app;
}

bool Host::show(std::string_view view) {
  const auto* const found =
      std::find_if(kViews.begin(), kViews.end(), [&](const View& each) { return each.name == view; });
  if (found == kViews.end() && view != "task" && view != "confirm") return false;
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
  return names + "task, confirm";
}

// --- drawing ---------------------------------------------------------------------------------------------------------

void Host::draw(Ui& ui) {
  const WallTime now = services_.clock.wall();
  const model::Reader reader{state_.settings.lang, now, services_.zone_offset(now)};
  for (model::Intent& intent : draw_screen(ui, model::screen_model(reader, facts_, state_))) {
    intents_.push_back(std::move(intent));
  }
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
  auto news = backend_.take_news();
  if (close_notice_ms_ && *close_notice_ms_ <= now_ms) intents_.emplace_back(model::CloseNotice{});
  next.draw_again = !news.empty() || !intents_.empty();
  // What is asked on the way is often answered at once (DirectBackend), so until nothing more comes.
  while (!news.empty() || !intents_.empty()) {
    for (News& each : news) take(each);
    for (const model::Intent& intent : std::exchange(intents_, {})) obey(intent, ui);
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

void Host::obey(const model::Intent& intent, Ui& ui) {
  model::Step step = model::apply(std::move(state_), facts_, intent);
  state_ = std::move(step.state);
  const bool makes_store = std::any_of(step.host.begin(), step.host.end(), [](const model::HostAsk& ask) {
    return std::holds_alternative<model::MakeStore>(ask);
  });
  for (const model::HostAsk& each : step.host) obey(each, ui);
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
  } else if (const auto* const make = std::get_if<model::MakeStore>(&ask)) {
    backend_.make(services_.home, Passphrase{secret_of(make->passphrase)}, make->name);
  } else if (const auto* const practice = std::get_if<model::StartPractice>(&ask)) {
    backend_.practise(practice->name);
  } else if (std::holds_alternative<model::LeavePractice>(ask)) {
    backend_.shut();
    facts_ = {};
    model::UiState fresh;
    fresh.settings = state_.settings;
    fresh.has_store = store_exists(services_.home);
    fresh.page = fresh.has_store ? model::Page::unlock : model::Page::first_run;
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
    ++waiting_;
    backend_.ask(std::move(request));
  }
}

// One round of questions at a time, however often the store changes meanwhile.
void Host::refresh() {
  if (waiting_ > 0) {
    is_stale_ = true;
    return;
  }
  is_stale_ = false;
  ask(model::queries_of(state_));
}

void Host::take(News& news) {
  if (auto* const answered = std::get_if<RequestAnswered>(&news)) {
    --waiting_;
    ask(model::take_answer(facts_, state_, answered->request, answered->answer));
    tell_who_came_back();
    show_wanted_view();
    if (waiting_ == 0 && is_stale_) refresh();
  } else if (auto* const opened = std::get_if<StoreOpened>(&news)) {
    ask(model::take_opened(facts_, state_, opened->opened));
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
    if (told->word.starts_with(kIsBack)) came_back_ = told->word.substr(kIsBack.size());
    refresh();
  } else if (std::holds_alternative<StoreChanged>(news)) {
    refresh();
  } else if (auto* const listening = std::get_if<NowListening>(&news)) {
    facts_.listens = std::move(listening->addresses);
  } else if (const auto* const failed = std::get_if<StoreFailed>(&news)) {
    model::take_error(state_, failed->error);
  }
}

void Host::show_wanted_view() {
  if (wanted_view_.empty() || !facts_.tasks) return;
  const std::string wanted = std::exchange(wanted_view_, {});
  const auto* const found =
      std::find_if(kViews.begin(), kViews.end(), [&](const View& each) { return each.name == wanted; });
  if (found != kViews.end()) {
    state_.page = found->page;
  } else if (const TaskCard* const card = most_to_show(facts_.tasks->tasks)) {
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
