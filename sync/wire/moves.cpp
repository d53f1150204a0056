#include "sync/wire/moves.hpp"

#include "core/base/check.hpp"

namespace kiem::wire {
namespace {

constexpr std::uint8_t kGaps = 0;
constexpr std::uint8_t kBitmap = 1;

tl::unexpected<Error> refuse(const char* expected) {
  return fail(ErrorCode::not_canonical, Fault::peer, {"0", expected});
}

Bytes as_gaps(std::span<const Move> moves) {
  Bytes out{kGaps};
  std::uint64_t next = 0;
  for (const auto& move : moves) {
    put_number(out, move.chain - next);
    put_number(out, move.by - 1);
    next = std::uint64_t{move.chain} + 1;
  }
  return out;
}

Bytes as_bitmap(std::span<const Move> moves, std::size_t chains) {
  Bytes out(1 + (chains + 7) / 8, 0);
  out[0] = kBitmap;
  for (const auto& move : moves) out[1 + move.chain / 8] |= static_cast<std::uint8_t>(1U << (move.chain % 8));
  for (const auto& move : moves) put_number(out, move.by - 1);
  return out;
}

Result<std::vector<Move>> read_gaps(ByteView bytes, std::size_t chains) {
  std::vector<Move> moves;
  std::uint64_t next = 0;
  while (!bytes.empty()) {
    KIEM_TRY_GET(const std::uint64_t gap, take_number(bytes));
    if (gap >= chains - next) return refuse("a chain of the list");
    KIEM_TRY_GET(const std::uint64_t more, take_number(bytes));
    moves.push_back({static_cast<std::uint32_t>(next + gap), more + 1});
    next += gap + 1;
  }
  return moves;
}

Result<std::vector<Move>> read_bitmap(ByteView bytes, std::size_t chains) {
  const std::size_t size = (chains + 7) / 8;
  if (bytes.size() < size) return refuse("a bit for each chain");
  const ByteView bits = bytes.first(size);
  bytes = bytes.subspan(size);
  std::vector<Move> moves;
  for (std::size_t chain = 0; chain < chains; ++chain) {
    if ((bits[chain / 8] >> (chain % 8) & 1U) == 0) continue;
    KIEM_TRY_GET(const std::uint64_t more, take_number(bytes));
    moves.push_back({static_cast<std::uint32_t>(chain), more + 1});
  }
  if (!bytes.empty()) return refuse("a number for each bit");
  return moves;
}

}  // namespace

void put_number(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<std::uint8_t>(value | 0x80U));
  out.push_back(static_cast<std::uint8_t>(value));
}

Result<std::uint64_t> take_number(ByteView& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    if (bytes.empty()) return refuse("a whole number");
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) != 0) continue;
    if (byte == 0 && shift > 0) return refuse("the shortest form");
    return value;
  }
  return refuse("a number below 2^63");
}

Bytes encode_moves(std::span<const Move> moves, std::size_t chains) {
  if (moves.empty()) return {};
  for (std::size_t i = 0; i < moves.size(); ++i) {
    KIEM_CHECK(moves[i].chain < chains && moves[i].by >= 1 && (i == 0 || moves[i - 1].chain < moves[i].chain));
  }
  Bytes gaps = as_gaps(moves);
  // A move takes two bytes at least, so few of them are surely shorter without a bitmap.
  if (gaps.size() <= 1 + (chains + 7) / 8) return gaps;
  Bytes bitmap = as_bitmap(moves, chains);
  return bitmap.size() < gaps.size() ? bitmap : gaps;
}

Result<std::vector<Move>> decode_moves(ByteView bytes, std::size_t chains) {
  if (bytes.empty()) return std::vector<Move>{};
  if (bytes.front() != kGaps && bytes.front() != kBitmap) return refuse("gaps or a bitmap");
  KIEM_TRY_GET(auto moves,
               bytes.front() == kGaps ? read_gaps(bytes.subspan(1), chains) : read_bitmap(bytes.subspan(1), chains));
  const Bytes again = encode_moves(moves, chains);
  if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) return refuse("the shorter of both forms");
  return moves;
}

}  // namespace kiem::wire
