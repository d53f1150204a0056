// Makes tests/vectors/operation.json, looks whether it is still what this code makes, and makes fuzzing's first inputs.
#include <cstdio>
#include <string_view>

#include "tests/tools/vector_file.hpp"

namespace {

constexpr std::uint64_t kSeed = 1;

int usage() {
  std::fputs(
      "make_vectors FILE           write the vectors\n"
      "make_vectors --check FILE   compare FILE with what would be written\n"
      "make_vectors --inputs DIR   one file a vector: the number of its decoder, then its bytes\n",
      stderr);
  return 2;
}

int check(const std::string& path, const std::string& made) {
  if (kiem::test::read_text_file(path) == made) return 0;
  std::fprintf(stderr, "%s is not what make_vectors makes. If the format was meant to change, make it again.\n",
               path.c_str());
  return 1;
}

void write_inputs(const std::string& folder, const std::vector<kiem::test::Vector>& vectors) {
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    kiem::Bytes input{static_cast<std::uint8_t>(vectors[i].decoder)};
    kiem::append(input, vectors[i].bytes);
    kiem::test::write_text_file(folder + "/vector-" + std::to_string(i), kiem::text_view(input));
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 3) return usage();
  const auto vectors = kiem::test::make_operation_vectors(kSeed);
  const std::string_view first = arguments[1];
  if (count == 2) {
    if (first.starts_with("--")) return usage();
    kiem::test::write_text_file(arguments[1], kiem::test::to_json(vectors));
    return 0;
  }
  if (first == "--check") return check(arguments[2], kiem::test::to_json(vectors));
  if (first != "--inputs") return usage();
  write_inputs(arguments[2], vectors);
  return 0;
}
