// The whole window as one value: what stands round the page, the page, the open task, and what is asked before an act.
// A pure function of what is known, what the person does, and the moment; drawn by gui/screens. Any thread.
#pragma once

#include "gui/model/board.hpp"
#include "gui/model/lists.hpp"
#include "gui/model/nearby.hpp"
#include "gui/model/records.hpp"
#include "gui/model/shell.hpp"
#include "gui/model/start.hpp"
#include "gui/model/task_page.hpp"

namespace kiem::model {

struct MoreModel {
  std::string title;
  std::vector<NavItem> items;
  std::optional<Button> lock;
};

using Body = std::variant<BoardModel, MineModel, PlacesModel, PeopleModel, ListsModel, RecordsModel, RecordPage,
                          RecordForm, SharingModel, NearbyModel, PairingModel, SettingsModel, InviteModel, MoreModel,
                          FirstRunModel, FormModel, WordsModel>;

struct ScreenModel {
  Page page = Page::tasks;
  bool framed = true;  // with sidebar or bar; not while the store is shut or being made
  bool has_task = false;
  bool can_go_back = false;
  Shell shell;
  Body body;
  TaskPage task;  // beside the board and my tasks, or instead of them in a narrow window
  std::optional<ConfirmStep> confirm;
};
[[nodiscard]] ScreenModel screen_model(const Reader& reader, const Facts& facts, const UiState& state);

// Whether this page has a task beside it.
[[nodiscard]] bool shows_task(Page page);

}  // namespace kiem::model
