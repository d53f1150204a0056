// What opens a store: files, the terminal, recovery words, key files. No store is made here.
#include "sync/cli/unlock.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/identity/recovery.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/terminal.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::cli {
namespace {

namespace fs = std::filesystem;

fs::path put(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string words_of(const Unlock& unlock) { return std::string(text_view(std::get<Passphrase>(unlock).words.view())); }

struct Terminal {
  explicit Terminal(std::string typed) : in(std::move(typed)) { environment.stdin_is_terminal = true; }
  [[nodiscard]] Streams streams() { return {out, err, in}; }
  std::ostringstream out, err;
  std::istringstream in;
  Environment environment;
  Options options;
};

TEST_CASE("a passphrase is the first line of its file, whatever ends it") {
  const test::TempHome home;
  const fs::path path = home.path() / "pass";
  for (const char* text : {"vier groene bomen", "vier groene bomen\n", "vier groene bomen\r\n",
                           "vier groene bomen\nrest\n", "vier groene bomen\r\nrest"}) {
    const auto found = read_passphrase_file(put(path, text));
    REQUIRE(found.has_value());
    CHECK(text_view(found->view()) == "vier groene bomen");
  }
  CHECK(text_view(read_passphrase_file(put(path, " spaties tellen \n"))->view()) == " spaties tellen ");
}

TEST_CASE("an empty, missing, unreadable or endless passphrase is refused") {
  const test::TempHome home;
  const fs::path path = home.path() / "pass";
  for (const char* text : {"", "\n", "\r\n", "\nsecond line\n"}) {
    CHECK(read_passphrase_file(put(path, text)).error().code == ErrorCode::empty_text);
  }
  CHECK(read_passphrase_file(home.path() / "nowhere").error().code == ErrorCode::file_missing);
  CHECK(read_passphrase_file(home.path()).error().code == ErrorCode::file_unreadable);
  CHECK(read_passphrase_file("/dev/zero").error().code == ErrorCode::text_too_long);
}

TEST_CASE("a passphrase has at most 4096 bytes, its line end not counted") {
  const test::TempHome home;
  const fs::path path = home.path() / "pass";
  const std::string longest(kMaxPassphraseBytes, 'x');
  for (const char* end : {"", "\n", "\r\n"}) {
    CHECK(read_passphrase_file(put(path, longest + end))->size() == kMaxPassphraseBytes);
    CHECK(read_passphrase_file(put(path, longest + "x" + end)).error().code == ErrorCode::text_too_long);
  }
  Terminal terminal(longest + "\n" + longest + "\r\n" + longest + "x\n");
  Streams streams = terminal.streams();
  CHECK(ask_secret(streams, "?")->size() == kMaxPassphraseBytes);
  CHECK(ask_secret(streams, "?")->size() == kMaxPassphraseBytes);
  CHECK(ask_secret(streams, "?").error().code == ErrorCode::text_too_long);
}

TEST_CASE("a new passphrase is asked twice, an empty or different one again") {
  Terminal same("geheim\ngeheim\n");
  Streams streams = same.streams();
  CHECK(words_of(*choose_passphrase(same.options, same.environment, streams)) == "geheim");
  CHECK(same.out.str().empty());
  CHECK(same.err.str() == "Kies een wachtwoord (liefst een paar woorden): \nNog een keer: \n");

  Terminal second("\ngeheim\nandders\ngeheim\ngeheim\n");
  streams.in.clear();
  Streams again = second.streams();
  CHECK(words_of(*choose_passphrase(second.options, second.environment, again)) == "geheim");
  CHECK(second.err.str().find("niet twee keer hetzelfde") != std::string::npos);

  Terminal never("a\nb\na\nb\na\nb\na\na\n");
  Streams tried = never.streams();
  CHECK(choose_passphrase(never.options, never.environment, tried).error().code == ErrorCode::missing_input);
  Terminal ended("geheim\nhalf");
  Streams half = ended.streams();
  CHECK(choose_passphrase(ended.options, ended.environment, half).error().code == ErrorCode::missing_input);
}

TEST_CASE("where stdin is no terminal nothing is asked") {
  Terminal pipe("geheim\ngeheim\n");
  pipe.environment.stdin_is_terminal = false;
  Streams streams = pipe.streams();
  const auto refused = choose_passphrase(pipe.options, pipe.environment, streams);
  CHECK(refused.error().code == ErrorCode::missing_input);
  CHECK(refused.error().args == std::vector<std::string>{"passphrase"});
  CHECK(pipe.err.str().empty());
  CHECK(pipe.in.peek() == 'g');
}

TEST_CASE("a file goes before asking") {
  const test::TempHome home;
  Terminal terminal("typed\n");
  terminal.options.passphrase_file = put(home.path() / "pass", "from file\n");
  Streams streams = terminal.streams();
  CHECK(words_of(*choose_passphrase(terminal.options, terminal.environment, streams)) == "from file");
  CHECK(terminal.err.str().empty());
}

TEST_CASE("a home without a store is named before anything is asked") {
  const test::TempHome home;
  Terminal terminal("geheim\n");
  Streams streams = terminal.streams();
  const auto found = find_unlock(home.store(), terminal.options, terminal.environment, streams);
  CHECK(found.error().code == ErrorCode::store_missing);
  CHECK(found.error().args == std::vector<std::string>{home.store().string()});
  CHECK(terminal.err.str().empty());
}

TEST_CASE("a new passphrase is its file's, else asked twice, and has a name of its own when it is missing") {
  const test::TempHome home;
  Terminal terminal("nieuw\nnieuw\n");
  Streams streams = terminal.streams();
  const auto file = put(home.path() / "next", "uit het bestand\n");
  CHECK(text_view(choose_new_passphrase(file, Lang::nl, terminal.environment, streams)->view()) == "uit het bestand");
  CHECK(terminal.err.str().empty());
  CHECK(text_view(choose_new_passphrase({}, Lang::nl, terminal.environment, streams)->view()) == "nieuw");
  terminal.environment.stdin_is_terminal = false;
  CHECK(choose_new_passphrase({}, Lang::nl, terminal.environment, streams).error().args ==
        std::vector<std::string>{"new_passphrase"});
}

TEST_CASE("recovery words are shown while they are typed and may be in a file of many lines") {
  const test::TempHome home;
  test::FakeEnv env;
  const RecoveryWords words = RecoveryWords::generate(env.rng);
  const auto is_right = [&](const Result<Unlock>& found) {
    return found && equal_secrets(std::get<RecoveryCode>(*found).bits.view(), words.bits().view());
  };
  const std::string text = words.to_text();
  std::string lines = text;
  std::replace(lines.begin(), lines.end(), ' ', '\n');
  Terminal terminal(text + "\n" + text + "\r\n");
  Streams streams = terminal.streams();
  CHECK(is_right(find_recovery_words(put(home.path() / "paper", lines), Lang::nl, terminal.environment, streams)));
  CHECK(terminal.err.str().empty());
  CHECK(is_right(find_recovery_words({}, Lang::nl, terminal.environment, streams)));
  CHECK(is_right(find_recovery_words({}, Lang::nl, terminal.environment, streams)));
  CHECK(find_recovery_words({}, Lang::nl, terminal.environment, streams).error().code == ErrorCode::missing_input);
  const auto paper = put(home.path() / "paper", "kip ei\n");
  CHECK(find_recovery_words(paper, Lang::nl, terminal.environment, streams).error().code == ErrorCode::wrong_words);
  const auto most = [&](std::size_t size) {
    return read_words_file(put(home.path() / "paper", std::string(size, 'a')));
  };
  CHECK(most(kMaxPassphraseBytes)->size() == kMaxPassphraseBytes);
  CHECK(most(kMaxPassphraseBytes + 1).error().code == ErrorCode::text_too_long);
  CHECK(most(0)->empty());
}

TEST_CASE("a store opens by itself by a key file without a passphrase, and a misfit is called by its name") {
  CHECK(opens_by_itself({false, true, true, false}));
  CHECK_FALSE(opens_by_itself({true, true, true, false}));
  CHECK_FALSE(opens_by_itself({true, false, true, true}));
  const Error wrong{ErrorCode::no_slot_opens, Fault::person, {}};
  Options options;
  CHECK(misfit(wrong, Passphrase{}, options).args.empty());
  CHECK(misfit(wrong, RecoveryCode{}, options).args == std::vector<std::string>{"recovery_words"});
  CHECK(misfit(wrong, KeyFile{}, options).args == std::vector<std::string>{"practice_key"});
  options.key_file = "/k";
  CHECK(misfit(wrong, KeyFile{}, options).args == std::vector<std::string>{"key_file"});
  const Error other{ErrorCode::disk_failed, Fault::machine, {"words"}};
  CHECK(misfit(other, KeyFile{}, options).args == std::vector<std::string>{"words"});
}

TEST_CASE("a key file is 32 random bytes for its owner, in a folder that is there, over nothing") {
  const test::TempHome home;
  test::FakeEnv env;
  const fs::path path = home.path() / "node.key";
  const auto made = make_key_file(path, env.rng);
  REQUIRE(made.has_value());
  CHECK(equal_secrets(read_key_file(path)->view(), made->view()));
  struct stat found {};
  REQUIRE(stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  const auto again = make_key_file(path, env.rng);
  CHECK(again.error().code == ErrorCode::file_exists);
  CHECK(again.error().args == std::vector<std::string>{path.string()});
  CHECK(equal_secrets(read_key_file(path)->view(), made->view()));
  // A link to nowhere is something too.
  fs::create_symlink(home.path() / "nothing", home.path() / "link");
  CHECK(make_key_file(home.path() / "link", env.rng).error().code == ErrorCode::file_exists);
  CHECK(make_key_file(home.path() / "none" / "node.key", env.rng).error().code == ErrorCode::file_missing);
  CHECK(make_key_file(path / "node.key", env.rng).error().code == ErrorCode::file_missing);
  CHECK(make_key_file("/proc/node.key", env.rng).error().code == ErrorCode::file_missing);
  CHECK(read_key_file(home.path() / "none").error().code == ErrorCode::file_missing);
  for (const std::size_t size : {0U, 31U, 33U, 4096U}) {
    CHECK(read_key_file(put(home.path() / "other", std::string(size, 'k'))).error().code == ErrorCode::file_unreadable);
  }
}

TEST_CASE("while a secret is typed the terminal does not show it, and afterwards it does") {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(master >= 0);
  REQUIRE(grantpt(master) == 0);
  REQUIRE(unlockpt(master) == 0);
  char name[64];
  REQUIRE(ptsname_r(master, name, sizeof name) == 0);
  const int terminal = open(name, O_RDWR | O_NOCTTY);
  REQUIRE(terminal >= 0);
  const auto echoes = [terminal] {
    termios now{};
    REQUIRE(tcgetattr(terminal, &now) == 0);
    return (now.c_lflag & ECHO) != 0;
  };
  CHECK(echoes());
  {
    const EchoOff quiet(terminal);
    CHECK_FALSE(echoes());
  }
  CHECK(echoes());
  close(terminal);
  close(master);
}

TEST_CASE("what is no terminal is left alone") {
  const int file = open("/dev/null", O_RDONLY);
  { const EchoOff quiet(file); }
  { const EchoOff again(file); }
  close(file);
}

TEST_CASE("a practice key is 32 random bytes that only I can read") {
  const test::TempHome home;
  test::FakeEnv env;
  const fs::path inside = home.path() / "a" / "b";
  const auto made = make_practice_key(inside, env.rng);
  REQUIRE(made.has_value());
  CHECK(made->made_key);
  CHECK(made->key.size() == kPracticeKeyBytes);
  struct stat found {};
  REQUIRE(stat((inside / kPracticeKeyName).c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  CHECK(found.st_size == 32);
  REQUIRE(stat(inside.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0700U);
  CHECK(equal_secrets(read_practice_key(inside)->view(), made->key.view()));
  made->undo();
  CHECK_FALSE(fs::exists(inside));
}

TEST_CASE("a key that an init left behind is taken again, and never written over or taken away") {
  const test::TempHome home;
  test::FakeEnv env;
  const auto first = make_practice_key(home.path(), env.rng);
  const auto second = make_practice_key(home.path() / "", env.rng);
  REQUIRE(second.has_value());
  CHECK_FALSE(second->made_key);
  CHECK(equal_secrets(first->key.view(), second->key.view()));
  second->undo();
  CHECK(fs::exists(home.path() / kPracticeKeyName));
  first->undo();
  CHECK_FALSE(fs::exists(home.path() / kPracticeKeyName));
  CHECK(fs::exists(home.path()));

  for (const std::size_t size : {0U, 31U, 33U}) {
    put(home.path() / kPracticeKeyName, std::string(size, 'k'));
    CHECK(make_practice_key(home.path(), env.rng).error().code == ErrorCode::file_unreadable);
    CHECK(read_practice_key(home.path()).error().code == ErrorCode::file_unreadable);
    CHECK(fs::file_size(home.path() / kPracticeKeyName) == size);
  }
  fs::remove(home.path() / kPracticeKeyName);
  CHECK(read_practice_key(home.path()).error().code == ErrorCode::file_missing);
}

TEST_CASE("a home that cannot be made is the machine's failure") {
  const test::TempHome home;
  test::FakeEnv env;
  put(home.path() / "file", "x");
  CHECK(make_practice_key(home.path() / "file" / "home", env.rng).error().code == ErrorCode::disk_failed);
  CHECK(make_practice_key(home.path() / "file", env.rng).error().code == ErrorCode::disk_failed);
}

TEST_CASE("a file is read whole up to its limit") {
  const test::TempHome home;
  const fs::path path = put(home.path() / "f.csv", std::string(10, 'x'));
  CHECK(read_whole_file(path, 10)->size() == 10);
  CHECK(read_whole_file(path, 9).error().code == ErrorCode::file_too_large);
  CHECK(read_whole_file(put(home.path() / "empty", ""), 10)->empty());
  CHECK(read_whole_file(home.path() / "nowhere", 10).error().code == ErrorCode::file_missing);
  CHECK(read_whole_file(path / "below", 10).error().code == ErrorCode::file_missing);
  CHECK(read_whole_file(home.path(), 10).error().code == ErrorCode::file_unreadable);
  CHECK(read_whole_file("/dev/zero", 10).error().code == ErrorCode::file_unreadable);
  REQUIRE(mkfifo((home.path() / "pipe").c_str(), 0600) == 0);
  CHECK(read_whole_file(home.path() / "pipe", 10).error().code == ErrorCode::file_unreadable);
}

}  // namespace
}  // namespace kiem::cli
