// A set of small indices as bits. Grows on demand; what lies beyond its end is not in it. A value, any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace kiem::access {

using Index = std::uint32_t;

class NodeSet {
 public:
  [[nodiscard]] bool has(Index index) const {
    const std::size_t word = index / 64;
    return word < words_.size() && (words_[word] >> (index % 64) & 1U) != 0;
  }
  void add(Index index) {
    if (index / 64 >= words_.size()) words_.resize(index / 64 + 1);
    words_[index / 64] |= std::uint64_t{1} << (index % 64);
  }
  void add(const NodeSet& more) {
    if (more.words_.size() > words_.size()) words_.resize(more.words_.size());
    for (std::size_t i = 0; i < more.words_.size(); ++i) words_[i] |= more.words_[i];
  }
  void remove(const NodeSet& less) {
    for (std::size_t i = 0; i < words_.size() && i < less.words_.size(); ++i) words_[i] &= ~less.words_[i];
  }
  [[nodiscard]] bool has_all(const NodeSet& other) const {
    for (std::size_t i = 0; i < other.words_.size(); ++i) {
      if ((other.words_[i] & ~(i < words_.size() ? words_[i] : 0)) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] bool empty() const {
    for (const auto word : words_) {
      if (word != 0) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t size() const {
    std::size_t sum = 0;
    for (const auto word : words_) sum += static_cast<std::size_t>(std::popcount(word));
    return sum;
  }
  // Calls visit(index) in ascending order.
  template <class Visit>
  void each(const Visit& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(static_cast<Index>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }
  // Two sets with the same members are equal, however far they once grew.
  bool operator==(const NodeSet& other) const { return has_all(other) && other.has_all(*this); }
  [[nodiscard]] std::vector<std::uint64_t> key() const {
    auto key = words_;
    while (!key.empty() && key.back() == 0) key.pop_back();
    return key;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace kiem::access
