// The loop that drives a Node on its thread: waits in poll() for the network, for time, for commands of the same laptop
// and for whatever else it is told to watch, and for nothing else. Idle costs nothing.
//
// Borrows all it is given. One thread, the writer's. Fails when the node does (its own store), or when the system does
// not let it wait.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sync/control/control_server.hpp"
#include "sync/node/node.hpp"

namespace kiem {

class NodeLoop {
 public:
  NodeLoop(Node& node, Network& network, Clock& clock) : node_(node), network_(network), clock_(clock) {}
  // Commands that still wait get their answer (Node::abandon), so it goes before the node and the ControlServer do.
  ~NodeLoop() { node_.abandon(); }
  NodeLoop(const NodeLoop&) = delete;
  NodeLoop& operator=(const NodeLoop&) = delete;

  // Answers commands of the same laptop from now on.
  void serve(ControlServer& control) { control_ = &control; }
  // Calls the handler whenever the descriptor can be read: a signal, or work from another thread. The handler empties
  // it.
  void watch(int descriptor, std::function<void()> handler) { watched_.push_back({descriptor, std::move(handler)}); }
  // Turns whenever datagrams wait; the node that looks around by them takes them.
  void watch(const Datagrams& datagrams) {
    watch(datagrams.wake_fd(), [] {});
  }
  // Also from its handler. Absent: nothing.
  void unwatch(int descriptor);

  // Turns until `done` says so, asked after every turn, or until that moment of the clock. True when it was done.
  [[nodiscard]] Result<bool> run_until(const std::function<bool()>& done,
                                       std::optional<std::uint64_t> deadline_ms = std::nullopt);
  // Says goodbye and gives it a moment to arrive.
  [[nodiscard]] Status leave();

 private:
  struct Watched {
    int descriptor;
    std::function<void()> handler;
  };
  [[nodiscard]] Status wait(std::optional<std::uint64_t> deadline_ms);
  void take_calls();

  Node& node_;
  Network& network_;
  Clock& clock_;
  ControlServer* control_ = nullptr;
  std::vector<Watched> watched_;
  std::map<CallId, Ticket> calls_;  // commands that wait for their answer
};

}  // namespace kiem
