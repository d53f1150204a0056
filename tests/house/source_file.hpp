// A file of the repository as the house test reads it: its lines as written, and the same lines with everything that
// is not code blanked out, so that a word in a comment or in a text is never taken for a use of it.
//
// Values; nothing here keeps a file open. Files are read whole: the repository is small.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiem::house {

// One thing out of order: where, what, and the way out. Lines count from 1; 0 means the file as a whole.
struct Finding {
  std::string path;
  std::size_t line = 0;
  std::string what;
};
using Findings = std::vector<Finding>;

[[nodiscard]] std::string to_text(const Finding& finding);

struct Include {
  std::size_t line = 0;
  std::string header;
  bool quoted = false;  // "..." rather than <...>
};

struct SourceFile {
  std::string path;  // from the top of the repository, with forward slashes
  std::string text;
  std::vector<std::string> lines;  // without line ends
  std::vector<std::string> code;   // as many lines of the same widths; comments and the insides of literals are spaces

  [[nodiscard]] std::string extension() const;  // "hpp"; empty for none
  [[nodiscard]] std::string name() const;       // without folders
  [[nodiscard]] std::string top() const;        // the first folder; empty for a file at the top
  [[nodiscard]] bool is_cpp() const;            // a C or C++ source or header
  [[nodiscard]] bool is_header() const;
};

// From a text, for a file that is not on disk as well.
[[nodiscard]] SourceFile source_file(std::string path, std::string text);

// Every text file under the folder `root` that belongs to the repository: build folders, .git and what is not text by
// its extension (fuzz corpora, pictures) are left out. Sorted by path.
[[nodiscard]] std::vector<SourceFile> read_repository(const std::string& root);

// Lines of `text` where comments, and the insides of string and character literals (raw ones too), are spaces.
[[nodiscard]] std::string blank_what_is_not_code(std::string_view text);

[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);

// Where `word` stands in `line` as a whole identifier, at or after `from`; npos when nowhere.
[[nodiscard]] std::size_t find_word(std::string_view line, std::string_view word, std::size_t from = 0);

[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

}  // namespace kiem::house
