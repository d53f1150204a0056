// What the command line would otherwise ask the operating system for, read once by main.cpp and handed in, so that
// everything below it can be tested without a process. Plain values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "core/base/env.hpp"
#include "core/crypto/keys.hpp"
#include "core/l10n/dates.hpp"
#include "core/l10n/lang.hpp"
#include "sync/discovery/datagrams.hpp"
#include "sync/transport/network.hpp"

namespace kiem::cli {

struct TerminalSize {
  std::size_t columns = 0;
  std::size_t rows = 0;
};

struct Environment {
  // Variables as they are set; an empty one counts as not set.
  std::optional<std::string> kiem_home, xdg_data_home, home, kiem_passphrase_file, kiem_key_file, kiem_lang, lang,
      xdg_runtime_dir;
  // Questions are asked only when it is.
  bool stdin_is_terminal = false;
  // How far long work is, is shown only when it is.
  bool stderr_is_terminal = false;
  // Of the terminal that stdout is; nothing: it is none. Pictures are drawn only where they fit.
  std::optional<TerminalSize> stdout_terminal;
  // Minutes east of UTC of the person's zone at that moment; nothing set: UTC.
  std::function<std::int32_t(WallTime)> zone_offset;
  // The person's own day at that moment, days since 1970.
  [[nodiscard]] std::int32_t day_of(WallTime moment) const {
    return local_day(moment, zone_offset ? zone_offset(moment) : 0);
  }
  // The network, for the commands that meet others; called at most once a command.
  std::function<Result<std::unique_ptr<Network>>(const BoxKeyPair&, Clock&)> open_network;
  // Datagrams to whoever is on the same networks, for the commands that find others; at most once a command. Nothing
  // set: others are not looked for.
  std::function<Result<std::unique_ptr<Datagrams>>()> open_datagrams;
  // From the call on, a request to stop (SIGINT, SIGTERM) no longer ends the process; the descriptor can be read then.
  std::function<Result<int>()> catch_stop;
};

// stdout carries the answer, stderr all else. The three outlive the call they are given to.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
};

// $KIEM_HOME, else $XDG_DATA_HOME/kiem, else $HOME/.local/share/kiem; nothing when none is set. A relative
// XDG_DATA_HOME is ignored, as the XDG Base Directory Specification asks.
[[nodiscard]] std::optional<std::filesystem::path> default_home(const Environment& environment);

// $KIEM_LANG, else $LANG, each only when it names a language of ours; else Dutch.
[[nodiscard]] Lang default_language(const Environment& environment);

}  // namespace kiem::cli
