// Text on its way out: cleaned, measured, wrapped, lined up, and as JSON.
#include <doctest/doctest.h>

#include <sstream>

#include "sync/cli/command_table.hpp"
#include "sync/cli/help.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"
#include "sync/cli/terminal_text.hpp"

namespace kiem::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("nothing that a terminal obeys gets through") {
  CHECK(for_terminal("Heg\x1b[31m\x07knippen\r\n\tx\x7f") == "Heg [31m knippen   x ");
  CHECK(for_terminal(std::string("a\0b", 3)) == "a b");
  CHECK(for_terminal("a\u009b31mb") == "a 31mb");
  CHECK(for_terminal("a\u202eb\u2066c\u200fd\u2028e\ufefff") == "a b c d e f");
  CHECK(for_terminal("Ünïcödé 🌱 ok") == "Ünïcödé 🌱 ok");
  CHECK(for_terminal("").empty());
}

TEST_CASE("bytes that are no UTF-8 are shown as such") {
  CHECK(for_terminal("a\xff"
                     "b") == "a\ufffdb");
  CHECK(for_terminal("\xc3") == "\ufffd");
  CHECK(for_terminal("\xc3(") == "\ufffd(");
  CHECK(for_terminal("\xc0\x80") == "\ufffd\ufffd");
  CHECK(for_terminal("\xed\xa0\x80") == "\ufffd\ufffd\ufffd");
  CHECK(for_terminal("\xf0\x9f\x8c") == "\ufffd\ufffd\ufffd");
  CHECK(for_terminal("\x9b") == "\ufffd");
}

TEST_CASE("width is counted in columns") {
  CHECK(display_width("") == 0);
  CHECK(display_width("Heg") == 3);
  CHECK(display_width("café") == 4);
  CHECK(display_width("cafe\u0301") == 4);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("🌱") == 2);
  CHECK(display_width("\xff") == 1);
}

TEST_CASE("a text is cut to its columns and never inside a character") {
  CHECK(cut_to("Heg knippen", 11) == "Heg knippen");
  CHECK(cut_to("Heg knippen", 10) == "Heg knipp…");
  CHECK(cut_to("Heg", 1) == "…");
  CHECK(cut_to("日本語", 5) == "日本…");
  CHECK(cut_to("日本語", 4) == "日…");
  CHECK(cut_to("ééé", 2) == "é…");
  CHECK(padded("é", 3) == "é  ");
  CHECK(padded("日本", 3) == "日本");
}

TEST_CASE("a paragraph is broken at spaces, and its own line ends stay") {
  CHECK(wrapped("", 10).empty());
  CHECK(wrapped("een twee drie", 8) == std::vector<std::string>{"een twee", "drie"});
  CHECK(wrapped("een twee drie", 7) == std::vector<std::string>{"een", "twee", "drie"});
  CHECK(wrapped("onafbreekbaar x", 5) == std::vector<std::string>{"onafbreekbaar", "x"});
  CHECK(wrapped("a\n\nb\n", 10) == std::vector<std::string>{"a", "", "b"});
  CHECK(wrapped("  a   b ", 10) == std::vector<std::string>{"a b"});
  CHECK(wrapped("a\x1b[2Jb", 10) == std::vector<std::string>{"a [2Jb"});
}

TEST_CASE("a table lines up by what is seen, cuts the flexible column and drops an empty one") {
  std::ostringstream out;
  Page page(out);
  Table table;
  table.columns = {{}, {true}, {}, {}};
  table.rows = {{"a", "café", "", "vol"}, {"bb", "日本", "", "nog 1 plek"}, {"c", std::string(200, 'x'), "", ""}};
  page.table(table);
  const auto lines = lines_of(out.str());
  REQUIRE(lines.size() == 3);
  for (const std::string& line : lines) CHECK(display_width(line) <= kColumns);
  CHECK(lines[0].starts_with("  a   café "));
  CHECK(lines[0].ends_with("  vol"));
  CHECK(display_width(lines[0].substr(0, lines[0].find("vol"))) ==
        display_width(lines[1].substr(0, lines[1].find("nog"))));
  CHECK(lines[2].ends_with("…"));
}

TEST_CASE("a page never lets a title start a line of its own") {
  std::ostringstream out;
  Page page(out);
  page.line("Heg\nroot@host# ");
  page.table({{{true}}, {{"a\nb"}}});
  page.field("Titel", "x\x1b]0;y\x07", 8);
  CHECK(out.str() == "Heg root@host# \n  a b\n  Titel     x ]0;y\n");
}

TEST_CASE("a field without text is not there, a long one stands beside its label") {
  std::ostringstream out;
  Page page(out);
  page.field("Leeg", "", 6);
  page.field("Tekst", "woord " + std::string(70, 'x') + " woord", 6);
  CHECK(out.str() == "  Tekst   woord\n          " + std::string(70, 'x') + "\n          woord\n");
}

TEST_CASE("JSON is one line of valid UTF-8 with its members in order") {
  const Json json = JsonObject{{"tekst", "Heg \"x\"\n\x1b é"},
                               {"geen", nullptr},
                               {"waar", true},
                               {"getal", std::uint64_t{18446744073709551615U}},
                               {"rij", JsonArray{1U, "a", JsonObject{}}},
                               {"leeg", std::optional<std::uint32_t>{}},
                               {"vol", std::optional<std::uint32_t>{3}}};
  CHECK(to_json_line(json) ==
        "{\"tekst\":\"Heg \\\"x\\\"\\n\\u001b é\",\"geen\":null,\"waar\":true,\"getal\":18446744073709551615,"
        "\"rij\":[1,\"a\",{}],\"leeg\":null,\"vol\":3}\n");
  CHECK(to_json_line(JsonArray{}) == "[]\n");
  CHECK(to_json_line("a\xff"
                     "b") == "\"a\ufffdb\"\n");
}

std::string help_of(Lang lang, std::string_view path) {
  std::ostringstream out;
  Page page(out);
  print_help(page, lang, path);
  return out.str();
}

TEST_CASE("every help fits the screen, shows an example and names every option") {
  for (const Lang lang : {Lang::nl, Lang::en}) {
    const std::string example = lang == Lang::nl ? "Voorbeeld:\n" : "Example:\n";
    for (const CommandSpec& spec : commands()) {
      const std::string help = help_of(lang, spec.path);
      CAPTURE(help);
      CHECK(help.find(example) != std::string::npos);
      CHECK(help.find(spec.example.in(lang)) != std::string::npos);
      for (const OptionSpec& option : spec.options) {
        if (option.name.starts_with("--")) CHECK(help.find(option.name) != std::string::npos);
        CHECK(help.find(option.help.in(lang)) != std::string::npos);
      }
      for (const std::string& line : lines_of(help)) CHECK(display_width(line) <= kColumns);
    }
    for (const GroupSpec& group : groups()) CHECK(help_of(lang, group.name).find(example) != std::string::npos);
    const std::string whole = help_of(lang, "");
    for (const CommandSpec& spec : commands()) CHECK(whole.find(spec.path) != std::string::npos);
    for (const OptionSpec& option : global_options()) CHECK(whole.find(option.name) != std::string::npos);
    for (const std::string& line : lines_of(whole)) CHECK(display_width(line) <= kColumns);
  }
  CHECK(help_of(Lang::nl, "task").find("initiative create") == std::string::npos);
}

}  // namespace
}  // namespace kiem::cli
