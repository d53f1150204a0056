#include "core/domain/field_values.hpp"

#include <algorithm>
#include <charconv>

#include "core/domain/import/dates.hpp"
#include "core/domain/text_rules.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"

namespace kiem {
namespace {

constexpr std::uint32_t kMaxLengthMinutes = 60 * 24 * 366;

bool equal_words(std::string_view a, std::string_view b) {
  const auto lower = [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_named(const Words& words, std::string_view text) {
  return equal_words(words.key, text) || equal_words(words.nl, text) || equal_words(words.en, text);
}

template <class Number>
std::optional<Number> read_digits(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

std::optional<std::uint32_t> read_length(std::string_view text) {
  const std::size_t colon = text.find_first_of(":.");
  const auto first = read_digits<std::uint32_t>(text.substr(0, colon));
  if (!first || *first > kMaxLengthMinutes) return std::nullopt;
  if (colon == std::string_view::npos) return first;
  const auto minutes = read_digits<std::uint32_t>(text.substr(colon + 1));
  if (text.size() - colon != 3 || !minutes || *minutes >= 60) return std::nullopt;
  const std::uint64_t all = std::uint64_t{*first} * 60 + *minutes;
  return all <= kMaxLengthMinutes ? std::optional(static_cast<std::uint32_t>(all)) : std::nullopt;
}

tl::unexpected<Error> bad_number(const FieldDefinition& field, std::string_view text, std::string_view expected) {
  return fail(ErrorCode::bad_number, Fault::person, {field.words.key, std::string(text), std::string(expected)});
}

}  // namespace

Result<Value> read_value(Connection& db, const SpaceRow& space, const Schema& schema, const FieldDefinition& field,
                         std::string_view text) {
  switch (field.type) {
    case ValueType::text: {
      KIEM_TRY_GET(std::string checked, field.merge == MergeType::text
                                            ? checked_long_text(field.words.key, text)
                                            : checked_text(field.words.key, text, kMaxNote, true));
      return Value(TextValue{std::move(checked), {}});
    }
    case ValueType::integer: {
      const auto number = read_digits<std::int64_t>(text);
      if (!number) return bad_number(field, text, "whole");
      return Value(IntegerValue{*number});
    }
    case ValueType::date: {
      KIEM_TRY_GET(const std::int32_t days, parse_date(text));
      return Value(DateValue{days});
    }
    case ValueType::time: {
      KIEM_TRY_GET(const std::uint16_t minutes, parse_time(text));
      return Value(TimeValue{minutes, {}});
    }
    case ValueType::length: {
      const auto minutes = read_length(text);
      if (!minutes) return bad_number(field, text, "length");
      return Value(LengthValue{*minutes});
    }
    case ValueType::choice: {
      const auto found = std::find_if(field.choices.begin(), field.choices.end(),
                                      [&](const Words& words) { return is_named(words, text); });
      if (found == field.choices.end()) return fail(ErrorCode::not_found, Fault::person, {"choice", std::string(text)});
      return Value(ChoiceValue{static_cast<std::uint32_t>(found - field.choices.begin())});
    }
    case ValueType::principal: {
      KIEM_TRY_GET(const RecordId person, query_named(db, space, Named::person, text));
      return Value(PrincipalValue{principal_of(person)});
    }
    case ValueType::record: {
      const CollectionDefinition* of = field.of ? schema.find(*field.of) : nullptr;
      if (of == nullptr) return fail(ErrorCode::not_found, Fault::person, {"record", std::string(text)});
      KIEM_TRY_GET(const RecordId record, query_record_named(db, space, *of, text));
      return Value(RecordValue{record});
    }
    case ValueType::device:
      break;
  }
  // Devices are chosen by taking over, never typed.
  return fail(ErrorCode::not_allowed, Fault::person, {field.words.key});
}

Result<const CollectionDefinition*> collection_named(const Schema& schema, std::string_view text) {
  std::vector<const CollectionDefinition*> found;
  for (const auto& each : schema.collections()) {
    if (is_named(each.words, text)) found.push_back(&each);
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> args{"collection", std::string(text)};
  if (found.empty()) return fail(ErrorCode::not_found, Fault::person, std::move(args));
  for (const auto* each : found) args.push_back(each->words.key);
  return fail(ErrorCode::ambiguous, Fault::person, std::move(args));
}

Result<const FieldDefinition*> field_named(const CollectionDefinition& collection, std::string_view text) {
  const FieldDefinition* by_key = collection.find(text);
  if (by_key != nullptr) return by_key;
  const auto found = std::find_if(collection.fields.begin(), collection.fields.end(),
                                  [&](const FieldDefinition& field) { return is_named(field.words, text); });
  if (found == collection.fields.end()) return fail(ErrorCode::not_found, Fault::person, {"field", std::string(text)});
  return &*found;
}

}  // namespace kiem
