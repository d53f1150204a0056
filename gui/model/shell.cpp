#include "gui/model/shell.hpp"

#include "core/l10n/names.hpp"
#include "gui/model/board.hpp"
#include "gui/model/records.hpp"
#include "gui/text/records.hpp"
#include "gui/text/shell.hpp"

namespace kiem::model {
namespace {

std::string initiative_name(Lang lang, const InitiativeRow& row) {
  return row.practice ? say(lang, text::shell::kPracticeName, row.name) : row.name;
}

// The page that the sidebar marks for one that is not in it.
Page place_in_nav(Page page) {
  switch (page) {
    case Page::invite:
    case Page::pairing:
      return Page::people;
    case Page::nearby:
      return Page::sharing;
    case Page::records:
    case Page::record:
    case Page::edit_record:
      return Page::lists;
    case Page::join:
    case Page::begin:
      return Page::settings;
    case Page::add_task:
      return Page::tasks;
    case Page::add_place:
      return Page::places;
    default:
      return page;
  }
}

// The same for the bar of a narrow window, where the last entry stands for the rest.
Page place_in_bar(Page page) {
  const Page nav = place_in_nav(page);
  return nav == Page::tasks || nav == Page::mine || nav == Page::places ? nav : Page::more;
}

bool coordinates(const Facts& facts, const UiState& state) {
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  return initiative != nullptr && initiative->my_role == kiem::Role::coordinator;
}

NewsModel news_of(Lang lang, const CameBack& back) {
  NewsModel news;
  const std::string name = person_name(lang, back.person);
  news.text = back.task ? say(lang, text::notice::kCameBackWithClaim, name, back.task_title)
                        : say(lang, text::notice::kCameBack, name);
  if (back.task) news.look = Button{say(lang, text::notice::kShow), OpenTask{*back.task}, Weight::secondary};
  news.close = Button{say(lang, text::shell::kClose), CloseNews{}, Weight::quiet};
  return news;
}

Choice text_sizes(Lang lang, const Settings& settings) {
  Choice choice{say(lang, text::settings::kTextSize), {}};
  for (const std::uint16_t percent : kTextSizes) {
    choice.options.push_back({say(lang, text::settings::kPercent, std::to_string(percent)), ChooseTextSize{percent},
                              Weight::secondary, true, settings.text_percent == percent});
  }
  return choice;
}

Choice themes(Lang lang, const Settings& settings) {
  const auto option = [&](const Text<0>& label, Theme theme) {
    return Button{say(lang, label), ChooseTheme{theme}, Weight::secondary, true, settings.theme == theme};
  };
  return {say(lang, text::settings::kLook),
          {option(text::settings::kLight, Theme::light), option(text::settings::kDark, Theme::dark),
           option(text::settings::kContrast, Theme::contrast)}};
}

Choice languages(Lang lang, const Settings& settings) {
  return {
      say(lang, text::settings::kLanguage),
      {{say(lang, text::settings::kDutch), ChooseLang{Lang::nl}, Weight::secondary, true, settings.lang == Lang::nl},
       {say(lang, text::settings::kEnglish), ChooseLang{Lang::en}, Weight::secondary, true,
        settings.lang == Lang::en}}};
}

Choice lock_minutes(Lang lang, const Settings& settings) {
  Choice choice{say(lang, text::settings::kLock), {}, say(lang, text::settings::kLockHelp)};
  for (const std::uint16_t minutes : kLockMinutes) {
    std::string label = minutes == 0    ? say(lang, text::settings::kNever)
                        : minutes == 60 ? say(lang, text::settings::kHour)
                                        : say_count(lang, minutes, text::settings::kMinutes);
    choice.options.push_back(
        {std::move(label), ChooseLockMinutes{minutes}, Weight::secondary, true, settings.lock_minutes == minutes});
  }
  return choice;
}

Choice remembering(Lang lang, const Facts& facts, const UiState& state) {
  const bool on = facts.slots && facts.slots->held;
  const bool can = state.busy == Busy::no;
  return {say(lang, text::settings::kRemember),
          {{say(lang, text::settings::kRememberNo), Remember{false}, Weight::secondary, can, !on},
           {say(lang, text::settings::kRememberYes), Remember{true}, Weight::secondary, can, on}},
          say(lang, text::settings::kRememberHelp)};
}

}  // namespace

Shell shell_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  Shell shell;
  shell.app = say(lang, text::shell::kKiem);
  if (const InitiativeRow* const initiative = initiative_of(facts, state.initiative)) {
    shell.initiative = initiative_name(lang, *initiative);
  }
  const auto item = [&](Page page, const Text<0>& label, const Text<0>& short_label, Page here) {
    return NavItem{page, say(lang, label), say(lang, short_label), page == Page::mine ? mine_count(reader, facts) : 0,
                   page == here};
  };
  const Page nav = place_in_nav(state.page);
  const Page bar = place_in_bar(state.page);
  shell.nav = {item(Page::tasks, text::shell::kTasks, text::shell::kTasks, nav),
               item(Page::mine, text::shell::kMine, text::shell::kMineShort, nav),
               item(Page::places, text::shell::kPlaces, text::shell::kPlaces, nav),
               item(Page::people, text::shell::kPeople, text::shell::kPeople, nav)};
  // Where there are none, only who can add them is told of them.
  if (has_lists(facts) || coordinates(facts, state)) {
    shell.nav.push_back(item(Page::lists, text::records::kLists, text::records::kLists, nav));
  }
  shell.nav.push_back(item(Page::sharing, text::shell::kSharing, text::shell::kSharing, nav));
  shell.nav.push_back(item(Page::settings, text::shell::kSettings, text::shell::kSettings, nav));
  shell.bar = {item(Page::tasks, text::shell::kTasks, text::shell::kTasks, bar),
               item(Page::mine, text::shell::kMine, text::shell::kMineShort, bar),
               item(Page::places, text::shell::kPlaces, text::shell::kPlaces, bar),
               item(Page::more, text::shell::kMore, text::shell::kMore, bar)};
  shell.back = say(lang, text::shell::kBack);
  shell.letters = say(lang, text::shell::kLetters);
  shell.smaller = Button{say(lang, text::shell::kSmaller), StepTextSize{-1}, Weight::secondary,
                         state.settings.text_percent > kTextSizes.front()};
  shell.larger = Button{say(lang, text::shell::kLarger), StepTextSize{1}, Weight::secondary,
                        state.settings.text_percent < kTextSizes.back()};
  if (has_lock(facts)) shell.lock = Button{say(lang, text::shell::kLock), Lock{}, Weight::secondary};
  shell.sync = sync_card(reader, facts, state);
  if (state.notice) {
    NoticeModel notice{state.notice->kind, state.notice->text, say(lang, text::shell::kClose)};
    for (const std::string& choice : state.notice->choices) notice.text += '\n' + choice;
    if (const auto& take_back = state.notice->take_back) {
      const RecordIntent undo =
          take_back->deleted ? RecordIntent(RestoreRecord{*take_back->deleted}) : RecordIntent(TakeBackLast{});
      notice.action = Button{say(lang, text::records::kTakeBack), undo, Weight::quiet};
    }
    shell.notice = std::move(notice);
  }
  if (facts.came_back) shell.news = news_of(lang, *facts.came_back);
  return shell;
}

SettingsModel settings_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  SettingsModel model;
  model.title = say(lang, text::settings::kTitle);
  model.subtitle = say(lang, text::settings::kSubtitle);
  model.choices = {text_sizes(lang, state.settings), themes(lang, state.settings), languages(lang, state.settings)};
  if (has_lock(facts)) model.choices.push_back(lock_minutes(lang, state.settings));
  if (can_be_remembered(facts)) model.choices.push_back(remembering(lang, facts, state));
  const InitiativeRow* const mine = initiative_of(facts, state.initiative);
  if (facts.status && facts.status->initiatives.size() > 1) {
    Choice initiatives{say(lang, text::settings::kInitiative), {}};
    for (const InitiativeRow& row : facts.status->initiatives) {
      initiatives.options.push_back(
          {initiative_name(lang, row), ChooseInitiative{row.id}, Weight::secondary, true, row.id == mine->id});
    }
    model.choices.push_back(std::move(initiatives));
  }
  model.initiative_caption = mine == nullptr ? say(lang, text::settings::kInitiative) : initiative_name(lang, *mine);
  if (mine != nullptr && mine->my_role == kiem::Role::coordinator) {
    model.initiative.push_back({say(lang, text::settings::kInvite), GoTo{Page::invite}, Weight::secondary});
  }
  // A practice store meets practice laptops alone, and nothing of it is taken into a real one (DESIGN D5).
  if (mine == nullptr || !mine->practice) {
    model.initiative.push_back({say(lang, text::settings::kJoin), GoTo{Page::join}, Weight::secondary});
    model.initiative.push_back({say(lang, text::settings::kNewInitiative), GoTo{Page::begin}, Weight::secondary});
  }
  model.keys_caption = say(lang, text::settings::kKeys);
  model.keys = say(lang, text::settings::kKeysHelp);
  if (has_lock(facts)) model.keys += ' ' + say(lang, text::settings::kKeysLock);
  return model;
}

}  // namespace kiem::model
