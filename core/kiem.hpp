// The façade: one person's Kiem on one device.
//
// A Community owns the open store, the device's keys and the views; it is used by one thread (D11), which also owns the
// node when there is one. Acts are durable when perform() returns. Screens on other threads read through their own
// connection (open_reader, core/views/queries.hpp). Failures are Errors as in core/base/result.hpp; nothing is half
// done when one is returned.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/domain/requests.hpp"
#include "core/live_query.hpp"
#include "core/store/backup.hpp"
#include "core/store/store.hpp"

namespace kiem {

// Ids of what an act or a merge changed, told after commit (hop 7 of the path in README.md). None: what changed is no
// record (who belongs here, the schema), or may be anything.
struct Change {
  SpaceId initiative;
  std::vector<RecordId> records;
};

class Replica;

class Community {
 public:
  // Makes the store in `home` with a person called `name` and a first device. The person's recovery words (12 words)
  // are put in `recovery_words`: shown once, wiped by the caller, kept nowhere. They also open the store. One that is
  // made with a key file is for practice.
  [[nodiscard]] static Result<std::unique_ptr<Community>> create(const std::filesystem::path& home,
                                                                 const Unlock& unlock, std::string_view name, Env env,
                                                                 std::string& recovery_words,
                                                                 const StoreOptions& options = {});
  [[nodiscard]] static Result<std::unique_ptr<Community>> open(const std::filesystem::path& home, const Unlock& unlock,
                                                               Env env, const StoreOptions& options = {});
  // Makes the store of `home`, which has none, out of a backup. What comes of it is a new device of the same person, so
  // that no chain is written from two places: until perform(EnrolCopy) it can be read and writes nothing
  // (not_enrolled). Pages of the backup that do not open are named, and the rest is restored. Fails as
  // Restoring::begin() does (core/store/restoring.hpp), and then there is no store.
  struct Restored {
    std::unique_ptr<Community> community;
    std::vector<std::uint32_t> damaged_pages;
  };
  using CopyProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;  // bytes
  [[nodiscard]] static Result<Restored> restore(const std::filesystem::path& file, const std::filesystem::path& home,
                                                const Unlock& unlock, Env env, const CopyProgress& progress = {},
                                                const StoreOptions& options = {});
  ~Community();

  // Performs one act or answers one query.
  [[nodiscard]] Result<Answer> perform(const Request& request);

  // Answers a list now, and from then on what of it changed (core/live_query.hpp); it goes before this object does.
  // Fails as perform() does; one thing that is not there is an error at first, and may go and come back later.
  [[nodiscard]] Result<LiveQuery> watch(Watchable query);

  // Called on this thread after each commit that changed something; one subscriber, the last one set.
  void on_change(std::function<void(const Change&)> subscriber);

  [[nodiscard]] Result<std::unique_ptr<Connection>> open_reader();

  // A backup of what is committed now, step by step between other work; it goes before this object does.
  // perform(BackUp) is the same in one go.
  [[nodiscard]] Result<std::unique_ptr<Backup>> back_up(const std::filesystem::path& file);
  // False for a restored copy that is no device of its own yet.
  [[nodiscard]] bool is_enrolled() const;

  // perform(RunDoctor) where somebody looks on: told now and then how far it is, and asked whether to go on.
  [[nodiscard]] Result<DoctorAnswer> examine(const RunDoctor& request, const Store::GoesOn& goes_on);

  // The store beneath, for what opens it (slots); its writer is this object's.
  [[nodiscard]] Store& store();

  // The same store as other devices see it (core/replica.hpp); lives as long as this Community, on the same thread.
  [[nodiscard]] Replica& replica();

 private:
  friend class Replica;
  friend struct LiveState;
  struct Impl;
  explicit Community(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
