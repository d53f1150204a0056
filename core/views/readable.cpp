#include "core/views/readable.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kiem {
namespace {

// Steps until the end or until damage, which is no failure here: then what came before it is all there is.
Status step_until_damage(Statement& find, const std::function<Status()>& row, bool& whole) {
  while (true) {
    const auto more = find.step();
    if (!more && !is_damage(more.error())) return tl::unexpected<Error>(more.error());
    if (!more) whole = false;
    if (!more || !*more) return {};
    KIEM_TRY(row());
  }
}

// A statement on an index or table whose root is damaged can fail before its first row as well.
struct Numbers {
  std::set<std::int64_t> found;
  bool whole = true;
};
Result<Numbers> numbers_in(Connection& db, const IndexedList& list) {
  Numbers numbers;
  KIEM_TRY_GET(Statement find, db.prepare(list.sql));
  if (list.bind) list.bind(find);
  const auto keep = [&]() -> Status {
    numbers.found.insert(find.integer(0));
    return {};
  };
  KIEM_TRY(step_until_damage(find, keep, numbers.whole));
  return numbers;
}

// Ids by number, of every space, as the index has them.
Result<std::map<std::int64_t, RecordId>> indexed_ids(Connection& db, std::int64_t space) {
  std::map<std::int64_t, RecordId> ids;
  KIEM_TRY_GET(Statement find,
               db.prepare("SELECT record, id FROM record INDEXED BY sqlite_autoindex_record_1 WHERE space = ?"));
  find.bind(1, space);
  bool whole = true;
  const auto keep = [&]() -> Status {
    if (const auto id = id_from<RecordId>(find.blob(1))) ids[find.integer(0)] = *id;
    return {};
  };
  KIEM_TRY(step_until_damage(find, keep, whole));
  return ids;
}

// Numbers are given out one after another, so that every record has one up to the last.
Result<std::int64_t> last_number(Connection& db, const std::map<std::int64_t, RecordId>& ids, const Numbers& listed) {
  std::int64_t last = ids.empty() ? 0 : ids.rbegin()->first;
  if (!listed.found.empty()) last = std::max(last, *listed.found.rbegin());
  KIEM_TRY_GET(const auto table, numbers_in(db, {"SELECT max(record) FROM record NOT INDEXED", {}}));
  if (!table.found.empty()) last = std::max(last, *table.found.rbegin());
  return last;
}

// From the table, else from what the index said. Nothing: of another space, or no record, which one that is listed is
// not without damage.
Result<std::optional<RecordId>> id_of(Connection& db, std::int64_t record, std::int64_t space, bool is_listed,
                                      const std::map<std::int64_t, RecordId>& indexed, bool& damaged) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT id, space FROM record WHERE record = ?"));
  find->bind(1, record);
  const auto found = find->step();
  if (found && !*found) {
    damaged = is_listed;
    return std::optional<RecordId>{};
  }
  std::optional<RecordId> id;
  if (found) {
    const bool is_elsewhere = find->integer(1) != space;
    id = id_from<RecordId>(find->blob(0));
    find->reset();
    if (is_elsewhere) return std::optional<RecordId>{};
  } else if (!is_damage(found.error())) {
    return tl::unexpected<Error>(found.error());
  }
  if (const auto known = indexed.find(record); !id && known != indexed.end()) id = known->second;
  damaged = !id;
  return id;
}

}  // namespace

bool is_damage(const Error& error) { return error.fault == Fault::damage; }

bool steps_over(const Error& error, const Missing* missing) { return missing != nullptr && is_damage(error); }

Result<std::uint64_t> read_one_by_one(Connection& db, std::int64_t space, const IndexedList& list,
                                      const ReadRecord& read) {
  KIEM_TRY_GET(const Numbers listed, numbers_in(db, list));
  KIEM_TRY_GET(const auto indexed, indexed_ids(db, space));
  KIEM_TRY_GET(const std::int64_t last, last_number(db, indexed, listed));
  std::uint64_t unread = 0;
  std::uint64_t unread_of_list = 0;
  for (std::int64_t record = 1; record <= last; ++record) {
    const bool is_listed = listed.found.contains(record);
    bool damaged = false;
    KIEM_TRY_GET(const auto id, id_of(db, record, space, is_listed, indexed, damaged));
    if (id) {
      const auto found = read(record, *id);
      if (!found && !is_damage(found.error())) return tl::unexpected<Error>(found.error());
      damaged = !found;
    }
    unread += damaged ? 1 : 0;
    unread_of_list += damaged && is_listed ? 1 : 0;
  }
  // What an index that is whole does not name is none of the list, whatever else stood on the damaged page.
  return listed.whole ? unread_of_list : std::max<std::uint64_t>(unread_of_list, std::min<std::uint64_t>(unread, 1));
}

}  // namespace kiem
