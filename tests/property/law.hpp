// A law under rapidcheck, and what laws draw by chance about the things that fold. draw() and what is made of it are
// for inside of a law.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace kiem::test {

// A thousand cases, or under ASan, which is there for what they do to memory, two hundred; unless `usual` or RC_PARAMS
// says otherwise. A failure prints the RC_PARAMS that plays it again.
[[nodiscard]] bool law(const std::string& name, const std::function<void()>& property, const std::string& usual = "");

// From 0 to below, itself excluded.
[[nodiscard]] int draw(int below);
[[nodiscard]] inline bool one_in(int n) { return draw(n) == n - 1; }
[[nodiscard]] inline std::uint64_t number(int below) { return static_cast<std::uint64_t>(draw(below)); }
[[nodiscard]] inline std::size_t place(std::size_t below) {
  return static_cast<std::size_t>(draw(static_cast<int>(below)));
}

// Another order, and one in four twice.
template <class T>
void shuffle_and_repeat(std::vector<T>& items) {
  for (auto i = items.size(); i > 1; --i) std::swap(items[i - 1], items[place(i)]);
  for (auto i = items.size(); i > 0; --i) {
    if (one_in(4)) items.push_back(items[i - 1]);
  }
}

}  // namespace kiem::test
