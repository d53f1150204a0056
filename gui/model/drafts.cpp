#include "gui/model/drafts.hpp"

#include <charconv>

#include "core/domain/import/dates.hpp"

namespace kiem::model {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

Result<std::optional<std::uint16_t>> drafted_time(const std::string& typed_text) {
  if (is_blank(typed_text)) return std::nullopt;
  KIEM_TRY_GET(const std::uint16_t minutes, parse_time(trimmed(typed_text)));
  return minutes;
}

Result<std::optional<std::uint32_t>> drafted_seats(const std::string& typed_text) {
  const std::string_view text = trimmed(typed_text);
  if (text.empty()) return std::nullopt;
  std::uint32_t seats = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seats);
  if (error != std::errc() || end != text.data() + text.size() || seats == 0) {
    return fail(ErrorCode::bad_number, Fault::person, {"seats", std::string(text), "count"});
  }
  return seats;
}

}  // namespace

bool is_blank(std::string_view text) { return text.find_first_not_of(kWhiteSpace) == std::string_view::npos; }

Result<AddTask> drafted_task(const UiState& state, const InitiativeNaming& initiative) {
  AddTask task;
  task.initiative = initiative;
  task.title = trimmed(typed(state, Field::task_title));
  if (!is_blank(typed(state, Field::task_day))) {
    KIEM_TRY_GET(task.date, parse_date(trimmed(typed(state, Field::task_day))));
  }
  KIEM_TRY_GET(task.start, drafted_time(typed(state, Field::task_from)));
  KIEM_TRY_GET(task.end, drafted_time(typed(state, Field::task_until)));
  KIEM_TRY_GET(task.seats, drafted_seats(typed(state, Field::task_seats)));
  if (state.task_place) task.place = Naming{to_text(*state.task_place)};
  task.note = trimmed(typed(state, Field::task_note));
  return task;
}

AddPlace drafted_place(const UiState& state, const InitiativeNaming& initiative) {
  AddPlace place;
  place.initiative = initiative;
  place.title = trimmed(typed(state, Field::place_title));
  place.kind = trimmed(typed(state, Field::place_kind));
  place.text = trimmed(typed(state, Field::place_text));
  place.meeting_point = trimmed(typed(state, Field::place_meet));
  return place;
}

}  // namespace kiem::model
