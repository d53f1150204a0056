// Choosing the one record that a person means by what they typed. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace kiem {

// ASCII letters alone, as ids and searched words are compared.
[[nodiscard]] std::string lower_case(std::string_view text);

struct Candidate {
  RecordId id;
  std::string title;
};

// By the exact title first, then by a prefix of at least kMinPrefix digits of the id. Fails with not_found or ambiguous
// (args: kind, text, then "id title" of each choice, at most 10). unread: how many more there are that could not be
// read; when none of the others fits it may be one of those, which is page_damaged.
[[nodiscard]] Result<RecordId> choose_named(const std::vector<Candidate>& all, std::string_view kind,
                                            std::string_view text, std::uint64_t unread = 0);

}  // namespace kiem
