// The words for what an initiative keeps: its collections and fields in plain language, and what is wrong with a schema
// file. Free functions, any thread, no failure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/l10n/lang.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

// The label in that language, or the key when there is none.
[[nodiscard]] std::string label_text(Lang lang, const Label& label);

// "datum", "keuze: vrij, uitgeleend", "meer mensen", "geheel getal, telt op" from the schema's words; a word that this
// version does not know stands as it is. `of` is what the collection is called that a record field points to.
[[nodiscard]] std::string field_type_text(Lang lang, const FieldModel& field, std::string_view of);
// "leesbaar voor leden" from the schema's name of a circle ("members").
[[nodiscard]] std::string circle_text(Lang lang, std::string_view circle);
// "leden schrijven erin" from the schema's word ("members").
[[nodiscard]] std::string writers_text(Lang lang, std::string_view writers);

// Of an Error schema_invalid (args: line, word, reason): "Regel 12, bij ‘bsn’: ..." with a way out. Errors with other
// args read too, as error_sentence's do.
[[nodiscard]] std::string schema_sentence(Lang lang, const Error& error);

}  // namespace kiem
