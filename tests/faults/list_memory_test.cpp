// Lists step over damage and count it; no memory is not damage. In the program that may fail both allocators.
#include <doctest/doctest.h>

#include "core/kiem.hpp"
#include "core/replica.hpp"
#include "core/views/queries.hpp"
#include "tests/faults/failing_memory.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/store_home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Board {
  StoreHome home;
  FakeEnv env{11};
  std::unique_ptr<Community> community;
  std::optional<SpaceRow> initiative;

  Board() {
    std::string words;
    auto made = Community::create(home.path(), KeyFile{SecretBytes::random(kKeyFileBytes, env.rng)}, "Noor", env.env(),
                                  words, cheap());
    REQUIRE(made);
    community = std::move(*made);
    REQUIRE(community->perform(CreateInitiative{"Tuinen"}));
    AddPlace place;
    place.title = "De Tuin";
    REQUIRE(community->perform(place));
    for (const char* title : {"Heg snoeien", "Pad vegen", "Soep koken"}) {
      AddTask task;
      task.title = title;
      task.place = Naming{"De Tuin"};
      REQUIRE(community->perform(task));
      REQUIRE(community->perform(ClaimTask{{}, {title}, 1, {}}));
    }
    const auto reader = community->open_reader();
    REQUIRE(reader);
    const auto spaces = all_spaces(**reader);
    REQUIRE(spaces);
    for (const auto& space : *spaces) {
      if (space.kind == SpaceKind::initiative) initiative = space;
    }
    REQUIRE(initiative);
  }
};

using List = Result<std::vector<std::string>> (*)(Connection& db, const Board& board, Missing& missing);

Result<std::vector<std::string>> tasks(Connection& db, const Board& board, Missing& missing) {
  KIEM_TRY_GET(const auto cards,
               query_tasks(db, *board.initiative, board.community->replica().keys().person, {}, &missing));
  std::vector<std::string> titles;
  titles.reserve(cards.size());
  for (const auto& card : cards) titles.push_back(card.title);
  return titles;
}

Result<std::vector<std::string>> places(Connection& db, const Board& board, Missing& missing) {
  KIEM_TRY_GET(const auto rows, query_places(db, *board.initiative, &missing));
  std::vector<std::string> titles;
  titles.reserve(rows.size());
  for (const auto& row : rows) titles.push_back(row.title);
  return titles;
}

Result<std::vector<std::string>> people(Connection& db, const Board& board, Missing& missing) {
  KIEM_TRY_GET(const auto rows,
               query_people(db, *board.initiative, board.community->replica().keys().person, &missing));
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const auto& row : rows) names.push_back(row.person.name);
  return names;
}

}  // namespace

TEST_CASE("without memory for SQLite at any request a list is whole or refused, and nothing is called missing") {
  use_failing_memory();
  const Board board;
  std::uint64_t refused = 0;
  for (const List list : {&tasks, &places, &people}) {
    Missing none;
    const auto whole_reader = board.community->open_reader();
    REQUIRE(whole_reader);
    const auto whole = list(**whole_reader, board, none);
    REQUIRE(whole);
    REQUIRE_FALSE(whole->empty());
    for (const bool for_good : {false, true}) {
      bool fired = true;
      for (std::uint64_t n = 1; fired; ++n) {
        CAPTURE(n);
        CAPTURE(for_good);
        const auto reader = board.community->open_reader();
        REQUIRE(reader);
        Missing missing;
        fail_memory(Memory::of_sqlite, n, for_good);
        const auto answer = list(**reader, board, missing);
        fired = heal_memory();
        CHECK_FALSE(missing.any());
        if (answer) {
          CHECK(*answer == *whole);
        } else {
          ++refused;
          CHECK(answer.error().code == ErrorCode::out_of_memory);
          CHECK(answer.error().fault == Fault::machine);
        }
      }
    }
  }
  CHECK(refused > 30);
}
