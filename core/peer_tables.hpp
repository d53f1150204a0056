// What this store remembers of the devices it met, of how to reach them and of how they behaved, as steps of the
// store's migrations take it.
//
// All of it may be lost without harm: a meeting without memory lists every chain instead of the changed ones. Numbers
// are arrival counters: rows of the operation table, of this store (given) or of the other one (got).
#pragma once

namespace kiem {

inline constexpr const char* kPeerTables = R"sql(
-- epoch: of the other device's store, as it said when we last met; a restored store has another one.
CREATE TABLE peer(device BLOB PRIMARY KEY, epoch BLOB NOT NULL, met INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- given: the device has committed all of this circle that came here up to that row. got: the reverse.
CREATE TABLE peer_circle(circle INTEGER NOT NULL, device BLOB NOT NULL, given INTEGER NOT NULL, got INTEGER NOT NULL,
                         PRIMARY KEY(circle, device)) STRICT, WITHOUT ROWID;
-- The invitations that this device has used, by the beginning of their key's hash.
CREATE TABLE used_invitation(label BLOB PRIMARY KEY, space INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

inline constexpr const char* kAddressTables = R"sql(
-- Where a device was reached, by its transport key. worked: when last, in milliseconds of this laptop's clock, or 0.
CREATE TABLE address(key BLOB NOT NULL, endpoint TEXT NOT NULL, worked INTEGER NOT NULL,
                     PRIMARY KEY(key, endpoint)) STRICT, WITHOUT ROWID;
-- The port that this store's node listens on from run to run: one row or none.
CREATE TABLE node_port(one INTEGER PRIMARY KEY CHECK(one = 1), port INTEGER NOT NULL) STRICT;
)sql";

inline constexpr const char* kConductTables = R"sql(
-- What a device did that no working program does. kind: PeerFault. last: in milliseconds of this laptop's clock.
CREATE TABLE peer_fault(device BLOB NOT NULL, kind INTEGER NOT NULL, times INTEGER NOT NULL, last INTEGER NOT NULL,
                        PRIMARY KEY(device, kind)) STRICT, WITHOUT ROWID;
-- How much of what a person may bring is used up (author_quota.hpp), and when that was counted.
CREATE TABLE author_quota(person BLOB PRIMARY KEY, operations INTEGER NOT NULL, bytes INTEGER NOT NULL,
                          counted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

}  // namespace kiem
