// What stands on which page of a store, as SQLite itself tells it.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "core/store/sqlite.hpp"

namespace kiem::test {

inline std::map<std::uint32_t, std::string> owners_of_pages(Connection& db) {
  auto find = db.prepare("SELECT pageno, name FROM dbstat");
  REQUIRE(find);
  std::map<std::uint32_t, std::string> owners;
  while (true) {
    const auto more = find->step();
    REQUIRE(more);
    if (!*more) return owners;
    owners[static_cast<std::uint32_t>(find->integer(0))] = std::string(find->text(1));
  }
}

}  // namespace kiem::test
