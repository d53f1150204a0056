#include "core/schema/schema_act.hpp"

#include <algorithm>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"

namespace kiem {
namespace {

// --- from a file to what is new --------------------------------------------------------------------------------------

tl::unexpected<Error> invalid(std::uint32_t line, std::string_view word, std::string_view reason) {
  return fail(ErrorCode::schema_invalid, Fault::person, {std::to_string(line), std::string(word), std::string(reason)});
}

// Labels may be told anew without effect; all that decides anything must be as it was.
bool is_same(const FieldDefinition& known, const FieldDefinition& wished) {
  const auto same_choice = [](const Words& a, const Words& b) { return a.key == b.key; };
  return known.type == wished.type && known.merge == wished.merge && known.pick == wished.pick &&
         known.order == wished.order && known.circle == wished.circle &&
         std::equal(known.choices.begin(), known.choices.end(), wished.choices.begin(), wished.choices.end(),
                    same_choice);
}

// The collection of that key; refused when two people added one of one key, since a word would not tell which.
Result<const CollectionDefinition*> known_as(const Schema& known, const std::string& key, std::uint32_t line) {
  const auto found = known.find(key);
  if (found.size() > 1) return invalid(line, key, "ambiguous");
  return found.empty() ? nullptr : found.front();
}

class Adding {
 public:
  Adding(const SchemaWish& wish, const Schema& known) : wish_(wish), known_(known) {}

  Result<SchemaAddition> run() {
    for (const auto& wish : wish_.collections) KIEM_TRY(add(wish));
    for (const auto& [field, wish] : pointing_) {
      KIEM_TRY_GET(at(field).of, collection_of(*wish));
    }
    return std::move(addition_);
  }

 private:
  struct Place {
    std::size_t collection, field;
  };
  FieldDefinition& at(const Place& place) { return addition_[place.collection].collection.fields[place.field]; }

  Status add(const CollectionWish& wish) {
    const std::string& key = wish.collection.words.key;
    KIEM_TRY_GET(const CollectionDefinition* known, known_as(known_, key, wish.line));
    if (known == nullptr && wish.extends) return invalid(wish.line, key, "unknown_collection");
    CollectionAddition added;
    if (known != nullptr) {
      const bool same =
          known->home == wish.collection.home && (wish.extends || known->writers == wish.collection.writers);
      if (!same) return invalid(wish.line, key, "only_adds");
      added.extends = known->name;
      added.collection.home = known->home;
    } else {
      added.collection = wish.collection;
      added.collection.fields.clear();
      added.collection.name = {OpId{}, next_++};
    }
    for (const auto& field : wish.fields) KIEM_TRY(add(field, known, added));
    if (wish.keep) KIEM_TRY(add(*wish.keep, known, added));
    if (added.extends && added.collection.fields.empty() && added.collection.keeps.empty()) return {};
    for (auto& field : added.collection.fields) {
      if (known == nullptr && field.words.key == wish.title) added.collection.title = field.name.number;
    }
    KIEM_TRY(point_about(wish, added));
    addition_.push_back(std::move(added));
    return {};
  }

  Status add(const FieldWish& wish, const CollectionDefinition* known, CollectionAddition& added) {
    const FieldDefinition* same = known == nullptr ? nullptr : known->find(wish.field.words.key);
    if (same != nullptr) {
      return is_same(*same, wish.field) ? Status{} : invalid(wish.line, wish.field.words.key, "only_adds");
    }
    FieldDefinition field = wish.field;
    field.name = {OpId{}, next_++};
    added.collection.fields.push_back(std::move(field));
    if (!wish.of.empty()) pointing_.push_back({{addition_.size(), added.collection.fields.size() - 1}, &wish});
    return {};
  }

  static Status add(const KeepWish& wish, const CollectionDefinition* known, CollectionAddition& added) {
    Keep keep{std::nullopt, wish.term};
    if (wish.after != kLastWrite) {
      const FieldDefinition* field = added.collection.find(wish.after);
      if (field == nullptr && known != nullptr) field = known->find(wish.after);
      if (field == nullptr || !added.collection.may_keep_after(*field)) {
        return invalid(wish.line, wish.after, "term_date");
      }
      keep.after = field->name;
    }
    if (known != nullptr) {
      if (std::find(known->keeps.begin(), known->keeps.end(), keep) != known->keeps.end()) return {};
      // It would never be the one that counts, and whoever wrote it thinks that it does.
      const bool in_vain = std::any_of(known->keeps.begin(), known->keeps.end(), [&](const Keep& each) {
        return each.after == keep.after && ends_by(keep.term, each.term);
      });
      if (in_vain) return invalid(wish.line, kTermWords[static_cast<std::size_t>(keep.term.unit)], "only_shorter");
    }
    added.collection.keeps.push_back(keep);
    return {};
  }

  static Status point_about(const CollectionWish& wish, CollectionAddition& added) {
    for (const auto& from : wish.fields) {
      if (from.about.empty()) continue;
      auto& fields = added.collection.fields;
      const auto named = [&](const std::string& key) {
        return std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.words.key == key; });
      };
      const auto field = named(from.field.words.key);
      if (field == fields.end()) continue;  // it was here already
      const auto person = named(from.about);
      if (person == fields.end()) return invalid(from.line, from.about, "not_one_of");
      field->about = person->name.number;
    }
    return {};
  }

  Result<SchemaName> collection_of(const FieldWish& wish) {
    for (const auto& added : addition_) {
      if (!added.extends && added.collection.words.key == wish.of) return added.collection.name;
    }
    KIEM_TRY_GET(const CollectionDefinition* known, known_as(known_, wish.of, wish.line));
    if (known == nullptr) return invalid(wish.line, wish.of, "unknown_collection");
    return known->name;
  }

  const SchemaWish& wish_;
  const Schema& known_;
  SchemaAddition addition_;
  std::uint32_t next_ = 0;
  std::vector<std::pair<Place, const FieldWish*>> pointing_;
};

// --- bytes -----------------------------------------------------------------------------------------------------------

void put(CborWriter& out, const SchemaName& name) {
  if (!name.act) return out.unsigned_integer(name.number);
  out.array(2);
  // Zeros: the very act that this stands in, whose id is made of these bytes.
  out.bytes(view(*name.act));
  out.unsigned_integer(name.number);
}

Result<SchemaName> get_name(CborReader& in, const OpId& self) {
  KIEM_TRY_GET(const CborType type, in.peek());
  SchemaName name;
  if (type == CborType::array) {
    KIEM_TRY(in.array(2, 2));
    KIEM_TRY_GET(const OpId act, in.id<OpId>());
    name.act = act.is_zero() ? self : act;
  }
  KIEM_TRY_GET(const std::uint64_t number, in.unsigned_integer(UINT32_MAX));
  name.number = static_cast<std::uint32_t>(number);
  return name;
}

template <class Value>
void put_optional(CborWriter& out, const std::optional<Value>& value) {
  if (!value) return out.null();
  if constexpr (std::is_same_v<Value, SchemaName>) {
    put(out, *value);
  } else {
    out.unsigned_integer(*value);
  }
}

Result<bool> takes_null(CborReader& in) {
  KIEM_TRY_GET(const CborType type, in.peek());
  if (type != CborType::null) return false;
  KIEM_TRY(in.null());
  return true;
}

Result<std::optional<std::uint32_t>> get_optional(CborReader& in) {
  KIEM_TRY_GET(const bool none, takes_null(in));
  if (none) return std::optional<std::uint32_t>{};
  KIEM_TRY_GET(const std::uint64_t number, in.unsigned_integer(UINT32_MAX));
  return std::optional(static_cast<std::uint32_t>(number));
}

template <class Number>
Result<std::uint32_t> get_number(CborReader& in, Number& into) {
  KIEM_TRY_GET(const std::uint64_t number, in.unsigned_integer(UINT32_MAX));
  into = static_cast<Number>(number);
  return static_cast<std::uint32_t>(number);
}

void put_line(std::string& words, const Words& each) {
  for (const auto* text : {&each.key, &each.nl, &each.en}) {
    KIEM_CHECK(text->find('\n') == std::string::npos);
    words += *text + "\n";
  }
}

// Ascending by their bytes, so that what is said has one form.
Bytes encode_keeps(const SchemaAddition& addition) {
  std::vector<Bytes> items;
  for (const auto& added : addition) {
    for (const Keep& keep : added.collection.keeps) {
      CborWriter item;
      item.array(4);
      put(item, added.extends ? *added.extends : added.collection.name);
      put_optional(item, keep.after);
      item.unsigned_integer(static_cast<std::uint32_t>(keep.term.unit));
      item.unsigned_integer(keep.term.count);
      items.push_back(item.take());
    }
  }
  if (items.empty()) return {};
  KIEM_CHECK(items.size() <= kMaxKeepsAdded);
  std::sort(items.begin(), items.end());
  CborWriter out;
  out.array(items.size());
  for (const Bytes& item : items) out.raw(item);
  return out.take();
}

// The lines of the words, in their order; every one of them empty once they run out.
class Lines {
 public:
  explicit Lines(const std::optional<std::string>& words) : rest_(words ? std::string_view(*words) : "") {}

  Words take(char kind, std::uint32_t number) {
    Words words;
    words.key = line(kMaxKeyBytes);
    words.nl = line(kMaxLabelBytes);
    words.en = line(kMaxLabelBytes);
    if (words.key.empty()) words.key = kind + std::to_string(number);
    if (words.nl.empty()) words.nl = words.key;
    if (words.en.empty()) words.en = words.key;
    return words;
  }

 private:
  std::string line(std::size_t max) {
    const std::size_t end = rest_.find('\n');
    const std::string_view text = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    // A longer one is no word of an honest device; whole or not at all, since a cut could split a letter.
    return text.size() <= max ? std::string(text) : std::string();
  }
  std::string_view rest_;
};

void put(CborWriter& out, const FieldDefinition& field) {
  out.array(8);
  out.unsigned_integer(static_cast<std::uint32_t>(field.type));
  out.unsigned_integer(static_cast<std::uint32_t>(field.merge));
  out.unsigned_integer(static_cast<std::uint32_t>(field.pick));
  out.array(field.order.size());
  for (const auto choice : field.order) out.unsigned_integer(choice);
  out.unsigned_integer(static_cast<std::uint32_t>(field.circle));
  put_optional(out, field.about);
  out.unsigned_integer(field.choices.size());
  put_optional(out, field.of);
}

// Whether this version knows what every number stands for.
struct Known {
  bool all = true;
  void at_most(std::uint32_t number, std::uint32_t last) { all = all && number <= last; }
};

bool is_known_type(std::uint32_t type) {
  switch (static_cast<ValueType>(type)) {
    case ValueType::text:
    case ValueType::integer:
    case ValueType::date:
    case ValueType::time:
    case ValueType::length:
    case ValueType::choice:
    case ValueType::principal:
    case ValueType::record:
    case ValueType::device:
      return true;
  }
  return false;
}

Result<FieldDefinition> get_field(CborReader& in, const OpId& act, std::uint32_t number, Lines& lines,
                                  bool& known_all) {
  KIEM_TRY(in.array(8, 8));
  FieldDefinition field;
  Known known;
  field.name = {act, number};
  KIEM_TRY_GET(const std::uint32_t type, get_number(in, field.type));
  known.all = is_known_type(type);
  KIEM_TRY_GET(const std::uint32_t merge, get_number(in, field.merge));
  known.at_most(merge, static_cast<std::uint32_t>(MergeType::text));
  KIEM_TRY_GET(const std::uint32_t pick, get_number(in, field.pick));
  known.at_most(pick, static_cast<std::uint32_t>(PickRule::ask));
  KIEM_TRY_GET(const std::size_t orders, in.array(0, kMaxFieldChoices));
  for (std::size_t i = 0; i < orders; ++i) KIEM_TRY(get_number(in, field.order.emplace_back()));
  KIEM_TRY_GET(const std::uint32_t circle, get_number(in, field.circle));
  known.at_most(circle, kCircles - 1);
  KIEM_TRY_GET(field.about, get_optional(in));
  KIEM_TRY_GET(const std::uint64_t choices, in.unsigned_integer(kMaxFieldChoices));
  KIEM_TRY_GET(const bool no_target, takes_null(in));
  if (!no_target) {
    KIEM_TRY_GET(field.of, get_name(in, act));
  }
  field.words = lines.take('f', number);
  for (std::uint32_t i = 0; i < choices; ++i) field.choices.push_back(lines.take('k', i));
  known_all = known.all;
  return field;
}

}  // namespace

Result<SchemaAddition> new_in(const SchemaWish& wish, const Schema& known) { return Adding(wish, known).run(); }

EncodedAddition encode(const SchemaAddition& addition) {
  KIEM_CHECK(!addition.empty() && addition.size() <= kMaxCollectionsAdded);
  EncodedAddition encoded;
  CborWriter out;
  out.array(addition.size());
  for (const auto& added : addition) {
    const CollectionDefinition& collection = added.collection;
    KIEM_CHECK(collection.fields.size() <= kMaxFieldsAdded);
    out.array(5);
    put_optional(out, added.extends);
    out.unsigned_integer(static_cast<std::uint32_t>(collection.home));
    out.unsigned_integer(static_cast<std::uint32_t>(collection.writers));
    put_optional(out, collection.title);
    out.array(collection.fields.size());
    if (!added.extends) put_line(encoded.words, collection.words);
    for (const auto& field : collection.fields) {
      put(out, field);
      put_line(encoded.words, field.words);
      for (const auto& choice : field.choices) put_line(encoded.words, choice);
    }
  }
  encoded.structure = out.take();
  encoded.keeps = encode_keeps(addition);
  return encoded;
}

Result<SchemaAddition> decode_addition(const OpId& act, ByteView structure, const std::optional<std::string>& words) {
  CborReader in(structure);
  Lines lines(words);
  SchemaAddition addition;
  std::uint32_t next = 0;
  KIEM_TRY_GET(const std::size_t collections, in.array(1, kMaxCollectionsAdded));
  for (std::size_t i = 0; i < collections; ++i) {
    CollectionAddition added;
    CollectionDefinition& collection = added.collection;
    Known known;
    KIEM_TRY(in.array(5, 5));
    KIEM_TRY_GET(const bool is_new, takes_null(in));
    if (!is_new) {
      KIEM_TRY_GET(added.extends, get_name(in, act));
    }
    KIEM_TRY_GET(const std::uint32_t home, get_number(in, collection.home));
    known.at_most(home, kCircles - 1);
    KIEM_TRY_GET(const std::uint32_t writers, get_number(in, collection.writers));
    known.at_most(writers, static_cast<std::uint32_t>(Writers::author_or_coordinators));
    KIEM_TRY_GET(collection.title, get_optional(in));
    KIEM_TRY_GET(const std::size_t fields, in.array(0, kMaxFieldsAdded));
    if (is_new) {
      collection.name = {act, next};
      collection.words = lines.take('c', next++);
    }
    for (std::size_t field = 0; field < fields; ++field) {
      bool known_all = false;
      KIEM_TRY_GET(FieldDefinition definition, get_field(in, act, next++, lines, known_all));
      if (known_all) collection.fields.push_back(std::move(definition));
    }
    if (known.all) addition.push_back(std::move(added));
  }
  KIEM_TRY(in.finish());
  return addition;
}

Result<std::vector<CollectionKeep>> decode_keeps(const OpId& act, ByteView keeps) {
  CborReader list(keeps);
  KIEM_TRY_GET(const std::size_t count, list.array(1, kMaxKeepsAdded));
  std::vector<CollectionKeep> all;
  ByteView before;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const ByteView item, list.item());
    if (!std::lexicographical_compare(before.begin(), before.end(), item.begin(), item.end())) {
      return list.refuse("ascending items");
    }
    before = item;
    CborReader in(item);
    KIEM_TRY(in.array(4, 4));
    CollectionKeep found;
    KIEM_TRY_GET(found.collection, get_name(in, act));
    KIEM_TRY_GET(const bool after_write, takes_null(in));
    if (!after_write) {
      KIEM_TRY_GET(found.keep.after, get_name(in, act));
    }
    KIEM_TRY_GET(const std::uint32_t unit, get_number(in, found.keep.term.unit));
    const bool is_known = unit < kLongestTerm.size();
    KIEM_TRY_GET(const std::uint64_t term, in.unsigned_integer(is_known ? kLongestTerm[unit] : UINT32_MAX));
    if (term == 0) return in.refuse("a term");
    found.keep.term.count = static_cast<std::uint32_t>(term);
    if (is_known) all.push_back(found);
  }
  KIEM_TRY(list.finish());
  return all;
}

}  // namespace kiem
