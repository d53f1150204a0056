// A control server turned by hand, and callers that write what they like.
#pragma once

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <thread>

#include "sync/control/control_client.hpp"
#include "sync/control/control_server.hpp"
#include "tests/support/temp_home.hpp"
#include "tests/unit/control/samples.hpp"

namespace kiem::test {

inline constexpr int kEventuallyMs = 60'000;  // of a wait for something that must come; never passed by itself

// A server whose time is the test's.
struct TurnedServer {
  TempHome home;
  std::filesystem::path path = home.path() / "control.sock";
  std::unique_ptr<ControlServer> server;
  std::uint64_t now = 1000;

  TurnedServer() {
    auto made = ControlServer::listen(path, {ControlRole::node, 4711, {"tcp://127.0.0.1:7411"}});
    REQUIRE(made);
    server = std::move(*made);
  }
  // Looks once, waiting up to wait_ms for something to do.
  void turn(int wait_ms = 0) {
    std::vector<pollfd> entries;
    server->add_to(entries);
    REQUIRE(::poll(entries.data(), entries.size(), wait_ms) >= 0);
    server->serve(entries, now);
  }
  // How many descriptors it watches: callers, and its own while there is room.
  [[nodiscard]] std::size_t watched() const {
    std::vector<pollfd> entries;
    server->add_to(entries);
    return entries.size();
  }
  ControlCall await_call() {
    for (;;) {
      if (auto call = server->next_call()) return std::move(*call);
      turn(kEventuallyMs);
    }
  }
  CallId await_hangup() {
    for (;;) {
      if (const auto id = server->next_hangup()) return *id;
      turn(kEventuallyMs);
    }
  }
};

// Writes and reads raw bytes.
class RawCaller {
 public:
  explicit RawCaller(const std::filesystem::path& path) {
    auto made = control::connect_to(path);
    REQUIRE(made);
    REQUIRE(*made);
    descriptor_ = std::move(**made);
  }
  // All of it must fit the kernel's buffer.
  void write(ByteView bytes) const {
    REQUIRE(::send(descriptor_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
  }
  // As much of it as the kernel takes now.
  std::size_t write_some(ByteView bytes) const {
    const auto taken = ::send(descriptor_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return taken < 0 ? 0 : static_cast<std::size_t>(taken);
  }
  void greet() const { write(control::encode_caller_hello().view()); }
  void ask(const NodeRequest& request) const { write(control::encode_request(request).value().view()); }
  void hang_up() { descriptor_ = control::Descriptor(); }

  // The next frame, if it is here whole; it must be no larger than the bounds say.
  std::optional<Bytes> frame(const control::Bounds& bounds) const {
    std::size_t read = 0;
    control::IncomingFrame frame(bounds);
    if (frame.receive(descriptor_.fd(), MSG_DONTWAIT, SIZE_MAX, read) != control::Flow::done) return std::nullopt;
    return to_bytes(frame.item());
  }
  std::optional<ControlHello> hello() const {
    const auto item = frame(control::kHelloBounds);
    if (!item) return std::nullopt;
    auto hello = control::decode_hello(*item);
    REQUIRE(hello);
    return std::move(*hello);
  }
  // The server's answer, if it is here.
  std::optional<Result<NodeAnswer>> answer() const {
    const auto item = frame(control::kAnswerBounds);
    if (!item) return std::nullopt;
    auto answer = control::decode_answer(*item);
    REQUIRE(answer);
    return std::move(*answer);
  }
  // Nothing more will come, and nothing is here.
  bool is_cut() const {
    std::uint8_t byte = 0;
    const auto got = ::recv(descriptor_.fd(), &byte, 1, MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno == ECONNRESET);
  }
  [[nodiscard]] int fd() const { return descriptor_.fd(); }

 private:
  control::Descriptor descriptor_;
};

// One whole question by a real client in a thread of its own.
class Asker {
 public:
  Asker(const std::filesystem::path& path, NodeRequest request)
      : thread_([this, path, request = std::move(request)] {
          auto client = ControlClient::connect(path);
          if (!client) {
            result_ = tl::unexpected(client.error());
          } else if (*client) {
            hello_ = (*client)->hello();
            result_ = (*client)->ask(request);
          }
        }) {}
  ~Asker() {
    if (thread_.joinable()) thread_.join();
  }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  // Nothing when nobody listened.
  std::optional<Result<NodeAnswer>>& wait() {
    thread_.join();
    return result_;
  }
  [[nodiscard]] const std::optional<ControlHello>& hello() const { return hello_; }

 private:
  std::optional<Result<NodeAnswer>> result_;
  std::optional<ControlHello> hello_;
  std::thread thread_;
};

inline NodeRequest status_request() { return Request(ShowStatus{}); }
inline NodeAnswer added(std::string title) { return Answer(TaskAdded{{}, std::move(title)}); }
inline std::string title_of(const NodeAnswer& answer) { return std::get<TaskAdded>(std::get<Answer>(answer)).title; }

}  // namespace kiem::test
