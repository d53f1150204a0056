// Brings together what the client is made of: state and facts, the model made of them, the screens that draw it, the
// intents that come back, and the backend that does what they ask.
//
//   draw:  facts, state -> screen_model -> draw_screen -> intents
//   act:   news -> answers.hpp -> facts, state;   intents -> intents.hpp -> state, requests, host asks -> backend
//
// Used by the drawing thread alone. Borrows the backend and all services; owns the rest. Failures are notices on the
// screen; what is typed stays until it was used.
#pragma once

#include <filesystem>
#include <functional>

#include "core/base/env.hpp"
#include "gui/host/away.hpp"
#include "gui/host/backend.hpp"
#include "gui/kit/app.hpp"
#include "gui/model/intents.hpp"

namespace kiem::gui {

struct HostServices {
  Clock& clock;
  std::function<std::int32_t(WallTime)> zone_offset;  // minutes east of UTC
  std::filesystem::path home;                         // of the real store
  // Written whenever a person changes a setting; its failure costs the next start a setting and nothing else.
  std::function<void(const model::Settings&)> keep_settings;
};

class Host {
 public:
  // slots: of the store that there is already.
  Host(HostServices services, Backend& backend, model::UiState state, std::optional<SlotKinds> slots = {});

  // How the client begins: with a store that opens by itself, with the question for a passphrase, with three buttons,
  // or in the practice garden.
  void open(Unlock unlock);
  // With what the desktop's keyring keeps; failing that, the page asks for the passphrase. Never done again later: a
  // store that was locked takes the passphrase.
  void open_remembered();
  void practise(const std::string& name);

  // For the loop of a window or of a picture; the Host outlives it.
  [[nodiscard]] App app();

  [[nodiscard]] const model::UiState& state() const { return state_; }
  [[nodiscard]] const model::Facts& facts() const { return facts_; }
  // What --view names: true when there is such a view. `view` is a page's name, "task", "confirm", or "list",
  // "thing" or "thing-form" of a list that the initiative added.
  bool show(std::string_view view);
  // Their names, for a sentence.
  [[nodiscard]] static std::string views();
  // Requests that were asked and not answered yet, but for those that wait for people.
  [[nodiscard]] std::size_t waiting() const { return waiting_; }

 private:
  void draw(Ui& ui);
  [[nodiscard]] Next act(Ui& ui, std::uint64_t now_ms);
  void take(News& news);
  [[nodiscard]] bool drop_news_of_shut_store(News& news);
  void obey(const model::Intent& intent, Ui& ui);
  void obey(const model::HostAsk& ask, Ui& ui);
  void shut();
  void lock();
  void lock_when_away(const Ui& ui, std::uint64_t now_ms);
  [[nodiscard]] bool watches() const;
  void ask(std::vector<NodeRequest> requests);
  void refresh();
  [[nodiscard]] std::uint64_t ms_to_midnight() const;
  void show_wanted_view();
  [[nodiscard]] bool show_record_view();
  void tell_who_came_back();

  HostServices services_;
  Backend& backend_;
  model::UiState state_;
  model::Facts facts_;
  std::vector<model::Intent> intents_;
  std::vector<NodeRequest> after_made_;  // what was asked together with a new store
  std::string wanted_view_;              // once there is something to show in it
  std::size_t waiting_ = 0;
  std::size_t shutting_ = 0;  // stores that were told to shut and are not known to be: what they tell is not shown
  bool is_stale_ = false;     // the store changed while questions were under way
  std::optional<std::uint64_t> close_notice_ms_;  // when a line that tells of success goes by itself
  std::optional<LastSeen> seen_;                  // the person, by the number of what they did
  std::uint64_t acts_seen_ = 0;
  std::string came_back_;  // a neighbour whose laptop came back, until the board shows where that claim stands
};

}  // namespace kiem::gui
