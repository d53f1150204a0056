// What a schema file adds to what is there, as bytes and back.
#include "core/schema/schema_act.hpp"

#include <doctest/doctest.h>

using namespace kiem;

namespace {

constexpr std::string_view kFile = R"(
[[collection]]
key = "uitlening"
title = "wat_dan"
field = [
  { key = "wat_dan", type = "text" },
  { key = "wat", type = "record", of = "gereedschap" },
  { key = "staat", type = "choice", choices = [ { key = "uit" }, { key = "terug" } ], careful = ["uit", "terug"] },
]
[[collection]]
key = "gereedschap"
home = "members"
title = "naam"
field = [
  { key = "naam", type = "text" },
  { key = "eigenaar", type = "person" },
  { key = "briefje", type = "text", about = "eigenaar", why = "afspraak" },
]
[[extend]]
key = "task"
field = [ { key = "nodig", type = "record", of = "gereedschap", merge = "set" } ]
)";

OpId act_id() {
  OpId id;
  id.bytes.fill(7);
  return id;
}

SchemaAddition addition_of(std::string_view file, const Schema& known = Schema::first()) {
  const auto wish = read_schema_file(file);
  REQUIRE(wish);
  const auto addition = new_in(*wish, known);
  REQUIRE(addition);
  return *addition;
}

std::string reason_of(std::string_view file, const Schema& known = Schema::first()) {
  const auto wish = read_schema_file(file);
  REQUIRE(wish);
  const auto addition = new_in(*wish, known);
  REQUIRE_FALSE(addition);
  REQUIRE(addition.error().code == ErrorCode::schema_invalid);
  return addition.error().args[0] + " " + addition.error().args[1] + " " + addition.error().args[2];
}

// The first schema and what an act added, local numbers made up.
Schema with(const SchemaAddition& addition) {
  Schema schema = Schema::first();
  std::uint32_t next = 70000;
  for (const auto& added : addition) {
    CollectionDefinition collection = added.collection;
    collection.local = next++;
    for (auto& field : collection.fields) field.local = next++;
    if (!added.extends) {
      schema.add(collection);
    } else {
      for (const auto& field : collection.fields) schema.add(schema.find(*added.extends)->local, field);
    }
  }
  return schema;
}

}  // namespace

TEST_CASE("an addition reads back from its bytes under the name of its act") {
  const SchemaAddition addition = addition_of(kFile);
  const EncodedAddition encoded = encode(addition);
  const auto back = decode_addition(act_id(), encoded.structure, encoded.words);
  REQUIRE(back);
  REQUIRE(back->size() == 3);
  CHECK((*back)[0].collection.name == SchemaName{act_id(), 0});
  CHECK((*back)[0].collection.title == 1U);
  CHECK((*back)[0].collection.fields[1].of == SchemaName{act_id(), 4});
  CHECK((*back)[0].collection.fields[2].order == std::vector<std::uint32_t>{0, 1});
  CHECK((*back)[1].collection.name == SchemaName{act_id(), 4});
  CHECK((*back)[1].collection.fields[2].about == 6U);
  CHECK((*back)[2].extends == SchemaName{std::nullopt, 1});
  CHECK((*back)[2].collection.fields[0].words.key == "nodig");
  CHECK((*back)[2].collection.fields[0].of == SchemaName{act_id(), 4});
}

TEST_CASE("without its words an addition keeps its structure, and keys are numbers") {
  const EncodedAddition encoded = encode(addition_of(kFile));
  const auto back = decode_addition(act_id(), encoded.structure, std::nullopt);
  REQUIRE(back);
  CHECK((*back)[1].collection.words == Words{"c4", "c4", "c4"});
  CHECK((*back)[1].collection.fields[0].words.key == "f5");
  CHECK((*back)[0].collection.fields[2].choices[1].key == "k1");
}

TEST_CASE("an addition is refused from fewer bytes, from more, and never half read") {
  Bytes bytes = encode(addition_of(kFile)).structure;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(decode_addition(act_id(), ByteView(bytes).first(size), std::nullopt));
  }
  bytes.push_back(0);
  const auto longer = decode_addition(act_id(), bytes, std::nullopt);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().fault == Fault::peer);
}

TEST_CASE("what a later version brings keeps its number and is left out") {
  SchemaAddition addition = addition_of(kFile);
  addition[0].collection.fields[1].type = static_cast<ValueType>(99);
  const EncodedAddition encoded = encode(addition);
  const auto back = decode_addition(act_id(), encoded.structure, encoded.words);
  REQUIRE(back);
  REQUIRE((*back)[0].collection.fields.size() == 2);
  CHECK((*back)[0].collection.fields[1].name.number == 3);
  CHECK((*back)[0].collection.fields[1].words.key == "staat");
  CHECK((*back)[1].collection.name.number == 4);
}

TEST_CASE("a file that is here already adds nothing, and a longer one only what is new") {
  const auto encoded = encode(addition_of(kFile));
  const auto act = decode_addition(act_id(), encoded.structure, encoded.words);
  REQUIRE(act);
  const Schema known = with(*act);
  CHECK(addition_of(kFile, known).empty());
  const std::string more =
      "[[extend]]\nkey = \"task\"\nfield = [ { key = \"nodig\", type = \"record\", of = \"gereedschap\", merge = "
      "\"set\" }, { key = \"hoeveel\", type = \"integer\" } ]";
  const SchemaAddition addition = addition_of(more, known);
  REQUIRE(addition.size() == 1);
  CHECK(addition[0].extends == SchemaName{std::nullopt, 1});
  REQUIRE(addition[0].collection.fields.size() == 1);
  CHECK(addition[0].collection.fields[0].words.key == "hoeveel");
  CHECK(addition[0].collection.fields[0].name == SchemaName{OpId{}, 0});
}

TEST_CASE("what is there already is never changed") {
  CHECK(reason_of("[[extend]]\nkey = \"task\"\nfield = [\n{ key = \"seats\", type = \"text\" } ]") ==
        "4 seats only_adds");
  CHECK(reason_of("[[extend]]\nkey = \"task\"\nfield = [\n{ key = \"seats\", type = \"integer\", pick = \"max\" } ]") ==
        "4 seats only_adds");
  CHECK(reason_of("[[extend]]\nkey = \"principal\"\nfield = [\n{ key = \"b\", type = \"text\" } ]") ==
        "1 principal only_adds");
  CHECK(reason_of("[[extend]]\nkey = \"fiets\"\nfield = [\n{ key = \"b\", type = \"text\" } ]") ==
        "1 fiets unknown_collection");
  CHECK(reason_of(
            "[[collection]]\nkey = \"a\"\ntitle = \"b\"\nfield = [ { key = \"b\", type = \"text\" },\n{ key = \"c\", "
            "type = \"record\", of = \"fiets\" } ]") == "5 fiets unknown_collection");
}
