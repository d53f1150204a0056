#include "gui/model/settling.hpp"

#include <charconv>

#include "core/l10n/dates.hpp"

namespace kiem::model {

std::optional<EditTask> settling_edit(const TaskCard& card, std::string_view field, std::string_view value) {
  EditTask edit;
  edit.initiative = {to_text(card.initiative)};
  edit.task = {to_text(card.id)};
  if (field == "title" && !value.empty()) {
    edit.title = value;
  } else if (field == "note") {
    edit.note = value;
  } else if (field == "date") {
    edit.date = from_iso_date(value);
    edit.clear_date = value.empty();
    if (!edit.date && !edit.clear_date) return std::nullopt;
  } else if (field == "time") {
    edit.start = from_iso_time(value);
    if (!edit.start) return std::nullopt;
  } else if (field == "until") {
    edit.end = from_iso_time(value);
    if (!edit.end) return std::nullopt;
  } else if (field == "place") {
    edit.clear_place = value.empty();
    if (!edit.clear_place) edit.place = Naming{std::string(value)};
  } else if (field == "seats") {
    edit.clear_seats = value.empty();
    if (!edit.clear_seats) {
      std::uint32_t seats = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seats);
      if (error != std::errc() || end != value.data() + value.size()) return std::nullopt;
      edit.seats = seats;
    }
  } else {
    return std::nullopt;
  }
  return edit;
}

}  // namespace kiem::model
