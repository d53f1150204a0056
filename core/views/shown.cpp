#include "core/views/shown.hpp"

#include <chrono>
#include <cstdio>

#include "core/views/erased.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {
Result<std::optional<Value>> value_in(Connection& db, const StoredOperation& operation, std::uint32_t number) {
  if (number >= operation.bones.mutations.size()) return std::optional<Value>{};
  const auto& part = operation.bones.mutations[number].part;
  if (!part) return std::optional<Value>{};
  const RecordId id = operation.bones.mutations[number].record.value_or(record_of(operation.id));
  KIEM_TRY_GET(const auto record, find_record(db, id, operation.circle.space));
  const auto circle = static_cast<std::uint32_t>(operation.circle.number);
  KIEM_TRY_GET(const bool erased, record ? is_erased(db, *record, circle) : Result<bool>(false));
  if (erased) return std::optional<Value>{};
  std::size_t ordinal = 0;
  for (std::uint32_t i = 0; i < number; ++i) ordinal += operation.bones.mutations[i].part == part ? 1U : 0U;
  KIEM_TRY_GET(const auto values, part_values(db, operation.row, *part));
  if (!values || ordinal >= values->size()) return std::optional<Value>{};
  return std::optional<Value>((*values)[ordinal]);
}

std::string iso_date(std::int32_t days_since_1970) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days_since_1970}}};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

std::string iso_time(std::uint16_t minutes) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02u:%02u", minutes / 60U, minutes % 60U);
  return text.data();
}

std::string hours_and_minutes(std::uint32_t minutes) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%u:%02u", minutes / 60U, minutes % 60U);
  return text.data();
}

Result<std::string> shown_value(Connection& db, std::int64_t space, const FieldDefinition& field,
                                const std::optional<Value>& value) {
  if (!value) return std::string{};
  if (const auto* text = std::get_if<TextValue>(&*value)) return text->text;
  if (const auto* date = std::get_if<DateValue>(&*value)) return iso_date(date->days);
  if (const auto* time = std::get_if<TimeValue>(&*value)) return iso_time(time->minutes);
  if (const auto* length = std::get_if<LengthValue>(&*value)) return hours_and_minutes(length->minutes);
  if (const auto* number = std::get_if<IntegerValue>(&*value)) return std::to_string(number->number);
  if (const auto* record = std::get_if<RecordValue>(&*value)) return query_title(db, space, record->record);
  if (const auto* choice = std::get_if<ChoiceValue>(&*value)) {
    return choice->choice < field.choices.size() ? field.choices[choice->choice].key : std::to_string(choice->choice);
  }
  if (const auto* principal = std::get_if<PrincipalValue>(&*value)) {
    KIEM_TRY_GET(const PersonRef person, query_person(db, space, principal->principal));
    return person.name;
  }
  if (const auto* device = std::get_if<DeviceValue>(&*value)) {
    KIEM_TRY_GET(const auto known, find_device(db, device->device));
    if (!known) return std::string{};
    KIEM_TRY_GET(const PersonRef person, query_person(db, space, principal_of(known->person)));
    return person.name;
  }
  return std::string{};
}

}  // namespace kiem
