// How a node pairs with a laptop beside it: by a code that both people see, under which the two find each other, and
// four words that both compare. What comes of it is an ordinary invitation, taken in the ordinary way.
#include <algorithm>

#include "sync/node/invitation_code.hpp"
#include "sync/node/node.hpp"

namespace kiem {
namespace {

// The last frame gets this long to arrive before its link is closed.
constexpr std::uint64_t kPartMs = 2'000;

tl::unexpected<Error> refused(const char* why) { return fail(ErrorCode::peer_refused, Fault::peer, {why}); }
tl::unexpected<Error> is_over() { return refused("pairing_over"); }

tl::unexpected<Error> failure_of(PairingEnd end) {
  switch (end) {
    case PairingEnd::different:
      return refused("words_differ");
    case PairingEnd::wrong_code:
    case PairingEnd::done:
    case PairingEnd::bad_message:
    case PairingEnd::too_late:
    case PairingEnd::lost:
      break;
  }
  return is_over();
}

}  // namespace

Result<PairingOpened> Node::open_pairing(const OpenPairing& request) {
  if (datagrams_ == nullptr) return refused("no_beacon");
  KIEM_TRY_GET(const Answer people, community_.perform(ListPeople{request.initiative}));
  const auto& rows = std::get<People>(people).people;
  const bool may_invite = std::any_of(rows.begin(), rows.end(),
                                      [](const PersonRow& each) { return each.me && each.role == Role::coordinator; });
  if (!may_invite) return fail(ErrorCode::not_allowed, Fault::person, {"invite"});
  if (!listening_) KIEM_TRY(listen(std::nullopt));
  end_pairing(is_over());
  PairingAffair affair;
  affair.code = draw_pairing_code(env_.rng);
  affair.until_ms = now() + PairingAffair::kOpenMs;
  affair.invite = {request.initiative, request.role, {}};
  begin_pairing(std::move(affair));
  return PairingOpened{write_pairing_code(pairing_->code)};
}

Status Node::pair_with(const PairWith& request) {
  const auto code = read_pairing_code(request.code);
  if (!code) return fail(ErrorCode::bad_code);
  if (datagrams_ == nullptr) return refused("no_beacon");
  end_pairing(is_over());
  PairingAffair affair;
  affair.code = *code;
  affair.side = Pairing::Side::guest;
  affair.until_ms = now() + PairingAffair::kFindMs;
  begin_pairing(std::move(affair));
  return {};
}

void Node::begin_pairing(PairingAffair affair) {
  lookout_.pair_under(pairing_key(affair.code));
  lookout_.look(now());
  pairing_ = std::move(affair);
}

// One question at a time: who asks anew takes the place of who asked before.
void Node::wait_for_pairing(PairingAffair::Waits what, Ticket ticket, Reply reply) {
  if (!pairing_) return reply(is_over());
  if (pairing_->waits != PairingAffair::Waits::nobody) pairing_->reply(is_over());
  pairing_->waits = what;
  pairing_->ticket = ticket;
  pairing_->reply = std::move(reply);
  has_more_ = true;
}

void Node::answer_pairing(bool same, Ticket ticket, Reply reply) {
  const bool has_words = pairing_ && pairing_->pairing && pairing_->pairing->words();
  const bool is_answered = pairing_ && pairing_->waits == PairingAffair::Waits::for_outcome;
  // A no that is no answer to the words: the person does not want to go on.
  if (!same && (!has_words || is_answered)) end_pairing(is_over());
  if (!pairing_ || !has_words) return reply(is_over());
  wait_for_pairing(PairingAffair::Waits::for_outcome, ticket, std::move(reply));
  pairing_->pairing->answer(same);
  send_pairing();
}

void Node::reply_to_pairing(Result<NodeAnswer> answer) {
  if (!pairing_ || pairing_->waits == PairingAffair::Waits::nobody) return;
  pairing_->waits = PairingAffair::Waits::nobody;
  const Reply reply = std::exchange(pairing_->reply, {});
  reply(std::move(answer));
}

void Node::end_pairing(Result<NodeAnswer> answer) {
  if (!pairing_) return;
  lookout_.pair_under({});
  if (pairing_->link) parting_.emplace_back(*pairing_->link, now() + kPartMs);
  reply_to_pairing(std::move(answer));
  pairing_.reset();
}

void Node::send_pairing() {
  while (pairing_->link) {
    auto frame = pairing_->pairing->next_frame();
    if (!frame) return;
    if (transport_.send(*pairing_->link, *std::move(frame)) != SendOutcome::taken) pairing_->pairing->lost();
  }
}

// --- the link --------------------------------------------------------------------------------------------------------

void Node::meet_host(const Sighting& sighting) {
  if (!pairing_ || pairing_->side != Pairing::Side::guest || pairing_->link) return;
  const auto link = transport_.connect(sighting.address, sighting.key);
  if (!link) return;
  pairing_->link = *link;
  pairing_->at = sighting.address;
}

// True when the event was the pairing's.
bool Node::pairing_takes(const LinkUp& up) {
  if (!pairing_ || pairing_->link != up.link) return false;
  pairing_->peer = up.peer;
  pairing_->pairing.emplace(Pairing::Side::guest, pairing_->code, community_.replica().keys().transport.public_key,
                            up.peer, env_.rng, now());
  send_pairing();
  return true;
}

bool Node::pairing_takes(const FrameReceived& received) {
  if (!pairing_) return false;
  if (pairing_->link == received.link) {
    if (pairing_->pairing) {
      pairing_->pairing->receive(received.frame, now());
      send_pairing();
    }
    return true;
  }
  // The first frame of whoever came in says what it came for; until then a session waits for it and has said nothing.
  const auto link = links_.find(received.link);
  const bool is_guest = pairing_->side == Pairing::Side::host && !pairing_->link && is_pairing_frame(received.frame) &&
                        link != links_.end() && link->second.up().direction == Direction::inbound &&
                        link->second.is_untouched();
  if (!is_guest) return false;
  const BoxPublicKey peer = link->second.up().peer;
  Pairing pairing(Pairing::Side::host, pairing_->code, community_.replica().keys().transport.public_key, peer, env_.rng,
                  now());
  pairing.receive(received.frame, now());
  if (!pairing.knows_code()) {
    drop(received.link);
    if (++pairing_->wrong_guesses >= PairingAffair::kWrongGuesses) end_pairing(is_over());
    return true;
  }
  links_.erase(link);
  // People take longer than an anteroom allows.
  transport_.promote(received.link);
  pairing_->link = received.link;
  pairing_->peer = peer;
  pairing_->pairing = std::move(pairing);
  send_pairing();
  return true;
}

bool Node::pairing_takes(const LinkDown& down) {
  std::erase_if(parting_, [&](const auto& each) { return each.first == down.link; });
  if (!pairing_ || pairing_->link != down.link) return false;
  pairing_->link.reset();
  if (pairing_->pairing) pairing_->pairing->lost();
  return true;
}

// --- moving on -------------------------------------------------------------------------------------------------------

void Node::move_pairing_on() {
  for (const auto& [link, at_ms] : parting_) {
    if (at_ms <= now()) transport_.close(link);
  }
  std::erase_if(parting_, [&](const auto& each) { return each.second <= now(); });
  if (!pairing_) return;
  if (!pairing_->pairing || pairing_->is_given) {
    if (pairing_->is_given && has_arrived(pairing_->peer))
      return end_pairing(NodeAnswer(PairingGiven{pairing_->initiative}));
    if (now() < pairing_->until_ms) return;
    return end_pairing(fail(ErrorCode::peer_unreachable, Fault::peer, {write_pairing_code(pairing_->code)}));
  }
  Pairing& pairing = *pairing_->pairing;
  pairing.tick(now());
  if (pairing.words() && !pairing.ended() && pairing_->waits == PairingAffair::Waits::for_words) {
    PairingShown shown;
    for (const std::string_view each : *pairing.words()) shown.words.emplace_back(each);
    return reply_to_pairing(NodeAnswer(std::move(shown)));
  }
  if (pairing_->side == Pairing::Side::host && pairing.is_agreed()) return give_invitation();
  if (pairing.given()) return take_invitation();
  if (pairing.ended()) end_pairing(failure_of(*pairing.ended()));
}

// The guest is in, has what there is, and knows that it has: a host that goes as soon as it is level itself would cut
// off the last word, and a guest that was let in would be told of a broken connection.
// A guest that went of its own accord is in when it is one of the members' devices.
bool Node::has_arrived(const BoxPublicKey& guest) {
  NodeLink* const link = link_with(guest);
  if (link == nullptr) {
    const auto known = community_.replica().known_devices();
    return known &&
           std::any_of(known->begin(), known->end(), [&](const KnownDevice& device) { return device.key == guest; });
  }
  if (!link->session().is_level()) return false;
  if (pairing_->is_asked) return true;
  pairing_->is_asked = true;
  link->session().probe();
  link->pump(now());
  return false;
}

void Node::give_invitation() {
  auto made = perform(pairing_->invite);
  if (!made) return end_pairing(tl::unexpected<Error>(std::move(made).error()));
  pairing_->initiative = made->initiative_name;
  pairing_->pairing->give(made->code);
  wipe(made->code);
  send_pairing();
  pairing_->is_given = true;
  pairing_->until_ms = now() + PairingAffair::kArriveMs;
}

void Node::take_invitation() {
  std::string code = *pairing_->pairing->given();
  Errand errand;
  errand.reply = std::exchange(pairing_->reply, {});
  const Ticket ticket = pairing_->ticket;
  const Callee beside{pairing_->at, pairing_->peer};
  pairing_->waits = PairingAffair::Waits::nobody;
  end_pairing(is_over());
  auto read = read_code(code);
  // An invitation by another laptop than the one whose words were compared is not what people agreed to.
  Status begun = read && read->key == beside.key ? begin(JoinByCode{code}, errand) : Status(fail(ErrorCode::bad_code));
  wipe(code);
  if (!begun) return errand.reply(tl::unexpected<Error>(begun.error()));
  errand.left.push_front({beside, false});
  errands_.emplace(ticket, std::move(errand));
  try_next(ticket);
}

std::optional<std::uint64_t> Node::pairing_next_ms() const {
  std::optional<std::uint64_t> next;
  const auto earlier = [&](std::uint64_t moment) { next = next ? std::min(*next, moment) : moment; };
  for (const auto& [link, at_ms] : parting_) earlier(at_ms);
  if (!pairing_) return next;
  if (pairing_->pairing && !pairing_->is_given) {
    if (const auto due = pairing_->pairing->next_ms()) earlier(*due);
  } else {
    earlier(pairing_->until_ms);
  }
  return next;
}

}  // namespace kiem
