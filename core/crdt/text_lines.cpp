#include "core/crdt/text_lines.hpp"

#include <algorithm>
#include <map>

#include "core/crdt/text_edits.hpp"
#include "core/crdt/words.hpp"
#include "core/crdt/words_diff.hpp"

namespace kiem {
namespace {

using Lines = std::vector<std::string_view>;

// Its words without white space, sorted.
std::vector<std::string_view> cores_of(std::string_view line) {
  auto cores = words_of(line);
  for (auto& core : cores) core = core_of(core);
  std::sort(cores.begin(), cores.end());
  return cores;
}

std::vector<std::vector<std::string_view>> cores_of_all(const Lines& lines, const std::vector<std::size_t>& which) {
  std::vector<std::vector<std::string_view>> all(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) all[i] = cores_of(lines[which[i]]);
  return all;
}

// How many words two lines share; 0 when that is less than half of either.
std::size_t likeness(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common;
      ++i;
      ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return common * 2 >= std::max(a.size(), b.size()) ? common : 0;
}

class Matching {
 public:
  Matching(const Lines& old_lines, const Lines& new_lines)
      : old_(old_lines), new_(new_lines), origins_(new_lines.size()), used_(old_lines.size(), false) {}

  std::vector<LineOrigin> match() {
    const auto kept = kept_in_order(old_.size(), new_.size(), kMostDifferences,
                                    [this](std::size_t i, std::size_t j) { return old_[i] == new_[j]; });
    for (const auto& [i, j] : kept) pair(i, j, false);
    find_moved();
    std::size_t next_old = 0;
    std::size_t next_new = 0;
    for (const auto& [i, j] : kept) {
      fill_gap(next_old, i, next_new, j);
      next_old = i + 1;
      next_new = j + 1;
    }
    fill_gap(next_old, old_.size(), next_new, new_.size());
    return std::move(origins_);
  }

 private:
  void pair(std::size_t i, std::size_t j, bool moved) {
    origins_[j] = {i, moved};
    used_[i] = true;
  }

  void find_moved() {
    std::map<std::string_view, std::vector<std::size_t>> gone;
    for (std::size_t i = old_.size(); i-- > 0;) {
      if (!used_[i] && !old_[i].empty()) gone[old_[i]].push_back(i);
    }
    for (std::size_t j = 0; j < new_.size(); ++j) {
      if (origins_[j].old_line) continue;
      const auto found = gone.find(new_[j]);
      if (found == gone.end() || found->second.empty()) continue;
      pair(found->second.back(), j, true);
      found->second.pop_back();
    }
  }

  void fill_gap(std::size_t old_from, std::size_t old_to, std::size_t new_from, std::size_t new_to) {
    std::vector<std::size_t> olds;
    std::vector<std::size_t> news;
    for (auto i = old_from; i < old_to; ++i) {
      if (!used_[i]) olds.push_back(i);
    }
    for (auto j = new_from; j < new_to; ++j) {
      if (!origins_[j].old_line) news.push_back(j);
    }
    std::size_t old_done = 0;
    std::size_t new_done = 0;
    for (const auto& [i, j] : alike(olds, news)) {
      pair_as_many(olds, old_done, i, news, new_done, j);
      pair(olds[i], news[j], false);
      old_done = i + 1;
      new_done = j + 1;
    }
    pair_as_many(olds, old_done, olds.size(), news, new_done, news.size());
  }

  void pair_as_many(const std::vector<std::size_t>& olds, std::size_t old_from, std::size_t old_to,
                    const std::vector<std::size_t>& news, std::size_t new_from, std::size_t new_to) {
    if (old_to - old_from != new_to - new_from) return;
    for (std::size_t i = 0; i < old_to - old_from; ++i) pair(olds[old_from + i], news[new_from + i], false);
  }

  // Pairs of indices into both, ascending, with the most words in common.
  [[nodiscard]] Kept alike(const std::vector<std::size_t>& olds, const std::vector<std::size_t>& news) const {
    if (olds.empty() || news.empty() || olds.size() > kMostLinesCompared / news.size()) return {};
    const auto old_cores = cores_of_all(old_, olds);
    const auto new_cores = cores_of_all(new_, news);
    const auto width = news.size() + 1;
    std::vector<std::size_t> like(olds.size() * news.size());
    std::vector<std::size_t> best((olds.size() + 1) * width, 0);  // from here to the ends
    for (auto i = olds.size(); i-- > 0;) {
      for (auto j = news.size(); j-- > 0;) {
        const auto both = likeness(old_cores[i], new_cores[j]);
        like[i * news.size() + j] = both;
        best[i * width + j] = std::max(
            {best[(i + 1) * width + j], best[i * width + j + 1], both == 0 ? 0 : both + best[(i + 1) * width + j + 1]});
      }
    }
    Kept pairs;
    for (std::size_t i = 0, j = 0; i < olds.size() && j < news.size();) {
      const auto both = like[i * news.size() + j];
      if (both > 0 && best[i * width + j] == both + best[(i + 1) * width + j + 1]) {
        pairs.emplace_back(i++, j++);
      } else if (best[i * width + j] == best[(i + 1) * width + j]) {
        ++i;
      } else {
        ++j;
      }
    }
    return pairs;
  }

  const Lines& old_;
  const Lines& new_;
  std::vector<LineOrigin> origins_;
  std::vector<bool> used_;
};

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t start = 0;;) {
    const auto end = text.find('\n', start);
    if (end == std::string_view::npos) {
      lines.push_back(text.substr(start));
      return lines;
    }
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
}

std::vector<LineOrigin> match_lines(const std::vector<std::string_view>& old_lines,
                                    const std::vector<std::string_view>& new_lines) {
  return Matching(old_lines, new_lines).match();
}

}  // namespace kiem
