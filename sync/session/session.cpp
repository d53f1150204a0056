#include "sync/session/session.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace kiem {

Session::Session(Replica& replica, SessionOptions options, std::uint64_t now_ms)
    : replica_(replica),
      peer_key_(options.peer),
      dialled_(options.dialled),
      invitation_(std::move(options.invitation)),
      limits_(options.limits),
      sender_(replica, peer_, common_, limits_.window),
      tree_(options.tree),
      link_(options.link),
      now_ms_(now_ms),
      heard_ms_(now_ms),
      moved_ms_(now_ms),
      saved_ms_(now_ms) {
  KIEM_CHECK(invitation_.empty() || dialled_);
  peer_.key = peer_key_;
  if (!invitation_.empty()) {
    phase_ = SessionPhase::joining;
    const auto used = replica_.has_used(label_of(invitation_key(invitation_.view()).verify_key()));
    if (!used) {
      stop_with(Stop(used.error()), false);
    } else if (*used) {
      stop_with(Stop(EndReason::used_invitation), false);
    } else {
      reply_ = knock();
    }
  } else if (dialled_) {
    if (const Step offered = begin_again(); !offered) stop_with(offered.error(), false);
  }
}

Session::~Session() { leave_tree(); }

// --- in --------------------------------------------------------------------------------------------------------------

void Session::receive(ByteView frame, std::uint64_t now_ms) {
  now_ms_ = now_ms;
  if (end_) return;
  heard_ms_ = now_ms;
  const Step heard = [&]() -> Step {
    KIEM_STEP_GET(const wire::Message message, wire::decode(frame));
    is_moving_ = true;
    KIEM_STEP(hear(message));
    if (is_moving_) moved_ms_ = now_ms;
    if (end_) return {};
    KIEM_STEP(look_for_commits());
    return end_round();
  }();
  if (!heard) stop_with(heard.error(), true);
}

// Before its use: clang 14 does not instantiate it from inside the lambda below otherwise.
template <class OfRound>
Step Session::on_round(const OfRound& message) {
  if (!round_) return stop(EndReason::wrong_state);
  return round_->hear(message);
}

Step Session::hear(const wire::Message& message) {
  return std::visit(
      [this](const auto& body) -> Step {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, wire::Want> || std::is_same_v<Body, wire::Probe> ||
                      std::is_same_v<Body, wire::Samples> || std::is_same_v<Body, wire::Level> ||
                      std::is_same_v<Body, wire::Frontier> || std::is_same_v<Body, wire::Lack>) {
          return on_round(body);
        } else {
          return on(body);
        }
      },
      message);
}

// Either side may begin a round once both are level; whoever hears of one it has not begun joins it.
Step Session::on(const wire::Heads& heads) {
  if (!round_) {
    if (phase_ != SessionPhase::live || heads.phase > static_cast<std::uint32_t>(wire::Phase::data)) {
      return stop(EndReason::wrong_state);
    }
    KIEM_STEP(begin_round(static_cast<wire::Phase>(heads.phase), RoundKind::full));
    is_peers_round_ = true;
    taken_before_round_ = operations_taken_ + sender_.operations();
  }
  return round_->hear(heads);
}

Step Session::on(const wire::Segments& segments) {
  if (phase_ < SessionPhase::access || !pieces_.empty()) return stop(EndReason::wrong_state);
  const auto finds = [this](const IdBeginning& beginning) { return replica_.find_id(beginning, shared_of(common_)); };
  auto unpacked = packed_.take(segments, finds);
  if (!unpacked) {
    const bool is_none = unpacked.error().code == ErrorCode::not_canonical;
    return is_none ? stop(EndReason::bad_operation) : tl::unexpected(Stop(std::move(unpacked.error())));
  }
  KIEM_STEP_GET(const std::int64_t before, replica_.counter());
  KIEM_STEP_GET(const auto taken, replica_.take_runs(std::move(unpacked->runs), peer_, limits_.author));
  KIEM_STEP(note(taken, before, unpacked->has_beginnings, segments.hops.value_or(1)));
  if (!unpacked->is_whole) KIEM_STEP(postpone());
  received_ += bytes_of(segments);
  return {};
}

Step Session::on(const wire::Piece& piece) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  append(pieces_, piece.bytes);
  if (pieces_.size() > kMaxSegmentBytes) return stop(EndReason::too_much);
  if (!piece.last) return {};
  const Bytes whole = std::exchange(pieces_, {});
  KIEM_STEP_GET(const std::int64_t before, replica_.counter());
  KIEM_STEP_GET(const auto taken, replica_.take({&whole, 1}, peer_, limits_.author));
  KIEM_STEP(note(taken, before, false, 1));
  received_ += whole.size();
  return {};
}

// The marks stay where they are, and a round with all heads follows, in which the peer tells everything whole.
Step Session::postpone() {
  is_sure_ = false;
  again_ = true;
  if (round_) round_->postpone();
  return {};
}

Step Session::note(const std::vector<Taken>& taken, std::int64_t before, bool may_be_misread, std::uint32_t hops) {
  if (begun_counter_ < 0) begun_counter_ = before;
  for (const auto& each : taken) {
    const auto fresh = static_cast<std::uint64_t>(
        std::count_if(each.rows.begin(), each.rows.end(), [&](std::int64_t row) { return row > before; }));
    operations_taken_ += fresh;
    repeated_ += each.rows.size() - fresh;
    KIEM_STEP(note_for_tree(each, fresh > 0, hops));
    switch (each.outcome) {
      case Taken::Outcome::stored:
        for (const std::int64_t row : each.rows) sender_.known().add(row);
        break;
      case Taken::Outcome::postponed:
        if (++postponed_ > limits_.max_postponed) return stop(EndReason::too_much);
        is_sure_ = false;
        if (round_) round_->postpone();
        break;
      case Taken::Outcome::refused:
        // An id that was told by its beginning may be another one here. Once; after that all are told whole.
        if (!may_be_misread || has_misread_) return stop(EndReason::bad_operation);
        has_misread_ = true;
        packed_.give_up();
        return postpone();
    }
  }
  // Pushes of several peers cross, so as much as came new from anybody may come once more.
  const auto grown = static_cast<std::uint64_t>(std::max<std::int64_t>(before - begun_counter_, 0));
  KIEM_STEP(look_for_awaited());
  return repeated_ > limits_.max_repeated + grown + operations_taken_ ? Step(stop(EndReason::too_much)) : Step{};
}

Step Session::on(const wire::Done& done) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  hear_clock(done.clock);
  KIEM_STEP(note_clock());
  if (done.phase != static_cast<std::uint32_t>(wire::Phase::live)) return on_round(done);
  is_moving_ = awaits_push_;
  live_done_ = done.counter;
  awaits_push_ = false;
  return {};
}

// A clock is told once a session, where there is something to be said anyhow.
void Session::tell_clock(wire::Message& message) {
  if (has_told_clock_) return;
  const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(replica_.wall().ms, 0)) / 1000;
  if (auto* const hello = std::get_if<wire::Hello>(&message)) {
    hello->clock = seconds;
    has_told_clock_ = true;
  } else if (auto* const done = std::get_if<wire::Done>(&message)) {
    done->clock = seconds;
    has_told_clock_ = true;
  }
}

void Session::hear_clock(const std::optional<std::uint64_t>& theirs) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 50U;
  if (!theirs) return;
  clock_ahead_s_ = static_cast<std::int64_t>(std::min(*theirs, kMost)) - replica_.wall().ms / 1000;
}

// Only of whom people know; what a stranger's clock says is nobody's business.
Step Session::note_clock() {
  if (!clock_ahead_s_ || !known_peer_) return {};
  KIEM_STEP(replica_.note_clock(*known_peer_, *std::exchange(clock_ahead_s_, std::nullopt)));
  return {};
}

Step Session::on(const wire::Ack& ack) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  const std::uint64_t open = sender_.unacknowledged();
  KIEM_STEP(sender_.acknowledge(ack.bytes));
  is_moving_ = sender_.unacknowledged() < open || ack.counter;
  if (!ack.counter) return {};
  const auto counter = static_cast<std::int64_t>(*ack.counter);
  if (counter > told_live_ || counter < heard_live_) return stop(EndReason::wrong_state);
  heard_live_ = counter;
  if (announced_from_ && counter == told_live_) announced_from_.reset();
  is_probing_ = is_probing_ && counter < told_live_;
  if (!is_sure_ || ack.incomplete) return {};
  for (auto& space : common_) {
    for (auto& mark : space.marks) {
      if (mark) mark->given = std::max(mark->given, counter);
    }
  }
  is_dirty_ = true;
  return {};
}

Step Session::on(const wire::Bye& bye) {
  Step saved = save();
  leave_tree();
  end_ = SessionEnd{end_reason(bye.reason), true, {}};
  return saved;
}

Step Session::on(const wire::UnknownMessage& unknown) {
  is_moving_ = false;
  return unknown.type < wire::kFirstMustType ? Step{} : Step(stop(EndReason::version));
}

// --- time and commits ------------------------------------------------------------------------------------------------

void Session::tick(std::uint64_t now_ms) {
  now_ms_ = now_ms;
  if (end_) return;
  if (!is_owed()) heard_ms_ = moved_ms_ = now_ms;
  if (now_ms - heard_ms_ > limits_.silence_ms) return stop_with(Stop(EndReason::silent), true);
  if (now_ms - moved_ms_ > limits_.stall_ms) {
    ++unserved_;
    return stop_with(Stop(EndReason::unserved), true);
  }
  if (!is_dirty_ || now_ms - saved_ms_ < limits_.save_ms) return;
  if (const Step saved = save(); !saved) stop_with(saved.error(), true);
}

bool Session::is_owed() const {
  return phase_ < SessionPhase::live || round_ || sender_.unacknowledged() > 0 || heard_live_ < told_live_ ||
         is_probing_ || awaits_push_ || !awaited_.empty();
}

void Session::committed() {
  if (end_) return;
  if (const Step looked = look_for_commits(); !looked) stop_with(looked.error(), true);
}

void Session::close() {
  if (!end_) stop_with(Stop(EndReason::goodbye), true);
}

void Session::lost() {
  bye_.reset();
  if (!end_) stop_with(Stop(EndReason::lost), false);
}

void Session::undone(const Error& error) {
  if (!end_) stop_with(Stop(error), true);
}

void Session::stop_with(const Stop& why, bool tell) {
  end_ = SessionEnd{why.reason, false, why.error};
  leave_tree();
  if (tell) bye_ = wire::Bye{static_cast<std::uint32_t>(why.reason)};
  if (why.reason == EndReason::failed) return;
  // What was reached is worth keeping whatever ended it; a store that fails now says so itself.
  if (const Step saved = save(); !saved) end_->error = saved.error().error;
}

bool Session::is_level() const {
  return phase() == SessionPhase::live && !round_ && !again_ && sender_.empty() && !live_counter_ && !live_done_ &&
         heard_live_ == told_live_ && sender_.unacknowledged() == 0 && !is_probing_ && !awaits_push_ &&
         awaited_.empty() && tree_replies_.empty() && grafted_.empty();
}

void Session::probe() {
  if (phase() != SessionPhase::live || live_counter_ || is_probing_) return;
  // A live Done may say the same counter again; the Ack that follows is the answer.
  live_counter_ = std::max(seen_counter_, told_live_);
  is_probing_ = true;
}

Result<bool> Session::misses_a_space() {
  if (phase() != SessionPhase::live) return false;
  KIEM_TRY_GET(const auto spaces, replica_.spaces());
  for (const SpaceRow& space : spaces) {
    const bool is_common = std::any_of(common_.begin(), common_.end(),
                                       [&](const CommonSpace& common) { return common.space.row == space.row; });
    if (is_common) continue;
    KIEM_TRY_GET(const Sharing sharing, replica_.sharing(space, peer_));
    if (sharing.place == PeerPlace::works && !sharing.circles.empty()) return true;
  }
  return false;
}

// --- out -------------------------------------------------------------------------------------------------------------

std::optional<Bytes> Session::next_frame() {
  // A commit that took the peer's rights ends the session before anything else leaves.
  committed();
  if (bye_) return wire::encode(*std::exchange(bye_, std::nullopt));
  if (end_) return std::nullopt;
  const auto message = [&]() -> MaybeMessage {
    KIEM_STEP_GET(auto next, next_message());
    KIEM_STEP(end_round());
    return next;
  }();
  if (!message) {
    stop_with(message.error(), true);
    return next_frame();
  }
  return *message ? std::optional(wire::encode(**message)) : std::nullopt;
}

Session::MaybeMessage Session::next_message() {
  if (reply_) return std::exchange(reply_, std::nullopt);
  if (hello_due_) {
    hello_due_ = false;
    wire::Message hello = *my_hello_;
    tell_clock(hello);
    return hello;
  }
  if (phase_ < SessionPhase::access) return std::nullopt;
  KIEM_STEP_GET(auto of_tree, next_of_tree());
  if (of_tree) return of_tree;
  if ((live_done_ && awaited_.empty()) || received_ - acknowledged_ >= limits_.window / 4) return acknowledge();
  if (round_) {
    KIEM_STEP_GET(auto question, round_->next_question(sender_));
    if (question) return question;
  }
  KIEM_STEP_GET(auto segments, next_segments());
  if (segments) return segments;
  KIEM_STEP_GET(auto rest, round_ ? round_->next_answer(sender_) : next_push());
  if (rest) tell_clock(*rest);
  if (!rest && received_ != acknowledged_) return acknowledge();
  return rest;
}

wire::Message Session::acknowledge() {
  acknowledged_ = received_;
  // A live Done is answered once what was named before it is here.
  wire::Ack ack{received_, awaited_.empty() ? std::exchange(live_done_, std::nullopt) : std::nullopt, false};
  if (!ack.counter) return ack;
  ack.incomplete = !is_sure_;
  if (!is_sure_) return ack;
  for (auto& space : common_) {
    for (auto& mark : space.marks) {
      if (mark) mark->got = static_cast<std::int64_t>(*ack.counter);
    }
  }
  is_dirty_ = true;
  return ack;
}

}  // namespace kiem
