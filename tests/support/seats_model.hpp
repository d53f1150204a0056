// The seats of one occurrence, written a second time from DESIGN D6 alone, as slowly and as literally as it reads.
//
// It shares no step with core/crdt: the order looks for the next attempt among all those left, worth is a recursion,
// and filling is no walk with a running rest but a sentence about sums: an attempt is placed when everything asked up
// to and including it fits. Times of n^3 and worse; for histories of a few dozen attempts.
#pragma once

#include <map>
#include <set>

#include "core/crdt/seats.hpp"
#include "core/crypto/hash.hpp"

namespace kiem::test {

class SeatsModel {
 public:
  explicit SeatsModel(const SeatsInput& input) : input_(input) {
    for (const auto& attempt : input.attempts) attempts_.emplace(attempt.id, attempt);
    for (const auto& confirmation : input.confirmations) confirmations_.emplace(confirmation.id, confirmation);
    order_ = order();
    wishes_ = wishes();
  }

  // "Among attempts whose seen attempts are all placed, the lowest lot goes next."
  [[nodiscard]] std::vector<MutationId> order() const {
    std::vector<MutationId> placed;
    while (true) {
      const ClaimAttempt* next = nullptr;
      for (const auto& [id, attempt] : attempts_) {
        const auto stands = [&](const MutationId& other) {
          return std::find(placed.begin(), placed.end(), other) != placed.end();
        };
        if (stands(id) || !std::all_of(attempt.named.begin(), attempt.named.end(), stands)) continue;
        if (next == nullptr || lot(attempt) < lot(*next)) next = &attempt;
      }
      if (next == nullptr) return placed;
      placed.push_back(next->id);
    }
  }

  // "Those attempts its author had that no other named attempt names, directly or through others."
  [[nodiscard]] std::vector<MutationId> tips() const {
    std::vector<MutationId> found;
    for (const auto& id : order_) {
      if (std::none_of(order_.begin(), order_.end(), [&](const MutationId& other) { return names(other, id); })) {
        found.push_back(id);
      }
    }
    return found;
  }

  [[nodiscard]] SeatsFold fold() const {
    SeatsFold answer;
    answer.confirmed_total = confirmed_total();
    if (input_.seats) {
      const std::uint64_t seats = *input_.seats;
      answer.free_seats =
          static_cast<std::uint32_t>(answer.confirmed_total > seats ? 0 : seats - answer.confirmed_total);
      answer.open_seats = static_cast<std::uint32_t>(*answer.free_seats - placed_before(wishes_.size()));
      answer.overbooked = !input_.cancelled && answer.confirmed_total > seats;
    }
    for (std::size_t i = 0; i < wishes_.size() && !input_.cancelled; ++i) {
      const auto& wish = wishes_[i];
      if (placed(i) > 0 && !to_confirm_again(wish.attempt.claim)) {
        std::uint32_t heads = confirmed(wish.attempt.claim);
        for (std::size_t j = 0; j <= i; ++j) {
          if (wishes_[j].attempt.claim == wish.attempt.claim) heads += placed(j);
        }
        answer.confirmable.push_back({wish.attempt.id, heads});
      }
    }
    std::set<RecordId> claims;
    for (const auto& [id, attempt] : attempts_) claims.insert(attempt.claim);
    std::map<std::tuple<int, std::size_t, RecordId>, ClaimStanding> sorted;
    for (const auto& claim : claims) {
      const auto standing = stand(claim, answer.overbooked);
      sorted[{group(standing.state), place(standing), claim}] = standing;
    }
    for (const auto& [key, standing] : sorted) answer.claims.push_back(standing);
    return answer;
  }

 private:
  struct Wish {
    ClaimAttempt attempt;
    std::uint32_t total;
    bool again;
    bool offer;
  };

  [[nodiscard]] std::pair<Hash32, MutationId> lot(const ClaimAttempt& attempt) const {
    return {hash_of("kiem.lot.0", {view(input_.occurrence), view(attempt.principal)}), attempt.id};
  }

  // Directly or through others; both stand in the order, so that nothing names itself.
  [[nodiscard]] bool names(const MutationId& who, const MutationId& whom) const {
    const auto& named = attempts_.at(who).named;
    return std::any_of(named.begin(), named.end(), [&](const MutationId& id) { return id == whom || names(id, whom); });
  }

  static std::uint32_t total(const ClaimAttempt& attempt) { return attempt.count == 0 ? 1 : attempt.count; }

  [[nodiscard]] std::uint32_t worth(const ClaimAttempt& attempt) const {
    if (attempt.withdrawn || attempt.verdict != SeatVerdict::applies) return 0;
    bool lowered = false;
    std::uint32_t most = 0;
    for (const auto& [id, other] : attempts_) {
      const bool named = std::find(other.lowers.begin(), other.lowers.end(), attempt.id) != other.lowers.end();
      if (!named || other.verdict != SeatVerdict::applies || other.claim != attempt.claim) continue;
      if (total(other) >= total(attempt)) continue;
      lowered = true;
      most = std::max(most, worth(other));
    }
    return lowered ? most : total(attempt);
  }

  [[nodiscard]] std::uint32_t confirmed(const RecordId& claim) const {
    std::uint32_t most = 0;
    for (const auto& [id, confirmation] : confirmations_) {
      if (confirmation.verdict != SeatVerdict::applies) continue;
      for (const auto& [attempt, heads] : confirmation.attempts) {
        const auto found = attempts_.find(attempt);
        if (found == attempts_.end() || found->second.claim != claim) continue;
        most = std::max(most, heads ? std::min(*heads, worth(found->second)) : worth(found->second));
      }
    }
    return most;
  }

  [[nodiscard]] std::uint64_t confirmed_total() const {
    std::set<RecordId> claims;
    for (const auto& [id, attempt] : attempts_) claims.insert(attempt.claim);
    std::uint64_t sum = 0;
    for (const auto& claim : claims) sum += confirmed(claim);
    std::map<MutationId, std::uint32_t> absent;
    for (const auto& [id, confirmation] : confirmations_) {
      if (confirmation.verdict != SeatVerdict::applies) continue;
      for (const auto& [attempt, heads] : confirmation.attempts) {
        if (!attempts_.contains(attempt)) absent[attempt] = std::max(absent[attempt], heads ? *heads : 1);
      }
    }
    for (const auto& [id, heads] : absent) sum += heads;
    return sum;
  }

  [[nodiscard]] bool in_time(const MutationId& id) const {
    return !input_.closing || std::find(input_.closing->begin(), input_.closing->end(), id) != input_.closing->end();
  }

  [[nodiscard]] std::vector<Wish> wishes() const {
    std::vector<Wish> list;
    for (const auto& [id, confirmation] : confirmations_) {
      if (confirmation.verdict != SeatVerdict::set_aside) continue;
      for (const auto& [attempt, heads] : confirmation.attempts) {
        if (!attempts_.contains(attempt)) continue;
        const auto most = worth(attempts_.at(attempt));
        list.push_back({attempts_.at(attempt), heads ? std::min(*heads, most) : most, true, false});
      }
    }
    for (const auto& id : order_) {
      const auto& attempt = attempts_.at(id);
      if (in_time(id)) list.push_back({attempt, worth(attempt), false, attempt.offer});
    }
    return list;
  }

  [[nodiscard]] bool to_confirm_again(const RecordId& claim) const {
    return std::any_of(wishes_.begin(), wishes_.end(), [&](const Wish& wish) {
      return wish.again && wish.attempt.claim == claim && wish.total > confirmed(claim);
    });
  }

  // What wish i asks beyond what its claim has or asked for before; an offer only what the claim asks for nowhere.
  [[nodiscard]] std::uint64_t asks(std::size_t i) const {
    std::uint32_t had = confirmed(wishes_[i].attempt.claim);
    for (std::size_t j = 0; j < wishes_.size(); ++j) {
      if (wishes_[j].attempt.claim != wishes_[i].attempt.claim) continue;
      const bool counts = wishes_[i].offer ? (!wishes_[j].offer || j < i) : (!wishes_[j].offer && j < i);
      if (counts) had = std::max(had, wishes_[j].total);
    }
    return wishes_[i].total > had ? wishes_[i].total - had : 0;
  }

  [[nodiscard]] std::uint64_t asked_before(std::size_t i) const {
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < i; ++j) sum += wishes_[j].offer ? 0 : asks(j);
    return sum;
  }

  [[nodiscard]] std::uint32_t placed(std::size_t i) const {
    if (wishes_[i].offer) return 0;
    const auto asked = asks(i);
    if (!input_.seats) return static_cast<std::uint32_t>(asked);
    const auto taken = confirmed_total();
    const std::uint64_t free = taken > *input_.seats ? 0 : *input_.seats - taken;
    const auto before = asked_before(i);
    if (before + asked <= free) return static_cast<std::uint32_t>(asked);
    if (before > free || !wishes_[i].attempt.as_many_as_fit) return 0;
    return static_cast<std::uint32_t>(free - before);
  }

  [[nodiscard]] std::uint64_t placed_before(std::size_t i) const {
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < i; ++j) sum += placed(j);
    return sum;
  }

  [[nodiscard]] bool waits(std::size_t i) const { return asks(i) > placed(i); }

  [[nodiscard]] ClaimReason waits_because(std::size_t i) const {
    if (to_confirm_again(wishes_[i].attempt.claim)) return ClaimReason::confirm_again;
    if (wishes_[i].offer) return ClaimReason::offered;
    const auto taken = confirmed_total();
    if (taken >= *input_.seats) return ClaimReason::taken_by_confirmed;
    const auto free = *input_.seats - taken;
    if (placed_before(i) == free) return ClaimReason::taken_by_earlier;
    return asked_before(i) > free ? ClaimReason::behind_one_that_does_not_fit : ClaimReason::count_does_not_fit;
  }

  [[nodiscard]] ClaimStanding stand(const RecordId& claim, bool overbooked) const {
    ClaimStanding standing;
    standing.claim = claim;
    bool timely = false;
    bool set_aside = false;
    bool ended = false;
    for (const auto& [id, attempt] : attempts_) {
      if (attempt.claim != claim) continue;
      standing.principal = attempt.principal;
      set_aside = set_aside || (attempt.verdict == SeatVerdict::set_aside && !attempt.withdrawn);
      ended = ended || (attempt.verdict == SeatVerdict::applies && attempt.withdrawn);
      if (worth(attempt) == 0) continue;
      standing.attempts.push_back(id);
      standing.wanted_count = std::max(standing.wanted_count, worth(attempt));
      timely = timely || in_time(id);
    }
    standing.confirmed_count = confirmed(claim);
    std::optional<ClaimReason> because;
    std::set<RecordId> before;  // claims that wait before this one
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      if (wishes_[i].attempt.claim != claim) {
        if (waits(i) && standing.waiting_count == 0) before.insert(wishes_[i].attempt.claim);
        continue;
      }
      standing.placed_count += placed(i);
      if (!waits(i)) continue;
      if (standing.waiting_count == 0) standing.position = static_cast<std::uint32_t>(before.size() + 1);
      if (!because || *because == ClaimReason::offered) because = waits_because(i);
      standing.waiting_count += static_cast<std::uint32_t>(asks(i) - placed(i));
    }
    if (input_.cancelled) standing.position = 0;
    const bool again = to_confirm_again(claim);
    using enum ClaimState;
    const auto [state, reason] = [&]() -> std::pair<ClaimState, ClaimReason> {
      if (input_.cancelled) return {cancelled, ClaimReason::task_cancelled};
      if (standing.attempts.empty()) {
        if (set_aside) return {ClaimState::withdrawn, ClaimReason::set_aside};
        return {ClaimState::withdrawn, ended ? ClaimReason::withdrawn_by_claimant : ClaimReason::no_effect};
      }
      if (standing.confirmed_count > 0) {
        return {ClaimState::confirmed, overbooked ? ClaimReason::overbooked : ClaimReason::confirmed_by_assigner};
      }
      if (standing.placed_count > 0) return {provisional, again ? ClaimReason::confirm_again : ClaimReason::seat_free};
      if (because) return {waiting, *because};
      if (!timely) return {late, ClaimReason::after_closing};
      return {unplaced, ClaimReason::waits_for_named_attempt};
    }();
    standing.state = state;
    standing.reason = reason;
    return standing;
  }

  static int group(ClaimState state) {
    using enum ClaimState;
    const std::map<ClaimState, int> groups{{cancelled, 0}, {confirmed, 0}, {provisional, 1}, {waiting, 2},
                                           {unplaced, 3},  {late, 4},      {withdrawn, 5}};
    return groups.at(state);
  }

  [[nodiscard]] std::size_t place(const ClaimStanding& standing) const {
    if (standing.state == ClaimState::provisional || standing.state == ClaimState::waiting) {
      for (std::size_t i = 0; i < wishes_.size(); ++i) {
        if (wishes_[i].attempt.claim == standing.claim && asks(i) > 0) return i;
      }
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (attempts_.at(order_[i]).claim == standing.claim) return i;
    }
    return SIZE_MAX;
  }

  SeatsInput input_;
  std::map<MutationId, ClaimAttempt> attempts_;
  std::map<MutationId, SeatConfirmation> confirmations_;
  std::vector<MutationId> order_;
  std::vector<Wish> wishes_;
};

}  // namespace kiem::test
