#include "tests/support/sim_script.hpp"

#include <algorithm>
#include <cstdio>

#include "core/base/check.hpp"
#include "core/domain/founding.hpp"
#include "core/views/dump.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/schema_rows.hpp"
#include "tests/support/tools_schema.hpp"

namespace kiem::test {
namespace {

[[noreturn]] void stop_with(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  KIEM_UNREACHABLE("a script's property does not hold");
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::string what = "failed with code " + std::to_string(static_cast<int>(result.error().code));
    for (const auto& arg : result.error().args) what += ", " + arg;
    stop_with(what);
  }
  return std::move(*result);
}
void must(const Status& status) {
  if (!status) must<bool>(tl::unexpected<Error>(status.error()));
}

// One store that scripts are offered to. An ingest door either remembers from run to run, or is a new one each time, as
// after a start of the program.
class Replay {
 public:
  Replay(SimLaptop& laptop, bool remembers)
      : db_(laptop.community().store().writer()),
        env_(laptop.fake().env()),
        remembers_(remembers),
        transaction_(must(Transaction::begin(db_))),
        ingest_(std::make_unique<Ingest>(db_, env_)) {}

  // False: refused, and nothing of it is left.
  bool offer(const ScriptRun& run) {
    must(db_.execute("SAVEPOINT offer"));
    if (!remembers_) ingest_ = std::make_unique<Ingest>(db_, env_);
    const auto report = ingest_->take(run, Source::peer);
    if (report) {
      must(ingest_->fold());
      parked_ += report->parked;
    } else {
      if (report.error().fault != Fault::peer) must(Result<IngestReport>(report));
      ingest_->forget();
      must(db_.execute("ROLLBACK TO offer"));
    }
    must(db_.execute("RELEASE offer"));
    return report.has_value();
  }
  // What was postponed for want of something is offered again when anything came.
  std::size_t offer_all(const std::vector<const ScriptRun*>& runs) {
    std::vector<const ScriptRun*> waiting = runs;
    for (bool moved = true; moved && !waiting.empty();) {
      std::vector<const ScriptRun*> left;
      for (const auto* const run : waiting) {
        if (!offer(*run)) left.push_back(run);
      }
      moved = left.size() < waiting.size();
      waiting = std::move(left);
    }
    return runs.size() - waiting.size();
  }

  [[nodiscard]] Connection& db() { return db_; }
  [[nodiscard]] std::size_t parked() const { return parked_; }
  std::vector<std::string> dump() { return must(canonical_dump(db_)); }
  std::vector<std::string> dump_rebuilt() {
    must(rebuild_views(db_));
    return dump();
  }

 private:
  Connection& db_;
  Env env_;
  bool remembers_;
  Transaction transaction_;
  std::unique_ptr<Ingest> ingest_;
  std::size_t parked_ = 0;
};

// The lines of each that the other lacks, the first few.
void check_equal(const char* what, const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a == b) return;
  std::string told = what;
  const auto tell = [&](const char* sign, const std::vector<std::string>& has, const std::vector<std::string>& lacks) {
    std::vector<std::string> only;
    std::set_difference(has.begin(), has.end(), lacks.begin(), lacks.end(), std::back_inserter(only));
    for (std::size_t i = 0; i < only.size() && i < 8; ++i) told += "\n  " + (sign + only[i]);
  };
  tell("- ", a, b);
  tell("+ ", b, a);
  stop_with(told);
}

// What is kept is what was signed, and travels on as such.
void check_kept(Connection& db, const SpaceRow& space) {
  for (const std::int64_t row : must(operations_of(db, space.row))) {
    const StoredOperation loaded = must(load_operation(db, row));
    const UnverifiedOperation kept = must(export_operation(db, row));
    if (op_id(kept.header) != loaded.id) stop_with("an operation is kept with another header than was signed");
    if (!kept.signature || loaded.header.suite != kSuite) continue;
    const ScriptRun run{kept};
    if (must(decode_segment(encode_segment(run))) != run) stop_with("an operation travels as another");
  }
}

// Whatever was taken, every question that a screen asks has an answer.
void ask_everything(Connection& db, const SpaceRow& space, const PersonId& me) {
  for (const auto& card : must(query_tasks(db, space, me, TaskFilter{true, {}, {}, {}}))) {
    static_cast<void>(must(query_task(db, space, me, card.id)));
  }
  static_cast<void>(must(query_places(db, space)));
  static_cast<void>(must(query_people(db, space, me)));
  const Schema schema = must(load_schema(db, space.row));
  for (const auto& collection : schema.collections()) {
    if (collection.fields.empty()) continue;
    static_cast<void>(must(query_records(db, space, schema, collection, RecordFilter{})));
  }
  static_cast<void>(must(query_text(db, space, schema, "a", 20)));
}

}  // namespace

std::uint64_t ScriptReader::number() {
  constexpr std::array<std::uint64_t, 12> kBorders{
      1, 0, 2, 24, 255, 9'999, 10'000, UINT32_MAX, UINT64_C(1) << 32U, INT64_MAX, UINT64_C(1) << 63U, UINT64_MAX};
  return kBorders.at(below(kBorders.size()));
}

Bytes draw_script(std::uint64_t seed) {
  SeededRng chance(seed);
  Bytes script(100 + chance.below(1000));
  chance.fill(script);
  for (auto& byte : script) byte = chance.chance(50) ? 0 : byte;
  return script;
}

ScriptStage::ScriptStage(std::uint64_t seed) : world_(seed) {
  for (const char* const name : {"Anneke V.", "Bram O.", "Chantal D."}) world_.add(name);
  world_.found(0, "Sociaal Tuinieren");
  world_[0].ask<SchemaAnswer>(ExtendSchema{{}, kTools, false});
  world_[0].add_task("Heg snoeien", 2);
  world_[0].ask<PlaceAdded>(AddPlace{{}, "De tuin", {}, {}, {}, {}});
  world_.heal();
  world_[1].claim("Heg snoeien");
  world_[2].claim("Heg snoeien", 2);
  world_[1].ask<RecordAnswer>(AddRecord{
      {}, "gereedschap", {{"naam", "Snoeischaar"}, {"stuks", "3"}, {"uitleg", "met beide handen"}, {"staat", "goed"}}});
  world_.heal();
  load_ground();
  world_.copy(0);
}

void ScriptStage::load_ground() {
  for (std::size_t i = 0; i < 3; ++i) {
    const DeviceKeys& keys = world_[i].replica().keys();
    const auto words = std::get<EnrolCopy>(world_[i].words()).words;
    ground_.authors.push_back({keys.device, keys.person, SigningKey::from_seed(keys.signing.seed().view()),
                               recovery_key(RecoveryWords::from_bits(words.bytes->view()), kPersonRecovery)});
  }
  SeededRng strange(7);
  ScriptAuthor stranger{{}, {}, SigningKey::generate(strange), SigningKey::generate(strange)};
  strange.fill(stranger.device.bytes);
  strange.fill(stranger.person.bytes);
  ground_.authors.push_back(std::move(stranger));

  Connection& db = world_[0].community().store().writer();
  const SpaceRow space = must(world_[0].replica().spaces()).back();
  ground_.space = space.id;
  for (const std::int64_t row : must(operations_of(db, space.row))) {
    StoredOperation stored = must(load_operation(db, row));
    const auto author = std::find_if(ground_.authors.begin(), ground_.authors.end(),
                                     [&](const auto& each) { return each.device == stored.device.id; });
    KIEM_CHECK(author != ground_.authors.end());
    ground_.operations.push_back({stored.id, static_cast<std::size_t>(author - ground_.authors.begin()),
                                  stored.circle.number, std::move(stored.header), std::move(stored.bones)});
  }
}

ScriptResult ScriptStage::play(ByteView bytes) {
  ScriptReader script(bytes);
  const auto runs = write_script(ground_, script);
  std::vector<const ScriptRun*> order;
  order.reserve(runs.size());
  for (const auto& run : runs) order.push_back(&run);

  Replay first(world_[0], true);
  const std::size_t taken = first.offer_all(order);
  const auto dump = first.dump();
  const SpaceRow space = must(find_space(first.db(), ground_.space)).value();
  check_kept(first.db(), space);
  ask_everything(first.db(), space, ground_.authors[0].person);
  check_equal("rebuilt against grown", first.dump_rebuilt(), dump);

  // Another order, of which the script's bytes decide too.
  std::uint64_t seed = 1;
  for (const std::uint8_t byte : bytes) seed = seed * 31 + byte;
  SeededRng chance(seed);
  if (chance.chance(30)) {
    std::reverse(order.begin(), order.end());
  } else {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
  }
  Replay second(world_[3], false);
  const std::size_t taken_there = second.offer_all(order);
  check_equal("one order against another", dump, second.dump());
  if (taken != taken_there) stop_with("a run is taken in one order and not in another");
  return {runs.size(), taken, first.parked()};
}

}  // namespace kiem::test
