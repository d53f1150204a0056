// Answers made by hand, printed for people and as JSON, and the exit code that goes with them.
#include <doctest/doctest.h>

#include <sstream>

#include "core/domain/import/problems.hpp"
#include "core/l10n/import.hpp"
#include "sync/cli/answer_output.hpp"
#include "sync/cli/exit_code.hpp"
#include "sync/cli/founding_output.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/terminal_text.hpp"
#include "tests/unit/cli/printed.hpp"

namespace kiem::cli {
namespace {

constexpr std::int32_t kDay = 20925;  // Saturday 17 April 2027

std::string remarks_of(const Audience& audience, const Answer& answer) {
  std::ostringstream out;
  Page page(out);
  print_remarks(page, audience, answer);
  return out.str();
}

TaskCard hedge() {
  TaskCard task;
  task.id = id<RecordId>(1);
  task.title = "Heg knippen";
  task.seats = 3;
  task.free = 2;
  task.date = kDay;
  task.start = 1110;
  task.end = 1230;
  task.place = id<RecordId>(2);
  task.place_title = "Tuin Linde 4";
  task.confirmed = 1;
  return task;
}

ClaimRow claim(std::uint8_t byte, std::string name, ClaimState state, ClaimReason reason) {
  ClaimRow row;
  row.person = person(byte, std::move(name));
  row.state = state;
  row.reason = {reason, 3};
  return row;
}

TEST_CASE("tasks are one line each: id, date, times, title, seats") {
  TaskCard coffee;
  coffee.id = id<RecordId>(3);
  coffee.title = "Koffie";
  coffee.seats = 1;
  coffee.free = 1;
  CHECK(text_of(kDutch, Request(ListTasks{}), Tasks{{hedge(), coffee}, true}) ==
        "2 open taken\n\n"
        "  040g2081  za 17 apr    18.30–20.30  Heg knippen  nog 2 plekken\n"
        "  0c1g60r3  datum volgt               Koffie       nog 1 plek\n");
  CHECK(has(text_of({Lang::en, 2026, {}}, Request(ListTasks{}), Tasks{{hedge()}, true}), "Sat 17 Apr 2027"));
}

TEST_CASE("my own claim stands where the seats are, unless I signed off") {
  TaskCard task = hedge();
  task.mine = claim(1, "Noor", ClaimState::waiting, ClaimReason::taken_by_earlier);
  task.mine->position = 2;
  CHECK(has(text_of(kDutch, Request(ListTasks{}), Tasks{{task}, true}), "jij: wachtlijst 2"));
  task.mine->state = ClaimState::withdrawn;
  CHECK(has(text_of(kDutch, Request(ListTasks{}), Tasks{{task}, true}), "nog 2 plekken"));
}

TEST_CASE("a long title is cut in a list, and a wicked one does nothing") {
  TaskCard task = hedge();
  task.title = "\x1b[2JHeg\n" + std::string(300, 'x');
  const std::string text = text_of(kDutch, Request(ListTasks{}), Tasks{{task}, true});
  CHECK_FALSE(has(text, "\x1b"));
  std::istringstream stream(text);
  std::size_t lines = 0;
  for (std::string line; std::getline(stream, line); ++lines) CHECK(display_width(line) <= kColumns);
  CHECK(lines == 3);
}

TEST_CASE("no tasks says how to add one") {
  CHECK(has(text_of(kDutch, Request(ListTasks{}), Tasks{}), "kiem task add TITEL"));
  ListTasks all;
  all.all = true;
  CHECK(has(text_of(kEnglish, Request(all), Tasks{}), "There are no tasks yet."));
}

TaskDetail detail() {
  TaskDetail task;
  task.card = hedge();
  task.card.note = "Neem handschoenen mee.\nDaarna thee.";
  task.added_by = person(9, "Anneke");
  task.assigner = person(9, "Anneke");
  ClaimRow confirmed = claim(4, "Joke", ClaimState::confirmed, ClaimReason::confirmed_by_assigner);
  confirmed.confirmed = 1;
  confirmed.entered_by = person(9, "Anneke");
  ClaimRow waiting = claim(5, "", ClaimState::waiting, ClaimReason::taken_by_confirmed);
  waiting.position = 1;
  waiting.count = 2;
  waiting.mine = true;
  task.claims = {confirmed, waiting};
  task.conflicts = {{"time", {{person(9, "Anneke"), {0}, "10:00", true}, {person(8, "Rachid"), {0}, "13:30", false}}}};
  return task;
}

TEST_CASE("a task shows everybody with state and reason, and what contradicts") {
  CHECK(text_of(kDutch, Request(ShowTask{}), detail()) ==
        "Heg knippen\n"
        "  Wanneer      za 17 april 2027, 18.30–20.30\n"
        "  Plaats       Tuin Linde 4\n"
        "  Plekken      3, nog 2 plekken\n"
        "  Toelichting  Neem handschoenen mee.\n"
        "               Daarna thee.\n"
        "  Van          Anneke\n"
        "  Kenmerk      040g2081040g2081040g2081040g2081040g2081040g2081040g\n"
        "\n"
        "Wie doet mee\n"
        "  Joke: bevestigd\n"
        "    Bevestigd door wie de plekken verdeelt.\n"
        "    Anneke schreef het op.\n"
        "  iemand (jij): wachtlijst 1, met 2 mensen\n"
        "    Alle 3 plekken zijn al aan anderen bevestigd.\n"
        "\n"
        "Tegenspraak\n"
        "  begintijd: 10.00 (Anneke), zo staat het er nu\n"
        "  begintijd: 13.30 (Rachid)\n");
}

TEST_CASE("a task as JSON has the agreed keys") {
  const std::string json = answer_json(Lang::nl, detail());
  CHECK(
      json.starts_with("{\"id\":\"040g2081040g2081040g2081040g2081040g2081040g2081040g\",\"title\":\"Heg knippen\","
                       "\"state\":\"open\",\"seats\":3,\"free\":2,\"date\":\"2027-04-17\",\"time\":\"18:30\","
                       "\"until\":\"20:30\",\"place\":{\"id\":\"0810"));
  CHECK(has(json, "\"title\":\"Tuin Linde 4\"},\"confirmed\":1,\"waiting\":0,\"provisional\":0,"));
  CHECK(has(json,
            "\"name\":\"Joke\"},\"state\":\"confirmed\",\"position\":null,\"reason\":{\"code\":"
            "\"confirmed-by-assigner\",\"text\":\"Bevestigd door wie de plekken verdeelt.\"},\"count\":1,"));
  CHECK(has(json, "\"state\":\"waiting\",\"position\":1,\"reason\":{\"code\":\"taken-by-confirmed\","));
  CHECK(has(json, "\"note\":\"Neem handschoenen mee.\\nDaarna thee.\""));
  CHECK(has(json, "\"conflicts\":[{\"field\":\"time\",\"sides\":[{\"person\":{"));
  CHECK(json.ends_with("\"shown\":false}]}]}\n"));
}

TEST_CASE("what is not there is null in JSON") {
  TaskCard task;
  task.id = id<RecordId>(1);
  task.title = "Koffie";
  const std::string json = answer_json(Lang::nl, Tasks{{task}, false});
  CHECK(has(json, "\"seats\":null,\"free\":null,\"date\":null,\"time\":null,\"until\":null,\"place\":null"));
  CHECK(has(json, "\"mine\":null"));
  CHECK(json.ends_with("],\"complete\":false}\n"));
  CHECK(answer_json(Lang::en, Tasks{}) == "{\"tasks\":[],\"complete\":true}\n");
}

TEST_CASE("what was added begins with its id") {
  const std::string whole = to_text(id<RecordId>(1));
  CHECK(text_of(kDutch, Request(AddTask{}), TaskAdded{id<RecordId>(1), "Heg"}) == whole + "\nToegevoegd: Heg.\n");
  CHECK(text_of(kEnglish, Request(AddPlace{}), PlaceAdded{id<RecordId>(1), "Tuin"}) == whole + "\nAdded: Tuin.\n");
  CHECK(answer_json(Lang::nl, TaskAdded{id<RecordId>(1), "Heg"}) == "{\"id\":\"" + whole + "\",\"title\":\"Heg\"}\n");
  InitiativeCreated created{id<SpaceId>(1), "ST", "een twee drie"};
  CHECK(text_of(kDutch, Request(CreateInitiative{}), created).starts_with(whole + "\nST is begonnen."));
  CHECK(has(text_of(kDutch, Request(CreateInitiative{}), created), "\n  een twee drie\n"));
  CHECK(answer_json(Lang::nl, created) ==
        "{\"id\":\"" + whole + "\",\"name\":\"ST\",\"recovery\":\"een twee drie\"}\n");
}

TEST_CASE("a new Kiem shows its words once, for people and for programs") {
  Founded founded;
  founded.status.me = person(1, "Noor");
  founded.status.device = id<DeviceId>(2);
  founded.recovery_words = "een twee drie";
  founded.home = "/home/noor/kiem";
  std::ostringstream out;
  Page page(out);
  print_founded(page, kDutch, founded);
  CHECK(has(out.str(), "Hoi Noor."));
  CHECK(has(out.str(), "\n  een twee drie\n"));
  CHECK_FALSE(has(out.str(), "oefenen"));
  CHECK(to_json_line(json_of(founded)) == "{\"person\":\"" + to_text(id<PrincipalId>(1)) + "\",\"device\":\"" +
                                              to_text(id<DeviceId>(2)) +
                                              "\",\"name\":\"Noor\",\"recovery\":\"een twee drie\"}\n");
}

TEST_CASE("each change of a task is told in its own words") {
  TaskChanged changed;
  changed.task.card = hedge();
  changed.changes = {{"time", "18:30", "19:00"}};
  CHECK(text_of(kDutch, Request(EditTask{}), changed) == "Heg knippen is veranderd.\n  begintijd: 19.00, was 18.30\n");
  changed.changes.clear();
  changed.task.claims = detail().claims;
  CHECK(text_of(kDutch, Request(CancelTask{}), changed) ==
        "Heg knippen gaat niet door.\n2 aanmeldingen blijven bewaard. Vertel het ook zelf.\n");
  CHECK(text_of(kDutch, Request(FinishTask{}), changed) == "Heg knippen staat op klaar.\n");
  CHECK(text_of(kDutch, Request(WithdrawClaim{}), changed) == "Je bent afgemeld voor Heg knippen.\n");
  WithdrawClaim other;
  other.on_behalf = Naming{"Joke"};
  CHECK(text_of(kEnglish, Request(other), changed) == "Joke is signed off from Heg knippen.\n");
  CHECK(has(answer_json(Lang::nl, changed), "\"conflicts\":[],\"changes\":[]}\n"));
}

TEST_CASE("a claim says where it stands, and why when that is news") {
  ClaimAnswer answer;
  answer.task.card = hedge();
  answer.claim = claim(1, "Noor", ClaimState::waiting, ClaimReason::taken_by_confirmed);
  answer.claim.mine = true;
  answer.claim.position = 1;
  CHECK(text_of(kDutch, Request(ClaimTask{}), answer) ==
        "Je staat op de wachtlijst van Heg knippen, als nummer 1.\nAlle 3 plekken zijn al aan anderen bevestigd.\n");
  answer.claim.state = ClaimState::confirmed;
  answer.claim.reason.code = ClaimReason::confirmed_by_assigner;
  CHECK(text_of(kDutch, Request(ClaimTask{}), answer) == "Je doet mee met Heg knippen. Je plek is bevestigd.\n");
  CHECK(has(answer_json(Lang::nl, answer), "\"claim\":{\"person\":{"));
}

TEST_CASE("places and people are lists with short ids") {
  PlaceRow place;
  place.id = id<RecordId>(1);
  place.title = "Tuin Linde 4";
  place.kind = "tuin";
  place.area = "Lindekwartier";
  place.open_tasks = 1;
  CHECK(text_of(kDutch, Request(ListPlaces{}), Places{{place}}) ==
        "1 plaats\n\n  040g2081  Tuin Linde 4  tuin  Lindekwartier  1 open taak\n");
  CHECK(has(text_of(kDutch, Request(ListPlaces{}), Places{}), "kiem place add TITEL"));
  const std::string shown = text_of(kDutch, Request(ShowPlace{}), PlaceDetail{place, {hedge()}});
  CHECK(has(shown, "  Buurt       Lindekwartier\n"));
  CHECK(has(shown, "1 open taak\n\n  040g2081"));
  CHECK(answer_json(Lang::nl, Places{{place}}) ==
        "{\"places\":[{\"id\":\"" + to_text(place.id) +
            "\",\"title\":\"Tuin Linde 4\",\"kind\":\"tuin\",\"area\":\"Lindekwartier\",\"text\":\"\","
            "\"meeting_point\":\"\",\"open_tasks\":1}]}\n");
  CHECK(has(answer_json(Lang::nl, PlaceDetail{place, {hedge()}}), "\"open_tasks\":1,\"tasks\":[{\"id\":"));

  PersonRow noor;
  noor.person = person(1, "Noor");
  noor.role = Role::coordinator;
  noor.me = true;
  PersonRow card;
  card.person = person(2, "Joke");
  card.card = true;
  PersonRow fresh;
  fresh.person = person(3, "");
  fresh.role = Role::volunteer;
  fresh.on_probation = true;
  const std::string people = text_of(kDutch, Request(ListPeople{}), People{{noor, card, fresh}});
  CHECK(has(people, "  040g2081  Noor (jij)  coördinator\n"));
  CHECK(has(people, "Joke        zonder Kiem\n"));
  CHECK(has(people, "iemand      vrijwilliger, nieuw\n"));
  CHECK(has(answer_json(Lang::nl, People{{card}}), "\"name\":\"Joke\",\"role\":\"none\",\"card\":true,\"me\":false"));
  CHECK(has(text_of(kEnglish, Request(ListPeople{}), People{}), "no people"));
}

TEST_CASE("the log tells who did what, when said in the reader's zone, and what it replaced") {
  LogRow row;
  row.act = id<ActId>(1);
  row.kind = LogKind::task_changed;
  row.person = person(1, "Noor");
  row.title = "Heg knippen";
  row.claimed = {std::int64_t{kDay} * 86'400'000};
  row.changes = {{"seats", "2", "3"}};
  row.time_doubtful = true;
  row.standing = Standing::late;
  const Audience summer{Lang::nl, 2027, [](WallTime) { return 120; }};
  CHECK(text_of(summer, Request(ShowLog{}), LogAnswer{{row}, true}) ==
        "  za 17 apr 2027 02.00   040g2081  Noor veranderde de taak Heg knippen\n"
        "                                   aantal plekken: 3, was 2\n"
        "                                   De tijd is onzeker: die klok liep niet goed.\n"
        "                                   Kwam binnen na het sluiten.\n");
  CHECK(has(answer_json(Lang::nl, LogAnswer{{row}, true}),
            "\"kind\":\"task_changed\",\"text\":\"Noor veranderde de taak Heg knippen\",\"when\":"
            "\"2027-04-17T00:00:00Z\",\"time_doubtful\":true,"));
  row.kind = LogKind::task_added;
  CHECK_FALSE(has(text_of(summer, Request(ShowLog{}), LogAnswer{{row}, true}), "aantal plekken"));
  CHECK(has(answer_json(Lang::nl, LogAnswer{{row}, true}), "\"changes\":[{\"field\":\"seats\",\"before\":\"2\""));
  CHECK(has(text_of(kDutch, Request(ShowLog{}), LogAnswer{}), "Er is nog niets gedaan."));
}

TEST_CASE("status says who I am and how each initiative stands") {
  StatusAnswer status;
  status.me = person(1, "Noor");
  status.device = id<DeviceId>(2);
  CHECK(has(text_of(kDutch, Request(ShowStatus{}), status), "kiem initiative create NAAM"));
  InitiativeRow row;
  row.id = id<SpaceId>(3);
  row.name = "ST";
  row.practice = true;
  row.my_role = Role::coordinator;
  row.members = 2;
  row.only_here = 1;
  row.laptops = 3;
  row.waiting = 1;
  row.meetings = {{person(4, "Anneke"), id<DeviceId>(5), {0}}};
  status.initiatives = {row};
  const std::string text = text_of(kDutch, Request(ShowStatus{}), status);
  CHECK(text.starts_with("Je bent Noor, op apparaat 081040g2.\n"));
  CHECK(has(text, "ST (proeftuin)\n"));
  CHECK(has(text, "1 wijziging staat alleen nog hier"));
  CHECK(has(text, "  Ontmoet     Anneke, do 1 jan 1970 00.00, heeft alles\n"));
  const std::string json = answer_json(Lang::nl, status);
  CHECK(json.starts_with("{\"person\":{\"id\":\""));
  CHECK(has(json,
            "\"practice\":true,\"role\":\"coordinator\",\"members\":2,\"open_tasks\":0,\"operations\":0,"
            "\"only_here\":1,\"laptops\":3,\"complete_on\":2,\"waiting\":1,\"meetings\":[{\"person\":{"));
  CHECK(has(json,
            "\"when\":\"1970-01-01T00:00:00Z\",\"works\":true,\"lacks\":0,\"clock_ahead\":null,\"misdeeds\":[]}],"
            "\"older\":null,\"due\":null}],"
            "\"routes\":{\"ipv4\":true,\"ipv6\":true,\"dns_sd\":true},\"arriving\":null}\n"));
  CHECK(has(text, "  Laptops     Alles van hier is op 2 van 3 laptops.\n"));
  CHECK(has(text, "Hier wacht 1 wijziging op iets dat nog bij een ander staat."));
  CHECK_FALSE(has(text, "IPv4"));
  CHECK_FALSE(has(text, "klok"));
  status.initiatives[0].meetings[0].clock_ahead_s = -3 * 3'600;
  status.routes.ipv6 = false;
  status.arriving = Arriving{1'240, 20'000};
  const std::string more = text_of(kDutch, Request(ShowStatus{}), status);
  CHECK(has(more, "De klok van de laptop van Anneke loopt 3 uur achter op deze."));
  CHECK(has(more, "Er komt nog meer binnen: 1.240 van 20.000 wijzigingen zijn er.\n"));
  CHECK(has(more, "Deze laptop zoekt anderen op het netwerk via IPv4 en DNS-SD. IPv6 staat uit.\n"));
  const std::string more_json = answer_json(Lang::nl, status);
  CHECK(has(more_json, "\"clock_ahead\":{\"ahead\":false,\"minutes\":180}"));
  CHECK(has(more_json,
            "\"routes\":{\"ipv4\":true,\"ipv6\":false,\"dns_sd\":true},\"arriving\":{\"came\":1240,\"of\":20000}}"));
  CHECK(text_of(kEnglish, Request(ChooseRoutes{}), status) ==
        "This laptop looks for others on the network by IPv4 and DNS-SD. IPv6 is switched\noff.\n");
  status.initiatives[0].meetings[0].lacks = 3;
  CHECK(has(text_of(kDutch, Request(ShowStatus{}), status), "Anneke, do 1 jan 1970 00.00, mist nog 3"));
  CHECK_FALSE(has(text, "oude kopie"));
  status.initiatives[0].meetings[0].misdeeds = {{PeerFault::poison, 2, {0}}, {PeerFault::unserved, 1, {0}}};
  const std::string blamed = text_of(kDutch, Request(ShowStatus{}), status);
  CHECK(has(blamed, "De laptop van Anneke bracht 2 keer wijzigingen die niet kloppen."));
  CHECK(has(blamed, "De laptop van Anneke beloofde 1 keer wijzigingen en gaf ze niet."));
  CHECK(has(answer_json(Lang::nl, status),
            "\"misdeeds\":[{\"fault\":\"poison\",\"times\":2,\"last\":\"1970-01-01T00:00:00Z\"}"));
  status.initiatives[0].older = {person(4, "Anneke"), id<DeviceId>(5), {0}};
  CHECK(has(text_of(kDutch, Request(ShowStatus{}), status), "Anneke wist meer van dit apparaat dan hier stond."));
  CHECK(has(answer_json(Lang::nl, status), "\"older\":{\"person\":{"));
}

ImportAnswer import_answer() {
  ImportAnswer answer;
  answer.added = 22;
  answer.already = 1;
  for (int i = 1; i <= 20; ++i) answer.titles.push_back("Taak " + std::to_string(i));
  answer.left_out = {{"contact", ImportAnswer::LeftOut::Why::sealed}};
  answer.problems = {{3, "dag", "32-1-2027", "existing_day"}};
  return answer;
}

TEST_CASE("an import names what came, what was left out and what is wrong") {
  const ImportAnswer answer = import_answer();
  const std::string text = text_of(kDutch, Request(ImportFile{}), answer);
  CHECK(text.starts_with("Toegevoegd: 22 taken.\n  Taak 1\n"));
  CHECK(has(text, "  en nog 2\n1 rij was er al.\nKolom contact blijft weg"));
  CHECK_FALSE(has(text, "32-1-2027"));
  CHECK(remarks_of(kDutch, answer) ==
        "Deze rijen zijn niet overgenomen, de rest wel:\n"
        "  Rij 3, kolom dag: ‘32-1-2027’ kan niet. Verwacht: een dag die bestaat.\n");
  ImportAnswer dry = answer;
  dry.dry_run = true;
  CHECK(has(text_of(kEnglish, Request(ImportFile{}), dry), "This would be added: 22 tasks. Nothing was changed yet."));
  const std::string json = answer_json(Lang::nl, answer);
  CHECK(json.starts_with("{\"kind\":\"tasks\",\"dry_run\":false,\"added\":22,\"already\":1,\"titles\":[\"Taak 1\","));
  CHECK(has(json,
            "\"left_out\":[{\"column\":\"contact\",\"why\":\"sealed\"}],\"problems\":[{\"row\":3,\"column\":"
            "\"dag\",\"found\":\"32-1-2027\",\"expected\":{\"code\":\"existing_day\",\"text\":"));
  ImportAnswer same;
  same.already = 3;
  CHECK(text_of(kDutch, Request(ImportFile{}), same) == "Niets nieuws.\n3 rijen waren er al.\n");
}

TEST_CASE("every problem that an import can find has words in both languages") {
  for (int i = 0; i <= static_cast<int>(ImportExpected::named_column); ++i) {
    const std::string key(expected_key(static_cast<ImportExpected>(i)));
    CHECK(expected_text(Lang::nl, key) != key);
    CHECK(expected_text(Lang::en, key) != expected_text(Lang::nl, key));
  }
  for (const char* key : {"not_text", "bad_characters", "empty_file", "quote_open", "text_after_quote", "too_many_rows",
                          "too_many_columns"}) {
    CHECK(csv_fault_text(Lang::nl, key) != key);
    CHECK(csv_fault_text(Lang::en, key) != csv_fault_text(Lang::nl, key));
  }
}

TEST_CASE("the doctor says all is right, or what is wrong") {
  DoctorAnswer answer;
  answer.operations = 1284;
  CHECK(text_of(kDutch, Request(RunDoctor{}), answer).starts_with("Alles klopt.\nNagekeken: 1.284 handelingen"));
  answer.damaged_pages.assign(101, 7);
  answer.views_equal = false;
  answer.first_difference = "task 1";
  const std::string text = text_of(kDutch, Request(RunDoctor{}), answer);
  CHECK(text.starts_with("Er klopt iets niet."));
  CHECK(has(text, "101 bladzijden van de opslag zijn beschadigd:\n  7, 7,"));
  CHECK(has(text, "…"));
  CHECK(has(text, "\n  task 1\n"));
  CHECK(exit_code(answer) == ExitCode::damaged);
  CHECK(remarks_of(kDutch, answer).empty());
  CHECK(answer_json(Lang::nl, DoctorAnswer{}) ==
        "{\"healthy\":true,\"operations\":0,\"records\":0,\"damaged_pages\":[],\"replaced_pages\":false,"
        "\"structure\":\"\",\"damaged_operations\":0,\"views_compared\":true,\"views_equal\":true,"
        "\"first_difference\":\"\",\"views_repaired\":false,\"pages_rewritten\":false,\"lost_operations\":0,"
        "\"stopped\":false,\"recovery_words\":false,"
        "\"store_bytes\":0,\"free_bytes\":0}\n");
}

TEST_CASE("what damage hides is said with the way out and ends with 3; what a limit hides does not") {
  CHECK(exit_code(Tasks{{}, true}) == ExitCode::done);
  CHECK(exit_code(Tasks{{hedge()}, false}) == ExitCode::done);
  CHECK(remarks_of(kDutch, Tasks{{hedge()}, false}).empty());
  const Missing row{1, 0};
  const Missing name{0, 2};
  CHECK(exit_code(Tasks{{hedge()}, false, row}) == ExitCode::damaged);
  CHECK(has(remarks_of(kDutch, Tasks{{hedge()}, false, row}), "1 regel kan door"));
  CHECK(has(remarks_of(kDutch, Tasks{{hedge()}, false, {4, 1}}), "4 regels kunnen door"));
  CHECK(has(remarks_of(kDutch, Tasks{{hedge()}, false, row}), "kiem doctor"));
  CHECK(has(remarks_of(kDutch, People{{}, name}), "ontbreekt hier iets"));
  TaskDetail claimed = detail();
  claimed.missing = name;
  StatusAnswer status;
  status.missing = name;
  for (const Answer& answer : {Answer(Places{{}, row}), Answer(PlaceDetail{{}, {}, name}), Answer(People{{}, row}),
                               Answer(LogAnswer{{}, false, row}), Answer(status), Answer(claimed),
                               Answer(TaskChanged{claimed, {}}), Answer(ClaimAnswer{claimed, {}})}) {
    CHECK(exit_code(answer) == ExitCode::damaged);
    CHECK(has(remarks_of(kDutch, answer), "kiem doctor"));
    CHECK(has(answer_json(Lang::nl, answer), "\"missing\":{\"rows\":"));
  }
  CHECK(answer_json(Lang::en, Tasks{{}, false, {3, 1}}) ==
        "{\"tasks\":[],\"complete\":false,\"missing\":{\"rows\":3,\"details\":1}}\n");
  CHECK(exit_code(import_answer()) == ExitCode::refused);
  CHECK(exit_code(ImportAnswer{}) == ExitCode::done);
}

TEST_CASE("an error ends with the code that scripts know") {
  const auto of = [](ErrorCode code, Fault fault) { return exit_code(Error{code, fault, {}}); };
  CHECK(of(ErrorCode::usage, Fault::person) == ExitCode::wrong_use);
  CHECK(of(ErrorCode::missing_input, Fault::person) == ExitCode::wrong_use);
  CHECK(of(ErrorCode::store_busy, Fault::person) == ExitCode::store_busy);
  CHECK(of(ErrorCode::bad_address, Fault::person) == ExitCode::wrong_use);
  CHECK(of(ErrorCode::peer_unreachable, Fault::peer) == ExitCode::unreachable);
  CHECK(of(ErrorCode::code_used, Fault::person) == ExitCode::refused);
  CHECK(of(ErrorCode::not_found, Fault::person) == ExitCode::refused);
  CHECK(of(ErrorCode::no_slot_opens, Fault::person) == ExitCode::refused);
  CHECK(of(ErrorCode::disk_full, Fault::machine) == ExitCode::refused);
  CHECK(of(ErrorCode::page_damaged, Fault::damage) == ExitCode::refused);
}

}  // namespace
}  // namespace kiem::cli
