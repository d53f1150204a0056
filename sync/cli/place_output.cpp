#include "sync/cli/place_output.hpp"

#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/task_output.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<1> kPlaceAdded{"Toegevoegd: {0}.", "Added: {0}."};
constexpr Text<0> kNoPlaces{"Er zijn nog geen plaatsen. Zo voeg je er een toe: kiem place add TITEL",
                            "There are no places yet. To add one: kiem place add TITLE"};
constexpr Counted<1> kPlaces{{"{0} plaats", "{0} place"}, {"{0} plaatsen", "{0} places"}};
constexpr Text<0> kNoTasks{"geen taken", "no tasks"};
constexpr Counted<1> kTasks{{"{0} open taak", "{0} open task"}, {"{0} open taken", "{0} open tasks"}};
constexpr Text<0> kKind{"Soort", "Kind"};
constexpr Text<0> kArea{"Buurt", "Area"};
constexpr Text<0> kPlaceText{"Tekst", "Text"};
constexpr Text<0> kMeetingPoint{"Verzamelen", "Meet at"};
constexpr Text<0> kId{"Kenmerk", "Id"};
constexpr std::size_t kLabelWidth = 10;

JsonObject place_members(const PlaceRow& place) {
  return JsonObject{{"id", to_text(place.id)},
                    {"title", place.title},
                    {"kind", place.kind},
                    {"area", place.area},
                    {"text", place.text},
                    {"meeting_point", place.meeting_point},
                    {"open_tasks", place.open_tasks}};
}

}  // namespace

void print_place_added(Page& page, const Audience& audience, const PlaceAdded& added) {
  page.line(to_text(added.id));
  page.paragraph(say(audience.lang, kPlaceAdded, added.title));
}

void print_places(Page& page, const Audience& audience, const Request& request, const Places& answer) {
  const Lang lang = audience.lang;
  if (answer.places.empty()) {
    page.line(to_type(say(lang, kNoPlaces), request));
    return;
  }
  page.line(say_count(lang, answer.places.size(), kPlaces));
  page.blank();
  Table table;
  table.columns = {{}, {true}, {}, {}, {}};
  for (const PlaceRow& place : answer.places) {
    const std::string tasks = place.open_tasks == 0 ? say(lang, kNoTasks) : say_count(lang, place.open_tasks, kTasks);
    table.rows.push_back({short_id(place.id), place.title, place.kind, place.area, tasks});
  }
  page.table(table);
}

void print_place(Page& page, const Audience& audience, const Request& request, const PlaceDetail& answer) {
  const auto field = [&](const Text<0>& label, std::string_view text) {
    page.field(label.in(audience.lang), text, kLabelWidth);
  };
  const PlaceRow& place = answer.place;
  page.paragraph(place.title);
  field(kKind, place.kind);
  field(kArea, place.area);
  field(kPlaceText, place.text);
  field(kMeetingPoint, place.meeting_point);
  field(kId, to_text(place.id));
  page.blank();
  print_tasks(page, audience, request, answer.tasks);
}

Json json_of(const Places& answer) {
  JsonArray places;
  for (const PlaceRow& place : answer.places) places.push_back(place_members(place));
  return JsonObject{{"places", std::move(places)}};
}

Json json_of(const PlaceDetail& answer) {
  JsonObject members = place_members(answer.place);
  JsonArray tasks;
  for (const TaskCard& task : answer.tasks) tasks.push_back(task_members(task));
  members.push_back({"tasks", std::move(tasks)});
  return members;
}

}  // namespace kiem::cli
