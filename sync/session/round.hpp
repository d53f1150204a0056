// One reconciliation of one phase (access circles, or all others) over all common spaces; both ends run the same.
//
//      Heads.. (last) ->   <- Heads.. (last)     chains that changed since the last meeting, or all
//      Want..  (last) ->   <- Want..  (last)     of which I lack something, with the ends I have
//      Probe -> <- Samples                       where ends say nothing: where does the fork begin?
//      Segments..     ->   <- Segments..         what was wanted, by the Sender
//      Done{counter}  ->   <- Done{counter}      all of that is on its way before this
//      Level{digest}  ->   <- Level{digest}      all of yours is committed; equal, or once more with all heads
//
// Who lacks something asks for it and says what it has, so nothing is sent that is there. A Round keeps of the peer's
// heads only what it lacks of them; its memory is bounded by kMaxEntriesInRound entries of either side. It sends
// nothing itself: next_question() and next_answer() are asked when there is room. One thread, the session's.
#pragma once

#include <map>
#include <set>

#include "sync/session/common_space.hpp"
#include "sync/session/sender.hpp"

namespace kiem {

constexpr std::uint32_t kMaxEntriesInRound = 20'000;

class Round {
 public:
  // full: all heads, not only those above `since`.
  [[nodiscard]] static Stepped<Round> begin(Replica& replica, const std::vector<CommonSpace>& spaces, wire::Phase phase,
                                            bool full);

  [[nodiscard]] wire::Phase phase() const { return phase_; }
  [[nodiscard]] bool full() const { return full_; }
  // My counter when the round began, and the peer's as its Done told.
  [[nodiscard]] std::int64_t base() const { return base_; }
  [[nodiscard]] std::int64_t their_counter() const { return their_counter_.value_or(0); }

  // --- in; wrong_state for what may not come now, too_much beyond a bound ---
  [[nodiscard]] Step hear(const wire::Heads& heads);
  [[nodiscard]] Step hear(const wire::Want& want);
  [[nodiscard]] Step hear(const wire::Probe& probe);
  [[nodiscard]] Step hear(const wire::Samples& samples);
  [[nodiscard]] Step hear(const wire::Done& done);
  [[nodiscard]] Step hear(const wire::Level& level);
  // Something that came could not be kept yet.
  void postpone() { incomplete_ = true; }

  // --- out: before and after what the Sender has ---
  [[nodiscard]] Stepped<std::optional<wire::Message>> next_question(Sender& sender);
  [[nodiscard]] Stepped<std::optional<wire::Message>> next_answer(const Sender& sender);

  // Both Levels were told and heard.
  [[nodiscard]] bool is_over() const { return told_level_ && heard_level_; }
  [[nodiscard]] bool is_equal() const { return is_over() && *told_level_ == heard_level_->digest; }
  // With all heads compared, both have everything that could be kept, whatever else arrived meanwhile.
  [[nodiscard]] bool is_complete() const { return is_over() && full_ && !incomplete_ && !heard_level_->incomplete; }

 private:
  struct Told {
    std::size_t space = 0;
    ChainHead head;
  };
  struct Lack {
    std::vector<Short> ends;
    std::optional<std::int64_t> chain;  // when something of it is here
    bool probed = false;
  };
  struct Serve {
    std::int64_t chain = 0;
    std::vector<std::int64_t> known;
  };

  Round(Replica& replica, const std::vector<CommonSpace>& spaces, wire::Phase phase, bool full)
      : replica_(&replica), spaces_(&spaces), phase_(phase), full_(full) {}
  [[nodiscard]] Step hear_entry(const CommonSpace& space, const wire::ChainEntry& entry);
  [[nodiscard]] Step serve_from(std::int64_t chain, const std::vector<Short>& ids, std::uint32_t entry, bool may_probe);
  [[nodiscard]] wire::Message tell_heads();
  [[nodiscard]] wire::Message ask();
  [[nodiscard]] Stepped<wire::Message> answer_probes();
  [[nodiscard]] Step queue(Sender& sender);
  [[nodiscard]] Stepped<Short> digest();

  Replica* replica_;
  const std::vector<CommonSpace>* spaces_;
  wire::Phase phase_;
  bool full_;
  std::int64_t base_ = 0;

  // what I have and say
  std::vector<Told> mine_;
  std::size_t told_ = 0;
  bool told_all_ = false;
  // what the peer has and I lack
  std::uint32_t heard_ = 0;
  bool heard_all_ = false;
  std::map<std::uint32_t, Lack> lacks_;
  std::optional<std::uint32_t> asked_;  // the last entry that I asked for
  bool asked_all_ = false;
  std::vector<std::uint32_t> to_sample_;
  // what the peer lacks
  std::set<std::uint32_t> wanted_, probing_;
  std::vector<std::uint32_t> to_probe_;
  std::vector<Serve> serves_;
  bool wanted_all_ = false;
  bool queued_ = false;
  // the end
  bool told_done_ = false;
  std::optional<std::int64_t> their_counter_;
  bool incomplete_ = false;
  std::optional<Short> told_level_;
  std::optional<wire::Level> heard_level_;
};

}  // namespace kiem
