#include "tests/bench/year_home.hpp"

#include <sys/resource.h>

#include "core/replica.hpp"
#include "sync/session/session.hpp"
#include "tests/bench/engine.hpp"

namespace kiem::bench {

void stop_at(const Error& error, const char* what) {
  std::string text = std::string(what) + " failed with code " + std::to_string(static_cast<int>(error.code));
  for (const auto& arg : error.args) text += ", " + arg;
  stop(text);
}

void need_done(const Status& status, const char* what) {
  if (!status) stop_at(status.error(), what);
}

double cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) stop("getrusage");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

YearHome::YearHome(std::filesystem::path folder, const std::string& name, std::uint64_t seed)
    : folder_(std::move(folder)), fake_(seed), key_(SecretBytes::random(kKeyFileBytes, fake_.rng)) {
  std::string words;
  const auto made = need(Community::create(folder_, KeyFile{key_.clone()}, name, fake_.env(), words), "making a store");
  static_cast<void>(made);
}

YearHome::YearHome(const YearHome& original, std::filesystem::path folder, std::uint64_t seed)
    : folder_(std::move(folder)), fake_(seed), key_(original.key_.clone()) {
  std::filesystem::copy(original.folder_, folder_, std::filesystem::copy_options::recursive);
}

std::unique_ptr<Community> YearHome::open_community() {
  return need(Community::open(folder_, KeyFile{key_.clone()}, fake_.env()), "opening a store");
}

std::unique_ptr<Store> YearHome::open_store() {
  return need(Store::open(folder_, KeyFile{key_.clone()}, fake_.env()), "opening a store");
}

std::uintmax_t YearHome::bytes() const {
  std::uintmax_t bytes = 0;
  for (const char* const name : {"store.kiem", "store.kiem-wal"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(folder_ / name, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

MeetingFigures meet(YearHome& dialler, YearHome& other, SecretBytes invitation) {
  const auto calls = dialler.open_community();
  const auto answers = other.open_community();
  // Who is a member is in memory.
  static_cast<void>(need(calls->replica().known_devices(), "reading who is there"));
  static_cast<void>(need(answers->replica().known_devices(), "reading who is there"));
  return meet(*calls, *answers, std::move(invitation));
}

namespace {

// As a node's (sync/node/node_frames.cpp).
constexpr std::size_t kBytesTogether = std::size_t{64} * 1024;

// Brings the other end all that one has to say: what came at the same time is one commit, as a node takes it. How many
// bytes that was.
std::uint64_t carry(Session& from, Session& to, Replica& taker, std::uint64_t now) {
  std::uint64_t carried = 0;
  while (true) {
    std::vector<Bytes> frames;
    std::size_t waiting = 0;
    while (waiting < kBytesTogether) {
      auto frame = from.next_frame();
      if (!frame) break;
      waiting += frame->size();
      frames.push_back(*std::move(frame));
    }
    if (frames.empty()) return carried;
    carried += waiting;
    const auto receive = [&] {
      for (const Bytes& frame : frames) to.receive(frame, now);
    };
    need_done(taker.together(receive), "taking frames");
  }
}

}  // namespace

MeetingFigures meet(Community& dialler, Community& other, SecretBytes invitation) {
  MeetingFigures figures;
  const double begin = cpu_seconds();
  SessionOptions out;
  out.peer = other.replica().keys().transport.public_key;
  out.dialled = true;
  out.invitation = std::move(invitation);
  SessionOptions in;
  in.peer = dialler.replica().keys().transport.public_key;
  std::array<std::unique_ptr<Session>, 2> ends = {std::make_unique<Session>(dialler.replica(), std::move(out), 0),
                                                  std::make_unique<Session>(other.replica(), std::move(in), 0)};
  const std::array<Replica*, 2> replicas = {&dialler.replica(), &other.replica()};
  std::uint64_t now = 0;
  int idle = 0;
  while (!ends[0]->is_level() || !ends[1]->is_level() || idle == 0) {
    bool moved = false;
    for (const std::size_t from : {0U, 1U}) {
      const std::uint64_t carried = carry(*ends[from], *ends[1 - from], *replicas[1 - from], now);
      figures.bytes += carried;
      figures.legs += carried > 0 ? 1 : 0;
      moved = moved || carried > 0;
    }
    for (const auto& end : ends) {
      if (end->end())
        stop("a session ended before its time, for reason " + std::to_string(static_cast<int>(end->end()->reason)));
    }
    idle = moved ? 0 : idle + 1;
    if (idle > 5) stop("a session stands still");
    if (moved) continue;
    now += 1000;
    for (const auto& end : ends) end->tick(now);
  }
  figures.cpu_seconds = cpu_seconds() - begin;
  for (const auto& end : ends) end->close();
  for (const std::size_t from : {0U, 1U}) {
    while (const auto frame = ends[from]->next_frame()) ends[1 - from]->receive(*frame, now);
  }
  return figures;
}

}  // namespace kiem::bench
