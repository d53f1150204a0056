#include "core/identity/recovery.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "core/crypto/hash.hpp"
#include "core/identity/words.hpp"
#include "tests/support/fakes.hpp"

using namespace kiem;
using kiem::test::SeededRng;

namespace {

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char letter : text) {
    if (letter == ' ') {
      words.emplace_back();
    } else {
      words.back() += letter;
    }
  }
  return words;
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  std::string text;
  for (const auto& entry : words) text += (text.empty() ? "" : std::string(between)) + entry;
  return text;
}

Bytes bits_of(const RecoveryWords& words) { return to_bytes(words.bits().view()); }

RecoveryWords counting_words() { return RecoveryWords::from_bits(*from_hex("000102030405060708090a0b0c0d0e0f")); }

Error refused(std::string_view text) {
  const auto parsed = RecoveryWords::parse(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::wrong_words);
  CHECK(parsed.error().fault == Fault::person);
  return parsed.error();
}

}  // namespace

TEST_CASE("words that were printed give back the bits they came from") {
  SeededRng rng(20270417);
  for (int i = 0; i < 500; ++i) {
    const auto words = RecoveryWords::generate(rng);
    const auto text = words.to_text();
    CAPTURE(text);
    REQUIRE(words_in(text).size() == kRecoveryWords);
    const auto again = RecoveryWords::parse(text);
    REQUIRE(again);
    CHECK(bits_of(*again) == bits_of(words));
  }
}

TEST_CASE("fixed bits give fixed words") {
  CHECK(RecoveryWords::from_bits(Bytes(16, 0)).to_text() ==
        "aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanzet");
  CHECK(RecoveryWords::from_bits(Bytes(16, 0xFF)).to_text() ==
        "zwieren zwieren zwieren zwieren zwieren zwieren zwieren zwieren zwieren zwieren zwieren zwager");
  CHECK(counting_words().to_text() ==
        "aanbod amandel lengte amandel greep afgerond brunch bungalow arcade ideaal fruit breken");
}

TEST_CASE("the twelve numbers are the bits in order and then the first four of their hash") {
  const Bytes bits = *from_hex("000102030405060708090a0b0c0d0e0f");
  const auto words = words_in(RecoveryWords::from_bits(bits).to_text());
  // The naive way: a string of noughts and ones.
  std::string ones;
  Bytes all = bits;
  all.push_back(hash_of("kiem.words.0", {bits}).bytes[0]);
  for (const auto byte : all) {
    for (int bit = 7; bit >= 0; --bit) ones += ((byte >> bit) & 1) != 0 ? '1' : '0';
  }
  for (std::size_t i = 0; i < kRecoveryWords; ++i) {
    CHECK(words[i] == word(static_cast<std::uint16_t>(std::stoul(ones.substr(i * 11, 11), nullptr, 2))));
  }
}

TEST_CASE("of all ways to get one word wrong, about one in sixteen goes unnoticed, and always the same ones") {
  const auto right = words_in(counting_words().to_text());
  std::size_t unnoticed = 0;
  for (std::size_t at = 0; at < kRecoveryWords; ++at) {
    auto wrong = right;
    for (const auto entry : kWordList) {
      if (entry == right[at]) continue;
      wrong[at] = entry;
      const auto parsed = RecoveryWords::parse(joined(wrong));
      if (parsed) {
        ++unnoticed;
        CHECK(bits_of(*parsed) != bits_of(counting_words()));
      } else if (parsed.error().code != ErrorCode::wrong_words || !parsed.error().args.empty()) {
        FAIL_CHECK("not told as words that do not belong together: " << joined(wrong));
      }
    }
  }
  CHECK(kRecoveryWords * 2047 / 16 == 1535);
  CHECK(unnoticed == 1575);
}

TEST_CASE("the checksum alone being wrong is always noticed") {
  auto words = words_in(counting_words().to_text());
  const auto last = *index_of(words.back());
  for (std::uint16_t flip = 1; flip < 16; ++flip) {
    words.back() = word(static_cast<std::uint16_t>(last ^ flip));
    CHECK(refused(joined(words)).args.empty());
  }
}

TEST_CASE("words are read as people type them from paper") {
  const auto text = counting_words().to_text();
  const auto words = words_in(text);
  std::string capitals = text;
  for (auto& letter : capitals) letter = letter == ' ' ? ' ' : static_cast<char>(letter - 'a' + 'A');
  std::vector<std::string> cut_short;
  std::string numbered;
  for (std::size_t i = 0; i < words.size(); ++i) {
    cut_short.push_back(words[i].substr(0, 4));
    numbered += std::to_string(i + 1) + ". " + words[i] + (i % 4 == 3 ? "\r\n" : "  ");
  }
  for (const auto& typed : {capitals, "\n\t " + text + " \n", joined(words, "   "), joined(words, ". ") + ".",
                            joined(words, ", "), joined(words, "\r\n"), joined(cut_short), numbered}) {
    CAPTURE(typed);
    const auto parsed = RecoveryWords::parse(typed);
    REQUIRE(parsed);
    CHECK(bits_of(*parsed) == bits_of(counting_words()));
  }
}

TEST_CASE("a word that is not in the list is named with its position") {
  auto words = words_in(counting_words().to_text());
  for (const std::size_t at : {std::size_t{0}, std::size_t{6}, std::size_t{11}}) {
    auto wrong = words;
    wrong[at] = "qwerty";
    CHECK(refused(joined(wrong)).args == std::vector<std::string>{std::to_string(at + 1), "qwerty"});
  }
  words[4] = "zon-dag";
  words[9] = "ook niet";
  CHECK(refused(joined(words)).args == std::vector<std::string>{"5", "zon-dag"});
}

TEST_CASE("a wrong word is shown short, and never cut inside a character") {
  CHECK(refused(std::string(40, 'q')).args == std::vector<std::string>{"1", std::string(40, 'q')});
  CHECK(refused(std::string(1 << 20, 'q')).args == std::vector<std::string>{"1", std::string(40, 'q')});
  CHECK(refused(std::string(39, 'q') + "\xC3\xA9").args == std::vector<std::string>{"1", std::string(39, 'q')});
}

TEST_CASE("other than twelve words are counted") {
  const auto words = words_in(counting_words().to_text());
  CHECK(refused("").args == std::vector<std::string>{"0"});
  CHECK(refused(" . \n 12 ").args == std::vector<std::string>{"0"});
  CHECK(refused(joined({words.begin(), words.begin() + 11})).args == std::vector<std::string>{"11"});
  CHECK(refused(joined(words) + " " + words[0]).args == std::vector<std::string>{"13"});
}

TEST_CASE("a recovery key signs for its purpose and its words alone") {
  const auto words = counting_words();
  const auto person = recovery_key(words, "person");
  CHECK(person.verify_key() == recovery_key(counting_words(), "person").verify_key());
  CHECK(person.verify_key() != recovery_key(words, "initiative").verify_key());
  CHECK(person.verify_key() != recovery_key(RecoveryWords::from_bits(Bytes(16, 0)), "person").verify_key());
  const auto signature = person.sign("kiem.test", view("hallo"));
  CHECK(verify(recovery_key(*RecoveryWords::parse(words.to_text()), "person").verify_key(), "kiem.test", view("hallo"),
               signature));
  CHECK(to_hex(view(person.verify_key())) == "07ed3cd345fe539480c1a238fee372b1465e04c3e1fc02b7bfe40221685da63c");
}
