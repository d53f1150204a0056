#include "gui/model/lists.hpp"

#include "core/l10n/names.hpp"
#include "gui/text/board.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/task.hpp"

namespace kiem::model {
namespace {

PlaceItem place_item(Lang lang, const PlaceRow& row) {
  PlaceItem item;
  item.title = row.title;
  item.kind = row.kind.empty() || row.area.empty() ? row.kind + row.area
                                                   : say(lang, text::places::kKindArea, row.kind, row.area);
  item.kind = text::capitalised(item.kind);
  item.text = row.text;
  if (!row.meeting_point.empty()) item.meet = say(lang, text::places::kMeetAt, row.meeting_point);
  if (row.open_tasks == 0) {
    item.tasks = {say(lang, text::places::kNoOpenTasks), Tone::neutral};
  } else {
    item.tasks = {say_count(lang, row.open_tasks, text::places::kOpenTasks), Tone::good};
    item.show = Button{say(lang, text::places::kShowTasks), ShowPlace{row.id}, Weight::secondary};
  }
  return item;
}

PersonItem person_item(Lang lang, const PersonRow& row) {
  PersonItem item;
  item.name = person_name(lang, row.person);
  item.shown = row.me ? say(lang, text::shell::kNameYou, item.name) : item.name;
  item.role = row.role != kiem::Role::none ? text::capitalised(role_text(lang, row.role))
              : row.role_text.empty()      ? say(lang, text::people::kWithoutKiem)
                                           : text::capitalised(row.role_text);
  if (row.on_probation) item.role += ", " + say(lang, text::people::kOnProbation);
  if (!row.talents.empty()) item.detail = say(lang, text::people::kTalents, row.talents) + '.';
  if (!row.languages.empty()) {
    if (!item.detail.empty()) item.detail += ' ';
    item.detail += say(lang, text::people::kLanguages, row.languages) + '.';
  }
  return item;
}

}  // namespace

PlacesModel places_model(const Reader& reader, const Facts& facts, const UiState& state) {
  PlacesModel model;
  model.title = say(reader.lang, text::places::kTitle);
  if (may_add(facts, state.initiative)) {
    model.add = Button{say(reader.lang, text::add::kPlace), GoTo{Page::add_place}, Weight::secondary};
  }
  if (!facts.places) {
    model.subtitle = say(reader.lang, text::task::kStillLoading);
    return model;
  }
  model.subtitle = say(reader.lang, text::places::kSubtitle);
  for (const PlaceRow& row : facts.places->places) model.places.push_back(place_item(reader.lang, row));
  if (model.places.empty()) {
    model.empty = Empty{say(reader.lang, text::places::kNone), say(reader.lang, text::places::kNoneHelp), std::nullopt};
  }
  return model;
}

PeopleModel people_model(const Reader& reader, const Facts& facts, const UiState& state) {
  PeopleModel model;
  model.title = say(reader.lang, text::people::kTitle);
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  // Members see who is there and may not let in: the button is for coordinators, whose acts admit (DESIGN D5).
  if (initiative != nullptr && initiative->my_role == kiem::Role::coordinator) {
    model.invite = Button{say(reader.lang, text::people::kInvite), GoTo{Page::invite}, Weight::secondary};
  }
  if (!facts.people) {
    model.subtitle = say(reader.lang, text::task::kStillLoading);
    return model;
  }
  for (const PersonRow& row : facts.people->people) model.people.push_back(person_item(reader.lang, row));
  if (model.people.empty()) {
    model.subtitle = say(reader.lang, text::people::kSubtitleNobody);
    model.empty = Empty{say(reader.lang, text::people::kNone), say(reader.lang, text::people::kNoneHelp), std::nullopt};
  } else {
    model.subtitle = say_count(reader.lang, model.people.size(), text::people::kSubtitle);
  }
  return model;
}

}  // namespace kiem::model
