#include "core/l10n/records.hpp"

#include <algorithm>

#include "core/l10n/dates.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

constexpr Text<2> kLeftText{"{0} (‘{1}’)", "{0} (“{1}”)"};
constexpr Text<2> kLeftBegins{"{0} (‘{1}…’)", "{0} (“{1}…”)"};
constexpr Text<3> kFirstSide{"{0} zette {1} op {2}", "{0} set {1} to {2}"};
constexpr Text<2> kFirstCleared{"{0} maakte {1} leeg", "{0} cleared {1}"};
constexpr Text<2> kOtherSide{", {0} op {1}", ", {0} to {1}"};
constexpr Text<2> kOtherSet{", {0} zette het op {1}", ", {0} set it to {1}"};
constexpr Text<1> kOtherCleared{", {0} maakte het leeg", ", {0} cleared it"};
constexpr Text<2> kApart{"{0}, los van elkaar; nu geldt {1}.", "{0}, apart from each other; {1} holds for now."};
constexpr Text<1> kApartNone{"{0}, los van elkaar; nu geldt nog niets.",
                             "{0}, apart from each other; nothing holds yet."};

// Between the values that one write replaced, when they had been written apart.
constexpr std::string_view kSeveralValues = " / ";

std::string typed_text(Lang lang, std::string_view type, const std::vector<Label>& choices, std::string_view value) {
  if (type == "date") {
    if (const auto days = from_iso_date(value)) return format_date(lang, *days);
  } else if (type == "time") {
    if (const auto minutes = from_iso_time(value)) return format_time(lang, *minutes);
  } else if (type == "choice") {
    for (const Label& choice : choices) {
      if (choice.key == value) return label_text(lang, choice);
    }
  }
  return std::string(value);
}

}  // namespace

std::string field_text(Lang lang, std::string_view key, const FieldWords& words) {
  return words.label.key.empty() ? field_name(lang, key) : label_text(lang, words.label);
}

std::string value_text(Lang lang, std::string_view key, const FieldWords& words, std::string_view value) {
  if (words.label.key.empty() || value.empty()) return value_text(lang, key, value);
  std::string text;
  while (true) {
    const std::size_t end = value.find(kSeveralValues);
    text += typed_text(lang, words.type, words.choices, value.substr(0, end));
    if (end == std::string_view::npos) return text;
    text += kSeveralValues;
    value.remove_prefix(end + kSeveralValues.size());
  }
}

std::string cell_text(Lang lang, const FieldModel& field, std::string_view value) {
  return typed_text(lang, field.type, field.choices, value);
}

std::string conflict_sentence(Lang lang, std::string_view field, const ConflictRow& conflict, const FieldModel* known) {
  const auto value_of = [&](const ConflictRow::Side& side) {
    return known == nullptr || side.value.empty() ? value_text(lang, conflict.field, conflict.words, side.value)
                                                  : cell_text(lang, *known, side.value);
  };
  std::string sides;
  std::string shown;
  for (const ConflictRow::Side& side : conflict.sides) {
    const std::string who = person_name(lang, side.person);
    if (side.shown) shown = value_of(side);
    if (sides.empty()) {
      sides =
          side.value.empty() ? say(lang, kFirstCleared, who, field) : say(lang, kFirstSide, who, field, value_of(side));
    } else if (side.value.empty()) {
      sides += say(lang, kOtherCleared, who);
    } else {
      sides += say(lang, conflict.sides.front().value.empty() ? kOtherSet : kOtherSide, who, value_of(side));
    }
  }
  return shown.empty() ? say(lang, kApartNone, sides) : say(lang, kApart, sides, shown);
}

std::string left_text(Lang lang, std::string_view key, const FieldWords& words, std::string_view text) {
  std::string field = field_text(lang, key, words);
  if (text.empty()) return field;
  constexpr std::size_t kMost = 40;
  std::size_t end = std::min(text.size(), kMost);
  // Never half a letter.
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return say(lang, end < text.size() ? kLeftBegins : kLeftText, field, text.substr(0, end));
}

}  // namespace kiem
