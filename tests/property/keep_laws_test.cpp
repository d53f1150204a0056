// The laws of how long records are kept (core/schema/keep.hpp): on which day a term is over, how terms compare, and
// what terms that were said apart say together, beside a calendar that was counted month by month and the plain
// sentence "due when one of them is over".
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/domain/import/dates.hpp"
#include "core/schema/keep.hpp"
#include "core/schema/schema.hpp"
#include "core/views/due_query.hpp"
#include "core/views/schema_rows.hpp"
#include "tests/property/law.hpp"
#include "tests/support/sim_world.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::int64_t kMsOfDay = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::int32_t kYears = 10'100;

// The months since January of the year 1, laid down one after the other by what people learn at school.
class SlowCalendar {
 public:
  SlowCalendar() {
    constexpr std::int32_t kLengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int32_t day = 0;
    for (std::int32_t year = 1; year <= kYears; ++year) {
      const bool is_leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
      for (std::int32_t month = 1; month <= 12; ++month) {
        first_days_.push_back(day);
        day += kLengths[month - 1] + (month == 2 && is_leap ? 1 : 0);
      }
    }
    first_days_.push_back(day);
    const std::int32_t epoch = first_days_[month_of(1970, 1)];
    for (std::int32_t& each : first_days_) each -= epoch;
  }

  [[nodiscard]] static std::size_t month_of(std::int32_t year, std::int32_t month) {
    return static_cast<std::size_t>((year - 1) * 12 + month - 1);
  }
  [[nodiscard]] std::int32_t first_of(std::size_t month) const { return first_days_[month]; }
  [[nodiscard]] std::int32_t last_of(std::size_t month) const { return first_days_[month + 1] - 1; }

  // So many months later, or the end of that month where it is too short.
  [[nodiscard]] std::int32_t later(std::int32_t day, std::uint32_t months) const {
    const auto after = std::upper_bound(first_days_.begin(), first_days_.end(), day);
    const auto month = static_cast<std::size_t>(after - first_days_.begin()) - 1;
    return std::min(first_of(month + months) + (day - first_of(month)), last_of(month + months));
  }
  [[nodiscard]] std::int32_t end_of(const Term& term, std::int32_t from) const {
    if (term.unit == TermUnit::days) return from + static_cast<std::int32_t>(term.count);
    return later(from, term.unit == TermUnit::years ? term.count * 12 : term.count);
  }

 private:
  std::vector<std::int32_t> first_days_;
};

const SlowCalendar& calendar() {
  static const SlowCalendar counted;
  return counted;
}

// A day that a person can write, often one that a month or the calendar ends at.
std::int32_t draw_day() {
  const int kind = draw(8);
  if (kind == 0) return kFirstKeptDay + draw(3);
  if (kind == 1) return kLastKeptDay - draw(3);
  if (kind == 2) return calendar().last_of(SlowCalendar::month_of(1 + draw(9'999), 2)) - draw(2);
  if (kind <= 4) return calendar().last_of(place(std::size_t{9'999} * 12)) - draw(4);
  return kFirstKeptDay + draw(kLastKeptDay - kFirstKeptDay + 1);
}

Term draw_term() {
  Term term;
  term.unit = static_cast<TermUnit>(draw(3));
  const std::uint32_t most = kLongestTerm[static_cast<std::size_t>(term.unit)];
  const int kind = draw(6);
  term.count = 1 + static_cast<std::uint32_t>(kind == 0 ? draw(static_cast<int>(most)) : draw(30));
  if (kind == 1) term.count = term.unit == TermUnit::months ? 12U * static_cast<std::uint32_t>(1 + draw(4)) : most;
  return term;
}

// Terms after any of these events: none is the last write.
std::vector<Keep> draw_keeps(const std::vector<std::optional<SchemaName>>& events) {
  std::vector<Keep> keeps;
  for (int i = draw(one_in(5) ? 40 : 7); i > 0; --i) keeps.push_back({events[place(events.size())], draw_term()});
  return keeps;
}

// The first schema's tasks, which have a date already, with another one and with a date that no term counts from.
const SchemaName kTasks{std::nullopt, 1}, kDate{std::nullopt, 3}, kOther{OpId{}, 0}, kSeveral{OpId{}, 1};

Schema two_dates() {
  Schema schema = Schema::first();
  FieldDefinition field;
  field.type = ValueType::date;
  field.name = kOther;
  field.local = kFirstLocal;
  field.words = {"klaar", "Klaar", "Done"};
  CHECK(schema.add(1, field));
  field.name = kSeveral;
  field.local = kFirstLocal + 1;
  field.words.key = "dagen";
  field.merge = MergeType::set;
  CHECK(schema.add(1, field));
  return schema;
}

using Days = std::map<std::optional<SchemaName>, std::int32_t>;

// The first day on which one of them is over, if it is before today: the plain sentence.
std::optional<std::int32_t> slow_end(const std::vector<Keep>& keeps, const Days& days, std::int32_t today) {
  std::optional<std::int32_t> first;
  for (const Keep& keep : keeps) {
    const auto from = days.find(keep.after);
    if (from == days.end()) continue;
    const std::int32_t end = calendar().end_of(keep.term, from->second);
    if (end < today && (!first || end < *first)) first = end;
  }
  return first;
}

// A day close to where one of them is over, or any.
std::int32_t draw_today(const std::vector<Keep>& keeps, const Days& days) {
  if (!keeps.empty() && !days.empty() && !one_in(4)) {
    const Keep& keep = keeps[place(keeps.size())];
    const auto from = days.find(keep.after);
    if (from != days.end()) return calendar().end_of(keep.term, from->second) - 1 + draw(4);
  }
  return draw_day();
}

// A term as people are told it, read back.
Keep from_model(const KeepModel& model, const CollectionDefinition& collection) {
  const auto word = std::find(kTermWords.begin(), kTermWords.end(), model.unit);
  RC_ASSERT(word != kTermWords.end());
  Keep keep{std::nullopt, {static_cast<TermUnit>(word - kTermWords.begin()), model.count}};
  if (!model.after.key.empty()) keep.after = collection.find(model.after.key)->name;
  return keep;
}
std::vector<Keep> told_of(const CollectionDefinition& collection) {
  std::vector<Keep> told;
  for (const KeepModel& model : keep_models(collection)) told.push_back(from_model(model, collection));
  return told;
}

}  // namespace

TEST_CASE("the last day of a term is the one that counting the calendar gives, and no other day begins one") {
  CHECK(calendar().first_of(0) == kFirstKeptDay);
  CHECK(calendar().last_of(SlowCalendar::month_of(9'999, 12)) == kLastKeptDay);
  CHECK(law("last day", [] {
    const Term term = draw_term();
    const std::int32_t from = draw_day();
    RC_ASSERT(last_day(term, from) == calendar().end_of(term, from));
    for (const std::int32_t beyond : {0, draw(1'000'000), 1'000 * draw(1'000'000)}) {
      RC_ASSERT(!last_day(term, kFirstKeptDay - 1 - beyond));
      RC_ASSERT(!last_day(term, kLastKeptDay + 1 + beyond));
    }
  }));
}

TEST_CASE("whatever is due is among what is looked up, and what is still to come never is") {
  CHECK(law("latest due", [] {
    // Over February a month is shortest.
    const Term term = one_in(3) ? Term{TermUnit::months, 1} : draw_term();
    const std::int32_t from = draw_day();
    const std::int32_t today = calendar().end_of(term, from) + 1 + draw(one_in(3) ? 100'000 : 2);
    RC_ASSERT(from < latest_due(term, today));
    RC_ASSERT(latest_due(term, today) < today);
  }));
}

TEST_CASE("of two terms that can be compared the one that ends by the other does so from every day") {
  CHECK(law("ends by", [] {
    const Term first = draw_term();
    Term second = one_in(4) ? Term{TermUnit::months, first.count * 12} : draw_term();
    const bool of_days = first.unit == TermUnit::days;
    if (of_days != (second.unit == TermUnit::days)) {
      RC_ASSERT(!ends_by(first, second));
      RC_ASSERT(!ends_by(second, first));
      second = {first.unit, second.count};
    }
    const std::int32_t from = draw_day();
    second.count = std::min(second.count, kLongestTerm[static_cast<std::size_t>(second.unit)]);
    const std::int32_t ends = calendar().end_of(first, from), other_ends = calendar().end_of(second, from);
    RC_ASSERT(ends_by(first, second) == (other_ends <= ends));
    RC_ASSERT(ends_by(second, first) == (ends <= other_ends));
  }));
}

TEST_CASE(
    "terms that were said apart are the same together in any order and however often, without what says nothing") {
  const Schema base = two_dates();
  CHECK(law("union", [&] {
    std::vector<Keep> said = draw_keeps({std::nullopt, kDate, kOther, kSeveral, SchemaName{OpId{}, 9}});
    const auto together = [&](const std::vector<Keep>& keeps) {
      Schema schema = base;
      for (const Keep& keep : keeps) {
        const bool says = !keep.after || keep.after == kDate || keep.after == kOther;
        RC_ASSERT(schema.add(kTasks, keep) == says);
      }
      return *schema.find(kTasks);
    };
    const CollectionDefinition once = together(said);
    std::set<Keep> those(said.begin(), said.end());
    std::erase_if(those, [](const Keep& keep) { return keep.after && keep.after != kDate && keep.after != kOther; });
    RC_ASSERT(once.keeps == std::vector<Keep>(those.begin(), those.end()));
    shuffle_and_repeat(said);
    const CollectionDefinition again = together(said);
    RC_ASSERT(again == once);
    RC_ASSERT(keep_models(again) == keep_models(once));
  }));
}

TEST_CASE("the terms that people are told end when all that were said do, and none of them says what another does") {
  const Schema base = two_dates();
  CHECK(law("told", [&] {
    Schema schema = base;
    const std::vector<Keep> said = draw_keeps({std::nullopt, kDate, kOther});
    for (const Keep& keep : said) RC_ASSERT(schema.add(kTasks, keep));
    const std::vector<Keep> told = told_of(*schema.find(kTasks));
    for (const Keep& keep : told) RC_ASSERT(std::find(said.begin(), said.end(), keep) != said.end());
    Days days;
    for (const auto& event : {std::optional<SchemaName>(), std::optional(kDate), std::optional(kOther)}) {
      if (!one_in(4)) days[event] = draw_day();
      const auto of_event = [&](bool in_days) {
        return std::count_if(told.begin(), told.end(), [&](const Keep& keep) {
          return keep.after == event && (keep.term.unit == TermUnit::days) == in_days;
        });
      };
      RC_ASSERT(of_event(true) <= 1);
      RC_ASSERT(of_event(false) <= 1);
    }
    const std::int32_t today = draw_today(said, days);
    RC_ASSERT(slow_end(told, days, today) == slow_end(said, days, today));
  }));
}

namespace {

struct Loan {
  std::string from, until;  // empty: no date
  RecordId id;
  std::int32_t written = 0;
  bool deleted = false;
  Days days = {};
};

constexpr const char* kLoans = R"([[collection]]
key = "uitleen"
title = "wat"
field = [
  { key = "wat", type = "text" },
  { key = "vanaf", type = "date" },
  { key = "tot", type = "date" },
]
)";
const std::vector<std::string> kLentOn{"", "31-12-1999", "31-01-2027", "28-02-2027", "29-02-2028", "31-08-2028"};
const std::vector<std::string> kLentUntil{"", "29-02-2028", "30-04-2028", "31-12-2028", "01-01-2100"};

// Loans of every pair of those days, written at the end of a month after the other, some deleted two months later.
std::vector<Loan> lend(SimLaptop& laptop) {
  laptop.ask<SchemaAnswer>(ExtendSchema{{}, kLoans, false});
  std::vector<Loan> loans;
  std::size_t month = SlowCalendar::month_of(2027, 1);
  const auto on_last_of_month = [&] {
    const std::int32_t today = calendar().last_of(month++);
    laptop.fake().clock.set_wall(std::int64_t{today} * kMsOfDay + kMsOfDay - 1 - static_cast<std::int64_t>(month));
    return today;
  };
  for (const std::string& from : kLentOn) {
    for (const std::string& until : kLentUntil) {
      Loan loan{from, until, {}, on_last_of_month()};
      AddRecord add{{}, "uitleen", {{"wat", from + " " + until + "."}}};
      if (!from.empty()) add.fields.push_back({"vanaf", from});
      if (!until.empty()) add.fields.push_back({"tot", until});
      loan.id = laptop.ask<RecordAnswer>(add).record.id;
      if (loans.size() % 4 == 3) {
        loan.written = on_last_of_month();
        laptop.ask<RecordAnswer>(DeleteRecord{{}, "uitleen", {to_text(loan.id)}, false});
        loan.deleted = true;
      }
      loans.push_back(std::move(loan));
    }
  }
  return loans;
}

}  // namespace

TEST_CASE("a record in a store is due by all the terms exactly when it is due by one of them, since that day") {
  SimWorld world(5);
  world.add("Noor");
  world.found(0, "Gereedschapsbank");
  std::vector<Loan> loans = lend(world[0]);
  world[0].from_below([&](Connection& db, const DeviceKeys&, Ingest&) {
    const SpaceRow space = all_spaces(db).value().back();
    const Schema base = load_schema(db, space.row).value();
    const CollectionDefinition& collection = *base.find("uitleen").front();
    const SchemaName lent_on = collection.fields[1].name, lent_until = collection.fields[2].name;
    for (Loan& loan : loans) {
      loan.days[std::nullopt] = loan.written;
      if (!loan.from.empty()) loan.days[lent_on] = parse_date(loan.from).value();
      if (!loan.until.empty()) loan.days[lent_until] = parse_date(loan.until).value();
    }
    CHECK(law("due", [&] {
      const std::vector<Keep> said =
          one_in(3) ? draw_keeps({lent_on, lent_until}) : draw_keeps({std::nullopt, lent_on, lent_until});
      Schema schema = base;
      for (const Keep& keep : said) RC_ASSERT(schema.add(collection.name, keep));
      const std::int32_t today = draw_today(said, loans[place(loans.size())].days);
      std::vector<std::tuple<std::int32_t, RecordId, bool>> expected;
      for (const Loan& loan : loans) {
        if (const auto end = slow_end(said, loan.days, today)) expected.emplace_back(*end, loan.id, loan.deleted);
      }
      std::sort(expected.begin(), expected.end());
      const auto due = query_due(db, space, schema, nullptr, today);
      RC_ASSERT(due.has_value());
      RC_ASSERT(due->size() == expected.size());
      for (std::size_t i = 0; i < due->size(); ++i) {
        const DueRow& row = (*due)[i];
        RC_ASSERT(std::tuple(row.until, row.id, row.deleted) == expected[i]);
        const Keep keep = from_model(row.keep, collection);
        RC_ASSERT(std::find(said.begin(), said.end(), keep) != said.end());
        RC_ASSERT(calendar().end_of(keep.term, row.from) == row.until);
      }
    }));
  });
}
