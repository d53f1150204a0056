// libFuzzer over beacons. The input is laid over a good one, so that what is tried gets past the seal now and then: the
// first byte says from where on. What opens must be what was sealed; nothing that arrives may be answered unopened.
#include "core/base/check.hpp"
#include "sync/discovery/beacon.hpp"
#include "sync/discovery/lookout.hpp"
#include "tests/support/fakes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiem;
  const ByteView input(data, size);
  const Bytes held(32, 7);
  const std::array<ByteView, 1> keys{ByteView(held)};
  test::SeededRng rng(1);
  BeaconContent content;
  content.key.bytes.fill(9);
  content.port = 7'070;
  // As it comes.
  for (const HeardSlot& slot : read_beacon(input, keys)) KIEM_CHECK(slot.content == content);
  // Over a good one.
  Bytes beacon = write_beacon(content, keys, rng);
  const std::size_t from = size == 0 ? 0 : data[0] * kBeaconBytes / 256;
  for (std::size_t i = 1; i < size && from + i - 1 < beacon.size(); ++i) beacon[from + i - 1] ^= data[i];
  const auto opened = read_beacon(beacon, keys);
  KIEM_CHECK(opened.size() <= 1);
  for (const HeardSlot& slot : opened) KIEM_CHECK(slot.content == content);
  Lookout lookout(BoxPublicKey{}, rng);
  std::vector<DiscoveryKeys> known;
  known.push_back({SpaceId{}, {}});
  known.back().keys.push_back(SecretBytes::copy_of(held));
  lookout.know(std::move(known));
  const auto heard = lookout.hear(beacon, "10.0.0.1", 0);
  KIEM_CHECK(heard.has_value() == !opened.empty());
  KIEM_CHECK(!lookout.next_ms().has_value());
  static_cast<void>(lookout.hear(input, "10.0.0.2", 0));
  KIEM_CHECK(!lookout.next_ms().has_value());
  return 0;
}
