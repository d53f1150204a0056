// A QR code in letters of a terminal: two squares a letter, one above the other. Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "sync/cli/environment.hpp"
#include "sync/pairing/qr_code.hpp"

namespace kiem::cli {

// Lines with their ends, the quiet white around the squares included. Colours are told, so that it is black on white
// where a terminal is dark as well; each line ends with the terminal's own.
[[nodiscard]] std::string qr_lines(const QrCode& code);

// All of it in sight, under the line that is typed next: a camera needs the whole of it.
[[nodiscard]] bool fits(const QrCode& code, const TerminalSize& terminal);

}  // namespace kiem::cli
