#include "sync/practice/sheet.hpp"

#include "core/base/check.hpp"
#include "sync/practice/neighbourhood.hpp"

namespace kiem::practice {

std::string rows_where(std::string_view csv, const std::function<bool(std::string_view)>& wanted) {
  std::string kept;
  for (bool names = true; !csv.empty(); names = false) {
    const std::string_view row = csv.substr(0, csv.find('\n'));
    if (names || wanted(row.substr(0, row.find(';')))) kept.append(row).push_back('\n');
    csv.remove_prefix(std::min(row.size() + 1, csv.size()));
  }
  return kept;
}

std::string tasks_without_disputed_time() {
  constexpr std::string_view kDisputed = ";10.00 of 13.30;1 uur later;";
  std::string tasks(tasks_csv());
  const auto at = tasks.find(kDisputed);
  KIEM_CHECK(at != std::string::npos);
  return tasks.replace(at, kDisputed.size(), ";;;");
}

}  // namespace kiem::practice
