// What opens a store, as acts of the façade: each must be proven, and what comes over a socket may be anything.
#include <doctest/doctest.h>

#include "core/identity/recovery.hpp"
#include "core/kiem.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

using Kind = StoreSecret::Kind;

SharedSecret secret(std::string_view text) {
  return {std::make_shared<const SecretBytes>(SecretBytes::copy_of(view(text)))};
}
StoreSecret by_passphrase(std::string_view text) { return {Kind::passphrase, secret(text)}; }

struct Owned {
  explicit Owned(bool practice = false) {
    Unlock unlock = Passphrase{SecretBytes::copy_of(view(std::string_view("zon en regen")))};
    if (practice) unlock = KeyFile{SecretBytes::random(kKeyFileBytes, fake.rng)};
    auto made = Community::create(home.store(), unlock, "Noor", fake.env(), words, options());
    REQUIRE(made);
    community = std::move(*made);
  }
  static StoreOptions options() {
    StoreOptions made;
    made.cost = {1, 64};
    return made;
  }
  [[nodiscard]] bool opens(const Unlock& unlock) const { return check_secret(home.store(), unlock).has_value(); }
  WaysIn done(const Request& request) {
    const auto answer = community->perform(request);
    REQUIRE(answer);
    REQUIRE(std::holds_alternative<WaysIn>(*answer));
    return std::get<WaysIn>(*answer);
  }
  Error refusal(const Request& request) {
    const auto before = community->store().slot_kinds();
    const auto answer = community->perform(request);
    REQUIRE_FALSE(answer);
    const auto after = community->store().slot_kinds();
    CHECK(before.key_file == after.key_file);
    return answer.error();
  }
  [[nodiscard]] StoreSecret by_words() const {
    const auto parsed = RecoveryWords::parse(words);
    REQUIRE(parsed);
    return {Kind::recovery_words, {std::make_shared<const SecretBytes>(parsed->bits().clone())}};
  }

  TempHome home;
  FakeEnv fake;
  std::string words;
  std::unique_ptr<Community> community;
};

Passphrase typed(std::string_view text) { return {SecretBytes::copy_of(view(text))}; }

}  // namespace

TEST_CASE("the person's recovery words open the store, a store for practice too, and no other words do") {
  for (const bool practice : {false, true}) {
    Owned it(practice);
    CHECK(it.community->store().slot_kinds().recovery);
    CHECK(it.opens(RecoveryCode{it.by_words().secret.bytes->clone()}));
    CHECK_FALSE(it.opens(RecoveryCode{RecoveryWords::generate(it.fake.rng).bits().clone()}));
    it.community.reset();
    const auto words = RecoveryWords::parse(it.words);
    REQUIRE(words);
    const auto opened =
        Community::open(it.home.store(), RecoveryCode{words->bits().clone()}, it.fake.env(), Owned::options());
    REQUIRE(opened);
    CHECK((*opened)->perform(ShowStatus{}));
  }
}

TEST_CASE("whoever brings something that opens the store may change the passphrase, and nobody else") {
  Owned it;
  CHECK(it.refusal(ChangePassphrase{by_passphrase("regen"), secret("x")}).args ==
        std::vector<std::string>{"passphrase"});
  CHECK(it.refusal(ChangePassphrase{{}, secret("x")}).code == ErrorCode::no_slot_opens);
  CHECK(it.refusal(ChangePassphrase{{Kind::key_file, secret("zon en regen")}, secret("x")}).args ==
        std::vector<std::string>{"key_file"});
  CHECK(it.refusal(ChangePassphrase{{Kind::recovery_words, {}}, secret("x")}).args ==
        std::vector<std::string>{"recovery_words"});
  CHECK(it.refusal(ChangePassphrase{by_passphrase("zon en regen"), {}}).code == ErrorCode::empty_text);
  CHECK(it.opens(typed("zon en regen")));

  const WaysIn ways = it.done(ChangePassphrase{by_passphrase("zon en regen"), secret("sneeuw")});
  CHECK(ways.passphrase);
  CHECK(ways.recovery_words);
  CHECK_FALSE(ways.key_file);
  CHECK_FALSE(ways.keyring);
  CHECK_FALSE(it.opens(typed("zon en regen")));
  CHECK(it.opens(typed("sneeuw")));
  it.done(ChangePassphrase{it.by_words(), secret("hagel")});
  CHECK(it.opens(typed("hagel")));
}

TEST_CASE("a key file of 32 bytes is added and dropped again, and any other length is refused") {
  Owned it;
  const std::string key(32, 'k');
  for (const std::size_t size : {0U, 1U, 31U, 33U, 4096U}) {
    const auto error = it.refusal(AddKeyFile{by_passphrase("zon en regen"), secret(std::string(size, 'k'))});
    CHECK(error.code == ErrorCode::bad_text);
    CHECK(error.args == std::vector<std::string>{"key_file"});
  }
  CHECK(it.refusal(AddKeyFile{by_passphrase("regen"), secret(key)}).code == ErrorCode::no_slot_opens);
  CHECK(it.done(AddKeyFile{by_passphrase("zon en regen"), secret(key)}).key_file);
  CHECK(it.opens(KeyFile{SecretBytes::copy_of(view(key))}));
  it.done(ChangePassphrase{{Kind::key_file, secret(key)}, secret("sneeuw")});
  CHECK(it.refusal(DropKeyFile{by_passphrase("zon en regen")}).code == ErrorCode::no_slot_opens);
  CHECK_FALSE(it.done(DropKeyFile{{Kind::key_file, secret(key)}}).key_file);
  CHECK_FALSE(it.opens(KeyFile{SecretBytes::copy_of(view(key))}));
  CHECK(it.refusal(DropKeyFile{{Kind::key_file, secret(key)}}).code == ErrorCode::no_slot_opens);
  // Gone already: nothing to do.
  CHECK_FALSE(it.done(DropKeyFile{by_passphrase("sneeuw")}).key_file);
}

TEST_CASE("recovery words open a store again that has no place for them, and only the person's own do") {
  Owned it;
  REQUIRE(it.community->store().drop_slot(SlotKind::recovery));
  const StoreSecret mine = it.by_words();
  const auto opens = [&] { return it.opens(RecoveryCode{mine.secret.bytes->clone()}); };
  REQUIRE_FALSE(opens());
  const auto proof = by_passphrase("zon en regen");

  CHECK(it.refusal(AddRecoveryWords{by_passphrase("regen"), mine.secret}).code == ErrorCode::no_slot_opens);
  CHECK(it.refusal(AddRecoveryWords{mine, mine.secret}).code == ErrorCode::no_slot_opens);
  const auto others = RecoveryWords::generate(it.fake.rng).bits().clone();
  CHECK(it.refusal(AddRecoveryWords{proof, {std::make_shared<const SecretBytes>(others.clone())}}).code ==
        ErrorCode::wrong_words);
  CHECK(it.refusal(AddRecoveryWords{proof, {}}).code == ErrorCode::wrong_words);
  for (const std::size_t size : {0U, 15U, 17U, 32U}) {
    CHECK(it.refusal(AddRecoveryWords{proof, secret(std::string(size, 'w'))}).code == ErrorCode::wrong_words);
  }
  CHECK_FALSE(it.community->store().slot_kinds().recovery);

  CHECK(it.done(AddRecoveryWords{proof, mine.secret}).recovery_words);
  CHECK(opens());
  CHECK(it.done(AddRecoveryWords{mine, mine.secret}).recovery_words);  // again: as it was
  CHECK(opens());
  CHECK(it.opens(typed("zon en regen")));
}

TEST_CASE("a store for practice stays open to whoever has the device") {
  Owned it(true);
  for (const Request& request : std::vector<Request>{
           ChangePassphrase{it.by_words(), secret("x")}, AddKeyFile{it.by_words(), secret(std::string(32, 'k'))},
           DropKeyFile{it.by_words()}, AddRecoveryWords{it.by_words(), it.by_words().secret}}) {
    const auto error = it.refusal(request);
    CHECK(error.code == ErrorCode::not_allowed);
    CHECK(error.args == std::vector<std::string>{"practice_store"});
  }
}

TEST_CASE("a key file beside a passphrase makes no store for practice of a real one") {
  Owned it;
  const std::string key(32, 'k');
  it.done(AddKeyFile{by_passphrase("zon en regen"), secret(key)});
  it.community.reset();
  auto opened =
      Community::open(it.home.store(), KeyFile{SecretBytes::copy_of(view(key))}, it.fake.env(), Owned::options());
  REQUIRE(opened);
  REQUIRE((*opened)->perform(CreateInitiative{"Lindekwartier"}));
  const auto status = (*opened)->perform(ShowStatus{});
  REQUIRE(status);
  CHECK_FALSE(std::get<StatusAnswer>(*status).initiatives[0].practice);
}
