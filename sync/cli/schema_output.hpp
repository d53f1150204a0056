// The schema of an initiative for people and as JSON: `schema show` and `schema add`. Pure; any thread.
#pragma once

#include <string_view>

#include "core/domain/requests.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/json.hpp"
#include "sync/cli/page.hpp"

namespace kiem::cli {

// What `schema add` added, with how to see it, or would add; nothing new is told too.
void print_schema_added(Page& page, const Audience& audience, const Request& request, const SchemaAnswer& answer);

// Each collection with its fields in plain words. `all` names those that a field points to.
void print_collections(Page& page, const Audience& audience, const std::vector<CollectionModel>& shown,
                       const std::vector<CollectionModel>& all);

// The collections of that key or label, in either language and case: two people may have added one each. Fails with
// not_found.
[[nodiscard]] Result<std::vector<CollectionModel>> collections_named(const std::vector<CollectionModel>& all,
                                                                     std::string_view name);

// {"key","label":{"nl","en"},"home","writers","title","first","keeps":[as `record due` has
// it],"records","fields":[{"key","label","type","merge", "circle","about_person","choices":[{"key","label"}],"of"}]};
// `of` and `title` are "" where there is none.
[[nodiscard]] Json json_of(const CollectionModel& collection);
// {"collections","added_collections","added_fields","added_keeps","dry_run"}.
[[nodiscard]] Json json_of(const SchemaAnswer& answer);

}  // namespace kiem::cli
