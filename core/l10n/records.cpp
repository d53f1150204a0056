#include "core/l10n/records.hpp"

#include "core/l10n/dates.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

constexpr Text<3> kFirstSide{"{0} zette {1} op {2}", "{0} set {1} to {2}"};
constexpr Text<2> kFirstCleared{"{0} maakte {1} leeg", "{0} cleared {1}"};
constexpr Text<2> kOtherSide{", {0} op {1}", ", {0} to {1}"};
constexpr Text<2> kOtherSet{", {0} zette het op {1}", ", {0} set it to {1}"};
constexpr Text<1> kOtherCleared{", {0} maakte het leeg", ", {0} cleared it"};
constexpr Text<2> kApart{"{0}, los van elkaar; nu geldt {1}.", "{0}, apart from each other; {1} holds for now."};
constexpr Text<1> kApartNone{"{0}, los van elkaar; nu geldt nog niets.",
                             "{0}, apart from each other; nothing holds yet."};

}  // namespace

std::string cell_text(Lang lang, const FieldModel& field, std::string_view value) {
  if (field.type == "date") {
    if (const auto days = from_iso_date(value)) return format_date(lang, *days);
  } else if (field.type == "time") {
    if (const auto minutes = from_iso_time(value)) return format_time(lang, *minutes);
  } else if (field.type == "choice") {
    for (const Label& choice : field.choices) {
      if (choice.key == value) return label_text(lang, choice);
    }
  }
  return std::string(value);
}

std::string conflict_sentence(Lang lang, std::string_view field, const ConflictRow& conflict, const FieldModel* known) {
  const auto value_of = [&](const ConflictRow::Side& side) {
    return known == nullptr || side.value.empty() ? value_text(lang, conflict.field, side.value)
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

}  // namespace kiem
