// Acts about the graph itself: folds, cuts, signatures, seals, forks, and those of a later version (FORMAT.md section
// 14.4). See acts.hpp. Plain values, any thread.
#pragma once

#include "core/access/act_pieces.hpp"

namespace kiem::act {

// Covers access heads beyond the header's kMaxAccessHeads: they count as this operation's access heads too.
struct Fold {
  static constexpr ActKind kKind = ActKind::fold;
  std::vector<OpId> heads;  // ascending, unique
  bool operator==(const Fold&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.set(0, heads, 1, kMaxFoldHeads);
  }
};

// One act, many purposes (D5): what the heads contain counts, the rest is late (cut_matter.hpp).
struct Cut {
  static constexpr ActKind kKind = ActKind::cut;
  RecordId matter;
  Number purpose = 0;
  CutHeads heads;
  std::optional<Number> rule;
  std::optional<Number> rule_number;
  std::optional<Bytes> result;
  Hash32 digest;       // digest_of_cut(), else the act is void
  Number signers = 1;  // how many signatures it needs
  bool operator==(const Cut&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, matter);
    io.need(1, purpose);
    io.set(2, heads, 0, kMaxCutCircles);
    io.maybe(3, rule);
    io.maybe(4, rule_number);
    io.maybe(5, result);
    io.need(6, digest);
    io.need(7, signers);
  }
};

// A signature on one's own chain under what the digest names: for a cut its digest, for another act of membership the
// operation's id.
struct Sign {
  static constexpr ActKind kKind = ActKind::sign;
  Hash32 digest;
  Number capacity = 0;
  std::optional<Recovery> recovery;
  bool operator==(const Sign&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, digest);
    io.need(1, capacity);
    io.maybe(2, recovery);
  }
};

struct CircleDigest {
  CircleId circle;
  Hash32 digest;
  std::vector<UnknownField> unknown;
  bool operator==(const CircleDigest&) const = default;
  bool operator<(const CircleDigest& other) const { return circle < other.circle; }

  template <class Io>
  void fields(Io& io) {
    io.need(0, circle);
    io.need(1, digest);
  }
};

struct Seal {
  static constexpr ActKind kKind = ActKind::seal;
  std::optional<OpId> previous;
  std::vector<OpId> access_heads;      // ascending, unique
  std::vector<CircleDigest> frontier;  // ascending by circle
  Hash32 snapshot;
  Hash32 floor;
  Number policy = kPolicyVersion;
  bool operator==(const Seal&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.maybe(0, previous);
    io.set(1, access_heads, 1, kMaxFoldHeads);
    io.set(2, frontier, 0, kMaxCutCircles);
    io.need(3, snapshot);
    io.need(4, floor);
    io.need(5, policy);
  }
};

// A restored or cloned device goes on under a new key: the heads of the old one's branches that it continues.
struct ForkContinue {
  static constexpr ActKind kKind = ActKind::fork_continue;
  std::vector<OpId> heads;  // ascending, unique
  bool operator==(const ForkContinue&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.set(0, heads, 1, kMaxCutHeads);
  }
};

// A kind of a later version, or a known one with a must key or suite of a later version: its whole canonical item.
struct UnknownAct {
  Number kind = 0;
  Bytes item;
  bool operator==(const UnknownAct&) const = default;
};

}  // namespace kiem::act
