#include "tests/bench/year_town.hpp"

#include "core/community.hpp"
#include "core/domain/claims.hpp"
#include "core/domain/people.hpp"
#include "core/domain/places.hpp"
#include "core/domain/registers.hpp"
#include "core/domain/tasks.hpp"
#include "core/oplog/author.hpp"
#include "core/views/dump.hpp"
#include "core/views/record_rows.hpp"
#include "tests/bench/engine.hpp"

namespace kiem::bench {
namespace {

// A collection of the tool's own, which no view knows.
namespace hours {
constexpr std::uint32_t kCollection = 6;
constexpr std::uint32_t kTask = 1;
constexpr std::uint32_t kWho = 2;
constexpr std::uint32_t kLength = 3;
constexpr std::uint32_t kDay = 4;
}  // namespace hours

std::uint32_t state_of(const std::string& word) {
  if (word == "open") return task_state::kOpen;
  return word == "done" ? task_state::kDone : task_state::kCancelled;
}

Status add_hours(const UserAct& act, const YearOp& op, const RecordId& task, const PrincipalId& who) {
  Draft draft = act.draft_in(CircleNumber::open);
  draft.add(create_record(hours::kCollection, std::nullopt));
  const auto tell = [&](std::uint32_t field, const Value& value) {
    draft.add(write_field(hours::kCollection, std::nullopt, field), value);
  };
  tell(hours::kTask, RecordValue{task});
  tell(hours::kWho, PrincipalValue{who});
  tell(hours::kLength, LengthValue{op.minutes});
  tell(hours::kDay, DateValue{op.day});
  KIEM_TRY(act.write(draft));
  return {};
}

Status edit(const UserAct& act, CircleNumber circle, const RecordId& task, std::uint32_t field, const Value& value) {
  Draft draft = act.draft_in(circle);
  KIEM_TRY(rewrite(act, draft, task, collection::kTask, field, value));
  KIEM_TRY(act.write(draft));
  return {};
}

SpaceRow initiative_in(Connection& db) {
  const auto spaces = need(all_spaces(db), "reading the spaces");
  for (const auto& space : spaces) {
    if (space.kind == SpaceKind::initiative) return space;
  }
  stop("there is no initiative");
}

}  // namespace

YearTown::YearTown(YearHome& home, const YearNeighbours& neighbours)
    : home_(home),
      neighbours_(neighbours),
      store_(home.open_store()),
      db_(store_->writer()),
      space_(initiative_in(db_)),
      ingest_(db_, home.fake().env()),
      reader_(need(store_->open_reader(), "opening a reader")) {}

UserAct YearTown::act_of(const DeviceKeys& keys) {
  const ActId number = new_act(home_.fake().rng);
  return {db_, space_, keys, home_.fake().rng, [this, &keys, number](const Draft& draft) -> Result<OpId> {
            KIEM_TRY_GET(const auto operation, author(db_, keys, draft, number, home_.fake().env()));
            KIEM_TRY_GET(const IngestReport report, ingest_.take(operation));
            return report.ids.front();
          }};
}

void YearTown::admit_all() {
  const auto stored = need(local_value(db_, kLocalKeys), "reading the keys");
  if (!stored) stop("the store has no keys");
  const DeviceKeys keys = need(DeviceKeys::from_stored(*stored), "reading the keys");
  auto transaction = need(Transaction::begin(db_), "a transaction");
  for (std::size_t i = 0; i < neighbours_.size(); ++i) {
    const act::Admit admit = neighbours_.admission(i);
    static_cast<void>(need(write_admission(act_of(keys), admit, true), "an admission"));
  }
  static_cast<void>(need(ingest_.fold(), "the views"));
  need_done(transaction.commit(), "a commit");
}

void YearTown::play(std::span<const YearOp* const> ops, std::size_t a_commit, YearNames& names) {
  for (std::size_t begin = 0; begin < ops.size(); begin += a_commit) {
    auto transaction = need(Transaction::begin(db_), "a transaction");
    for (const YearOp* op : ops.subspan(begin, std::min(a_commit, ops.size() - begin))) play(*op, names);
    static_cast<void>(need(ingest_.fold(), "the views"));
    need_done(transaction.commit(), "a commit");
  }
}

void YearTown::play(const YearOp& op, YearNames& names) {
  const bool second = op.branch == 'B' || op.branch == 'Y';
  const bool own = op.kind == YearKind::claim || op.kind == YearKind::unclaim;
  const UserAct act = act_of(neighbours_.keys(own ? op.who : op.author, second));
  home_.fake().clock.set_wall(op.claimed_ms);
  const auto record = [&](const std::string& id) { return names.records.at(id); };
  names.model.apply(op);
  switch (op.kind) {
    case YearKind::volunteer: {
      Draft draft = act.draft_in(CircleNumber::members);
      draft_person(draft, neighbours_.principal(op.who), principal_kind::kPerson, {op.name, {}, {}, {}, {}});
      static_cast<void>(need(act.write(draft), "a volunteer"));
      break;
    }
    case YearKind::place:
      names.records[op.id] = need(add_place(act, {op.name, {}, {}, op.text, {}}), "a place");
      break;
    case YearKind::task: {
      NewTask task;
      task.title = op.name;
      task.note = op.text;
      task.place = record(op.place);
      task.date = op.day;
      task.seats = op.seats;
      names.records[op.id] = need(add_task(act, task), "a task");
      break;
    }
    case YearKind::claim: {
      TaskCard card;
      card.id = record(op.id);
      static_cast<void>(need(claim_task(act, card, neighbours_.principal(op.who), 1), "a claim"));
      break;
    }
    case YearKind::unclaim: {
      TaskCard card;
      card.id = record(op.id);
      const Status done = withdraw_claim(act, card, neighbours_.principal(op.who));
      // Played one after the other, the other half may have taken the claim back already.
      if (!done && done.error().code != ErrorCode::not_claimed) need_done(done, "a withdrawal");
      break;
    }
    case YearKind::state: {
      const ChoiceValue state{state_of(op.text)};
      need_done(edit(act, CircleNumber::open, record(op.id), task_field::kState, state), "a state");
      break;
    }
    case YearKind::hours:
      need_done(add_hours(act, op, record(op.id), neighbours_.principal(op.who)), "hours");
      break;
    case YearKind::notes: {
      const TextValue notes{names.model.task(op.id).notes, {}};
      need_done(edit(act, CircleNumber::members, record(op.id), task_field::kNote, notes), "notes");
      break;
    }
    case YearKind::due:
      need_done(edit(act, CircleNumber::open, record(op.id), task_field::kDate, DateValue{op.day}), "a date");
      break;
  }
}

void YearTown::lengthen(std::size_t operations) {
  auto transaction = need(Transaction::begin(db_), "a transaction");
  const auto circle = need(find_circle(db_, circle_id(space_.id, 1)), "the open circle");
  const auto device = need(intern_device(db_, DeviceId{}, PersonId{}), "a device");
  const auto chain = need(intern_chain(db_, circle->row, device), "a chain");
  auto add = need(db_.prepare("INSERT INTO operation(id, chain, seq, prev, header, bones, signature, standing, role, "
                              "received) SELECT ?1, ?2, ?3, 0, header, bones, NULL, standing, role, received FROM "
                              "operation WHERE operation = ?4"),
                  "an operation");
  auto add_part =
      need(db_.prepare("INSERT INTO part SELECT ?1, number, bytes FROM part WHERE operation = ?2"), "a part");
  Statement* const find_last = need(db_.cached("SELECT max(operation) FROM operation"), "the log");
  if (!need(find_last->step(), "the log")) stop("there is no log");
  const std::int64_t like = find_last->integer(0);
  find_last->reset();
  for (std::size_t i = 0; i < operations; ++i) {
    // Ids all over their space, as hashes are, but made in their order, so that the index is made quickly.
    OpId id;
    home_.fake().rng.fill(id.bytes);
    const std::uint64_t place = (std::uint64_t{1} << 32U) / operations * i;
    for (std::size_t byte = 0; byte < 4; ++byte) id.bytes[byte] = static_cast<std::uint8_t>(place >> (24 - 8 * byte));
    add.bind(1, id).bind(2, chain).bind(3, static_cast<std::int64_t>(i)).bind(4, like);
    need_done(add.run(), "an operation");
    add_part.bind(1, db_.last_insert_rowid()).bind(2, like);
    need_done(add_part.run(), "a part");
  }
  need_done(transaction.commit(), "a commit");
}

std::vector<std::string> YearTown::board(const YearScript& script) {
  Statement* find = need(reader_->cached("SELECT title FROM task WHERE space = ? AND state = 0 AND date >= ? AND "
                                         "date < ? AND (free IS NULL OR free > 0) ORDER BY date, title LIMIT ?"),
                         "the board");
  find->bind(1, space_.row).bind(2, std::int64_t{script.today}).bind(3, std::int64_t{script.until});
  find->bind(4, static_cast<std::int64_t>(script.query_limit));
  std::vector<std::string> titles;
  while (need(find->step(), "the board")) titles.emplace_back(find->text(0));
  return titles;
}

std::vector<std::string> YearTown::dump() {
  auto lines = need(canonical_dump(*reader_), "the dump");
  auto own = need(reader_->prepare("SELECT o.id FROM operation o JOIN chain USING(chain) JOIN circle USING(circle) "
                                   "JOIN space s USING(space) WHERE s.kind = 0"),
                  "the own space");
  while (need(own.step(), "the own space")) {
    const std::string line = "operation x" + to_hex(own.blob(0)) + " ";
    std::erase_if(lines, [&](const std::string& each) { return each.starts_with(line); });
  }
  return lines;
}

}  // namespace kiem::bench
