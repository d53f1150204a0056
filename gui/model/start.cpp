#include "gui/model/start.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/secret.hpp"
#include "core/l10n/errors.hpp"
#include "gui/model/drafts.hpp"
#include "gui/text/board.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/start.hpp"

namespace kiem::model {
namespace {

Button back_button(Lang lang) { return {say(lang, text::shell::kBack), GoBack{}, Weight::secondary}; }

FormField field_of(Lang lang, const UiState& state, Field field, const Text<0>& label, bool secret = false) {
  return {field, say(lang, label), typed(state, field), {}, secret && !state.passphrase_shown};
}

void add_passphrase(Lang lang, const UiState& state, FormModel& form) {
  form.fields.push_back(field_of(lang, state, Field::passphrase, text::first::kPassphrase, true));
  form.fields.push_back(field_of(lang, state, Field::passphrase_again, text::first::kPassphraseAgain, true));
}

void add_show(Lang lang, const UiState& state, FormModel& form) {
  form.show_secret = Button{say(lang, state.passphrase_shown ? text::unlock::kHide : text::unlock::kShow),
                            TogglePassphrase{}, Weight::secondary, true, state.passphrase_shown};
}

FormModel practice_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::first::kPracticeTitle);
  form.help = say(lang, text::first::kPracticeHelp);
  form.fields = {field_of(lang, state, Field::your_name, text::first::kYourName)};
  const bool busy = state.busy != Busy::no;
  form.go =
      Button{say(lang, busy ? text::first::kBusy : text::first::kGoPractise), LookAround{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

FormModel begin_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, state.has_store ? text::first::kBeginAnother : text::first::kBeginTitle);
  form.help = say(lang, text::first::kBeginLead);
  form.fields = {field_of(lang, state, Field::initiative_name, text::first::kInitiativeName)};
  if (!state.has_store) {
    form.fields.push_back(field_of(lang, state, Field::your_name, text::first::kYourName));
    add_passphrase(lang, state, form);
    add_show(lang, state, form);
  }
  const bool busy = state.busy != Busy::no;
  form.go =
      Button{say(lang, busy ? text::first::kBusy : text::first::kGoBegin), BeginInitiative{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

FormModel join_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::join::kTitle);
  form.help = say(lang, text::join::kHelp);
  form.fields = {field_of(lang, state, Field::code, text::join::kCode)};
  if (!state.has_store) {
    form.fields.push_back(field_of(lang, state, Field::your_name, text::first::kYourName));
    add_passphrase(lang, state, form);
    add_show(lang, state, form);
  }
  const bool busy = state.busy != Busy::no;
  form.go = Button{say(lang, busy ? text::join::kBusy : text::join::kGo), model::Join{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

bool has_draft(const UiState& state) {
  constexpr std::array kDrafts{Field::task_title, Field::task_day,   Field::task_from,      Field::task_until,
                               Field::task_seats, Field::task_note,  Field::place_title,    Field::place_kind,
                               Field::place_text, Field::place_meet, Field::initiative_name};
  if (state.draft && state.draft->fields != state.draft->before) return true;
  return std::any_of(kDrafts.begin(), kDrafts.end(), [&](Field field) { return !is_blank(typed(state, field)); });
}

std::string unlock_help(Lang lang, const UiState& state) {
  if (!state.lock_note) return say(lang, text::unlock::kHelp);
  std::string help;
  switch (state.lock_note->why) {
    case LockNote::Why::asked:
      help = say(lang, text::unlock::kLocked);
      break;
    case LockNote::Why::away:
      help = say(lang, text::unlock::kLockedAway);
      break;
    case LockNote::Why::not_remembered:
      return say(lang, text::unlock::kNotRemembered);
    case LockNote::Why::keyring_refuses:
      return error_sentence(lang, state.lock_note->error.value_or(Error{ErrorCode::keyring_failed, {}, {}}));
  }
  if (has_draft(state)) help += ' ' + say(lang, text::unlock::kDraftKept);
  return help;
}

FormModel unlock_form(Lang lang, const Facts& facts, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::unlock::kTitle);
  form.help = unlock_help(lang, state);
  form.fields = {field_of(lang, state, Field::passphrase, text::unlock::kPassphrase, true)};
  add_show(lang, state, form);
  const bool busy = state.busy != Busy::no;
  form.go =
      Button{say(lang, busy ? text::unlock::kOpening : text::unlock::kOpen), model::Unlock{}, Weight::primary, !busy};
  if (facts.slots && facts.slots->recovery) {
    form.other = Button{say(lang, text::unlock::kForgotten), ForgotPassphrase{}, Weight::secondary, !busy};
  }
  return form;
}

FormModel forgotten_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::forgotten::kTitle);
  form.help = say(lang, text::forgotten::kHelp);
  form.fields = {field_of(lang, state, Field::recovery_words, text::forgotten::kWords, true)};
  add_show(lang, state, form);
  const bool busy = state.busy != Busy::no;
  form.go =
      Button{say(lang, busy ? text::unlock::kOpening : text::unlock::kOpen), UnlockByWords{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

FormModel new_passphrase_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::forgotten::kNewTitle);
  form.help = say(lang, text::forgotten::kNewHelp);
  add_passphrase(lang, state, form);
  add_show(lang, state, form);
  const bool busy = state.busy != Busy::no;
  form.go =
      Button{say(lang, busy ? text::first::kBusy : text::forgotten::kGo), ChoosePassphrase{}, Weight::primary, !busy};
  return form;
}

FormField helped(FormField field, Lang lang, const Text<0>& help) {
  field.help = say(lang, help);
  return field;
}

FormModel task_form(Lang lang, const Facts& facts, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::add::kTask);
  form.help = say(lang, text::add::kTaskHelp);
  form.fields = {
      field_of(lang, state, Field::task_title, text::add::kTaskTitle),
      helped(field_of(lang, state, Field::task_day, text::add::kTaskDay), lang, text::add::kTaskDayHelp),
      helped(field_of(lang, state, Field::task_from, text::add::kTaskFrom), lang, text::add::kTimeHelp),
      helped(field_of(lang, state, Field::task_until, text::add::kTaskUntil), lang, text::add::kTimeHelp),
      helped(field_of(lang, state, Field::task_seats, text::add::kTaskSeats), lang, text::add::kTaskSeatsHelp),
      field_of(lang, state, Field::task_note, text::add::kTaskNote)};
  if (facts.places && !facts.places->places.empty()) {
    form.pills_caption = say(lang, text::add::kTaskPlace);
    for (const PlaceRow& place : facts.places->places) {
      form.pills.push_back(
          {place.title, ChooseTaskPlace{place.id}, Weight::secondary, true, state.task_place == place.id});
    }
  }
  const bool busy = state.busy != Busy::no;
  form.go = Button{say(lang, busy ? text::first::kBusy : text::add::kSave), SaveTask{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

FormModel place_form(Lang lang, const UiState& state) {
  FormModel form;
  form.title = say(lang, text::add::kPlace);
  form.help = say(lang, text::add::kPlaceHelp);
  form.fields = {field_of(lang, state, Field::place_title, text::add::kPlaceTitle),
                 field_of(lang, state, Field::place_kind, text::add::kPlaceKind),
                 field_of(lang, state, Field::place_text, text::add::kPlaceText),
                 field_of(lang, state, Field::place_meet, text::add::kPlaceMeet)};
  const bool busy = state.busy != Busy::no;
  form.go = Button{say(lang, busy ? text::first::kBusy : text::add::kSave), SavePlace{}, Weight::primary, !busy};
  form.back = back_button(lang);
  return form;
}

}  // namespace

FirstRunModel first_run_model(const Reader& reader, const UiState& state) {
  const Lang lang = reader.lang;
  FirstRunModel model;
  model.title = say(lang, text::first::kTitle);
  model.help = say(lang, text::first::kHelp);
  if (!state.has_store) {
    model.choices.push_back(
        {Button{say(lang, text::first::kLookAround), GoTo{Page::practice}}, say(lang, text::first::kLookAroundHelp)});
  }
  model.choices.push_back(
      {Button{say(lang, text::first::kJoin), GoTo{Page::join}, Weight::secondary}, say(lang, text::first::kJoinHelp)});
  model.choices.push_back({Button{say(lang, text::first::kBegin), GoTo{Page::begin}, Weight::secondary},
                           say(lang, text::first::kBeginHelp)});
  model.languages = {
      {say(lang, text::settings::kDutch), ChooseLang{Lang::nl}, Weight::quiet, true, lang == Lang::nl},
      {say(lang, text::settings::kEnglish), ChooseLang{Lang::en}, Weight::quiet, true, lang == Lang::en}};
  return model;
}

void wipe_secrets(FormModel& form) {
  for (FormField& field : form.fields) {
    if (is_secret(field.field)) wipe(field.value);
  }
}

FormModel form_model(const Reader& reader, const Facts& facts, const UiState& state) {
  switch (state.page) {
    case Page::practice:
      return practice_form(reader.lang, state);
    case Page::begin:
      return begin_form(reader.lang, state);
    case Page::join:
      return join_form(reader.lang, state);
    case Page::unlock:
      return unlock_form(reader.lang, facts, state);
    case Page::forgotten:
      return forgotten_form(reader.lang, state);
    case Page::new_passphrase:
      return new_passphrase_form(reader.lang, state);
    case Page::add_task:
      return task_form(reader.lang, facts, state);
    case Page::add_place:
      return place_form(reader.lang, state);
    default:
      KIEM_UNREACHABLE("a page without a form");
  }
}

WordsModel words_model(const Reader& reader, const Facts& facts) {
  const Lang lang = reader.lang;
  WordsModel model;
  model.title = say(lang, text::first::kWordsTitle);
  model.written = Button{say(lang, text::first::kWordsWritten), WordsWritten{}};
  if (facts.recovery_words.empty()) return model;
  const RecoveryWords& shown = facts.recovery_words.front();
  const bool mine = shown.of == RecoveryWords::Of::person;
  model.caption = say(lang, mine ? text::first::kYourWords : text::first::kItsWords);
  model.help = say(lang, mine ? text::first::kYourWordsHelp : text::first::kItsWordsHelp);
  std::size_t at = 0;
  while (at < shown.words.size()) {
    const std::size_t end = std::min(shown.words.find(' ', at), shown.words.size());
    if (end > at) {
      model.words.push_back(std::to_string(model.words.size() + 1) + ". " + shown.words.substr(at, end - at));
    }
    at = end + 1;
  }
  return model;
}

}  // namespace kiem::model
