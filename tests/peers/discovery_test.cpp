// Two laptops that never met, each in a network namespace of its own, with a wire between them: real beacons over UDP,
// a real call over TCP. Where the system gives no namespaces this is left out, and says so.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/cli/json_text.hpp"
#include "tests/peers/program.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

const std::string kShell = "/bin/sh";
const std::string kUnshare = "/usr/bin/unshare";
const std::string kEnter = "/usr/bin/nsenter";

int ends(const std::string& program, const std::vector<std::string>& words) {
  return Process(program, words, Process::Input::empty).wait().code;
}

// A namespace that lasts as long as this: its first process waits for the end of its input.
struct Network {
  explicit Network(const std::string& options)
      : holder(kUnshare, {options, kShell, "-c", "echo ready; exec cat"}, Process::Input::open) {
    REQUIRE(holder.line() == "ready");
    pid = std::to_string(holder.pid());
  }
  // A program inside.
  [[nodiscard]] std::vector<std::string> inside(const std::vector<std::string>& words) const {
    std::vector<std::string> all{"-t", pid, "-U", "--preserve-credentials", "-n"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  void shell(const std::string& script) const { REQUIRE(ends(kEnter, inside({kShell, "-c", script})) == 0); }
  Process holder;
  std::string pid;
};

// Two of them, both under one user namespace, or the wire could not be moved from one to the other.
struct TwoNetworks {
  Network one{"-rn"};
  Process other{kEnter, one.inside({kUnshare, "-n", kShell, "-c", "echo $$; exec cat"}), Process::Input::open};
  std::string other_pid = other.line();

  ~TwoNetworks() {
    other.close_input();
    other.wait();
    one.holder.close_input();
    one.holder.wait();
  }
  [[nodiscard]] std::vector<std::string> here(const std::vector<std::string>& words) const { return one.inside(words); }
  [[nodiscard]] std::vector<std::string> there(const std::vector<std::string>& words) const {
    std::vector<std::string> all{"-t", other_pid, "-U", "--preserve-credentials", "-n"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  // 10.77.0.1 here, 10.77.0.2 there.
  void wire() const {
    const std::string tools = "export PATH=$PATH:/usr/sbin:/sbin; ";
    one.shell(tools + "ip link add wire type veth peer name far && ip link set far netns " + other_pid +
              " && ip addr add 10.77.0.1/24 brd + dev wire && ip link set wire up");
    REQUIRE(ends(kEnter,
                 there({kShell, "-c", tools + "ip addr add 10.77.0.2/24 brd + dev far && ip link set far up"})) == 0);
  }
};

bool can_have_namespaces() {
  return ends(kUnshare, {"-rn", kShell, "-c",
                         "export PATH=$PATH:/usr/sbin:/sbin; ip link add wire type veth peer name far"}) == 0;
}

std::vector<std::string> kiem_at(const Laptop& laptop, std::vector<std::string> words) {
  std::vector<std::string> all{KIEM_PROGRAM};
  const auto at_home = laptop.at_home(std::move(words));
  all.insert(all.end(), at_home.begin(), at_home.end());
  return all;
}

TEST_CASE(
    "laptops in two network namespaces find each other by beacons over a wire, and one without a network is told so") {
  if (!can_have_namespaces()) {
    MESSAGE("left out: no network namespaces here (unshare -rn, ip)");
    return;
  }
  TempHome folder;
  const Laptop noor(folder.path(), "Noor");
  const Laptop piet(folder.path(), "Piet");
  const Laptop ria(folder.path(), "Ria");
  noor.done({"initiative", "create", "Tuin"});
  {
    Process node(noor.at_home({"node", "--listen", "tcp://127.0.0.1:0"}));
    node.line();
    for (const Laptop* const each : {&piet, &ria}) each->done({"join", noor.done({"invite"}).first_line()});
    node.signal(SIGTERM);
    node.wait();
  }
  TwoNetworks two;
  // Before there is a wire.
  const Ended alone = Process(kEnter, two.here(kiem_at(piet, {"--json", "discover"})), Process::Input::empty).wait();
  CHECK(alone.code == 5);
  CHECK(alone.out.find("\"cause\":\"no_network\"") != std::string::npos);

  two.wire();
  Process at_piet(kEnter, two.here(kiem_at(piet, {"node"})), Process::Input::empty);
  CHECK(at_piet.line().starts_with("tcp://10.77.0.1:"));
  const Ended seen = Process(kEnter, two.there(kiem_at(ria, {"--json", "discover"})), Process::Input::empty).wait();
  INFO(seen.out << seen.err);
  CHECK(seen.code == 0);
  CHECK(seen.out.find("\"name\":\"Piet\"") != std::string::npos);
  CHECK(seen.out.find("tcp://10.77.0.1:") != std::string::npos);

  // Two nodes: what one writes reaches the other, and nobody typed an address.
  Process at_ria(kEnter, two.there(kiem_at(ria, {"node"})), Process::Input::empty);
  CHECK(at_ria.line().starts_with("tcp://10.77.0.2:"));
  bool linked = false;
  for (int tries = 0; tries < 20 && !linked; ++tries) {
    const Ended around = Process(kEnter, two.here(kiem_at(piet, {"--json", "discover"})), Process::Input::empty).wait();
    linked = around.code == 0 && around.out.find("\"linked\":true") != std::string::npos;
  }
  CHECK(linked);
  for (Process* const node : {&at_piet, &at_ria}) {
    node->signal(SIGTERM);
    CHECK(node->wait().code == 0);
  }
}

TEST_CASE("two laptops side by side: a short code typed on one, four words on both, and the newcomer is in") {
  if (!can_have_namespaces()) {
    MESSAGE("left out: no network namespaces here (unshare -rn, ip)");
    return;
  }
  TempHome folder;
  const Laptop noor(folder.path(), "Noor");
  const Laptop wim(folder.path(), "Wim");
  noor.done({"initiative", "create", "Tuin"});
  TwoNetworks two;
  two.wire();
  // Both people say yes; what they are asked is read from stderr.
  const auto with_yes = [](const Laptop& laptop, const std::string& command) {
    return std::vector<std::string>{
        kShell, "-c",
        "echo ja | '" + std::string(KIEM_PROGRAM) + "' --home '" + laptop.home().string() + "' " + command + " 2>&1"};
  };
  Process host(kEnter, two.here(with_yes(noor, "invite --nearby")), Process::Input::empty);
  const std::string told = host.line();
  REQUIRE(told.size() > 9);
  const std::string code = told.substr(told.size() - 9);
  const Ended joined = Process(kEnter, two.there(with_yes(wim, "join " + code)), Process::Input::empty).wait();
  const Ended invited = host.wait();
  INFO(told << invited.out << joined.out);
  CHECK(joined.code == 0);
  CHECK(joined.out.find("Welkom bij Tuin.") != std::string::npos);
  CHECK(invited.code == 0);
  CHECK(invited.out.find("De ander hoort nu bij Tuin.") != std::string::npos);
  const auto words_in = [](const std::string& text) {
    const auto from = text.find("schermen?\n");
    return from == std::string::npos ? "" : text.substr(from + 10, text.find('\n', from + 10) - from - 10);
  };
  CHECK_FALSE(words_in(invited.out).empty());
  CHECK(words_in(invited.out) == words_in(joined.out));
}

}  // namespace
}  // namespace kiem::test
