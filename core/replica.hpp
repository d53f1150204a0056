// A Community as other devices see it: what may go to whom, what is here and what is new, whole runs of chains out and
// in, and what is remembered of each device that was met. The sync session (sync/session) is built on this alone.
//
// Borrows the inside of its Community and lives as long; used by the writer's thread. Every call that writes is one
// transaction of its own, or a part of together(). Fails with Fault::machine or Fault::damage when the store does,
// after which nothing more is to be asked of it; what a peer did wrong is told as a value (Taken, JoinRefusal), never
// as an error.
//
// A *counter* is the arrival number of an operation in this store (its row): what came after counter n is exactly what
// has a higher row, so that a device that has everything up to n needs to hear of nothing before it.
//
// A chain of which damage took an operation (core/oplog/lost.hpp) is told and given up to there; what comes after it is
// here for this person and counts as not here for other devices, so that they give it again.
#pragma once

#include <array>
#include <span>

#include "core/author_quota.hpp"
#include "core/chain_directory.hpp"
#include "core/domain/membership_acts.hpp"
#include "core/kiem.hpp"
#include "core/oplog/op_store.hpp"
#include "core/oplog/packing.hpp"
#include "core/oplog/segment.hpp"
#include "core/schema/circles.hpp"
#include "core/short_id.hpp"

namespace kiem {

class Membership;

using StoreEpoch = Id<struct StoreEpochTag, 16>;

// Circles of one space by their number.
class CircleSet {
 public:
  void add(std::uint32_t number) { bits_ |= 1U << number; }
  [[nodiscard]] bool has(std::uint32_t number) const { return number < kCircles && (bits_ >> number & 1U) != 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] CircleSet both(CircleSet other) const { return CircleSet(bits_ & other.bits_); }
  CircleSet() = default;
  [[nodiscard]] static CircleSet access();
  [[nodiscard]] CircleSet without_access() const { return CircleSet(bits_ & ~1U); }
  bool operator==(const CircleSet&) const = default;

 private:
  explicit CircleSet(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_ = 0;
};

// The device at the other end of a link.
struct PeerDevice {
  DeviceId device;                   // as it says
  BoxPublicKey key;                  // as the transport has proved
  std::vector<std::int64_t> proven;  // spaces (rows) whose secret it has shown to hold over this link
};

enum class PeerPlace : std::uint8_t {
  stranger,  // not known in this space, and nothing shows that it belongs there
  vouched,   // not known yet, but holds the space's secret: the access circle alone, until its acts are here
  works,     // a working device of somebody who belongs to the space
  removed,   // known, and no longer (or not yet) to be talked to here
};

struct Sharing {
  PeerPlace place = PeerPlace::stranger;
  CircleSet circles;  // that both this device and the peer read now; empty unless vouched or works
};

struct KnownDevice {
  DeviceId device;
  PersonId person;
  BoxPublicKey key;
};

// Under what the devices of one initiative find each other, and nobody else sees them (sync/PROTOCOL.md section 13).
struct DiscoveryKeys {
  SpaceId space;
  std::vector<SecretBytes> keys;  // the newest first, at most kDiscoveryKeysHeard
};
inline constexpr std::size_t kDiscoveryKeysHeard = 4;

struct ChainHead {
  std::int64_t chain = 0;
  std::uint32_t circle = 0;  // its number
  DeviceId device;
  std::vector<OpId> tips;  // ascending; what is parked does not count
};

// How far a chain came: highest numbers (seq) of what is not parked, -1 for none.
struct ChainGrowth {
  std::int64_t chain = 0;
  std::uint32_t circle = 0;  // its number
  DeviceId device;
  std::int64_t base = -1;  // among what was here at some earlier counter
  std::int64_t top = -1;   // now
  bool forked = false;     // several ends now: a number does not say which operations are here
  [[nodiscard]] bool has_grown() const { return top > base || (forked && moved); }
  bool moved = false;  // an end arrived after that counter
};

// A chain as two devices call it on first contact; six bytes of a keyed hash, fresh for each pair.
using ChainName = Id<struct ChainNameTag, 6>;

// Rows of one chain in which each continues the one before.
struct ChainRun {
  std::uint32_t circle = 0;
  bool urgent = false;
  std::vector<std::int64_t> rows;
};

struct ExportedRun {
  Bytes segment;
  std::size_t count = 0;  // how many of the rows it holds; 0: none may or can go now
  // For packing it (core/oplog/packing.hpp).
  std::vector<OpId> ids;
  std::vector<ClaimParts> claims;
};

// Where an operation stands: rows of its space and circle, the circle's number, its id.
struct StandsIn {
  std::int64_t space = 0, circle = 0;
  std::uint32_t number = 0;
  OpId id;
};

struct Taken {
  enum class Outcome : std::uint8_t {
    stored,
    postponed,  // something that it needs is not here (certificate, circle, an earlier operation): asked for again
    refused,    // no honest device sends this; `error` says why
  };
  Outcome outcome = Outcome::stored;
  std::optional<Error> error;
  std::vector<std::int64_t> rows;  // of a stored segment, those that were here already included
};

// What is remembered of one circle between this store and a device's.
struct CircleMark {
  std::int64_t circle = 0;  // its row
  std::int64_t given = 0;   // the device has all of ours up to this counter
  std::int64_t got = 0;     // we have all of its up to this counter of its own, under `epoch`
};
// Where a device was reached, or is said to be: an address as the transport writes it.
struct KnownAddress {
  BoxPublicKey key;
  std::string endpoint;
  WallTime worked;  // when last; 0: never yet
};
struct PeerMemory {
  std::optional<StoreEpoch> epoch;
  std::vector<CircleMark> marks;
};

class Replica {
 public:
  explicit Replica(Community::Impl& impl);
  ~Replica();
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  // --- this device ---
  [[nodiscard]] const DeviceKeys& keys() const;
  // A practice store meets practice stores only.
  [[nodiscard]] bool is_practice() const;
  // 16 random bytes of this store, drawn when first asked for. renew: when that device knows more of it than there is,
  // which is to say that this is an old copy; people are told (older()).
  [[nodiscard]] Result<StoreEpoch> epoch();
  [[nodiscard]] Result<StoreEpoch> renew_epoch(const DeviceId& witness);
  [[nodiscard]] Result<std::int64_t> counter();
  // Grows whenever operations that were parked became shown, or others came after one that was lost and is back; their
  // rows are older than the counter tells.
  [[nodiscard]] std::uint64_t unparked() const { return unparked_; }
  [[nodiscard]] Hash32 draw_hash();
  // How much the store worked so far (Connection::work).
  [[nodiscard]] std::uint64_t work() const;
  // Forgets which chains there are; what is asked next reads them all, as after opening the store.
  void forget_chains();

  // --- who may have what ---
  [[nodiscard]] Result<std::vector<SpaceRow>> spaces();
  // All other working devices of my initiatives, ascending: whom the transport lets in, and whom to call.
  [[nodiscard]] Result<std::vector<KnownDevice>> known_devices();
  // Shows that the sender holds the space's secret, to whom it is sent and to nobody else: a MAC over both keys.
  [[nodiscard]] Result<Short> tag(const SpaceRow& space, const BoxPublicKey& from, const BoxPublicKey& to);
  // Of every initiative in which this device works. A removal makes a new key, which who was removed cannot make; those
  // before it are still heard, for others may not know of it yet.
  [[nodiscard]] Result<std::vector<DiscoveryKeys>> discovery_keys();
  // Grows with every act of membership that counts for any space here; while it stays, so does all of the above.
  [[nodiscard]] Result<std::uint64_t> membership_acts();
  // An offer to a key that nobody here knows: the access circle alone, and of initiatives alone.
  [[nodiscard]] Result<CircleSet> offered_to_unknown(const SpaceRow& space);
  [[nodiscard]] Result<Sharing> sharing(const SpaceRow& space, const PeerDevice& peer);
  // The device in the space whose certificate holds this transport key, a working one first; nothing for a stranger's.
  [[nodiscard]] Result<std::optional<DeviceId>> device_of(const SpaceRow& space, const BoxPublicKey& key);
  // The one question before every exit: not parked, of a circle that both read, to a device that works there, practice
  // only to practice.
  [[nodiscard]] Result<bool> may_send(std::int64_t operation, const PeerDevice& peer);

  // --- what is here ---
  // Chains with an operation that is not parked, ascending by circle and device. since: only chains of circle n with a
  // tip above since[n].
  using Since = std::array<std::int64_t, kCircles>;
  // leaves_out: asked of the last operations of each chain; one that it names, and what follows it, does not count.
  using LeavesOut = kiem::LeavesOut;
  [[nodiscard]] Result<std::vector<ChainHead>> heads(const SpaceRow& space, CircleSet circles, const Since& since = {},
                                                     const LeavesOut& leaves_out = {});
  // The same chains, with where they stood at given[circle number] and stand now. Costs a row of each that grew.
  [[nodiscard]] Result<std::vector<ChainGrowth>> growth(const SpaceRow& space, CircleSet circles, const Since& given);
  // salt: the same at both ends of a link and fresh for each pair.
  [[nodiscard]] Result<std::vector<ChainName>> names_of(const SpaceRow& space, std::span<const ChainGrowth> chains,
                                                        const Short& salt);
  // Rows of a chain with a seq from `first` up to, and without, `end`.
  [[nodiscard]] Result<std::vector<std::int64_t>> rows_between(std::int64_t chain, std::int64_t first,
                                                               std::int64_t end);
  // Keyed, over all heads: equal exactly when both stores have the same there.
  [[nodiscard]] Result<Short> digest(const SpaceRow& space, CircleSet circles, const LeavesOut& leaves_out = {});
  // Nothing when the chain, or more than one of that beginning, is here.
  [[nodiscard]] Result<std::optional<std::int64_t>> find_chain(const SpaceRow& space, std::uint32_t circle,
                                                               const Short& device);
  [[nodiscard]] Result<std::optional<std::int64_t>> find_in_chain(std::int64_t chain, const Short& operation);
  // Of an operation that is here.
  [[nodiscard]] Result<StandsIn> place_of(std::int64_t operation);
  // The ends of a chain, parked ones too, at most `max`, newest first: what need not be sent again.
  [[nodiscard]] Result<std::vector<Short>> ends_of(std::int64_t chain, std::size_t max);
  // Ids at distance 1, 2, 4, ... before each end, at most `max`: where a fork begins lies between two of them.
  [[nodiscard]] Result<std::vector<Short>> samples_of(std::int64_t chain, std::size_t max);

  // --- out ---
  // What comes after `known` operations of the chain (all of it for none), in runs, up to what is parked. Whether a run
  // is urgent is read from its last operations.
  [[nodiscard]] Result<std::vector<ChainRun>> runs_after(std::int64_t chain, std::span<const std::int64_t> known);
  // What has a seq from `first` on, in runs, up to what is parked; as runs_after().
  [[nodiscard]] Result<std::vector<ChainRun>> runs_from(std::int64_t chain, std::int64_t first);
  // What arrived after a counter in some circles of a space, access circle first and in the order of arrival.
  [[nodiscard]] Result<std::vector<ChainRun>> runs_since(const SpaceRow& space, CircleSet circles, std::int64_t after,
                                                         const std::function<bool(std::int64_t)>& skips);
  // Cuts runs of the access circle so that each operation comes after those it builds on, as they arrived here.
  [[nodiscard]] static std::vector<ChainRun> in_order_of_arrival(const std::vector<ChainRun>& runs);
  // The beginning of a run as a segment of at most max_bytes, or of more when the first signature comes later and
  // `may_exceed`; every operation passes may_send.
  [[nodiscard]] Result<ExportedRun> export_run(std::span<const std::int64_t> rows, const PeerDevice& peer,
                                               std::size_t max_bytes, bool may_exceed);

  // --- in (replica_taking.cpp) ---
  // What the calls in `body` write becomes one commit, and costs one flush: for what came at the same time. Each of
  // them stands or falls by itself as ever. Before this returns, nobody may be told of it, neither here nor elsewhere;
  // the subscriber hears of all of it at once. An error: nothing of it is here, whatever those calls answered, so that
  // whoever acted on their answers is to be ended. Within another together(): part of that one.
  [[nodiscard]] Status together(const std::function<void()>& body);
  // Takes segments (core/oplog/segment.hpp) through the one door, folds the views, and confirms claims of tasks that
  // are this device's to assign: one transaction for all, or one each when something is wrong with one.
  // What goes beyond what its author may bring is postponed.
  [[nodiscard]] Result<std::vector<Taken>> take(std::span<const Bytes> segments, const PeerDevice& from,
                                                const AuthorLimits& limits = {});
  // Whether the author of a chain may bring more now.
  [[nodiscard]] Result<bool> may_bring_more(std::int64_t chain, const AuthorLimits& limits = {});

  // The same of what was unpacked.
  [[nodiscard]] Result<std::vector<Taken>> take_runs(std::vector<std::vector<UnverifiedOperation>> runs,
                                                     const PeerDevice& from, const AuthorLimits& limits = {});

  // --- ids told by their beginning (replica_ids.cpp) ---
  using Counts = std::function<bool(std::int64_t row, std::int64_t space, std::uint32_t circle)>;
  // The one operation, device or person that begins so, of those with an operation in what is shared.
  [[nodiscard]] Result<std::optional<Hash32>> find_id(const IdBeginning& beginning, const Counts& is_shared);
  // Whether another store, which has these operations of ours, finds this id so.
  [[nodiscard]] Result<bool> can_tell(const Hash32& id, const Counts& is_shared, const Counts& is_had);

  // --- what is remembered of whom (replica_peers.cpp) ---
  [[nodiscard]] Result<std::int64_t> circle_row(const SpaceRow& space, std::uint32_t number);
  [[nodiscard]] Result<PeerMemory> memory(const DeviceId& device);
  // Also writes down that the device was met now. Under another epoch than before, all earlier `got` are forgotten.
  [[nodiscard]] Status remember(const DeviceId& device, const StoreEpoch& epoch, std::span<const CircleMark> marks);
  // At most kAddressesKept a device: the ones that worked last. `worked` of one that is only said to be is 0.
  static constexpr std::size_t kAddressesKept = 8;
  [[nodiscard]] Status remember_address(const KnownAddress& address);
  // The one that worked last first.
  [[nodiscard]] Result<std::vector<KnownAddress>> addresses();
  // The port that the node of this store listens on from run to run; nothing before the first run.
  [[nodiscard]] Result<std::optional<std::uint16_t>> kept_port();
  [[nodiscard]] Status keep_port(std::uint16_t port);
  // By which ways the node of this store finds others; all of them before anything was chosen.
  [[nodiscard]] Result<Routes> routes();
  [[nodiscard]] Status keep_routes(const Routes& routes);
  // What this laptop's clock says, to be told to a peer; it decides nothing.
  [[nodiscard]] WallTime wall() const;
  // How far the device's clock was ahead of this one's, as people are told when it is kMuchAheadS or more (meetings()).
  static constexpr std::int64_t kMuchAheadS = 600;
  [[nodiscard]] Status note_clock(const DeviceId& device, std::int64_t ahead_s);
  // A device did what no working program does. Only of devices that are known: people are told (meetings()).
  [[nodiscard]] Status note_fault(const DeviceId& device, PeerFault fault, std::uint64_t times = 1);
  // Operations of a space that no other device is known to have, and who was met when or misbehaved.
  [[nodiscard]] Result<std::uint64_t> only_here(const SpaceRow& space);
  [[nodiscard]] Result<std::vector<InitiativeRow::Meeting>> meetings(const SpaceRow& space);
  // Which device of the space was the last to show that this store is of an earlier moment than what it had told: by
  // what it remembered, or by giving back operations of this very device. Nothing when none ever did.
  [[nodiscard]] Result<std::optional<InitiativeRow::Meeting>> older(const SpaceRow& space);

  // --- inviting and joining (replica_joining.cpp) ---
  struct Invitation {
    OpId operation;
    SpaceId space;
    SecretBytes seed;  // kInvitationSeedBytes: goes into the code and nowhere else
  };
  // Fails with not_allowed unless this person is a coordinator.
  [[nodiscard]] Result<Invitation> invite(const InitiativeNaming& initiative, Role role);
  // Ends somebody's probation. Fails with not_allowed unless this person is a coordinator, or when there is nothing to
  // confirm.
  [[nodiscard]] Status confirm(const InitiativeNaming& initiative, const PersonId& person);
  struct Knocked {
    std::optional<JoinRefusal> refusal;
    SpaceId space;
    OpId invitation;
  };
  [[nodiscard]] Result<Knocked> look_up_invitation(const InvitationLabel& label, const BoxPublicKey& peer,
                                                   bool practice);
  struct Admitted {
    std::optional<JoinRefusal> refusal;
    Bytes founding;  // encode(UnverifiedOperation), with flesh
  };
  // Checks everything and writes admission, confirmation and name. A device that this very invitation admitted before
  // is answered without writing: the answer may have been lost on its way.
  [[nodiscard]] Result<Admitted> admit(const JoinRequest& request, const BoxPublicKey& peer);
  // The joiner's side: whether this device used that code before, what it says of itself, and going in.
  [[nodiscard]] Result<bool> has_used(const InvitationLabel& label);
  [[nodiscard]] Result<JoinRequest> ask_to_join(ByteView seed, const SpaceId& space, const OpId& invitation,
                                                const Hash32& challenge);
  // Nothing when the founding operation is not what was promised.
  [[nodiscard]] Result<std::optional<SpaceRow>> enter(ByteView founding, const SpaceId& space,
                                                      const InvitationLabel& label);

 private:
  [[nodiscard]] Result<CircleSet> own_circles(const Membership& membership) const;
  [[nodiscard]] Result<std::size_t> how_many_may_go(std::span<const std::int64_t> rows, const PeerDevice& peer);
  [[nodiscard]] Result<PersonId> author_of(std::int64_t row);
  [[nodiscard]] Result<bool> is_open_to(const UnverifiedOperation& first, const PeerDevice& from);
  [[nodiscard]] Result<std::vector<ChainRun>> runs_among(std::int64_t chain, std::int64_t above_seq,
                                                         std::span<const std::int64_t> known, bool forked);
  [[nodiscard]] Status mend_after(std::uint64_t lost);
  struct Incoming {
    std::vector<UnverifiedOperation> run;
    std::size_t bytes = 0;
    std::optional<PersonId> author;  // when the device is known
  };
  [[nodiscard]] Result<std::optional<PersonId>> author_of(const UnverifiedOperation& first);
  [[nodiscard]] Status take_run(const Incoming& incoming, const DeviceId& from, const AuthorLimits& limits,
                                Taken& taken);
  [[nodiscard]] Status add_misdeeds(std::vector<InitiativeRow::Meeting>& meetings, const Membership& membership);
  [[nodiscard]] Result<const ChainDirectory*> directory(const SpaceRow& space);
  [[nodiscard]] Status note_older(const DeviceId& witness);
  [[nodiscard]] Result<std::vector<std::int64_t>> parked();

  Community::Impl& impl_;
  std::unique_ptr<ChainDirectories> directories_;
  std::uint64_t unparked_ = 0;
  bool came_back_ = false;  // something that was lost, in the running call
};

}  // namespace kiem
