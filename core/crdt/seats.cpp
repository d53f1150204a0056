#include "core/crdt/seats.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/crdt/mutation_set.hpp"

namespace kiem {
namespace {

constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

std::uint32_t heads_of(const ClaimAttempt& attempt) { return std::max(attempt.count, 1U); }

struct KnownAttempt {
  const ClaimAttempt* attempt;
  std::size_t claim = 0;
  std::uint32_t worth = 0;
  std::uint32_t confirmed = 0;
  std::size_t rank = kNowhere;  // in the provisional order
  bool in_time = true;
};

struct KnownClaim {
  ClaimStanding standing;
  std::size_t rank = kNowhere;        // of its first attempt in the provisional order, whatever became of that
  std::size_t first_item = kNowhere;  // in filling order
  std::uint32_t asked = 0;            // total asked by the items so far
  std::uint32_t asked_in_all = 0;     // total asked by all items that are no offer
  bool in_time = false;               // some attempt worth something is
  bool again = false;                 // some attempt waits for a coordinator to confirm it again
  bool any_withdrawn = false;
  bool any_set_aside = false;
};

// One step of filling: a claim's wish to have `total` heads, at the rank of `attempt`.
struct Item {
  std::size_t attempt;
  std::uint32_t total;
  bool again;
};

class Seats {
 public:
  explicit Seats(const SeatsInput& input) : input_(input) {
    know_attempts();
    weigh_attempts();
    rank_attempts();
    know_claims();
    confirm();
    list_items();
  }

  SeatsFold fold() {
    SeatsFold fold;
    count_seats(fold);
    fill(fold);
    for (auto& claim : claims_) judge(claim, fold.overbooked);
    list_claims(fold);
    return fold;
  }

 private:
  void know_attempts() {
    for (const auto& attempt : input_.attempts) attempts_.push_back({&attempt});
    std::sort(attempts_.begin(), attempts_.end(),
              [](const auto& a, const auto& b) { return a.attempt->id < b.attempt->id; });
    const auto same = [](const auto& a, const auto& b) { return a.attempt->id == b.attempt->id; };
    attempts_.erase(std::unique(attempts_.begin(), attempts_.end(), same), attempts_.end());
    index_.reserve(attempts_.size());
    for (std::size_t i = 0; i < attempts_.size(); ++i) index_.emplace(attempts_[i].attempt->id, i);
  }

  // From the smallest total up: whoever lowers an attempt asks for less, so its worth is known before, and no circle of
  // attempts that claim to lower each other can count.
  void weigh_attempts() {
    std::vector<std::uint32_t> lowered_to(attempts_.size(), 0);
    std::vector<bool> lowered(attempts_.size(), false);
    std::vector<std::size_t> by_total(attempts_.size());
    for (std::size_t i = 0; i < by_total.size(); ++i) by_total[i] = i;
    std::sort(by_total.begin(), by_total.end(), [this](std::size_t a, std::size_t b) {
      return heads_of(*attempts_[a].attempt) < heads_of(*attempts_[b].attempt);
    });
    for (const auto i : by_total) {
      const auto& attempt = *attempts_[i].attempt;
      if (attempt.verdict != SeatVerdict::applies) continue;
      if (!attempt.withdrawn) attempts_[i].worth = lowered[i] ? lowered_to[i] : heads_of(attempt);
      for (const auto& id : attempt.lowers) {
        const auto found = index_.find(id);
        if (found == index_.end()) continue;
        const auto& larger = *attempts_[found->second].attempt;
        if (larger.claim != attempt.claim || heads_of(larger) <= heads_of(attempt)) continue;
        lowered[found->second] = true;
        lowered_to[found->second] = std::max(lowered_to[found->second], attempts_[i].worth);
      }
    }
  }

  void rank_attempts() {
    order_ = claim_order(input_.occurrence, input_.attempts).placed;
    for (std::size_t rank = 0; rank < order_.size(); ++rank) attempts_[index_.at(order_[rank])].rank = rank;
    if (!input_.closing) return;
    std::vector<MutationId> inside(input_.closing->begin(), input_.closing->end());
    sort_once(inside);
    for (auto& known : attempts_) known.in_time = contains(inside, known.attempt->id);
  }

  void know_claims() {
    std::unordered_map<RecordId, std::size_t> claim_index;
    for (auto& known : attempts_) {
      const auto& attempt = *known.attempt;
      known.claim = claim_index.try_emplace(attempt.claim, claims_.size()).first->second;
      if (known.claim == claims_.size()) {
        claims_.emplace_back();
        claims_.back().standing.claim = attempt.claim;
        claims_.back().standing.principal = attempt.principal;
      }
      auto& claim = claims_[known.claim];
      claim.rank = std::min(claim.rank, known.rank);
      claim.any_withdrawn |= attempt.verdict == SeatVerdict::applies && attempt.withdrawn;
      claim.any_set_aside |= attempt.verdict == SeatVerdict::set_aside && !attempt.withdrawn;
      if (known.worth == 0) continue;
      claim.standing.attempts.push_back(attempt.id);
      claim.standing.wanted_count = std::max(claim.standing.wanted_count, known.worth);
      claim.in_time |= known.in_time;
    }
  }

  void confirm() {
    for (const auto& confirmation : input_.confirmations) {
      if (confirmation.verdict != SeatVerdict::applies) continue;
      for (const auto& [id, heads] : confirmation.attempts) {
        const auto found = index_.find(id);
        if (found == index_.end()) {
          auto& absent = absent_confirmed_[id];
          absent = std::max(absent, heads.value_or(1));
          continue;
        }
        auto& known = attempts_[found->second];
        known.confirmed = std::max(known.confirmed, std::min(known.worth, heads.value_or(known.worth)));
        auto& standing = claims_[known.claim].standing;
        standing.confirmed_count = std::max(standing.confirmed_count, known.confirmed);
      }
    }
  }

  void list_items() {
    std::vector<const SeatConfirmation*> set_aside;
    for (const auto& confirmation : input_.confirmations) {
      if (confirmation.verdict == SeatVerdict::set_aside) set_aside.push_back(&confirmation);
    }
    std::sort(set_aside.begin(), set_aside.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    for (const auto* confirmation : set_aside) {
      for (const auto& [id, heads] : confirmation->attempts) {
        const auto found = index_.find(id);
        if (found == index_.end()) continue;
        const auto total = std::min(attempts_[found->second].worth, heads.value_or(attempts_[found->second].worth));
        if (total > claims_[attempts_[found->second].claim].standing.confirmed_count) {
          claims_[attempts_[found->second].claim].again = true;
          items_.push_back({found->second, total, true});
        }
      }
    }
    for (const auto& id : order_) {
      const auto i = index_.at(id);
      if (attempts_[i].worth > 0 && attempts_[i].in_time) items_.push_back({i, attempts_[i].worth, false});
    }
    for (auto& claim : claims_) claim.asked = claim.asked_in_all = claim.standing.confirmed_count;
    for (const auto& item : items_) {
      auto& claim = claims_[attempts_[item.attempt].claim];
      if (!is_offer(item)) claim.asked_in_all = std::max(claim.asked_in_all, item.total);
    }
  }

  // What a removed person confirmed was more than an offer.
  [[nodiscard]] bool is_offer(const Item& item) const { return attempts_[item.attempt].attempt->offer && !item.again; }

  void count_seats(SeatsFold& fold) {
    for (const auto& claim : claims_) fold.confirmed_total += claim.standing.confirmed_count;
    for (const auto& [id, heads] : absent_confirmed_) fold.confirmed_total += heads;
    if (!input_.seats) return;
    const std::uint64_t seats = *input_.seats;
    fold.overbooked = fold.confirmed_total > seats && !input_.cancelled;
    fold.free_seats = static_cast<std::uint32_t>(seats - std::min(seats, fold.confirmed_total));
  }

  void fill(SeatsFold& fold) {
    auto left = fold.free_seats;
    bool stopped = false;  // somebody before did not fit
    std::uint32_t waiting_claims = 0;
    const auto full = fold.free_seats == 0U ? ClaimReason::taken_by_confirmed : ClaimReason::taken_by_earlier;
    const auto wait = [&](KnownClaim& claim, std::uint32_t heads, ClaimReason reason) {
      auto& standing = claim.standing;
      if (standing.waiting_count == 0) {
        standing.position = ++waiting_claims;
        standing.reason = reason;
      } else if (standing.reason == ClaimReason::offered) {
        standing.reason = reason;
      }
      standing.waiting_count += heads;
    };
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const auto& item = items_[i];
      const auto& attempt = *attempts_[item.attempt].attempt;
      auto& claim = claims_[attempts_[item.attempt].claim];
      if (is_offer(item)) {
        if (item.total <= claim.asked_in_all) continue;  // they have said yes to as many, or asked themselves
        claim.first_item = std::min(claim.first_item, i);
        wait(claim, item.total - claim.asked_in_all, ClaimReason::offered);
        claim.asked_in_all = item.total;
        continue;
      }
      if (item.total <= claim.asked) continue;
      const auto need = item.total - claim.asked;
      claim.asked = item.total;
      claim.first_item = std::min(claim.first_item, i);
      auto take = need;
      if (left && stopped) {
        take = 0;
        wait(claim, need, *left == 0 ? full : ClaimReason::behind_one_that_does_not_fit);
      } else if (left && need > *left) {
        take = attempt.as_many_as_fit ? *left : 0;
        wait(claim, need - take, *left == 0 ? full : ClaimReason::count_does_not_fit);
        stopped = true;
      }
      if (take == 0) continue;
      claim.standing.placed_count += take;
      if (left) *left -= take;
      if (!claim.again && !input_.cancelled) {
        fold.confirmable.push_back({attempt.id, claim.standing.confirmed_count + claim.standing.placed_count});
      }
    }
    fold.open_seats = left;
  }

  void judge(KnownClaim& claim, bool overbooked) const {
    auto& standing = claim.standing;
    const auto set = [&standing](ClaimState state, ClaimReason reason) {
      standing.state = state;
      standing.reason = reason;
    };
    if (input_.cancelled) {
      set(ClaimState::cancelled, ClaimReason::task_cancelled);
      standing.position = 0;
    } else if (standing.wanted_count == 0) {
      set(ClaimState::withdrawn, claim.any_set_aside   ? ClaimReason::set_aside
                                 : claim.any_withdrawn ? ClaimReason::withdrawn_by_claimant
                                                       : ClaimReason::no_effect);
    } else if (standing.confirmed_count > 0) {
      set(ClaimState::confirmed, overbooked ? ClaimReason::overbooked : ClaimReason::confirmed_by_assigner);
    } else if (standing.placed_count > 0) {
      set(ClaimState::provisional, claim.again ? ClaimReason::confirm_again : ClaimReason::seat_free);
    } else if (standing.waiting_count > 0) {
      set(ClaimState::waiting, claim.again ? ClaimReason::confirm_again : standing.reason);
    } else if (!claim.in_time) {
      set(ClaimState::late, ClaimReason::after_closing);
    } else {
      set(ClaimState::unplaced, ClaimReason::waits_for_named_attempt);
    }
  }

  void list_claims(SeatsFold& fold) {
    const auto group = [](const KnownClaim& claim) {
      switch (claim.standing.state) {
        case ClaimState::cancelled:
        case ClaimState::confirmed:
          return 0;
        case ClaimState::seen:
        case ClaimState::provisional:
          return 1;
        case ClaimState::waiting:
          return 2;
        case ClaimState::unplaced:
          return 3;
        case ClaimState::late:
          return 4;
        case ClaimState::withdrawn:
          break;
      }
      return 5;
    };
    const auto key = [&group](const KnownClaim& claim) {
      const bool filled =
          claim.standing.state == ClaimState::provisional || claim.standing.state == ClaimState::waiting;
      return std::make_tuple(group(claim), filled ? claim.first_item : claim.rank, claim.standing.claim);
    };
    std::sort(claims_.begin(), claims_.end(),
              [&key](const KnownClaim& a, const KnownClaim& b) { return key(a) < key(b); });
    for (auto& claim : claims_) fold.claims.push_back(std::move(claim.standing));
  }

  const SeatsInput& input_;
  std::vector<KnownAttempt> attempts_;  // ascending by id
  std::unordered_map<MutationId, std::size_t> index_;
  std::vector<MutationId> order_;
  std::vector<KnownClaim> claims_;
  std::map<MutationId, std::uint32_t> absent_confirmed_;
  std::vector<Item> items_;
};

}  // namespace

SeatsFold fold_seats(const SeatsInput& input) { return Seats(input).fold(); }

void mark_seen(SeatsFold& fold, std::span<const MutationId> seen) {
  std::vector<MutationId> known(seen.begin(), seen.end());
  sort_once(known);
  for (auto& claim : fold.claims) {
    if (claim.state == ClaimState::provisional && minus(claim.attempts, known).empty()) claim.state = ClaimState::seen;
  }
}

}  // namespace kiem
