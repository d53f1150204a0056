// Over which of its links a node pushes what is new whole, and over which it only says that it has it, so that news
// crosses an initiative once a laptop instead of once a link: Plumtree (Leitao, Pereira, Rodrigues 2007), one tree for
// each circle, without a socket or a clock (sync/PROTOCOL.md section 15).
//
//              what came had come already -> Prune            heard Prune
//     EAGER  ----------------------------------------> LAZY <---------------  EAGER
//       ^                                                |
//       +---- announced and still missed -> Graft -------+   (who hears the Graft turns eager too)
//
// A new link is eager. With at most kFewLinks links nothing is pruned from here: a tree saves nothing there. An item
// that was announced is waited for, and asked for once the wait is over: first of who is said to have got it over the
// fewest hops, then of the next one. The waits are drawn by lot. Three rules keep the tree as the first flood grew it,
// which is near the shortest one, whatever frames are lost:
//   - what had to be asked for, or came unasked over a lazy link, is passed on by its name alone, over eager links too.
//     All who miss an item behind a lost frame so fetch it from a neighbour near its origin, none through a detour;
//   - who pushes over a link that is lazy here hears Prune each time, as long as another link is eager; and a second
//     copy that comes the way it should prunes nothing when the first came aside;
//   - what has come kFarHops far is passed on by its name, so that long arms fetch from nearer neighbours.
// Who is named an item over an eager link will not get it there whole, and asks at once. Only kAsksInARow items in a
// row that had to be waited for, or the first time after an eager link went down, turn the link that is asked eager.
// Whatever is lost on the way of all this, rounds find.
//
// Hops are what peers say. Who says fewer is asked first, and the next one after kAgainMs, as is who names first
// anyway; who says more makes others ask its peers by name. Neither makes a link eager or lazy: who lies makes ways
// longer for others, and all of them get all, once, as soon as else.
//
// One object for all links of a node; its sessions and the node tell it what happened and ask it. Bounded: at most
// kMaxMissed items are waited for, of kMaxAnnouncers links each, and kMaxRemembered rows are remembered. Borrows
// chance. One thread, the writer's.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "core/base/env.hpp"
#include "core/short_id.hpp"

namespace kiem {

class PushTree {
 public:
  using Link = std::uint64_t;
  using Circle = std::int64_t;  // its row in this store
  using Row = std::int64_t;     // of what came, in this store

  static constexpr std::size_t kFewLinks = 2;
  static constexpr std::size_t kMaxMissed = 4'096;
  static constexpr std::size_t kMaxAnnouncers = 8;
  static constexpr std::uint64_t kWaitMs = 500;     // at least, after the first announcement; at most twice that
  static constexpr std::uint64_t kAgainMs = 1'000;  // after an unanswered Graft, until the next one is asked

  static constexpr std::size_t kAsksInARow = 8;

  static constexpr std::uint32_t kFarHops = 11;
  static constexpr std::uint32_t kMostHops = 255;  // whatever a peer says
  static constexpr std::size_t kMaxRemembered = 4'096;

  explicit PushTree(Rng& rng) : rng_(rng) {}

  void link_up(Link link) { links_.insert(link); }
  void link_down(Link link);
  [[nodiscard]] std::size_t links() const { return links_.size(); }

  [[nodiscard]] bool is_eager(Link link, Circle circle) const { return !lazy_.contains({link, circle}); }
  // Whether all of the circle that came after this row goes over the link whole; else it is announced there.
  [[nodiscard]] bool goes_whole(Link link, Circle circle, Row after) const;
  // Over how many links it came; 0 for what is of this node, or came by a round or long ago.
  [[nodiscard]] std::uint32_t hops_of(Row row) const;
  // The most of the circle's rows after this one.
  [[nodiscard]] std::uint32_t hops_after(Circle circle, Row after) const;

  // --- what came over a link ---
  // Something whole that was new here, as the peer says over so many hops; the item is the last of its rows. True: tell
  // the peer Prune.
  [[nodiscard]] bool came(Link link, Circle circle, const Short& item, std::span<const Row> rows, std::uint32_t hops);
  // Something whole that was here already, though nobody asked for it. True: tell the peer Prune.
  [[nodiscard]] bool came_again(Link link, Circle circle, Row row);
  void heard_prune(Link link, Circle circle) { lazy_.insert({link, circle}); }
  void heard_graft(Link link, Circle circle) { lazy_.erase({link, circle}); }
  // The peer has an item that is not here, and it would be so many hops from its origin. False: it is not waited for,
  // since too many are.
  bool announced(Link link, Circle circle, const Short& item, std::uint32_t hops, std::uint64_t now_ms);
  // It has come, over whichever link, or need not come any more.
  void is_here(const Short& item) { missed_.erase(item); }

  // --- what is due ---
  // Items to be asked for over this link now, by a Graft, which says whether the link is eager from now on.
  struct Wanted {
    Circle circle = 0;
    Short item;
    bool is_eager = false;
  };
  [[nodiscard]] std::vector<Wanted> to_graft(Link link, std::uint64_t now_ms);
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const;
  [[nodiscard]] std::size_t missed() const { return missed_.size(); }

 private:
  struct Announcer {
    Link link = 0;
    std::uint32_t hops = 0;
  };
  struct Missed {
    Circle circle = 0;
    std::vector<Announcer> announcers;  // who has it, the one to be asked next first
    std::uint64_t due_ms = 0;
    bool was_asked = false;
    bool is_by_name = false;  // who would have pushed it named it: no link is to blame
  };
  struct Came {
    Circle circle = 0;
    std::uint32_t hops = 0;
    bool is_aside = false;  // not the way the tree would have brought it
  };
  [[nodiscard]] bool has_eager(Circle circle) const;

  Rng& rng_;
  std::set<Link> links_;
  std::set<std::pair<Link, Circle>> lazy_;
  std::set<Circle> circles_;  // in which something came or was announced
  std::map<Circle, std::size_t>
      cut_off_;  // where the item before had to be asked for, or an eager link went down since
  std::map<Short, Missed> missed_;
  std::map<Row, Came> came_;  // the last of what came over links
};

}  // namespace kiem
