#include "sync/control/control_server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace kiem {
namespace {

using control::ControlConnection;
using control::Descriptor;

// How long not to look at a listening socket that cannot be accepted from: poll() would tell it without end.
constexpr std::uint64_t kNoDescriptorsMs = 1000;

bool is_ready(std::span<const pollfd> entries, int fd) {
  return std::any_of(entries.begin(), entries.end(),
                     [fd](const pollfd& entry) { return entry.fd == fd && entry.revents != 0; });
}

}  // namespace

Result<std::unique_ptr<ControlServer>> ControlServer::listen(const std::filesystem::path& path,
                                                             const ControlHello& hello) {
  KIEM_TRY_GET(auto greeting, control::encode_hello(hello));
  KIEM_TRY_GET(auto socket, control::ControlSocket::listen(path));
  return std::unique_ptr<ControlServer>(new ControlServer(std::move(socket), std::move(greeting)));
}

void ControlServer::add_to(std::vector<pollfd>& entries) const {
  if (connections_.size() < kMaxCallers && !accept_again_) entries.push_back({socket_.fd(), POLLIN, 0});
  for (const auto& [id, connection] : connections_) entries.push_back(connection.poll_entry());
}

void ControlServer::serve(std::span<const pollfd> entries, std::uint64_t now_ms) {
  for (auto& [id, connection] : connections_) {
    const auto deadline = connection.deadline();
    if (is_ready(entries, connection.poll_entry().fd) || (deadline && now_ms >= *deadline)) {
      step(id, connection, now_ms);
    }
  }
  std::erase_if(connections_,
                [](const auto& entry) { return entry.second.stage() == ControlConnection::Stage::ended; });
  if (accept_again_ && now_ms >= *accept_again_) accept_again_.reset();
  if (is_ready(entries, socket_.fd())) accept_callers(now_ms);
}

std::optional<std::uint64_t> ControlServer::next_deadline() const {
  std::optional<std::uint64_t> next = accept_again_;
  for (const auto& [id, connection] : connections_) {
    const auto deadline = connection.deadline();
    if (deadline && (!next || *deadline < *next)) next = deadline;
  }
  return next;
}

std::optional<ControlCall> ControlServer::next_call() {
  if (calls_.empty()) return std::nullopt;
  std::optional call = std::move(calls_.front());
  calls_.pop_front();
  return call;
}

std::optional<CallId> ControlServer::next_hangup() {
  if (hangups_.empty()) return std::nullopt;
  const CallId id = hangups_.front();
  hangups_.pop_front();
  return id;
}

void ControlServer::answer(CallId call, const Result<NodeAnswer>& answer, std::uint64_t now_ms) {
  const auto found = connections_.find(call);
  // One that broke the protocol meanwhile is here for as long as it takes to tell it so.
  if (found == connections_.end() || found->second.stage() != ControlConnection::Stage::waiting) return;
  found->second.answer(answer, now_ms);
  if (found->second.stage() == ControlConnection::Stage::ended) connections_.erase(found);
}

void ControlServer::step(CallId id, ControlConnection& connection, std::uint64_t now_ms) {
  const auto before = connection.stage();
  if (auto request = connection.step(now_ms)) calls_.push_back({id, std::move(*request)});
  if (before != ControlConnection::Stage::waiting || connection.stage() == ControlConnection::Stage::waiting) return;
  // It waited and does so no more, without an answer of ours: forgotten when nobody has seen its request yet.
  const auto unseen = std::find_if(calls_.begin(), calls_.end(), [id](const auto& call) { return call.id == id; });
  if (unseen == calls_.end()) {
    hangups_.push_back(id);
  } else {
    calls_.erase(unseen);
  }
}

void ControlServer::accept_callers(std::uint64_t now_ms) {
  while (connections_.size() < kMaxCallers && !accept_again_) {
    Descriptor caller(::accept4(socket_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!caller.is_open()) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) accept_again_ = now_ms + kNoDescriptorsMs;
      return;
    }
    if (!control::is_own(caller.fd())) continue;
    const CallId id{++last_id_};
    const auto added = connections_.try_emplace(id, std::move(caller), hello_.view(), now_ms).first;
    step(id, added->second, now_ms);
    if (added->second.stage() == ControlConnection::Stage::ended) connections_.erase(added);
  }
}

}  // namespace kiem
