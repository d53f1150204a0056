// Every command on a real store: what it answers for people and as JSON, in both languages.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/cli/json_text.hpp"
#include "tests/cli/shell.hpp"

namespace kiem::test {
namespace {

std::size_t words_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

constexpr std::size_t kIdDigits = 52;

TEST_CASE("init makes a person and a device, and shows the recovery words once") {
  Shell shell;
  const JsonText made = json_of(shell, {"init", "--name", "Anneke"});
  CHECK(made.at("/person").size() == kIdDigits);
  CHECK(made.at("/device").size() == kIdDigits);
  CHECK(made.at("/name") == "Anneke");
  const std::string words = made.at("/recovery");
  CHECK(words_in(words) == 12);
  const JsonText status = json_of(shell, {"status"});
  CHECK(status.at("/person/id") == made.at("/person"));
  CHECK(status.at("/person/name") == "Anneke");
  CHECK(status.at("/device") == made.at("/device"));
  CHECK(status.size("/initiatives") == 0);

  Shell text;
  const std::string out = text.done({"init", "--name", "Noor", "--lang", "en"});
  CHECK(out.starts_with("Hello Noor. "));
  CHECK(has(out, "Your recovery words:\n  "));
}

TEST_CASE("a practice store opens by its key, without a passphrase") {
  Shell shell;
  shell.environment.kiem_passphrase_file = std::nullopt;
  CHECK(has(shell.done({"init", "--practice", "--name", "Noor"}), "Dit is oefenen"));
  CHECK(std::filesystem::file_size(shell.folder.store() / "practice.key") == 32);
  shell.done({"initiative", "create", "Proeftuin"});
  const JsonText status = json_of(shell, {"status"});
  CHECK(status.at("/initiatives/0/practice") == "true");
  CHECK(has(shell.done({"status"}), "Proeftuin (proeftuin)"));
}

TEST_CASE("an initiative is its caller's, and its id comes first") {
  Shell shell;
  shell.done({"init", "--name", "Anneke"});
  const std::string out = shell.done({"initiative", "create", "Sociaal Tuinieren"});
  const std::string id = out.substr(0, out.find('\n'));
  CHECK(id.size() == kIdDigits);
  CHECK(has(out, "Sociaal Tuinieren is begonnen"));
  const JsonText status = json_of(shell, {"status"});
  REQUIRE(status.size("/initiatives") == 1);
  CHECK(status.at("/initiatives/0/id") == id);
  CHECK(status.at("/initiatives/0/name") == "Sociaal Tuinieren");
  CHECK(status.at("/initiatives/0/practice") == "false");
  CHECK(status.at("/initiatives/0/role") == "coordinator");
  CHECK(status.at("/initiatives/0/members") == "1");
  CHECK(status.at("/initiatives/0/open_tasks") == "0");
  CHECK(std::stoi(status.at("/initiatives/0/only_here")) > 0);
  CHECK(status.size("/initiatives/0/meetings") == 0);
  const JsonText second = json_of(shell, {"initiative", "create", "Groene Vingers"});
  CHECK(words_in(second.at("/recovery")) == 12);
  CHECK(second.at("/name") == "Groene Vingers");
  CHECK(second.at("/id") != id);
}

TEST_CASE("with two initiatives a command asks which") {
  Shell shell;
  shell.begin();
  shell.done({"initiative", "create", "Groene Vingers"});
  const Outcome unclear = shell.run({"task", "list"});
  CHECK(unclear.code == 1);
  CHECK(unclear.out.empty());
  CHECK(has(unclear.err, "--initiative NAAM"));
  shell.done({"task", "add", "Heg", "--initiative", "Groene Vingers"});
  CHECK(json_of(shell, {"task", "list", "--initiative", "Groene Vingers"}).size("/tasks") == 1);
  CHECK(json_of(shell, {"--initiative", "Sociaal Tuinieren", "task", "list"}).size("/tasks") == 0);
  CHECK(shell.run({"task", "list", "--initiative", "Anders"}).code == 1);
}

TEST_CASE("places are added, listed and shown") {
  Shell shell;
  shell.begin();
  const std::string id = shell.first_line({"place", "add", "Tuin Linde 4", "--kind", "tuin", "--area", "Lindekwartier",
                                           "--text", "Een lange heg.", "--meeting-point", "Bij de kas"});
  CHECK(id.size() == kIdDigits);
  shell.done({"task", "add", "Heg knippen", "--place", "Tuin Linde 4"});
  const JsonText places = json_of(shell, {"place", "list"});
  REQUIRE(places.size("/places") == 1);
  CHECK(places.at("/places/0/id") == id);
  CHECK(places.at("/places/0/kind") == "tuin");
  CHECK(places.at("/places/0/open_tasks") == "1");
  const JsonText place = json_of(shell, {"place", "show", id.substr(0, 8)});
  CHECK(place.at("/text") == "Een lange heg.");
  CHECK(place.at("/meeting_point") == "Bij de kas");
  CHECK(place.at("/tasks/0/title") == "Heg knippen");
  CHECK(has(shell.done({"place", "list"}), "Tuin Linde 4  tuin  Lindekwartier  1 open taak"));
  CHECK(has(shell.done({"place", "show", "Tuin Linde 4", "--lang", "en"}), "Meet at     Bij de kas"));
}

TEST_CASE("a task goes from added to done") {
  Shell shell;
  shell.begin();
  shell.done({"place", "add", "Tuin Linde 4"});
  const std::string id =
      shell.first_line({"task", "add", "Heg knippen", "--seats", "3", "--date", "17-04-2027", "--time", "18.30",
                        "--until", "20.30", "--place", "Tuin Linde 4", "--note", "Neem handschoenen mee."});
  CHECK(id.size() == kIdDigits);
  JsonText task = json_of(shell, {"task", "show", id});
  CHECK(task.at("/id") == id);
  CHECK(task.at("/title") == "Heg knippen");
  CHECK(task.at("/state") == "open");
  CHECK(task.at("/seats") == "3");
  CHECK(task.at("/free") == "3");
  CHECK(task.at("/date") == "2027-04-17");
  CHECK(task.at("/time") == "18:30");
  CHECK(task.at("/until") == "20:30");
  CHECK(task.at("/place/title") == "Tuin Linde 4");
  CHECK(task.at("/note") == "Neem handschoenen mee.");
  CHECK(task.size("/claims") == 0);
  CHECK(task.size("/conflicts") == 0);
  CHECK(task.at("/added_by/name") == "Anneke");

  const JsonText changed =
      json_of(shell, {"task", "edit", "Heg knippen", "--title", "Haag knippen", "--time", "19.00"});
  CHECK(changed.at("/title") == "Haag knippen");
  CHECK(changed.at("/time") == "19:00");
  CHECK(changed.size("/changes") == 2);
  CHECK(has(shell.done({"task", "edit", id, "--time", "13.30"}), "begintijd: 13.30, was 19.00"));
  task = json_of(shell, {"task", "edit", id, "--clear", "date", "time", "place", "note", "--no-limit"});
  CHECK(task.at("/date") == "null");
  CHECK(task.at("/time") == "null");
  CHECK(task.at("/until") == "null");
  CHECK(task.at("/place") == "null");
  CHECK(task.at("/seats") == "null");
  CHECK(task.at("/free") == "null");
  CHECK(task.at("/note") == "");
  CHECK(has(shell.done({"task", "show", id}), "datum volgt"));

  CHECK(shell.done({"task", "done", id}) == "Haag knippen staat op klaar.\n");
  CHECK(json_of(shell, {"task", "show", id}).at("/state") == "done");
  CHECK(json_of(shell, {"task", "list"}).size("/tasks") == 0);
  CHECK(json_of(shell, {"task", "list", "--all"}).size("/tasks") == 1);
  const Outcome again = shell.run({"task", "done", id});
  CHECK(again.code == 1);
  CHECK(has(again.err, "al klaar"));
}

TEST_CASE("only the title is required") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Koffie"});
  const JsonText tasks = json_of(shell, {"task", "list"});
  CHECK(tasks.at("/complete") == "true");
  REQUIRE(tasks.size("/tasks") == 1);
  CHECK(tasks.at("/tasks/0/seats") == "1");
  CHECK(tasks.at("/tasks/0/free") == "1");
  CHECK(tasks.at("/tasks/0/date") == "null");
  CHECK(tasks.at("/tasks/0/confirmed") == "0");
  CHECK(tasks.at("/tasks/0/waiting") == "0");
  CHECK(tasks.at("/tasks/0/provisional") == "0");
  CHECK(has(shell.done({"task", "list"}), "datum volgt  Koffie  nog 1 plek"));
  CHECK(has(shell.done({"task", "list", "--lang", "en"}), "date follows  Koffie  1 seat left"));
}

TEST_CASE("a list with a limit says that it is not all, and is no failure") {
  Shell shell;
  shell.begin();
  for (const char* title : {"Een", "Twee", "Drie"}) shell.done({"task", "add", title});
  const JsonText some = json_of(shell, {"task", "list", "--limit", "2"});
  CHECK(some.size("/tasks") == 2);
  CHECK(some.at("/complete") == "false");
  CHECK(json_of(shell, {"task", "list", "--limit", "4"}).at("/complete") == "true");
  CHECK(json_of(shell, {"log", "--limit", "1"}).size("/log") == 1);
  CHECK(shell.run({"task", "list", "--limit", "1"}).err.empty());
}

TEST_CASE("a claim is confirmed on the assigner's own laptop, and ends with a withdrawal") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Heg knippen", "--seats", "2"});
  CHECK(shell.done({"claim", "Heg knippen"}) == "Je doet mee met Heg knippen. Je plek is bevestigd.\n");
  JsonText task = json_of(shell, {"task", "show", "Heg knippen"});
  REQUIRE(task.size("/claims") == 1);
  CHECK(task.at("/claims/0/person/name") == "Anneke");
  CHECK(task.at("/claims/0/state") == "confirmed");
  CHECK(task.at("/claims/0/position") == "null");
  CHECK(task.at("/claims/0/reason/code") == "confirmed-by-assigner");
  CHECK(task.at("/claims/0/mine") == "true");
  CHECK(task.at("/free") == "1");
  CHECK(has(shell.done({"task", "list"}), "jij: bevestigd"));

  const JsonText withdrawn = json_of(shell, {"withdraw", "Heg knippen"});
  CHECK(withdrawn.at("/claims/0/state") == "withdrawn");
  CHECK(withdrawn.at("/free") == "2");
  CHECK(has(shell.done({"task", "show", "Heg knippen"}), "Anneke (jij): afgemeld"));
  const Outcome again = shell.run({"withdraw", "Heg knippen"});
  CHECK(again.code == 1);
  CHECK(has(again.err, "Er is geen aanmelding voor ‘Heg knippen’."));
}

constexpr std::string_view kPeople =
    "id;naam;rol;talenten\nm1;Joke T.;vrijwilliger;heg knippen\nm2;Sven B.;vrijwilliger;rijden\n";

TEST_CASE("who comes after the last seat stands on the waiting list with the reason") {
  Shell shell;
  shell.begin();
  shell.done({"import", shell.file("mensen.csv", kPeople)});
  shell.done({"task", "add", "Heg knippen"});
  shell.done({"claim", "Heg knippen", "--for", "Joke T."});
  CHECK(shell.done({"claim", "Heg knippen"}) ==
        "Je staat op de wachtlijst van Heg knippen, als nummer 1.\nDe plek is al aan een ander bevestigd.\n");
  shell.done({"claim", "Heg knippen", "--for", "Sven B."});
  const JsonText task = json_of(shell, {"task", "show", "Heg knippen", "--lang", "en"});
  CHECK(task.at("/free") == "0");
  CHECK(task.at("/confirmed") == "1");
  CHECK(task.at("/waiting") == "2");
  REQUIRE(task.size("/claims") == 3);
  const std::string joke = task.find("/claims", "/person/name", "Joke T.");
  const std::string anneke = task.find("/claims", "/person/name", "Anneke");
  const std::string sven = task.find("/claims", "/person/name", "Sven B.");
  CHECK(task.at(joke + "/state") == "confirmed");
  CHECK(task.at(joke + "/entered_by/name") == "Anneke");
  CHECK(task.at(anneke + "/state") == "waiting");
  CHECK(task.at(anneke + "/position") == "1");
  CHECK(task.at(anneke + "/reason/code") == "taken-by-confirmed");
  CHECK(task.at(anneke + "/reason/text") == "The seat is confirmed to somebody else already.");
  CHECK(task.at(sven + "/position") == "2");
  const std::string shown = shell.done({"task", "show", "Heg knippen"});
  CHECK(has(shown, "Joke T.: bevestigd\n"));
  CHECK(has(shown, "Anneke schreef het op."));
  CHECK(has(shown, "Anneke (jij): wachtlijst 1\n"));
  CHECK(shell.done({"withdraw", "Heg knippen", "--for", "Joke T."}) == "Joke T. is afgemeld voor Heg knippen.\n");
  CHECK(json_of(shell, {"task", "show", "Heg knippen"}).at("/waiting") == "1");
}

TEST_CASE("a group takes as many seats as it is") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Opknapdag", "--seats", "6"});
  const JsonText claimed = json_of(shell, {"claim", "Opknapdag", "--count", "4"});
  CHECK(claimed.at("/claim/count") == "4");
  CHECK(claimed.at("/claim/state") == "confirmed");
  CHECK(claimed.at("/free") == "2");
  const Outcome too_many = shell.run({"claim", "Opknapdag", "--count", "100000"});
  CHECK(too_many.code == 1);
  CHECK(has(too_many.err, "Geef een getal van 1 tot en met"));
}

TEST_CASE("a task that is called off keeps its claims and the reason") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Heg knippen"});
  shell.done({"claim", "Heg knippen"});
  CHECK(shell.done({"task", "cancel", "Heg knippen", "--reason", "storm"}) ==
        "Heg knippen gaat niet door.\n1 aanmelding blijft bewaard. Vertel het ook zelf.\n");
  const JsonText task = json_of(shell, {"task", "show", "Heg knippen"});
  CHECK(task.at("/state") == "cancelled");
  CHECK(task.at("/cancel_reason") == "storm");
  CHECK(task.at("/claims/0/state") == "cancelled");
  CHECK(task.at("/claims/0/reason/code") == "task-cancelled");
  const Outcome late = shell.run({"claim", "Heg knippen"});
  CHECK(late.code == 1);
  CHECK(has(late.err, "gaat niet door"));
}

TEST_CASE("the log tells who did what and what it replaced") {
  Shell shell;
  shell.begin();
  const std::string id = shell.first_line({"task", "add", "Heg knippen", "--seats", "2"});
  shell.done({"task", "add", "Koffie"});
  shell.done({"task", "edit", id, "--seats", "3"});
  shell.done({"claim", id});
  const std::string whole = shell.done({"log"});
  CHECK(has(whole, "Anneke begon het initiatief"));
  CHECK(has(whole, "Anneke voegde de taak Koffie toe"));
  const std::string of_task = shell.done({"log", "Heg knippen"});
  CHECK(has(of_task, "Anneke voegde de taak Heg knippen toe"));
  CHECK(has(of_task, "Anneke veranderde de taak Heg knippen\n"));
  CHECK(has(of_task, "aantal plekken: 3, was 2"));
  CHECK(has(of_task, "Anneke meldde zich aan voor Heg knippen"));
  CHECK_FALSE(has(of_task, "Koffie"));
  CHECK(of_task.find("meldde zich aan") < of_task.find("voegde de taak"));
  const JsonText log = json_of(shell, {"log", id, "--lang", "en"});
  CHECK(log.at("/complete") == "true");
  const std::string oldest = "/log/" + std::to_string(log.size("/log") - 1);
  CHECK(log.at(oldest + "/kind") == "task_added");
  CHECK(log.at(oldest + "/text") == "Anneke added the task Heg knippen");
  CHECK(log.at(oldest + "/person/name") == "Anneke");
  CHECK(log.at(oldest + "/record") == id);
  CHECK(log.at(oldest + "/standing") == "applied");
  CHECK(log.at(oldest + "/when").ends_with("Z"));
}

constexpr std::string_view kTasks =
    "titel;datum;van;tot;plekken;contact\n"
    "Heg knippen;17-04-2027;18.30;20.30;3;06-00000000\n"
    "Koffie;;;;;\n";

TEST_CASE("an import adds once what a dry run promised, and names what it left out") {
  Shell shell;
  shell.begin();
  const std::string path = shell.file("taken.csv", kTasks);
  const std::string promised = shell.done({"import", path, "--dry-run"});
  CHECK(has(promised, "Dit zou erbij komen: 2 taken. Er is nog niets veranderd.\n  Heg knippen\n  Koffie\n"));
  CHECK(has(promised, "Kolom contact blijft weg"));
  CHECK(json_of(shell, {"task", "list"}).size("/tasks") == 0);
  const JsonText added = json_of(shell, {"import", path});
  CHECK(added.at("/kind") == "tasks");
  CHECK(added.at("/added") == "2");
  CHECK(added.at("/dry_run") == "false");
  CHECK(added.at("/left_out/0/column") == "contact");
  CHECK(added.at("/left_out/0/why") == "sealed");
  CHECK(added.size("/problems") == 0);
  CHECK(json_of(shell, {"task", "show", "Heg knippen"}).at("/time") == "18:30");
  const std::string again = shell.done({"import", path});
  CHECK(has(again, "Niets nieuws.\n2 rijen waren er al.\n"));
  CHECK(json_of(shell, {"task", "list"}).size("/tasks") == 2);
}

TEST_CASE("people and places are taken from a spreadsheet too") {
  Shell shell;
  shell.begin();
  CHECK(has(shell.done({"import", shell.file("mensen.csv", kPeople)}), "Toegevoegd: 2 mensen."));
  CHECK(has(shell.done({"import", shell.file("plaatsen.csv", "naam;soort;buurt\nTuin Linde 4;tuin;Linde\n")}),
            "Toegevoegd: 1 plaats."));
  const JsonText people = json_of(shell, {"person", "list"});
  CHECK(people.size("/people") == 3);
  const std::string listed = shell.done({"person", "list"});
  CHECK(has(listed, "Anneke (jij)  coördinator"));
  CHECK(has(listed, "Joke T."));
  CHECK(has(shell.done({"place", "list"}), "Tuin Linde 4"));
}

TEST_CASE("the doctor finds nothing wrong with what the commands made") {
  Shell shell;
  shell.begin();
  shell.done({"task", "add", "Heg knippen"});
  shell.done({"claim", "Heg knippen"});
  const JsonText report = json_of(shell, {"doctor"});
  CHECK(report.at("/healthy") == "true");
  CHECK(std::stoi(report.at("/operations")) > 3);
  CHECK(report.size("/damaged_pages") == 0);
  CHECK(report.at("/views_equal") == "true");
  CHECK(shell.done({"doctor"}).starts_with("Alles klopt.\n"));
  CHECK(shell.done({"doctor", "--lang", "en"}).starts_with("Everything is right.\n"));
}

TEST_CASE("help needs no store and no home") {
  Shell shell;
  shell.environment = {};
  CHECK(shell.done({"--help"}).starts_with("Kiem: samen klussen"));
  CHECK(has(shell.done({"task", "add", "--help", "--lang", "en"}), "Example:\n  kiem task add"));
  CHECK_FALSE(std::filesystem::exists(shell.folder.store()));
}

}  // namespace
}  // namespace kiem::test
