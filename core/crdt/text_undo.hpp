// Taking back what one act did to a text, paragraph by paragraph.
//
// Three folds of the same field say what there is to do: `before` is of what was here before the act, `after` of that
// and the act, `now` of everything. A paragraph that `before` and `after` show differently is one that the act changed.
// If `now` shows it as `after` does, it is made what it was: edited back, moved back, removed when the act added it,
// and added again, under a new id, when the act removed it. If `now` shows it otherwise, somebody has changed it since
// and it stays; that is told. One that is already as it was before is done.
//
// The choice between variants cannot be taken back when it left the text as it stood: those not chosen stay away.
// Pure, any thread, cannot fail.
#pragma once

#include <string>
#include <vector>

#include "core/crdt/text_edits.hpp"

namespace kiem {

struct TextUndo {
  struct Paragraph {
    std::string from, to;  // as it is now, and as it becomes; empty: it is not there
  };
  std::vector<TextEdit> edits;
  std::vector<Paragraph> restored;
  std::vector<std::string> left;  // as they are now; empty for one that is gone
};

[[nodiscard]] TextUndo undo_text(const TextFold& before, const TextFold& after, const TextFold& now);

}  // namespace kiem
