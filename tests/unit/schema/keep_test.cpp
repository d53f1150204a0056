// How long records are kept: the days of a term, what a file may say, and the bytes of the act.
#include "core/schema/keep.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "core/base/cbor.hpp"
#include "core/schema/schema_act.hpp"

using namespace kiem;

namespace {

std::int32_t day(int year, unsigned month, unsigned of_month) {
  const std::chrono::sys_days days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
  return static_cast<std::int32_t>(days.time_since_epoch().count());
}

const Term kOneMonth{TermUnit::months, 1}, kOneYear{TermUnit::years, 1}, kOneDay{TermUnit::days, 1};

// A collection of loans, line 4 of which says how long a loan is kept.
std::string loans(std::string_view keep) {
  return "[[collection]]\nkey = \"uitleen\"\ntitle = \"wat\"\n" + std::string(keep) +
         "\nfield = [ { key = \"wat\", type = \"text\" }, { key = \"tot\", type = \"date\" }, { key = \"dagen\", type "
         "= "
         "\"date\", merge = \"set\" }, { key = \"stil\", type = \"date\", circle = \"members\" } ]\n";
}
std::string extended(std::string_view rest) { return "[[extend]]\nkey = \"uitleen\"\n" + std::string(rest) + "\n"; }

std::string told(const Error& error) {
  REQUIRE(error.code == ErrorCode::schema_invalid);
  REQUIRE(error.args.size() == 3);
  return error.args[0] + " " + error.args[1] + " " + error.args[2];
}

// Reading the file and comparing it with what is known, as adding it does.
Result<SchemaAddition> adding(std::string_view file, const Schema& known = Schema::first()) {
  KIEM_TRY_GET(const SchemaWish wish, read_schema_file(file));
  return new_in(wish, known);
}
std::string refusal(std::string_view file, const Schema& known = Schema::first()) {
  const auto added = adding(file, known);
  REQUIRE_FALSE(added);
  return told(added.error());
}

OpId act_of(std::uint8_t byte) {
  OpId id;
  id.bytes.fill(byte);
  return id;
}

// The schema after that file, added by that act, as a store loads it; local numbers made up.
Schema after(std::string_view file, const OpId& act, Schema schema = Schema::first()) {
  const auto addition = adding(file, schema);
  REQUIRE(addition);
  const EncodedAddition bytes = encode(*addition);
  const auto back = decode_addition(act, bytes.structure, bytes.words);
  REQUIRE(back);
  std::uint32_t next = 70'000 + act.bytes[0] * 100U;
  for (const auto& added : *back) {
    CollectionDefinition collection = added.collection;
    collection.local = next++;
    for (auto& field : collection.fields) field.local = next++;
    if (!added.extends) {
      schema.add(collection);
    } else {
      for (const auto& field : collection.fields) schema.add(schema.find(*added.extends)->local, field);
    }
  }
  if (bytes.keeps.empty()) return schema;
  const auto keeps = decode_keeps(act, bytes.keeps);
  REQUIRE(keeps);
  for (const auto& each : *keeps) CHECK(schema.add(each.collection, each.keep));
  return schema;
}
const std::vector<Keep>& keeps_of(const Schema& schema) { return schema.find("uitleen").front()->keeps; }

Bytes item_of(std::uint32_t collection, std::uint64_t unit, std::uint64_t count) {
  CborWriter out;
  out.array(4);
  out.unsigned_integer(collection);
  out.null();
  out.unsigned_integer(unit);
  out.unsigned_integer(count);
  return out.take();
}
Bytes list_of(const std::vector<Bytes>& items) {
  CborWriter out;
  out.array(items.size());
  for (const Bytes& item : items) out.raw(item);
  return out.take();
}

}  // namespace

TEST_CASE("a term ends on the same day of a later month, or on that month's last day") {
  CHECK(last_day(kOneDay, day(2027, 2, 28)) == day(2027, 3, 1));
  CHECK(last_day(kOneMonth, day(2027, 1, 15)) == day(2027, 2, 15));
  CHECK(last_day(kOneMonth, day(2027, 1, 31)) == day(2027, 2, 28));
  CHECK(last_day(kOneMonth, day(2028, 1, 31)) == day(2028, 2, 29));
  CHECK(last_day({TermUnit::months, 13}, day(2026, 12, 31)) == day(2028, 1, 31));
  CHECK(last_day(kOneYear, day(2028, 2, 29)) == day(2029, 2, 28));
  CHECK(last_day({TermUnit::years, 4}, day(2028, 2, 29)) == day(2032, 2, 29));
  CHECK(last_day({TermUnit::days, 365}, day(2028, 1, 1)) == day(2028, 12, 31));
}

TEST_CASE("a day that nobody writes begins no term, and the longest term is a day still") {
  CHECK(kFirstKeptDay == day(1, 1, 1));
  CHECK(kLastKeptDay == day(9999, 12, 31));
  CHECK_FALSE(last_day(kOneDay, kFirstKeptDay - 1));
  CHECK_FALSE(last_day(kOneDay, kLastKeptDay + 1));
  CHECK_FALSE(last_day(kOneDay, INT32_MIN));
  CHECK_FALSE(last_day(kOneYear, INT32_MAX));
  CHECK(last_day({TermUnit::years, 100}, kLastKeptDay) == day(10'099, 12, 31));
  CHECK(last_day({TermUnit::days, 36'500}, kLastKeptDay) == kLastKeptDay + 36'500);
}

TEST_CASE("what is due is always among what is looked up") {
  for (std::int32_t from = day(2027, 12, 1); from < day(2029, 4, 1); ++from) {
    for (const Term& term : {kOneDay, kOneMonth, kOneYear, Term{TermUnit::months, 7}}) {
      const std::int32_t first_due = *last_day(term, from) + 1;
      CHECK(from < latest_due(term, first_due));
    }
  }
}

TEST_CASE("a term in years is compared with one in months, and neither with days") {
  CHECK(ends_by(kOneYear, {TermUnit::months, 12}));
  CHECK(ends_by({TermUnit::months, 12}, kOneYear));
  CHECK(ends_by(kOneYear, {TermUnit::months, 11}));
  CHECK_FALSE(ends_by(kOneYear, {TermUnit::months, 13}));
  CHECK_FALSE(ends_by(kOneYear, {TermUnit::days, 1}));
  CHECK(ends_by({TermUnit::days, 2}, {TermUnit::days, 2}));
  CHECK_FALSE(ends_by({TermUnit::days, 2}, {TermUnit::days, 3}));
}

TEST_CASE("a file says how long records are kept, in days, months or years, after a date or the last write") {
  const auto addition = adding(loans("keep = { after = \"tot\", days = 30 }"));
  REQUIRE(addition);
  REQUIRE(addition->front().collection.keeps.size() == 1);
  CHECK(addition->front().collection.keeps[0] == Keep{SchemaName{OpId{}, 2}, {TermUnit::days, 30}});
  const auto by_write = adding(loans("keep = { after = \"last-write\", years = 100 }"));
  REQUIRE(by_write);
  CHECK(by_write->front().collection.keeps[0] == Keep{std::nullopt, {TermUnit::years, 100}});
  // A task has a date of the first schema.
  const auto task = adding("[[extend]]\nkey = \"task\"\nkeep = { after = \"date\", months = 1200 }\n");
  REQUIRE(task);
  CHECK(task->front().collection.fields.empty());
  CHECK(task->front().collection.keeps[0] == Keep{SchemaName{std::nullopt, 3}, {TermUnit::months, 1200}});
}

TEST_CASE("a keep that says nothing, too much or of no such day is refused at its line") {
  CHECK(refusal(loans("keep = 30")) == "4 keep one_term");
  CHECK(refusal(loans("keep = \"tot\"")) == "4 keep one_term");
  CHECK(refusal(loans("keep = { days = 30 }")) == "4 after missing");
  CHECK(refusal(loans("keep = { after = 3, days = 30 }")) == "4 after text_expected");
  CHECK(refusal(loans("keep = { after = \"tot\" }")) == "4 keep one_term");
  CHECK(refusal(loans("keep = { after = \"tot\", days = 30, years = 1 }")) == "4 years one_term");
  CHECK(refusal(loans("keep = { after = \"tot\", days = 30, weeks = 1 }")) == "4 weeks unknown_word");
  CHECK(refusal(loans("keep = { after = \"tot\", days = \"30\" }")) == "4 days term_bounds");
  CHECK(refusal(loans("keep = { after = \"tot\", days = 1.5 }")) == "4 days term_bounds");
  CHECK(refusal(loans("keep = { after = \"wat\", days = 30 }")) == "4 wat term_date");
  CHECK(refusal(loans("keep = { after = \"dagen\", days = 30 }")) == "4 dagen term_date");
  CHECK(refusal(loans("keep = { after = \"stil\", days = 30 }")) == "4 stil term_date");
  CHECK(refusal(loans("keep = { after = \"terug\", days = 30 }")) == "4 terug term_date");
  CHECK(refusal(loans("keep = { after = \"Tot en met\", days = 30 }")) == "4 Tot en met term_date");
  CHECK(refusal("[[extend]]\nkey = \"task\"\n") == "1 field missing");
  CHECK(refusal("[[extend]]\nkey = \"task\"\nkeep = { after = \"title\", days = 3 }") == "3 title term_date");
  CHECK(refusal("[[extend]]\nkey = \"fiets\"\nkeep = { after = \"last-write\", days = 3 }") ==
        "1 fiets unknown_collection");
}

TEST_CASE("a term is 1 at the least, and has a bound of its own in each unit") {
  const std::vector<std::pair<std::string, std::uint32_t>> units{{"days", 36'500}, {"months", 1'200}, {"years", 100}};
  for (const auto& [unit, most] : units) {
    const auto with = [name = unit](std::int64_t count) {
      return loans("keep = { after = \"tot\", " + name + " = " + std::to_string(count) + " }");
    };
    CHECK(adding(with(1)));
    CHECK(adding(with(most)));
    for (const std::int64_t count : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{most} + 1, INT64_MAX}) {
      CHECK(refusal(with(count)) == "4 " + unit + " term_bounds");
    }
  }
}

TEST_CASE("the first schema's own file has no terms") {
  CHECK_FALSE(
      read_first_schema("[[collection]]\nnumber = 1\nkey = \"a\"\ntitle = \"b\"\nkeep = { after = "
                        "\"last-write\", days = 1 }\nfield = [ { number = 1, key = \"b\", type = \"text\" } ]"));
}

TEST_CASE("a term comes with a later file, may be shortened by the next, and never becomes longer") {
  const Schema none = after(loans(""), act_of(1));
  CHECK(keeps_of(none).empty());
  const std::string year = extended("keep = { after = \"tot\", years = 1 }");
  const Schema kept = after(year, act_of(2), none);
  CHECK(keeps_of(kept) == std::vector<Keep>{{SchemaName{act_of(1), 2}, kOneYear}});
  CHECK(adding(year, kept)->empty());
  CHECK(refusal(extended("keep = { after = \"tot\", years = 2 }"), kept) == "3 years only_shorter");
  CHECK(refusal(extended("keep = { after = \"tot\", months = 12 }"), kept) == "3 months only_shorter");
  // Days are another measure, and another event another term.
  CHECK(adding(extended("keep = { after = \"tot\", days = 36500 }"), kept)->size() == 1);
  CHECK(adding(extended("keep = { after = \"last-write\", years = 2 }"), kept)->size() == 1);
  const Schema shorter = after(extended("keep = { after = \"tot\", months = 6 }"), act_of(3), kept);
  CHECK(keeps_of(shorter).size() == 2);
  // The file that said the longer one first says nothing new, and is no mistake.
  CHECK(adding(year, shorter)->empty());
}

TEST_CASE("a field and a term that counts from it come in one file") {
  const Schema known = after(loans(""), act_of(1));
  const Schema more =
      after(extended("keep = { after = \"klaar\", days = 9 }\nfield = [ { key = \"klaar\", type = \"date\" } ]"),
            act_of(2), known);
  CHECK(keeps_of(more) == std::vector<Keep>{{SchemaName{act_of(2), 0}, {TermUnit::days, 9}}});
}

TEST_CASE("terms that were said apart stand side by side, in whatever order their acts come") {
  const Schema known = after(loans(""), act_of(1));
  const std::vector<std::string> files{extended("keep = { after = \"tot\", years = 1 }"),
                                       extended("keep = { after = \"tot\", months = 3 }"),
                                       extended("keep = { after = \"last-write\", days = 40 }")};
  std::vector<CollectionKeep> said;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto addition = adding(files[i], known);
    REQUIRE(addition);
    const auto keeps = decode_keeps(act_of(static_cast<std::uint8_t>(i + 2)), encode(*addition).keeps);
    REQUIRE(keeps);
    said.insert(said.end(), keeps->begin(), keeps->end());
  }
  std::vector<std::size_t> order{0, 1, 2};
  std::vector<Keep> first;
  do {
    Schema schema = known;
    for (const std::size_t which : order) CHECK(schema.add(said[which].collection, said[which].keep));
    CHECK(schema.add(said[order[0]].collection, said[order[0]].keep));  // once more is once
    if (first.empty()) first = keeps_of(schema);
    CHECK(keeps_of(schema) == first);
  } while (std::ranges::next_permutation(order).found);
  CHECK(first.size() == 3);
}

TEST_CASE("a keep of what is not here, or whose field is no day, says nothing") {
  Schema schema = after(loans(""), act_of(1));
  const SchemaName collection = schema.find("uitleen").front()->name;
  CHECK_FALSE(schema.add(SchemaName{act_of(9), 0}, Keep{std::nullopt, kOneDay}));
  CHECK_FALSE(schema.add(collection, Keep{SchemaName{act_of(9), 0}, kOneDay}));
  CHECK_FALSE(schema.add(collection, Keep{SchemaName{act_of(1), 1}, kOneDay}));
  CHECK_FALSE(schema.add(collection, Keep{SchemaName{act_of(1), 3}, kOneDay}));
  CHECK_FALSE(schema.add(collection, Keep{SchemaName{act_of(1), 4}, kOneDay}));
  CHECK(keeps_of(schema).empty());
  CHECK(schema.add(collection, Keep{SchemaName{act_of(1), 2}, kOneDay}));
}

TEST_CASE("the example of the format's document") {
  const auto addition = adding(
      "[[collection]]\nkey = \"a\"\ntitle = \"b\"\nkeep = { after = \"d\", days = 30 }\nfield = [ { key = \"b\", type "
      "= "
      "\"text\" }, { key = \"c\", type = \"text\" }, { key = \"d\", type = \"date\" } ]");
  REQUIRE(addition);
  const std::string zeros(64, '0');
  CHECK(to_hex(encode(*addition).keeps) == "8184825820" + zeros + "00825820" + zeros + "0300181e");
}

TEST_CASE("an act without terms has no bytes of them, and one with terms alone names its collection in the structure") {
  CHECK(encode(*adding(loans(""))).keeps.empty());
  const auto task = adding("[[extend]]\nkey = \"task\"\nkeep = { after = \"date\", days = 3 }\n");
  REQUIRE(task);
  const EncodedAddition bytes = encode(*task);
  // What a version without terms reads: a known collection with nothing new in it.
  CHECK(to_hex(bytes.structure) == "8185010100f680");
  CHECK(bytes.words.empty());
  const auto back = decode_addition(act_of(1), bytes.structure, bytes.words);
  REQUIRE(back);
  CHECK(back->front().extends == SchemaName{std::nullopt, 1});
}

TEST_CASE("the bytes of terms are refused from fewer, from more, out of order, and beyond each bound") {
  const OpId act = act_of(1);
  Bytes good = list_of({item_of(1, 0, 30), item_of(2, 1, 3)});
  const auto two = decode_keeps(act, good);
  REQUIRE(two);
  CHECK(two->size() == 2);
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(decode_keeps(act, ByteView(good).first(size)));
  good.push_back(0);
  const auto longer = decode_keeps(act, good);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().fault == Fault::peer);
  CHECK_FALSE(decode_keeps(act, list_of({})));
  CHECK_FALSE(decode_keeps(act, list_of({item_of(2, 1, 3), item_of(1, 0, 30)})));
  CHECK_FALSE(decode_keeps(act, list_of({item_of(1, 0, 30), item_of(1, 0, 30)})));
  CHECK_FALSE(decode_keeps(act, list_of({item_of(1, 0, 0)})));
  CHECK_FALSE(decode_keeps(act, list_of({item_of(1, 9, 0)})));
  const std::vector<std::uint64_t> most{36'500, 1'200, 100};
  for (std::uint64_t unit = 0; unit < most.size(); ++unit) {
    CHECK(decode_keeps(act, list_of({item_of(1, unit, most[unit])})));
    CHECK_FALSE(decode_keeps(act, list_of({item_of(1, unit, most[unit] + 1)})));
  }
  std::vector<Bytes> many;
  for (std::uint32_t i = 0; i < kMaxKeepsAdded; ++i) many.push_back(item_of(i, 0, 1));
  std::ranges::sort(many);
  CHECK(decode_keeps(act, list_of(many)));
  many.push_back(item_of(100, 0, 1));
  CHECK_FALSE(decode_keeps(act, list_of(many)));
  Bytes item = item_of(1, 0, 30);
  item[0] = 0x83;
  item.pop_back();
  item.pop_back();
  CHECK_FALSE(decode_keeps(act, list_of({item})));
}

TEST_CASE("a unit of a later version is left out, and the terms beside it stand") {
  const auto some = decode_keeps(act_of(1), list_of({item_of(1, 0, 30), item_of(2, 3, UINT32_MAX)}));
  REQUIRE(some);
  REQUIRE(some->size() == 1);
  CHECK(some->front().collection == SchemaName{std::nullopt, 1});
}
