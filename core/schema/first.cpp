#include "core/schema/first.hpp"

namespace kiem {
namespace {

constexpr auto kOpen = CircleNumber::open;
constexpr auto kMembers = CircleNumber::members;

constexpr std::array kFields{
    FieldRule{collection::kTask, task_field::kTitle, "title", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kTask, task_field::kSeats, "seats", kOpen, PickRule::min, {}, false},
    FieldRule{collection::kTask, task_field::kDate, "date", kOpen, PickRule::ask, {}, false},
    FieldRule{collection::kTask, task_field::kStart, "time", kOpen, PickRule::ask, {}, false},
    FieldRule{collection::kTask, task_field::kEnd, "until", kOpen, PickRule::ask, {}, false},
    FieldRule{collection::kTask, task_field::kPlace, "place", kOpen, PickRule::ask, {}, false},
    FieldRule{collection::kTask, task_field::kState, "state", kOpen, PickRule::careful_order, task_state::kCarefulFirst,
              false},
    FieldRule{collection::kTask, task_field::kAssigner, "assigner", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kTask, task_field::kRoles, "roles", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kTask, task_field::kCancelReason, "cancel_reason", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kTask, task_field::kNote, "note", kMembers, PickRule::lot, {}, false},
    FieldRule{collection::kTask, task_field::kBefore, "before", kOpen, PickRule::ask, {}, false},
    FieldRule{collection::kPlace, place_field::kTitle, "title", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kPlace, place_field::kKind, "kind", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kPlace, place_field::kArea, "area", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kPlace, place_field::kText, "text", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kPlace, place_field::kMeetingPoint, "meeting_point", kOpen, PickRule::lot, {}, false},
    FieldRule{collection::kPrincipal, principal_field::kName, "name", kMembers, PickRule::lot, {}, true},
    FieldRule{collection::kPrincipal, principal_field::kKind, "kind", kMembers, PickRule::lot, {}, false},
    FieldRule{collection::kPrincipal, principal_field::kRoleText, "role_text", kMembers, PickRule::lot, {}, true},
    FieldRule{collection::kPrincipal, principal_field::kTalents, "talents", kMembers, PickRule::lot, {}, true},
    FieldRule{collection::kPrincipal, principal_field::kLanguages, "languages", kMembers, PickRule::lot, {}, true},
    FieldRule{collection::kPrincipal, principal_field::kWorksWith, "works_with", kMembers, PickRule::lot, {}, true},
};

}  // namespace

std::span<const FieldRule> first_schema() { return kFields; }

const FieldRule* field_rule(std::uint32_t collection, std::uint32_t field) {
  for (const auto& rule : kFields) {
    if (rule.collection == collection && rule.field == field) return &rule;
  }
  return nullptr;
}

}  // namespace kiem
