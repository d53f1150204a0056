// The laws of lists and positions (DESIGN D3): the fold beside its model, and room for whatever people put between.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <random>

#include "core/crdt/list.hpp"
#include "tests/property/law.hpp"
#include "tests/support/mutation_ids.hpp"
#include "tests/support/text_model.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

std::uint64_t lot() { return *rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>()); }

std::vector<std::uint64_t> draw_numbers(int most) {
  std::vector<std::uint64_t> numbers;
  for (int i = draw(most); i > 0; --i) {
    numbers.push_back(one_in(3) ? lot() : one_in(4) ? UINT64_MAX - number(2) : number(3));
  }
  return numbers;
}
Position draw_position() { return position_from(draw_numbers(5)); }

bool is_position(const Position& position) {
  return !position.empty() && position.size() <= kMaxPositionDigits && position.back() != 0;
}

}  // namespace

TEST_CASE("positions stand in the order that their digits say, zeros at the end apart") {
  CHECK(law("order", [] {
    const auto a = draw_numbers(4);
    auto b = one_in(3) ? a : draw_numbers(4);
    for (int i = draw(3); i > 0; --i) b.push_back(one_in(4) ? 1 : 0);
    RC_ASSERT((position_from(a) < position_from(b)) == model_before(a, b));
    RC_ASSERT(((position_from(a) == position_from(b)) == (!model_before(a, b) && !model_before(b, a))));
  }));
}

TEST_CASE("a key is strictly between any two positions that differ, and there is none between others") {
  CHECK(law("between", [] {
    const auto a = draw_position();
    const auto b = draw_position();
    const bool run_on = one_in(2);
    const auto key = key_between(&a, &b, lot(), run_on);
    RC_ASSERT(key.has_value() == (a < b));
    if (!key) return;
    RC_ASSERT(is_position(*key));
    RC_ASSERT(a < *key);
    RC_ASSERT(*key < b);
  }));
}

TEST_CASE("there is always room behind any position and before any that is not the very first") {
  CHECK(law("ends", [] {
    const auto a = draw_position();
    const auto behind = key_between(&a, nullptr, lot(), one_in(2));
    RC_ASSERT(behind.has_value());
    RC_ASSERT(is_position(*behind));
    RC_ASSERT(a < *behind);
    const auto before = key_between(nullptr, &a, lot(), one_in(2));
    RC_ASSERT(before.has_value() == !a.empty());
    if (before) RC_ASSERT((is_position(*before) && *before < a));
  }));
}

TEST_CASE("wherever each is put beside the last, at least 200 fit and every one is strictly between its neighbours") {
  CHECK(law("one spot", [] {
    std::vector<Position> list;
    std::size_t at = 0;
    const int habit = draw(4);
    // So many draws in one case are more than rapidcheck can shrink.
    std::mt19937_64 chance(lot());
    const auto even = [&chance] { return chance() % 2 == 0; };
    for (int i = 0; i < 200; ++i) {
      // Always behind the last one, always before it, by turns, or at random.
      if (i > 0) at += habit == 0 || (habit == 2 && i % 2 == 0) || (habit == 3 && even()) ? 1 : 0;
      const auto* after = at > 0 ? &list[at - 1] : nullptr;
      const auto* before = at < list.size() ? &list[at] : nullptr;
      const auto key = key_between(after, before, chance(), even());
      RC_ASSERT(key.has_value());
      RC_ASSERT((after == nullptr || *after < *key));
      RC_ASSERT((before == nullptr || *key < *before));
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), *key);
    }
  }));
}

TEST_CASE("filling gives every slot a place in order, and moves nobody while there is room") {
  CHECK(law("fill", [] {
    std::vector<Position> known;
    for (int i = draw(8); i > 0; --i) known.push_back(draw_position());
    std::sort(known.begin(), known.end());
    std::vector<Slot> slots;
    bool room = known.empty() || !known.front().empty();
    for (std::size_t i = 0; i < known.size(); ++i) {
      slots.push_back({known[i], one_in(2)});
      if (i > 0 && known[i - 1] == known[i]) room = false;
    }
    for (int i = draw(6); i > 0; --i)
      slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(place(slots.size() + 1)), Slot{});
    const auto positions = fill_positions(slots, lot());
    RC_ASSERT(positions.size() == slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].position && room) RC_ASSERT(positions[i] == *slots[i].position);
      if (!slots[i].position) RC_ASSERT(is_position(positions[i]));
      if (i == 0) continue;
      RC_ASSERT(positions[i - 1] <= positions[i]);
      // Equal ones were equal before, and nothing was put between them.
      if (positions[i - 1] == positions[i]) {
        RC_ASSERT(slots[i - 1].position == slots[i].position);
        RC_ASSERT(slots[i].position == positions[i]);
      }
    }
  }));
}

TEST_CASE("what two people add piece by piece in one gap does not come to stand among each other") {
  CHECK(law("runs", [] {
    const auto left = one_in(3) ? std::nullopt : std::optional<Position>{draw_position()};
    std::optional<Position> right;
    if (!one_in(3)) {
      right = left ? key_between(&*left, nullptr, lot()) : draw_position();
      if (right->empty()) right = std::nullopt;
    }
    std::mt19937_64 chance(lot());
    const auto type = [&](bool all_at_once) {
      std::vector<Slot> slots;
      if (left) slots.push_back({left, false});
      if (right) slots.push_back({right, false});
      std::vector<Position> run;
      const auto from = left ? 1 : 0;
      const int pieces = draw(5) + 1;
      for (int i = 0; i < pieces; i += all_at_once ? pieces : 1) {
        const auto begin = slots.begin() + from + i;
        slots.insert(begin, static_cast<std::size_t>(all_at_once ? pieces : 1), Slot{});
        const auto positions = fill_positions(slots, chance());
        for (std::size_t j = 0; j < slots.size(); ++j) {
          if (!slots[j].position) slots[j] = {positions[j], true};
        }
      }
      for (int i = 0; i < pieces; ++i) run.push_back(*slots[static_cast<std::size_t>(from + i)].position);
      return run;
    };
    const auto a = type(one_in(2));
    const auto b = type(one_in(2));
    RC_PRE(a.front() != b.front());
    const bool apart = a.back() < b.front() || b.back() < a.front();
    RC_ASSERT(apart);
  }));
}

TEST_CASE("a list is what the model says, in any order, repeated or not") {
  CHECK(law("list", [] {
    std::map<MutationId, ListAddition> additions;
    std::map<MutationId, ListMove> moves;
    std::set<MutationId> removed;
    for (std::uint64_t i = number(6); i > 0; --i) {
      additions[mutation(i)] = {mutation(i), view("value"), draw_position(), device(i)};
      if (one_in(5)) removed.insert(mutation(i));
    }
    for (std::uint64_t i = number(9); i > 0; --i) {
      ListMove move{mutation(10 + i), mutation(number(7)), draw_position(), person(number(3)), device(number(2)), {}};
      for (std::uint64_t j = 0; j < 20; ++j) {
        if (one_in(8)) move.supersedes.push_back(mutation(j));
      }
      moves[move.id] = move;
    }
    const auto expected = model_list(record(1), view("field"), additions, moves, removed);
    std::vector<ListAddition> some;
    std::vector<ListMove> others;
    std::vector<MutationId> gone(removed.begin(), removed.end());
    for (const auto& [id, one] : additions) some.push_back(one);
    for (const auto& [id, one] : moves) others.push_back(one);
    for (int i = 0; i < 2; ++i) {
      const auto items = fold_list({record(1), view("field"), some, others, gone});
      RC_ASSERT(items.size() == expected.size());
      for (std::size_t j = 0; j < items.size(); ++j) {
        RC_ASSERT(items[j].id == expected[j].id);
        RC_ASSERT(items[j].position == position_from(expected[j].numbers));
        RC_ASSERT(items[j].moves == std::vector<MutationId>(expected[j].moves.begin(), expected[j].moves.end()));
      }
      shuffle_and_repeat(some);
      shuffle_and_repeat(others);
      shuffle_and_repeat(gone);
    }
  }));
}
