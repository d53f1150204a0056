#include "core/crdt/text_edits.hpp"

#include <algorithm>
#include <map>

#include "core/crdt/mutation_set.hpp"
#include "core/crdt/text_lines.hpp"
#include "core/crdt/words.hpp"
#include "core/crdt/words_diff.hpp"

namespace kiem {
namespace {

// The edit, as often as it takes to supersede the first `must` of these, and removals that do what is more than fits in
// the last one.
std::vector<TextEdit> superseding(const TextEdit& edit, const std::vector<MutationId>& ids, std::size_t must) {
  std::vector<TextEdit> edits;
  for (std::size_t from = 0; from < ids.size(); from += kSupersededPerEdit) {
    const auto to = std::min(ids.size(), from + kSupersededPerEdit);
    edits.push_back(from < must ? edit : TextEdit{TextKind::remove, {}, {}, {}, {}, {}});
    edits.back().supersedes.assign(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                   ids.begin() + static_cast<std::ptrdiff_t>(to));
  }
  return edits;
}

// Only rewrites name variants: a removal that named the paragraph's first one would remove the paragraph. Several
// rewrites to one text are told as one.
std::vector<TextEdit> rewrite(const TextParagraph& paragraph, std::string_view text) {
  std::vector<MutationId> ids;
  for (const auto& variant : paragraph.variants) ids.insert(ids.end(), variant.same.begin(), variant.same.end());
  const auto variants = ids.size();
  for (const auto& variant : paragraph.variants) ids.insert(ids.end(), variant.edits.begin(), variant.edits.end());
  return superseding({TextKind::rewrite, std::string(text), {}, paragraph.id, {}, {}}, ids, variants);
}

// A run of words that goes directly behind the place `at` of the variant's words (0: before all of them).
TextEdit insertion(const TextVariant& variant, std::size_t at, std::string text) {
  TextEdit edit{TextKind::insert_words, std::move(text), {}, {}, {}, {}};
  if (variant.words.empty()) {
    edit.element = variant.id;
  } else if (at == 0 || (variant.words[at - 1].has_behind && at < variant.words.size())) {
    edit.words = {variant.words[at].of};
    edit.numbers = {variant.words[at].index, kBeforeWord};
  } else {
    edit.words = {variant.words[at - 1].of};
    edit.numbers = {variant.words[at - 1].index};
  }
  return edit;
}

// Collects words to cut as ranges, and ranges as edits.
class Cuts {
 public:
  void add(const TextWord& word) {
    if (!ranges_.empty() && ranges_.back().of == word.of && ranges_.back().start + ranges_.back().count == word.index) {
      ++ranges_.back().count;
    } else {
      ranges_.push_back({word.of, word.index, 1});
    }
    ++count_;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  void append_to(std::vector<TextEdit>& edits) const {
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (i % kCutsPerEdit == 0) edits.push_back({TextKind::cut_words, {}, {}, {}, {}, {}});
      edits.back().words.push_back(ranges_[i].of);
      edits.back().numbers.push_back(ranges_[i].start);
      edits.back().numbers.push_back(ranges_[i].count);
    }
  }

 private:
  struct Range {
    MutationId of;
    std::uint64_t start;
    std::uint64_t count;
  };
  std::vector<Range> ranges_;
  std::size_t count_ = 0;
};

}  // namespace

std::string normal_text(std::string_view text) {
  std::string normal;
  for (const auto line : lines_of(text)) {
    if (line.data() != text.data()) normal += '\n';
    normal += core_of(line);
  }
  return normal;
}

std::vector<TextEdit> edit_paragraph(const TextParagraph& paragraph, std::size_t variant, std::string_view text) {
  const auto& edited = paragraph.variants[variant];
  text = core_of(text);
  if (edited.text == text) return {};
  if (edited.same.size() > 1 && !paragraph.conflict()) return rewrite(paragraph, text);

  std::vector<std::size_t> shown;  // places in edited.words
  for (std::size_t i = 0; i < edited.words.size(); ++i) {
    if (edited.words[i].state == TextWordState::shown) shown.push_back(i);
  }
  const auto wanted = words_of(text);
  const auto kept = kept_in_order(shown.size(), wanted.size(), kMostDifferences, [&](std::size_t i, std::size_t j) {
    return shown_alike(edited.words[shown[i]].text, wanted[j], j + 1 == wanted.size());
  });

  std::vector<TextEdit> edits;
  Cuts cuts;
  std::size_t next_shown = 0;
  std::size_t next_wanted = 0;
  const auto change_up_to = [&](std::size_t shown_end, std::size_t wanted_end) {
    for (; next_shown < shown_end; ++next_shown) cuts.add(edited.words[shown[next_shown]]);
    if (next_wanted == wanted_end) return;
    // Cut from the one text: what stands between two words of it is joined by being next to each other there.
    const auto* from = wanted[next_wanted].data();
    const auto* to = wanted[wanted_end - 1].data() + wanted[wanted_end - 1].size();
    edits.push_back(insertion(edited, next_shown == 0 ? 0 : shown[next_shown - 1] + 1,
                              std::string(from, static_cast<std::size_t>(to - from))));
    next_wanted = wanted_end;
  };
  for (const auto& [i, j] : kept) {
    change_up_to(i, j);
    next_shown = i + 1;
    next_wanted = j + 1;
  }
  change_up_to(shown.size(), wanted.size());
  if (cuts.count() * 2 > shown.size() && !paragraph.conflict()) return rewrite(paragraph, text);
  cuts.append_to(edits);
  return edits;
}

std::vector<TextEdit> choose_variant(const TextParagraph& paragraph, std::size_t variant) {
  return rewrite(paragraph, paragraph.variants[variant].text);
}

std::vector<TextEdit> remove_paragraph(const TextParagraph& paragraph) {
  std::vector<MutationId> ids{paragraph.id};
  ids.insert(ids.end(), paragraph.work.begin(), paragraph.work.end());
  return superseding({TextKind::remove, {}, {}, {}, {}, {}}, ids, ids.size());
}

TextEdit add_paragraph(std::string_view text, Position position) {
  return {TextKind::add, std::string(text), {}, {}, {}, std::move(position)};
}

TextEdit move_paragraph(const TextParagraph& paragraph, Position position) {
  return {TextKind::move, {}, paragraph.moves, paragraph.id, {}, std::move(position)};
}

std::vector<TextEdit> diff_text(const TextFold& fold, std::string_view text, const DeviceId& me, std::uint64_t lot) {
  const auto normal = normal_text(text);
  if (plain_text(fold) == normal) return {};
  std::vector<std::string_view> old_lines;
  for (const auto& paragraph : fold.paragraphs) old_lines.push_back(paragraph.variants.front().text);
  const auto new_lines = normal.empty() ? std::vector<std::string_view>{} : lines_of(normal);
  const auto match = match_lines(old_lines, new_lines);

  std::vector<TextEdit> edits;
  std::vector<Slot> slots;
  std::vector<bool> stays(fold.paragraphs.size(), false);
  for (const auto& from : match) {
    Slot slot;
    if (from.old_line) {
      const auto& paragraph = fold.paragraphs[*from.old_line];
      stays[*from.old_line] = true;
      if (!from.moved) slot = {paragraph.position, paragraph.placed_by == me};
    }
    slots.push_back(std::move(slot));
  }
  const auto positions = fill_positions(slots, lot);
  for (std::size_t i = 0; i < match.size(); ++i) {
    if (!match[i].old_line) {
      edits.push_back(add_paragraph(new_lines[i], positions[i]));
      continue;
    }
    const auto& paragraph = fold.paragraphs[*match[i].old_line];
    if (positions[i] != paragraph.position) edits.push_back(move_paragraph(paragraph, positions[i]));
    for (auto& edit : edit_paragraph(paragraph, 0, new_lines[i])) edits.push_back(std::move(edit));
  }
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (stays[i]) continue;
    for (auto& edit : remove_paragraph(fold.paragraphs[i])) edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace kiem
