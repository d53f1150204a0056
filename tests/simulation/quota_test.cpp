// What one person may make others keep: operations that wait for acts which may never come.
#include <doctest/doctest.h>

#include "core/oplog/codec.hpp"
#include "core/oplog/draft.hpp"
#include "core/schema/first.hpp"
#include "tests/simulation/village.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("operations that name acts which are nowhere wait, so many of one person and no more") {
  SimWorld world(48);
  world.add("Anneke V.");
  world.add("Bram O.");
  world.found(0, "Sociaal Tuinieren");
  world[1].add_task("Soep rondbrengen");
  REQUIRE(world.meet(0, 1).level);
  auto& bram = world[1].replica();
  const auto spaces = *bram.spaces();
  const SpaceRow space = spaces.back();
  CircleSet open;
  open.add(static_cast<std::uint32_t>(CircleNumber::open));
  const auto growth = *bram.growth(space, open, {});
  const auto heads = *bram.heads(space, open);
  REQUIRE(heads.size() == growth.size());
  std::uint64_t seq = 0;
  OpId prev;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (heads[i].device != bram.keys().device) continue;
    seq = static_cast<std::uint64_t>(growth[i].top) + 1;
    prev = heads[i].tips.front();
  }
  AuthorLimits limits;
  limits.parked = 3;
  SeededRng rng(1);
  std::size_t postponed = 0;
  for (int i = 0; i < 6; ++i) {
    Draft draft(circle_id(space.id, static_cast<std::uint32_t>(CircleNumber::open)), kSchemaNumber);
    draft.add(create_record(collection::kTask, std::nullopt));
    auto finished = draft.finish(new_act(rng), rng);
    UnverifiedOperation operation;
    operation.bones = encode(finished.bones);
    for (auto& part : finished.parts) operation.parts.emplace_back(std::move(part));
    Header header;
    header.space = space.id;
    header.circle = draft.circle();
    header.device = bram.keys().device;
    header.seq = seq;
    header.prev = prev;
    OpId nowhere;
    nowhere.bytes.fill(9);
    header.access_heads = {nowhere};
    header.bones_hash = bones_hash(operation.bones);
    header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
    operation.header = encode(header);
    operation.signature = sign_header(bram.keys().signing, operation.header);
    const Bytes segment = encode_segment({&operation, 1});
    const auto taken = world[0].replica().take({&segment, 1}, world[1].as_peer(), limits);
    REQUIRE(taken);
    CHECK(taken->front().outcome == (i < 3 ? Taken::Outcome::stored : Taken::Outcome::postponed));
    postponed += taken->front().outcome == Taken::Outcome::postponed ? 1 : 0;
    prev = op_id(operation.header);
    ++seq;
  }
  CHECK(postponed == 3);
}
