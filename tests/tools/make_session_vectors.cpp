// Makes tests/vectors/session.json, looks whether it is still what this code makes, and makes fuzzing's first inputs.
#include <cstdio>
#include <string_view>

#include "tests/tools/vector_file.hpp"
#include "tests/unit/wire/session_vectors.hpp"

namespace {

constexpr std::uint64_t kSeed = 1;

int usage() {
  std::fputs(
      "make_session_vectors FILE           write the vectors\n"
      "make_session_vectors --check FILE   compare FILE with what would be written\n"
      "make_session_vectors --inputs DIR   one file a frame\n",
      stderr);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 3) return usage();
  const auto vectors = kiem::test::make_session_vectors(kSeed);
  const std::string made = kiem::test::to_json(vectors);
  const std::string_view first = arguments[1];
  if (count == 2) {
    if (first.starts_with("--")) return usage();
    kiem::test::write_text_file(arguments[1], made);
    return 0;
  }
  if (first == "--inputs") {
    for (std::size_t i = 0; i < vectors.size(); ++i) {
      if (vectors[i].message.empty() && !vectors[i].error) continue;
      kiem::test::write_text_file(std::string(arguments[2]) + "/frame-" + std::to_string(i),
                                  kiem::text_view(vectors[i].bytes));
    }
    return 0;
  }
  if (first != "--check") return usage();
  if (kiem::test::read_text_file(arguments[2]) == made) return 0;
  std::fprintf(stderr,
               "%s is not what make_session_vectors makes. If the protocol was meant to change, make it again.\n",
               arguments[2]);
  return 1;
}
