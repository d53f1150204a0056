// The rules of the house (README's map; core's and sync's own documents for the reasons), each a pure function from a
// file to what is out of order in it. rules_test.cpp shows each rule an offence and an innocent; house_test.cpp shows
// all of them the repository.
#pragma once

#include <map>
#include <set>

#include "tests/house/source_file.hpp"

namespace kiem::house {

// --- direction -------------------------------------------------------------------------------------------------------

// Which modules of one top folder a module may include, itself not counted: everything it uses, directly or through
// others. Read from the kiem_module(NAME USES kiem_... ) lines of that folder's CMakeLists.txt, so that the order of
// linking and the order of including cannot differ. No such lines: no modules.
using Modules = std::map<std::string, std::set<std::string>>;
[[nodiscard]] Modules modules_of(std::string_view cmake_lists);

// core never includes sync, gui or mobile; sync never gui or mobile; gui and mobile not each other; none of them tests.
// Inside a top folder with modules, a module includes only what it uses. Files directly in a top folder (the facades)
// may include every module below them, and no module includes them. Files called main.cpp may include everything.
[[nodiscard]] Findings include_directions(const SourceFile& file, const std::map<std::string, Modules>& modules);
// A module that uses itself through others.
[[nodiscard]] Findings circles(const std::string& cmake_path, const Modules& modules);
// What is included in quotes is ours and is named from the top; everything else stands in angle brackets.
[[nodiscard]] Findings include_roots(const SourceFile& file, const std::set<std::string>& paths);

// --- doors -----------------------------------------------------------------------------------------------------------

// A third-party header is included only in the folder that wraps it; core has no socket and no thread.
[[nodiscard]] Findings third_party_doors(const SourceFile& file);
// Headers that are dear to compile are never included by a header of ours (rapidcheck: by one, in tests), and in core,
// sync, gui and mobile by one source each.
[[nodiscard]] Findings heavy_headers(const std::vector<SourceFile>& files);
// Calls that would let time, chance or the environment in past Env, and sleeping.
[[nodiscard]] Findings banned_words(const SourceFile& file);

// --- shape -----------------------------------------------------------------------------------------------------------

[[nodiscard]] Findings unfinished_marks(const SourceFile& file);
// Ends with one line end, no tabs and at most 120 columns in C++ sources, no carriage returns, nothing behind the text.
[[nodiscard]] Findings text_shape(const SourceFile& file);
// A header begins with a comment that says what it is, and is included once.
[[nodiscard]] Findings header_opening(const SourceFile& file);
[[nodiscard]] Findings file_names(const SourceFile& file);
// Two types of one name in one namespace, in two headers of ours, are one type to the linker: it merges their
// functions, and says nothing (the one definition rule). Types inside others, and those that are only declared, do not
// count.
[[nodiscard]] Findings types_of_one_name(const std::vector<SourceFile>& files);
// `name` stands at the top of the repository.
[[nodiscard]] Findings top_level_entry(const std::string& name);

}  // namespace kiem::house
