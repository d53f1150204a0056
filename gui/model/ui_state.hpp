// What the person is doing: the page, the filters, what was typed and not yet sent, what is being asked. All of it is a
// value, so that a screen is a function of it and no word that was typed is lost when an act fails or a page changes.
//
// Changed by intents (intents.hpp) and answers (answers.hpp) alone. Secrets in it are wiped by those two as soon as
// they have done their work. One thread.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"
#include "gui/model/record_draft.hpp"

namespace kiem::model {

enum class Page : std::uint8_t {
  first_run,  // three buttons
  practice,   // one first name
  begin,      // a new initiative, in a new store or in this one
  join,       // with a code, in a new store or in this one
  words,      // recovery words, once
  unlock,
  forgotten,       // the passphrase: with the recovery words, while the store is shut
  new_passphrase,  // after those opened it
  tasks,
  mine,
  places,
  people,
  sharing,
  settings,
  invite,
  nearby,   // who is on this network
  pairing,  // with a laptop that stands beside this one
  lists,    // that the initiative added itself
  records,  // what is in one of them
  record,   // one thing of it
  edit_record,
  add_task,
  add_place,
  more,  // narrow windows: the pages that have no room in the bar below
};

enum class Theme : std::uint8_t { light, dark, contrast };

inline constexpr std::array<std::uint16_t, 6> kTextSizes{100, 115, 130, 150, 175, 200};
// After how many minutes without a key or a pointer the store locks by itself; 0: never.
inline constexpr std::array<std::uint16_t, 4> kLockMinutes{5, 15, 60, 0};

// What is kept between two runs, besides the window's size.
struct Settings {
  Lang lang = Lang::nl;
  Theme theme = Theme::light;
  std::uint16_t text_percent = 100;  // one of kTextSizes
  std::uint16_t lock_minutes = 15;   // one of kLockMinutes
  bool operator==(const Settings&) const = default;
};

enum class BoardFilter : std::uint8_t { all, this_week, free, mine };

// Everything that can be typed. The order is that of UiState::typed.
enum class Field : std::uint8_t {
  search,
  passphrase,
  passphrase_again,
  recovery_words,
  your_name,
  initiative_name,
  code,
  address,
  task_title,
  task_day,
  task_from,
  task_until,
  task_seats,
  task_note,
  place_title,
  place_kind,
  place_text,
  place_meet,
  records_search,  // in one list
  find,            // in everything
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::find) + 1;
// What opens something: wiped as soon as it has done its work, and when the store locks.
inline constexpr std::array kSecretFields{Field::passphrase, Field::passphrase_again, Field::recovery_words,
                                          Field::code};
[[nodiscard]] constexpr bool is_secret(Field field) {
  return std::find(kSecretFields.begin(), kSecretFields.end(), field) != kSecretFields.end();
}

// A pairing with a laptop that stands beside this one, as far as it has come.
struct Beside {
  enum class Side : std::uint8_t { host, guest } side = Side::host;
  enum class Step : std::uint8_t {
    later,      // guest: once the recovery words of a new store are written down
    looking,    // guest: for the laptop that shows the code; host: for a code
    waiting,    // host: for somebody who types the code
    comparing,  // both screens show words
    answered,   // they are the same, says the person here; the other has not answered yet
  } step = Step::looking;
  std::string code;  // that the host shows, or that the guest typed
  std::vector<std::string> words;
};

// Asked before something is done: what it is, and about which task.
struct Pending {
  enum class Kind : std::uint8_t { claim, withdraw } kind = Kind::claim;
  RecordId task;
  std::uint32_t count = 1;  // how many people in all, of a claim
};

// What was taken out of a list, and can be put back.
struct Deleted {
  std::string collection;  // its key
  RecordId record;
  std::string title;
};
// What a notice offers to take back: what was deleted, else the last act of this person.
struct TakeBack {
  std::optional<Deleted> deleted;
};

// One line that tells how something went; errors stay until they are closed.
struct Notice {
  enum class Kind : std::uint8_t { done, error } kind = Kind::done;
  std::string text;
  std::vector<std::string> choices;  // what can be chosen from after an error, one a line
  std::optional<TakeBack> take_back = {};
};

// What the host is at work on for us.
enum class Busy : std::uint8_t {
  no,
  opening,
  making,
  joining,
  inviting,
  meeting,
  adding,
  choosing,     // another passphrase
  remembering,  // or no longer
};

// What led to the unlock page, told there in one sentence.
struct LockNote {
  enum class Why : std::uint8_t {
    asked,
    away,             // for as long as the settings say
    not_remembered,   // the desktop's keyring has nothing that opens it
    keyring_refuses,  // with why
  } why = Why::asked;
  std::optional<Error> error;
};

struct UiState {
  Page page = Page::tasks;
  std::vector<Page> back;  // the pages before, the nearest last
  bool has_store = true;   // false during the first run: begin, join and practice make one then
  std::optional<LockNote> lock_note;
  std::optional<Page> locked_from;  // where the person was when it locked, and comes back to
  Settings settings;

  std::optional<SpaceId> initiative;  // none: the first one
  std::optional<RecordId> task;       // whose page is open, beside or instead of the list
  BoardFilter filter = BoardFilter::all;
  std::optional<RecordId> place;  // only tasks there
  bool searching = false;         // narrow windows: the search box stands open
  bool history_open = false;
  std::optional<PrincipalId> why;  // whose "Waarom?" is open
  std::optional<Pending> pending;
  kiem::Role invited_as = kiem::Role::volunteer;
  std::optional<RecordId> task_place;  // of the task that is being written

  std::optional<std::string> collection;  // key of the list that is open
  std::optional<RecordId> record;         // of which one thing is open
  std::optional<RecordId> gone;           // asked for, and not here any more
  std::optional<RecordDraft> draft;       // what is being written
  std::vector<Deleted> deleted;           // in this sitting, the last one first
  std::optional<std::int32_t> today;  // the reader's own day, as the host tells it: what is due is told only with it
  bool due_open = false;              // what is due stands unfolded below the line that tells of it
  std::optional<RecordId> erasing;    // of what is due: asked whether it is to be erased for good

  bool looking = false;  // who is on this network is being asked
  std::optional<Beside> beside;
  std::uint32_t beside_asked = 0;  // questions about a pairing that are not answered yet
  std::uint32_t beside_left = 0;   // the first of them, about one that the person has left

  std::array<std::string, kFields> typed;
  bool passphrase_shown = false;
  Busy busy = Busy::no;
  std::optional<Notice> notice;
};

// The store is shut and its opening is what the page is about: nothing can be asked of it.
[[nodiscard]] inline bool is_shut(const UiState& state) {
  return state.page == Page::unlock || state.page == Page::forgotten;
}

inline constexpr std::size_t kMostPagesBack = 16;
// Another page, with a way back to this one.
inline void push_page(UiState& state, Page page) {
  if (state.page == page) return;
  if (state.back.size() == kMostPagesBack) state.back.erase(state.back.begin());
  state.back.push_back(std::exchange(state.page, page));
}
// From a page that has done its work, to the one that it leaves for; that one is not behind itself.
inline void pop_page(UiState& state, Page to) {
  state.page = to;
  if (!state.back.empty() && state.back.back() == to) state.back.pop_back();
}

[[nodiscard]] inline std::string& typed(UiState& state, Field field) {
  return state.typed[static_cast<std::size_t>(field)];
}
[[nodiscard]] inline const std::string& typed(const UiState& state, Field field) {
  return state.typed[static_cast<std::size_t>(field)];
}

}  // namespace kiem::model
