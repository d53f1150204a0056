// Lists and texts once more, deliberately naive: every question answered by looking at every mutation, words found by
// recursion, nothing shared with core/crdt but the shapes of inputs and answers. Slow on purpose: for some 20
// mutations.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "core/crdt/list.hpp"
#include "core/crdt/text.hpp"
#include "core/crypto/hash.hpp"

namespace kiem::test {

inline bool model_space(char byte) { return std::string_view(" \t\n\r").find(byte) != std::string_view::npos; }

// Cut where white space ends.
inline std::vector<std::string> model_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 0 || (model_space(text[i - 1]) && !model_space(text[i]))) words.emplace_back();
    words.back() += text[i];
  }
  return words;
}

inline bool has(const std::vector<MutationId>& ids, const MutationId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// The order of positions, said by hand: zeros at the end count for nothing.
inline bool model_before(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const auto x = i < a.size() ? a[i] : 0;
    const auto y = i < b.size() ? b[i] : 0;
    if (x != y) return x < y;
  }
  return false;
}

struct ModelItem {
  MutationId id;
  std::vector<std::uint64_t> numbers;
  std::set<MutationId> moves;
};

inline std::vector<ModelItem> model_list(const RecordId& record, ByteView field,
                                         const std::map<MutationId, ListAddition>& additions,
                                         const std::map<MutationId, ListMove>& moves,
                                         const std::set<MutationId>& removed) {
  std::vector<ModelItem> items;
  for (const auto& [id, addition] : additions) {
    if (removed.contains(id)) continue;
    ModelItem item{id, addition.position, {}};
    std::optional<std::tuple<Hash32, DeviceId, MutationId>> best;
    for (const auto& [move_id, move] : moves) {
      if (move.element != id) continue;
      bool live = true;
      for (const auto& [other_id, other] : moves) {
        if (other_id != move_id && other.element == id && has(other.supersedes, move_id)) live = false;
      }
      if (!live) continue;
      item.moves.insert(move_id);
      const std::tuple lot{
          hash_of("kiem.move.0", {view(record), field, view(id.op), le32(id.index), view(move.author)}), move.device,
          move_id};
      if (best && *best < lot) continue;
      best = lot;
      item.numbers = move.position;
    }
    // Put where it belongs among those that are there.
    auto place = items.begin();
    while (place != items.end() && (model_before(place->numbers, item.numbers) ||
                                    (!model_before(item.numbers, place->numbers) && place->id < id))) {
      ++place;
    }
    items.insert(place, item);
  }
  return items;
}

class TextModel {
 public:
  struct Word {
    MutationId of;
    std::size_t index;
    std::string text;
    TextWordState state;
  };
  struct Variant {
    MutationId id;
    std::set<MutationId> same;
    bool stale = false;
    std::string text;
    std::vector<Word> words;
    std::set<MutationId> edits;
  };
  struct Paragraph {
    MutationId id;
    std::vector<Variant> variants;
    std::set<MutationId> work;
  };

  std::vector<Paragraph> paragraphs;
  std::vector<Paragraph> removed;
  std::set<MutationId> waiting;

  TextModel(const RecordId& record, ByteView field, const std::vector<TextMutation>& applying)
      : record_(record), field_(field) {
    for (const auto& one : applying) all_.emplace(one.id, one);
    std::map<MutationId, ListAddition> additions;
    std::map<MutationId, ListMove> moves;
    for (const auto& [id, one] : all_) {
      if (one.kind == TextKind::add) additions[id] = {id, {}, one.numbers, one.device};
      if (one.kind == TextKind::move && one.element) {
        moves[id] = {id, *one.element, one.numbers, one.author, one.device, one.supersedes};
      }
    }
    std::set<MutationId> placed;
    for (const auto& item : model_list(record, field, additions, moves, {})) tell(item.id, placed);
    for (const auto& [id, one] : all_) {
      if (one.kind == TextKind::insert_words && !placed.contains(id)) waiting.insert(id);
      if (one.kind == TextKind::rewrite && !paragraph_of(one)) waiting.insert(id);
    }
  }

 private:
  [[nodiscard]] const TextMutation* get(const MutationId& id) const {
    const auto found = all_.find(id);
    return found == all_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::optional<MutationId> paragraph_of(const TextMutation& one) const {
    if (one.kind == TextKind::add) return one.id;
    if (one.kind != TextKind::rewrite || !one.element) return std::nullopt;
    const auto* paragraph = get(*one.element);
    if (paragraph == nullptr || paragraph->kind != TextKind::add) return std::nullopt;
    return paragraph->id;
  }
  [[nodiscard]] bool removed_by_removal(const MutationId& id) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& other) {
      return other.second.kind == TextKind::remove && other.first != id && has(other.second.supersedes, id);
    });
  }
  [[nodiscard]] bool rewritten(const MutationId& id, const MutationId& paragraph) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& other) {
      return other.second.kind == TextKind::rewrite && other.first != id && paragraph_of(other.second) == paragraph &&
             has(other.second.supersedes, id);
    });
  }
  [[nodiscard]] bool seen(const MutationId& id) const {
    return removed_by_removal(id) || std::any_of(all_.begin(), all_.end(), [&](const auto& other) {
             return other.second.kind == TextKind::rewrite && other.first != id && paragraph_of(other.second) &&
                    has(other.second.supersedes, id);
           });
  }

  struct Place {
    MutationId run;
    std::uint64_t index;
    bool behind;
    auto operator<=>(const Place&) const = default;
  };
  [[nodiscard]] std::optional<Place> place_of(const TextMutation& insertion) const {
    if (!insertion.words.empty()) {
      const auto index = insertion.numbers.empty() ? 0 : insertion.numbers[0];
      return Place{insertion.words[0], index, insertion.numbers.size() < 2 || insertion.numbers[1] != 1};
    }
    if (!insertion.element) return std::nullopt;
    const auto* variant = get(*insertion.element);
    if (variant == nullptr || !paragraph_of(*variant)) return std::nullopt;
    return Place{*insertion.element, 0, false};
  }

  void runs_at(const Place& place, std::vector<Word>& words, std::set<MutationId>& runs) const {
    for (const auto& [id, one] : all_) {
      if (one.kind == TextKind::insert_words && place_of(one) == place) words_of_run(one, words, runs);
    }
  }
  void words_of_run(const TextMutation& run, std::vector<Word>& words, std::set<MutationId>& runs) const {
    runs.insert(run.id);
    std::set<std::uint64_t> anchors;  // of runs behind the last word, or among words whose text is gone
    const auto own = run.text ? model_words(*run.text) : std::vector<std::string>{""};
    for (const auto& [id, one] : all_) {
      if (one.kind != TextKind::insert_words) continue;
      const auto place = place_of(one);
      if (place && place->run == run.id && place->index >= own.size()) anchors.insert(place->index);
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      runs_at({run.id, i, false}, words, runs);
      words.push_back({run.id, i, own[i],
                       !run.text           ? TextWordState::dropped
                       : is_cut(run.id, i) ? TextWordState::cut
                                           : TextWordState::shown});
      runs_at({run.id, i, true}, words, runs);
    }
    for (const auto index : anchors) {
      runs_at({run.id, index, false}, words, runs);
      runs_at({run.id, index, true}, words, runs);
    }
  }
  static bool cuts(const TextMutation& cut, const MutationId& run, std::uint64_t index) {
    if (cut.kind != TextKind::cut_words) return false;
    for (std::size_t i = 0; i < cut.words.size() && 2 * i + 1 < cut.numbers.size(); ++i) {
      const auto start = cut.numbers[2 * i];
      if (cut.words[i] == run && index >= start && index - start < cut.numbers[2 * i + 1]) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_cut(const MutationId& run, std::uint64_t index) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& one) { return cuts(one.second, run, index); });
  }

  void tell(const MutationId& id, std::set<MutationId>& placed) {
    Paragraph paragraph{id, {}, {}};
    const bool is_removed = removed_by_removal(id);
    std::map<std::tuple<bool, Hash32, DeviceId, MutationId>, Variant> ranked;
    for (const auto& [variant_id, one] : all_) {
      if (paragraph_of(one) != id) continue;
      Variant variant{variant_id, {}, rewritten(variant_id, id) || (is_removed && removed_by_removal(variant_id)),
                      {},         {}, {}};
      std::set<MutationId> runs;
      words_of_run(one, variant.words, runs);
      placed.insert(runs.begin(), runs.end());
      bool keeps = !variant.stale;
      for (const auto& entry : all_) {
        const auto& edit_id = entry.first;
        const auto& edit = entry.second;
        const bool inserts = edit.kind == TextKind::insert_words && runs.contains(edit_id);
        const bool takes = std::any_of(variant.words.begin(), variant.words.end(), [&](const Word& word) {
          return word.state != TextWordState::dropped && cuts(edit, word.of, word.index);
        });
        if ((!inserts && !takes) || seen(edit_id)) continue;
        variant.edits.insert(edit_id);
        if (inserts) paragraph.work.insert(edit_id);
        keeps = keeps || inserts || !is_removed;
      }
      if (variant_id != id && !seen(variant_id)) paragraph.work.insert(variant_id);
      if (!keeps) continue;
      variant.text = shown(variant.words);
      const auto lot =
          hash_of("kiem.variant.0", {view(record_), field_, view(id.op), le32(id.index), view(one.author)});
      ranked[{variant.stale, lot, one.device, variant_id}] = variant;
    }
    for (const auto& [rank, variant] : ranked) {
      const auto equal = std::find_if(paragraph.variants.begin(), paragraph.variants.end(),
                                      [text = variant.text](const Variant& other) { return other.text == text; });
      auto& into = equal == paragraph.variants.end() ? paragraph.variants.emplace_back(variant) : *equal;
      into.same.insert(variant.id);
      into.edits.insert(variant.edits.begin(), variant.edits.end());
    }
    if (!paragraph.variants.empty()) (is_removed ? removed : paragraphs).push_back(paragraph);
  }

  static std::string shown(const std::vector<Word>& words) {
    std::string text;
    for (const auto& word : words) {
      if (word.state != TextWordState::shown) continue;
      if (!text.empty() && !model_space(text.back())) text += ' ';
      text += word.text;
    }
    while (!text.empty() && model_space(text.back())) text.pop_back();
    return text;
  }

  RecordId record_;
  ByteView field_;
  std::map<MutationId, TextMutation> all_;
};

// Whether a fold says what the model says.
inline bool agrees(const TextFold& fold, const TextModel& model) {
  const auto same_ids = [](const std::vector<MutationId>& ids, const std::set<MutationId>& expected) {
    return ids == std::vector<MutationId>(expected.begin(), expected.end());
  };
  const auto same_word = [](const TextWord& word, const TextModel::Word& expected) {
    return word.of == expected.of && word.index == expected.index && word.text == expected.text &&
           word.state == expected.state;
  };
  const auto same_variant = [&](const TextVariant& variant, const TextModel::Variant& expected) {
    return variant.id == expected.id && same_ids(variant.same, expected.same) && variant.stale == expected.stale &&
           variant.text == expected.text && same_ids(variant.edits, expected.edits) &&
           std::equal(variant.words.begin(), variant.words.end(), expected.words.begin(), expected.words.end(),
                      same_word);
  };
  const auto same_paragraph = [&](const TextParagraph& paragraph, const TextModel::Paragraph& expected) {
    return paragraph.id == expected.id && same_ids(paragraph.work, expected.work) &&
           std::equal(paragraph.variants.begin(), paragraph.variants.end(), expected.variants.begin(),
                      expected.variants.end(), same_variant);
  };
  const auto same_paragraphs = [&](const auto& paragraphs, const auto& expected) {
    return std::equal(paragraphs.begin(), paragraphs.end(), expected.begin(), expected.end(), same_paragraph);
  };
  return same_paragraphs(fold.paragraphs, model.paragraphs) && same_paragraphs(fold.removed, model.removed) &&
         same_ids(fold.waiting, model.waiting);
}

}  // namespace kiem::test
