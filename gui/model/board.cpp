#include "gui/model/board.hpp"

#include <algorithm>

#include "core/l10n/names.hpp"
#include "core/l10n/sharing.hpp"
#include "gui/model/search.hpp"
#include "gui/text/board.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

constexpr std::int32_t kDaysOfWeek = 7;
constexpr std::int32_t kMinutesOfHour = 60;

// Night, morning, afternoon, evening by the reader's own clock.
const Text<1>& greeting_at(const Reader& reader) {
  constexpr std::int64_t kMsOfMinute = 60'000;
  constexpr std::int64_t kMinutesOfDay = std::int64_t{24} * kMinutesOfHour;
  const std::int64_t minutes = reader.now.ms / kMsOfMinute + reader.offset_minutes;
  const std::int64_t hour = ((minutes % kMinutesOfDay + kMinutesOfDay) % kMinutesOfDay) / kMinutesOfHour;
  if (hour < 6) return text::board::kNight;
  if (hour < 12) return text::board::kMorning;
  return hour < 18 ? text::board::kAfternoon : text::board::kEvening;
}

std::string title_at(const Reader& reader, const Facts& facts) {
  if (!facts.status || facts.status->me.name.empty()) return say(reader.lang, text::board::kWelcome);
  return say(reader.lang, greeting_at(reader), facts.status->me.name);
}

// The nearest task of today or tomorrow with one seat left is named; else it is said how many need help.
std::string call_for_help(const Reader& reader, const std::vector<TaskCard>& cards) {
  std::uint64_t seeking = 0;
  const TaskCard* last_seat = nullptr;
  for (const TaskCard& card : cards) {
    if (!needs_help(reader, card)) continue;
    ++seeking;
    const bool near = card.date && *card.date <= reader.today() + 1 && card.free == 1U;
    if (near && (last_seat == nullptr || *card.date < *last_seat->date)) last_seat = &card;
  }
  if (last_seat != nullptr) {
    return say(reader.lang, text::board::kLastSeat, text::day_heading(reader.lang, *last_seat->date, reader.today()),
               title_of(reader.lang, *last_seat));
  }
  if (seeking == 0) return say(reader.lang, text::board::kAllHelped);
  if (seeking == 1) return say(reader.lang, text::board::kOneSeeks);
  return say(reader.lang, text::board::kManySeek, text::capitalised(text::number_word(reader.lang, seeking)));
}

// What belongs on a board at all: open tasks, and called-off ones to come that I had signed up for.
bool is_on_board(const Reader& reader, const TaskCard& card) {
  if (card.state == TaskState::open) return true;
  return card.state == TaskState::cancelled && live_claim(card) != nullptr && !is_over(reader, card);
}

bool passes(const Reader& reader, const UiState& state, const TaskCard& card) {
  if (state.place && card.place != state.place) return false;
  switch (state.filter) {
    case BoardFilter::all:
      return true;
    case BoardFilter::this_week:
      return card.date && *card.date >= reader.today() && *card.date < reader.today() + kDaysOfWeek;
    case BoardFilter::free:
      return needs_help(reader, card) ||
             (card.state == TaskState::open && !card.seats && !is_over(reader, card) && live_claim(card) == nullptr);
    case BoardFilter::mine:
      return live_claim(card) != nullptr;
  }
  return false;
}

bool is_found(const TaskCard& card, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return true;
  return has_all(folded(card.title + '\n' + card.place_title + '\n' + card.note + '\n' + card.roles), wanted);
}

// Cards of one day follow each other in what the node answers; what is over goes behind everything to come.
std::vector<CardGroup> by_day(const Reader& reader, const std::vector<const TaskCard*>& cards, const UiState& state) {
  std::vector<CardGroup> groups;
  CardGroup earlier{say(reader.lang, text::board::kEarlier), {}};
  for (const TaskCard* const card : cards) {
    CardModel model = card_model(reader, *card, state.task == card->id);
    if (is_over(reader, *card)) {
      earlier.cards.push_back(std::move(model));
      continue;
    }
    if (groups.empty() || groups.back().heading != model.tile_label) groups.push_back({model.tile_label, {}});
    groups.back().cards.push_back(std::move(model));
  }
  if (!earlier.cards.empty()) groups.push_back(std::move(earlier));
  return groups;
}

std::string place_title(const Facts& facts, const RecordId& place) {
  if (facts.tasks) {
    for (const TaskCard& card : facts.tasks->tasks) {
      if (card.place == place && !card.place_title.empty()) return card.place_title;
    }
  }
  if (facts.places) {
    for (const PlaceRow& row : facts.places->places) {
      if (row.id == place) return row.title;
    }
  }
  return {};
}

std::vector<Button> filters_of(Lang lang, const Facts& facts, const UiState& state) {
  const auto filter = [&](const Text<0>& label, BoardFilter which) {
    return Button{say(lang, label), FilterTasks{which}, Weight::secondary, true, state.filter == which};
  };
  std::vector<Button> filters{
      filter(text::board::kAll, BoardFilter::all), filter(text::board::kThisWeek, BoardFilter::this_week),
      filter(text::board::kFree, BoardFilter::free), filter(text::board::kMine, BoardFilter::mine)};
  if (state.place) {
    const std::string title = place_title(facts, *state.place);
    filters.push_back({say(lang, text::board::kThePlace, title.empty() ? say(lang, text::board::kAtPlace) : title),
                       ShowPlace{std::nullopt}, Weight::secondary, true, true});
  } else {
    filters.push_back({say(lang, text::board::kAtPlace), GoTo{Page::places}, Weight::secondary});
  }
  return filters;
}

Empty nothing_to_show(Lang lang, const UiState& state, bool any_task, const std::optional<Button>& add) {
  if (!any_task) return {say(lang, text::board::kNoTasks), say(lang, text::board::kNoTasksHelp), add};
  const Button show_all{say(lang, text::board::kShowAll), ShowAll{}, Weight::secondary};
  const std::string& search = typed(state, Field::search);
  if (!search_words(search).empty()) {
    return {say(lang, text::board::kNothingFound), say(lang, text::board::kNothingFoundHelp, search), show_all};
  }
  return {say(lang, text::board::kNothingHere), say(lang, text::board::kNothingHereHelp), show_all};
}

// The group of my tasks that a claim belongs to.
const Text<0>& mine_heading(const TaskCard& card, const ClaimRow& claim) {
  if (card.state == TaskState::cancelled) return text::mine::kOff;
  if (claim.state == ClaimState::confirmed) return text::mine::kComing;
  return claim.state == ClaimState::waiting ? text::mine::kWaiting : text::mine::kAnswerComes;
}

bool is_mine_to_come(const Reader& reader, const TaskCard& card) {
  return card.state != TaskState::done && live_claim(card) != nullptr && !is_over(reader, card);
}

}  // namespace

BoardModel board_model(const Reader& reader, const Facts& facts, const UiState& state) {
  BoardModel model;
  model.title = title_at(reader, facts);
  if (facts.status && facts.status->arriving) {
    model.arriving = arriving_sentence(reader.lang, *facts.status->arriving);
  }
  model.search_label = say(reader.lang, text::board::kSearch);
  model.search = typed(state, Field::search);
  model.search_open = state.searching || !model.search.empty();
  model.search_button = say(reader.lang, text::board::kSearch);
  model.filters = filters_of(reader.lang, facts, state);
  if (may_add(facts, state.initiative)) {
    model.add = Button{say(reader.lang, text::add::kTask), GoTo{Page::add_task}, Weight::secondary};
  }
  if (!facts.tasks) {
    model.subtitle = say(reader.lang, text::task::kStillLoading);
    return model;
  }
  if (!facts.tasks->complete) model.incomplete = say(reader.lang, text::board::kIncomplete);
  const std::vector<std::string> wanted = search_words(model.search);
  std::vector<const TaskCard*> shown;
  bool any_task = false;
  for (const TaskCard& card : facts.tasks->tasks) {
    if (!is_on_board(reader, card)) continue;
    any_task = true;
    if (passes(reader, state, card) && is_found(card, wanted)) shown.push_back(&card);
  }
  if (any_task) model.subtitle = call_for_help(reader, facts.tasks->tasks);
  model.groups = by_day(reader, shown, state);
  if (shown.empty()) model.empty = nothing_to_show(reader.lang, state, any_task, model.add);
  return model;
}

MineModel mine_model(const Reader& reader, const Facts& facts, const UiState& state) {
  MineModel model;
  model.title = say(reader.lang, text::mine::kTitle);
  if (!facts.tasks) {
    model.subtitle = say(reader.lang, text::task::kStillLoading);
    return model;
  }
  for (const Text<0>* const heading :
       {&text::mine::kComing, &text::mine::kAnswerComes, &text::mine::kWaiting, &text::mine::kOff}) {
    CardGroup group{say(reader.lang, *heading), {}};
    for (const TaskCard& card : facts.tasks->tasks) {
      if (!is_mine_to_come(reader, card) || &mine_heading(card, *live_claim(card)) != heading) continue;
      group.cards.push_back(card_model(reader, card, state.task == card.id));
    }
    if (!group.cards.empty()) model.groups.push_back(std::move(group));
  }
  const std::uint32_t count = mine_count(reader, facts);
  if (count == 0) {
    model.empty = Empty{say(reader.lang, text::mine::kNone), say(reader.lang, text::mine::kNoneHelp),
                        Button{say(reader.lang, text::mine::kToTasks), GoTo{Page::tasks}}};
  } else {
    model.subtitle = count == 1 ? say(reader.lang, text::mine::kOne)
                                : say(reader.lang, text::mine::kMany, text::number_word(reader.lang, count));
  }
  return model;
}

std::uint32_t mine_count(const Reader& reader, const Facts& facts) {
  if (!facts.tasks) return 0;
  return static_cast<std::uint32_t>(std::count_if(facts.tasks->tasks.begin(), facts.tasks->tasks.end(),
                                                  [&](const TaskCard& card) { return is_mine_to_come(reader, card); }));
}

}  // namespace kiem::model
