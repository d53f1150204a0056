// A backup on its way to become the store of a home that has none.
//
// The file is copied, byte for byte and durably, into a folder `restoring` inside the home, and opened there. Whoever
// restores changes the copy through store() as it must be changed before it may be anybody's store; finish() then gives
// it its name. So a home has no store, or one of which all of that is done. What an attempt left that was killed is
// removed by the next one.
//
// Owns the lock on the home and the Store, which is closed by finish(). One thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/store/store.hpp"

namespace kiem {

// The key slots of a store's file, read without any secret. Fails: file_missing, file_unreadable, not_a_store,
// header_damaged, store_too_new (args: file).
[[nodiscard]] Result<SlotKinds> slots_of(const std::filesystem::path& file);

class Restoring {
 public:
  // Bytes copied, and how many there are.
  using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

  // Fails: store_exists (args: home); file_missing, file_unreadable (args: file); not_a_store, header_damaged,
  // store_too_new (args: file), no_slot_opens, before anything is written; store_busy, disk_full, disk_failed, and what
  // Store::open() fails with: page_damaged for a file that was cut, wal_replaced for one that was no backup but a
  // store's own file, taken while it was in use. A failure leaves no store.
  [[nodiscard]] static Result<std::unique_ptr<Restoring>> begin(const std::filesystem::path& file,
                                                                const std::filesystem::path& home, const Unlock& unlock,
                                                                Env env, const StoreOptions& options,
                                                                const Progress& progress);
  // Unless finished, all that was copied goes.
  ~Restoring();
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  // Handed over, so that whoever owns the inside of a store can have it; it goes before finish().
  [[nodiscard]] std::unique_ptr<Store> take_store();
  // The store, closed, gets its name, and the home's lock is free again. Fails: store_exists, disk_failed.
  [[nodiscard]] Status finish();

 private:
  struct Impl;
  explicit Restoring(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
