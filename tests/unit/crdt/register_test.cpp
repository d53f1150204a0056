#include "core/crdt/register.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

const RecordId kRecord = record(1);
const ByteView kField = view("field");

RegisterWrite write(std::uint64_t number, std::string_view value, std::optional<std::int64_t> key = {},
                    std::uint64_t author = 0) {
  return {mutation(number), view(value), key, person(author == 0 ? number : author), device(number)};
}

RegisterFold fold(const Pick& pick, const std::vector<RegisterWrite>& writes) {
  return fold_register(kRecord, kField, pick, writes);
}

std::string shown(const RegisterFold& folded) { return std::string(text_view(folded.values.front().value)); }

}  // namespace

TEST_CASE("a field that nobody wrote has no value and no conflict") {
  const auto folded = fold({}, {});
  CHECK(folded.values.empty());
  CHECK_FALSE(folded.conflict());
}

TEST_CASE("one write shows, and an emptied value is a value") {
  const auto folded = fold({}, {write(1, "")});
  REQUIRE(folded.values.size() == 1);
  CHECK(folded.values[0].value.empty());
  CHECK(folded.values[0].writes == std::vector{mutation(1)});
}

TEST_CASE("equal values written apart are no conflict, and settling supersedes both writes") {
  const auto folded = fold({PickKind::ask, {}}, {write(1, "a"), write(2, "a")});
  CHECK_FALSE(folded.conflict());
  CHECK_FALSE(folded.ask);
  CHECK(folded.values[0].writes.size() == 2);
}

TEST_CASE("different values written apart are all kept, each once") {
  const auto folded = fold({}, {write(1, "a"), write(2, "b"), write(3, "a")});
  REQUIRE(folded.conflict());
  CHECK(folded.values.size() == 2);
  CHECK(folded.values[0].writes.size() + folded.values[1].writes.size() == 3);
}

TEST_CASE("by default the lowest lot of record, field and person shows, whatever the device or operation") {
  const auto lot = [](std::uint64_t author) {
    return hash_of(kTagPickLot, {view(kRecord), kField, view(person(author))});
  };
  const std::uint64_t lucky = lot(1) < lot(2) ? 1 : 2;
  for (std::uint64_t number = 1; number < 40; number += 2) {
    const auto folded = fold({}, {write(number, "1", {}, 1), write(number + 1, "2", {}, 2)});
    CHECK(shown(folded) == std::to_string(lucky));
  }
}

TEST_CASE("the lot falls anew for each record and each field") {
  int first = 0;
  for (std::uint64_t number = 0; number < 64; ++number) {
    const std::vector<RegisterWrite> writes{write(1, "a"), write(2, "b")};
    first += text_view(fold_register(record(number), kField, {}, writes).values[0].value) == "a" ? 1 : 0;
    first += text_view(fold_register(kRecord, view(std::to_string(number)), {}, writes).values[0].value) == "a" ? 1 : 0;
  }
  CHECK(first > 32);
  CHECK(first < 96);
}

TEST_CASE("of one person the lower device shows, and of one device the lower id") {
  auto a = write(1, "a", {}, 7);
  auto b = write(2, "b", {}, 7);
  CHECK(shown(fold({}, {a, b})) == (a.device < b.device ? "a" : "b"));
  b.device = a.device;
  CHECK(shown(fold({}, {a, b})) == (a.id < b.id ? "a" : "b"));
}

TEST_CASE("an ordered pick shows the careful value, wherever the lot falls") {
  const Pick pick{PickKind::order, {3, 1, 2}};
  for (std::uint64_t author = 1; author < 20; ++author) {
    CHECK(shown(fold(pick, {write(author, "open", 1), write(author + 20, "cancelled", 3)})) == "cancelled");
    CHECK(shown(fold(pick, {write(author, "done", 2), write(author + 20, "open", 1)})) == "open");
  }
}

TEST_CASE("a choice that the order does not list, or without a number, comes after all that it lists") {
  const Pick pick{PickKind::order, {0, 1}};
  for (std::uint64_t author = 1; author < 20; ++author) {
    CHECK(shown(fold(pick, {write(author, "new", 9), write(author + 20, "known", 1)})) == "known");
    CHECK(shown(fold(pick, {write(author, "none"), write(author + 20, "known", 1)})) == "known");
    CHECK(shown(fold(pick, {write(author, "negative", -1), write(author + 20, "known", 1)})) == "known");
  }
}

TEST_CASE("min and max hold to the ends of the integers, and a value without a key comes last") {
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  for (std::uint64_t author = 1; author < 20; ++author) {
    const std::vector<RegisterWrite> writes{write(author, "least", kLeast), write(author + 20, "most", kMost),
                                            write(author + 40, "zero", 0), write(author + 60, "none")};
    CHECK(shown(fold({PickKind::min, {}}, writes)) == "least");
    CHECK(shown(fold({PickKind::max, {}}, writes)) == "most");
    CHECK(text_view(fold({PickKind::min, {}}, writes).values.back().value) == "none");
    CHECK(text_view(fold({PickKind::max, {}}, writes).values.back().value) == "none");
  }
}

TEST_CASE("ask shows the lot's choice, marked as a question only while there is a conflict") {
  const std::vector<RegisterWrite> writes{write(1, "a"), write(2, "b")};
  const auto asked = fold({PickKind::ask, {}}, writes);
  CHECK(asked.ask);
  CHECK(shown(asked) == shown(fold({}, writes)));
  CHECK_FALSE(fold({}, writes).ask);
  CHECK_FALSE(fold({PickKind::ask, {}}, {write(1, "a")}).ask);
}
