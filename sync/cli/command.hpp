// What a command line asks for, once it is understood: options for every command, and one command. Plain values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "core/l10n/lang.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::cli {

// Which help: the whole program's (empty), a group's ("task") or a command's ("task add").
struct ShowHelp {
  std::string path;
};
// Makes the store; with practice it opens by a key file instead of a passphrase.
struct Init {
  std::string name;
  bool practice = false;
};
// Becomes an ImportFile request once the file is read.
struct ImportPath {
  InitiativeNaming initiative;
  std::filesystem::path path;
  bool dry_run = false;
};

// Meets others until it is stopped.
struct RunNode {
  std::optional<std::string> listen;  // tcp://HOST:PORT; nothing: every interface, the port of the last run
};

using Command = std::variant<ShowHelp, Init, ImportPath, NodeRequest, RunNode>;

struct Options {
  std::optional<std::filesystem::path> home;  // nothing: no variable and no option names one
  std::optional<std::filesystem::path> passphrase_file;
  Lang lang = Lang::nl;
  bool json = false;
};

struct Invocation {
  Options options;
  Command command;
};

}  // namespace kiem::cli
