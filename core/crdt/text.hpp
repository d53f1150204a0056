// A text that several people edit: a list of paragraphs, and words with identities inside them (DESIGN D3, FORMAT.md
// 5.4).
//
// A paragraph is an element of a list, begun by the mutation that adds it. What it says is a *variant*: the value it
// was added with, or a rewrite. A variant's words are those of its value and of the *runs* inserted among them, without
// those that were cut.
//
// 1. A run stays whole. It is anchored at one word, behind or before it, and belongs to that word's variant; words are
//    a tree in which every word of a run stands behind the one before it, and runs anchored at one side of one word go
//    by id (Fugue: Weidner, Kleppmann, "The art of the fugue", 2023). A writer anchors behind the word on the left when
//    nothing in the tree stands behind that yet, and else before the word that follows it. So what two people typed at
//    one place while apart, forwards or backwards, piece by piece or at once, stands one after the other.
// 2. A word is shown when its anchor is here and so on up to a variant; a cut of a word that is not here waits for it.
//    A cut word, and a run whose text an erase act dropped, keep their place: what was anchored there keeps its order.
// 3. A rewrite supersedes the variants its author saw. Rewrites that did not see each other stand side by side, to
//    choose from, never mixed. It also supersedes, as a remark, the edits that its author saw under those variants: a
//    superseded variant with an edit that nobody saw, who superseded it, is shown beside as *stale*, so that no work
//    goes unseen.
// 4. A removal supersedes the paragraph and, as a remark, the edits and rewrites that its author saw. A paragraph with
// a
//    rewrite or an inserted run that the remover did not see is listed apart, for a person to keep or to remove again.
// To supersede an edit is nothing but that remark: its words stay where they are.
//
// Rejected: characters instead of words (ten times the ids, and two spellings of one word mixed into a third); anchors
// to the left only (what two people type backwards would interleave); tombstones that a later version forgets (words
// anchored in them would lose their order).
//
// Pure, any thread, cannot fail; n log n, without recursion. The answer looks at the texts it was given and depends
// neither on the order of the mutations nor on repetition.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/crdt/mutation_id.hpp"
#include "core/crdt/position.hpp"

namespace kiem {

inline constexpr std::string_view kTagVariantLot = "kiem.variant.0";

// The kinds of mutation that a text field has; a mutation of another kind is not handed in.
enum class TextKind : std::uint8_t { add, remove, move, insert_words, cut_words, rewrite };

// The third number of an insertion's place: absent or anything else is behind the word.
constexpr std::uint64_t kBeforeWord = 1;

// One that applies (as in live.hpp), as its bones and its part say it. What a kind does not carry is not read, and what
// it lacks is read as absent, so nothing that decodes is malformed here.
struct TextMutation {
  MutationId id;
  TextKind kind = TextKind::add;
  PersonId author;
  DeviceId device;
  std::optional<std::string_view> text;  // add, insert_words, rewrite; none: dropped, or no text
  std::vector<MutationId> supersedes;    // remove, move, rewrite; runs of references one by one
  std::optional<MutationId> element;     // cite 5; move, rewrite: the paragraph; insert_words: a variant, at its start
  std::vector<MutationId> words;         // cite 6; insert_words: the anchor's run; cut_words: the words' runs
  std::vector<std::uint64_t> numbers;    // add, move: position; insert_words: word, side; cut_words: start, count, ...
};

enum class TextWordState : std::uint8_t {
  shown,
  cut,
  dropped,  // stands for all words of a run whose text is gone
};

struct TextWord {
  MutationId of;            // the mutation that brought it
  std::uint32_t index = 0;  // among that one's words
  std::string_view text;    // with the white space behind it; empty when dropped
  TextWordState state = TextWordState::shown;
  bool has_behind = false;  // in the tree something stands behind it, as a rule the next in this list
};

struct TextVariant {
  MutationId id;                  // the add or the rewrite that began it
  std::vector<MutationId> same;   // this and all other variants that show the same text, ascending
  bool stale = false;             // superseded, and shown because of an edit unseen by who did that
  std::string text;               // what is shown, without white space at its end
  std::vector<TextWord> words;    // all, in order, also those not shown
  std::vector<MutationId> edits;  // insertions and cuts under `same` that nobody superseded yet, ascending
};

struct TextParagraph {
  MutationId id;
  Position position;
  DeviceId placed_by;
  std::vector<MutationId> moves;      // live, ascending: what a new move must supersede
  std::vector<TextVariant> variants;  // at least one; different texts; the one to show first
  // Rewrites and insertions that nobody superseded yet, ascending: what a removal must supersede beside the paragraph.
  std::vector<MutationId> work;

  [[nodiscard]] bool conflict() const { return variants.size() > 1; }
};

struct TextFold {
  std::vector<TextParagraph> paragraphs;  // in order
  std::vector<TextParagraph> removed;     // with work that the remover did not see, in order
  std::vector<MutationId> waiting;        // insertions and rewrites whose place is not here, ascending
};

// Variants are ordered by stale last, then hash_of(kTagVariantLot, {record, field, paragraph's operation, le32(its
// index), author}), then device, then id, lowest first. field: the bytes that name it, as for a register.
[[nodiscard]] TextFold fold_text(const RecordId& record, ByteView field, std::span<const TextMutation> applying);

// The paragraphs as lines, each as the variant shown first. Those removed are not in it.
[[nodiscard]] std::string plain_text(const TextFold& fold);

}  // namespace kiem
