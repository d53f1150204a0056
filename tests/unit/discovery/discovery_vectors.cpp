#include "tests/unit/discovery/discovery_vectors.hpp"

#include "core/crypto/hash.hpp"
#include "sync/discovery/beacon.hpp"
#include "sync/pairing/pairing.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Bytes counted(std::size_t size, std::uint8_t from) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(from + i);
  return bytes;
}

SessionVector beacon_vector(const std::string& name, const BeaconContent& content, const std::vector<Bytes>& keys,
                            SeededRng& rng) {
  std::vector<ByteView> views(keys.begin(), keys.end());
  SessionVector vector{name, "beacon", write_beacon(content, views, rng), {}, {}};
  for (std::size_t i = 0; i < keys.size(); ++i) vector.fields.emplace_back("key." + std::to_string(i), to_hex(keys[i]));
  vector.fields.emplace_back("asks", content.asks ? "true" : "false");
  vector.fields.emplace_back("port", std::to_string(content.port));
  vector.fields.emplace_back("transport_key", to_hex(view(content.key)));
  return vector;
}

// A beacon whose slot says something that no sender of this version says; the key opens it and it means nothing.
SessionVector strange_vector(const std::string& name, std::uint8_t version, std::uint8_t flags, SeededRng& rng) {
  const Bytes key = counted(32, 0x40);
  Bytes beacon = write_beacon({}, {}, rng);
  const std::span<std::uint8_t> all(beacon);
  Bytes content = counted(kBeaconContentBytes, 0);
  content[0] = version;
  content[1] = flags;
  Bytes bound = to_bytes(view("kiem.beacon.0"));
  bound.push_back(0);
  const auto slot = all.subspan(kAeadNonceBytes, kBeaconSlotBytes);
  aead_seal(key, all.first(kAeadNonceBytes), bound, content, slot.first(kBeaconContentBytes),
            slot.subspan(kBeaconContentBytes));
  return {name, "nothing", std::move(beacon), {}, {{"key.0", to_hex(key)}}};
}

SessionVector key_vector(const std::string& name, std::size_t removals) {
  const Bytes secret = counted(32, 0x20);
  const Bytes space = counted(32, 0x60);
  SessionVector vector{name, "", {}, {}, {{"space_secret", to_hex(secret)}, {"space", to_hex(space)}}};
  Bytes ids;
  for (std::size_t i = 0; i < removals; ++i) {
    const Bytes id(32, static_cast<std::uint8_t>(0xA0 + i));
    append(ids, id);
    vector.fields.emplace_back("removal." + std::to_string(i), to_hex(id));
  }
  vector.bytes = to_bytes(view(keyed_hash_of(secret, "kiem.discovery.0", {space, ids})));
  return vector;
}

// Every frame of one pairing, and the words that both laptops show.
void add_pairing(std::vector<SessionVector>& vectors) {
  SeededRng rng(2);
  const PairingCode code{{0x9D, 0xC8, 0xD1, 0x53, 0x1D}};
  const auto host_key = *id_from<BoxPublicKey>(counted(32, 0x01));
  const auto guest_key = *id_from<BoxPublicKey>(counted(32, 0x81));
  Pairing host(Pairing::Side::host, code, host_key, guest_key, rng, 0);
  Pairing guest(Pairing::Side::guest, code, guest_key, host_key, rng, 0);
  const Fields who{
      {"code", write_pairing_code(code)}, {"host", to_hex(view(host_key))}, {"guest", to_hex(view(guest_key))}};
  const auto pass = [&](const std::string& name, Pairing& from, Pairing& to) {
    SessionVector vector{name, "pairing", *from.next_frame(), {}, who};
    to.receive(vector.bytes, 0);
    vectors.push_back(std::move(vector));
  };
  vectors.push_back({"the key of a pairing code", "", to_bytes(pairing_key(code).view()), {}, {who[0]}});
  pass("a guest binds itself", guest, host);
  pass("the host's nonce", host, guest);
  pass("the guest's nonce", guest, host);
  for (std::size_t i = 0; i < kPairingWords; ++i) {
    vectors.back().fields.emplace_back("word." + std::to_string(i), std::string((*host.words())[i]));
  }
  guest.answer(true);
  host.answer(true);
  pass("the words are the same, says the guest", guest, host);
  pass("and the host", host, guest);
  host.give("kiem-AAAB");
  pass("the invitation", host, guest);
}

}  // namespace

std::vector<SessionVector> make_discovery_vectors() {
  SeededRng rng(1);
  BeaconContent content;
  const Bytes key = counted(32, 0);
  std::copy(key.begin(), key.end(), content.key.bytes.begin());
  content.port = 7'070;
  content.asks = true;
  std::vector<SessionVector> vectors;
  vectors.push_back(key_vector("the discovery key of an initiative that nobody was removed from", 0));
  vectors.push_back(key_vector("the discovery key after two removals", 2));
  vectors.push_back(beacon_vector("a beacon of one initiative, which asks", content, {counted(32, 0x40)}, rng));
  content.asks = false;
  content.port = 0;
  std::vector<Bytes> eight;
  for (std::uint8_t i = 0; i < kBeaconSlots; ++i) eight.push_back(counted(32, static_cast<std::uint8_t>(0x40 + i)));
  vectors.push_back(
      beacon_vector("a beacon with every slot used, of a laptop that lets nobody in", content, eight, rng));
  vectors.push_back(beacon_vector("a beacon under no key is random bytes", content, {}, rng));
  vectors.back().message = "nothing";
  vectors.back().fields = {{"key.0", to_hex(counted(32, 0x40))}};
  vectors.push_back(strange_vector("a content of version 1", 1, 0, rng));
  vectors.push_back(strange_vector("a flag that is not known", 0, 2, rng));
  SessionVector moved = beacon_vector("a slot that was moved by one place", content, {counted(32, 0x40)}, rng);
  std::rotate(moved.bytes.begin() + kAeadNonceBytes, moved.bytes.begin() + kAeadNonceBytes + kBeaconSlotBytes,
              moved.bytes.end());
  moved.message = "nothing";
  moved.fields.resize(1);
  vectors.push_back(std::move(moved));
  SessionVector cut = beacon_vector("one byte short", content, {counted(32, 0x40)}, rng);
  cut.bytes.pop_back();
  cut.message = "nothing";
  cut.fields.resize(1);
  vectors.push_back(std::move(cut));
  add_pairing(vectors);
  return vectors;
}

}  // namespace kiem::test
