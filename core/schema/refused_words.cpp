#include "core/schema/refused_words.hpp"

#include <array>
#include <string>

namespace kiem {
namespace {

struct Refused {
  std::string_view word;
  std::string_view reason;
  bool whole = false;  // short ones, which begin many an innocent word
};

constexpr std::array kRefused{
    Refused{"bsn", "citizen_number", true},
    Refused{"bsnnummer", "citizen_number"},
    Refused{"burgerservicenummer", "citizen_number"},
    Refused{"sofinummer", "citizen_number"},
    Refused{"paspoortnummer", "citizen_number"},
    Refused{"ssn", "citizen_number", true},
    Refused{"diagnos", "health"},
    Refused{"medicijn", "health"},
    Refused{"medicatie", "health"},
    Refused{"medication", "health"},
    Refused{"medisch", "health"},
    Refused{"medical", "health"},
    Refused{"ziekte", "health"},
    Refused{"illness", "health"},
    Refused{"beperking", "health"},
    Refused{"handicap", "health"},
    Refused{"verslaving", "health"},
    Refused{"strafblad", "criminal_record"},
    Refused{"veroordeling", "criminal_record"},
    Refused{"geloof", "belief"},
    Refused{"religie", "belief"},
    Refused{"religion", "belief"},
    Refused{"etniciteit", "belief"},
    Refused{"ethnicity", "belief"},
    Refused{"geaardheid", "belief"},
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& each : lower) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return lower;
}

bool is_letter(char each) {
  return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') ||
         (static_cast<unsigned char>(each) & 0x80U) != 0;
}

}  // namespace

std::optional<std::string_view> refused_word(std::string_view words) {
  const std::string lower = lower_case(words);
  for (const auto& refused : kRefused) {
    for (std::size_t at = lower.find(refused.word); at != std::string::npos; at = lower.find(refused.word, at + 1)) {
      const bool begins = at == 0 || !is_letter(lower[at - 1]);
      const std::size_t behind = at + refused.word.size();
      const bool ends = behind == lower.size() || !is_letter(lower[behind]);
      if (begins && (ends || !refused.whole)) return refused.reason;
    }
  }
  return std::nullopt;
}

}  // namespace kiem
