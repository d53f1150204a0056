// Words that no collection or field may be named by, because what they stand for is not to be written down here at all
// (domain.md, privacy duties; AVG art. 9 and 87). Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

namespace kiem {

// The reason, as core/l10n knows it, when a key or label holds such a word: "citizen_number" (BSN), "health",
// "criminal_record", "belief". Looks at whole words and at their beginnings, without regard to case.
[[nodiscard]] std::optional<std::string_view> refused_word(std::string_view words);

}  // namespace kiem
