#include "gui/model/sharing.hpp"

#include <doctest/doctest.h>

#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

InitiativeRow& row_of(Facts& known) { return known.status->initiatives.front(); }

TEST_CASE("everything shared says so, and with whom last") {
  Facts known = facts();
  SyncCard card = sync_card(reader(), known, state());
  CHECK(card.headline == "Alles bijgewerkt");
  CHECK(card.detail == "Zonet, met de laptop van Anneke V.");
  CHECK(card.tone == Tone::good);
  REQUIRE(card.met.size() == 2);
  CHECK(card.met[0].when == "zonet");
  CHECK(card.met[1].when == "gisteren 20.15");
  row_of(known).meetings[0].when = at(kToday, 11, 5);
  CHECK(sync_card(reader(), known, state()).detail == "Vandaag 11.05 bijgewerkt met de laptop van Anneke V.");
  CHECK(sync_card(reader(Lang::en), known, state()).detail == "Updated today 11:05 with the laptop of Anneke V.");
  row_of(known).meetings[0].when = at(kToday, 14, 4);
  row_of(known).meetings[1].when = at(kToday, 14, 1);
  CHECK(sync_card(reader(), known, state()).detail == "Zonet, met 2 anderen");
}

TEST_CASE("a laptop that knew more of this one than is here is named where sharing is explained") {
  Facts known = facts();
  CHECK(sharing_model(reader(), known, state()).card.detail == sync_card(reader(), known, state()).detail);
  row_of(known).older = row_of(known).meetings[0];
  const SharingModel model = sharing_model(reader(), known, state());
  CHECK(model.card.detail.starts_with("Zonet, met de laptop van Anneke V. Anneke V. wist meer van dit apparaat"));
  CHECK(model.card.tone == Tone::attention);
  CHECK(sharing_model(reader(Lang::en), known, state()).card.detail.ends_with("comes back when you meet."));
}

TEST_CASE("a moment is just now for less than five minutes, and never when it lies ahead") {
  Facts known = facts();
  row_of(known).meetings.resize(1);
  const auto detail_at = [&](WallTime when) {
    row_of(known).meetings[0].when = when;
    return sync_card(reader(), known, state()).detail;
  };
  const std::int64_t now = reader().now.ms;
  CHECK(detail_at({now}).starts_with("Zonet"));
  CHECK(detail_at({now - 299'999}).starts_with("Zonet"));
  CHECK(detail_at({now - 300'000}).starts_with("Vandaag 14.00"));
  CHECK(detail_at({now + 60'000}).starts_with("Vandaag 14.06"));
  CHECK(detail_at(at(kToday - 2, 9, 30)).starts_with("Do 15 apr 09.30"));
}

TEST_CASE("what is not shared yet is counted in words") {
  Facts known = facts();
  row_of(known).only_here = 1;
  CHECK(sync_card(reader(), known, state()).headline == "Nog niet gedeeld: 1 wijziging");
  row_of(known).only_here = 2;
  const SyncCard card = sync_card(reader(), known, state());
  CHECK(card.headline == "Nog niet gedeeld: 2 wijzigingen");
  CHECK(card.tone == Tone::attention);
}

TEST_CASE("a pulled plug says that everything is kept, and what waits") {
  Facts known = facts();
  known.plugged_in = false;
  CHECK(sync_card(reader(), known, state()).headline == "De stekker is eruit");
  CHECK(sync_card(reader(), known, state()).detail == "Alles wordt hier bewaard.");
  row_of(known).only_here = 2;
  CHECK(sync_card(reader(), known, state()).detail == "Nog niet gedeeld: 2 wijzigingen");
  CHECK(sharing_model(reader(), known, state()).plug->label == "Doe de stekker er weer in");
  CHECK_FALSE(sharing_model(reader(), known, state()).meet.enabled);
}

TEST_CASE("nobody met yet, one's own other laptop, and no initiative are told apart") {
  Facts known = facts();
  row_of(known).meetings.clear();
  CHECK(sync_card(reader(), known, state()).detail == "Nog niemand ontmoet");
  CHECK_FALSE(sharing_model(reader(), known, state()).nobody.empty());
  row_of(known).meetings = {{noor(), id_of<DeviceId>(2), at(kToday, 14, 5)}};
  CHECK(sync_card(reader(), known, state()).detail == "Zonet, met de laptop van jezelf");
  known.status->initiatives.clear();
  CHECK(sync_card(reader(), known, state()).headline == "Nog geen initiatief");
  known.status.reset();
  CHECK(sync_card(reader(), known, state()).headline == "Nog geen initiatief");
}

TEST_CASE("the plug and the end of practice are there while practising only") {
  Facts known = facts();
  CHECK(sharing_model(reader(), known, state()).plug);
  CHECK(sharing_model(reader(), known, state()).start_for_real);
  row_of(known).practice = false;
  CHECK_FALSE(sharing_model(reader(), known, state()).plug);
  CHECK_FALSE(sharing_model(reader(), known, state()).start_for_real);
}

TEST_CASE("each way of finding others can be switched, and a clock that differs is told") {
  Facts known = facts();
  CHECK(sharing_model(reader(), known, state()).routes.empty());  // neighbours in practice are not looked for
  row_of(known).practice = false;
  known.status->routes.ipv6 = false;
  const SharingModel model = sharing_model(reader(), known, state());
  REQUIRE(model.routes.size() == 3);
  CHECK(model.routes[0].on);
  CHECK_FALSE(model.routes[1].on);
  CHECK(model.routes_help == "Deze laptop zoekt anderen op het netwerk via IPv4 en DNS-SD. IPv6 staat uit.");
  const Step step = apply(state(), known, model.routes[1].intent);
  REQUIRE(step.requests.size() == 1);
  const auto& asked = std::get<ChooseRoutes>(std::get<Request>(step.requests[0]));
  CHECK(asked.ipv6 == true);
  CHECK_FALSE(asked.ipv4.has_value());
  CHECK(model.clocks.empty());
  row_of(known).meetings[0].clock_ahead_s = 7'200;
  REQUIRE(sharing_model(reader(), known, state()).clocks.size() == 1);
  CHECK(sharing_model(reader(), known, state()).clocks[0].find("loopt 2 uur voor op deze") != std::string::npos);
}

TEST_CASE("an invitation goes from a role to a code that can be copied") {
  Facts known = facts();
  InviteModel model = invite_model(reader(), known, state());
  CHECK(model.help == "Maak een code waarmee één iemand bij Lindekwartier kan komen.");
  REQUIRE(model.roles.size() == 3);
  CHECK(model.roles[0].label == "Vrijwilliger");
  CHECK(model.roles[0].on);
  CHECK(model.code.empty());
  CHECK_FALSE(model.copy);
  CHECK(model.role_help.empty());
  UiState now = apply(state(), known, ChooseRole{kiem::Role::coordinator}).state;
  CHECK_FALSE(invite_model(reader(), known, now).role_help.empty());
  known.invitation = InvitationMade{};
  known.invitation->code = "kiem1abc";
  known.invitation->role = kiem::Role::coordinator;
  model = invite_model(reader(), known, now);
  CHECK(model.code == "kiem1abc");
  REQUIRE(model.picture);
  CHECK(model.picture->black == qr_code_of("kiem1abc")->black);
  CHECK(model.code_help[1].starts_with("Deze laptop is nu niet te bereiken"));
  known.invitation->listening = true;
  CHECK(invite_model(reader(), known, now).code_help[1] == "Laat Kiem openstaan tot het gelukt is.");
  CHECK(model.make->label == "Nog een code");
  now.busy = Busy::inviting;
  CHECK_FALSE(invite_model(reader(), known, now).make->enabled);
}

TEST_CASE("whom one met is told with what they lack, and all of it with how many laptops have everything") {
  Facts known = facts();
  CHECK(sharing_model(reader(), known, state()).whole.empty());
  CHECK(sharing_model(reader(), known, state()).waiting.empty());
  CHECK(sync_card(reader(), known, state()).met[0].lacks == "heeft alles");
  row_of(known).laptops = 7;
  row_of(known).meetings[1].lacks = 3;
  row_of(known).waiting = 2;
  CHECK(sync_card(reader(), known, state()).met[1].lacks == "mist nog 3 wijzigingen");
  const SharingModel model = sharing_model(reader(), known, state());
  CHECK(model.whole == "Alles van hier is op 2 van 7 laptops.");
  CHECK(model.waiting == "Hier wachten 2 wijzigingen op iets dat nog bij een ander staat.");
  row_of(known).meetings.clear();
  CHECK(sharing_model(reader(Lang::en), known, state()).whole == "No other laptop has all that is here yet.");
}

}  // namespace
}  // namespace kiem::model
