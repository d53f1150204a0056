#include "sync/cli/answer_output.hpp"

#include "core/l10n/text.hpp"
#include "sync/cli/backup_output.hpp"
#include "sync/cli/conflicts_output.hpp"
#include "sync/cli/doctor_output.hpp"
#include "sync/cli/due_output.hpp"
#include "sync/cli/exit_code.hpp"
#include "sync/cli/founding_output.hpp"
#include "sync/cli/import_output.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/log_output.hpp"
#include "sync/cli/passphrase_output.hpp"
#include "sync/cli/person_output.hpp"
#include "sync/cli/place_output.hpp"
#include "sync/cli/record_output.hpp"
#include "sync/cli/schema_output.hpp"
#include "sync/cli/status_output.hpp"
#include "sync/cli/task_output.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kDamageHides{"Let op: door schade aan de opslag ontbreekt hier iets.",
                               "Mind: damage to the store hides a part of this."};
constexpr Counted<1> kRowsHidden{{"Let op: {0} regel kan door schade aan de opslag niet worden gelezen.",
                                  "Mind: {0} entry cannot be read because the store is damaged."},
                                 {"Let op: {0} regels kunnen door schade aan de opslag niet worden gelezen.",
                                  "Mind: {0} entries cannot be read because the store is damaged."}};
constexpr Text<0> kHowToLook{"Kijk wat er mist met: kiem doctor", "See what is missing with: kiem doctor"};

struct AsText {
  Page& page;
  const Audience& audience;
  const Request& request;

  void operator()(const InitiativeCreated& answer) const { print_initiative_created(page, audience, answer); }
  void operator()(const PlaceAdded& answer) const { print_place_added(page, audience, answer); }
  void operator()(const TaskAdded& answer) const { print_task_added(page, audience, answer); }
  void operator()(const TaskChanged& answer) const { print_task_changed(page, audience, request, answer); }
  void operator()(const ClaimAnswer& answer) const { print_claim(page, audience, answer); }
  void operator()(const ImportAnswer& answer) const { print_import(page, audience, answer); }
  void operator()(const Places& answer) const { print_places(page, audience, request, answer); }
  void operator()(const PlaceDetail& answer) const { print_place(page, audience, request, answer); }
  void operator()(const Tasks& answer) const { print_tasks(page, audience, request, answer.tasks); }
  void operator()(const TaskDetail& answer) const { print_task(page, audience, answer); }
  void operator()(const People& answer) const { print_people(page, audience, answer); }
  void operator()(const LogAnswer& answer) const { print_log(page, audience, answer); }
  void operator()(const StatusAnswer& answer) const {
    if (std::holds_alternative<ChooseRoutes>(request)) return print_routes(page, audience, answer);
    print_status(page, audience, answer);
  }
  void operator()(const DoctorAnswer& answer) const { print_doctor(page, audience, answer); }
  void operator()(const WaysIn& answer) const { print_ways_in(page, audience, answer); }
  void operator()(const BackedUp& answer) const { print_backed_up(page, audience, answer); }
  void operator()(const CopyEnrolled& answer) const { print_enrolled(page, audience, answer); }
  void operator()(const SchemaAnswer& answer) const {
    if (std::holds_alternative<ExtendSchema>(request)) return print_schema_added(page, audience, request, answer);
    print_collections(page, audience, answer.collections, answer.collections);
  }
  void operator()(const RecordAnswer& answer) const { print_record(page, audience, request, answer); }
  void operator()(const Records& answer) const { print_records(page, audience, request, answer); }
  void operator()(const FoundTexts& answer) const { print_found(page, audience, answer); }
  void operator()(const Conflicts& answer) const { print_conflicts(page, audience, request, answer); }
  void operator()(const Undone& answer) const { print_undone(page, audience, answer); }
  void operator()(const DueRecords& answer) const { print_due(page, audience, request, answer); }
};

template <class Added>
Json id_and_title(const Added& added) {
  return JsonObject{{"id", to_text(added.id)}, {"title", added.title}};
}

struct AsJson {
  Lang lang;

  Json operator()(const InitiativeCreated& answer) const { return json_of(answer); }
  Json operator()(const PlaceAdded& answer) const { return id_and_title(answer); }
  Json operator()(const TaskAdded& answer) const { return id_and_title(answer); }
  Json operator()(const TaskChanged& answer) const {
    JsonObject members = task_detail_members(lang, answer.task);
    JsonArray changes;
    for (const LogChange& change : answer.changes) changes.push_back(json_of(change));
    members.push_back({"changes", std::move(changes)});
    return members;
  }
  Json operator()(const ClaimAnswer& answer) const {
    JsonObject members = task_detail_members(lang, answer.task);
    members.push_back({"claim", claim_json(lang, answer.claim)});
    return members;
  }
  Json operator()(const ImportAnswer& answer) const { return import_json(lang, answer); }
  Json operator()(const Places& answer) const { return json_of(answer); }
  Json operator()(const PlaceDetail& answer) const { return json_of(answer); }
  Json operator()(const Tasks& answer) const {
    JsonArray tasks;
    for (const TaskCard& task : answer.tasks) tasks.push_back(task_members(task));
    return JsonObject{{"tasks", std::move(tasks)}, {"complete", answer.complete}};
  }
  Json operator()(const TaskDetail& answer) const { return task_detail_members(lang, answer); }
  Json operator()(const People& answer) const { return json_of(answer); }
  Json operator()(const LogAnswer& answer) const { return log_json(lang, answer); }
  Json operator()(const StatusAnswer& answer) const { return json_of(answer); }
  Json operator()(const DoctorAnswer& answer) const { return json_of(answer); }
  Json operator()(const WaysIn& answer) const { return json_of(answer); }
  Json operator()(const BackedUp& answer) const { return json_of(answer); }
  Json operator()(const CopyEnrolled& answer) const { return json_of(answer); }
  Json operator()(const SchemaAnswer& answer) const { return json_of(answer); }
  Json operator()(const RecordAnswer& answer) const { return json_of(answer); }
  Json operator()(const Records& answer) const { return json_of(answer); }
  Json operator()(const FoundTexts& answer) const { return json_of(answer); }
  Json operator()(const Conflicts& answer) const { return json_of(answer); }
  Json operator()(const Undone& answer) const { return json_of(answer); }
  Json operator()(const DueRecords& answer) const { return json_of(answer); }
};

}  // namespace

void print_answer(Page& page, const Audience& audience, const Request& request, const Answer& answer) {
  std::visit(AsText{page, audience, request}, answer);
}

std::string answer_json(Lang lang, const Answer& answer) {
  Json json = std::visit(AsJson{lang}, answer);
  const Missing missing = missing_of(answer);
  auto* const members = std::get_if<JsonObject>(&json.value);
  if (missing.any() && members != nullptr) {
    members->push_back({"missing", JsonObject{{"rows", missing.rows}, {"details", missing.details}}});
  }
  return to_json_line(json);
}

void print_remarks(Page& remarks, const Audience& audience, const Answer& answer) {
  if (const auto* const import = std::get_if<ImportAnswer>(&answer)) {
    print_import_problems(remarks, audience, *import);
  }
  const Missing missing = missing_of(answer);
  if (missing.rows > 0) {
    remarks.paragraph(say_count(audience.lang, missing.rows, kRowsHidden));
  } else if (missing.any()) {
    remarks.paragraph(say(audience.lang, kDamageHides));
  }
  if (missing.any()) remarks.line(say(audience.lang, kHowToLook));
}

}  // namespace kiem::cli
