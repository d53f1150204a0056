#include "gui/model/screen.hpp"

#include "core/base/check.hpp"
#include "gui/text/shell.hpp"

namespace kiem::model {
namespace {

bool is_framed(const UiState& state) {
  switch (state.page) {
    case Page::first_run:
    case Page::practice:
    case Page::words:
    case Page::unlock:
    case Page::forgotten:
    case Page::new_passphrase:
      return false;
    case Page::begin:
    case Page::join:
    case Page::pairing:
      return state.has_store && state.initiative.has_value();
    default:
      return true;
  }
}

// All pages: which of them have a place in the bar already depends on the width, and is left out by the screen.
MoreModel more_model(const Reader& reader, const Shell& shell) {
  return {say(reader.lang, text::shell::kMore), shell.nav, shell.lock};
}

Body body_of(const Reader& reader, const Facts& facts, const UiState& state, const Shell& shell) {
  switch (state.page) {
    case Page::first_run:
      return first_run_model(reader, state);
    case Page::practice:
    case Page::begin:
    case Page::join:
    case Page::unlock:
    case Page::forgotten:
    case Page::new_passphrase:
    case Page::add_task:
    case Page::add_place:
      return form_model(reader, facts, state);
    case Page::words:
      return words_model(reader, facts);
    case Page::tasks:
      return board_model(reader, facts, state);
    case Page::mine:
      return mine_model(reader, facts, state);
    case Page::places:
      return places_model(reader, facts, state);
    case Page::people:
      return people_model(reader, facts, state);
    case Page::sharing:
      return sharing_model(reader, facts, state);
    case Page::settings:
      return settings_model(reader, facts, state);
    case Page::invite:
      return invite_model(reader, facts, state);
    case Page::lists:
      return lists_model(reader, facts, state);
    case Page::records:
      return records_model(reader, facts, state);
    case Page::record:
      return record_page(reader, facts, state);
    case Page::edit_record:
      return record_form(reader, facts, state);
    case Page::nearby:
      return nearby_model(reader, facts, state);
    case Page::pairing:
      return pairing_model(reader, facts, state);
    case Page::more:
      return more_model(reader, shell);
  }
  KIEM_UNREACHABLE("a page without a model");
}

}  // namespace

bool shows_task(Page page) { return page == Page::tasks || page == Page::mine; }

ScreenModel screen_model(const Reader& reader, const Facts& facts, const UiState& state) {
  ScreenModel screen;
  screen.page = state.page;
  screen.framed = is_framed(state);
  screen.has_task = shows_task(state.page) && state.task.has_value();
  screen.can_go_back = !state.back.empty() && state.page != Page::words && state.busy == Busy::no;
  screen.shell = shell_model(reader, facts, state);
  screen.body = body_of(reader, facts, state, screen.shell);
  if (shows_task(state.page)) screen.task = task_page(reader, facts, state);
  screen.confirm = confirm_step(reader, facts, state);
  return screen;
}

}  // namespace kiem::model
