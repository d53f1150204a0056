// Small worlds, all of them: every one, two and three acts on one record by three replicas, whatever each had seen of
// those before it, delivered in every order and up to every point. What the merge rules make of it depends on the set
// alone, and is what a glance at the history says.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <set>

#include "core/crdt/alive.hpp"
#include "core/crdt/live.hpp"
#include "core/crdt/register.hpp"
#include "core/crdt/set.hpp"
#include "core/crdt/tally.hpp"
#include "tests/support/text_author.hpp"
#include "tests/support/text_model.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

enum class Act {
  write,
  set_add,
  set_remove,
  tally_add,
  tally_correct,
  delete_mark,
  restore,
  list_add,
  list_remove,
  list_move,
  text_add,
  text_remove,
  text_move,
  insert_words,
  cut_words,
  rewrite,
};
constexpr int kActs = 16;

// An operation: one act on the record, with what its author had seen.
struct Done {
  Act act = Act::write;
  MutationId id;
  std::uint64_t author = 0;
  std::set<std::size_t> saw;  // places in the history
  std::vector<MutationId> supersedes;
  std::int64_t amount = 0;
  Position position;
  MutationId element;
  std::vector<TextMutation> edits;
};
using Delivered = std::vector<const Done*>;

bool is_text(Act act) { return act >= Act::text_add; }
bool is_list(Act act) { return act >= Act::list_add && act <= Act::list_move; }
bool is_mark(Act act) { return act == Act::restore; }

// --- the merge rules, as views call them ---

std::vector<MutationId> live_of(const Delivered& all, std::initializer_list<Act> kinds) {
  std::vector<MutationVerdict> verdicts;
  std::vector<SupersedeEdge> edges;
  for (const auto* one : all) {
    if (std::find(kinds.begin(), kinds.end(), one->act) == kinds.end()) continue;
    verdicts.push_back({one->id, true});
    for (const auto& of : one->supersedes) edges.push_back({one->id, of});
  }
  return live_mutations(verdicts, edges);
}
const Done& find_in(const Delivered& all, const MutationId& id) {
  return **std::find_if(all.begin(), all.end(), [&](const Done* one) { return one->id == id; });
}

RegisterFold register_of(const Delivered& all) {
  std::vector<RegisterWrite> writes;
  for (const auto& id : live_of(all, {Act::write})) {
    const auto& one = find_in(all, id);
    writes.push_back({id, view(one.id.op), {}, person(one.author), device(one.author)});
  }
  return fold_register(record(1), view("value"), {}, writes);
}
std::vector<SetElement> set_of(const Delivered& all) {
  std::vector<SetAddition> additions;
  for (const auto& id : live_of(all, {Act::set_add, Act::set_remove})) {
    if (find_in(all, id).act == Act::set_add) additions.push_back({id, view("element")});
  }
  return fold_set(additions);
}
Tally tally_of(const Delivered& all) {
  std::vector<TallyEntry> entries;
  for (const auto& id : live_of(all, {Act::tally_add, Act::tally_correct})) {
    entries.push_back({id, find_in(all, id).amount});
  }
  return fold_tally(entries);
}
AliveFold alive_of(const Delivered& all) {
  std::vector<AliveMark> marks;
  std::vector<AliveDelete> deletes;
  std::vector<MutationId> edits;
  for (const auto* one : all) {
    if (is_mark(one->act)) {
      marks.push_back({one->id, true});
    } else if (one->act == Act::delete_mark) {
      deletes.push_back({one->id, true, one->supersedes, one->supersedes});
    } else {
      edits.push_back(one->id);
    }
  }
  return fold_alive({record_of(mutation(0).op), false, false, marks, deletes, edits});
}
std::vector<ListItem> list_of(const Delivered& all) {
  std::vector<ListAddition> additions;
  std::vector<ListMove> moves;
  std::vector<MutationId> removed;
  for (const auto* one : all) {
    if (one->act == Act::list_add) additions.push_back({one->id, {}, one->position, device(one->author)});
    if (one->act == Act::list_move) {
      moves.push_back(
          {one->id, one->element, one->position, person(one->author), device(one->author), one->supersedes});
    }
    if (one->act == Act::list_remove) removed.insert(removed.end(), one->supersedes.begin(), one->supersedes.end());
  }
  return fold_list({record(1), view("list"), additions, moves, removed});
}
std::vector<TextMutation> text_mutations(const Delivered& all) {
  std::vector<TextMutation> mutations;
  for (const auto* one : all) mutations.insert(mutations.end(), one->edits.begin(), one->edits.end());
  return mutations;
}
TextFold text_of(const Delivered& all) { return fold_text(record(1), view("text"), text_mutations(all)); }

// Everything that a screen could see, of the rules that these acts touch.
std::string told(const Delivered& all, const std::set<Act>& touched) {
  std::string out;
  const auto tell = [&out](const std::vector<MutationId>& ids) {
    for (const auto& id : ids) out.append(text_view(view(id.op))).append(std::to_string(id.index));
    out += ';';
  };
  const auto any = [&](auto&& is) { return std::any_of(touched.begin(), touched.end(), is); };
  if (touched.contains(Act::write)) {
    for (const auto& value : register_of(all).values) tell(value.writes);
  }
  if (any([](Act act) { return act == Act::set_add || act == Act::set_remove; })) {
    for (const auto& element : set_of(all)) tell(element.additions);
  }
  if (any([](Act act) { return act == Act::tally_add || act == Act::tally_correct; })) {
    out += std::to_string(tally_of(all).sum) + ';';
  }
  const auto alive = alive_of(all);
  out += static_cast<char>('0' + static_cast<int>(alive.state));
  tell(alive.marks);
  tell(alive.unseen_edits);
  if (any(is_list)) {
    for (const auto& item : list_of(all)) {
      tell({item.id});
      tell(item.moves);
    }
  }
  if (!any(is_text)) return out;
  const auto text = text_of(all);
  for (const auto* paragraphs : {&text.paragraphs, &text.removed}) {
    for (const auto& paragraph : *paragraphs) {
      tell({paragraph.id});
      tell(paragraph.work);
      for (const auto& variant : paragraph.variants) {
        tell(variant.same);
        tell(variant.edits);
        out += variant.text + ';';
      }
    }
    out += '|';
  }
  tell(text.waiting);
  return out;
}

// --- what the authors do ---

class World {
 public:
  // What all replicas have: the record, a value, an element, an entry, two items and two paragraphs.
  World() {
    act(Act::restore, 9, {});
    for (const auto first : {Act::write, Act::set_add, Act::tally_add, Act::list_add, Act::list_add, Act::text_add}) {
      act(first, 9, everything());
    }
    base_ = history_.size();
  }

  [[nodiscard]] std::size_t base() const { return base_; }
  [[nodiscard]] const std::deque<Done>& history() const { return history_; }
  [[nodiscard]] std::set<std::size_t> everything() const {
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < history_.size(); ++i) all.insert(i);
    return all;
  }
  void forget(std::size_t count) { history_.resize(count); }

  void act(Act act, std::uint64_t author, std::set<std::size_t> saw) {
    Done done;
    done.act = act;
    done.author = author;
    done.id = mutation(history_.size());
    done.amount = std::int64_t{1} << history_.size();
    done.saw = std::move(saw);
    Delivered here;
    for (const auto i : done.saw) here.push_back(&history_[i]);
    supersede(done, here);
    if (is_list(act)) change_list(done, here);
    if (is_text(act)) change_text(done, here);
    history_.push_back(std::move(done));
  }

 private:
  static void supersede(Done& done, const Delivered& here) {
    if (done.act == Act::write) {
      for (const auto& value : register_of(here).values) append_to(done.supersedes, value.writes);
    } else if (done.act == Act::set_remove) {
      for (const auto& element : set_of(here)) append_to(done.supersedes, element.additions);
    } else if (done.act == Act::tally_correct) {
      append_to(done.supersedes, live_of(here, {Act::tally_add, Act::tally_correct}));
    } else if (done.act == Act::delete_mark) {  // the marks and the edits it saw
      for (const auto* one : here) done.supersedes.push_back(one->id);
    }
  }
  static void append_to(std::vector<MutationId>& to, const std::vector<MutationId>& more) {
    to.insert(to.end(), more.begin(), more.end());
  }

  // Adds behind all, removes the first, moves the first behind all.
  static void change_list(Done& done, const Delivered& here) {
    const auto items = list_of(here);
    std::vector<Slot> slots;
    for (const auto& item : items) slots.push_back({item.position, item.placed_by == device(done.author)});
    slots.emplace_back();
    done.position = fill_positions(slots, 1000 + done.author).back();
    if (items.empty() || done.act == Act::list_add) return;
    done.element = items.front().id;
    done.supersedes = items.front().moves;
    if (done.act == Act::list_remove) done.supersedes = {items.front().id};
  }

  void change_text(Done& done, const Delivered& here) {
    const auto text = text_of(here);
    std::vector<TextEdit> edits;
    const auto mark = std::to_string(history_.size());
    if (text.paragraphs.empty() || done.act == Act::text_add) {
      std::vector<Slot> slots;
      for (const auto& paragraph : text.paragraphs) slots.push_back({paragraph.position, false});
      slots.emplace_back();
      edits = {add_paragraph("een twee drie vier vijf zes " + mark, fill_positions(slots, 2000 + done.author).back())};
    } else {
      const auto& first = text.paragraphs.front();
      const auto& shown = first.variants.front().text;
      const auto space = std::min(shown.find(' '), shown.size());
      if (done.act == Act::text_remove) edits = remove_paragraph(first);
      if (done.act == Act::text_move) {
        edits = {move_paragraph(first, *key_between(&text.paragraphs.back().position, nullptr, 3000 + done.author))};
      }
      if (done.act == Act::insert_words) {
        edits = edit_paragraph(first, 0, shown.substr(0, space) + " " + mark + shown.substr(space));
      }
      if (done.act == Act::cut_words) edits = edit_paragraph(first, 0, shown.substr(std::min(space + 1, shown.size())));
      if (done.act == Act::rewrite) edits = edit_paragraph(first, 0, "heel anders " + mark);
    }
    for (const auto& edit : edits) {
      texts_.push_back(edit.text);
      const bool run =
          edit.kind == TextKind::add || edit.kind == TextKind::insert_words || edit.kind == TextKind::rewrite;
      done.edits.push_back({{done.id.op, static_cast<std::uint32_t>(done.edits.size())},
                            edit.kind,
                            person(done.author),
                            device(done.author),
                            run ? std::optional<std::string_view>(texts_.back()) : std::nullopt,
                            edit.supersedes,
                            edit.element,
                            edit.words,
                            edit.numbers});
    }
  }

  std::deque<Done> history_;
  std::deque<std::string> texts_;
  std::size_t base_ = 0;
};

// --- what a glance at the history says ---

// Acts of a kind that no act of the other kinds saw.
std::set<MutationId> unseen(const std::deque<Done>& history, const std::set<std::size_t>& here,
                            const std::set<Act>& kinds, const std::set<Act>& by) {
  std::set<MutationId> left;
  for (const auto i : here) {
    const bool seen = std::any_of(here.begin(), here.end(), [&](std::size_t j) {
      return by.contains(history[j].act) && history[j].saw.contains(i);
    });
    if (kinds.contains(history[i].act) && !seen) left.insert(history[i].id);
  }
  return left;
}

// Whether everything is here that the authors of what is here saw: what is superseded by something absent shows.
bool is_closed(const std::deque<Done>& history, const std::set<std::size_t>& here) {
  return std::all_of(here.begin(), here.end(), [&](std::size_t i) {
    return std::includes(here.begin(), here.end(), history[i].saw.begin(), history[i].saw.end());
  });
}

void check_state(const std::deque<Done>& history, const std::set<std::size_t>& here, const std::set<Act>& touched) {
  Delivered all;
  for (const auto i : here) all.push_back(&history[i]);
  const auto ids = [](const std::vector<MutationId>& some) { return std::set<MutationId>(some.begin(), some.end()); };

  std::set<MutationId> values;
  for (const auto& value : register_of(all).values) values.insert(value.writes.begin(), value.writes.end());
  REQUIRE(values == unseen(history, here, {Act::write}, {Act::write}));

  const auto elements = set_of(all);
  REQUIRE((elements.empty() ? std::set<MutationId>{} : ids(elements[0].additions)) ==
          unseen(history, here, {Act::set_add}, {Act::set_remove}));

  std::int64_t sum = 0;
  for (const auto& id : unseen(history, here, {Act::tally_add, Act::tally_correct}, {Act::tally_correct})) {
    sum += find_in(all, id).amount;
  }
  REQUIRE(tally_of(all).sum == sum);

  const auto alive = alive_of(all);
  const auto marks = unseen(history, here, {Act::restore}, {Act::delete_mark});
  REQUIRE(ids(alive.marks) == marks);
  REQUIRE((alive.state == AliveState::alive) == !marks.empty());
  std::set<Act> edits;
  for (int act = 0; act < kActs; ++act) edits.insert(static_cast<Act>(act));
  edits.erase(Act::delete_mark);
  edits.erase(Act::restore);
  if (marks.empty()) REQUIRE(ids(alive.unseen_edits) == unseen(history, here, edits, {Act::delete_mark}));

  if (std::any_of(touched.begin(), touched.end(), is_list)) {
    std::map<MutationId, ListAddition> additions;
    std::map<MutationId, ListMove> moves;
    std::set<MutationId> removed;
    for (const auto* one : all) {
      if (one->act == Act::list_add) additions[one->id] = {one->id, {}, one->position, device(one->author)};
      if (one->act == Act::list_move) {
        moves[one->id] = {one->id,        one->element, one->position, person(one->author), device(one->author),
                          one->supersedes};
      }
      if (one->act == Act::list_remove) removed.insert(one->supersedes.begin(), one->supersedes.end());
    }
    const auto expected = model_list(record(1), view("list"), additions, moves, removed);
    const auto items = list_of(all);
    REQUIRE(std::equal(items.begin(), items.end(), expected.begin(), expected.end(),
                       [](const ListItem& item, const ModelItem& other) { return item.id == other.id; }));
  }
  if (std::any_of(touched.begin(), touched.end(), is_text)) {
    REQUIRE(agrees(text_of(all), TextModel(record(1), view("text"), text_mutations(all))));
  }
}

// All orders of these acts, each up to every point that is no smaller world, behind or before what all replicas had.
void check_orders(const World& world, const std::set<Act>& touched) {
  const auto& history = world.history();
  std::vector<std::size_t> acts;
  for (std::size_t i = world.base(); i < history.size(); ++i) acts.push_back(i);
  std::map<std::set<std::size_t>, std::string> states;
  do {
    for (auto count = acts.size() - 1; count <= acts.size(); ++count) {
      Delivered delivered;
      std::set<std::size_t> here;
      for (std::size_t i = 0; i < count; ++i) {
        delivered.push_back(&history[acts[i]]);
        here.insert(acts[i]);
      }
      for (std::size_t i = 0; i < world.base(); ++i) {
        delivered.insert(count % 2 == 0 ? delivered.end() : delivered.begin(), &history[i]);
        here.insert(i);
      }
      const auto [state, fresh] = states.try_emplace(here, told(delivered, touched));
      if (fresh) {
        if (is_closed(history, here)) check_state(history, here, touched);
      } else {
        REQUIRE(state->second == told(delivered, touched));
      }
    }
  } while (std::next_permutation(acts.begin(), acts.end()));
}

}  // namespace

TEST_CASE("every pair of acts, seen or unseen by each other, merges to what the history says, in every order") {
  World world;
  const auto base = world.everything();
  for (int first = 0; first < kActs; ++first) {
    for (int second = 0; second < kActs; ++second) {
      for (const bool saw : {false, true}) {
        world.act(static_cast<Act>(first), 0, base);
        world.act(static_cast<Act>(second), 1, saw ? world.everything() : base);
        CAPTURE(first);
        CAPTURE(second);
        CAPTURE(saw);
        check_orders(world, {static_cast<Act>(first), static_cast<Act>(second)});
        world.forget(base.size());
      }
    }
  }
}

TEST_CASE(
    "every triple of acts, whatever each had seen of the others, merges to what the history says in every order") {
  World world;
  const auto base = world.everything();
  const auto one = base.size();
  const auto two = one + 1;
  for (int first = 0; first < kActs; ++first) {
    world.act(static_cast<Act>(first), 0, base);
    for (int second = 0; second < kActs; ++second) {
      for (const bool saw : {false, true}) {
        world.act(static_cast<Act>(second), 1, saw ? world.everything() : base);
        for (int third = 0; third < kActs; ++third) {
          for (int sees = 0; sees < 4; ++sees) {
            if (sees == 2 && saw) continue;  // whoever has seen the second has seen what that one saw
            auto seen = base;
            if (sees % 2 == 1) seen.insert(one);
            if (sees / 2 == 1) seen.insert(two);
            world.act(static_cast<Act>(third), 2, seen);
            CAPTURE(first);
            CAPTURE(second);
            CAPTURE(third);
            CAPTURE(saw);
            CAPTURE(sees);
            check_orders(world, {static_cast<Act>(first), static_cast<Act>(second), static_cast<Act>(third)});
            world.forget(two + 1);
          }
        }
        world.forget(one + 1);
      }
    }
    world.forget(one);
  }
}
