#include "tests/support/sim_push.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <tuple>

#include "core/base/check.hpp"
#include "sync/session/push_tree.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {
namespace {

constexpr PushTree::Circle kCircle = 1;

enum class Kind : std::uint8_t { payload, have, graft, prune, timer };

struct Event {
  std::uint64_t due = 0, order = 0;
  std::uint32_t from = 0, to = 0;
  Kind kind = Kind::payload;
  std::uint32_t item = 0, hops = 0, said = 0;  // said: of the hops
  bool operator>(const Event& other) const { return std::tie(due, order) > std::tie(other.due, other.order); }
};

Short short_item(std::uint32_t item) {
  Short made;
  for (std::size_t i = 0; i < 4; ++i) made.bytes[i] = static_cast<std::uint8_t>(item >> (8 * i));
  return made;
}
std::uint32_t number_of(const Short& item) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= std::uint32_t{item.bytes[i]} << (8 * i);
  return number;
}

struct Node {
  Node(std::uint64_t seed) : rng(seed), tree(rng) {}
  SeededRng rng;
  PushTree tree;
  std::vector<std::uint32_t> peers;
  std::uint32_t has = UINT32_MAX;  // the broadcast that came last; one is over before the next begins
  std::uint32_t hops = 0;
  std::optional<std::uint32_t> says;  // whatever the hops are
};

class Mesh {
 public:
  Mesh(std::uint64_t seed, const PushOptions& options) : options_(options), chance_(seed) {
    for (std::size_t i = 0; i < options.nodes; ++i) nodes_.push_back(std::make_unique<Node>(chance_.next()));
    link_up();
    for (std::size_t i = 0; options.liar_percent > 0 && i < options.nodes; ++i) {
      if (chance_.chance(options.liar_percent)) nodes_[i]->says = i % 2 == 0 ? 0 : PushTree::kMostHops;
    }
  }

  PushFigures run() {
    for (std::size_t i = 0; i < options_.warm_up + options_.broadcasts; ++i) {
      is_counted_ = i >= options_.warm_up;
      if (options_.cut_percent > 0 && i == options_.warm_up + options_.broadcasts / 2) cut();
      broadcast(static_cast<std::uint32_t>(i));
    }
    const auto all = static_cast<double>(options_.broadcasts) * static_cast<double>(nodes_.size());
    figures_.copies = static_cast<double>(payloads_) / static_cast<double>(reached_);
    figures_.far_per_mille = 1'000 * static_cast<double>(far_) / static_cast<double>(reached_);
    std::uint64_t within = 0;
    while (100 * (within += by_hops_[figures_.hops_of_99]) < 99 * reached_) ++figures_.hops_of_99;
    figures_.announcements = static_cast<double>(haves_) / all;
    figures_.grafts = static_cast<double>(grafts_) / all;
    return figures_;
  }

 private:
  // A random regular graph: stubs are paired by lot, pairs that cannot be are drawn again.
  void link_up() {
    std::vector<std::uint32_t> stubs;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) stubs.insert(stubs.end(), options_.degree, i);
    for (int turn = 0; turn < 1'000 && !stubs.empty(); ++turn) {
      for (std::size_t i = stubs.size(); i > 1; --i) std::swap(stubs[i - 1], stubs[chance_.below(i)]);
      std::vector<std::uint32_t> left;
      for (std::size_t i = 0; i + 1 < stubs.size(); i += 2) {
        auto& mine = nodes_[stubs[i]]->peers;
        const bool can = stubs[i] != stubs[i + 1] && std::find(mine.begin(), mine.end(), stubs[i + 1]) == mine.end();
        if (!can) {
          left.insert(left.end(), {stubs[i], stubs[i + 1]});
          continue;
        }
        mine.push_back(stubs[i + 1]);
        nodes_[stubs[i + 1]]->peers.push_back(stubs[i]);
      }
      stubs = std::move(left);
    }
    for (const auto& node : nodes_) {
      for (const std::uint32_t peer : node->peers) node->tree.link_up(peer);
    }
  }

  void cut() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      const auto peers = nodes_[i]->peers;
      for (const std::uint32_t peer : peers) {
        if (peer < i || !chance_.chance(options_.cut_percent)) continue;
        std::erase(nodes_[i]->peers, peer);
        std::erase(nodes_[peer]->peers, i);
        nodes_[i]->tree.link_down(peer);
        nodes_[peer]->tree.link_down(i);
      }
    }
  }

  void broadcast(std::uint32_t item) {
    const std::uint64_t begun = now_;
    last_new_ = now_;
    const auto origin = static_cast<std::uint32_t>(chance_.below(nodes_.size()));
    take(origin, origin, item, 0);
    while (!events_.empty()) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.due;
      hear(event);
    }
    for (auto& node : nodes_) {
      if (node->has == item) continue;
      // A round brings it, as the node next meets somebody.
      node->tree.is_here(short_item(item));
      node->has = item;
      figures_.missed += is_counted_ ? 1 : 0;
    }
    if (is_counted_) figures_.longest_ms = std::max(figures_.longest_ms, last_new_ - begun);
  }

  void send(std::uint32_t from, std::uint32_t to, Kind kind, std::uint32_t item, std::uint32_t hops) {
    const Node& node = *nodes_[from];
    const std::uint32_t said = node.says.value_or(node.tree.hops_of(static_cast<PushTree::Row>(item)) + 1);
    if (is_counted_) {
      haves_ += kind == Kind::have ? 1 : 0;
      grafts_ += kind == Kind::graft ? 1 : 0;
    }
    if (chance_.below(1'000) < options_.loss_per_mille) return;
    events_.push({now_ + 20 + chance_.below(10), order_++, from, to, kind, item, hops, said});
  }

  // New at this node: on to the others, whole or by name.
  void take(std::uint32_t at, std::uint32_t from, std::uint32_t item, std::uint32_t hops) {
    Node& node = *nodes_[at];
    node.has = item;
    node.hops = hops;
    node.tree.is_here(short_item(item));
    last_new_ = now_;
    if (is_counted_) {
      ++reached_;
      payloads_ += at == from ? 1 : 0;
      figures_.most_hops = std::max<std::size_t>(figures_.most_hops, hops);
      far_ += hops > 15 ? 1 : 0;
      ++by_hops_[hops];
    }
    for (const std::uint32_t peer : node.peers) {
      if (peer == from) continue;
      const bool whole = node.tree.goes_whole(peer, kCircle, static_cast<PushTree::Row>(item) - 1);
      send(at, peer, whole ? Kind::payload : Kind::have, item, hops + 1);
    }
  }

  void hear(const Event& event) {
    Node& node = *nodes_[event.to];
    const bool is_here = node.has == event.item;
    const auto row = static_cast<PushTree::Row>(event.item);
    switch (event.kind) {
      case Kind::payload:
        payloads_ += is_counted_ ? 1 : 0;
        if (is_here) {
          if (node.tree.came_again(event.from, kCircle, row)) send(event.to, event.from, Kind::prune, event.item, 0);
          return;
        }
        if (node.tree.came(event.from, kCircle, short_item(event.item), {&row, 1}, event.said)) {
          send(event.to, event.from, Kind::prune, event.item, 0);
        }
        take(event.to, event.from, event.item, event.hops);
        return;
      case Kind::have:
        if (is_here) return;
        node.tree.announced(event.from, kCircle, short_item(event.item), event.said, now_);
        figures_.most_waited = std::max(figures_.most_waited, node.tree.missed());
        return wait(event.to);
      case Kind::graft:
        if (event.hops == 1) node.tree.heard_graft(event.from, kCircle);
        if (is_here) send(event.to, event.from, Kind::payload, event.item, node.hops + 1);
        return;
      case Kind::prune:
        return node.tree.heard_prune(event.from, kCircle);
      case Kind::timer:
        for (const std::uint32_t peer : node.peers) {
          for (const auto& wanted : node.tree.to_graft(peer, now_)) {
            send(event.to, peer, Kind::graft, number_of(wanted.item), wanted.is_eager ? 1 : 0);
          }
        }
        // A node asks each that announced it a few times; beyond that it is a matter for rounds.
        if (event.hops < 8) wait(event.to, event.hops + 1);
        return;
    }
  }

  void wait(std::uint32_t at, std::uint32_t turn = 0) {
    const auto due = nodes_[at]->tree.next_ms();
    if (due) events_.push({std::max(*due, now_), order_++, at, at, Kind::timer, 0, turn});
  }

  PushOptions options_;
  SeededRng chance_;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t now_ = 0, order_ = 0, last_new_ = 0;
  bool is_counted_ = false;
  std::uint64_t payloads_ = 0, reached_ = 0, haves_ = 0, grafts_ = 0, far_ = 0;
  std::map<std::size_t, std::uint64_t> by_hops_;
  PushFigures figures_;
};

}  // namespace

PushFigures push_news(std::uint64_t seed, const PushOptions& options) { return Mesh(seed, options).run(); }

}  // namespace kiem::test
