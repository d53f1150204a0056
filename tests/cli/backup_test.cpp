// Copies on the command line: made, restored on another laptop, and given the recovery words.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/cli/json_text.hpp"
#include "tests/cli/shell.hpp"

namespace kiem::test {
namespace {

// Anneke with an initiative and a task, and the file her recovery words are in.
struct Person : Shell {
  Person() {
    const JsonText made{done({"init", "--name", "Anneke", "--json"})};
    words = made.at("/recovery");
    device = made.at("/device");
    words_file = file("words", words);
    done({"initiative", "create", "Sociaal Tuinieren"});
    done({"task", "add", "Heg knippen", "--seats", "2"});
    copy = (folder.path() / "copy.kiem").string();
  }
  // The same person before another laptop.
  void move() {
    environment.kiem_home = (folder.path() / "other").string();
    other = folder.path() / "other";
  }
  std::string words, device, words_file, copy;
  std::filesystem::path other;
};

TEST_CASE("a backup is made once, and says where it is and that it is to be kept elsewhere") {
  Person person;
  const Outcome made = person.run({"backup", person.copy});
  CHECK(made.code == 0);
  CHECK(has(made.out, person.copy));
  CHECK(has(made.out, "Bewaar dit ergens anders"));
  CHECK(made.err.empty());
  const Outcome again = person.run({"backup", person.copy});
  CHECK(again.code == 1);
  CHECK(has(again.err, "Er is al een bestand"));
  const auto second = (person.folder.path() / "second").string();
  const JsonText json{person.done({"backup", second, "--json"})};
  CHECK(json.at("/file") == second);
  CHECK(json.at("/bytes") == std::to_string(std::filesystem::file_size(second)));
  CHECK(person.run({"backup"}).code == 2);
  CHECK(has(person.run({"backup", "/no/such/folder/copy"}).err, "/no/such"));
}

TEST_CASE("how far a backup is, is shown to who looks and to nobody else") {
  Person person;
  person.environment.stderr_is_terminal = true;
  const Outcome made = person.run({"backup", person.copy});
  CHECK(made.code == 0);
  CHECK(has(made.err, "\rKopie maken: "));
  // The line is taken away again.
  CHECK(made.err.ends_with(" \r"));
}

TEST_CASE("a stopped backup leaves nothing behind") {
  Person person;
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  REQUIRE(::write(ends[1], "x", 1) == 1);
  person.environment.catch_stop = [&]() -> Result<int> { return ends[0]; };
  const Outcome stopped = person.run({"backup", person.copy});
  CHECK(stopped.code == 1);
  CHECK(stopped.err == "Gestopt. Er is geen kopie gemaakt.\n");
  CHECK_FALSE(std::filesystem::exists(person.copy));
  CHECK_FALSE(std::filesystem::exists(person.copy + ".part"));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("with the recovery words a copy is opened and takes part at once, as a device of its own") {
  Person person;
  person.done({"backup", person.copy});
  person.move();
  const JsonText restored{person.done({"restore", person.copy, "--recovery-file", person.words_file, "--json"})};
  CHECK(restored.at("/home") == person.other.string());
  CHECK(restored.at("/person/name") == "Anneke");
  CHECK(restored.at("/device") != person.device);
  CHECK(restored.at("/enrolled") == "true");
  CHECK(restored.at("/initiatives") == "1");
  CHECK(restored.size("/damaged_pages") == 0);
  // The passphrase of then opens it as well.
  CHECK(has(person.done({"task", "list"}), "Heg knippen"));
  person.done({"claim", "Heg knippen"});
  CHECK(has(person.done({"doctor"}), "Alles klopt."));
  const Outcome again = person.run({"restore", "--recovery-file", person.words_file});
  CHECK(again.code == 1);
}

TEST_CASE("without the words a copy can be read only, until they are given") {
  Person person;
  person.done({"backup", person.copy});
  person.move();
  const Outcome restored = person.run({"restore", person.copy});
  CHECK(restored.code == 0);
  CHECK(has(restored.out, "Welkom terug, Anneke"));
  CHECK(has(restored.err, "kiem restore --recovery"));
  CHECK(has(person.done({"task", "list"}), "Heg knippen"));
  const Outcome refused = person.run({"claim", "Heg knippen"});
  CHECK(refused.code == 1);
  CHECK(has(refused.err, "teruggezette kopie"));
  CHECK(has(refused.err, "kiem restore --recovery"));

  Shell stranger(2);
  const JsonText theirs{stranger.done({"init", "--name", "Piet", "--json"})};
  const Outcome wrong = person.run({"restore", "--recovery-file", person.file("theirs", theirs.at("/recovery"))});
  CHECK(wrong.code == 1);
  CHECK(has(person.run({"restore", "--recovery-file", person.file("three", "een twee drie")}).err, "herstelwoorden"));
  CHECK(has(person.done({"restore", "--recovery-file", person.words_file}), "eigen apparaat"));
  person.done({"claim", "Heg knippen"});
}

TEST_CASE("at a terminal the words are asked for, again when they are wrong, and may be left for later") {
  Person person;
  person.done({"backup", person.copy});
  person.move();
  person.environment.stdin_is_terminal = true;
  const Outcome later = person.run({"restore", person.copy}, "\n");
  CHECK(later.code == 0);
  CHECK(has(later.err, "Laat leeg"));
  CHECK(has(later.err, "kiem restore --recovery"));
  std::filesystem::remove_all(person.other);
  const Outcome now = person.run({"restore", person.copy}, "een twee drie\n" + person.words + "\n");
  CHECK(now.code == 0);
  CHECK(has(now.out, "eigen apparaat"));
  person.done({"claim", "Heg knippen"});
}

TEST_CASE("nothing is restored over a store, from no copy, or by a wrong passphrase") {
  Person person;
  person.done({"backup", person.copy});
  CHECK(has(person.run({"restore", person.copy}).err, "staat al een Kiem"));
  person.move();
  CHECK(has(person.run({"restore", person.words_file}).err, "geen Kiem"));
  CHECK(person.run({"restore", "/no/such/file"}).code == 1);
  CHECK(person.run({"restore"}).code == 2);
  CHECK(person.run({"restore", person.copy, "--recovery", "--recovery-file", "x"}).code == 2);
  person.environment.kiem_passphrase_file = person.file("wrong", "zon en sneeuw\n");
  const Outcome wrong = person.run({"restore", person.copy});
  CHECK(wrong.code == 1);
  CHECK_FALSE(std::filesystem::exists(person.other));
}

TEST_CASE("a damaged page of a copy costs what was on it: the rest is restored, said, and ends with 3") {
  Person person;
  person.done({"backup", person.copy});
  const auto pages = std::filesystem::file_size(person.copy) / 4096 - 2;
  person.move();
  const auto flip = [&](std::uint64_t page) {
    std::fstream file(person.copy, std::ios::binary | std::ios::in | std::ios::out);
    const auto at = static_cast<std::streamoff>(8192 + page * 4096 + 50);
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 1));
    REQUIRE(file.good());
  };
  int restored_in_part = 0;
  for (std::uint64_t page = 0; page < pages; ++page) {
    CAPTURE(page);
    flip(page);
    const Outcome restored = person.run({"restore", person.copy});
    CAPTURE(restored.err);
    if (restored.code == 3) {
      ++restored_in_part;
      CHECK(has(restored.err, "1 bladzijde van de kopie is beschadigd"));
      CHECK(has(restored.out, person.other.filename().string()));
    } else {
      // What makes a store a store, or a person that person, was on it.
      CHECK(restored.code == 1);
      CHECK(has(restored.err, "beschadigd"));
      CHECK_FALSE(std::filesystem::exists(person.other / "store.kiem"));
    }
    std::filesystem::remove_all(person.other);
    flip(page);
  }
  CHECK(restored_in_part > 10);
}

TEST_CASE("a practice copy opens by its key, and without one says so") {
  Shell shell;
  shell.environment.kiem_passphrase_file = std::nullopt;
  shell.done({"init", "--practice", "--name", "Noor"});
  const auto copy = (shell.folder.path() / "copy").string();
  shell.done({"backup", copy});
  const auto key = shell.folder.store() / "practice.key";
  const auto other = shell.folder.path() / "other";
  shell.environment.kiem_home = other.string();
  CHECK(shell.run({"restore", copy}).code == 1);
  CHECK(has(shell.done({"restore", copy, "--key-file", key.string()}), "Welkom terug, Noor"));
}

}  // namespace
}  // namespace kiem::test
