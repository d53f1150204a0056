#include "sync/transport/zmq_process.hpp"

#include <atomic>
#include <map>
#include <mutex>

#include "core/base/check.hpp"
#include "sync/transport/quiet_thread.hpp"
#include "sync/transport/wake_fd.hpp"
#include "sync/transport/zmq_socket.hpp"

namespace kiem {
namespace {

std::atomic<int> processes{0};

}  // namespace

struct ZmqProcess::Impl {
  explicit Impl(std::unique_ptr<ZmqContext> made) : context(std::move(made)) {}
  ~Impl() {
    if (!thread) return;
    stopping.store(true);
    wake.raise();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void answer_handshakes(ZmqSocket zap) {
    ZmqPoll poll;
    while (!stopping.load()) {
      poll.clear();
      poll.add(wake.fd());
      poll.add(zap, false);
      poll.wait(std::nullopt);
      while (const auto request = zap.next_request()) zap.answer(*request, admits(*request));
    }
  }

  bool admits(const ZapRequest& request) {
    std::shared_ptr<const Gate> gate;
    {
      const std::lock_guard lock(mutex);
      const auto found = gates.find(request.domain);
      if (found == gates.end()) return false;
      gate = found->second;
    }
    return gate->admittance(request.key) != Admittance::refuse;
  }

  std::unique_ptr<ZmqContext> context;
  WakeFd wake;
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const Gate>> gates;
  std::uint64_t last_domain = 0;
  std::unique_ptr<QuietThread> thread;  // last: joined first, before what it uses goes
};

ZmqProcess::ZmqProcess(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) { KIEM_CHECK(++processes == 1); }
ZmqProcess::~ZmqProcess() {
  impl_.reset();
  --processes;
}

Result<std::unique_ptr<ZmqProcess>> ZmqProcess::create() {
  KIEM_TRY_GET(auto context, ZmqContext::create());
  auto impl = std::make_unique<Impl>(std::move(context));
  if (!impl->wake.is_good()) return fail(ErrorCode::out_of_memory, Fault::machine);
  KIEM_TRY_GET(auto zap, ZmqSocket::zap_handler(*impl->context));
  // A socket may go from thread to thread when a full fence lies between (zmq_socket(3)); starting a thread is one.
  auto shared = std::make_shared<ZmqSocket>(std::move(zap));
  impl->thread = std::make_unique<QuietThread>(
      [self = impl.get(), shared = std::move(shared)] { self->answer_handshakes(std::move(*shared)); });
  if (!impl->thread->is_running()) return fail(ErrorCode::out_of_memory, Fault::machine);
  return std::unique_ptr<ZmqProcess>(new ZmqProcess(std::move(impl)));
}

ZmqContext& ZmqProcess::context() { return *impl_->context; }

std::string ZmqProcess::admit(std::shared_ptr<const Gate> gate) {
  const std::lock_guard lock(impl_->mutex);
  std::string domain = "kiem-" + std::to_string(++impl_->last_domain);
  impl_->gates.emplace(domain, std::move(gate));
  return domain;
}

void ZmqProcess::forget(const std::string& domain) {
  const std::lock_guard lock(impl_->mutex);
  impl_->gates.erase(domain);
}

}  // namespace kiem
