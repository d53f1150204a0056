#include "sync/node/node.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace kiem {

Result<std::unique_ptr<Node>> Node::create(Community& community, Network& network, Env env, NodeOptions options) {
  std::unique_ptr<Node> node(new Node(community, network, env, options));
  KIEM_TRY(node->catch_up());
  return node;
}

Node::Node(Community& community, Network& network, Env env, NodeOptions options)
    : community_(community),
      network_(network),
      transport_(network.transport()),
      env_(env),
      options_(options),
      caller_(env.rng),
      tree_(env.rng),
      lookout_(community.replica().keys().transport.public_key, env.rng) {}

Node::~Node() { abandon(); }

void Node::abandon() {
  while (!errands_.empty()) {
    const auto& [ticket, errand] = *errands_.begin();
    settle(ticket, fail(ErrorCode::peer_lost, Fault::peer, {to_text(errand.at.address)}));
  }
  end_pairing(fail(ErrorCode::peer_lost, Fault::peer, {""}));
  while (!lookers_.empty()) {
    const Looking given_up = std::move(lookers_.extract(lookers_.begin()).mapped());
    given_up.reply(fail(ErrorCode::peer_lost, Fault::peer, {""}));
  }
  while (!copies_.empty()) {
    const Copying given_up = std::move(copies_.extract(copies_.begin()).mapped());
    given_up.reply(fail(ErrorCode::peer_lost, Fault::peer, {given_up.file}));
  }
}

// --- listening -------------------------------------------------------------------------------------------------------

Result<Endpoint> Node::listen(const std::optional<Endpoint>& address) {
  if (address) {
    KIEM_TRY_GET(listening_, transport_.listen(*address));
    return *listening_;
  }
  Replica& replica = community_.replica();
  KIEM_TRY_GET(const auto kept, replica.kept_port());
  auto bound = transport_.listen({"*", kept.value_or(0)});
  // Somebody else took the port meanwhile: another one serves as well, and whoever has the old address finds us later.
  if (!bound && kept && bound.error().code == ErrorCode::address_in_use) bound = transport_.listen({"*", 0});
  if (!bound) return bound;
  if (bound->port != kept) KIEM_TRY(replica.keep_port(bound->port));
  listening_ = *bound;
  return bound;
}

std::vector<Endpoint> Node::addresses() {
  if (!listening_) return {};
  const std::string& host = listening_->host;
  if (host != "*" && host != "0.0.0.0" && host != "::") return {*listening_};
  std::vector<Endpoint> addresses;
  for (const std::string& each : network_.hosts()) addresses.push_back({each, listening_->port});
  // Without any interface there is still this laptop itself.
  if (addresses.empty()) addresses.push_back({"127.0.0.1", listening_->port});
  return addresses;
}

// --- turning ---------------------------------------------------------------------------------------------------------

Status Node::turn() {
  KIEM_TRY(take_events());
  for (auto& [id, link] : links_) {
    if (const auto due = link.next_ms(); due && *due <= now()) link.pump(now());
  }
  KIEM_TRY(catch_up());
  look_at_errands();
  copy_on();
  if (hear_and_tell()) has_more_ = true;
  answer_lookers();
  move_pairing_on();
  KIEM_TRY(catch_up());
  std::vector<LinkId> spent;
  for (const auto& [id, link] : links_) {
    if (link.is_spent(now())) spent.push_back(id);
  }
  for (const LinkId id : spent) drop(id);
  if (barred_ != conduct_.barred(now()).size()) KIEM_TRY(refresh());
  call_due();
  for (const auto& [id, link] : links_) notice_failure(link);
  if (failure_) return tl::unexpected<Error>(*failure_);
  return {};
}

std::optional<std::uint64_t> Node::next_ms() const {
  if (has_more_ || !copies_.empty()) return now();
  std::optional<std::uint64_t> next = options_.calls && !leaving_ ? caller_.next_ms(now()) : std::nullopt;
  if (datagrams_ != nullptr && !leaving_) {
    if (const auto due = lookout_.next_ms()) next = next ? std::min(*next, *due) : due;
  }
  if (const auto due = conduct_.next_ms(now())) next = next ? std::min(*next, *due) : due;
  if (const auto due = pairing_next_ms()) next = next ? std::min(*next, *due) : due;
  for (const auto& [ticket, looking] : lookers_) next = next ? std::min(*next, looking.until_ms) : looking.until_ms;
  for (const auto& [id, link] : links_) {
    if (const auto due = link.next_ms()) next = next ? std::min(*next, *due) : due;
  }
  return next;
}

// N1 and N2: after each commit, whoever made it.
Status Node::catch_up() {
  if (failure_) return tl::unexpected<Error>(*failure_);
  Status caught = [&]() -> Status {
    // A session may commit while it is told (what it confirms), so until nothing changes.
    while (true) {
      KIEM_TRY_GET(const std::int64_t counter, community_.replica().counter());
      if (counter == seen_counter_) return {};
      seen_counter_ = counter;
      KIEM_TRY_GET(const std::uint64_t membership, community_.replica().membership_acts());
      // What else people write changes neither gate nor caller.
      if (seen_membership_ != membership) KIEM_TRY(refresh());
      seen_membership_ = membership;
      for (auto& [id, link] : links_) {
        link.session().committed();
        // The peer has come to belong to one more initiative, or this node has. What is common is settled when a
        // session begins, so another one is begun.
        KIEM_TRY_GET(const bool misses, link.session().misses_a_space());
        if (misses) link.session().close();
        link.pump(now());
      }
    }
  }();
  if (!caught) failure_ = caught.error();
  return caught;
}

Status Node::refresh() {
  Replica& replica = community_.replica();
  KIEM_TRY_GET(const auto devices, replica.known_devices());
  KIEM_TRY_GET(const auto spaces, replica.spaces());
  KIEM_TRY_GET(const auto addresses, replica.addresses());
  GateRules rules;
  for (const KnownDevice& device : devices) rules.members.insert(device.key);
  // A newcomer, or a member who was let in elsewhere and is not known here yet.
  rules.anteroom_open = std::any_of(spaces.begin(), spaces.end(),
                                    [](const SpaceRow& space) { return space.kind == SpaceKind::initiative; });
  const auto barred = conduct_.barred(now());
  rules.barred.insert(barred.begin(), barred.end());
  barred_ = barred.size();
  transport_.set_gate(std::move(rules));
  caller_.know(devices, addresses, now());
  if (datagrams_ != nullptr) KIEM_TRY(know_initiatives());
  for (const auto& [id, link] : links_) caller_.met(link.up().peer);
  for (const auto& [id, attempt] : attempts_) caller_.met(attempt.candidate.key);
  return {};
}

// --- events ----------------------------------------------------------------------------------------------------------

void Node::on(const LinkUp& up) {
  if (pairing_takes(up)) return;
  if (up.direction == Direction::inbound && conduct_.is_barred(up.peer, now())) return transport_.close(up.link);
  SessionOptions options;
  options.peer = up.peer;
  options.dialled = up.direction == Direction::outbound;
  options.limits = options_.session;
  options.tree = &tree_;
  options.link = up.link.number;
  if (const auto attempt = attempts_.find(up.link); attempt != attempts_.end()) {
    if (attempt->second.errand) {
      const auto errand = errands_.find(*attempt->second.errand);
      if (errand != errands_.end()) options.invitation = errand->second.invitation.clone();
    }
    attempts_.erase(attempt);
  }
  caller_.met(up.peer);
  auto session = std::make_unique<Session>(community_.replica(), std::move(options), now());
  const LinkId id = up.link;
  const auto [link, added] = links_.try_emplace(id, transport_, up, std::move(session));
  KIEM_CHECK(added);
  link->second.pump(now());
  after(link->second);
}

// While two laptops pair, whose frame it is depends on those before it.
void Node::on(const FrameReceived& received) {
  if (pairing_takes(received)) return;
  hear(received);
  answer(received.link);
}

void Node::on(const RoomToSend& room) {
  const auto link = links_.find(room.link);
  if (link == links_.end()) return;
  link->second.pump(now());
  after(link->second);
}

void Node::on(const LinkDown& down) {
  if (pairing_takes(down)) return;
  if (const auto attempt = attempts_.find(down.link); attempt != attempts_.end()) {
    const Attempt failed = attempt->second;
    attempts_.erase(attempt);
    parted(failed.candidate.key);
    if (!failed.errand) return;
    const auto errand = errands_.find(*failed.errand);
    if (errand == errands_.end()) return;
    errand->second.link.reset();
    errand->second.silent = down.reason == DownReason::unreachable;
    errand->second.failure =
        weightier(std::move(errand->second.failure), error_of(down.reason, to_text(failed.candidate.address)));
    return try_next(*failed.errand);
  }
  const auto link = links_.find(down.link);
  if (link == links_.end()) return;
  link->second.lost();
  look_at_errands();
  drop(down.link);
}

// Damage costs the session that came upon it; a disk that fails costs them all.
void Node::notice_failure(const NodeLink& link) {
  const auto& end = link.session().end();
  if (end && end->error && end->error->fault == Fault::machine) failure_ = *end->error;
}

// What a session has become able to do, or has stopped for.
void Node::after(NodeLink& link) {
  notice_failure(link);
  if (!link.became_member() || failure_) return;
  const LinkUp& up = link.up();
  if (up.direction == Direction::inbound) {
    if (up.entrance == Entrance::anteroom) transport_.promote(up.link);
  } else if (const Status kept = remember(up); !kept) {
    failure_ = kept.error();
    return;
  }
  // Both may have called at the same moment. One link is enough, and both agree which end lets go. A newcomer's link is
  // left alone: what it was made for is not done yet.
  NodeLink* const other = link_with(up.peer, &link);
  const bool crossed = other != nullptr && other->up().direction != up.direction;
  if (crossed && !link.session().is_joining() && !other->session().is_joining() &&
      community_.replica().keys().transport.public_key < up.peer) {
    link.session().close();
    link.pump(now());
  }
}

Status Node::remember(const LinkUp& up) {
  caller_.worked(up.peer);
  KIEM_TRY(community_.replica().remember_address({up.peer, to_text(up.endpoint), env_.clock.wall()}));
  return refresh();
}

void Node::drop(LinkId id) {
  const auto link = links_.find(id);
  if (link == links_.end()) return;
  const BoxPublicKey peer = link->second.up().peer;
  judge(link->second);
  links_.erase(link);
  transport_.close(id);
  parted(peer);
}

// What the session says of its peer: remembered for people when the device is known, and kept in mind either way.
void Node::judge(const NodeLink& link) {
  const Session& session = link.session();
  std::optional<PeerFault> fault;
  if (session.end() && !session.end()->by_peer) fault = fault_of(session.end()->reason);
  if (!fault && session.unserved() > 0) fault = PeerFault::unserved;
  if (!fault) return;
  conduct_.note(link.up().peer, *fault, now());
  if (!session.peer()) return;
  if (const Status noted = community_.replica().note_fault(*session.peer(), *fault); !noted && !failure_) {
    failure_ = noted.error();
  }
}

// It may be called again, unless there is another link or attempt.
void Node::parted(const BoxPublicKey& key) {
  const bool is_called = std::any_of(attempts_.begin(), attempts_.end(),
                                     [&](const auto& each) { return each.second.candidate.key == key; });
  if (!is_called && link_with(key) == nullptr) caller_.parted(key, now());
}

NodeLink* Node::link_with(const BoxPublicKey& key, const NodeLink* other_than) {
  for (auto& [id, link] : links_) {
    if (link.up().peer == key && &link != other_than && !link.session().end()) return &link;
  }
  return nullptr;
}

std::size_t Node::level_links() const {
  return static_cast<std::size_t>(
      std::count_if(links_.begin(), links_.end(), [](const auto& each) { return each.second.session().is_level(); }));
}

// --- calling ---------------------------------------------------------------------------------------------------------

void Node::call_due() {
  while (options_.calls && !leaving_ && !failure_) {
    const auto candidate = caller_.next_call(now());
    if (!candidate) return;
    // Put off, with a pause that grows, until its bar is over.
    if (conduct_.is_barred(candidate->key, now())) {
      caller_.parted(candidate->key, now());
      continue;
    }
    if (!dial(*candidate, std::nullopt)) caller_.parted(candidate->key, now());
  }
}

std::optional<LinkId> Node::dial(const Callee& candidate, std::optional<Ticket> errand) {
  const auto link = transport_.connect(candidate.address, candidate.key);
  if (!link) return std::nullopt;
  attempts_.emplace(*link, Attempt{candidate, errand});
  return *link;
}

void Node::leave() {
  leaving_ = true;
  abandon();
  for (const auto& [id, attempt] : attempts_) transport_.close(id);
  attempts_.clear();
  for (const auto& [id, at_ms] : parting_) transport_.close(id);
  parting_.clear();
  for (auto& [id, link] : links_) {
    link.session().close();
    link.pump(now());
  }
}

}  // namespace kiem
