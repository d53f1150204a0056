#include "core/crdt/position.hpp"

#include <algorithm>
#include <limits>

namespace kiem {
namespace {

constexpr std::uint64_t kLastDigit = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kStep = std::uint64_t{1} << 33U;
// A run goes beneath its first piece only above this depth: nesting runs must not use up the digits.
constexpr std::size_t kDeepestRun = 8;

// The digits allowed at one place: first to last, at least one, and which neighbours border on them.
struct Room {
  std::uint64_t first = 1;
  std::uint64_t last = kLastDigit;
  bool beside_lower = false;
  bool beside_upper = false;
};

std::uint64_t choose(const Room& room, std::uint64_t lot, bool odd) {
  const auto width = room.last - room.first;  // one less than their number
  const auto step = std::min(width, kStep - 1);
  std::uint64_t digit = 0;
  if (room.beside_lower == room.beside_upper) {  // the middle; the wider the room, the further two lots lie apart
    const auto wide = room.beside_lower ? width / 4 : width / 2;
    digit = room.first + (width - wide) / 2 + lot % (wide + 1);
  } else if (room.beside_lower) {
    digit = room.first + lot % (step + 1);
  } else {
    digit = room.last - lot % (step + 1);
  }
  if ((digit % 2 == 1) == odd || width == 0) return digit;
  return digit < room.last ? digit + 1 : digit - 1;
}

// The lots of one call differ from key to key and depend on nothing else.
std::uint64_t next_lot(std::uint64_t lot) { return lot * 6364136223846793005U + 1442695040888963407U; }

// Keys for the slots [from, to), between their neighbours; false when there is no room.
bool fill(std::vector<Position>& positions, const std::vector<Slot>& slots, std::size_t from, std::size_t to,
          std::uint64_t lot) {
  const Position* before = to < positions.size() ? &positions[to] : nullptr;
  for (std::size_t i = from; i < to; ++i) {
    const Position* after = i > 0 ? &positions[i - 1] : nullptr;
    lot = next_lot(lot);
    auto key = key_between(after, before, lot >> 1U, i > from || (i > 0 && slots[i - 1].own));
    if (!key) return false;
    positions[i] = std::move(*key);
  }
  return true;
}

}  // namespace

Position position_from(std::span<const std::uint64_t> numbers) {
  Position position(numbers.begin(),
                    numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), kMaxPositionDigits)));
  while (!position.empty() && position.back() == 0) position.pop_back();
  return position;
}

std::optional<Position> key_between(const Position* after, const Position* before, std::uint64_t lot, bool run_on) {
  const std::size_t digits = after == nullptr ? 0 : after->size();
  // Among what already stands beneath the first piece of a run, or beneath the first piece itself, if nobody else is.
  const bool among = digits > 1 && after->back() % 2 == 1;
  const bool taken = digits > 0 && before != nullptr && before->size() > digits &&
                     std::equal(after->begin(), after->end(), before->begin());
  if (digits == 0 || digits >= kDeepestRun || (!among && taken)) run_on = false;
  const std::size_t shallowest = !run_on ? 0 : among ? digits - 1 : digits;
  Position key;
  std::optional<Position> narrow;    // where one digit was free and not the odd or even one that was wanted
  bool bounded = before != nullptr;  // the key so far is the beginning of `before`
  for (std::size_t place = 0; place < kMaxPositionDigits; ++place) {
    if (bounded && place == before->size()) return std::nullopt;
    const auto lower = place < digits ? (*after)[place] : 0;
    if (bounded && (*before)[place] < lower) return std::nullopt;
    const auto last = !bounded ? kLastDigit : (*before)[place] == 0 ? 0 : (*before)[place] - 1;
    if (place >= shallowest && lower < last) {
      auto found = key;
      found.push_back(choose({lower + 1, last, place < digits, bounded}, lot, run_on));
      if ((found.back() % 2 == 1) == run_on) return found;
      if (!narrow) narrow = std::move(found);
    }
    bounded = bounded && (*before)[place] == lower;
    key.push_back(lower);
  }
  return narrow;
}

std::vector<Position> fill_positions(const std::vector<Slot>& slots, std::uint64_t lot) {
  std::vector<Position> positions(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) positions[i] = slots[i].position.value_or(Position{});
  std::size_t next = 0;
  while (next < slots.size()) {
    if (slots[next].position) {
      ++next;
      continue;
    }
    std::size_t from = next;
    std::size_t to = next;
    while (to < slots.size() && !slots[to].position) ++to;
    // Each time twice as many neighbours on either side, up to the whole list, where there is always room.
    for (std::size_t more = 1; !fill(positions, slots, from, to, lot); more *= 2) {
      from -= std::min(from, more);
      to = std::min(slots.size(), to + more);
      while (to < slots.size() && !slots[to].position) ++to;
    }
    lot = next_lot(lot);
    next = to;
  }
  return positions;
}

}  // namespace kiem
