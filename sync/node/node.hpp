// A node: one Community that meets others. It lets in whom the initiatives let in, calls known devices by itself, keeps
// sessions live, and answers whatever is asked of its store.
//
// It has no thread, no descriptor and no loop of its own: whoever drives it (node_loop.hpp, a test, the simulator)
// calls turn() after the network woke or next_ms() came, and ask() for requests. Community, Network, clock, chance and
// log are borrowed and outlive it. One thread, the writer's (D11).
//
// Invariants
//   N1  Only turn(), ask() and the sessions in them write to the store; after each commit every session is told, before
//       anything else is sent: a right that was taken ends its session in the same turn (D2).
//   N2  The gate is set anew whenever an act of membership came, before the next link is taken.
//   N3  Every request is answered exactly once, unless it was forgotten; when the node goes, with peer_lost.
//   N4  What comes from a peer ends its session at worst, and bars the peer for a while (conduct.hpp). Only an error of
//       the own store makes turn() fail, and then the node is of no further use.
//   N5  Frames that came at the same time, from whomever, are one commit; no link says anything to them before that.
//       While two laptops pair, each is one.
#pragma once

#include <map>
#include <memory>

#include "sync/discovery/datagrams.hpp"
#include "sync/discovery/lookout.hpp"
#include "sync/node/conduct.hpp"
#include "sync/node/errand.hpp"
#include "sync/node/node_link.hpp"
#include "sync/node/pairing_affair.hpp"
#include "sync/transport/network.hpp"

namespace kiem {

struct NodeOptions {
  SessionLimits session;
  bool calls = true;  // known devices by itself; a single command only meets whom it was told to
};

class Node {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Node>> create(Community& community, Network& network, Env env,
                                                            NodeOptions options = {});
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // Accepts peers from now on. Without an address: on every interface, on the port of the last run when it is free, and
  // the port is remembered. Returns what is bound. Errors: bad_address, address_in_use.
  [[nodiscard]] Result<Endpoint> listen(const std::optional<Endpoint>& address);
  // Where others can reach this node: one Endpoint an interface when it listens on all. Empty when it does not listen.
  [[nodiscard]] std::vector<Endpoint> addresses();

  // Finds others on the networks it is in and is found there, from now on (sync/discovery). The datagrams outlive the
  // node; whoever drives it turns also when they wake.
  [[nodiscard]] Status look_around(Datagrams& datagrams);

  // Answers at once, inside this call, or from a later turn().
  Ticket ask(const NodeRequest& request, Reply reply);
  // Answers all that still wait with peer_lost, for whoever they report to goes before the node does.
  void abandon();
  // Whoever asked has gone: no answer comes any more. Absent: nothing.
  void forget(Ticket ticket);

  // Takes what the network has to tell and does what time asks for. A long queue is taken in parts: next_ms() then is
  // now.
  [[nodiscard]] Status turn();
  // When turn() has something to do without any event; nothing while only events matter.
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const;

  // Says goodbye on every link and abandons what was asked; no call goes out any more. Then turn() until is_quiet(), or
  // for as long as manners ask.
  void leave();
  [[nodiscard]] bool is_quiet() const { return links_.empty() && attempts_.empty(); }
  // Links whose session is level with the peer.
  [[nodiscard]] std::size_t level_links() const;

 private:
  struct Copying {
    std::unique_ptr<Backup> backup;
    std::string file;
    Reply reply;
  };
  struct Attempt {
    Callee candidate;
    std::optional<Ticket> errand;
  };
  Node(Community& community, Network& network, Env env, NodeOptions options);

  // --- events (node.cpp) ---
  void on(const LinkUp& up);
  void on(const FrameReceived& received);
  void on(const RoomToSend& room);
  void on(const LinkDown& down);
  void after(NodeLink& link);
  [[nodiscard]] Status remember(const LinkUp& up);
  void drop(LinkId id);
  void judge(const NodeLink& link);
  void parted(const BoxPublicKey& key);
  void notice_failure(const NodeLink& link);
  [[nodiscard]] Status catch_up();
  [[nodiscard]] Status refresh();
  void call_due();
  [[nodiscard]] std::optional<LinkId> dial(const Callee& candidate, std::optional<Ticket> errand);
  [[nodiscard]] NodeLink* link_with(const BoxPublicKey& key, const NodeLink* other_than = nullptr);
  [[nodiscard]] std::uint64_t now() const { return env_.clock.monotonic_ms(); }

  // --- what links bring (node_frames.cpp) ---
  [[nodiscard]] Status take_events();
  [[nodiscard]] Status take(const std::vector<FrameReceived>& frames);
  void hear(const FrameReceived& frame);
  void answer(LinkId id);

  // --- finding others (node_discovery.cpp) ---
  [[nodiscard]] Status know_initiatives();
  [[nodiscard]] Status choose_routes();
  [[nodiscard]] bool hear_and_tell();
  [[nodiscard]] Status begin_looking(Ticket ticket, Reply reply);
  void answer_lookers();
  [[nodiscard]] Result<Surroundings> surroundings();

  // --- pairing (node_pairing.cpp) ---
  [[nodiscard]] Result<PairingOpened> open_pairing(const OpenPairing& request);
  [[nodiscard]] Status pair_with(const PairWith& request);
  void begin_pairing(PairingAffair affair);
  void wait_for_pairing(PairingAffair::Waits what, Ticket ticket, Reply reply);
  void answer_pairing(bool same, Ticket ticket, Reply reply);
  void reply_to_pairing(Result<NodeAnswer> answer);
  void end_pairing(Result<NodeAnswer> answer);
  void send_pairing();
  void meet_host(const Sighting& sighting);
  [[nodiscard]] bool pairing_takes(const LinkUp& up);
  [[nodiscard]] bool pairing_takes(const FrameReceived& received);
  [[nodiscard]] bool pairing_takes(const LinkDown& down);
  void move_pairing_on();
  [[nodiscard]] bool has_arrived(const BoxPublicKey& guest);
  void give_invitation();
  void take_invitation();
  [[nodiscard]] std::optional<std::uint64_t> pairing_next_ms() const;

  // --- what was asked (node_errands.cpp) ---
  [[nodiscard]] Result<NodeAnswer> perform(const Request& request);
  [[nodiscard]] Result<std::optional<InitiativeRow>> initiative(const SpaceId& id);
  [[nodiscard]] Result<InvitationMade> perform(const InviteNewcomer& request);
  [[nodiscard]] Status begin(const JoinByCode& request, Errand& errand);
  [[nodiscard]] Status begin(const SyncWith& request, Errand& errand);
  [[nodiscard]] Status begin(const BackUp& request, Ticket ticket, Reply reply);
  void copy_on();
  void try_next(Ticket ticket);
  void look_at(Ticket ticket);
  void look_at_errands();
  void settle(Ticket ticket, Result<NodeAnswer> answer);
  [[nodiscard]] Result<NodeAnswer> outcome(const Errand& errand, const NodeLink& link);

  Community& community_;
  Network& network_;
  Transport& transport_;
  Env env_;
  NodeOptions options_;
  Caller caller_;
  Conduct conduct_;
  PushTree tree_;           // of all links; sessions leave it when they go, before it
  std::size_t barred_ = 0;  // keys that the gate keeps out
  struct Looking {
    std::uint64_t until_ms = 0;
    Reply reply;
  };
  Datagrams* datagrams_ = nullptr;
  Lookout lookout_;
  std::size_t sent_from_ = 0;          // addresses that the last beacon went out from
  std::map<Ticket, Looking> lookers_;  // who asked who is there, and waits until others have had time to answer
  std::optional<PairingAffair> pairing_;
  std::vector<std::pair<LinkId, std::uint64_t>> parting_;  // links of pairings that are over, and when to close them
  std::map<LinkId, NodeLink> links_;
  std::map<LinkId, Attempt> attempts_;
  std::map<Ticket, Errand> errands_;
  std::map<Ticket, Copying> copies_;  // backups under way, a piece of each a turn
  Ticket next_ticket_ = 1;
  std::optional<Endpoint> listening_;
  std::int64_t seen_counter_ = -1;                // of the store, as the sessions know it
  std::optional<std::uint64_t> seen_membership_;  // as gate and caller know it
  bool one_by_one_ = false;                       // each frame is a commit of its own: reading has come upon damage
  bool has_more_ = false;                         // events wait that the last turn did not take
  bool leaving_ = false;
  std::optional<Error> failure_;  // of the own store
};

}  // namespace kiem
