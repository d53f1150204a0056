// The named read models: what screens and the command line show, read from the view tables by any connection.
//
// Each query is one consistent read when called inside a read transaction; on its own it may see two commits. Nothing
// is cached here. `me` is the person at this device; names are looked up in the members' circle and empty when this
// laptop has not got them.
//
// A query that is handed a Missing steps over damage and counts what it costs (core/views/readable.hpp); without one
// damage is a failure, and so is anything else always.
#pragma once

#include "core/oplog/operation.hpp"
#include "core/oplog/spaces.hpp"
#include "core/schema/first.hpp"
#include "core/schema/schema.hpp"
#include "core/views/models.hpp"

namespace kiem {

struct TaskFilter {
  bool all = false;  // also done and cancelled ones
  std::optional<std::uint32_t> limit;
  std::optional<RecordId> place;
  std::optional<RecordId> one;
};

// By date (undated last), then time, then title.
[[nodiscard]] Result<std::vector<TaskCard>> query_tasks(Connection& db, const SpaceRow& space, const PersonId& me,
                                                        const TaskFilter& filter, Missing* missing = nullptr);
// The whole task, with what is missing of it; not_found when this record is no task of the space.
[[nodiscard]] Result<TaskDetail> query_task(Connection& db, const SpaceRow& space, const PersonId& me,
                                            const RecordId& task, Missing* missing = nullptr);
// By title.
[[nodiscard]] Result<std::vector<PlaceRow>> query_places(Connection& db, const SpaceRow& space,
                                                         Missing* missing = nullptr);
// Cards and persons of whom the members' circle knows something, by name; roles are filled in by the caller, who has
// the membership (core/kiem.cpp).
[[nodiscard]] Result<std::vector<PersonRow>> query_people(Connection& db, const SpaceRow& space, const PersonId& me,
                                                          Missing* missing = nullptr);
[[nodiscard]] Result<PersonRef> query_person(Connection& db, std::int64_t space, const PrincipalId& person);

// The title of a task or place, or the name of a principal; empty when it is not (or no longer) shown.
[[nodiscard]] Result<std::string> query_title(Connection& db, std::int64_t space, const RecordId& record);

// What a person typed, resolved: a whole id, a unique prefix of at least kMinPrefix digits, or the exact title. Fails
// with not_found or ambiguous (args: kind, text, then "id title" of each choice, at most 10); with page_damaged when it
// is not found and some could not be read.
constexpr std::size_t kMinPrefix = 4;
enum class Named : std::uint8_t { task, place, person };
[[nodiscard]] Result<RecordId> query_named(Connection& db, const SpaceRow& space, Named kind, std::string_view text,
                                           Missing* missing = nullptr);

// A value as JSON, conflicts and the log show it: ISO dates and times, titles of records, names of principals, the
// schema's own word for a choice. Empty for no value and for one of a later version.
[[nodiscard]] Result<std::string> shown_value(Connection& db, std::int64_t space, const FieldDefinition& field,
                                              const std::optional<Value>& value);

}  // namespace kiem
