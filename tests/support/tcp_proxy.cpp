#include "tests/support/tcp_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

using Moment = std::chrono::steady_clock::time_point;
constexpr std::size_t kMostHeld = 256 * 1024;

struct Chunk {
  Moment due;
  Bytes bytes;
};

constexpr std::size_t kStepsASecond = 50;  // in which a slow line carries what it may
constexpr std::size_t kLeastHeld = 2 * 1024;

// One direction of all connections.
struct Line {
  std::size_t bytes_a_second = 0;
  bool is_mute = false;
  std::size_t carried = 0;
  [[nodiscard]] std::size_t most_held() const {
    return bytes_a_second == 0 ? kMostHeld : std::clamp(bytes_a_second, kLeastHeld, kMostHeld);
  }
};

// One direction of one connection.
struct Lane {
  int from = -1;
  int to = -1;
  Line* line = nullptr;
  std::deque<Chunk> chunks;
  std::size_t held = 0;
  Moment next;  // when a slow line carries more
  bool has_ended = false;
  [[nodiscard]] Moment due() const { return std::max(next, chunks.front().due); }
};

struct Pair {
  int client = -1;
  int server = -1;
  Lane up;
  Lane down;
  bool is_over = false;
};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

void close_pair(const Pair& pair, bool with_reset) {
  for (const int fd : {pair.client, pair.server}) {
    const linger hard{1, 0};
    if (with_reset) ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(fd);
  }
}

}  // namespace

struct TcpProxy::Impl {
  explicit Impl(std::uint16_t target_port) : target(target_port) {
    listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    KIEM_CHECK(listener >= 0 && wake >= 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    KIEM_CHECK(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    KIEM_CHECK(::listen(listener, 64) == 0);
    KIEM_CHECK(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
    thread = std::thread([this] { run(); });
  }
  ~Impl() {
    change([this] { is_stopping = true; });
    thread.join();
    for (const auto& pair : pairs) close_pair(pair, false);
    ::close(listener);
    ::close(wake);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  template <class Change>
  void change(Change apply) {
    const std::lock_guard lock(mutex);
    apply();
    KIEM_CHECK(::eventfd_write(wake, 1) == 0);
  }

  void run() {
    std::unique_lock lock(mutex);
    while (!is_stopping) {
      const Moment now = std::chrono::steady_clock::now();
      for (auto& pair : pairs) carry(pair, now);
      pairs.remove_if([](const Pair& pair) {
        if (pair.is_over) close_pair(pair, false);
        return pair.is_over;
      });
      std::vector<pollfd> polled{{listener, POLLIN, 0}, {wake, POLLIN, 0}};
      int timeout = -1;
      for (const auto& pair : pairs) {
        for (const Lane* lane : {&pair.up, &pair.down}) add(polled, *lane, now, timeout);
      }
      lock.unlock();
      ::poll(polled.data(), polled.size(), timeout);
      lock.lock();
      eventfd_t count = 0;
      ::eventfd_read(wake, &count);
      accept_all();
    }
  }

  void add(std::vector<pollfd>& polled, const Lane& lane, Moment now, int& timeout) const {
    if (!lane.has_ended && lane.held < lane.line->most_held()) polled.push_back({lane.from, POLLIN, 0});
    if (lane.chunks.empty() || is_holding) return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(lane.due() - now).count();
    if (left <= 0) {
      polled.push_back({lane.to, POLLOUT, 0});
    } else {
      timeout = timeout < 0 ? static_cast<int>(left) : std::min(timeout, static_cast<int>(left));
    }
  }

  void accept_all() {
    while (true) {
      const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (client < 0) return;
      const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      KIEM_CHECK(server >= 0);
      const sockaddr_in address = loopback(target);
      if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(client);
        ::close(server);
        continue;
      }
      ++accepted;
      Pair pair;
      pair.client = client;
      pair.server = server;
      pair.up = Lane{client, server, &there, {}, 0, {}, false};
      pair.down = Lane{server, client, &back, {}, 0, {}, false};
      pairs.push_back(std::move(pair));
    }
  }

  void carry(Pair& pair, Moment now) {
    for (Lane* lane : {&pair.up, &pair.down}) {
      read(*lane, now);
      if (!write(*lane, now)) pair.is_over = true;
    }
    // An end is passed on when all before it has passed.
    for (const Lane* lane : {&pair.up, &pair.down}) {
      if (lane->has_ended && lane->chunks.empty() && !lane->line->is_mute) pair.is_over = true;
    }
  }

  void read(Lane& lane, Moment now) {
    std::array<std::uint8_t, 16 * 1024> buffer{};
    while (!lane.has_ended && lane.held < lane.line->most_held()) {
      const ssize_t count = ::recv(lane.from, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
      if (count <= 0) {
        lane.has_ended = true;
        return;
      }
      const ByteView got(buffer.data(), static_cast<std::size_t>(count));
      append(record, got);
      has_moved.notify_all();
      if (lane.line->is_mute) continue;
      lane.held += got.size();
      lane.chunks.push_back({now + wait, to_bytes(got)});
    }
  }

  bool write(Lane& lane, Moment now) {
    Line& line = *lane.line;
    if (line.is_mute) {
      lane.chunks.clear();
      lane.held = 0;
    }
    while (!is_holding && !lane.chunks.empty() && lane.due() <= now) {
      Bytes& bytes = lane.chunks.front().bytes;
      const std::size_t rate = line.bytes_a_second;
      const std::size_t may = rate == 0 ? bytes.size() : std::min(bytes.size(), 1 + rate / kStepsASecond);
      const ssize_t count = ::send(lane.to, bytes.data(), may, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count < 0) return errno == EAGAIN || errno == EINTR;
      const auto sent = static_cast<std::size_t>(count);
      line.carried += sent;
      has_moved.notify_all();
      lane.held -= sent;
      bytes.erase(bytes.begin(), bytes.begin() + count);
      if (bytes.empty()) lane.chunks.pop_front();
      lane.next = rate == 0 ? now : now + std::chrono::microseconds(1'000'000 * sent / rate);
    }
    return true;
  }

  const std::uint16_t target;
  std::uint16_t port = 0;
  int listener = -1;
  int wake = -1;
  Line there;
  Line back;
  mutable std::mutex mutex;
  mutable std::condition_variable has_moved;
  std::list<Pair> pairs;
  Bytes record;
  [[nodiscard]] Line& line(Way way) { return way == Way::there ? there : back; }
  std::size_t accepted = 0;
  std::chrono::milliseconds wait{0};
  bool is_holding = false;
  bool is_stopping = false;
  std::thread thread;
};

TcpProxy::TcpProxy(std::uint16_t target_port) : impl_(std::make_unique<Impl>(target_port)) {}
TcpProxy::~TcpProxy() = default;

std::uint16_t TcpProxy::port() const { return impl_->port; }

Bytes TcpProxy::recorded() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->record;
}

std::size_t TcpProxy::connections() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->accepted;
}

std::size_t TcpProxy::carried(Way way) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->line(way).carried;
}

bool TcpProxy::wait_carried(Way way, std::size_t bytes) const {
  std::unique_lock lock(impl_->mutex);
  return impl_->has_moved.wait_for(lock, std::chrono::seconds(60), [&] { return impl_->line(way).carried >= bytes; });
}

bool TcpProxy::wait_recorded(std::size_t bytes) const {
  std::unique_lock lock(impl_->mutex);
  return impl_->has_moved.wait_for(lock, std::chrono::seconds(20), [&] { return impl_->record.size() >= bytes; });
}

void TcpProxy::cut() {
  impl_->change([this] {
    for (const auto& pair : impl_->pairs) close_pair(pair, true);
    impl_->pairs.clear();
  });
}

void TcpProxy::hold() {
  impl_->change([this] { impl_->is_holding = true; });
}
void TcpProxy::release() {
  impl_->change([this] { impl_->is_holding = false; });
}
void TcpProxy::throttle(Way way, std::size_t bytes_a_second) {
  impl_->change([this, way, bytes_a_second] {
    impl_->line(way).bytes_a_second = bytes_a_second;
    // What waits for its turn on a slow line need not on a fast one.
    for (auto& pair : impl_->pairs) (way == Way::there ? pair.up : pair.down).next = {};
  });
}
void TcpProxy::mute(Way way) {
  impl_->change([this, way] { impl_->line(way).is_mute = true; });
}
void TcpProxy::delay(std::uint32_t ms) {
  impl_->change([this, ms] { impl_->wait = std::chrono::milliseconds(ms); });
}

}  // namespace kiem::test
