#include "core/crdt/text.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "core/crdt/list.hpp"
#include "core/crdt/mutation_set.hpp"
#include "core/crdt/words.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

constexpr std::size_t kNoPlace = std::numeric_limits<std::size_t>::max();

bool is_run(TextKind kind) {
  return kind == TextKind::add || kind == TextKind::insert_words || kind == TextKind::rewrite;
}

struct KnownMutation {
  const TextMutation* mutation;
  std::vector<std::string_view> words;
  std::size_t first_child = 0;  // of the children that are anchored at its words
  std::size_t children_end = 0;
  std::size_t first_cut = 0;  // of the cuts in its words
  std::size_t cuts_end = 0;
  std::size_t variant = kNoPlace;  // that its words stand under
  bool superseded = false;         // add, rewrite: by a rewrite of the same paragraph
  bool removed = false;            // add, rewrite: by a removal
  bool seen = false;               // insertion, cut: by whoever superseded what it is under
};

// A run at its anchor: ascending, they are visited in the order in which they stand.
struct Child {
  std::size_t parent;
  std::uint64_t index;
  bool behind;
  std::size_t run;
  auto operator<=>(const Child&) const = default;
};

struct Cut {
  std::size_t run;
  std::uint64_t start;
  std::uint64_t end;
  auto operator<=>(const Cut&) const = default;
};

class TextFolder {
 public:
  TextFolder(const RecordId& record, ByteView field, std::span<const TextMutation> applying)
      : record_(record), field_(field) {
    know(applying);
    supersede();
    anchor();
    list_cuts();
  }

  TextFold fold() {
    std::vector<std::vector<std::size_t>> variants(known_.size());  // by paragraph
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const auto paragraph = paragraph_of(i);
      if (paragraph != kNoPlace) variants[paragraph].push_back(i);
    }
    std::vector<TextVariant> built(known_.size());
    for (const auto& of_one : variants) {
      for (const auto variant : of_one) built[variant] = walk(variant);
    }
    attribute_cuts(built);

    TextFold fold;
    for (const auto& item : paragraph_order()) {
      const auto at = find(item.id);
      TextParagraph paragraph{item.id, item.position, item.placed_by, item.moves, {}, {}};
      for (const auto variant : variants[at]) {
        if (variant != at && !known_[variant].seen) paragraph.work.push_back(built[variant].id);
        for (const auto& edit : built[variant].edits) {
          if (known_[find(edit)].mutation->kind == TextKind::insert_words) paragraph.work.push_back(edit);
        }
      }
      sort_once(paragraph.work);
      choose(paragraph, at, variants[at], built);
      if (paragraph.variants.empty()) continue;
      (known_[at].removed ? fold.removed : fold.paragraphs).push_back(std::move(paragraph));
    }
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const auto kind = known_[i].mutation->kind;
      const bool waits = (kind == TextKind::insert_words && known_[i].variant == kNoPlace) ||
                         (kind == TextKind::rewrite && paragraph_of(i) == kNoPlace);
      if (waits) fold.waiting.push_back(known_[i].mutation->id);
    }
    return fold;
  }

 private:
  void know(std::span<const TextMutation> applying) {
    known_.reserve(applying.size());
    for (const auto& mutation : applying) known_.push_back({&mutation, {}});
    std::sort(known_.begin(), known_.end(),
              [](const auto& a, const auto& b) { return a.mutation->id < b.mutation->id; });
    const auto same = [](const auto& a, const auto& b) { return a.mutation->id == b.mutation->id; };
    known_.erase(std::unique(known_.begin(), known_.end(), same), known_.end());
    for (auto& known : known_) {
      if (is_run(known.mutation->kind) && known.mutation->text) known.words = words_of(*known.mutation->text);
    }
  }

  [[nodiscard]] std::size_t find(const MutationId& id) const {
    const auto found = std::lower_bound(known_.begin(), known_.end(), id, [](const auto& known, const auto& wanted) {
      return known.mutation->id < wanted;
    });
    if (found == known_.end() || found->mutation->id != id) return kNoPlace;
    return static_cast<std::size_t>(found - known_.begin());
  }

  // Of a variant; kNoPlace for anything else and while its paragraph is not here.
  [[nodiscard]] std::size_t paragraph_of(std::size_t at) const {
    const auto& mutation = *known_[at].mutation;
    if (mutation.kind == TextKind::add) return at;
    if (mutation.kind != TextKind::rewrite || !mutation.element) return kNoPlace;
    const auto paragraph = find(*mutation.element);
    return paragraph != kNoPlace && known_[paragraph].mutation->kind == TextKind::add ? paragraph : kNoPlace;
  }

  void supersede() {
    for (std::size_t by = 0; by < known_.size(); ++by) {
      const auto& mutation = *known_[by].mutation;
      if (mutation.kind != TextKind::remove && mutation.kind != TextKind::rewrite) continue;
      const auto paragraph = paragraph_of(by);
      if (mutation.kind == TextKind::rewrite && paragraph == kNoPlace) continue;
      for (const auto& id : mutation.supersedes) {
        const auto of = find(id);
        if (of == kNoPlace || of == by) continue;
        known_[of].seen = true;
        if (mutation.kind == TextKind::remove) known_[of].removed = true;
        if (mutation.kind == TextKind::rewrite && paragraph_of(of) == paragraph) known_[of].superseded = true;
      }
    }
  }

  void anchor() {
    for (std::size_t run = 0; run < known_.size(); ++run) {
      const auto& mutation = *known_[run].mutation;
      if (mutation.kind != TextKind::insert_words) continue;
      if (!mutation.words.empty()) {
        const auto parent = find(mutation.words.front());
        const auto index = mutation.numbers.empty() ? 0 : mutation.numbers[0];
        const bool behind = mutation.numbers.size() < 2 || mutation.numbers[1] != kBeforeWord;
        if (parent != kNoPlace) children_.push_back({parent, index, behind, run});
      } else if (mutation.element) {
        const auto parent = find(*mutation.element);
        if (parent != kNoPlace && paragraph_of(parent) != kNoPlace) children_.push_back({parent, 0, false, run});
      }
    }
    std::sort(children_.begin(), children_.end());
    for (std::size_t i = 0; i < children_.size(); ++i) {
      auto& parent = known_[children_[i].parent];
      if (i == 0 || children_[i - 1].parent != children_[i].parent) parent.first_child = i;
      parent.children_end = i + 1;
    }
  }

  // The cuts that meet a word, joined to ranges that do not touch.
  void list_cuts() {
    std::vector<Cut> all;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      for_each_cut(i, [&](const Cut& cut) { all.push_back(cut); });
    }
    std::sort(all.begin(), all.end());
    for (const auto& cut : all) {
      if (!cuts_.empty() && cuts_.back().run == cut.run && cut.start <= cuts_.back().end) {
        cuts_.back().end = std::max(cuts_.back().end, cut.end);
        continue;
      }
      auto& run = known_[cut.run];
      if (run.cuts_end == 0) run.first_cut = cuts_.size();
      cuts_.push_back(cut);
      run.cuts_end = cuts_.size();
    }
  }

  template <class Take>
  void for_each_cut(std::size_t at, Take&& take) const {
    const auto& mutation = *known_[at].mutation;
    if (mutation.kind != TextKind::cut_words) return;
    for (std::size_t i = 0; i < mutation.words.size() && 2 * i + 1 < mutation.numbers.size(); ++i) {
      const auto run = find(mutation.words[i]);
      if (run == kNoPlace) continue;
      const std::uint64_t count = known_[run].words.size();
      const auto start = std::min(mutation.numbers[2 * i], count);
      const auto end = start + std::min(mutation.numbers[2 * i + 1], count - start);
      if (start < end) take(Cut{run, start, end});
    }
  }

  // Words in order. A run is visited once, from its one anchor, so all walks together are linear; runs that hang from
  // each other in a circle, or from nothing, are never visited.
  TextVariant walk(std::size_t variant) {
    struct Frame {
      std::size_t run;
      std::size_t child;
      std::size_t cut;
      std::uint64_t word;
    };
    TextVariant out;
    out.id = known_[variant].mutation->id;
    std::vector<Frame> open;
    const auto enter = [&](std::size_t run) {
      known_[run].variant = variant;
      open.push_back({run, known_[run].first_child, known_[run].first_cut, 0});
    };
    enter(variant);
    while (!open.empty()) {
      auto& frame = open.back();
      const auto& run = known_[frame.run];
      const bool dropped = !run.mutation->text;
      const bool done = frame.word == (dropped ? 1 : run.words.size());
      if (frame.child < run.children_end) {
        const auto& child = children_[frame.child];
        if (done || child.index < frame.word || (child.index == frame.word && !child.behind)) {
          ++frame.child;
          if (!known_[child.run].seen) out.edits.push_back(known_[child.run].mutation->id);
          enter(child.run);
          continue;
        }
      }
      if (done) {
        open.pop_back();
        continue;
      }
      out.words.push_back(word_at(frame.run, frame.word, frame.child, frame.cut));
      ++frame.word;
    }
    std::vector<std::string_view> shown;
    for (const auto& word : out.words) {
      if (word.state == TextWordState::shown) shown.push_back(word.text);
    }
    out.text = show_words(shown);
    return out;
  }

  TextWord word_at(std::size_t at, std::uint64_t index, std::size_t child, std::size_t& cut) const {
    const auto& run = known_[at];
    TextWord word{run.mutation->id, static_cast<std::uint32_t>(index), {}, TextWordState::dropped, true};
    if (!run.mutation->text) return word;
    while (cut < run.cuts_end && cuts_[cut].end <= index) ++cut;
    word.text = run.words[index];
    word.state = cut < run.cuts_end && cuts_[cut].start <= index ? TextWordState::cut : TextWordState::shown;
    word.has_behind = index + 1 < run.words.size() || (child < run.children_end && children_[child].index == index);
    return word;
  }

  void attribute_cuts(std::vector<TextVariant>& built) const {
    for (std::size_t i = 0; i < known_.size(); ++i) {
      for_each_cut(i, [&](const Cut& cut) {
        const auto variant = known_[cut.run].variant;
        if (variant != kNoPlace && !known_[i].seen) built[variant].edits.push_back(known_[i].mutation->id);
      });
    }
    for (auto& variant : built) sort_once(variant.edits);
  }

  std::vector<ListItem> paragraph_order() const {
    std::vector<ListAddition> additions;
    std::vector<ListMove> moves;
    for (const auto& known : known_) {
      const auto& mutation = *known.mutation;
      if (mutation.kind == TextKind::add) {
        additions.push_back({mutation.id, {}, position_from(mutation.numbers), mutation.device});
      } else if (mutation.kind == TextKind::move && mutation.element) {
        moves.push_back({mutation.id, *mutation.element, position_from(mutation.numbers), mutation.author,
                         mutation.device, mutation.supersedes});
      }
    }
    return fold_list({record_, field_, additions, moves, {}});
  }

  // Whether it stays in sight though superseded. A cut does not keep what was removed altogether.
  bool has_unseen_edit(const TextVariant& variant, bool removed) const {
    return std::any_of(variant.edits.begin(), variant.edits.end(), [&](const MutationId& id) {
      return !removed || known_[find(id)].mutation->kind == TextKind::insert_words;
    });
  }

  void choose(TextParagraph& paragraph, std::size_t at, const std::vector<std::size_t>& variants,
              std::vector<TextVariant>& built) const {
    struct RankedVariant {
      bool stale;
      Hash32 lot;
      const TextMutation* mutation;
      TextVariant* variant;
    };
    const bool removed = known_[at].removed;
    std::vector<RankedVariant> ranked;
    for (const auto i : variants) {
      auto& variant = built[i];
      variant.stale = known_[i].superseded || (removed && known_[i].removed);
      if (variant.stale && !has_unseen_edit(variant, removed)) continue;
      const auto& mutation = *known_[i].mutation;
      const auto lot = hash_of(kTagVariantLot, {view(record_), field_, view(paragraph.id.op), le32(paragraph.id.index),
                                                view(mutation.author)});
      ranked.push_back({variant.stale, lot, &mutation, &variant});
    }
    std::sort(ranked.begin(), ranked.end(), [](const RankedVariant& a, const RankedVariant& b) {
      return std::tie(a.stale, a.lot, a.mutation->device, a.mutation->id) <
             std::tie(b.stale, b.lot, b.mutation->device, b.mutation->id);
    });
    std::map<std::string, std::size_t> texts;
    for (const auto& next : ranked) {
      const auto [place, fresh] = texts.try_emplace(next.variant->text, paragraph.variants.size());
      const auto id = next.variant->id;
      if (fresh) {
        paragraph.variants.push_back(std::move(*next.variant));
      } else {
        auto& edits = paragraph.variants[place->second].edits;
        edits.insert(edits.end(), next.variant->edits.begin(), next.variant->edits.end());
        sort_once(edits);
      }
      paragraph.variants[place->second].same.push_back(id);
    }
    for (auto& variant : paragraph.variants) sort_once(variant.same);
  }

  const RecordId& record_;
  ByteView field_;
  std::vector<KnownMutation> known_;  // ascending by id
  std::vector<Child> children_;       // ascending
  std::vector<Cut> cuts_;             // ascending
};

}  // namespace

TextFold fold_text(const RecordId& record, ByteView field, std::span<const TextMutation> applying) {
  return TextFolder(record, field, applying).fold();
}

std::string plain_text(const TextFold& fold) {
  std::string text;
  for (std::size_t i = 0; i < fold.paragraphs.size(); ++i) {
    if (i > 0) text += '\n';
    text += fold.paragraphs[i].variants.front().text;
  }
  return text;
}

}  // namespace kiem
