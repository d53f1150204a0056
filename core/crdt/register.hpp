// A register: a field that holds one value, and every value that was written beside it unseen (DESIGN D3).
//
// A write supersedes the values its author saw; live.hpp says which writes are left. When those hold different values
// that is a conflict: all are kept and listed for a person to settle, and the field's declared pick says which one
// shows meanwhile. Equal values written twice are no conflict. The pick gives no right; it only has to be the same on
// every device and hard to steer, which is why its lot is drawn from record, field and person and from nothing that an
// author can try again (an operation's id, a clock).
//
// Pure, any thread, cannot fail. The answer looks at the values of the writes it was given and must not outlive them;
// it depends neither on their order nor on repetition.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/crdt/mutation_id.hpp"

namespace kiem {

inline constexpr std::string_view kTagPickLot = "kiem.pick.0";

enum class PickKind : std::uint8_t {
  lot,    // the lowest lot
  order,  // the value whose key stands first in Pick::order: the careful one first
  min,    // the smallest key
  max,    // the largest key
  ask,    // the lowest lot, marked as a question that a person must answer before anything rests on it
};

struct Pick {
  PickKind kind = PickKind::lot;
  std::vector<std::uint32_t> order;  // choice numbers, for PickKind::order alone
};

// A live write.
struct RegisterWrite {
  MutationId id;
  ByteView value;  // canonical encoding: two values are the same value when these bytes are
  // What order, min and max compare: the choice's number, the integer, the date's day. Absent for a value that has none
  // (text, sealed, emptied, of a later version): such a value, and a choice that Pick::order does not list, comes after
  // all that have one.
  std::optional<std::int64_t> key;
  PersonId author;
  DeviceId device;
};

struct RegisterValue {
  ByteView value;
  std::vector<MutationId> writes;  // the live writes that hold it, ascending: what settling must supersede
};

struct RegisterFold {
  std::vector<RegisterValue> values;  // distinct; the one to show first; empty when nothing live was written
  bool ask = false;                   // in conflict under PickKind::ask

  [[nodiscard]] bool conflict() const { return values.size() > 1; }
};

// Ties of the pick are broken by hash_of(kTagPickLot, {record, field, author}), then device, then id: lowest first.
// field: the bytes that name the field (FORMAT.md section 3), of any length. n log n.
[[nodiscard]] RegisterFold fold_register(const RecordId& record, ByteView field, const Pick& pick,
                                         std::span<const RegisterWrite> live);

}  // namespace kiem
