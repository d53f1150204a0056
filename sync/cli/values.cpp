#include "sync/cli/values.hpp"

#include <charconv>

#include "core/domain/import/dates.hpp"

namespace kiem::cli {

std::optional<std::string> Values::optional_text(std::string_view name) const {
  const auto found = words_.find(name);
  if (found == words_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::string Values::text(std::string_view name) const { return optional_text(name).value_or(""); }

std::optional<Naming> Values::optional_naming(std::string_view name) const {
  const auto given = optional_text(name);
  if (!given) return std::nullopt;
  return Naming{*given};
}

std::vector<std::string> Values::list(std::string_view name) const {
  std::vector<std::string> items;
  const auto found = words_.find(name);
  if (found == words_.end()) return items;
  for (std::string_view word : found->second) {
    while (true) {
      const std::size_t comma = word.find(',');
      items.emplace_back(word.substr(0, comma));
      if (comma == std::string_view::npos) break;
      word.remove_prefix(comma + 1);
    }
  }
  return items;
}

std::vector<std::string> Values::words(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::optional<std::uint32_t>> Values::count(std::string_view name, std::string_view field,
                                                   std::uint32_t least) const {
  const auto given = optional_text(name);
  if (!given) return std::nullopt;
  std::uint32_t number = 0;
  const char* const end = given->data() + given->size();
  const auto [stopped, error] = std::from_chars(given->data(), end, number);
  if (error != std::errc() || stopped != end || number < least) {
    return fail(ErrorCode::bad_number, Fault::person,
                {std::string(field), *given, least == 1 ? "count" : "0-4294967295"});
  }
  return number;
}

Result<std::optional<std::int32_t>> Values::date(std::string_view name) const {
  const auto given = optional_text(name);
  if (!given) return std::nullopt;
  KIEM_TRY_GET(const std::int32_t days, parse_date(*given));
  return days;
}

Result<std::optional<std::uint16_t>> Values::time(std::string_view name) const {
  const auto given = optional_text(name);
  if (!given) return std::nullopt;
  KIEM_TRY_GET(const std::uint16_t minutes, parse_time(*given));
  return minutes;
}

}  // namespace kiem::cli
