// The words for records of any collection: their values, and what was written apart. Free functions, any thread, no
// failure.
#pragma once

#include <string>
#include <string_view>

#include "core/l10n/lang.hpp"
#include "core/views/record_models.hpp"

namespace kiem {

// A value as people read it: dates and times from their ISO form, a choice by its label; all else as it stands, and the
// empty text for no value.
[[nodiscard]] std::string cell_text(Lang lang, const FieldModel& field, std::string_view value);

// "Noor zette plekken op 4, Sven op 3, los van elkaar; nu geldt 3." `field` is what the field is called there. With
// `known` values are told by its type; without it by the field's key.
[[nodiscard]] std::string conflict_sentence(Lang lang, std::string_view field, const ConflictRow& conflict,
                                            const FieldModel* known = nullptr);

}  // namespace kiem
