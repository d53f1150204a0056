// The doctor: is what the store holds what was written, and does what is shown follow from it?
//
// Four looks, from below: every page through its seal, SQLite's own structure, every operation of the log against its
// id, its chain and its signature, and the views against a rebuild. Damage found by one does not keep the others from
// being tried; a disk or a memory that fails ends the examination and is told as what it is. Nothing is changed unless
// asked for. Then tables with damaged pages are made anew, lost operations are marked so that other devices give them
// again (core/repair.hpp), and the views follow.
#include <algorithm>
#include <array>

#include "core/community.hpp"
#include "core/repair.hpp"
#include "core/views/dump.hpp"

namespace kiem {
namespace {

// What is read from the store and does not hold, as bytes from elsewhere would not, is a finding; a machine that fails,
// or a store that is in use, is not.
bool is_finding(const Error& error) { return error.fault == Fault::damage || error.fault == Fault::peer; }

// --- the log ---------------------------------------------------------------------------------------------------------

// Rows of all operations, as far as they can be read: from the table, else from an index that has them too.
Result<std::vector<std::int64_t>> operation_rows(Connection& db, bool& complete) {
  complete = true;
  auto rows = operations_of(db, std::nullopt);
  if (rows || !is_finding(rows.error())) return rows;
  complete = false;
  std::vector<std::int64_t> known;
  KIEM_TRY_GET(Statement index, db.prepare("SELECT operation FROM operation INDEXED BY operation_by_chain "
                                           "ORDER BY chain, seq"));
  while (true) {
    const auto more = index.step();
    if (!more && !is_finding(more.error())) return tl::unexpected<Error>(more.error());
    if (!more || !*more) break;
    known.push_back(index.integer(0));
  }
  std::ranges::sort(known);
  return known;
}

// Whether nothing goes on from this operation, so that only a signature of its own vouches for it.
Result<bool> is_tip(Connection& db, const StoredOperation& operation) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM tip WHERE chain = ? AND operation = ?"));
  find->bind(1, operation.chain).bind(2, operation.row);
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

tl::unexpected<Error> broken(std::int64_t row) {
  return fail(ErrorCode::record_damaged, Fault::damage, {std::to_string(row)});
}

// load_operation() holds that the header hashes to the id and that prev is the operation before it.
Status check_operation(Connection& db, SpaceMembers* members, std::int64_t row) {
  KIEM_TRY_GET(const StoredOperation stored, load_operation(db, row));
  KIEM_TRY_GET(const UnverifiedOperation bytes, export_operation(db, row));
  if (!check_whole(bytes, stored.header, stored.bones)) return broken(row);
  for (const auto& part : bytes.parts) {
    if (part && !decode_part(*part)) return broken(row);
  }
  // Of one that is lost its id is known, or load_operation() would have failed.
  KIEM_TRY_GET(const bool before_is_lost, is_lost(db, stored.prev));
  if (stored.prev != 0 && !before_is_lost) {
    KIEM_TRY_GET(const StoredOperation before, load_operation(db, stored.prev));
    if (before.chain != stored.chain || before.header.seq + 1 != stored.header.seq) return broken(row);
  }
  if (!bytes.signature) {
    KIEM_TRY_GET(const bool tip, is_tip(db, stored));
    return tip ? Status(broken(row)) : Status{};
  }
  if (members == nullptr) return {};
  KIEM_TRY_GET(const auto author, members->author(stored.circle.space, stored.device.id));
  const bool holds =
      author && verify(author->key, kTagSignature, signed_message(stored.header.suite, stored.id), *bytes.signature);
  return holds ? Status{} : Status(broken(row));
}

// members: null when the log is known to be short of some.
Status check_log(Connection& db, SpaceMembers* members, const Store::GoesOn& goes_on, DoctorAnswer& answer) {
  constexpr std::uint64_t kOperationsBetween = 64;
  bool complete = true;
  KIEM_TRY_GET(const auto rows, operation_rows(db, complete));
  answer.operations = rows.size();
  // What cannot even be listed counts as one, so that the log never looks whole.
  if (!complete) ++answer.damaged_operations;
  // Where the acts of membership cannot be read nobody can say whose signature is whose; those acts are counted, and
  // the rest is looked at without.
  bool knows_authors = members != nullptr;
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  for (const auto& space : spaces) {
    if (!knows_authors) break;
    const auto membership = members->of(space.row);
    if (!membership && !is_finding(membership.error())) return tl::unexpected<Error>(membership.error());
    knows_authors = knows_authors && membership.has_value();
  }
  std::uint64_t looked_at = 0;
  for (const std::int64_t row : rows) {
    if (++looked_at % kOperationsBetween == 0 && goes_on && !goes_on(looked_at, rows.size())) {
      answer.stopped = true;
      return {};
    }
    Status good = check_operation(db, knows_authors ? members : nullptr, row);
    if (good) continue;
    if (!is_finding(good.error())) return good;
    ++answer.damaged_operations;
  }
  return {};
}

// --- the views -------------------------------------------------------------------------------------------------------

Result<std::string> integrity(Connection& db) {
  KIEM_TRY_GET(Statement check, db.prepare("PRAGMA integrity_check(1)"));
  KIEM_TRY_GET(const bool answered, check.step());
  const std::string words = answered ? std::string(check.text(0)) : std::string();
  return words == "ok" ? std::string() : words;
}

Result<std::uint64_t> count_records(Connection& db) {
  KIEM_TRY_GET(Statement count, db.prepare("SELECT (SELECT count(*) FROM task) + (SELECT count(*) FROM place) + "
                                           "(SELECT count(*) FROM principal)"));
  KIEM_TRY_GET(const bool counted, count.step());
  return counted ? static_cast<std::uint64_t>(count.integer(0)) : 0;
}

// Inside the caller's transaction, in which the views are those of the log afterwards.
Status compare_views(Connection& db, DoctorAnswer& answer) {
  KIEM_TRY_GET(answer.records, count_records(db));
  KIEM_TRY_GET(const auto before, canonical_dump(db));
  KIEM_TRY(rebuild_views(db));
  KIEM_TRY_GET(const auto after, canonical_dump(db));
  const auto [left, right] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  answer.views_equal = left == before.end() && right == after.end();
  if (!answer.views_equal) answer.first_difference = left != before.end() ? *left : *right;
  return {};
}

// Without these nobody can say what the others mean.
constexpr std::array<std::string_view, 5> kNeededWhole{"local", "space", "circle", "device", "chain"};
constexpr std::array<std::string_view, 9> kViews{"record", "mutation",  "edge",  "edge_waiting", "task",
                                                 "place",  "principal", "claim", "conflict"};

Status find_damage(Status status, const std::function<void(const Error&)>& note) {
  if (status || !is_finding(status.error())) return status;
  note(status.error());
  return {};
}

}  // namespace

Result<DoctorAnswer> Community::Impl::look(const RunDoctor& request, const Store::GoesOn& goes_on) {
  DoctorAnswer answer;
  const Store::GoesOn on_pages = [&](std::uint64_t done, std::uint64_t of) {
    answer.stopped = goes_on && !goes_on(done, of);
    return !answer.stopped;
  };
  KIEM_TRY_GET(answer.damaged_pages, store->damaged_pages(on_pages));
  answer.recovery_words = store->slot_kinds().recovery;
  KIEM_TRY_GET(const StoreRoom room, room_of(store->home()));
  answer.store_bytes = room.store;
  answer.free_bytes = room.free;
  if (answer.stopped) return answer;
  if (answer.damaged_pages.empty()) {
    Status fresh = store->check_freshness();
    answer.replaced_pages = !fresh && fresh.error().code == ErrorCode::page_replaced;
    if (!fresh && !answer.replaced_pages) return tl::unexpected<Error>(std::move(fresh).error());
  }
  const auto check_structure = [&]() -> Status {
    KIEM_TRY_GET(answer.structure, integrity(db));
    return {};
  };
  const auto lost = count_lost(db);
  if (!lost && !is_finding(lost.error())) return tl::unexpected<Error>(lost.error());
  answer.lost_operations = lost.value_or(0);
  // Beside a damaged page it says no more than that.
  if (answer.damaged_pages.empty()) {
    KIEM_TRY(find_damage(check_structure(), [&](const Error&) { answer.structure = std::string("?"); }));
  }
  // What is remembered of the graph was read earlier; it is read anew from what is on the disk now.
  ingest.forget();
  // Where an operation is lost, those may be that say whose signature is whose.
  SpaceMembers* const members = answer.lost_operations == 0 ? &ingest.members() : nullptr;
  KIEM_TRY(find_damage(check_log(db, members, goes_on, answer), [&](const Error&) { ++answer.damaged_operations; }));
  if (answer.stopped) return answer;

  // Without repair the transaction is never committed: the doctor looks and does not touch.
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
  KIEM_TRY(find_damage(compare_views(db, answer), [&](const Error&) { answer.views_compared = false; }));
  const bool mends = request.repair && answer.views_compared && !answer.views_equal && answer.damaged_operations == 0;
  if (mends) {
    KIEM_TRY(transaction.commit());
    live.tell({{}, false, true});
    answer.views_repaired = true;
  }
  ingest.forget();
  return answer;
}

Status Community::Impl::give_up_damage(bool damaged_pages) {
  KIEM_TRY_GET(const KnownOperations known, known_operations(db));
  KIEM_TRY_GET(const auto kept, not_to_be_asked(db, known));
  bool parts_were_cut = false;
  if (damaged_pages) {
    KIEM_TRY_GET(const Rewritten rewritten, store->rewrite_readable({kNeededWhole, kViews}));
    parts_were_cut = std::ranges::find(rewritten.cut_tables, "part") != rewritten.cut_tables.end();
  }
  // Read before anything goes: whoever is marked first must not take along those whose devices it brought.
  ingest.forget();
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  bool knows_authors = !damaged_pages;
  for (const auto& space : spaces) knows_authors = knows_authors && ingest.members().of(space.row).has_value();
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
  KIEM_TRY(mark_unreadable(db, known, kept, knows_authors ? &ingest.members() : nullptr, parts_were_cut));
  KIEM_TRY(rebuild_views(db));
  KIEM_TRY(transaction.commit());
  live.tell({{}, false, true});
  ingest.forget();
  replica.forget_chains();
  return {};
}

Result<DoctorAnswer> Community::Impl::examine(const RunDoctor& request, const Store::GoesOn& goes_on) {
  KIEM_TRY_GET(DoctorAnswer found, look(request, goes_on));
  const bool pages = !found.damaged_pages.empty();
  if (!request.repair || found.stopped || (!pages && found.damaged_operations == 0)) return found;
  const Status given_up = give_up_damage(pages);
  // A table without which nothing can be said: nothing was changed, and what was found stands.
  if (!given_up && is_finding(given_up.error())) return found;
  if (!given_up) return tl::unexpected<Error>(given_up.error());
  KIEM_TRY_GET(DoctorAnswer after, look(RunDoctor{}, goes_on));
  after.pages_rewritten = pages;
  after.views_repaired = true;
  return after;
}

Result<Answer> Community::Impl::perform(const RunDoctor& request) {
  KIEM_TRY_GET(DoctorAnswer answer, examine(request, {}));
  if (answer.views_repaired && subscriber) {
    // Everything may look otherwise.
    KIEM_TRY_GET(const auto spaces, all_spaces(db));
    for (const auto& space : spaces) subscriber({space.id, {}});
  }
  return answer;
}

}  // namespace kiem
