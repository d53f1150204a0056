// What is due (core/views/due_query.hpp) in a store that is damaged: whoever may miss nothing gets the damage, whoever
// may gets all that can be read and is told how much cannot. Nothing else is ever listed.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/views/due_query.hpp"
#include "core/views/schema_rows.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::int32_t kLongAfter = 40'000;  // in 2079
constexpr std::string_view kAfterDate = "{ after = \"tot\", days = 30 }";
constexpr std::string_view kAfterWrite = "{ after = \"last-write\", days = 30 }";

// Six loans, one of which is not over its date: two are shown, one has two dates that were written apart, and two were
// deleted.
struct HurtLoans {
  explicit HurtLoans(std::string_view keep) : world(17) {
    world.add("Noor");
    world.add("Sven");
    world.found(0, "Gereedschapsbank");
    world[0].ask<SchemaAnswer>(
        ExtendSchema{{},
                     "[[collection]]\nkey = \"uitleen\"\ntitle = \"wat\"\nkeep = " + std::string(keep) +
                         "\nfield = [ { key = \"wat\", type = \"text\" }, { key = \"tot\", type = \"date\" } ]\n",
                     false});
    for (const char* name : {"Boor", "Zaag", "Kist", "Ladder", "Trap"}) lend(name, "17-04-2027");
    lend("Pers", "17-04-2099");
    world.heal();
    set_date(0, "Kist", "18-04-2027");
    set_date(1, "Kist", "19-04-2027");
    world.heal();
    for (const char* name : {"Ladder", "Trap"}) {
      world[0].ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {name}, false});
    }
  }
  void lend(const std::string& name, const std::string& until) {
    const AddRecord add{{}, "uitleen", {{"wat", name}, {"tot", until}}};
    ids[name] = world[0].ask<RecordAnswer>(add).record.id;
  }
  void set_date(std::size_t who, const std::string& name, const std::string& until) {
    world[who].ask<RecordAnswer>(ChangeRecord{{}, "uitleen", {name}, {{"tot", until}}, {}, {}, {}});
  }

  SimWorld world;
  std::map<std::string, RecordId> ids;
};

// The store of Noor's, open to be hurt and made whole again.
struct HurtStore {
  explicit HurtStore(Connection& given)
      : db(given), space(all_spaces(db).value().back()), schema(load_schema(db, space.row).value()) {
    whole = query_due(db, space, schema, nullptr, kLongAfter).value();
  }
  [[nodiscard]] Result<std::vector<DueRow>> due(Missing* missing = nullptr) {
    return query_due(db, space, schema, nullptr, kLongAfter, missing);
  }
  [[nodiscard]] std::int64_t row_of(const RecordId& id) { return find_record(db, id, space.row).value().value(); }
  [[nodiscard]] std::vector<std::int64_t> numbers(const std::string& sql) {
    Statement find = db.prepare(sql).value();
    std::vector<std::int64_t> all;
    while (find.step().value()) all.push_back(find.integer(0));
    return all;
  }
  // Something must change by it.
  template <class Body>
  void while_hurt(const std::string& sql, const Body& body) {
    CAPTURE(sql);
    REQUIRE(db.execute("SAVEPOINT hurt"));
    REQUIRE(db.execute(sql));
    REQUIRE(db.changes() > 0);
    body();
    REQUIRE(db.execute("ROLLBACK TO hurt"));
    REQUIRE(db.execute("RELEASE hurt"));
  }
  // The records with these names cannot be read, and all others can.
  void check_lost(const std::set<std::string>& names, const std::string& sql) {
    CAPTURE(*names.begin());
    std::vector<DueRow> others = whole;
    REQUIRE(std::erase_if(others, [&](const DueRow& row) { return names.contains(row.title); }) == names.size());
    while_hurt(sql, [&] {
      const auto refused = due();
      REQUIRE_FALSE(refused);
      CHECK(refused.error().code == ErrorCode::record_damaged);
      CHECK(refused.error().fault == Fault::damage);
      Missing missing;
      const auto rest = due(&missing);
      REQUIRE(rest);
      CHECK(*rest == others);
      CHECK(missing.rows == names.size());
      CHECK(missing.details == 0);
    });
    CHECK(due().value() == whole);
  }

  Connection& db;
  SpaceRow space;
  Schema schema;
  std::vector<DueRow> whole;
};

std::string operations_of(std::int64_t record) {
  return " WHERE operation IN (SELECT operation FROM mutation WHERE record = " + std::to_string(record) + ")";
}

}  // namespace

TEST_CASE("one record that cannot be read fails the list, or is counted beside all others") {
  HurtLoans loans(kAfterDate);
  loans.world[0].from_below([&](Connection& db, const DeviceKeys&, Ingest&) {
    HurtStore store(db);
    REQUIRE(store.whole.size() == 5);
    for (const char* name : {"Boor", "Kist", "Ladder"}) {
      const std::string record = std::to_string(store.row_of(loans.ids[name]));
      store.check_lost({name}, "UPDATE record SET id = x'01' WHERE record = " + record);
      store.check_lost({name}, "UPDATE record SET id = x'' WHERE record = " + record);
    }
    for (const char* name : {"Boor", "Kist"}) {
      const std::string record = std::to_string(store.row_of(loans.ids[name]));
      store.check_lost({name}, "DELETE FROM record WHERE record = " + record);
    }
    // Of these the dates are read from what was written.
    for (const char* name : {"Kist", "Ladder", "Trap"}) {
      const std::string written = operations_of(store.row_of(loans.ids[name]));
      store.check_lost({name}, "UPDATE part SET bytes = substr(bytes, 1, length(bytes) - 1)" + written);
      store.check_lost({name}, "UPDATE part SET bytes = x'ff'" + written);
      store.check_lost({name}, "UPDATE operation SET id = substr(id, 2)" + written);
    }
  });
}

TEST_CASE("a last write that cannot be read is no reason to erase, and is told") {
  HurtLoans loans(kAfterWrite);
  loans.world[0].from_below([&](Connection& db, const DeviceKeys&, Ingest&) {
    HurtStore store(db);
    REQUIRE(store.whole.size() == 6);
    for (const char* name : {"Boor", "Pers", "Kist", "Ladder"}) {
      const std::string written = operations_of(store.row_of(loans.ids[name]));
      for (const char* column : {"header", "bones"}) {
        const std::string set = std::string("UPDATE operation SET ") + column + " = ";
        store.check_lost({name}, set + "x''" + written);
        store.check_lost({name}, set + "x'ff'" + written);
        store.check_lost({name}, set + "substr(" + column + ", 1, length(" + column + ") - 1)" + written);
      }
    }
    // Nor is it known what the next one of that device came behind, and so what was signed there.
    store.check_lost({"Boor", "Zaag"}, "DELETE FROM operation" + operations_of(store.row_of(loans.ids["Boor"])));
  });
}

TEST_CASE("whatever is cut short anywhere, only what is due is listed, and at least what is lacking is counted") {
  for (const std::string_view keep : {kAfterDate, kAfterWrite}) {
    HurtLoans loans(keep);
    loans.world[0].from_below([&](Connection& db, const DeviceKeys&, Ingest&) {
      HurtStore store(db);
      for (const auto& each_column : std::vector<std::pair<std::string, std::string>>{{"record", "id"},
                                                                                      {"operation", "id"},
                                                                                      {"operation", "header"},
                                                                                      {"operation", "bones"},
                                                                                      {"part", "bytes"},
                                                                                      {"device", "id"},
                                                                                      {"device", "person"},
                                                                                      {"circle", "id"}}) {
        const std::string& table = each_column.first;
        const std::string& column = each_column.second;
        const std::string key = table == "part" ? "operation" : table;
        std::size_t failed = 0;
        for (const std::int64_t row : store.numbers("SELECT DISTINCT " + key + " FROM " + table)) {
          const std::string cut = "UPDATE " + table + " SET " + column + " = substr(" + column + ", 2) WHERE " + key +
                                  " = " + std::to_string(row);
          store.while_hurt(cut, [&] {
            const auto strict = store.due();
            CHECK((strict ? *strict == store.whole : strict.error().fault == Fault::damage));
            Missing missing;
            const auto rest = store.due(&missing);
            REQUIRE(rest);
            CHECK(missing.any() == !strict);
            CHECK(rest->size() + missing.rows >= store.whole.size());
            CHECK(std::ranges::is_sorted(*rest, {}, [](const DueRow& each) { return each.until; }));
            for (const DueRow& each : *rest) CHECK(std::ranges::count(store.whole, each) == 1);
            failed += strict ? 0 : 1;
          });
        }
        // Where dates decide, what was written to most records is not read.
        const bool is_read = keep == kAfterWrite || table == "record" || table == "part" || table == "device" ||
                             (table == "operation" && column == "id");
        CAPTURE(table);
        CAPTURE(column);
        CHECK((failed > 0) == is_read);
      }
    });
  }
}
