// libFuzzer over the frames of a pairing: the input is cut into frames (a byte of length before each) for a host and a
// guest in turn, from a moment in the course that its first byte says. Nobody gets an invitation that nobody agreed to.
#include "core/base/check.hpp"
#include "sync/pairing/pairing.hpp"
#include "tests/support/fakes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiem;
  if (size == 0) return 0;
  test::SeededRng rng(1);
  BoxPublicKey host_key;
  BoxPublicKey guest_key;
  guest_key.bytes.fill(1);
  const PairingCode code{{1, 2, 3, 4, 5}};
  Pairing host(Pairing::Side::host, code, host_key, guest_key, rng, 0);
  Pairing guest(Pairing::Side::guest, code, guest_key, host_key, rng, 0);
  for (unsigned honest = data[0] % 4; honest > 0; --honest) {
    Pairing& from = honest % 2 == 1 ? guest : host;
    Pairing& to = honest % 2 == 1 ? host : guest;
    if (const auto frame = from.next_frame()) to.receive(*frame, 0);
  }
  ByteView rest(data + 1, size - 1);
  bool to_host = true;
  while (!rest.empty()) {
    const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
    (to_host ? host : guest).receive(rest.subspan(1, length), 0);
    rest = rest.subspan(1 + length);
    to_host = !to_host;
  }
  KIEM_CHECK(!host.is_agreed() && !guest.given().has_value());
  if (host.words()) KIEM_CHECK(host.knows_code());
  while (host.next_frame()) {
  }
  static_cast<void>(read_pairing_code(text_view(ByteView(data, size))));
  return 0;
}
