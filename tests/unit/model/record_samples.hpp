// The tool shed of the samples' neighbourhood: a list with a field of each kind, as its schema tells it, and two things
// in it. Values made by hand.
#pragma once

#include "tests/unit/model/samples.hpp"

namespace kiem::samples {

[[nodiscard]] inline FieldModel field(std::string key, std::string nl, std::string en, std::string type,
                                      std::string merge = "one") {
  FieldModel made;
  made.label = {std::move(key), std::move(nl), std::move(en)};
  made.type = std::move(type);
  made.merge = std::move(merge);
  made.circle = "open";
  return made;
}

[[nodiscard]] inline CollectionModel tools() {
  CollectionModel made;
  made.label = {"gereedschap", "Gereedschap", "Tools"};
  made.home = "open";
  made.writers = "members";
  made.title = "naam";
  made.records = 2;
  made.fields = {field("naam", "Naam", "Name", "text"),
                 field("stand", "Stand", "State", "choice"),
                 field("aantal", "Aantal", "Count", "integer"),
                 field("gekocht", "Gekocht op", "Bought on", "date"),
                 field("waarvoor", "Waarvoor", "Used for", "text", "set"),
                 field("gebruikt", "Gebruikt", "Used", "length", "tally"),
                 field("eigenaar", "Van wie", "Owner", "person"),
                 field("hoort_bij", "Hoort bij", "Goes with", "record", "list"),
                 field("uitleg", "Uitleg", "Manual", "text", "text"),
                 field("laptop", "Laptop", "Laptop", "device")};
  made.fields[1].choices = {{"vrij", "vrij", "free"}, {"uitgeleend", "uitgeleend", "lent"}, {"stuk", "stuk", "broken"}};
  made.fields[6].circle = "members";
  made.fields[6].about_person = true;
  made.fields[7].of = "gereedschap";
  return made;
}

[[nodiscard]] inline RecordModel drill() {
  RecordModel made;
  made.id = id_of<RecordId>(201);
  made.collection = "gereedschap";
  made.title = "Boormachine";
  made.cells = {{"naam", "Boormachine", {}, false},
                {"stand", "stuk", {}, true},
                {"aantal", "2", {}, false},
                {"gekocht", "2027-04-17", {}, false},
                {"waarvoor", {}, {"hout", "steen"}, false},
                {"gebruikt", "3:30", {}, false},
                {"eigenaar", "Anneke V.", {}, false},
                {"hoort_bij", {}, {"Ladder"}, false},
                {"uitleg", "Bril op.\nGaten eerst aftekenen.", {}, false},
                {"laptop", {}, {}, false}};
  ConflictRow state;
  state.field = "stand";
  state.sides = {{anneke(), at(kToday, 9, 0), "stuk", true},
                 {person(2, "Rachid B."), at(kToday - 1, 21, 0), "vrij", false}};
  made.conflicts = {state};
  made.added_by = anneke();
  return made;
}

[[nodiscard]] inline RecordModel ladder() {
  RecordModel made;
  made.id = id_of<RecordId>(202);
  made.collection = "gereedschap";
  made.title = "Ladder";
  for (const FieldModel& each : tools().fields) made.cells.push_back({each.label.key, {}, {}, false});
  made.cells[0].shown = "Ladder";
  made.cells[1].shown = "vrij";
  made.added_by = noor();
  return made;
}

[[nodiscard]] inline model::Facts facts_with_lists() {
  model::Facts known = facts();
  CollectionModel first;
  first.label = {"task", "Taken", "Tasks"};
  first.first = true;
  known.schema = SchemaAnswer{{first, tools()}, 0, 0, false};
  known.records = Records{tools(), {drill(), ladder()}, true};
  known.record = RecordAnswer{drill(), tools(), false};
  known.referred = {*known.records};
  return known;
}
// For a coordinator: the drill, and something that was taken away, are over their term.
[[nodiscard]] inline model::Facts facts_with_due() {
  model::Facts known = facts_with_lists();
  known.status->initiatives[0].my_role = Role::coordinator;
  known.status->initiatives[0].due = 2;
  const KeepModel keep{{}, "days", 30};
  known.due = DueRecords{{{id_of<RecordId>(201), tools().label, "Boormachine", keep, kToday - 32, kToday - 2, false},
                          {id_of<RecordId>(204), tools().label, {}, keep, kToday - 31, kToday - 1, true}},
                         true};
  known.due_in = to_text(id_of<SpaceId>(9));
  return known;
}
[[nodiscard]] inline model::UiState state_on(model::Page page) {
  model::UiState now = state();
  now.page = page;
  now.back = {model::Page::tasks, model::Page::lists, model::Page::records};
  now.collection = "gereedschap";
  now.record = id_of<RecordId>(201);
  return now;
}

}  // namespace kiem::samples
