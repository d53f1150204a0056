// tests/vectors/session.json, read as another implementation would: every frame in it does what the file says.
#include "tests/unit/wire/session_vectors.hpp"

#include <doctest/doctest.h>

#include "tests/tools/vector_file.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// What stands behind "KEY": " in one line of the file; empty when the line has no such key.
std::string text_of(const std::string& line, const std::string& key) {
  const std::string opening = "\"" + key + "\": \"";
  const auto at = line.find(opening);
  if (at == std::string::npos) return {};
  const auto begin = at + opening.size();
  return line.substr(begin, line.find('"', begin) - begin);
}

}  // namespace

TEST_CASE("the frames of the vector file are taken and refused as it says") {
  const std::string text = read_text_file(std::string(KIEM_VECTORS) + "/session.json");
  CHECK(text == to_json(make_session_vectors(1)));
  std::size_t taken = 0, refusals = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    const auto bytes = from_hex(text_of(line, "bytes"));
    const std::string message = text_of(line, "message"), error = text_of(line, "error");
    if (message.empty() && error.empty()) continue;
    CAPTURE(line);
    REQUIRE(bytes);
    const auto decoded = wire::decode(*bytes);
    CHECK(decoded.has_value() == error.empty());
    if (decoded) {
      CHECK(wire::name_of(*decoded) == message);
      ++taken;
    } else {
      CHECK((decoded.error().code == ErrorCode::too_large) == (error == "too_large"));
      ++refusals;
    }
  }
  CHECK(taken == 33);
  CHECK(refusals == 4);
}
