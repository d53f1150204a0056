// The words for how far something has come: on how many laptops it is, and what others and this one still lack. Free
// functions, any thread, no failure.
#pragma once

#include <string>

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

// "Je aanmelding is op 3 van 7 laptops."
[[nodiscard]] std::string spread_sentence(Lang lang, const Spread& claim);

// Of everything in an initiative: how many of its laptops, this one among them, are known to have all that is here.
[[nodiscard]] Spread whole_spread(const InitiativeRow& initiative);
// "Alles van hier is op 3 van 7 laptops."
[[nodiscard]] std::string whole_sentence(Lang lang, const Spread& all);

// What a device that was met lacks: "heeft alles", "mist nog 3 wijzigingen".
[[nodiscard]] std::string lacks_text(Lang lang, std::uint32_t lacks);
// "Hier wachten 2 wijzigingen op iets dat nog bij een ander staat." Empty for none.
[[nodiscard]] std::string waiting_sentence(Lang lang, std::uint64_t waiting);

// "Er komt nog meer binnen: 1.240 van 20.000 wijzigingen zijn er."
[[nodiscard]] std::string arriving_sentence(Lang lang, const Arriving& arriving);

// "Deze laptop zoekt anderen via IPv4; IPv6 staat uit. ..."
[[nodiscard]] std::string routes_sentence(Lang lang, const Routes& routes);

// That two clocks differ and what to do about it; whose is wrong nobody knows. Empty when they are near enough. who:
// the person of the other laptop, as they are called.
[[nodiscard]] std::string clock_sentence(Lang lang, const std::string& who, std::int64_t ahead_s);

}  // namespace kiem
