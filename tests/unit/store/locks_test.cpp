// SQLite's locks between the connections of one process: on the database file and on the wal-index.
#include <doctest/doctest.h>

#include "core/store/database_lock.hpp"
#include "core/store/wal_index.hpp"

using namespace kiem;
using Level = DatabaseLock::Level;

TEST_CASE("many share the database, one is exclusive, and only while it is alone") {
  DatabaseLock lock;
  DatabaseLock::Holder a;
  DatabaseLock::Holder b;
  CHECK(lock.raise(a, Level::shared));
  CHECK(lock.raise(b, Level::shared));
  CHECK(lock.raise(b, Level::shared));
  CHECK_FALSE(lock.reserved());
  CHECK(lock.raise(a, Level::reserved));
  CHECK(lock.reserved());
  CHECK_FALSE(lock.raise(b, Level::reserved));
  CHECK_FALSE(lock.raise(a, Level::exclusive));
  CHECK(a.level == Level::pending);
  // While one is pending no newcomer gets in, and those who are in may leave.
  DatabaseLock::Holder c;
  CHECK_FALSE(lock.raise(c, Level::shared));
  lock.lower(b, Level::none);
  CHECK(lock.raise(a, Level::exclusive));
  CHECK_FALSE(lock.raise(b, Level::shared));
  lock.lower(a, Level::shared);
  CHECK_FALSE(lock.reserved());
  CHECK(lock.raise(b, Level::shared));
  CHECK_FALSE(lock.raise(b, Level::exclusive));
  lock.lower(b, Level::none);
  lock.lower(a, Level::none);
  CHECK(lock.raise(c, Level::shared));
  CHECK(lock.raise(c, Level::exclusive));
}

TEST_CASE("index locks are shared or exclusive each by itself, and a range is taken whole or not at all") {
  WalIndex index;
  WalIndex::Holder a;
  WalIndex::Holder b;
  CHECK(index.lock(a, 3, 1, false));
  CHECK(index.lock(a, 3, 1, false));
  CHECK(index.lock(b, 3, 1, false));
  CHECK_FALSE(index.lock(b, 2, 3, true));
  CHECK(b.exclusive == 0);
  CHECK(index.lock(b, 4, 4, true));
  CHECK_FALSE(index.lock(a, 7, 1, false));
  CHECK_FALSE(index.lock(a, 7, 1, true));
  index.unlock(b, 4, 4);
  CHECK(index.lock(a, 7, 1, true));
  index.unlock(a, 3, 1);
  CHECK_FALSE(index.lock(a, 3, 1, true));
  index.unlock(b, 3, 1);
  CHECK(index.lock(a, 3, 1, true));
}

TEST_CASE("index memory is the same for all, starts as zeros, and goes with its last user") {
  WalIndex index;
  WalIndex::Holder a;
  WalIndex::Holder b;
  CHECK(index.region(a, 0, false) == nullptr);
  auto* first = static_cast<std::uint8_t*>(index.region(a, 0, true));
  REQUIRE(first != nullptr);
  CHECK(first[WalIndex::kRegionBytes - 1] == 0);
  first[0] = 7;
  CHECK(index.region(b, 0, false) == first);
  CHECK(index.region(b, 2, true) != nullptr);
  CHECK(index.region(a, 1, false) != nullptr);
  CHECK(index.region(a, 3, false) == nullptr);
  CHECK(index.lock(a, 0, 1, true));
  index.detach(a);
  CHECK(index.lock(b, 0, 1, true));
  CHECK(index.region(b, 0, false) == first);
  index.detach(b);
  CHECK(index.region(a, 0, false) == nullptr);
  CHECK(static_cast<std::uint8_t*>(index.region(a, 0, true))[0] == 0);
}
