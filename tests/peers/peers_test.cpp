// Laptops as processes that meet over TCP with CURVE on loopback: what sync/node and sync/session do in memory, once
// more with everything in it.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <memory>
#include <optional>

#include "core/base/check.hpp"
#include "sync/transport/endpoint.hpp"
#include "tests/cli/json_text.hpp"
#include "tests/peers/program.hpp"
#include "tests/support/tcp_proxy.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

const std::string kAnyPort = "tcp://127.0.0.1:0";

// A laptop's node, as long as it lives.
struct RunningNode {
  explicit RunningNode(const Laptop& laptop, const std::string& listen = kAnyPort)
      : process(laptop.at_home({"node", "--listen", listen})), address(process.line()) {}
  int stop(int signal = SIGTERM) {
    process.signal(signal);
    return process.wait().code;
  }
  Process process;
  std::string address;
};

std::uint16_t port_of(const std::string& address) {
  const auto endpoint = parse_endpoint(address);
  REQUIRE(endpoint.has_value());
  return endpoint->port;
}

// Noor's initiative, on as many laptops as asked.
struct Garden {
  explicit Garden(std::initializer_list<const char*> others) : noor(folder.path(), "Noor") {
    noor.done({"initiative", "create", "Tuin"});
    const RunningNode node(noor);
    for (const char* const name : others) {
      laptops.push_back(std::make_unique<Laptop>(folder.path(), name));
      laptops.back()->done({"join", noor.done({"invite"}).first_line()});
    }
  }
  Laptop& operator[](std::size_t i) { return *laptops.at(i); }
  // `from` syncs with the node of `to`, which runs only for that.
  static void meet(const Laptop& from, const Laptop& to) {
    const RunningNode node(to);
    from.done({"sync", node.address});
  }

  TempHome folder;
  Laptop noor;
  std::vector<std::unique_ptr<Laptop>> laptops;
};

int connect_to(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  KIEM_CHECK(descriptor >= 0);
  KIEM_CHECK(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  return descriptor;
}

// --- seats -----------------------------------------------------------------------------------------------------------

TEST_CASE("two who claimed the last seat apart see the same winner and the other waiting, whoever calls whom") {
  for (const bool turned : {false, true}) {
    CAPTURE(turned);
    Garden garden{"Piet", "Ria"};
    garden.noor.done({"task", "add", "Heg knippen", "--seats", "1"});
    garden.meet(garden[0], garden.noor);
    garden.meet(garden[1], garden.noor);
    garden[0].done({"claim", "Heg knippen"});
    garden[1].done({"claim", "Heg knippen"});

    garden.meet(garden[turned ? 1 : 0], garden[turned ? 0 : 1]);
    const std::string seen = garden[0].claims("Heg knippen");
    CHECK(seen == garden[1].claims("Heg knippen"));
    CHECK(seen.find(" waiting 1 ") != std::string::npos);

    // The assigner confirms what it meets first; a second round brings what it decided to all.
    for (int round = 0; round < 2; ++round) {
      garden.meet(garden[turned ? 1 : 0], garden.noor);
      garden.meet(garden[turned ? 0 : 1], garden.noor);
    }
    const std::string decided = garden.noor.claims("Heg knippen");
    CHECK(decided.find(" confirmed ") != std::string::npos);
    CHECK(decided.find(" waiting 1 ") != std::string::npos);
    CHECK(garden[0].claims("Heg knippen") == decided);
    CHECK(garden[1].claims("Heg knippen") == decided);
  }
}

TEST_CASE("three claims for one seat come out the same on four laptops") {
  Garden garden{"Piet", "Ria", "Sam"};
  garden.noor.done({"task", "add", "Heg knippen", "--seats", "1"});
  for (std::size_t i = 0; i < 3; ++i) garden.meet(garden[i], garden.noor);
  for (std::size_t i = 0; i < 3; ++i) garden[i].done({"claim", "Heg knippen"});
  garden.meet(garden[0], garden[1]);
  garden.meet(garden[2], garden[1]);
  garden.meet(garden[1], garden.noor);
  for (std::size_t i = 0; i < 3; ++i) garden.meet(garden[i], garden.noor);
  const std::string decided = garden.noor.claims("Heg knippen");
  CHECK(std::count(decided.begin(), decided.end(), '\n') == 3);
  CHECK(decided.find(" waiting 2 ") != std::string::npos);
  for (std::size_t i = 0; i < 3; ++i) CHECK(garden[i].claims("Heg knippen") == decided);
}

TEST_CASE("on the assigner's own laptop a claim is confirmed in the same command") {
  Garden garden{};
  garden.noor.done({"task", "add", "Heg knippen", "--seats", "1"});
  const JsonText answer{garden.noor.done({"claim", "Heg knippen", "--json"}).out};
  CHECK(answer.at("/claim/state") == "confirmed");
}

// --- the node --------------------------------------------------------------------------------------------------------

TEST_CASE("a node ends with 0 on either signal, frees the store, and keeps its port") {
  Garden garden{};
  const std::string any = "tcp://127.0.0.1:0";
  for (const int signal : {SIGINT, SIGTERM}) {
    RunningNode node(garden.noor);
    CHECK(node.address.starts_with("tcp://127.0.0.1:"));
    CHECK(node.stop(signal) == 0);
    CHECK_FALSE(std::filesystem::exists(garden.noor.home() / "control.sock"));
    garden.noor.done({"status"});
  }
  std::optional<std::string> first;
  for (int run = 0; run < 2; ++run) {
    Process process(garden.noor.at_home({"node", "--no-beacon"}));
    const std::string address = process.line();
    CHECK(first.value_or(address) == address);
    first = address;
    process.signal(SIGTERM);
    CHECK(process.wait().code == 0);
  }
}

TEST_CASE("a node says that a page of an earlier moment was put back, and goes on") {
  Garden garden{};
  const auto store = garden.noor.home() / "store.kiem";
  const auto pages_of = [&] {
    std::ifstream file(store, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  constexpr std::size_t kPage = 4096;
  const std::string before = pages_of();
  garden.noor.done({"task", "add", "Heg knippen"});
  std::string mixed = pages_of();
  // The last page that changed: not one that the program cannot begin without.
  std::size_t page = before.size() / kPage;
  do --page;
  while (before.compare(page * kPage, kPage, mixed, page * kPage, kPage) == 0);
  REQUIRE(page > 2);
  mixed.replace(page * kPage, kPage, before, page * kPage, kPage);
  std::ofstream(store, std::ios::binary | std::ios::trunc) << mixed;

  Process node(garden.noor.at_home({"--lang", "en", "node", "--listen", kAnyPort}));
  CHECK(node.line().starts_with("tcp://"));
  node.signal(SIGTERM);
  const Ended ended = node.wait();
  CHECK(ended.code == 0);
  CAPTURE(ended.err);
  CHECK(ended.err.find("of an earlier moment") != std::string::npos);
}

TEST_CASE("commands answer the same whether or not a node has the store, and a second node says where the first is") {
  Garden garden{};
  garden.noor.done({"task", "add", "Heg knippen"});
  const std::string alone = garden.noor.done({"task", "list", "--json"}).out;
  RunningNode node(garden.noor);
  CHECK(garden.noor.done({"task", "list", "--json"}).out == alone);
  garden.noor.done({"task", "add", "Snoeien"});
  CHECK(garden.noor.run({"task", "show", "Maaien"}).code == 1);
  CHECK(garden.noor.run({"task", "show"}).code == 2);
  CHECK(garden.noor.done({"doctor"}).code == 0);
  const Ended second = garden.noor.run({"node"});
  CHECK(second.code == 4);
  CHECK(second.out.empty());
  CHECK(second.err.find(std::to_string(node.process.pid())) != std::string::npos);
  CHECK(node.stop() == 0);
  CHECK(JsonText{garden.noor.done({"task", "list", "--json"}).out}.size("/tasks") == 2);
}

TEST_CASE("a node that ends answers the command that still waits, and ends with 0") {
  Garden garden{"Piet"};
  const int mute = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  REQUIRE(::bind(mute, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(mute, 8) == 0);
  REQUIRE(::getsockname(mute, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  for (int round = 0; round < 3; ++round) {
    RunningNode node(garden[0]);
    Process sync(garden[0].at_home({"sync", "tcp://127.0.0.1:" + std::to_string(ntohs(address.sin_port))}));
    // The call has come, and nobody takes it up.
    const int called = ::accept4(mute, nullptr, nullptr, SOCK_CLOEXEC);
    REQUIRE(called >= 0);
    CHECK(node.stop() == 0);
    CHECK(sync.wait().code == 5);
    ::close(called);
  }
  ::close(mute);
}

TEST_CASE("a home whose path is too long for a socket works, but cannot be shared") {
  const TempHome folder;
  const Laptop noor(folder.path() / std::string(110, 'x'), "Noor");
  noor.done({"initiative", "create", "Tuin"});
  RunningNode node(noor);
  CHECK(noor.run({"node"}).code == 4);
  CHECK(node.stop() == 0);
  noor.done({"status"});
}

TEST_CASE("a node that is stopped is not waited for longer than a lock") {
  Garden garden{};
  RunningNode node(garden.noor);
  node.process.signal(SIGSTOP);
  CHECK(garden.noor.run({"task", "list"}).code == 4);
  node.process.signal(SIGCONT);
  garden.noor.done({"task", "list"});
  CHECK(node.stop() == 0);
}

TEST_CASE("what one node writes is pushed to a node that is linked") {
  Garden garden{"Piet"};
  RunningNode at_noor(garden.noor);
  garden[0].done({"sync", at_noor.address});  // from now on Piet's node knows where to call
  RunningNode at_piet(garden[0]);
  garden.noor.done({"task", "add", "Snoeien"});
  // Level again, both ways, when this returns: the sync uses the link that Piet's node made, or makes it.
  garden[0].done({"sync", at_noor.address});
  garden[0].done({"task", "show", "Snoeien"});
  garden[0].done({"claim", "Snoeien"});
  garden[0].done({"sync", at_noor.address});
  CHECK(garden.noor.claims("Snoeien").starts_with("Piet confirmed"));
}

// --- refusals --------------------------------------------------------------------------------------------------------

TEST_CASE("codes and addresses that lead nowhere end with the promised exit codes") {
  Garden garden{"Piet"};
  RunningNode node(garden.noor);
  const std::string code = garden.noor.done({"invite"}).first_line();
  const Laptop ria(garden.folder.path(), "Ria");
  ria.done({"join", code});
  CHECK(ria.run({"join", code}).code == 1);
  const Laptop sam(garden.folder.path(), "Sam");
  CHECK(sam.run({"join", code}).code == 1);
  CHECK(sam.run({"join", code.substr(1)}).code == 1);
  CHECK(sam.run({"sync", node.address}).code == 1);  // knows nobody
  CHECK(garden[0].run({"sync", "127.0.0.1:1"}).code == 2);
  CHECK(garden[0].run({"invite"}).code == 1);
  const std::string address = node.address;
  CHECK(node.stop() == 0);
  CHECK(garden[0].run({"sync", address}).code == 5);
  const std::string later = garden.noor.done({"invite", "--address", address}).first_line();
  CHECK(sam.run({"join", later}).code == 5);
  const RunningNode again(garden.noor, address);
  sam.done({"join", later});
}

TEST_CASE("a stranger's key, another initiative and garbage get nothing, and the node goes on") {
  Garden garden{"Piet"};
  RunningNode node(garden.noor);
  const std::string code = garden.noor.done({"invite"}).first_line();

  const Laptop sjaak(garden.folder.path(), "Sjaak");
  sjaak.done({"initiative", "create", "Andere tuin"});
  {
    // Sjaak learns Noor's key by a code whose joining is refused, since his store is not a practice one.
    const RunningNode at_sjaak(sjaak);
    const std::string his = sjaak.done({"invite"}).first_line();
    garden[0].done({"join", his});
  }
  // Piet belongs to both; Sjaak knows Piet's key alone and Noor answers to hers alone.
  CHECK(sjaak.run({"sync", node.address}).code == 5);
  CHECK(sjaak.done({"task", "list", "--json", "--initiative", "Andere tuin"}).code == 0);
  CHECK(JsonText{sjaak.done({"status", "--json"}).out}.size("/initiatives") == 1);

  std::vector<int> garbage;
  for (int i = 0; i < 20; ++i) {
    garbage.push_back(connect_to(port_of(node.address)));
    const std::string noise(1000, static_cast<char>(37 * i));
    (void)!::send(garbage.back(), noise.data(), noise.size(), MSG_NOSIGNAL);
  }
  const Laptop ria(garden.folder.path(), "Ria");
  ria.done({"join", code});
  for (const int descriptor : garbage) ::close(descriptor);
  CHECK(node.stop() == 0);
}

// --- the wire --------------------------------------------------------------------------------------------------------

TEST_CASE("nothing that was written can be read on the wire, nor can an overheard joining be played again") {
  const std::vector<std::string> planted{"Geheimtuin",      "Zonnehoek-77", "Hortensia snoeien",
                                         "achterom rechts", "Wilhelmina",   "Kwikstaart"};
  TempHome folder;
  const Laptop noor(folder.path(), planted[5]);
  const Laptop piet(folder.path(), planted[4]);
  noor.done({"initiative", "create", planted[0]});
  noor.done({"place", "add", planted[1]});
  noor.done({"task", "add", planted[2], "--note", planted[3]});
  RunningNode node(noor);
  const TcpProxy proxy(port_of(node.address));
  const std::string through = "tcp://127.0.0.1:" + std::to_string(proxy.port());
  const std::string code = noor.done({"invite", "--address", through}).first_line();
  piet.done({"join", code});
  piet.done({"task", "show", planted[2]});
  piet.done({"claim", planted[2]});
  piet.done({"sync", through});

  const Bytes recorded = proxy.recorded();
  CHECK(recorded.size() > 2000);
  for (const std::string& words : planted) {
    CAPTURE(words);
    CHECK(std::search(recorded.begin(), recorded.end(), words.begin(), words.end()) == recorded.end());
  }
  // Every byte of it once more, from somebody who has no key.
  const int replay = connect_to(port_of(node.address));
  (void)!::send(replay, recorded.data(), recorded.size(), MSG_NOSIGNAL);
  piet.done({"sync", node.address});
  ::close(replay);
  CHECK(JsonText{noor.done({"status", "--json"}).out}.at("/initiatives/0/members") == "2");
}

TEST_CASE("a peer that stops in the middle costs nothing, and the next sync just works") {
  Garden garden{"Piet"};
  for (int i = 0; i < 40; ++i) garden.noor.done({"task", "add", "Taak " + std::to_string(i)});
  RunningNode node(garden.noor);
  TcpProxy proxy(port_of(node.address));
  const std::string through = "tcp://127.0.0.1:" + std::to_string(proxy.port());
  {
    Process sync(garden[0].at_home({"sync", through}));
    REQUIRE(proxy.wait_recorded(2000));
    proxy.cut();
    const int code = sync.wait().code;
    CHECK((code == 5 || code == 0));
  }
  {
    // The caller dies instead.
    Process sync(garden[0].at_home({"sync", through}));
    REQUIRE(proxy.wait_recorded(4000));
    sync.signal(SIGKILL);
    sync.wait();
  }
  garden[0].done({"sync", through});
  CHECK(JsonText{garden[0].done({"task", "list", "--json"}).out}.size("/tasks") == 40);
  CHECK(garden[0].done({"doctor"}).code == 0);
}

TEST_CASE("a laptop on a slow line holds up nobody who calls the same node, and gets all over one connection") {
  Garden garden{"Piet", "Ria"};
  const auto list = garden.folder.path() / "klussen.csv";
  std::ofstream file(list);
  file << "titel,mensen\n";
  for (int i = 0; i < 600; ++i) file << "Klus " << i << " aan de lange haag,2\n";
  file.close();
  garden.noor.done({"import", list.string()});
  RunningNode node(garden.noor);
  TcpProxy proxy(port_of(node.address));
  constexpr auto kBack = TcpProxy::Way::back;
  proxy.throttle(kBack, 4'000);
  Process slow(garden[0].at_home({"sync", "tcp://127.0.0.1:" + std::to_string(proxy.port())}));
  REQUIRE(proxy.wait_carried(kBack, 1'500));
  proxy.throttle(kBack, 500);
  garden[1].done({"sync", node.address});
  CHECK(JsonText{garden[1].done({"task", "list", "--json"}).out}.size("/tasks") == 600);
  const std::size_t meanwhile = proxy.carried(kBack);
  proxy.throttle(kBack, 0);
  CHECK(slow.wait().code == 0);
  CHECK(proxy.carried(kBack) > 2 * meanwhile);
  CHECK(proxy.connections() == 1);
  CHECK(JsonText{garden[0].done({"task", "list", "--json"}).out}.size("/tasks") == 600);
}

TEST_CASE("status tells who was met when, and what is still mine alone") {
  Garden garden{"Piet"};
  garden[0].done({"task", "add", "Snoeien"});
  CHECK(JsonText{garden[0].done({"status", "--json"}).out}.at("/initiatives/0/only_here") != "0");
  garden.meet(garden[0], garden.noor);
  const JsonText status{garden[0].done({"status", "--json"}).out};
  CHECK(status.at("/initiatives/0/only_here") == "0");
  CHECK(status.at("/initiatives/0/meetings/0/person/name") == "Noor");
  CHECK(status.at("/initiatives/0/meetings/0/when").starts_with("20"));
}

}  // namespace
}  // namespace kiem::test
