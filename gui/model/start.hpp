// Opening Kiem: three buttons, the forms behind them, the passphrase, and words that are shown once. Functions on
// values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

struct FirstRunModel {
  std::string title;
  std::string help;
  struct Choice {
    Button button;
    std::string help;
  };
  std::vector<Choice> choices;  // the practice garden, an invitation, a new initiative
  std::vector<Button> languages;
};
[[nodiscard]] FirstRunModel first_run_model(const Reader& reader, const UiState& state);

struct FormField {
  Field field = Field::your_name;
  std::string label;
  std::string value;
  std::string help = {};  // below the box; may be empty
  bool secret = false;
};
struct FormModel {
  std::string title;
  std::string help;
  std::vector<FormField> fields;
  std::string pills_caption;
  std::vector<Button> pills;          // a choice below the fields
  std::optional<Button> show_secret;  // when a field is one
  Button go;
  std::optional<Button> other;  // another way to the same end
  std::optional<Button> back;
};
// Of Page::practice, begin, join, unlock, forgotten, new_passphrase, add_task or add_place; any other is a broken
// promise.
// Overwrites what the secret fields of a form show, once it was drawn.
void wipe_secrets(FormModel& form);
[[nodiscard]] FormModel form_model(const Reader& reader, const Facts& facts, const UiState& state);

struct WordsModel {
  std::string title;
  std::string caption;
  std::string help;
  std::vector<std::string> words;  // numbered: "1. appel"
  Button written;
};
[[nodiscard]] WordsModel words_model(const Reader& reader, const Facts& facts);

}  // namespace kiem::model
