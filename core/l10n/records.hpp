// The words for records of any collection: their values, and what was written apart. Free functions, any thread, no
// failure.
#pragma once

#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

// What a field, or a collection, is called where its schema says so, else by l10n's own words for its key.
[[nodiscard]] std::string field_text(Lang lang, std::string_view key, const FieldWords& words);
// A value of it as people read it; as value_text() of names.hpp, several with " / " between them.
[[nodiscard]] std::string value_text(Lang lang, std::string_view key, const FieldWords& words, std::string_view value);

// A value as people read it: dates and times from their ISO form, a choice by its label; all else as it stands, and the
// empty text for no value.
[[nodiscard]] std::string cell_text(Lang lang, const FieldModel& field, std::string_view value);

// "Noor zette plekken op 4, Sven op 3, los van elkaar; nu geldt 3." `field` is what the field is called there. With
// `known` values are told by its type; without it as value_text() does.
[[nodiscard]] std::string conflict_sentence(Lang lang, std::string_view field, const ConflictRow& conflict,
                                            const FieldModel* known = nullptr);

// What stays when an act is taken back: the field, and of a text the beginning of the paragraph that stays.
[[nodiscard]] std::string left_text(Lang lang, std::string_view key, const FieldWords& words, std::string_view text);

}  // namespace kiem
