// Thousands of nodes in one thread that push one another news along trees (sync/session/push_tree.hpp): no stores and
// no sessions, the trees alone, over links that are late and lose frames. Everything comes from one seed.
#pragma once

#include <cstdint>

namespace kiem::test {

struct PushOptions {
  std::size_t nodes = 4'000;
  std::size_t degree = 6;        // links of each node
  unsigned loss_per_mille = 20;  // of all frames
  std::size_t warm_up = 30;      // broadcasts before anything is counted
  std::size_t broadcasts = 50;   // from nodes by lot
  unsigned cut_percent = 0;      // of all links go down half way
  unsigned liar_percent = 0;     // of nodes tell hops that are none, or far too many, by turns
};

struct PushFigures {
  double copies = 0;           // payloads that arrived, a node that was reached
  double far_per_mille = 0;    // of payloads that were new: those after more than 15 hops
  std::size_t most_hops = 0;   // of any payload that was new
  std::size_t hops_of_99 = 0;  // ninety-nine in a hundred of them came over no more
  double announcements = 0;    // a node and broadcast
  double grafts = 0;
  std::uint64_t longest_ms = 0;  // until a broadcast was everywhere where it came
  std::size_t missed = 0;        // nodes that a broadcast did not reach, in all: what rounds are for
  std::size_t most_waited = 0;   // items that one node waited for at once
};

[[nodiscard]] PushFigures push_news(std::uint64_t seed, const PushOptions& options);

}  // namespace kiem::test
