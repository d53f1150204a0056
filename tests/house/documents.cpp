#include "tests/house/documents.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace kiem::house {
namespace {

constexpr std::size_t kReadmeLines = 100;
constexpr std::size_t kNowhere = std::string::npos;

void add_words(std::vector<Reference>& references, std::size_t line, const std::string& code) {
  std::istringstream words(code);
  for (std::string word; words >> word;) references.push_back({line, word, false});
}

std::string without(std::string text, std::string_view characters) {
  const auto first = text.find_first_not_of(characters);
  if (first == kNowhere) return "";
  return text.substr(first, text.find_last_not_of(characters) - first + 1);
}

// "core/store" of "core/store/," and "dev" of "./dev"; empty for a word that names no path of the repository.
std::string path_in(const std::string& word, bool is_readme) {
  static constexpr std::array<std::string_view, 5> kTops{"core/", "sync/", "gui/", "mobile/", "tests/"};
  std::string path = without(word, ",;:()\"'");
  if (path.find('/') == kNowhere || path.find("://") != kNowhere) return "";
  if (path.starts_with("./")) path.erase(0, 2);
  if (path.starts_with('/') || path.starts_with('~') || path.starts_with('$') || path.starts_with("build/")) return "";
  const bool is_ours = std::any_of(kTops.begin(), kTops.end(), [&](auto top) { return path.starts_with(top); });
  if (!is_readme && (!is_ours || path.find_first_of("*{<") != kNowhere)) return "";
  while (path.ends_with('/') || path.ends_with('.')) path.pop_back();
  return path;
}

}  // namespace

std::vector<Reference> references_of(const SourceFile& document) {
  std::vector<Reference> references;
  bool in_block = false;
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    const std::string& line = document.lines[i];
    if (line.starts_with("```")) {
      in_block = !in_block;
      continue;
    }
    if (in_block) {
      add_words(references, i + 1, line);
      continue;
    }
    for (auto tick = line.find('`'); tick != kNowhere;) {
      const auto end = line.find('`', tick + 1);
      if (end == kNowhere) break;
      add_words(references, i + 1, line.substr(tick + 1, end - tick - 1));
      tick = line.find('`', end + 1);
    }
    for (auto at = line.find("]("); at != kNowhere; at = line.find("](", at + 2)) {
      const auto end = line.find(')', at);
      if (end != kNowhere) references.push_back({i + 1, line.substr(at + 2, end - at - 2), true});
    }
  }
  return references;
}

Findings dead_references(const SourceFile& document, const std::set<std::string>& entries) {
  Findings findings;
  const bool is_readme = document.path == "README.md";
  const auto folder = std::filesystem::path(document.path).parent_path();
  for (const auto& reference : references_of(document)) {
    std::string path;
    if (!reference.is_link) {
      path = path_in(reference.target, is_readme);
    } else if (reference.target.find("://") == kNowhere && !reference.target.starts_with("mailto:")) {
      const std::string target = reference.target.substr(0, reference.target.find('#'));
      if (!target.empty()) path = without((folder / target).lexically_normal().generic_string(), "/");
    }
    if (path.empty() || entries.contains(path)) continue;
    findings.push_back({document.path, reference.line,
                        "`" + reference.target + "` leads nowhere; correct it in the commit that moved or removed it"});
  }
  return findings;
}

Findings unknown_commands(const SourceFile& document, const SourceFile& dev) {
  Findings findings;
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    const std::string& line = document.lines[i];
    for (auto at = line.find("./dev "); at != kNowhere; at = line.find("./dev ", at + 1)) {
      const auto begin = at + 6;
      const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz", begin);
      const std::string command = line.substr(begin, end - begin);
      const bool known = std::any_of(dev.lines.begin(), dev.lines.end(),
                                     [&](const std::string& code) { return code == "command_" + command + "() {"; });
      if (!command.empty() && !known) {
        findings.push_back({document.path, i + 1, "./dev has no command " + command + "; name one it lists"});
      }
    }
  }
  return findings;
}

Findings too_long(const SourceFile& readme) {
  if (readme.lines.size() <= kReadmeLines) return {};
  return {{readme.path, readme.lines.size(),
           "at most " + std::to_string(kReadmeLines) + " lines; move what a newcomer does not need to its module"}};
}

}  // namespace kiem::house
