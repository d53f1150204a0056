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
#include <vector>

#include "core/base/result.hpp"
#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

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
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::place_meet) + 1;
// What opens something: wiped as soon as it has done its work, and when the store locks.
inline constexpr std::array kSecretFields{Field::passphrase, Field::passphrase_again, Field::recovery_words,
                                          Field::code};
[[nodiscard]] constexpr bool is_secret(Field field) {
  return std::find(kSecretFields.begin(), kSecretFields.end(), field) != kSecretFields.end();
}

// Asked before something is done: what it is, and about which task.
struct Pending {
  enum class Kind : std::uint8_t { claim, withdraw } kind = Kind::claim;
  RecordId task;
  std::uint32_t count = 1;  // how many people in all, of a claim
};

// One line that tells how something went; errors stay until they are closed.
struct Notice {
  enum class Kind : std::uint8_t { done, error } kind = Kind::done;
  std::string text;
  std::vector<std::string> choices;  // what can be chosen from after an error, one a line
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

  std::array<std::string, kFields> typed;
  bool passphrase_shown = false;
  Busy busy = Busy::no;
  std::optional<Notice> notice;
};

// The store is shut and its opening is what the page is about: nothing can be asked of it.
[[nodiscard]] inline bool is_shut(const UiState& state) {
  return state.page == Page::unlock || state.page == Page::forgotten;
}

[[nodiscard]] inline std::string& typed(UiState& state, Field field) {
  return state.typed[static_cast<std::size_t>(field)];
}
[[nodiscard]] inline const std::string& typed(const UiState& state, Field field) {
  return state.typed[static_cast<std::size_t>(field)];
}

}  // namespace kiem::model
