#include "core/oplog/draft.hpp"

#include <doctest/doctest.h>

#include "core/schema/first.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kHeaderRoom = 800;  // a header with eight heads of either kind, and a signature

OpId some_id(std::uint8_t with) {
  OpId id;
  id.bytes.fill(with);
  return id;
}

// As large as chance makes it: names by an act, references, numbers, for somebody, with a value about somebody or none.
Mutation random_mutation(SeededRng& chance) {
  Mutation mutation;
  mutation.kind = 3;
  mutation.collection = chance.chance(50) ? SchemaName{some_id(1), 60'000} : SchemaName{std::nullopt, 1};
  mutation.field = chance.chance(50) ? SchemaName{some_id(2), 60'000} : SchemaName{std::nullopt, 2};
  if (chance.chance(70)) mutation.record = same_bytes<RecordId>(some_id(3));
  if (chance.chance(30)) mutation.principal = same_bytes<PrincipalId>(some_id(4));
  const auto references = [&](std::uint64_t most) {
    std::vector<Reference> list;
    for (auto n = chance.below(most); n > 0; --n) {
      list.push_back(reference_to(some_id(static_cast<std::uint8_t>(n)), static_cast<std::uint32_t>(n)));
    }
    return list;
  };
  if (chance.chance(30)) mutation.supersedes = references(kMaxReferences);
  if (auto cited = references(8); !cited.empty()) mutation.cites.push_back({cite_purpose::kElement, std::move(cited)});
  for (auto n = chance.below(17); n > 0; --n) mutation.numbers.push_back(chance.next());
  return mutation;
}

}  // namespace

TEST_CASE("as long as a draft has room for a mutation, what it becomes fits an operation") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    SeededRng chance(seed);
    Draft draft(CircleId{}, kSchemaNumber);
    while (true) {
      const Mutation mutation = random_mutation(chance);
      std::optional<Value> value;
      if (chance.chance(60)) value = TextValue{std::string(chance.below(seed % 2 == 0 ? 40 : 900), 'v'), {}};
      std::optional<PrincipalId> subject;
      if (chance.chance(20)) subject = same_bytes<PrincipalId>(some_id(static_cast<std::uint8_t>(chance.below(6))));
      if (!draft.has_room_for(mutation, value)) break;
      draft.add(mutation, value, subject);
    }
    REQUIRE_FALSE(draft.empty());
    const auto made = draft.finish(ActId{}, chance);
    std::size_t bytes = encode(made.bones).size() + kHeaderRoom;
    for (const auto& part : made.parts) bytes += part.size();
    CHECK(bytes <= kMaxOperationBytes);
    // And room is not given away either.
    CHECK(bytes > kMaxOperationBytes / 3);
    CHECK(made.bones.mutations.size() <= kMaxMutations);
  }
}

TEST_CASE("a draft takes as many mutations as an operation may have, and no more") {
  Draft draft(CircleId{}, kSchemaNumber);
  Mutation mutation;
  mutation.kind = 1;
  mutation.collection = {std::nullopt, 1};
  std::size_t count = 0;
  for (; draft.has_room_for(mutation, std::nullopt); ++count) draft.add(mutation);
  CHECK(count <= kMaxMutations);
  CHECK(count > 100);
}

TEST_CASE("a value that no operation holds has no room in an empty draft, one that just fits has") {
  const Draft draft(CircleId{}, kSchemaNumber);
  const Mutation mutation = write_field(1, std::nullopt, 1);
  CHECK(draft.has_room_for(mutation, TextValue{std::string(12'000, 'v'), {}}));
  CHECK_FALSE(draft.has_room_for(mutation, TextValue{std::string(kMaxOperationBytes, 'v'), {}}));
}
