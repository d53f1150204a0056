// Operations as the store keeps them: insert, find, read back byte for byte, and the tips of chains.
//
// Free functions over the writer's connection, inside the caller's transaction. What is inserted has been verified by
// core/ingest.cpp; a stored signature has been checked. Rows are local numbers in the order of arrival.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/oplog/operation.hpp"
#include "core/oplog/segment.hpp"
#include "core/oplog/spaces.hpp"
#include "core/oplog/standing.hpp"

namespace kiem {

// An operation whose hashes, limits, chain and author were checked: only core/ingest.cpp makes one.
struct VerifiedOperation {
  OpId id;
  Header header;
  Bones bones;
  UnverifiedOperation bytes;

 private:
  VerifiedOperation() = default;
  friend class Ingest;
};

struct StoredOperation {
  std::int64_t row = 0;
  OpId id;
  std::int64_t chain = 0;
  std::int64_t prev = 0;  // row of the operation before it, 0 for the first
  CircleRow circle;
  DeviceRow device;
  Header header;
  Bones bones;
  Standing standing = Standing::applied;
  Role role = Role::none;
  std::int64_t received_ms = 0;
};

struct ChainPosition {
  std::int64_t chain = 0;
  std::int64_t prev = 0;
};

// What is written of one operation of a run. is_last: no other of its run follows. One that another follows needs no
// signature of its own, unless it is of those kept for ever (D2); only the last becomes a tip, by end_run().
struct Insertion {
  ChainPosition at;
  Standing standing = Standing::parked;
  Role role = Role::none;
  WallTime received;
  bool is_last = true;
};
[[nodiscard]] Result<std::int64_t> insert_operation(Connection& db, const VerifiedOperation& operation,
                                                    const CircleRow& circle, const Insertion& insertion);
// After the last insert_operation() of a run: `last` takes the place of `at.prev` among the chain's tips, and what the
// one before it no longer has to prove is dropped.
[[nodiscard]] Status end_run(Connection& db, const ChainPosition& at, std::int64_t last);
[[nodiscard]] Status set_standing(Connection& db, std::int64_t operation, Standing standing, Role role);

[[nodiscard]] Result<std::optional<std::int64_t>> find_operation(Connection& db, const OpId& id);
[[nodiscard]] Result<OpId> operation_id(Connection& db, std::int64_t row);
// Where an operation stands, without its bytes. Nothing when there is no such row.
struct OperationPlace {
  OpId id;
  std::int64_t chain = 0;
  std::int64_t prev = 0;
  std::uint64_t seq = 0;
};
[[nodiscard]] Result<std::optional<OperationPlace>> operation_place(Connection& db, std::int64_t row);
// The operations that this one had seen (D2), as its header lists them.
[[nodiscard]] Result<std::vector<OpId>> seen_by_operation(Connection& db, std::int64_t row);
// Rebuilds the header and checks that it still hashes to the id: anything else is damage.
[[nodiscard]] Result<StoredOperation> load_operation(Connection& db, std::int64_t row);
// The exact bytes that were signed, with the parts that are here and the signature if it is kept.
[[nodiscard]] Result<UnverifiedOperation> export_operation(Connection& db, std::int64_t row);
// The same of several, in their order, beside what they say; until `goes_on` says no after one of them.
[[nodiscard]] Result<std::vector<ExportedOperation>> export_operations(
    Connection& db, std::span<const std::int64_t> rows, const std::function<bool(const ExportedOperation&)>& goes_on);
// What an operation says, without its header; damage when the bytes are not what was written.
[[nodiscard]] Result<Bones> bones_of(Connection& db, std::int64_t row);
// The values of one part; nothing when the part was dropped.
[[nodiscard]] Result<std::optional<PartValues>> part_values(Connection& db, std::int64_t operation, std::uint32_t part);

// The operation `back` before `row` in its own chain (0: itself); nothing when the chain is shorter.
[[nodiscard]] Result<std::optional<std::int64_t>> operation_back(Connection& db, std::int64_t row, std::uint64_t back);

// Rows of a chain's last operations: none for an empty chain, several after a fork.
[[nodiscard]] Result<std::vector<std::int64_t>> chain_tips(Connection& db, std::int64_t chain);
// Rows of the space's access tips, in the order of their ids.
[[nodiscard]] Result<std::vector<OpId>> access_tips(Connection& db, std::int64_t space);
// Replaces the tips that `cited` names (access heads and prev) by `operation`.
[[nodiscard]] Status move_access_tips(Connection& db, std::int64_t space, std::int64_t operation,
                                      const std::vector<std::int64_t>& cited);

// Stores the parts that `bytes` has and the operation lacks; how many those were. The caller has checked their hashes.
[[nodiscard]] Result<std::uint32_t> add_parts(Connection& db, std::int64_t operation, const UnverifiedOperation& bytes);
[[nodiscard]] Result<bool> has_part(Connection& db, std::int64_t operation, std::uint32_t part);
// The part's bytes go for good; the bones keep what they say of it. Nothing happens when it is not here.
[[nodiscard]] Status drop_part(Connection& db, std::int64_t operation, std::uint32_t part);

// Operations of a space whose access heads were not here, in the order of arrival.
[[nodiscard]] Result<std::vector<std::int64_t>> parked_operations(Connection& db, std::int64_t space);

// Operations of the space's access circle, in the order of arrival.
[[nodiscard]] Result<std::vector<std::int64_t>> access_operations(Connection& db, std::int64_t space);

// All operations of a space in the order of arrival; of every space when none is named.
[[nodiscard]] Result<std::vector<std::int64_t>> operations_of(Connection& db, std::optional<std::int64_t> space);

}  // namespace kiem
