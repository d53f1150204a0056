#include "core/views/queries.hpp"

#include <algorithm>

#include "core/views/record_rows.hpp"

namespace kiem {
namespace {

constexpr std::size_t kMaxChoices = 10;

struct Candidate {
  RecordId id;
  std::string title;
};

Result<std::vector<Candidate>> candidates(Connection& db, const char* sql, std::int64_t space) {
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

bool is_id_prefix(std::string_view text) {
  return text.size() >= kMinPrefix && text.size() <= 52 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

Result<std::vector<PlaceRow>> query_places(Connection& db, const SpaceRow& space) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT r.id, p.title, p.kind, p.area, p.text, p.meeting_point, (SELECT count(*) FROM task t "
                         "WHERE t.place = r.id AND t.space = p.space AND t.state = 0) FROM place p JOIN record r "
                         "USING(record) WHERE p.space = ? ORDER BY p.title, r.id"));
  find->bind(1, space.row);
  std::vector<PlaceRow> places;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return places;
    PlaceRow place;
    KIEM_TRY_GET(place.id, find->id<RecordId>(0));
    place.initiative = space.id;
    place.title = std::string(find->text(1));
    place.kind = std::string(find->text(2));
    place.area = std::string(find->text(3));
    place.text = std::string(find->text(4));
    place.meeting_point = std::string(find->text(5));
    place.open_tasks = static_cast<std::uint32_t>(find->integer(6));
    places.push_back(std::move(place));
  }
}

Result<std::vector<PersonRow>> query_people(Connection& db, const SpaceRow& space, const PersonId& me) {
  KIEM_TRY_GET(
      Statement * find,
      db.cached("SELECT r.id, p.name, p.kind, p.role_text, p.talents, p.languages, p.works_with FROM principal "
                "p JOIN record r USING(record) WHERE p.space = ? ORDER BY p.name, r.id"));
  find->bind(1, space.row);
  std::vector<PersonRow> people;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) return people;
    PersonRow person;
    KIEM_TRY_GET(person.person.id, find->id<PrincipalId>(0));
    person.person.name = std::string(find->text(1));
    person.card = find->integer(2) != principal_kind::kPerson;
    person.me = person.person.id == principal_of(me);
    person.role_text = std::string(find->text(3));
    person.talents = std::string(find->text(4));
    person.languages = std::string(find->text(5));
    person.works_with = std::string(find->text(6));
    people.push_back(std::move(person));
  }
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

Result<RecordId> query_named(Connection& db, const SpaceRow& space, Named kind, std::string_view text) {
  KIEM_TRY_GET(const auto all, candidates(db, sql_for(kind), space.row));
  std::vector<Candidate> matches;
  const auto keep = [&](auto&& fits) {
    matches.clear();
    std::copy_if(all.begin(), all.end(), std::back_inserter(matches), fits);
  };
  // A title that happens to look like an id is still found by its exact words first.
  keep([&](const Candidate& each) { return each.title == text; });
  if (matches.empty() && is_id_prefix(text)) {
    const std::string prefix = lower(text);
    keep([&](const Candidate& each) { return to_text(each.id).starts_with(prefix); });
  }
  if (matches.size() == 1) return matches.front().id;
  if (matches.empty()) return fail(ErrorCode::not_found, Fault::person, {word_for(kind), std::string(text)});
  std::vector<std::string> args{word_for(kind), std::string(text)};
  for (std::size_t i = 0; i < matches.size() && i < kMaxChoices; ++i) {
    args.push_back(to_text(matches[i].id).substr(0, 8) + " " + matches[i].title);
  }
  return fail(ErrorCode::ambiguous, Fault::person, std::move(args));
}

}  // namespace kiem
