// The words of an import: what should have stood in a cell, what is wrong with a file, why a column was left out.
// Keys are those of core/domain/import/problems.hpp; a key that is not known is shown as it stands. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"

namespace kiem {

// "een datum zoals 17-04-2027".
[[nodiscard]] std::string expected_text(Lang lang, std::string_view key);

// "een aanhalingsteken dat niet wordt gesloten".
[[nodiscard]] std::string csv_fault_text(Lang lang, std::string_view key);

// "Kolom contact blijft weg: ...". `why` is "sealed", "unknown", "on_purpose" or "repeated".
[[nodiscard]] std::string left_out_text(Lang lang, std::string_view column, std::string_view why);

// "Rij 3, kolom dag: ‘32-1-2027’ kan niet. Verwacht: een dag die bestaat." `expected` is a key.
[[nodiscard]] std::string problem_text(Lang lang, std::uint32_t row, std::string_view column, std::string_view found,
                                       std::string_view expected);

// "38 taken", "1 plaats", "2 mensen"; `things` is "tasks", "places" or "people".
[[nodiscard]] std::string counted_things(Lang lang, std::string_view things, std::uint64_t count);

}  // namespace kiem
