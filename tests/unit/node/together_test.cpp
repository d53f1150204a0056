// Frames that come at the same time are one commit of the node that takes them (N5).
#include "tests/unit/node/damaged_laptop.hpp"
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

// Noor's laptop and Piet's belong to one initiative, and are apart.
struct Burst : Village {
  explicit Burst(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")) {
    for (const std::size_t each : {noor, piet}) start(each);
    address = listen(noor);
    found(noor, {piet});
    settle();
    CHECK(same(noor, piet));
    stop(piet);
    settle();
  }
  // Long words that pack well: a frame holds what can be taken at once, so there are several, and all are small.
  void write(std::size_t laptop, int tasks) {
    for (int i = 0; i < tasks; ++i) world[laptop].add_task("Taak " + std::to_string(i) + std::string(150, 'x'));
  }
  void meet() {
    start(piet);
    pass(60'000);
  }
  std::size_t noor, piet;
  std::string address;
};

}  // namespace

TEST_CASE("what came in many frames at the same time is told and flushed once") {
  Burst two(81);
  two.write(two.noor, 600);
  std::size_t changes = 0;
  two.world[two.piet].community().on_change([&](const Change&) { ++changes; });
  const std::size_t before = two.network(two.noor).segments;
  two.meet();
  CHECK(two.same(two.noor, two.piet));
  const std::size_t frames = two.network(two.noor).segments - before;
  MESSAGE(frames, " frames with operations, ", changes, " changes told");
  CHECK(frames >= 6);
  CHECK(changes * 2 <= frames);
}

TEST_CASE("whatever page is damaged, it ends links and never the node, and all is there once it is made whole") {
  Burst two(82);
  two.write(two.piet, 40);
  two.meet();
  REQUIRE(two.same(two.noor, two.piet));
  two.stop(two.piet);
  SimLaptop& piet = two.world[two.piet];
  const std::string image = take_image(piet);
  const auto owners = owners_of_pages(piet);
  two.write(two.noor, 200);
  int ended = 0;
  for (const auto& each : owners) {
    const std::string& owner = each.second;
    // Those do not open; and every second page is enough.
    if (owner == "sqlite_schema" || owner == "local" || each.first % 2 == 0) continue;
    CAPTURE(each.first);
    CAPTURE(owner);
    put_image(piet, with_damage(image, each.first));
    Replica& replica = piet.community().replica();
    if (!replica.known_devices() || !replica.addresses() || !replica.counter()) continue;  // no node begins without
    two.meet();
    const bool is_level = two.node(two.noor).level_links() == 1;
    two.stop(two.piet);
    if (is_level) continue;
    ++ended;
    if (!piet.ask<DoctorAnswer>(RunDoctor{true}).pages_rewritten) continue;
    piet.restart();
    two.meet();
    two.pass(600'000);
    CHECK(two.same(two.noor, two.piet));
    two.stop(two.piet);
  }
  MESSAGE(ended, " of ", owners.size(), " pages kept a link from its end");
  CHECK(ended > 5);
}

}  // namespace kiem::test
