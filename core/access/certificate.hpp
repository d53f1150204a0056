// A device's certificate: the public halves of the keys that live on one laptop (DESIGN D5, FORMAT.md section 14.1).
//
// The certificate carries no name and no signature of its own: the act that brings it does (a person's founding act or
// the enrolling device's act), and the device's consent is its signature over the person's id. A device is the hash of
// its certificate, so a certificate can't be changed; new sealing prekeys come by new_prekey acts.
// Values, any thread. Decoding bytes from outside gives not_canonical or too_large, both a peer's fault.
#pragma once

#include <optional>
#include <vector>

#include "core/crypto/keys.hpp"
#include "core/oplog/operation.hpp"

namespace kiem {

constexpr std::size_t kMaxPrekeys = 8;  // in a certificate

struct Certificate {
  std::uint32_t suite = kSuite;
  VerifyKey signing;
  BoxPublicKey transport;             // the CURVE key (D9)
  std::vector<BoxPublicKey> prekeys;  // 1 to kMaxPrekeys, oldest first
  std::optional<DeviceId> enrolling;  // the device that enrolled this one; absent at founding and under recovery words
  std::optional<DeviceId> predecessor;
  std::vector<UnknownField> unknown;
  bool operator==(const Certificate&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, suite);
    io.need(1, signing);
    io.need(2, transport);
    io.list(3, prekeys, 1, kMaxPrekeys);
    io.maybe(4, enrolling);
    io.maybe(5, predecessor);
  }
};

inline constexpr std::string_view kTagCertificate = "kiem.certificate.0";

[[nodiscard]] Bytes encode(const Certificate& certificate);
[[nodiscard]] Result<Certificate> decode_certificate(ByteView bytes);
// hash_of(kTagCertificate, {encode(certificate)}).
[[nodiscard]] DeviceId device_id(const Certificate& certificate);

}  // namespace kiem
