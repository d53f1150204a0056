#include "sync/cli/command_table.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "sync/cli/option_specs.hpp"
#include "sync/cli/record_commands.hpp"
#include "sync/pairing/pairing_code.hpp"

namespace kiem::cli {
namespace {

using OptionKind = OptionSpec::Kind;

// --- placeholders ----------------------------------------------------------------------------------------------------
constexpr Text<0> kName{"NAAM", "NAME"};
constexpr Text<0> kTitle{"TITEL", "TITLE"};
constexpr Text<0> kTask{"TAAK", "TASK"};
constexpr Text<0> kPlace{"PLAATS", "PLACE"};
constexpr Text<0> kPerson{"PERSOON", "PERSON"};
constexpr Text<0> kNumber{"AANTAL", "NUMBER"};
constexpr Text<0> kDate{"DATUM", "DATE"};
constexpr Text<0> kTime{"TIJD", "TIME"};
constexpr Text<0> kText{"TEKST", "TEXT"};
constexpr Text<0> kFile{"BESTAND", "FILE"};
constexpr Text<0> kAddress{"ADRES", "ADDRESS"};
constexpr Text<0> kFolder{"MAP", "DIR"};
constexpr Text<0> kRoute{"WEG", "WAY"};

constexpr Text<0> kWhichTask{"titel of kenmerk van de taak", "title or id of the task"};
constexpr Text<0> kWhichPlace{"titel of kenmerk van de plaats", "title or id of the place"};
constexpr Text<0> kDateHelp{"dag, bijvoorbeeld 17-04-2027", "day, for example 17-04-2027"};
constexpr Text<0> kTimeHelp{"begintijd, bijvoorbeeld 18.30", "start time, for example 18:30"};
constexpr Text<0> kUntilHelp{"eindtijd", "end time"};
constexpr Text<0> kSeatsHelp{"aantal plekken (anders 1)", "number of seats (else 1)"};
constexpr Text<0> kNoLimitHelp{"iedereen is welkom, geen vast aantal", "everyone is welcome, no fixed number"};
constexpr Text<0> kNoteHelp{"praktische toelichting, alleen voor leden", "practical note, for members only"};
constexpr Text<0> kForHelp{"namens iemand anders", "on behalf of somebody else"};
constexpr Text<0> kLimitHelp{"hoogstens zoveel regels", "at most so many lines"};

// --- how each becomes a command --------------------------------------------------------------------------------------

Result<Command> build_init(const Values& values) {
  if (!values.has("--name")) return usage({"missing_argument", "--name"});
  // A store begins with a passphrase; `passphrase --add-key-file` comes after.
  if (values.has("--key-file")) return usage({"not_together", "init", "--key-file"});
  return Init{values.text("--name"), values.has("--practice")};
}

Result<Command> build_create_initiative(const Values& values) { return Request(CreateInitiative{values.text("name")}); }

Result<Command> build_add_place(const Values& values) {
  return Request(AddPlace{values.initiative(), values.text("title"), values.text("--kind"), values.text("--area"),
                          values.text("--text"), values.text("--meeting-point")});
}

Result<Command> build_list_places(const Values& values) { return Request(ListPlaces{values.initiative()}); }

Result<Command> build_show_place(const Values& values) {
  return Request(ShowPlace{values.initiative(), values.naming("place")});
}

Result<Command> build_add_task(const Values& values) {
  if (values.has("--seats") && values.has("--no-limit")) return usage({"not_together", "--seats", "--no-limit"});
  AddTask task;
  task.initiative = values.initiative();
  task.title = values.text("title");
  KIEM_TRY_GET(const auto seats, values.count("--seats", "seats"));
  if (seats) task.seats = seats;
  if (values.has("--no-limit")) task.seats = std::nullopt;
  KIEM_TRY_GET(task.date, values.date("--date"));
  KIEM_TRY_GET(task.start, values.time("--time"));
  KIEM_TRY_GET(task.end, values.time("--until"));
  task.place = values.optional_naming("--place");
  task.note = values.text("--note");
  return Request(std::move(task));
}

Result<Command> build_list_tasks(const Values& values) {
  KIEM_TRY_GET(const auto limit, values.count("--limit", "limit"));
  return Request(ListTasks{values.initiative(), values.has("--all"), limit});
}

Result<Command> build_show_task(const Values& values) {
  return Request(ShowTask{values.initiative(), values.naming("task")});
}

// What --clear may name, with the option that would set it.
constexpr std::array<std::array<std::string_view, 2>, 5> kClearable{
    {{"date", "--date"}, {"time", "--time"}, {"place", "--place"}, {"seats", "--seats"}, {"note", "--note"}}};

Status clear_fields(const Values& values, EditTask& edit) {
  for (const std::string& field : values.list("--clear")) {
    std::string choices;
    bool known = false;
    for (const auto& [name, option] : kClearable) {
      choices += (choices.empty() ? "" : ", ") + std::string(name);
      if (field != name) continue;
      known = true;
      if (values.has(option)) return usage({"not_together", std::string(option), "--clear " + field});
    }
    if (!known) return usage({"unknown_choice", "--clear", field, choices});
    if (field == "date") edit.clear_date = true;
    if (field == "time") edit.clear_time = true;
    if (field == "place") edit.clear_place = true;
    if (field == "seats") edit.clear_seats = true;
    if (field == "note") edit.note = "";
  }
  if (edit.clear_time && values.has("--until")) return usage({"not_together", "--until", "--clear time"});
  return {};
}

Result<Command> build_edit_task(const Values& values) {
  if (values.has("--seats") && values.has("--no-limit")) return usage({"not_together", "--seats", "--no-limit"});
  EditTask edit;
  edit.initiative = values.initiative();
  edit.task = values.naming("task");
  edit.title = values.optional_text("--title");
  KIEM_TRY_GET(edit.seats, values.count("--seats", "seats"));
  KIEM_TRY_GET(edit.date, values.date("--date"));
  KIEM_TRY_GET(edit.start, values.time("--time"));
  KIEM_TRY_GET(edit.end, values.time("--until"));
  edit.place = values.optional_naming("--place");
  edit.note = values.optional_text("--note");
  KIEM_TRY(clear_fields(values, edit));
  if (values.has("--no-limit")) edit.clear_seats = true;
  return Request(std::move(edit));
}

Result<Command> build_cancel_task(const Values& values) {
  return Request(CancelTask{values.initiative(), values.naming("task"), values.text("--reason")});
}

Result<Command> build_finish_task(const Values& values) {
  return Request(FinishTask{values.initiative(), values.naming("task")});
}

Result<Command> build_claim(const Values& values) {
  KIEM_TRY_GET(const auto count, values.count("--count", "count"));
  return Request(
      ClaimTask{values.initiative(), values.naming("task"), count.value_or(1), values.optional_naming("--for")});
}

Result<Command> build_withdraw(const Values& values) {
  return Request(WithdrawClaim{values.initiative(), values.naming("task"), values.optional_naming("--for")});
}

Result<Command> build_list_people(const Values& values) { return Request(ListPeople{values.initiative()}); }

Result<Command> build_log(const Values& values) {
  KIEM_TRY_GET(const auto limit, values.count("--limit", "limit"));
  return Request(ShowLog{values.initiative(), values.optional_naming("task"), limit});
}

Result<Command> build_status(const Values&) { return Request(ShowStatus{}); }

Result<Command> build_import(const Values& values) {
  return ImportPath{values.initiative(), values.text("file"), values.has("--dry-run")};
}

Result<Command> build_passphrase(const Values& values) {
  constexpr std::array<std::array<std::string_view, 2>, 10> kNotTogether{
      {{"--add-key-file", "--drop-key-file"},
       {"--add-key-file", "--new-passphrase-file"},
       {"--drop-key-file", "--new-passphrase-file"},
       {"--add-recovery-words", "--add-key-file"},
       {"--add-recovery-words", "--drop-key-file"},
       {"--add-recovery-words", "--new-passphrase-file"},
       {"--add-recovery-words", "--recovery"},
       {"--recovery", "--recovery-file"},
       {"--recovery", "--passphrase-file"},
       {"--recovery", "--key-file"}}};
  constexpr std::array<std::array<std::string_view, 2>, 2> kOpensOneWay{
      {{"--recovery-file", "--passphrase-file"}, {"--recovery-file", "--key-file"}}};
  const auto check = [&values](const auto& pairs) -> Status {
    for (const auto& [one, other] : pairs) {
      if (values.has(one) && values.has(other)) return usage({"not_together", std::string(one), std::string(other)});
    }
    return {};
  };
  KIEM_TRY(check(kNotTogether));
  const bool adds_words = values.has("--add-recovery-words");  // then the file holds those, and opens nothing yet
  if (!adds_words) KIEM_TRY(check(kOpensOneWay));
  ChangeWaysIn change;
  const auto path = [&values](std::string_view name) -> std::optional<std::filesystem::path> {
    const auto text = values.optional_text(name);
    return text ? std::optional<std::filesystem::path>(*text) : std::nullopt;
  };
  change.recovery_file = path("--recovery-file");
  change.by_recovery_words = values.has("--recovery") || (change.recovery_file && !adds_words);
  change.new_passphrase_file = path("--new-passphrase-file");
  if (adds_words) change.what = ChangeWaysIn::What::add_recovery_words;
  if (values.has("--drop-key-file")) change.what = ChangeWaysIn::What::drop_key_file;
  if (const auto file = path("--add-key-file")) {
    if (file->empty()) return usage({"missing_value", "--add-key-file"});
    change.what = ChangeWaysIn::What::add_key_file;
    change.key_file = *file;
  }
  return change;
}

Result<Command> build_backup(const Values& values) {
  if (values.text("file").empty()) return usage({"missing_argument", "file"});
  return BackUpTo{values.text("file")};
}

Result<Command> build_restore(const Values& values) {
  if (values.has("--recovery") && values.has("--recovery-file")) {
    return usage({"not_together", "--recovery", "--recovery-file"});
  }
  RestoreCopy restore;
  if (const auto file = values.optional_text("file")) restore.file = *file;
  if (const auto words = values.optional_text("--recovery-file")) restore.recovery_file = *words;
  restore.by_recovery_words = values.has("--recovery") || restore.recovery_file;
  if (!restore.file && !restore.by_recovery_words) return usage({"missing_argument", "file"});
  return restore;
}

Result<Command> build_node(const Values& values) {
  return RunNode{values.optional_text("--listen"), !values.has("--no-beacon")};
}

constexpr std::array<std::pair<std::string_view, Role>, 3> kInvitedRoles{
    {{"volunteer", Role::volunteer}, {"coordinator", Role::coordinator}, {"partner", Role::partner}}};

Result<Command> build_invite(const Values& values) {
  InviteNewcomer invite;
  invite.initiative = values.initiative();
  if (const auto word = values.optional_text("--role")) {
    const auto* const found =
        std::find_if(kInvitedRoles.begin(), kInvitedRoles.end(), [&](const auto& each) { return each.first == *word; });
    if (found == kInvitedRoles.end())
      return usage({"unknown_choice", "--role", *word, "volunteer, coordinator, partner"});
    invite.role = found->second;
  }
  invite.addresses = values.list("--address");
  if (values.has("--nearby")) {
    if (values.has("--address")) return usage({"not_together", "--nearby", "--address"});
    return InviteNearby{invite.initiative, invite.role};
  }
  return InviteByCode{std::move(invite), !values.has("--no-qr")};
}

Result<Command> build_discover(const Values& values) {
  ChooseRoutes choose;
  for (const auto& [option, on] : {std::pair{"--off", false}, std::pair{"--on", true}}) {
    for (const std::string& word : values.list(option)) {
      std::optional<bool>* const route = word == "ipv4"     ? &choose.ipv4
                                         : word == "ipv6"   ? &choose.ipv6
                                         : word == "dns-sd" ? &choose.dns_sd
                                                            : nullptr;
      if (route == nullptr) return usage({"unknown_choice", option, word, "ipv4, ipv6, dns-sd"});
      if (*route && **route != on) return usage({"not_together", "--off " + word, "--on " + word});
      *route = on;
    }
  }
  if (choose.ipv4 || choose.ipv6 || choose.dns_sd) return NodeRequest(Request(choose));
  return NodeRequest(LookAround{});
}

Result<Command> build_join(const Values& values) {
  const std::string code = values.text("code");
  if (read_pairing_code(code)) return JoinNearby{code};
  return NodeRequest(JoinByCode{code});
}

// tcp://HOST:PORT#KEY, the key as codes and `kiem node` write one: 64 hexadecimal digits.
Result<Command> build_sync(const Values& values) {
  const std::string text = values.text("address");
  const std::size_t hash = text.find('#');
  SyncWith sync{text.substr(0, hash), std::nullopt};
  if (hash != std::string::npos) {
    const auto key = from_hex(std::string_view(text).substr(hash + 1));
    sync.key = key ? id_from<BoxPublicKey>(*key) : std::nullopt;
    if (!sync.key) return fail(ErrorCode::bad_address, Fault::person, {text});
  }
  return NodeRequest(std::move(sync));
}

Result<Command> build_doctor(const Values& values) { return Examine{values.has("--repair")}; }

// --- the table -------------------------------------------------------------------------------------------------------

std::vector<CommandSpec> make_commands() {
  return {
      {"init",
       {"maak op dit apparaat een Kiem voor jou", "make a Kiem for yourself on this device"},
       {"kiem init --name Noor", "kiem init --name Noor"},
       {value("--name", kName, {"hoe je heet", "what you are called"}),
        flag("--practice", {"om te oefenen: opent zonder wachtwoord", "for practice: opens without a passphrase"})},
       build_init},
      {"initiative create",
       {"begin een initiatief", "start an initiative"},
       {"kiem initiative create \"Sociaal Tuinieren\"", "kiem initiative create \"Social Gardening\""},
       {required("name", kName, {"hoe het initiatief heet", "what the initiative is called"})},
       build_create_initiative},
      {"place add",
       {"voeg een plaats toe", "add a place"},
       {"kiem place add \"Tuin Linde 4\" --kind tuin --area Lindekwartier",
        "kiem place add \"Garden Linden 4\" --kind garden --area \"Linden Quarter\""},
       {required("title", kTitle, {"hoe de plaats heet", "what the place is called"}),
        value("--kind", kText, {"soort plaats", "kind of place"}), value("--area", kText, {"buurt", "area"}),
        value("--text", kText, {"wat iedereen mag lezen", "what everyone may read"}),
        value("--meeting-point", kText, {"waar je verzamelt", "where people meet"})},
       build_add_place},
      {"place list",
       {"toon alle plaatsen", "show all places"},
       {"kiem place list", "kiem place list"},
       {},
       build_list_places},
      {"place show",
       {"toon een plaats met haar taken", "show a place with its tasks"},
       {"kiem place show \"Tuin Linde 4\"", "kiem place show \"Garden Linden 4\""},
       {required("place", kPlace, kWhichPlace)},
       build_show_place},
      {"task add",
       {"voeg een taak toe", "add a task"},
       {"kiem task add \"Heg knippen\" --seats 3 --date 17-04-2027 --time 18.30",
        "kiem task add \"Trim the hedge\" --seats 3 --date 17-04-2027 --time 18:30"},
       {required("title", kTitle, {"hoe de taak heet", "what the task is called"}),
        value("--seats", kNumber, kSeatsHelp), flag("--no-limit", kNoLimitHelp), value("--date", kDate, kDateHelp),
        value("--time", kTime, kTimeHelp), value("--until", kTime, kUntilHelp), value("--place", kPlace, kWhichPlace),
        value("--note", kText, kNoteHelp)},
       build_add_task},
      {"task list",
       {"toon de open taken", "show the open tasks"},
       {"kiem task list --all", "kiem task list --all"},
       {flag("--all", {"ook wat klaar of afgelast is", "also what is done or called off"}),
        value("--limit", kNumber, kLimitHelp)},
       build_list_tasks},
      {"task show",
       {"toon een taak met wie meedoet en waarom", "show a task with who takes part and why"},
       {"kiem task show \"Heg knippen\"", "kiem task show \"Trim the hedge\""},
       {required("task", kTask, kWhichTask)},
       build_show_task},
      {"task edit",
       {"verander een taak", "change a task"},
       {"kiem task edit \"Heg knippen\" --date 24-04-2027 --clear time",
        "kiem task edit \"Trim the hedge\" --date 24-04-2027 --clear time"},
       {required("task", kTask, kWhichTask), value("--title", kTitle, {"nieuwe titel", "new title"}),
        value("--seats", kNumber, {"aantal plekken", "number of seats"}), flag("--no-limit", kNoLimitHelp),
        value("--date", kDate, kDateHelp), value("--time", kTime, kTimeHelp), value("--until", kTime, kUntilHelp),
        value("--place", kPlace, kWhichPlace), value("--note", kText, kNoteHelp),
        OptionSpec{"--clear",
                   OptionKind::values,
                   {"VELD", "FIELD"},
                   {"maak leeg: date, time, place, seats, note", "empty it: date, time, place, seats, note"}}},
       build_edit_task},
      {"task cancel",
       {"gelast een taak af; wie zich aanmeldde blijft bewaard", "call off a task; its claims are kept"},
       {"kiem task cancel \"Heg knippen\" --reason storm", "kiem task cancel \"Trim the hedge\" --reason storm"},
       {required("task", kTask, kWhichTask), value("--reason", kText, {"waarom het niet doorgaat", "why it is off"})},
       build_cancel_task},
      {"task done",
       {"zet een taak op klaar", "mark a task as done"},
       {"kiem task done \"Heg knippen\"", "kiem task done \"Trim the hedge\""},
       {required("task", kTask, kWhichTask)},
       build_finish_task},
      {"claim",
       {"meld je aan voor een taak", "sign up for a task"},
       {"kiem claim \"Heg knippen\" --count 2", "kiem claim \"Trim the hedge\" --count 2"},
       {required("task", kTask, kWhichTask),
        value("--count", kNumber, {"met hoeveel mensen in totaal (anders 1)", "how many people in all (else 1)"}),
        value("--for", kPerson, kForHelp)},
       build_claim},
      {"withdraw",
       {"meld je af voor een taak", "sign off from a task"},
       {"kiem withdraw \"Heg knippen\"", "kiem withdraw \"Trim the hedge\""},
       {required("task", kTask, kWhichTask), value("--for", kPerson, kForHelp)},
       build_withdraw},
      {"person list",
       {"toon de mensen", "show the people"},
       {"kiem person list", "kiem person list"},
       {},
       build_list_people},
      {"log",
       {"toon wie wat deed", "show who did what"},
       {"kiem log \"Heg knippen\" --limit 20", "kiem log \"Trim the hedge\" --limit 20"},
       {OptionSpec{"task", OptionKind::positional, kTask, {"alleen van deze taak", "of this task only"}},
        value("--limit", kNumber, {"alleen de nieuwste", "the newest only"})},
       build_log},
      {"status",
       {"toon hoe het met je initiatieven staat", "show how your initiatives are"},
       {"kiem status", "kiem status"},
       {},
       build_status},
      {"node",
       {"wacht op anderen en wissel vanzelf uit", "wait for others and exchange by itself"},
       {"kiem node", "kiem node"},
       {value("--listen", kAddress,
              {"waar anderen aankloppen (anders overal)", "where others knock (else everywhere)"}),
        flag("--no-beacon", {"zoek niemand op dit netwerk en laat je niet vinden",
                             "look for nobody on this network and do not be found"})},
       build_node},
      {"invite",
       {"maak een code die één nieuwkomer binnenlaat", "make a code that lets one newcomer in"},
       {"kiem invite --role volunteer", "kiem invite --role volunteer"},
       {value("--role", {"ROL", "ROLE"},
              {"volunteer, coordinator of partner (anders volunteer)",
               "volunteer, coordinator or partner (else volunteer)"}),
        OptionSpec{"--address",
                   OptionKind::values,
                   kAddress,
                   {"waar deze laptop te vinden is", "where this laptop can be found"}},
        flag("--nearby", {"de ander zit naast je: korte code, vier woorden",
                          "the other sits beside you: a short code, four words"}),
        flag("--no-qr", {"teken de code niet als QR-code", "do not draw the code as a QR code"})},
       build_invite},
      {"join",
       {"ga met een code bij een initiatief", "join an initiative with a code"},
       {"kiem join kiem-AbC...", "kiem join kiem-AbC..."},
       {required("code", {"CODE", "CODE"}, {"de code die je kreeg", "the code that you were given"})},
       build_join},
      {"discover",
       {"kijk wie er op dit netwerk is", "see who is on this network"},
       {"kiem discover", "kiem discover"},
       {OptionSpec{"--off",
                   OptionKind::values,
                   kRoute,
                   {"zoek niet meer via ipv4, ipv6 of dns-sd", "stop looking by ipv4, ipv6 or dns-sd"}},
        OptionSpec{"--on",
                   OptionKind::values,
                   kRoute,
                   {"zoek weer via ipv4, ipv6 of dns-sd", "look by ipv4, ipv6 or dns-sd again"}}},
       build_discover},
      {"sync",
       {"wissel nu uit met een andere laptop", "exchange with another laptop now"},
       {"kiem sync tcp://192.168.1.20:7070", "kiem sync tcp://192.168.1.20:7070"},
       {required("address", kAddress, {"waar de ander is", "where the other is"})},
       build_sync},
      {"import",
       {"neem een lijst over uit een rekenblad (.csv)", "take a list from a spreadsheet (.csv)"},
       {"kiem import taken.csv --dry-run", "kiem import tasks.csv --dry-run"},
       {required("file", kFile, {"het bestand", "the file"}),
        flag("--dry-run", {"zeg alleen wat erbij zou komen", "only say what would be added"})},
       build_import},
      {"passphrase",
       {"verander het wachtwoord, ook als je het kwijt bent", "change the passphrase, also when it is lost"},
       {"kiem passphrase", "kiem passphrase"},
       {value("--new-passphrase-file", kFile,
              {"het nieuwe wachtwoord, op de eerste regel", "the new passphrase, on its first line"}),
        flag("--recovery", {"met je twaalf herstelwoorden", "by your twelve recovery words"}),
        value("--recovery-file", kFile, {"bestand met die woorden", "file with those words"}),
        value("--add-key-file", kFile,
              {"maak een bestand dat zonder vragen opent", "make a file that opens without asking"}),
        flag("--drop-key-file", {"het sleutelbestand opent niet meer", "the key file opens no more"}),
        flag("--add-recovery-words",
             {"laat je herstelwoorden deze Kiem openen", "let your recovery words open this Kiem"})},
       build_passphrase},
      {"backup",
       {"maak een versleutelde kopie van alles, om ergens anders te bewaren",
        "make a sealed copy of everything, to be kept elsewhere"},
       {"kiem backup /media/stick/kiem-kopie", "kiem backup /media/stick/kiem-copy"},
       {required("file", kFile,
                 {"hoe de kopie heet; er mag nog niets staan", "the copy's name; nothing may be there"})},
       build_backup},
      {"restore",
       {"zet een kopie terug op deze laptop", "restore a copy on this laptop"},
       {"kiem restore /media/stick/kiem-kopie", "kiem restore /media/stick/kiem-copy"},
       {OptionSpec{"file", OptionKind::positional, kFile, {"de kopie", "the copy"}},
        flag("--recovery", {"met je twaalf herstelwoorden", "by your twelve recovery words"}),
        value("--recovery-file", kFile, {"bestand met die woorden", "file with those words"})},
       build_restore},
      {"doctor",
       {"controleer of alles nog klopt", "check that everything is still right"},
       {"kiem doctor", "kiem doctor"},
       {flag("--repair", {"maak heel wat kan, en vraag anderen om de rest",
                          "make whole what can be, and ask others for the rest"})},
       build_doctor},
  };
}

constexpr std::array<GroupSpec, 6> kGroups{{{"initiative", {"initiatieven", "initiatives"}},
                                            {"place", {"plaatsen", "places"}},
                                            {"task", {"taken", "tasks"}},
                                            {"person", {"mensen", "people"}},
                                            {"schema", {"wat jullie bijhouden", "what you keep"}},
                                            {"record", {"stukken van een verzameling", "records of a collection"}}}};

}  // namespace

std::span<const CommandSpec> commands() {
  static const std::vector<CommandSpec> all = [] {
    auto made = make_commands();
    auto more = record_commands();
    std::move(more.begin(), more.end(), std::back_inserter(made));
    return made;
  }();
  return all;
}

std::span<const GroupSpec> groups() { return kGroups; }

std::span<const OptionSpec> global_options() {
  static const std::vector<OptionSpec> all{
      value("--home", kFolder, {"map van de opslag (KIEM_HOME)", "folder of the store (KIEM_HOME)"}),
      value("--passphrase-file", kFile,
            {"bestand met het wachtwoord op de eerste regel", "file with the passphrase on its first line"}),
      value("--key-file", kFile,
            {"sleutelbestand dat opent (KIEM_KEY_FILE)", "key file that opens it (KIEM_KEY_FILE)"}),
      value("--lang", {"TAAL", "LANG"}, {"nl of en (KIEM_LANG)", "nl or en (KIEM_LANG)"}),
      flag("--json", {"antwoord als JSON, voor programma's", "answer as JSON, for programs"}),
      value("--initiative", kName, {"welk initiatief, als er meer zijn", "which initiative, if there are several"}),
  };
  return all;
}

}  // namespace kiem::cli
