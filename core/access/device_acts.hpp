// Acts by which spaces, persons and devices come to be and devices go (FORMAT.md section 14.4). See acts.hpp.
// Plain values, any thread.
#pragma once

#include "core/access/act_pieces.hpp"

namespace kiem::act {

// The first operation of an initiative's space.
struct FoundingOfSpace {
  static constexpr ActKind kKind = ActKind::founding_of_space;
  bool practice = false;
  Number policy = kPolicyVersion;
  Number schema = 0;
  std::array<std::uint8_t, 16> nonce{};
  VerifyKey recovery;
  std::vector<Bytes> present;  // the founder's, as in Present
  bool operator==(const FoundingOfSpace&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.flag(0, practice);
    io.need(1, policy);
    io.need(2, schema);
    io.need(3, nonce);
    io.need(4, recovery);
    io.list(5, present, 1, kMaxPresentCopies);
  }
};

// The first operation of a person's own space: its id is the person.
struct FoundingOfPerson {
  static constexpr ActKind kKind = ActKind::founding_of_person;
  VerifyKey recovery;
  Certificate certificate;
  std::array<std::uint8_t, 16> nonce{};
  bool operator==(const FoundingOfPerson&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, recovery);
    io.need(1, certificate);
    io.need(2, nonce);
  }
};

// In the person's own space, by a device of the person, or by the new device itself under the person's recovery words.
struct EnrolDevice {
  static constexpr ActKind kKind = ActKind::enrol_device;
  Certificate certificate;
  Signature proof;  // the new device's, over the person's id
  std::optional<Recovery> recovery;
  bool operator==(const EnrolDevice&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, certificate);
    io.need(1, proof);
    io.maybe(2, recovery);
  }
};

struct RemoveDevice {
  static constexpr ActKind kKind = ActKind::remove_device;
  DeviceId device;
  CutHeads cut;
  std::optional<Recovery> recovery;
  bool operator==(const RemoveDevice&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, device);
    io.set(1, cut, 0, kMaxCutCircles);
    io.maybe(2, recovery);
  }
};

struct NewPrekey {
  static constexpr ActKind kKind = ActKind::new_prekey;
  BoxPublicKey prekey;
  bool operator==(const NewPrekey&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, prekey);
  }
};

// Copies, with signatures and without flesh, of a person's founding, enrol and remove-device acts: each is
// encode(UnverifiedOperation). It stands on its own: the founding act first, no copy before the one that brings its
// author's certificate.
struct Present {
  static constexpr ActKind kKind = ActKind::present;
  std::vector<Bytes> copies;
  bool operator==(const Present&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, copies, 1, kMaxPresentCopies);
  }
};

}  // namespace kiem::act
