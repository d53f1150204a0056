#include "tests/bench/year_script.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <utility>

#include "tests/bench/engine.hpp"

namespace kiem::bench {
namespace {

// The members of one line by name, strings without their quotes. The script has neither nested values nor escapes.
class Line {
 public:
  explicit Line(const std::string& line) : line_(line) {
    std::size_t at = expect(0, '{');
    while (true) {
      const auto [name, after_name] = string_at(at);
      at = expect(after_name, ':');
      auto [value, after_value] = at < line.size() && line[at] == '"' ? string_at(at) : number_at(at);
      members_[name] = std::move(value);
      at = after_value;
      if (at < line.size() && line[at] == '}') return;
      at = expect(at, ',');
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return members_.contains(name); }
  [[nodiscard]] const std::string& text(const std::string& name) const {
    const auto found = members_.find(name);
    if (found == members_.end()) stop("no '" + name + "' in: " + line_);
    return found->second;
  }
  [[nodiscard]] std::int64_t number(const std::string& name) const {
    const std::string& digits = text(name);
    char* end = nullptr;
    const std::int64_t number = std::strtoll(digits.c_str(), &end, 10);
    if (digits.empty() || *end != '\0') stop("'" + name + "' is no number in: " + line_);
    return number;
  }
  // "v017" is 17.
  [[nodiscard]] std::size_t volunteer(const std::string& name) const {
    const std::string& id = text(name);
    if (id.size() < 2 || id.front() != 'v') stop("'" + name + "' is no volunteer in: " + line_);
    return static_cast<std::size_t>(std::strtoull(id.c_str() + 1, nullptr, 10));
  }
  [[nodiscard]] std::int32_t day(const std::string& name) const {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(text(name).c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) stop("no date in: " + line_);
    const auto whole = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    if (!whole.ok()) stop("no date in: " + line_);
    return static_cast<std::int32_t>(std::chrono::sys_days{whole}.time_since_epoch().count());
  }

 private:
  [[nodiscard]] std::size_t expect(std::size_t at, char what) const {
    if (at >= line_.size() || line_[at] != what) stop("not a line of a script: " + line_);
    return at + 1;
  }
  [[nodiscard]] std::pair<std::string, std::size_t> string_at(std::size_t at) const {
    const std::size_t begin = expect(at, '"');
    const std::size_t end = line_.find_first_of("\"\\", begin);
    if (end == std::string::npos) stop("not a line of a script: " + line_);
    return {line_.substr(begin, end - begin), expect(end, '"')};
  }
  [[nodiscard]] std::pair<std::string, std::size_t> number_at(std::size_t at) const {
    const std::size_t end = std::min(line_.find_first_of(",}", at), line_.size());
    return {line_.substr(at, end - at), end};
  }
  const std::string& line_;
  std::map<std::string, std::string> members_;
};

YearOp read_op(const Line& line) {
  static const std::map<std::string, YearKind> kKinds = {
      {"volunteer", YearKind::volunteer}, {"place", YearKind::place},     {"task", YearKind::task},
      {"claim", YearKind::claim},         {"unclaim", YearKind::unclaim}, {"state", YearKind::state},
      {"hours", YearKind::hours},         {"notes", YearKind::notes},     {"due", YearKind::due}};
  const auto kind = kKinds.find(line.text("o"));
  if (kind == kKinds.end()) stop("there is no operation '" + line.text("o") + "'");
  YearOp op;
  op.kind = kind->second;
  op.branch = line.text("b").at(0);
  op.author = line.volunteer("a");
  op.claimed_ms = line.number("ts");
  op.id = line.text("id");
  switch (op.kind) {
    case YearKind::volunteer:
      op.name = line.text("name");
      op.who = line.volunteer("id");
      break;
    case YearKind::place:
      op.name = line.text("name");
      op.text = line.text("addr");
      break;
    case YearKind::task:
      op.name = line.text("title");
      op.text = line.text("notes");
      op.place = line.text("place");
      op.day = line.day("due");
      op.seats = static_cast<std::uint32_t>(line.number("cap"));
      break;
    case YearKind::claim:
    case YearKind::unclaim:
      op.who = line.volunteer("v");
      break;
    case YearKind::state:
      op.text = line.text("s");
      break;
    case YearKind::hours:
      op.who = line.volunteer("v");
      op.minutes = static_cast<std::uint32_t>(line.number("m"));
      op.day = line.day("d");
      break;
    case YearKind::notes:
      op.at = static_cast<std::size_t>(line.number("at"));
      op.cut = static_cast<std::size_t>(line.number("del"));
      op.text = line.text("ins");
      break;
    case YearKind::due:
      op.day = line.day("d");
      break;
  }
  return op;
}

}  // namespace

std::vector<const YearOp*> YearScript::of(std::string_view branches) const {
  std::vector<const YearOp*> found;
  for (const auto& op : ops) {
    if (branches.find(op.branch) != std::string_view::npos) found.push_back(&op);
  }
  return found;
}

YearScript read_year(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  if (!std::getline(in, text)) stop("cannot read " + file.string());
  YearScript script;
  const Line header(text);
  if (!header.has("header") || header.text("name") != "neighbourhood-year") stop(file.string() + " is no such script");
  script.size = header.text("size");
  script.volunteers = static_cast<std::size_t>(header.number("volunteers"));
  script.today = header.day("today");
  script.until = header.day("until");
  script.query_limit = static_cast<std::size_t>(header.number("queryLimit"));
  while (std::getline(in, text)) {
    if (text.empty()) continue;
    script.ops.push_back(read_op(Line(text)));
    const YearOp& op = script.ops.back();
    if (op.author >= script.volunteers || op.who >= script.volunteers) stop("a stranger in: " + text);
  }
  return script;
}

}  // namespace kiem::bench
