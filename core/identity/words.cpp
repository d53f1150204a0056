#include "core/identity/words.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace kiem {
namespace {

constexpr std::size_t kNamingLetters = 4;

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool begins_with(std::string_view whole, std::string_view text) {
  return text.size() <= whole.size() && std::equal(text.begin(), text.end(), whole.begin(),
                                                   [](char typed, char letter) { return lower(typed) == letter; });
}

}  // namespace

std::string_view word(std::uint16_t index) {
  KIEM_CHECK(index < kWordCount);
  return kWordList[index];
}

std::optional<std::uint16_t> index_of(std::string_view text) {
  // The first word that is not before the text; the text, or its word cut short, can only be there.
  const auto found =
      std::lower_bound(kWordList.begin(), kWordList.end(), text, [](std::string_view entry, std::string_view typed) {
        return std::lexicographical_compare(entry.begin(), entry.end(), typed.begin(), typed.end(),
                                            [](char a, char b) { return lower(a) < lower(b); });
      });
  if (found == kWordList.end() || !begins_with(*found, text)) return std::nullopt;
  if (text.size() < kNamingLetters && text.size() != found->size()) return std::nullopt;
  return static_cast<std::uint16_t>(found - kWordList.begin());
}

}  // namespace kiem
