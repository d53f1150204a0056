// One reconciliation of one phase (access circles, or all others) over all common spaces; both ends run the same.
//
//      Heads.. (last) ->   <- Heads.. (last)     chains that changed since the last meeting, or all
//      Want..  (last) ->   <- Want..  (last)     of which I lack something, with the ends I have
//      Probe -> <- Samples                       where ends say nothing: where does the fork begin?
//      Segments..     ->   <- Segments..         what was wanted, by the Sender
//      Done{counter}  ->   <- Done{counter}      all of that is on its way before this
//      Level{digest}  ->   <- Level{digest}      all of yours is committed; equal, or once more with all heads
//
// In a round that was recalled all of that up to the Segments is known beforehand. At a first contact one of them tells
// how many operations it has of each chain (Frontier.., last), and the other answers with a Lack; both send at once
// what the other lacks by these numbers, and a fork, which numbers do not tell, shows at the Levels.
//
// Who lacks something asks for it and says what it has, so nothing is sent that is there. A Round keeps of the peer's
// heads only what it lacks of them; its memory is bounded by kMaxEntriesInRound entries of either side. It sends
// nothing itself: next_question() and next_answer() are asked when there is room. One thread, the session's.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "sync/session/common_space.hpp"
#include "sync/session/sender.hpp"
#include "sync/wire/frontier.hpp"
#include "sync/wire/moves.hpp"

namespace kiem {

constexpr std::uint32_t kMaxEntriesInRound = 20'000;

class Round {
 public:
  // tells: this end tells the frontier, if it is that kind of round.
  [[nodiscard]] static Stepped<Round> begin(Replica& replica, const std::vector<CommonSpace>& spaces, wire::Phase phase,
                                            RoundKind kind, bool tells);
  // Of authors who brought as much as they may nothing is asked.
  void limit(const AuthorLimits& limits) { limits_ = limits; }

  [[nodiscard]] wire::Phase phase() const { return phase_; }
  [[nodiscard]] RoundKind kind() const { return kind_; }
  // Up to which counter of mine, and of the peer's, each has all of the other's. After equal digests over all that is
  // here and there: when they were made; otherwise when the round began.
  [[nodiscard]] std::int64_t given() const { return is_equal_throughout() ? *level_counter_ : base_; }
  [[nodiscard]] std::int64_t got() const;

  // --- in; wrong_state for what may not come now, too_much beyond a bound ---
  [[nodiscard]] Step hear(const wire::Heads& heads);
  [[nodiscard]] Step hear(const wire::Frontier& frontier);
  [[nodiscard]] Step hear(const wire::Lack& lack);
  [[nodiscard]] Step hear(const wire::Want& want);
  [[nodiscard]] Step hear(const wire::Probe& probe);
  [[nodiscard]] Step hear(const wire::Samples& samples);
  [[nodiscard]] Step hear(const wire::Done& done);
  [[nodiscard]] Step hear(const wire::Level& level);
  // Chains of which the peer told an end that is not here, and did not give it though it was asked.
  [[nodiscard]] std::uint64_t unserved() const { return unserved_; }
  // At a first contact, of those that the peer will send; its word.
  [[nodiscard]] std::uint64_t coming() const { return coming_; }
  // Something that came could not be kept yet.
  void postpone() { incomplete_ = true; }

  // --- out: before and after what the Sender has ---
  [[nodiscard]] Stepped<std::optional<wire::Message>> next_question(Sender& sender);
  [[nodiscard]] Stepped<std::optional<wire::Message>> next_answer(const Sender& sender);

  // Both Levels were told and heard.
  [[nodiscard]] bool is_over() const { return told_level_ && heard_level_; }
  // Over what was there when the round began and what came and went in this session, whatever else came meanwhile.
  [[nodiscard]] bool is_equal() const { return is_over() && *told_level_ == heard_level_->digest; }
  // The peer has more by now than what was compared, and is about to push it.
  [[nodiscard]] bool is_more_to_come() const { return is_over() && !heard_level_->counter; }
  [[nodiscard]] bool is_equal_throughout() const { return is_equal() && level_counter_ && heard_level_->counter; }
  // With all heads compared, both have everything that could be kept, whatever else arrived meanwhile.
  [[nodiscard]] bool is_complete() const {
    return is_over() && kind_ == RoundKind::full && !incomplete_ && !heard_level_->incomplete;
  }

 private:
  struct Told {
    std::size_t space = 0;
    ChainHead head;
  };
  struct Lack {
    std::vector<Short> ends;
    std::optional<std::int64_t> chain;  // when something of it is here
    bool probed = false;
    std::uint32_t circle = 0;
    std::size_t space = 0;
    Short device, promised;  // the first of its ends that was not here
  };
  struct Serve {
    std::int64_t chain = 0;
    std::vector<std::int64_t> known;
    std::optional<std::int64_t> first;  // instead of `known`: from this seq on
  };
  // A chain here under the name that a Frontier has for it.
  struct Named {
    std::size_t space = 0;
    ChainName name;
    ChainGrowth growth;
    bool told = false;  // by the peer
    auto key() const { return std::tie(space, growth.circle, name); }
  };

  [[nodiscard]] std::int64_t their_counter() const { return their_counter_.value_or(0); }
  Round(Replica& replica, const std::vector<CommonSpace>& spaces, wire::Phase phase, RoundKind kind, bool tells)
      : replica_(&replica), spaces_(&spaces), phase_(phase), kind_(kind), tells_(tells) {}
  [[nodiscard]] Step name_chains();
  [[nodiscard]] wire::Message tell_frontier();
  [[nodiscard]] wire::Message tell_lack();
  void serve_beyond(const Named& chain, std::uint64_t had);
  [[nodiscard]] Step hear_rows(const wire::CircleFrontier& circle);
  [[nodiscard]] Step queue_recalled(Sender& sender, std::vector<ChainRun>& runs);
  [[nodiscard]] Step hear_entry(const CommonSpace& space, const wire::ChainEntry& entry);
  [[nodiscard]] Step count_unserved();
  [[nodiscard]] Step serve_from(std::int64_t chain, const std::vector<Short>& ids, std::uint32_t entry, bool may_probe);
  [[nodiscard]] wire::Message tell_heads();
  [[nodiscard]] wire::Message ask();
  [[nodiscard]] Stepped<wire::Message> answer_probes();
  [[nodiscard]] Step queue(Sender& sender);
  [[nodiscard]] Stepped<Short> digest(const Sender& sender);

  Replica* replica_;
  const std::vector<CommonSpace>* spaces_;
  wire::Phase phase_;
  RoundKind kind_;
  bool tells_;
  std::int64_t base_ = 0;

  // what I have and say
  std::vector<Told> mine_;
  std::size_t told_ = 0;
  bool told_all_ = false;
  // at a first contact: chains by space, circle and name; of who was called, what it lacks of the rows that it heard
  std::vector<Named> named_;
  std::vector<wire::Move> short_of_;
  std::uint64_t going_ = 0, coming_ = 0;  // operations; what comes is the peer's word
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
  AuthorLimits limits_;
  std::uint64_t unserved_ = 0;
  std::optional<Short> told_level_;
  std::optional<std::int64_t> level_counter_;  // mine at the digest, when it was over all that is here
  std::optional<wire::Level> heard_level_;
};

}  // namespace kiem
