// The tables that are computed from the log, as step 2 of the store's migrations takes them. All of them can be dropped
// and made again from the operations (rebuild.hpp), and give the same canonical dump.
//
// First the index of mutations that every view is folded from, then one typed table a collection. `record`, `operation`
// and `space` are local numbers; the canonical dump shows whole ids in their place.
#pragma once

namespace kiem {

inline constexpr const char* kViewTables = R"sql(
-- A person's record has the same id in every initiative of that person, hence the pair.
CREATE TABLE record(record INTEGER PRIMARY KEY, id BLOB NOT NULL, space INTEGER NOT NULL, UNIQUE(id, space)) STRICT;

-- Every mutation of the first schema's grammar. field -1: the mutation speaks of the record itself. part -1: no value;
-- else the part that holds it and its place among that part's values.
CREATE TABLE mutation(record INTEGER NOT NULL, collection INTEGER NOT NULL, field INTEGER NOT NULL,
                      operation INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL,
                      part INTEGER NOT NULL, ordinal INTEGER NOT NULL,
                      PRIMARY KEY(record, collection, field, operation, number)) STRICT, WITHOUT ROWID;
-- Which mutation replaces which; record, collection and field are those of the replacing one, and an edge to a mutation
-- that has others is ignored when folding.
CREATE TABLE edge(record INTEGER NOT NULL, operation INTEGER NOT NULL, number INTEGER NOT NULL,
                  by_operation INTEGER NOT NULL, by_number INTEGER NOT NULL,
                  PRIMARY KEY(record, operation, number, by_operation, by_number)) STRICT, WITHOUT ROWID;
-- The same for a replaced operation that is not here yet.
CREATE TABLE edge_waiting(target BLOB NOT NULL, number INTEGER NOT NULL, record INTEGER NOT NULL,
                          by_operation INTEGER NOT NULL, by_number INTEGER NOT NULL,
                          PRIMARY KEY(target, number, by_operation, by_number)) STRICT, WITHOUT ROWID;

CREATE TABLE task(record INTEGER PRIMARY KEY, space INTEGER NOT NULL, title TEXT NOT NULL, state INTEGER NOT NULL,
                  seats INTEGER, date INTEGER, before INTEGER, start INTEGER, until INTEGER, place BLOB,
                  roles TEXT NOT NULL, note TEXT NOT NULL, cancel_reason TEXT NOT NULL, assigner BLOB,
                  added_by BLOB NOT NULL, conflicts INTEGER NOT NULL, free INTEGER, confirmed INTEGER NOT NULL,
                  waiting INTEGER NOT NULL, provisional INTEGER NOT NULL, overbooked INTEGER NOT NULL) STRICT;
CREATE INDEX task_by_day ON task(space, state, date, start);
CREATE INDEX task_by_place ON task(place) WHERE place IS NOT NULL;
CREATE TABLE place(record INTEGER PRIMARY KEY, space INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
                   area TEXT NOT NULL, text TEXT NOT NULL, meeting_point TEXT NOT NULL,
                   conflicts INTEGER NOT NULL) STRICT;
CREATE INDEX place_by_space ON place(space, title);
CREATE TABLE principal(record INTEGER PRIMARY KEY, space INTEGER NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
                       role_text TEXT NOT NULL, talents TEXT NOT NULL, languages TEXT NOT NULL,
                       works_with TEXT NOT NULL, conflicts INTEGER NOT NULL) STRICT;
CREATE INDEX principal_by_space ON principal(space);
-- One row a claim: an occurrence and whom it counts for, and where it stands (D6).
CREATE TABLE claim(record INTEGER PRIMARY KEY, occurrence INTEGER NOT NULL, principal BLOB NOT NULL,
                   state INTEGER NOT NULL, position INTEGER NOT NULL, reason INTEGER NOT NULL,
                   reason_number INTEGER NOT NULL, count INTEGER NOT NULL, confirmed INTEGER NOT NULL,
                   entered_by BLOB NOT NULL) STRICT;
CREATE INDEX claim_by_occurrence ON claim(occurrence);
CREATE INDEX claim_by_principal ON claim(principal);
-- The live writes of a register whose values differ; `shown` marks the one its pick shows meanwhile.
CREATE TABLE conflict(record INTEGER NOT NULL, collection INTEGER NOT NULL, field INTEGER NOT NULL,
                      operation INTEGER NOT NULL, number INTEGER NOT NULL, shown INTEGER NOT NULL,
                      PRIMARY KEY(record, collection, field, operation, number)) STRICT, WITHOUT ROWID;
)sql";

// Step 5: schemas as data. Tables and columns of added collections and fields come with their schema acts
// (view_tables.hpp).
inline constexpr const char* kSchemaTables = R"sql(
-- Collections and fields that schema acts named, by the numbers that the tables above know them by. Kept when the
-- views are made anew.
CREATE TABLE schema_name(local INTEGER PRIMARY KEY, act BLOB NOT NULL, number INTEGER NOT NULL,
                         UNIQUE(act, number)) STRICT;
CREATE TABLE schema_act(operation INTEGER PRIMARY KEY, space INTEGER NOT NULL) STRICT;
-- What a schema act that comes later has to fold.
CREATE INDEX mutation_added ON mutation(record) WHERE collection >= 65536 OR field >= 65536;
-- The elements of sets and lists, in their order; value: its canonical encoding.
CREATE TABLE element(record INTEGER NOT NULL, collection INTEGER NOT NULL, field INTEGER NOT NULL,
                     place INTEGER NOT NULL, value BLOB NOT NULL,
                     PRIMARY KEY(record, collection, field, place)) STRICT, WITHOUT ROWID;
)sql";

// Step 10: erasing. circle: the number of the one in which all that was said of the record is erased (erased.hpp).
inline constexpr const char* kErasedTable = R"sql(
CREATE TABLE erased(record INTEGER NOT NULL, circle INTEGER NOT NULL,
                    PRIMARY KEY(record, circle)) STRICT, WITHOUT ROWID;
)sql";

}  // namespace kiem
