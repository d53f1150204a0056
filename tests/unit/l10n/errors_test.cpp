#include "core/l10n/errors.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tests/unit/l10n/spoken.hpp"

namespace kiem {
namespace {

std::vector<ErrorCode> all_codes() {
  std::vector<ErrorCode> codes;
  for (int code = 0; code <= static_cast<int>(ErrorCode::missing_input); ++code) {
    codes.push_back(static_cast<ErrorCode>(code));
  }
  return codes;
}

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
  CHECK(has(nl(ErrorCode::bad_number, {"aantal", "twee", "whole"}), "Geef een heel getal, zoals 12."));
  CHECK(has(nl(ErrorCode::bad_number, {"uren", "1:75", "length"}), "een duur zoals 1:30"));
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
  CHECK(has(nl(ErrorCode::not_allowed, {"first", "task"}), "op hun eigen manier"));
  CHECK(has(nl(ErrorCode::not_allowed, {"several", "talen"}), "Het veld ‘talen’ heeft meer waarden"));
  CHECK(has(nl(ErrorCode::not_allowed, {"one", "naam"}), "Het veld ‘naam’ heeft één waarde"));
  CHECK(has(nl(ErrorCode::not_allowed, {"undo"}), "niet terugnemen"));
  CHECK(has(nl(ErrorCode::not_allowed, {"schema"}), "coördinator"));
  CHECK(nl(ErrorCode::not_allowed, {"anders"}) == nl(ErrorCode::not_allowed, {}));
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
  CHECK(en({"no_equals", "naam"}).starts_with("‘naam’ lacks a = sign."));
  CHECK(en({"no_command"}) == "Say what Kiem should do.");
  CHECK(has(en({"something else"}), "something else"));
  const auto missing = [](std::string what) {
    return error_sentence(Lang::en, {ErrorCode::missing_input, Fault::person, {std::move(what)}});
  };
  CHECK(has(missing("passphrase"), "--passphrase-file"));
  CHECK(has(missing("home"), "--home"));
  CHECK(has(missing("name"), "name"));
}

TEST_CASE("each mistake in a schema file is told with its line, its word and a way out") {
  const auto told = [](Lang lang, std::string word, std::string reason) {
    return error_sentence(lang, {ErrorCode::schema_invalid, Fault::person, {"12", std::move(word), std::move(reason)}});
  };
  for (const Lang lang : kBoth) {
    std::set<std::string> sentences;
    for (const char* reason : {"syntax",        "unknown_word",       "missing",       "text_expected",
                               "list_expected", "not_one_of",         "repeated",      "bad_key",
                               "too_long",      "too_many",           "reserved",      "not_together",
                               "wider_circle",  "unknown_collection", "title_of_text", "only_adds",
                               "ambiguous",     "citizen_number",     "health",        "criminal_record",
                               "belief",        "one_term",           "term_bounds",   "term_date",
                               "only_shorter"}) {
      const std::string sentence = told(lang, "bsn", reason);
      CAPTURE(sentence);
      CHECK(sentence.starts_with(lang == Lang::nl ? "Regel 12, bij ‘bsn’: " : "Line 12, at ‘bsn’: "));
      CHECK(sentence.ends_with('.'));
      CHECK_FALSE(has(sentence, "(" + std::string(reason) + ")"));
      CHECK(std::count(sentence.begin(), sentence.end(), '.') > 1);  // what is wrong, and what to do
      CHECK(sentences.insert(sentence).second);
    }
    for (const auto& [word, reason] : {std::pair("why", "missing"), std::pair("careful", "missing"),
                                       std::pair("collection", "missing"), std::pair("about", "wider_circle")}) {
      CHECK(told(lang, word, reason).size() != told(lang, "type", reason).size());
    }
  }
  CHECK(told(Lang::nl, "bsn", "citizen_number") ==
        "Regel 12, bij ‘bsn’: een burgerservicenummer of paspoortnummer mag een initiatief niet bewaren: dat staat de "
        "wet alleen overheid en zorg toe. Laat het weg.");
  CHECK(has(told(Lang::nl, "kleur", "reason_of_tomorrow"), "(reason_of_tomorrow)"));
  CHECK(told(Lang::nl, "", "syntax").starts_with("Regel 12: dit is geen TOML."));
  const Error bare{ErrorCode::schema_invalid, Fault::person, {}};
  CHECK(error_sentence(Lang::en, bare).starts_with("Line …, at ‘…’: "));
}

TEST_CASE("collections, records, fields, choices and acts that are not here are named as such") {
  const auto told = [](Lang lang, std::string kind) {
    return error_sentence(lang, {ErrorCode::not_found, Fault::person, {std::move(kind), "Boor"}});
  };
  CHECK(told(Lang::nl, "collection") == "Er is hier geen verzameling ‘Boor’. Kijk in de lijst hoe het heet.");
  CHECK(has(told(Lang::nl, "record"), "geen stuk ‘Boor’"));
  CHECK(has(told(Lang::nl, "field"), "geen veld ‘Boor’"));
  CHECK(has(told(Lang::en, "choice"), "no choice ‘Boor’"));
  CHECK(has(told(Lang::en, "act"), "no act ‘Boor’"));
  CHECK(has(told(Lang::nl, "conflict"), "geen tegenspraak ‘Boor’"));
  const Error two{ErrorCode::ambiguous, Fault::person, {"collection", "tool", "0c1g60r3 Tools", "081040g2 Tools"}};
  CHECK(has(error_sentence(Lang::nl, two), "‘tool’ past bij meer dan één verzameling"));
  CHECK(error_choices(two).size() == 2);
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
