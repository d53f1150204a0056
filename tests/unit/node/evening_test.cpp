// Story 1, as far as it is about meeting: an evening of six initiatives without internet, on a network that keeps its
// guests apart, on a hotspot that takes four, with a connection that drops. Six nodes, one thread.
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

constexpr int kHotspot = 2;
constexpr int kSamirasTasks = 120;
constexpr std::int64_t kThreeHoursMs = 3LL * 3600 * 1000;

struct Evening : Village {
  explicit Evening(std::uint64_t seed) : Village(seed) {
    for (const char* name : {"Oksana", "Fatma", "Youssef", "Ineke", "Samira", "Henk"}) add(name);
    // Whoever was at the meeting before is in; Fatma was not.
    for (const std::size_t each : {oksana, youssef, ineke, samira, henk}) start(each);
    listen(oksana);
    found(oksana, {youssef, ineke, samira, henk});
    add_task(oksana, "Zaal boeken");
    settle();
    for (const std::size_t each : {oksana, youssef, ineke, samira, henk}) stop(each);
    work_at_home();
    // Half past seven: everybody is in the same room.
    for (std::size_t each = 0; each < world.size(); ++each) {
      start(each);
      listen(each);
      look_around(each).is_isolated = true;
      network(each).online = false;
    }
  }

  void work_at_home() {
    world[youssef].fake().clock.set_wall(world[ineke].fake().clock.wall().ms - kThreeHoursMs);
    for (int i = 0; i < kSamirasTasks; ++i) {
      AddTask task;
      task.title = "Samira " + std::to_string(i);
      task.note = std::string(900, static_cast<char>('a' + i % 26));
      world[samira].ask<TaskAdded>(task);
    }
    world[samira].ask<TaskChanged>(CancelTask{{}, {"Samira 3"}, "Het regent."});
    world[henk].claim("Zaal boeken");
    world[ineke].add_task("Tuin Merel 7");
  }

  void share_hotspot(std::initializer_list<std::size_t> who) {
    for (const std::size_t each : who) {
      datagrams(each).is_isolated = false;
      datagrams(each).move_to(kHotspot);
      network(each).online = true;
    }
  }
  std::vector<std::string> seen_by(std::size_t laptop) {
    std::vector<std::string> names;
    for (const auto& each : done<Surroundings>(laptop, LookAround{}).neighbours) {
      names.push_back(each.person ? each.person->name : "?");
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  TaskDetail task(std::size_t laptop, const std::string& title) {
    return world[laptop].ask<TaskDetail>(ShowTask{{}, {title}});
  }
  bool knows(std::size_t laptop, const std::string& title) {
    const auto answer = world[laptop].community().perform(ShowTask{{}, {title}});
    return answer.has_value();
  }

  // Fatma types the code that Oksana's screen shows; both see the same four words and say so.
  void let_fatma_in() {
    const std::string code = done<PairingOpened>(oksana, OpenPairing{}).code;
    std::optional<PairingShown> at_oksana, at_fatma;
    const auto into = [](std::optional<PairingShown>& shown) {
      return [&shown](Result<NodeAnswer> given) {
        REQUIRE(given.has_value());
        shown = std::get<PairingShown>(*given);
      };
    };
    node(oksana).ask(AwaitPairing{}, into(at_oksana));
    node(fatma).ask(PairWith{code}, into(at_fatma));
    pass(2'000);
    REQUIRE((at_oksana && at_fatma));
    CHECK(at_oksana->words == at_fatma->words);
    CHECK(world[fatma].ask<StatusAnswer>(ShowStatus{}).initiatives.empty());  // nothing flowed yet
    bool is_in = false;
    node(oksana).ask(AnswerPairing{true}, [](Result<NodeAnswer> given) { CHECK(given.has_value()); });
    node(fatma).ask(AnswerPairing{true}, [&](Result<NodeAnswer> given) {
      is_in = given && std::holds_alternative<InitiativeJoined>(*given);
    });
    pass(5'000);
    CHECK(is_in);
  }

  static constexpr std::size_t oksana = 0, fatma = 1, youssef = 2, ineke = 3, samira = 4, henk = 5;
};

}  // namespace

TEST_CASE("a network that keeps its guests apart: nobody is found, and each hears that it does hear itself") {
  Evening evening(71);
  for (const std::size_t each : {Evening::oksana, Evening::youssef, Evening::ineke, Evening::samira, Evening::henk}) {
    const auto around = evening.done<Surroundings>(each, LookAround{});
    CHECK(around.looks);
    CHECK(around.neighbours.empty());
    CHECK(around.own > 0);
    CHECK(around.foreign == 0);
  }
}

TEST_CASE("an evening of six initiatives ends with the same on all six laptops") {
  Evening evening(72);
  auto& world = evening.world;
  evening.pass(30'000);
  CHECK(evening.seen_by(Evening::oksana).empty());

  // Oksana's hotspot takes four. Fatma comes in by the code of a neighbour's laptop.
  evening.share_hotspot({Evening::oksana, Evening::fatma, Evening::youssef, Evening::ineke});
  evening.let_fatma_in();
  evening.pass(10'000);
  CHECK(evening.seen_by(Evening::oksana) == std::vector<std::string>{"Fatma", "Ineke", "Youssef"});
  CHECK(evening.same(Evening::oksana, Evening::ineke));
  CHECK(evening.same(Evening::oksana, Evening::youssef));
  CHECK(evening.knows(Evening::fatma, "Tuin Merel 7"));
  CHECK_FALSE(evening.knows(Evening::fatma, "Samira 0"));

  // Samira is outside of the hotspot and calls an address; what is urgent is there first, and after six tenths the
  // connection is gone for forty seconds.
  auto& line = evening.network(Evening::samira);
  const auto address = evening.node(Evening::oksana).addresses();
  REQUIRE_FALSE(address.empty());
  std::size_t whole_frames = 0, whole_bytes = 0;
  {
    Evening calm(72);
    for (const std::size_t each : {Evening::oksana, Evening::samira}) calm.network(each).online = true;
    const auto& calm_line = calm.network(Evening::samira);
    const std::size_t frames = calm_line.frames, bytes = calm_line.bytes;
    calm.done<Synced>(Evening::samira, SyncWith{to_text(calm.node(Evening::oksana).addresses().front()), {}});
    whole_frames = calm_line.frames - frames;
    whole_bytes = calm_line.bytes - bytes;
    CHECK(calm.knows(Evening::oksana, "Samira 0"));
  }
  line.online = true;
  line.breaks_after = whole_frames * 6 / 10;
  const std::size_t before = line.bytes;
  evening.node(Evening::samira).ask(SyncWith{to_text(address.front()), {}}, [](const Result<NodeAnswer>&) {});
  evening.pass(40'000);
  CHECK_FALSE(line.online);
  CHECK_FALSE(evening.same(Evening::oksana, Evening::samira));
  line.online = true;
  evening.pass(180'000);
  CHECK(evening.node(Evening::samira).level_links() > 0);
  CHECK(evening.same(Evening::oksana, Evening::samira));
  // What had arrived is not sent again, but for what the break went through.
  CHECK(line.bytes - before < whole_bytes + whole_bytes / 10 + kMaxFrameBytes);
  CHECK(evening.task(Evening::ineke, "Samira 3").card.state == TaskState::cancelled);

  // Youssef's clock is three hours slow. He answers what Ineke wrote, and that stays the order, for all.
  EditTask edit;
  edit.task = {"Tuin Merel 7"};
  edit.note = "Ineke: wie heeft er een ladder?";
  world[Evening::ineke].ask<TaskChanged>(edit);
  evening.pass(2'000);
  REQUIRE(evening.task(Evening::youssef, "Tuin Merel 7").card.note == *edit.note);
  edit.note = "Youssef: ik.";
  world[Evening::youssef].ask<TaskChanged>(edit);
  evening.pass(2'000);
  CHECK(world[Evening::youssef].fake().clock.wall().ms < world[Evening::ineke].fake().clock.wall().ms);

  // Henk was the second outside of the hotspot. A quarter to ten: everything is everywhere.
  evening.network(Evening::henk).online = true;
  evening.done<Synced>(Evening::henk, SyncWith{to_text(address.front()), {}});
  evening.pass(60'000);
  for (std::size_t each = 0; each < world.size(); ++each) {
    CAPTURE(world[each].name());
    CHECK(evening.same(Evening::oksana, each));
    const auto merel = evening.task(each, "Tuin Merel 7");
    CHECK(merel.card.note == *edit.note);
    CHECK(merel.conflicts.empty());
    CHECK(world[each].claims("Zaal boeken").size() == 1);
    const auto status = world[each].ask<StatusAnswer>(ShowStatus{});
    REQUIRE(status.initiatives.size() == 1);
    CHECK(status.initiatives.front().only_here == 0);
    CHECK(status.initiatives.front().open_tasks == kSamirasTasks - 1 + 2);
    CHECK_FALSE(status.initiatives.front().meetings.empty());
  }

  // The next day at home, alone: nothing is left to be done, and work goes on.
  for (std::size_t each = 0; each < world.size(); ++each) {
    evening.stop(each);
    CHECK(world[each].ask<DoctorAnswer>(RunDoctor{}).healthy());
    world[each].add_task("Van " + world[each].name());
  }
}

}  // namespace kiem::test
