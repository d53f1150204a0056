#include "sync/cli/discover_output.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace kiem::cli {
namespace {

std::string printed(Lang lang, const Surroundings& around) {
  std::ostringstream text;
  Page page(text);
  print_meeting(page, lang, around);
  return text.str();
}
std::string why(Lang lang, const Surroundings& around) {
  std::ostringstream text;
  Page page(text);
  print_why_nobody(page, lang, around);
  return text.str();
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Surroundings quiet() {
  Surroundings around;
  around.looks = true;
  around.addresses = 2;
  around.own = 3;
  return around;
}

TEST_CASE("whoever was heard is told by name, initiatives, address and whether they are connected") {
  Surroundings around = quiet();
  around.neighbours.push_back({{}, PersonRef{{}, "Noor"}, {"Tuin", "Repair Café"}, "tcp://192.168.1.20:7070", true});
  around.neighbours.push_back({{}, std::nullopt, {"Tuin"}, "", false});
  const std::string text = printed(Lang::nl, around);
  CHECK(has(text, "Noor"));
  CHECK(has(text, "Tuin, Repair Café"));
  CHECK(has(text, "tcp://192.168.1.20:7070"));
  CHECK(has(text, "verbonden"));
  CHECK(has(text, "nog onbekend"));
  CHECK(has(text, "wacht niet op anderen"));
  CHECK(why(Lang::nl, around).empty());
  const std::string json = to_json_line(json_of(around));
  CHECK(has(json, "\"cause\":null"));
  CHECK(has(json, "\"initiatives\":[\"Tuin\",\"Repair Café\"]"));
  CHECK(has(json, "\"address\":null"));
  CHECK(has(json, "\"linked\":true"));
  CHECK(has(json, "\"person\":null"));
}

TEST_CASE("nobody: the likely cause and a next step, in both languages") {
  struct Case {
    Surroundings around;
    Silence cause;
    std::string_view dutch, english, step, code;
  };
  Surroundings off = quiet();
  off.looks = false;
  Surroundings no_network = quiet();
  no_network.addresses = 0;
  no_network.own = 0;
  Surroundings deaf = quiet();
  deaf.own = 0;
  Surroundings others = deaf;
  others.foreign = 1;
  const Case cases[] = {
      {off, Silence::off, "kijkt nu niet rond", "not looking around", "kiem node", "off"},
      {no_network, Silence::no_network, "op geen enkel netwerk", "on no network", "hotspot", "no_network"},
      {deaf, Silence::deaf, "firewall", "firewall", "15436", "deaf"},
      {others, Silence::others, "van geen van jouw initiatieven", "none of your initiatives", "kiem sync", "others"},
      {quiet(), Silence::nobody, "vaak die voor gasten", "often those for guests", "hotspot", "nobody"},
  };
  for (const Case& each : cases) {
    INFO(each.code);
    CHECK(silence_of(each.around) == each.cause);
    CHECK(printed(Lang::nl, each.around) == "Niemand gevonden op dit netwerk.\n");
    CHECK(has(why(Lang::nl, each.around), each.dutch));
    CHECK(has(why(Lang::en, each.around), each.english));
    CHECK(has(why(Lang::nl, each.around), each.step));
    CHECK(has(why(Lang::en, each.around), each.step));
    CHECK(has(to_json_line(json_of(each.around)), "\"cause\":\"" + std::string(each.code) + "\""));
  }
}

}  // namespace
}  // namespace kiem::cli
