// Both ends of one direction of a link: what is told once, compressed with what went before, and read again after a
// frame that could not be read.
#include "sync/session/packed_stream.hpp"

#include <doctest/doctest.h>

#include "tests/support/fakes.hpp"
#include "tests/tools/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

using Run = std::vector<UnverifiedOperation>;

ExportedRun exported(const Run& run) {
  ExportedRun made;
  made.segment = encode_segment(run);
  made.count = run.size();
  for (const auto& each : run) made.ids.push_back(op_id(each.header));
  return made;
}

Run made_run(std::size_t count, std::uint64_t seed) {
  SeededRng rng(seed);
  return sample_run(count, rng);
}

Result<bool> never(const Hash32&) { return false; }
Result<std::optional<Hash32>> nobody(const IdBeginning&) { return std::optional<Hash32>{}; }

wire::Segments frame_of(PackedOut& out, const Run& run, const Packer::Tells& tells = never) {
  REQUIRE(out.add(exported(run), tells));
  return out.finish();
}

}  // namespace

TEST_CASE("frames are read in their order, and the later ones are shorter for the earlier") {
  PackedOut out;
  PackedIn in;
  std::vector<std::size_t> sizes;
  for (std::uint64_t seed = 1; seed < 30; ++seed) {
    const Run run = made_run(20, seed);
    const auto frame = frame_of(out, run);
    CHECK(out.empty());
    CHECK(frame.size);
    const auto read = in.take(frame, nobody);
    REQUIRE(read);
    CHECK(read->runs == std::vector<Run>{run});
    sizes.push_back(frame.words.size());
  }
  CHECK(sizes.back() < sizes.front());
}

TEST_CASE("a few words go as they are") {
  PackedOut out;
  PackedIn in;
  SeededRng rng(1);
  const Run run{signed_operation(least_header(), least_bones(), {}, sample_key(), rng)};
  const auto frame = frame_of(out, run);
  const auto read = in.take(frame, nobody);
  REQUIRE(read);
  CHECK(read->runs == std::vector<Run>{run});
}

TEST_CASE("after a frame that could not be read nothing is read until the sender begins anew") {
  PackedOut out;
  PackedIn in;
  const Run run = made_run(3, 1);
  const auto lost = in.take(frame_of(out, run, [](const Hash32&) -> Result<bool> { return true; }), nobody);
  REQUIRE(lost);
  CHECK_FALSE(lost->is_whole);
  const auto still = in.take(frame_of(out, run), nobody);
  REQUIRE(still);
  CHECK_FALSE(still->is_whole);
  CHECK(still->runs.empty());
  out.begin_anew();
  const auto frame = frame_of(out, run);
  CHECK(frame.anew);
  const auto read = in.take(frame, nobody);
  REQUIRE(read);
  CHECK(read->is_whole);
  CHECK(read->runs == std::vector<Run>{run});
  CHECK_FALSE(frame_of(out, run).anew);
}

TEST_CASE("an expanded size beyond the limit is refused, and the largest is looked at") {
  PackedIn in;
  const auto code = [&](std::uint32_t size) {
    const auto result = in.take(wire::Segments{Bytes{1}, {}, size, false}, nobody);
    REQUIRE_FALSE(result);
    return result.error().code;
  };
  CHECK(code(kMaxPackedWords) == ErrorCode::not_canonical);
  CHECK(code(kMaxPackedWords + 1) == ErrorCode::too_large);
}
