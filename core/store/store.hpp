// The encrypted store of one node: a home directory with `store.kiem` (and its write-ahead log `store.kiem-wal`),
// sealed page by page under one random data key that key slots in block 0 wrap (D8; FORMAT.md sections 10 to 13).
//
// Store owns the lock on the home, the keys and the writer connection. One process per store, one writer; readers are
// extra read-only connections. Not for several threads at once, except that a reader connection may live on another.
// Failures name their cause apart: not_a_store, no_slot_opens, header_damaged, page_damaged, store_too_new, store_busy.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/env.hpp"
#include "core/crypto/pwhash.hpp"
#include "core/crypto/secret.hpp"
#include "core/store/page_cipher.hpp"
#include "core/store/sqlite.hpp"

struct sqlite3_vfs;

namespace kiem {

struct OpenedFile;
class StoreFiles;

constexpr std::size_t kKeyFileBytes = 32;
constexpr std::size_t kRecoveryCodeBytes = 16;
constexpr std::size_t kHeldKeyBytes = 32;

// What opens a store: one of these, each with a key slot of its kind (FORMAT.md section 11).
struct Passphrase {
  SecretBytes words;  // bytes: another form of the same letters is another passphrase
};
struct KeyFile {
  SecretBytes key;  // kKeyFileBytes random bytes, for a program that starts without a person
};
struct RecoveryCode {
  SecretBytes bits;  // kRecoveryCodeBytes: those of the person's recovery words
};
struct HeldKey {
  SecretBytes key;  // kHeldKeyBytes random bytes that a SecretHolder keeps (core/store/secret_holder.hpp)
};
using Unlock = std::variant<Passphrase, KeyFile, RecoveryCode, HeldKey>;

// As they stand in the header.
enum class SlotKind : std::uint8_t {
  empty = 0,
  passphrase = 1,
  key_file = 2,
  recovery = 3,
  held = 4,
};

// Whether there is a slot of each kind.
struct SlotKinds {
  bool passphrase = false;
  bool key_file = false;
  bool recovery = false;
  bool held = false;
};

struct StoreOptions {
  // Tests lower it; the programs offer no way to.
  PwhashCost cost;
  // How long a lock held by a short command is waited for before store_busy.
  std::uint32_t lock_wait_ms = 5000;
  // The VFS under ours; nullptr is SQLite's default. Fault tests hand in their own.
  const char* parent_vfs = nullptr;
};

// What to make anew, and what came of it.
struct RewritePlan {
  std::span<const std::string_view> whole;  // tables without all of whose rows nothing is changed
  std::span<const std::string_view> empty;  // tables that the caller fills itself
};
struct Rewritten {
  std::vector<std::string> cut_tables;  // of which not all could be read
};

class Store {
 public:
  // Makes a missing home (mode 0700) and a store in it with one slot. Fails with store_exists, and changes nothing,
  // when there is one. A failure half way leaves nothing that open() would take for a store. A HeldKey is a broken
  // promise here, being never the only one.
  [[nodiscard]] static Result<std::unique_ptr<Store>> create(const std::filesystem::path& home, const Unlock& unlock,
                                                             Env env, const StoreOptions& options = {});
  // A passphrase whose slot costs less than options.cost gets a dearer one at once; failing that is logged and no more.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::filesystem::path& home, const Unlock& unlock,
                                                           Env env, const StoreOptions& options = {});
  ~Store();

  [[nodiscard]] Connection& writer();
  [[nodiscard]] Result<std::unique_ptr<Connection>> open_reader();
  [[nodiscard]] const std::filesystem::path& home() const;
  [[nodiscard]] const StoreId& id() const;

  // --- what opens it, on the thread of the writer -----------------------------------------------------------------
  [[nodiscard]] SlotKinds slot_kinds() const;
  // Whether this secret opens the store as it is now. Fails: no_slot_opens, or as pwhash does.
  [[nodiscard]] Status check_secret(const Unlock& unlock) const;
  // Adds a slot for this secret, or replaces what its kind had: the old secret opens nothing any more. Durable in both
  // copies of the header when it returns; no page is touched. Fails: empty_text for an empty passphrase; too_large when
  // slots of a later version leave no room; as pwhash does; disk_full, disk_failed, after which the old or the new
  // secret opens, never both nor neither. A key or code of another length is a broken promise.
  [[nodiscard]] Status put_slot(const Unlock& unlock);
  // Takes the slots of a kind away; none of that kind is no failure and writes nothing. Fails: last_slot, changing
  // nothing, when no passphrase, key file or recovery code would be left: a keyring is never the only way in. Else as
  // put_slot. SlotKind::empty is a broken promise.
  [[nodiscard]] Status drop_slot(SlotKind kind);

  // Reads every page of database and log through the seal: the numbers of the damaged ones, empty when whole. Now and
  // then it is asked whether to go on; when not, what is answered is what was found so far.
  using GoesOn = std::function<bool(std::uint64_t pages_done, std::uint64_t of)>;
  [[nodiscard]] Result<std::vector<std::uint32_t>> damaged_pages(const GoesOn& goes_on = {});
  // Whether each page is the one that was written last: page_replaced when one of an earlier moment stands in its
  // place, whole as it is. Reads 16 bytes a page. Says nothing of damage, and where there is some, it means nothing
  // itself.
  [[nodiscard]] Status check_freshness();
  // Moves all of the log into the database and empties it, so that what was overwritten is in neither file; less when
  // a reader still reads from it, and the next time then.
  [[nodiscard]] Status empty_log();
  // Makes every table anew out of what can be read of it, and no page is damaged afterwards. Outside any transaction.
  // Fails: page_damaged, changing nothing, when the schema or a table of plan.whole cannot be read; store_busy when a
  // reader is in the way; disk_full, disk_failed, out_of_memory. All of it is in memory once.
  [[nodiscard]] Result<Rewritten> rewrite_readable(const RewritePlan& plan);

 private:
  friend class Backup;  // core/store/backup.hpp
  struct Impl;
  struct Inside {
    StoreFiles& files;
    ByteView data_key;
    Env env;
  };
  explicit Store(std::unique_ptr<Impl> impl);
  [[nodiscard]] Inside inside();
  [[nodiscard]] static Result<std::unique_ptr<Store>> start(std::unique_ptr<Impl> impl, sqlite3_vfs* parent,
                                                            OpenedFile opened);
  std::unique_ptr<Impl> impl_;
};

// Whether a file named store.kiem is in this home; says nothing of its health.
[[nodiscard]] bool store_exists(const std::filesystem::path& home);
// The slots and the id of that store, read from block 0 without any secret. Fails: store_missing, not_a_store,
// header_damaged, store_too_new, each with the path.
[[nodiscard]] Result<SlotKinds> slot_kinds(const std::filesystem::path& home);
// Bytes of the store's files, and bytes that are free on their disk. Fails: disk_failed.
struct StoreRoom {
  std::uint64_t store = 0;
  std::uint64_t free = 0;
};
[[nodiscard]] Result<StoreRoom> room_of(const std::filesystem::path& home);
[[nodiscard]] Result<StoreId> store_id(const std::filesystem::path& home);
// Whether this secret opens it, without opening it or asking for its lock. Fails: as above and as Store::check_secret.
[[nodiscard]] Status check_secret(const std::filesystem::path& home, const Unlock& unlock);

}  // namespace kiem
