#include "gui/model/record_rights.hpp"

namespace kiem::model {
namespace {

bool reads(kiem::Role role, std::string_view circle) {
  if (role == kiem::Role::coordinator) return true;
  if (circle == "open") return role != kiem::Role::none;
  if (circle == "members") return role == kiem::Role::volunteer;
  return circle == "partners" && role == kiem::Role::partner;
}

kiem::Role role_in(const Facts& facts, const std::optional<SpaceId>& chosen) {
  const InitiativeRow* const initiative = initiative_of(facts, chosen);
  return initiative == nullptr ? kiem::Role::none : initiative->my_role;
}

}  // namespace

bool may_add_to(const Facts& facts, const std::optional<SpaceId>& chosen, const CollectionModel& collection) {
  const kiem::Role role = role_in(facts, chosen);
  if (collection.writers == "coordinators") return role == kiem::Role::coordinator;
  return reads(role, collection.home);
}

bool may_change(const Facts& facts, const std::optional<SpaceId>& chosen, const CollectionModel& collection,
                const RecordModel& record) {
  if (!may_add_to(facts, chosen, collection)) return false;
  const bool is_mine = facts.status && record.added_by.id == facts.status->me.id;
  if (collection.writers == "author") return is_mine;
  if (collection.writers != "author-or-coordinators") return true;
  return is_mine || role_in(facts, chosen) == kiem::Role::coordinator;
}

}  // namespace kiem::model
