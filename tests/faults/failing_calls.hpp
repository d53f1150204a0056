// The n-th call to the disk fails, for n = 1 and so on until nothing fails any more, once and for good.
//
// After each failure: what was told is the machine's and never damage, the next process finds a whole store with every
// acknowledged commit and nothing half, and can go on. One thread.
#pragma once

#include <optional>

#include "tests/faults/findings.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {

// Ten commits of two notes each, with a checkpoint among them, until the first failure.
struct Outcome {
  int acknowledged = 0;
  std::optional<Error> error;
};
[[nodiscard]] Outcome write_notes(Store& store);

// The store as the next process finds it, with a disk that works: what is wrong, or nothing. Acknowledged and attempted
// are commits of write_notes.
[[nodiscard]] std::string wrong_after(const std::filesystem::path& home, int acknowledged, int attempted);

struct Failure {
  std::vector<FileCall> calls;
  int code = 0;
};
// Opening, ten commits, a checkpoint, reading all again, closing.
void fail_each_call(const Failure& failure, Findings& findings);
// Making a store: afterwards there is none, or a whole one, and making one works.
void fail_each_call_of_creation(const Failure& failure, Findings& findings);
// Migrations: the version is one of those before and after, and the rest can be done.
void fail_each_call_of_migration(const Failure& failure, Findings& findings);
// A new passphrase: afterwards the old or the new one opens, and not both.
void fail_each_call_of_new_passphrase(const Failure& failure, Findings& findings);

// Every kind of call with the code that belongs to it, and a full disk.
[[nodiscard]] std::vector<Failure> all_failures();

}  // namespace kiem::test
