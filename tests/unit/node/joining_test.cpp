#include "sync/node/invitation_code.hpp"
#include "tests/unit/node/village.hpp"

namespace kiem::test {
namespace {

struct Two : Village {
  explicit Two(std::uint64_t seed) : Village(seed), noor(add("Noor")), piet(add("Piet")) {
    start(noor);
    start(piet);
    address = listen(noor);
    done<Answer>(noor, Request(CreateInitiative{"Tuin"}));
  }
  InvitationMade invite(InviteNewcomer request = {}) { return done<InvitationMade>(noor, request); }
  std::size_t noor, piet;
  std::string address;
};

TEST_CASE("a code lets one newcomer in, and both have everything when the answer comes") {
  Two two(1);
  two.world[two.noor].add_task("Heg knippen");
  const auto made = two.invite();
  CHECK(made.initiative_name == "Tuin");
  CHECK(made.listening);
  CHECK(made.addresses == std::vector<std::string>{two.address});
  const auto joined = two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
  CHECK(joined.name == "Tuin");
  CHECK(joined.initiative == made.initiative);
  CHECK(joined.role == Role::volunteer);
  CHECK_FALSE(joined.on_probation);
  CHECK(joined.open_tasks == 1);
  CHECK(two.same(two.noor, two.piet));
  // The inviter's node has lifted the anteroom's limits from the link.
  CHECK(two.network(two.noor).promoted == 1);
}

TEST_CASE("a used code is refused to the same person without a call, and to another by the node") {
  Two two(2);
  const auto made = two.invite();
  two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
  const std::size_t calls = two.hub.calls;
  CHECK(two.refused(two.piet, JoinByCode{made.code}) == ErrorCode::code_used);
  CHECK(two.hub.calls == calls);
  const std::size_t ria = two.add("Ria");
  two.start(ria);
  CHECK(two.refused(ria, JoinByCode{made.code}) == ErrorCode::code_used);
  CHECK(two.hub.calls == calls + 1);
}

TEST_CASE("one's own code, a mistyped one and one for nobody are told before anybody is called") {
  Two two(3);
  const auto made = two.invite();
  CHECK(two.refused(two.noor, JoinByCode{made.code}) == ErrorCode::peer_refused);
  CHECK(two.refused(two.piet, JoinByCode{made.code.substr(0, made.code.size() - 1)}) == ErrorCode::bad_code);
  CHECK(two.refused(two.piet, JoinByCode{""}) == ErrorCode::bad_code);
  CHECK(two.hub.calls == 0);
}

TEST_CASE("of several addresses in a code the first that answers serves, and all are kept") {
  Two two(4);
  InviteNewcomer request;
  request.addresses = {"tcp://10.9.9.9:1", two.address, "tcp://10.9.9.9:2"};
  const auto made = two.invite(request);
  CHECK(made.addresses == request.addresses);
  two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
  const auto known = two.world[two.piet].replica().addresses();
  REQUIRE(known.has_value());
  REQUIRE(known->size() == 2);
  CHECK(known->front().endpoint == two.address);
  CHECK(known->front().worked.ms > 0);
  CHECK(known->back().endpoint == "tcp://10.9.9.9:2");
  CHECK(known->back().worked.ms == 0);
}

TEST_CASE("a code whose node does not answer is worth another try later") {
  Two two(5);
  const auto made = two.invite();
  two.network(two.noor).online = false;
  CHECK(two.refused(two.piet, JoinByCode{made.code}) == ErrorCode::peer_unreachable);
  two.network(two.noor).online = true;
  two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
}

TEST_CASE("a joining that breaks off at any moment is finished by doing it again") {
  // Frames of a whole joining, counted on the first run; then cut after each number of them.
  std::size_t whole = 0;
  {
    Two two(6);
    const auto made = two.invite();
    two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
    whole = two.network(two.piet).frames;
  }
  REQUIRE(whole > 3);
  for (std::size_t frames = 1; frames < whole; ++frames) {
    CAPTURE(frames);
    Two two(6);
    const auto made = two.invite();
    std::optional<Result<NodeAnswer>> answer;
    two.node(two.piet).ask(JoinByCode{made.code}, [&](Result<NodeAnswer> given) { answer = std::move(given); });
    while (!answer && two.network(two.piet).frames < frames) {
      REQUIRE(two.node(two.piet).turn().has_value());
      REQUIRE(two.node(two.noor).turn().has_value());
    }
    two.network(two.piet).cut();
    two.settle();
    REQUIRE(answer.has_value());
    if (!answer->has_value()) CHECK(answer->error().code == ErrorCode::peer_lost);
    // Whoever was in already says so; everybody else gets in.
    const auto again = two.ask(two.piet, JoinByCode{made.code});
    if (!again.has_value()) CHECK(again.error().code == ErrorCode::code_used);
    two.done<Synced>(two.piet, SyncWith{two.address, {}});
    CHECK(two.same(two.noor, two.piet));
  }
}

TEST_CASE("who may not invite is told so, and an address that nobody can call goes into no code") {
  Two two(7);
  const auto made = two.invite();
  two.done<InitiativeJoined>(two.piet, JoinByCode{made.code});
  two.listen(two.piet);
  CHECK(two.refused(two.piet, InviteNewcomer{}) == ErrorCode::not_allowed);
  for (const char* const address : {"tcp://*:7070", "tcp://10.0.0.1:0", "http://10.0.0.1:1", ""}) {
    CAPTURE(address);
    InviteNewcomer request;
    request.addresses = {address};
    CHECK(two.refused(two.noor, request) == ErrorCode::bad_address);
  }
  InviteNewcomer longest;
  longest.addresses = {"tcp://" + std::string(kMaxCodeAddressBytes - 8, 'a') + ":1"};
  two.invite(longest);
  longest.addresses = {"tcp://" + std::string(kMaxCodeAddressBytes - 7, 'a') + ":1"};
  CHECK(two.refused(two.noor, longest) == ErrorCode::bad_address);
}

TEST_CASE("without a node that listens a code names the port that the next one will have") {
  Village village(8);
  const std::size_t noor = village.add("Noor");
  village.start(noor, false);
  village.done<Answer>(noor, Request(CreateInitiative{"Tuin"}));
  const auto made = village.done<InvitationMade>(noor, InviteNewcomer{});
  CHECK_FALSE(made.listening);
  village.stop(noor);
  village.hub.listeners.clear();
  village.start(noor);
  CHECK(made.addresses == std::vector<std::string>{village.listen(noor)});
}

// --- the code itself -------------------------------------------------------------------------------------------------

InvitationCode some_code(std::size_t addresses) {
  SeededRng rng(9);
  InvitationCode code{BoxKeyPair::generate(rng).public_key, SecretBytes::random(16, rng), {}};
  for (std::size_t i = 0; i < addresses; ++i) code.addresses.push_back({"laptop-" + std::to_string(i), 7070});
  return code;
}

TEST_CASE("a code reads back as it was written, with any number of addresses") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, kMaxCodeAddresses}) {
    const InvitationCode code = some_code(count);
    const std::string word = write_code(code);
    CHECK(word.size() >= 30);
    CHECK(word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    const auto read = read_code("  " + word.substr(0, 20) + "\r\n" + word.substr(20) + "\n");
    REQUIRE(read.has_value());
    CHECK(read->key == code.key);
    CHECK(equal_secrets(read->seed.view(), code.seed.view()));
    CHECK(read->addresses == code.addresses);
  }
}

TEST_CASE("the code in the specification is the one that is made of its parts") {
  InvitationCode code{{}, SecretBytes::copy_of(*from_hex("202122232425262728292a2b2c2d2e2f")), {{"10.0.0.1", 7070}}};
  for (std::size_t i = 0; i < code.key.bytes.size(); ++i) code.key.bytes[i] = static_cast<std::uint8_t>(i);
  CHECK(write_code(code) ==
        "kiem-AAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLwETdGNwOi8vMTAuMC4wLjE6NzA3MLobc0M");
}

TEST_CASE("a code with any one letter changed, left out or added is refused") {
  const std::string word = write_code(some_code(1));
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::string changed = word;
    changed[i] = word[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(read_code(changed).has_value());
    CHECK_FALSE(read_code(word.substr(0, i)).has_value());
    CHECK_FALSE(read_code(word.substr(0, i) + word.substr(i + 1)).has_value());
    CHECK_FALSE(read_code(word.substr(0, i) + "Q" + word.substr(i)).has_value());
  }
  CHECK_FALSE(read_code(word + "A").has_value());
  CHECK_FALSE(read_code(std::string(1'000'000, 'A')).has_value());
  CHECK(read_code("kiem-").error().code == ErrorCode::bad_code);
}

}  // namespace
}  // namespace kiem::test
