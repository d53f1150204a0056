// The few settings of the window that are kept between two runs, as `name value` lines in HOME/client.settings. Nothing
// personal stands there. One thread.
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/result.hpp"
#include "gui/model/ui_state.hpp"

namespace kiem::gui {

// Of a home without the file, or with lines that say nothing known: the defaults, with `usual` as the language.
[[nodiscard]] model::Settings read_settings(const std::filesystem::path& home, Lang usual);
// Whole or not at all. Errors: disk_full, disk_failed; also when there is no home yet.
[[nodiscard]] Status write_settings(const std::filesystem::path& home, const model::Settings& settings);

}  // namespace kiem::gui
