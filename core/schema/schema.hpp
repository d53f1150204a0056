// A schema: which collections there are, which fields their records have, and how each field merges (DESIGN D3).
//
// The community application is the first schema (community.toml, built into the program); an initiative adds
// collections and fields of its own by schema acts (schema_act.hpp), which come as files (schema_file.hpp). The engine
// knows records by these definitions alone. Plain values, no ownership, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/circles.hpp"
#include "core/schema/keep.hpp"
#include "core/schema/schema_name.hpp"

namespace kiem {

// What a value of the field is; the numbers are those of FORMAT.md section 6.
enum class ValueType : std::uint32_t {
  text = 0,
  integer = 1,
  date = 2,
  time = 3,
  length = 4,
  choice = 6,
  principal = 7,
  record = 8,
  device = 14,
};

// How what was written apart becomes one (D3).
enum class MergeType : std::uint32_t {
  one = 0,    // a register
  set = 1,    // elements, each there or not
  tally = 2,  // entries that add up
  list = 3,   // elements in an order
  text = 4,   // paragraphs of words
};

// Which value of a register shows while several stand.
enum class PickRule : std::uint32_t { lot = 0, careful_order = 1, min = 2, max = 3, ask = 4 };

// Who may write records of a collection, judged by the author's role at the operation's own access heads and by who
// made the record, which never changes. What others write is kept and not shown.
enum class Writers : std::uint32_t { members = 0, coordinators = 1, author = 2, author_or_coordinators = 3 };

// The key is the word that files, commands, JSON and columns use; labels are only shown.
struct Words {
  std::string key;
  std::string nl, en;
  bool operator==(const Words&) const = default;
};

struct FieldDefinition {
  SchemaName name;
  std::uint32_t collection = 0;  // local number of its collection
  std::uint32_t local = 0;       // how this store numbers it; the number itself in the first schema
  Words words;
  ValueType type = ValueType::text;
  MergeType merge = MergeType::one;
  PickRule pick = PickRule::lot;
  std::vector<std::uint32_t> order;  // with careful_order: the careful choice first
  CircleNumber circle = CircleNumber::open;
  // Its value speaks of a person, so that it is a personal part: of the one in this field of the record (by its local
  // number), or with 0 of the record itself, which then is a principal's.
  std::optional<std::uint32_t> about;
  std::vector<Words> choices;    // of a choice; its number is its place
  std::optional<SchemaName> of;  // of a record: the collection it points to
  bool operator==(const FieldDefinition&) const = default;
};

struct CollectionDefinition {
  SchemaName name;
  std::uint32_t local = 0;
  Words words;
  CircleNumber home = CircleNumber::open;
  Writers writers = Writers::members;
  std::optional<std::uint32_t> title;  // local number of the field that names a record
  std::vector<FieldDefinition> fields;
  std::vector<Keep> keeps;  // ascending, each once

  [[nodiscard]] bool is_first() const { return !name.act; }
  [[nodiscard]] const FieldDefinition* find(std::uint32_t local_field) const;
  // By key; the first one when two acts added fields of one key.
  [[nodiscard]] const FieldDefinition* find(std::string_view key) const;
  [[nodiscard]] const FieldDefinition* find(const SchemaName& field) const;
  // Whether a term can count from the day in this field of the collection: whoever reads the record reads it too.
  [[nodiscard]] bool may_keep_after(const FieldDefinition& field) const {
    return field.type == ValueType::date && field.merge == MergeType::one && field.circle == home;
  }
  bool operator==(const CollectionDefinition&) const = default;
};

class Schema {
 public:
  // The community application's own. Built once; a broken file is a broken promise of ours.
  [[nodiscard]] static const Schema& first();

  [[nodiscard]] std::span<const CollectionDefinition> collections() const { return collections_; }
  [[nodiscard]] const CollectionDefinition* find(std::uint32_t local) const;
  [[nodiscard]] const CollectionDefinition* find(const SchemaName& name) const;
  // Every collection of that key: two people may have added one each, apart.
  [[nodiscard]] std::vector<const CollectionDefinition*> find(std::string_view key) const;
  [[nodiscard]] const FieldDefinition* field(std::uint32_t collection, std::uint32_t local) const;

  void add(CollectionDefinition collection) { collections_.push_back(std::move(collection)); }
  // Adds a field to a collection that is here; false when it is not.
  bool add(std::uint32_t collection, FieldDefinition field);
  // Adds how long records of a collection are kept, beside all that is there. False, and nothing changes, when there is
  // no such collection, or no such field in it that a term can count from.
  bool add(const SchemaName& collection, const Keep& keep);

 private:
  std::vector<CollectionDefinition> collections_;
};

// Bounds of one schema act (FORMAT.md 14.5) and of words.
constexpr std::size_t kMaxCollectionsAdded = 32;
constexpr std::size_t kMaxFieldsAdded = 64;  // of one collection
constexpr std::size_t kMaxFieldChoices = 64;
constexpr std::size_t kMaxKeepsAdded = 32;
constexpr std::size_t kMaxKeyBytes = 40;
constexpr std::size_t kMaxLabelBytes = 120;

}  // namespace kiem
