#include "core/views/log_query.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/access/acts.hpp"
#include "core/views/erased.hpp"
#include "core/views/queries.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/schema_rows.hpp"
#include "core/views/shown.hpp"

namespace kiem {
namespace {

// A clock is only called doubtful beyond what two honest laptops differ.
constexpr std::int64_t kClockSlackMs = std::int64_t{5} * 60 * 1000;

bool is_kind(const Mutation& mutation, MutationKind kind) { return mutation.kind == static_cast<std::uint32_t>(kind); }

RecordId record_in(const StoredOperation& operation, const Mutation& mutation) {
  return mutation.record ? *mutation.record : record_of(operation.id);
}

LogKind kind_of_authority(ByteView bytes) {
  const auto act = decode_act(bytes);
  if (!act) return LogKind::other;
  switch (static_cast<ActKind>(kind_of(*act))) {
    case ActKind::founding_of_space:
      return LogKind::founded;
    case ActKind::invite:
      return LogKind::invited;
    case ActKind::admit:
      return LogKind::member_added;
    case ActKind::confirm_member:
    case ActKind::grant_mandate:
    case ActKind::promote:
      return LogKind::role_given;
    case ActKind::extend_schema:
      return LogKind::schema_extended;
    default:
      return LogKind::other;
  }
}

// What the first telling mutation of an operation makes of the act.
LogKind kind_of_mutation(const Mutation& mutation, const std::optional<Value>& value) {
  if (is_kind(mutation, MutationKind::authority)) return kind_of_authority(mutation.authority);
  if (is_kind(mutation, MutationKind::attempt)) return LogKind::claimed;
  if (is_kind(mutation, MutationKind::withdraw)) return LogKind::withdrawn;
  if (is_kind(mutation, MutationKind::confirm)) return LogKind::confirmed;
  if (is_kind(mutation, MutationKind::delete_mark)) return LogKind::deleted;
  if (is_kind(mutation, MutationKind::erase)) return LogKind::erased;
  if (is_kind(mutation, MutationKind::restore)) return LogKind::restored;
  const bool created = is_kind(mutation, MutationKind::create);
  if (mutation.collection.act) return created ? LogKind::record_added : LogKind::record_changed;
  switch (mutation.collection.number) {
    case collection::kPlace:
      return created ? LogKind::place_added : LogKind::place_changed;
    case collection::kPrincipal:
      return created ? LogKind::person_added : LogKind::person_changed;
    case collection::kTask:
      break;
    default:
      return LogKind::other;
  }
  if (created) return LogKind::task_added;
  if (mutation.field && !mutation.field->act && mutation.field->number == task_field::kState && value) {
    const auto* state = std::get_if<ChoiceValue>(&*value);
    if (state != nullptr && state->choice == task_state::kCancelled) return LogKind::task_cancelled;
    if (state != nullptr && state->choice == task_state::kDone) return LogKind::task_done;
  }
  return LogKind::task_changed;
}

class LogReader {
 public:
  LogReader(Connection& db, const SpaceRow& space, Schema schema, Missing& missing)
      : db_(db), space_(space), schema_(std::move(schema)), missing_(&missing) {}

  // What is told of the act by its first operation that is come by.
  [[nodiscard]] Result<LogRow> begin(const StoredOperation& operation);

  [[nodiscard]] Status take(const StoredOperation& operation, LogRow& row);
  // The record an operation is about: its first mutation's, and for a claim the task.
  [[nodiscard]] static std::optional<RecordId> subject(const StoredOperation& operation);

 private:
  [[nodiscard]] Status add_change(const StoredOperation& operation, std::uint32_t number, LogRow& row);
  [[nodiscard]] Result<std::string> replaced_value(const StoredOperation& operation, const Mutation& mutation,
                                                   const FieldDefinition& rule);
  [[nodiscard]] Result<bool> is_doubtful(const StoredOperation& operation);
  [[nodiscard]] Result<PersonRef> person(const PrincipalId& id) {
    return or_instead(query_person(db_, space_.row, id), PersonRef{id, {}}, missing_);
  }
  [[nodiscard]] Result<std::optional<Value>> value(const StoredOperation& operation, std::uint32_t number) {
    return or_instead(value_in(db_, operation, number), {}, missing_);
  }

  Connection& db_;
  const SpaceRow& space_;
  Schema schema_;
  Missing* missing_;
};

std::optional<RecordId> LogReader::subject(const StoredOperation& operation) {
  const Mutation& first = operation.bones.mutations.front();
  if (is_kind(first, MutationKind::authority)) return std::nullopt;
  if (!first.collection.act && first.collection.number == collection::kClaim) {
    return first.records.empty() ? std::nullopt : std::optional(first.records.front());
  }
  return record_in(operation, first);
}

Result<std::string> LogReader::replaced_value(const StoredOperation& operation, const Mutation& mutation,
                                              const FieldDefinition& rule) {
  std::string before;
  for (const auto& reference : mutation.supersedes) {
    std::optional<std::int64_t> target;
    if (reference.op) {
      KIEM_TRY_GET(target, find_operation(db_, *reference.op));
    } else {
      KIEM_TRY_GET(target, operation_back(db_, operation.row, reference.back));
    }
    if (!target) continue;
    KIEM_TRY_GET(const StoredOperation earlier, load_operation(db_, *target));
    KIEM_TRY_GET(const auto value, value_in(db_, earlier, reference.mutation));
    KIEM_TRY_GET(const std::string shown, shown_value(db_, space_.row, schema_, rule, value));
    if (!shown.empty()) before += (before.empty() ? "" : " / ") + shown;
  }
  return before;
}

Status LogReader::add_change(const StoredOperation& operation, std::uint32_t number, LogRow& row) {
  const Mutation& mutation = operation.bones.mutations[number];
  if (!mutation.field) return {};
  KIEM_TRY_GET(const auto collection, find_local(db_, mutation.collection));
  KIEM_TRY_GET(const auto field, find_local(db_, *mutation.field));
  const FieldDefinition* rule = collection && field ? schema_.field(*collection, *field) : nullptr;
  // The assigner is told by the task's page; a new task's log line would only be longer for it.
  if (rule == nullptr || (rule->collection == collection::kTask && rule->local == task_field::kAssigner)) return {};
  KIEM_TRY_GET(const auto written, value(operation, number));
  if (mutation.part && !written) return {};  // it is erased, or not here: there is nothing to tell of it
  LogChange change;
  change.field = rule->words.key;
  change.words = words_of(*rule);
  KIEM_TRY_GET(change.after, or_instead(shown_value(db_, space_.row, schema_, *rule, written), {}, missing_));
  KIEM_TRY_GET(change.before, or_instead(replaced_value(operation, mutation, *rule), {}, missing_));
  row.changes.push_back(std::move(change));
  return {};
}

Status LogReader::take(const StoredOperation& operation, LogRow& row) {
  std::set<RecordId> created;
  for (std::uint32_t number = 0; number < operation.bones.mutations.size(); ++number) {
    const Mutation& mutation = operation.bones.mutations[number];
    if (is_kind(mutation, MutationKind::create)) created.insert(record_in(operation, mutation));
    if (mutation.principal && !row.about) {
      KIEM_TRY_GET(row.about, person(*mutation.principal));
    }
    // An act over several circles is made by the oldest of its operations.
    if (row.kind == LogKind::other || row.kind == LogKind::task_changed || row.kind == LogKind::record_changed) {
      KIEM_TRY_GET(const auto written, value(operation, number));
      const LogKind kind = kind_of_mutation(mutation, written);
      if (row.kind == LogKind::other || kind != LogKind::other) row.kind = kind;
    }
  }
  row.records += static_cast<std::uint32_t>(created.size());
  if (row.records > 1) {
    row.kind = LogKind::imported;
    row.changes.clear();
    return {};
  }
  for (std::uint32_t number = 0; number < operation.bones.mutations.size(); ++number) {
    KIEM_TRY(add_change(operation, number, row));
  }
  return {};
}

Result<bool> LogReader::is_doubtful(const StoredOperation& operation) {
  const std::int64_t claimed = operation.header.claimed.ms;
  if (claimed > operation.received_ms + kClockSlackMs) return true;
  std::vector<OpId> had = operation.header.seen;
  if (!operation.header.prev.is_zero()) had.push_back(operation.header.prev);
  for (const auto& id : had) {
    KIEM_TRY_GET(const auto row, find_operation(db_, id));
    if (!row) continue;
    KIEM_TRY_GET(const StoredOperation earlier, load_operation(db_, *row));
    if (earlier.header.claimed.ms > claimed + kClockSlackMs) return true;
  }
  return false;
}

Result<LogRow> LogReader::begin(const StoredOperation& operation) {
  LogRow row;
  row.act = operation.bones.act;
  row.claimed = operation.header.claimed;
  row.standing = operation.standing;
  row.records = 0;  // take() counts those that the act creates
  row.record = subject(operation);
  KIEM_TRY_GET(row.person, person(principal_of(operation.device.person)));
  KIEM_TRY_GET(row.time_doubtful, or_instead(is_doubtful(operation), false, missing_));
  if (row.record) {
    KIEM_TRY_GET(row.title, or_instead(title_of(db_, space_.row, schema_, *row.record), {}, missing_));
    KIEM_TRY_GET(const auto known, or_instead(find_record(db_, *row.record, space_.row), {}, missing_));
    KIEM_TRY_GET(const auto local,
                 or_instead(find_local(db_, operation.bones.mutations.front().collection), {}, missing_));
    const CollectionDefinition* collection = local ? schema_.find(*local) : nullptr;
    if (collection != nullptr) row.words = words_of(*collection);
    KIEM_TRY_GET(row.erased, known ? or_instead(has_erased(db_, *known), false, missing_) : Result<bool>(false));
  }
  return row;
}

// The operations to look at, newest first.
struct Listed {
  std::vector<std::int64_t> operations;
  std::set<std::int64_t> of_space;  // those of them that an index names; all, unless damage was met
  bool whole = true;                // the index was, and what it does not name is none of the space
};

Result<std::optional<std::int64_t>> last_operation(Connection& db) {
  KIEM_TRY_GET(Statement last, db.prepare("SELECT max(operation) FROM operation"));
  const auto found = last.step();
  if (!found && !is_damage(found.error())) return tl::unexpected<Error>(found.error());
  if (!found || !*found) return std::optional<std::int64_t>{};
  return std::optional(last.integer(0));
}

// By their numbers, each to be tried for itself.
Result<Listed> list_beside_damage(Connection& db, const SpaceRow& space) {
  Listed listed;
  KIEM_TRY_GET(Statement find, db.prepare("SELECT operation FROM circle CROSS JOIN chain ON chain.circle = "
                                          "circle.circle CROSS JOIN operation INDEXED BY operation_by_chain ON "
                                          "operation.chain = chain.chain WHERE space = ?"));
  find.bind(1, space.row);
  while (true) {
    const auto more = find.step();
    if (!more && !is_damage(more.error())) return tl::unexpected<Error>(more.error());
    listed.whole = more.has_value();
    if (!more || !*more) break;
    listed.of_space.insert(find.integer(0));
  }
  KIEM_TRY_GET(const auto last, last_operation(db));
  const std::int64_t named = listed.of_space.empty() ? 0 : *listed.of_space.rbegin();
  for (std::int64_t row = std::max(named, last.value_or(0)); row > 0; --row) {
    if (!listed.whole || listed.of_space.contains(row)) listed.operations.push_back(row);
  }
  return listed;
}

Result<Listed> list_operations(Connection& db, const SpaceRow& space) {
  auto all = operations_of(db, space.row);
  if (!all && is_damage(all.error())) return list_beside_damage(db, space);
  if (!all) return tl::unexpected<Error>(all.error());
  std::reverse(all->begin(), all->end());
  Listed listed;
  listed.of_space.insert(all->begin(), all->end());
  listed.operations = std::move(*all);
  return listed;
}

}  // namespace

Result<LogRows> query_log(Connection& db, const SpaceRow& space, const LogFilter& filter) {
  KIEM_TRY_GET(const Listed listed, list_operations(db, space));
  LogRows log;
  // What the schema's acts lack, the log lacks too: their fields are left out then.
  KIEM_TRY_GET(Schema schema, or_instead(load_schema(db, space.row), Schema::first(), &log.missing));
  LogReader reader(db, space, std::move(schema), log.missing);
  std::map<ActId, std::size_t> row_of_act;
  bool may_lack = false;
  for (const std::int64_t number : listed.operations) {
    const auto operation = load_operation(db, number);
    if (!operation && !is_damage(operation.error())) return tl::unexpected<Error>(operation.error());
    if (!operation) {
      may_lack = true;
      log.missing.rows += listed.of_space.contains(number) ? 1 : 0;
      continue;
    }
    if (operation->circle.space != space.row) continue;
    const auto record = LogReader::subject(*operation);
    if (filter.about && record != filter.about) continue;
    auto known = row_of_act.find(operation->bones.act);
    if (known == row_of_act.end()) {
      if (filter.limit && log.rows.size() == *filter.limit) break;
      KIEM_TRY_GET(LogRow row, reader.begin(*operation));
      known = row_of_act.emplace(row.act, log.rows.size()).first;
      log.rows.push_back(std::move(row));
    }
    KIEM_TRY(reader.take(*operation, log.rows[known->second]));
  }
  if (may_lack && !listed.whole && log.missing.rows == 0) log.missing.rows = 1;
  for (auto& row : log.rows) row.records = std::max(row.records, 1U);
  return log;
}

}  // namespace kiem
