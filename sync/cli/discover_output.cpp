#include "sync/cli/discover_output.hpp"

#include "core/base/check.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/discovery/udp_datagrams.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNotKnownYet{"nog onbekend", "not known yet"};
constexpr Text<0> kLinked{"verbonden", "connected"};
constexpr Text<0> kNotLinked{"niet verbonden", "not connected"};
constexpr Text<0> kLetsNobodyIn{"wacht niet op anderen", "is not waiting for others"};

constexpr Text<0> kNobody{"Niemand gevonden op dit netwerk.", "Nobody was found on this network."};

constexpr Text<0> kOff{"Deze laptop kijkt nu niet rond: dat staat uit, of een ander programma houdt de poort bezet.",
                       "This laptop is not looking around now: that is switched off, or another program has the port."};
constexpr Text<0> kNoNetwork{"Deze laptop zit op geen enkel netwerk.", "This laptop is on no network at all."};
constexpr Text<1> kDeaf{
    "Zelfs het eigen bericht kwam niet terug. Waarschijnlijk houdt een firewall op deze laptop het tegen (UDP {0}).",
    "Not even its own message came back. A firewall on this laptop probably stops it (UDP {0})."};
constexpr Text<0> kOthers{"Er is hier wel iemand met Kiem, maar van geen van jouw initiatieven.",
                          "Somebody with Kiem is here, but of none of your initiatives."};
constexpr Text<0> kApart{
    "Staat Kiem bij de anderen open? Op sommige netwerken, vaak die voor gasten, zien laptops elkaar niet.",
    "Is Kiem open on the other laptops? On some networks, often those for guests, laptops do not see each other."};

constexpr Text<0> kStartNode{"Laat deze laptop rondkijken met: kiem node",
                             "Let this laptop look around with: kiem node"};
constexpr Text<0> kHotspot{
    "Zet op één laptop of telefoon een hotspot aan en laat de anderen daarmee verbinden; internet is niet nodig.",
    "Turn on a hotspot on one laptop or phone and connect the others to it; internet is not needed."};
constexpr Text<0> kOrTypeAddress{"Of typ het adres dat kiem node bij de ander laat zien: kiem sync ADRES",
                                 "Or type the address that kiem node shows on the other laptop: kiem sync ADDRESS"};

std::string_view code_of(Silence silence) {
  switch (silence) {
    case Silence::off:
      return "off";
    case Silence::no_network:
      return "no_network";
    case Silence::deaf:
      return "deaf";
    case Silence::others:
      return "others";
    case Silence::nobody:
      return "nobody";
  }
  KIEM_UNREACHABLE("a silence without a word");
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void print_meeting(Page& page, Lang lang, const Surroundings& around) {
  if (around.neighbours.empty()) return page.line(say(lang, kNobody));
  Table table;
  table.columns = {{true}, {}, {}, {}};
  for (const Surroundings::Neighbour& each : around.neighbours) {
    table.rows.push_back({each.person ? person_name(lang, *each.person) : say(lang, kNotKnownYet),
                          joined(each.initiatives), each.address.empty() ? say(lang, kLetsNobodyIn) : each.address,
                          say(lang, each.linked ? kLinked : kNotLinked)});
  }
  page.table(table);
}

void print_why_nobody(Page& remarks, Lang lang, const Surroundings& around) {
  if (!around.neighbours.empty()) return;
  switch (silence_of(around)) {
    case Silence::off:
      remarks.paragraph(say(lang, kOff));
      remarks.paragraph(say(lang, kStartNode));
      break;
    case Silence::no_network:
      remarks.paragraph(say(lang, kNoNetwork));
      remarks.paragraph(say(lang, kHotspot));
      return;
    case Silence::deaf:
      remarks.paragraph(say(lang, kDeaf, std::to_string(kBeaconPort)));
      break;
    case Silence::others:
      remarks.paragraph(say(lang, kOthers));
      break;
    case Silence::nobody:
      remarks.paragraph(say(lang, kApart));
      remarks.paragraph(say(lang, kHotspot));
      break;
  }
  remarks.paragraph(say(lang, kOrTypeAddress));
}

Json json_of(const Surroundings& around) {
  JsonArray found;
  for (const Surroundings::Neighbour& each : around.neighbours) {
    JsonArray initiatives;
    for (const std::string& name : each.initiatives) initiatives.push_back(name);
    found.push_back(JsonObject{{"key", to_hex(view(each.key))},
                               {"person", json_of(each.person)},
                               {"initiatives", std::move(initiatives)},
                               {"address", each.address.empty() ? Json(nullptr) : Json(each.address)},
                               {"linked", each.linked}});
  }
  const bool nobody = around.neighbours.empty();
  return JsonObject{{"found", std::move(found)},
                    {"cause", nobody ? Json(code_of(silence_of(around))) : Json(nullptr)},
                    {"addresses", std::uint64_t{around.addresses}},
                    {"own", around.own},
                    {"foreign", around.foreign}};
}

}  // namespace kiem::cli
