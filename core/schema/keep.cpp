#include "core/schema/keep.hpp"

#include <chrono>

namespace kiem {
namespace {

constexpr std::uint32_t kMonthsOfYear = 12;
constexpr std::int64_t kShortestMonth = 28;

std::uint32_t months_of(const Term& term) {
  return term.unit == TermUnit::years ? term.count * kMonthsOfYear : term.count;
}

}  // namespace

std::optional<std::int32_t> last_day(const Term& term, std::int32_t from) {
  if (from < kFirstKeptDay || from > kLastKeptDay) return std::nullopt;
  const std::chrono::sys_days day{std::chrono::days{from}};
  if (term.unit == TermUnit::days) return from + static_cast<std::int32_t>(term.count);
  std::chrono::year_month_day end{day};
  end += std::chrono::months{months_of(term)};
  if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
  return static_cast<std::int32_t>(std::chrono::sys_days{end}.time_since_epoch().count());
}

std::int64_t latest_due(const Term& term, std::int32_t today) {
  const std::int64_t days = term.unit == TermUnit::days ? term.count : kShortestMonth * months_of(term);
  return std::int64_t{today} - days;
}

bool ends_by(const Term& first, const Term& second) {
  if ((first.unit == TermUnit::days) != (second.unit == TermUnit::days)) return false;
  return first.unit == TermUnit::days ? second.count <= first.count : months_of(second) <= months_of(first);
}

}  // namespace kiem
