// merge-child HOME STREAM: goes on merging the stream into the store, one operation a commit, and says after each
// commit how many of it are there. The parent kills it.
#include <cstdio>

#include "tests/faults/stream_file.hpp"

int main(int count, char** arguments) {
  using namespace kiem;
  using namespace kiem::test;
  if (count != 3) return 2;
  FakeEnv env(static_cast<std::uint64_t>(getpid()));
  const MergeStream stream = read_stream(arguments[2]);
  const auto store = Store::open(arguments[1], words(), env.env(), cheap());
  if (!store) {
    std::printf("refused with %s\n", code_text(store.error()).c_str());
    return 1;
  }
  const auto here = number_of((*store)->writer(), "SELECT count(*) FROM operation");
  KIEM_CHECK(here.has_value());
  for (auto at = static_cast<std::size_t>(*here - stream.base); at < stream.operations.size(); ++at) {
    const auto merged = merge_some(**store, env.env(), stream, at, 1);
    if (!merged) {
      std::printf("failed with %s\n", code_text(merged.error()).c_str());
      return 1;
    }
    std::printf("%zu\n", at + 1);
    std::fflush(stdout);
    // Often, so that checkpoints are killed as well.
    if (at % 5 == 4 && !(*store)->writer().execute("PRAGMA wal_checkpoint(RESTART)")) return 1;
  }
  return 0;
}
