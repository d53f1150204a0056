#include <algorithm>

#include "core/community.hpp"
#include "core/views/log_query.hpp"
#include "core/views/queries.hpp"

namespace kiem {

Result<Answer> Community::Impl::perform(const ListPlaces& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(auto places, query_places(db, space));
  return Places{std::move(places)};
}

Result<Answer> Community::Impl::perform(const ShowPlace& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const RecordId id, query_named(db, space, Named::place, request.place.text));
  KIEM_TRY_GET(const auto places, query_places(db, space));
  const auto place = std::find_if(places.begin(), places.end(), [&](const PlaceRow& each) { return each.id == id; });
  if (place == places.end()) return fail(ErrorCode::not_found, Fault::person, {"place", request.place.text});
  TaskFilter here;
  here.place = id;
  KIEM_TRY_GET(auto tasks, query_tasks(db, space, keys.person, here));
  return PlaceDetail{*place, std::move(tasks)};
}

Result<Answer> Community::Impl::perform(const ListTasks& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  TaskFilter filter;
  filter.all = request.all;
  // One more than asked for tells whether there is more.
  if (request.limit) filter.limit = *request.limit + 1;
  KIEM_TRY_GET(auto tasks, query_tasks(db, space, keys.person, filter));
  Tasks answer;
  if (request.limit && tasks.size() > *request.limit) {
    tasks.resize(*request.limit);
    answer.complete = false;
  }
  answer.tasks = std::move(tasks);
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(TaskDetail task, task_named(space, request.task));
  return task;
}

Result<Answer> Community::Impl::perform(const ListPeople& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(auto people, query_people(db, space, keys.person));
  KIEM_TRY_GET(const Membership* membership, ingest.members().of(space.row));
  const MembershipState state = membership->state();
  for (const auto& member : state.persons) {
    if (!member.belongs()) continue;
    const PrincipalId id = principal_of(member.person);
    auto row = std::find_if(people.begin(), people.end(), [&](const PersonRow& each) { return each.person.id == id; });
    // A member whose name is not here yet is still a member: shown without one.
    if (row == people.end())
      row = people.insert(people.end(), PersonRow{{id, {}}, Role::none, false, false, false, {}, {}, {}, {}});
    row->card = false;
    row->me = member.person == keys.person;
    row->role = member.roles.empty() ? Role::none : member.roles.back();
    row->on_probation = member.belonging == Belonging::probation;
  }
  return People{std::move(people)};
}

Result<Answer> Community::Impl::perform(const ShowStatus&) {
  StatusAnswer answer;
  answer.me = {principal_of(keys.person), my_name};
  answer.device = keys.device;
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  for (const auto& space : spaces) {
    if (space.kind != SpaceKind::initiative) continue;
    KIEM_TRY_GET(const Membership* membership, ingest.members().of(space.row));
    const MembershipState state = membership->state();
    InitiativeRow row;
    row.id = space.id;
    row.name = space.name;
    row.practice = space.practice;
    for (const auto& person : state.persons) {
      if (!person.belongs()) continue;
      ++row.members;
      if (person.person == keys.person && !person.roles.empty()) row.my_role = person.roles.back();
    }
    KIEM_TRY_GET(Statement * count,
                 db.cached("SELECT (SELECT count(*) FROM task WHERE space = ?1 AND state = 0), (SELECT count(*) FROM "
                           "circle JOIN chain USING(circle) JOIN operation USING(chain) WHERE space = ?1)"));
    count->bind(1, space.row);
    KIEM_TRY_GET(const bool counted, count->step());
    if (counted) {
      row.open_tasks = static_cast<std::uint32_t>(count->integer(0));
      row.operations = static_cast<std::uint64_t>(count->integer(1));
    }
    count->reset();
    KIEM_TRY_GET(row.only_here, replica.only_here(space));
    KIEM_TRY_GET(row.meetings, replica.meetings(space));
    KIEM_TRY_GET(row.older, replica.older(space));
    answer.initiatives.push_back(std::move(row));
  }
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowLog& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  LogFilter filter;
  filter.limit = request.limit;
  if (request.task) {
    KIEM_TRY_GET(filter.about, query_named(db, space, Named::task, request.task->text));
  }
  KIEM_TRY_GET(auto log, query_log(db, space, filter));
  return LogAnswer{std::move(log.rows), log.complete};
}

}  // namespace kiem
