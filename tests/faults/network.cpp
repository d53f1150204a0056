#include "tests/faults/network.hpp"

#include <csignal>
#include <cstdlib>
#include <memory>

#include "tests/faults/kiem_home.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/store_home.hpp"
#include "tests/support/tcp_proxy.hpp"

namespace kiem::test {
namespace {

constexpr std::uint64_t kSecond = 1'000'000;  // in microseconds
constexpr std::size_t kFirstWords = 2'500;
constexpr std::size_t kMostOfAFrame = 8'000;  // thirty KiB of such operations, packed
constexpr int kNetworkFault = 5;              // how kiem ends when the network is to blame

// Noor's node has tasks that Piet has not; `piet` is one copy of his laptop after the other.
class TwoHomes {
  StoreHome folder_;  // first: all others lie in it

 public:
  explicit TwoHomes(std::size_t tasks) : tasks_(tasks) {
    static_cast<void>(noor_.must({"init", "--name", "Noor", "--practice"}));
    static_cast<void>(noor_.must({"initiative", "create", "Tuin"}));
    static_cast<void>(before_.must({"init", "--name", "Piet", "--practice"}));
    node_ = std::make_unique<Process>(noor_.words({"node", "--listen", "tcp://127.0.0.1:0"}));
    const auto address = node_->line();
    port_ = static_cast<std::uint16_t>(std::strtoul(address.substr(address.rfind(':') + 1).c_str(), nullptr, 10));
    auto invitation = noor_.must({"invite"});
    invitation.resize(invitation.find('\n'));
    static_cast<void>(before_.must({"join", invitation}));
    std::string list = "titel,mensen\n";
    for (std::size_t i = 0; i < tasks; ++i) list += "Klus " + std::to_string(i) + " aan de lange haag,2\n";
    write_all(folder_.other("list.csv"), view(list));
    static_cast<void>(noor_.must({"import", folder_.other("list.csv").string()}));
    begin_anew();
    const TcpProxy proxy(port_);
    static_cast<void>(piet.must({"sync", through(proxy)}));
    usual_ = proxy.carried(TcpProxy::Way::back);
    begin_anew();
  }

  void begin_anew() const {
    std::filesystem::remove_all(piet.home);
    std::filesystem::copy(before_.home, piet.home, std::filesystem::copy_options::recursive);
  }
  [[nodiscard]] static std::string through(const TcpProxy& proxy) {
    return "tcp://127.0.0.1:" + std::to_string(proxy.port());
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Bytes that an undisturbed sync brings.
  [[nodiscard]] std::size_t usual() const { return usual_; }

  // One more sync over a good line: all is there afterwards and the store is whole. How many bytes it brought; what is
  // wrong, if anything is, is told.
  std::size_t finish(Findings& findings, const std::string& story) const {
    const TcpProxy proxy(port_);
    const auto ended = piet.run({"sync", through(proxy)});
    const auto there = lines_with(piet.must({"task", "list"}), "aan de lange haag");
    const auto looked = piet.run({"doctor"});
    if (ended.code != 0) findings.problem(story + ": the next sync ended with " + std::to_string(ended.code));
    if (there != tasks_) findings.problem(story + ": " + std::to_string(there) + " tasks after the next sync");
    if (looked.code != 0) findings.problem(story + ": doctor says " + looked.out + looked.err);
    return proxy.carried(TcpProxy::Way::back);
  }

  const KiemHome piet{folder_.other("piet")};

 private:
  KiemHome noor_{folder_.other("noor")};
  KiemHome before_{folder_.other("before")};
  std::unique_ptr<Process> node_;
  std::uint16_t port_ = 0;
  std::size_t tasks_;
  std::size_t usual_ = 0;
};

// The end of a process that may take its time.
Ended end_of(Process& process, std::uint64_t seconds, Findings& findings, const std::string& story) {
  if (!has_ended_within(process, seconds * kSecond)) {
    findings.problem(story + ": not over after " + std::to_string(seconds) + " s");
    process.signal(SIGKILL);
  }
  return process.wait();
}

}  // namespace

void go_silent_in_the_middle(std::uint64_t seed, Findings& findings) {
  const TwoHomes homes(6'000);
  const std::string story = "silence in the middle, seed " + std::to_string(seed);
  TcpProxy proxy(homes.port());
  // Slow enough that three fifths are a moment that can be met.
  proxy.throttle(TcpProxy::Way::back, homes.usual() / 4);
  Process sync(homes.piet.words({"sync", TwoHomes::through(proxy)}));
  KIEM_CHECK(proxy.wait_carried(TcpProxy::Way::back, homes.usual() * 3 / 5));
  proxy.hold();
  const std::size_t came = proxy.carried(TcpProxy::Way::back);
  const bool let_go = has_ended_within(sync, 40 * kSecond);
  proxy.throttle(TcpProxy::Way::back, 0);
  proxy.release();
  const auto ended = end_of(sync, 60, findings, story);
  if (ended.code != 0 && ended.code != kNetworkFault) {
    findings.problem(story + ": ended with " + std::to_string(ended.code) + ended.err);
  }
  const auto rest = homes.finish(findings, story);
  // A frame that had come in part comes again, and each connection has its first words.
  if (came + rest > homes.usual() + kFirstWords + kMostOfAFrame) {
    findings.problem(story + ": " + std::to_string(came) + " bytes and then " + std::to_string(rest) +
                     " came, a whole sync takes " + std::to_string(homes.usual()));
  }
  findings.count(let_go ? "let go of in the silence" : ended.code == 0 ? "waited it out" : "broke after the silence");
}

void sync_over_slow_lines(std::uint64_t seed, Findings& findings) {
  const TwoHomes homes(1'200);
  for (const std::size_t rate : {16'000U, 4'000U, 2'000U, 1'000U, 500U}) {
    homes.begin_anew();
    const std::string story = "a line of " + std::to_string(rate) + " bytes a second, seed " + std::to_string(seed);
    TcpProxy proxy(homes.port());
    Process sync(homes.piet.words({"sync", TwoHomes::through(proxy)}));
    // It is slow once it is there: at 500 bytes a second a handshake would take longer than it may.
    KIEM_CHECK(proxy.wait_recorded(1'000));
    for (const auto way : {TcpProxy::Way::there, TcpProxy::Way::back}) proxy.throttle(way, rate);
    const auto ended = end_of(sync, 60 + 2 * homes.usual() / rate, findings, story);
    const auto connections = proxy.connections();
    if (ended.code != 0) findings.problem(story + ": ended with " + std::to_string(ended.code) + " " + ended.err);
    if (connections != 1) findings.problem(story + ": " + std::to_string(connections) + " connections");
    homes.finish(findings, story);
    if (!findings.count(ended.code == 0 ? "all over one connection" : "cut")) return;
  }
}

void hear_nothing_more(std::uint64_t seed, Findings& findings) {
  SeededRng chance(seed);
  const TwoHomes homes(6'000);
  for (const auto way : {TcpProxy::Way::there, TcpProxy::Way::back}) {
    homes.begin_anew();
    const std::size_t from = homes.usual() / 10 + chance.below(homes.usual() / 2);
    const std::string story = std::string(way == TcpProxy::Way::there ? "the node" : "the caller") +
                              " hears nothing from byte " + std::to_string(from) + " on, seed " + std::to_string(seed);
    TcpProxy proxy(homes.port());
    proxy.throttle(TcpProxy::Way::back, homes.usual() / 4);
    Process sync(homes.piet.words({"sync", TwoHomes::through(proxy)}));
    KIEM_CHECK(proxy.wait_carried(TcpProxy::Way::back, from));
    proxy.mute(way);
    proxy.throttle(TcpProxy::Way::back, 0);
    const auto ended = end_of(sync, 90, findings, story);
    // What was under way when the node's ear was gone may have been all that there was.
    const bool as_it_should = ended.code == kNetworkFault || (way == TcpProxy::Way::there && ended.code == 0);
    if (!as_it_should) findings.problem(story + ": ended with " + std::to_string(ended.code) + " " + ended.err);
    homes.finish(findings, story);
    if (!findings.count(ended.code == 0 ? "all had come" : "let go of")) return;
  }
}

void cut_again_and_again(std::uint64_t seed, Findings& findings) {
  constexpr std::size_t kCuts = 20;
  SeededRng chance(seed);
  const TwoHomes homes(6'000);
  const std::string story = "cut again and again, seed " + std::to_string(seed);
  std::size_t all = 0;
  std::size_t cuts = 0;
  for (; cuts < kCuts; ++cuts) {
    TcpProxy proxy(homes.port());
    proxy.throttle(TcpProxy::Way::back, homes.usual());
    Process sync(homes.piet.words({"sync", TwoHomes::through(proxy)}));
    const std::size_t at = kFirstWords + homes.usual() / 40 + chance.below(homes.usual() / 20);
    // When all is there it ends before so much has come.
    while (proxy.carried(TcpProxy::Way::back) < at && !has_ended_within(sync, kSecond / 100)) {
    }
    proxy.cut();
    const auto ended = end_of(sync, 60, findings, story);
    all += proxy.carried(TcpProxy::Way::back);
    if (ended.code == 0) break;
    if (ended.code != kNetworkFault) {
      findings.problem(story + ": ended with " + std::to_string(ended.code) + " " + ended.err);
    }
  }
  all += homes.finish(findings, story);
  const std::size_t most = homes.usual() + cuts * (kFirstWords + kMostOfAFrame);
  if (all > most) {
    findings.problem(story + ": " + std::to_string(all) + " bytes in all, and a whole sync takes " +
                     std::to_string(homes.usual()));
  }
  findings.count(std::to_string(cuts) + " cuts, " + std::to_string(all * 100 / homes.usual()) + " % of the bytes");
}

}  // namespace kiem::test
