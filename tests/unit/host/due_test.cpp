// What was kept longer than agreed, in the whole client on a store: told on the page of the lists, and erased from
// there.
#include <doctest/doctest.h>

#include "gui/model/reader.hpp"
#include "tests/unit/host/hosted_client.hpp"

namespace kiem::test {
namespace {

constexpr std::string_view kLoans = R"toml(
[[collection]]
key = "uitleen"
label = { nl = "Uitleen", en = "Loans" }
title = "wat"
keep = { after = "tot", days = 30 }
field = [
  { key = "wat", label = { nl = "Wat", en = "What" }, type = "text" },
  { key = "tot", label = { nl = "Tot", en = "Until" }, type = "date" },
]
)toml";

struct Loans : HostedClient {
  Loans() {
    begin();
    ExtendSchema extend;
    extend.file = kLoans;
    REQUIRE(backend.community()->perform(extend).has_value());
    for (const char* what : {"Ladder", "Zaag"}) lend(what, "2019-04-17");
    settle();
  }
  RecordId lend(const std::string& what, const std::string& until) {
    const auto answer = backend.community()->perform(AddRecord{{}, "uitleen", {{"wat", what}, {"tot", until}}});
    REQUIRE(answer.has_value());
    return std::get<RecordAnswer>(*answer).record.id;
  }
  std::size_t due() {
    const WallTime now = fake.clock.wall();
    const auto answer = backend.community()->perform(ListDue{{}, {}, m::Reader{Lang::nl, now, 60}.today(), {}});
    REQUIRE(answer.has_value());
    return std::get<DueRecords>(*answer).rows.size();
  }
};

TEST_CASE("what is due is told in the window, and goes for good when a coordinator is sure of it") {
  Loans loans;
  CHECK(loans.due() == 2);
  CHECK_FALSE(loans.says("bewaartermijn"));
  loans.click("Lijsten");
  CHECK(loans.says("2 stukken zijn over hun bewaartermijn."));
  loans.click("Laat zien");
  loans.click("Voor goed wissen", "Ladder");
  CHECK(loans.says("Weet je het zeker?"));
  loans.click("Toch niet");
  CHECK(loans.due() == 2);
  loans.click("Voor goed wissen", "Ladder");
  loans.click("Ja, wis het");
  CHECK(loans.says("Ladder is gewist."));
  CHECK(loans.says("1 stuk is over zijn bewaartermijn."));
  CHECK(loans.due() == 1);
}

TEST_CASE("what was taken away before it was due can be erased too") {
  Loans loans;
  const RecordId vise = loans.lend("Bankschroef", "2019-04-17");
  REQUIRE(loans.backend.community()->perform(DeleteRecord{{}, "uitleen", {to_text(vise)}, false}).has_value());
  loans.settle();
  loans.click("Lijsten");
  CHECK(loans.says("3 stukken zijn over hun bewaartermijn."));
  loans.click("Laat zien");
  loans.click("Voor goed wissen", "Bankschroef");
  loans.click("Ja, wis het");
  CHECK(loans.says("Bankschroef is gewist."));
  CHECK(loans.due() == 2);
}

}  // namespace
}  // namespace kiem::test
