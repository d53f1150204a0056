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
      sender_(replica, peer_, limits_.window),
      now_ms_(now_ms),
      heard_ms_(now_ms),
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

Session::~Session() = default;

// --- in --------------------------------------------------------------------------------------------------------------

void Session::receive(ByteView frame, std::uint64_t now_ms) {
  now_ms_ = now_ms;
  if (end_) return;
  heard_ms_ = now_ms;
  const Step heard = [&]() -> Step {
    KIEM_STEP_GET(const wire::Message message, wire::decode(frame));
    KIEM_STEP(hear(message));
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
  }
  return round_->hear(heads);
}

Step Session::on(const wire::Segments& segments) {
  if (phase_ < SessionPhase::access || !pieces_.empty()) return stop(EndReason::wrong_state);
  return take(segments.segments);
}

Step Session::on(const wire::Piece& piece) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  append(pieces_, piece.bytes);
  if (pieces_.size() > kMaxSegmentBytes) return stop(EndReason::too_much);
  if (!piece.last) return {};
  const Bytes whole = std::exchange(pieces_, {});
  return take({&whole, 1});
}

Step Session::take(std::span<const Bytes> segments) {
  KIEM_STEP_GET(const std::int64_t before, replica_.counter());
  KIEM_STEP_GET(const auto taken, replica_.take(segments, peer_));
  for (const auto& each : taken) {
    operations_taken_ += static_cast<std::uint64_t>(
        std::count_if(each.rows.begin(), each.rows.end(), [&](std::int64_t row) { return row > before; }));
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
        return stop(EndReason::bad_operation);
    }
  }
  for (const auto& segment : segments) received_ += segment.size();
  return {};
}

Step Session::on(const wire::Done& done) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  if (done.phase != static_cast<std::uint32_t>(wire::Phase::live)) return on_round(done);
  live_done_ = done.counter;
  awaits_push_ = false;
  return {};
}

Step Session::on(const wire::Ack& ack) {
  if (phase_ < SessionPhase::access) return stop(EndReason::wrong_state);
  KIEM_STEP(sender_.acknowledge(ack.bytes));
  if (!ack.counter) return {};
  const auto counter = static_cast<std::int64_t>(*ack.counter);
  if (counter > told_live_ || counter < heard_live_) return stop(EndReason::wrong_state);
  heard_live_ = counter;
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
  end_ = SessionEnd{end_reason(bye.reason), true, {}};
  return saved;
}

Step Session::on(const wire::UnknownMessage& unknown) {
  return unknown.type < wire::kFirstMustType ? Step{} : Step(stop(EndReason::version));
}

// --- time and commits ------------------------------------------------------------------------------------------------

void Session::tick(std::uint64_t now_ms) {
  now_ms_ = now_ms;
  if (end_) return;
  if (!is_owed()) heard_ms_ = now_ms;
  if (now_ms - heard_ms_ > limits_.silence_ms) return stop_with(Stop(EndReason::silent), true);
  if (!is_dirty_ || now_ms - saved_ms_ < limits_.save_ms) return;
  if (const Step saved = save(); !saved) stop_with(saved.error(), true);
}

bool Session::is_owed() const {
  return phase_ < SessionPhase::live || round_ || sender_.unacknowledged() > 0 || heard_live_ < told_live_ ||
         is_probing_ || awaits_push_;
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

void Session::stop_with(const Stop& why, bool tell) {
  end_ = SessionEnd{why.reason, false, why.error};
  if (tell) bye_ = wire::Bye{static_cast<std::uint32_t>(why.reason)};
  if (why.reason == EndReason::failed) return;
  // What was reached is worth keeping whatever ended it; a store that fails now says so itself.
  if (const Step saved = save(); !saved) end_->error = saved.error().error;
}

bool Session::is_level() const {
  return phase() == SessionPhase::live && !round_ && !again_ && sender_.empty() && !live_counter_ && !live_done_ &&
         heard_live_ == told_live_ && sender_.unacknowledged() == 0 && !is_probing_ && !awaits_push_;
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
    return *my_hello_;
  }
  if (phase_ < SessionPhase::access) return std::nullopt;
  if (live_done_ || received_ - acknowledged_ >= limits_.window / 4) return acknowledge();
  if (round_) {
    KIEM_STEP_GET(auto question, round_->next_question(sender_));
    if (question) return question;
  }
  KIEM_STEP_GET(auto segments, sender_.next());
  if (segments) return segments;
  KIEM_STEP_GET(auto rest, round_ ? round_->next_answer(sender_) : next_push());
  if (!rest && received_ != acknowledged_) return acknowledge();
  return rest;
}

wire::Message Session::acknowledge() {
  acknowledged_ = received_;
  wire::Ack ack{received_, std::exchange(live_done_, std::nullopt), false};
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
