// A set: each element is a mutation that adds a value; a removal supersedes the additions its author saw (DESIGN D3).
//
// Adding therefore wins over a removal that did not see it. live.hpp says which additions are left; here equal values
// become one element. Pure, any thread, cannot fail; the answer looks at the values it was given, and neither order nor
// repetition of the additions matters.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/crdt/mutation_set.hpp"

namespace kiem {

// A live addition.
struct SetAddition {
  MutationId id;
  ByteView value;  // canonical encoding
};

struct SetElement {
  ByteView value;
  std::vector<MutationId> additions;  // ascending, each once: all that a removal must supersede
};

// The elements, ascending by the bytes of their value. n log n.
[[nodiscard]] inline std::vector<SetElement> fold_set(std::span<const SetAddition> live) {
  std::map<std::string_view, std::vector<MutationId>> by_value;
  for (const auto& addition : live) by_value[text_view(addition.value)].push_back(addition.id);
  std::vector<SetElement> elements;
  elements.reserve(by_value.size());
  for (auto& [value, additions] : by_value) {
    sort_once(additions);
    elements.push_back({view(value), std::move(additions)});
  }
  return elements;
}

}  // namespace kiem
