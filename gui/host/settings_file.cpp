#include "gui/host/settings_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#include "core/store/disk_error.hpp"

namespace kiem::gui {
namespace {

constexpr const char* kName = "client.settings";
constexpr std::array<std::string_view, 3> kThemeNames{"light", "dark", "contrast"};

}  // namespace

model::Settings read_settings(const std::filesystem::path& home, Lang usual) {
  model::Settings settings;
  settings.lang = usual;
  std::ifstream file(home / kName);
  std::string name;
  std::string value;
  while (file >> name >> value) {
    if (name == "lang" && (value == "nl" || value == "en")) settings.lang = value == "nl" ? Lang::nl : Lang::en;
    const auto* const theme = std::find(kThemeNames.begin(), kThemeNames.end(), value);
    if (name == "theme" && theme != kThemeNames.end()) {
      settings.theme = static_cast<model::Theme>(theme - kThemeNames.begin());
    }
    for (const std::uint16_t minutes : model::kLockMinutes) {
      if (name == "lock" && value == std::to_string(minutes)) settings.lock_minutes = minutes;
    }
    for (const std::uint16_t percent : model::kTextSizes) {
      if (name == "text" && value == std::to_string(percent)) settings.text_percent = percent;
    }
  }
  return settings;
}

Status write_settings(const std::filesystem::path& home, const model::Settings& settings) {
  const std::filesystem::path made = home / (std::string(kName) + ".new");
  errno = 0;
  {
    std::ofstream file(made, std::ios::trunc);
    file << "lang " << (settings.lang == Lang::nl ? "nl" : "en") << "\ntheme "
         << kThemeNames.at(static_cast<std::size_t>(settings.theme)) << "\ntext " << settings.text_percent << "\nlock "
         << settings.lock_minutes << "\n";
    file.close();
    if (!file) return disk_error(errno);
  }
  std::error_code error;
  std::filesystem::rename(made, home / kName, error);
  if (error) return disk_error(error.value());
  return {};
}

}  // namespace kiem::gui
