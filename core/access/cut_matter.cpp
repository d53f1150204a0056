#include "core/access/cut_matter.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/access/view.hpp"
#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagCut = "kiem.cut.0";

}  // namespace

Hash32 digest_of_cut(const Act& act) {
  KIEM_CHECK(std::holds_alternative<act::Cut>(act.body));
  Act undigested = act;
  std::get<act::Cut>(undigested.body).digest = {};
  return hash_of(kTagCut, {encode(undigested)});
}

Act act_of_cut(act::Cut cut) {
  Act act{std::move(cut), {}};
  std::get<act::Cut>(act.body).digest = digest_of_cut(act);
  return act;
}

const MadeCut* CutMatter::agreed() const {
  const MadeCut* found = nullptr;
  for (const auto& made : cuts) {
    if (!made.is_standing) continue;
    if (found != nullptr) return nullptr;
    found = &made;
  }
  return found;
}

CutHeads CutMatter::united() const {
  std::map<CircleId, std::set<OpId>> by_circle;
  for (const auto& made : cuts) {
    if (!made.is_standing) continue;
    for (const auto& listed : made.cut.heads) by_circle[listed.circle].insert(listed.heads.begin(), listed.heads.end());
  }
  CutHeads all;
  for (const auto& [circle, heads] : by_circle) all.push_back({circle, {heads.begin(), heads.end()}, {}});
  return all;
}

std::optional<act::Cut> CutMatter::proposal() const {
  std::optional<act::Cut> proposed;
  std::size_t standing = 0;
  for (const auto& made : cuts) {
    if (!made.is_standing) continue;
    if (standing++ == 0) {
      proposed = made.cut;
    } else {
      proposed->signers = std::max(proposed->signers, made.cut.signers);
      const bool is_one_rule = proposed->rule == made.cut.rule && proposed->rule_number == made.cut.rule_number;
      if (!is_one_rule) proposed->rule = proposed->rule_number = std::nullopt;
    }
  }
  if (standing < 2) return std::nullopt;
  proposed->heads = united();
  proposed->result.reset();
  proposed->digest = digest_of_cut({*proposed, {}});
  return proposed;
}

namespace access {
namespace {

// One content with the nodes that carry it.
struct Carried {
  const act::Cut* cut = nullptr;
  std::vector<Index> nodes;
  std::set<PersonId> signers;
  bool is_firm = false;
};

void count_signers(const View& whole, const Hash32& digest, Carried& carried) {
  const Graph& graph = whole.graph();
  for (const Index node : carried.nodes) carried.signers.insert(*graph.at(node).person);
  for (const ActRef& sign : graph.signs_of(same_bytes<OpId>(digest))) {
    if (!whole.counts(sign)) continue;
    const PersonId& signer = *graph.at(sign.node).person;
    // Like making a cut, signing one is for who was confirmed then.
    const View before(graph, whole.memory(), *whole.memory()[sign.node].before);
    if (before.is_confirmed(signer)) carried.signers.insert(signer);
  }
  carried.is_firm = carried.signers.size() >= std::max<Number>(carried.cut->signers, 1);
}

}  // namespace

CutMatter matter_of(const View& whole, const RecordId& matter, Number purpose) {
  const Graph& graph = whole.graph();
  std::map<Hash32, Carried> by_digest;
  for (const ActRef& ref : graph.cuts_of(matter)) {
    const auto* cut = graph.act<act::Cut>(ref);
    // That the digest fits, the act's own right to count has asked (act_rules.cpp).
    if (cut->purpose != purpose || !whole.counts(ref)) continue;
    Carried& carried = by_digest[cut->digest];
    carried.cut = cut;
    carried.nodes.push_back(ref.node);
  }
  for (auto& [digest, carried] : by_digest) count_signers(whole, digest, carried);

  CutMatter found;
  for (const auto& each : by_digest) {
    const Carried& carried = each.second;
    MadeCut& made = found.cuts.emplace_back(MadeCut{*carried.cut, {}, {}, carried.is_firm, false});
    made.signers.assign(carried.signers.begin(), carried.signers.end());
    for (const Index node : carried.nodes) made.ops.push_back(graph.at(node).node.id);
    std::sort(made.ops.begin(), made.ops.end());
    made.ops.erase(std::unique(made.ops.begin(), made.ops.end()), made.ops.end());
    const auto is_replaced = [&](Index node) {
      return std::any_of(by_digest.begin(), by_digest.end(), [&](const auto& entry) {
        const Carried& other = entry.second;
        return other.is_firm && other.cut != carried.cut &&
               std::any_of(other.nodes.begin(), other.nodes.end(),
                           [&](Index later) { return graph.at(later).past.has(node); });
      });
    };
    made.is_standing = carried.is_firm && !std::all_of(carried.nodes.begin(), carried.nodes.end(), is_replaced);
  }
  return found;
}

}  // namespace access
}  // namespace kiem
