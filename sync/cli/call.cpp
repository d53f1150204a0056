#include "sync/cli/call.hpp"

#include "core/l10n/dates.hpp"
#include "sync/cli/unlock.hpp"
#include "sync/node/node_loop.hpp"

namespace kiem::cli {
namespace {

// Nothing when nobody has the store.
Result<std::optional<NodeAnswer>> ask_holder(const Call& call, const NodeRequest& request) {
  KIEM_TRY_GET(std::optional<ControlClient> client, find_holder(call));
  if (!client) return std::optional<NodeAnswer>{};
  KIEM_TRY_GET(NodeAnswer answer, client->ask(request));
  return std::optional(std::move(answer));
}

Result<NodeAnswer> ask_here(const Call& call, Community& community, const NodeRequest& request) {
  if (const auto* const plain = std::get_if<Request>(&request)) {
    KIEM_TRY_GET(Answer answer, community.perform(*plain));
    return NodeAnswer(std::move(answer));
  }
  KIEM_TRY_GET(const std::unique_ptr<Network> network,
               call.environment.open_network(community.replica().keys().transport, call.env.clock));
  NodeOptions options;
  options.calls = false;
  std::unique_ptr<Datagrams> datagrams;
  if (std::holds_alternative<LookAround>(request) && call.environment.open_datagrams) {
    // A port that is another program's is told as one by which nobody is looked for.
    if (auto opened = call.environment.open_datagrams()) datagrams = *std::move(opened);
  }
  KIEM_TRY_GET(const std::unique_ptr<Node> node, Node::create(community, *network, call.env, options));
  std::optional<Result<NodeAnswer>> answer;
  NodeLoop loop(*node, *network, call.env.clock);
  if (datagrams != nullptr) {
    KIEM_TRY(node->look_around(*datagrams));
    loop.watch(*datagrams);
  }
  node->ask(request, [&](Result<NodeAnswer> given) { answer = std::move(given); });
  KIEM_TRY(loop.run_until([&] { return answer.has_value(); }));
  KIEM_TRY(loop.leave());
  return *std::move(answer);
}

Result<std::unique_ptr<Community>> open_with(const Call& call, const Unlock& unlock) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  auto opened = Community::open(home, unlock, call.env, call.store);
  if (!opened) return tl::unexpected<Error>(misfit(std::move(opened).error(), unlock, call.options));
  return opened;
}

template <class Open>
Result<NodeAnswer> ask_or_open(const Call& call, const NodeRequest& request, const Open& open) {
  KIEM_TRY_GET(std::optional<NodeAnswer> answer, ask_holder(call, request));
  if (answer) return *std::move(answer);
  const auto community = open();
  if (community) return ask_here(call, **community, request);
  // A node may have started between the two.
  if (community.error().code == ErrorCode::store_busy) {
    KIEM_TRY_GET(answer, ask_holder(call, request));
    if (answer) return *std::move(answer);
  }
  return tl::unexpected<Error>(community.error());
}

}  // namespace

Audience Call::audience() const {
  Audience made{options.lang, 0, environment.zone_offset};
  const WallTime now = env.clock.wall();
  made.this_year = local_year(now, made.offset_at(now));
  return made;
}

Result<std::filesystem::path> Call::home() const {
  if (!options.home) return fail(ErrorCode::missing_input, Fault::person, {"home"});
  return *options.home;
}

Result<std::optional<ControlClient>> find_holder(const Call& call) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  if (!store_exists(home)) return std::optional<ControlClient>{};
  // Where there is no place for a socket, nobody can listen at it.
  const auto path = control_path(home, call.environment.xdg_runtime_dir.value_or(""));
  if (!path) return std::optional<ControlClient>{};
  return ControlClient::connect(*path);
}

Result<std::unique_ptr<Community>> open_community(const Call& call) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  KIEM_TRY_GET(const Unlock unlock, find_unlock(home, call.options, call.environment, call.streams));
  return open_with(call, unlock);
}

Result<NodeAnswer> ask(const Call& call, const NodeRequest& request) {
  return ask_or_open(call, request, [&] { return open_community(call); });
}

Result<NodeAnswer> ask(const Call& call, const NodeRequest& request, const Unlock& unlock) {
  return ask_or_open(call, request, [&] { return open_with(call, unlock); });
}

}  // namespace kiem::cli
