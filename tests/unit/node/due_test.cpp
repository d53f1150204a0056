// What is over its term of keeping (core/views/due_query.hpp): on which day, by which date, and the same everywhere.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "core/access/acts.hpp"
#include "core/base/cbor.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::size_t kCoordinator = 0, kHelper = 1;
constexpr std::int64_t kMsOfDay = std::int64_t{24} * 60 * 60 * 1000;

// With `keep` as its line; "tot" is what the tests mostly count from.
std::string loans(std::string_view keep) {
  return "[[collection]]\nkey = \"uitleen\"\nlabel = { nl = \"Uitleen\", en = \"Loans\" }\ntitle = \"wat\"\n" +
         std::string(keep) +
         "\nfield = [ { key = \"wat\", type = \"text\" }, { key = \"tot\", label = { nl = \"Tot en met\", en = "
         "\"Until\" }, type = \"date\", pick = \"min\" }, { key = \"bij\", type = \"text\" } ]\n";
}

std::int32_t day(int year, unsigned month, unsigned of_month) {
  const std::chrono::sys_days days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
  return static_cast<std::int32_t>(days.time_since_epoch().count());
}

// Noor coordinates, Sven helps; both have the collection.
struct Lenders {
  explicit Lenders(std::string_view keep, std::size_t people = 2) : world(31) {
    for (const char* name : {"Noor", "Sven"}) {
      if (world.size() < people) world.add(name);
    }
    world.found(kCoordinator, "Gereedschapsbank");
    extend(kCoordinator, loans(keep));
    world.heal();
  }
  void extend(std::size_t who, const std::string& file) { world[who].ask<SchemaAnswer>(ExtendSchema{{}, file, false}); }
  RecordId lend(const std::string& what, const std::string& until, std::size_t who = kCoordinator) {
    AddRecord add{{}, "uitleen", {{"wat", what}}};
    if (!until.empty()) add.fields.push_back({"tot", until});
    return world[who].ask<RecordAnswer>(add).record.id;
  }
  void change(std::size_t who, const RecordId& record, std::vector<FieldInput> set, std::vector<std::string> clear) {
    world[who].ask<RecordAnswer>(
        ChangeRecord{{}, "uitleen", {to_text(record)}, std::move(set), std::move(clear), {}, {}});
  }
  DueRecords due(std::int32_t today, std::size_t who = kCoordinator, std::optional<std::uint32_t> limit = {}) {
    return world[who].ask<DueRecords>(ListDue{{}, {}, today, limit});
  }
  std::vector<std::string> titles(std::int32_t today, std::size_t who = kCoordinator) {
    std::vector<std::string> all;
    for (const auto& row : due(today, who).rows) all.push_back(row.title);
    return all;
  }
  void check_equal(std::int32_t today) {
    CHECK(world[kHelper].dump() == world[kCoordinator].dump());
    CHECK(due(today, kHelper).rows == due(today, kCoordinator).rows);
    for (std::size_t i = 0; i < world.size(); ++i) CHECK(world[i].ask<DoctorAnswer>(RunDoctor{}).views_equal);
  }

  SimWorld world;
};

using Titles = std::vector<std::string>;
constexpr const char* kThirtyDays = "keep = { after = \"tot\", days = 30 }";

}  // namespace

TEST_CASE("a record is due on the day after its last day of keeping, with the reason") {
  Lenders it(kThirtyDays, 1);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  CHECK(it.titles(day(2027, 4, 17)).empty());
  CHECK(it.titles(day(2027, 5, 16)).empty());
  CHECK(it.titles(day(2027, 5, 17)).empty());
  const auto due = it.due(day(2027, 5, 18));
  CHECK(due.complete);
  REQUIRE(due.rows.size() == 1);
  const DueRow& row = due.rows.front();
  CHECK(row.id == drill);
  CHECK(row.title == "Boor");
  CHECK(row.collection == Label{"uitleen", "Uitleen", "Loans"});
  CHECK(row.keep == KeepModel{{"tot", "Tot en met", "Until"}, "days", 30});
  CHECK(row.from == day(2027, 4, 17));
  CHECK(row.until == day(2027, 5, 17));
  CHECK_FALSE(row.deleted);
  CHECK(it.world[kCoordinator].ask<SchemaAnswer>(ShowSchema{}).collections.back().keeps ==
        std::vector<KeepModel>{{{"tot", "Tot en met", "Until"}, "days", 30}});
}

TEST_CASE("months and years are those of the calendar, to the end of February") {
  Lenders month("keep = { after = \"tot\", months = 1 }", 1);
  month.lend("Januari", "31-01-2027");
  CHECK(month.titles(day(2027, 2, 28)).empty());
  CHECK(month.titles(day(2027, 3, 1)) == Titles{"Januari"});
  Lenders year("keep = { after = \"tot\", years = 1 }", 1);
  year.lend("Schrikkel", "29-02-2028");
  CHECK(year.titles(day(2029, 2, 28)).empty());
  CHECK(year.titles(day(2029, 3, 1)) == Titles{"Schrikkel"});
}

TEST_CASE("the longest due comes first, and a limit says that there is more") {
  Lenders it(kThirtyDays, 1);
  it.lend("Derde", "03-01-2027");
  it.lend("Eerste", "01-01-2027");
  it.lend("Tweede", "02-01-2027");
  const RecordId same = it.lend("Nog een tweede", "02-01-2027");
  const auto all = it.due(day(2028, 1, 1));
  REQUIRE(all.rows.size() == 4);
  CHECK(all.rows[0].title == "Eerste");
  CHECK(all.rows[3].title == "Derde");
  CHECK(all.rows[1].id < all.rows[2].id);
  CHECK((all.rows[1].id == same || all.rows[2].id == same));
  const auto some = it.due(day(2028, 1, 1), kCoordinator, 2);
  CHECK(some.rows.size() == 2);
  CHECK_FALSE(some.complete);
  CHECK(it.due(day(2028, 1, 1), kCoordinator, 4).complete);
  CHECK(it.due(day(2028, 1, 1), kCoordinator, 0).rows.empty());
}

TEST_CASE("one collection is asked for by its name, and one that is not there is not found") {
  Lenders it(kThirtyDays, 1);
  it.lend("Boor", "17-04-2027");
  CHECK(it.world[kCoordinator].ask<DueRecords>(ListDue{{}, "Loans", day(2028, 1, 1), {}}).rows.size() == 1);
  CHECK(it.world[kCoordinator].ask<DueRecords>(ListDue{{}, "task", day(2028, 1, 1), {}}).rows.empty());
  const auto missing = it.world[kCoordinator].community().perform(ListDue{{}, "zaden", day(2028, 1, 1), {}});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
}

TEST_CASE("without a day a record is kept, and the newest day is what counts") {
  Lenders it(kThirtyDays, 1);
  it.lend("Zonder dag", "");
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.change(kCoordinator, drill, {{"tot", "17-06-2027"}}, {});
  CHECK(it.titles(day(2027, 7, 17)).empty());
  CHECK(it.titles(day(2027, 7, 18)) == Titles{"Boor"});
  it.change(kCoordinator, drill, {}, {"tot"});
  CHECK(it.titles(day(2099, 1, 1)).empty());
}

TEST_CASE("of days that were written apart the latest counts, whatever shows meanwhile") {
  Lenders it(kThirtyDays);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.world.heal();
  it.change(kCoordinator, drill, {{"tot", "01-05-2027"}}, {});
  it.change(kHelper, drill, {{"tot", "01-08-2027"}}, {});
  it.world.heal();
  REQUIRE(it.world[kCoordinator].ask<Conflicts>(ListConflicts{}).rows.size() == 1);
  CHECK(it.titles(day(2027, 8, 1)).empty());  // the first of May shows, and would be over
  CHECK(it.titles(day(2027, 8, 31)).empty());
  CHECK(it.titles(day(2027, 9, 1)) == Titles{"Boor"});
  CHECK(it.due(day(2027, 9, 1)).rows.front().from == day(2027, 8, 1));
  it.check_equal(day(2027, 9, 1));
  it.world[kHelper].ask<RecordAnswer>(SettleConflict{{}, {to_text(drill)}, "tot", 1});
  it.world.heal();
  CHECK(it.titles(day(2027, 6, 1)) == Titles{"Boor"});
}

TEST_CASE("where one side of what was written apart is no day at all, nothing is proposed") {
  Lenders it(kThirtyDays);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.world.heal();
  it.change(kCoordinator, drill, {{"tot", "01-05-2027"}}, {});
  it.change(kHelper, drill, {}, {"tot"});
  it.world.heal();
  CHECK(it.titles(day(2099, 1, 1)).empty());
  it.check_equal(day(2099, 1, 1));
}

TEST_CASE("two writes of one day are one day, and a conflict of another field changes nothing") {
  Lenders it(kThirtyDays);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper}) {
    it.change(who, drill, {{"tot", "01-05-2027"}, {"bij", "bij " + std::to_string(who)}}, {});
  }
  it.world.heal();
  CHECK(it.titles(day(2027, 5, 31)).empty());
  CHECK(it.titles(day(2027, 6, 1)) == Titles{"Boor"});
}

TEST_CASE("what was deleted is due too and said to be deleted, and what was erased is not") {
  Lenders it(kThirtyDays);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.lend("Ladder", "18-04-2027");
  it.world[kCoordinator].ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {"Boor"}, false});
  it.world.heal();
  const auto due = it.due(day(2027, 6, 1), kHelper);
  REQUIRE(due.rows.size() == 2);
  CHECK(due.rows[0].id == drill);
  CHECK(due.rows[0].title == "Boor");
  CHECK(due.rows[0].deleted);
  CHECK_FALSE(due.rows[1].deleted);
  it.world[kCoordinator].ask<RecordAnswer>(EraseRecord{{}, "uitleen", {to_text(drill)}, true});
  it.world[kCoordinator].ask<RecordAnswer>(EraseRecord{{}, "uitleen", {"Ladder"}, true});
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper}) CHECK(it.titles(day(2099, 1, 1), who).empty());
  it.check_equal(day(2099, 1, 1));
}

TEST_CASE("what came back is no longer said to be deleted") {
  Lenders it(kThirtyDays, 1);
  const RecordId drill = it.lend("Boor", "17-04-2027");
  it.world[kCoordinator].ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {"Boor"}, false});
  it.world[kCoordinator].ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {to_text(drill)}, true});
  const auto due = it.due(day(2027, 6, 1));
  REQUIRE(due.rows.size() == 1);
  CHECK_FALSE(due.rows[0].deleted);
}

TEST_CASE("after the last write counts the latest moment that anybody told who wrote to it") {
  Lenders it("keep = { after = \"last-write\", days = 10 }");
  const auto set_day = [&](std::size_t who, std::int32_t at) {
    it.world[who].fake().clock.set_wall(std::int64_t{at} * kMsOfDay + 60'000);
  };
  set_day(kCoordinator, day(2027, 3, 1));
  const RecordId drill = it.lend("Boor", "");
  CHECK(it.titles(day(2027, 3, 11)).empty());
  CHECK(it.titles(day(2027, 3, 12)) == Titles{"Boor"});
  CHECK(it.due(day(2027, 3, 12)).rows.front().keep.after.key.empty());
  it.world.heal();
  // What is said later by a clock that is behind does not make it older.
  set_day(kHelper, day(2027, 2, 1));
  it.change(kHelper, drill, {{"bij", "Wil"}}, {});
  it.world.heal();
  CHECK(it.titles(day(2027, 3, 11)).empty());
  CHECK(it.titles(day(2027, 3, 12)) == Titles{"Boor"});
  set_day(kHelper, day(2027, 3, 20));
  it.change(kHelper, drill, {{"bij", "Iris"}}, {});
  it.world.heal();
  CHECK(it.titles(day(2027, 3, 30)).empty());
  CHECK(it.titles(day(2027, 3, 31)) == Titles{"Boor"});
  it.check_equal(day(2027, 3, 31));
  // Deleting is a write too.
  set_day(kCoordinator, day(2027, 4, 1));
  it.world[kCoordinator].ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {"Boor"}, false});
  CHECK(it.titles(day(2027, 4, 11)).empty());
  const auto due = it.due(day(2027, 4, 12));
  REQUIRE(due.rows.size() == 1);
  CHECK(due.rows.front().deleted);
}

TEST_CASE("terms that were added apart both hold, and every laptop lists the same") {
  Lenders it(kThirtyDays);
  it.lend("Boor", "17-04-2027");
  it.lend("Ladder", "01-03-2027");
  // A second laptop of Noor's, who coordinates.
  const std::size_t other = it.world.restore(kCoordinator, it.world[kCoordinator].back_up("kopie"));
  it.world[other].ask<CopyEnrolled>(it.world[other].words());
  it.world.heal();
  it.extend(kCoordinator, "[[extend]]\nkey = \"uitleen\"\nkeep = { after = \"tot\", days = 20 }\n");
  it.extend(other, "[[extend]]\nkey = \"uitleen\"\nkeep = { after = \"tot\", months = 1 }\n");
  it.extend(other, "[[extend]]\nkey = \"uitleen\"\nkeep = { after = \"tot\", days = 25 }\n");
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper, other}) {
    CHECK(it.titles(day(2027, 5, 7), who) == Titles{"Ladder"});
    CHECK(it.titles(day(2027, 5, 8), who) == Titles{"Ladder", "Boor"});
    CHECK(it.due(day(2027, 6, 1), who).rows.back().keep.count == 20);
    // Of those in days the shortest is told; a month may be shorter than none of them.
    CHECK(it.world[who].ask<SchemaAnswer>(ShowSchema{}).collections.back().keeps.size() == 2);
  }
  CHECK(it.world[other].dump() == it.world[kCoordinator].dump());
  it.check_equal(day(2027, 5, 8));
}

TEST_CASE("a term by somebody who does not coordinate counts for nobody, and bytes that are none change nothing") {
  Lenders it(kThirtyDays);
  it.lend("Boor", "17-04-2027");
  it.world.heal();
  const auto write = [&](std::size_t who, Bytes keeps) {
    CborWriter structure;  // the collection of tasks, with nothing new in it
    structure.raw(from_hex("8185010100f680").value());
    it.world[who].write_act(act::ExtendSchema{structure.take(), std::move(keeps)});
  };
  CborWriter short_term;
  short_term.raw(from_hex("81840103000a").value());  // tasks: ten days after their date
  it.world[kCoordinator].ask<TaskAdded>(AddTask{{}, "Heg", 1, day(2027, 1, 1), {}, {}, {}, {}});
  write(kHelper, short_term.view());
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper}) CHECK(it.titles(day(2027, 5, 1), who).empty());
  write(kCoordinator, Bytes{0x81});
  write(kCoordinator, Bytes{0x80});
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper}) CHECK(it.titles(day(2027, 5, 1), who).empty());
  write(kCoordinator, short_term.take());
  it.world.heal();
  for (const std::size_t who : {kCoordinator, kHelper}) {
    CHECK(it.titles(day(2027, 1, 11), who).empty());
    CHECK(it.titles(day(2027, 1, 12), who) == Titles{"Heg"});
  }
  it.check_equal(day(2027, 1, 12));
}

TEST_CASE("somebody who takes part is never proposed for erasing, and the status counts what a coordinator may erase") {
  Lenders it("keep = { after = \"last-write\", days = 1 }");
  it.extend(kCoordinator,
            "[[extend]]\nkey = \"principal\"\nhome = \"members\"\nkeep = { after = \"last-write\", days = "
            "1 }\n");
  it.lend("Boor", "");
  it.world.heal();
  const std::int32_t late = day(2099, 1, 1);
  CHECK(it.titles(late) == Titles{"Boor"});
  const auto of = [&](std::size_t who, std::optional<std::int32_t> today) {
    return it.world[who].ask<StatusAnswer>(ShowStatus{today}).initiatives.front().due;
  };
  CHECK(of(kCoordinator, late) == 1U);
  CHECK(of(kCoordinator, day(1990, 1, 1)) == 0U);
  CHECK_FALSE(of(kCoordinator, {}));
  CHECK_FALSE(of(kHelper, late));
}
