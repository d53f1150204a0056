#include "gui/model/answers.hpp"

#include <doctest/doctest.h>

#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

const InitiativeNaming kHere{to_text(id_of<SpaceId>(9))};
const Naming kHedge{to_text(id_of<RecordId>(2))};

struct World {
  Facts facts;
  UiState state;
  std::vector<NodeRequest> take(const NodeRequest& request, Result<NodeAnswer> answer) {
    return take_answer(facts, state, request, answer);
  }
};

TEST_CASE("the first status names the initiative and asks for its tasks") {
  World world;
  const auto next = world.take(ShowStatus{}, Answer(StatusAnswer{noor(), id_of<DeviceId>(1), {initiative()}}));
  CHECK(world.state.initiative == id_of<SpaceId>(9));
  REQUIRE(next.size() == 3);
  CHECK(std::get<ListTasks>(std::get<Request>(next[1])).initiative.text == kHere.text);
  CHECK(world.take(ShowStatus{}, Answer(*world.facts.status)).empty());
}

TEST_CASE("a store without an initiative shows the first buttons") {
  World world;
  CHECK(world.take(ShowStatus{}, Answer(StatusAnswer{noor(), id_of<DeviceId>(1), {}})).empty());
  CHECK(world.state.page == Page::first_run);
  CHECK_FALSE(world.state.initiative);
}

TEST_CASE("answers fill the facts") {
  World world{Facts{}, state()};
  static_cast<void>(world.take(ListTasks{kHere, true, {}}, Answer(Tasks{cards(), true})));
  CHECK(world.facts.tasks->tasks.size() == 7);
  static_cast<void>(world.take(ListPlaces{kHere}, Answer(*facts().places)));
  CHECK(world.facts.places->places.size() == 2);
  static_cast<void>(world.take(ListPeople{kHere}, Answer(*facts().people)));
  CHECK(world.facts.people->people.size() == 3);
}

TEST_CASE("answers about another initiative or task than the one on screen are dropped") {
  World world{Facts{}, state_with_task()};
  const InitiativeNaming other{to_text(id_of<SpaceId>(8))};
  static_cast<void>(world.take(ListTasks{other, true, {}}, Answer(Tasks{cards(), true})));
  CHECK_FALSE(world.facts.tasks);
  TaskDetail detail = hedge_detail();
  detail.card.id = id_of<RecordId>(3);
  static_cast<void>(world.take(ShowTask{kHere, Naming{"x"}}, Answer(detail)));
  CHECK_FALSE(world.facts.task);
  static_cast<void>(world.take(ShowTask{kHere, kHedge}, Answer(hedge_detail())));
  CHECK(world.facts.task);
  static_cast<void>(world.take(ShowLog{kHere, Naming{to_text(id_of<RecordId>(3))}, {}}, Answer(LogAnswer{})));
  CHECK_FALSE(world.facts.history);
  static_cast<void>(world.take(ShowLog{kHere, kHedge, {}}, Answer(LogAnswer{})));
  CHECK(world.facts.history);
}

TEST_CASE("a claim is told in words, and when the others will know") {
  World world{facts_with_task(), state_with_task()};
  ClaimAnswer answer{hedge_detail(), claim(noor(), ClaimState::provisional, ClaimReason::seat_free)};
  answer.task.card.mine = answer.claim;
  const auto next = world.take(ClaimTask{kHere, kHedge, 1, {}}, Answer(answer));
  CHECK(world.state.notice->kind == Notice::Kind::done);
  CHECK(world.state.notice->text == "Je bent voorlopig aangemeld voor Heg knippen. Je buren weten het zo.");
  CHECK(world.facts.task->card.mine);
  CHECK(card_of(world.facts, id_of<RecordId>(2))->mine);
  CHECK_FALSE(next.empty());
  world.facts.plugged_in = false;
  static_cast<void>(world.take(ClaimTask{kHere, kHedge, 1, {}}, Answer(answer)));
  CHECK(world.state.notice->text.ends_with("De anderen zien het zodra er verbinding is."));
}

TEST_CASE("a lost place is told kindly, with where I stand and why") {
  World world{facts_with_task(), state_with_task()};
  ClaimAnswer answer{hedge_detail(), claim(noor(), ClaimState::waiting, ClaimReason::taken_by_confirmed, 2)};
  answer.claim.reason.number = 3;
  static_cast<void>(world.take(ClaimTask{kHere, kHedge, 1, {}}, Answer(answer)));
  CHECK(world.state.notice->text ==
        "Je staat op de wachtlijst van Heg knippen, als nummer 2. Alle 3 plekken zijn al aan anderen bevestigd.");
}

TEST_CASE("signing off and changing are told") {
  World world{facts_with_task(), state_with_task()};
  TaskChanged changed{hedge_detail(), {}};
  changed.task.card.mine = claim(noor(), ClaimState::withdrawn, ClaimReason::withdrawn_by_claimant);
  static_cast<void>(world.take(WithdrawClaim{kHere, kHedge, {}}, Answer(changed)));
  CHECK(world.state.notice->text == "Je bent afgemeld voor Heg knippen.");
  static_cast<void>(world.take(EditTask{}, Answer(changed)));
  CHECK(world.state.notice->text == "Heg knippen is aangepast.");
}

TEST_CASE("an error is one kind sentence, and what was typed stays") {
  World world{facts(), state()};
  world.state.busy = Busy::meeting;
  typed(world.state, Field::address) = "tcp://nergens:1";
  const auto next = world.take(SyncWith{"tcp://nergens:1", {}},
                               fail(ErrorCode::peer_unreachable, Fault::machine, {"tcp://nergens:1"}));
  CHECK(next.empty());
  CHECK(world.state.busy == Busy::no);
  REQUIRE(world.state.notice);
  CHECK(world.state.notice->kind == Notice::Kind::error);
  CHECK(world.state.notice->text.find("tcp://nergens:1") != std::string::npos);
  CHECK(typed(world.state, Field::address) == "tcp://nergens:1");
}

TEST_CASE("an answer to something else does not end what the person waits for") {
  World world{facts(), state()};
  world.state.busy = Busy::joining;
  static_cast<void>(world.take(ListPlaces{kHere}, Answer(Places{})));
  CHECK(world.state.busy == Busy::joining);
  static_cast<void>(world.take(JoinByCode{"x"}, fail(ErrorCode::bad_code)));
  CHECK(world.state.busy == Busy::no);
}

TEST_CASE("a task that is gone is told by its page, not by an error over it") {
  World world{facts_with_task(), state_with_task()};
  static_cast<void>(world.take(ShowTask{kHere, kHedge}, fail(ErrorCode::not_found, Fault::person, {"task", "x"})));
  CHECK_FALSE(world.state.notice);
  CHECK_FALSE(world.facts.task);
  static_cast<void>(world.take(ShowTask{kHere, kHedge}, fail(ErrorCode::disk_failed, Fault::machine, {"x"})));
  CHECK(world.state.notice);
}

TEST_CASE("a store that opens wipes the passphrase and forgets what was known before") {
  World world{facts(), state()};
  world.state.page = Page::unlock;
  world.state.busy = Busy::opening;
  typed(world.state, Field::passphrase) = "geheim";
  CHECK(take_opened(world.facts, world.state, fail(ErrorCode::no_slot_opens)).empty());
  CHECK(typed(world.state, Field::passphrase) == "geheim");
  CHECK(world.state.page == Page::unlock);
  CHECK(world.state.busy == Busy::no);
  CHECK(world.state.notice->text.starts_with("Dit wachtwoord past niet."));
  CHECK_FALSE(take_opened(world.facts, world.state, Status{}).empty());
  CHECK(typed(world.state, Field::passphrase).empty());
  CHECK(world.state.page == Page::tasks);
  CHECK_FALSE(world.state.notice);
  CHECK_FALSE(world.facts.tasks);
}

TEST_CASE("a store that is made shows its words once, then those of the initiative") {
  World world;
  world.state.page = Page::begin;
  world.state.has_store = false;
  world.state.busy = Busy::making;
  typed(world.state, Field::passphrase) = "geheim";
  typed(world.state, Field::passphrase_again) = "geheim";
  take_made(world.facts, world.state, std::string("appel boom"));
  CHECK(world.state.page == Page::words);
  CHECK(world.state.has_store);
  CHECK(typed(world.state, Field::passphrase).empty());
  CHECK(typed(world.state, Field::passphrase_again).empty());
  const auto next =
      world.take(CreateInitiative{"Tuin"}, Answer(InitiativeCreated{id_of<SpaceId>(5), "Tuin", "kas dak"}));
  CHECK(world.state.busy == Busy::no);
  CHECK(world.state.page == Page::words);
  CHECK(world.state.initiative == id_of<SpaceId>(5));
  CHECK_FALSE(next.empty());
  REQUIRE(world.facts.recovery_words.size() == 2);
  CHECK(take_ask(world.facts, ForgetWords{}));
  REQUIRE(world.facts.recovery_words.size() == 1);
  CHECK(world.facts.recovery_words[0].words == "kas dak");
  CHECK(take_ask(world.facts, ForgetWords{}));
  CHECK(take_ask(world.facts, ForgetWords{}));
  CHECK(world.facts.recovery_words.empty());
}

TEST_CASE("a store that could not be made keeps what was typed") {
  World world;
  world.state.page = Page::begin;
  world.state.has_store = false;
  world.state.busy = Busy::making;
  typed(world.state, Field::passphrase) = "geheim";
  take_made(world.facts, world.state, fail(ErrorCode::disk_full, Fault::machine));
  CHECK_FALSE(world.state.has_store);
  CHECK(world.state.page == Page::begin);
  CHECK(world.state.busy == Busy::no);
  CHECK(typed(world.state, Field::passphrase) == "geheim");
  CHECK(world.state.notice->kind == Notice::Kind::error);
}

TEST_CASE("who joins is welcomed, on probation too, and the code is wiped") {
  World world;
  world.state.page = Page::join;
  world.state.busy = Busy::joining;
  typed(world.state, Field::code) = "kiem1abc";
  static_cast<void>(
      world.take(JoinByCode{"kiem1abc"}, InitiativeJoined{id_of<SpaceId>(5), "Tuin", kiem::Role::volunteer, true, 3}));
  CHECK(world.state.page == Page::tasks);
  CHECK(world.state.initiative == id_of<SpaceId>(5));
  CHECK(typed(world.state, Field::code).empty());
  CHECK(world.state.notice->text == "Welkom bij Tuin. Je kunt vast meedoen; een coördinator maakt het af.");
  world.state.busy = Busy::joining;
  static_cast<void>(
      world.take(JoinByCode{"kiem1abc"}, InitiativeJoined{id_of<SpaceId>(5), "Tuin", kiem::Role::volunteer, false, 3}));
  CHECK(world.state.notice->text == "Welkom bij Tuin.");
}

TEST_CASE("sharing by hand tells with whom and what came") {
  World world{facts(), state()};
  const auto told = [&](std::uint64_t received) {
    static_cast<void>(world.take(SyncWith{"a", {}}, Synced{id_of<DeviceId>(1), anneke(), received, 0}));
    return world.state.notice->text;
  };
  CHECK(told(0) == "Gedeeld met Anneke V.: er was niets nieuws.");
  CHECK(told(1) == "Gedeeld met Anneke V.: er kwam 1 wijziging bij.");
  CHECK(told(2) == "Gedeeld met Anneke V.: er kwamen 2 wijzigingen bij.");
}

TEST_CASE("an invitation is kept until it is forgotten, and then its code is gone") {
  World world{facts(), state()};
  world.state.busy = Busy::inviting;
  InvitationMade made;
  made.code = "kiem1abc";
  static_cast<void>(world.take(InviteNewcomer{kHere, kiem::Role::volunteer, {}}, made));
  CHECK(world.state.busy == Busy::no);
  CHECK(world.facts.invitation->code == "kiem1abc");
  CHECK(take_ask(world.facts, ForgetInvitation{}));
  CHECK_FALSE(world.facts.invitation);
  world.facts.came_back = CameBack{anneke(), {}, ""};
  CHECK(take_ask(world.facts, ForgetNews{}));
  CHECK_FALSE(world.facts.came_back);
  CHECK_FALSE(take_ask(world.facts, CopyText{"x"}));
  CHECK_FALSE(take_ask(world.facts, OpenStore{"x"}));
}

}  // namespace
}  // namespace kiem::model
