#include "core/crdt/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/crypto/hash.hpp"
#include "tests/support/text_author.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

TextMutation act(std::uint64_t number, TextKind kind) {
  TextMutation one;
  one.id = mutation(number);
  one.kind = kind;
  one.author = person(number);
  one.device = device(number);
  return one;
}
TextMutation paragraph(std::uint64_t number, std::string_view text, std::uint64_t position = 1) {
  auto one = act(number, TextKind::add);
  one.text = text;
  one.numbers = {position};
  return one;
}
TextMutation insertion(std::uint64_t number, std::string_view text, std::uint64_t anchor,
                       std::vector<std::uint64_t> numbers) {
  auto one = act(number, TextKind::insert_words);
  one.text = text;
  one.words = {mutation(anchor)};
  one.numbers = std::move(numbers);
  return one;
}
TextMutation at_start(std::uint64_t number, std::string_view text, std::uint64_t variant) {
  auto one = act(number, TextKind::insert_words);
  one.text = text;
  one.element = mutation(variant);
  return one;
}
TextMutation cut(std::uint64_t number, std::uint64_t run, std::vector<std::uint64_t> numbers) {
  auto one = act(number, TextKind::cut_words);
  one.words = {mutation(run)};
  one.numbers = std::move(numbers);
  return one;
}
TextMutation rewritten(std::uint64_t number, std::string_view text, std::uint64_t of,
                       std::vector<MutationId> supersedes) {
  auto one = act(number, TextKind::rewrite);
  one.text = text;
  one.element = mutation(of);
  one.supersedes = std::move(supersedes);
  return one;
}
TextMutation removal(std::uint64_t number, std::vector<MutationId> supersedes) {
  auto one = act(number, TextKind::remove);
  one.supersedes = std::move(supersedes);
  return one;
}

TextFold folded(const std::vector<TextMutation>& mutations) { return fold_text(record(1), view("text"), mutations); }
std::string told(const std::vector<TextMutation>& mutations) { return plain_text(folded(mutations)); }

}  // namespace

TEST_CASE("a text without paragraphs is empty, and paragraphs are its lines, by position") {
  CHECK(told({}).empty());
  CHECK(told({paragraph(1, "tweede", 2), paragraph(2, "eerste", 1), paragraph(1, "tweede", 2)}) == "eerste\ntweede");
  CHECK(told({paragraph(1, "")}).empty());
  CHECK(told({paragraph(1, "", 1), paragraph(2, "", 2)}) == "\n");
}

TEST_CASE("a moved paragraph stands elsewhere with all that was edited in it") {
  auto move = act(5, TextKind::move);
  move.element = mutation(1);
  move.numbers = {9};
  CHECK(told({paragraph(1, "een", 1), paragraph(2, "twee", 2), insertion(3, "nog", 1, {0}), move}) == "twee\neen nog");
}

TEST_CASE("words go behind or before the word they are anchored at, or at the start") {
  const auto base = paragraph(1, "een twee drie");
  CHECK(told({base, insertion(2, "x ", 1, {0})}) == "een x twee drie");
  CHECK(told({base, insertion(2, "x ", 1, {1, kBeforeWord})}) == "een x twee drie");
  CHECK(told({base, insertion(2, "x ", 1, {2})}) == "een twee drie x");
  CHECK(told({base, insertion(2, "x ", 1, {2, 7})}) == "een twee drie x");
  CHECK(told({base, at_start(2, "x ", 1)}) == "x een twee drie");
  CHECK(told({paragraph(1, ""), at_start(2, "x", 1)}) == "x");
  CHECK(told({base, insertion(2, "x ", 1, {})}) == "een x twee drie");
  CHECK(told({base, insertion(2, "x", 1, {UINT64_MAX})}) == "een twee drie x");
}

TEST_CASE("an insertion without a place, or at one that brings no words, waits and is told") {
  const auto base = paragraph(1, "een");
  auto nowhere = act(2, TextKind::insert_words);
  nowhere.text = "x";
  const auto shown = folded({base, nowhere, cut(3, 1, {9, 9}), insertion(4, "y", 3, {0}), at_start(5, "z", 4)});
  CHECK(plain_text(shown) == "een");
  CHECK(shown.waiting.size() == 3);
}

TEST_CASE("words wait for their anchor, and its own anchor, in whatever order they come") {
  const auto base = paragraph(1, "een");
  const auto first = insertion(2, "twee", 1, {0});
  const auto second = insertion(3, "drie", 2, {0});
  const auto waiting = folded({base, second});
  CHECK(plain_text(waiting) == "een");
  CHECK(waiting.waiting == std::vector{mutation(3)});
  CHECK(folded({first, second}).waiting.size() == 2);
  CHECK(told({second, first, base}) == "een twee drie");
}

TEST_CASE("runs that hang from each other in a circle are never shown and end nothing") {
  const auto shown =
      folded({paragraph(1, "een"), insertion(2, "a", 3, {0}), insertion(3, "b", 2, {0}), insertion(4, "c", 4, {0})});
  CHECK(plain_text(shown) == "een");
  CHECK(shown.waiting.size() == 3);
}

TEST_CASE("a cut takes words out, waits for words that are not here, and reaches no further than they go") {
  const auto base = paragraph(1, "een twee drie vier");
  CHECK(told({base, cut(2, 1, {1, 2})}) == "een vier");
  CHECK(told({base, cut(2, 1, {0, 1}), cut(3, 1, {3, UINT64_MAX})}) == "twee drie");
  CHECK(told({base, cut(2, 1, {2, 2}), cut(3, 1, {1, 2})}) == "een");
  CHECK(told({base, cut(2, 1, {4, 1}), cut(3, 1, {UINT64_MAX, 5}), cut(4, 1, {1, 0}), cut(5, 1, {1})}) ==
        "een twee drie vier");
  const auto more = insertion(6, "x y", 1, {3});
  CHECK(told({base, cut(7, 6, {0, 1})}) == "een twee drie vier");
  CHECK(told({base, cut(7, 6, {0, 1}), more}) == "een twee drie vier y");
}

TEST_CASE("one cut may name several runs, each with its own words") {
  auto both = act(9, TextKind::cut_words);
  both.words = {mutation(1), mutation(2)};
  both.numbers = {0, 1, 1, 1};
  CHECK(told({paragraph(1, "een twee "), insertion(2, "drie vier", 1, {1}), both}) == "twee drie");
}

TEST_CASE("what was anchored at a cut word keeps its place") {
  const auto base = paragraph(1, "een twee drie");
  CHECK(told({base, cut(2, 1, {1, 1}), insertion(3, "x ", 1, {1})}) == "een x drie");
}

TEST_CASE("a dropped run shows nothing, and what was anchored in it keeps its order and its place") {
  auto dropped = insertion(2, "a b c ", 1, {0});
  const std::vector<TextMutation> anchored{paragraph(1, "een twee"), insertion(3, "na-a ", 2, {0}),
                                           insertion(4, "na-c ", 2, {2}), insertion(5, "voor-a ", 2, {0, kBeforeWord}),
                                           insertion(6, "voor-b ", 2, {1, kBeforeWord})};
  auto all = anchored;
  all.push_back(dropped);
  CHECK(told(all) == "een voor-a a na-a voor-b b c na-c twee");
  all.back().text.reset();
  CHECK(told(all) == "een voor-a na-a voor-b na-c twee");
  const auto shown = folded(all);
  const auto& words = shown.paragraphs[0].variants[0].words;
  CHECK(std::count_if(words.begin(), words.end(),
                      [](const TextWord& word) { return word.state == TextWordState::dropped; }) == 1);
}

TEST_CASE("a paragraph whose text was dropped is an empty line that can be written in") {
  TextWorld world(100);
  TextLaptop laptop(world, 1);
  auto dropped = paragraph(1, "");
  dropped.text.reset();
  laptop.take({dropped, paragraph(2, "twee", 2)});
  CHECK(laptop.text() == "\ntwee");
  laptop.edit("een\ntwee");
  CHECK(laptop.text() == "een\ntwee");
}

TEST_CASE("a rewrite takes the place of what it saw, with the edits that it saw") {
  const auto base = paragraph(1, "een twee");
  const auto edit = insertion(2, "drie", 1, {1});
  const auto shown = folded({base, edit, rewritten(3, "nieuw", 1, {mutation(1), mutation(2)})});
  REQUIRE(shown.paragraphs.size() == 1);
  REQUIRE(shown.paragraphs[0].variants.size() == 1);
  CHECK(shown.paragraphs[0].variants[0].id == mutation(3));
  CHECK(shown.paragraphs[0].variants[0].text == "nieuw");
}

TEST_CASE("a superseded text is told beside its rewrite while an edit in it was not seen") {
  const auto base = paragraph(1, "een twee");
  const auto rewrite = rewritten(3, "nieuw", 1, {mutation(1)});
  for (const auto& edit : {insertion(2, "drie", 1, {1}), cut(2, 1, {0, 1})}) {
    const auto shown = folded({base, edit, rewrite});
    REQUIRE(shown.paragraphs[0].conflict());
    CHECK(shown.paragraphs[0].variants[0].text == "nieuw");
    CHECK_FALSE(shown.paragraphs[0].variants[0].stale);
    CHECK(shown.paragraphs[0].variants[1].stale);
    CHECK(shown.paragraphs[0].variants[1].edits == std::vector{mutation(2)});
  }
}

TEST_CASE("rewrites made apart stand side by side, ordered by the lot of paragraph and person") {
  const auto lot = [](std::uint64_t author) {
    return hash_of(kTagVariantLot,
                   {view(record(1)), view("text"), view(mutation(1).op), le32(0), view(person(author))});
  };
  const auto base = paragraph(1, "een");
  for (std::uint64_t other = 3; other < 20; ++other) {
    const auto shown = folded({base, rewritten(2, "a", 1, {mutation(1)}), rewritten(other, "b", 1, {mutation(1)})});
    REQUIRE(shown.paragraphs[0].variants.size() == 2);
    CHECK(shown.paragraphs[0].variants[0].text == (lot(2) < lot(other) ? "a" : "b"));
  }
  auto a = rewritten(2, "a", 1, {mutation(1)});
  auto b = rewritten(3, "b", 1, {mutation(1)});
  b.author = a.author;
  CHECK(told({base, a, b}) == (a.device < b.device ? "a" : "b"));
  b.device = a.device;
  CHECK(told({base, a, b}) == (a.id < b.id ? "a" : "b"));
}

TEST_CASE("the same text written twice is no conflict, whatever words it is made of") {
  const auto shown = folded({paragraph(1, "een"), rewritten(2, "zelfde tekst", 1, {mutation(1)}),
                             rewritten(3, "zelfde ", 1, {mutation(1)}), insertion(4, "tekst", 3, {0})});
  REQUIRE(shown.paragraphs[0].variants.size() == 1);
  CHECK(shown.paragraphs[0].variants[0].same.size() == 2);
  CHECK(shown.paragraphs[0].variants[0].edits == std::vector{mutation(4)});
}

TEST_CASE("a rewrite reaches no other paragraph, and one whose paragraph is not here waits") {
  const auto shown =
      folded({paragraph(1, "een", 1), paragraph(2, "twee", 2), rewritten(3, "nieuw", 1, {mutation(1), mutation(2)}),
              rewritten(4, "later", 9, {mutation(1), mutation(2)})});
  CHECK(plain_text(shown) == "nieuw\ntwee");
  CHECK(shown.waiting == std::vector{mutation(4)});
}

TEST_CASE("rewrites that supersede each other in a circle leave nothing to show") {
  CHECK(folded({paragraph(1, "een"), rewritten(2, "a", 1, {mutation(1), mutation(3)}),
                rewritten(3, "b", 1, {mutation(2)})})
            .paragraphs.empty());
}

TEST_CASE("a removed paragraph is gone with the work that the remover saw, and told apart with work they did not") {
  const auto base = paragraph(1, "een");
  const auto edit = insertion(2, "twee", 1, {0});
  CHECK(folded({base, removal(5, {mutation(1)})}).paragraphs.empty());
  CHECK(folded({base, removal(5, {mutation(1)})}).removed.empty());
  CHECK(folded({base, edit, removal(5, {mutation(1), mutation(2)})}).removed.empty());
  const auto unseen = folded({base, edit, removal(5, {mutation(1)})});
  CHECK(unseen.paragraphs.empty());
  REQUIRE(unseen.removed.size() == 1);
  CHECK(unseen.removed[0].variants[0].text == "een twee");
  CHECK(unseen.removed[0].work == std::vector{mutation(2)});
  const auto rewritten_unseen = folded({base, rewritten(3, "nieuw", 1, {mutation(1)}), removal(5, {mutation(1)})});
  REQUIRE(rewritten_unseen.removed.size() == 1);
  REQUIRE(rewritten_unseen.removed[0].variants.size() == 1);
  CHECK(rewritten_unseen.removed[0].variants[0].text == "nieuw");
}

TEST_CASE("a cut or a move that the remover did not see keeps nothing") {
  const auto base = paragraph(1, "een twee");
  auto move = act(3, TextKind::move);
  move.element = mutation(1);
  const auto shown = folded({base, cut(2, 1, {0, 1}), move, removal(5, {mutation(1)})});
  CHECK(shown.paragraphs.empty());
  CHECK(shown.removed.empty());
}

TEST_CASE("a removal that names an edit and not its paragraph takes no word away") {
  CHECK(told({paragraph(1, "een"), insertion(2, "twee", 1, {0}), removal(5, {mutation(2)})}) == "een twee");
}

TEST_CASE("a chain of a hundred thousand anchors is walked without recursion, typed forwards or backwards") {
  for (const bool forwards : {true, false}) {
    std::vector<TextMutation> all{paragraph(0, "begin ")};
    for (std::uint64_t i = 1; i <= 100'000; ++i) {
      all.push_back(forwards ? insertion(i, "w ", i - 1, {0}) : insertion(i, "w ", i - 1, {0, kBeforeWord}));
    }
    const auto shown = folded(all);
    REQUIRE(shown.paragraphs.size() == 1);
    CHECK(shown.paragraphs[0].variants[0].words.size() == 100'001);
    CHECK(shown.waiting.empty());
    CHECK(shown.paragraphs[0].variants[0].words[forwards ? 0 : 100'000].of == mutation(0));
  }
}
