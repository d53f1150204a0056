// What the doctor finds, what it leaves alone and what it mends.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Patient {
  Patient() : fake(11) {
    make_initiative(home.store(), fake.env());
    const auto community = open();
    for (const char* const title : {"Heg knippen", "Harken", "Gieten"}) {
      AddTask task;
      task.title = title;
      REQUIRE(community->perform(task));
    }
    REQUIRE(community->perform(ClaimTask{{}, {"Harken"}, 1, {}}));
  }
  std::unique_ptr<Community> open() {
    auto opened = Community::open(home.store(), test_passphrase(), fake.env(), cheap_options());
    REQUIRE(opened);
    return std::move(*opened);
  }
  // Below the façade and past the log, as a bug would.
  void harm(const char* sql) {
    auto store = Store::open(home.store(), test_passphrase(), fake.env(), cheap_options());
    REQUIRE(store);
    REQUIRE((*store)->writer().execute(sql));
  }
  DoctorAnswer examine(bool repair = false) {
    auto answer = open()->perform(RunDoctor{repair});
    REQUIRE(answer);
    return std::get<DoctorAnswer>(*answer);
  }

  TempHome home;
  FakeEnv fake;
};

std::int64_t titled(Community& community, const char* title) {
  auto answer = community.perform(ListTasks{});
  REQUIRE(answer);
  const auto& tasks = std::get<Tasks>(*answer).tasks;
  return std::count_if(tasks.begin(), tasks.end(), [&](const TaskCard& card) { return card.title == title; });
}

}  // namespace

TEST_CASE("a healthy store is told as one, with what opens it and how much room there is") {
  Patient patient;
  const auto answer = patient.examine();
  CHECK_MESSAGE(answer.healthy(), answer.first_difference);
  CHECK(answer.operations >= 6);
  CHECK(answer.records >= 4);
  CHECK(answer.recovery_words);
  CHECK(answer.store_bytes > 8192);
  CHECK(answer.free_bytes > 0);
  CHECK_FALSE(answer.views_repaired);
  const auto repaired = patient.examine(true);
  CHECK(repaired.healthy());
  CHECK_FALSE(repaired.views_repaired);
}

TEST_CASE("views that do not follow from the log are named, left alone, and made anew when asked") {
  for (const char* const sql : {"UPDATE task SET title = 'Niets doen' WHERE title = 'Harken'",
                                "DELETE FROM task WHERE title = 'Harken'", "UPDATE claim SET position = 7"}) {
    CAPTURE(sql);
    Patient patient;
    patient.harm(sql);
    const auto found = patient.examine();
    CHECK_FALSE(found.healthy());
    CHECK_FALSE(found.views_equal);
    CHECK_FALSE(found.first_difference.empty());
    CHECK(found.damaged_operations == 0);
    CHECK(found.damaged_pages.empty());
    // It looked and did not touch.
    CHECK(patient.examine().first_difference == found.first_difference);
    const auto repaired = patient.examine(true);
    CHECK(repaired.healthy());
    CHECK(repaired.views_repaired);
    CHECK(repaired.first_difference == found.first_difference);
    const auto after = patient.examine();
    CHECK(after.healthy());
    CHECK(after.views_equal);
    CHECK(titled(*patient.open(), "Harken") == 1);
  }
}

TEST_CASE(
    "an operation whose bytes, chain or signature do not hold is counted, and with repair given up and asked for") {
  const char* const last = "(SELECT max(operation) FROM operation)";
  for (const std::string& sql :
       {std::string("UPDATE operation SET bones = zeroblob(40) WHERE operation = ") + last,
        std::string("UPDATE operation SET header = zeroblob(3) WHERE operation = ") + last,
        std::string("UPDATE operation SET signature = zeroblob(64) WHERE operation = ") + last,
        std::string("UPDATE operation SET signature = NULL WHERE operation = ") + last,
        std::string("UPDATE part SET bytes = zeroblob(length(bytes)) WHERE operation = ") + last,
        std::string("UPDATE operation SET seq = seq + 1 WHERE operation = ") + last}) {
    CAPTURE(sql);
    Patient patient;
    patient.harm(sql.c_str());
    patient.harm("UPDATE task SET title = 'Niets doen' WHERE title = 'Harken'");
    const auto found = patient.examine();
    CHECK_FALSE(found.healthy());
    CHECK(found.damaged_operations >= 1);
    CHECK_FALSE(found.views_repaired);
    CHECK(titled(*patient.open(), "Niets doen") == 1);
    const auto mended = patient.examine(true);
    CHECK_FALSE(mended.healthy());
    CHECK(mended.damaged_operations == 0);
    CHECK(mended.lost_operations == 1);
    CHECK(mended.views_repaired);
    CHECK_FALSE(mended.pages_rewritten);
    CHECK(titled(*patient.open(), "Niets doen") == 0);
    CHECK(titled(*patient.open(), "Harken") == 1);
    CHECK(patient.examine(true).lost_operations == 1);
  }
}

TEST_CASE("every damaged page is named by its number, and the other looks are tried beside it") {
  Patient patient;
  const auto path = patient.home.store() / "store.kiem";
  const auto size = static_cast<std::uint64_t>(std::filesystem::file_size(path));
  const auto flip = [&](std::uint64_t at) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 1));
    REQUIRE(file.good());
  };
  std::size_t opened = 0, compared = 0, lost = 0;
  for (std::uint32_t page = 1; 8192 + std::uint64_t{page} * 4096 <= size; ++page) {
    CAPTURE(page);
    const std::uint64_t at = 8192 + (page - 1ULL) * 4096 + 321;
    flip(at);
    auto community = Community::open(patient.home.store(), test_passphrase(), patient.fake.env(), cheap_options());
    if (community) {
      ++opened;
      const auto answer = (*community)->perform(RunDoctor{});
      REQUIRE(answer);
      const auto& found = std::get<DoctorAnswer>(*answer);
      CHECK(found.damaged_pages == std::vector<std::uint32_t>{page});
      CHECK_FALSE(found.healthy());
      CHECK_FALSE(found.views_repaired);
      compared += found.views_compared ? 1 : 0;
      lost += found.damaged_operations > 0 ? 1 : 0;
      community->reset();
    } else {
      // Without the schema or the device's own keys nothing opens; that is said as damage too.
      CHECK(community.error().fault == Fault::damage);
    }
    flip(at);
  }
  CHECK(opened > 10);
  CHECK(compared > 0);
  CHECK(compared < opened);
  CHECK(lost > 0);
  CHECK(patient.examine().healthy());
}

TEST_CASE("whoever looks on is told how far it is, and may stop it") {
  Patient patient;
  const auto community = patient.open();
  for (int i = 0; i < 200; ++i) {
    AddTask task;
    task.title = "Taak " + std::to_string(i);
    REQUIRE(community->perform(task));
  }
  int asked = 0;
  const auto whole = community->examine({}, [&](std::uint64_t done, std::uint64_t of) {
    CHECK(done <= of);
    ++asked;
    return true;
  });
  REQUIRE(whole);
  CHECK(whole->healthy());
  CHECK(asked > 2);
  for (int stop_at = 1; stop_at <= asked; ++stop_at) {
    int left = stop_at;
    const auto stopped = community->examine({}, [&](std::uint64_t, std::uint64_t) { return --left > 0; });
    REQUIRE(stopped);
    CHECK(stopped->stopped);
    CHECK_FALSE(stopped->healthy());
  }
}
