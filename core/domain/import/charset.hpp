// From the bytes of a file to text, whatever program wrote it.
//
// Free functions, any thread.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem {

enum class Charset : std::uint8_t { utf8, utf8_bom, utf16le, utf16be, windows1252 };

struct DecodedText {
  std::string text;  // valid UTF-8 without a byte order mark
  Charset charset = Charset::utf8;
};

// A byte order mark decides; without one what is valid UTF-8 is UTF-8 and all else is windows-1252, in which no byte is
// wrong (its five unused bytes become C1 controls, as the WHATWG Encoding Standard has it, and are refused per cell).
// Fails with csv_broken: not_text for a zip (.xlsx, .ods) or an old .xls and for broken UTF-16, bad_characters when a
// file that says it is UTF-8 is not; the row is then that of the first fault.
[[nodiscard]] Result<DecodedText> decode_text(ByteView bytes);

// "UTF-8", "UTF-16" or "Windows-1252", as people may know them.
[[nodiscard]] std::string_view charset_name(Charset charset);

}  // namespace kiem
