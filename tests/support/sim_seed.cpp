#include <cstdio>
#include <cstdlib>

#include "tests/support/sim_world.hpp"

namespace kiem::test {

std::uint64_t seed_for(const char* what, std::uint64_t usual) {
  const char* given = std::getenv("KIEM_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
  std::fprintf(stderr, "%s: KIEM_SEED=%llu\n", what, static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace kiem::test
