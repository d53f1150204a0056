// A collection of an initiative's own with a field of each kind that merges differently, and one of the members'
// circle.
#pragma once

namespace kiem::test {

inline constexpr const char* kTools = R"([[collection]]
key = "gereedschap"
title = "naam"
writers = "members"
field = [
  { key = "naam", type = "text" },
  { key = "stuks", type = "integer", pick = "min" },
  { key = "staat", type = "choice", choices = [ { key = "goed" }, { key = "stuk" } ], careful = ["stuk", "goed"] },
  { key = "labels", type = "text", merge = "set" },
  { key = "uren", type = "length", merge = "tally" },
  { key = "stappen", type = "text", merge = "list" },
  { key = "uitleg", type = "text", merge = "text" },
  { key = "briefje", type = "text", circle = "members" },
]
)";

}  // namespace kiem::test
