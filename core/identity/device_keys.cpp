#include "core/identity/device_keys.hpp"

namespace kiem {
namespace {

constexpr std::size_t kStoredBytes = std::size_t{5} * 32;

}  // namespace

DeviceKeys DeviceKeys::generate(Rng& rng) {
  DeviceKeys keys;
  keys.signing = SigningKey::generate(rng);
  keys.transport = BoxKeyPair::generate(rng);
  keys.sealing = BoxKeyPair::generate(rng);
  return keys;
}

SecretBytes DeviceKeys::to_stored() const {
  SecretBytes stored(kStoredBytes);
  auto out = stored.edit().begin();
  for (const ByteView part :
       {view(device), view(person), signing.seed().view(), transport.secret.view(), sealing.secret.view()}) {
    out = std::copy(part.begin(), part.end(), out);
  }
  return stored;
}

Result<DeviceKeys> DeviceKeys::from_stored(ByteView stored) {
  if (stored.size() != kStoredBytes) return fail(ErrorCode::record_damaged, Fault::damage, {"device keys"});
  DeviceKeys keys;
  keys.device = *id_from<DeviceId>(stored.first(32));
  keys.person = *id_from<PersonId>(stored.subspan(32, 32));
  keys.signing = SigningKey::from_seed(stored.subspan(64, 32));
  keys.transport = BoxKeyPair::from_secret(stored.subspan(96, 32));
  keys.sealing = BoxKeyPair::from_secret(stored.subspan(128, 32));
  return keys;
}

}  // namespace kiem
