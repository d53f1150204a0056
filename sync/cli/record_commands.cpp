#include "sync/cli/record_commands.hpp"

#include <algorithm>

#include "sync/cli/option_specs.hpp"

namespace kiem::cli {
namespace {

using OptionKind = OptionSpec::Kind;

constexpr Text<0> kCollection{"VERZAMELING", "COLLECTION"};
constexpr Text<0> kRecord{"STUK", "RECORD"};
constexpr Text<0> kField{"VELD", "FIELD"};
constexpr Text<0> kFieldValue{"VELD=WAARDE", "FIELD=VALUE"};
constexpr Text<0> kSchemaFile{"BESTAND", "FILE"};
constexpr Text<0> kRecordNumber{"AANTAL", "NUMBER"};

constexpr Text<0> kWhichCollection{"sleutel of naam van de verzameling", "key or name of the collection"};
constexpr Text<0> kWhichRecord{"naam of kenmerk van het stuk", "title or id of the record"};
constexpr Text<0> kRecordLimitHelp{"hoogstens zoveel", "at most so many"};

OptionSpec repeated(std::string_view name, Text<0> placeholder, Text<0> help) {
  return {name, OptionKind::repeated, placeholder, help};
}
OptionSpec rest(std::string_view name, Text<0> placeholder, Text<0> help) {
  return {name, OptionKind::rest, placeholder, help};
}

// FIELD=VALUE; the value may be empty and may hold other equals signs.
Result<std::vector<FieldInput>> inputs(const Values& values, std::string_view name) {
  std::vector<FieldInput> all;
  for (const std::string& word : values.words(name)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) return usage({"no_equals", word});
    all.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
  return all;
}

// --- how each becomes a command --------------------------------------------------------------------------------------

Result<Command> build_show_schema(const Values& values) {
  return ShowSchemaOf{values.initiative(), values.optional_text("collection")};
}

Result<Command> build_add_schema(const Values& values) {
  return AddSchemaFile{values.initiative(), values.text("file"), values.has("--dry-run")};
}

Result<Command> build_add_record(const Values& values) {
  AddRecord add{values.initiative(), values.text("collection"), {}};
  KIEM_TRY_GET(add.fields, inputs(values, "fields"));
  return Request(std::move(add));
}

Result<Command> build_list_records(const Values& values) {
  ListRecords list;
  list.initiative = values.initiative();
  list.collection = values.text("collection");
  KIEM_TRY_GET(list.where, inputs(values, "--where"));
  list.order = values.text("--order");
  list.descending = values.has("--descending");
  KIEM_TRY_GET(list.limit, values.count("--limit", "limit"));
  KIEM_TRY_GET(const auto skip, values.count("--skip", "skip", 0));
  list.skip = skip.value_or(0);
  return Request(std::move(list));
}

Result<Command> build_show_record(const Values& values) {
  return Request(ShowRecord{values.initiative(), values.text("collection"), values.naming("record")});
}

Result<Command> build_edit_record(const Values& values) {
  ChangeRecord change;
  change.initiative = values.initiative();
  change.collection = values.text("collection");
  change.record = values.naming("record");
  KIEM_TRY_GET(change.set, inputs(values, "--set"));
  change.clear = values.words("--clear");
  KIEM_TRY_GET(change.add, inputs(values, "--add"));
  KIEM_TRY_GET(change.remove, inputs(values, "--remove"));
  for (const FieldInput& set : change.set) {
    if (std::find(change.clear.begin(), change.clear.end(), set.key) != change.clear.end()) {
      return usage({"not_together", "--set " + set.key, "--clear " + set.key});
    }
  }
  return Request(std::move(change));
}

template <bool Restore>
Result<Command> build_delete_record(const Values& values) {
  return Request(DeleteRecord{values.initiative(), values.text("collection"), values.naming("record"), Restore});
}

Result<Command> build_erase_record(const Values& values) {
  return Request(
      EraseRecord{values.initiative(), values.text("collection"), values.naming("record"), values.has("--sure")});
}

Result<Command> build_list_due(const Values& values) {
  ListDue due;
  due.initiative = values.initiative();
  due.collection = values.text("collection");
  KIEM_TRY_GET(due.limit, values.count("--limit", "limit"));
  return Request(std::move(due));
}

Result<Command> build_search(const Values& values) {
  SearchText search{values.initiative(), {}, {}};
  for (const std::string& word : values.words("words")) search.text += (search.text.empty() ? "" : " ") + word;
  KIEM_TRY_GET(search.limit, values.count("--limit", "limit"));
  return Request(std::move(search));
}

Result<Command> build_list_conflicts(const Values& values) { return Request(ListConflicts{values.initiative()}); }

Result<Command> build_settle(const Values& values) {
  KIEM_TRY_GET(const auto side, values.count("--side", "side"));
  if (!side) return usage({"missing_argument", "--side"});
  return Request(SettleConflict{values.initiative(), values.naming("record"), values.text("field"), *side});
}

Result<Command> build_undo(const Values& values) { return Request(UndoAct{values.initiative(), values.text("act")}); }

}  // namespace

std::vector<CommandSpec> record_commands() {
  return {
      {"schema show",
       {"toon welke verzamelingen er zijn en wat erin staat", "show which collections there are and what they hold"},
       {"kiem schema show gereedschap", "kiem schema show tools"},
       {OptionSpec{"collection", OptionKind::positional, kCollection, {"alleen deze", "this one only"}}},
       build_show_schema},
      {"schema add",
       {"voeg verzamelingen en velden toe uit een bestand (.toml)", "add collections and fields from a file (.toml)"},
       {"kiem schema add gereedschap.toml --dry-run", "kiem schema add tools.toml --dry-run"},
       {required("file", kSchemaFile, {"het bestand", "the file"}),
        flag("--dry-run", {"zeg alleen wat erbij zou komen", "only say what would be added"})},
       build_add_schema},
      {"record add",
       {"voeg een stuk toe aan een verzameling", "add a record to a collection"},
       {"kiem record add gereedschap naam=Boormachine stand=vrij", "kiem record add tools name=Drill state=free"},
       {required("collection", kCollection, kWhichCollection),
        rest("fields", kFieldValue, {"wat erin staat", "what it holds"})},
       build_add_record},
      {"record list",
       {"toon de stukken van een verzameling", "show the records of a collection"},
       {"kiem record list gereedschap --where stand=vrij --order naam",
        "kiem record list tools --where state=free --order name"},
       {required("collection", kCollection, kWhichCollection),
        repeated("--where", kFieldValue,
                 {"alleen waar dit zo is; mag vaker", "only where this is so; may be repeated"}),
        value("--order", kField,
              {"op volgorde van dit veld (anders de naam)", "ordered by this field (else the title)"}),
        flag("--descending", {"het hoogste eerst", "the highest first"}),
        value("--limit", kRecordNumber, kRecordLimitHelp),
        value("--skip", kRecordNumber, {"sla de eerste over", "leave out the first"})},
       build_list_records},
      {"record show",
       {"toon een stuk met alles wat erin staat", "show a record with all it holds"},
       {"kiem record show gereedschap Boormachine", "kiem record show tools Drill"},
       {required("collection", kCollection, kWhichCollection), required("record", kRecord, kWhichRecord)},
       build_show_record},
      {"record edit",
       {"verander een stuk", "change a record"},
       {"kiem record edit gereedschap Boormachine --set stand=uitgeleend",
        "kiem record edit tools Drill --set state=lent"},
       {required("collection", kCollection, kWhichCollection), required("record", kRecord, kWhichRecord),
        repeated("--set", kFieldValue, {"de waarde van een veld; mag vaker", "the value of a field; may be repeated"}),
        repeated("--clear", kField, {"maak een veld leeg; mag vaker", "empty a field; may be repeated"}),
        repeated("--add", kFieldValue,
                 {"zet erbij in een veld met meer waarden, of tel erbij op",
                  "put one more in a field of several, or add to a sum"}),
        repeated("--remove", kFieldValue,
                 {"haal eruit in een veld met meer waarden", "take one out of a field of several"})},
       build_edit_record},
      {"record delete",
       {"verwijder een stuk; het kan terug", "delete a record; it can come back"},
       {"kiem record delete gereedschap Boormachine", "kiem record delete tools Drill"},
       {required("collection", kCollection, kWhichCollection), required("record", kRecord, kWhichRecord)},
       build_delete_record<false>},
      {"record restore",
       {"zet een verwijderd stuk terug", "bring back a deleted record"},
       {"kiem record restore gereedschap 0c1g60r3", "kiem record restore tools 0c1g60r3"},
       {required("collection", kCollection, kWhichCollection),
        required("record", kRecord, {"kenmerk van het stuk", "id of the record"})},
       build_delete_record<true>},
      {"record erase",
       {"wis een stuk voor goed, ook op de andere laptops; het kan niet terug",
        "erase a record for good, on the other laptops too; it cannot come back"},
       {"kiem record erase gereedschap Boormachine --sure", "kiem record erase tools Drill --sure"},
       {required("collection", kCollection, kWhichCollection), required("record", kRecord, kWhichRecord),
        flag("--sure", {"doe het echt; anders zie je alleen wat er weg zou gaan",
                        "really do it; else you only see what would go"})},
       build_erase_record},
      {"record due",
       {"toon wat langer is bewaard dan jullie afspraken", "show what has been kept longer than you agreed"},
       {"kiem record due uitleen", "kiem record due loans"},
       {OptionSpec{"collection", OptionKind::positional, kCollection, {"alleen deze", "this one only"}},
        value("--limit", kRecordNumber, kRecordLimitHelp)},
       build_list_due},
      {"search",
       {"zoek in alle teksten", "search all texts"},
       {"kiem search heg --limit 10", "kiem search hedge --limit 10"},
       {rest("words", {"WOORDEN", "WORDS"}, {"wat je zoekt", "what to look for"}),
        value("--limit", kRecordNumber, kRecordLimitHelp)},
       build_search},
      {"conflicts",
       {"toon wat los van elkaar verschillend is geschreven", "show what was written differently apart"},
       {"kiem conflicts", "kiem conflicts"},
       {},
       build_list_conflicts},
      {"settle",
       {"kies wat er voortaan geldt", "choose what holds from now on"},
       {"kiem settle \"Heg knippen\" seats --side 2", "kiem settle \"Trim the hedge\" seats --side 2"},
       {required("record", kRecord, kWhichRecord),
        required("field", kField, {"sleutel van het veld", "key of the field"}),
        value("--side", {"NUMMER", "NUMBER"},
              {"welke kant, zoals kiem conflicts ze telt", "which side, as kiem conflicts counts them"})},
       build_settle},
      {"undo",
       {"neem een handeling van jezelf terug", "take back an act of your own"},
       {"kiem undo 0c1g60r3", "kiem undo 0c1g60r3"},
       {OptionSpec{
           "act",
           OptionKind::positional,
           {"HANDELING", "ACT"},
           {"het nummer, zoals in kiem log (anders je laatste)", "its number, as in kiem log (else your last)"}}},
       build_undo},
  };
}

}  // namespace kiem::cli
