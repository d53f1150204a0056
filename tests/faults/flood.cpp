#include "tests/faults/flood.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <fstream>
#include <memory>
#include <sstream>

#include "tests/faults/kiem_home.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {
namespace {

constexpr rlim_t kDescriptors = 256;  // of the node
constexpr std::size_t kHeld = 2 * kDescriptors;
constexpr std::size_t kStrangers = 10'000;  // of each kind
constexpr std::size_t kSyncs = 3;           // while those of one kind come
constexpr std::uint64_t kRest = 5'000'000;  // microseconds in which a node comes to rest, and is then looked at as long
constexpr std::size_t kMoreMemory = 32U << 20U;

enum class Kind : std::uint8_t { silent, half_greeting, garbage, no_hello };
constexpr std::array kKinds{Kind::silent, Kind::half_greeting, Kind::garbage, Kind::no_hello};

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::silent:
      return "silent";
    case Kind::half_greeting:
      return "half a greeting";
    case Kind::garbage:
      return "garbage";
    case Kind::no_hello:
      return "no hello";
  }
  return {};
}

// ZMTP 3.1's greeting with the mechanism CURVE (rfc.zeromq.org/spec/37).
Bytes greeting() {
  Bytes bytes(64, 0);
  bytes[0] = 0xFF;
  bytes[9] = 0x7F;
  bytes[10] = 3;
  std::ranges::copy(std::string_view("CURVE"), bytes.begin() + 12);
  return bytes;
}

Bytes words_of(Kind kind, SeededRng& chance) {
  Bytes words;
  switch (kind) {
    case Kind::silent:
      break;
    case Kind::half_greeting:
      words = greeting();
      words.resize(1 + chance.below(63));
      break;
    case Kind::garbage:
      words.resize(1 + chance.below(300));
      chance.fill(words);
      break;
    case Kind::no_hello: {
      words = greeting();
      // A command of 200 bytes that begins as a hello does.
      const std::size_t at = words.size();
      words.resize(at + 202);
      chance.fill(std::span(words).subspan(at));
      words[at] = 4;
      words[at + 1] = 200;
      words[at + 2] = 5;
      std::ranges::copy(std::string_view("HELLO"), words.begin() + static_cast<std::ptrdiff_t>(at) + 3);
      break;
    }
  }
  return words;
}

// Connections from 127.x.y.z that are held until there are too many, then the oldest goes.
class Strangers {
 public:
  explicit Strangers(std::uint16_t port) : port_(port) {}
  Strangers(const Strangers&) = delete;
  Strangers& operator=(const Strangers&) = delete;
  ~Strangers() { leave(); }

  void send_one(const Bytes& words) {
    if (held_.size() == kHeld) let_go();
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    KIEM_CHECK(socket >= 0);
    held_.push_back(socket);
    const auto from = at(0x7F000002 + sent_++ % 0xFFFF, 0);
    KIEM_CHECK(::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0);
    const auto to = at(INADDR_LOOPBACK, port_);
    static_cast<void>(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to));
    // On this machine it is there at once, unless the queue is full, which is an answer too.
    pollfd ready{socket, POLLOUT, 0};
    if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
    if (words.empty() || ::send(socket, words.data(), words.size(), MSG_NOSIGNAL) > 0) ++came_in_;
  }
  void leave() {
    while (!held_.empty()) let_go();
  }
  [[nodiscard]] std::size_t came_in() const { return came_in_; }

 private:
  static sockaddr_in at(std::uint32_t host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(port);
    return address;
  }
  void let_go() {
    ::close(held_.front());
    held_.pop_front();
  }

  std::uint16_t port_;
  std::deque<int> held_;
  std::uint32_t sent_ = 0;
  std::size_t came_in_ = 0;
};

struct Use {
  std::size_t descriptors = 0;
  std::size_t memory = 0;   // bytes
  std::uint64_t ticks = 0;  // of processor time, a hundred a second
};

Use use_of(pid_t pid) {
  const std::filesystem::path folder = "/proc/" + std::to_string(pid);
  Use use;
  for (const auto& each : std::filesystem::directory_iterator(folder / "fd")) {
    static_cast<void>(each);
    ++use.descriptors;
  }
  std::ifstream sizes(folder / "statm");
  std::size_t all = 0, resident = 0;
  sizes >> all >> resident;
  use.memory = resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::ifstream stat(folder / "stat");
  std::string line;
  std::getline(stat, line);
  // Behind the name, which is in brackets, the times are the twelfth and thirteenth.
  std::istringstream rest(line.substr(line.rfind(')') + 2));
  std::string word;
  for (int i = 0; i < 11; ++i) rest >> word;
  std::uint64_t user = 0, system = 0;
  rest >> user >> system;
  use.ticks = user + system;
  return use;
}

// The node inherits what this process may have; this one has what it needs.
std::unique_ptr<Process> start_narrow(const std::vector<std::string>& words) {
  rlimit before{};
  KIEM_CHECK(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit narrow{kDescriptors, before.rlim_max};
  KIEM_CHECK(::setrlimit(RLIMIT_NOFILE, &narrow) == 0);
  auto process = std::make_unique<Process>(words);
  const rlimit wide{before.rlim_max, before.rlim_max};
  KIEM_CHECK(::setrlimit(RLIMIT_NOFILE, &wide) == 0);
  return process;
}

}  // namespace

void flood_with_strangers(std::uint64_t seed, Findings& findings) {
  SeededRng chance(seed);
  const StoreHome folder;
  const KiemHome noor{folder.other("noor")}, piet{folder.other("piet")};
  static_cast<void>(noor.must({"init", "--name", "Noor", "--practice"}));
  static_cast<void>(noor.must({"initiative", "create", "Tuin"}));
  static_cast<void>(piet.must({"init", "--name", "Piet", "--practice"}));
  const auto node = start_narrow(noor.words({"node", "--listen", "tcp://127.0.0.1:0"}));
  const auto address = node->line();
  const auto port =
      static_cast<std::uint16_t>(std::strtoul(address.substr(address.rfind(':') + 1).c_str(), nullptr, 10));
  auto invitation = noor.must({"invite"});
  invitation.resize(invitation.find('\n'));
  static_cast<void>(piet.must({"join", invitation}));
  const Use before = use_of(node->pid());

  std::size_t tasks = 0;
  for (const Kind kind : kKinds) {
    const std::string story = name_of(kind) + ", seed " + std::to_string(seed);
    Strangers strangers(port);
    for (std::size_t i = 0; i < kStrangers; ++i) {
      strangers.send_one(words_of(kind, chance));
      if (i % (kStrangers / kSyncs) != kStrangers / kSyncs / 2) continue;
      static_cast<void>(noor.must({"task", "add", "Klus " + std::to_string(++tasks) + " in de drukte"}));
      const auto ended = piet.run({"sync", "tcp://127.0.0.1:" + std::to_string(port)});
      if (ended.code != 0) findings.problem(story + ": a member's sync ended with " + std::to_string(ended.code));
    }
    if (strangers.came_in() == 0) findings.problem(story + ": nobody came as far as the node");
    strangers.leave();
    if (has_ended_within(*node, kRest)) {
      findings.problem(story + ": the node ended");
      return;
    }
    const Use rested = use_of(node->pid());
    if (has_ended_within(*node, kRest)) findings.problem(story + ": the node ended at rest");
    const Use after = use_of(node->pid());
    const auto there = lines_with(piet.must({"task", "list"}), "in de drukte");
    if (there != tasks) findings.problem(story + ": " + std::to_string(there) + " of " + std::to_string(tasks));
    if (after.descriptors > before.descriptors + 8) {
      findings.problem(story + ": " + std::to_string(after.descriptors) + " descriptors");
    }
    if (after.memory > before.memory + kMoreMemory) {
      findings.problem(story + ": " + std::to_string(after.memory >> 20U) + " MiB");
    }
    if (after.ticks > rested.ticks + 50) {
      findings.problem(story + ": busy at rest for " + std::to_string(after.ticks - rested.ticks) + " hundredths");
    }
    if (!findings.count(name_of(kind))) return;
  }
}

}  // namespace kiem::test
