// The words for how long records are kept, and why one is due. Free functions, any thread, no failure.
#pragma once

#include <string>

#include "core/l10n/lang.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

// "bewaard tot 30 dagen na ‘Tot en met’", "kept until 2 years after the last change".
[[nodiscard]] std::string keep_text(Lang lang, const KeepModel& keep);
// "bewaard tot en met ma 17 mei 2027: 30 dagen na ‘Tot en met’ (za 17 april 2027)".
[[nodiscard]] std::string due_text(Lang lang, const DueRow& row);
// "3 stukken zijn over hun bewaartermijn".
[[nodiscard]] std::string due_count_text(Lang lang, std::uint64_t due);

}  // namespace kiem
