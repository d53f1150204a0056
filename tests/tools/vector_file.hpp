// tests/vectors/*.json: the file that a second implementer reads (tests/vectors/README.md).
#pragma once

#include "tests/tools/operation_vectors.hpp"

namespace kiem::test {

[[nodiscard]] std::string to_json(const std::vector<Vector>& vectors);
// Stops the test at a text that is not such a file.
[[nodiscard]] std::vector<Vector> from_json(std::string_view text);

// The whole file as text; stops the test when it cannot be read or written.
[[nodiscard]] std::string read_text_file(const std::string& path);
void write_text_file(const std::string& path, std::string_view text);

}  // namespace kiem::test
