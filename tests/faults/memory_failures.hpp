// The n-th request for memory fails, for n = 1 and so on until nothing fails any more, once and for good, in each thing
// that can be asked of a store: create, open with a log, insert, commit, read, checkpoint, reader, put_slot, audit and
// close.
//
// SQLite's requests: the answer is out_of_memory or the work was done all the same; nothing else is told, nothing is
// shown changed, nothing leaks. Our own: the same, or a std::bad_alloc that arrives here, where a program ends; it must
// not have passed through SQLite's frames on its way. After both the store is whole and has what was acknowledged.
//
// For programs that use_failing_memory(). One thread.
#pragma once

#include "tests/faults/failing_memory.hpp"
#include "tests/faults/findings.hpp"

namespace kiem::test {

void fail_each_request(Memory whose, Findings& findings);

}  // namespace kiem::test
