#include "core/domain/undo.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/crdt/text_undo.hpp"
#include "core/domain/claims.hpp"
#include "core/domain/registers.hpp"
#include "core/domain/text_mutations.hpp"
#include "core/domain/text_rules.hpp"
#include "core/oplog/op_store.hpp"
#include "core/views/erased.hpp"
#include "core/views/named_mutations.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/schema_rows.hpp"
#include "core/views/shown.hpp"
#include "core/views/text_fold.hpp"

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

// What of an act can be taken back: no act of membership, no confirmation.
bool can_undo(const Mutation& mutation) {
  for (const auto kind :
       {MutationKind::create, MutationKind::write, MutationKind::add, MutationKind::remove, MutationKind::delete_mark,
        MutationKind::restore, MutationKind::attempt, MutationKind::withdraw, MutationKind::move,
        MutationKind::insert_words, MutationKind::cut_words, MutationKind::rewrite}) {
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
    rows_.insert(operation.row);
    for (auto number = static_cast<std::uint32_t>(mutations.size()); number-- > 0;) {
      if (is_kind(mutations[number], MutationKind::erase)) {
        return fail(ErrorCode::not_allowed, Fault::person, {"undo_erase"});
      }
      if (!can_undo(mutations[number])) return fail(ErrorCode::not_allowed, Fault::person, {"undo"});
      KIEM_TRY(take(operation, number));
    }
    return {};
  }

  // After the last take(): whether there was anything to write.
  Result<bool> write() {
    for (const auto& [record, collection, field] : texts_) {
      const CollectionDefinition& of = *schema_.find(collection);
      if (!made_.contains(record)) KIEM_TRY(take_back_text(of, *of.find(field), record));
    }
    bool wrote = !drafts_.empty();
    for (const auto& draft : full_) KIEM_TRY(act_.write(draft));
    for (const auto& [circle, draft] : drafts_) KIEM_TRY(act_.write(draft));
    for (const auto& [whose, said] : claims_) {
      KIEM_TRY_GET(const bool changed, take_back_claim(whose.first, whose.second, said));
      wrote = wrote || changed;
    }
    return wrote;
  }

 private:
  // What the act said of one claim.
  struct Said {
    std::vector<MutationId> attempts, withdrawn;
  };

  Status take(const StoredOperation& operation, std::uint32_t number) {
    const Mutation& mutation = operation.bones.mutations[number];
    if (is_kind(mutation, MutationKind::attempt) || is_kind(mutation, MutationKind::withdraw)) {
      return note_claim(operation, number);
    }
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
    KIEM_TRY_GET(const auto known, find_record(act_.db, record, act_.space.row));
    const auto circle = static_cast<std::uint32_t>(operation.circle.number);
    KIEM_TRY_GET(const bool erased, known ? is_erased(act_.db, *known, circle) : Result<bool>(false));
    if (erased) return {};
    KIEM_TRY_GET(const auto rows, known_mutations(act_, schema_, record));
    if (is_kind(mutation, MutationKind::delete_mark)) return bring_back(*collection, record, operation);
    const auto self = std::find_if(rows.begin(), rows.end(), [&](const MutationRow& row) {
      return row.operation == operation.row && row.number == number;
    });
    const bool live = self != rows.end() && self->live;
    if (is_kind(mutation, MutationKind::create) || is_kind(mutation, MutationKind::restore)) {
      return live ? remove_mark(*collection, record, *self, operation) : Status{};
    }
    if (field == nullptr) return {};
    if (field->merge == MergeType::text) {
      // What came with its record goes with it; else its paragraphs are looked at together.
      if (!created_in(operation, record)) texts_.emplace(record, collection->local, field->local);
      return {};
    }
    if (is_kind(mutation, MutationKind::remove)) return add_again(*collection, *field, record, operation, mutation);
    if (!live) {
      undone_.left.push_back({field->words.key, words_of(*field)});
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

  // --- claims --------------------------------------------------------------------------------------------------------
  Status note_claim(const StoredOperation& operation, std::uint32_t number) {
    const Mutation& mutation = operation.bones.mutations[number];
    if (mutation.records.empty()) return {};
    Said& said = claims_[{mutation.records.front(), mutation.principal.value_or(principal_of(act_.keys.person))}];
    if (is_kind(mutation, MutationKind::attempt)) {
      said.attempts.push_back({operation.id, number});
      return {};
    }
    KIEM_TRY_GET(const auto ended, resolve(act_.db, operation.row, mutation.supersedes));
    said.withdrawn.insert(said.withdrawn.end(), ended.begin(), ended.end());
    return {};
  }

  Result<bool> take_back_claim(const RecordId& task, const PrincipalId& principal, const Said& said) {
    const auto detail = query_task(act_.db, act_.space, act_.keys.person, task);
    if (!detail && detail.error().code != ErrorCode::not_found) return tl::unexpected<Error>(detail.error());
    KIEM_TRY_GET(const auto rows, known_mutations(act_, schema_, claim_id(task, principal)));
    // Whoever signed it off too, or since, meant it: then there is nothing to sign up again.
    const bool ended_by_others =
        !said.withdrawn.empty() && std::any_of(rows.begin(), rows.end(), [&](const MutationRow& row) {
          return row.kind == static_cast<std::uint32_t>(MutationKind::withdraw) && row.counts &&
                 row.operation > *rows_.begin() && !rows_.contains(row.operation);
        });
    std::optional<ClaimUndone> undone;
    if (detail && !ended_by_others) {
      KIEM_TRY_GET(undone, undo_claim(act_, detail->card, principal, said.attempts, said.withdrawn));
    }
    if (!undone) {
      undone_.left.push_back({std::string(kClaimField)});
      return false;
    }
    const auto told = [&](std::uint32_t count) {
      if (count == 0) return std::string{};
      return count == 1 ? detail->card.title : detail->card.title + " (" + std::to_string(count) + ")";
    };
    undone_.changes.push_back({std::string(kClaimField), told(undone->from), told(undone->to)});
    return true;
  }

  // --- texts ---------------------------------------------------------------------------------------------------------
  Status take_back_text(const CollectionDefinition& collection, const FieldDefinition& field, const RecordId& record) {
    KIEM_TRY_GET(const auto rows, known_mutations(act_, schema_, record));
    KIEM_TRY_GET(const auto here, find_record(act_.db, record, act_.space.row));
    if (!here) return {};
    Values values(act_.db);
    const auto fold = [&](bool of_act, bool later) -> Result<FoldedText> {
      std::vector<MutationRow> some;
      for (const auto& row : rows) {
        const bool is_of_act = rows_.contains(row.operation);
        const bool is_later = !is_of_act && row.operation > *rows_.begin();
        if ((of_act || !is_of_act) && (later || !is_later)) some.push_back(row);
      }
      return fold_text_field(act_.db, {*here, record, act_.space.row}, some, collection, field, values);
    };
    KIEM_TRY_GET(const FoldedText before, fold(false, false));
    KIEM_TRY_GET(const FoldedText after, fold(true, false));
    KIEM_TRY_GET(const FoldedText now, fold(true, true));
    const TextUndo undo = undo_text(before.fold, after.fold, now.fold);
    KIEM_TRY_GET(const auto subject, subject_of_text(rows, field));
    for (const auto& edit : undo.edits) {
      EditMutation made = mutation_of(edit, collection, field, record);
      KIEM_TRY(put(field, std::move(made), subject));
    }
    for (const auto& paragraph : undo.restored) {
      undone_.changes.push_back({field.words.key, paragraph.from, paragraph.to, words_of(field)});
    }
    for (const auto& text : undo.left) undone_.left.push_back({field.words.key, words_of(field), text});
    return {};
  }

  Status put(const FieldDefinition& field, EditMutation made, const std::optional<PrincipalId>& subject) {
    Draft& draft =
        drafts_.try_emplace(static_cast<std::uint32_t>(field.circle), act_.draft_in(field.circle)).first->second;
    if (!draft.has_room_for(made.mutation, made.value)) {
      if (!draft.empty()) full_.push_back(std::move(draft));
      draft = act_.draft_in(field.circle);
    }
    if (!draft.has_room_for(made.mutation, made.value)) {
      return fail(ErrorCode::too_large, Fault::person, {field.words.key, std::to_string(kMaxOperationBytes)});
    }
    draft.add(std::move(made.mutation), made.value, subject);
    return {};
  }

  // Of whom the words of a field about a person speak, as they say themselves.
  Result<std::optional<PrincipalId>> subject_of_text(const std::vector<MutationRow>& rows,
                                                     const FieldDefinition& field) {
    for (const auto& row : rows) {
      if (!field.about || !row.part || row.collection != field.collection || row.field != field.local) continue;
      KIEM_TRY_GET(const StoredOperation operation, load_operation(act_.db, row.operation));
      auto subject = subject_of(operation, operation.bones.mutations[row.number]);
      if (subject) return subject;
    }
    return std::optional<PrincipalId>{};
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
    Mutation erase = mutation_of(MutationKind::delete_mark, collection, nullptr, record);
    erase.supersedes.push_back(reference_to(mark.op, mark.number));
    draft_in(operation).add(std::move(erase));
    made_.insert({record, true});
    return note(collection, record, {});
  }

  Status bring_back(const CollectionDefinition& collection, const RecordId& record, const StoredOperation& operation) {
    draft_in(operation).add(mutation_of(MutationKind::restore, collection, nullptr, record));
    undone_.changes.push_back({collection.words.key, {}, {}, words_of(collection)});
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
      undone_.changes.push_back({field.words.key, {}, std::move(shown), words_of(field)});
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

  Status note(const CollectionDefinition& collection, const RecordId& record, std::string after) {
    KIEM_TRY_GET(std::string title, title_of(act_.db, act_.space.row, schema_, record));
    undone_.changes.push_back({collection.words.key, std::move(title), std::move(after), words_of(collection)});
    return {};
  }

  Status note_value(const FieldDefinition& field, const StoredOperation& operation, std::uint32_t number,
                    const std::optional<Value>& after) {
    LogChange change;
    change.field = field.words.key;
    change.words = words_of(field);
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
  std::set<std::int64_t> rows_;    // of the act's operations
  std::set<std::tuple<RecordId, std::uint32_t, std::uint32_t>> texts_;  // record, collection, field
  std::map<std::pair<RecordId, PrincipalId>, Said> claims_;             // by task and for whom
};

}  // namespace

Result<ActId> find_act(Connection& db, const SpaceRow& space, const PersonId& person, std::string_view text) {
  KIEM_TRY_GET(const auto operations, operations_by(db, space, person));
  std::vector<ActId> found;
  for (const auto& operation : operations) {
    const auto& mutations = operation.bones.mutations;
    // The last act is refused when it erased something: taking back the one before it would not be what was asked.
    const bool undoable = std::all_of(mutations.begin(), mutations.end(), [](const Mutation& mutation) {
      return can_undo(mutation) || is_kind(mutation, MutationKind::erase);
    });
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
  KIEM_TRY_GET(const bool wrote, undoing.write());
  if (!wrote && undone.left.empty()) return fail(ErrorCode::nothing_to_change);
  return undone;
}

}  // namespace kiem
