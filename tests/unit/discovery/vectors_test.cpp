#include <doctest/doctest.h>

#include "core/crypto/hash.hpp"
#include "sync/discovery/beacon.hpp"
#include "tests/unit/discovery/discovery_vectors.hpp"

namespace kiem::test {
namespace {

TEST_CASE("every beacon among the vectors opens under its keys as they say, and the others say nothing") {
  std::size_t beacons = 0;
  std::size_t silent = 0;
  for (const SessionVector& vector : make_discovery_vectors()) {
    if (vector.message != "beacon" && vector.message != "nothing") continue;
    INFO(vector.name);
    std::vector<Bytes> keys;
    std::string said;
    std::string meant;
    for (const auto& [name, value] : vector.fields) {
      if (name.starts_with("key.")) keys.push_back(*from_hex(value));
      if (name == "asks" || name == "port" || name == "transport_key") meant += value + " ";
    }
    const std::vector<ByteView> views(keys.begin(), keys.end());
    const auto opened = read_beacon(vector.bytes, views);
    if (vector.message == "nothing") {
      CHECK(opened.empty());
      ++silent;
      continue;
    }
    CHECK(opened.size() == keys.size());
    for (const HeardSlot& slot : opened) {
      said = std::string(slot.content.asks ? "true" : "false") + " " + std::to_string(slot.content.port) + " " +
             to_hex(view(slot.content.key)) + " ";
      CHECK(said == meant);
    }
    ++beacons;
  }
  CHECK(beacons == 2);
  CHECK(silent == 5);
}

}  // namespace
}  // namespace kiem::test
