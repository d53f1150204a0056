// A spreadsheet taken in as one act: rows become records with derived ids, so that the same file twice, on one laptop
// or on two, adds nothing (DESIGN D4; domain.md F81).
//
// A record's id is the hash, keyed with the space secret, of the row's own id where the file has plain ones, else of
// the file's hash and the row's number: members compute the same id everywhere, and nobody else can test a guess by it.
#pragma once

#include "core/domain/requests.hpp"
#include "core/domain/user_act.hpp"

namespace kiem {

// Says what the file would add when request.dry_run is set, and adds it otherwise; the answer has the same shape. Rows
// with a problem are left out and told. base_date lets "+1" mean days from it (practice spaces alone).
// Fails as read_import (core/domain/import/rows.hpp) does.
[[nodiscard]] Result<ImportAnswer> import_file(const UserAct& act, const ImportFile& request,
                                               std::optional<std::int32_t> base_date);

}  // namespace kiem
