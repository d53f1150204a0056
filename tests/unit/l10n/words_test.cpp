// The words for states, reasons, acts, fields and imports.
#include <doctest/doctest.h>

#include <set>

#include "core/l10n/claims.hpp"
#include "core/l10n/import.hpp"
#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "tests/unit/l10n/spoken.hpp"

namespace kiem {
namespace {

std::vector<ClaimState> all_states() {
  std::vector<ClaimState> states;
  for (int i = 0; i <= static_cast<int>(ClaimState::provisional); ++i) states.push_back(static_cast<ClaimState>(i));
  return states;
}

TEST_CASE("every claim state has its own words, and a sentence for me and for another") {
  for (const Lang lang : kBoth) {
    std::set<std::string> words;
    for (const ClaimState state : all_states()) {
      CHECK(words.insert(claim_state_text(lang, state, 2)).second);
      ClaimRow claim;
      claim.person = person(1, "Sven");
      claim.state = state;
      claim.position = 2;
      const std::string theirs = claim_sentence(lang, "Heg knippen", claim);
      claim.mine = true;
      const std::string mine = claim_sentence(lang, "Heg knippen", claim);
      CHECK(words.insert(mine).second);
      CHECK(words.insert(theirs).second);
      CHECK(has(mine, "Heg knippen"));
      CHECK(has(theirs, "Heg knippen"));
      CHECK(has(theirs, "Sven"));
      CHECK_FALSE(has(mine, "Sven"));
    }
  }
}

TEST_CASE("the waiting list names the place on it") {
  CHECK(claim_state_text(Lang::nl, ClaimState::waiting, 2) == "wachtlijst 2");
  CHECK(claim_state_text(Lang::nl, ClaimState::waiting, 0) == "wachtlijst");
  CHECK(claim_state_text(Lang::nl, ClaimState::confirmed, 2) == "bevestigd");
}

TEST_CASE("a group that is confirmed in part says how many wait") {
  ClaimRow claim;
  claim.person = person(1, "Jaap");
  claim.state = ClaimState::confirmed;
  claim.count = 3;
  claim.confirmed = 2;
  CHECK(claim_state_text(Lang::nl, claim) == "bevestigd 2, 1 wacht");
  CHECK(has(claim_sentence(Lang::nl, "Opknapdag", claim), "bevestigd 2, 1 wacht"));
  claim.mine = true;
  CHECK(has(claim_sentence(Lang::en, "Opknapdag", claim), "confirmed 2, 1 waiting"));
  claim.confirmed = 3;
  CHECK(claim_state_text(Lang::nl, claim) == "bevestigd");
  CHECK(has(claim_sentence(Lang::nl, "Opknapdag", claim), "met 3 mensen"));
}

TEST_CASE("every reason has a sentence of its own, with and without the number of seats") {
  for (const Lang lang : kBoth) {
    for (const std::uint32_t seats : {0U, 1U, 3U}) {
      std::set<std::string> sentences;
      for (int i = 0; i <= static_cast<int>(ClaimReason::confirm_again); ++i) {
        const std::string sentence = reason_text(lang, {static_cast<ClaimReason>(i), seats});
        CAPTURE(sentence);
        CHECK(sentence.ends_with('.'));
        CHECK(sentences.insert(sentence).second);
      }
    }
  }
  CHECK(has(reason_text(Lang::nl, {ClaimReason::taken_by_confirmed, 3}), "3 plekken"));
  CHECK(has(reason_text(Lang::nl, {ClaimReason::taken_by_earlier, 1}), "één plek"));
}

TEST_CASE("seats are told as what is left") {
  TaskCard task;
  task.seats = 3;
  task.free = 2;
  CHECK(seats_text(Lang::nl, task) == "nog 2 plekken");
  task.free = 1;
  CHECK(seats_text(Lang::nl, task) == "nog 1 plek");
  task.free = 0;
  CHECK(seats_text(Lang::nl, task) == "vol");
  task.overbooked = true;
  task.confirmed = 4;
  CHECK(seats_text(Lang::nl, task) == "overboekt 4/3");
  task.seats = std::nullopt;
  CHECK(seats_text(Lang::en, task) == "everyone welcome");
  task.state = TaskState::cancelled;
  CHECK(seats_text(Lang::nl, task) == "afgelast");
  task.state = TaskState::done;
  CHECK(seats_text(Lang::en, task) == "done");
}

TEST_CASE("every act has a sentence that names who did it") {
  for (const Lang lang : kBoth) {
    std::set<std::string> sentences;
    for (int i = 0; i <= static_cast<int>(LogKind::other); ++i) {
      LogRow row;
      row.kind = static_cast<LogKind>(i);
      row.person = person(1, "Noor");
      row.title = "Heg knippen";
      row.records = 12;
      const std::string own = act_sentence(lang, row);
      CHECK(has(own, "Noor"));
      CHECK(sentences.insert(own).second);
    }
  }
}

TEST_CASE("an act for somebody else names both") {
  LogRow row;
  row.person = person(1, "Anneke");
  row.about = person(2, "Joke");
  row.title = "Heg knippen";
  row.kind = LogKind::claimed;
  CHECK(act_sentence(Lang::nl, row) == "Anneke meldde Joke aan voor Heg knippen");
  row.kind = LogKind::withdrawn;
  CHECK(act_sentence(Lang::en, row) == "Anneke signed Joke off from Heg knippen");
  row.kind = LogKind::confirmed;
  CHECK(act_sentence(Lang::nl, row) == "Anneke bevestigde Joke voor Heg knippen");
  row.kind = LogKind::member_added;
  CHECK(act_sentence(Lang::nl, row) == "Anneke liet Joke toe");
}

TEST_CASE("what this laptop has not got is named as such") {
  LogRow row;
  row.kind = LogKind::claimed;
  CHECK(act_sentence(Lang::nl, row) == "iemand meldde zich aan voor iets dat hier nog niet is");
  row.kind = LogKind::deleted;
  CHECK(act_sentence(Lang::nl, row) == "iemand verwijderde iets dat er niet meer is");
  row.erased = true;
  CHECK(act_sentence(Lang::nl, row) == "iemand verwijderde iets (gewist)");
  row.kind = LogKind::task_added;
  CHECK(act_sentence(Lang::nl, row) == "iemand voegde de taak (gewist) toe");
  CHECK(act_sentence(Lang::en, row) == "someone added the task (erased)");
  row.kind = LogKind::person_changed;
  CHECK(act_sentence(Lang::nl, row) == "iemand veranderde de gegevens van iemand (gewist)");
  row.kind = LogKind::record_added;
  row.words.label = {"uitleen", "Uitleen", "Loans"};
  CHECK(act_sentence(Lang::nl, row) == "iemand voegde Uitleen (gewist) toe");
  CHECK(act_sentence(Lang::en, row) == "someone added Loans (erased)");
  row.kind = LogKind::founded;
  row.person = person(1, "Noor");
  CHECK(act_sentence(Lang::nl, row) == "Noor begon het initiatief");
  CHECK(person_name(Lang::en, PersonRef{}) == "someone");
}

TEST_CASE("who writes an own name came along; who writes another's added somebody") {
  LogRow row;
  row.kind = LogKind::person_added;
  row.person = person(1, "Noor");
  row.title = "Noor";
  row.record = record_of(row.person.id);
  CHECK(act_sentence(Lang::nl, row) == "Noor kwam erbij");
  row.record = record_of(person(2, "").id);
  row.title = "Joke";
  CHECK(act_sentence(Lang::nl, row) == "Noor voegde Joke toe als persoon");
}

TEST_CASE("a change names the field and both values as people read them") {
  CHECK(change_text(Lang::nl, {"time", "18:30", "19:00"}) == "begintijd: 19.00, was 18.30");
  CHECK(change_text(Lang::nl, {"date", "2027-04-17", ""}) == "datum: niets, was za 17 april 2027");
  CHECK(change_text(Lang::en, {"date", "2027-04-17 / 2027-04-18", "2027-04-19"}) ==
        "date: Mon 19 April 2027, was Sat 17 April 2027 / Sun 18 April 2027");
  CHECK(change_text(Lang::nl, {"state", "open", "cancelled"}) == "stand: afgelast, was open");
  CHECK(change_text(Lang::nl, {"title", "", "Heg / haag"}) == "titel: Heg / haag");
  CHECK(change_text(Lang::nl, {"seats", "2", "3"}) == "aantal plekken: 3, was 2");
  CHECK(change_text(Lang::en, {"field_of_tomorrow", "a", "b"}) == "field_of_tomorrow: b, was a");
  CHECK(value_text(Lang::nl, "date", "not a date") == "not a date");
}

TEST_CASE("an act that counts has no remark, every other has one") {
  CHECK(standing_text(Lang::nl, Standing::applied).empty());
  std::set<std::string> remarks;
  for (int i = 1; i <= static_cast<int>(Standing::parked); ++i) {
    for (const Lang lang : kBoth) CHECK(remarks.insert(standing_text(lang, static_cast<Standing>(i))).second);
  }
}

TEST_CASE("things, fields and roles have names; what is not known keeps its own") {
  CHECK(thing_name(Lang::nl, "task") == "taak");
  CHECK(thing_name(Lang::nl, "place") == "plaats");
  CHECK(thing_name(Lang::nl, "gadget") == "gadget");
  CHECK(field_name(Lang::nl, "meeting_point") == "verzamelpunt");
  CHECK(field_name(Lang::en, "--seats") == "--seats");
  std::set<std::string> roles;
  for (int i = 0; i <= static_cast<int>(Role::coordinator); ++i) {
    CHECK(roles.insert(role_text(Lang::nl, static_cast<Role>(i))).second);
  }
  CHECK(roles.contains("coördinator"));
}

TEST_CASE("an import's problem names row, column, what stands there and what should") {
  CHECK(problem_text(Lang::nl, 1203, "dag", "32-1-2027", "existing_day") ==
        "Rij 1.203, kolom dag: ‘32-1-2027’ kan niet. Verwacht: een dag die bestaat.");
  CHECK(problem_text(Lang::en, 2, "titel", "", "title") ==
        "Row 2, column titel: nothing is here. Expected: a title or name.");
  CHECK(expected_text(Lang::nl, "of_tomorrow") == "of_tomorrow");
  std::set<std::string> reasons;
  for (const char* why : {"sealed", "unknown", "on_purpose", "repeated"}) {
    CHECK(reasons.insert(left_out_text(Lang::nl, "contact", why)).second);
  }
  CHECK(counted_things(Lang::nl, "tasks", 1) == "1 taak");
  CHECK(counted_things(Lang::nl, "places", 2) == "2 plaatsen");
  CHECK(counted_things(Lang::en, "people", 2) == "2 people");
}

}  // namespace
}  // namespace kiem
