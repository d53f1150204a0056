// Makes tests/vectors/text.json (FORMAT.md sections 5.5 and 5.6), or looks whether it is still what this code makes.
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/check.hpp"
#include "tests/support/text_author.hpp"
#include "tests/support/text_model.hpp"
#include "tests/tools/vector_file.hpp"

namespace {

using namespace kiem;
using namespace kiem::test;
using Json = nlohmann::ordered_json;

constexpr std::uint32_t kCollection = 2;
constexpr std::uint32_t kField = 4;

Json told(const MutationId& id) { return Json::array({to_hex(view(id.op)), id.index}); }
Json told(const std::vector<MutationId>& ids) {
  Json list = Json::array();
  for (const auto& id : ids) list.push_back(told(id));
  return list;
}

std::uint32_t number_of(TextKind kind) {
  switch (kind) {
    case TextKind::add:
      return 3;
    case TextKind::remove:
      return 4;
    case TextKind::move:
      return 10;
    case TextKind::insert_words:
      return 11;
    case TextKind::cut_words:
      return 12;
    case TextKind::rewrite:
      return 13;
  }
  KIEM_UNREACHABLE("a kind of a text");
}

Json told(const TextMutation& mutation) {
  Json out;
  out["id"] = told(mutation.id);
  out["kind"] = number_of(mutation.kind);
  out["author"] = to_hex(view(mutation.author));
  out["device"] = to_hex(view(mutation.device));
  if (mutation.text) out["text"] = std::string(*mutation.text);
  if (!mutation.supersedes.empty()) out["supersedes"] = told(mutation.supersedes);
  if (mutation.element) out["cites_5"] = told(*mutation.element);
  if (!mutation.words.empty()) out["cites_6"] = told(mutation.words);
  // As text, since many readers of JSON keep only 53 bits of a number.
  for (const auto number : mutation.numbers) out["numbers"].push_back(std::to_string(number));
  return out;
}

Json told(const std::vector<TextParagraph>& paragraphs) {
  Json list = Json::array();
  for (const auto& paragraph : paragraphs) {
    Json variants = Json::array();
    for (const auto& variant : paragraph.variants) {
      Json out;
      out["ids"] = told(variant.same);
      out["stale"] = variant.stale;
      out["text"] = variant.text;
      variants.push_back(std::move(out));
    }
    Json out;
    out["id"] = told(paragraph.id);
    out["variants"] = std::move(variants);
    list.push_back(std::move(out));
  }
  return list;
}

class Maker {
 public:
  std::string make() {
    add("nothing", {});
    add("lines are paragraphs, an empty one too", written("eerste\n\nderde"));
    add("white space: some before the first word, two spaces, a tab", written("  hark  en\tschep\nvoor zes"));
    apart("a word behind the last by two", "gieter meenemen", "gieter meenemen en hark", "gieter meenemen graag");
    apart("a word in the same gap by two", "een twee drie", "een A1 A2 twee drie", "een B1 B2 twee drie");
    apart("different words of one paragraph", "een twee drie vier", "een TWEE drie vier", "een twee drie VIER");
    apart("the last word gone, and a word behind it", "een twee drie", "een twee", "een twee drie vier");
    apart("rewrites side by side", "een twee drie", "iets anders nu", "en dit is weer anders");
    apart("the same rewrite twice", "een twee drie", "iets anders nu", "iets anders nu");
    apart("a rewrite that did not see an edit", "een twee drie", "iets anders nu", "een twee drie vier");
    apart("a removal that did not see an edit", "kop\neen twee drie", "kop", "kop\neen twee drie vier");
    apart("a removal that did not see a cut", "kop\neen twee drie", "kop", "kop\neen twee");
    apart("one paragraph moved by two", "a\nb\nc", "b\na\nc", "b\nc\na");
    apart("lines added in one gap by two", "a\nb", "a\nA1\nA2\nb", "a\nB1\nB2\nb");
    typed_backwards();
    without_some();
    Json file;
    file["format"] = kFormatNumber;
    file["record"] = to_hex(view(record(1)));
    file["collection"] = kCollection;
    file["field"] = kField;
    file["vectors"] = std::move(vectors_);
    return file.dump(1) + "\n";
  }

 private:
  void add(std::string name, const std::vector<TextMutation>& mutations) {
    Bytes field = to_bytes(le32(kCollection));
    append(field, le32(kField));
    const auto fold = fold_text(record(1), field, mutations);
    KIEM_CHECK(agrees(fold, TextModel(record(1), field, mutations)));
    Json vector;
    vector["name"] = std::move(name);
    vector["mutations"] = Json::array();
    for (const auto& mutation : mutations) vector["mutations"].push_back(told(mutation));
    vector["text"] = plain_text(fold);
    vector["paragraphs"] = told(fold.paragraphs);
    vector["removed"] = told(fold.removed);
    vector["waiting"] = told(fold.waiting);
    vectors_.push_back(std::move(vector));
  }

  std::vector<TextMutation> written(std::string_view text) {
    TextLaptop one(world_, 1);
    one.edit(text);
    return one.have();
  }

  void apart(std::string name, std::string_view text, std::string_view by_one, std::string_view by_other) {
    TextLaptop one(world_, 1);
    TextLaptop other(world_, 2);
    one.edit(text);
    other.take(one.have());
    const auto common = one.have().size();
    one.edit(by_one);
    other.edit(by_other);
    auto all = one.have();
    all.insert(all.end(), other.have().begin() + static_cast<std::ptrdiff_t>(common), other.have().end());
    add(std::move(name), all);
  }

  void typed_backwards() {
    TextLaptop one(world_, 1);
    TextLaptop other(world_, 2);
    one.edit("een twee drie vier");
    other.take(one.have());
    const auto common = one.have().size();
    for (const auto* text : {"een A3 twee drie vier", "een A2 A3 twee drie vier", "een A1 A2 A3 twee drie vier"}) {
      one.edit(text);
    }
    for (const auto* text : {"een B1 twee drie vier", "een B1 B2 twee drie vier"}) other.edit(text);
    auto all = one.have();
    all.insert(all.end(), other.have().begin() + static_cast<std::ptrdiff_t>(common), other.have().end());
    add("typed backwards by one and forwards by another at one place", all);
  }

  // A run's text dropped, and the same run not here.
  void without_some() {
    TextLaptop one(world_, 1);
    one.edit("een twee drie vier");
    one.edit("een A1 A2 A3 twee drie vier");
    one.edit("een A1 x A2 A3 y twee drie vier");
    auto all = one.have();
    all[1].text.reset();
    add("a run whose text was dropped, and runs anchored in it", all);
    all.erase(all.begin() + 1);
    add("runs whose anchor is not here", all);
  }

  TextWorld world_;
  Json vectors_ = Json::array();
};

}  // namespace

int main(int count, char** arguments) {
  const std::string made = Maker().make();
  if (count == 2 && !std::string_view(arguments[1]).starts_with("--")) {
    write_text_file(arguments[1], made);
    return 0;
  }
  if (count == 3 && std::string_view(arguments[1]) == "--check") {
    if (read_text_file(arguments[2]) == made) return 0;
    std::fprintf(stderr, "%s is not what make_text_vectors makes. If the rules were meant to change, make it again.\n",
                 arguments[2]);
    return 1;
  }
  std::fputs(
      "make_text_vectors FILE           write the vectors\n"
      "make_text_vectors --check FILE   compare FILE with what would be written\n",
      stderr);
  return 2;
}
