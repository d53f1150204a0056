// Makes tests/vectors/discovery.json, or looks whether it is still what this code makes.
#include <cstdio>
#include <string_view>

#include "tests/tools/vector_file.hpp"
#include "tests/unit/discovery/discovery_vectors.hpp"

int main(int count, char** arguments) {
  const std::string made = kiem::test::to_json(kiem::test::make_discovery_vectors());
  if (count == 2 && !std::string_view(arguments[1]).starts_with("--")) {
    kiem::test::write_text_file(arguments[1], made);
    return 0;
  }
  if (count == 3 && std::string_view(arguments[1]) == "--check") {
    if (kiem::test::read_text_file(arguments[2]) == made) return 0;
    std::fprintf(stderr,
                 "%s is not what make_discovery_vectors makes. If the datagrams were meant to change, make it again.\n",
                 arguments[2]);
    return 1;
  }
  std::fputs(
      "make_discovery_vectors FILE           write the vectors\n"
      "make_discovery_vectors --check FILE   compare FILE with what would be written\n",
      stderr);
  return 2;
}
