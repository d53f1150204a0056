// Where an element of a list stands: a fractional key, so that putting one between two others moves neither (DESIGN
// D3).
//
// A position is up to 16 digits of 64 bits, compared digit by digit, the shorter of two that agree first; the elements'
// ids break ties. Zeros at the end say nothing and are not kept, so that between two different positions there is
// always room until the digits are used up. No digits at all is a position too, before all others: what a mutation
// without numbers means.
//
// Digits are spent sparingly. Beside one neighbour a key stands a small step away, so 100 000 elements added at
// either end, or one behind the other anywhere, take at most three digits; halving is for a gap between two neighbours,
// and 200 insertions at the worst spot fit (tests/property/list_laws_test.cpp). After that key_between has no answer,
// and fill_positions moves neighbours until there is room.
//
// Two people who put something into one gap while apart must not get the same key, hence the lot: 64 bits of chance
// from the caller. What goes behind something of one's own goes *beneath* it (run_on): the pieces share its digits, so
// that what two people add in one gap, at once or piece by piece, does not come to stand among each other. That is no
// promise where both go on behind what one of them put there before they went apart. Odd last digits mark what runs on;
// that is a habit of writers and no rule for readers.
//
// Rejected: keys as text in base 62 (longer, and compared by locale sooner or later); halving always (64 appends a
// digit); an anchor as words have (a moved element would take along what was put behind it).
//
// Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kiem {

// The comparison of vectors is the order of positions. The last digit is not zero.
using Position = std::vector<std::uint64_t>;

constexpr std::size_t kMaxPositionDigits = 16;

// As a mutation's numbers give it. Digits above kMaxPositionDigits, which no decoder lets through, are cut off.
[[nodiscard]] Position position_from(std::span<const std::uint64_t> numbers);

// Strictly between `after` and `before`; nullptr is the end on that side. run_on: `after` was put there by the same
// device. Nothing when the two are equal, in the wrong order, or leave no room within kMaxPositionDigits.
[[nodiscard]] std::optional<Position> key_between(const Position* after, const Position* before, std::uint64_t lot,
                                                  bool run_on = false);

// An element in the order that a list is to have.
struct Slot {
  std::optional<Position> position;  // the one it has, or none for one that is new here
  bool own = false;                  // put there by this device
};

// A position for each slot, in order, so that sorting by them gives that order. Those that slots have ascend (not
// strictly); they are kept, unless too little room is left beside new ones: then the nearest, then twice as many and so
// on, are given others, which the caller writes as moves. Never fails; with no position given this is a list's
// rebalancing. n log n.
[[nodiscard]] std::vector<Position> fill_positions(const std::vector<Slot>& slots, std::uint64_t lot);

}  // namespace kiem
