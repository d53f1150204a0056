#include "core/views/queries.hpp"

#include <algorithm>
#include <tuple>

#include "core/views/candidates.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_rows.hpp"

namespace kiem {
namespace {

// Answered from the index alone.
constexpr const char* kTaskIndex = "SELECT record FROM task INDEXED BY task_by_day WHERE space = ?";
constexpr const char* kPlaceIndex = "SELECT record FROM place INDEXED BY place_by_space WHERE space = ?";
constexpr const char* kPrincipalIndex = "SELECT record FROM principal INDEXED BY principal_by_space WHERE space = ?";

Result<std::vector<Candidate>> all_candidates(Connection& db, const char* sql, std::int64_t space) {
  KIEM_TRY_GET(Statement * find, db.cached(sql));
  find->bind(1, space);
  std::vector<Candidate> found;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return found;
    KIEM_TRY_GET(const auto id, find->id<RecordId>(0));
    found.push_back({id, std::string(find->text(1))});
  }
}

const char* sql_for(Named kind) {
  switch (kind) {
    case Named::task:
      return "SELECT r.id, t.title FROM task t JOIN record r USING(record) WHERE t.space = ?";
    case Named::place:
      return "SELECT r.id, p.title FROM place p JOIN record r USING(record) WHERE p.space = ?";
    case Named::person:
      return "SELECT r.id, p.name FROM principal p JOIN record r USING(record) WHERE p.space = ?";
  }
  return nullptr;
}

// One record's title, and the records that an index knows of.
struct OneByOne {
  const char* title;
  const char* index;
};
OneByOne one_by_one(Named kind) {
  switch (kind) {
    case Named::task:
      return {"SELECT title FROM task WHERE record = ? AND space = ?", kTaskIndex};
    case Named::place:
      return {"SELECT title FROM place WHERE record = ? AND space = ?", kPlaceIndex};
    case Named::person:
      return {"SELECT name FROM principal WHERE record = ? AND space = ?", kPrincipalIndex};
  }
  return {};
}

IndexedList of_space(const char* index, std::int64_t space) {
  return {index, [space](Statement& find) { find.bind(1, space); }};
}

Result<std::vector<Candidate>> readable_candidates(Connection& db, Named kind, std::int64_t space,
                                                   std::uint64_t& unread) {
  const OneByOne sql = one_by_one(kind);
  std::vector<Candidate> found;
  const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
    KIEM_TRY_GET(Statement * find, db.cached(sql.title));
    find->bind(1, record).bind(2, space);
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    found.push_back({id, std::string(find->text(0))});
    find->reset();
    return true;
  };
  KIEM_TRY_GET(unread, read_one_by_one(db, space, of_space(sql.index, space), read));
  return found;
}

const char* word_for(Named kind) {
  switch (kind) {
    case Named::task:
      return "task";
    case Named::place:
      return "place";
    case Named::person:
      return "person";
  }
  return nullptr;
}

}  // namespace

namespace {

PlaceRow read_place(const Statement& row, const RecordId& id, const SpaceRow& space) {
  PlaceRow place;
  place.id = id;
  place.initiative = space.id;
  place.title = std::string(row.text(1));
  place.kind = std::string(row.text(2));
  place.area = std::string(row.text(3));
  place.text = std::string(row.text(4));
  place.meeting_point = std::string(row.text(5));
  return place;
}

Result<std::vector<PlaceRow>> all_places(Connection& db, const SpaceRow& space) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT r.id, p.title, p.kind, p.area, p.text, p.meeting_point, (SELECT count(*) FROM task t "
                         "WHERE t.place = r.id AND t.space = p.space AND t.state = 0) FROM place p JOIN record r "
                         "USING(record) WHERE p.space = ? ORDER BY p.title, r.id"));
  find->bind(1, space.row);
  std::vector<PlaceRow> places;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return places;
    KIEM_TRY_GET(const auto id, find->id<RecordId>(0));
    places.push_back(read_place(*find, id, space));
    places.back().open_tasks = static_cast<std::uint32_t>(find->integer(6));
  }
}

Result<std::uint32_t> open_tasks_at(Connection& db, const SpaceRow& space, const RecordId& place) {
  KIEM_TRY_GET(Statement * count, db.cached("SELECT count(*) FROM task WHERE place = ? AND space = ? AND state = 0"));
  count->bind(1, place).bind(2, space.row);
  KIEM_TRY_GET(const bool counted, count->step());
  const auto tasks = counted ? static_cast<std::uint32_t>(count->integer(0)) : 0U;
  count->reset();
  return tasks;
}

Result<std::vector<PlaceRow>> readable_places(Connection& db, const SpaceRow& space, Missing* missing) {
  std::vector<PlaceRow> places;
  const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
    KIEM_TRY_GET(Statement * find, db.cached("SELECT record, title, kind, area, text, meeting_point FROM place WHERE "
                                             "record = ? AND space = ?"));
    find->bind(1, record).bind(2, space.row);
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    places.push_back(read_place(*find, id, space));
    find->reset();
    KIEM_TRY_GET(places.back().open_tasks, or_instead(open_tasks_at(db, space, id), 0U, missing));
    return true;
  };
  KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db, space.row, of_space(kPlaceIndex, space.row), read));
  missing->rows += unread;
  std::ranges::sort(places, {}, [](const PlaceRow& place) { return std::tie(place.title, place.id); });
  return places;
}

PersonRow read_person(const Statement& row, const PrincipalId& id, const PersonId& me) {
  PersonRow person;
  person.person.id = id;
  person.person.name = std::string(row.text(1));
  person.card = row.integer(2) != principal_kind::kPerson;
  person.me = id == principal_of(me);
  person.role_text = std::string(row.text(3));
  person.talents = std::string(row.text(4));
  person.languages = std::string(row.text(5));
  person.works_with = std::string(row.text(6));
  return person;
}

Result<std::vector<PersonRow>> all_people(Connection& db, const SpaceRow& space, const PersonId& me) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached("SELECT r.id, p.name, p.kind, p.role_text, p.talents, p.languages, p.works_with FROM principal "
                "p JOIN record r USING(record) WHERE p.space = ? ORDER BY p.name, r.id"));
  find->bind(1, space.row);
  std::vector<PersonRow> people;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return people;
    KIEM_TRY_GET(const auto id, find->id<PrincipalId>(0));
    people.push_back(read_person(*find, id, me));
  }
}

Result<std::vector<PersonRow>> readable_people(Connection& db, const SpaceRow& space, const PersonId& me,
                                               Missing& missing) {
  std::vector<PersonRow> people;
  const auto read = [&](std::int64_t record, const RecordId& id) -> Result<bool> {
    KIEM_TRY_GET(Statement * find,
                 db.cached("SELECT record, name, kind, role_text, talents, languages, works_with FROM "
                           "principal WHERE record = ? AND space = ?"));
    find->bind(1, record).bind(2, space.row);
    KIEM_TRY_GET(const bool here, find->step());
    if (!here) return false;
    people.push_back(read_person(*find, principal_of(id), me));
    find->reset();
    return true;
  };
  KIEM_TRY_GET(const std::uint64_t unread, read_one_by_one(db, space.row, of_space(kPrincipalIndex, space.row), read));
  missing.rows += unread;
  std::ranges::sort(people, {}, [](const PersonRow& row) { return std::tie(row.person.name, row.person.id); });
  return people;
}

}  // namespace

Result<std::vector<PlaceRow>> query_places(Connection& db, const SpaceRow& space, Missing* missing) {
  auto places = all_places(db, space);
  if (places || !steps_over(places.error(), missing)) return places;
  return readable_places(db, space, missing);
}

Result<std::vector<PersonRow>> query_people(Connection& db, const SpaceRow& space, const PersonId& me,
                                            Missing* missing) {
  auto people = all_people(db, space, me);
  if (people || !steps_over(people.error(), missing)) return people;
  return readable_people(db, space, me, *missing);
}

Result<PersonRef> query_person(Connection& db, std::int64_t space, const PrincipalId& person) {
  KIEM_TRY_GET(Statement * find, db.cached("SELECT name FROM principal JOIN record r USING(record) WHERE r.id = ? AND "
                                           "r.space = ?"));
  find->bind(1, person).bind(2, space);
  PersonRef ref{person, {}};
  KIEM_TRY_GET(const bool found, find->step());
  if (found) ref.name = std::string(find->text(0));
  find->reset();
  return ref;
}

Result<std::string> query_title(Connection& db, std::int64_t space, const RecordId& record) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT coalesce(t.title, p.title, n.name, '') FROM record r LEFT JOIN task t USING(record) "
                         "LEFT JOIN place p USING(record) LEFT JOIN principal n USING(record) "
                         "WHERE r.id = ? AND r.space = ?"));
  find->bind(1, record).bind(2, space);
  KIEM_TRY_GET(const bool found, find->step());
  if (!found) return std::string{};
  std::string title(find->text(0));
  find->reset();
  return title;
}

Result<RecordId> query_named(Connection& db, const SpaceRow& space, Named kind, std::string_view text,
                             Missing* missing) {
  std::uint64_t unread = 0;
  auto all = all_candidates(db, sql_for(kind), space.row);
  if (!all && steps_over(all.error(), missing)) {
    all = readable_candidates(db, kind, space.row, unread);
  }
  if (!all) return tl::unexpected<Error>(all.error());
  return choose_named(*all, word_for(kind), text, unread);
}

}  // namespace kiem
