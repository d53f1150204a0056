// What the acts of membership are made of: numbers, limits, cuts, recovery signatures (FORMAT.md section 14).
// Plain values, any thread.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/access/certificate.hpp"
#include "core/oplog/operation.hpp"

namespace kiem {

// --- limits (FORMAT.md section 14.2) ---
constexpr std::size_t kMaxPresentCopies = 64;
constexpr std::size_t kMaxCutCircles = 64;
constexpr std::size_t kMaxCutHeads = 64;  // per circle
constexpr std::size_t kMaxFoldHeads = 256;
constexpr std::size_t kMaxMandateVerbs = 32;
constexpr std::size_t kMaxMandateScope = 64;
constexpr std::uint32_t kPolicyVersion = 1;

enum class ActKind : std::uint32_t {
  founding_of_space = 1,
  founding_of_person = 2,
  enrol_device = 3,
  remove_device = 4,
  new_prekey = 5,
  present = 6,
  invite = 7,
  admit = 8,
  confirm_member = 9,
  grant_mandate = 10,
  promote = 11,
  end_mandate = 12,
  demote = 13,
  remove_person = 14,
  leave = 15,
  fold = 16,
  raise = 17,
  cut = 18,
  sign = 19,
  seal = 20,
  fork_continue = 21,
  extend_schema = 22,
};

// A number that a later version may know more of than this one.
using Number = std::uint32_t;

// --- pieces ----------------------------------------------------------------------------------------------------------
// The heads of the target's chains in one circle, all branches, that a cut accepts. A listed circle without heads
// accepts nothing there.
struct CircleHeads {
  CircleId circle;
  std::vector<OpId> heads;  // ascending, unique
  std::vector<UnknownField> unknown;
  bool operator==(const CircleHeads&) const = default;
  bool operator<(const CircleHeads& other) const { return circle < other.circle; }

  template <class Io>
  void fields(Io& io) {
    io.need(0, circle);
    io.set(1, heads, 0, kMaxCutHeads);
  }
};
using CutHeads = std::vector<CircleHeads>;  // ascending by circle

// Whose recovery words stand behind an act, besides its author's device.
enum class RecoveryOf : Number { space = 0, person = 1 };

struct Recovery {
  Number of = 0;  // RecoveryOf, or a number of a later version, which then proves nothing
  Signature signature;
  std::vector<UnknownField> unknown;
  bool operator==(const Recovery&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, of);
    io.need(1, signature);
  }
};

enum class CutPurpose : Number { removal = 1, closing = 2 };

enum class Capacity : Number { coordinator = 1 };

}  // namespace kiem
