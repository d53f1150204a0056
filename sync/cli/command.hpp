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
// Becomes an ExtendSchema request once the file is read.
struct AddSchemaFile {
  InitiativeNaming initiative;
  std::filesystem::path path;
  bool dry_run = false;
};
// A ShowSchema request, of whose answer one collection is shown: by its key, or its label in either language.
struct ShowSchemaOf {
  InitiativeNaming initiative;
  std::optional<std::string> collection;
};

// Changes what opens the store.
struct ChangeWaysIn {
  enum class What : std::uint8_t {
    passphrase,
    add_key_file,
    drop_key_file,
    add_recovery_words
  } what = What::passphrase;
  bool by_recovery_words = false;  // the words instead of what opens the store else
  // recovery_file: those words, or the ones to be added.
  std::optional<std::filesystem::path> recovery_file, new_passphrase_file;
  std::filesystem::path key_file;  // to be made
};

// A copy of the whole store.
struct BackUpTo {
  std::filesystem::path file;
};
// Checks the store, where somebody looks on.
struct Examine {
  bool repair = false;
};
// Makes a store out of a copy; without a file, a device of its own out of one that was restored before.
struct RestoreCopy {
  std::optional<std::filesystem::path> file;
  bool by_recovery_words = false;
  std::optional<std::filesystem::path> recovery_file;
};

// Meets others until it is stopped.
struct RunNode {
  std::optional<std::string> listen;  // tcp://HOST:PORT; nothing: every interface, the port of the last run
  bool beacon = true;                 // others on the same network are looked for and find this laptop
};

// An InviteNewcomer request, whose code is drawn as well where a terminal has room for it.
struct InviteByCode {
  InviteNewcomer request;
  bool picture = true;
};

// With a laptop that stands beside this one: four words are compared.
struct InviteNearby {
  InitiativeNaming initiative;
  Role role = Role::volunteer;
};
struct JoinNearby {
  std::string code;  // eight letters and digits
};

using Command = std::variant<ShowHelp, Init, ImportPath, AddSchemaFile, ShowSchemaOf, NodeRequest, ChangeWaysIn,
                             BackUpTo, RestoreCopy, Examine, RunNode, InviteByCode, InviteNearby, JoinNearby>;

struct Options {
  std::optional<std::filesystem::path> home;  // nothing: no variable and no option names one
  std::optional<std::filesystem::path> passphrase_file;
  std::optional<std::filesystem::path> key_file;  // goes before the passphrase
  Lang lang = Lang::nl;
  bool json = false;
};

struct Invocation {
  Options options;
  Command command;
};

}  // namespace kiem::cli
