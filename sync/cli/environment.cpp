#include "sync/cli/environment.hpp"

namespace kiem::cli {
namespace {

bool is_set(const std::optional<std::string>& variable) { return variable && !variable->empty(); }

}  // namespace

std::optional<std::filesystem::path> default_home(const Environment& environment) {
  if (is_set(environment.kiem_home)) return std::filesystem::path(*environment.kiem_home);
  if (is_set(environment.xdg_data_home)) {
    const std::filesystem::path data(*environment.xdg_data_home);
    if (data.is_absolute()) return data / "kiem";
  }
  if (is_set(environment.home)) return std::filesystem::path(*environment.home) / ".local" / "share" / "kiem";
  return std::nullopt;
}

Lang default_language(const Environment& environment) {
  for (const auto& variable : {environment.kiem_lang, environment.lang}) {
    if (!variable) continue;
    if (const auto lang = language_from(*variable)) return *lang;
  }
  return Lang::nl;
}

}  // namespace kiem::cli
