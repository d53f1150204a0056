#include "core/domain/import/charset.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/domain/import/problems.hpp"
#include "core/domain/import/text.hpp"

namespace kiem {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";
constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0";

// Bytes 0x80 to 0x9F of windows-1252.
constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string from_windows1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    spreadsheet::append_utf8(text, code >= 0x80 && code < 0xA0 ? kWindows1252[code - 0x80U] : code);
  }
  return text;
}

// Nothing for half a unit or half a surrogate pair (RFC 2781).
std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t code_point = unit(at);
    if (code_point >= 0xDC00 && code_point < 0xE000) return std::nullopt;
    if (code_point >= 0xD800 && code_point < 0xDC00) {
      at += 2;
      if (at == bytes.size()) return std::nullopt;
      const char32_t low = unit(at);
      if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
    }
    spreadsheet::append_utf8(text, code_point);
  }
  return text;
}

// The line, counted from 1, that holds the first byte which is not UTF-8. A code point never holds the byte of a line
// end, so each line can be judged by itself.
std::uint32_t first_broken_line(std::string_view text) {
  std::uint32_t line = 1;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n'), ++line) {
    if (!is_utf8(text.substr(0, end))) return line;
    text.remove_prefix(end + 1);
  }
  return line;
}

}  // namespace

Result<DecodedText> decode_text(ByteView bytes) {
  auto text = text_view(bytes);
  if (text.starts_with(kZip) || text.starts_with(kCompoundFile)) return broken_csv(1, "not_text");
  const bool little = text.starts_with(kUtf16LittleMark);
  if (little || text.starts_with(kUtf16BigMark)) {
    auto decoded = from_utf16(text.substr(2), !little);
    if (!decoded) return broken_csv(1, "not_text");
    return DecodedText{std::move(*decoded), little ? Charset::utf16le : Charset::utf16be};
  }
  const bool marked = text.starts_with(kUtf8Mark);
  if (marked) text.remove_prefix(kUtf8Mark.size());
  if (is_utf8(text)) return DecodedText{std::string(text), marked ? Charset::utf8_bom : Charset::utf8};
  if (marked) return broken_csv(first_broken_line(text), "bad_characters");
  return DecodedText{from_windows1252(text), Charset::windows1252};
}

std::string_view charset_name(Charset charset) {
  switch (charset) {
    case Charset::utf8:
    case Charset::utf8_bom:
      return "UTF-8";
    case Charset::utf16le:
    case Charset::utf16be:
      return "UTF-16";
    case Charset::windows1252:
      return "Windows-1252";
  }
  KIEM_UNREACHABLE("a charset that is not in the list");
}

}  // namespace kiem
