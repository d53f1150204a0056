// Who is on this network, and pairing with a laptop that stands beside this one: intents, answers and what is shown.
#include "gui/model/nearby.hpp"

#include <doctest/doctest.h>

#include "gui/model/answers.hpp"
#include "gui/model/screen.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

Facts coordinating() {
  Facts known = facts();
  known.status->initiatives[0].my_role = kiem::Role::coordinator;
  known.status->initiatives[0].practice = false;
  return known;
}
UiState on(Page page) {
  UiState now = state();
  now.page = page;
  now.back = {Page::tasks};
  return now;
}
template <class Wanted>
const Wanted* only(const std::vector<NodeRequest>& requests) {
  return requests.size() == 1 ? std::get_if<Wanted>(&requests.front()) : nullptr;
}
tl::unexpected<Error> over() { return fail(ErrorCode::peer_refused, Fault::peer, {"pairing_over"}); }

struct Hands {
  Facts known = coordinating();
  UiState now = on(Page::pairing);

  std::vector<NodeRequest> does(const Intent& intent) {
    Step step = apply(std::move(now), known, intent);
    now = std::move(step.state);
    for (const HostAsk& ask : step.host) asked_of_host.push_back(ask);
    return std::move(step.requests);
  }
  std::vector<NodeRequest> hears(const NodeRequest& request, Result<NodeAnswer> answer) {
    return take_answer(known, now, request, answer);
  }
  // A host up to the words.
  void up_to_words() {
    REQUIRE(only<OpenPairing>(does(LetIn{})) != nullptr);
    REQUIRE(only<AwaitPairing>(hears(OpenPairing{}, NodeAnswer(PairingOpened{"k7qd-2m9x"}))) != nullptr);
    hears(AwaitPairing{}, NodeAnswer(PairingShown{{"appel", "brug", "citroen", "dak"}}));
  }
  [[nodiscard]] PairingModel shown(Lang lang = Lang::nl) const { return pairing_model(reader(lang), known, now); }
  std::vector<HostAsk> asked_of_host;
};

// --- who is there ----------------------------------------------------------------------------------------------------

TEST_CASE("going to who is nearby looks around once, and a second look waits for the first") {
  const Facts known = coordinating();
  Step step = apply(on(Page::sharing), known, GoTo{Page::nearby});
  CHECK(step.state.looking);
  CHECK(std::holds_alternative<kiem::LookAround>(step.requests.back()));
  CHECK_FALSE(nearby_model(reader(), known, step.state).look.enabled);
  CHECK(nearby_model(reader(), known, step.state).subtitle == "Even rondkijken op dit netwerk...");
  CHECK(apply(step.state, known, LookWho{}).requests.empty());
  Facts after = known;
  CHECK(take_answer(after, step.state, kiem::LookAround{}, NodeAnswer(Surroundings{})).empty());
  CHECK_FALSE(step.state.looking);
  CHECK(nearby_model(reader(), after, step.state).look.enabled);
  step.state.looking = true;
  CHECK(take_answer(after, step.state, kiem::LookAround{}, fail(ErrorCode::disk_failed, Fault::machine)).empty());
  CHECK_FALSE(step.state.looking);
}

TEST_CASE("who is heard is told by name, initiative and whether there is a connection") {
  Facts known = coordinating();
  known.around = Surroundings{};
  known.around->looks = true;
  Surroundings::Neighbour linked;
  linked.person = anneke();
  linked.initiatives = {"Lindekwartier", "Kookclub"};
  linked.address = "tcp://192.168.1.20:7070";
  linked.linked = true;
  Surroundings::Neighbour unknown;
  known.around->neighbours = {linked, unknown, linked};
  known.around->neighbours[2].linked = false;
  const NearbyModel model = nearby_model(reader(), known, on(Page::nearby));
  CHECK(model.subtitle == "Op dit netwerk zijn nu 3 andere laptops met Kiem.");
  REQUIRE(model.rows.size() == 3);
  CHECK(model.rows[0].name == "Anneke V.");
  CHECK(model.rows[0].detail == "Lindekwartier, Kookclub, verbonden");
  CHECK(model.rows[1].name == "Iemand die hier nog niet bekend is");
  CHECK(model.rows[1].detail == "Wacht niet op anderen");
  CHECK(model.rows[2].detail == "Lindekwartier, Kookclub, nog niet verbonden");
  CHECK(model.nobody.empty());
  CHECK(model.steps.empty());
}

TEST_CASE("when nobody is heard the likely cause comes first and a next step after it") {
  Facts known = coordinating();
  const auto steps = [&](Surroundings around) {
    known.around = std::move(around);
    const NearbyModel model = nearby_model(reader(), known, on(Page::nearby));
    CHECK(model.nobody == "Niemand gevonden op dit netwerk");
    REQUIRE(model.steps.size() >= 2);
    return model.steps.front();
  };
  Surroundings around;
  CHECK(steps(around).starts_with("Deze laptop kijkt nu niet rond"));
  around.looks = true;
  CHECK(steps(around) == "Deze laptop zit op geen enkel netwerk.");
  around.addresses = 1;
  CHECK(steps(around).starts_with("Zelfs het eigen bericht"));
  around.own = 2;
  CHECK(steps(around).starts_with("Staat Kiem bij de anderen open?"));
  around.foreign = 1;
  CHECK(steps(around).starts_with("Er is hier wel iemand met Kiem"));
  CHECK(nearby_model(reader(Lang::en), known, on(Page::nearby)).nobody == "Nobody was found on this network");
  // While it is being looked at, nothing is said to be wrong.
  UiState now = on(Page::nearby);
  now.looking = true;
  CHECK(nearby_model(reader(), known, now).nobody.empty());
}

TEST_CASE("a coordinator can let a neighbour in; others are told who can, and practice stays apart") {
  Facts known = coordinating();
  CHECK(nearby_model(reader(), known, on(Page::nearby)).let_in);
  CHECK(nearby_model(reader(), known, on(Page::nearby)).let_in_help == "Je buur hoort daarna bij Lindekwartier.");
  known.status->initiatives[0].my_role = kiem::Role::volunteer;
  CHECK_FALSE(nearby_model(reader(), known, on(Page::nearby)).let_in);
  CHECK(nearby_model(reader(), known, on(Page::nearby)).let_in_help.starts_with("Een coördinator kan"));
  CHECK(nearby_model(reader(), known, on(Page::nearby)).join);
  known.status->initiatives[0].practice = true;
  CHECK_FALSE(nearby_model(reader(), known, on(Page::nearby)).join);
}

// --- letting somebody in ---------------------------------------------------------------------------------------------

TEST_CASE("a host goes from a role to letters, to words, to an answer, to a neighbour who is in") {
  Hands host;
  CHECK(host.shown().title == "Laat een buur meedoen");
  CHECK(host.shown().roles.size() == 3);
  host.does(ChooseRole{kiem::Role::partner});
  const auto opening = host.does(LetIn{});
  REQUIRE(only<OpenPairing>(opening) != nullptr);
  CHECK(only<OpenPairing>(opening)->role == kiem::Role::partner);
  CHECK(only<OpenPairing>(opening)->initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(host.does(LetIn{}).empty());
  CHECK(only<AwaitPairing>(host.hears(OpenPairing{}, NodeAnswer(PairingOpened{"k7qd-2m9x"}))) != nullptr);
  CHECK(host.shown().code == "k7qd-2m9x");
  CHECK(host.shown().buttons.empty());
  // Words come to the front wherever the person is by then.
  host.does(GoTo{Page::tasks});
  host.hears(AwaitPairing{}, NodeAnswer(PairingShown{{"appel", "brug", "citroen", "dak"}}));
  CHECK(host.now.page == Page::pairing);
  REQUIRE(host.shown().words.size() == 4);
  CHECK(host.shown().words[3] == "4. dak");
  const auto said = host.does(CompareWords{true});
  REQUIRE(only<AnswerPairing>(said) != nullptr);
  CHECK(only<AnswerPairing>(said)->same);
  CHECK(host.does(CompareWords{false}).empty());
  CHECK(host.shown().title == "Nu je buur nog");
  host.hears(AnswerPairing{true}, NodeAnswer(PairingGiven{"Lindekwartier"}));
  CHECK(host.now.page == Page::people);
  CHECK_FALSE(host.now.beside);
  REQUIRE(host.now.notice);
  CHECK(host.now.notice->kind == Notice::Kind::done);
  CHECK(host.now.notice->text == "Je buur hoort nu bij Lindekwartier.");
}

TEST_CASE(
    "words that differ, a neighbour who goes, and letters that nobody uses are one kind sentence and a beginning") {
  const auto ends = [](const Error& error) {
    Hands host;
    host.up_to_words();
    host.does(CompareWords{true});
    CHECK(host.hears(AnswerPairing{true}, tl::unexpected<Error>(error)).empty());
    CHECK_FALSE(host.now.beside);
    CHECK(host.now.page == Page::pairing);
    CHECK(host.shown().buttons.front().label == "Toon de acht letters");
    REQUIRE(host.now.notice);
    CHECK(host.now.notice->kind == Notice::Kind::error);
    return host.now.notice->text;
  };
  CHECK(ends({ErrorCode::peer_refused, Fault::peer, {"words_differ"}}).starts_with("De woorden waren niet gelijk."));
  CHECK(ends({ErrorCode::peer_refused, Fault::peer, {"pairing_over"}}).starts_with("Je buur is gestopt"));
  CHECK(ends({ErrorCode::peer_lost, Fault::peer, {""}}).starts_with("Je buur is gestopt"));
  CHECK(ends({ErrorCode::peer_unreachable, Fault::peer, {"k7qd-2m9x"}}).starts_with("Niemand heeft de letters"));
}

TEST_CASE("at each step a person can stop, and what still comes of it is dropped") {
  const Error gone{ErrorCode::peer_refused, Fault::peer, {"pairing_over"}};
  // While the letters are made.
  Hands host;
  host.does(LetIn{});
  const auto left = host.does(LeavePairing{});
  REQUIRE(only<AnswerPairing>(left) != nullptr);
  CHECK_FALSE(only<AnswerPairing>(left)->same);
  CHECK(host.now.page == Page::tasks);
  host.does(GoTo{Page::pairing});
  host.does(LetIn{});
  CHECK(host.hears(OpenPairing{}, NodeAnswer(PairingOpened{"aaaa-aaaa"})).empty());
  CHECK(host.hears(AnswerPairing{false}, tl::unexpected<Error>(gone)).empty());
  CHECK_FALSE(host.now.notice);
  CHECK(host.shown().code.empty());
  host.hears(OpenPairing{}, NodeAnswer(PairingOpened{"k7qd-2m9x"}));
  CHECK(host.shown().code == "k7qd-2m9x");
  // While it waits, by Escape.
  REQUIRE(only<AnswerPairing>(host.does(GoBack{})) != nullptr);
  host.hears(AwaitPairing{}, tl::unexpected<Error>(gone));
  host.hears(AnswerPairing{false}, tl::unexpected<Error>(gone));
  CHECK_FALSE(host.now.notice);
  CHECK(host.now.beside_asked == 0);
  CHECK(host.now.beside_left == 0);
  // While words stand there, and after a yes.
  for (const bool answered : {false, true}) {
    Hands other;
    other.up_to_words();
    if (answered) other.does(CompareWords{true});
    REQUIRE(only<AnswerPairing>(other.does(LeavePairing{})) != nullptr);
    if (answered) other.hears(AnswerPairing{true}, tl::unexpected<Error>(gone));
    other.hears(AnswerPairing{false}, tl::unexpected<Error>(gone));
    CHECK_FALSE(other.now.notice);
    CHECK(other.now.beside_asked == 0);
  }
}

TEST_CASE("locking forgets a pairing, and an answer that comes after that changes nothing") {
  Hands host;
  host.known.slots = SlotKinds{.passphrase = true, .recovery = true};
  host.up_to_words();
  host.now.looking = true;
  host.does(Lock{});
  CHECK_FALSE(host.now.beside);
  CHECK_FALSE(host.now.looking);
  CHECK(host.now.locked_from == Page::tasks);
  CHECK(host.hears(AnswerPairing{true}, over()).empty());
  CHECK_FALSE(host.now.notice);
}

// --- taking part -----------------------------------------------------------------------------------------------------

TEST_CASE("eight letters find a neighbour, a long code an invitation, and a slip in the letters is told at once") {
  Hands guest;
  guest.now = on(Page::join);
  typed(guest.now, Field::code) = "K7QD 2M9X";
  const auto finding = guest.does(Join{});
  REQUIRE(only<PairWith>(finding) != nullptr);
  CHECK(only<PairWith>(finding)->code == "K7QD 2M9X");
  CHECK(guest.now.page == Page::pairing);
  CHECK(guest.shown().title == "Je buur zoeken");
  CHECK(guest.now.busy == Busy::no);

  Hands other;
  other.now = on(Page::join);
  typed(other.now, Field::code) = "k7qd-2m9";
  CHECK(other.does(Join{}).empty());
  REQUIRE(other.now.notice);
  CHECK(other.now.notice->text.starts_with("Een korte code heeft acht letters"));
  typed(other.now, Field::code) = std::string(16, 'k');
  CHECK(other.does(Join{}).empty());
  typed(other.now, Field::code) = std::string(17, 'k');
  CHECK(only<JoinByCode>(other.does(Join{})) != nullptr);
  CHECK(other.now.busy == Busy::joining);
}

TEST_CASE("letters that nobody shows lead back to the form, with the letters still there") {
  Hands guest;
  guest.now = on(Page::join);
  typed(guest.now, Field::code) = "k7qd-2m9x";
  guest.does(Join{});
  guest.hears(PairWith{"k7qd-2m9x"}, fail(ErrorCode::peer_unreachable, Fault::peer, {"k7qd-2m9x"}));
  CHECK(guest.now.page == Page::join);
  CHECK(typed(guest.now, Field::code) == "k7qd-2m9x");
  REQUIRE(guest.now.notice);
  CHECK(guest.now.notice->text.starts_with("Geen laptop op dit netwerk laat ‘k7qd-2m9x’ zien."));
  CHECK(guest.now.back == std::vector<Page>{Page::tasks});
}

TEST_CASE("a guest who sees the same words is in, and the letters are gone") {
  Hands guest;
  guest.now = on(Page::join);
  typed(guest.now, Field::code) = "k7qd-2m9x";
  guest.does(Join{});
  guest.hears(PairWith{"k7qd-2m9x"}, NodeAnswer(PairingShown{{"appel", "brug", "citroen", "dak"}}));
  CHECK(guest.shown().words.size() == 4);
  guest.does(CompareWords{true});
  InitiativeJoined joined;
  joined.initiative = id_of<SpaceId>(9);
  joined.name = "Lindekwartier";
  guest.hears(AnswerPairing{true}, NodeAnswer(joined));
  CHECK(guest.now.page == Page::tasks);
  CHECK_FALSE(guest.now.beside);
  CHECK(typed(guest.now, Field::code).empty());
  CHECK(guest.now.notice->text.starts_with("Welkom bij Lindekwartier"));
}

TEST_CASE("who has no store yet makes one first, writes down the words, and then looks for the neighbour") {
  Hands guest;
  guest.known = {};
  guest.now = UiState{};
  guest.now.has_store = false;
  guest.now.page = Page::join;
  guest.now.back = {Page::first_run};
  typed(guest.now, Field::code) = "k7qd-2m9x";
  CHECK(guest.does(Join{}).empty());
  CHECK(guest.now.notice->text == "Vul je voornaam in.");
  CHECK_FALSE(guest.now.beside);
  typed(guest.now, Field::your_name) = "Piet";
  typed(guest.now, Field::passphrase) = "geheim";
  typed(guest.now, Field::passphrase_again) = "geheim";
  CHECK(guest.does(Join{}).empty());
  REQUIRE(guest.asked_of_host.size() == 1);
  CHECK(guest.now.busy == Busy::making);
  SUBCASE("and it works") {
    take_made(guest.known, guest.now, std::string("een twee drie"));
    CHECK(guest.now.page == Page::words);
    CHECK(guest.now.busy == Busy::no);
    CHECK(only<PairWith>(guest.does(WordsWritten{})) != nullptr);
    CHECK(guest.now.page == Page::pairing);
    CHECK(guest.now.beside->step == Beside::Step::looking);
    // Stopping leads to the form, which now needs no name any more.
    guest.does(LeavePairing{});
    CHECK(guest.now.page == Page::join);
  }
  SUBCASE("and the store cannot be made") {
    take_made(guest.known, guest.now, fail(ErrorCode::disk_full, Fault::machine));
    CHECK_FALSE(guest.now.beside);
    CHECK(guest.now.page == Page::join);
    CHECK(guest.now.busy == Busy::no);
  }
}

TEST_CASE("sharing and inviting lead to who is nearby, and practice does not") {
  Facts known = coordinating();
  CHECK(sharing_model(reader(), known, on(Page::sharing)).nearby);
  CHECK(invite_model(reader(), known, on(Page::invite)).beside);
  known.status->initiatives[0].practice = true;
  CHECK_FALSE(sharing_model(reader(), known, on(Page::sharing)).nearby);
  CHECK_FALSE(invite_model(reader(), known, on(Page::invite)).beside);
}

}  // namespace
}  // namespace kiem::model
