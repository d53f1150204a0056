// The n-th request for memory fails: those of SQLite, through the allocator it is configured with, and our own, through
// operator new. Only for programs of their own: both stand in place of the usual ones for the whole process.
//
// use_failing_memory() comes before anything of SQLite's. One plan at a time; a plan counts requests of its own thread.
#pragma once

#include <cstdint>
#include <new>

namespace kiem::test {

enum class Memory : std::uint8_t { of_sqlite, our_own };

void use_failing_memory();

// What a failed request of our own throws: it knows whether it was made below SQLite, which no exception must pass.
struct NoMemory : std::bad_alloc {
  bool below_sqlite = false;
};
// The n-th request from now (n from 1) fails; with `for_good` all after it too.
void fail_memory(Memory whose, std::uint64_t n, bool for_good);
// Ends the plan. True when it had come to a failure.
bool heal_memory();
// What SQLite has taken and not given back.
[[nodiscard]] std::int64_t sqlite_memory_in_use();

}  // namespace kiem::test
