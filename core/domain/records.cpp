#include "core/domain/records.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/crdt/text_edits.hpp"
#include "core/domain/registers.hpp"
#include "core/domain/text_mutations.hpp"
#include "core/views/elements_fold.hpp"
#include "core/views/record_rows.hpp"
#include "core/views/register_fold.hpp"
#include "core/views/shown.hpp"
#include "core/views/text_fold.hpp"

namespace kiem {
namespace {

// What a field of this kind cannot do ("several": be set, "one": be added to or taken from).
tl::unexpected<Error> not_allowed(std::string_view why, const FieldDefinition& field) {
  return fail(ErrorCode::not_allowed, Fault::person, {std::string(why), field.words.key});
}

// One act of changing one record: what is there now is read once.
class Changing {
 public:
  Changing(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
           std::optional<RecordId> record, const std::vector<FieldChange>& changes)
      : act_(act), schema_(schema), collection_(collection), record_(record), changes_(changes) {}

  Status load() {
    if (!record_) return {};
    KIEM_TRY_GET(mutations_, known_mutations(act_, schema_, *record_));
    return {};
  }

  Status apply(const FieldChange& change, Draft& draft) {
    switch (change.kind) {
      case FieldChange::Kind::set:
      case FieldChange::Kind::clear:
        return write(change, draft);
      case FieldChange::Kind::add:
        return add(change, draft);
      case FieldChange::Kind::remove:
        return remove(change, draft);
    }
    return {};
  }

 private:
  // Of whom a value about a person speaks: the record itself, or whoever stands in the field that says so.
  Result<std::optional<PrincipalId>> subject(const FieldDefinition& field) {
    if (!field.about) return std::optional<PrincipalId>{};
    if (*field.about == 0) return record_ ? std::optional(principal_of(*record_)) : std::nullopt;
    const auto person_of = [](const Value& value) {
      const auto* person = std::get_if<PrincipalValue>(&value);
      return person == nullptr ? std::optional<PrincipalId>{} : std::optional(person->principal);
    };
    for (const auto& change : changes_) {
      if (change.kind == FieldChange::Kind::set && change.field->local == *field.about) return person_of(change.value);
    }
    const FieldDefinition* about = collection_.find(*field.about);
    if (about == nullptr || !record_) return std::optional<PrincipalId>{};
    Values values(act_.db);
    KIEM_TRY_GET(const auto row, find_record(act_.db, *record_, act_.space.row));
    if (!row) return std::optional<PrincipalId>{};
    KIEM_TRY_GET(const FieldFold fold,
                 fold_field({*row, *record_, act_.space.row}, mutations_, collection_, *about, values));
    return fold.shown ? person_of(*fold.shown) : std::optional<PrincipalId>{};
  }

  Result<RecordRow> row() {
    if (!record_) return RecordRow{0, {}, act_.space.row};
    KIEM_TRY_GET(const auto found, find_record(act_.db, *record_, act_.space.row));
    return RecordRow{found.value_or(0), *record_, act_.space.row};
  }

  Status put(MutationKind kind, const FieldDefinition& field, std::vector<Reference> supersedes,
             const std::optional<Value>& value, Draft& draft) {
    return put(mutation_of(kind, collection_, &field, record_), field, std::move(supersedes), value, draft);
  }
  Status put(Mutation mutation, const FieldDefinition& field, std::vector<Reference> supersedes,
             const std::optional<Value>& value, Draft& draft) {
    KIEM_TRY_GET(const auto about, subject(field));
    // A value about nobody could never be taken back by whom it is about.
    if (value && field.about && !about) return fail(ErrorCode::empty_text, Fault::person, {about_key(field)});
    mutation.supersedes = std::move(supersedes);
    // A person can type more lines, or name more elements, than one operation holds: then the act is several.
    if (!draft.has_room_for(mutation, value)) {
      KIEM_TRY(begin_next(draft));
      mutation.record = record_;
    }
    if (!draft.has_room_for(mutation, value)) {
      return fail(ErrorCode::too_large, Fault::person, {field.words.key, std::to_string(kMaxOperationBytes)});
    }
    draft.add(std::move(mutation), value, about);
    return {};
  }

  // What is in the draft becomes an operation; the draft goes on with the next one of the same act.
  Status begin_next(Draft& draft) {
    if (draft.empty()) return {};
    KIEM_TRY_GET(const OpId made, act_.write(draft));
    if (!record_) record_ = record_of(made);
    draft = Draft(draft.circle(), kSchemaNumber, draft.op_class());
    return {};
  }

  [[nodiscard]] std::string about_key(const FieldDefinition& field) const {
    const FieldDefinition* about = collection_.find(*field.about);
    return about == nullptr ? field.words.key : about->words.key;
  }

  Status write(const FieldChange& change, Draft& draft) {
    const FieldDefinition& field = *change.field;
    if (field.merge == MergeType::text) return write_text(change, draft);
    if (field.merge != MergeType::one) return not_allowed("several", field);
    std::vector<Reference> replaces;
    for (const auto& mutation : mutations_) {
      const bool write = mutation.kind == static_cast<std::uint32_t>(MutationKind::write);
      if (!write || !mutation.live || mutation.collection != collection_.local || mutation.field != field.local)
        continue;
      if (replaces.size() < kMaxReferences) replaces.push_back(reference_to(mutation.op, mutation.number));
    }
    return put(MutationKind::write, field, std::move(replaces), change.value, draft);
  }

  Status add(const FieldChange& change, Draft& draft) {
    const FieldDefinition& field = *change.field;
    if (field.merge != MergeType::set && field.merge != MergeType::list && field.merge != MergeType::tally) {
      return not_allowed("one", field);
    }
    Mutation mutation = mutation_of(MutationKind::add, collection_, &field, record_);
    if (field.merge == MergeType::list) {
      KIEM_TRY_GET(mutation.numbers, place_at_end(field));
    }
    return put(std::move(mutation), field, {}, change.value, draft);
  }

  // Behind what is there, and behind what this act has put there already.
  Result<Position> place_at_end(const FieldDefinition& field) {
    Values values(act_.db);
    KIEM_TRY_GET(const RecordRow record, row());
    KIEM_TRY_GET(const auto elements, fold_elements(act_.db, record, mutations_, collection_, field, values));
    const auto put_before = last_.find(field.local);
    const bool begun = put_before != last_.end();
    const Position* after = begun ? &put_before->second : nullptr;
    if (!begun && !elements.empty()) after = &elements.back().position;
    const bool own = begun || (!elements.empty() && elements.back().placed_by == act_.keys.device);
    auto next = key_between(after, nullptr, lot(), own);
    if (!next) return fail(ErrorCode::too_large, Fault::person, {field.words.key, std::to_string(kMaxPositionDigits)});
    last_[field.local] = *next;
    return std::move(*next);
  }

  std::uint64_t lot() {
    std::array<std::uint8_t, 8> bytes{};
    act_.rng.fill(bytes);
    std::uint64_t number = 0;
    for (const auto byte : bytes) number = number << 8 | byte;
    return number;
  }

  // What a person made of the whole text, as edits of paragraphs and words.
  Status write_text(const FieldChange& change, Draft& draft) {
    const FieldDefinition& field = *change.field;
    const auto* text = std::get_if<TextValue>(&change.value);
    Values values(act_.db);
    KIEM_TRY_GET(const RecordRow record, row());
    KIEM_TRY_GET(const FoldedText folded, fold_text_field(act_.db, record, mutations_, collection_, field, values));
    const auto edits = diff_text(folded.fold, text == nullptr ? "" : text->text, act_.keys.device, lot());
    for (const auto& edit : edits) KIEM_TRY(put_edit(edit, field, draft));
    return {};
  }

  Status put_edit(const TextEdit& edit, const FieldDefinition& field, Draft& draft) {
    EditMutation made = mutation_of(edit, collection_, field, record_);
    auto supersedes = std::exchange(made.mutation.supersedes, {});
    return put(std::move(made.mutation), field, std::move(supersedes), made.value, draft);
  }

 public:
  [[nodiscard]] const std::optional<RecordId>& record() const { return record_; }

  // Settles a paragraph of a text for the variant that this mutation began.
  Status choose(const FieldDefinition& field, const MutationId& chosen, Draft& draft) {
    Values values(act_.db);
    KIEM_TRY_GET(const RecordRow record, row());
    KIEM_TRY_GET(const FoldedText folded, fold_text_field(act_.db, record, mutations_, collection_, field, values));
    for (const auto& paragraph : folded.fold.paragraphs) {
      for (std::size_t i = 0; i < paragraph.variants.size(); ++i) {
        if (paragraph.variants[i].id != chosen) continue;
        for (const auto& edit : choose_variant(paragraph, i)) KIEM_TRY(put_edit(edit, field, draft));
        return {};
      }
    }
    return fail(ErrorCode::nothing_to_change);
  }

 private:
  Status remove(const FieldChange& change, Draft& draft) {
    const FieldDefinition& field = *change.field;
    if (field.merge != MergeType::set && field.merge != MergeType::list) return not_allowed("one", field);
    Values values(act_.db);
    KIEM_TRY_GET(const RecordRow record, row());
    KIEM_TRY_GET(const auto elements, fold_elements(act_.db, record, mutations_, collection_, field, values));
    const auto found = std::find_if(elements.begin(), elements.end(),
                                    [&](const FieldElement& each) { return each.value == change.value; });
    if (found == elements.end()) return fail(ErrorCode::not_found, Fault::person, {"choice", field.words.key});
    std::vector<Reference> replaces;
    for (const auto& row : found->brought_by) {
      if (replaces.size() < kMaxReferences) replaces.push_back(reference_to(row.op, row.number));
    }
    return put(MutationKind::remove, field, std::move(replaces), std::nullopt, draft);
  }

  const UserAct& act_;
  const Schema& schema_;
  const CollectionDefinition& collection_;
  std::optional<RecordId> record_;
  const std::vector<FieldChange>& changes_;
  std::vector<MutationRow> mutations_;
  std::map<std::uint32_t, Position> last_;  // by field: where this act last put an element of a list
};

bool has_words(const Value& value) {
  const auto* text = std::get_if<TextValue>(&value);
  return text != nullptr && !text->text.empty();
}

// The last operation of it stays in the draft. Returns the record, once there is one.
Result<std::optional<RecordId>> write_in(const UserAct& act, const Schema& schema,
                                         const CollectionDefinition& collection, const std::optional<RecordId>& record,
                                         const std::vector<FieldChange>& changes, CircleNumber circle, Draft& draft) {
  Changing changing(act, schema, collection, record, changes);
  KIEM_TRY(changing.load());
  for (const auto& change : changes) {
    if (change.field->circle == circle) KIEM_TRY(changing.apply(change, draft));
  }
  return changing.record();
}

// The circles that the changes touch, the home first.
std::vector<CircleNumber> circles_of(const CollectionDefinition& collection, const std::vector<FieldChange>& changes) {
  std::vector<CircleNumber> circles{collection.home};
  for (const auto& change : changes) {
    if (std::find(circles.begin(), circles.end(), change.field->circle) == circles.end()) {
      circles.push_back(change.field->circle);
    }
  }
  return circles;
}

}  // namespace

Result<RecordId> add_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                            const std::vector<FieldChange>& changes) {
  if (collection.is_first()) return fail(ErrorCode::not_allowed, Fault::person, {"first", collection.words.key});
  const bool titled = std::any_of(changes.begin(), changes.end(), [&](const FieldChange& change) {
    return change.field->local == collection.title && has_words(change.value);
  });
  const FieldDefinition* title = collection.title ? collection.find(*collection.title) : nullptr;
  if (title != nullptr && !titled) return fail(ErrorCode::empty_text, Fault::person, {title->words.key});

  Draft home = act.draft_in(collection.home);
  home.add(mutation_of(MutationKind::create, collection, nullptr, std::nullopt));
  KIEM_TRY_GET(const auto begun, write_in(act, schema, collection, std::nullopt, changes, collection.home, home));
  KIEM_TRY_GET(const OpId made, act.write(home));
  const RecordId record = begun.value_or(record_of(made));
  for (const CircleNumber circle : circles_of(collection, changes)) {
    if (circle == collection.home) continue;
    Draft draft = act.draft_in(circle);
    KIEM_TRY(write_in(act, schema, collection, record, changes, circle, draft));
    KIEM_TRY(act.write(draft));
  }
  return record;
}

Status change_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                     const RecordId& record, const std::vector<FieldChange>& changes) {
  if (changes.empty()) return fail(ErrorCode::nothing_to_change);
  for (const CircleNumber circle : circles_of(collection, changes)) {
    Draft draft = act.draft_in(circle);
    KIEM_TRY(write_in(act, schema, collection, record, changes, circle, draft));
    if (!draft.empty()) KIEM_TRY(act.write(draft));
  }
  return {};
}

Status delete_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                     const RecordId& record) {
  KIEM_TRY_GET(const auto mutations, known_mutations(act, schema, record));
  Mutation erase = mutation_of(MutationKind::delete_mark, collection, nullptr, record);
  for (const auto& mutation : mutations) {
    const bool mark = mutation.kind == static_cast<std::uint32_t>(MutationKind::create) ||
                      mutation.kind == static_cast<std::uint32_t>(MutationKind::restore);
    if (!mark || !mutation.live || mutation.field || mutation.collection != collection.local) continue;
    if (erase.supersedes.size() < kMaxReferences) {
      erase.supersedes.push_back(reference_to(mutation.op, mutation.number));
    }
  }
  if (erase.supersedes.empty()) return fail(ErrorCode::nothing_to_change);
  Draft draft = act.draft_in(collection.home);
  draft.add(std::move(erase));
  KIEM_TRY(act.write(draft));
  return {};
}

Status erase_record(const UserAct& act, const Schema& schema, const CollectionDefinition& collection,
                    const RecordId& record, const MembershipState& members) {
  const PersonState* me = members.find(act.keys.person);
  const bool coordinates =
      me != nullptr && me->belongs() && std::ranges::find(me->roles, Role::coordinator) != me->roles.end();
  const bool of_member = std::ranges::any_of(members.persons, [&](const PersonState& person) {
    return person.belongs() && same_bytes<RecordId>(principal_of(person.person)) == record;
  });
  if (of_member) return fail(ErrorCode::not_allowed, Fault::person, {"erase_member"});
  KIEM_TRY_GET(const auto mutations, known_mutations(act, schema, record));
  const bool about_me = same_bytes<RecordId>(principal_of(act.keys.person)) == record;
  if (!coordinates && !about_me && !made_by(mutations, record, act.keys.person)) {
    return fail(ErrorCode::not_allowed, Fault::person, {"erase"});
  }
  std::set<std::uint32_t> circles{static_cast<std::uint32_t>(collection.home)};
  for (const auto& mutation : mutations) circles.insert(mutation.circle);
  for (const std::uint32_t circle : circles) {
    Draft draft = act.draft_in(static_cast<CircleNumber>(circle), OpClass::urgent);
    draft.add(mutation_of(MutationKind::erase, collection, nullptr, record));
    KIEM_TRY(act.write(draft));
  }
  return {};
}

Status restore_record(const UserAct& act, const CollectionDefinition& collection, const RecordId& record) {
  Draft draft = act.draft_in(collection.home);
  draft.add(mutation_of(MutationKind::restore, collection, nullptr, record));
  KIEM_TRY(act.write(draft));
  return {};
}

Status settle_conflict(const UserAct& act, const Schema& schema, const FoundConflict& conflict, std::size_t side) {
  const CollectionDefinition* collection = schema.find(conflict.collection);
  const FieldDefinition* field = schema.field(conflict.collection, conflict.field);
  if (side >= conflict.writes.size() || collection == nullptr || field == nullptr) {
    return fail(ErrorCode::bad_number, Fault::person,
                {"side", std::to_string(side + 1), "1-" + std::to_string(conflict.writes.size())});
  }
  KIEM_TRY_GET(const RecordRow record, record_at(act.db, conflict.record));
  KIEM_TRY_GET(const StoredOperation operation, load_operation(act.db, conflict.writes[side].operation));
  if (field->merge == MergeType::text) {
    Draft draft = act.draft_in(field->circle);
    const std::vector<FieldChange> none;
    Changing changing(act, schema, *collection, record.id, none);
    KIEM_TRY(changing.load());
    KIEM_TRY(changing.choose(*field, {operation.id, conflict.writes[side].number}, draft));
    KIEM_TRY(act.write(draft));
    return {};
  }
  KIEM_TRY_GET(const auto value, value_in(act.db, operation, conflict.writes[side].number));
  if (!value) return fail(ErrorCode::nothing_to_change);
  return change_record(act, schema, *collection, record.id, {{FieldChange::Kind::set, field, *value}});
}

}  // namespace kiem
