// The author's side of a text: from what a person made of it in a plain editor to the mutations that say so (DESIGN D3,
// FORMAT.md 5.4).
//
// A line is a paragraph. What stayed keeps its identity, so that what others do to it meanwhile survives: lines that
// are the same, then lines that went elsewhere, then lines that still share half of their words, and inside a line the
// words that stayed. More than half of a paragraph's words replaced is a rewrite. The law (tests/property/
// text_laws_test.cpp): put beside the mutations they were made from, the edits give exactly normal_text of what was
// asked; two people's edits of different paragraphs, or of different words of one, both stand.
//
// The edits are of one user act and do not speak of each other. Each fits the limits of a mutation (FORMAT.md section
// 7: 64 references a list, 16 numbers); how many go into one operation is the caller's to divide, and a paragraph
// larger than an operation is the caller's to refuse.
//
// Pure, any thread, cannot fail. Costs n log n, plus kMostDifferences times the length of what lies between the first
// and the last change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/crdt/text.hpp"

namespace kiem {

constexpr std::size_t kMostDifferences = 1000;    // above that everything between the first and the last counts as new
constexpr std::size_t kMostLinesCompared = 1024;  // pairs of lines in one gap whose words are compared
constexpr std::size_t kSupersededPerEdit = 64;
constexpr std::size_t kCutsPerEdit = 8;

// A mutation to be: as TextMutation, without id and author.
struct TextEdit {
  TextKind kind = TextKind::add;
  std::string text;  // add, insert_words, rewrite
  std::vector<MutationId> supersedes;
  std::optional<MutationId> element;
  std::vector<MutationId> words;
  std::vector<std::uint64_t> numbers;
  bool operator==(const TextEdit&) const = default;
};

// Without white space at the ends of its lines: what a text field can hold.
[[nodiscard]] std::string normal_text(std::string_view text);

// Makes `text`, white space at its end apart, of what a variant of the paragraph shows. Empty when it does already.
// While the paragraph has one text, more than half of its words cut makes a rewrite, as does a text that several
// rewrites have; one variant of several is edited word by word, because the others were not looked at.
[[nodiscard]] std::vector<TextEdit> edit_paragraph(const TextParagraph& paragraph, std::size_t variant,
                                                   std::string_view text);
// Settles a paragraph with several variants: a rewrite with the text of one that supersedes them all.
[[nodiscard]] std::vector<TextEdit> choose_variant(const TextParagraph& paragraph, std::size_t variant);
// Also for one of TextFold::removed, to say that what is in it was seen.
[[nodiscard]] std::vector<TextEdit> remove_paragraph(const TextParagraph& paragraph);
[[nodiscard]] TextEdit add_paragraph(std::string_view text, Position position);
[[nodiscard]] TextEdit move_paragraph(const TextParagraph& paragraph, Position position);

// Makes plain_text(fold) `text`. `me` is this device; lot: 64 bits of chance. Empty when it is that already.
[[nodiscard]] std::vector<TextEdit> diff_text(const TextFold& fold, std::string_view text, const DeviceId& me,
                                              std::uint64_t lot);

}  // namespace kiem
