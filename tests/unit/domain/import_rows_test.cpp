#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/domain/import/csv.hpp"
#include "core/domain/import/dates.hpp"
#include "core/domain/import/rows.hpp"
#include "core/domain/text_rules.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using kiem::test::SeededRng;

namespace {

using Args = std::vector<std::string>;
using Why = LeftOutColumn::Why;

ImportedFile read(std::string_view text, std::optional<std::int32_t> base = std::nullopt) {
  auto file = read_import(view(text), "lijst.csv", base);
  REQUIRE(file);
  return std::move(*file);
}

Error refused(std::string_view text) {
  const auto file = read_import(view(text), "lijst.csv");
  REQUIRE_FALSE(file);
  CHECK(file.error().fault == Fault::person);
  return file.error();
}

const ImportedTask& task(const ImportedFile& file, std::size_t at) {
  return std::get<ImportedTask>(file.rows.at(at).value);
}
const ImportedPlace& place(const ImportedFile& file, std::size_t at) {
  return std::get<ImportedPlace>(file.rows.at(at).value);
}
const ImportedPerson& person(const ImportedFile& file, std::size_t at) {
  return std::get<ImportedPerson>(file.rows.at(at).value);
}

// "row column found expected", one for each problem.
Args problems(const ImportedFile& file) {
  Args lines;
  for (const auto& problem : file.problems) {
    lines.push_back(std::to_string(problem.row) + '|' + problem.column + '|' + problem.found + '|' +
                    std::string(expected_key(problem.expected)));
  }
  return lines;
}

Args left_out(const ImportedFile& file, Why why) {
  Args names;
  for (const auto& column : file.left_out) {
    if (column.why == why) names.push_back(column.column);
  }
  return names;
}

std::string practice(const std::string& name) {
  std::ifstream file(std::filesystem::path(KIEM_REPOSITORY) / "core/domain/practice" / name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::int32_t kToday = 20925;  // Saturday 17 April 2027

}  // namespace

TEST_CASE("the practice people are read, their contacts are left out") {
  const auto file = read(practice("mensen.csv"));
  CHECK(file.kind == ImportKind::people);
  CHECK(file.charset == Charset::utf8);
  CHECK(file.delimiter == ';');
  CHECK(file.keys == ImportKeys::used);
  REQUIRE(file.rows.size() == 12);
  CHECK(file.problems.empty());
  CHECK(left_out(file, Why::sealed) == Args{"contact"});
  CHECK(file.left_out.size() == 1);
  CHECK(file.rows[0].row == 2);
  CHECK(file.rows[0].key == "m01");
  CHECK(person(file, 0).name == "Anneke V.");
  CHECK(person(file, 0).role == "coördinator");
  CHECK(person(file, 6).talents == "bakfiets rijden, foto's maken");
  CHECK(person(file, 6).languages == "Nederlands, Engels");
  CHECK(person(file, 7).works_with == "geen laptop");
  CHECK(person(file, 11).name == "Schilders De Kwast (contact Pauline R.)");
}

TEST_CASE("the practice places are read, their addresses are left out") {
  const auto file = read(practice("plaatsen.csv"));
  CHECK(file.kind == ImportKind::places);
  CHECK(file.keys == ImportKeys::used);
  REQUIRE(file.rows.size() == 8);
  CHECK(file.problems.empty());
  CHECK(left_out(file, Why::sealed) == Args{"adres_verzegeld", "weten_verzegeld"});
  CHECK(left_out(file, Why::unknown) == Args{"vaste_ploeg"});
  CHECK(file.rows[7].key == "pl8");
  CHECK(place(file, 0).title == "Tuin Linde 4");
  CHECK(place(file, 0).kind == "tuin");
  CHECK(place(file, 0).area == "Lindekwartier");
  CHECK(place(file, 0).text == "Achtertuin met een lange heg en een terras. 45 m2.");
  CHECK(place(file, 0).meeting_point == "Bij de kas");
  CHECK(place(file, 7).area == "Zonnehoek");
}

TEST_CASE("the practice tasks are read on the day of the first start, but for the one with two times") {
  const auto file = read(practice("taken.csv"), kToday);
  CHECK(file.kind == ImportKind::tasks);
  CHECK(file.keys == ImportKeys::used);
  REQUIRE(file.rows.size() == 14);
  CHECK(problems(file) == Args{"15|van|10.00 of 13.30|time", "15|tot|1 uur later|time"});
  CHECK(left_out(file, Why::on_purpose) == Args{"staat", "aanmeldingen"});
  CHECK(left_out(file, Why::unknown) == Args{"min", "regel"});

  CHECK(file.rows[0].key == "t01");
  CHECK(task(file, 0).title == "Heg knippen");
  CHECK(task(file, 0).seats == 3);
  CHECK(task(file, 0).date == kToday + 1);
  CHECK(task(file, 0).start == 18 * 60 + 30);
  CHECK(task(file, 0).end == 20 * 60 + 30);
  CHECK(task(file, 0).place == "pl1");
  CHECK(task(file, 0).note == "De heg is hoog. Rustig tempo, daarna thee.");
  CHECK(task(file, 1).seats == 6);
  CHECK(task(file, 1).roles == "2 snoeiers, 3 handen, 1 chauffeur");
  CHECK(task(file, 3).date == kToday);
  CHECK_FALSE(task(file, 4).date);  // wanneer het uitkomt
  CHECK_FALSE(task(file, 4).before);
  CHECK_FALSE(task(file, 4).start);
  CHECK_FALSE(task(file, 5).date);
  CHECK(task(file, 5).before == kToday + 6);
  CHECK_FALSE(task(file, 8).seats);
  CHECK(task(file, 8).roles == "meer is fijn");
  CHECK(task(file, 12).date == kToday - 9);
  CHECK(file.rows[13].key == "t15");
}

TEST_CASE("without a day to count from the practice dates are told, row by row") {
  const auto file = read(practice("taken.csv"));
  CHECK(file.rows.size() == 1);
  CHECK(task(file, 0).title == "Bankje schuren en verven");
  REQUIRE(file.problems.size() == 16);
  CHECK(problems(file)[0] == "2|dag|+1|whole_date");
  CHECK(problems(file)[4] == "7|dag|vóór +6|whole_date");
}

TEST_CASE("a list of series is not taken for tasks") {
  const auto error = refused(practice("reeksen.csv"));
  CHECK(error.code == ErrorCode::csv_unknown_kind);
  CHECK(error.args == Args{"series"});
}

TEST_CASE("a list from any spreadsheet says the same in every charset, delimiter and line end") {
  using namespace std::string_view_literals;
  const auto expected = read("titel;dag;tekst\nCaf\xC3\xA9 opruimen;17-04-2027;\xE2\x82\xAC 5\n");
  REQUIRE(expected.rows.size() == 1);
  CHECK(task(expected, 0).title == "Café opruimen");
  CHECK(task(expected, 0).note == "€ 5");
  for (const auto text :
       {"\xEF\xBB\xBFtitel;dag;tekst\r\nCaf\xC3\xA9 opruimen;17-04-2027;\xE2\x82\xAC 5"sv,
        "titel\tdag\ttekst\rCaf\xE9 opruimen\t17-04-2027\t\x80 5\r"sv,
        "sep=,\r\n\"titel\",\"dag\",\"tekst\"\r\n\"Caf\xE9 opruimen\",\"17-04-2027\",\"\x80 5\"\r\n"sv,
        "\n\n TITEL ; Dag: ; Tekst (vrij)\n;;\n  Caf\xC3\xA9\xC2\xA0 opruimen ;17-04-2027; \xE2\x82\xAC 5 ;;\n"sv}) {
    const auto file = read(text);
    REQUIRE(file.rows.size() == 1);
    CHECK(file.problems.empty());
    CHECK(task(file, 0).title == task(expected, 0).title);
    CHECK(task(file, 0).note == task(expected, 0).note);
    CHECK(task(file, 0).date == kToday);
  }
  std::string utf16 = "\xFF\xFE";
  for (const char letter : std::string_view("titel\tdag\nHeg\t17-04-2027\n")) {
    utf16 += letter;
    utf16 += '\0';
  }
  const auto file = read(utf16);
  CHECK(file.charset == Charset::utf16le);
  CHECK(task(file, 0).title == "Heg");
  CHECK(task(file, 0).date == kToday);
}

TEST_CASE("a title alone is a task for one person with the date to follow") {
  const auto file = read("titel\nHeg knippen\n");
  CHECK(file.kind == ImportKind::tasks);
  CHECK(file.keys == ImportKeys::no_column);
  REQUIRE(file.rows.size() == 1);
  CHECK_FALSE(file.rows[0].key);
  CHECK(task(file, 0).seats == 1);
  CHECK_FALSE(task(file, 0).date);
  CHECK_FALSE(task(file, 0).before);
  CHECK_FALSE(task(file, 0).start);
  CHECK(task(file, 0).place.empty());
}

TEST_CASE("what a list holds is seen from the names above it") {
  for (const std::string names :
       {"titel", "Klus;datum", "taak,plaats", "title;seats;date;start;end;place;note", "wat;wanneer",
        "titel;omschrijving", "naam;taak", "titel;plek;notitie", "task;description;kind"}) {
    CAPTURE(names);
    CHECK(read(names).kind == ImportKind::tasks);
  }
  for (const std::string names : {"naam;soort", "Plek;Buurt", "plaats;verzamelpunt", "name;kind;area",
                                  "titel;soort;openbaar", "plaats", "locatie;wijk;adres"}) {
    CAPTURE(names);
    CHECK(read(names).kind == ImportKind::places);
  }
  for (const std::string names : {"naam;rol", "name;skills;languages", "Naam;Telefoon", "naam;e-mail",
                                  "voornaam;achternaam", "naam;geboortedatum", "naam;Werkt met", "id;naam;talen"}) {
    CAPTURE(names);
    CHECK(read(names).kind == ImportKind::people);
  }
}

TEST_CASE("names that could be anything are not guessed at") {
  for (const std::string names : {"naam", "naam;notitie", "naam;datum;tijd", "a;b;c", "datum;tijd", "naam;adres", "id",
                                  "titel;buurt", "rol;talent", "Tuin Linde 4;tuin"}) {
    CAPTURE(names);
    CHECK(refused(names).code == ErrorCode::csv_unknown_kind);
    CHECK(refused(names).args.empty());
  }
}

TEST_CASE("whatever names an address, a phone number or a birthday is left out as sealed") {
  const auto file = read(
      "naam;Contact;contactpersoon;Telefoon;tel.;Telefoonnummer;mobiel nr;E-mail;e_mail adres;mail;Adres;Woonadres;"
      "postcode;Straat + nr;Geboortedatum;geboren;BSN;IBAN;iets_verzegeld;notes_sealed;Phone;address;rol\nA;;;;;\n");
  CHECK(file.kind == ImportKind::people);
  CHECK(left_out(file, Why::sealed) == Args{"Contact",        "contactpersoon", "Telefoon",  "tel.",
                                            "Telefoonnummer", "mobiel nr",      "E-mail",    "e_mail adres",
                                            "mail",           "Adres",          "Woonadres", "postcode",
                                            "Straat + nr",    "Geboortedatum",  "BSN",       "IBAN",
                                            "iets_verzegeld", "notes_sealed",   "Phone",     "address"});
  CHECK(left_out(file, Why::unknown) == Args{"geboren"});
}

TEST_CASE("a name for a sealed field is left out even when its beginning is known") {
  const auto file = read("titel;notitie (telefoon);plaats_verzegeld\nHeg;06;Proefpad 4\n");
  CHECK(left_out(file, Why::sealed) == Args{"notitie (telefoon)", "plaats_verzegeld"});
  CHECK(task(file, 0).note.empty());
  CHECK(task(file, 0).place.empty());
}

TEST_CASE("a note is not taken for what the whole neighbourhood may read of a place") {
  const auto file = read("naam;soort;notitie\nTuin;tuin;de sleutel ligt onder de mat\n");
  CHECK(left_out(file, Why::unknown) == Args{"notitie"});
  CHECK(place(file, 0).text.empty());
}

TEST_CASE("the second column for one field is left out and named") {
  const auto file = read("titel;datum;dag;klus;state\nHeg;17-04-2027;18-04-2027;Snoei;open\n");
  CHECK(left_out(file, Why::repeated) == Args{"dag", "klus"});
  CHECK(left_out(file, Why::on_purpose) == Args{"state"});
  CHECK(task(file, 0).title == "Heg");
  CHECK(task(file, 0).date == kToday);
}

TEST_CASE("a column without a name is worth a word when something stands in it") {
  CHECK(read("titel;;dag;\nHeg;;17-04-2027;\n").left_out.empty());
  const auto file = read("titel;;dag;\nHeg;x;17-04-2027;y\nSnoei;z;;\n");
  CHECK(left_out(file, Why::unknown) == Args{"B", "D"});
  CHECK(file.rows.size() == 2);
}

TEST_CASE("a row with a broken cell is told with row, column, what stood there and what was expected") {
  const auto file = read(
      "titel;datum;tijd;plekken\n"
      "Heg;31-02-2027;18.30;2\n"
      "Tuin;17-04-2027;18.30;2\n"
      "\n"
      "Kas;04-17-2027;half 7;veel\n"
      ";17-04-2027;;\n"
      "Soep;\"17-04-2027\n\";;0\n");
  REQUIRE(file.rows.size() == 1);
  CHECK(file.rows[0].row == 3);
  CHECK(task(file, 0).title == "Tuin");
  CHECK(problems(file) == Args{"2|datum|31-02-2027|existing_day", "5|datum|04-17-2027|day_month_year",
                               "5|tijd|half 7|time", "5|plekken|veel|seats", "6|titel||title", "7|plekken|0|seats"});
}

TEST_CASE("texts may have their length and no more") {
  const auto of = [](std::size_t letters) {
    std::string text;
    for (std::size_t i = 0; i < letters; ++i) text += "é";
    return text;
  };
  const auto file = read("titel;plaats;tekst\n" + of(kMaxTitle) + ";" + of(kMaxShortText) + ";" + of(kMaxNote) + "\n" +
                         of(kMaxTitle + 1) + ";;\nHeg;" + of(kMaxShortText + 1) + ";\nHeg;;" + of(kMaxNote + 1) + "\n");
  REQUIRE(file.rows.size() == 1);
  CHECK(task(file, 0).title == of(kMaxTitle));
  CHECK(task(file, 0).note == of(kMaxNote));
  const auto shown = of(60) + "…";
  CHECK(problems(file) ==
        Args{"3|titel|" + shown + "|text_200", "4|plaats|" + shown + "|text_500", "5|tekst|" + shown + "|text_4000"});
}

TEST_CASE("a title of a megabyte is a problem of its row alone") {
  const auto file = read("titel;dag\n" + std::string(1 << 20, 'x') + ";17-04-2027\nHeg;17-04-2027\n");
  REQUIRE(file.rows.size() == 1);
  CHECK(task(file, 0).title == "Heg");
  CHECK(problems(file) == Args{"2|titel|" + std::string(60, 'x') + "…|text_200"});
  const auto other =
      read("titel;dag;contact\nHeg;" + std::string(1 << 20, '1') + ";\nKas;;" + std::string(1 << 20, 'x'));
  CHECK(problems(other) == Args{"2|dag|" + std::string(60, '1') + "…|date"});
  CHECK(task(other, 0).title == "Kas");  // too much in a column that is left out harms nobody
}

TEST_CASE("NUL bytes and other controls keep their row out, and above the list the file") {
  using namespace std::string_view_literals;
  const auto file = read("titel;dag\nHeg\0knippen;\nTuin;17\0-04-2027\nKas\x1B[2J;\nSoep;\n"sv);
  REQUIRE(file.rows.size() == 1);
  CHECK(task(file, 0).title == "Soep");
  REQUIRE(file.problems.size() == 3);
  for (const auto& problem : file.problems) CHECK(problem.expected == ImportExpected::plain_text);
  CHECK(file.problems[1].column == "dag");
  CHECK(refused("t\0i\0t\0e\0l\0"sv).args == Args{"1", "not_text", ""});
}

TEST_CASE("a note keeps its lines, everything else is brought to one") {
  const auto file = read("titel;tekst;plaats\n\"Heg\nknippen\";\" een\r\n\r\ntwee \";\" Tuin\tLinde \"\n");
  CHECK(task(file, 0).title == "Heg knippen");
  CHECK(task(file, 0).note == "een\n\ntwee");
  CHECK(task(file, 0).place == "Tuin Linde");
}

TEST_CASE("rows may be shorter than the names, and longer ones tell where they spill over") {
  const auto file = read("titel;dag;tekst\nHeg\nTuin;;kom; neem thee mee;en koek\nKas;;;;\n");
  REQUIRE(file.rows.size() == 2);
  CHECK(task(file, 0).title == "Heg");
  CHECK(task(file, 1).title == "Kas");
  CHECK(problems(file) == Args{"3|D| neem thee mee|named_column"});
}

TEST_CASE("an empty file is refused, names without rows are an empty list") {
  for (const std::string text : {"", "\n", ";;;\n \r\n", "\xEF\xBB\xBF", "sep=;\n"}) {
    CAPTURE(text);
    CHECK(refused(text).code == ErrorCode::csv_broken);
    CHECK(refused(text).args == Args{"1", "empty_file", ""});
  }
  const auto file = read("id;titel;contact\r\n");
  CHECK(file.rows.empty());
  CHECK(file.problems.empty());
  CHECK(left_out(file, Why::sealed) == Args{"contact"});
}

TEST_CASE("ids are keys when all of them are plain and none is there twice") {
  const auto keys = [](std::string_view ids) {
    std::string text = "id;titel\n";
    for (std::size_t from = 0; from <= ids.size();) {
      const auto end = std::min(ids.find(' ', from), ids.size());
      text += std::string(ids.substr(from, end - from)) + ";Heg\n";
      from = end + 1;
    }
    const auto file = read(text);
    for (const auto& row : file.rows) CHECK(row.key.has_value() == (file.keys == ImportKeys::used));
    return file.keys;
  };
  CHECK(keys("1") == ImportKeys::used);
  CHECK(keys("t01 t02 abcd123456789 7") == ImportKeys::used);
  CHECK(keys("t01 t1") == ImportKeys::used);
  CHECK(keys("t01 t02 t01") == ImportKeys::not_unique);
  for (const std::string other : {"abcde1", "t1234567890", "t", "T01", "t01a", "t-1", "jan.de.boer", "é1"}) {
    CAPTURE(other);
    CHECK(keys("t01 " + other) == ImportKeys::not_plain);
  }
  CHECK(read("id;titel\nt01;Heg\n;Tuin\n").keys == ImportKeys::not_plain);
  CHECK(read("id;titel\n;\nt01;Heg\n").keys == ImportKeys::used);
}

TEST_CASE("ids of rows with problems count, so that a repaired file has the same keys") {
  CHECK(read("id;titel;dag\nt01;Heg;morgen\nt01;Tuin;\n").keys == ImportKeys::not_unique);
  CHECK(read("id;titel;dag\nx-1;Heg;morgen\nt01;Tuin;\n").keys == ImportKeys::not_plain);
}

TEST_CASE("a number of seats goes before what the roles add up to") {
  const auto file = read(
      "titel;plekken;rollen\nHeg;4;2 snoeiers, 3 handen\nTuin;;2 snoeiers, 3 handen\nKas;5;snoeiers\nSoep;;koks\n"
      "Thee;meer is fijn;\n");
  REQUIRE(file.rows.size() == 4);
  CHECK(task(file, 0).seats == 4);
  CHECK(task(file, 0).roles == "2 snoeiers, 3 handen");
  CHECK(task(file, 1).seats == 5);
  CHECK(task(file, 2).seats == 5);
  CHECK(task(file, 2).roles == "snoeiers");
  CHECK_FALSE(task(file, 3).seats);
  CHECK(problems(file) == Args{"5|rollen|koks|seats"});
}

TEST_CASE("a file over 16 MiB is refused before it is looked at") {
  std::string text = "titel\nHeg\n";
  text.resize(spreadsheet::kMaxFileBytes, '\n');
  CHECK(refused(text).args == Args{"100002", "too_many_rows", ""});
  text += '\n';
  const auto error = refused(text);
  CHECK(error.code == ErrorCode::file_too_large);
  CHECK(error.args == Args{"lijst.csv", "16 MiB"});
}

TEST_CASE("faults of the file itself come through") {
  CHECK(refused("titel\n\"Heg\n").args == Args{"2", "quote_open", "A"});
  CHECK(refused("PK\x03\x04xlsx").args == Args{"1", "not_text", ""});
  CHECK(refused("titel\nHeg\n\"Tuin\"s\n").code == ErrorCode::csv_broken);
}

TEST_CASE("ten thousand tasks are read, the first and the last as they stand") {
  std::string text = "id;titel;datum\n";
  for (int i = 1; i <= 10'000; ++i) text += "t" + std::to_string(i) + ";Taak " + std::to_string(i) + ";17-04-2027\n";
  const auto file = read(text);
  REQUIRE(file.rows.size() == 10'000);
  CHECK(file.rows.back().key == "t10000");
  CHECK(file.rows.back().row == 10'001);
  CHECK(task(file, 0).title == "Taak 1");
}

TEST_CASE("whatever the bytes below the names, every row is offered, told or blank") {
  constexpr std::string_view kLetters = "aé1-7.:,;\n\n \"\x80\xFF\x01+";
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    SeededRng rng(seed);
    std::string text = "titel;dag;tijd\n";
    for (auto letters = rng.below(80); letters > 0; --letters) text += kLetters[rng.below(kLetters.size())];
    const auto file = read_import(view(text), "x");
    if (!file) {
      CHECK(file.error().code == ErrorCode::csv_broken);
      continue;
    }
    for (const auto& row : file->rows) {
      CHECK_FALSE(std::get<ImportedTask>(row.value).title.empty());
      for (const auto& problem : file->problems) CHECK(problem.row != row.row);
    }
    for (const auto& problem : file->problems) CHECK(problem.row > 1);
  }
}
