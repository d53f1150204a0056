// Laws of the CBOR reader, beside a naive model that knows nothing of it.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>

#include "core/base/cbor.hpp"
#include "tests/property/drawn_bytes.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Reads CBOR as liberally as it can, into a tree that knows nothing of how it was written, and writes the tree by the
// rules of RFC 8949 section 4.2.1. Bytes are canonical when they are what the model writes of what it reads.
struct Tree {
  unsigned major = 0;
  std::uint64_t value = 0;
  std::string content;
  std::vector<Tree> items;  // of a map: key, value, key, value
};

std::optional<Tree> model_read(std::string_view& bytes, std::size_t depth) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  bytes.remove_prefix(1);
  Tree tree;
  tree.major = first >> 5U;
  const unsigned info = first & 31U;
  if (info >= 28) return std::nullopt;
  tree.value = info;
  if (info >= 24) {
    const std::size_t width = std::size_t{1} << (info - 24);
    if (bytes.size() < width) return std::nullopt;
    tree.value = 0;
    for (std::size_t i = 0; i < width; ++i) tree.value = tree.value * 256 + static_cast<std::uint8_t>(bytes[i]);
    bytes.remove_prefix(width);
  }
  if (tree.major == 6) return std::nullopt;
  if (tree.major == 7 && (info >= 24 || info < 20 || info > 22)) return std::nullopt;
  if (tree.major == 2 || tree.major == 3) {
    if (tree.value > bytes.size()) return std::nullopt;
    tree.content = std::string(bytes.substr(0, tree.value));
    bytes.remove_prefix(tree.value);
    if (tree.major == 3 && !is_utf8(tree.content)) return std::nullopt;
  }
  if (tree.major == 4 || tree.major == 5) {
    if (depth == 0 || tree.value > bytes.size()) return std::nullopt;
    for (std::uint64_t i = 0; i < tree.value * (tree.major - 3); ++i) {
      auto item = model_read(bytes, depth - 1);
      if (!item) return std::nullopt;
      if (tree.major == 5 && i % 2 == 0 && item->major != 0) return std::nullopt;
      tree.items.push_back(std::move(*item));
    }
  }
  return tree;
}

void model_write(const Tree& tree, Bytes& out) {
  const auto type = static_cast<std::uint8_t>(tree.major * 32);
  if (tree.value < 24) {
    out.push_back(static_cast<std::uint8_t>(type + tree.value));
  } else {
    std::size_t width = 1;
    while (width < 8 && tree.value >= (UINT64_C(1) << (8 * width))) width *= 2;
    out.push_back(static_cast<std::uint8_t>(type + 24 + (width == 1 ? 0 : width == 2 ? 1 : width == 4 ? 2 : 3)));
    for (std::size_t i = width; i > 0; --i) out.push_back(static_cast<std::uint8_t>(tree.value >> (8 * (i - 1))));
  }
  append(out, view(tree.content));
  if (tree.major == 5) {
    // Keys sorted, and of equal ones the first alone: a map with a key twice is never what is written.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < tree.items.size(); i += 2) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return tree.items[a].value < tree.items[b].value; });
    order.erase(std::unique(order.begin(), order.end(),
                            [&](std::size_t a, std::size_t b) { return tree.items[a].value == tree.items[b].value; }),
                order.end());
    for (const auto i : order) {
      model_write(tree.items[i], out);
      model_write(tree.items[i + 1], out);
    }
  } else {
    for (const auto& item : tree.items) model_write(item, out);
  }
}

bool model_accepts(ByteView bytes) {
  std::string_view left = text_view(bytes);
  const auto tree = model_read(left, kCborMaxDepth);
  if (!tree || !left.empty()) return false;
  Bytes written;
  model_write(*tree, written);
  return written == to_bytes(bytes);
}

}  // namespace

TEST_CASE("the CBOR reader takes an item exactly when the naive model writes what it reads") {
  CHECK(rc::check([] {
    const Bytes item = pick_item();
    RC_ASSERT(model_accepts(item));
    RC_ASSERT(is_cbor_item(item));
    SeededRng rng(*rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
    for (int i = 0; i < 200; ++i) {
      const Bytes bent = bend(item, rng);
      RC_ASSERT(is_cbor_item(bent) == model_accepts(bent));
      Bytes chance(rng.below(6) + 1);
      rng.fill(chance);
      RC_ASSERT(is_cbor_item(chance) == model_accepts(chance));
    }
  }));
}

TEST_CASE("whatever the reader's answer, it stands where it stood or behind what it read") {
  CHECK(rc::check([] {
    SeededRng rng(*rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()));
    for (int i = 0; i < 200; ++i) {
      Bytes bytes(rng.below(12));
      rng.fill(bytes);
      const auto stands = [&](auto read) {
        CborReader reader(bytes);
        const bool taken = read(reader);
        RC_ASSERT((reader.position() > 0) == taken);
        RC_ASSERT(reader.position() <= bytes.size());
      };
      stands([](CborReader& reader) { return reader.unsigned_integer().has_value(); });
      stands([](CborReader& reader) { return reader.integer().has_value(); });
      stands([](CborReader& reader) { return reader.bytes().has_value(); });
      stands([](CborReader& reader) { return reader.text().has_value(); });
      stands([](CborReader& reader) { return reader.array().has_value(); });
      stands([](CborReader& reader) { return reader.map().has_value(); });
      stands([](CborReader& reader) { return reader.null().has_value(); });
      stands([](CborReader& reader) { return reader.boolean().has_value(); });
      stands([](CborReader& reader) { return reader.item().has_value(); });
    }
  }));
}
