// The encrypted store of one node: a home directory with `store.kiem` (and its write-ahead log `store.kiem-wal`),
// sealed page by page under one random data key that key slots in block 0 wrap (D8; FORMAT.md sections 10 to 13).
//
// Store owns the lock on the home, the keys and the writer connection. One process per store, one writer; readers are
// extra read-only connections. Not for several threads at once, except that a reader connection may live on another.
// Failures name their cause apart: not_a_store, no_slot_opens, header_damaged, page_damaged, store_too_new, store_busy.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "core/base/env.hpp"
#include "core/crypto/pwhash.hpp"
#include "core/crypto/secret.hpp"
#include "core/store/sqlite.hpp"

struct sqlite3_vfs;

namespace kiem {

struct OpenedFile;

// What opens a store: a passphrase (Argon2id slot), or for practice alone the contents of a key file.
struct Passphrase {
  SecretBytes words;
};
struct KeyFile {
  SecretBytes key;  // exactly 32 random bytes
};
using Unlock = std::variant<Passphrase, KeyFile>;

struct StoreOptions {
  // Tests lower it; the programs offer no way to.
  PwhashCost cost;
  // How long a lock held by a short command is waited for before store_busy.
  std::uint32_t lock_wait_ms = 5000;
  // The VFS under ours; nullptr is SQLite's default. Fault tests hand in their own.
  const char* parent_vfs = nullptr;
};

class Store {
 public:
  // Makes a missing home (mode 0700) and a store in it with one slot. Fails with store_exists, and changes nothing,
  // when there is one. A failure half way leaves nothing that open() would take for a store.
  [[nodiscard]] static Result<std::unique_ptr<Store>> create(const std::filesystem::path& home, const Unlock& unlock,
                                                             Env env, const StoreOptions& options = {});
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::filesystem::path& home, const Unlock& unlock,
                                                           Env env, const StoreOptions& options = {});
  ~Store();

  [[nodiscard]] Connection& writer();
  [[nodiscard]] Result<std::unique_ptr<Connection>> open_reader();
  [[nodiscard]] const std::filesystem::path& home() const;

  // Reads every page of database and log through the seal: the numbers of the damaged ones, empty when whole.
  [[nodiscard]] Result<std::vector<std::uint32_t>> damaged_pages();

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  [[nodiscard]] static Result<std::unique_ptr<Store>> start(std::unique_ptr<Impl> impl, sqlite3_vfs* parent,
                                                            OpenedFile opened, const SecretBytes& data_key, Env env);
  std::unique_ptr<Impl> impl_;
};

// Whether a file named store.kiem is in this home; says nothing of its health.
[[nodiscard]] bool store_exists(const std::filesystem::path& home);
// Whether that store has a slot of each kind, read from block 0 without any secret.
struct SlotKinds {
  bool passphrase = false;
  bool key_file = false;
};
[[nodiscard]] Result<SlotKinds> slot_kinds(const std::filesystem::path& home);

}  // namespace kiem
