#include "core/access/view.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace kiem::access {

View View::own_past(const Graph& graph, const Memory& memory, Index node, std::uint32_t act) {
  const Settled& before = *memory[node].before;
  return {graph, memory, before.within, before.applied, before.effective, {node, act}};
}

bool View::counts(const ActRef& given) const {
  if (given.node == self_.node) return given.act < self_.act;
  return within_.has(given.node) && applied_.has(given.node);
}

bool View::outlives(const ActRef& given, Index removal) const {
  return memory_[given.node].before->effective.has(removal);
}

bool View::stands(const ActRef& given, const std::vector<ActRef>& removals) const {
  return counts(given) && std::all_of(removals.begin(), removals.end(), [&](const ActRef& removal) {
           return !is_effective(removal.node) || outlives(given, removal.node);
         });
}

std::vector<ActRef> View::standing_admits(const PersonId& person) const {
  const PersonEntry& entry = graph_.person(person);
  std::vector<ActRef> standing;
  for (const auto& admit : entry.admits) {
    if (stands(admit, entry.removals)) standing.push_back(admit);
  }
  return standing;
}

bool View::is_member(const PersonId& person) const {
  const PersonEntry& entry = graph_.person(person);
  return std::any_of(entry.admits.begin(), entry.admits.end(),
                     [&](const ActRef& admit) { return stands(admit, entry.removals); });
}

bool View::is_confirmed(const PersonId& person) const {
  if (is_coordinator(person)) return true;
  const auto admits = standing_admits(person);
  const auto& confirms = graph_.person(person).confirms;
  return std::any_of(confirms.begin(), confirms.end(), [&](const ActRef& confirm) {
    return counts(confirm) && std::any_of(admits.begin(), admits.end(), [&](const ActRef& admit) {
             return admit == confirm || graph_.before(admit, confirm);
           });
  });
}

bool View::is_coordinator(const PersonId& person) const { return rank(person) != kNoRank; }

std::uint32_t View::rank(const PersonId& person) const {
  if (!is_member(person)) return kNoRank;
  const PersonEntry& entry = graph_.person(person);
  std::uint32_t best = kNoRank;
  for (const auto& promote : entry.promotes) {
    if (!stands(promote, entry.removals) || !stands(promote, entry.demotes)) continue;
    best = std::min(best, memory_[promote.node].rank);
  }
  return best;
}

std::uint32_t View::generation(const PersonId& person) const {
  std::uint32_t removals = 0;
  for (const auto& removal : graph_.person(person).removals) {
    if (is_effective(removal.node)) ++removals;
  }
  return removals;
}

std::vector<DeviceId> View::enrolled(const PersonId& person) const {
  const PersonEntry& entry = graph_.person(person);
  std::vector<std::size_t> visible;
  for (std::size_t i = 0; i < entry.facts.size(); ++i) {
    const auto& brought = entry.facts[i];
    if (!reaches(brought.node)) continue;
    // In the own space an enrolment is only as good as its act; the act itself is judged without what it brings,
    // unless it enrols its own author under recovery words.
    if (brought.by_act && !(brought.node == self_.node || counts({brought.node, 0}))) continue;
    visible.push_back(i);
  }
  if (visible.empty()) return {};
  const auto found = entry.working.find(visible);
  if (found != entry.working.end()) return found->second;
  PersonFacts all = entry.facts[visible.front()].facts;
  for (std::size_t i = 1; i < visible.size(); ++i) unite(all, entry.facts[visible[i]].facts);
  return entry.working.emplace(std::move(visible), kiem::working_devices(all)).first->second;
}

bool View::is_removed(const DeviceId& device) const {
  const auto& removals = graph_.device(device).removals;
  return std::any_of(removals.begin(), removals.end(),
                     [&](const ActRef& removal) { return is_effective(removal.node); });
}

std::vector<DeviceId> View::working_devices(const PersonId& person) const {
  auto devices = enrolled(person);
  std::erase_if(devices, [&](const DeviceId& device) { return is_removed(device); });
  return devices;
}

bool View::works(const PersonId& person, const DeviceId& device) const {
  const auto devices = working_devices(person);
  return std::binary_search(devices.begin(), devices.end(), device);
}

bool View::has_working_coordinator() const {
  const auto& persons = graph_.persons();
  return std::any_of(persons.begin(), persons.end(), [&](const auto& entry) {
    return !entry.second.promotes.empty() && is_coordinator(entry.first) && !working_devices(entry.first).empty();
  });
}

}  // namespace kiem::access
