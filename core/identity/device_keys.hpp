// The secret keys of this device: to sign, for the transport (CURVE) and for sealing to it. They live in the sealed
// store and in guarded memory, and nowhere else; their public halves stand in the device's certificate.
#pragma once

#include "core/base/result.hpp"
#include "core/crypto/keys.hpp"

namespace kiem {

struct DeviceKeys {
  DeviceId device;
  PersonId person;
  SigningKey signing;
  BoxKeyPair transport;
  BoxKeyPair sealing;  // the newest prekey

  // Fresh keys; device and person are zero until the certificate and the founding act name them.
  [[nodiscard]] static DeviceKeys generate(Rng& rng);

  // As the sealed store keeps them. Fails with page_damaged when the bytes are not what to_stored() gives.
  [[nodiscard]] SecretBytes to_stored() const;
  [[nodiscard]] static Result<DeviceKeys> from_stored(ByteView stored);
};

}  // namespace kiem
