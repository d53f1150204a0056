#include "sync/cli/arguments.hpp"

#include <doctest/doctest.h>

#include "sync/cli/command_table.hpp"

namespace kiem::cli {
namespace {

using Words = std::vector<std::string>;

Environment with_home() {
  Environment environment;
  environment.home = "/home/noor";
  return environment;
}

Invocation parsed(const Words& words, const Environment& environment = with_home()) {
  auto invocation = parse_arguments(words, environment);
  CAPTURE(words);
  REQUIRE(invocation.has_value());
  return std::move(*invocation);
}

template <class Act>
Act request(const Words& words) {
  const Invocation invocation = parsed(words);
  REQUIRE(std::holds_alternative<NodeRequest>(invocation.command));
  REQUIRE(std::holds_alternative<Request>(std::get<NodeRequest>(invocation.command)));
  const auto& found = std::get<Request>(std::get<NodeRequest>(invocation.command));
  REQUIRE(std::holds_alternative<Act>(found));
  return std::get<Act>(found);
}

Error refused(const Words& words) {
  const auto invocation = parse_arguments(words, with_home());
  CAPTURE(words);
  REQUIRE_FALSE(invocation.has_value());
  return invocation.error();
}

// The usage key and what it names: "missing_value --seats".
std::string usage_of(const Words& words) {
  const Error error = refused(words);
  CHECK(error.code == ErrorCode::usage);
  std::string text;
  for (const std::string& arg : error.args) text += (text.empty() ? "" : " ") + arg;
  return text;
}

TEST_CASE("a task is added with everything or with its title alone") {
  const auto bare = request<AddTask>({"task", "add", "Heg knippen"});
  CHECK(bare.title == "Heg knippen");
  CHECK(bare.seats == 1);
  CHECK_FALSE(bare.date.has_value());
  CHECK_FALSE(bare.start.has_value());
  CHECK_FALSE(bare.place.has_value());
  CHECK(bare.note.empty());

  const auto full = request<AddTask>({"task", "add", "Heg", "--seats", "3", "--date", "17-04-2027", "--time", "18.30",
                                      "--until=20:30", "--place", "Tuin", "--note", "-dash", "--initiative", "ST"});
  CHECK(full.seats == 3);
  CHECK(full.date == 20925);
  CHECK(full.start == 1110);
  CHECK(full.end == 1230);
  CHECK(full.place->text == "Tuin");
  CHECK(full.note == "-dash");
  CHECK(full.initiative.text == "ST");
  CHECK_FALSE(request<AddTask>({"task", "add", "Heg", "--no-limit"}).seats.has_value());
}

TEST_CASE("a title may look like a command, an option behind dashes, or be empty") {
  for (const char* title : {"status", "list", "task", "claim", "[a,b]", "{}", "\"x\"", "a=b", "Ünïcödé 🌱"}) {
    CHECK(request<AddTask>({"task", "add", title}).title == title);
  }
  CHECK(request<AddTask>({"task", "add", "--", "--seats"}).title == "--seats");
  CHECK(request<AddTask>({"task", "add", "--seats", "2", "--", "-kort"}).title == "-kort");
  CHECK(request<AddTask>({"task", "add", "-5 graden"}).title == "-5 graden");
  CHECK(request<AddTask>({"task", "add", ""}).title.empty());
  CHECK(request<CreateInitiative>({"initiative", "create", "status"}).name == "status");
  CHECK(request<AddTask>({"task", "add", std::string(1U << 20U, 'x')}).title.size() == 1U << 20U);
}

TEST_CASE("an option with nothing behind its equals sign is empty") {
  const auto edit = request<EditTask>({"task", "edit", "Heg", "--note=", "--date", "17-04-2027"});
  CHECK(edit.note == "");
  CHECK(edit.date == 20925);
  CHECK(request<EditTask>({"task", "edit", "Heg", "--note", ""}).note == "");
  CHECK(request<AddTask>({"task", "add", "--", "--note="}).title == "--note=");
}

TEST_CASE("an edit changes only what is named") {
  const auto edit = request<EditTask>({"task", "edit", "Heg", "--title", "Haag"});
  CHECK(edit.task.text == "Heg");
  CHECK(edit.title == "Haag");
  CHECK_FALSE(edit.seats.has_value());
  CHECK_FALSE(edit.note.has_value());
  CHECK_FALSE(edit.clear_date);

  const auto cleared = request<EditTask>({"task", "edit", "Heg", "--clear", "date", "time", "--clear", "place,note"});
  CHECK(cleared.clear_date);
  CHECK(cleared.clear_time);
  CHECK(cleared.clear_place);
  CHECK_FALSE(cleared.clear_seats);
  CHECK(cleared.note == "");
  CHECK(request<EditTask>({"task", "edit", "--clear", "seats", "Heg"}).clear_seats);
  CHECK(request<EditTask>({"task", "edit", "Heg", "--no-limit"}).clear_seats);
}

TEST_CASE("what cannot be set and cleared at once is refused") {
  CHECK(usage_of({"task", "edit", "Heg", "--date", "17-04-2027", "--clear", "date"}) ==
        "not_together --date --clear date");
  CHECK(usage_of({"task", "edit", "Heg", "--until", "9.00", "--clear", "time"}) == "not_together --until --clear time");
  CHECK(usage_of({"task", "edit", "Heg", "--seats", "2", "--no-limit"}) == "not_together --seats --no-limit");
  CHECK(usage_of({"task", "add", "Heg", "--seats", "2", "--no-limit"}) == "not_together --seats --no-limit");
  CHECK(usage_of({"task", "edit", "Heg", "--clear", "title"}) ==
        "unknown_choice --clear title date, time, place, seats, note");
}

TEST_CASE("every other command becomes its request") {
  CHECK(request<AddPlace>(
            {"place", "add", "Tuin", "--kind", "tuin", "--area", "Linde", "--text", "x", "--meeting-point", "kas"})
            .meeting_point == "kas");
  CHECK(request<ListPlaces>({"place", "list"}).initiative.text.empty());
  CHECK(request<ShowPlace>({"place", "show", "Tuin"}).place.text == "Tuin");
  CHECK(request<ListTasks>({"task", "list", "--all", "--limit", "5"}).limit == 5);
  CHECK(request<ListTasks>({"task", "list", "--all"}).all);
  CHECK_FALSE(request<ListTasks>({"task", "list"}).limit.has_value());
  CHECK(request<ShowTask>({"task", "show", "abcd"}).task.text == "abcd");
  CHECK(request<CancelTask>({"task", "cancel", "Heg", "--reason", "storm"}).reason == "storm");
  CHECK(request<FinishTask>({"task", "done", "Heg"}).task.text == "Heg");
  CHECK(request<ClaimTask>({"claim", "Heg"}).count == 1);
  CHECK(request<ClaimTask>({"claim", "Heg", "--count", "4", "--for", "Joke"}).on_behalf->text == "Joke");
  CHECK_FALSE(request<WithdrawClaim>({"withdraw", "Heg"}).on_behalf.has_value());
  CHECK(request<ListPeople>({"person", "list", "--initiative", "ST"}).initiative.text == "ST");
  CHECK_FALSE(request<ShowLog>({"log"}).task.has_value());
  CHECK(request<ShowLog>({"log", "Heg", "--limit", "3"}).task->text == "Heg");
  request<ShowStatus>({"status"});
  CHECK_FALSE(std::get<Examine>(parsed({"doctor"}).command).repair);
  CHECK(std::get<Examine>(parsed({"doctor", "--repair"}).command).repair);
  CHECK(std::get<BackUpTo>(parsed({"backup", "a/copy"}).command).file == "a/copy");
  const auto restore = std::get<RestoreCopy>(parsed({"restore", "a/copy", "--recovery-file", "words"}).command);
  CHECK(restore.file == "a/copy");
  CHECK(restore.recovery_file == "words");
  CHECK(restore.by_recovery_words);
  CHECK_FALSE(std::get<RestoreCopy>(parsed({"restore", "--recovery"}).command).file.has_value());

  const Invocation init = parsed({"init", "--name", "Noor", "--practice"});
  CHECK(std::get<Init>(init.command).name == "Noor");
  CHECK(std::get<Init>(init.command).practice);
  const Invocation import = parsed({"import", "a/taken.csv", "--dry-run"});
  CHECK(std::get<ImportPath>(import.command).path == "a/taken.csv");
  CHECK(std::get<ImportPath>(import.command).dry_run);
}

TEST_CASE("commands on schemas and records become their requests") {
  const auto schema = std::get<ShowSchemaOf>(parsed({"schema", "show", "tools", "--initiative", "ST"}).command);
  CHECK(schema.collection == "tools");
  CHECK(schema.initiative.text == "ST");
  CHECK_FALSE(std::get<ShowSchemaOf>(parsed({"schema", "show"}).command).collection.has_value());
  const auto add = std::get<AddSchemaFile>(parsed({"schema", "add", "a/tools.toml", "--dry-run"}).command);
  CHECK(add.path == "a/tools.toml");
  CHECK(add.dry_run);

  const auto made = request<AddRecord>({"record", "add", "tools", "name=Drill, big", "note=a=b", "count="});
  CHECK(made.collection == "tools");
  REQUIRE(made.fields.size() == 3);
  CHECK(made.fields[0].text == "Drill, big");
  CHECK(made.fields[1].key == "note");
  CHECK(made.fields[1].text == "a=b");
  CHECK(made.fields[2].text.empty());
  Words many{"record", "add", "tools"};
  for (int i = 0; i < 200; ++i) many.push_back("tag=" + std::to_string(i));
  CHECK(request<AddRecord>(many).fields.size() == 200);

  const auto list = request<ListRecords>({"record", "list", "--where", "state=free", "tools", "--where", "name=Drill",
                                          "--order", "name", "--descending", "--limit", "3", "--skip", "0"});
  CHECK(list.collection == "tools");
  REQUIRE(list.where.size() == 2);
  CHECK(list.where[1].key == "name");
  CHECK(list.order == "name");
  CHECK(list.descending);
  CHECK(list.limit == 3);
  CHECK(list.skip == 0);
  CHECK(request<ListRecords>({"record", "list", "tools", "--skip", "7"}).skip == 7);
  CHECK(request<ShowRecord>({"record", "show", "tools", "Drill"}).record.text == "Drill");

  const auto edit =
      request<ChangeRecord>({"record", "edit", "tools", "Drill", "--set", "state=lent", "--set", "count=2", "--clear",
                             "owner", "--add", "tags=wood", "--remove", "tags=stone"});
  CHECK(edit.record.text == "Drill");
  CHECK(edit.set.size() == 2);
  CHECK(edit.clear == Words{"owner"});
  CHECK(edit.add.front().text == "wood");
  CHECK(edit.remove.front().text == "stone");
  CHECK_FALSE(request<DeleteRecord>({"record", "delete", "tools", "Drill"}).restore);
  CHECK(request<DeleteRecord>({"record", "restore", "tools", "abcd"}).restore);
  CHECK_FALSE(request<EraseRecord>({"record", "erase", "tools", "Drill"}).sure);
  CHECK(request<EraseRecord>({"record", "erase", "tools", "Drill", "--sure"}).sure);

  CHECK(request<SearchText>({"search", "trim", "the", "hedge", "--limit", "2"}).text == "trim the hedge");
  CHECK(request<ListConflicts>({"conflicts", "--initiative", "ST"}).initiative.text == "ST");
  const auto settle = request<SettleConflict>({"settle", "Drill", "count", "--side", "2"});
  CHECK(settle.record.text == "Drill");
  CHECK(settle.field == "count");
  CHECK(settle.side == 2);
  CHECK(request<UndoAct>({"undo", "0c1g60r3"}).act == "0c1g60r3");
  CHECK(request<UndoAct>({"undo"}).act.empty());
}

TEST_CASE("ways of finding others are switched off and on by name") {
  CHECK(std::holds_alternative<LookAround>(std::get<NodeRequest>(parsed({"discover"}).command)));
  const auto choose = request<ChooseRoutes>({"discover", "--off", "ipv6", "--on", "ipv4"});
  CHECK(choose.ipv6 == false);
  CHECK(choose.ipv4 == true);
  CHECK_FALSE(request<ChooseRoutes>({"discover", "--off", "ipv6"}).ipv4.has_value());
  CHECK(request<ChooseRoutes>({"discover", "--off", "dns-sd"}).dns_sd == false);
  CHECK(usage_of({"discover", "--off", "wifi"}) == "unknown_choice --off wifi ipv4, ipv6, dns-sd");
  CHECK(usage_of({"discover", "--off", "ipv4", "--on", "ipv4"}) == "not_together --off ipv4 --on ipv4");
}

TEST_CASE("a field without its value, or twice, is wrong use") {
  CHECK(usage_of({"record", "add", "tools", "name"}) == "no_equals name");
  CHECK(usage_of({"record", "add", "tools", "=Drill"}) == "no_equals =Drill");
  CHECK(usage_of({"record", "list", "tools", "--where", "free"}) == "no_equals free");
  for (const char* option : {"--set", "--add", "--remove"}) {
    CHECK(usage_of({"record", "edit", "tools", "Drill", option, "state"}) == "no_equals state");
  }
  CHECK(usage_of({"record", "edit", "tools", "Drill", "--set", "state=lent", "--clear", "state"}) ==
        "not_together --set state --clear state");
  CHECK(usage_of({"record", "add", "tools"}) == "missing_argument fields");
  CHECK(usage_of({"record", "add"}) == "missing_argument collection");
  CHECK(usage_of({"record", "show", "tools"}) == "missing_argument record");
  CHECK(usage_of({"record"}) == "no_command");
  CHECK(usage_of({"schema", "add"}) == "missing_argument file");
  CHECK(usage_of({"search"}) == "missing_argument words");
  CHECK(usage_of({"settle", "Drill", "count"}) == "missing_argument --side");
  CHECK(usage_of({"undo", "a", "b"}) == "unknown_word b");
  CHECK(usage_of({"record", "list", "tools", "--order", "a", "--order", "b"}) == "given_twice --order");
  CHECK(refused({"settle", "Drill", "count", "--side", "0"}).code == ErrorCode::bad_number);
  CHECK(refused({"record", "list", "tools", "--limit", "0"}).code == ErrorCode::bad_number);
  CHECK(refused({"record", "list", "tools", "--skip", "-1"}).args ==
        std::vector<std::string>{"skip", "-1", "0-4294967295"});
}

TEST_CASE("general options stand before or after the command") {
  const std::vector<Words> lines{
      {"--home", "/k", "--json", "--lang", "en", "--passphrase-file", "/p", "task", "list"},
      {"task", "--home", "/k", "--json", "list", "--lang", "en", "--passphrase-file", "/p"},
      {"task", "list", "--home=/k", "--passphrase-file=/p", "--lang=en", "--json"},
  };
  for (const Words& line : lines) {
    const Options options = parsed(line).options;
    CHECK(options.home == "/k");
    CHECK(options.passphrase_file == "/p");
    CHECK(options.lang == Lang::en);
    CHECK(options.json);
  }
  const Options none = parsed({"status"}).options;
  CHECK(none.home == "/home/noor/.local/share/kiem");
  CHECK_FALSE(none.passphrase_file.has_value());
  CHECK(none.lang == Lang::nl);
  CHECK_FALSE(none.json);
}

TEST_CASE("an option goes before a variable") {
  Environment environment = with_home();
  environment.kiem_home = "/env";
  environment.kiem_passphrase_file = "/env-pass";
  environment.kiem_lang = "en";
  const Options from_environment = parsed({"status"}, environment).options;
  CHECK(from_environment.home == "/env");
  CHECK(from_environment.passphrase_file == "/env-pass");
  CHECK(from_environment.lang == Lang::en);
  const Options given =
      parsed({"status", "--home", "/o", "--passphrase-file", "/p", "--lang", "nl"}, environment).options;
  CHECK(given.home == "/o");
  CHECK(given.passphrase_file == "/p");
  CHECK(given.lang == Lang::nl);
}

TEST_CASE("a key file and a passphrase file do not go together, and what is typed goes before what is set") {
  Environment environment = with_home();
  CHECK(parsed({"status", "--key-file", "/k"}).options.key_file == "/k");
  environment.kiem_passphrase_file = "/env-pass";
  environment.kiem_key_file = "/env-key";
  CHECK(parsed({"status"}, environment).options.key_file == "/env-key");
  CHECK(parsed({"status", "--key-file", "/k"}, environment).options.key_file == "/k");
  const Options typed = parsed({"status", "--passphrase-file", "/p"}, environment).options;
  CHECK_FALSE(typed.key_file.has_value());
  CHECK(typed.passphrase_file == "/p");
  environment.kiem_key_file = "";
  CHECK_FALSE(parsed({"status"}, environment).options.key_file.has_value());
  CHECK(usage_of({"status", "--key-file", "/k", "--passphrase-file", "/p"}) ==
        "not_together --passphrase-file --key-file");
  CHECK(usage_of({"status", "--key-file="}) == "missing_value --key-file");
  CHECK(usage_of({"init", "--name", "Noor", "--key-file", "/k"}) == "not_together init --key-file");
}

TEST_CASE("passphrase changes one thing at a time") {
  using What = ChangeWaysIn::What;
  const auto change = [](const Words& words) { return std::get<ChangeWaysIn>(parsed(words).command); };
  CHECK(change({"passphrase"}).what == What::passphrase);
  CHECK_FALSE(change({"passphrase"}).by_recovery_words);
  CHECK(change({"passphrase", "--new-passphrase-file", "/n"}).new_passphrase_file == "/n");
  CHECK(change({"passphrase", "--recovery"}).by_recovery_words);
  CHECK(change({"passphrase", "--recovery-file", "/r"}).by_recovery_words);
  CHECK(change({"passphrase", "--recovery-file", "/r"}).recovery_file == "/r");
  CHECK(change({"passphrase", "--add-key-file", "/k", "--recovery"}).what == What::add_key_file);
  CHECK(change({"passphrase", "--add-key-file", "/k"}).key_file == "/k");
  CHECK(change({"passphrase", "--drop-key-file"}).what == What::drop_key_file);
  CHECK(usage_of({"passphrase", "--add-key-file="}) == "missing_value --add-key-file");
  CHECK(usage_of({"passphrase", "--add-key-file", "/k", "--drop-key-file"}) ==
        "not_together --add-key-file --drop-key-file");
  const auto added = change({"passphrase", "--add-recovery-words", "--recovery-file", "/w", "--passphrase-file", "/p"});
  CHECK(added.what == What::add_recovery_words);
  CHECK(added.recovery_file == "/w");
  CHECK_FALSE(added.by_recovery_words);
  for (const std::string other : {"--drop-key-file", "--recovery"}) {
    CHECK(usage_of({"passphrase", "--add-recovery-words", other}) == "not_together --add-recovery-words " + other);
  }
  CHECK(usage_of({"passphrase", "--recovery", "--key-file", "/k"}) == "not_together --recovery --key-file");
  CHECK(usage_of({"passphrase", "--recovery-file", "/r", "--passphrase-file", "/p"}) ==
        "not_together --recovery-file --passphrase-file");
}

TEST_CASE("no command at all, or half a one, is wrong use") {
  CHECK(usage_of({}) == "no_command");
  CHECK(usage_of({"--json"}) == "no_command");
  CHECK(usage_of({"task"}) == "no_command");
  CHECK(usage_of({"--json", "task", "--lang", "en"}) == "no_command");
}

TEST_CASE("a word that does not belong is named") {
  CHECK(usage_of({"tsk"}) == "unknown_word tsk");
  CHECK(usage_of({"task", "lst"}) == "unknown_word lst");
  CHECK(usage_of({"task", "list", "--nope"}) == "unknown_word --nope");
  CHECK(usage_of({"task", "add", "Heg", "knippen"}) == "unknown_word knippen");
  CHECK(usage_of({"status", "--seats", "3"}) == "unknown_word --seats");
  CHECK(usage_of({"task", "add", "-kort"}) == "unknown_word -kort");
}

TEST_CASE("what is missing is named") {
  CHECK(usage_of({"claim"}) == "missing_argument task");
  CHECK(usage_of({"task", "add"}) == "missing_argument title");
  CHECK(usage_of({"task", "add", "--seats", "3"}) == "missing_argument title");
  CHECK(usage_of({"import", "--dry-run"}) == "missing_argument file");
  CHECK(usage_of({"init"}) == "missing_argument --name");
  CHECK(usage_of({"task", "add", "Heg", "--seats"}) == "missing_value --seats");
  CHECK(usage_of({"status", "--home"}) == "missing_value --home");
  CHECK(usage_of({"status", "--home="}) == "missing_value --home");
  CHECK(usage_of({"task", "edit", "Heg", "--clear"}) == "missing_value --clear");
}

TEST_CASE("what is given twice is refused, a flag twice is not") {
  CHECK(usage_of({"task", "add", "Heg", "--date", "17-04-2027", "--date", "18-04-2027"}) == "given_twice --date");
  CHECK(usage_of({"--home", "/a", "status", "--home", "/b"}) == "given_twice --home");
  CHECK(parsed({"--json", "status", "--json"}).options.json);
}

TEST_CASE("numbers are whole and from 1") {
  for (const char* word : {"0", "-1", "3.5", "drie", "", " 3", "3 ", "0x10", "4294967296", "99999999999999999999"}) {
    const Error error = refused({"task", "add", "Heg", "--seats", word});
    CHECK(error.code == ErrorCode::bad_number);
    CHECK(error.args == std::vector<std::string>{"seats", word, "count"});
  }
  CHECK(request<AddTask>({"task", "add", "Heg", "--seats", "4294967295"}).seats == 4294967295U);
  CHECK(refused({"task", "list", "--limit", "0"}).code == ErrorCode::bad_number);
  CHECK(refused({"claim", "Heg", "--count", "x"}).code == ErrorCode::bad_number);
  CHECK(refused({"log", "--limit", "x"}).code == ErrorCode::bad_number);
  CHECK(refused({"task", "edit", "Heg", "--seats", "x"}).code == ErrorCode::bad_number);
}

TEST_CASE("dates and times are read as a spreadsheet's are") {
  for (const char* word : {"17-04-2027", "17/4/2027", "2027-04-17", "za 17 april 2027"}) {
    CHECK(request<AddTask>({"task", "add", "Heg", "--date", word}).date == 20925);
  }
  for (const char* word : {"18.30", "18:30", "18u30"}) {
    CHECK(request<AddTask>({"task", "add", "Heg", "--time", word}).start == 1110);
  }
  for (const char* option : {"--date", "--time", "--until"}) {
    const ErrorCode expected = option == std::string("--date") ? ErrorCode::bad_date : ErrorCode::bad_time;
    for (const char* word : {"", "straks", "31-02-2027", "25.00", "--json"}) {
      CHECK(refused({"task", "add", "Heg", option, word}).code == expected);
      CHECK(refused({"task", "edit", "Heg", option, word}).code == expected);
    }
  }
}

TEST_CASE("help is asked for anywhere, also where something is missing") {
  const auto path = [](const Words& words) { return std::get<ShowHelp>(parsed(words).command).path; };
  CHECK(path({"--help"}).empty());
  CHECK(path({"-h"}).empty());
  CHECK(path({"task", "--help"}) == "task");
  CHECK(path({"task", "add", "--help"}) == "task add");
  CHECK(path({"--help", "task", "add"}) == "task add");
  CHECK(path({"claim", "--help", "--lang", "en"}) == "claim");
  CHECK(parsed({"claim", "--help", "--lang", "en"}).options.lang == Lang::en);
}

TEST_CASE("the language is known before the rest is understood") {
  Environment environment;
  CHECK(spoken_language({}, environment) == Lang::nl);
  CHECK(spoken_language({"tsk", "--lang", "en"}, environment) == Lang::en);
  CHECK(spoken_language({"--lang=en", "tsk"}, environment) == Lang::en);
  CHECK(spoken_language({"--lang"}, environment) == Lang::nl);
  environment.lang = "en_GB.UTF-8";
  CHECK(spoken_language({"--lang", "xx"}, environment) == Lang::en);
  CHECK(spoken_language({"--lang", "nl"}, environment) == Lang::nl);
  CHECK(usage_of({"status", "--lang", "xx"}) == "unknown_choice --lang xx nl, en");
}

TEST_CASE("each variable has its place") {
  Environment environment;
  CHECK_FALSE(default_home(environment).has_value());
  environment.home = "/h";
  CHECK(default_home(environment) == "/h/.local/share/kiem");
  environment.xdg_data_home = "relative";
  CHECK(default_home(environment) == "/h/.local/share/kiem");
  environment.xdg_data_home = "/x";
  CHECK(default_home(environment) == "/x/kiem");
  environment.kiem_home = "";
  CHECK(default_home(environment) == "/x/kiem");
  environment.kiem_home = "here";
  CHECK(default_home(environment) == "here");

  CHECK(default_language(environment) == Lang::nl);
  environment.lang = "C.UTF-8";
  CHECK(default_language(environment) == Lang::nl);
  environment.lang = "en_US";
  CHECK(default_language(environment) == Lang::en);
  environment.kiem_lang = "nl";
  CHECK(default_language(environment) == Lang::nl);
  environment.kiem_lang = "fr";
  CHECK(default_language(environment) == Lang::en);
}

TEST_CASE("every example in the help is a command line that is understood") {
  for (const CommandSpec& spec : commands()) {
    for (const Lang lang : {Lang::nl, Lang::en}) {
      // Split at spaces outside quotation marks, as a shell would.
      Words words{""};
      bool quoted = false;
      for (const char c : spec.example.in(lang)) {
        if (c == '"') {
          quoted = !quoted;
        } else if (c == ' ' && !quoted) {
          words.emplace_back();
        } else {
          words.back() += c;
        }
      }
      CHECK(words.front() == "kiem");
      words.erase(words.begin());
      CAPTURE(spec.path);
      const Invocation understood = parsed(words);
      CHECK_FALSE(std::holds_alternative<ShowHelp>(understood.command));
      CHECK(std::string(spec.example.in(lang)).starts_with("kiem " + std::string(spec.path)));
    }
  }
}

}  // namespace
}  // namespace kiem::cli
