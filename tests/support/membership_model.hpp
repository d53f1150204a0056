// The rules of membership once more, deliberately naive: sets of small numbers, every question answered by looking at
// everything, every past evaluated from nothing. No bits, no shortcuts, nothing shared with core/access. Signatures are
// flags here; what is checked is what the rules make of them.
//
// One act an operation; the acts of rules 2 to 7 and of forks. Slow on purpose: for graphs of some 40 acts.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/id.hpp"

namespace kiem::test {

enum class ModelKind {
  found,
  invite,
  admit,
  confirm,
  promote,
  sign,
  remove,
  demote,
  leave,
  remove_device,
  resume,
  idle
};

struct ModelAct {
  ModelKind kind = ModelKind::idle;
  OpId id{};
  int person = 0;  // the author
  int device = 0;
  std::set<int> past{};  // indices of acts, all of them
  int prev = -1;
  int target = -1;     // a person; for remove_device a device
  int about = -1;      // the invitation of an admit (-1: without), the proposal of a sign
  bool words = false;  // the author's recovery words; for remove_device the owner's
  bool space_words = false;
  std::set<int> named{};  // acts named by the cut, or continued by a resume
};

enum class ModelVerdict { applied, contested, waiting, refused, nothing };

class MembershipModel {
 public:
  using Set = std::set<int>;

  std::vector<ModelAct> acts;
  std::map<int, int> owner;  // device to person; a person has the devices listed here from its admission on

  struct Result {
    Set within, applied, effective;
    std::map<int, ModelVerdict> verdicts;
  };

  // `within` holds with each act its past.
  const Result& evaluate(const Set& within) {
    if (const auto known = results_.find(within); known != results_.end()) return known->second;
    Result result;
    result.within = within;
    support(result);
    Set refused;
    while (const auto first = next_removal(result, refused)) {
      Result trial = result;
      trial.effective.insert(*first);
      support(trial);
      Result expected = trial;
      for (const int removal : trial.effective) {
        for (const int seen : evaluate(acts[at(removal)].past).effective) {
          if (refused.contains(seen) || expected.effective.contains(seen)) continue;
          if (result.verdicts.at(seen) == ModelVerdict::waiting) expected.effective.insert(seen);
        }
      }
      support(expected);
      if (leaves_too_few(trial, *first) || leaves_too_few(expected, *first)) {
        refused.insert(*first);
      } else {
        result = trial;
      }
    }
    for (const int removal : refused) {
      if (result.verdicts.at(removal) == ModelVerdict::waiting) result.verdicts[removal] = ModelVerdict::refused;
    }
    return results_[within] = result;
  }

  bool is_member(const Result& in, int person) { return !admissions(in, in.within, person).empty(); }
  bool is_coordinator(const Result& in, int person) { return rank(in, in.within, person).has_value(); }
  std::optional<int> rank_of(const Result& in, int person) { return rank(in, in.within, person); }
  bool is_confirmed(const Result& in, int person) { return confirmed(in, in.within, person); }
  bool has_device(const Result& in, int person) {
    return std::any_of(owner.begin(), owner.end(),
                       [&](const auto& entry) { return entry.second == person && works(in, in.within, entry.first); });
  }

 private:
  static std::size_t at(int act) { return static_cast<std::size_t>(act); }
  const ModelAct& act(int index) const { return acts[at(index)]; }

  static bool is_removal(const ModelAct& act) {
    return act.kind == ModelKind::remove || act.kind == ModelKind::demote || act.kind == ModelKind::leave ||
           act.kind == ModelKind::remove_device;
  }
  static bool is_coordinators(const ModelAct& act) {
    switch (act.kind) {
      case ModelKind::invite:
      case ModelKind::confirm:
      case ModelKind::promote:
      case ModelKind::sign:
      case ModelKind::remove:
      case ModelKind::demote:
        return true;
      case ModelKind::admit:
        return act.about < 0;
      default:
        return false;
    }
  }
  int target_person(const ModelAct& act) const {
    if (act.kind == ModelKind::leave) return act.person;
    return act.kind == ModelKind::remove_device ? owner.at(act.target) : act.target;
  }

  // Whoever gave it knew the removal, in effect.
  bool outlives(int given, int removal) { return evaluate(act(given).past).effective.contains(removal); }

  bool stands(const Result& in, const Set& within, int given, int person, bool demotions) {
    if (!within.contains(given) || !in.applied.contains(given)) return false;
    for (const int removal : within) {
      const ModelAct& other = act(removal);
      if (!in.effective.contains(removal) || other.kind == ModelKind::remove_device) continue;
      if (other.kind == ModelKind::demote && !demotions) continue;
      if (target_person(other) == person && !outlives(given, removal)) return false;
    }
    return true;
  }

  Set admissions(const Result& in, const Set& within, int person) {
    Set found;
    for (const int index : within) {
      const ModelAct& other = act(index);
      const bool admits = (other.kind == ModelKind::admit && other.target == person) ||
                          (other.kind == ModelKind::found && other.person == person);
      if (admits && stands(in, within, index, person, false)) found.insert(index);
    }
    return found;
  }

  std::optional<int> rank(const Result& in, const Set& within, int person) {
    if (admissions(in, within, person).empty()) return std::nullopt;
    std::optional<int> best;
    for (const int index : within) {
      const ModelAct& other = act(index);
      const bool promotes = (other.kind == ModelKind::promote && other.target == person) ||
                            (other.kind == ModelKind::found && other.person == person);
      if (!promotes || !stands(in, within, index, person, true)) continue;
      const Result& before = evaluate(other.past);
      int order = 0;
      for (const int earlier : before.applied) {
        order += act(earlier).kind == ModelKind::promote || act(earlier).kind == ModelKind::found ? 1 : 0;
      }
      if (!best || order < *best) best = order;
    }
    return best;
  }

  bool confirmed(const Result& in, const Set& within, int person) {
    if (rank(in, within, person)) return true;
    for (const int admission : admissions(in, within, person)) {
      if (act(admission).kind == ModelKind::found) return true;
      for (const int index : within) {
        const ModelAct& other = act(index);
        if (other.kind == ModelKind::confirm && other.target == person && in.applied.contains(index) &&
            other.past.contains(admission)) {
          return true;
        }
      }
    }
    return false;
  }

  bool works(const Result& in, const Set& within, int device) {
    return std::none_of(within.begin(), within.end(), [&](int index) {
      return in.effective.contains(index) && act(index).kind == ModelKind::remove_device && act(index).target == device;
    });
  }

  // --- rights ---
  // In its own past, everything included that must not be.
  bool own(int index) {
    if (const auto known = own_.find(index); known != own_.end()) return known->second;
    const Result& before = evaluate(act(index).past);
    return own_[index] = has_right(before, before, index, true);
  }

  bool has_right(const Result& in, const Result& verdicts, int index, bool in_own_past) {
    const ModelAct& a = act(index);
    const Set& past = a.past;
    if (a.kind == ModelKind::found) return true;
    if (admissions(in, past, a.person).empty() || !works(in, past, a.device)) return false;
    const bool coordinates = rank(in, past, a.person).has_value();
    const bool commands = coordinates || a.space_words;
    switch (a.kind) {
      case ModelKind::found:
      case ModelKind::idle:
      case ModelKind::leave:
        return true;
      case ModelKind::invite:
      case ModelKind::sign:
        return coordinates;
      case ModelKind::admit:
        return may_admit(in, index, in_own_past, coordinates);
      case ModelKind::confirm:
        if (in_own_past && confirmed(in, past, a.target)) return false;
        return coordinates &&
               (!admissions(in, past, a.target).empty() || is_waiting_here(in, verdicts, past, a.target));
      case ModelKind::promote:
        if (in_own_past && rank(in, past, a.target)) return false;
        return commands && confirmed(in, past, a.target);
      case ModelKind::remove:
        return commands && a.target != a.person && was_admitted(past, a.target);
      case ModelKind::demote:
        return commands && (!in_own_past || rank(in, past, a.target));
      case ModelKind::remove_device: {
        const int person = owner.at(a.target);
        if (!was_admitted(past, person)) return false;
        if (in_own_past && !works(in, past, a.target)) return false;
        if (person == a.person || a.words || a.space_words) return true;
        return coordinates && (!in_own_past || rank(in, past, person));
      }
      case ModelKind::resume:
        return std::all_of(a.named.begin(), a.named.end(), [&](int named) {
          if (!past.contains(named) || act(named).device == a.device) return false;
          return act(named).person == a.person || coordinates;
        });
    }
    return false;
  }

  bool was_admitted(const Set& past, int person) const {
    return std::any_of(past.begin(), past.end(), [&](int index) {
      return (act(index).kind == ModelKind::admit && act(index).target == person) ||
             (act(index).kind == ModelKind::found && act(index).person == person);
    });
  }

  bool is_waiting_here(const Result& in, const Result& verdicts, const Set& past, int person) {
    return std::any_of(past.begin(), past.end(), [&](int index) {
      if (act(index).kind != ModelKind::admit || act(index).target != person) return false;
      const auto verdict = verdicts.verdicts.find(index);
      if (verdict == verdicts.verdicts.end() || verdict->second != ModelVerdict::contested) return false;
      return std::all_of(past.begin(), past.end(), [&](int removal) {
        const bool removes = act(removal).kind == ModelKind::remove || act(removal).kind == ModelKind::leave;
        return !removes || !in.effective.contains(removal) || target_person(act(removal)) != person ||
               outlives(index, removal);
      });
    });
  }

  bool may_admit(const Result& in, int index, bool in_own_past, bool coordinates) {
    const ModelAct& a = act(index);
    if (in_own_past && !admissions(in, a.past, a.target).empty()) return false;
    const bool has_device = std::any_of(owner.begin(), owner.end(), [&](const auto& entry) {
      return entry.second == a.target && works(in, a.past, entry.first);
    });
    if (!has_device) return false;
    if (a.about < 0) return coordinates;
    if (!a.past.contains(a.about) || act(a.about).kind != ModelKind::invite) return false;
    if (!in.applied.contains(a.about)) return false;
    for (const int other : a.past) {
      if (!in_own_past || act(other).kind != ModelKind::admit || act(other).about != a.about) continue;
      if (own(other) && !is_closed(in, other)) return false;
    }
    if (!rank(in, a.past, act(a.about).person)) return false;
    for (const int removal : a.past) {
      const bool removes = act(removal).kind == ModelKind::remove || act(removal).kind == ModelKind::leave;
      if (removes && in.effective.contains(removal) && target_person(act(removal)) == a.target &&
          !outlives(a.about, removal)) {
        return false;
      }
    }
    return confirmed(in, a.past, a.person);
  }

  // --- cuts ---
  bool is_inside(const Result& in, int removal, int index) const {
    if (act(removal).past.contains(index)) return true;
    return std::any_of(act(removal).named.begin(), act(removal).named.end(), [&](int head) {
      return in.within.contains(head) && (head == index || act(head).past.contains(index));
    });
  }
  bool is_parting(const ModelAct& removal) const {
    return target_person(removal) == removal.person && !removal.space_words &&
           !(removal.words && removal.kind == ModelKind::remove_device) &&
           !(removal.words && removal.kind == ModelKind::demote);
  }
  bool is_closed(const Result& in, int index) {
    for (const int removal : in.within) {
      const ModelAct& r = act(removal);
      if (!is_removal(r) || !in.effective.contains(removal) || removal == index || outlives(index, removal)) continue;
      const bool hits =
          r.kind == ModelKind::remove_device ? act(index).device == r.target : act(index).person == target_person(r);
      if (!hits || (r.kind == ModelKind::demote && !is_coordinators(act(index)))) continue;
      if (!is_parting(r) && !is_inside(in, removal, index)) return true;
    }
    return false;
  }

  // --- forks ---
  bool waits_on_fork(const Result& in, int index) {
    bool forked = false;
    if (act(index).kind == ModelKind::found) return false;
    for (int on = index; on >= 0; on = act(on).prev) {
      for (const int other : in.within) {
        forked = forked || (other != on && act(other).device == act(on).device && act(other).prev == act(on).prev);
      }
    }
    if (!forked) return false;
    for (const int other : in.within) {
      if (!own(other)) continue;
      if (act(other).person != act(index).person && act(other).past.contains(index)) return false;
      if (act(other).kind != ModelKind::resume && !is_removal(act(other))) continue;
      if (act(other).kind == ModelKind::resume && act(other).device == act(index).device) continue;
      for (const int head : act(other).named) {
        if (in.within.contains(head) && (head == index || act(head).past.contains(index))) return false;
      }
    }
    return true;
  }

  // --- signatures ---
  std::optional<int> rank_at(const Result& in, int person, int index, bool proven) {
    const Result& before = evaluate(act(index).past);
    const auto then = rank(before, act(index).past, person);
    if (!then || proven) return then;
    return rank(in, act(index).past, person) ? then : std::nullopt;
  }

  struct Signed {
    bool by_words = false;
    int count = 0;
    int rank = 1000;
  };
  Signed signatures(const Result& in, int index, bool proven) {
    const ModelAct& a = act(index);
    const bool on_device = a.kind == ModelKind::remove_device;
    Signed all;
    all.by_words = a.space_words || (on_device && a.words);
    const int excluded = is_removal(a) ? target_person(a) : -1;
    std::map<int, int> weights;
    const auto add = [&](int person, bool words) {
      const auto rank = rank_at(in, person, index, proven);
      if (person == excluded || !rank) return;
      weights[person] = std::max(weights[person], words ? 2 : 1);
      all.rank = std::min(all.rank, *rank);
    };
    add(a.person, a.words && !on_device);
    for (const int other : in.within) {
      const ModelAct& s = act(other);
      if (s.kind != ModelKind::sign || s.about != index || !s.past.contains(index) || !own(other)) continue;
      if (!proven && !in.applied.contains(other)) continue;
      if (rank_at(in, s.person, other, proven)) add(s.person, s.words);
    }
    for (const auto& [person, weight] : weights) all.count += weight;
    return all;
  }

  int needed(const Result& in, int index) {
    const ModelAct& a = act(index);
    if (a.kind == ModelKind::promote) return 2;
    if (!is_removal(a) || target_person(a) == a.person) return 0;
    if (a.kind != ModelKind::remove) return 2;
    if (rank(evaluate(a.past), a.past, a.target)) return 2;
    for (const int other : in.within) {
      const ModelAct& p = act(other);
      if (p.kind != ModelKind::promote || p.target != a.target || !own(other)) continue;
      if (a.past.contains(other) || outlives(other, index)) continue;
      const Signed signs = signatures(in, other, true);
      if (signs.by_words || signs.count >= 2) return 2;
    }
    return 1;
  }
  bool is_signed(const Result& in, int index) {
    const int number = needed(in, index);
    if (number == 0) return true;
    const Signed signs = signatures(in, index, false);
    return signs.by_words || signs.count >= number;
  }

  // --- one pass ---
  bool is_contested(const Result& in, int index) {
    const ModelAct& a = act(index);
    if (a.about < 0) return false;
    for (const int other : in.within) {
      const ModelAct& b = act(other);
      if (b.kind != ModelKind::admit || b.about != a.about || b.target == a.target || !own(other)) continue;
      if (a.past.contains(other) || b.past.contains(index) || is_closed(in, other)) continue;
      const bool chosen = std::any_of(in.within.begin(), in.within.end(), [&](int c) {
        return act(c).kind == ModelKind::confirm && act(c).target == a.target && in.applied.contains(c) &&
               act(c).past.contains(index);
      });
      if (!chosen) return true;
    }
    return false;
  }

  ModelVerdict judge(const Result& in, int index) {
    if (!own(index)) return ModelVerdict::nothing;
    if (in.effective.contains(index)) return ModelVerdict::applied;
    if (is_closed(in, index)) return ModelVerdict::nothing;
    if (waits_on_fork(in, index)) return ModelVerdict::refused;  // waits, but competes with nothing
    if (!has_right(in, in, index, false)) return ModelVerdict::nothing;
    if (act(index).kind == ModelKind::admit && is_contested(in, index)) return ModelVerdict::contested;
    if (act(index).kind == ModelKind::promote && !is_signed(in, index)) return ModelVerdict::waiting;
    return is_removal(act(index)) ? ModelVerdict::waiting : ModelVerdict::applied;
  }

  void support(Result& result) {
    result.applied.clear();
    result.verdicts.clear();
    for (bool grew = true; grew;) {
      grew = false;
      for (const int index : result.within) {
        if (result.applied.contains(index)) continue;
        result.verdicts[index] = judge(result, index);
        if (result.verdicts[index] == ModelVerdict::applied) grew = result.applied.insert(index).second;
      }
    }
  }

  std::optional<int> next_removal(const Result& in, const Set& refused) {
    std::optional<int> first;
    std::tuple<int, int, OpId> best;
    for (const int index : in.within) {
      if (!is_removal(act(index)) || refused.contains(index) || in.effective.contains(index)) continue;
      if (in.verdicts.at(index) != ModelVerdict::waiting || !is_signed(in, index)) continue;
      const Signed signs = signatures(in, index, false);
      const int strength = signs.by_words ? 3 : signs.count >= 2 ? 2 : 1;
      int rank = signs.rank;
      if (const auto own_rank = rank_at(in, act(index).person, index, false)) rank = std::min(rank, *own_rank);
      const std::tuple<int, int, OpId> claim{-strength, rank, act(index).id};
      if (first && !(claim < best)) continue;
      first = index;
      best = claim;
    }
    return first;
  }

  bool leaves_too_few(const Result& in, int removal) {
    bool coordinated = false;
    for (const auto& [device, person] : owner) {
      coordinated = coordinated || (works(in, in.within, device) && is_coordinator(in, person));
    }
    if (!coordinated) return true;
    if (act(removal).kind != ModelKind::remove_device) return false;
    return !has_device(in, owner.at(act(removal).target));
  }

  std::map<Set, Result> results_;
  std::map<int, bool> own_;
};

}  // namespace kiem::test
