#include "core/l10n/sharing.hpp"

#include <doctest/doctest.h>

namespace kiem {
namespace {

TEST_CASE("how far a claim has come is told from here alone to everywhere") {
  CHECK(spread_sentence(Lang::nl, {1, 1}) == "Je aanmelding staat alleen nog op deze laptop.");
  CHECK(spread_sentence(Lang::nl, {1, 7}) == "Je aanmelding staat alleen nog op deze laptop.");
  CHECK(spread_sentence(Lang::nl, {2, 7}) == "Je aanmelding is op 2 van 7 laptops.");
  CHECK(spread_sentence(Lang::en, {6, 7}) == "Your sign-up is on 6 of 7 laptops.");
  CHECK(spread_sentence(Lang::nl, {7, 7}) == "Je aanmelding is op alle 7 laptops.");
  // A laptop that left has it still.
  CHECK(spread_sentence(Lang::nl, {8, 7}) == "Je aanmelding is op alle 7 laptops.");
}

TEST_CASE("who has everything is counted among the laptops that are in use, this one among them") {
  InitiativeRow row;
  CHECK(whole_spread(row).on == 1);
  CHECK(whole_spread(row).of == 1);
  row.laptops = 4;
  row.meetings.resize(3);
  row.meetings[1].lacks = 1;
  row.meetings[2].works = false;
  CHECK(whole_spread(row).on == 2);
  CHECK(whole_sentence(Lang::nl, whole_spread(row)) == "Alles van hier is op 2 van 4 laptops.");
  CHECK(whole_sentence(Lang::en, {1, 4}) == "No other laptop has all that is here yet.");
  CHECK(whole_sentence(Lang::nl, {4, 4}) == "Alles van hier is op alle 4 laptops.");
}

TEST_CASE("a clock that differs is told with how much, in a unit that says enough, and what to do") {
  CHECK(clock_sentence(Lang::nl, "Youssef", 0).empty());
  CHECK(clock_sentence(Lang::nl, "Youssef", -3 * 3'600) ==
        "De klok van de laptop van Youssef loopt 3 uur achter op deze. Kijk op beide of datum en tijd kloppen; er gaat "
        "niets verloren.");
  CHECK(clock_sentence(Lang::en, "Youssef", 629).starts_with("The clock of Youssef's laptop is 10 minutes ahead of"));
  CHECK(clock_sentence(Lang::nl, "Youssef", 5'400).find("loopt 90 minuten voor op") != std::string::npos);
  CHECK(clock_sentence(Lang::nl, "Youssef", 400LL * 86'400).find("loopt 400 dagen voor op") != std::string::npos);
}

TEST_CASE("the ways by which a laptop looks are told, also when there is none left") {
  CHECK(routes_sentence(Lang::nl, {}) == "Deze laptop zoekt anderen op het netwerk via IPv4, IPv6 en DNS-SD.");
  CHECK(routes_sentence(Lang::nl, {true, false, true}) ==
        "Deze laptop zoekt anderen op het netwerk via IPv4 en DNS-SD. IPv6 staat uit.");
  CHECK(routes_sentence(Lang::en, {false, true, false}) ==
        "This laptop looks for others on the network by IPv6. IPv4 and DNS-SD are switched off.");
  CHECK(routes_sentence(Lang::nl, {false, false, false}).ends_with("Een adres typen werkt nog."));
  CHECK(arriving_sentence(Lang::nl, {1'240, 20'000}) ==
        "Er komt nog meer binnen: 1.240 van 20.000 wijzigingen zijn er.");
}

TEST_CASE("what is lacking is counted, and above a bound only said to be more") {
  CHECK(lacks_text(Lang::nl, 0) == "heeft alles");
  CHECK(lacks_text(Lang::nl, 1) == "mist nog 1 wijziging");
  CHECK(lacks_text(Lang::nl, 99) == "mist nog 99 wijzigingen");
  CHECK(lacks_text(Lang::nl, 100) == "mist nog 100 of meer wijzigingen");
  CHECK(lacks_text(Lang::en, 101) == "lacks 101 changes or more");
  CHECK(waiting_sentence(Lang::nl, 0).empty());
  CHECK(waiting_sentence(Lang::nl, 1).starts_with("Hier wacht 1 wijziging op"));
  CHECK(waiting_sentence(Lang::en, 2).starts_with("2 changes here wait for"));
}

}  // namespace
}  // namespace kiem
