#include "core/domain/undo.hpp"

#include <algorithm>
#include <map>

#include "core/domain/registers.hpp"
#include "core/domain/text_rules.hpp"
#include "core/oplog/op_store.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/schema_rows.hpp"
#include "core/views/shown.hpp"

namespace kiem {
namespace {

bool is_kind(const Mutation& mutation, MutationKind kind) { return mutation.kind == static_cast<std::uint32_t>(kind); }

// The operations of a space by this person's devices, newest first.
Result<std::vector<StoredOperation>> operations_by(Connection& db, const SpaceRow& space, const PersonId& person) {
  KIEM_TRY_GET(Statement * find,
               db.cached("SELECT o.operation FROM operation o JOIN chain h USING(chain) JOIN circle c USING(circle) "
                         "JOIN device d USING(device) WHERE c.space = ? AND d.person = ? ORDER BY o.operation DESC"));
  find->bind(1, space.row).bind(2, person);
  std::vector<std::int64_t> rows;
  while (true) {
    KIEM_TRY_GET(const bool more, find->step());
    if (!more) break;
    rows.push_back(find->integer(0));
  }
  std::vector<StoredOperation> operations;
  for (const std::int64_t row : rows) {
    KIEM_TRY_GET(StoredOperation operation, load_operation(db, row));
    operations.push_back(std::move(operation));
  }
  return operations;
}

// What of an act can be taken back: no act of membership, no claim.
bool can_undo(const Mutation& mutation) {
  for (const auto kind : {MutationKind::create, MutationKind::write, MutationKind::add, MutationKind::remove,
                          MutationKind::erase_mark, MutationKind::restore}) {
    if (is_kind(mutation, kind)) return true;
  }
  return false;
}

class Undoing {
 public:
  Undoing(const UserAct& act, const Schema& schema, Undone& undone) : act_(act), schema_(schema), undone_(undone) {}

  // The newest operation of the act first, and its last mutation first.
  Status take(const StoredOperation& operation) {
    const auto& mutations = operation.bones.mutations;
    for (auto number = static_cast<std::uint32_t>(mutations.size()); number-- > 0;) {
      if (!can_undo(mutations[number])) return fail(ErrorCode::not_allowed, Fault::person, {"undo"});
      KIEM_TRY(take(operation, number));
    }
    return {};
  }

  Status write() {
    for (const auto& draft : full_) KIEM_TRY(act_.write(draft));
    for (const auto& [circle, draft] : drafts_) KIEM_TRY(act_.write(draft));
    return {};
  }
  [[nodiscard]] bool empty() const { return drafts_.empty(); }

 private:
  Status take(const StoredOperation& operation, std::uint32_t number) {
    const Mutation& mutation = operation.bones.mutations[number];
    KIEM_TRY_GET(const auto collection_number, find_local(act_.db, mutation.collection));
    const CollectionDefinition* collection = collection_number ? schema_.find(*collection_number) : nullptr;
    if (collection == nullptr) return {};
    const FieldDefinition* field = nullptr;
    if (mutation.field) {
      KIEM_TRY_GET(const auto local, find_local(act_.db, *mutation.field));
      field = local ? collection->find(*local) : nullptr;
      if (field == nullptr) return {};
    }
    const RecordId record = mutation.record.value_or(kiem::record_of(operation.id));
    if (made_.contains(record)) return {};
    KIEM_TRY_GET(const auto rows, known_mutations(act_, schema_, record));
    if (is_kind(mutation, MutationKind::erase_mark)) return bring_back(*collection, record, operation);
    const auto self = std::find_if(rows.begin(), rows.end(), [&](const MutationRow& row) {
      return row.operation == operation.row && row.number == number;
    });
    const bool live = self != rows.end() && self->live;
    if (is_kind(mutation, MutationKind::create) || is_kind(mutation, MutationKind::restore)) {
      return live ? remove_mark(*collection, record, *self, operation) : Status{};
    }
    if (field == nullptr) return {};
    if (is_kind(mutation, MutationKind::remove)) return add_again(*collection, *field, record, operation, mutation);
    if (!live) {
      undone_.left.push_back(field->words.key);
      return {};
    }
    if (is_kind(mutation, MutationKind::add)) return remove_added(*collection, *field, record, *self, operation);
    // A write that came with its record goes with it.
    if (created_in(operation, record)) return {};
    return write_back(*collection, *field, record, *self, operation, mutation);
  }

  static bool created_in(const StoredOperation& operation, const RecordId& record) {
    return std::any_of(operation.bones.mutations.begin(), operation.bones.mutations.end(), [&](const Mutation& each) {
      return is_kind(each, MutationKind::create) && each.record.value_or(kiem::record_of(operation.id)) == record;
    });
  }

  Draft& draft_in(const StoredOperation& operation) {
    const auto circle = static_cast<CircleNumber>(operation.circle.number);
    Draft& draft = drafts_.try_emplace(operation.circle.number, act_.draft_in(circle)).first->second;
    // An import is one act of many operations, and so is its undoing.
    if (!draft.has_room(1, kMaxTextBytes)) {
      full_.push_back(std::move(draft));
      draft = act_.draft_in(circle);
    }
    return draft;
  }

  Status remove_mark(const CollectionDefinition& collection, const RecordId& record, const MutationRow& mark,
                     const StoredOperation& operation) {
    Mutation erase = mutation_of(MutationKind::erase_mark, collection, nullptr, record);
    erase.supersedes.push_back(reference_to(mark.op, mark.number));
    draft_in(operation).add(std::move(erase));
    made_.insert({record, true});
    return note(collection.words.key, record, {});
  }

  Status bring_back(const CollectionDefinition& collection, const RecordId& record, const StoredOperation& operation) {
    draft_in(operation).add(mutation_of(MutationKind::restore, collection, nullptr, record));
    undone_.changes.push_back({collection.words.key, {}, {}});
    return {};
  }

  Status remove_added(const CollectionDefinition& collection, const FieldDefinition& field, const RecordId& record,
                      const MutationRow& added, const StoredOperation& operation) {
    Mutation remove = mutation_of(MutationKind::remove, collection, &field, record);
    remove.supersedes.push_back(reference_to(added.op, added.number));
    draft_in(operation).add(std::move(remove));
    return note_value(field, operation, added.number, {});
  }

  Status add_again(const CollectionDefinition& collection, const FieldDefinition& field, const RecordId& record,
                   const StoredOperation& operation, const Mutation& removal) {
    KIEM_TRY_GET(const auto before, replaced(operation, removal));
    for (const auto& value : before) {
      draft_in(operation).add(mutation_of(MutationKind::add, collection, &field, record), value.value, value.subject);
      KIEM_TRY_GET(std::string shown, shown_value(act_.db, act_.space.row, schema_, field, value.value));
      undone_.changes.push_back({field.words.key, {}, std::move(shown)});
      break;  // equal ones are one element
    }
    return {};
  }

  Status write_back(const CollectionDefinition& collection, const FieldDefinition& field, const RecordId& record,
                    const MutationRow& written, const StoredOperation& operation, const Mutation& mutation) {
    KIEM_TRY_GET(const auto before, replaced(operation, mutation));
    const Value value = before.empty() ? Value(NoValue{}) : before.front().value;
    auto subject = before.empty() ? std::nullopt : before.front().subject;
    if (!subject) subject = subject_of(operation, mutation);
    Mutation write = mutation_of(MutationKind::write, collection, &field, record);
    write.supersedes.push_back(reference_to(written.op, written.number));
    draft_in(operation).add(std::move(write), value, subject);
    return note_value(field, operation, written.number, value);
  }

  struct Before {
    Value value;
    std::optional<PrincipalId> subject;
  };
  // The values that a mutation replaced and that are still here.
  Result<std::vector<Before>> replaced(const StoredOperation& operation, const Mutation& mutation) {
    std::vector<Before> before;
    for (const auto& reference : mutation.supersedes) {
      std::optional<std::int64_t> row;
      if (reference.op) {
        KIEM_TRY_GET(row, find_operation(act_.db, *reference.op));
      } else {
        KIEM_TRY_GET(row, operation_back(act_.db, operation.row, reference.back));
      }
      if (!row) continue;
      KIEM_TRY_GET(const StoredOperation earlier, load_operation(act_.db, *row));
      for (std::uint32_t i = 0; i < reference.run; ++i) {
        const std::uint32_t number = reference.mutation + i;
        KIEM_TRY_GET(const auto value, value_in(act_.db, earlier, number));
        if (value) before.push_back({*value, subject_of(earlier, earlier.bones.mutations[number])});
      }
    }
    return before;
  }

  static std::optional<PrincipalId> subject_of(const StoredOperation& operation, const Mutation& mutation) {
    if (!mutation.part || *mutation.part >= operation.bones.parts.size()) return std::nullopt;
    return operation.bones.parts[*mutation.part].subject;
  }

  Status note(const std::string& field, const RecordId& record, std::string after) {
    KIEM_TRY_GET(std::string title, title_of(act_.db, act_.space.row, schema_, record));
    undone_.changes.push_back({field, std::move(title), std::move(after)});
    return {};
  }

  Status note_value(const FieldDefinition& field, const StoredOperation& operation, std::uint32_t number,
                    const std::optional<Value>& after) {
    LogChange change;
    change.field = field.words.key;
    KIEM_TRY_GET(const auto now, value_in(act_.db, operation, number));
    KIEM_TRY_GET(change.before, shown_value(act_.db, act_.space.row, schema_, field, now));
    KIEM_TRY_GET(change.after, shown_value(act_.db, act_.space.row, schema_, field, after));
    undone_.changes.push_back(std::move(change));
    return {};
  }

  const UserAct& act_;
  const Schema& schema_;
  Undone& undone_;
  std::vector<Draft> full_;  // in their order, before those below
  std::map<std::uint32_t, Draft> drafts_;
  std::map<RecordId, bool> made_;  // records that this undo deletes: nothing else of them is taken back
};

}  // namespace

Result<ActId> find_act(Connection& db, const SpaceRow& space, const PersonId& person, std::string_view text) {
  KIEM_TRY_GET(const auto operations, operations_by(db, space, person));
  std::vector<ActId> found;
  for (const auto& operation : operations) {
    const auto& mutations = operation.bones.mutations;
    const bool undoable = std::all_of(mutations.begin(), mutations.end(), can_undo);
    if (text.empty() ? !undoable : !to_text(operation.bones.act).starts_with(text)) continue;
    if (std::find(found.begin(), found.end(), operation.bones.act) == found.end()) found.push_back(operation.bones.act);
    if (text.empty()) break;
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> args{"act", std::string(text)};
  if (found.empty()) return fail(ErrorCode::not_found, Fault::person, std::move(args));
  for (std::size_t i = 0; i < found.size() && i < 10; ++i) args.push_back(to_text(found[i]));
  return fail(ErrorCode::ambiguous, Fault::person, std::move(args));
}

Result<Undone> undo_act(const UserAct& act, const Schema& schema, const ActId& what) {
  KIEM_TRY_GET(const auto operations, operations_by(act.db, act.space, act.keys.person));
  Undone undone;
  undone.act = what;
  Undoing undoing(act, schema, undone);
  bool found = false;
  for (const auto& operation : operations) {
    if (operation.bones.act != what) continue;
    found = true;
    KIEM_TRY(undoing.take(operation));
  }
  if (!found) return fail(ErrorCode::not_found, Fault::person, {"act", to_text(what)});
  if (undoing.empty()) return fail(ErrorCode::nothing_to_change);
  KIEM_TRY(undoing.write());
  return undone;
}

}  // namespace kiem
