// What stands round every page: the pages' names, how far everything is shared, one line that tells how something went;
// and the settings. Functions on values, any thread.
#pragma once

#include "gui/model/sharing.hpp"

namespace kiem::model {

struct NavItem {
  Page page = Page::tasks;
  std::string label;
  std::string short_label;  // in the bar of a narrow window
  std::uint32_t count = 0;
  bool here = false;
};

struct NoticeModel {
  Notice::Kind kind = Notice::Kind::done;
  std::string text;  // choices below it, a line each
  std::string close;
  std::optional<Button> action = {};  // what takes it back
};

struct NewsModel {
  std::string text;            // "De laptop van Sven was weg en komt terug."
  std::optional<Button> look;  // at the task it touches
  Button close;
};

struct Shell {
  std::string app;
  std::string initiative;    // "Tuin De Vlinder", "Lindekwartier (proeftuin)"
  std::vector<NavItem> nav;  // sidebar
  std::vector<NavItem> bar;  // bottom of a narrow window
  std::string back;
  std::string letters;
  Button smaller, larger;
  std::optional<Button> lock;  // of a store with a passphrase
  SyncCard sync;
  std::optional<NoticeModel> notice;
  std::optional<NewsModel> news;
};
[[nodiscard]] Shell shell_model(const Reader& reader, const Facts& facts, const UiState& state);

struct Choice {
  std::string caption;
  std::vector<Button> options;
  std::string help = {};  // below them; may be empty
};
struct SettingsModel {
  std::string title;
  std::string subtitle;
  // Text size, colours, language; when the store locks and whether this laptop remembers it, for a store with a
  // passphrase; and the initiative when there are several.
  std::vector<Choice> choices;
  std::string initiative_caption;
  std::vector<Button> initiative;  // invite, join, begin
  std::string keys_caption, keys;
};
[[nodiscard]] SettingsModel settings_model(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
