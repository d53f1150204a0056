// Operations on their way into a store that has not got them: what a merge takes in, without a network.
//
// A person's store with an initiative, copied; then the first goes on writing, and what it wrote is what the copy
// merges, through the same door as anything that comes from elsewhere (core/ingest.hpp).
#pragma once

#include "core/ingest.hpp"
#include "core/kiem.hpp"
#include "tests/faults/findings.hpp"
#include "tests/faults/power_cut.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {

struct MergeStream {
  std::vector<Bytes> operations;  // encoded, of one chain, each a new task
  std::int64_t base = 0;          // operations that the copy has
};

// Leaves the copy in `copy`. Both open with words().
[[nodiscard]] MergeStream make_merge_stream(const std::filesystem::path& copy, std::size_t count, FakeEnv& env);

// One commit with the next `size` operations of the stream, from `at`; those that are here already do no harm.
[[nodiscard]] Status merge_some(Store& store, Env env, const MergeStream& stream, std::size_t at, std::size_t size);

// The operations of the stream that the store has, when it is whole and its views are those that a rebuild makes.
[[nodiscard]] Seen see_merged(Store& store, std::int64_t base);

// The power goes while operations are merged.
void cut_merge(const CutPlan& plan, std::size_t operations, std::size_t a_commit, Findings& findings);

}  // namespace kiem::test
