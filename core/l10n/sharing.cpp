#include "core/l10n/sharing.hpp"

#include <algorithm>
#include <vector>

#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

constexpr Text<0> kClaimHere{"Je aanmelding staat alleen nog op deze laptop.",
                             "Your sign-up is on this laptop only, so far."};
constexpr Text<2> kClaimOn{"Je aanmelding is op {0} van {1} laptops.", "Your sign-up is on {0} of {1} laptops."};
constexpr Text<1> kClaimAll{"Je aanmelding is op alle {0} laptops.", "Your sign-up is on all {0} laptops."};

constexpr Text<0> kAllHere{"Nog geen andere laptop heeft alles van hier.", "No other laptop has all that is here yet."};
constexpr Text<2> kAllOn{"Alles van hier is op {0} van {1} laptops.", "All that is here is on {0} of {1} laptops."};
constexpr Text<1> kAllAll{"Alles van hier is op alle {0} laptops.", "All that is here is on all {0} laptops."};

constexpr Text<0> kLacksNothing{"heeft alles", "has everything"};
constexpr Counted<1> kLacks{{"mist nog {0} wijziging", "lacks {0} change"},
                            {"mist nog {0} wijzigingen", "lacks {0} changes"}};
constexpr Text<1> kLacksMany{"mist nog {0} of meer wijzigingen", "lacks {0} changes or more"};
constexpr Counted<1> kWaiting{{"Hier wacht {0} wijziging op iets dat nog bij een ander staat.",
                               "{0} change here waits for something that others still have."},
                              {"Hier wachten {0} wijzigingen op iets dat nog bij een ander staat.",
                               "{0} changes here wait for something that others still have."}};

constexpr Text<2> kArriving{"Er komt nog meer binnen: {0} van {1} wijzigingen zijn er.",
                            "More is coming in: {0} of {1} changes are here."};

constexpr Text<1> kLooksBy{"Deze laptop zoekt anderen op het netwerk via {0}.",
                           "This laptop looks for others on the network by {0}."};
constexpr Text<2> kOneIsOff{"{0} {1} staat uit.", "{0} {1} is switched off."};
constexpr Text<2> kTwoAreOff{"{0} {1} staan uit.", "{0} {1} are switched off."};
constexpr Text<0> kNoRoute{
    "Deze laptop zoekt niemand op het netwerk: alle wegen staan uit. Een adres typen werkt nog.",
    "This laptop looks for nobody on the network: all ways are switched off. Typing an address still works."};

constexpr Text<2> kClockAhead{
    "De klok van de laptop van {0} loopt {1} voor op deze. Kijk op beide of datum en tijd kloppen; er gaat niets "
    "verloren.",
    "The clock of {0}'s laptop is {1} ahead of this one. See on both that date and time are right; nothing is lost."};
constexpr Text<2> kClockBehind{
    "De klok van de laptop van {0} loopt {1} achter op deze. Kijk op beide of datum en tijd kloppen; er gaat niets "
    "verloren.",
    "The clock of {0}'s laptop is {1} behind this one. See on both that date and time are right; nothing is lost."};
constexpr Counted<1> kMinutes{{"{0} minuut", "{0} minute"}, {"{0} minuten", "{0} minutes"}};
constexpr Counted<1> kHours{{"{0} uur", "{0} hour"}, {"{0} uur", "{0} hours"}};
constexpr Counted<1> kDays{{"{0} dag", "{0} day"}, {"{0} dagen", "{0} days"}};

// In the largest unit of which there are two or more, rounded.
std::string length_text(Lang lang, std::uint64_t seconds) {
  constexpr std::uint64_t kMinute = 60;
  constexpr std::uint64_t kHour = 60 * kMinute;
  constexpr std::uint64_t kDay = 24 * kHour;
  const auto rounded = [seconds](std::uint64_t unit) { return (seconds + unit / 2) / unit; };
  if (seconds >= 2 * kDay) return say_count(lang, rounded(kDay), kDays);
  if (seconds >= 2 * kHour) return say_count(lang, rounded(kHour), kHours);
  return say_count(lang, rounded(kMinute), kMinutes);
}

// "a, b en c"
}  // namespace

std::string arriving_sentence(Lang lang, const Arriving& arriving) {
  return say(lang, kArriving, format_number(lang, arriving.came), format_number(lang, arriving.of));
}

std::string routes_sentence(Lang lang, const Routes& routes) {
  std::vector<std::string> on;
  std::vector<std::string> off;
  (routes.ipv4 ? on : off).emplace_back("IPv4");
  (routes.ipv6 ? on : off).emplace_back("IPv6");
  (routes.dns_sd ? on : off).emplace_back("DNS-SD");
  if (on.empty()) return say(lang, kNoRoute);
  std::string looks = say(lang, kLooksBy, listed(lang, on));
  if (off.empty()) return looks;
  return say(lang, off.size() == 1 ? kOneIsOff : kTwoAreOff, looks, listed(lang, off));
}

std::string clock_sentence(Lang lang, const std::string& who, std::int64_t ahead_s) {
  if (ahead_s == 0) return {};
  const auto seconds = static_cast<std::uint64_t>(ahead_s < 0 ? -ahead_s : ahead_s);
  return say(lang, ahead_s > 0 ? kClockAhead : kClockBehind, who, length_text(lang, seconds));
}

std::string spread_sentence(Lang lang, const Spread& claim) {
  if (claim.on <= 1) return say(lang, kClaimHere);
  if (claim.on >= claim.of) return say(lang, kClaimAll, format_number(lang, claim.of));
  return say(lang, kClaimOn, format_number(lang, claim.on), format_number(lang, claim.of));
}

Spread whole_spread(const InitiativeRow& initiative) {
  const auto have = std::count_if(initiative.meetings.begin(), initiative.meetings.end(),
                                  [](const InitiativeRow::Meeting& each) { return each.works && each.lacks == 0; });
  return {static_cast<std::uint32_t>(have) + 1, std::max<std::uint32_t>(initiative.laptops, 1)};
}

std::string whole_sentence(Lang lang, const Spread& all) {
  if (all.on <= 1) return say(lang, kAllHere);
  if (all.on >= all.of) return say(lang, kAllAll, format_number(lang, all.of));
  return say(lang, kAllOn, format_number(lang, all.on), format_number(lang, all.of));
}

std::string lacks_text(Lang lang, std::uint32_t lacks) {
  if (lacks == 0) return say(lang, kLacksNothing);
  if (lacks >= InitiativeRow::Meeting::kMostLacking) return say(lang, kLacksMany, format_number(lang, lacks));
  return say_count(lang, lacks, kLacks);
}

std::string waiting_sentence(Lang lang, std::uint64_t waiting) {
  return waiting == 0 ? std::string() : say_count(lang, waiting, kWaiting);
}

}  // namespace kiem
