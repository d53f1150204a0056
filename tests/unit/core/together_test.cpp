// Transactions that are one commit (Replica::together): each stands or falls by itself, and nobody hears of any before
// all are on the disk.
#include <doctest/doctest.h>

#include <functional>

#include "core/replica.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct GatheringLaptop {
  GatheringLaptop() : fake(11) {
    make_initiative(home.store(), fake.env());
    options.parent_vfs = vfs.name();
    open();
  }
  void open() {
    community.reset();
    auto opened = Community::open(home.store(), test_passphrase(), fake.env(), options);
    REQUIRE(opened);
    community = std::move(*opened);
    community->on_change([this](const Change& change) { told.push_back(change.records.size()); });
  }
  Result<Answer> add(const std::string& title) {
    AddTask task;
    task.title = title;
    return community->perform(task);
  }
  Status together(const std::function<void()>& body) { return community->replica().together(body); }
  std::string titles() {
    const auto answer = community->perform(ListTasks{});
    REQUIRE(answer);
    std::string all;
    for (const auto& card : std::get<Tasks>(*answer).tasks) all += card.title + " ";
    return all;
  }
  // As whoever reads beside the writer sees it.
  std::int64_t tasks_on_disk() {
    const auto reader = community->open_reader();
    REQUIRE(reader);
    auto count = (*reader)->prepare("SELECT count(*) FROM task");
    REQUIRE(count);
    REQUIRE(count->step());
    return count->integer(0);
  }
  std::uint64_t syncs(const std::function<void()>& of) {
    const std::uint64_t before = vfs.count(FileCall::sync);
    of();
    return vfs.count(FileCall::sync) - before;
  }

  TempHome home;
  FakeEnv fake;
  FaultVfs vfs;
  StoreOptions options = cheap_options();
  std::vector<std::size_t> told;  // how many records each change named
  std::unique_ptr<Community> community;
};

}  // namespace

TEST_CASE("acts that are one commit cost one flush, and are on the disk and told when all are done") {
  GatheringLaptop laptop;
  REQUIRE(laptop.add("Eerst"));  // the log begins with more than one
  laptop.told.clear();
  const std::uint64_t alone = laptop.syncs([&] { REQUIRE(laptop.add("Alleen")); });
  REQUIRE(laptop.told.size() == 1);
  laptop.told.clear();
  const std::uint64_t all = laptop.syncs([&] {
    const Status kept = laptop.together([&] {
      for (const char* title : {"Een", "Twee", "Drie"}) REQUIRE(laptop.add(title));
      CHECK(laptop.titles() == "Alleen Drie Een Eerst Twee ");  // the writer itself sees them
      CHECK(laptop.tasks_on_disk() == 2);
      CHECK(laptop.told.empty());
    });
    REQUIRE(kept);
  });
  CHECK(alone > 0);
  CHECK(all == alone);
  CHECK(laptop.tasks_on_disk() == 5);
  CHECK(laptop.told == std::vector<std::size_t>{3});
  laptop.open();
  CHECK(laptop.titles() == "Alleen Drie Een Eerst Twee ");
}

TEST_CASE("one within another is a part of that one") {
  GatheringLaptop laptop;
  const Status kept = laptop.together([&] {
    REQUIRE(laptop.add("Een"));
    REQUIRE(laptop.together([&] { REQUIRE(laptop.add("Twee")); }));
    CHECK(laptop.tasks_on_disk() == 0);
  });
  REQUIRE(kept);
  CHECK(laptop.tasks_on_disk() == 2);
  CHECK(laptop.told == std::vector<std::size_t>{2});
}

TEST_CASE("where nothing is written nothing is flushed or told") {
  GatheringLaptop laptop;
  CHECK(laptop.syncs([&] { REQUIRE(laptop.together([&] { CHECK(laptop.titles().empty()); })); }) == 0);
  CHECK(laptop.told.empty());
}

TEST_CASE("a disk that is full at the commit keeps nothing of it, tells nobody, and takes the next") {
  GatheringLaptop laptop;
  REQUIRE(laptop.add("Eerst"));
  laptop.told.clear();
  auto watched = laptop.community->watch(ListTasks{});
  REQUIRE(watched);
  const std::int64_t counter = laptop.community->replica().counter().value();
  const Status kept = laptop.together([&] {
    REQUIRE(laptop.add("Een"));
    REQUIRE(laptop.add("Twee"));
    REQUIRE(laptop.community->replica().spaces());
    laptop.vfs.fail({FileCall::write}, 1, kDiskFull, true);
  });
  REQUIRE(laptop.vfs.heal());
  REQUIRE_FALSE(kept);
  CHECK(kept.error().code == ErrorCode::disk_full);
  CHECK(laptop.told.empty());
  CHECK(laptop.titles() == "Eerst ");
  CHECK(laptop.community->replica().counter().value() == counter);
  const auto changes = watched->changes();
  REQUIRE(changes);
  CHECK_FALSE(*changes);

  // The numbers of what is gone are given again, to others.
  REQUIRE(laptop.add("Drie"));
  CHECK(laptop.titles() == "Drie Eerst ");
  laptop.open();
  CHECK(laptop.titles() == "Drie Eerst ");
  CHECK(laptop.community->perform(RunDoctor{}));
}

TEST_CASE("once a failure has rolled back all of it, what is asked after that in it fails with the same") {
  GatheringLaptop laptop;
  REQUIRE(laptop.add("Eerst"));
  // Read anew, so that the pages have to come from the disk.
  laptop.open();
  std::optional<ErrorCode> second;
  const Status kept = laptop.together([&] {
    REQUIRE(laptop.add("Een"));
    laptop.vfs.fail({FileCall::read}, 1, kReadFails);
    // Reads pages that nobody has read yet, until one fails.
    auto failed = laptop.community->perform(ListTasks{});
    for (int i = 0; i < 100 && failed; ++i) failed = laptop.add("Nog " + std::to_string(i));
    REQUIRE_FALSE(failed);
    const auto after = laptop.add("Twee");
    REQUIRE_FALSE(after);
    second = after.error().code;
  });
  REQUIRE(laptop.vfs.heal());
  REQUIRE_FALSE(kept);
  CHECK(kept.error().fault == Fault::machine);
  CHECK(second == kept.error().code);
  CHECK(laptop.titles() == "Eerst ");
}
