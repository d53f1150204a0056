#include "core/crdt/alive.hpp"

#include <doctest/doctest.h>

#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// A record and everything said about its life; operation 1 creates it unless its id is derived.
struct Life {
  std::vector<AliveMark> marks;
  std::vector<AliveDelete> deletes;
  std::vector<MutationId> edits;
  bool derived = false;
  bool erased = false;

  [[nodiscard]] AliveFold fold() const {
    return fold_alive({record_of(mutation(1).op), derived, erased, marks, deletes, edits});
  }
};

Life created() {
  Life life;
  life.marks = {{mutation(1), true}};
  return life;
}

Life derived() {
  Life life;
  life.derived = true;
  return life;
}

}  // namespace

TEST_CASE("a created record lives by its creation") {
  const auto fold = created().fold();
  CHECK(fold.state == AliveState::alive);
  CHECK(fold.marks == std::vector{mutation(1)});
}

TEST_CASE("a record whose creation is not here, or does not apply, is not shown, also when it was restored") {
  CHECK(Life{}.fold().state == AliveState::not_here);
  auto life = Life{};
  life.marks = {{mutation(2), true}};
  CHECK(life.fold().state == AliveState::not_here);
  life.marks = {{mutation(1), false}};
  CHECK(life.fold().state == AliveState::not_here);
}

TEST_CASE("a delete ends the marks it saw, and a restore gives life again") {
  auto life = created();
  life.deletes = {{mutation(2), true, {mutation(1)}, {}}};
  CHECK(life.fold().state == AliveState::deleted);
  life.marks.push_back({mutation(3), true});
  CHECK(life.fold().state == AliveState::alive);
  CHECK(life.fold().marks == std::vector{mutation(3)});
}

TEST_CASE("a delete that did not see the restore loses to it") {
  auto life = created();
  life.deletes = {{mutation(2), true, {mutation(1)}, {}}, {mutation(4), true, {mutation(1)}, {}}};
  life.marks.push_back({mutation(3), true});
  CHECK(life.fold().state == AliveState::alive);
}

TEST_CASE("a delete that does not apply ends nothing") {
  auto life = created();
  life.deletes = {{mutation(2), false, {mutation(1)}, {}}};
  CHECK(life.fold().state == AliveState::alive);
  auto other = derived();
  other.deletes = {{mutation(2), false, {}, {}}};
  CHECK(other.fold().state == AliveState::alive);
}

TEST_CASE("a delete that comes before the creation it names still ends it") {
  Life life;
  life.deletes = {{mutation(2), true, {mutation(1)}, {}}};
  CHECK(life.fold().state == AliveState::not_here);
  life.marks = {{mutation(1), true}};
  CHECK(life.fold().state == AliveState::deleted);
}

TEST_CASE("a derived record lives with no mark at all until any delete, and again by a restore") {
  auto life = derived();
  CHECK(life.fold().state == AliveState::alive);
  CHECK(life.fold().marks.empty());
  life.deletes = {{mutation(2), true, {}, {}}};
  CHECK(life.fold().state == AliveState::deleted);
  life.marks = {{mutation(3), true}};
  CHECK(life.fold().state == AliveState::alive);
  life.deletes.push_back({mutation(4), true, {mutation(3)}, {}});
  CHECK(life.fold().state == AliveState::deleted);
}

TEST_CASE("an edit that no delete saw stands beside the dead record, until a delete has seen it") {
  auto life = created();
  life.edits = {mutation(5), mutation(6), mutation(6)};
  life.deletes = {{mutation(2), true, {mutation(1)}, {mutation(5)}}};
  CHECK(life.fold().unseen_edits == std::vector{mutation(6)});
  life.deletes.push_back({mutation(3), false, {}, {mutation(6)}});
  CHECK(life.fold().unseen_edits == std::vector{mutation(6)});
  life.deletes.push_back({mutation(4), true, {}, {mutation(6)}});
  CHECK(life.fold().state == AliveState::deleted);
  CHECK(life.fold().unseen_edits.empty());
}

TEST_CASE("a living record asks nothing about its edits") {
  auto life = created();
  life.edits = {mutation(5)};
  CHECK(life.fold().unseen_edits.empty());
}

TEST_CASE("erase beats everything") {
  auto life = created();
  life.edits = {mutation(5)};
  life.erased = true;
  life.marks.push_back({mutation(3), true});
  CHECK(life.fold().state == AliveState::erased);
  CHECK(life.fold().unseen_edits.empty());
}
