#include "core/domain/text_rules.hpp"

#include <algorithm>

#include "core/base/cbor.hpp"

namespace kiem {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool has_control(std::string_view text, bool lines) {
  return std::any_of(text.begin(), text.end(), [lines](char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (lines && (c == '\n' || c == '\t')) return false;
    return byte < 0x20 || byte == 0x7f;
  });
}

// U+0080 to U+009F are controls too; in UTF-8 they are C2 80 to C2 9F.
bool has_c1_control(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\xC2' && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

struct Limit {
  std::size_t code_points = 0, bytes = 0;
};

Result<std::string> checked(std::string_view field, std::string_view text, const Limit& limit, bool lines) {
  const auto kept = trimmed(text);
  // The length first: a megabyte is told to be long, whatever is in it.
  if (code_points(kept) > limit.code_points || kept.size() > limit.bytes) {
    return fail(ErrorCode::text_too_long, Fault::person, {std::string(field), std::to_string(limit.code_points)});
  }
  if (!is_utf8(kept) || has_control(kept, lines) || has_c1_control(kept)) {
    return fail(ErrorCode::bad_text, Fault::person, {std::string(field)});
  }
  return std::string(kept);
}

}  // namespace

Result<std::string> checked_text(std::string_view field, std::string_view text, std::size_t limit, bool lines) {
  return checked(field, text, {limit, kMaxTextBytes}, lines);
}

Result<std::string> checked_long_text(std::string_view field, std::string_view text) {
  KIEM_TRY_GET(std::string kept, checked(field, text, {kMaxLongText, kMaxLongTextBytes}, true));
  for (std::string_view rest = kept; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    if (line.size() > kMaxTextBytes) {
      return fail(ErrorCode::text_too_long, Fault::person, {std::string(field), std::to_string(kMaxTextBytes)});
    }
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return kept;
}

Result<std::string> checked_title(std::string_view field, std::string_view text) {
  KIEM_TRY_GET(std::string kept, checked_text(field, text, kMaxTitle));
  if (kept.empty()) return fail(ErrorCode::empty_text, Fault::person, {std::string(field)});
  return kept;
}

}  // namespace kiem
