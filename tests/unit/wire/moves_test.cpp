// Moves and frontier rows: each has one coding, and everything else is refused.
#include "sync/wire/moves.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "sync/wire/frontier.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using namespace kiem::wire;

namespace {

void must_be_refused(const Result<std::vector<Move>>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::not_canonical);
  CHECK(result.error().fault == Fault::peer);
}

std::vector<Move> drawn(test::SeededRng& chance, std::size_t chains, unsigned percent) {
  std::vector<Move> moves;
  for (std::uint32_t chain = 0; chain < chains; ++chain) {
    if (chance.chance(percent)) moves.push_back({chain, 1 + (chance.next() >> (1 + chance.below(63)))});
  }
  return moves;
}

}  // namespace

TEST_CASE("moves are read as they were written, few of many and all of few") {
  test::SeededRng chance(11);
  for (const std::size_t chains : {1U, 7U, 8U, 9U, 300U, 5000U}) {
    for (const unsigned percent : {0U, 1U, 10U, 50U, 100U}) {
      CAPTURE(chains);
      CAPTURE(percent);
      const auto moves = drawn(chance, chains, percent);
      const Bytes bytes = encode_moves(moves, chains);
      const auto read = decode_moves(bytes, chains);
      REQUIRE(read);
      CHECK(*read == moves);
    }
  }
}

TEST_CASE("a hundred changed chains of a thousand take a gap and a number each, nine hundred a bit and a number") {
  std::vector<Move> few, many;
  for (std::uint32_t chain = 0; chain < 1000; ++chain) {
    if (chain % 10 == 0) few.push_back({chain, 1});
    if (chain % 10 != 0) many.push_back({chain, 1});
  }
  CHECK(encode_moves(few, 1000).size() == 1 + 100 * 2);
  CHECK(encode_moves(many, 1000).size() == 1 + 125 + 900);
  CHECK(encode_moves({}, 1000).empty());
}

TEST_CASE("moves that are cut off, beyond the list, or longer than they must be are refused") {
  test::SeededRng chance(12);
  for (const unsigned percent : {2U, 60U}) {
    const Bytes bytes = encode_moves(drawn(chance, 200, percent), 200);
    for (std::size_t size = 1; size < bytes.size(); ++size) {
      const auto read = decode_moves(ByteView(bytes).first(size), 200);
      // A list of gaps may end after each pair; it is another list then.
      if (read) CHECK(encode_moves(*read, 200) == to_bytes(ByteView(bytes).first(size)));
    }
  }
  must_be_refused(decode_moves(Bytes{2, 0, 0}, 9));           // neither form
  must_be_refused(decode_moves(Bytes{0}, 9));                 // a form of nothing
  must_be_refused(decode_moves(Bytes{0, 9, 0}, 9));           // the tenth of nine
  must_be_refused(decode_moves(Bytes{0, 8, 0, 0, 0}, 9));     // behind the last
  must_be_refused(decode_moves(Bytes{0, 0}, 9));              // a gap without a number
  must_be_refused(decode_moves(Bytes{0, 0x80, 0, 0}, 9));     // zero in two bytes
  must_be_refused(decode_moves(Bytes{1, 0x01, 0x00, 0}, 9));  // a bitmap where a gap is shorter
  must_be_refused(decode_moves(Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 9));  // and the other way round
  must_be_refused(decode_moves(Bytes{1, 0xFF}, 9));                                      // half a bitmap
  must_be_refused(decode_moves(Bytes{1, 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0}, 9));        // a bit beyond the list
  must_be_refused(decode_moves(Bytes{0, 0, 0}, 0));                                      // of no chain at all
  Bytes large{0, 0};
  large.insert(large.end(), 9, 0xFF);
  large.push_back(0x01);
  must_be_refused(decode_moves(large, 9));  // above 2^63
}

TEST_CASE("the rows of a frontier are read as they were written, ascending, each name once") {
  test::SeededRng chance(13);
  std::vector<FrontierRow> rows(500);
  for (auto& row : rows) {
    chance.fill(row.name);
    row.count = 1 + (chance.next() >> (1 + chance.below(63)));
  }
  std::sort(rows.begin(), rows.end());
  const Bytes bytes = encode_rows(rows);
  const auto read = decode_rows(bytes);
  REQUIRE(read);
  CHECK(*read == rows);

  const std::vector<FrontierRow> one{{{1, 2, 3, 4, 5, 6}, 200}};
  const Bytes single = encode_rows(one);
  CHECK(single.size() == kChainNameBytes + 2);
  for (std::size_t size = 0; size < single.size(); ++size) CHECK_FALSE(decode_rows(ByteView(single).first(size)));
  Bytes twice = single;
  append(twice, single);
  CHECK_FALSE(decode_rows(twice));
  Bytes descending = encode_rows(std::vector<FrontierRow>{{{2, 0, 0, 0, 0, 0}, 1}});
  append(descending, single);
  CHECK_FALSE(decode_rows(descending));
}
