#include "core/oplog/lost.hpp"

namespace kiem {

Status mark_lost(Connection& db, const LostOperation& lost) {
  KIEM_TRY_GET(Statement * note,
               db.cached("INSERT OR IGNORE INTO lost(operation, id, chain, seq, prev) VALUES(?, ?, ?, ?, ?)"));
  note->bind(1, lost.row).bind_optional(2, lost.id).bind(3, lost.chain).bind(4, lost.seq).bind(5, lost.prev);
  KIEM_TRY(note->run());
  for (const char* const sql : {"DELETE FROM part WHERE operation = ?", "DELETE FROM access_tip WHERE operation = ?",
                                "DELETE FROM operation WHERE operation = ?"}) {
    KIEM_TRY_GET(Statement * drop, db.cached(sql));
    drop->bind(1, lost.row);
    KIEM_TRY(drop->run());
  }
  return {};
}

Status ask_everybody_again(Connection& db) { return db.execute("UPDATE peer_circle SET got = 0"); }

Result<std::uint64_t> count_lost(Connection& db) {
  KIEM_TRY_GET(Statement * count, db.cached("SELECT count(*) FROM lost"));
  KIEM_TRY_GET(const bool counted, count->step());
  const auto number = counted ? static_cast<std::uint64_t>(count->integer(0)) : 0;
  count->reset();
  return number;
}

Result<bool> is_lost(Connection& db, std::int64_t row) {
  if (row == 0) return false;
  KIEM_TRY_GET(Statement * find, db.cached("SELECT 1 FROM lost WHERE operation = ?"));
  find->bind(1, row);
  KIEM_TRY_GET(const bool found, find->step());
  find->reset();
  return found;
}

Result<std::optional<LostOperation>> find_lost(Connection& db, const OpId& id) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation, chain, seq, prev FROM lost WHERE id = ?"));
  find->bind(1, id);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<LostOperation>{};
  const LostOperation lost{find->integer(0), id, find->integer(1), find->integer(2), find->integer(3)};
  find->reset();
  return std::optional(lost);
}

Result<std::optional<std::int64_t>> take_lost(Connection& db, const OpId& id, std::int64_t chain, std::uint64_t seq) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT operation FROM lost WHERE id = ?1 OR (id IS NULL AND chain = ?2 "
                                           "AND seq = ?3) ORDER BY id IS NULL"));
  find->bind(1, id).bind(2, chain).bind(3, static_cast<std::int64_t>(seq));
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::optional<std::int64_t>{};
  const std::int64_t row = find->integer(0);
  find->reset();
  KIEM_TRY_GET(Statement * drop, db.cached("DELETE FROM lost WHERE operation = ?"));
  drop->bind(1, row);
  KIEM_TRY(drop->run());
  return std::optional(row);
}

Result<std::optional<ChainGap>> gap_of(Connection& db, std::int64_t chain) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT min(seq) FROM lost WHERE chain = ?"));
  find->bind(1, chain);
  KIEM_TRY_GET(const bool found, find->step());
  const bool whole = !found || find->is_null(0);
  ChainGap gap;
  gap.seq = whole ? 0 : find->integer(0);
  find->reset();
  if (whole) return std::optional<ChainGap>{};
  KIEM_TRY_GET(Statement * before, db.cached("SELECT operation FROM operation WHERE chain = ?1 AND seq = (SELECT "
                                             "max(seq) FROM operation WHERE chain = ?1 AND seq < ?2) "
                                             "ORDER BY operation"));
  before->bind(1, chain).bind(2, gap.seq);
  while (true) {
    KIEM_TRY_GET(const bool more, before->step());
    if (!more) return std::optional(std::move(gap));
    gap.ends.push_back(before->integer(0));
  }
}

}  // namespace kiem
