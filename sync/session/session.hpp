// One meeting with one device, without a socket, a clock or a thread in it: frames and ticks in, frames out
// (sync/PROTOCOL.md; DESIGN D9). The same code runs over ZeroMQ, in the simulator and under a fuzzer.
//
//   dialled, with an invitation          dialled                       accepted
//          |                                |                             |
//       JOINING -- Knock --> <- Challenge   |                             |  Knock -> Challenge, Join -> Admitted
//          |        Join --> <- Admitted    |                             |
//          +------------> OPENING ----- Hello ->  <- Hello ------------ OPENING
//                            |          (or, when both remember the last meeting alike, Again -> <- Known)
//                            |
//              access digests differ? -- yes --> ACCESS: a Round over the access circles, committed before data
//                            |                     |     (a device that was unknown is known after it, or sent away)
//              data digests differ, or after ACCESS? -- yes --> DATA: a Round over all other circles
//                            |                                    |
//                            +------------------> LIVE <----------+   new operations are pushed as they commit;
//                                                  |  ^               a round again when circles changed
//   from everywhere: ENDED, with a reason          +--+
//
// The session runs on the writer's thread and calls the Replica directly; it borrows it, owns nothing else, and does
// not move. What is received is committed before receive() returns, operation by operation durable, so a cut link costs
// what was under way and no more. Nothing goes out after a commit that took the peer's rights: next_frame() looks
// first.
//
// How its owner drives it:
//   receive(frame)  for every frame of the link, in order; tick(now) about once a second while needs_ticks();
//   committed()     after every commit of this store that this session did not make itself;
//   next_frame()    as long as the link has room and it gives one, after each of the three above;
//   end()           when set: send what next_frame() still gives (a Bye), then close the link. lost() when it went
//   down.
// Bad bytes, wrong order, too much and silence end the session with a named reason and bounded memory: a window of
// segments is never held (each is committed on arrival, a large one is at most kMaxSegmentBytes), lists are bounded by
// round.hpp, what was here already, rounds for nothing and talk instead of what is owed by SessionLimits. An error of
// the store ends it with EndReason::failed and is in end()->error.
#pragma once

#include <memory>

#include "sync/session/push_tree.hpp"
#include "sync/session/recollection.hpp"
#include "sync/session/round.hpp"

namespace kiem {

struct SessionLimits {
  std::size_t window = std::size_t{256} * 1024;  // bytes of segments under way without an acknowledgement
  std::uint64_t silence_ms = 20'000;             // how long a peer may owe something
  std::uint64_t stall_ms = 60'000;               // the same while it talks of other things
  std::uint64_t save_ms = 1'000;                 // how often what live pushing reached is written down
  std::uint32_t max_postponed = 64;              // segments that could not be kept, before the peer is a waste of time
  std::uint64_t max_repeated = 16'384;           // operations that were here, beyond as many as came new meanwhile
  std::uint32_t max_idle_rounds = 16;            // that the peer began and that brought nothing
  AuthorLimits author;                           // what one person may bring, whoever brings it
};

struct SessionOptions {
  BoxPublicKey peer;       // as the transport proved it, or as it was dialled
  bool dialled = false;    // who dialled speaks first
  SecretBytes invitation;  // the code's seed, when this device joins by it; dialled then
  SessionLimits limits;
  PushTree* tree = nullptr;  // of all links of this node, and this one's number there; without: all is pushed whole
  PushTree::Link link = 0;
};

enum class SessionPhase : std::uint8_t { opening, joining, access, data, live, ended };

struct SessionEnd {
  EndReason reason = EndReason::goodbye;
  bool by_peer = false;
  std::optional<Error> error;
};

class Session {
 public:
  Session(Replica& replica, SessionOptions options, std::uint64_t now_ms);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  void receive(ByteView frame, std::uint64_t now_ms);
  void tick(std::uint64_t now_ms);
  void committed();
  // At most wire::kMaxFrame bytes.
  [[nodiscard]] std::optional<Bytes> next_frame();
  // Ends it from this side, politely.
  void close();
  // The link is gone: nothing more can be sent.
  void lost();
  // The store kept nothing of what was received since the last frame went out (Replica::together): the session ends,
  // and what it would have remembered of the peer goes too.
  void undone(const Error& error);

  [[nodiscard]] SessionPhase phase() const { return end_ ? SessionPhase::ended : phase_; }
  [[nodiscard]] const std::optional<SessionEnd>& end() const { return end_; }
  // The peer is a working device of a member: the transport may lift its anteroom's limits, and the gate let it in.
  [[nodiscard]] bool peer_is_member() const { return peer_is_member_; }
  [[nodiscard]] const std::optional<DeviceId>& peer() const { return known_peer_; }
  // Joining: the initiative, once this store holds it.
  [[nodiscard]] const std::optional<SpaceId>& joined() const { return joined_; }
  // Both sides have committed all that the other had when they met, and all that was pushed since.
  [[nodiscard]] bool is_level() const;
  // Asks the peer for one more acknowledgement, so that is_level() is true again only once it has answered: a link that
  // broke without a word looks level. Does nothing before the session is live.
  void probe();
  // This link lets, or let, a newcomer in: whoever closes one of two links closes another.
  [[nodiscard]] bool is_joining() const { return !invitation_.empty() || has_knocked_; }
  // The peer belongs to a space by now that was not common when this session began: a new session has to be begun to
  // exchange that too. False before the session is live.
  [[nodiscard]] Result<bool> misses_a_space();
  // Somebody owes something, or something reached is not written down yet: tick() is due about once a second. When not,
  // tick() is only called before the next next_frame().
  [[nodiscard]] bool needs_ticks() const { return !end_ && (is_dirty_ || is_owed()); }
  // Operations that were new here, and that were given.
  [[nodiscard]] std::uint64_t operations_taken() const { return operations_taken_; }
  [[nodiscard]] std::uint64_t operations_given() const { return sender_.operations(); }
  // Of a first contact that is under way, how many operations have come of how many. The peer's word, for people alone;
  // nothing while it has not said it, or when nothing comes.
  struct Progress {
    std::uint64_t came = 0, of = 0;
  };
  [[nodiscard]] std::optional<Progress> progress() const;
  // What their segments take as they are, before they are packed.
  [[nodiscard]] std::uint64_t plain_bytes_given() const { return sender_.plain_bytes(); }
  // Chains of which the peer said to have more, and did not give it when asked.
  [[nodiscard]] std::uint64_t unserved() const { return unserved_; }

 private:
  using MaybeMessage = Stepped<std::optional<wire::Message>>;

  // --- in (session.cpp) ---
  [[nodiscard]] Step hear(const wire::Message& message);
  [[nodiscard]] Step on(const wire::Hello& hello);
  [[nodiscard]] Step on(const wire::Heads& heads);
  [[nodiscard]] Step on(const wire::Segments& segments);
  [[nodiscard]] Step on(const wire::Piece& piece);
  [[nodiscard]] Step on(const wire::Done& done);
  [[nodiscard]] Step on(const wire::Ack& ack);
  [[nodiscard]] Step on(const wire::Bye& bye);
  [[nodiscard]] Step on(const wire::UnknownMessage& unknown);
  template <class OfRound>
  [[nodiscard]] Step on_round(const OfRound& message);
  [[nodiscard]] Step note(const std::vector<Taken>& taken, std::int64_t before, bool may_be_misread,
                          std::uint32_t hops);
  // What came could not be read, or kept: it has to be asked for again.
  [[nodiscard]] Step postpone();

  // --- meeting (session_meeting.cpp) ---
  [[nodiscard]] Step offer();
  [[nodiscard]] Step offer_space(const SpaceRow& space);
  [[nodiscard]] Step answer_offer(const wire::Hello& hello);
  [[nodiscard]] Step accept_answer(const wire::Hello& hello);
  [[nodiscard]] Stepped<PeerPlace> find_common(const SpaceRow& space, const wire::SpaceOffer& theirs);
  [[nodiscard]] Stepped<wire::SpaceOffer> make_offer(const SpaceRow& space, CircleSet circles,
                                                     const PeerMemory& memory);
  [[nodiscard]] Step begin();
  void begin_packing();
  [[nodiscard]] Step read_cursors();
  [[nodiscard]] bool is_first_contact() const;
  [[nodiscard]] bool tells_frontier() const;

  // --- meeting again (session_again.cpp) ---
  struct Recalled {
    std::int64_t their_counter = 0;
    bool equal = false;
    std::int64_t got = 0, got_access = 0;  // what the peer has of ours, when not
    bool access = false;
    std::vector<std::int64_t> at_peer;
  };
  [[nodiscard]] Step begin_again();
  [[nodiscard]] Step on(const wire::Again& again);
  [[nodiscard]] Step on(const wire::Known& known);
  [[nodiscard]] Step on(const wire::Whole& whole);
  [[nodiscard]] Step begin_recalled(const Recollection& recollection, const Recalled& recalled);

  // --- rounds and pushing (session_rounds.cpp) ---
  [[nodiscard]] Step begin_round(wire::Phase phase, RoundKind kind);
  [[nodiscard]] Step end_round();
  [[nodiscard]] Step look_at_peers();
  [[nodiscard]] Step look_for_commits();
  [[nodiscard]] MaybeMessage next_push();
  [[nodiscard]] Step mark(wire::Phase phase, RoundKind kind, std::int64_t given, std::int64_t got);
  [[nodiscard]] Step save();

  // --- along the trees of circles (session_tree.cpp) ---
  [[nodiscard]] Step on(const wire::Have& have);
  [[nodiscard]] Step on(const wire::Graft& graft);
  [[nodiscard]] Step on(const wire::Prune& prune);
  [[nodiscard]] Step join_tree();
  void leave_tree();
  [[nodiscard]] const CommonSpace* space_of(const Short& their_tag) const;
  [[nodiscard]] Stepped<CircleSet> whole_circles(const CommonSpace& common, CircleSet circles);
  [[nodiscard]] Stepped<bool> announce(const CommonSpace& common, CircleSet circles, wire::Have& have);
  [[nodiscard]] Step note_for_tree(const Taken& taken, bool is_new, std::uint32_t hops);
  [[nodiscard]] Step ask_for(const Short& item, bool whole);
  [[nodiscard]] Step look_for_awaited();
  [[nodiscard]] MaybeMessage next_of_tree();
  [[nodiscard]] MaybeMessage next_segments();

  // --- joining (session_joining.cpp) ---
  [[nodiscard]] Step on(const wire::Knock& knock);
  [[nodiscard]] Step on(const wire::Challenge& challenge);
  [[nodiscard]] Step on(const wire::Join& join);
  [[nodiscard]] Step on(const wire::Admitted& admitted);
  [[nodiscard]] wire::Message knock() const;

  // --- clocks, for people alone (session.cpp) ---
  void tell_clock(wire::Message& message);
  void hear_clock(const std::optional<std::uint64_t>& theirs);
  [[nodiscard]] Step note_clock();

  // --- out (session.cpp) ---
  [[nodiscard]] MaybeMessage next_message();
  [[nodiscard]] wire::Message acknowledge();
  [[nodiscard]] bool is_owed() const;
  void stop_with(const Stop& why, bool tell);

  Replica& replica_;
  BoxPublicKey peer_key_;
  bool dialled_;
  SecretBytes invitation_;
  SessionLimits limits_;

  SessionPhase phase_ = SessionPhase::opening;
  std::optional<SessionEnd> end_;
  std::optional<wire::Message> bye_;
  std::optional<wire::Message> reply_;  // what is said before any round, but for Hellos, on its way
  PeerDevice peer_;
  std::optional<DeviceId> known_peer_;
  bool peer_is_member_ = false;
  std::optional<SpaceId> joined_;
  bool has_knocked_ = false;
  std::optional<wire::Challenge> challenge_;  // given to a newcomer, or got as one

  std::optional<wire::Hello> my_hello_;
  bool hello_due_ = false;
  std::optional<wire::Hello> their_hello_;
  StoreEpoch my_epoch_;
  std::optional<StoreEpoch> their_epoch_;     // once it is known, or remembered, to be theirs
  std::optional<Recollection> recollection_;  // while an Again is out
  bool told_whole_ = false;
  RoundKind first_kind_ = RoundKind::changed;  // how the first round of each phase goes
  bool tells_ = false;                         // the frontier, if that is how
  std::vector<CommonSpace> common_;
  std::optional<Round> round_;
  Sender sender_;

  // what came in
  PackedIn packed_;
  bool has_misread_ = false;
  Bytes pieces_;
  std::uint64_t received_ = 0, acknowledged_ = 0;  // bytes of segments: committed, and said to be
  std::uint64_t operations_taken_ = 0;
  std::uint32_t postponed_ = 0;
  std::uint64_t repeated_ = 0, unserved_ = 0;  // operations that were here; chains promised and not brought
  std::int64_t begun_counter_ = -1;            // of this store when the first segment came
  std::uint32_t idle_rounds_ = 0;
  bool is_peers_round_ = false;
  std::uint64_t taken_before_round_ = 0;    // when it was the peer that began it
  std::uint64_t taken_at_round_ = 0;        // whoever began it
  std::optional<std::uint64_t> live_done_;  // the peer's, to be acknowledged

  // what happens in this store meanwhile
  std::int64_t seen_counter_ = -1;
  std::uint64_t seen_unparked_ = 0;
  bool again_ = false;  // a full round is due when this one is over
  std::int64_t pushed_access_ = 0, pushed_data_ = 0;
  std::optional<std::int64_t> live_counter_;     // of the live Done that is due
  std::int64_t told_live_ = 0, heard_live_ = 0;  // of my live Dones: the last sent, the last acknowledged
  bool is_sure_ = true;                          // marks may be kept: nothing was postponed or missed
  bool is_dirty_ = false;
  bool is_probing_ = false;
  bool awaits_push_ = false;  // the peer's next live Done: what it wrote while the two compared

  // along the trees
  struct Awaited {
    std::int64_t space = 0;  // its row
    std::uint32_t circle = 0;
    Short device;
  };
  PushTree* tree_;
  PushTree::Link link_;
  bool in_tree_ = false;
  std::map<Short, Awaited> awaited_;            // what the peer named and is not here
  std::vector<wire::Message> tree_replies_;     // Prunes, and a Have on its way
  std::optional<std::int64_t> announced_from_;  // the counter from which on the peer may have got names alone
  std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>>
      grafted_;  // chains asked for, and what it has of them

  bool has_told_clock_ = false;
  std::optional<std::int64_t> clock_ahead_s_;  // the peer's against ours, until it is written down

  bool is_moving_ = false;  // the frame that is being heard brings the meeting on
  std::uint64_t now_ms_ = 0, heard_ms_ = 0, moved_ms_ = 0, saved_ms_ = 0;
};

}  // namespace kiem
