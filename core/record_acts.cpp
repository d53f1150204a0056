// The schema, records of any collection, and what was written apart: what is asked of a Community about them.
#include <algorithm>

#include "core/base/check.hpp"
#include "core/community.hpp"
#include "core/domain/field_values.hpp"
#include "core/domain/records.hpp"
#include "core/domain/schema_acts.hpp"
#include "core/domain/text_rules.hpp"
#include "core/domain/undo.hpp"
#include "core/schema/schema_file.hpp"
#include "core/views/candidates.hpp"
#include "core/views/due_query.hpp"
#include "core/views/erased.hpp"
#include "core/views/queries.hpp"
#include "core/views/readable.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {
namespace {

constexpr std::uint32_t kFoundTexts = 100;

Result<std::vector<CollectionModel>> models_of(Connection& db, const SpaceRow& space, const Schema& schema) {
  std::vector<CollectionModel> models;
  for (const auto& collection : schema.collections()) {
    KIEM_TRY_GET(CollectionModel model, collection_model(db, space, schema, collection));
    models.push_back(std::move(model));
  }
  return models;
}

// Reads what was typed for the fields of one request.
class Typed {
 public:
  Typed(Connection& db, const SpaceRow& space, const Schema& schema, const CollectionDefinition& collection)
      : db_(db), space_(space), schema_(schema), collection_(collection) {}

  Status add(FieldChange::Kind kind, const std::vector<FieldInput>& inputs) {
    for (const auto& input : inputs) {
      KIEM_TRY_GET(const FieldDefinition* field, field_named(collection_, input.key));
      KIEM_TRY_GET(Value value, read_value(db_, space_, schema_, *field, input.text));
      changes.push_back({kind, field, std::move(value)});
    }
    return {};
  }
  Status clear(const std::vector<std::string>& keys) {
    for (const auto& key : keys) {
      KIEM_TRY_GET(const FieldDefinition* field, field_named(collection_, key));
      if (field->local == collection_.title) return fail(ErrorCode::empty_text, Fault::person, {field->words.key});
      changes.push_back({FieldChange::Kind::clear, field, NoValue{}});
    }
    return {};
  }

  std::vector<FieldChange> changes;

 private:
  Connection& db_;
  const SpaceRow& space_;
  const Schema& schema_;
  const CollectionDefinition& collection_;
};

Result<RecordAnswer> record_answer(Connection& db, const SpaceRow& space, const Schema& schema,
                                   const CollectionDefinition& collection, const RecordId& record) {
  RecordFilter one;
  one.one = record;
  KIEM_TRY_GET(auto records, query_records(db, space, schema, collection, one));
  RecordAnswer answer;
  KIEM_TRY_GET(answer.collection, collection_model(db, space, schema, collection));
  if (records.empty()) return fail(ErrorCode::not_found, Fault::person, {"record", to_text(record)});
  answer.record = std::move(records.front());
  return answer;
}

}  // namespace

Result<Answer> Community::Impl::perform(const ExtendSchema& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const SchemaWish wish, read_schema_file(request.file));
  KIEM_TRY_GET(const Schema before, load_schema(db, space.row));
  KIEM_TRY_GET(const SchemaAddition addition, new_in(wish, before));
  SchemaAnswer answer;
  answer.dry_run = request.dry_run;
  for (const auto& added : addition) {
    if (!added.extends) ++answer.added_collections;
    answer.added_fields += static_cast<std::uint32_t>(added.collection.fields.size());
    answer.added_keeps += static_cast<std::uint32_t>(added.collection.keeps.size());
  }
  if (!addition.empty() && !request.dry_run) {
    KIEM_TRY_GET(const Membership* membership, ingest.members().of(space.row));
    const MembershipState state = membership->state();
    const PersonState* me = state.find(keys.person);
    const bool coordinates = me != nullptr && me->belongs() &&
                             std::find(me->roles.begin(), me->roles.end(), Role::coordinator) != me->roles.end();
    if (!coordinates) return fail(ErrorCode::not_allowed, Fault::person, {"schema"});
    KIEM_TRY(in_transaction([&]() -> Status { return write_extension(begin_act(space), addition); }));
  }
  KIEM_TRY_GET(const Schema after, load_schema(db, space.row));
  KIEM_TRY_GET(answer.collections, models_of(db, space, after));
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowSchema& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  SchemaAnswer answer;
  KIEM_TRY_GET(answer.collections, models_of(db, space, schema));
  return answer;
}

Result<Answer> Community::Impl::perform(const AddRecord& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  Typed typed(db, space, schema, *collection);
  // Sets, lists and tallies begin with what they are given.
  for (const auto& input : request.fields) {
    KIEM_TRY_GET(const FieldDefinition* field, field_named(*collection, input.key));
    const bool one = field->merge == MergeType::one || field->merge == MergeType::text;
    KIEM_TRY(typed.add(one ? FieldChange::Kind::set : FieldChange::Kind::add, {input}));
  }
  RecordId id;
  const auto body = [&]() -> Status {
    KIEM_TRY_GET(id, add_record(begin_act(space), schema, *collection, typed.changes));
    return {};
  };
  KIEM_TRY(in_transaction(body));
  return record_answer(db, space, schema, *collection, id);
}

Result<Answer> Community::Impl::perform(const ChangeRecord& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  KIEM_TRY_GET(const RecordId id, query_record_named(db, space, *collection, request.record.text));
  Typed typed(db, space, schema, *collection);
  KIEM_TRY(typed.add(FieldChange::Kind::set, request.set));
  KIEM_TRY(typed.clear(request.clear));
  KIEM_TRY(typed.add(FieldChange::Kind::add, request.add));
  KIEM_TRY(typed.add(FieldChange::Kind::remove, request.remove));
  const auto body = [&]() -> Status {
    KIEM_TRY(change_record(begin_act(space), schema, *collection, id, typed.changes));
    // More seats, or another state, may place somebody.
    return collection->is_first() && collection->local == collection::kTask ? confirm_mine(space, id) : Status{};
  };
  KIEM_TRY(in_transaction(body));
  return record_answer(db, space, schema, *collection, id);
}

Result<Answer> Community::Impl::perform(const DeleteRecord& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  if (request.restore) {
    KIEM_TRY_GET(const RecordId id, query_deleted(db, space, *collection, request.record.text));
    KIEM_TRY(in_transaction([&]() -> Status { return restore_record(begin_act(space), *collection, id); }));
    return record_answer(db, space, schema, *collection, id);
  }
  KIEM_TRY_GET(const RecordId id, query_record_named(db, space, *collection, request.record.text));
  KIEM_TRY_GET(RecordAnswer answer, record_answer(db, space, schema, *collection, id));
  KIEM_TRY(in_transaction([&]() -> Status { return delete_record(begin_act(space), schema, *collection, id); }));
  answer.deleted = true;
  return answer;
}

Result<Answer> Community::Impl::perform(const EraseRecord& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  RecordAnswer answer;
  auto id = query_record_named(db, space, *collection, request.record.text);
  if (id) {
    KIEM_TRY_GET(answer, record_answer(db, space, schema, *collection, *id));
  } else {
    // What was deleted is still there to be erased; it has no name any more.
    const auto deleted = query_deleted(db, space, *collection, request.record.text);
    if (!deleted) return tl::unexpected<Error>(id.error());
    id = *deleted;
    KIEM_TRY_GET(answer.collection, collection_model(db, space, schema, *collection));
    answer.record.id = *id;
    answer.record.collection = collection->words.key;
    answer.deleted = true;
  }
  if (!request.sure) return answer;
  KIEM_TRY_GET(const Membership* membership, ingest.members().of(space.row));
  const MembershipState members = membership->state();
  KIEM_TRY(
      in_transaction([&]() -> Status { return erase_record(begin_act(space), schema, *collection, *id, members); }));
  KIEM_TRY_GET(const auto row, find_record(db, *id, space.row));
  KIEM_CHECK(row.has_value());
  KIEM_TRY_GET(const auto mutations, mutations_of(db, {*row, *id, space.row}, schema));
  KIEM_TRY_GET(answer.kept, kept_parts(db, mutations));
  answer.erased = true;
  return answer;
}

Result<Answer> Community::Impl::perform(const ListRecords& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  RecordFilter filter;
  for (const auto& input : request.where) {
    KIEM_TRY_GET(const FieldDefinition* field, field_named(*collection, input.key));
    KIEM_TRY_GET(Value value, read_value(db, space, schema, *field, input.text));
    filter.where.push_back({field, std::move(value)});
  }
  if (!request.order.empty()) {
    KIEM_TRY_GET(filter.order, field_named(*collection, request.order));
  }
  filter.descending = request.descending;
  filter.skip = request.skip;
  // One more than asked for tells whether there is more.
  if (request.limit) filter.limit = *request.limit + 1;
  Records answer;
  KIEM_TRY_GET(answer.collection, collection_model(db, space, schema, *collection));
  KIEM_TRY_GET(answer.records, query_records(db, space, schema, *collection, filter));
  if (request.limit && answer.records.size() > *request.limit) {
    answer.records.resize(*request.limit);
    answer.complete = false;
  }
  return answer;
}

Result<Answer> Community::Impl::perform(const ShowRecord& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, request.collection));
  KIEM_TRY_GET(const RecordId id, query_record_named(db, space, *collection, request.record.text));
  return record_answer(db, space, schema, *collection, id);
}

Result<Answer> Community::Impl::perform(const SearchText& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const std::string words, checked_title("search", request.text));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  const std::uint32_t limit = std::min(request.limit.value_or(kFoundTexts), kFoundTexts);
  FoundTexts answer;
  KIEM_TRY_GET(answer.found, query_text(db, space, schema, words, limit + 1));
  if (answer.found.size() > limit) {
    answer.found.resize(limit);
    answer.complete = false;
  }
  return answer;
}

Result<std::vector<DueRow>> Community::Impl::due_in(const SpaceRow& space, const Schema& schema,
                                                    const CollectionDefinition* collection, std::int32_t today,
                                                    Missing& missing) {
  KIEM_TRY_GET(auto due, query_due(db, space, schema, collection, today, &missing));
  if (due.empty()) return due;
  const auto membership = ingest.members().of(space.row);
  if (!membership && !is_damage(membership.error())) return tl::unexpected<Error>(membership.error());
  if (!membership) {
    ++missing.details;
    return due;
  }
  const MembershipState members = (*membership)->state();
  std::erase_if(due, [&](const DueRow& row) {
    return std::ranges::any_of(members.persons, [&](const PersonState& person) {
      return person.belongs() && same_bytes<RecordId>(principal_of(person.person)) == row.id;
    });
  });
  return due;
}

Result<Answer> Community::Impl::perform(const ListDue& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  const CollectionDefinition* collection = nullptr;
  if (!request.collection.empty()) {
    KIEM_TRY_GET(collection, collection_named(schema, request.collection));
  }
  DueRecords answer;
  KIEM_TRY_GET(answer.rows, due_in(space, schema, collection, request.today, answer.missing));
  answer.complete = !answer.missing.any();
  if (request.limit && answer.rows.size() > *request.limit) {
    answer.rows.resize(*request.limit);
    answer.complete = false;
  }
  return answer;
}

Result<Answer> Community::Impl::perform(const ListConflicts& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(auto found, query_conflicts(db, space.row, schema, std::nullopt));
  Conflicts answer;
  for (auto& conflict : found) {
    KIEM_TRY_GET(const RecordRow record, record_at(db, conflict.record));
    const CollectionDefinition* collection = schema.find(conflict.collection);
    KIEM_TRY_GET(std::string title, record_title(db, space, *collection, record.id));
    answer.rows.push_back(
        {collection->words.key, record.id, std::move(title), std::move(conflict.row), words_of(*collection)});
  }
  return answer;
}

Result<Answer> Community::Impl::perform(const SettleConflict& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const auto found, query_conflicts(db, space.row, schema, std::nullopt));
  std::vector<Candidate> candidates;
  for (const auto& conflict : found) {
    if (conflict.row.field != request.field) continue;
    KIEM_TRY_GET(const RecordRow record, record_at(db, conflict.record));
    KIEM_TRY_GET(std::string title, record_title(db, space, *schema.find(conflict.collection), record.id));
    candidates.push_back({record.id, std::move(title)});
  }
  KIEM_TRY_GET(const RecordId id, choose_named(candidates, "conflict", request.record.text));
  KIEM_TRY_GET(const auto row, find_record(db, id, space.row));
  const auto conflict = std::find_if(found.begin(), found.end(), [&](const FoundConflict& each) {
    return row && each.record == *row && each.row.field == request.field;
  });
  if (conflict == found.end() || request.side == 0) {
    return fail(ErrorCode::bad_number, Fault::person, {"side", std::to_string(request.side), "1"});
  }
  const CollectionDefinition& collection = *schema.find(conflict->collection);
  const auto body = [&]() -> Status {
    KIEM_TRY(settle_conflict(begin_act(space), schema, *conflict, request.side - 1));
    return collection.is_first() && collection.local == collection::kTask ? confirm_mine(space, id) : Status{};
  };
  KIEM_TRY(in_transaction(body));
  return record_answer(db, space, schema, collection, id);
}

Result<Answer> Community::Impl::perform(const UndoAct& request) {
  KIEM_TRY_GET(const SpaceRow space, initiative(request.initiative));
  KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
  KIEM_TRY_GET(const ActId what, find_act(db, space, keys.person, request.act));
  Undone undone;
  const auto body = [&]() -> Status {
    KIEM_TRY_GET(undone, undo_act(begin_act(space), schema, what));
    // A seat may be free again, or taken.
    return confirm_touched();
  };
  KIEM_TRY(in_transaction(body));
  return undone;
}

}  // namespace kiem
