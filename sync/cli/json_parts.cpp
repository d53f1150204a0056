#include "sync/cli/json_parts.hpp"

#include "core/base/check.hpp"
#include "core/l10n/claims.hpp"
#include "core/l10n/dates.hpp"
#include "core/views/shown.hpp"

namespace kiem::cli {
namespace {

Json iso(const std::optional<std::int32_t>& days) { return days ? Json(iso_date(*days)) : Json(nullptr); }
Json iso(const std::optional<std::uint16_t>& minutes) { return minutes ? Json(iso_time(*minutes)) : Json(nullptr); }

}  // namespace

Json json_of(const PersonRef& person) { return JsonObject{{"id", to_text(person.id)}, {"name", person.name}}; }

Json json_of(const std::optional<PersonRef>& person) { return person ? json_of(*person) : Json(nullptr); }

Json json_of(const LogChange& change) {
  return JsonObject{{"field", change.field}, {"before", change.before}, {"after", change.after}};
}

JsonObject conflict_members(const ConflictRow& conflict) {
  JsonArray sides;
  for (const ConflictRow::Side& side : conflict.sides) {
    sides.push_back(JsonObject{{"person", json_of(side.person)},
                               {"when", iso_moment(side.claimed)},
                               {"value", side.value},
                               {"shown", side.shown}});
  }
  return {{"field", conflict.field}, {"sides", std::move(sides)}};
}

JsonObject task_members(const TaskCard& task) {
  Json place = nullptr;
  if (task.place) place = JsonObject{{"id", to_text(*task.place)}, {"title", task.place_title}};
  return JsonObject{{"id", to_text(task.id)},
                    {"title", task.title},
                    {"state", code_of(task.state)},
                    {"seats", task.seats},
                    {"free", task.free},
                    {"date", iso(task.date)},
                    {"time", iso(task.start)},
                    {"until", iso(task.end)},
                    {"place", std::move(place)},
                    {"confirmed", task.confirmed},
                    {"waiting", task.waiting},
                    {"provisional", task.provisional},
                    {"overbooked", task.overbooked},
                    {"in_conflict", task.in_conflict},
                    {"mine", task.mine ? Json(code(task.mine->state)) : Json(nullptr)}};
}

Json claim_json(Lang lang, const ClaimRow& claim) {
  const bool is_waiting = claim.state == ClaimState::waiting;
  return JsonObject{
      {"person", json_of(claim.person)},
      {"state", code(claim.state)},
      {"position", is_waiting ? Json(claim.position) : Json(nullptr)},
      {"reason", JsonObject{{"code", code(claim.reason.code)}, {"text", reason_text(lang, claim.reason)}}},
      {"count", claim.count},
      {"confirmed", claim.confirmed},
      {"entered_by", json_of(claim.entered_by)},
      {"mine", claim.mine}};
}

JsonObject task_detail_members(Lang lang, const TaskDetail& task) {
  JsonObject members = task_members(task.card);
  members.push_back({"note", task.card.note});
  members.push_back({"roles", task.card.roles});
  members.push_back({"cancel_reason", task.card.cancel_reason});
  members.push_back({"added_by", json_of(task.added_by)});
  members.push_back({"assigner", json_of(task.assigner)});
  JsonArray claims;
  for (const ClaimRow& claim : task.claims) claims.push_back(claim_json(lang, claim));
  members.push_back({"claims", std::move(claims)});
  JsonArray conflicts;
  for (const ConflictRow& conflict : task.conflicts) conflicts.push_back(conflict_members(conflict));
  members.push_back({"conflicts", std::move(conflicts)});
  return members;
}

std::string_view code_of(TaskState state) {
  switch (state) {
    case TaskState::open:
      return "open";
    case TaskState::done:
      return "done";
    case TaskState::cancelled:
      return "cancelled";
  }
  KIEM_UNREACHABLE("a task state without a code");
}

std::string_view code_of(Role role) {
  switch (role) {
    case Role::none:
      return "none";
    case Role::guest:
      return "guest";
    case Role::partner:
      return "partner";
    case Role::volunteer:
      return "volunteer";
    case Role::coordinator:
      return "coordinator";
  }
  KIEM_UNREACHABLE("a role without a code");
}

std::string_view code_of(LogKind kind) {
  switch (kind) {
    case LogKind::founded:
      return "founded";
    case LogKind::member_added:
      return "member_added";
    case LogKind::place_added:
      return "place_added";
    case LogKind::place_changed:
      return "place_changed";
    case LogKind::task_added:
      return "task_added";
    case LogKind::task_changed:
      return "task_changed";
    case LogKind::task_cancelled:
      return "task_cancelled";
    case LogKind::task_done:
      return "task_done";
    case LogKind::claimed:
      return "claimed";
    case LogKind::withdrawn:
      return "withdrawn";
    case LogKind::confirmed:
      return "confirmed";
    case LogKind::person_added:
      return "person_added";
    case LogKind::person_changed:
      return "person_changed";
    case LogKind::imported:
      return "imported";
    case LogKind::invited:
      return "invited";
    case LogKind::role_given:
      return "role_given";
    case LogKind::deleted:
      return "deleted";
    case LogKind::restored:
      return "restored";
    case LogKind::schema_extended:
      return "schema_extended";
    case LogKind::record_added:
      return "record_added";
    case LogKind::record_changed:
      return "record_changed";
    case LogKind::erased:
      return "erased";
    case LogKind::other:
      return "other";
  }
  KIEM_UNREACHABLE("an act without a code");
}

std::string_view code_of(Standing standing) {
  switch (standing) {
    case Standing::applied:
      return "applied";
    case Standing::late:
      return "late";
    case Standing::set_aside:
      return "set_aside";
    case Standing::without_right:
      return "without_right";
    case Standing::unknown:
      return "unknown";
    case Standing::parked:
      return "parked";
  }
  KIEM_UNREACHABLE("a standing without a code");
}

}  // namespace kiem::cli
