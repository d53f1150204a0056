#include "core/store/store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "tests/unit/store/home.hpp"

using namespace kiem;
using namespace kiem::test;

TEST_CASE("what was committed is there after closing and opening with the same passphrase") {
  TempHome home;
  FakeEnv env;
  {
    auto store = make_store(home.path(), env);
    add_notes(store->writer(), 3, "hallo");
  }
  CHECK_FALSE(std::filesystem::exists(log_of(home.path())));
  auto store = open_store(home.path(), env);
  REQUIRE(store);
  CHECK(count_rows((*store)->writer()) == 3);
  CHECK((*store)->home() == home.path());
  const auto damaged = (*store)->damaged_pages();
  REQUIRE(damaged);
  CHECK(damaged->empty());
  CHECK(env.log.lines.empty());
}

TEST_CASE("a key file opens what it made and no passphrase does") {
  TempHome home;
  FakeEnv env;
  const auto key = SecretBytes::random(32, env.rng);
  const auto key_file = [&] { return Unlock(KeyFile{key.clone()}); };
  { REQUIRE(Store::create(home.path(), key_file(), env.env(), cheap())); }
  CHECK(Store::open(home.path(), key_file(), env.env(), cheap()));
  CHECK(code_of(open_store(home.path(), env)) == ErrorCode::no_slot_opens);
  for (const std::size_t size : {0U, 31U, 33U}) {
    CHECK(code_of(Store::open(home.path(), KeyFile{SecretBytes(size)}, env.env(), cheap())) ==
          ErrorCode::no_slot_opens);
  }
  const auto kinds = slot_kinds(home.path());
  REQUIRE(kinds);
  CHECK(kinds->key_file);
  CHECK_FALSE(kinds->passphrase);
}

TEST_CASE("another passphrase, also an empty or an endless one, opens nothing and changes no byte") {
  TempHome home;
  FakeEnv env;
  { make_store(home.path(), env); }
  const auto before = read_all(database_of(home.path()));
  const std::string endless(1 << 20, 'a');
  const std::string with_nul("zon en regen\0", 13);
  for (const std::string_view wrong : {std::string_view("Zon en regen"), std::string_view(""),
                                       std::string_view(endless), std::string_view(with_nul)}) {
    CHECK(code_of(Store::open(home.path(), words(wrong), env.env(), cheap())) == ErrorCode::no_slot_opens);
  }
  CHECK(read_all(database_of(home.path())) == before);
  const auto kinds = slot_kinds(home.path());
  REQUIRE(kinds);
  CHECK(kinds->passphrase);
}

TEST_CASE("a home without a store is told apart from a store that cannot be opened") {
  TempHome home;
  FakeEnv env;
  CHECK_FALSE(store_exists(home.path()));
  CHECK(code_of(open_store(home.path(), env)) == ErrorCode::store_missing);
  CHECK(code_of(slot_kinds(home.path())) == ErrorCode::store_missing);
  CHECK_FALSE(std::filesystem::exists(home.path()));
}

TEST_CASE("creating where a store is refuses and changes nothing") {
  TempHome home;
  FakeEnv env;
  { make_store(home.path(), env); }
  const auto before = read_all(database_of(home.path()));
  CHECK(code_of(Store::create(home.path(), words("other"), env.env(), cheap())) == ErrorCode::store_exists);
  CHECK(read_all(database_of(home.path())) == before);
}

TEST_CASE("a new home, with missing parents, is its owner's alone") {
  TempHome home;
  FakeEnv env;
  const auto deep = home.path() / "a" / "b";
  { REQUIRE(Store::create(deep, words(), env.env(), cheap())); }
  const auto mode = [](const std::filesystem::path& path) {
    struct stat found {};
    REQUIRE(stat(path.c_str(), &found) == 0);
    return found.st_mode & 0777U;
  };
  CHECK(mode(deep) == 0700);
  CHECK(mode(database_of(deep)) == 0600);
}

TEST_CASE("a home that cannot be made is the machine's failure, in words") {
  FakeEnv env;
  const auto store = Store::create("/proc/nowhere/home", words(), env.env(), cheap());
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::disk_failed);
  CHECK(store.error().fault == Fault::machine);
  CHECK_FALSE(store.error().args.empty());
}

TEST_CASE("what an unfinished creation left behind does not matter") {
  TempHome home;
  FakeEnv env;
  std::filesystem::create_directories(home.path());
  write_all(home.path() / "store.kiem.new", Bytes(5000, 7));
  CHECK_FALSE(store_exists(home.path()));
  { make_store(home.path(), env); }
  CHECK(open_store(home.path(), env));
  CHECK_FALSE(std::filesystem::exists(home.path() / "store.kiem.new"));
}

TEST_CASE("a reader sees the moment it began while the writer goes on") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  add_notes(store->writer(), 2, "eerst");
  auto reader = store->open_reader();
  REQUIRE(reader);
  REQUIRE((*reader)->execute("BEGIN"));
  CHECK(count_rows(**reader) == 2);
  add_notes(store->writer(), 5, "later");
  CHECK(count_rows(**reader) == 2);
  REQUIRE((*reader)->execute("COMMIT"));
  CHECK(count_rows(**reader) == 7);
}

TEST_CASE("a reader cannot write, and several readers come and go while the writer stays") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  for (int round = 0; round < 3; ++round) {
    auto one = store->open_reader();
    auto two = store->open_reader();
    REQUIRE(one);
    REQUIRE(two);
    add_notes(store->writer(), 1, "x");
    CHECK(count_rows(**one) == round + 1);
    CHECK(count_rows(**two) == round + 1);
    CHECK_FALSE((*one)->execute("INSERT INTO note (text) VALUES ('nee')"));
  }
  CHECK(count_rows(store->writer()) == 3);
}

TEST_CASE("closing a reader leaves the log to the writer") {
  TempHome home;
  FakeEnv env;
  auto store = make_store(home.path(), env);
  add_notes(store->writer(), 4, "x");
  {
    auto reader = store->open_reader();
    REQUIRE(reader);
    CHECK(count_rows(**reader) == 4);
  }
  CHECK(std::filesystem::file_size(log_of(home.path())) > 0);
  add_notes(store->writer(), 1, "y");
  CHECK(count_rows(store->writer()) == 5);
}

TEST_CASE("two stores with the same contents and the same passphrase share no block of sixteen bytes") {
  TempHome home;
  FakeEnv env;
  std::set<std::array<std::uint8_t, 16>> seen;
  std::size_t shared = 0;
  for (const char* name : {"a", "b"}) {
    const auto where = home.other(name);
    {
      auto store = make_store(where, env);
      add_notes(store->writer(), 300, "dezelfde woorden in elke winkel");
      // The copy has a log with frames, the store has pages.
      copy_home(where, home.other((std::string(name) + "-open").c_str()));
    }
    std::set<std::array<std::uint8_t, 16>> mine;
    const auto collect = [&mine](ByteView bytes) {
      REQUIRE(bytes.size() > 4096);
      for (std::size_t at = 0; at + 16 <= bytes.size(); at += 16) {
        std::array<std::uint8_t, 16> block{};
        std::ranges::copy(bytes.subspan(at, 16), block.begin());
        // The empty frame tag at the end of a page in the database.
        if (block != std::array<std::uint8_t, 16>{}) mine.insert(block);
      }
    };
    collect(ByteView(read_all(database_of(where))).subspan(kPagesAt));
    collect(read_all(log_of(home.other((std::string(name) + "-open").c_str()))));
    for (const auto& block : mine) shared += seen.contains(block) ? 1U : 0U;
    seen.insert(mine.begin(), mine.end());
  }
  CHECK(shared == 0);
}
