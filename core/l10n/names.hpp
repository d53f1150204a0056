// What fields, kinds of things, roles and people are called on screen. Free functions, any thread, no failure.
#pragma once

#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"
#include "core/views/models.hpp"

namespace kiem {

// The field's name in a sentence, from the schema's name of it ("time" is "begintijd"). A field that this version does
// not know keeps the name it came with.
[[nodiscard]] std::string field_name(Lang lang, std::string_view field);

// "taak", "plaats", "persoon", "initiatief", "verzameling", "stuk", "veld", "keuze", "handeling" from their short names
// ("task", ..., "collection", "record", "field", "choice", "act"); a "conflict" is a "tegenspraak"; others keep their
// name.
[[nodiscard]] std::string thing_name(Lang lang, std::string_view thing);

// A value of a field as people read it: ISO dates and times are formatted, a state has its word, the empty value is
// "niets", everything else is what somebody wrote. Several values have " / " between them, as the log's have.
[[nodiscard]] std::string value_text(Lang lang, std::string_view field, std::string_view value);

[[nodiscard]] std::string role_text(Lang lang, Role role);

// The person's name, or "iemand" when this laptop has not got it.
[[nodiscard]] std::string person_name(Lang lang, const PersonRef& person);

// "Anneke, Rachid en Sven"; of nobody the empty text.
[[nodiscard]] std::string listed(Lang lang, const std::vector<std::string>& names);

}  // namespace kiem
