// Nodes that are all linked with each other: news goes along a tree, and over the others by its name.
#include "tests/unit/node/village.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kNodes = 6;

struct Mesh {
  Mesh() : village(71) {
    for (std::size_t i = 0; i < kNodes; ++i) village.add("Buur " + std::to_string(i + 1));
    village.start(0);
    village.listen(0);
    for (std::size_t i = 1; i < kNodes; ++i) village.start(i);
    village.found(0, {1, 2, 3, 4, 5});
    for (std::size_t i = 1; i < kNodes; ++i) village.listen(i);
    for (std::size_t i = 0; i < kNodes; ++i) village.look_around(i);
    village.pass(90'000);
    for (std::size_t i = 0; i < kNodes; ++i) {
      REQUIRE(village.node(i).level_links() == kNodes - 1);
    }
  }
  // So many tasks, each by the next laptop; how many times a segment was sent for them.
  std::size_t write(int count) {
    const std::size_t before = segments();
    for (int i = 0; i < count; ++i) {
      village.add_task(static_cast<std::size_t>(i) % kNodes, "Taak " + std::to_string(written_++));
      village.pass(3'000);
    }
    return segments() - before;
  }
  std::size_t segments() {
    std::size_t all = 0;
    for (std::size_t i = 0; i < kNodes; ++i) all += village.network(i).segments;
    return all;
  }
  Village village;

 private:
  int written_ = 0;
};

}  // namespace

TEST_CASE("among six laptops that are all linked a task is sent whole five times, not fifteen") {
  Mesh mesh;
  mesh.write(12);
  const std::size_t sent = mesh.write(12);
  MESSAGE("12 tasks for 5 others each: sent whole ", sent, " times");
  CHECK(sent >= 12 * (kNodes - 1));
  CHECK(sent <= 12 * (kNodes - 1) * 115 / 100);
  for (std::size_t i = 1; i < kNodes; ++i) CHECK(mesh.village.same(0, i));
  for (std::size_t i = 0; i < kNodes; ++i) CHECK(mesh.village.node(i).level_links() == kNodes - 1);
}

TEST_CASE("a pushed segment tells over how many links it went: some over two, none over more than there are laptops") {
  Mesh mesh;
  mesh.write(12);
  for (std::size_t i = 0; i < kNodes; ++i) mesh.village.network(i).most_hops = 0;
  mesh.write(12);
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < kNodes; ++i) most = std::max(most, mesh.village.network(i).most_hops);
  CHECK(most >= 2);
  CHECK(most < kNodes);
}

TEST_CASE("when a laptop goes, whoever got its news from there asks the others, and soon is told without asking") {
  Mesh mesh;
  mesh.write(12);
  mesh.village.stop(0);
  mesh.village.add_task(1, "Na het vertrek");
  mesh.village.pass(5'000);
  for (std::size_t i = 2; i < kNodes; ++i) CHECK(mesh.village.same(1, i));
  mesh.village.add_task(3, "Nog een");
  mesh.village.pass(5'000);
  for (std::size_t i = 2; i < kNodes; ++i) CHECK(mesh.village.same(1, i));
}
