// The fields of core/domain/record_requests.hpp and core/views/record_models.hpp as they travel on the control socket.
// Shared by sync/control's codecs and tests.
#pragma once

#include "core/domain/record_requests.hpp"
#include "sync/control/model_fields.hpp"

namespace kiem::control {

template <>
struct Fields<FieldInput> {
  static constexpr auto of(auto& v) { return std::tie(v.key, v.text); }
};

// --- the schema ------------------------------------------------------------------------------------------------------
template <>
struct Fields<ExtendSchema> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.file, v.dry_run); }
};
template <>
struct Fields<ShowSchema> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative); }
};

// --- records ---------------------------------------------------------------------------------------------------------
template <>
struct Fields<AddRecord> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.collection, v.fields); }
};
template <>
struct Fields<ChangeRecord> {
  static constexpr auto of(auto& v) {
    return std::tie(v.initiative, v.collection, v.record, v.set, v.clear, v.add, v.remove);
  }
};
template <>
struct Fields<DeleteRecord> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.collection, v.record, v.restore); }
};
template <>
struct Fields<EraseRecord> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.collection, v.record, v.sure); }
};
template <>
struct Fields<ListRecords> {
  static constexpr auto of(auto& v) {
    return std::tie(v.initiative, v.collection, v.where, v.order, v.descending, v.limit, v.skip);
  }
};
template <>
struct Fields<ShowRecord> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.collection, v.record); }
};
template <>
struct Fields<ListDue> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.collection, v.today, v.limit); }
};
template <>
struct Fields<SearchText> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.text, v.limit); }
};

// --- what was written apart ------------------------------------------------------------------------------------------
template <>
struct Fields<ListConflicts> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative); }
};
template <>
struct Fields<SettleConflict> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.record, v.field, v.side); }
};
template <>
struct Fields<UndoAct> {
  static constexpr auto of(auto& v) { return std::tie(v.initiative, v.act); }
};

// --- models ----------------------------------------------------------------------------------------------------------
template <>
struct Fields<FieldModel> {
  static constexpr auto of(auto& v) {
    return std::tie(v.label, v.type, v.merge, v.circle, v.about_person, v.choices, v.of);
  }
};
template <>
struct Fields<KeepModel> {
  static constexpr auto of(auto& v) { return std::tie(v.after, v.unit, v.count); }
};
template <>
struct Fields<CollectionModel> {
  static constexpr auto of(auto& v) {
    return std::tie(v.label, v.home, v.writers, v.title, v.first, v.fields, v.records, v.keeps);
  }
};
template <>
struct Fields<DueRow> {
  static constexpr auto of(auto& v) {
    return std::tie(v.id, v.collection, v.title, v.keep, v.from, v.until, v.deleted);
  }
};
template <>
struct Fields<FieldCell> {
  static constexpr auto of(auto& v) { return std::tie(v.key, v.shown, v.values, v.conflict); }
};
template <>
struct Fields<RecordModel> {
  static constexpr auto of(auto& v) { return std::tie(v.id, v.collection, v.title, v.cells, v.conflicts, v.added_by); }
};
template <>
struct Fields<FoundText> {
  static constexpr auto of(auto& v) { return std::tie(v.record, v.collection, v.title, v.field, v.excerpt, v.words); }
};

// --- answers ---------------------------------------------------------------------------------------------------------
template <>
struct Fields<SchemaAnswer> {
  static constexpr auto of(auto& v) {
    return std::tie(v.collections, v.added_collections, v.added_fields, v.dry_run, v.added_keeps);
  }
};
template <>
struct Fields<RecordAnswer> {
  static constexpr auto of(auto& v) { return std::tie(v.record, v.collection, v.deleted, v.erased, v.kept); }
};
template <>
struct Fields<Records> {
  static constexpr auto of(auto& v) { return std::tie(v.collection, v.records, v.complete); }
};
template <>
struct Fields<DueRecords> {
  static constexpr auto of(auto& v) { return std::tie(v.rows, v.complete, v.missing); }
};
template <>
struct Fields<FoundTexts> {
  static constexpr auto of(auto& v) { return std::tie(v.found, v.complete); }
};
template <>
struct Fields<Conflicts::Row> {
  static constexpr auto of(auto& v) { return std::tie(v.collection, v.record, v.title, v.conflict, v.words); }
};
template <>
struct Fields<Conflicts> {
  static constexpr auto of(auto& v) { return std::tie(v.rows); }
};
template <>
struct Fields<Undone::Left> {
  static constexpr auto of(auto& v) { return std::tie(v.field, v.words, v.text); }
};
template <>
struct Fields<Undone> {
  static constexpr auto of(auto& v) { return std::tie(v.act, v.changes, v.left); }
};

}  // namespace kiem::control
