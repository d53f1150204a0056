#include "core/l10n/errors.hpp"

#include <doctest/doctest.h>

#include <set>

namespace kiem {
namespace {

constexpr Lang kBoth[] = {Lang::nl, Lang::en};

std::vector<ErrorCode> all_codes() {
  std::vector<ErrorCode> codes;
  for (int code = 0; code <= static_cast<int>(ErrorCode::missing_input); ++code) {
    codes.push_back(static_cast<ErrorCode>(code));
  }
  return codes;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("every error has a sentence in both languages, and no two share one") {
  for (const Lang lang : kBoth) {
    std::set<std::string> sentences;
    for (const ErrorCode code : all_codes()) {
      const std::string sentence = error_sentence(lang, {code, Fault::person, {"one", "two", "three", "four"}});
      CAPTURE(sentence);
      CHECK(sentence.size() > 20);
      CHECK((sentence.ends_with('.') || sentence.ends_with(':')));
      CHECK_FALSE(has(sentence, "{"));
      CHECK_FALSE(has(sentence, "…"));
      CHECK(sentences.insert(sentence).second);
    }
  }
  for (const ErrorCode code : all_codes()) {
    CHECK(error_sentence(Lang::nl, {code, Fault::person, {}}) != error_sentence(Lang::en, {code, Fault::person, {}}));
  }
}

TEST_CASE("Dutch sentences say je, and none speaks of the machinery") {
  for (const ErrorCode code : all_codes()) {
    const std::string sentence = error_sentence(Lang::nl, {code, Fault::person, {"a", "b", "c", "d"}});
    CAPTURE(sentence);
    for (const char* word : {" u ", " uw ", "sync", "peer", "hash", "node", "Error"}) CHECK_FALSE(has(sentence, word));
  }
}

TEST_CASE("a sentence without its arguments still reads") {
  for (const Lang lang : kBoth) {
    for (const ErrorCode code : all_codes()) {
      const std::string sentence = error_sentence(lang, {code, Fault::person, {}});
      CAPTURE(sentence);
      CHECK_FALSE(sentence.empty());
      CHECK_FALSE(has(sentence, "{"));
    }
  }
}

TEST_CASE("sentences name what they are about, in the words of the screen") {
  const auto nl = [](ErrorCode code, std::vector<std::string> args) {
    return error_sentence(Lang::nl, {code, Fault::person, std::move(args)});
  };
  CHECK(nl(ErrorCode::not_found, {"task", "Heg"}) == "Er is hier geen taak ‘Heg’. Kijk in de lijst hoe het heet.");
  CHECK(nl(ErrorCode::text_too_long, {"title", "200"}) ==
        "De tekst bij titel is te lang (hoogstens 200 tekens). Maak hem korter.");
  CHECK(has(nl(ErrorCode::task_closed, {"Heg", "done"}), "al klaar"));
  CHECK(has(nl(ErrorCode::task_closed, {"Heg", "cancelled"}), "gaat niet door"));
  CHECK(has(nl(ErrorCode::bad_number, {"seats", "veel", "count"}), "een heel getal vanaf 1"));
  CHECK(has(nl(ErrorCode::bad_number, {"seats", "0", "1-1000"}), "van 1 tot en met 1000"));
  CHECK(has(nl(ErrorCode::bad_number, {"seats", "0", "-"}), "Geef -."));
  CHECK(has(nl(ErrorCode::bad_date, {"31-02-2027", "existing_day"}), "een dag die bestaat"));
  CHECK(has(nl(ErrorCode::bad_date, {"morgen"}), "17-04-2027"));
  CHECK(has(nl(ErrorCode::bad_time, {"25.00", "time"}), "18.30"));
  CHECK(has(nl(ErrorCode::csv_broken, {"7", "quote_open", "C"}), "Rij 7, kolom C"));
  CHECK(has(nl(ErrorCode::csv_broken, {"7", "quote_open", ""}), "Rij 7 van het bestand"));
  CHECK(has(nl(ErrorCode::csv_broken, {"7", "quote_open", ""}), "aanhalingsteken"));
  CHECK(has(nl(ErrorCode::csv_unknown_kind, {"series"}), "reeksen"));
  CHECK(has(nl(ErrorCode::no_slot_opens, {}), "wachtwoord"));
  CHECK(has(nl(ErrorCode::no_slot_opens, {"practice_key"}), "practice.key"));
  CHECK(has(nl(ErrorCode::no_slot_opens, {"key_file"}), "sleutelbestand"));
  CHECK(has(nl(ErrorCode::no_slot_opens, {"recovery_words"}), "herstelwoorden"));
  CHECK(has(nl(ErrorCode::not_allowed, {"practice_store"}), "oefenen"));
  CHECK(has(nl(ErrorCode::store_busy, {"/home/x"}), "/home/x"));
}

TEST_CASE("each way of using a command wrongly has its sentence") {
  const auto en = [](std::vector<std::string> args) {
    return error_sentence(Lang::en, {ErrorCode::usage, Fault::person, std::move(args)});
  };
  CHECK(en({"unknown_word", "tsk"}) == "‘tsk’ does not belong here.");
  CHECK(en({"missing_value", "--seats"}) == "There is no value behind --seats.");
  CHECK(en({"missing_argument", "title"}) == "Something is missing: title.");
  CHECK(en({"missing_argument", "--name"}) == "Something is missing: --name.");
  CHECK(has(en({"given_twice", "--date"}), "--date"));
  CHECK(has(en({"not_together", "--seats", "--no-limit"}), "--seats and --no-limit"));
  CHECK(has(en({"unknown_choice", "--lang", "xx", "nl, en"}), "nl, en"));
  CHECK(en({"no_command"}) == "Say what Kiem should do.");
  CHECK(has(en({"something else"}), "something else"));
  const auto missing = [](std::string what) {
    return error_sentence(Lang::en, {ErrorCode::missing_input, Fault::person, {std::move(what)}});
  };
  CHECK(has(missing("passphrase"), "--passphrase-file"));
  CHECK(has(missing("home"), "--home"));
  CHECK(has(missing("name"), "name"));
}

TEST_CASE("only an ambiguous name has choices") {
  const std::vector<std::string> args{"task", "Heg", "abcd1234 Heg knippen", "efgh5678 Heg snoeien"};
  CHECK(error_choices({ErrorCode::ambiguous, Fault::person, args}).size() == 2);
  CHECK(error_choices({ErrorCode::ambiguous, Fault::person, {"task", "Heg"}}).empty());
  CHECK(error_choices({ErrorCode::not_found, Fault::person, args}).empty());
}

TEST_CASE("what is quoted is cut at sixty characters, never inside one") {
  CHECK(quoted("") == "‘’");
  CHECK(quoted(std::string(60, 'a')) == "‘" + std::string(60, 'a') + "’");
  CHECK(quoted(std::string(61, 'a')) == "‘" + std::string(60, 'a') + "…’");
  std::string accents;
  for (int i = 0; i < 61; ++i) accents += "é";
  CHECK(quoted(accents) == "‘" + accents.substr(0, 120) + "…’");
  CHECK(quoted(std::string(1U << 20U, 'x')).size() < 80);
}

}  // namespace
}  // namespace kiem
