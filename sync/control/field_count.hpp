// Proof, when compiling, that a list of fields names every field of its struct: one that is added to a struct of core
// and forgotten in sync/control does not compile. It does nothing when run.
#pragma once

#include <cstddef>
#include <type_traits>

namespace kiem::control {

// Ill-formed unless T has exactly Count fields, 0 to 21.
template <std::size_t Count, class T>
constexpr void check_count([[maybe_unused]] const T& value) {
  // NOLINTBEGIN(readability-identifier-naming): places, not names.
  if constexpr (Count == 0) {
    static_assert(std::is_empty_v<T>);
  } else if constexpr (Count == 1) {
    [[maybe_unused]] const auto& [a] = value;
  } else if constexpr (Count == 2) {
    [[maybe_unused]] const auto& [a, b] = value;
  } else if constexpr (Count == 3) {
    [[maybe_unused]] const auto& [a, b, c] = value;
  } else if constexpr (Count == 4) {
    [[maybe_unused]] const auto& [a, b, c, d] = value;
  } else if constexpr (Count == 5) {
    [[maybe_unused]] const auto& [a, b, c, d, e] = value;
  } else if constexpr (Count == 6) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f] = value;
  } else if constexpr (Count == 7) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g] = value;
  } else if constexpr (Count == 8) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h] = value;
  } else if constexpr (Count == 9) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i] = value;
  } else if constexpr (Count == 10) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j] = value;
  } else if constexpr (Count == 11) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k] = value;
  } else if constexpr (Count == 12) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l] = value;
  } else if constexpr (Count == 13) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = value;
  } else if constexpr (Count == 14) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = value;
  } else if constexpr (Count == 15) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = value;
  } else if constexpr (Count == 16) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = value;
  } else if constexpr (Count == 17) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] = value;
  } else if constexpr (Count == 18) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = value;
  } else if constexpr (Count == 19) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s] = value;
  } else if constexpr (Count == 20) {
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = value;
  } else {
    static_assert(Count == 21, "give this function the next count");
    [[maybe_unused]] const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = value;
  }
  // NOLINTEND(readability-identifier-naming)
}

}  // namespace kiem::control
