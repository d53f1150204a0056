#include "core/repair.hpp"

#include <algorithm>

#include "core/views/readable.hpp"

namespace kiem {
namespace {

// Calls `note` for every row that comes before damage does.
Status read_until_damage(Connection& db, const char* sql, const std::function<Status(const Statement&)>& note) {
  KIEM_TRY_GET(Statement find, db.prepare(sql));
  while (true) {
    const auto more = find.step();
    if (!more && !is_damage(more.error())) return tl::unexpected<Error>(more.error());
    if (!more || !*more) return {};
    KIEM_TRY(note(find));
  }
}

// An index can be read from both ends, so that one damaged page of it costs no more than itself.
Status read_from_both_ends(Connection& db, const std::string& sql, const std::string& key,
                           const std::function<Status(const Statement&)>& note) {
  KIEM_TRY(read_until_damage(db, (sql + " ORDER BY " + key).c_str(), note));
  std::string back;
  for (std::size_t from = 0; from < key.size();) {
    const auto comma = std::min(key.find(',', from), key.size());
    back += (back.empty() ? "" : ",") + key.substr(from, comma - from) + " DESC";
    from = comma + 1;
  }
  return read_until_damage(db, (sql + " ORDER BY " + back).c_str(), note);
}

Result<std::set<std::int64_t>> numbers(Statement& find) {
  std::set<std::int64_t> all;
  while (true) {
    KIEM_TRY_GET(const bool more, find.step());
    if (!more) return all;
    all.insert(find.integer(0));
  }
}

LostOperation& at(KnownOperations& known, std::int64_t row) {
  LostOperation& operation = known[row];
  operation.row = row;
  return operation;
}

// Which operation comes before, where there is no doubt of it: a fork that begins just there leaves 0.
void find_prev(KnownOperations& known) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::int64_t>> by_place;
  for (const auto& each : known) by_place[{each.second.chain, each.second.seq}].push_back(each.first);
  for (auto& each : known) {
    const auto before = by_place.find({each.second.chain, each.second.seq - 1});
    if (before != by_place.end() && before->second.size() == 1) each.second.prev = before->second.front();
  }
}

// Of an operation that goes on, the next one vouches.
Result<bool> signature_holds(Connection& db, SpaceMembers& members, const StoredOperation& stored,
                             const std::optional<Signature>& signature) {
  if (!signature) {
    KIEM_TRY_GET(const auto tips, chain_tips(db, stored.chain));
    return std::find(tips.begin(), tips.end(), stored.row) == tips.end();
  }
  KIEM_TRY_GET(const auto author, members.author(stored.circle.space, stored.device.id));
  return author && verify(author->key, kTagSignature, signed_message(stored.header.suite, stored.id), *signature);
}

Result<bool> holds(Connection& db, SpaceMembers* members, std::int64_t row, bool needs_parts) {
  const auto stored = load_operation(db, row);
  if (!stored && !is_damage(stored.error())) return tl::unexpected<Error>(stored.error());
  if (!stored) return false;
  const auto bytes = export_operation(db, row);
  if (!bytes && !is_damage(bytes.error())) return tl::unexpected<Error>(bytes.error());
  if (!bytes || !check_whole(*bytes, stored->header, stored->bones)) return false;
  for (const auto& part : bytes->parts) {
    if (part ? !decode_part(*part) : needs_parts) return false;
  }
  return members == nullptr ? Result<bool>(true) : signature_holds(db, *members, *stored, bytes->signature);
}

}  // namespace

Result<KnownOperations> known_operations(Connection& db) {
  KnownOperations known;
  KIEM_TRY(read_from_both_ends(db, "SELECT operation, id FROM operation INDEXED BY sqlite_autoindex_operation_1", "id",
                               [&](const Statement& row) -> Status {
                                 at(known, row.integer(0)).id = id_from<OpId>(row.blob(1));
                                 return {};
                               }));
  KIEM_TRY(read_from_both_ends(db, "SELECT operation, chain, seq FROM operation INDEXED BY operation_by_chain",
                               "chain,seq", [&](const Statement& row) -> Status {
                                 auto& operation = at(known, row.integer(0));
                                 operation.chain = row.integer(1);
                                 operation.seq = row.integer(2);
                                 return {};
                               }));
  KIEM_TRY(read_from_both_ends(db, "SELECT operation, id, chain, seq, prev FROM operation NOT INDEXED", "operation",
                               [&](const Statement& row) -> Status {
                                 at(known, row.integer(0)) = {row.integer(0), id_from<OpId>(row.blob(1)),
                                                              row.integer(2), row.integer(3), row.integer(4)};
                                 return {};
                               }));
  // The one before an operation that can be read is known by it, whatever became of the indexes.
  KnownOperations before;
  for (const auto& each : known) {
    const LostOperation& next = each.second;
    if (next.prev == 0 || next.seq == 0 || known.contains(next.prev)) continue;
    before[next.prev] = {next.prev, std::nullopt, next.chain, next.seq - 1, 0};
  }
  known.merge(before);
  KnownOperations placed = known;
  find_prev(placed);
  for (auto& each : known) {
    if (each.second.prev == 0 && each.second.seq > 0) each.second.prev = placed.at(each.first).prev;
  }
  return known;
}

Result<std::set<std::int64_t>> not_to_be_asked(Connection& db, const KnownOperations& known) {
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  std::set<std::int64_t> kept;
  for (const auto& space : spaces) {
    KIEM_TRY_GET(Statement find,
                 db.prepare("SELECT chain FROM chain NOT INDEXED CROSS JOIN circle USING(circle) WHERE space = ?"));
    find.bind(1, space.row);
    KIEM_TRY_GET(const auto chains, numbers(find));
    bool founded = false;
    for (const auto& each : known) {
      const bool first = each.second.id == same_bytes<OpId>(space.id);
      founded = founded || first;
      if (first || (space.kind == SpaceKind::personal && chains.contains(each.second.chain))) kept.insert(each.first);
    }
    if (!founded) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
  }
  for (const std::int64_t row : kept) KIEM_TRY(load_operation(db, row));
  return kept;
}

Status mark_unreadable(Connection& db, const KnownOperations& known, const std::set<std::int64_t>& kept,
                       SpaceMembers* members, bool parts_were_cut) {
  // Those that are not there come first: the others are read by the id of the one before them.
  std::vector<LostOperation> there;
  for (const auto& each : known) {
    const LostOperation& operation = each.second;
    KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM operation WHERE operation = ?1 UNION ALL "
                                             "SELECT 2 FROM lost WHERE operation = ?1"));
    find->bind(1, operation.row);
    KIEM_TRY_GET(const bool found, find->step());
    const bool in_log = found && find->integer(0) == 1;
    find->reset();
    if (in_log && !kept.contains(operation.row)) there.push_back(operation);
    // Without a place there is nothing to ask for; whoever has the chain gives it as one that was never here.
    if (found || operation.chain == 0) continue;
    KIEM_TRY(mark_lost(db, operation));
  }
  for (const auto& operation : there) {
    KIEM_TRY_GET(const bool good, holds(db, members, operation.row, parts_were_cut));
    if (!good) KIEM_TRY(mark_lost(db, operation));
  }
  // An end that nothing is known of is none.
  KIEM_TRY(db.execute(
      "DELETE FROM tip WHERE operation NOT IN (SELECT operation FROM operation UNION ALL SELECT operation FROM lost);"
      "DELETE FROM access_tip WHERE operation NOT IN (SELECT operation FROM operation);"));
  return ask_everybody_again(db);
}

}  // namespace kiem
