// The law of questions that stay asked: on laptops that act, meet, remove and rebuild at random, what a watched
// question tells of its changes, applied to what it answered before, is what the question answers now.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/property/law.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// A history is a village of laptops, so there are fewer of them than of other things.
constexpr const char* kUsual = "max_success=40 noshrink=1";

constexpr const char* kTools = R"([[collection]]
key = "gereedschap"
title = "naam"
field = [
  { key = "naam", type = "text" },
  { key = "stuks", type = "integer", pick = "min" },
  { key = "labels", type = "text", merge = "set" },
  { key = "waar", type = "record", of = "place" },
  { key = "wie", type = "person" },
]
[[extend]]
key = "task"
field = [ { key = "nodig", type = "record", of = "gereedschap", merge = "set" } ]
)";

// Apart from core's own apply(): by the words of core/live_query.hpp alone.
void apply_slowly(const LiveChanges& changes, std::vector<LiveRow>& rows) {
  const auto take_away = [&](const RecordId& id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const LiveRow& row) { return row.id == id; });
    RC_ASSERT(found != rows.end());
    rows.erase(found);
  };
  for (const auto& id : changes.removed) take_away(id);
  for (const auto& each : changes.changed) take_away(each.row.id);
  auto placed = changes.added;
  placed.insert(placed.end(), changes.changed.begin(), changes.changed.end());
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const auto& each : placed) {
    RC_ASSERT(each.at <= rows.size());
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(each.at), each.row);
  }
}

struct Watched {
  LiveQuery query;
  Watchable asked;  // names its one thing by its id
  std::vector<LiveRow> rows;
};

class History {
 public:
  explicit History(std::uint64_t seed) : world_(seed), watched_(3) {
    for (const char* name : {"Noor", "Sven", "Wil"}) world_.add(name);
    world_.found(0, "Gereedschapsbank");
    act(0, ExtendSchema{{}, kTools, false});
    for (std::size_t i = 0; i < 3; ++i) begin(i);
  }

  void step() {
    const auto laptop = static_cast<std::size_t>(draw(3));
    if (one_in(5)) {
      meet();
    } else if (one_in(40)) {
      close(0);
      world_[0].write_act(act::RemovePerson{world_[2].replica().keys().person, {}, {}});
      begin(0);
    } else if (one_in(25)) {
      close(laptop);
      world_[laptop].restart();
      begin(laptop);
    } else {
      act_on(laptop);
    }
    if (one_in(4)) add_one(laptop);
    for (std::size_t i = 0; i < 3; ++i) {
      for (auto& each : watched_[i]) {
        if (one_in(2)) look(i, each);
      }
    }
  }
  void look_at_all() {
    for (std::size_t i = 0; i < 3; ++i) {
      for (auto& each : watched_[i]) look(i, each);
    }
  }
  [[nodiscard]] std::uint64_t told() const { return told_; }
  [[nodiscard]] std::uint64_t spared() const { return spared_; }

 private:
  void watch(std::size_t laptop, Watchable query) {
    auto watched = world_[laptop].community().watch(query);
    if (!watched) return;
    Watched each{*std::move(watched), std::move(query), {}};
    each.rows = each.query.rows();
    watched_[laptop].push_back(std::move(each));
  }
  void close(std::size_t laptop) { watched_[laptop].clear(); }
  void begin(std::size_t laptop) {
    ListTasks all, few;
    all.all = true;
    few.limit = 2;
    ListRecords tools, ordered, tasks;
    tools.collection = ordered.collection = "gereedschap";
    ordered.order = "stuks";
    ordered.descending = true;
    ordered.skip = 1;
    tasks.collection = "task";
    for (const Watchable& each : {Watchable(ListTasks{}), Watchable(all), Watchable(few), Watchable(ListPlaces{}),
                                  Watchable(ListPeople{}), Watchable(tools), Watchable(ordered), Watchable(tasks)}) {
      watch(laptop, each);
    }
  }
  // One thing that there is now.
  void add_one(std::size_t laptop) {
    const auto pick = [&](const auto& things) { return things[static_cast<std::size_t>(draw(int(things.size())))].id; };
    const auto tasks = world_[laptop].ask<Tasks>(ListTasks{}).tasks;
    const auto places = world_[laptop].ask<Places>(ListPlaces{}).places;
    const auto tools = world_[laptop].community().perform(ListRecords{{}, "gereedschap", {}, {}, false, {}, 0});
    if (!tasks.empty()) watch(laptop, ShowTask{{}, {to_text(pick(tasks))}});
    if (!places.empty()) watch(laptop, ShowPlace{{}, {to_text(pick(places))}});
    if (!tools || std::get<Records>(*tools).records.empty()) return;
    watch(laptop, ShowRecord{{}, "gereedschap", {to_text(pick(std::get<Records>(*tools).records))}});
  }

  void look(std::size_t laptop, Watched& each) {
    const auto evaluations = each.query.evaluations();
    const auto changes = each.query.changes();
    // Two people may add a collection of one key apart, and then it has to be said which.
    if (!changes) RC_ASSERT(changes.error().fault == Fault::person);
    if (!changes) return;
    if (*changes) {
      RC_ASSERT((*changes)->any());
      auto fast = each.rows;
      apply(**changes, fast);
      apply_slowly(**changes, each.rows);
      RC_ASSERT(fast == each.rows);
      ++told_;
    }
    if (each.query.evaluations() == evaluations) ++spared_;
    RC_ASSERT(each.rows == each.query.rows());
    const auto now = world_[laptop].community().watch(each.asked);
    if (!now) RC_ASSERT(now.error().code == ErrorCode::not_found);
    RC_ASSERT(each.rows == (now ? now->rows() : std::vector<LiveRow>{}));
  }

  void act(std::size_t laptop, const Request& request) {
    const auto answer = world_[laptop].community().perform(request);
    RC_ASSERT(answer.has_value() || answer.error().fault == Fault::person);
  }
  std::string some(const std::string& word) { return word + " " + std::to_string(draw(5)); }

  void act_on(std::size_t laptop) {
    switch (draw(14)) {
      case 0:
      case 1: {
        AddTask task;
        task.title = some("Taak");
        if (one_in(2)) task.date = 20'000 + draw(4);
        if (one_in(3)) task.place = Naming{some("Plaats")};
        return act(laptop, task);
      }
      case 2:
      case 3: {
        EditTask edit;
        edit.task = {some("Taak")};
        if (one_in(2)) edit.title = some("Taak");
        if (one_in(2)) edit.date = 20'000 + draw(4);
        if (one_in(3)) edit.seats = 1 + static_cast<std::uint32_t>(draw(3));
        return act(laptop, edit);
      }
      case 4:
        return act(laptop, ClaimTask{{}, {some("Taak")}, 1, {}});
      case 5:
        return act(laptop, WithdrawClaim{{}, {some("Taak")}, {}});
      case 6:
        if (one_in(2)) return act(laptop, CancelTask{{}, {some("Taak")}, "regen"});
        return act(laptop, FinishTask{{}, {some("Taak")}});
      case 7: {
        AddPlace place;
        place.title = some("Plaats");
        return act(laptop, place);
      }
      case 8:
      case 9:
        return act(laptop, AddRecord{{},
                                     "gereedschap",
                                     {{"naam", some("Ding")}, {"stuks", std::to_string(draw(9))}, {"wie", "Sven"}}});
      case 10: {
        ChangeRecord change;
        change.collection = one_in(3) ? "place" : "gereedschap";
        change.record = {some(change.collection == "place" ? "Plaats" : "Ding")};
        if (change.collection == "place") change.set = {{"title", some("Plaats")}};
        if (change.collection != "place" && one_in(2)) change.set = {{"waar", some("Plaats")}};
        if (change.collection != "place") change.add = {{"labels", some("label")}};
        return act(laptop, change);
      }
      case 11:
        if (one_in(3)) return act(laptop, DeleteRecord{{}, "task", {some("Taak")}, false});
        return act(laptop, DeleteRecord{{}, "gereedschap", {some("Ding")}, false});
      case 12:
        return act(laptop, UndoAct{});
      default: {
        if (one_in(3)) return act(laptop, RunDoctor{true});
        const std::string key = "veld" + std::to_string(draw(3));
        if (one_in(2)) {
          const std::string more =
              "[[extend]]\nkey = \"gereedschap\"\nfield = [ { key = \"" + key + "\", type = \"text\" } ]\n";
          return act(laptop, ExtendSchema{{}, more, false});
        }
        ImportFile people;
        people.file_name = "mensen.csv";
        const std::string rows = "naam,rol\n" + some("Kaart") + ",helpt\n";
        people.contents = to_bytes(view(rows));
        return act(laptop, people);
      }
    }
  }
  void meet() {
    const auto a = static_cast<std::size_t>(draw(3));
    world_.meet(a, (a + 1 + static_cast<std::size_t>(draw(2))) % 3);
    world_.forget_links();
  }

  SimWorld world_;
  std::vector<std::vector<Watched>> watched_;
  std::uint64_t told_ = 0, spared_ = 0;
};

}  // namespace

TEST_CASE("the changes that a watched question tells, applied to its last answer, give its present answer") {
  std::uint64_t told = 0, spared = 0;
  const auto property = [&] {
    History history(*rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
    for (int i = 30; i > 0; --i) history.step();
    history.look_at_all();
    told += history.told();
    spared += history.spared();
  };
  CHECK(law("live", property, kUsual));
  MESSAGE("told ", told, " times, spared ", spared, " evaluations");
  CHECK(told > 0);
  CHECK(spared > 0);
}
