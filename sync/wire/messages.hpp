// What two nodes say to each other, one message a frame (sync/PROTOCOL.md sections 3 and 4).
//
// A frame is array [type, {fields}] in canonical CBOR, at most kMaxFrame bytes. Fields that this version does not know
// are skipped; a type that it does not know is an UnknownMessage, which is passed over below kFirstMustType and ends
// the session from there on. Whether a message may come now is the session's to say.
// Plain values, any thread. Decoding fails with not_canonical or too_large, a peer's fault; encoding a message that
// breaks a bound is a broken promise of ours. encode(decode(bytes)) == bytes where nothing was skipped.
#pragma once

#include <variant>

#include "core/access/acts.hpp"
#include "core/short_id.hpp"
#include "sync/wire/fields.hpp"

namespace kiem::wire {

constexpr std::uint32_t kVersion = 0;
constexpr std::size_t kMaxFrame = std::size_t{32} * 1024;
constexpr std::uint32_t kFirstMustType = 128;
constexpr std::uint32_t kLastType = 255;

// --- limits (PROTOCOL.md section 7) ----------------------------------------------------------------------------------
constexpr std::size_t kMaxVersions = 8;
constexpr std::size_t kMaxSpaces = 64;
constexpr std::size_t kMaxCircles = 8;  // of one space
constexpr std::size_t kMaxEntries = 1024;
constexpr std::size_t kMaxEnds = 64;  // ids about one chain
constexpr std::size_t kMaxNameBytes = 1024;
constexpr std::size_t kMaxNewChains = 64;

enum class Phase : std::uint32_t { access = 0, data = 1, live = 2 };

// --- meeting ---------------------------------------------------------------------------------------------------------
struct CircleCursor {
  std::uint32_t number = 0;
  std::uint64_t got = 0;  // what I have of yours there, up to your counter; left out when nothing
  bool operator==(const CircleCursor&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, number);
    io.need(1, got);
  }
};

struct SpaceOffer {
  Short tag;     // Replica::tag, from the sender to the receiver
  Short access;  // digest of the access circle
  Short data;    // digest of the other circles
  std::vector<CircleCursor> circles;
  bool operator==(const SpaceOffer&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, tag);
    io.need(1, access);
    io.need(2, data);
    io.list(3, circles, 1, kMaxCircles);
  }
};

struct Hello {
  static constexpr std::uint32_t kType = 1;
  std::vector<std::uint32_t> versions;  // that the sender speaks
  bool practice = false;
  Short epoch;  // of the sender's store
  DeviceId device;
  std::uint64_t counter = 0;
  std::optional<Short> yours;  // the epoch of the receiver's store under which `got` counts
  std::vector<SpaceOffer> spaces;
  std::optional<std::uint64_t> clock = {};  // of the sender, seconds since 1970: for people to be told of, alone
  bool operator==(const Hello&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, versions, 1, kMaxVersions);
    io.flag(1, practice);
    io.need(2, epoch);
    io.need(3, device);
    io.need(4, counter);
    io.maybe(5, yours);
    io.list(6, spaces, 0, kMaxSpaces);
    io.maybe(7, clock);
  }
};

// The beginning of a hash of all that two devices must remember alike to meet with Again and Known.
using Remembered = Id<struct RememberedTag, 4>;

// A chain that began after the last meeting, and how much the sender has of it.
struct NewChain {
  std::uint32_t space = 0;   // its place among the spaces that both share, in the order of their ids
  std::uint32_t circle = 0;  // its number
  Short device;
  std::uint64_t count = 0;
  bool operator==(const NewChain&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, space);
    io.need(1, circle);
    io.need(2, device);
    io.need(3, count);
  }
};

// To a device that was met before: the two Hellos in some fifty bytes, as long as both remember the same of each other.
struct Again {
  static constexpr std::uint32_t kType = 12;
  Short digest;           // over all circles of all spaces that both share
  Remembered remembered;  // what the sender takes the last meeting to have come to
  std::uint64_t counter = 0;
  std::uint64_t got = 0;                    // what I have of yours outside the access circles, up to your counter
  std::optional<Bytes> moves;               // of which chains I have more than then (moves.hpp)
  bool access = false;                      // access circles grew here
  std::vector<NewChain> chains;             // that began after then; not all need be named
  std::optional<std::uint64_t> got_access;  // in the access circles; left out when the same
  bool operator==(const Again&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, digest);
    io.need(1, remembered);
    io.need(2, counter);
    io.need(3, got);
    io.maybe(4, moves);
    io.flag(5, access);
    io.list(6, chains, 0, kMaxNewChains);
    io.maybe(7, got_access);
  }
};

// The answer of who remembers the same.
struct Known {
  static constexpr std::uint32_t kType = 13;
  std::uint64_t counter = 0;
  std::optional<std::uint64_t> got;  // as in Again; left out when the digests are equal
  std::optional<Bytes> moves;        // of the chains that moved at the peer, those that moved here too
  bool access = false;               // access circles grew on either side: they go first
  std::vector<NewChain> chains;      // of those that the peer named, the ones that are here too
  std::optional<std::uint64_t> got_access;
  bool operator==(const Known&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, counter);
    io.maybe(1, got);
    io.maybe(2, moves);
    io.flag(3, access);
    io.list(4, chains, 0, kMaxNewChains);
    io.maybe(5, got_access);
  }
};

// The answer of who does not: a Hello, please.
struct Whole {
  static constexpr std::uint32_t kType = 14;
  bool operator==(const Whole&) const = default;

  template <class Io>
  void fields(Io&) {}
};

// --- a round ---------------------------------------------------------------------------------------------------------
struct ChainEntry {
  std::uint32_t circle = 0;
  Short device;
  std::vector<Short> tips;
  bool operator==(const ChainEntry&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, circle);
    io.need(1, device);
    io.list(2, tips, 1, kMaxEnds);
  }
};

struct SpaceHeads {
  Short tag;
  std::vector<ChainEntry> chains;
  bool operator==(const SpaceHeads&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, tag);
    io.list(1, chains, 0, kMaxEntries);
  }
};

// The chains that changed since the last meeting, or all. Entries are counted from 0 over all Heads of a round.
struct Heads {
  static constexpr std::uint32_t kType = 2;
  std::uint32_t phase = 0;
  std::vector<SpaceHeads> spaces;
  bool last = false;
  bool operator==(const Heads&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, phase);
    io.list(1, spaces, 0, kMaxSpaces);
    io.flag(2, last);
  }
};

// All chains of a circle at a first contact, as short as can be.
struct CircleFrontier {
  Short tag;
  std::uint32_t circle = 0;
  Bytes rows;  // frontier.hpp
  bool operator==(const CircleFrontier&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, tag);
    io.need(1, circle);
    io.need(2, rows);
  }
};

// Of one side alone: how many operations it has of each chain. Rows are counted from 0 over all of a round.
struct Frontier {
  static constexpr std::uint32_t kType = 15;
  std::uint32_t phase = 0;
  std::vector<CircleFrontier> circles;
  bool last = false;
  bool operator==(const Frontier&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, phase);
    io.list(1, circles, 0, kMaxEntries);
    io.flag(2, last);
  }
};

// The answer to it: of which rows I lack something, and how much I have of them.
struct Lack {
  static constexpr std::uint32_t kType = 20;
  std::optional<Bytes> moves;           // by: one more than the operations of the chain that the sender has
  std::optional<std::uint64_t> coming;  // operations that the sender will send, as many as it can tell now
  bool operator==(const Lack&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.maybe(0, moves);
    io.maybe(1, coming);
  }
};

// Ids that the sender has, of the receiver's entry.
struct EntryIds {
  std::uint32_t entry = 0;
  std::vector<Short> ids;
  bool operator==(const EntryIds&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, entry);
    io.list(1, ids, 0, kMaxEnds);
  }
};

// The entries of which the sender lacks something, each with the ends it has.
struct Want {
  static constexpr std::uint32_t kType = 3;
  std::vector<EntryIds> wants;
  bool last = false;
  bool operator==(const Want&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, wants, 0, kMaxEntries);
    io.flag(1, last);
  }
};

// None of the ends wanted from is here: where does what you have begin to differ?
struct Probe {
  static constexpr std::uint32_t kType = 4;
  std::vector<std::uint32_t> entries;
  bool operator==(const Probe&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, entries, 1, kMaxEntries);
  }
};

struct Samples {
  static constexpr std::uint32_t kType = 5;
  std::vector<EntryIds> samples;
  bool operator==(const Samples&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, samples, 1, kMaxEntries);
  }
};

// Packed segments (core/FORMAT.md section 8.1), all of access circles or none.
struct Segments {
  static constexpr std::uint32_t kType = 6;
  Bytes words;                        // compressed when `size` is there
  std::optional<Bytes> chance;        // left out when there is none
  std::optional<std::uint32_t> size;  // of the words
  bool anew = false;                  // what was told before counts no more
  // Live: over how many links at most what is in it went, this one too; left out for one.
  std::optional<std::uint32_t> hops = {};
  bool operator==(const Segments&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, words);
    io.maybe(1, chance);
    io.maybe(2, size);
    io.flag(3, anew);
    io.maybe(4, hops);
  }
};

// The next bytes of a segment that fills no frame alone.
struct Piece {
  static constexpr std::uint32_t kType = 7;
  Bytes bytes;
  bool last = false;
  bool operator==(const Piece&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, bytes);
    io.flag(1, last);
  }
};

// Everything of this phase that the sender has up to its counter is with the receiver, or on its way before this.
struct Done {
  static constexpr std::uint32_t kType = 8;
  std::uint32_t phase = 0;
  std::uint64_t counter = 0;
  std::optional<std::uint64_t> clock = {};  // as in Hello, in the first of a session that began without one
  bool operator==(const Done&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, phase);
    io.need(1, counter);
    io.maybe(2, clock);
  }
};

// The sender has committed everything up to the receiver's Done; digest over what both now ought to have alike.
struct Level {
  static constexpr std::uint32_t kType = 9;
  std::uint32_t phase = 0;
  Short digest;
  bool incomplete = false;               // something that came could not be kept yet
  std::optional<std::uint64_t> counter;  // the sender's, when the digest is over all that it has
  bool operator==(const Level&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, phase);
    io.need(1, digest);
    io.flag(2, incomplete);
    io.maybe(3, counter);
  }
};

// Committed: so many bytes of segments in this session, and all up to the counter of a live Done.
struct Ack {
  static constexpr std::uint32_t kType = 10;
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> counter;
  bool incomplete = false;  // some of it could not be kept yet
  bool operator==(const Ack&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, bytes);
    io.maybe(1, counter);
    io.flag(2, incomplete);
  }
};

// --- live, along the tree of a circle (PROTOCOL.md section 15) -------------------------------------------------------
// Ends of chains that grew here, which are not sent whole over this link. A live Done follows, whose Ack comes once all
// that was named is there.
struct Have {
  static constexpr std::uint32_t kType = 21;
  std::vector<SpaceHeads> spaces;
  std::optional<std::uint32_t> hops = {};  // as in Segments, if it were asked for
  bool operator==(const Have&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, spaces, 1, kMaxSpaces);
    io.maybe(1, hops);
  }
};

// One of them did not come over any other link: what comes after these ends of the chain, please (all of it for none).
struct Graft {
  static constexpr std::uint32_t kType = 22;
  Short tag;
  std::uint32_t circle = 0;
  Short device;
  std::vector<Short> ends;
  bool whole = false;  // and from now on all of the circle
  bool operator==(const Graft&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, tag);
    io.need(1, circle);
    io.need(2, device);
    io.list(3, ends, 0, kMaxEnds);
    io.flag(4, whole);
  }
};

// What came was here already: of this circle name things only.
struct Prune {
  static constexpr std::uint32_t kType = 23;
  Short tag;
  std::uint32_t circle = 0;
  bool operator==(const Prune&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, tag);
    io.need(1, circle);
  }
};

struct Bye {
  static constexpr std::uint32_t kType = 11;
  std::uint32_t reason = 0;
  bool operator==(const Bye&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, reason);
  }
};

// --- joining ---------------------------------------------------------------------------------------------------------
struct Knock {
  static constexpr std::uint32_t kType = 16;
  std::vector<std::uint32_t> versions;
  Short label;  // label_of(invitation's public key)
  bool practice = false;
  bool operator==(const Knock&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.list(0, versions, 1, kMaxVersions);
    io.need(1, label);
    io.flag(2, practice);
  }
};

struct Challenge {
  static constexpr std::uint32_t kType = 17;
  Hash32 fresh;
  SpaceId space;
  OpId invitation;
  bool operator==(const Challenge&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, fresh);
    io.need(1, space);
    io.need(2, invitation);
  }
};

struct Join {
  static constexpr std::uint32_t kType = 18;
  DeviceId device;
  Signature proof;
  Signature consent;
  std::vector<Bytes> present;
  std::string name;  // at most kMaxNameBytes
  bool operator==(const Join&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, device);
    io.need(1, proof);
    io.need(2, consent);
    io.list(3, present, 1, kMaxPresentCopies);
    io.need(4, name);
  }
};

struct Admitted {
  static constexpr std::uint32_t kType = 19;
  Bytes founding;
  bool operator==(const Admitted&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, founding);
  }
};

// Of a later version; its fields are one canonical item.
struct UnknownMessage {
  std::uint32_t type = 0;
  bool operator==(const UnknownMessage&) const = default;
};

using Message =
    std::variant<Hello, Heads, Want, Probe, Samples, Segments, Piece, Done, Level, Ack, Bye, Again, Known, Whole,
                 Frontier, Lack, Knock, Challenge, Join, Admitted, Have, Graft, Prune, UnknownMessage>;

// Not for an UnknownMessage: a broken promise, as a frame beyond kMaxFrame is.
[[nodiscard]] Bytes encode(const Message& message);
[[nodiscard]] Result<Message> decode(ByteView frame);
// For logs and descriptions of vectors.
[[nodiscard]] std::string_view name_of(const Message& message);

}  // namespace kiem::wire
