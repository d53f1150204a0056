// News along trees: how many copies a node gets, over how many hops, and what mends a tree.
#include "sync/session/push_tree.hpp"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/fakes.hpp"
#include "tests/support/sim_push.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr PushTree::Row kRow = 7;

Short item_of(std::uint8_t number) {
  Short item;
  item.bytes[0] = number;
  return item;
}

constexpr PushTree::Circle kOpen = 1, kMembers = 2;

// News of one row over a link. Whether the peer is told Prune.
bool comes(PushTree& tree, PushTree::Link link, std::uint8_t item, PushTree::Row row = kRow, std::uint32_t hops = 1) {
  return tree.came(link, kOpen, item_of(item), {&row, 1}, hops);
}

void link_up(PushTree& tree, PushTree::Link last) {
  for (PushTree::Link link = 1; link <= last; ++link) tree.link_up(link);
}

}  // namespace

TEST_CASE("three hundred nodes that lose two frames in a hundred get each piece of news once, and all get it") {
  const std::uint64_t seed = seed_for("push tree", 7);
  PushOptions options;
  options.nodes = 300;
  const PushFigures lossy = push_news(seed, options);
  CHECK(lossy.copies >= 1.0);
  CHECK(lossy.copies <= 1.15);
  CHECK(lossy.missed == 0);
  CHECK(lossy.grafts > 0);
  options.loss_per_mille = 0;
  const PushFigures whole = push_news(seed, options);
  CHECK(whole.copies == 1.0);
  CHECK(whole.most_hops <= 15);
  CHECK(whole.longest_ms < 1'000);
}

TEST_CASE(
    "four thousand nodes with six links that lose two frames in a hundred all get news once, over at most fifteen") {
  for (std::uint64_t seed = seed_for("great push tree", 1), end = seed + 2; seed < end; ++seed) {
    CAPTURE(seed);
    PushOptions options;
    options.broadcasts = 20;
    const PushFigures figures = push_news(seed, options);
    CHECK(figures.missed == 0);
    CHECK(figures.copies <= 1.15);
    CHECK(figures.most_hops <= 15);
  }
}

TEST_CASE("a tree whose links go down mends itself, without rounds as long as there is a way") {
  const std::uint64_t seed = seed_for("push tree cut", 8);
  PushOptions options;
  options.nodes = 300;
  options.loss_per_mille = 0;
  options.cut_percent = 10;
  const PushFigures cut = push_news(seed, options);
  CHECK(cut.missed == 0);
  CHECK(cut.copies <= 1.15);
  CHECK(cut.grafts > 0);
}

TEST_CASE("who lies about how far news has come keeps it from nobody, and brings nobody more of it") {
  const std::uint64_t seed = seed_for("push tree liars", 9);
  PushOptions options;
  options.nodes = 300;
  options.liar_percent = 20;
  const PushFigures figures = push_news(seed, options);
  CHECK(figures.missed == 0);
  CHECK(figures.copies <= 1.15);
  CHECK(figures.longest_ms <= 10'000);
}

TEST_CASE("a link is eager until what came over it had come already, and again when it is asked for more") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 3);
  CHECK(tree.is_eager(1, kOpen));
  CHECK(tree.came_again(1, kOpen, kRow));
  CHECK_FALSE(tree.is_eager(1, kOpen));
  CHECK(tree.is_eager(1, kMembers));
  // Who goes on pushing did not hear it.
  CHECK(tree.came_again(1, kOpen, kRow));
  tree.heard_graft(1, kOpen);
  CHECK(tree.is_eager(1, kOpen));
  tree.heard_prune(1, kOpen);
  CHECK_FALSE(tree.is_eager(1, kOpen));
  // As long as another link is eager what comes over a lazy one changes nothing.
  CHECK(comes(tree, 1, 1));
  CHECK_FALSE(tree.is_eager(1, kOpen));
  tree.heard_prune(2, kOpen);
  tree.heard_prune(3, kOpen);
  CHECK_FALSE(comes(tree, 1, 2));
  CHECK(tree.is_eager(1, kOpen));
  // A link that comes back begins anew.
  tree.heard_prune(1, kOpen);
  tree.link_down(1);
  tree.link_up(1);
  CHECK(tree.is_eager(1, kOpen));
}

TEST_CASE("with two links nothing is pruned from here") {
  SeededRng rng(1);
  PushTree tree(rng);
  tree.link_up(1);
  tree.link_up(2);
  CHECK_FALSE(tree.came_again(1, kOpen, kRow));
  CHECK(tree.is_eager(1, kOpen));
  tree.link_up(3);
  CHECK(tree.came_again(1, kOpen, kRow));
}

TEST_CASE("what was named is waited for, then asked of who named it first, then of the next") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 3);
  tree.heard_prune(2, kOpen);
  tree.heard_prune(3, kOpen);
  CHECK_FALSE(tree.next_ms());
  CHECK(tree.announced(2, kOpen, item_of(1), 1, 100));
  CHECK(tree.announced(3, kOpen, item_of(1), 1, 150));
  const auto due = tree.next_ms();
  REQUIRE(due);
  CHECK(*due >= 100 + PushTree::kWaitMs);
  CHECK(*due < 100 + 2 * PushTree::kWaitMs);
  CHECK(tree.to_graft(2, *due - 1).empty());
  CHECK(tree.to_graft(3, *due).empty());
  const auto first = tree.to_graft(2, *due);
  REQUIRE(first.size() == 1);
  CHECK(first.front().item == item_of(1));
  CHECK_FALSE(first.front().is_eager);
  CHECK(tree.to_graft(3, *due + PushTree::kAgainMs - 1).empty());
  CHECK(tree.to_graft(3, *due + PushTree::kAgainMs).size() == 1);
  tree.is_here(item_of(1));
  CHECK(tree.missed() == 0);
  CHECK_FALSE(tree.next_ms());
}

TEST_CASE("after an eager link went down the link that is asked turns eager at once, else after eight times in a row") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 3);
  CHECK_FALSE(comes(tree, 1, 1));
  tree.heard_prune(2, kOpen);
  const auto ask = [&](std::uint8_t item) {
    tree.announced(2, kOpen, item_of(item), 1, 0);
    const auto wanted = tree.to_graft(2, 2 * PushTree::kWaitMs);
    REQUIRE(wanted.size() == 1);
    CHECK_FALSE(comes(tree, 2, item));
    return wanted.front().is_eager;
  };
  for (std::uint8_t item = 2; item < 2 + PushTree::kAsksInARow; ++item) CHECK_FALSE(ask(item));
  CHECK_FALSE(tree.is_eager(2, kOpen));
  CHECK(ask(20));
  CHECK(tree.is_eager(2, kOpen));
  // Something that came of itself ends the row.
  tree.heard_prune(2, kOpen);
  CHECK_FALSE(comes(tree, 1, 21));
  CHECK_FALSE(ask(22));
  tree.link_down(1);
  CHECK(ask(23));
}

TEST_CASE("of several who named it the one with the fewest hops is asked first, then the others by hops and by turns") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 5);
  for (PushTree::Link link = 2; link <= 5; ++link) tree.heard_prune(link, kOpen);
  const std::map<PushTree::Link, std::uint32_t> hops{{2, 9}, {3, 4}, {4, 9}};
  for (const auto& [link, far] : hops) tree.announced(link, kOpen, item_of(1), far, 0);
  std::uint64_t now = tree.next_ms().value();
  const auto asked = [&] {
    std::vector<PushTree::Link> all;
    for (PushTree::Link link = 1; link <= 5; ++link) {
      if (!tree.to_graft(link, now).empty()) all.push_back(link);
    }
    now += PushTree::kAgainMs;
    return all;
  };
  CHECK(asked() == std::vector<PushTree::Link>{3});
  // Whoever says to be nearer now waits for its turn all the same: nobody stays first by saying so again.
  tree.announced(5, kOpen, item_of(1), 0, now);
  tree.announced(3, kOpen, item_of(1), 0, now);
  CHECK(asked() == std::vector<PushTree::Link>{2});
  CHECK(asked() == std::vector<PushTree::Link>{4});
  CHECK(asked() == std::vector<PushTree::Link>{3});
  CHECK(asked() == std::vector<PushTree::Link>{5});
  CHECK(asked() == std::vector<PushTree::Link>{2});
}

TEST_CASE("what was asked for, came over a lazy link, or came far, is passed on by its name; what comes next is not") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 4);
  tree.heard_prune(2, kOpen);
  CHECK_FALSE(comes(tree, 1, 1, 10));
  CHECK(tree.goes_whole(3, kOpen, 9));
  CHECK_FALSE(tree.goes_whole(2, kOpen, 9));
  SUBCASE("asked for") {
    tree.announced(2, kOpen, item_of(2), 1, 0);
    CHECK(tree.to_graft(2, 2 * PushTree::kWaitMs).size() == 1);
    CHECK_FALSE(comes(tree, 2, 2, 11));
  }
  SUBCASE("asked for, and then come as it should") {
    tree.announced(2, kOpen, item_of(2), 1, 0);
    CHECK(tree.to_graft(2, 2 * PushTree::kWaitMs).size() == 1);
    CHECK_FALSE(comes(tree, 1, 2, 11));
  }
  SUBCASE("over a lazy link") { CHECK(comes(tree, 2, 2, 11)); }
  SUBCASE("far") { CHECK_FALSE(comes(tree, 1, 2, 11, PushTree::kFarHops)); }
  CHECK_FALSE(tree.goes_whole(3, kOpen, 9));
  CHECK_FALSE(tree.goes_whole(3, kOpen, 10));
  CHECK(tree.goes_whole(3, kOpen, 11));
  // Of another circle it says nothing.
  CHECK(tree.goes_whole(3, kMembers, 9));
}

TEST_CASE("a second copy that comes the way it should prunes nothing when the first came aside") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 4);
  tree.heard_prune(2, kOpen);
  CHECK(comes(tree, 2, 1, 10));
  CHECK_FALSE(tree.came_again(1, kOpen, 10));
  CHECK(tree.is_eager(1, kOpen));
  CHECK(tree.came_again(2, kOpen, 10));
  // Of what came as it should a second copy does.
  CHECK_FALSE(comes(tree, 1, 2, 11));
  CHECK(tree.came_again(3, kOpen, 11));
  CHECK_FALSE(tree.is_eager(3, kOpen));
}

TEST_CASE("who is named an item over an eager link asks at once, and blames no link for it") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 3);
  tree.heard_prune(2, kOpen);
  for (std::uint8_t item = 1; item <= 2 * PushTree::kAsksInARow; ++item) {
    tree.announced(2, kOpen, item_of(item), 3, 100);
    CHECK(tree.to_graft(2, 100).empty());
    tree.announced(1, kOpen, item_of(item), 12, 101);
    const auto wanted = tree.to_graft(2, 101);
    REQUIRE(wanted.size() == 1);
    CHECK_FALSE(wanted.front().is_eager);
    CHECK_FALSE(comes(tree, 2, item, item));
  }
  CHECK_FALSE(tree.is_eager(2, kOpen));
  CHECK(tree.is_eager(1, kOpen));
}

TEST_CASE("hops are told of the last that came, up to a bound, whatever a peer says") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 2);
  CHECK(tree.hops_of(1) == 0);
  CHECK_FALSE(comes(tree, 1, 1, 1, UINT32_MAX));
  CHECK(tree.hops_of(1) == PushTree::kMostHops);
  CHECK_FALSE(comes(tree, 1, 2, 2, 3));
  CHECK(tree.hops_after(kOpen, 0) == PushTree::kMostHops);
  CHECK(tree.hops_after(kOpen, 1) == 3);
  CHECK(tree.hops_after(kMembers, 0) == 0);
  CHECK(tree.hops_after(kOpen, 2) == 0);
  for (std::size_t row = 3; row < 1 + PushTree::kMaxRemembered; ++row) {
    CHECK_FALSE(comes(tree, 1, 3, static_cast<PushTree::Row>(row), 2));
  }
  CHECK(tree.hops_of(1) == PushTree::kMostHops);
  CHECK_FALSE(comes(tree, 1, 3, 100'000, 2));
  CHECK(tree.hops_of(1) == 0);
  CHECK(tree.hops_of(2) == 3);
}

TEST_CASE("what is waited for has a bound, and so has who is asked for it; nobody left to ask is nothing to wait for") {
  SeededRng rng(1);
  PushTree tree(rng);
  link_up(tree, 20);
  const auto numbered = [](std::size_t number) {
    Short item;
    item.bytes[0] = static_cast<std::uint8_t>(number);
    item.bytes[1] = static_cast<std::uint8_t>(number >> 8U);
    return item;
  };
  for (std::size_t i = 0; i < PushTree::kMaxMissed; ++i) CHECK(tree.announced(1, kOpen, numbered(i), 1, 0));
  CHECK_FALSE(tree.announced(1, kOpen, numbered(PushTree::kMaxMissed), 1, 0));
  CHECK(tree.announced(2, kOpen, numbered(0), 1, 0));
  tree.link_down(1);
  CHECK(tree.missed() == 1);
  tree.link_down(2);
  CHECK(tree.missed() == 0);
}
