// A small neighbourhood for tests of the client: a Saturday in 2027, some tasks, and who signed up. Values made by
// hand, so that each test can bend what it is about.
#pragma once

#include "core/l10n/dates.hpp"
#include "gui/model/facts.hpp"
#include "gui/model/reader.hpp"
#include "gui/model/ui_state.hpp"

namespace kiem::samples {

constexpr std::int32_t kToday = 20925;  // Saturday 17 April 2027
constexpr std::int32_t kZone = 120;     // minutes east of UTC

template <class IdType>
[[nodiscard]] IdType id_of(std::uint8_t number) {
  IdType id;
  id.bytes.fill(number);
  return id;
}

[[nodiscard]] inline WallTime at(std::int32_t day, int hour, int minute) {
  const std::int64_t minutes = (std::int64_t{day} * 24 + hour) * 60 + minute - kZone;
  return {minutes * 60'000};
}

[[nodiscard]] inline model::Reader reader(Lang lang = Lang::nl) { return {lang, at(kToday, 14, 5), kZone}; }

[[nodiscard]] inline PersonRef person(std::uint8_t number, std::string name) {
  return {id_of<PrincipalId>(number), std::move(name)};
}
[[nodiscard]] inline PersonRef noor() { return person(13, "Noor"); }
[[nodiscard]] inline PersonRef anneke() { return person(1, "Anneke V."); }

[[nodiscard]] inline TaskCard card(std::uint8_t number, std::string title, std::optional<std::int32_t> date,
                                   std::optional<std::uint32_t> seats, std::uint32_t free) {
  TaskCard task;
  task.id = id_of<RecordId>(number);
  task.initiative = id_of<SpaceId>(9);
  task.title = std::move(title);
  task.date = date;
  task.seats = seats;
  if (seats) task.free = free;
  return task;
}

[[nodiscard]] inline ClaimRow claim(PersonRef who, ClaimState state, ClaimReason reason, std::uint32_t position = 0) {
  ClaimRow row;
  row.person = std::move(who);
  row.state = state;
  row.reason = {reason, 0};
  row.position = position;
  row.mine = row.person.id == noor().id;
  return row;
}

// Soup today (full, Noor waits), the hedge tomorrow (one seat left), a day in the garden on Thursday (Noor is in),
// coffee for everybody, a bench whenever it suits, a poster before Friday, and one that is over.
[[nodiscard]] inline std::vector<TaskCard> cards() {
  TaskCard soup = card(1, "Soep rondbrengen", kToday, 2, 0);
  soup.start = 17 * 60;
  soup.end = 18 * 60 + 30;
  soup.place_title = "Keuken De Pollepel";
  soup.place = id_of<RecordId>(108);
  soup.waiting = 1;
  soup.confirmed = 2;
  soup.mine = claim(noor(), ClaimState::waiting, ClaimReason::taken_by_confirmed, 1);
  TaskCard hedge = card(2, "Heg knippen", kToday + 1, 3, 1);
  hedge.start = 18 * 60 + 30;
  hedge.end = 20 * 60 + 30;
  hedge.place = id_of<RecordId>(101);
  hedge.place_title = "Tuin Linde 4";
  hedge.note = "De heg is hoog. Rustig tempo, daarna thee.";
  hedge.roles = "3 handen";
  hedge.confirmed = 2;
  TaskCard garden = card(3, "Opknapdag", kToday + 5, 6, 4);
  garden.start = 9 * 60 + 30;
  garden.end = 15 * 60;
  garden.place = id_of<RecordId>(102);
  garden.place_title = "Tuin Linde 9";
  garden.confirmed = 2;
  garden.mine = claim(noor(), ClaimState::confirmed, ClaimReason::confirmed_by_assigner);
  TaskCard coffee = card(4, "Samen koffie in de kas", kToday + 3, std::nullopt, 0);
  coffee.start = 10 * 60 + 30;
  coffee.place_title = "Pluktuin De Kas";
  TaskCard bench = card(5, "Bankje schuren en verven", std::nullopt, 2, 2);
  TaskCard poster = card(6, "Poster ophangen", std::nullopt, 1, 1);
  poster.before = kToday + 6;
  TaskCard over = card(7, "Kas opruimen", kToday - 3, 3, 1);
  return {over, soup, hedge, coffee, garden, poster, bench};
}

[[nodiscard]] inline TaskDetail hedge_detail() {
  TaskDetail detail;
  for (TaskCard& each : cards()) {
    if (each.id == id_of<RecordId>(2)) detail.card = each;
  }
  detail.claims = {claim(person(3, "Joke T."), ClaimState::confirmed, ClaimReason::confirmed_by_assigner),
                   claim(person(8, "Cor H."), ClaimState::provisional, ClaimReason::seat_free),
                   claim(person(11, "Sven L."), ClaimState::waiting, ClaimReason::taken_by_earlier, 1),
                   claim(person(6, "Danylo K."), ClaimState::withdrawn, ClaimReason::withdrawn_by_claimant)};
  detail.claims[1].entered_by = anneke();
  detail.claims[2].reason.number = 3;
  detail.added_by = anneke();
  detail.assigner = anneke();
  return detail;
}

[[nodiscard]] inline InitiativeRow initiative() {
  InitiativeRow row;
  row.id = id_of<SpaceId>(9);
  row.name = "Lindekwartier";
  row.practice = true;
  row.my_role = kiem::Role::volunteer;
  row.members = 4;
  row.meetings = {{anneke(), id_of<DeviceId>(1), at(kToday, 14, 3)},
                  {person(3, "Joke T."), id_of<DeviceId>(3), at(kToday - 1, 20, 15)}};
  return row;
}

[[nodiscard]] inline model::Facts facts() {
  model::Facts known;
  known.status = StatusAnswer{noor(), id_of<DeviceId>(13), {initiative()}};
  known.tasks = Tasks{cards(), true};
  PlaceRow garden;
  garden.id = id_of<RecordId>(101);
  garden.title = "Tuin Linde 4";
  garden.kind = "tuin";
  garden.area = "Lindekwartier";
  garden.text = "Achtertuin met een lange heg en een terras. 45 m2.";
  garden.meeting_point = "Bij de kas";
  garden.open_tasks = 1;
  PlaceRow shed;
  shed.id = id_of<RecordId>(106);
  shed.title = "Schuurtje";
  known.places = Places{{garden, shed}};
  PersonRow me;
  me.person = noor();
  me.me = true;
  me.role = kiem::Role::volunteer;
  PersonRow lead;
  lead.person = anneke();
  lead.role = kiem::Role::coordinator;
  lead.talents = "plannen en luisteren";
  lead.languages = "Nederlands";
  PersonRow cor;
  cor.person = person(8, "Cor H.");
  cor.card = true;
  known.people = People{{lead, cor, me}};
  return known;
}

[[nodiscard]] inline model::UiState state() {
  model::UiState now;
  now.initiative = id_of<SpaceId>(9);
  return now;
}

// With the hedge's page open.
[[nodiscard]] inline model::Facts facts_with_task() {
  model::Facts known = facts();
  known.task = hedge_detail();
  return known;
}
[[nodiscard]] inline model::UiState state_with_task() {
  model::UiState now = state();
  now.task = id_of<RecordId>(2);
  return now;
}

}  // namespace kiem::samples
