// What the tests of printed answers share: two readers, an answer as it is printed, and ids and people made by hand.
#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include "sync/cli/answer_output.hpp"
#include "sync/cli/terminal_text.hpp"

namespace kiem::cli {

inline const Audience kDutch{Lang::nl, 2027, {}};
inline const Audience kEnglish{Lang::en, 2027, {}};

[[nodiscard]] inline std::string text_of(const Audience& audience, const Request& request, const Answer& answer) {
  std::ostringstream out;
  Page page(out);
  print_answer(page, audience, request, answer);
  return out.str();
}

[[nodiscard]] inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

template <class IdType>
[[nodiscard]] IdType id(std::uint8_t byte) {
  IdType made;
  made.bytes.fill(byte);
  return made;
}

[[nodiscard]] inline PersonRef person(std::uint8_t byte, std::string name) {
  return {id<PrincipalId>(byte), std::move(name)};
}

}  // namespace kiem::cli
