// One task as a card in a list: when, what, where, how full, and the one thing to do about it. A function on values,
// any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"
#include "gui/text/dates.hpp"

namespace kiem::model {

struct CardModel {
  RecordId task;
  text::DayTile tile;
  std::string tile_label;  // the same for reading aloud: "Zaterdag 28 november"
  std::string title;
  std::string when;   // "10.00 – 12.30 uur"; may be empty
  std::string where;  // may be empty
  Chip chip;
  std::optional<Button> button;  // none: nothing to do any more
  bool selected = false;
  bool mine = false;
};

[[nodiscard]] CardModel card_model(const Reader& reader, const TaskCard& card, bool selected);

// My own claim when it is still one: not signed off and not without effect.
[[nodiscard]] const ClaimRow* live_claim(const TaskCard& card);
[[nodiscard]] bool is_live(const ClaimRow& claim);
// Before today, so that nobody signs up for what is over.
[[nodiscard]] bool is_over(const Reader& reader, const TaskCard& card);
// Open, still to come, with seats left, and not mine.
[[nodiscard]] bool needs_help(const Reader& reader, const TaskCard& card);
[[nodiscard]] std::string title_of(Lang lang, const TaskCard& card);
// "Zaterdag 28 november", "Vóór zaterdag 28 november", "Wanneer het uitkomt".
[[nodiscard]] std::string day_of(const Reader& reader, const TaskCard& card);
[[nodiscard]] Chip claim_chip(Lang lang, const ClaimRow& claim);

}  // namespace kiem::model
