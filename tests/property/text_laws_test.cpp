// The laws of texts (DESIGN D3): the fold beside its model on arbitrary mutations, and what people who edit apart may
// count on.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "core/crdt/text_undo.hpp"
#include "core/crdt/words.hpp"
#include "core/crdt/words_diff.hpp"
#include "tests/property/law.hpp"
#include "tests/support/text_author.hpp"
#include "tests/support/text_model.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::string_view kTexts[] = {"", "a", "a b", "a b c ", " a", "b  c", "x\ny", "\xC3\xA9t\xC3\xA9 d"};
constexpr std::string_view kWords[] = {"de", "tuin", "is", "open", "op", "zaterdag", "\xC3\xA9n", "koffie"};

// Anything that decodes: references to what is absent, to itself, in circles, to other kinds; numbers out of range.
std::vector<TextMutation> draw_mutations() {
  std::vector<TextMutation> all;
  const int count = draw(18);
  const auto some = [&] {
    std::vector<MutationId> ids;
    for (int i = draw(4); i > 0; --i) ids.push_back(mutation(number(count + 1)));
    return ids;
  };
  for (int i = 0; i < count; ++i) {
    TextMutation one;
    one.id = mutation(static_cast<std::uint64_t>(i));
    one.kind = i < 2 ? TextKind::add : static_cast<TextKind>(draw(6));
    one.author = person(number(3));
    one.device = device(number(3));
    if (!one_in(5)) one.text = kTexts[place(std::size(kTexts))];
    if (one_in(2)) one.supersedes = some();
    if (!one_in(3)) one.element = mutation(number(one_in(2) ? 2 : count + 1));
    if (!one_in(3)) one.words = some();
    for (int j = draw(5); j > 0; --j) one.numbers.push_back(one_in(9) ? UINT64_MAX - number(2) : number(4));
    all.push_back(one);
  }
  return all;
}

std::string draw_line() {
  std::string line;
  for (int i = draw(6); i > 0; --i) {
    line += kWords[place(std::size(kWords))];
    line += one_in(6) ? "  " : one_in(9) ? "\t" : " ";
  }
  if (one_in(8)) line.insert(0, " ");
  return line;
}
std::string draw_text() {
  std::string text = draw_line();
  for (int i = draw(4); i > 0; --i) text += "\n" + draw_line();
  return text;
}

// What a person makes of a text: some lines and words changed, dropped, added, moved.
std::string draw_change(const std::string& text) {
  if (one_in(12)) return draw_text();
  std::vector<std::string> lines;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  for (int i = draw(3) + 1; i > 0; --i) {
    if (lines.empty()) lines.emplace_back();
    auto& line = lines[place(lines.size())];
    const auto words = words_of(line);
    std::string changed;
    switch (draw(7)) {
      case 0:
        lines.insert(lines.begin() + draw(static_cast<int>(lines.size()) + 1), draw_line());
        break;
      case 1:
        lines.erase(lines.begin() + draw(static_cast<int>(lines.size())));
        break;
      case 2:
        std::swap(line, lines[place(lines.size())]);
        break;
      case 3:
        line = draw_line();
        break;
      default: {
        const auto at = words.empty() ? 0 : place(words.size());
        const auto what = draw(4);
        for (std::size_t word = 0; word < words.size(); ++word) {
          if (word != at || what == 0) changed += words[word];
          if (word == at && what > 1) changed += std::string(kWords[place(std::size(kWords))]) + " ";
        }
        if (what == 0) changed += std::string(" ") + std::string(kWords[place(std::size(kWords))]);
        line = changed;
      }
    }
  }
  std::string changed;
  for (std::size_t i = 0; i < lines.size(); ++i) changed += (i > 0 ? "\n" : "") + lines[i];
  return changed;
}

// Three laptops that edit and meet.
struct Village {
  TextWorld world;
  std::vector<TextLaptop> laptops{{world, 0}, {world, 1}, {world, 2}};

  void live(int steps) {
    for (int i = 0; i < steps; ++i) {
      auto& one = laptops[place(3)];
      if (one_in(3)) {
        auto& other = laptops[place(3)];
        if (&one != &other) one.meet(other);
      } else {
        one.edit(draw_change(one.text()));
      }
    }
  }
  std::vector<TextMutation> all() const { return {world.all().begin(), world.all().end()}; }
};

TextFold fold(const std::vector<TextMutation>& mutations) { return fold_text(record(1), view("text"), mutations); }

std::vector<std::string> words_in_order(const std::string& text) {
  std::vector<std::string> words;
  for (const auto word : words_of(text)) words.emplace_back(core_of(word));
  return words;
}

}  // namespace

TEST_CASE("words joined are the text again, and are cut as the model cuts them") {
  CHECK(law("words", [] {
    std::string text;
    for (int i = draw(12); i > 0; --i) text += " \t\n\rab\xC3\xA9\xA0"[place(9)];
    const auto words = words_of(text);
    const auto expected = model_words(text);
    RC_ASSERT(std::equal(words.begin(), words.end(), expected.begin(), expected.end()));
    std::string joined;
    for (const auto word : words) joined += word;
    RC_ASSERT(joined == text);
    RC_ASSERT(show_words(words) == core_of(text));
  }));
}

TEST_CASE("what stayed of a sequence is a longest common subsequence") {
  CHECK(law("longest", [] {
    std::string a;
    std::string b;
    for (int i = draw(10); i > 0; --i) a += "abc"[place(3)];
    for (int i = draw(10); i > 0; --i) b += "abc"[place(3)];
    const auto kept = kept_in_order(a.size(), b.size(), 100, [&](auto i, auto j) { return a[i] == b[j]; });
    std::vector<std::vector<std::size_t>> longest(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        longest[i + 1][j + 1] = a[i] == b[j] ? longest[i][j] + 1 : std::max(longest[i][j + 1], longest[i + 1][j]);
      }
    }
    RC_ASSERT(kept.size() == longest.back().back());
    const auto bounded = kept_in_order(a.size(), b.size(), place(4), [&](auto i, auto j) { return a[i] == b[j]; });
    for (const auto* found : {&kept, &bounded}) {
      for (std::size_t i = 0; i < found->size(); ++i) {
        RC_ASSERT(a[(*found)[i].first] == b[(*found)[i].second]);
        if (i > 0)
          RC_ASSERT(((*found)[i - 1].first < (*found)[i].first && (*found)[i - 1].second < (*found)[i].second));
      }
    }
  }));
}

TEST_CASE("a text of arbitrary mutations is what the model says, in any order, repeated or not") {
  CHECK(law("text", [] {
    auto mutations = draw_mutations();
    const TextModel model(record(1), view("text"), mutations);
    RC_ASSERT(agrees(fold(mutations), model));
    shuffle_and_repeat(mutations);
    RC_ASSERT(agrees(fold(mutations), model));
  }));
}

TEST_CASE("the edits made of a change, beside what was there, give exactly the text that was asked") {
  CHECK(law("edit", [] {
    Village village;
    village.live(draw(12));
    auto& one = village.laptops[0];
    for (int i = draw(3) + 1; i > 0; --i) {
      const auto wanted = one_in(4) ? draw_text() : draw_change(one.text());
      one.edit(wanted);
      RC_ASSERT(one.text() == normal_text(wanted));
      RC_ASSERT(diff_text(one.fold(), wanted, device(0), 1).empty());
    }
    RC_ASSERT(agrees(one.fold(), TextModel(record(1), view("text"), one.have())));
  }));
}

TEST_CASE("the edits made of a change beside arbitrary mutations give exactly the text too, and fit their limits") {
  CHECK(law("edit, hostile", [] {
    TextWorld world(1000);
    TextLaptop one(world, 1);
    one.take(draw_mutations());
    const auto wanted = one_in(2) ? draw_text() : draw_change(one.text());
    const auto edits = diff_text(one.fold(), wanted, device(1), number(1000));
    for (const auto& edit : edits) {
      RC_ASSERT(edit.supersedes.size() <= kSupersededPerEdit);
      RC_ASSERT(edit.words.size() <= kSupersededPerEdit);
      RC_ASSERT(edit.numbers.size() <= 16U);
    }
    one.write(edits);
    const auto shown = one.text();
    RC_ASSERT((shown == normal_text(wanted) || (edits.empty() && shown == normal_text(shown))));
  }));
}

TEST_CASE("no word that somebody wrote goes unseen unless somebody who saw it took it away") {
  CHECK(law("nothing lost", [] {
    Village village;
    village.live(draw(20) + 2);
    const auto all = village.all();
    const auto merged = fold(all);
    RC_ASSERT(merged.waiting.empty());
    std::set<MutationId> gone;
    for (const auto& one : all) {
      if (one.kind != TextKind::move) gone.insert(one.supersedes.begin(), one.supersedes.end());
    }
    std::set<std::pair<MutationId, std::uint32_t>> shown;
    std::set<MutationId> twice;  // variants whose text another one shows
    for (const auto* paragraphs : {&merged.paragraphs, &merged.removed}) {
      for (const auto& paragraph : *paragraphs) {
        for (const auto& variant : paragraph.variants) {
          for (const auto& word : variant.words) {
            if (word.state != TextWordState::dropped) shown.emplace(word.of, word.index);
          }
          if (variant.same.size() > 1) twice.insert(variant.same.begin(), variant.same.end());
        }
      }
    }
    RC_PRE(twice.empty());
    for (const auto& one : all) {
      if (!one.text || gone.contains(one.id)) continue;
      const auto count = static_cast<std::uint32_t>(words_of(*one.text).size());
      for (std::uint32_t i = 0; i < count; ++i) RC_ASSERT(shown.contains({one.id, i}));
    }
  }));
}

TEST_CASE("words typed apart at one place never come to stand among each other, forwards, backwards or both") {
  CHECK(law("no interleaving", [] {
    TextWorld world;
    TextLaptop a(world, 0);
    a.edit("een twee drie vier vijf zes zeven acht negen tien");
    if (one_in(2)) a.edit("een twee drie en nog wat vier vijf zes zeven acht tien");
    TextLaptop b(world, 1);
    b.take(a.have());
    auto words = words_in_order(a.text());
    const auto gap = place(words.size() + 1);
    const auto type = [&](TextLaptop& laptop, char mark) {
      auto mine = words;
      std::size_t from = gap;
      std::size_t to = gap;  // what it typed stands in [from, to)
      for (int i = draw(6) + 1; i > 0; --i) {
        const auto at = one_in(2) ? to : one_in(2) ? from : from + place(to - from + 1);
        const auto run = place(3) + 1;
        for (std::size_t j = 0; j < run; ++j) {
          mine.insert(mine.begin() + static_cast<std::ptrdiff_t>(at),
                      mark + std::to_string(i) + "." + std::to_string(run - j));
        }
        to += run;
        std::string text;
        for (const auto& word : mine) text += word + " ";
        laptop.edit(text);
      }
      mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(to), mine.end());
      mine.erase(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(from));
      return mine;
    };
    const auto typed_a = type(a, 'A');
    const auto typed_b = type(b, 'B');
    a.meet(b);
    RC_ASSERT(a.text() == b.text());
    RC_ASSERT(a.fold().paragraphs.size() == 1U);
    const auto merged = words_in_order(a.text());
    const auto with = [&](const std::vector<std::string>& first, const std::vector<std::string>& second) {
      auto all = words;
      all.insert(all.begin() + static_cast<std::ptrdiff_t>(gap), second.begin(), second.end());
      all.insert(all.begin() + static_cast<std::ptrdiff_t>(gap), first.begin(), first.end());
      return all;
    };
    RC_ASSERT((merged == with(typed_a, typed_b) || merged == with(typed_b, typed_a)));
  }));
}

TEST_CASE("edits of different words, made apart, both stand, whether in one paragraph or in two") {
  CHECK(law("both stand", [] {
    TextWorld world;
    TextLaptop a(world, 0);
    std::vector<std::vector<std::string>> lines(3, std::vector<std::string>(6));
    const auto joined = [](const std::vector<std::vector<std::string>>& of) {
      std::string text;
      for (const auto& line : of) {
        if (&line != &of.front()) text += '\n';
        std::string words;
        for (const auto& word : line) words += word.empty() ? "" : word + " ";
        text += core_of(words);
      }
      return text;
    };
    for (std::size_t i = 0; i < 18; ++i) lines[i / 6][i % 6] = "w" + std::to_string(i);
    a.edit(joined(lines));
    TextLaptop b(world, 1);
    b.take(a.have());
    const auto first = place(18);
    const auto second = (first + 1 + place(17)) % 18;
    auto expected = lines;
    const auto change = [&](TextLaptop& laptop, std::size_t at, const std::string& mark) {
      auto mine = lines;
      auto& word = mine[at / 6][at % 6];
      word = one_in(3) ? "" : one_in(2) ? mark : word + " " + mark;
      expected[at / 6][at % 6] = word;
      laptop.edit(joined(mine));
      RC_ASSERT(laptop.text() == joined(mine));
    };
    change(a, first, "A");
    change(b, second, "B");
    a.meet(b);
    RC_ASSERT(a.text() == joined(expected));
    RC_ASSERT(a.fold().removed.empty());
  }));
}

TEST_CASE("rewrites made apart are shown one beside the other, each whole, and choosing settles it") {
  CHECK(law("variants", [] {
    TextWorld world;
    TextLaptop a(world, 0);
    a.edit("een twee drie");
    TextLaptop b(world, 1);
    b.take(a.have());
    a.edit("vier vijf " + draw_line() + " zes");
    b.edit("zeven acht negen " + draw_line() + " tien");
    const std::set<std::string> both{a.text(), b.text()};
    a.meet(b);
    const auto merged = a.fold();
    RC_ASSERT(merged.paragraphs.size() == 1U);
    RC_ASSERT(merged.paragraphs[0].variants.size() == 2U);
    std::set<std::string> shown;
    for (const auto& variant : merged.paragraphs[0].variants) shown.insert(variant.text);
    RC_ASSERT(shown == both);
    const auto chosen = place(2);
    b.write(choose_variant(merged.paragraphs[0], chosen));
    RC_ASSERT(!b.fold().paragraphs[0].conflict());
    RC_ASSERT(b.text() == merged.paragraphs[0].variants[chosen].text);
  }));
}

TEST_CASE("an edit that nobody wrote over is taken back to exactly the text before, and that again") {
  CHECK(law("undo", [] {
    TextWorld world;
    TextLaptop a(world, 1), b(world, 2);
    a.edit(draw_text());
    a.meet(b);
    if (one_in(2)) a.edit(draw_text());
    if (one_in(2)) b.edit(draw_text());
    a.meet(b);
    const auto before = a.fold();
    const auto was = a.text();
    a.edit(draw_text());
    const auto after = a.fold();
    const auto became = a.text();
    const auto undo = undo_text(before, after, after);
    RC_ASSERT(undo.left.empty());
    a.write(undo.edits);
    RC_ASSERT(a.text() == was);
    RC_ASSERT(undo.restored.empty() == (was == became));
    const auto undone = a.fold();
    a.write(undo_text(after, undone, undone).edits);
    RC_ASSERT(a.text() == became);
  }));
}

TEST_CASE(
    "taking back an edit leaves every paragraph as it is that the edit did not change or somebody changed since") {
  CHECK(law("undo beside others", [] {
    TextWorld world;
    TextLaptop a(world, 1), b(world, 2);
    a.edit(draw_text());
    a.meet(b);
    const auto before = a.fold();
    a.edit(draw_text());
    const auto after = a.fold();
    if (one_in(2)) b.edit(draw_text());  // apart
    a.meet(b);
    if (one_in(2)) b.edit(draw_text());  // since
    a.meet(b);
    const auto now = a.fold();
    const auto undo = undo_text(before, after, now);
    a.write(undo.edits);
    const auto undone = a.fold();
    const auto find = [](const TextFold& fold, const MutationId& id) {
      const auto found = std::find_if(fold.paragraphs.begin(), fold.paragraphs.end(),
                                      [&](const TextParagraph& each) { return each.id == id; });
      return found == fold.paragraphs.end() ? std::optional<std::string>{} : found->variants.front().text;
    };
    std::size_t changed = 0;
    for (const auto& paragraph : now.paragraphs) {
      const auto is = find(now, paragraph.id);
      if (find(undone, paragraph.id) == is) continue;
      ++changed;
      RC_ASSERT(find(before, paragraph.id) != find(after, paragraph.id));
      RC_ASSERT(is == find(after, paragraph.id));
      RC_ASSERT(find(undone, paragraph.id) == find(before, paragraph.id));
    }
    RC_ASSERT(changed <= undo.restored.size());
    b.take(a.have());
    RC_ASSERT(b.text() == a.text());
  }));
}

TEST_CASE("a run whose text was dropped keeps the order of all words around it") {
  CHECK(law("dropped", [] {
    Village village;
    village.live(draw(14) + 2);
    auto mutations = village.all();
    const auto order = [](const TextFold& of, const std::set<MutationId>& without) {
      std::vector<std::tuple<MutationId, MutationId, std::uint32_t>> words;
      for (const auto& paragraph : of.paragraphs) {
        for (const auto& variant : paragraph.variants) {
          for (const auto& word : variant.words) {
            if (!without.contains(word.of)) words.emplace_back(variant.id, word.of, word.index);
          }
        }
      }
      return words;
    };
    std::set<MutationId> dropped;
    auto less = mutations;
    for (auto& one : less) {
      if (!one.text || !one_in(3)) continue;
      one.text.reset();
      dropped.insert(one.id);
    }
    // Two variants may come to show the same and be told as one, and which is told first is drawn by lot: compare where
    // each is told apart.
    const auto conflict = [](const TextFold& of) {
      return std::any_of(of.paragraphs.begin(), of.paragraphs.end(), [](const TextParagraph& paragraph) {
        return paragraph.conflict() || paragraph.variants.front().same.size() > 1;
      });
    };
    const auto before = fold(mutations);
    const auto after = fold(less);
    RC_PRE(!conflict(before));
    RC_PRE(!conflict(after));
    RC_ASSERT(order(after, dropped) == order(before, dropped));
  }));
}
