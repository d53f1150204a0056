// The laws of the one merge idea (DESIGN D3) on random histories: what is live, and what a register, a set, a tally and
// a record's life make of it, beside models that say the same in the slowest way.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <numeric>
#include <set>

#include "core/crdt/alive.hpp"
#include "core/crdt/live.hpp"
#include "core/crdt/register.hpp"
#include "core/crdt/set.hpp"
#include "core/crdt/tally.hpp"
#include "tests/property/law.hpp"
#include "tests/support/mutation_ids.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Log {
  std::vector<MutationVerdict> mutations;
  std::vector<SupersedeEdge> edges;
};

// Mutations that each supersede some of the earlier ones; some edges name what is not here, or lead in circles.
Log draw_log() {
  Log log;
  const int count = draw(16);
  for (int i = 0; i < count; ++i) {
    if (!one_in(8)) log.mutations.push_back({mutation(static_cast<std::uint64_t>(i)), !one_in(5)});
    for (int j = 0; j < i; ++j) {
      if (one_in(5)) {
        log.edges.push_back({mutation(static_cast<std::uint64_t>(i)), mutation(static_cast<std::uint64_t>(j))});
      }
    }
    if (one_in(12)) log.edges.push_back({mutation(number(20)), mutation(number(20))});
  }
  return log;
}

std::set<MutationId> slow_live(const Log& log) {
  std::set<MutationId> live;
  for (const auto& one : log.mutations) {
    bool stays = one.applies;
    for (const auto& other : log.mutations) {
      for (const auto& edge : log.edges) {
        if (other.applies && edge.by == other.id && edge.of == one.id && one.id != other.id) stays = false;
      }
    }
    if (stays) live.insert(one.id);
  }
  return live;
}

std::vector<MutationId> as_vector(const std::set<MutationId>& ids) { return {ids.begin(), ids.end()}; }

struct Field {
  Pick pick;
  std::vector<RegisterWrite> writes;

  [[nodiscard]] RegisterFold fold() const { return fold_register(record(1), view("field"), pick, writes); }
};

constexpr std::string_view kValues[] = {"", "a", "b", "c", "d"};

Field draw_field() {
  Field field;
  field.pick.kind = static_cast<PickKind>(draw(5));
  for (std::uint32_t choice = 0; choice < 4; ++choice) {
    if (!one_in(4)) field.pick.order.push_back(choice);
  }
  shuffle_and_repeat(field.pick.order);
  for (int i = draw(10); i > 0; --i) {
    const auto value = static_cast<std::size_t>(draw(5));
    RegisterWrite write{mutation(field.writes.size()), view(kValues[value]), {}, person(number(4)), device(number(3))};
    if (value != 4) write.key = static_cast<std::int64_t>(value) - 1;  // the key is the value's
    field.writes.push_back(write);
  }
  return field;
}

// Whether a shows before b, said case by case.
bool shows_before(const Pick& pick, const RegisterWrite& a, const RegisterWrite& b) {
  const auto listed = [&](const RegisterWrite& write) {
    return write.key ? std::find(pick.order.begin(), pick.order.end(), *write.key) : pick.order.end();
  };
  if (pick.kind == PickKind::order && listed(a) != listed(b)) return listed(a) < listed(b);
  if (pick.kind == PickKind::min || pick.kind == PickKind::max) {
    if (a.key.has_value() != b.key.has_value()) return a.key.has_value();
    if (a.key != b.key) return (*a.key < *b.key) == (pick.kind == PickKind::min);
  }
  const auto lot = [](const RegisterWrite& write) {
    return hash_of("kiem.pick.0", {view(record(1)), view("field"), view(write.author)});
  };
  if (lot(a) != lot(b)) return lot(a) < lot(b);
  if (a.device != b.device) return a.device < b.device;
  return a.id < b.id;
}

bool equal(const RegisterFold& a, const RegisterFold& b) {
  return a.ask == b.ask && std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                                      [](const RegisterValue& x, const RegisterValue& y) {
                                        return text_view(x.value) == text_view(y.value) && x.writes == y.writes;
                                      });
}

}  // namespace

TEST_CASE("what is live agrees with the model, in any order, repeated or not") {
  CHECK(law("live", [] {
    auto log = draw_log();
    const auto live = live_mutations(log.mutations, log.edges);
    RC_ASSERT(live == as_vector(slow_live(log)));
    shuffle_and_repeat(log.mutations);
    shuffle_and_repeat(log.edges);
    RC_ASSERT(live_mutations(log.mutations, log.edges) == live);
  }));
}

TEST_CASE("merging two logs in either order, or one into itself, gives the same") {
  CHECK(law("merge", [] {
    const auto a = draw_log();
    const auto whole = draw_log();
    // One mutation has one verdict, so b takes the verdicts of a where both have it.
    Log b = whole;
    for (auto& one : b.mutations) {
      for (const auto& other : a.mutations) {
        if (one.id == other.id) one.applies = other.applies;
      }
    }
    const auto merge = [](const Log& x, const Log& y) {
      Log merged = x;
      merged.mutations.insert(merged.mutations.end(), y.mutations.begin(), y.mutations.end());
      merged.edges.insert(merged.edges.end(), y.edges.begin(), y.edges.end());
      return live_mutations(merged.mutations, merged.edges);
    };
    RC_ASSERT(merge(a, b) == merge(b, a));
    RC_ASSERT(merge(a, a) == live_mutations(a.mutations, a.edges));
  }));
}

TEST_CASE("a register shows what the model shows and loses no value, in any order, repeated or not") {
  CHECK(law("register", [] {
    auto field = draw_field();
    const auto fold = field.fold();
    std::map<std::string_view, std::set<MutationId>> expected;
    for (const auto& write : field.writes) expected[text_view(write.value)].insert(write.id);
    RC_ASSERT(fold.values.size() == expected.size());
    RC_ASSERT(fold.conflict() == (expected.size() > 1));
    RC_ASSERT(fold.ask == (field.pick.kind == PickKind::ask && expected.size() > 1));
    for (const auto& value : fold.values) RC_ASSERT(value.writes == as_vector(expected.at(text_view(value.value))));
    for (const auto& write : field.writes) {
      const auto best = std::all_of(field.writes.begin(), field.writes.end(), [&](const RegisterWrite& other) {
        return other.id == write.id || shows_before(field.pick, write, other);
      });
      if (best) RC_ASSERT(text_view(fold.values.front().value) == text_view(write.value));
    }
    shuffle_and_repeat(field.writes);
    RC_ASSERT(equal(field.fold(), fold));
  }));
}

TEST_CASE("a write beside others changes the values shown only by adding its own, and their order not at all") {
  CHECK(law("register, one more", [] {
    auto field = draw_field();
    RC_PRE(!field.writes.empty());
    const auto more = field.writes.back();
    field.writes.pop_back();
    const auto before = field.fold();
    field.writes.push_back(more);
    const auto after = field.fold();
    std::vector<std::string_view> order_before;
    std::vector<std::string_view> order_after;
    for (const auto& value : before.values) {
      if (text_view(value.value) != text_view(more.value)) order_before.push_back(text_view(value.value));
    }
    for (const auto& value : after.values) {
      if (text_view(value.value) != text_view(more.value)) order_after.push_back(text_view(value.value));
    }
    RC_ASSERT(order_before == order_after);
  }));
}

TEST_CASE("whose lot wins depends on record, field and person, never on an id or a device") {
  CHECK(law("lot", [] {
    auto field = draw_field();
    field.pick = {};
    RC_PRE(!field.writes.empty());
    // One write a person, each with its own value; ids and devices drawn anew must not change who shows.
    std::vector<RegisterWrite> one_each;
    for (const auto& write : field.writes) {
      const auto known = std::any_of(one_each.begin(), one_each.end(),
                                     [&](const RegisterWrite& other) { return other.author == write.author; });
      if (!known) one_each.push_back(write);
    }
    field.writes = one_each;
    for (auto& write : field.writes) write.value = view(write.author);
    const auto shown = text_view(field.fold().values.front().value);
    for (auto& write : field.writes) {
      write.id = mutation(1000 + number(1'000'000));
      write.device = device(number(1'000'000));
    }
    RC_ASSERT(text_view(field.fold().values.front().value) == shown);
  }));
}

TEST_CASE("a set holds what was added and not removed by someone who saw it, as the model does") {
  CHECK(law("set", [] {
    auto log = draw_log();
    const auto live = slow_live(log);
    const auto value_of = [](const MutationId& id) { return kValues[id.op.bytes[0] % 4]; };
    std::vector<SetAddition> additions;
    std::map<std::string_view, std::set<MutationId>> expected;
    for (const auto& id : live) {
      additions.push_back({id, view(value_of(id))});
      expected[value_of(id)].insert(id);
    }
    shuffle_and_repeat(additions);
    const auto elements = fold_set(additions);
    RC_ASSERT(elements.size() == expected.size());
    auto next = expected.begin();
    for (const auto& element : elements) {
      RC_ASSERT(text_view(element.value) == next->first);
      RC_ASSERT(element.additions == as_vector(next->second));
      ++next;
    }
  }));
}

TEST_CASE("a tally is the exact sum of its distinct entries, or the nearest that fits") {
  CHECK(law("tally", [] {
    std::vector<TallyEntry> entries;
    __extension__ __int128 exact = 0;
    for (int i = draw(8); i > 0; --i) {
      const auto amount = one_in(2) ? *rc::gen::arbitrary<std::int64_t>()
                                    : *rc::gen::element(INT64_MAX, INT64_MIN, std::int64_t{0}, std::int64_t{-1});
      entries.push_back({mutation(entries.size()), amount});
      exact += amount;
    }
    const auto count = entries.size();
    shuffle_and_repeat(entries);
    const auto tally = fold_tally(entries);
    RC_ASSERT(tally.entries == count);
    RC_ASSERT(tally.beyond == (exact > INT64_MAX || exact < INT64_MIN));
    RC_ASSERT(tally.sum == (exact > INT64_MAX   ? INT64_MAX
                            : exact < INT64_MIN ? INT64_MIN
                                                : static_cast<std::int64_t>(exact)));
  }));
}

TEST_CASE("a record lives while one mark that applies is not superseded, in any order, repeated or not") {
  CHECK(law("alive", [] {
    const auto self = record_of(mutation(0).op);
    const bool derived = one_in(2);
    const bool erased = one_in(10);
    std::vector<AliveMark> marks;
    std::vector<AliveDelete> deletes;
    std::vector<MutationId> edits;
    if (!derived && !one_in(6)) marks.push_back({mutation(0), !one_in(6)});
    for (int i = draw(4); i > 0; --i) marks.push_back({mutation(marks.size() + 1), !one_in(4)});
    for (int i = draw(5); i > 0; --i) edits.push_back(mutation(50 + edits.size()));
    for (int i = draw(4); i > 0; --i) {
      AliveDelete deletion{mutation(100 + deletes.size()), !one_in(4), {}, {}};
      for (std::uint64_t mark = 0; mark < 6; ++mark) {
        if (one_in(2)) deletion.marks.push_back(mutation(mark));
      }
      for (const auto& edit : edits) {
        if (one_in(3)) deletion.edits.push_back(edit);
      }
      deletes.push_back(std::move(deletion));
    }

    const auto ended_by = [](const AliveDelete& deletion, const MutationId& id) {
      return deletion.applies && std::find(deletion.marks.begin(), deletion.marks.end(), id) != deletion.marks.end();
    };
    bool lives = derived && std::none_of(deletes.begin(), deletes.end(), [](const auto& d) { return d.applies; });
    bool here = derived;
    for (const auto& mark : marks) {
      here = here || (mark.applies && mark.id == mutation(0));
      lives = lives || (mark.applies && std::none_of(deletes.begin(), deletes.end(),
                                                     [&](const auto& d) { return ended_by(d, mark.id); }));
    }
    const auto expected = erased  ? AliveState::erased
                          : !here ? AliveState::not_here
                          : lives ? AliveState::alive
                                  : AliveState::deleted;
    const auto fold = fold_alive({self, derived, erased, marks, deletes, edits});
    RC_ASSERT((fold.state == expected));
    std::set<MutationId> unseen;
    for (const auto& edit : edits) {
      const auto saw = [&](const AliveDelete& d) {
        return d.applies && std::find(d.edits.begin(), d.edits.end(), edit) != d.edits.end();
      };
      if (expected == AliveState::deleted && std::none_of(deletes.begin(), deletes.end(), saw)) unseen.insert(edit);
    }
    RC_ASSERT(fold.unseen_edits == as_vector(unseen));

    shuffle_and_repeat(marks);
    shuffle_and_repeat(deletes);
    shuffle_and_repeat(edits);
    const auto again = fold_alive({self, derived, erased, marks, deletes, edits});
    RC_ASSERT((again.state == fold.state));
    RC_ASSERT(again.marks == fold.marks);
    RC_ASSERT(again.unseen_edits == fold.unseen_edits);
  }));
}
