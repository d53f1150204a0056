#include "sync/session/stop.hpp"

#include <array>
#include <utility>

namespace kiem {
namespace {

constexpr std::array<std::pair<EndReason, std::string_view>, 22> kReasons{{
    {EndReason::goodbye, "goodbye"},
    {EndReason::other, "other"},
    {EndReason::version, "version"},
    {EndReason::bad_message, "bad_message"},
    {EndReason::wrong_state, "wrong_state"},
    {EndReason::too_much, "too_much"},
    {EndReason::bad_operation, "bad_operation"},
    {EndReason::silent, "silent"},
    {EndReason::stranger, "stranger"},
    {EndReason::removed, "removed"},
    {EndReason::nothing_shared, "nothing_shared"},
    {EndReason::other_practice, "other_practice"},
    {EndReason::failed, "failed"},
    {EndReason::lost, "lost"},
    {EndReason::unserved, "unserved"},
    {EndReason::unknown_invitation, "unknown_invitation"},
    {EndReason::used_invitation, "used_invitation"},
    {EndReason::closed_invitation, "closed_invitation"},
    {EndReason::bad_proof, "bad_proof"},
    {EndReason::already_member, "already_member"},
    {EndReason::cannot_admit, "cannot_admit"},
    {EndReason::bad_name, "bad_name"},
}};

}  // namespace

std::string_view name_of(EndReason reason) {
  for (const auto& [known, name] : kReasons) {
    if (known == reason) return name;
  }
  return "other";
}

EndReason end_reason(std::uint32_t number) {
  for (const auto& [known, name] : kReasons) {
    if (static_cast<std::uint32_t>(known) == number) return known;
  }
  return EndReason::other;
}

}  // namespace kiem
