// The task board and my tasks: cards in groups, filters, what a search found, and what is said when there is nothing.
// Functions on values, any thread.
#pragma once

#include "gui/model/task_card.hpp"

namespace kiem::model {

struct CardGroup {
  std::string heading;
  std::vector<CardModel> cards;
};

struct BoardModel {
  std::string title;     // "Goedemiddag, Noor"
  std::string subtitle;  // "Vier taken zoeken nog hulp. Doe je mee?"
  std::string arriving;  // how far a join is, while there is more to come
  std::string search_label;
  std::string search;
  bool search_open = false;       // narrow windows
  std::string search_button;      // there, opens the box
  std::vector<Button> filters;    // the one that is on is `on`
  std::optional<Button> add;      // for who may
  std::vector<CardGroup> groups;  // by day: what is over last
  std::optional<Empty> empty;     // when there are no cards
  std::string incomplete;         // said when not everything could be shown; else empty
};
[[nodiscard]] BoardModel board_model(const Reader& reader, const Facts& facts, const UiState& state);

struct MineModel {
  std::string title;
  std::string subtitle;
  std::vector<CardGroup> groups;  // by where my claim stands
  std::optional<Empty> empty;
};
[[nodiscard]] MineModel mine_model(const Reader& reader, const Facts& facts, const UiState& state);

// How many tasks to come have a claim of mine.
[[nodiscard]] std::uint32_t mine_count(const Reader& reader, const Facts& facts);

}  // namespace kiem::model
