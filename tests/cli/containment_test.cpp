// One page of a small store is damaged, each in turn: a broken page costs what stood on it.
#include <doctest/doctest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "core/store/store_files.hpp"
#include "tests/cli/shell.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/page_owners.hpp"

namespace kiem::test {
namespace {

namespace fs = std::filesystem;

std::map<std::uint32_t, std::string> owners_in(const Shell& shell) {
  FakeEnv env(7);
  const auto store = Store::open(shell.folder.store(), Passphrase{SecretBytes::copy_of(view("zon en regen"))},
                                 env.env(), shell.options);
  REQUIRE(store);
  return owners_of_pages((*store)->writer());
}

// Without these nothing can be said at all: the schema says what any page is, `local` has this device's keys, without
// which nobody is at home, and `space` says which initiatives there are. In a small store that is one page each, beside
// the schema's three.
bool must_refuse(const std::string& owner) { return owner == "sqlite_schema" || owner == "local" || owner == "space"; }

// Enough of everything that tables have several pages.
void fill(Shell& shell) {
  shell.begin();
  shell.done({"place", "add", "De Tuin", "--text", std::string(450, 't')});
  shell.done({"place", "add", "De Keuken", "--text", std::string(450, 'k')});
  std::string people = "Naam,Rol\n";
  std::string tasks = "Taak,Datum,Plekken,Plaats\n";
  for (int i = 0; i < 60; ++i) {
    people += "Buur " + std::to_string(i) + "," + std::string(60, 'r') + "\n";
    tasks += "Taak " + std::to_string(i) + ",2027-05-" + std::to_string(10 + i % 15) + ",4,De Tuin\n";
  }
  shell.done({"import", shell.file("mensen.csv", people)});
  shell.done({"import", shell.file("taken.csv", tasks)});
  for (int i = 0; i < 12; ++i) shell.done({"claim", "Taak " + std::to_string(i)});
  for (int i = 0; i < 20; ++i) shell.done({"claim", "Taak 30", "--for", "Buur " + std::to_string(i)});
  shell.done({"task", "edit", "Taak 5", "--note", std::string(450, 'n')});
}

struct Asked {
  std::vector<std::string> words;
  std::string whole;  // answer of the store that is whole
  std::map<int, int> codes = {};
};

void damage(const fs::path& path, const std::string& before, std::uint32_t page) {
  std::string bytes = before;
  auto& byte = bytes.at(kPagesAt + (page - 1) * std::size_t{kPageBytes} + 100);
  byte = static_cast<char>(byte ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a damaged page costs what stood on it: lists give the rest, name the loss and end with 3") {
  Shell shell;
  fill(shell);
  const auto owners = owners_in(shell);
  const fs::path path = shell.folder.store() / "store.kiem";
  const std::string before = contents_of(path);
  REQUIRE(before.size() == kPagesAt + owners.size() * std::size_t{kPageBytes});

  std::vector<Asked> lists;
  for (const auto& words : std::vector<std::vector<std::string>>{{"task", "list"},
                                                                 {"task", "list", "--all", "--json"},
                                                                 {"task", "show", "Taak 30"},
                                                                 {"place", "list"},
                                                                 {"place", "show", "De Tuin"},
                                                                 {"person", "list"},
                                                                 {"log"},
                                                                 {"log", "--limit", "5", "--json"},
                                                                 {"status"}}) {
    lists.push_back({words, shell.done(words)});
  }
  std::map<std::string, std::map<int, int>> by_owner;
  for (const auto& each : owners) {
    const std::uint32_t page = each.first;
    const std::string& owner = each.second;
    damage(path, before, page);
    for (auto& list : lists) {
      const Outcome answer = shell.run(list.words);
      CAPTURE(page);
      CAPTURE(owner);
      CAPTURE(list.words);
      CAPTURE(answer.err);
      ++list.codes[answer.code];
      ++by_owner[owner][answer.code];
      if (answer.code == 0) {
        CHECK(answer.out == list.whole);
        CHECK(answer.err.empty());
      } else {
        CHECK(has(answer.err, "kiem doctor"));
      }
      if (answer.code == 3) CHECK_FALSE(answer.out.empty());
      // One thing that stood on the very page cannot be shown.
      const bool one_thing = list.words.size() > 2 && answer.code == 1 && !must_refuse(owner);
      if (!must_refuse(owner) && !one_thing) CHECK((answer.code == 0 || answer.code == 3));
      if (one_thing) CHECK((owner == "task" || owner == "place"));
    }
  }
  std::ofstream(path, std::ios::binary) << before;
  for (const auto& list : lists) CHECK(shell.done(list.words) == list.whole);

  std::cout << "pages " << owners.size() << "; whole, part, refused:\n";
  for (auto& list : lists) {
    std::cout << "  " << list.codes[0] << " " << list.codes[3] << " " << list.codes[1];
    for (const auto& word : list.words) std::cout << " " << word;
    std::cout << "\n";
  }
  for (auto& [owner, codes] : by_owner) {
    std::cout << "  " << owner << ": " << codes[0] << " " << codes[3] << " " << codes[1] << "\n";
  }
}

TEST_CASE("a disk that fails while a list is read is never told as damage") {
  FaultVfs disk;
  Shell shell;
  shell.options.parent_vfs = disk.name();
  fill(shell);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"task", "list"}, {"person", "list"}, {"log", "--limit", "3"}, {"status"}}) {
    const std::string whole = shell.done(words);
    int failed = 0;
    bool fired = true;
    for (std::uint64_t nth = 1; fired; ++nth) {
      disk.fail({FileCall::read}, nth, kReadFails, false);
      const Outcome answer = shell.run(words);
      fired = disk.heal();
      CAPTURE(nth);
      CAPTURE(answer.err);
      if (answer.code == 0) {
        CHECK(answer.out == whole);
      } else {
        CHECK(answer.code == 1);
        CHECK_FALSE(has(answer.err, "kiem doctor"));
        ++failed;
      }
    }
    CHECK(failed > 5);
  }
}

}  // namespace kiem::test
