#include "core/crdt/text_edits.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/crdt/text_lines.hpp"
#include "tests/support/text_author.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Two {
  TextWorld world;
  TextLaptop a{world, 1};
  TextLaptop b{world, 2};

  explicit Two(std::string_view text) {
    a.edit(text);
    b.take(a.have());
  }
  std::string merged(std::string_view by_a, std::string_view by_b) {
    a.edit(by_a);
    b.edit(by_b);
    CHECK(a.text() == by_a);
    CHECK(b.text() == by_b);
    a.meet(b);
    CHECK(a.text() == b.text());
    return a.text();
  }
};

std::vector<TextKind> kinds_of(const std::vector<TextEdit>& edits) {
  std::vector<TextKind> kinds;
  for (const auto& edit : edits) kinds.push_back(edit.kind);
  return kinds;
}
std::vector<TextEdit> changes(const TextLaptop& laptop, std::string_view text) {
  return diff_text(laptop.fold(), text, device(1), 5);
}

}  // namespace

TEST_CASE("a text is normal without white space at the ends of its lines") {
  CHECK(normal_text("").empty());
  CHECK(normal_text("a \r\n\n b\t\n") == "a\n\n b\n");
  CHECK(lines_of("").size() == 1);
  CHECK(lines_of("a\n").size() == 2);
}

TEST_CASE("the first text of a field is its lines as paragraphs, and the empty text takes all away") {
  TextWorld world;
  TextLaptop one(world, 1);
  CHECK(changes(one, "").empty());
  CHECK(changes(one, " \t").empty());
  one.edit("een \n\ntwee");
  CHECK(one.text() == "een\n\ntwee");
  CHECK(one.fold().paragraphs.size() == 3);
  CHECK(changes(one, "een\n\ntwee").empty());
  one.edit("");
  CHECK(one.fold().paragraphs.empty());
  CHECK(one.fold().removed.empty());
}

TEST_CASE("an added word is one insertion, a word gone one cut, and a word replaced both") {
  const Two two("een twee drie vier");
  CHECK(kinds_of(changes(two.a, "een twee drie vier vijf")) == std::vector{TextKind::insert_words});
  CHECK(kinds_of(changes(two.a, "nul een twee drie vier")) == std::vector{TextKind::insert_words});
  CHECK(kinds_of(changes(two.a, "een drie vier")) == std::vector{TextKind::cut_words});
  CHECK(kinds_of(changes(two.a, "een twee drie")) == std::vector{TextKind::cut_words});
  const auto replaced = changes(two.a, "een TWEE drie vier");
  CHECK(kinds_of(replaced) == std::vector{TextKind::insert_words, TextKind::cut_words});
  CHECK(replaced[0].text == "TWEE ");
  CHECK(replaced[1].numbers == std::vector<std::uint64_t>{1, 1});
}

TEST_CASE("half of the words replaced is an edit, one more is a rewrite") {
  const Two two("een twee drie vier");
  CHECK(kinds_of(changes(two.a, "een twee DRIE VIER")).front() == TextKind::insert_words);
  const auto rewrite = changes(two.a, "een TWEE DRIE VIER");
  CHECK(kinds_of(rewrite) == std::vector{TextKind::rewrite});
  CHECK(rewrite[0].text == "een TWEE DRIE VIER");
  CHECK(rewrite[0].element == two.a.fold().paragraphs[0].id);
  CHECK(rewrite[0].supersedes == std::vector{two.a.fold().paragraphs[0].id});
}

TEST_CASE("two who write behind the last word both get their words, once each") {
  Two two("schoffel meenemen");
  const auto merged = two.merged("schoffel meenemen en handschoenen", "schoffel meenemen graag");
  const bool either =
      merged == "schoffel meenemen en handschoenen graag" || merged == "schoffel meenemen graag en handschoenen";
  CHECK(either);
}

TEST_CASE("two who take the same word out have taken it out once, also the last") {
  CHECK(Two("een twee drie").merged("een twee", "een twee") == "een twee");
  CHECK(Two("een twee drie").merged("een drie", "een drie") == "een drie");
  CHECK(Two("een twee drie").merged("een twee", "een twee drie vier") == "een twee vier");
}

TEST_CASE("edits in different lines both stand, and so do a line added and a line moved") {
  CHECK(Two("een twee drie\nvier vijf zes").merged("een TWEE drie\nvier vijf zes", "een twee drie\nvier vijf ZES") ==
        "een TWEE drie\nvier vijf ZES");
  CHECK(Two("een\ntwee\ndrie").merged("drie\neen\ntwee", "een\ntwee\ndrie\nvier") == "drie\neen\ntwee\nvier");
}

TEST_CASE("a line that went elsewhere is moved, not written again") {
  const Two two("een\ntwee\ndrie");
  CHECK(kinds_of(changes(two.a, "drie\neen\ntwee")) == std::vector{TextKind::move});
  const Two twice("een\neen\ntwee\ndrie\nvier");
  CHECK(kinds_of(changes(twice.a, "twee\ndrie\nvier\neen\neen")) == std::vector{TextKind::move, TextKind::move});
  // An empty line has nothing to keep.
  const Two empty("\ntwee\ndrie");
  CHECK(kinds_of(changes(empty.a, "twee\ndrie\n")) == std::vector{TextKind::add, TextKind::remove});
}

TEST_CASE("lines that share half of their words are the same line edited, in whatever company they stand") {
  const Two two("een twee drie vier\nvijf zes zeven acht");
  const auto kinds = kinds_of(changes(two.a, "nieuw\neen twee drie VIER\nook nieuw\nvijf ZES zeven acht"));
  CHECK(std::count(kinds.begin(), kinds.end(), TextKind::add) == 2);
  CHECK(std::count(kinds.begin(), kinds.end(), TextKind::insert_words) == 2);
  CHECK(std::count(kinds.begin(), kinds.end(), TextKind::cut_words) == 2);
  CHECK(std::count(kinds.begin(), kinds.end(), TextKind::remove) == 0);
}

TEST_CASE("lines are alike that share half of the words of both, and no less") {
  const Two two("een twee\nvoet");
  CHECK(kinds_of(changes(two.a, "nieuw\neen drie\nvoet")) ==
        std::vector{TextKind::add, TextKind::insert_words, TextKind::cut_words});
  CHECK(kinds_of(changes(two.a, "nieuw\neen drie vier\nvoet")) ==
        std::vector{TextKind::add, TextKind::add, TextKind::remove});
}

TEST_CASE("as many lines replaced as there were are rewritten, another number is taken out and added") {
  const Two two("kop\neen twee\nvoet");
  CHECK(kinds_of(changes(two.a, "kop\niets anders\nvoet")) == std::vector{TextKind::rewrite});
  CHECK(kinds_of(changes(two.a, "kop\niets anders\nen nog iets\nvoet")) ==
        std::vector{TextKind::add, TextKind::add, TextKind::remove});
  CHECK(kinds_of(changes(two.a, "kop\nvoet")) == std::vector{TextKind::remove});
}

TEST_CASE("a removal names the work it saw, and removing again settles what it had not seen") {
  Two two("een twee drie\nvier");
  two.a.edit("een twee drie nul\nvier");
  const auto removal = changes(two.a, "vier");
  REQUIRE(kinds_of(removal) == std::vector{TextKind::remove});
  CHECK(removal[0].supersedes.size() == 2);
  two.a.edit("vier");
  two.b.edit("een twee drie vijf\nvier");
  two.a.meet(two.b);
  CHECK(two.a.text() == "vier");
  REQUIRE(two.a.fold().removed.size() == 1);
  CHECK(two.a.fold().removed[0].variants[0].text.find("vijf") != std::string::npos);
  two.a.write(remove_paragraph(two.a.fold().removed[0]));
  CHECK(two.a.fold().removed.empty());
}

TEST_CASE("an edit in one of several variants leaves the others to choose from, and choosing ends it") {
  Two two("een twee drie");
  two.a.edit("vier vijf zes");
  two.b.edit("zeven acht negen");
  two.a.meet(two.b);
  two.a.edit("heel iets anders");
  CHECK(two.a.text() == "heel iets anders");
  const auto paragraph = two.a.fold().paragraphs[0];
  REQUIRE(paragraph.variants.size() == 2);
  two.a.write(edit_paragraph(paragraph, 1, "de andere ook"));
  CHECK(two.a.fold().paragraphs[0].variants[1].text == "de andere ook");
  two.a.write(choose_variant(two.a.fold().paragraphs[0], 1));
  CHECK_FALSE(two.a.fold().paragraphs[0].conflict());
  CHECK(two.a.text() == "de andere ook");
}

TEST_CASE("editing a text that several rewrites have makes one of them") {
  Two two("een twee drie");
  two.merged("vier vijf zes", "vier vijf zes");
  CHECK(two.a.fold().paragraphs[0].variants[0].same.size() == 2);
  two.a.edit("vier vijf zes zeven");
  CHECK(two.a.text() == "vier vijf zes zeven");
  CHECK(two.a.fold().paragraphs[0].variants.size() == 1);
  CHECK(two.a.fold().paragraphs[0].variants[0].same.size() == 1);
}

TEST_CASE("a rewrite that has seen more edits than fit in one mutation names the rest in removals") {
  Two two("begin");
  std::string text = "begin";
  for (int i = 0; i < 150; ++i) two.a.edit(text += " w" + std::to_string(i));
  const auto edits = changes(two.a, "heel kort");
  REQUIRE(edits.size() == 3);
  CHECK(edits[0].kind == TextKind::rewrite);
  CHECK(edits[0].supersedes.front() == two.a.fold().paragraphs[0].id);
  CHECK(edits[1].kind == TextKind::remove);
  for (const auto& edit : edits) CHECK(edit.supersedes.size() <= kSupersededPerEdit);
  two.a.write(edits);
  CHECK(two.a.text() == "heel kort");
  CHECK_FALSE(two.a.fold().paragraphs[0].conflict());
}

TEST_CASE("more variants than fit in one mutation are superseded by as many rewrites to one text") {
  TextWorld world;
  TextLaptop one(world, 1);
  one.edit("een twee");
  const auto id = one.fold().paragraphs[0].id;
  for (int i = 0; i < 150; ++i) one.write({{TextKind::rewrite, "een twee", {}, id, {}, {}}});
  REQUIRE(one.fold().paragraphs[0].variants.size() == 1);
  REQUIRE(one.fold().paragraphs[0].variants[0].same.size() == 151);
  one.edit("drie");
  CHECK(one.text() == "drie");
  CHECK_FALSE(one.fold().paragraphs[0].conflict());
  CHECK(one.fold().paragraphs[0].variants[0].same.size() == 3);
}

TEST_CASE("more cuts than fit in one mutation are as many mutations as it takes") {
  std::string text;
  std::string less;
  for (int i = 0; i < 60; ++i) {
    text += "w" + std::to_string(i) + " ";
    if (i % 3 != 0) less += "w" + std::to_string(i) + " ";
  }
  Two two(text);
  const auto edits = changes(two.a, less);
  CHECK(kinds_of(edits) == std::vector<TextKind>(3, TextKind::cut_words));
  for (const auto& edit : edits) {
    CHECK(edit.words.size() <= kCutsPerEdit);
    CHECK(edit.numbers.size() == 2 * edit.words.size());
  }
  two.a.write(edits);
  CHECK(two.a.text() == normal_text(less));
}

TEST_CASE("an insertion finds its place also behind a word that an empty run hangs from") {
  TextWorld world;
  TextLaptop one(world, 1);
  one.edit("een");
  TextEdit empty{TextKind::insert_words, "", {}, {}, {one.fold().paragraphs[0].id}, {0}};
  one.write({empty, empty});
  one.edit("een twee");
  CHECK(one.text() == "een twee");
}

TEST_CASE("adding and moving one paragraph says its place in numbers") {
  Two two("een\ntwee");
  const auto fold = two.a.fold();
  const auto end = key_between(&fold.paragraphs[1].position, nullptr, 3);
  REQUIRE(end);
  two.a.write({add_paragraph("drie", *end)});
  CHECK(two.a.text() == "een\ntwee\ndrie");
  two.a.write({move_paragraph(fold.paragraphs[0], *key_between(&*end, nullptr, 4))});
  CHECK(two.a.text() == "twee\ndrie\neen");
}

TEST_CASE("in a gap without room the lines around it are given other places, and every line stands where it was put") {
  TextWorld world;
  TextLaptop one(world, 1);
  one.write({add_paragraph("a", {5}), add_paragraph("b", {5}), add_paragraph("c", {5})});
  const auto before = one.text();
  const auto wanted = before.substr(0, 2) + "nieuw\n" + before.substr(2);
  one.edit(wanted);
  CHECK(one.text() == wanted);
}
