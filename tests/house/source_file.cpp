#include "tests/house/source_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace kiem::house {
namespace {

constexpr std::array<std::string_view, 14> kTextExtensions{"cpp", "hpp",  "h",   "c",  "cmake", "txt",  "md",
                                                           "sh",  "json", "csv", "po", "cddl",  "java", "kt"};

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// A quote inside a number (1'000) separates digits and begins nothing.
bool is_digit_separator(std::string_view text, std::size_t quote) {
  std::size_t begin = quote;
  while (begin > 0 && (is_word_character(text[begin - 1]) || text[begin - 1] == '\'')) --begin;
  return begin < quote && text[begin] >= '0' && text[begin] <= '9';
}

// R"x( ... )x", also as u8R, uR, UR and LR.
bool is_raw_string(std::string_view text, std::size_t quote) {
  if (quote == 0 || text[quote - 1] != 'R') return false;
  std::size_t begin = quote;
  while (begin > 0 && is_word_character(text[begin - 1])) --begin;
  const std::string_view prefix = text.substr(begin, quote - begin);
  return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" || prefix == "LR";
}

// The end of the literal or comment that begins at `begin` (one past its last character), or of the text.
std::size_t end_of_line(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  // A line comment goes on behind a backslash at the end of its line.
  while (end < text.size() && (text[end] != '\n' || text[end - 1] == '\\')) ++end;
  return end;
}
std::size_t end_of_block(std::string_view text, std::size_t begin) {
  const std::size_t close = text.find("*/", begin + 2);
  return close == std::string_view::npos ? text.size() : close + 2;
}
std::size_t end_of_raw_string(std::string_view text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string_view::npos) return text.size();
  const std::string closing = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
  const std::size_t close = text.find(closing, open);
  return close == std::string_view::npos ? text.size() : close + closing.size();
}
std::size_t end_of_quoted(std::string_view text, std::size_t quote) {
  std::size_t end = quote + 1;
  while (end < text.size() && text[end] != text[quote] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

}  // namespace

std::string to_text(const Finding& finding) {
  const std::string line = finding.line == 0 ? "" : ":" + std::to_string(finding.line);
  return finding.path + line + ": " + finding.what;
}

std::string SourceFile::extension() const {
  const std::string file = name();
  const auto dot = file.rfind('.');
  return dot == std::string::npos || dot == 0 ? "" : file.substr(dot + 1);
}
std::string SourceFile::name() const { return path.substr(path.rfind('/') + 1); }
std::string SourceFile::top() const {
  const auto slash = path.find('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}
bool SourceFile::is_header() const { return extension() == "hpp" || extension() == "h"; }
bool SourceFile::is_cpp() const { return is_header() || extension() == "cpp" || extension() == "c"; }

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string blank_what_is_not_code(std::string_view text) {
  std::string code(text);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    std::size_t end = at + 1;
    if (rest.starts_with("//")) {
      blank(code, at, end = end_of_line(text, at));
    } else if (rest.starts_with("/*")) {
      blank(code, at, end = end_of_block(text, at));
    } else if (rest.starts_with('"') && is_raw_string(text, at)) {
      blank(code, at + 1, (end = end_of_raw_string(text, at)) - 1);
    } else if (rest.starts_with('"') || (rest.starts_with('\'') && !is_digit_separator(text, at))) {
      blank(code, at + 1, (end = end_of_quoted(text, at)) - 1);
    }
    at = end;
  }
  return code;
}

SourceFile source_file(std::string path, std::string text) {
  SourceFile file{std::move(path), std::move(text), {}, {}};
  file.lines = split_lines(file.text);
  file.code = file.is_cpp() ? split_lines(blank_what_is_not_code(file.text)) : file.lines;
  return file;
}

std::vector<SourceFile> read_repository(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    const std::string path = entry->path().lexically_relative(root).generic_string();
    if (entry->is_directory() && (path == ".git" || (entry.depth() == 0 && path.starts_with("build")))) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    const std::string extension = SourceFile{path, {}, {}, {}}.extension();
    const bool is_text = std::find(kTextExtensions.begin(), kTextExtensions.end(), extension) != kTextExtensions.end();
    const bool is_script = path == "dev" || path == ".ci/run" || (entry.depth() == 0 && path.starts_with('.'));
    if (!is_text && !is_script) continue;
    std::ifstream stream(entry->path(), std::ios::binary);
    files.push_back(source_file(path, std::string(std::istreambuf_iterator<char>(stream), {})));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string& code = file.code[i];
    const auto hash = code.find_first_not_of(" \t");
    if (hash == std::string::npos || code[hash] != '#') continue;
    const auto word = code.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || code.compare(word, 7, "include") != 0) continue;
    const auto open = file.lines[i].find_first_of("\"<", word + 7);
    if (open == std::string::npos) continue;
    const bool quoted = file.lines[i][open] == '"';
    const auto close = file.lines[i].find(quoted ? '"' : '>', open + 1);
    if (close == std::string::npos) continue;
    includes.push_back({i + 1, file.lines[i].substr(open + 1, close - open - 1), quoted});
  }
  return includes;
}

std::size_t find_word(std::string_view line, std::string_view word, std::size_t from) {
  for (auto at = line.find(word, from); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_character(line[at - 1]);
    const bool ends = at + word.size() == line.size() || !is_word_character(line[at + word.size()]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

}  // namespace kiem::house
