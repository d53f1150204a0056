// Makes tests/vectors/store, and looks whether it is still what this code makes. Everything random comes from one seed;
// SQLite's own randomness (the salts of its log) is seeded too, and its version stands in the pages.
#include <sqlite3.h>

#include <cstdio>
#include <string>
#include <vector>

#include "tests/support/store_home.hpp"
#include "tests/support/store_vectors.hpp"

namespace {

using namespace kiem;
using namespace kiem::test;

constexpr std::uint64_t kSeed = 20270417;
constexpr const char* kSqliteVersion = "3.40.1";
constexpr std::array kFiles{"store.kiem", "store.kiem-wal"};

int usage() {
  std::fputs(
      "make_store_vectors DIR           write the stores\n"
      "make_store_vectors --check DIR   compare DIR with what would be written\n",
      stderr);
  return 2;
}

void insert_row(Connection& db, std::string_view name) {
  auto insert = db.prepare("INSERT INTO plant (name) VALUES (?)");
  KIEM_CHECK(insert.has_value());
  insert->bind(1, name);
  KIEM_CHECK(insert->run().has_value());
}

// Leaves the two stores in `home`/NAME as the disk would have them.
void make_store(const StoreHome& home, std::string_view name) {
  // From the first page on, whatever was made before in this process.
  KIEM_CHECK(sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr) == SQLITE_OK);
  FakeEnv env(kSeed);
  auto options = cheap();
  options.cost = kVectorCost;
  const bool with_log = name == "log";
  const auto where = home.other(with_log ? "open" : "closed");
  auto store = Store::create(where, vector_passphrase(), env.env(), options);
  KIEM_CHECK(store.has_value());
  for (const auto& unlock : {vector_key_file(), vector_recovery(), vector_held_key()}) {
    KIEM_CHECK((*store)->put_slot(unlock).has_value());
  }
  Connection& db = (*store)->writer();
  KIEM_CHECK(db.execute(std::string(kVectorTable)).has_value());
  for (std::size_t i = 0; i < kVectorRows.size(); ++i) {
    // Copied and begun anew: the log holds a second generation.
    if (i == kVectorRows.size() - kVectorRowsInLog) KIEM_CHECK(db.execute("PRAGMA wal_checkpoint").has_value());
    insert_row(db, kVectorRows.at(i));
  }
  if (with_log) copy_home(where, home.other("log"));
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto* name : kFiles) {
    if (std::filesystem::exists(folder / name)) files.emplace_back(name);
  }
  return files;
}

bool is_same(const std::filesystem::path& made, const std::filesystem::path& kept) {
  if (files_of(made) != files_of(kept)) return false;
  for (const auto& file : files_of(made)) {
    if (read_all(made / file) != read_all(kept / file)) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  const bool check = count == 3 && std::string_view(arguments[1]) == "--check";
  if (!check && (count != 2 || std::string_view(arguments[1]).starts_with("--"))) return usage();
  if (std::string_view(sqlite3_libversion()) != kSqliteVersion) {
    std::fprintf(stderr, "The stores are made with SQLite %s; this is %s.\n", kSqliteVersion, sqlite3_libversion());
    return 1;
  }
  const std::filesystem::path folder = arguments[count - 1];
  const StoreHome home;
  for (const auto* name : kVectorStores) {
    make_store(home, name);
    const auto made = home.other(name);
    if (!check) {
      std::filesystem::create_directories(folder / name);
      for (const auto* file : kFiles) std::filesystem::remove(folder / name / file);
      for (const auto& file : files_of(made)) std::filesystem::copy_file(made / file, folder / name / file);
    } else if (!is_same(made, folder / name)) {
      std::fprintf(stderr,
                   "%s is not what make_store_vectors makes. If the format was meant to change, make it again.\n",
                   (folder / name).c_str());
      return 1;
    }
  }
  return 0;
}
