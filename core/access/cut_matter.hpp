// The cuts of one matter (DESIGN D5, "One act, many purposes"): what the heads of a cut contain counts, the rest is
// late. A cut is a proposal until as many persons stand behind it as it says; a signature names the digest of the cut
// and so counts for these very heads, this rule and this result, and for nothing else. Cuts of one matter and purpose
// that were made apart both stand; their united heads are only a proposal, which somebody who knows the circles makes a
// cut of again, with a result computed anew.
//
// The result is a function of the set of acts (membership.hpp, I1): no order, no viewer and no clock enters. Plain
// values, any thread; matter_of() as its View.
#pragma once

#include <optional>
#include <vector>

#include "core/access/acts.hpp"

namespace kiem {

// What a signature of a cut names: H("kiem.cut.0", the act with 32 zero bytes as its digest), keys of later versions
// included (FORMAT.md section 14.3). Only for an act whose body is a Cut.
[[nodiscard]] Hash32 digest_of_cut(const Act& act);
// The cut as an act that its digest fits.
[[nodiscard]] Act act_of_cut(act::Cut cut);

// One content, however many wrote it down.
struct MadeCut {
  act::Cut cut;
  std::vector<OpId> ops;          // that carry it and count; ascending, never empty
  std::vector<PersonId> signers;  // their authors, and whose signatures under its digest count; ascending
  bool is_firm = false;           // as many signers as it needs; none needed is one needed
  bool is_standing = false;  // firm, and some act that carries it is in the past of no other firm cut of the matter
};

struct CutMatter {
  std::vector<MadeCut> cuts;  // ascending by digest

  // Firm, and nothing beside it. nullptr while there is none, or several were made apart.
  [[nodiscard]] const MadeCut* agreed() const;
  // Of all standing cuts, by circle: empty when none stands, the agreed one's own when there is one.
  [[nodiscard]] CutHeads united() const;
  // The cut that would make one of several standing: united heads, the rule when all name the same, no result yet, the
  // most signers that any of them needed. Nothing to propose unless several stand.
  [[nodiscard]] std::optional<act::Cut> proposal() const;
};

namespace access {

class View;

// The cuts of the matter that count in the view. Empty for a matter of which there is none.
[[nodiscard]] CutMatter matter_of(const View& whole, const RecordId& matter, Number purpose);

}  // namespace access
}  // namespace kiem
