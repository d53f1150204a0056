// A question that stays asked: a list, or one thing, that tells what of it changed.
//
//   KIEM_TRY_GET(LiveQuery tasks, community.watch(ListTasks{}));   // tasks.rows() is the list now
//   ...                                                           // acts, imports, meetings
//   KIEM_TRY_GET(const auto news, tasks.changes());               // what came, changed and went since then
//
// It is asked, and calls nobody: a transaction only marks those questions whose answer it may have changed, by looking
// up in a set what the answer was made of (which collections, which records, whether membership, schema or meetings).
// The others cost nothing, and a marked one is answered anew once, when it is asked, however many transactions there
// were. What it tells is the difference between two answers of Community::perform(), so it is right whatever happened
// in between: own acts, imports, what peers brought, removals, a rebuild. A list of a store that is restored from a
// backup is watched anew, because the Community is another.
//
// What was named when it began is followed by its id: one task stays that task when its title changes. One that goes
// leaves no rows, and when it is brought back it comes again. Borrows its Community, on its thread, and goes before it.
// Fails as perform() does; then nothing is told and the next changes() tries again.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/domain/requests.hpp"

namespace kiem {

using Watchable = std::variant<ListTasks, ShowTask, ListPlaces, ShowPlace, ListPeople, ListRecords, ShowRecord>;

// One row of an answer. A place is followed by its tasks; of a whole task there is one row.
struct LiveRow {
  RecordId id;
  std::variant<TaskCard, TaskDetail, PlaceRow, PersonRow, RecordModel> row;
  bool operator==(const LiveRow&) const = default;
};

// From one answer to a later one. Take away `removed` and `changed`, then put in `added` and `changed`, each at its
// place in the later answer, from the first on: apply() does.
struct LiveChanges {
  struct Placed {
    std::size_t at = 0;  // place in the later answer
    LiveRow row;
    bool operator==(const Placed&) const = default;
  };
  std::vector<Placed> added;      // by place
  std::vector<Placed> changed;    // by place; what is said of them is another, or they stand elsewhere among the rest
  std::vector<RecordId> removed;  // in the order of the earlier answer
  [[nodiscard]] bool any() const { return !added.empty() || !changed.empty() || !removed.empty(); }
};

// No id stands twice in one answer. As few rows as can be are called changed because they stand elsewhere.
[[nodiscard]] LiveChanges changes_between(const std::vector<LiveRow>& before, const std::vector<LiveRow>& after);
// The later answer, when `rows` is the earlier one.
void apply(const LiveChanges& changes, std::vector<LiveRow>& rows);

struct LiveState;

class LiveQuery {
 public:
  // As they were last told.
  [[nodiscard]] const std::vector<LiveRow>& rows() const;
  // Since last asked, and rows() is the present answer then. Nothing when it is the same.
  [[nodiscard]] Result<std::optional<LiveChanges>> changes();
  // How often the store was asked for the answer, the first time included.
  [[nodiscard]] std::uint64_t evaluations() const;

 private:
  friend class Community;
  explicit LiveQuery(std::shared_ptr<LiveState> state) : state_(std::move(state)) {}
  std::shared_ptr<LiveState> state_;
};

}  // namespace kiem
