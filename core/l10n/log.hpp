// The words of the log: who did what, one sentence an act. Free functions, any thread, no failure.
#pragma once

#include <string>

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

// "Noor meldde zich aan voor Heg knippen". No full stop and no time: those are the screen's. A person or title that
// this laptop has not got reads "iemand" and "iets dat hier nog niet is".
[[nodiscard]] std::string act_sentence(Lang lang, const LogRow& row);

// "aantal plekken: 2, was 3".
[[nodiscard]] std::string change_text(Lang lang, const LogChange& change);

// What is to be known of an act that does not count as usual: "Kwam na het sluiten binnen." Empty for an applied one.
[[nodiscard]] std::string standing_text(Lang lang, Standing standing);

}  // namespace kiem
