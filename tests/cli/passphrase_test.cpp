// What opens a store, changed by the person whose store it is: here, and at a node that has the store open.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <ostream>
#include <sstream>
#include <thread>

#include "core/identity/recovery.hpp"
#include "core/kiem.hpp"
#include "sync/cli/run.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/transport/zmq_network.hpp"
#include "tests/cli/json_text.hpp"
#include "tests/cli/shell.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/memory_scan.hpp"

namespace kiem::test {
namespace {

namespace fs = std::filesystem;

// Makes a store with the passphrase "zon en regen": the person's recovery words.
std::string begin(Shell& shell) {
  const JsonText founded{shell.done({"init", "--name", "Noor", "--json"})};
  return founded.at("/recovery");
}

bool opens(Shell& shell, const std::string& passphrase) {
  const Outcome outcome = shell.run({"status", "--passphrase-file", shell.file("try", passphrase + "\n")});
  if (outcome.code != 0) CHECK(has(outcome.err, "Dit wachtwoord past niet."));
  return outcome.code == 0;
}

// A stream that tells another thread when something was flushed through it.
class ToldStream : public std::stringbuf {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    told_.wait(lock, [this] { return flushed_; });
  }

 private:
  int sync() override {
    const std::lock_guard lock(mutex_);
    flushed_ = true;
    told_.notify_all();
    return 0;
  }
  std::mutex mutex_;
  std::condition_variable told_;
  bool flushed_ = false;
};

// `kiem node` in a thread of its own, from the moment it listens until this goes.
class NodeBeside {
 public:
  explicit NodeBeside(const Shell& shell) : environment_(shell.environment), options_(shell.options) {
    REQUIRE(pipe(stop_) == 0);
    environment_.open_network = [](const BoxKeyPair& keys, Clock& clock) { return ZmqNetwork::create(keys, clock); };
    environment_.catch_stop = [this] { return Result<int>(stop_[0]); };
    thread_ = std::thread([this] {
      std::ostream out(&told_);
      std::ostringstream err;
      std::istringstream in;
      cli::SystemClock clock;
      const Env env{clock, fake_.rng, fake_.log};
      code_ = cli::run({"node", "--listen", "tcp://127.0.0.1:0"}, environment_, {out, err, in}, env, options_);
      errors_ = err.str();
      out.flush();
    });
    told_.wait();
  }
  ~NodeBeside() {
    CHECK(write(stop_[1], "x", 1) == 1);
    thread_.join();
    CAPTURE(errors_);
    CHECK(code_ == 0);
    close(stop_[0]);
    close(stop_[1]);
  }
  NodeBeside(const NodeBeside&) = delete;
  NodeBeside& operator=(const NodeBeside&) = delete;

 private:
  cli::Environment environment_;
  StoreOptions options_;
  FakeEnv fake_{4711};
  ToldStream told_;
  int stop_[2] = {-1, -1};
  int code_ = -1;
  std::string errors_;
  std::thread thread_;
};

TEST_CASE("a new passphrase takes the place of the old one, and the answer says what opens the store now") {
  for (const bool node : {false, true}) {
    CAPTURE(node);
    Shell shell;
    begin(shell);
    const std::string next = shell.file("next", "sneeuw op het dak\n");
    {
      std::optional<NodeBeside> beside;
      if (node) beside.emplace(shell);
      const std::string out = shell.done({"passphrase", "--new-passphrase-file", next});
      CHECK(has(out, "Je Kiem gaat nu open met:\n  het wachtwoord\n  je herstelwoorden\n"));
      CHECK_FALSE(has(out, "sleutelbestand"));
      // Who has the store must not take the old one any more either.
      refused(shell.run({"passphrase", "--new-passphrase-file", next}), 1, "Dit wachtwoord past niet.");
    }
    CHECK_FALSE(opens(shell, "zon en regen"));
    CHECK(opens(shell, "sneeuw op het dak"));
    shell.environment.kiem_passphrase_file = next;
    CHECK(shell.done({"passphrase", "--json", "--new-passphrase-file", shell.file("third", "hagel")}) ==
          "{\"passphrase\":true,\"key_file\":false,\"recovery_words\":true,\"keyring\":false}\n");
    CHECK(opens(shell, "hagel"));
  }
}

TEST_CASE("at a terminal the old passphrase is asked once and tried before the new one is asked twice") {
  Shell shell;
  begin(shell);
  shell.environment.kiem_passphrase_file = std::nullopt;
  shell.environment.stdin_is_terminal = true;
  const Outcome wrong = shell.run({"passphrase"}, "zon\nnieuw\nnieuw\n");
  refused(wrong, 1, "Dit wachtwoord past niet.");
  CHECK(has(wrong.err, "kiem passphrase --recovery"));
  CHECK_FALSE(has(wrong.err, "nieuw wachtwoord"));
  refused(shell.run({"passphrase"}, "zon en regen\nnieuw\nnieuws\n"), 2, "nieuwe wachtwoord ontbreekt");
  CHECK(opens(shell, "zon en regen"));
  const Outcome changed = shell.run({"passphrase"}, "zon en regen\nnieuw\nnieuw\n");
  CHECK(changed.code == 0);
  CHECK(changed.err == "Wachtwoord: \nKies een nieuw wachtwoord: \nNog een keer: \n");
  CHECK_FALSE(opens(shell, "zon en regen"));
  CHECK(opens(shell, "nieuw"));
}

TEST_CASE("where stdin is no terminal nothing is asked, and what is missing is named") {
  Shell shell;
  begin(shell);
  refused(shell.run({"passphrase"}, "zon en regen\nx\nx\n"), 2, "--new-passphrase-file");
  refused(shell.run({"passphrase", "--recovery"}, "zon\n"), 2, "--recovery-file");
  shell.environment.kiem_passphrase_file = std::nullopt;
  refused(shell.run({"passphrase"}, "zon en regen\nx\nx\n"), 2, "--passphrase-file");
  CHECK(opens(shell, "zon en regen"));
}

TEST_CASE("who forgot the passphrase chooses a new one by the twelve words, which go into no log") {
  for (const bool node : {false, true}) {
    CAPTURE(node);
    Shell shell;
    const std::string words = begin(shell);
    REQUIRE(std::count(words.begin(), words.end(), ' ') == 11);
    // As somebody types them over: numbered, in capitals, on lines.
    std::string typed = "1. ";
    int number = 1;
    for (const char letter : words) {
      typed += letter == ' ' ? "\n" + std::to_string(++number) + ". "
                             : std::string(1, static_cast<char>(letter - (number == 1 ? 'a' - 'A' : 0)));
    }
    const std::string paper = shell.file("paper", typed);
    std::optional<NodeBeside> beside;
    if (node) {
      beside.emplace(shell);
    }
    shell.environment.kiem_passphrase_file = std::nullopt;
    const Outcome changed = shell.run(
        {"passphrase", "--recovery-file", paper, "--new-passphrase-file", shell.file("next", "sneeuw op het dak")});
    CHECK(changed.code == 0);
    beside.reset();
    CHECK(opens(shell, "sneeuw op het dak"));
    CHECK_FALSE(opens(shell, "zon en regen"));
    const std::string first = words.substr(0, words.find(' '));
    for (const std::string& line : shell.fake.log.lines) CHECK_FALSE(has(line, first));
    CHECK_FALSE(has(changed.out + changed.err, first));
  }
}

TEST_CASE("at a terminal the words may be mistyped twice, and words of another Kiem are told apart from a slip") {
  Shell shell;
  const std::string words = begin(shell);
  Shell other(2);
  const std::string others = begin(other);
  REQUIRE(words != others);
  shell.environment.kiem_passphrase_file = std::nullopt;
  shell.environment.stdin_is_terminal = true;
  const Outcome slow =
      shell.run({"passphrase", "--recovery"}, "kip ei\n" + words + " kip\n" + words + "\nnieuw\nnieuw\n");
  CHECK(slow.code == 0);
  CHECK(has(slow.err, "Deze herstelwoorden passen niet."));
  CHECK(has(slow.err, "Je twaalf herstelwoorden: "));
  CHECK(opens(shell, "nieuw"));
  refused(shell.run({"passphrase", "--recovery"}, "a\nb\nc\n" + words + "\nx\nx\n"), 1, "passen niet");
  refused(shell.run({"passphrase", "--recovery"}, ""), 2, "herstelwoorden");
  refused(shell.run({"passphrase", "--recovery"}, std::string(5000, 'a') + "\n"), 1, "te lang");
  const Outcome strange = shell.run({"passphrase", "--recovery"}, others + "\nx\nx\n");
  refused(strange, 1, "Deze herstelwoorden horen niet bij deze opslag.");
  CHECK_FALSE(has(strange.err, "Wachtwoord vergeten"));
  refused(shell.run({"passphrase", "--recovery-file", shell.file("long", std::string(5000, 'a'))}), 1, "te lang");
  refused(shell.run({"passphrase", "--recovery-file", "/nowhere"}), 1, "/nowhere");
  CHECK(opens(shell, "nieuw"));
}

TEST_CASE("a key file is made for its owner alone and opens without a question until it is dropped") {
  for (const bool node : {false, true}) {
    CAPTURE(node);
    Shell shell;
    begin(shell);
    const std::string key = (shell.folder.path() / "node.key").string();
    const std::string passphrase = *shell.environment.kiem_passphrase_file;
    std::optional<NodeBeside> beside;
    if (node) beside.emplace(shell);
    CHECK(has(shell.done({"passphrase", "--add-key-file", key}), "  het sleutelbestand\n"));
    beside.reset();
    struct stat found {};
    REQUIRE(stat(key.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777U) == 0600U);
    CHECK(found.st_size == 32);

    shell.environment.kiem_passphrase_file = std::nullopt;
    shell.done({"status", "--key-file", key});
    shell.environment.kiem_key_file = key;
    shell.done({"status"});
    // It also proves whose store this is.
    shell.done({"passphrase", "--new-passphrase-file", shell.file("next", "sneeuw")});
    CHECK(opens(shell, "sneeuw"));
    refused(shell.run({"status", "--passphrase-file", passphrase}), 1, "Dit wachtwoord past niet.");

    if (node) beside.emplace(shell);
    CHECK_FALSE(has(shell.done({"passphrase", "--drop-key-file"}), "sleutelbestand\n"));
    beside.reset();
    const Outcome dropped = shell.run({"status"});
    refused(dropped, 1, "Dit sleutelbestand hoort niet bij deze opslag.");
    CHECK_FALSE(has(dropped.err, "Wachtwoord vergeten"));
    CHECK(fs::exists(key));
    CHECK(opens(shell, "sneeuw"));
  }
}

TEST_CASE("a second key file takes the place of the first, and no file is written over") {
  Shell shell;
  begin(shell);
  const std::string first = (shell.folder.path() / "first.key").string();
  const std::string second = (shell.folder.path() / "second.key").string();
  shell.done({"passphrase", "--add-key-file", first});
  const std::string before = contents_of(first);
  const std::string store = contents_of(shell.folder.store() / "store.kiem");
  refused(shell.run({"passphrase", "--add-key-file", first}), 1, "Er is al een bestand " + first);
  CHECK(contents_of(first) == before);
  CHECK(contents_of(shell.folder.store() / "store.kiem") == store);
  shell.done({"passphrase", "--add-key-file", second});
  refused(shell.run({"status", "--key-file", first}), 1, "sleutelbestand");
  shell.done({"status", "--key-file", second});
  refused(shell.run({"status", "--key-file", shell.file("short", "x")}), 1, "niet te lezen");
  refused(shell.run({"status", "--key-file", "/nowhere"}), 1, "/nowhere");
  refused(shell.run({"passphrase", "--add-key-file", "/nowhere/at/all.key"}), 1, "/nowhere");
}

TEST_CASE("a key file whose slot cannot be written is taken away again") {
  FaultVfs disk;
  Shell shell;
  shell.options.parent_vfs = disk.name();
  begin(shell);
  const fs::path key = shell.folder.path() / "node.key";
  disk.fail({FileCall::write}, 1, kDiskFull, true);
  refused(shell.run({"passphrase", "--add-key-file", key.string()}), 1, "De schijf is vol");
  CHECK(disk.heal());
  CHECK_FALSE(fs::exists(key));
  // The second copy of the header fails: the first has the slot, so that the key opens and stays.
  disk.fail({FileCall::write}, 2, kDiskFull, true);
  refused(shell.run({"passphrase", "--add-key-file", key.string()}), 1, "De schijf is vol");
  CHECK(disk.heal());
  CHECK(fs::exists(key));
  shell.done({"status", "--key-file", key.string()});
}

TEST_CASE("recovery words are added to a store that they do not open, here and at a node") {
  for (const bool node : {false, true}) {
    CAPTURE(node);
    Shell shell;
    const std::string paper = shell.file("paper", begin(shell) + "\n");
    const std::string next = shell.file("next", "sneeuw");
    {
      FakeEnv fake{3};
      const Unlock passphrase = Passphrase{SecretBytes::copy_of(view(std::string_view("zon en regen")))};
      auto store = Store::open(shell.folder.store(), passphrase, fake.env(), shell.options);
      REQUIRE(store);
      REQUIRE((*store)->drop_slot(SlotKind::recovery));
    }
    refused(shell.run({"passphrase", "--recovery-file", paper, "--new-passphrase-file", next}), 1, "herstelwoorden");
    CHECK(has(shell.done({"doctor"}), "kiem passphrase --add-recovery-words"));
    {
      std::optional<NodeBeside> beside;
      if (node) beside.emplace(shell);
      FakeEnv fake{4};
      auto others = RecoveryWords::generate(fake.rng).to_text();
      refused(shell.run({"passphrase", "--add-recovery-words", "--recovery-file", shell.file("others", others)}), 1,
              "Deze herstelwoorden passen niet.");
      CHECK(has(shell.done({"passphrase", "--add-recovery-words", "--recovery-file", paper}), "  je herstelwoorden\n"));
    }
    CHECK_FALSE(has(shell.done({"doctor"}), "--add-recovery-words"));
    shell.done({"passphrase", "--recovery-file", paper, "--new-passphrase-file", next});
    CHECK(opens(shell, "sneeuw"));
  }
}

TEST_CASE("a wrong passphrase makes no key file, and where no store is none is made either") {
  Shell shell;
  const fs::path key = shell.folder.path() / "node.key";
  refused(shell.run({"passphrase", "--add-key-file", key.string()}), 1, "kiem init --name");
  begin(shell);
  refused(shell.run({"passphrase", "--add-key-file", key.string(), "--passphrase-file", shell.file("wrong", "x")}), 1,
          "Dit wachtwoord past niet.");
  CHECK_FALSE(fs::exists(key));
}

TEST_CASE("a store for practice gets no passphrase, by the command line or by any other way") {
  Shell shell;
  shell.done({"init", "--practice", "--name", "Noor"});
  const std::string before = contents_of(shell.folder.store() / "store.kiem");
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"passphrase", "--new-passphrase-file", shell.file("next", "sneeuw")},
           {"passphrase", "--add-key-file", (shell.folder.path() / "node.key").string()},
           {"passphrase", "--drop-key-file"},
           {"passphrase", "--add-recovery-words", "--recovery-file", shell.file("paper", "zon")}}) {
    refused(shell.run(words), 1, "Een Kiem om te oefenen gaat vanzelf open.");
  }
  CHECK(contents_of(shell.folder.store() / "store.kiem") == before);
  CHECK_FALSE(fs::exists(shell.folder.path() / "node.key"));
  shell.done({"status"});
}

TEST_CASE("a passphrase that went to a node lies in no memory of either side afterwards") {
  if (!kCanScanMemory) return;
  Shell shell;
  begin(shell);
  // Only the disk has it whole.
  const std::string file = shell.file("next", "");
  const auto write_part = [&](std::string_view part) { std::ofstream(file, std::ios::app) << part; };
  write_part("acht trage schildpad");
  write_part("den lopen naar huis");
  const std::string mask =
      "bdiu!usbhf!tdijmeqbe"
      "efo!mpqfo!obbs!ivjt";
  Bytes unmasked;
  for (const char letter : mask) unmasked.push_back(static_cast<std::uint8_t>(letter - 1));
  const Sought passphrase(unmasked);
  wipe(unmasked);
  REQUIRE(passphrase.count() == 0);
  {
    const NodeBeside beside(shell);
    shell.done({"passphrase", "--new-passphrase-file", file});
    CHECK(passphrase.count() == 0);
  }
  CHECK(passphrase.count() == 0);
  shell.done({"status", "--passphrase-file", file});
  CHECK(passphrase.count() == 0);
}

}  // namespace
}  // namespace kiem::test
