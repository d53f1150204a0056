// Each rule is shown an offence, which it must name by line, and an innocent, which it must let pass.
#include "tests/house/rules.hpp"

#include <doctest/doctest.h>

namespace kiem::house {
namespace {

// The lines that are out of order, e.g. "2 4".
std::string lines(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings) text += (text.empty() ? "" : " ") + std::to_string(finding.line);
  return text;
}

const std::string kCmake =
    "function(kiem_module name)\nendfunction()\n"
    "kiem_module(base)  # kiem_module(ghost)\n"
    "kiem_module(crypto USES kiem_base DOOR PkgConfig::SODIUM)\n"
    "kiem_module(store\n  USES kiem_crypto\n  DOOR kiem_hidden)\n"
    "kiem_module(crdt USES kiem_crypto)\n";

std::map<std::string, Modules> modules() { return {{"core", modules_of(kCmake)}}; }

Findings directions(const std::string& path, const std::string& text) {
  return include_directions(source_file(path, text), modules());
}

TEST_CASE("modules are read from CMake, with what they use through others") {
  const Modules found = modules_of(kCmake);
  CHECK(found.size() == 4);
  CHECK(found.at("base").empty());
  CHECK(found.at("crypto") == std::set<std::string>{"base"});
  CHECK(found.at("store") == std::set<std::string>{"base", "crypto"});
  CHECK(modules_of("").empty());
}

TEST_CASE("modules that use each other in a circle are found") {
  CHECK(circles("core/CMakeLists.txt", modules_of(kCmake)).empty());
  CHECK(circles("c", modules_of("kiem_module(a USES kiem_b)\nkiem_module(b USES kiem_c)\nkiem_module(c USES kiem_a)"))
            .size() == 3);
}

TEST_CASE("core includes nothing above it, and sync nothing of gui or mobile") {
  CHECK(lines(directions("core/store/a.cpp", "#include \"core/base/id.hpp\"\n#include \"sync/node/node.hpp\"\n")) ==
        "2");
  CHECK(lines(directions("core/store/a.hpp", "#include \"tests/support/fakes.hpp\"\n")) == "1");
  CHECK(lines(directions("sync/node/a.cpp", "#include \"core/kiem.hpp\"\n#include \"gui/app/app.hpp\"\n")) == "2");
  CHECK(lines(directions("sync/node/a.cpp", "#  include \"mobile/kiem.h\"\n")) == "1");
  CHECK(lines(directions("gui/app/a.cpp", "#include \"sync/node/node.hpp\"\n#include \"mobile/kiem.h\"\n")) == "2");
  CHECK(directions("tests/unit/a.cpp", "#include \"gui/app/app.hpp\"\n").empty());
}

TEST_CASE("a module of core includes only what it uses") {
  CHECK(directions("core/store/a.cpp", "#include \"core/crypto/aead.hpp\"\n#include \"core/store/b.hpp\"\n").empty());
  CHECK(lines(directions("core/crypto/a.cpp", "#include \"core/store/store.hpp\"\n")) == "1");
  CHECK(lines(directions("core/crdt/a.cpp", "\n#include \"core/store/store.hpp\"\n")) == "2");
  CHECK(lines(directions("core/store/a.cpp", "#include \"core/kiem.hpp\"\n")) == "1");
  CHECK(directions("core/kiem.cpp", "#include \"core/store/store.hpp\"\n#include \"core/crdt/set.hpp\"\n").empty());
  CHECK(lines(directions("core/unheard/a.cpp", "")) == "0");
}

TEST_CASE("main.cpp may include every module") {
  CHECK(directions("sync/cli/main.cpp", "#include \"gui/app/app.hpp\"\n").empty());
  CHECK_FALSE(directions("sync/cli/domain.cpp", "#include \"gui/app/app.hpp\"\n").empty());
}

TEST_CASE("an include that is commented out, or stands in a text, is none") {
  CHECK(directions("core/store/a.cpp", "// #include \"gui/a.hpp\"\n/*\n#include \"gui/a.hpp\"\n*/\n").empty());
  CHECK(directions("core/store/a.cpp", "const char* a = R\"(\n#include \"gui/a.hpp\"\n)\";\n").empty());
}

TEST_CASE("our includes are quoted and named from the top") {
  const std::set<std::string> paths{"core/base/id.hpp"};
  const auto of = [&](const std::string& text) {
    return lines(include_roots(source_file("core/base/a.cpp", text), paths));
  };
  CHECK(of("#include \"core/base/id.hpp\"\n#include <vector>\n").empty());
  CHECK(of("#include \"id.hpp\"\n") == "1");
  CHECK(of("#include \"../base/id.hpp\"\n#include <core/base/id.hpp>\n") == "1 2");
}

TEST_CASE("each library has one folder that may include it") {
  const auto of = [](const std::string& path, const std::string& header) {
    return third_party_doors(source_file(path, "#include <" + header + ">\n")).size();
  };
  struct Case {
    std::string header;
    std::string inside;
  };
  for (const auto& one : {Case{"sqlite3.h", "core/store/a.cpp"}, Case{"sodium.h", "core/crypto/a.cpp"},
                          Case{"zmq.hpp", "sync/transport/a.cpp"}, Case{"zmq.h", "sync/transport/a.cpp"},
                          Case{"qrencode.h", "sync/pairing/a.cpp"}, Case{"imgui.h", "gui/kit/a.cpp"},
                          Case{"GLFW/glfw3.h", "gui/app/a.cpp"}, Case{"CLI/CLI.hpp", "sync/cli/a.cpp"},
                          Case{"thread", "sync/node/a.cpp"}, Case{"sys/socket.h", "sync/control/a.cpp"}}) {
    CAPTURE(one.header);
    CHECK(of(one.inside, one.header) == 0);
    CHECK(of("core/base/a.cpp", one.header) == 1);
    CHECK(of("core/base/main.cpp", one.header) == 1);
    CHECK(of("tests/unit/store/a_test.cpp", one.header) == 0);
  }
  CHECK(of("core/base/a.cpp", "threads.h") == 0);
  CHECK(of("core/store/a.cpp", "doctest/doctest.h") == 1);
  CHECK(of("gui/app/a.cpp", "zmq.hpp") == 1);
}

TEST_CASE("a header that is dear to compile has one source as its door") {
  const auto json = [](const std::string& path) { return source_file(path, "#include <nlohmann/json.hpp>\n"); };
  const auto law = [](const std::string& path) { return source_file(path, "#include <rapidcheck.h>\n"); };
  CHECK(heavy_headers({json("sync/cli/json.cpp"), json("tests/vectors/a.cpp"), json("tests/vectors/b.cpp")}).empty());
  CHECK(heavy_headers({json("sync/cli/json.cpp"), json("sync/node/other.cpp")}).size() == 1);
  CHECK(heavy_headers({json("sync/cli/json.hpp")}).size() == 1);
  CHECK(heavy_headers({json("tests/support/json.hpp")}).size() == 1);
  CHECK(heavy_headers({law("tests/support/laws.hpp"), law("tests/property/a_laws_test.cpp")}).empty());
  CHECK(heavy_headers({law("tests/support/laws.hpp"), law("tests/support/more_laws.hpp")}).size() == 1);
}

TEST_CASE("two types of one name in one namespace are found, in two headers alone") {
  const auto header = [](const std::string& path, const std::string& text) {
    return source_file(path, "namespace kiem {\n" + text + "\n}\n");
  };
  const auto one = header("core/views/a.hpp", "struct Seat {\n  int row = 0;\n};");
  CHECK(types_of_one_name({one, header("sync/node/b.hpp", "class Seat : public Row {};")}).size() == 1);
  CHECK(types_of_one_name({one, header("sync/node/b.hpp", "enum class Seat : int { one };")}).size() == 1);
  CHECK(types_of_one_name({one, header("sync/node/b.hpp", "struct Seat;\nstruct Seats {};")}).empty());
  CHECK(types_of_one_name({one, header("sync/node/b.hpp", "struct Bench {\n  struct Seat {};\n};")}).empty());
  CHECK(types_of_one_name({one, header("sync/node/b.hpp", "struct Seat::Impl {};\nstruct Seat<int> {};")}).empty());
  CHECK(types_of_one_name({one, header("tests/support/b.hpp", "struct Seat {};")}).empty());
  CHECK(types_of_one_name({one, source_file("gui/kit/b.hpp", "namespace kiem::gui {\nstruct Seat {};\n}\n")}).empty());
  CHECK(types_of_one_name({one, header("core/views/a.cpp", "struct Seat {};")}).empty());
}

std::string banned(const std::string& path, const std::string& text) {
  return lines(banned_words(source_file(path, text)));
}

TEST_CASE("chance comes from Env alone") {
  CHECK(banned("core/oplog/a.cpp", "std::random_device device;\nint a = rand();\nsrand (1);\n") == "1 2 3");
  CHECK(banned("tests/unit/a_test.cpp", "std::random_device device;\n") == "1");
  CHECK(banned("sync/node/system_rng.cpp", "randombytes_buf(a, 1);\n") == "1");
  CHECK(banned("core/crypto/sodium.cpp", "randombytes_buf(a, 1);\n").empty());
  CHECK(banned("core/crypto/a.cpp", "auto a = SecretBytes::random(32, rng);\nint operand(int rand);\n").empty());
}

TEST_CASE("time comes from Env alone, but for the files named for it") {
  const std::string clocks = "std::chrono::system_clock::now();\nsteady_clock::now();\nclock_gettime(0, &a);\n";
  CHECK(banned("sync/session/a.cpp", clocks) == "1 2 3");
  CHECK(banned("core/base/system_clock.cpp", clocks) == "1 2 3");
  CHECK(banned("sync/node/system_clock.cpp", clocks).empty());
  CHECK(banned("sync/cli/main.cpp", clocks).empty());
  CHECK(banned("tests/bench/a_bench.cpp", clocks).empty());
  CHECK(banned("core/a.cpp", "time(nullptr);\nstd::time( NULL );\ntime(0);\n::time(&now);\n") == "1 2 3 4");
  CHECK(banned("core/a.cpp", "task.time(text);\nread_time(nullptr);\nint time;\n").empty());
}

TEST_CASE("only main.cpp reads the environment") {
  CHECK(banned("sync/cli/home.cpp", "const char* home = std::getenv(\"HOME\");\n") == "1");
  CHECK(banned("sync/cli/main.cpp", "const char* home = std::getenv(\"HOME\");\n").empty());
}

TEST_CASE("nothing sleeps, tests least of all") {
  const std::string naps = "sleep(1);\nusleep(1);\nstd::this_thread::sleep_for(1s);\nnanosleep(&a, nullptr);\n";
  CHECK(banned("sync/node/node.cpp", naps) == "1 2 3 4");
  CHECK(banned("tests/unit/node/a_test.cpp", naps) == "1 2 3 4");
  CHECK(banned("tests/unit/node/a_test.cpp", "bool sleep = true;\nasleep(1);\n").empty());
}

TEST_CASE("a banned word in a comment or a text is no use of it") {
  CHECK(banned("core/a.cpp", "// never rand()\n/* steady_clock\n steady_clock */\nauto a = \"getenv()\";\n").empty());
  CHECK(banned("core/a.cpp", "/* rand() */ rand();\n\"a\\\"\" + rand();\nchar a = '\"'; rand();\n") == "1 2 3");
  CHECK(banned("core/a.cpp", "int a = 1'000'000; rand(); int b = 1'0;\n") == "1");
}

TEST_CASE("marks of unfinished work are found, in documents and scripts too") {
  const std::string mark = std::string("TO") + "DO";
  CHECK(lines(unfinished_marks(source_file("core/a.cpp", "int a;\n// " + mark + ": more\n"))) == "2");
  CHECK(lines(unfinished_marks(source_file("README.md", mark + "\n"))) == "1");
  CHECK(unfinished_marks(source_file("core/a.cpp", "mkdtemp(\"/tmp/kiem-" + std::string(6, 'X') + "\");\n")).empty());
}

TEST_CASE("a text has one line end at its end, no tabs and no stray spaces") {
  const auto of = [](const std::string& path, const std::string& text) {
    return lines(text_shape(source_file(path, text)));
  };
  CHECK(of("core/a.cpp", "").empty());
  CHECK(of("core/a.cpp", "int a;\n").empty());
  CHECK(of("core/a.cpp", "int a;") == "1");
  CHECK(of("core/a.cpp", "int a;\n\n") == "2");
  CHECK(of("core/a.cpp", "int a; \n\tint b;\nint c;\r\n") == "1 2 3");
  CHECK(of("README.md", "a\tb \n") == "1");
}

TEST_CASE("a line of a source has at most 120 columns, counted in characters") {
  const auto of = [](const std::string& line) { return text_shape(source_file("core/a.cpp", line + "\n")).size(); };
  CHECK(of(std::string(119, 'a')) == 0);
  CHECK(of(std::string(120, 'a')) == 0);
  CHECK(of(std::string(121, 'a')) == 1);
  CHECK(of(std::string(119, 'a') + "\xC3\xA9") == 0);
  CHECK(of(std::string(120, 'a') + "\xC3\xA9") == 1);
}

TEST_CASE("a header begins with a comment and is included once") {
  const auto of = [](const std::string& text) { return header_opening(source_file("core/a.hpp", text)).size(); };
  CHECK(of("// What it is.\n#pragma once\n") == 0);
  CHECK(of("#pragma once\n// What it is.\n") == 1);
  CHECK(of("// What it is.\n// #pragma once\n") == 1);
  CHECK(of("") == 2);
  CHECK(header_opening(source_file("core/a.cpp", "int a;\n")).empty());
}

TEST_CASE("sources have snake_case names, and the top of the repository few entries") {
  CHECK(file_names(source_file("core/base/op_store.cpp", "")).empty());
  CHECK(file_names(source_file("core/base/OpStore.cpp", "")).size() == 1);
  CHECK(file_names(source_file("core/FORMAT.md", "")).empty());
  CHECK(top_level_entry("core").empty());
  CHECK(top_level_entry("build-asan").empty());
  CHECK(top_level_entry(".ci").empty());
  CHECK(top_level_entry("docs").size() == 1);
}

}  // namespace
}  // namespace kiem::house
