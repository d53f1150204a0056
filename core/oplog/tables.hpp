// The log's tables, as step 1 of the store's migrations takes them, and what a later step adds so that neither writing
// nor merging looks at more of the log the longer it is.
//
// Ids are interned: a space, circle, device or chain is its id once and a small number everywhere else. What can be
// computed is left out: an operation's row has no space, circle, device, prev id, bones hash or size, because the exact
// header bytes are rebuilt from chain, seq and the operation before it (op_store.cpp) and hashed again when read.
#pragma once

namespace kiem {

inline constexpr const char* kLogTables = R"sql(
-- What this device knows of itself: keys, the person's space. Sealed like all pages, never in an operation.
CREATE TABLE local(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- kind: 0 a person's own space, 1 an initiative.
CREATE TABLE space(space INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
                   practice INTEGER NOT NULL, name TEXT NOT NULL, secret BLOB NOT NULL) STRICT;
CREATE TABLE circle(circle INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, space INTEGER NOT NULL,
                    number INTEGER NOT NULL) STRICT;
-- person: whose device it is, from the certificate that judged its first operation.
CREATE TABLE device(device INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, person BLOB NOT NULL) STRICT;
CREATE TABLE chain(chain INTEGER PRIMARY KEY, circle INTEGER NOT NULL, device INTEGER NOT NULL,
                   UNIQUE(circle, device)) STRICT;

-- One row an operation, numbered in the order of arrival. prev: row of the operation before it in its chain, 0 for the
-- first. header: the header's remaining fields. signature: only where it is kept. standing: see Standing.
-- role: the author's at the operation's own access heads (D5), so that a view can ask for it without the graph.
CREATE TABLE operation(operation INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, chain INTEGER NOT NULL,
                       seq INTEGER NOT NULL, prev INTEGER NOT NULL, header BLOB NOT NULL, bones BLOB NOT NULL,
                       signature BLOB, standing INTEGER NOT NULL, role INTEGER NOT NULL,
                       received INTEGER NOT NULL) STRICT;
CREATE INDEX operation_by_chain ON operation(chain, seq);
CREATE TABLE part(operation INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
                  PRIMARY KEY(operation, number)) STRICT, WITHOUT ROWID;

-- The last operations of each chain: one, or one a branch when the chain forked.
CREATE TABLE tip(chain INTEGER NOT NULL, operation INTEGER NOT NULL,
                 PRIMARY KEY(chain, operation)) STRICT, WITHOUT ROWID;
-- The tips of each space's access graph.
CREATE TABLE access_tip(space INTEGER NOT NULL, operation INTEGER NOT NULL,
                        PRIMARY KEY(space, operation)) STRICT, WITHOUT ROWID;
-- How far this device's own chain covers another chain of the same circle (D2, seen).
CREATE TABLE covered(chain INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
)sql";

inline constexpr const char* kLogIndexes = R"sql(
-- Operations that wait for access heads: few, and looked for after every act of membership. 5: Standing::parked.
CREATE INDEX operation_parked ON operation(operation) WHERE standing = 5;
-- Chains that may have more than `covered` tells: all that have, and now and then one that has not.
CREATE TABLE unseen(chain INTEGER PRIMARY KEY) STRICT;
INSERT INTO unseen SELECT chain FROM chain;
)sql";

inline constexpr const char* kLostTable = R"sql(
-- Operations that damage took (lost.hpp), by the row they had and get again when somebody brings them. id: NULL when it
-- is not known. prev: as in operation.
CREATE TABLE lost(operation INTEGER PRIMARY KEY, id BLOB, chain INTEGER NOT NULL, seq INTEGER NOT NULL,
                  prev INTEGER NOT NULL) STRICT;
CREATE INDEX lost_by_chain ON lost(chain, seq);
CREATE INDEX lost_by_id ON lost(id);
)sql";

inline constexpr const char* kSetAsideIndex = R"sql(
-- Operations outside of a removal's cut: few, and looked for when what comes may show that they are inside after all.
-- 2: Standing::set_aside.
CREATE INDEX operation_set_aside ON operation(chain) WHERE standing = 2;
)sql";

}  // namespace kiem
