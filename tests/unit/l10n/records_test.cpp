// The words for collections of an initiative's own, their values and what was written apart.
#include "core/l10n/records.hpp"

#include <doctest/doctest.h>

#include <set>

#include "core/l10n/dates.hpp"
#include "core/l10n/log.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/schema.hpp"
#include "tests/unit/l10n/spoken.hpp"

namespace kiem {
namespace {

FieldModel field_of(std::string type, std::string merge = "one") {
  FieldModel field;
  field.label = {"state", "Stand", "State"};
  field.type = std::move(type);
  field.merge = std::move(merge);
  return field;
}

TEST_CASE("a label is told in the reader's language, or is its key") {
  CHECK(label_text(Lang::nl, {"tool", "Gereedschap", "Tools"}) == "Gereedschap");
  CHECK(label_text(Lang::en, {"tool", "Gereedschap", "Tools"}) == "Tools");
  CHECK(label_text(Lang::en, {"tool", "Gereedschap", ""}) == "tool");
}

TEST_CASE("every type and every way of merging has words of its own in both languages") {
  for (const Lang lang : {Lang::nl, Lang::en}) {
    std::set<std::string> words;
    for (const char* type : {"text", "integer", "date", "time", "length", "choice", "person", "record", "device"}) {
      CHECK(words.insert(field_type_text(lang, field_of(type), "")).second);
    }
    for (const char* merge : {"set", "list"}) {
      for (const char* type : {"text", "date", "choice", "person", "record"}) {
        CHECK(words.insert(field_type_text(lang, field_of(type, merge), "")).second);
      }
    }
    for (const char* type : {"integer", "length"}) {
      CHECK(words.insert(field_type_text(lang, field_of(type, "tally"), "")).second);
    }
    CHECK(words.insert(field_type_text(lang, field_of("text", "text"), "")).second);
  }
  FieldModel state = field_of("choice");
  state.choices = {{"free", "vrij", "free"}, {"lent", "uitgeleend", "lent"}};
  CHECK(field_type_text(Lang::nl, state, "") == "keuze: vrij, uitgeleend");
  state.merge = "set";
  CHECK(field_type_text(Lang::en, state, "") == "several choices side by side: free, lent");
  CHECK(field_type_text(Lang::nl, field_of("record"), "Gereedschap") == "verwijzing: Gereedschap");
  CHECK(field_type_text(Lang::nl, field_of("smell"), "") == "smell");
  CHECK(field_type_text(Lang::nl, field_of("smell", "set"), "") == "meer smell naast elkaar");
}

TEST_CASE("every circle and every rule for writers has words, and a later one stands as it is") {
  for (const Lang lang : {Lang::nl, Lang::en}) {
    std::set<std::string> words;
    for (const char* circle : {"open", "members", "coordinators", "partners"}) {
      CHECK(words.insert(circle_text(lang, circle)).second);
    }
    for (const char* writers : {"members", "coordinators", "author", "author-or-coordinators"}) {
      CHECK(words.insert(writers_text(lang, writers)).second);
    }
    CHECK(words.size() == 8);
    CHECK(circle_text(lang, "moon") == "moon");
    CHECK(writers_text(lang, "moon") == "moon");
  }
}

TEST_CASE("a value is told by its type") {
  CHECK(cell_text(Lang::nl, field_of("date"), "2027-04-17") == "za 17 april 2027");
  CHECK(cell_text(Lang::en, field_of("time"), "18:30") == "18:30");
  CHECK(cell_text(Lang::nl, field_of("time"), "18:30") == "18.30");
  CHECK(cell_text(Lang::nl, field_of("date"), "ooit") == "ooit");
  CHECK(cell_text(Lang::nl, field_of("text"), "2027-04-17") == "2027-04-17");
  CHECK(cell_text(Lang::nl, field_of("date"), "").empty());
  FieldModel state = field_of("choice");
  state.choices = {{"lent", "uitgeleend", "lent"}};
  CHECK(cell_text(Lang::nl, state, "lent") == "uitgeleend");
  CHECK(cell_text(Lang::nl, state, "7") == "7");
}

TEST_CASE("what was written apart is one sentence that names everybody and what holds") {
  ConflictRow seats{"seats", {{person(1, "Noor"), {0}, "4", false}, {person(2, "Sven"), {0}, "3", true}}};
  CHECK(conflict_sentence(Lang::nl, "Plekken", seats) ==
        "Noor zette Plekken op 4, Sven op 3, los van elkaar; nu geldt 3.");
  CHECK(conflict_sentence(Lang::en, "Seats", seats) ==
        "Noor set Seats to 4, Sven to 3, apart from each other; 3 holds for now.");
  seats.sides[0].value.clear();
  CHECK(conflict_sentence(Lang::nl, "Plekken", seats) ==
        "Noor maakte Plekken leeg, Sven zette het op 3, los van elkaar; nu geldt 3.");
  seats.sides[0] = {person(1, "Noor"), {0}, "4", false};
  seats.sides[1].shown = false;
  seats.sides.push_back({person(3, ""), {0}, "", false});
  CHECK(conflict_sentence(Lang::nl, "Plekken", seats) ==
        "Noor zette Plekken op 4, Sven op 3, iemand maakte het leeg, los van elkaar; nu geldt nog niets.");
  FieldModel state = field_of("choice");
  state.choices = {{"free", "vrij", "free"}, {"lent", "uitgeleend", "lent"}};
  const ConflictRow apart{"state", {{person(1, "Noor"), {0}, "free", false}, {person(2, "Sven"), {0}, "lent", true}}};
  CHECK(conflict_sentence(Lang::nl, "Stand", apart, &state) ==
        "Noor zette Stand op vrij, Sven op uitgeleend, los van elkaar; nu geldt uitgeleend.");
}

TEST_CASE("a field of the initiative's own is told by its label and its values by its type") {
  const FieldWords state{{"staat", "Staat", "Condition"}, "choice", {{"stuk", "kapot", "broken"}, {"goed", "", ""}}};
  CHECK(field_text(Lang::nl, "staat", state) == "Staat");
  CHECK(field_text(Lang::en, "staat", state) == "Condition");
  CHECK(field_text(Lang::nl, "seats", {}) == "aantal plekken");
  CHECK(value_text(Lang::en, "staat", state, "stuk / goed") == "broken / goed");
  CHECK(value_text(Lang::nl, "staat", state, "") == "niets");
  LogChange change{"staat", "goed", "stuk", state};
  CHECK(change_text(Lang::nl, change) == "Staat: kapot, was goed");
  // A field without a label has its key.
  change.words = {{"gekocht", "", ""}, "date", {}};
  change.before.clear();
  change.after = "2027-04-17";
  CHECK(change_text(Lang::nl, change) == "gekocht: " + format_date(Lang::nl, 20'925));
  const ConflictRow apart{
      "staat", {{person(1, "Noor"), {0}, "goed", true}, {person(2, "Sven"), {0}, "stuk", false}}, state};
  CHECK(conflict_sentence(Lang::en, field_text(Lang::en, "staat", state), apart) ==
        "Noor set Condition to goed, Sven to broken, apart from each other; goed holds for now.");
  CHECK(left_text(Lang::nl, "staat", state, "") == "Staat");
  CHECK(left_text(Lang::nl, "note", {}, "Zet hem vast.") == "toelichting (‘Zet hem vast.’)");
  CHECK(left_text(Lang::nl, "note", {}, std::string(39, 'a') + "één") ==
        "toelichting (‘" + std::string(39, 'a') + "…’)");
}

}  // namespace
}  // namespace kiem
