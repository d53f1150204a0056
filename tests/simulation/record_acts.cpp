#include "tests/simulation/record_acts.hpp"

#include "tests/support/tools_schema.hpp"

namespace kiem::test {
namespace {

constexpr std::array kSome{"snoei", "de", "heg", "langs", "het", "pad", "voor", "zaterdag", "met", "Wil"};

}  // namespace

void RecordActs::extend(SimLaptop& laptop) {
  ++parts_;
  const std::string more =
      "[[extend]]\nkey = \"task\"\nfield = [ { key = \"extra" + std::to_string(parts_) + "\", type = \"text\" } ]\n";
  laptop.attempt(ExtendSchema{{}, parts_ == 1 ? kTools : more, false});
}

std::string RecordActs::words() {
  std::string text;
  for (std::size_t i = 1 + chance_.below(8); i > 0; --i) {
    text += kSome.at(chance_.below(kSome.size()));
    text += i > 1 ? (chance_.chance(15) ? "\n" : " ") : "";
  }
  return text;
}

void RecordActs::change(SimLaptop& laptop, const std::string& record) {
  ChangeRecord change;
  change.collection = "gereedschap";
  change.record.text = record;
  switch (chance_.below(8)) {
    case 0:
      change.set = {{"stuks", std::to_string(chance_.below(9))}};
      break;
    case 1:
      change.set = {{"staat", chance_.chance(50) ? "goed" : "stuk"}, {"briefje", words()}};
      break;
    case 2:
      change.add = {{"labels", kSome.at(chance_.below(4))}};
      break;
    case 3:
      change.remove = {{"labels", kSome.at(chance_.below(4))}};
      break;
    case 4:
      change.add = {{"uren", "0:" + std::to_string(10 + chance_.below(50))}, {"stappen", words()}};
      break;
    case 5: {
      const auto steps = laptop.ask<RecordAnswer>(ShowRecord{{}, "gereedschap", {record}}).record.cells[5].values;
      if (steps.empty()) return;
      change.remove = {{"stappen", steps[chance_.below(steps.size())]}};
      break;
    }
    default: {
      // What somebody makes of a text: a few words more, a line gone, or all of it anew.
      const auto text = laptop.ask<RecordAnswer>(ShowRecord{{}, "gereedschap", {record}}).record.cells[6].shown;
      const std::size_t at = text.find('\n');
      const bool anew = chance_.chance(30) || text.empty();
      const bool shorter = at != std::string::npos && chance_.chance(30);
      change.set = {{"uitleg", anew ? words() : shorter ? text.substr(at + 1) : text + " " + words()}};
    }
  }
  laptop.attempt(change);
}

void RecordActs::act(SimLaptop& laptop) {
  const auto listed = laptop.community().perform(ListRecords{{}, "gereedschap", {}, {}, false, {}, 0});
  if (!listed) return;  // nobody has told this laptop of the collection yet
  const auto& records = std::get<Records>(*listed).records;
  if (records.empty() || chance_.chance(15)) {
    laptop.attempt(AddRecord{{}, "gereedschap", {{"naam", "Ding " + std::to_string(++made_)}, {"uitleg", words()}}});
    return;
  }
  const std::string record = to_text(records[chance_.below(records.size())].id);
  if (chance_.chance(5)) return laptop.attempt(DeleteRecord{{}, "gereedschap", {record}, false});
  if (chance_.chance(5)) return laptop.attempt(EraseRecord{{}, "gereedschap", {record}, true});
  if (chance_.chance(10)) return laptop.attempt(UndoAct{});
  if (chance_.chance(10)) {
    const auto conflicts = laptop.ask<Conflicts>(ListConflicts{}).rows;
    if (conflicts.empty()) return;
    const auto& row = conflicts[chance_.below(conflicts.size())];
    return laptop.attempt(SettleConflict{{},
                                         {to_text(row.record)},
                                         row.conflict.field,
                                         static_cast<std::uint32_t>(1 + chance_.below(row.conflict.sides.size()))});
  }
  change(laptop, record);
}

}  // namespace kiem::test
