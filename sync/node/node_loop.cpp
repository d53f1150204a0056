#include "sync/node/node_loop.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kiem {
namespace {

// A peer that hears a goodbye closes at once; one that does not is not worth a person's waiting.
constexpr std::uint64_t kLeaveMs = 500;
// poll() takes a whole number of milliseconds that fits an int; waking once in a while for nothing is allowed.
constexpr std::uint64_t kLongestWaitMs = 3'600'000;

}  // namespace

Result<bool> NodeLoop::run_until(const std::function<bool()>& done, std::optional<std::uint64_t> deadline_ms) {
  while (true) {
    KIEM_TRY(node_.turn());
    if (control_ != nullptr) {
      take_calls();
      // What a command changed is on its way before anybody waits.
      KIEM_TRY(node_.turn());
    }
    if (done()) return true;
    if (deadline_ms && clock_.monotonic_ms() >= *deadline_ms) return false;
    KIEM_TRY(wait(deadline_ms));
  }
}

void NodeLoop::unwatch(int descriptor) {
  // The entry stays, for wait() goes over them while it calls handlers; poll() passes over a negative descriptor.
  for (Watched& each : watched_) {
    if (each.descriptor == descriptor) each.descriptor = -1;
  }
}

Status NodeLoop::leave() {
  node_.leave();
  KIEM_TRY(run_until([this] { return node_.is_quiet(); }, clock_.monotonic_ms() + kLeaveMs));
  return {};
}

Status NodeLoop::wait(std::optional<std::uint64_t> deadline_ms) {
  std::optional<std::uint64_t> until = deadline_ms;
  const auto earlier = [&](const std::optional<std::uint64_t>& moment) {
    if (moment) until = until ? std::min(*until, *moment) : moment;
  };
  earlier(node_.next_ms());
  if (control_ != nullptr) earlier(control_->next_deadline());

  std::vector<pollfd> polled{{network_.wake_fd(), POLLIN, 0}};
  for (const Watched& each : watched_) polled.push_back({each.descriptor, POLLIN, 0});
  const std::size_t own = polled.size();
  if (control_ != nullptr) control_->add_to(polled);

  const std::uint64_t now = clock_.monotonic_ms();
  const std::uint64_t left = !until ? kLongestWaitMs : *until > now ? std::min(*until - now, kLongestWaitMs) : 0;
  const int ready = ::poll(polled.data(), polled.size(), static_cast<int>(left));
  if (ready < 0 && errno != EINTR) {
    return fail(ErrorCode::out_of_memory, Fault::machine, {std::generic_category().message(errno)});
  }
  if (ready < 0) return {};
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    if ((polled[i + 1].revents & POLLIN) != 0) watched_[i].handler();
  }
  if (control_ != nullptr) control_->serve(std::span(polled).subspan(own), clock_.monotonic_ms());
  return {};
}

void NodeLoop::take_calls() {
  while (auto gone = control_->next_hangup()) {
    const auto call = calls_.find(*gone);
    if (call == calls_.end()) continue;
    node_.forget(call->second);
    calls_.erase(call);
  }
  while (auto call = control_->next_call()) {
    const CallId id = call->id;
    auto answered = std::make_shared<bool>(false);
    const Ticket ticket = node_.ask(call->request, [this, id, answered](const Result<NodeAnswer>& answer) {
      *answered = true;
      calls_.erase(id);
      control_->answer(id, answer, clock_.monotonic_ms());
    });
    if (!*answered) calls_.emplace(id, ticket);
  }
}

}  // namespace kiem
