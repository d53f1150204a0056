// What to say when laptops could not meet: the part of error_sentence() that speaks of addresses, codes and peers.
// Pure; any thread.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

// One sentence and a way out. Only for the codes of the sync block of ErrorCode; another one is a broken promise.
[[nodiscard]] std::string meeting_sentence(Lang lang, const Error& error);

// What a laptop did that no working program does, and what became of it. who: its person, as they are called.
[[nodiscard]] std::string misdeed_sentence(Lang lang, const std::string& who,
                                           const InitiativeRow::Meeting::Misdeed& misdeed);

}  // namespace kiem
