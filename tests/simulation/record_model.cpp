#include "tests/simulation/record_model.hpp"

#include <algorithm>
#include <set>

#include "core/base/check.hpp"
#include "core/oplog/op_store.hpp"
#include "core/schema/first.hpp"
#include "tests/simulation/record_acts.hpp"

namespace kiem::test {
namespace {

// Where the fields stand in the schema file of record_acts.cpp: what an act adds is numbered collection first.
enum Field : std::uint32_t { kName = 1, kPieces = 2, kState = 3, kLabels = 4, kHours = 5 };
constexpr std::array kStates{"goed", "stuk"};
using Mark = std::pair<OpId, std::uint32_t>;  // a mutation by its operation and number

struct Said {
  Mark mark;
  std::uint32_t kind = 0;
  std::optional<Value> value;
};

struct ModelRecord {
  RecordId id;
  std::string name;
  std::optional<std::int64_t> pieces, hours;
  std::optional<std::size_t> state;
  std::set<std::string> labels;
};

bool is(const Said& said, MutationKind kind) { return said.kind == static_cast<std::uint32_t>(kind); }

// --- the log in memory -----------------------------------------------------------------------------------------------

struct Log {
  // By record, then by field; field 0 is the record itself.
  std::map<RecordId, std::map<std::uint32_t, std::vector<Said>>> said;
  // Which kinds of mutation replace a mutation. References to what another record or field holds count for nothing, and
  // honest laptops write none.
  std::map<Mark, std::vector<std::uint32_t>> replaced;

  [[nodiscard]] bool live(const Said& one, MutationKind by) const {
    const auto found = replaced.find(one.mark);
    return found == replaced.end() ||
           std::find(found->second.begin(), found->second.end(), static_cast<std::uint32_t>(by)) == found->second.end();
  }
};

Log read_log(Connection& db, const SpaceId& space) {
  Log log;
  const auto row = find_space(db, space);
  KIEM_CHECK(row && *row);
  const auto rows = operations_of(db, (*row)->row);
  KIEM_CHECK(rows.has_value());
  // Own chains, for references that count back.
  std::map<OpId, OpId> prev;
  for (const std::int64_t each : *rows) {
    const auto stored = load_operation(db, each);
    const auto bytes = export_operation(db, each);
    KIEM_CHECK(stored && bytes && stored->standing == Standing::applied);
    prev[stored->id] = stored->header.prev;
    std::vector<std::size_t> taken(bytes->parts.size(), 0);
    for (std::uint32_t number = 0; number < stored->bones.mutations.size(); ++number) {
      const Mutation& mutation = stored->bones.mutations[number];
      Said said{{stored->id, number}, mutation.kind, std::nullopt};
      if (mutation.part) {
        // What was erased is not here, and nothing of its record is told.
        const auto& part = bytes->parts[*mutation.part];
        const auto values = part ? decode_part(*part) : Result<PartValues>(PartValues{});
        KIEM_CHECK(values && (!part || taken[*mutation.part] < values->size()));
        if (part) said.value = (*values)[taken[*mutation.part]++];
      }
      for (const auto& reference : mutation.supersedes) {
        OpId of = reference.op.value_or(stored->id);
        for (std::uint64_t back = reference.back; back > 0; --back) of = prev[of];
        for (std::uint32_t i = 0; i < reference.run; ++i) {
          log.replaced[{of, reference.mutation + i}].push_back(mutation.kind);
        }
      }
      if (!mutation.collection.act || mutation.collection.number != 0) continue;
      const RecordId record = mutation.record.value_or(record_of(stored->id));
      log.said[record][mutation.field ? mutation.field->number : 0].push_back(std::move(said));
    }
  }
  return log;
}

// --- one record ------------------------------------------------------------------------------------------------------

std::vector<Value> live_values(const Log& log, const std::vector<Said>& said, MutationKind kind, MutationKind by) {
  std::vector<Value> values;
  for (const auto& each : said) {
    if (is(each, kind) && log.live(each, by) && each.value) values.push_back(*each.value);
  }
  return values;
}

std::optional<ModelRecord> fold(const Log& log, const RecordId& id,
                                const std::map<std::uint32_t, std::vector<Said>>& fields) {
  const auto of = [&](std::uint32_t field) {
    const auto found = fields.find(field);
    return found == fields.end() ? std::vector<Said>{} : found->second;
  };
  bool begun = false, alive = false;
  for (const auto& mark : of(0)) {
    if (is(mark, MutationKind::erase)) return std::nullopt;
    const bool marks = is(mark, MutationKind::create) || is(mark, MutationKind::restore);
    begun = begun || is(mark, MutationKind::create);
    alive = alive || (marks && log.live(mark, MutationKind::delete_mark));
  }
  if (!begun || !alive) return std::nullopt;
  ModelRecord record;
  record.id = id;
  for (const auto& value : live_values(log, of(kName), MutationKind::write, MutationKind::write)) {
    if (const auto* text = std::get_if<TextValue>(&value)) record.name = text->text;
  }
  for (const auto& value : live_values(log, of(kPieces), MutationKind::write, MutationKind::write)) {
    const auto* number = std::get_if<IntegerValue>(&value);
    if (number != nullptr) record.pieces = std::min(record.pieces.value_or(number->number), number->number);
  }
  for (const auto& value : live_values(log, of(kState), MutationKind::write, MutationKind::write)) {
    // The careful one, "stuk", is the second.
    const auto* choice = std::get_if<ChoiceValue>(&value);
    if (choice != nullptr) record.state = std::max<std::size_t>(record.state.value_or(0), choice->choice);
  }
  for (const auto& value : live_values(log, of(kLabels), MutationKind::add, MutationKind::remove)) {
    if (const auto* text = std::get_if<TextValue>(&value)) record.labels.insert(text->text);
  }
  for (const auto& value : live_values(log, of(kHours), MutationKind::add, MutationKind::remove)) {
    const auto* length = std::get_if<LengthValue>(&value);
    if (length != nullptr) record.hours = record.hours.value_or(0) + length->minutes;
  }
  return record;
}

// --- a list ----------------------------------------------------------------------------------------------------------

std::vector<ModelRecord> answer(std::vector<ModelRecord> all, const ListRecords& asked) {
  for (const auto& [key, text] : asked.where) {
    const std::string& wanted = text;
    const std::string& field = key;
    std::erase_if(all, [&](const ModelRecord& each) {
      if (field == "labels") return !each.labels.contains(wanted);
      if (field == "staat") return !each.state || kStates.at(*each.state) != wanted;
      return !each.pieces || std::to_string(*each.pieces) != wanted;
    });
  }
  const auto order_of = [&](const ModelRecord& each) -> std::optional<std::int64_t> {
    if (asked.order == "stuks") return each.pieces;
    if (asked.order == "uren") return each.hours;
    return std::nullopt;
  };
  std::sort(all.begin(), all.end(), [&](const ModelRecord& a, const ModelRecord& b) {
    const ModelRecord& low = asked.descending ? b : a;
    const ModelRecord& high = asked.descending ? a : b;
    if (asked.order.empty() && low.name != high.name) return low.name < high.name;
    if (order_of(low) != order_of(high)) return order_of(low) < order_of(high);  // none is the lowest
    return low.id < high.id;
  });
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(asked.skip, all.size())));
  if (asked.limit && *asked.limit < all.size()) all.resize(*asked.limit);
  return all;
}

ListRecords draw_query(SeededRng& chance) {
  constexpr std::array kSomeLabels{"snoei", "de", "heg", "langs"};
  ListRecords query;
  query.collection = "gereedschap";
  if (chance.chance(25)) query.where.push_back({"staat", kStates.at(chance.below(2))});
  if (chance.chance(25)) query.where.push_back({"labels", kSomeLabels.at(chance.below(4))});
  if (chance.chance(15)) query.where.push_back({"stuks", std::to_string(chance.below(9))});
  if (chance.chance(60)) query.order = chance.chance(50) ? "stuks" : "uren";
  query.descending = chance.chance(50);
  if (chance.chance(50)) query.limit = static_cast<std::uint32_t>(1 + chance.below(6));
  if (chance.chance(50)) query.skip = static_cast<std::uint32_t>(chance.below(6));
  return query;
}

std::string told(const ModelRecord& record) {
  std::string text = record.name + " | " + (record.pieces ? std::to_string(*record.pieces) : "") + " | " +
                     (record.state ? kStates.at(*record.state) : "") + " |";
  for (const auto& label : record.labels) text += " " + label;
  return text;
}

std::string told(const RecordModel& record) {
  std::string text = record.title + " | " + record.cells[1].shown + " | " + record.cells[2].shown + " |";
  const std::set<std::string> labels(record.cells[3].values.begin(), record.cells[3].values.end());
  for (const auto& label : labels) text += " " + label;
  return text;
}

}  // namespace

ComparedQueries compare_with_model(SimLaptop& laptop, SeededRng& chance, std::size_t queries) {
  ComparedQueries compared;
  const auto spaces = laptop.replica().spaces();
  KIEM_CHECK(spaces.has_value());
  const Log log = read_log(laptop.community().store().writer(), spaces->back().id);
  std::vector<ModelRecord> all;
  for (const auto& [id, fields] : log.said) {
    if (auto record = fold(log, id, fields)) all.push_back(std::move(*record));
  }
  for (std::size_t i = 0; i < queries; ++i) {
    const ListRecords query = draw_query(chance);
    const auto expected = answer(all, query);
    const auto found = laptop.ask<Records>(query).records;
    ++compared.queries;
    compared.records += found.size();
    for (std::size_t at = 0; at < std::max(expected.size(), found.size()); ++at) {
      const std::string here = at < found.size() ? told(found[at]) : "nothing";
      const std::string there = at < expected.size() ? told(expected[at]) : "nothing";
      if (here == there && at < found.size() && found[at].id == expected[at].id) continue;
      compared.difference = "place " + std::to_string(at) + " of a list by '" + query.order + "': the tables say " +
                            here + ", the model " + there;
      return compared;
    }
  }
  return compared;
}

ComparedQueries run_model_history(std::uint64_t seed) {
  SimWorld world(seed);
  world.add("Anneke V.");
  world.add("Bram O.");
  world.found(0, "Sociaal Tuinieren");
  RecordActs records(world.chance());
  records.extend(world[0]);
  world.heal();
  ComparedQueries all;
  for (std::size_t act = 0; act < kActsOfHistory && all.difference.empty(); ++act) {
    records.act(world[world.chance().below(2)]);
    if (world.chance().chance(6)) KIEM_CHECK(world.meet(0, 1).level);
    const auto compared = compare_with_model(world[world.chance().below(2)], world.chance(), 1);
    all.queries += compared.queries;
    all.records += compared.records;
    all.difference = compared.difference;
  }
  return all;
}

}  // namespace kiem::test
