#include "sync/cli/node_command.hpp"

#include <unistd.h>

#include <ostream>

#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/page.hpp"
#include "sync/node/node_loop.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kListening{"Deze laptop wacht op anderen. Stoppen: Ctrl+C.",
                             "This laptop is waiting for others. To stop: Ctrl+C."};
constexpr Text<0> kNoCommands{
    "Andere opdrachten kunnen pas weer als deze stopt: hier is geen plek om ze aan te nemen.",
    "Other commands can only be used again once this one ends: there is no place here to take them."};
constexpr Text<1> kAlsoAt{"Ook op {0}.", "Also at {0}."};

constexpr Text<1> kNobodySought{
    "Wie op dit netwerk is wordt nu niet vanzelf gevonden: poort {0} is van een ander programma. Bekende adressen en "
    "codes werken wel.",
    "Whoever is on this network is not found by itself now: port {0} is another program's. Known addresses and codes "
    "do work."};

// Who has the store, for the one sentence that says so.
std::string where(const std::filesystem::path& home, const ControlHello& holder) {
  std::string text = home.string() + " (" + (holder.role == ControlRole::node ? "kiem node" : "kiem-gui");
  for (const std::string& address : holder.listens) text += ", " + address;
  return text + ", pid " + std::to_string(holder.pid) + ")";
}

Status say_if_taken(const Call& call) {
  KIEM_TRY_GET(const std::optional<ControlClient> holder, find_holder(call));
  if (!holder) return {};
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  return fail(ErrorCode::store_busy, Fault::person, {where(home, holder->hello())});
}

// A node that cannot be asked is still worth running: only commands have to wait until it ends.
Result<std::unique_ptr<ControlServer>> listen_for_commands(const Call& call, const ControlHello& hello) {
  KIEM_TRY_GET(const std::filesystem::path path,
               control_path(*call.options.home, call.environment.xdg_runtime_dir.value_or("")));
  return ControlServer::listen(path, hello);
}

// Nothing where it is switched off, and where nobody elsewhere could call.
std::unique_ptr<Datagrams> open_datagrams(const Call& call, const RunNode& command,
                                          const std::optional<Endpoint>& address) {
  const bool is_for_here = address && is_loopback(*address);
  if (!command.beacon || is_for_here || !call.environment.open_datagrams) return nullptr;
  auto opened = call.environment.open_datagrams();
  if (opened) return *std::move(opened);
  const auto& args = opened.error().args;
  Page(call.streams.err).paragraph(say(call.options.lang, kNobodySought, args.empty() ? "-" : args.front()));
  return nullptr;
}

void tell_addresses(const Call& call, const Endpoint& bound, const std::vector<Endpoint>& addresses) {
  call.streams.out << to_text(addresses.empty() ? bound : addresses.front()) << '\n' << std::flush;
  Page page(call.streams.err);
  page.paragraph(kListening.in(call.options.lang));
  for (std::size_t i = 1; i < addresses.size(); ++i) {
    page.line(say(call.options.lang, kAlsoAt, to_text(addresses[i])));
  }
}

// A node has the time to look at every page, which no other command has. What it finds is told and keeps nothing from
// going on: other laptops may have what is missing here.
Status tell_if_pages_were_replaced(const Call& call, Community& community) {
  Status fresh = community.store().check_freshness();
  if (fresh || fresh.error().code != ErrorCode::page_replaced) return fresh;
  Page(call.streams.err).paragraph(error_sentence(call.options.lang, fresh.error()));
  return {};
}

}  // namespace

Result<ExitCode> run_node(const Call& call, const RunNode& command) {
  std::optional<Endpoint> address;
  if (command.listen) {
    KIEM_TRY_GET(address, parse_endpoint(*command.listen));
  }
  // Before a passphrase is asked for.
  KIEM_TRY(say_if_taken(call));
  // Somebody who stops it gets an orderly end; who is asked for a passphrase may still leave by Ctrl+C.
  std::optional<int> stop;
  if (!call.environment.stdin_is_terminal) {
    KIEM_TRY_GET(stop, call.environment.catch_stop());
  }
  auto community = open_community(call);
  if (!community) {
    if (community.error().code == ErrorCode::store_busy) KIEM_TRY(say_if_taken(call));
    return tl::unexpected<Error>(community.error());
  }
  // At the latest here: the network's threads come after it.
  if (!stop) {
    KIEM_TRY_GET(stop, call.environment.catch_stop());
  }
  KIEM_TRY_GET(const std::unique_ptr<Network> network,
               call.environment.open_network((*community)->replica().keys().transport, call.env.clock));
  const std::unique_ptr<Datagrams> datagrams = open_datagrams(call, command, address);
  KIEM_TRY_GET(const std::unique_ptr<Node> node, Node::create(**community, *network, call.env));
  KIEM_TRY_GET(const Endpoint bound, node->listen(address));
  if (datagrams != nullptr) KIEM_TRY(node->look_around(*datagrams));
  const std::vector<Endpoint> addresses = node->addresses();

  ControlHello hello;
  hello.pid = static_cast<std::uint32_t>(::getpid());
  for (const Endpoint& each : addresses) hello.listens.push_back(to_text(each));
  const auto control = listen_for_commands(call, hello);

  NodeLoop loop(*node, *network, call.env.clock);
  if (control) {
    loop.serve(**control);
  } else {
    Page(call.streams.err).paragraph(kNoCommands.in(call.options.lang));
  }
  if (datagrams != nullptr) loop.watch(*datagrams);
  bool stopped = false;
  loop.watch(*stop, [&] { stopped = true; });
  tell_addresses(call, bound, addresses);
  KIEM_TRY(tell_if_pages_were_replaced(call, **community));
  KIEM_TRY(loop.run_until([&] { return stopped; }));
  KIEM_TRY(loop.leave());
  return ExitCode::done;
}

}  // namespace kiem::cli
