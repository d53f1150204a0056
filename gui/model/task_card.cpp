#include "gui/model/task_card.hpp"

#include "core/base/check.hpp"
#include "core/l10n/claims.hpp"
#include "gui/text/board.hpp"

namespace kiem::model {
namespace {

text::DayTile tile_of(Lang lang, const TaskCard& card) {
  if (card.date) return text::day_tile(lang, *card.date);
  if (card.before) {
    text::DayTile tile = text::day_tile(lang, *card.before);
    tile.weekday = text::board::kTileBefore.in(lang);
    return tile;
  }
  return {say(lang, text::board::kTileWhenever), say(lang, text::board::kTileWheneverDay), ""};
}

Tone tone_of(ClaimState state) {
  switch (state) {
    case ClaimState::confirmed:
      return Tone::good;
    case ClaimState::waiting:
    case ClaimState::unplaced:
    case ClaimState::seen:
    case ClaimState::provisional:
      return Tone::attention;
    case ClaimState::cancelled:
      return Tone::urgent;
    case ClaimState::withdrawn:
    case ClaimState::late:
      return Tone::neutral;
  }
  KIEM_UNREACHABLE("a claim state without a tone");
}

Chip seats_chip(Lang lang, const TaskCard& card) {
  Chip chip{text::capitalised(seats_text(lang, card)), Tone::neutral};
  if (!card.seats) {
    chip.tone = Tone::good;
  } else if (card.overbooked || card.free == 1U) {
    chip.tone = Tone::urgent;
  } else if (card.free.value_or(0) > 0) {
    chip.tone = Tone::attention;
  }
  return chip;
}

Chip chip_of(const Reader& reader, const TaskCard& card) {
  if (card.state == TaskState::cancelled) return {text::capitalised(seats_text(reader.lang, card)), Tone::urgent};
  if (card.state == TaskState::done) return {text::capitalised(seats_text(reader.lang, card)), Tone::good};
  if (const ClaimRow* const mine = live_claim(card)) return claim_chip(reader.lang, *mine);
  if (is_over(reader, card)) return {say(reader.lang, text::board::kOver), Tone::neutral};
  if (card.in_conflict) return {say(reader.lang, text::board::kToChoose), Tone::attention};
  return seats_chip(reader.lang, card);
}

std::optional<Button> button_of(const Reader& reader, const TaskCard& card) {
  if (card.state != TaskState::open || is_over(reader, card)) return std::nullopt;
  if (live_claim(card) != nullptr) {
    return Button{say(reader.lang, text::board::kSignOff), AskWithdraw{card.id}, Weight::secondary};
  }
  if (card.seats && card.free.value_or(0) == 0) {
    return Button{say(reader.lang, text::board::kJoinList), AskClaim{card.id}, Weight::quiet};
  }
  return Button{say(reader.lang, text::board::kJoin), AskClaim{card.id}, Weight::primary};
}

}  // namespace

bool is_live(const ClaimRow& claim) { return claim.state != ClaimState::withdrawn; }

const ClaimRow* live_claim(const TaskCard& card) { return card.mine && is_live(*card.mine) ? &*card.mine : nullptr; }

bool is_over(const Reader& reader, const TaskCard& card) { return card.date && *card.date < reader.today(); }

bool needs_help(const Reader& reader, const TaskCard& card) {
  return card.state == TaskState::open && !is_over(reader, card) && card.free.value_or(0) > 0 &&
         live_claim(card) == nullptr;
}

std::string title_of(Lang lang, const TaskCard& card) {
  return card.title.empty() ? say(lang, text::board::kUntitled) : card.title;
}

std::string day_of(const Reader& reader, const TaskCard& card) {
  if (card.date) return text::day_heading(reader.lang, *card.date, reader.today());
  if (card.before) {
    return say(reader.lang, text::board::kBeforeDay, text::day_in_sentence(reader.lang, *card.before, reader.today()));
  }
  return say(reader.lang, text::board::kWhenever);
}

Chip claim_chip(Lang lang, const ClaimRow& claim) {
  const bool whole = claim.state == ClaimState::confirmed && (claim.confirmed == 0 || claim.confirmed >= claim.count);
  std::string words = whole ? say(lang, text::board::kYouJoin) : text::capitalised(claim_state_text(lang, claim));
  return {std::move(words), tone_of(claim.state)};
}

CardModel card_model(const Reader& reader, const TaskCard& card, bool selected) {
  CardModel model;
  model.task = card.id;
  model.tile = tile_of(reader.lang, card);
  model.tile_label = day_of(reader, card);
  model.title = title_of(reader.lang, card);
  model.when = text::clock_range(reader.lang, card.start, card.end);
  model.where = card.place_title;
  model.chip = chip_of(reader, card);
  model.button = button_of(reader, card);
  model.selected = selected;
  model.mine = live_claim(card) != nullptr;
  return model;
}

}  // namespace kiem::model
