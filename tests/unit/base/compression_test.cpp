// What compression gives back, and what it refuses before it takes memory for it.
#include "core/base/compression.hpp"

#include <doctest/doctest.h>

using namespace kiem;

namespace {

Bytes words(std::size_t count) {
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    append(bytes, view(i % 3 == 0 ? std::string_view("heg snoeien ") : std::string_view("soep koken ")));
  }
  return bytes;
}

void check_refused(const Result<Bytes>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::not_canonical);
  CHECK(result.error().fault == Fault::peer);
}

}  // namespace

TEST_CASE("what was compressed is given back, and is shorter") {
  Compression compression;
  for (const std::size_t count : {0U, 1U, 2U, 1000U, 5000U}) {
    const Bytes content = words(count);
    const Bytes compressed = compression.compress(content, {});
    if (count >= 1000) CHECK(compressed.size() * 10 < content.size());
    const auto expanded = compression.expand(compressed, content.size(), {});
    REQUIRE(expanded);
    CHECK(*expanded == content);
  }
}

TEST_CASE("what stood in earlier bytes is not said again, and nobody reads it without them") {
  Compression compression;
  Bytes earlier(30'000);
  std::uint32_t state = 1;
  for (auto& byte : earlier) byte = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24U);
  const Bytes content = earlier;
  const Bytes compressed = compression.compress(content, earlier);
  CHECK(compressed.size() < 200);
  CHECK(compression.expand(compressed, content.size(), earlier) == content);
  const auto without = compression.expand(compressed, content.size(), {});
  CHECK((!without || *without != content));
}

TEST_CASE("another size than it says, a byte less and a byte more are refused") {
  Compression compression;
  const Bytes content = words(100);
  Bytes compressed = compression.compress(content, {});
  check_refused(compression.expand(compressed, content.size() - 1, {}));
  check_refused(compression.expand(compressed, content.size() + 1, {}));
  check_refused(compression.expand(compressed, 0, {}));
  for (std::size_t size = 0; size < compressed.size(); ++size) {
    check_refused(compression.expand(ByteView(compressed).first(size), content.size(), {}));
  }
  compressed.push_back(0);
  check_refused(compression.expand(compressed, content.size(), {}));
  // After a refusal the same one goes on.
  compressed.pop_back();
  CHECK(compression.expand(compressed, content.size(), {}) == content);
}

TEST_CASE("a bomb is refused at the size that was agreed on") {
  Compression compression;
  const Bytes bomb = compression.compress(Bytes(std::size_t{16} * 1024 * 1024), {});
  CHECK(bomb.size() < 4096);
  check_refused(compression.expand(bomb, 65'536, {}));
}
