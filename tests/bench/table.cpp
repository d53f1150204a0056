#include "tests/bench/table.hpp"

#include <algorithm>
#include <cstdio>

namespace kiem::bench {
namespace {

constexpr int kTitleWidth = 33;

std::string padded(std::string text, int width) {
  const auto wanted = static_cast<std::size_t>(width < 0 ? -width : width);
  if (text.size() < wanted) text.insert(width < 0 ? text.size() : 0, wanted - text.size(), ' ');
  return text;
}

template <class... Values>
std::string printed(const char* format, Values... values) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

std::string duration(double seconds) {
  return seconds < 0.01 ? printed("%.3f ms", seconds * 1000) : printed("%.3f s", seconds);
}

std::string ratio(std::optional<double> value, const char* format) {
  return value ? printed(format, *value) : "not here";
}

std::string bound(double limit, const char* format) { return limit > 0 ? printed(format, limit) : "-"; }

// How far the rounds lie apart: a figure with a wide range was taken on a busy machine.
std::string range(const Rounds& above, const Rounds& below) {
  double least = above[0] / below[0];
  double most = least;
  for (std::size_t i = 1; i < above.size(); ++i) {
    least = std::min(least, above[i] / below[i]);
    most = std::max(most, above[i] / below[i]);
  }
  return printed("%.2f-%.2f", least, most);
}

struct Line {
  std::string title;
  std::string plain;
  std::optional<double> to_plain;
  std::string range;
  Bound plain_bound;
  std::optional<double> sqlcipher_to_plain;
  std::optional<double> to_sqlcipher;
  Bound sqlcipher_bound;
  const char* format = "%.2f";
  std::string also_missed;  // by a bound that is no ratio
};

bool above(std::optional<double> value, double limit) { return value && limit > 0 && *value > limit; }

std::string verdict(const Line& line) {
  std::string missed = line.also_missed;
  const auto add = [&](const std::string& what) { missed += (missed.empty() ? "" : ", ") + what; };
  if (above(line.to_plain, line.plain_bound.must)) add("plain");
  if (above(line.to_sqlcipher, line.sqlcipher_bound.must)) add("SQLCipher");
  if (!missed.empty()) return "MISSED: " + missed;
  const bool wanted =
      !above(line.to_plain, line.plain_bound.want) && !above(line.to_sqlcipher, line.sqlcipher_bound.want);
  return wanted ? "as wanted" : "holds";
}

std::string row(const std::array<std::string, 11>& cells) {
  constexpr std::array<int, 11> kWidths = {-kTitleWidth, 10, 12, 12, 6, 6, 16, 17, 6, 6, 0};
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : "  ") + padded(cells[i], kWidths.at(i));
  while (text.ends_with(' ')) text.pop_back();
  return text + "\n";
}

void add(Table& table, const Line& line, bool judged) {
  const std::string said = judged ? verdict(line) : "-";
  if (said.starts_with("MISSED")) table.missed.push_back(line.title);
  table.text +=
      row({line.title, line.plain, ratio(line.to_plain, line.format), line.range,
           bound(line.plain_bound.must, line.format), bound(line.plain_bound.want, line.format),
           ratio(line.sqlcipher_to_plain, line.format), ratio(line.to_sqlcipher, line.format),
           bound(line.sqlcipher_bound.must, line.format), bound(line.sqlcipher_bound.want, line.format), said});
}

Line line_of(const Phase& phase, const std::array<Rounds, kEngines>& seconds) {
  Line line;
  line.title = phase.title;
  line.plain = duration(median(seconds[kPlain]));
  line.to_plain = paired_ratio(seconds[kKiem], seconds[kPlain]);
  line.range = range(seconds[kKiem], seconds[kPlain]);
  line.plain_bound = phase.to_plain;
  line.sqlcipher_to_plain = paired_ratio(seconds[kSqlcipher], seconds[kPlain]);
  line.to_sqlcipher = paired_ratio(seconds[kKiem], seconds[kSqlcipher]);
  line.sqlcipher_bound = phase.to_sqlcipher;
  if (phase.word == "open" && median(seconds[kKiem]) > kOpenSecondsMust) {
    line.also_missed = duration(kOpenSecondsMust);
  }
  return line;
}

Line line_of_size(const std::array<double, kEngines>& bytes) {
  Line line;
  line.title = "file size";
  line.plain = printed("%.2f MB", bytes[kPlain] / 1e6);
  line.to_plain = bytes[kKiem] / bytes[kPlain];
  line.plain_bound = kFileSize;
  if (bytes[kSqlcipher] > 0) {
    line.sqlcipher_to_plain = bytes[kSqlcipher] / bytes[kPlain];
    line.to_sqlcipher = bytes[kKiem] / bytes[kSqlcipher];
  }
  line.format = "%.4f";
  return line;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<double> paired_ratio(const Rounds& above, const Rounds& below) {
  if (above.empty() || above.size() != below.size()) return std::nullopt;
  std::vector<double> ratios;
  for (std::size_t i = 0; i < above.size(); ++i) ratios.push_back(above[i] / below[i]);
  return median(std::move(ratios));
}

Table make_table(const Figures& figures, bool judged) {
  Table table;
  table.text = row({"phase", "plain CPU", "Kiem / plain", "rounds", "must", "want", "SQLCipher / plain",
                    "Kiem / SQLCipher", "must", "want", "verdict"});
  for (std::size_t i = 0; i < kPhaseCount; ++i) add(table, line_of(kPhases.at(i), figures.seconds.at(i)), judged);
  add(table, line_of_size(figures.file_bytes), judged);
  return table;
}

}  // namespace kiem::bench
