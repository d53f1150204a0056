// A laptop's store as bytes, to be damaged and put back.
#pragma once

#include <doctest/doctest.h>

#include <fstream>

#include "core/store/store_files.hpp"
#include "tests/support/page_owners.hpp"
#include "tests/support/sim_world.hpp"

namespace kiem::test {

// A store that is closed, so that all of it lies in one file; it is open again after it.
inline std::string take_image(SimLaptop& laptop) {
  laptop.close();
  std::ifstream file(laptop.home() / "store.kiem", std::ios::binary);
  std::string image{std::istreambuf_iterator<char>(file), {}};
  laptop.open();
  return image;
}

inline void put_image(SimLaptop& laptop, const std::string& image) {
  laptop.close();
  std::ofstream(laptop.home() / "store.kiem", std::ios::binary) << image;
  laptop.open();
}

inline std::string with_damage(std::string image, std::uint32_t page) {
  auto& byte = image.at(kPagesAt + (page - 1) * std::size_t{kPageBytes} + 200);
  byte = static_cast<char>(byte ^ 4);
  return image;
}

inline std::map<std::uint32_t, std::string> owners_of_pages(SimLaptop& laptop) {
  auto reader = laptop.community().open_reader();
  REQUIRE(reader);
  return owners_of_pages(**reader);
}

}  // namespace kiem::test
