// Schema files: what they give, and where and why they are refused.
#include "core/schema/schema_file.hpp"

#include <doctest/doctest.h>

#include "core/schema/first.hpp"

using namespace kiem;

namespace {

constexpr std::string_view kTools = R"([[collection]]
key = "gereedschap"
label = { nl = "Gereedschap", en = "Tools" }
title = "naam"
field = [
  { key = "naam", label = { nl = "Naam", en = "Name" }, type = "text" },
  { key = "stuks", type = "integer", pick = "min" },
  { key = "staat", type = "choice", choices = [
      { key = "goed", nl = "goed", en = "good" },
      { key = "stuk", nl = "stuk", en = "broken" },
    ], careful = ["stuk", "goed"] },
]

[[collection]]
key = "uitlening"
home = "members"
writers = "author-or-coordinators"
title = "omschrijving"

[[collection.field]]
key = "omschrijving"
type = "text"

[[collection.field]]
key = "wat"
type = "record"
of = "gereedschap"

[[collection.field]]
key = "wie"
type = "person"

[[collection.field]]
key = "afspraak"
type = "text"
about = "wie"
why = "Wie uitleent, moet weten wat er is afgesproken."

[[extend]]
key = "task"

[[extend.field]]
key = "nodig"
type = "record"
of = "gereedschap"
merge = "set"
)";

struct Refusal {
  std::string line, word, reason;
  bool operator==(const Refusal&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.line << " " << refusal.word << " " << refusal.reason;
}

Refusal refusal_of(std::string_view text) {
  const auto read = read_schema_file(text);
  REQUIRE_FALSE(read);
  REQUIRE(read.error().code == ErrorCode::schema_invalid);
  REQUIRE(read.error().args.size() == 3);
  return {read.error().args[0], read.error().args[1], read.error().args[2]};
}

// The shortest good file, with one field written as told.
Refusal refusal_of_field(std::string_view field) {
  return refusal_of("[[collection]]\nkey = \"a\"\ntitle = \"naam\"\nfield = [ { key = \"naam\", type = \"text\" },\n" +
                    std::string(field) + "]\n");
}

}  // namespace

TEST_CASE("a schema file gives collections, fields and choices in their order") {
  const auto wish = read_schema_file(kTools);
  REQUIRE(wish);
  REQUIRE(wish->collections.size() == 3);
  const auto& tools = wish->collections[0];
  CHECK(tools.collection.words == Words{"gereedschap", "Gereedschap", "Tools"});
  CHECK(tools.collection.home == CircleNumber::open);
  CHECK(tools.title == "naam");
  REQUIRE(tools.fields.size() == 3);
  CHECK(tools.fields[1].field.words == Words{"stuks", "stuks", "stuks"});
  CHECK(tools.fields[1].field.pick == PickRule::min);
  CHECK(tools.fields[2].field.pick == PickRule::careful_order);
  CHECK(tools.fields[2].field.order == std::vector<std::uint32_t>{1, 0});
  CHECK(tools.fields[2].line == 8);
  const auto& loans = wish->collections[1];
  CHECK(loans.collection.writers == Writers::author_or_coordinators);
  CHECK(loans.fields[0].field.circle == CircleNumber::members);
  CHECK(loans.fields[1].of == "gereedschap");
  CHECK(loans.fields[3].about == "wie");
  CHECK(wish->collections[2].extends);
  CHECK(wish->collections[2].fields[0].field.merge == MergeType::set);
}

TEST_CASE("a file is refused at the line and word that is wrong") {
  CHECK(refusal_of("") == Refusal{"1", "collection", "missing"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\nfield = []") == Refusal{"2", "key = \"a", "syntax"});
  CHECK(refusal_of("[[collectie]]\nkey = \"a\"") == Refusal{"1", "collectie", "unknown_word"});
  CHECK(refusal_of("[[collection]]\ntitle = \"naam\"") == Refusal{"1", "key", "missing"});
  CHECK(refusal_of("[[collection]]\nkey = 7") == Refusal{"2", "key", "text_expected"});
  CHECK(refusal_of("[[collection]]\nkey = \"Met Hoofdletter\"") == Refusal{"1", "Met Hoofdletter", "bad_key"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\"\nhome = \"buurt\"") == Refusal{"3", "buurt", "not_one_of"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\"\nnumber = 3") == Refusal{"3", "number", "reserved"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\"\ntitle = \"b\"") == Refusal{"1", "field", "missing"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\"\ntitle = \"b\"\nfield = [ { key = \"c\", type = \"text\" } ]") ==
        Refusal{"1", "b", "title_of_text"});
  CHECK(refusal_of_field("{ key = \"naam\", type = \"text\" }") == Refusal{"5", "naam", "repeated"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"tekst\" }") == Refusal{"5", "tekst", "not_one_of"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"device\" }") == Refusal{"5", "device", "not_one_of"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"choice\" }") == Refusal{"5", "choices", "missing"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", choices = [ { key = \"c\" } ] }") ==
        Refusal{"5", "choices", "not_together"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"choice\", choices = [ { key = \"c\" }, { key = \"c\" } ] }") ==
        Refusal{"5", "c", "repeated"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"choice\", choices = [ { key = \"c\" } ], careful = [\"d\"] }") ==
        Refusal{"5", "d", "not_one_of"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", merge = \"tally\" }") ==
        Refusal{"5", "merge", "not_together"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", pick = \"min\" }") == Refusal{"5", "pick", "not_together"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"record\" }") == Refusal{"5", "of", "missing"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", about = \"naam\" }") == Refusal{"5", "why", "missing"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", about = \"naam\", why = \"x\" }") ==
        Refusal{"5", "about", "wider_circle"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", circle = \"members\", about = \"naam\", why = \"x\" }") ==
        Refusal{"5", "naam", "not_one_of"});
  CHECK(refusal_of("[[collection]]\nkey = \"a\"\nhome = \"members\"\ntitle = \"b\"\nfield = [\n{ key = \"b\", type = "
                   "\"text\", circle = \"open\" } ]") == Refusal{"6", "circle", "wider_circle"});
}

TEST_CASE("a field for a citizen's number, health or belief is refused with the reason, whatever way it is written") {
  CHECK(refusal_of_field("{ key = \"bsn\", type = \"text\" }") == Refusal{"5", "bsn", "citizen_number"});
  CHECK(refusal_of_field("{ key = \"bsn_nummer\", type = \"text\" }") == Refusal{"5", "bsn_nummer", "citizen_number"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"text\", label = { nl = \"Haar BSN\" } }") ==
        Refusal{"5", "Haar BSN", "citizen_number"});
  CHECK(refusal_of_field("{ key = \"diagnose\", type = \"text\" }") == Refusal{"5", "diagnose", "health"});
  CHECK(refusal_of_field("{ key = \"b\", type = \"choice\", choices = [ { key = \"medicatie\" } ] }") ==
        Refusal{"5", "medicatie", "health"});
  // Words that only look like them.
  CHECK(
      read_schema_file("[[collection]]\nkey = \"a\"\ntitle = \"absnaam\"\nfield = [ { key = \"absnaam\", type = "
                       "\"text\" } ]"));
}

TEST_CASE("a file, its words and its lists are bounded") {
  const std::string long_key(kMaxKeyBytes, 'a');
  const auto with_key = [](const std::string& key) {
    return "[[collection]]\nkey = \"" + key + "\"\ntitle = \"b\"\nfield = [ { key = \"b\", type = \"text\" } ]";
  };
  CHECK(read_schema_file(with_key(long_key)));
  CHECK(refusal_of(with_key(long_key + "a")) == Refusal{"1", long_key, "bad_key"});
  const auto fields = [](std::size_t count) {
    std::string text = "[[collection]]\nkey = \"a\"\ntitle = \"f0\"\nfield = [\n";
    for (std::size_t i = 0; i < count; ++i) text += "{ key = \"f" + std::to_string(i) + "\", type = \"text\" },\n";
    return text + "]";
  };
  CHECK(read_schema_file(fields(kMaxFieldsAdded)));
  CHECK(refusal_of(fields(kMaxFieldsAdded + 1)) == Refusal{"1", "field", "too_many"});
  const auto big = read_schema_file(std::string(kMaxSchemaFileBytes, '#'));
  REQUIRE_FALSE(big);
  CHECK(big.error().code == ErrorCode::schema_invalid);  // it is read, and has no collection
  const auto bigger = read_schema_file(std::string(kMaxSchemaFileBytes + 1, '#'));
  REQUIRE_FALSE(bigger);
  CHECK(bigger.error().code == ErrorCode::too_large);
}

TEST_CASE("the numbers that code names are those of the first schema's file") {
  const Schema& schema = Schema::first();
  REQUIRE(schema.collections().size() == 3);
  const auto key = [&](std::uint32_t collection, std::uint32_t field) {
    const FieldDefinition* found = schema.field(collection, field);
    return found == nullptr ? std::string("?") : found->words.key;
  };
  namespace t = task_field;
  CHECK(schema.find(collection::kTask)->words.key == "task");
  CHECK(key(collection::kTask, t::kTitle) == "title");
  CHECK(key(collection::kTask, t::kSeats) == "seats");
  CHECK(key(collection::kTask, t::kDate) == "date");
  CHECK(key(collection::kTask, t::kStart) == "time");
  CHECK(key(collection::kTask, t::kEnd) == "until");
  CHECK(key(collection::kTask, t::kPlace) == "place");
  CHECK(key(collection::kTask, t::kState) == "state");
  CHECK(key(collection::kTask, t::kAssigner) == "assigner");
  CHECK(key(collection::kTask, t::kRoles) == "roles");
  CHECK(key(collection::kTask, t::kCancelReason) == "cancel_reason");
  CHECK(key(collection::kTask, t::kNote) == "note");
  CHECK(key(collection::kTask, t::kBefore) == "before");
  const auto& order = schema.field(collection::kTask, t::kState)->order;
  CHECK(std::equal(order.begin(), order.end(), task_state::kCarefulFirst.begin(), task_state::kCarefulFirst.end()));
  CHECK(schema.find(collection::kPlace)->words.key == "place");
  CHECK(key(collection::kPlace, place_field::kMeetingPoint) == "meeting_point");
  CHECK(schema.find(collection::kPrincipal)->words.key == "principal");
  CHECK(schema.find(collection::kPrincipal)->home == CircleNumber::members);
  CHECK(key(collection::kPrincipal, principal_field::kName) == "name");
  CHECK(key(collection::kPrincipal, principal_field::kWorksWith) == "works_with");
  const auto& kinds = schema.field(collection::kPrincipal, principal_field::kKind)->choices;
  CHECK(kinds[principal_kind::kOrganisation].key == "organisation");
  CHECK(schema.field(collection::kPrincipal, principal_field::kName)->about == 0U);
}
