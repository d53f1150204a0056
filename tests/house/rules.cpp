#include "tests/house/rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <map>
#include <sstream>

namespace kiem::house {
namespace {

constexpr std::size_t kColumns = 120;
constexpr std::size_t kNone = std::string::npos;

bool is_product(const SourceFile& file) {
  const std::string top = file.top();
  return top == "core" || top == "sync" || top == "gui" || top == "mobile";
}

// "store" of "core/store/x.hpp"; empty for "core/x.hpp".
std::string module_of(std::string_view path) {
  const auto first = path.find('/');
  const auto second = path.find('/', first + 1);
  return second == kNone ? "" : std::string(path.substr(first + 1, second - first - 1));
}

std::string list(const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

// --- the doors -------------------------------------------------------------------------------------------------------

struct Door {
  std::string_view header;  // how "NAME>" begins, so that "thread>" is that header alone
  std::string_view where;   // folder, or folders separated by a space
  std::string_view way_out;
};
constexpr std::array kDoors{
    Door{"sqlite3", "core/store/", "go through core/store/sqlite.hpp"},
    Door{"sodium", "core/crypto/", "use or add a function of core/crypto"},
    Door{"zstd", "core/base/", "go through core/base/compression.hpp"},
    Door{"zmq", "sync/transport/", "go through sync/transport/transport.hpp"},
    Door{"qrencode", "sync/pairing/", "go through sync/pairing/qr_code.hpp"},
    Door{"imgui", "gui/kit/", "go through gui/kit/ui.hpp"},
    Door{"backends/imgui", "gui/kit/", "go through gui/kit/ui.hpp"},
    Door{"GLFW/", "gui/app/", "go through gui/app/window.hpp"},
    Door{"dlfcn.h", "core/base/", "go through core/base/loaded_library.hpp"},
    Door{"png.h", "gui/kit/", "go through gui/kit/picture.hpp"},
    Door{"CLI/", "sync/cli/", "options are read in sync/cli and handed down"},
    Door{"doctest/", "tests/", "tests live in tests/"},
    Door{"rapidcheck", "tests/", "tests live in tests/"},
    Door{"benchmark/", "tests/", "benches live in tests/"},
    Door{"thread>", "sync/ gui/ mobile/", "core has no thread of its own; its caller decides"},
    Door{"future>", "sync/ gui/ mobile/", "core has no thread of its own; its caller decides"},
    Door{"pthread.h", "sync/ gui/ mobile/", "core has no thread of its own; its caller decides"},
    Door{"sys/socket.h", "sync/", "sockets are sync's"},
    Door{"sys/un.h", "sync/", "sockets are sync's"},
    Door{"netinet/", "sync/", "sockets are sync's"},
    Door{"arpa/", "sync/", "sockets are sync's"},
    Door{"netdb.h", "sync/", "sockets are sync's"},
    Door{"poll.h", "sync/", "waiting for input is sync's"},
    Door{"sys/epoll.h", "sync/", "waiting for input is sync's"},
};

bool is_under(std::string_view path, std::string_view folders) {
  while (!folders.empty()) {
    const auto end = folders.find(' ');
    if (path.starts_with(folders.substr(0, end))) return true;
    folders.remove_prefix(end == kNone ? folders.size() : end + 1);
  }
  return false;
}

struct Heavy {
  std::string_view header;
  bool one_source;               // in core, sync, gui and mobile
  std::size_t headers_in_tests;  // of ours that may include it
};
constexpr std::array kHeavy{
    Heavy{"nlohmann/", true, 0},     Heavy{"CLI/", true, 0},        Heavy{"zmq.hpp", true, 0},
    Heavy{"zmq_addon.hpp", true, 0}, Heavy{"rapidcheck", false, 1},
};

// --- the ban list ----------------------------------------------------------------------------------------------------

// The one kind of file that asks the operating system: named for it, outside core but for chance.
bool is_system_file(const SourceFile& file) {
  return file.name() == "main.cpp" || (file.top() != "core" && file.name().starts_with("system_"));
}
bool is_chance_door(const SourceFile& file) { return file.path.starts_with("core/crypto/"); }
bool is_main(const SourceFile& file) { return file.name() == "main.cpp"; }
bool nowhere(const SourceFile&) { return false; }

struct Ban {
  std::string_view word;
  bool only_called;  // the word counts only before an opening bracket
  bool in_tests;     // held in tests too
  bool (*allowed)(const SourceFile&);
  std::string_view instead;
};
constexpr std::string_view kChance = "draw from the Rng of Env (core/base/env.hpp), in tests from SeededRng";
constexpr std::string_view kTime =
    "ask the Clock of Env (core/base/env.hpp); only files named system_* outside core, and main.cpp, ask the system";
constexpr std::string_view kEnvironment = "read it in main.cpp and hand the value down";
constexpr std::string_view kWaiting =
    "return an effect or poll with a deadline; a test moves its FakeClock (tests/support/fakes.hpp)";
constexpr std::array kBans{
    Ban{"random_device", false, true, nowhere, kChance},
    Ban{"rand", true, true, nowhere, kChance},
    Ban{"srand", true, true, nowhere, kChance},
    Ban{"rand_r", true, true, nowhere, kChance},
    Ban{"drand48", true, true, nowhere, kChance},
    Ban{"getrandom", true, true, nowhere, kChance},
    Ban{"getentropy", true, true, nowhere, kChance},
    Ban{"arc4random", true, true, nowhere, kChance},
    Ban{"randombytes_buf", true, true, is_chance_door, kChance},
    Ban{"system_clock", false, false, is_system_file, kTime},
    Ban{"steady_clock", false, false, is_system_file, kTime},
    Ban{"high_resolution_clock", false, false, is_system_file, kTime},
    Ban{"clock_gettime", true, false, is_system_file, kTime},
    Ban{"gettimeofday", true, false, is_system_file, kTime},
    Ban{"timespec_get", true, false, is_system_file, kTime},
    Ban{"getenv", true, false, is_main, kEnvironment},
    Ban{"secure_getenv", true, false, is_main, kEnvironment},
    Ban{"setenv", true, false, is_main, kEnvironment},
    Ban{"sleep", true, true, is_system_file, kWaiting},
    Ban{"usleep", true, true, is_system_file, kWaiting},
    Ban{"nanosleep", true, true, is_system_file, kWaiting},
    Ban{"sleep_for", false, true, is_system_file, kWaiting},
    Ban{"sleep_until", false, true, is_system_file, kWaiting},
};

std::string_view after_spaces(std::string_view text) {
  const auto at = text.find_first_not_of(' ');
  return at == kNone ? std::string_view{} : text.substr(at);
}

bool is_used(std::string_view line, const Ban& ban) {
  for (auto at = find_word(line, ban.word); at != kNone; at = find_word(line, ban.word, at + 1)) {
    if (!ban.only_called || after_spaces(line.substr(at + ban.word.size())).starts_with('(')) return true;
  }
  return false;
}

// time(nullptr), time(NULL), time(0) and time(&now); a function of ours called time takes something else.
bool asks_time(std::string_view line) {
  for (auto at = find_word(line, "time"); at != kNone; at = find_word(line, "time", at + 1)) {
    std::string_view rest = after_spaces(line.substr(at + 4));
    if (!rest.starts_with('(')) continue;
    rest = after_spaces(rest.substr(1));
    if (rest.starts_with("nullptr") || rest.starts_with("NULL") || rest.starts_with("0)") || rest.starts_with('&')) {
      return true;
    }
  }
  return false;
}

std::size_t columns_of(std::string_view line) {
  // Bytes 10xxxxxx continue a UTF-8 character.
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

// --- direction -------------------------------------------------------------------------------------------------------

Modules modules_of(std::string_view cmake_lists) {
  Modules direct;
  std::string text;
  for (const auto& line : split_lines(cmake_lists)) text += line.substr(0, line.find('#')) + "\n";
  const std::string opening = "kiem_module(";
  for (auto at = find_word(text, "kiem_module"); at != kNone; at = find_word(text, "kiem_module", at + 1)) {
    if (text.compare(at, opening.size(), opening) != 0) continue;
    std::istringstream words(text.substr(at + opening.size(), text.find(')', at) - at - opening.size()));
    std::string name;
    std::string word;
    bool in_uses = false;
    words >> name;
    auto& uses = direct[name];
    while (words >> word) {
      if (word == "USES" || word == "DOOR") {
        in_uses = word == "USES";
      } else if (in_uses && word.starts_with("kiem_")) {
        uses.insert(word.substr(5));
      }
    }
  }
  Modules all = direct;
  for (bool grown = true; grown;) {
    grown = false;
    for (auto& [name, uses] : all) {
      for (const auto& used : std::set<std::string>(uses)) {
        if (const auto further = direct.find(used); further != direct.end()) {
          const auto before = uses.size();
          uses.insert(further->second.begin(), further->second.end());
          grown = grown || uses.size() != before;
        }
      }
    }
  }
  return all;
}

Findings circles(const std::string& cmake_path, const Modules& modules) {
  Findings findings;
  for (const auto& [name, uses] : modules) {
    if (uses.contains(name)) {
      findings.push_back(
          {cmake_path, 0,
           "module " + name + " uses itself through " + list(uses) + "; move what both need into a module below them"});
    }
  }
  return findings;
}

Findings include_directions(const SourceFile& file, const std::map<std::string, Modules>& modules) {
  static const std::map<std::string, std::set<std::string>> allowed_tops{
      {"core", {"core"}},
      {"sync", {"core", "sync"}},
      {"gui", {"core", "sync", "gui"}},
      {"mobile", {"core", "sync", "mobile"}},
  };
  Findings findings;
  if (!file.is_cpp() || !is_product(file) || is_main(file)) return findings;
  const std::string top = file.top();
  const std::string module = module_of(file.path);
  const auto known = modules.find(top);
  const bool has_modules = known != modules.end() && !known->second.empty();
  if (has_modules && !module.empty() && !known->second.contains(module)) {
    findings.push_back(
        {file.path, 0, "no kiem_module(" + module + " ...) in " + top + "/CMakeLists.txt; add it there"});
    return findings;
  }
  for (const auto& include : includes_of(file)) {
    if (!include.quoted) continue;
    const std::string to_top = include.header.substr(0, include.header.find('/'));
    if (!allowed_tops.at(top).contains(to_top)) {
      findings.push_back({file.path, include.line,
                          top + " may not include " + include.header +
                              "; the direction is core <- sync <- gui, mobile: hand down a value or an interface"});
      continue;
    }
    if (to_top != top || !has_modules || module.empty()) continue;
    const std::string to_module = module_of(include.header);
    if (to_module.empty()) {
      findings.push_back({file.path, include.line,
                          "a module may not include the facade " + include.header + "; include the module it needs"});
    } else if (to_module != module && !known->second.at(module).contains(to_module)) {
      findings.push_back({file.path, include.line,
                          module + " may not include " + include.header + "; it uses " +
                              list(known->second.at(module)) + " (" + top + "/CMakeLists.txt)"});
    }
  }
  return findings;
}

Findings include_roots(const SourceFile& file, const std::set<std::string>& paths) {
  Findings findings;
  if (!file.is_cpp()) return findings;
  for (const auto& include : includes_of(file)) {
    if (include.quoted && !paths.contains(include.header)) {
      findings.push_back(
          {file.path, include.line,
           "\"" + include.header + "\" is no file from the top of the repository; name ours from there, others in <>"});
    } else if (!include.quoted && paths.contains(include.header)) {
      findings.push_back({file.path, include.line, "<" + include.header + "> is ours; include it in quotes"});
    }
  }
  return findings;
}

// --- doors -----------------------------------------------------------------------------------------------------------

Findings third_party_doors(const SourceFile& file) {
  Findings findings;
  if (!file.is_cpp() || !is_product(file)) return findings;
  for (const auto& include : includes_of(file)) {
    for (const auto& door : kDoors) {
      if (!(include.header + ">").starts_with(door.header) || is_under(file.path, door.where)) continue;
      findings.push_back({file.path, include.line,
                          "<" + include.header + "> is included only in " + std::string(door.where) + "; " +
                              std::string(door.way_out)});
    }
  }
  return findings;
}

Findings heavy_headers(const std::vector<SourceFile>& files) {
  Findings findings;
  for (const auto& heavy : kHeavy) {
    std::string source;  // the first of core, sync, gui and mobile that includes it
    std::size_t headers_in_tests = 0;
    for (const auto& file : files) {
      if (!file.is_cpp()) continue;
      for (const auto& include : includes_of(file)) {
        if (!include.header.starts_with(heavy.header)) continue;
        if (file.is_header() && (is_product(file) || ++headers_in_tests > heavy.headers_in_tests)) {
          findings.push_back(
              {file.path, include.line,
               "<" + include.header + "> is dear to compile; declare what you need and include it in one source"});
        } else if (heavy.one_source && is_product(file) && !source.empty() && source != file.path) {
          findings.push_back({file.path, include.line,
                              "<" + include.header + "> already has its door, " + source + "; go through that"});
        } else if (is_product(file)) {
          source = file.path;
        }
      }
    }
  }
  return findings;
}

namespace {

// The name of the type that a line at the left margin defines; empty for any other line.
std::string defined_type(std::string_view line) {
  for (const std::string_view keyword : {"enum class ", "struct ", "class "}) {
    if (!line.starts_with(keyword)) continue;
    const auto rest = line.substr(keyword.size());
    const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return std::isalnum(c) == 0 && c != '_'; });
    // A specialisation has the name of its template, and a type inside another is that one's.
    const auto behind = rest.substr(static_cast<std::size_t>(end - rest.begin()));
    const bool defines =
        behind.find('{') != std::string_view::npos && !behind.starts_with("<") && !behind.starts_with("::");
    return defines ? std::string(rest.begin(), end) : "";
  }
  return {};
}

}  // namespace

Findings types_of_one_name(const std::vector<SourceFile>& files) {
  constexpr std::string_view kOpens = "namespace ";
  Findings findings;
  std::map<std::string, std::string> defined;  // the whole name, and the first header that defines it
  for (const auto& file : files) {
    if (!file.is_header() || !is_product(file)) continue;
    std::string space;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      const std::string& line = file.code[i];
      if (line.starts_with(kOpens)) space = line.substr(kOpens.size(), line.find(" {") - kOpens.size());
      const std::string name = defined_type(line);
      if (name.empty()) continue;
      const auto [first, is_new] = defined.try_emplace(space + "::" + name, file.path);
      if (!is_new && first->second != file.path) {
        findings.push_back({file.path, i + 1, first->first + " is another type in " + first->second + "; rename one"});
      }
    }
  }
  return findings;
}

Findings banned_words(const SourceFile& file) {
  Findings findings;
  if (!file.is_cpp() || (!is_product(file) && file.top() != "tests")) return findings;
  const bool in_tests = file.top() == "tests";
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    for (const auto& ban : kBans) {
      if ((in_tests && !ban.in_tests) || ban.allowed(file) || !is_used(file.code[i], ban)) continue;
      findings.push_back({file.path, i + 1, std::string(ban.word) + " is not used here; " + std::string(ban.instead)});
    }
    if (!in_tests && !is_system_file(file) && asks_time(file.code[i])) {
      findings.push_back({file.path, i + 1, "time() is not used here; " + std::string(kTime)});
    }
  }
  return findings;
}

// --- shape -----------------------------------------------------------------------------------------------------------

Findings unfinished_marks(const SourceFile& file) {
  // Written in two pieces each, or this file would hold what it forbids.
  static const std::array<std::string, 4> marks{
      "TO"
      "DO",
      "FIX"
      "ME",
      "X"
      "XX",
      "HA"
      "CK"};
  Findings findings;
  if (file.extension() == "json" || file.extension() == "csv") return findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    for (const auto& mark : marks) {
      if (find_word(file.lines[i], mark) != kNone) {
        findings.push_back({file.path, i + 1, mark + " stands on main; finish it, or file it and remove the mark"});
      }
    }
  }
  return findings;
}

Findings text_shape(const SourceFile& file) {
  Findings findings;
  if (!file.text.empty() && (!file.text.ends_with('\n') || file.text.ends_with("\n\n"))) {
    findings.push_back({file.path, file.lines.size(), "a file ends with one line end"});
  }
  if (file.extension() == "json" || file.extension() == "csv") return findings;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (line.ends_with('\r')) findings.push_back({file.path, i + 1, "a carriage return; save with line feeds alone"});
    if (line.ends_with(' ') || line.ends_with('\t')) {
      findings.push_back({file.path, i + 1, "spaces behind the text; remove them"});
    }
    if (!file.is_cpp()) continue;
    if (line.find('\t') != kNone)
      findings.push_back({file.path, i + 1, "a tab; indent with two spaces (./dev format)"});
    if (columns_of(line) > kColumns) {
      findings.push_back({file.path, i + 1,
                          std::to_string(columns_of(line)) + " columns; at most " + std::to_string(kColumns) +
                              " (./dev format breaks what it can)"});
    }
  }
  return findings;
}

Findings header_opening(const SourceFile& file) {
  Findings findings;
  if (!file.is_header()) return findings;
  const std::string first = file.lines.empty() ? "" : file.lines.front();
  if (!first.starts_with("//") && !first.starts_with("/*")) {
    findings.push_back({file.path, 1, "a header begins with a comment: what it is, who owns what, threads, failures"});
  }
  if (std::find(file.code.begin(), file.code.end(), "#pragma once") == file.code.end()) {
    findings.push_back({file.path, 1, "no #pragma once"});
  }
  return findings;
}

Findings file_names(const SourceFile& file) {
  const std::string name = file.name();
  const std::string stem = name.substr(0, name.find('.'));
  const bool fits = std::all_of(stem.begin(), stem.end(),
                                [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (!file.is_cpp() || fits) return {};
  return {{file.path, 0, "sources are named in snake_case"}};
}

Findings top_level_entry(const std::string& name) {
  static const std::set<std::string> agreed{
      "CMakeLists.txt", "README.md", "dev", "core", "sync", "gui", "mobile", "tests", "compile_commands.json"};
  if (agreed.contains(name) || name.starts_with('.') || name.starts_with("build")) return {};
  return {{name, 0, "nothing else stands at the top; put it in the module it belongs to"}};
}

}  // namespace kiem::house
