// What people ask of a node that takes a network: to let somebody in, to go in, to meet.
#include <algorithm>

#include "sync/node/invitation_code.hpp"
#include "sync/node/node.hpp"

namespace kiem {

Ticket Node::ask(const NodeRequest& request, Reply reply) {
  const Ticket ticket = next_ticket_++;
  Errand errand;
  errand.reply = std::move(reply);
  const auto answer_now = [&](Result<NodeAnswer> answer) {
    // N1 before the answer: what was just done is on its way to the others when the person reads that it is done.
    if (const Status caught = catch_up(); !caught && answer) answer = tl::unexpected<Error>(caught.error());
    errand.reply(std::move(answer));
  };
  const auto* const plain = std::get_if<Request>(&request);
  if (const auto* const back_up = plain == nullptr ? nullptr : std::get_if<BackUp>(plain)) {
    if (const Status begun = begin(*back_up, ticket, errand.reply); !begun) {
      answer_now(tl::unexpected<Error>(begun.error()));
    }
    return ticket;
  }
  if (plain != nullptr) {
    answer_now(perform(*plain));
    return ticket;
  }
  if (const auto* const invite = std::get_if<InviteNewcomer>(&request)) {
    answer_now(perform(*invite).map([](InvitationMade made) { return NodeAnswer(std::move(made)); }));
    return ticket;
  }
  if (std::holds_alternative<LookAround>(request)) {
    if (const Status begun = begin_looking(ticket, errand.reply); !begun) {
      answer_now(tl::unexpected<Error>(begun.error()));
    }
    return ticket;
  }
  if (const auto* const open = std::get_if<OpenPairing>(&request)) {
    answer_now(open_pairing(*open).map([](PairingOpened opened) { return NodeAnswer(std::move(opened)); }));
    return ticket;
  }
  if (const auto* const pair = std::get_if<PairWith>(&request)) {
    if (const Status begun = pair_with(*pair); !begun) {
      answer_now(tl::unexpected<Error>(begun.error()));
    } else {
      wait_for_pairing(PairingAffair::Waits::for_words, ticket, std::move(errand.reply));
    }
    return ticket;
  }
  if (std::holds_alternative<AwaitPairing>(request)) {
    wait_for_pairing(PairingAffair::Waits::for_words, ticket, std::move(errand.reply));
    return ticket;
  }
  if (const auto* const compared = std::get_if<AnswerPairing>(&request)) {
    answer_pairing(compared->same, ticket, std::move(errand.reply));
    return ticket;
  }
  const auto* const join = std::get_if<JoinByCode>(&request);
  const Status begun = join != nullptr ? begin(*join, errand) : begin(std::get<SyncWith>(request), errand);
  if (!begun) {
    answer_now(tl::unexpected<Error>(begun.error()));
    return ticket;
  }
  errands_.emplace(ticket, std::move(errand));
  try_next(ticket);
  return ticket;
}

// The store answers, and the node adds what no store knows: what is on its way.
Result<NodeAnswer> Node::perform(const Request& request) {
  KIEM_TRY_GET(Answer answer, community_.perform(request));
  if (std::holds_alternative<ChooseRoutes>(request)) KIEM_TRY(choose_routes());
  if (auto* const status = std::get_if<StatusAnswer>(&answer)) {
    for (const auto& [id, link] : links_) {
      const auto progress = link.session().progress();
      if (!progress) continue;
      if (!status->arriving) status->arriving = Arriving{};
      status->arriving->came += progress->came;
      status->arriving->of += progress->of;
    }
  }
  return NodeAnswer(std::move(answer));
}

void Node::forget(Ticket ticket) {
  copies_.erase(ticket);
  lookers_.erase(ticket);
  if (pairing_ && pairing_->waits != PairingAffair::Waits::nobody && pairing_->ticket == ticket) {
    // Who stops in the middle does not agree.
    pairing_->waits = PairingAffair::Waits::nobody;
    if (pairing_->pairing && pairing_->pairing->words()) {
      pairing_->pairing->answer(false);
      send_pairing();
    }
    end_pairing(fail(ErrorCode::peer_lost));
  }
  const auto errand = errands_.find(ticket);
  if (errand == errands_.end()) return;
  const auto link = errand->second.link;
  const BoxPublicKey key = errand->second.at.key;
  errands_.erase(errand);
  // A link that is up goes on by itself; an attempt was only for whoever asked.
  if (!link || attempts_.erase(*link) == 0) return;
  transport_.close(*link);
  parted(key);
}

// --- copying ---------------------------------------------------------------------------------------------------------

Status Node::begin(const BackUp& request, Ticket ticket, Reply reply) {
  KIEM_TRY_GET(auto backup, community_.back_up(request.file));
  copies_.emplace(ticket, Copying{std::move(backup), request.file, std::move(reply)});
  return {};
}

// A piece of each, so that whoever meets this laptop meanwhile notices little of it.
void Node::copy_on() {
  constexpr std::uint32_t kPagesPerTurn = 64;
  std::vector<std::pair<Ticket, Result<bool>>> ended;
  for (auto& [ticket, copying] : copies_) {
    auto stepped = copying.backup->step(kPagesPerTurn);
    if (!stepped || *stepped) ended.emplace_back(ticket, std::move(stepped));
  }
  for (auto& [ticket, stepped] : ended) {
    const Copying done = std::move(copies_.extract(ticket).mapped());
    if (stepped) {
      done.reply(NodeAnswer(Answer(BackedUp{done.file, done.backup->bytes()})));
    } else {
      done.reply(tl::unexpected<Error>(std::move(stepped).error()));
    }
  }
}

// --- inviting --------------------------------------------------------------------------------------------------------

Result<InvitationMade> Node::perform(const InviteNewcomer& request) {
  std::vector<Endpoint> at;
  for (const std::string& text : request.addresses) {
    KIEM_TRY_GET(Endpoint address, parse_endpoint(text));
    if (!is_dialable(address) || to_text(address).size() > kMaxCodeAddressBytes) {
      return fail(ErrorCode::bad_address, Fault::person, {text});
    }
    at.push_back(std::move(address));
  }
  const bool was_listening = listening_.has_value();
  if (at.empty()) {
    // The port is the one that the node of this store will have.
    if (!was_listening) KIEM_TRY(listen(std::nullopt));
    at = addresses();
  }
  if (at.empty()) return fail(ErrorCode::missing_input, Fault::person, {"address"});
  if (at.size() > kMaxCodeAddresses) at.resize(kMaxCodeAddresses);

  Replica& replica = community_.replica();
  KIEM_TRY_GET(Replica::Invitation invitation, replica.invite(request.initiative, request.role));
  InvitationMade made;
  made.code = write_code({replica.keys().transport.public_key, invitation.seed.clone(), at});
  made.initiative = invitation.space;
  made.role = request.role;
  made.listening = was_listening;
  for (const Endpoint& address : at) made.addresses.push_back(to_text(address));
  KIEM_TRY_GET(const auto row, initiative(made.initiative));
  if (row) made.initiative_name = row->name;
  return made;
}

Result<std::optional<InitiativeRow>> Node::initiative(const SpaceId& id) {
  KIEM_TRY_GET(Answer status, community_.perform(ShowStatus{}));
  for (InitiativeRow& row : std::get<StatusAnswer>(status).initiatives) {
    if (row.id == id) return std::optional(std::move(row));
  }
  return std::optional<InitiativeRow>{};
}

// --- setting out -----------------------------------------------------------------------------------------------------

Status Node::begin(const JoinByCode& request, Errand& errand) {
  KIEM_TRY_GET(InvitationCode code, read_code(request.code));
  Replica& replica = community_.replica();
  if (code.key == replica.keys().transport.public_key) {
    return fail(ErrorCode::peer_refused, Fault::person, {std::string(name_of(EndReason::already_member))});
  }
  // Said at once, also when nobody can be reached: this code was used up by this very laptop.
  KIEM_TRY_GET(const bool used, replica.has_used(label_of(invitation_key(code.seed.view()).verify_key())));
  if (used) return fail(ErrorCode::code_used);
  if (code.addresses.empty()) return fail(ErrorCode::bad_code);
  for (const Endpoint& address : code.addresses) errand.left.push_back({{address, code.key}, false});
  errand.invitation = std::move(code.seed);
  return {};
}

Status Node::begin(const SyncWith& request, Errand& errand) {
  KIEM_TRY_GET(const Endpoint address, parse_endpoint(request.address));
  if (!is_dialable(address)) return fail(ErrorCode::bad_address, Fault::person, {request.address});
  Replica& replica = community_.replica();
  const BoxPublicKey& own = replica.keys().transport.public_key;
  if (request.key) {
    if (*request.key == own) return fail(ErrorCode::bad_address, Fault::person, {request.address});
    errand.left.push_back({{address, *request.key}, true});
    return {};
  }
  const auto add = [&](const BoxPublicKey& key, bool was_there) {
    const bool listed = std::any_of(errand.left.begin(), errand.left.end(),
                                    [&](const Choice& each) { return each.candidate.key == key; });
    if (!listed && key != own) errand.left.push_back({{address, key}, was_there});
  };
  KIEM_TRY_GET(const auto addresses, replica.addresses());
  for (const KnownAddress& known : addresses) {
    if (known.endpoint == to_text(address)) add(known.key, true);
  }
  KIEM_TRY_GET(const auto devices, replica.known_devices());
  for (const KnownDevice& device : devices) add(device.key, false);
  if (errand.left.empty()) return fail(ErrorCode::nobody_known);
  return {};
}

void Node::try_next(Ticket ticket) {
  Errand& errand = errands_.at(ticket);
  // Where nobody answers at all, another key would not be answered either.
  const bool silent = errand.invitation.empty() && errand.silent;
  while (!errand.left.empty() && !silent) {
    const Choice choice = errand.left.front();
    errand.left.pop_front();
    errand.at = choice.candidate;
    // A sync with a device that is linked already needs no second link, but an answer from it.
    if (NodeLink* const link = choice.may_borrow ? link_with(errand.at.key) : nullptr) {
      link->session().probe();
      link->pump(now());
      errand.link = link->up().link;
      errand.borrowed = true;
      errand.taken_before = link->session().operations_taken();
      errand.given_before = link->session().operations_given();
      return;
    }
    if (const auto link = dial(errand.at, ticket)) {
      errand.link = link;
      return;
    }
    errand.failure =
        weightier(std::move(errand.failure), error_of(DownReason::unreachable, to_text(errand.at.address)));
  }
  settle(ticket,
         tl::unexpected<Error>(errand.failure.value_or(error_of(DownReason::unreachable, to_text(errand.at.address)))));
}

// --- arriving --------------------------------------------------------------------------------------------------------

void Node::look_at_errands() {
  std::vector<Ticket> tickets;
  for (const auto& [ticket, errand] : errands_) tickets.push_back(ticket);
  for (const Ticket ticket : tickets) look_at(ticket);
}

void Node::look_at(Ticket ticket) {
  const auto found = errands_.find(ticket);
  if (found == errands_.end() || !found->second.link) return;
  Errand& errand = found->second;
  const auto link = links_.find(*errand.link);
  if (link == links_.end()) return;  // not up yet
  const Session& session = link->second.session();
  const auto& end = session.end();
  // One of two links was let go, and the other does as well; or the link that was there was broken already.
  const bool let_go = end && end->reason == EndReason::goodbye && link_with(errand.at.key, &link->second) != nullptr;
  const bool was_over = end && errand.borrowed && (end->reason == EndReason::lost || end->reason == EndReason::goodbye);
  if (let_go || was_over) {
    errand.left.push_front({errand.at, true});
    errand.link.reset();
    errand.borrowed = false;
    return try_next(ticket);
  }
  // Who let this newcomer in has said goodbye: being in is what was asked for, and what is missing comes with the next
  // meeting.
  const bool is_in = end && end->reason == EndReason::goodbye && !errand.invitation.empty() && session.joined();
  if (end && !is_in) return settle(ticket, tl::unexpected<Error>(error_of(*end, to_text(errand.at.address))));
  if (is_in || session.is_level()) settle(ticket, outcome(errand, link->second));
}

void Node::settle(Ticket ticket, Result<NodeAnswer> answer) {
  const auto errand = errands_.find(ticket);
  if (errand == errands_.end()) return;
  const Reply reply = std::move(errand->second.reply);
  errands_.erase(errand);
  reply(std::move(answer));
}

Result<NodeAnswer> Node::outcome(const Errand& errand, const NodeLink& link) {
  const Session& session = link.session();
  if (errand.invitation.empty()) {
    Synced synced;
    synced.device = session.peer().value_or(DeviceId{});
    synced.received = session.operations_taken() - errand.taken_before;
    synced.sent = session.operations_given() - errand.given_before;
    KIEM_TRY_GET(const Answer status, community_.perform(ShowStatus{}));
    for (const InitiativeRow& row : std::get<StatusAnswer>(status).initiatives) {
      for (const InitiativeRow::Meeting& meeting : row.meetings) {
        if (meeting.device == synced.device) synced.person = meeting.person;
      }
    }
    return NodeAnswer(std::move(synced));
  }
  // Somebody else's answer under a code that this laptop did not get in by would be a fault of ours.
  if (!session.joined()) return fail(ErrorCode::peer_garbage, Fault::peer, {to_text(errand.at.address)});
  // The other addresses of the code may be the better ones tomorrow.
  for (const Choice& other : errand.left) {
    KIEM_TRY(community_.replica().remember_address({other.candidate.key, to_text(other.candidate.address), {}}));
  }
  InitiativeJoined joined;
  joined.initiative = *session.joined();
  KIEM_TRY_GET(const auto row, initiative(joined.initiative));
  if (row) {
    joined.name = row->name;
    joined.role = row->my_role;
    joined.open_tasks = row->open_tasks;
  }
  KIEM_TRY_GET(const Answer people, community_.perform(ListPeople{{to_text(joined.initiative)}}));
  for (const PersonRow& person : std::get<People>(people).people) {
    if (person.me) joined.on_probation = person.on_probation;
  }
  return NodeAnswer(std::move(joined));
}

}  // namespace kiem
