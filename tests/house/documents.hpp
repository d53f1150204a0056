// What documents promise, held to what is there: links and paths lead somewhere, and README's commands exist.
#pragma once

#include <set>

#include "tests/house/source_file.hpp"

namespace kiem::house {

// What a document refers to: the target of a [text](target), or a word in `code` or in a ``` block.
struct Reference {
  std::size_t line = 0;
  std::string target;
  bool is_link = false;
};
[[nodiscard]] std::vector<Reference> references_of(const SourceFile& document);

// `entries`: every file and folder of the repository, from its top, without a slash at the end.
// Links of any document lead to a file or folder (addresses on the web and #sections are not looked at); a link is
// counted from the document's own folder. A word in code that names a path must exist: in README every word with a
// slash in it, in other documents those that begin with one of the top folders. What the build makes is exempt.
[[nodiscard]] Findings dead_references(const SourceFile& document, const std::set<std::string>& entries);

// Every "./dev NAME" in the document is a command of `dev`.
[[nodiscard]] Findings unknown_commands(const SourceFile& document, const SourceFile& dev);

// A README is read in one sitting: two screens of 50 lines.
[[nodiscard]] Findings too_long(const SourceFile& readme);

}  // namespace kiem::house
