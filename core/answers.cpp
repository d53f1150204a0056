// The queries. They give what can be read beside damage and say what is missing; a machine that fails ends them.
#include <algorithm>

#include "core/community.hpp"
#include "core/spread.hpp"
#include "core/views/log_query.hpp"
#include "core/views/queries.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {

Result<Answer> Community::Impl::perform(const ListPlaces& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  Places answer;
  KIEM_TRY_GET(answer.places, query_places(db, space, &answer.missing));
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowPlace& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  Missing others;
  KIEM_TRY_GET(const RecordId id, query_named(db, space, Named::place, request.place.text, &others));
  KIEM_TRY_GET(const auto places, query_places(db, space, &others));
  const auto place = std::find_if(places.begin(), places.end(), [&](const PlaceRow& each) { return each.id == id; });
  if (place == places.end() && others.rows > 0) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
  if (place == places.end()) return fail(ErrorCode::not_found, Fault::person, {"place", request.place.text});
  TaskFilter here;
  here.place = id;
  PlaceDetail answer{*place, {}, {0, others.details}};
  KIEM_TRY_GET(answer.tasks, query_tasks(db, space, keys.person, here, &answer.missing));
  return answer;
}

Result<Answer> Community::Impl::perform(const ListTasks& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  TaskFilter filter;
  filter.all = request.all;
  // One more than asked for tells whether there is more.
  if (request.limit) filter.limit = *request.limit + 1;
  Tasks answer;
  KIEM_TRY_GET(auto tasks, query_tasks(db, space, keys.person, filter, &answer.missing));
  answer.complete = !answer.missing.any();
  if (request.limit && tasks.size() > *request.limit) {
    tasks.resize(*request.limit);
    answer.complete = false;
  }
  answer.tasks = std::move(tasks);
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowTask& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  // Another's title that cannot be read is not missing here.
  Missing others;
  KIEM_TRY_GET(const RecordId task, query_named(db, space, Named::task, request.task.text, &others));
  KIEM_TRY_GET(TaskDetail detail, query_task(db, space, keys.person, task, &others));
  if (!detail.card.mine) return detail;
  const auto membership = ingest.members().of(space.row);
  if (!membership && !is_damage(membership.error())) return tl::unexpected<Error>(membership.error());
  if (!membership) return detail;
  const RecordId claim = claim_id(task, principal_of(keys.person));
  const auto spread = spread_of(db, space, **membership, keys.device, keys.person, claim);
  KIEM_TRY_GET(detail.mine_on, or_instead(spread, std::optional<Spread>{}, &detail.missing));
  return detail;
}

Result<Answer> Community::Impl::perform(const ListPeople& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  People answer;
  KIEM_TRY_GET(answer.people, query_people(db, space, keys.person, &answer.missing));
  auto& people = answer.people;
  const auto membership = ingest.members().of(space.row);
  if (!membership && !is_damage(membership.error())) return tl::unexpected<Error>(membership.error());
  if (!membership) {
    // Nobody's role is known then; the names are.
    answer.missing.details += std::max<std::size_t>(people.size(), 1);
    return answer;
  }
  const MembershipState state = (*membership)->state();
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
  return answer;
}

namespace {

void add_members(const MembershipState& state, const PersonId& me, InitiativeRow& row) {
  for (const auto& person : state.persons) {
    if (!person.belongs()) continue;
    ++row.members;
    row.laptops += static_cast<std::uint32_t>(
        std::count_if(person.devices.begin(), person.devices.end(), [](const auto& device) { return device.works; }));
    if (person.person == me && !person.roles.empty()) row.my_role = person.roles.back();
  }
}

Result<std::uint64_t> count_of(Connection& db, const char* sql, std::int64_t space) {
  KIEM_TRY_GET(Statement * count, db.cached(sql));
  count->bind(1, space);
  KIEM_TRY_GET(const bool counted, count->step());
  const auto number = counted ? static_cast<std::uint64_t>(count->integer(0)) : 0;
  count->reset();
  return number;
}

}  // namespace

Result<InitiativeRow> Community::Impl::describe(const SpaceRow& space, std::optional<std::int32_t> today,
                                                Missing& missing) {
  InitiativeRow row;
  row.id = space.id;
  row.name = space.name;
  row.practice = space.practice;
  const auto membership = ingest.members().of(space.row);
  if (!membership && !is_damage(membership.error())) return tl::unexpected<Error>(membership.error());
  if (membership) add_members((*membership)->state(), keys.person, row);
  missing.details += membership ? 0 : 1;
  const auto open = count_of(db, "SELECT count(*) FROM task WHERE space = ? AND state = 0", space.row);
  const auto all =
      count_of(db, "SELECT count(*) FROM circle JOIN chain USING(circle) JOIN operation USING(chain) WHERE space = ?",
               space.row);
  KIEM_TRY_GET(const std::uint64_t open_tasks, or_instead(open, std::uint64_t{0}, &missing));
  row.open_tasks = static_cast<std::uint32_t>(open_tasks);
  KIEM_TRY_GET(row.operations, or_instead(all, std::uint64_t{0}, &missing));
  KIEM_TRY_GET(row.only_here, or_instead(replica.only_here(space), std::uint64_t{0}, &missing));
  const auto parked = count_of(db,
                               "SELECT count(*) FROM operation o JOIN chain USING(chain) JOIN circle USING(circle) "
                               "WHERE space = ? AND standing = 5",
                               space.row);
  KIEM_TRY_GET(row.waiting, or_instead(parked, std::uint64_t{0}, &missing));
  KIEM_TRY_GET(row.meetings, or_instead(replica.meetings(space), {}, &missing));
  KIEM_TRY_GET(row.older, or_instead(replica.older(space), {}, &missing));
  if (today && row.my_role == Role::coordinator) {
    KIEM_TRY_GET(const Schema schema, or_instead(load_schema(db, space.row), Schema::first(), &missing));
    Missing unread;
    KIEM_TRY_GET(const auto due, due_in(space, schema, nullptr, *today, unread));
    row.due = due.size();
    missing.details += unread.rows + unread.details;
  }
  return row;
}

Result<Answer> Community::Impl::perform(const ShowStatus& request) {
  StatusAnswer answer;
  answer.me = {principal_of(keys.person), my_name};
  answer.device = keys.device;
  KIEM_TRY_GET(const auto spaces, all_spaces(db));
  for (const auto& space : spaces) {
    if (space.kind != SpaceKind::initiative) continue;
    KIEM_TRY_GET(InitiativeRow row, describe(space, request.today, answer.missing));
    answer.initiatives.push_back(std::move(row));
  }
  KIEM_TRY_GET(answer.routes, replica.routes());
  return answer;
}

Result<Answer> Community::Impl::perform(const ChooseRoutes& request) {
  KIEM_TRY_GET(Routes routes, replica.routes());
  routes.ipv4 = request.ipv4.value_or(routes.ipv4);
  routes.ipv6 = request.ipv6.value_or(routes.ipv6);
  routes.dns_sd = request.dns_sd.value_or(routes.dns_sd);
  KIEM_TRY(replica.keep_routes(routes));
  return perform(ShowStatus{});
}

Result<Answer> Community::Impl::perform(const ShowLog& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  LogFilter filter;
  filter.limit = request.limit;
  Missing others;
  if (request.task) {
    KIEM_TRY_GET(filter.about, query_named(db, space, Named::task, request.task->text, &others));
  }
  KIEM_TRY_GET(auto log, query_log(db, space, filter));
  return LogAnswer{std::move(log.rows), !log.missing.any(), log.missing};
}

}  // namespace kiem
