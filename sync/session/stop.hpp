// Why a session ends, and how its inside says so.
//
// An EndReason travels in Bye and never changes its number (sync/PROTOCOL.md section 8). Stop is what a step of the
// session fails with: a reason, and the store's own error when that was it. Plain values, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/result.hpp"

namespace kiem {

enum class EndReason : std::uint32_t {
  goodbye = 0,      // nothing is wrong; somebody closed
  other = 1,        // a reason of a later version
  version = 2,      // no version in common
  bad_message = 3,  // bytes that are no message
  wrong_state = 4,  // a message that may not come now
  too_much = 5,     // more than a bound allows
  bad_operation = 6,
  silent = 7,    // the peer owed something and said nothing for too long
  stranger = 8,  // not a device of anybody in my circles, as far as known here
  removed = 9,   // a device that was removed, or is not (or not yet) a member's
  nothing_shared = 10,
  other_practice = 11,  // practice and earnest do not meet
  failed = 12,          // the sender's own store cannot go on
  lost = 13,            // the link went down; never in a Bye
  unserved = 14,        // said that it has something, goes on talking, and does not bring it
  unknown_invitation = 16,
  used_invitation = 17,
  closed_invitation = 18,
  bad_proof = 19,
  already_member = 20,
  cannot_admit = 21,
  bad_name = 22,
};

// A short name in English for logs and tests; never shown to people.
[[nodiscard]] std::string_view name_of(EndReason reason);
// The reason of that number; `other` for one that this version does not know.
[[nodiscard]] EndReason end_reason(std::uint32_t number);

struct Stop {
  EndReason reason = EndReason::other;
  std::optional<Error> error;

  explicit Stop(EndReason why) : reason(why) {}
  // An error of the store ends the session without blame; one of a peer's bytes does not.
  explicit Stop(Error failed)
      : reason(failed.fault != Fault::peer           ? EndReason::failed
               : failed.code == ErrorCode::too_large ? EndReason::too_much
                                                     : EndReason::bad_message),
        error(std::move(failed)) {}
};

template <class T>
using Stepped = tl::expected<T, Stop>;
using Step = Stepped<void>;

[[nodiscard]] inline tl::unexpected<Stop> stop(EndReason reason) { return tl::unexpected<Stop>(Stop(reason)); }

}  // namespace kiem

// As KIEM_TRY and KIEM_TRY_GET, in functions that give a Step or a Stepped value.
#define KIEM_STEP(expression)                                                            \
  do {                                                                                   \
    if (auto kiem_step = (expression); !kiem_step) {                                     \
      return ::tl::unexpected<::kiem::Stop>(::kiem::Stop(std::move(kiem_step).error())); \
    }                                                                                    \
  } while (false)
#define KIEM_STEP_GET(declaration, expression) \
  KIEM_STEP_GET_INNER(KIEM_CONCAT(kiem_stepped_, __LINE__), declaration, expression)
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration and the name it declares can stand in no parentheses.
#define KIEM_STEP_GET_INNER(temporary, declaration, expression)                                      \
  auto temporary = (expression);                                                                     \
  if (!temporary) return ::tl::unexpected<::kiem::Stop>(::kiem::Stop(std::move(temporary).error())); \
  declaration = std::move(*temporary)
// NOLINTEND(bugprone-macro-parentheses)
