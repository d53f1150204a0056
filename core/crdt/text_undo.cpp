#include "core/crdt/text_undo.hpp"

#include <algorithm>
#include <set>

namespace kiem {
namespace {

const TextParagraph* find(const TextFold& fold, const MutationId& id) {
  const auto found = std::find_if(fold.paragraphs.begin(), fold.paragraphs.end(),
                                  [&](const TextParagraph& paragraph) { return paragraph.id == id; });
  return found == fold.paragraphs.end() ? nullptr : &*found;
}

bool says_the_same(const TextParagraph& a, const TextParagraph& b) {
  return std::equal(a.variants.begin(), a.variants.end(), b.variants.begin(), b.variants.end(),
                    [](const TextVariant& left, const TextVariant& right) { return left.text == right.text; });
}

bool is_alike(const TextParagraph* a, const TextParagraph* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->position == b->position && says_the_same(*a, *b);
}

const std::string& text_of(const TextParagraph* paragraph) {
  static const std::string none;
  return paragraph == nullptr ? none : paragraph->variants.front().text;
}

std::vector<TextEdit> edits_back(const TextParagraph* was, const TextParagraph* is) {
  if (is == nullptr) return {add_paragraph(text_of(was), was->position)};
  if (was == nullptr) return remove_paragraph(*is);
  std::vector<TextEdit> edits;
  if (was->position != is->position) edits.push_back(move_paragraph(*is, was->position));
  // Variants that stood side by side before still do, each with what was said in it.
  const std::size_t variants = was->variants.size() == is->variants.size() ? was->variants.size() : 1;
  for (std::size_t i = 0; i < variants; ++i) {
    for (auto& edit : edit_paragraph(*is, i, was->variants[i].text)) edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace

TextUndo undo_text(const TextFold& before, const TextFold& after, const TextFold& now) {
  // In the order in which they stand, so that what is told reads as the text does.
  std::vector<MutationId> changed;
  std::set<MutationId> known;
  for (const TextFold* fold : {&after, &before}) {
    for (const auto& paragraph : fold->paragraphs) {
      if (!known.insert(paragraph.id).second) continue;
      if (!is_alike(find(before, paragraph.id), find(after, paragraph.id))) changed.push_back(paragraph.id);
    }
  }
  TextUndo undo;
  for (const auto& id : changed) {
    const TextParagraph* const was = find(before, id);
    const TextParagraph* const is = find(now, id);
    if (is_alike(was, is)) continue;
    if (!is_alike(is, find(after, id))) {
      undo.left.push_back(text_of(is));
      continue;
    }
    auto edits = edits_back(was, is);
    if (edits.empty()) continue;
    undo.restored.push_back({text_of(is), text_of(was)});
    undo.edits.insert(undo.edits.end(), edits.begin(), edits.end());
  }
  return undo;
}

}  // namespace kiem
