#include "core/schema/schema_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/cbor.hpp"
#include "core/schema/refused_words.hpp"

namespace kiem {
namespace {

template <class Value>
using Choices = std::span<const std::pair<std::string_view, Value>>;

constexpr std::array<std::pair<std::string_view, ValueType>, 8> kTypes{{{"text", ValueType::text},
                                                                        {"integer", ValueType::integer},
                                                                        {"date", ValueType::date},
                                                                        {"time", ValueType::time},
                                                                        {"length", ValueType::length},
                                                                        {"choice", ValueType::choice},
                                                                        {"person", ValueType::principal},
                                                                        {"record", ValueType::record}}};
constexpr std::array<std::pair<std::string_view, MergeType>, 5> kMerges{{{"one", MergeType::one},
                                                                         {"set", MergeType::set},
                                                                         {"tally", MergeType::tally},
                                                                         {"list", MergeType::list},
                                                                         {"text", MergeType::text}}};
constexpr std::array<std::pair<std::string_view, PickRule>, 4> kPicks{
    {{"lot", PickRule::lot}, {"min", PickRule::min}, {"max", PickRule::max}, {"ask", PickRule::ask}}};
constexpr std::array<std::pair<std::string_view, CircleNumber>, 4> kHomes{{{"open", CircleNumber::open},
                                                                           {"members", CircleNumber::members},
                                                                           {"coordinators", CircleNumber::coordinators},
                                                                           {"partners", CircleNumber::partners}}};
constexpr std::array<std::pair<std::string_view, Writers>, 4> kWriters{
    {{"members", Writers::members},
     {"coordinators", Writers::coordinators},
     {"author", Writers::author},
     {"author-or-coordinators", Writers::author_or_coordinators}}};

std::uint32_t line_of(const toml::source_region& source) { return source.begin.line; }

tl::unexpected<Error> invalid(std::uint32_t line, std::string_view word, std::string_view reason) {
  return fail(ErrorCode::schema_invalid, Fault::person, {std::to_string(line), std::string(word), std::string(reason)});
}

// The beginning of what somebody wrote, for showing; never half a letter.
std::string_view beginning(std::string_view text) {
  if (text.size() <= kMaxKeyBytes) return text;
  std::size_t end = kMaxKeyBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

bool is_key(std::string_view text) {
  const auto is_small = [](char each) { return each >= 'a' && each <= 'z'; };
  return !text.empty() && text.size() <= kMaxKeyBytes && is_small(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char each) { return is_small(each) || (each >= '0' && each <= '9') || each == '_'; });
}

// One table of the file: its words are taken one by one, and what is left over is told as unknown.
class Table {
 public:
  explicit Table(const toml::table& table) : table_(table) {}

  [[nodiscard]] std::uint32_t line() const { return line_of(table_.source()); }
  [[nodiscard]] const toml::node* take(std::string_view word) {
    taken_.push_back(word);
    return table_.get(word);
  }
  [[nodiscard]] Result<std::string> text(std::string_view word) {
    const toml::node* node = take(word);
    if (node == nullptr) return std::string{};
    const auto value = node->value_exact<std::string>();
    if (!value) return invalid(line_of(node->source()), word, "text_expected");
    return *value;
  }
  [[nodiscard]] Result<std::string> required(std::string_view word) {
    KIEM_TRY_GET(std::string value, text(word));
    if (value.empty()) return invalid(line(), word, "missing");
    return value;
  }
  template <class Value>
  [[nodiscard]] Result<Value> one_of(std::string_view word, Choices<Value> choices, Value otherwise) {
    KIEM_TRY_GET(const std::string value, text(word));
    if (value.empty()) return otherwise;
    for (const auto& [name, choice] : choices) {
      if (name == value) return choice;
    }
    return invalid(line_of(*this, word), value, "not_one_of");
  }
  // The tables of an array; none when it is absent.
  [[nodiscard]] Result<std::vector<const toml::table*>> tables(std::string_view word) {
    std::vector<const toml::table*> all;
    const toml::node* node = take(word);
    if (node == nullptr) return all;
    const toml::array* array = node->as_array();
    if (array == nullptr) return invalid(line_of(node->source()), word, "list_expected");
    for (const auto& each : *array) {
      if (each.as_table() == nullptr) return invalid(line_of(each.source()), word, "list_expected");
      all.push_back(each.as_table());
    }
    return all;
  }
  // After all that is known was taken.
  [[nodiscard]] Status nothing_else() const {
    for (const auto& [key, node] : table_) {
      if (std::find(taken_.begin(), taken_.end(), key.str()) == taken_.end()) {
        return invalid(line_of(key.source()), key.str(), "unknown_word");
      }
    }
    return {};
  }

 private:
  [[nodiscard]] static std::uint32_t line_of(const Table& table, std::string_view word) {
    const toml::node* node = table.table_.get(word);
    return node == nullptr ? table.line() : kiem::line_of(node->source());
  }
  [[nodiscard]] static std::uint32_t line_of(const toml::source_region& source) { return kiem::line_of(source); }

  const toml::table& table_;
  std::vector<std::string_view> taken_;
};

Status check_label(std::uint32_t line, const std::string& label) {
  if (label.size() > kMaxLabelBytes) return invalid(line, beginning(label), "too_long");
  const bool plain = std::none_of(label.begin(), label.end(), [](char each) {
    return static_cast<unsigned char>(each) < 0x20 || static_cast<unsigned char>(each) == 0x7F;
  });
  if (!plain || !is_utf8(label)) return invalid(line, "label", "text_expected");
  if (const auto reason = refused_word(label)) return invalid(line, label, *reason);
  return {};
}

Status check_words(std::uint32_t line, const Words& words) {
  if (!is_key(words.key)) return invalid(line, beginning(words.key), "bad_key");
  if (const auto reason = refused_word(words.key)) return invalid(line, words.key, *reason);
  KIEM_TRY(check_label(line, words.nl));
  return check_label(line, words.en);
}

Status read_labels(Table& table, Words& words) {
  KIEM_TRY_GET(words.nl, table.text("nl"));
  KIEM_TRY_GET(words.en, table.text("en"));
  return {};
}

// key and label = { nl, en }; a label that is absent is the key, and one language stands in for the other.
Result<Words> read_words(Table& table) {
  Words words;
  KIEM_TRY_GET(words.key, table.required("key"));
  if (const toml::node* node = table.take("label")) {
    if (node->as_table() == nullptr) return invalid(line_of(node->source()), "label", "text_expected");
    Table labels(*node->as_table());
    KIEM_TRY(read_labels(labels, words));
    KIEM_TRY(labels.nothing_else());
  }
  if (words.nl.empty()) words.nl = words.en.empty() ? words.key : words.en;
  if (words.en.empty()) words.en = words.nl;
  KIEM_TRY(check_words(table.line(), words));
  return words;
}

Status read_choices(Table& table, FieldDefinition& field) {
  KIEM_TRY_GET(const auto choices, table.tables("choices"));
  if (choices.size() > kMaxFieldChoices) return invalid(table.line(), "choices", "too_many");
  for (const toml::table* each : choices) {
    Table choice(*each);
    Words words;
    KIEM_TRY_GET(words.key, choice.required("key"));
    KIEM_TRY(read_labels(choice, words));
    if (words.nl.empty()) words.nl = words.en.empty() ? words.key : words.en;
    if (words.en.empty()) words.en = words.nl;
    KIEM_TRY(check_words(choice.line(), words));
    KIEM_TRY(choice.nothing_else());
    const bool known = std::any_of(field.choices.begin(), field.choices.end(),
                                   [&](const Words& other) { return other.key == words.key; });
    if (known) return invalid(choice.line(), words.key, "repeated");
    field.choices.push_back(std::move(words));
  }
  if ((field.type == ValueType::choice) != !field.choices.empty()) {
    return invalid(table.line(), "choices", field.choices.empty() ? "missing" : "not_together");
  }
  return {};
}

// careful = [...]: all choices, the careful one first.
Status read_order(Table& table, FieldDefinition& field) {
  const toml::node* node = table.take("careful");
  if (node == nullptr) return {};
  const toml::array* array = node->as_array();
  const std::uint32_t line = line_of(node->source());
  if (array == nullptr) return invalid(line, "careful", "list_expected");
  if (field.pick != PickRule::lot || field.merge != MergeType::one) return invalid(line, "careful", "not_together");
  for (const auto& each : *array) {
    const auto key = each.value_exact<std::string>();
    if (!key) return invalid(line_of(each.source()), "careful", "text_expected");
    const auto found =
        std::find_if(field.choices.begin(), field.choices.end(), [&](const Words& words) { return words.key == *key; });
    if (found == field.choices.end()) return invalid(line_of(each.source()), *key, "not_one_of");
    const auto number = static_cast<std::uint32_t>(found - field.choices.begin());
    if (std::find(field.order.begin(), field.order.end(), number) != field.order.end()) {
      return invalid(line_of(each.source()), *key, "repeated");
    }
    field.order.push_back(number);
  }
  if (field.order.size() != field.choices.size()) return invalid(line, "careful", "missing");
  field.pick = PickRule::careful_order;
  return {};
}

bool goes_with(ValueType type, MergeType merge) {
  switch (merge) {
    case MergeType::one:
      return true;
    case MergeType::set:
    case MergeType::list:
      return type == ValueType::text || type == ValueType::choice || type == ValueType::principal ||
             type == ValueType::record || type == ValueType::date;
    case MergeType::tally:
      return type == ValueType::integer || type == ValueType::length;
    case MergeType::text:
      return type == ValueType::text;
  }
  return false;
}

bool goes_with(ValueType type, PickRule pick) {
  if (pick != PickRule::min && pick != PickRule::max) return true;
  return type == ValueType::integer || type == ValueType::date || type == ValueType::time || type == ValueType::length;
}

// A field may lie in its collection's home circle, or in a narrower one whose readers all read that.
bool may_lie_in(CircleNumber home, CircleNumber circle) { return circle == home || home == CircleNumber::open; }

Status read_about(Table& table, FieldWish& wish) {
  KIEM_TRY_GET(wish.about, table.text("about"));
  KIEM_TRY_GET(const std::string why, table.text("why"));
  if (wish.about.empty()) return {};
  // What speaks of a person may go when that person asks for it. That it is readable at all wants a reason.
  if (why.empty()) return invalid(wish.line, "why", "missing");
  if (wish.field.circle == CircleNumber::open) return invalid(wish.line, "about", "wider_circle");
  return {};
}

Result<std::optional<std::uint32_t>> read_number(Table& table, bool first) {
  const toml::node* node = table.take("number");
  if (!first) {
    if (node != nullptr) return invalid(line_of(node->source()), "number", "reserved");
    return std::optional<std::uint32_t>{};
  }
  const auto number = node == nullptr ? std::nullopt : node->value_exact<std::int64_t>();
  if (!number || *number < 1 || *number > 0xFFFF) return invalid(table.line(), "number", "missing");
  return std::optional(static_cast<std::uint32_t>(*number));
}

constexpr std::array<std::pair<std::string_view, ValueType>, 9> kTypesOfFirst{{kTypes[0],
                                                                               kTypes[1],
                                                                               kTypes[2],
                                                                               kTypes[3],
                                                                               kTypes[4],
                                                                               kTypes[5],
                                                                               kTypes[6],
                                                                               kTypes[7],
                                                                               {"device", ValueType::device}}};

Result<FieldWish> read_field(const toml::table& from, CircleNumber home, bool first) {
  Table table(from);
  FieldWish wish;
  FieldDefinition& field = wish.field;
  wish.line = table.line();
  KIEM_TRY_GET(const auto number, read_number(table, first));
  field.name.number = number.value_or(0);
  field.local = field.name.number;
  KIEM_TRY_GET(field.words, read_words(table));
  KIEM_TRY(table.required("type"));
  if (first) {
    KIEM_TRY_GET(field.type, table.one_of<ValueType>("type", kTypesOfFirst, ValueType::text));
  } else {
    KIEM_TRY_GET(field.type, table.one_of<ValueType>("type", kTypes, ValueType::text));
  }
  KIEM_TRY_GET(field.merge, table.one_of<MergeType>("merge", kMerges, MergeType::one));
  KIEM_TRY_GET(field.pick, table.one_of<PickRule>("pick", kPicks, PickRule::lot));
  KIEM_TRY_GET(field.circle, table.one_of<CircleNumber>("circle", kHomes, home));
  KIEM_TRY_GET(wish.of, table.text("of"));
  KIEM_TRY(read_choices(table, field));
  KIEM_TRY(read_order(table, field));
  KIEM_TRY(read_about(table, wish));
  KIEM_TRY(table.nothing_else());
  if (!goes_with(field.type, field.merge)) return invalid(wish.line, "merge", "not_together");
  if (!goes_with(field.type, field.pick)) return invalid(wish.line, "pick", "not_together");
  if (field.merge != MergeType::one && field.pick != PickRule::lot) return invalid(wish.line, "pick", "not_together");
  if (!may_lie_in(home, field.circle)) return invalid(wish.line, "circle", "wider_circle");
  if ((field.type == ValueType::record) != !wish.of.empty()) {
    return invalid(wish.line, "of", wish.of.empty() ? "missing" : "not_together");
  }
  return wish;
}

Status check_keys(const CollectionWish& wish) {
  for (std::size_t i = 0; i < wish.fields.size(); ++i) {
    const auto& field = wish.fields[i];
    for (std::size_t j = 0; j < i; ++j) {
      if (wish.fields[j].field.words.key == field.field.words.key) {
        return invalid(field.line, field.field.words.key, "repeated");
      }
    }
    if (field.about.empty() || field.about == "self") continue;
    const auto person = std::find_if(wish.fields.begin(), wish.fields.end(),
                                     [&](const FieldWish& other) { return other.field.words.key == field.about; });
    const bool fits = person != wish.fields.end() && person->field.type == ValueType::principal &&
                      person->field.merge == MergeType::one;
    if (!fits) return invalid(field.line, field.about, "not_one_of");
  }
  return {};
}

// One of days, months and years.
Result<Term> read_term(Table& table) {
  std::optional<Term> term;
  for (std::size_t unit = 0; unit < kTermWords.size(); ++unit) {
    const toml::node* node = table.take(kTermWords[unit]);
    if (node == nullptr) continue;
    const std::uint32_t line = line_of(node->source());
    if (term) return invalid(line, kTermWords[unit], "one_term");
    const auto count = node->value_exact<std::int64_t>();
    if (!count || *count < 1 || *count > kLongestTerm[unit]) return invalid(line, kTermWords[unit], "term_bounds");
    term = {static_cast<TermUnit>(unit), static_cast<std::uint32_t>(*count)};
  }
  if (!term) return invalid(table.line(), "keep", "one_term");
  return *term;
}

// keep = { after, days }: how long records are kept. Which field `after` names is looked up with what is here already.
Status read_keep(Table& from, CollectionWish& wish) {
  const toml::node* node = from.take("keep");
  if (node == nullptr) return {};
  if (node->as_table() == nullptr) return invalid(line_of(node->source()), "keep", "one_term");
  Table table(*node->as_table());
  KeepWish keep;
  keep.line = table.line();
  KIEM_TRY_GET(keep.after, table.required("after"));
  KIEM_TRY_GET(keep.term, read_term(table));
  KIEM_TRY(table.nothing_else());
  if (keep.after != kLastWrite && !is_key(keep.after)) return invalid(keep.line, beginning(keep.after), "term_date");
  wish.keep = std::move(keep);
  return {};
}

Result<CollectionWish> read_collection(const toml::table& from, bool extends, bool first) {
  Table table(from);
  CollectionWish wish;
  wish.extends = extends;
  wish.line = table.line();
  if (extends) {
    KIEM_TRY_GET(wish.collection.words.key, table.required("key"));
    KIEM_TRY_GET(wish.collection.home, table.one_of<CircleNumber>("home", kHomes, CircleNumber::open));
  } else {
    KIEM_TRY_GET(const auto number, read_number(table, first));
    wish.collection.name.number = number.value_or(0);
    wish.collection.local = wish.collection.name.number;
    KIEM_TRY_GET(wish.collection.words, read_words(table));
    KIEM_TRY_GET(wish.collection.home, table.one_of<CircleNumber>("home", kHomes, CircleNumber::open));
    KIEM_TRY_GET(wish.collection.writers, table.one_of<Writers>("writers", kWriters, Writers::members));
    KIEM_TRY_GET(wish.title, table.required("title"));
  }
  KIEM_TRY_GET(const auto fields, table.tables("field"));
  // The first schema's records are kept until an initiative says otherwise.
  if (!first) KIEM_TRY(read_keep(table, wish));
  KIEM_TRY(table.nothing_else());
  if (fields.empty() && !(extends && wish.keep)) return invalid(wish.line, "field", "missing");
  if (fields.size() > kMaxFieldsAdded) return invalid(wish.line, "field", "too_many");
  for (const toml::table* each : fields) {
    KIEM_TRY_GET(FieldWish field, read_field(*each, wish.collection.home, first));
    if (!first && field.about == "self") return invalid(field.line, "self", "not_one_of");
    wish.fields.push_back(std::move(field));
  }
  KIEM_TRY(check_keys(wish));
  if (extends) return wish;
  const auto title = std::find_if(wish.fields.begin(), wish.fields.end(),
                                  [&](const FieldWish& field) { return field.field.words.key == wish.title; });
  const bool fits = title != wish.fields.end() && title->field.type == ValueType::text &&
                    title->field.merge == MergeType::one && title->field.circle == wish.collection.home;
  if (!fits) return invalid(wish.line, wish.title, "title_of_text");
  return wish;
}

Result<SchemaWish> read_file(std::string_view text, bool first) {
  if (text.size() > kMaxSchemaFileBytes) {
    return fail(ErrorCode::too_large, Fault::person, {"schema", std::to_string(kMaxSchemaFileBytes)});
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    // The words at the place, for a person to look at; the library's own sentence is English and for programmers.
    const std::uint32_t line = line_of(parsed.error().source());
    std::string_view rest = text;
    for (std::uint32_t i = 1; i < line && rest.find('\n') != std::string_view::npos; ++i) {
      rest.remove_prefix(rest.find('\n') + 1);
    }
    const std::string_view whole = rest.substr(0, rest.find('\n'));
    return invalid(line, is_utf8(whole) ? beginning(whole) : std::string_view(), "syntax");
  }
  Table top(parsed.table());
  SchemaWish wish;
  for (const bool extends : {false, true}) {
    KIEM_TRY_GET(const auto tables, top.tables(extends ? "extend" : "collection"));
    for (const toml::table* each : tables) {
      KIEM_TRY_GET(CollectionWish collection, read_collection(*each, extends, first));
      const auto same = std::find_if(
          wish.collections.begin(), wish.collections.end(),
          [&](const CollectionWish& other) { return other.collection.words.key == collection.collection.words.key; });
      if (same != wish.collections.end()) {
        return invalid(collection.line, collection.collection.words.key, "repeated");
      }
      wish.collections.push_back(std::move(collection));
    }
  }
  KIEM_TRY(top.nothing_else());
  if (wish.collections.empty()) return invalid(1, "collection", "missing");
  if (wish.collections.size() > kMaxCollectionsAdded) return invalid(1, "collection", "too_many");
  return wish;
}

}  // namespace

Result<SchemaWish> read_schema_file(std::string_view text) { return read_file(text, false); }

Result<Schema> read_first_schema(std::string_view text) {
  KIEM_TRY_GET(auto wish, read_file(text, true));
  Schema schema;
  for (auto& each : wish.collections) {
    CollectionDefinition& collection = each.collection;
    for (auto& field : each.fields) {
      field.field.collection = collection.local;
      if (field.about == "self") field.field.about = 0;
      if (!field.of.empty()) {
        const auto of =
            std::find_if(wish.collections.begin(), wish.collections.end(),
                         [&](const CollectionWish& other) { return other.collection.words.key == field.of; });
        if (of == wish.collections.end()) return invalid(field.line, field.of, "unknown_collection");
        field.field.of = SchemaName{std::nullopt, of->collection.local};
      }
      if (field.field.words.key == each.title) collection.title = field.field.local;
      collection.fields.push_back(std::move(field.field));
    }
    schema.add(std::move(collection));
  }
  return schema;
}

}  // namespace kiem
