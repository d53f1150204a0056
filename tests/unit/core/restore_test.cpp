// What a restored copy keeps of the device it was copied from: everything but what makes it that device.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "core/access/proofs.hpp"
#include "core/domain/founding.hpp"
#include "core/replica.hpp"
#include "core/store/key_slots.hpp"
#include "core/store/store_files.hpp"
#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Every page of a closed store, opened, one behind the other.
Bytes opened_pages(const std::filesystem::path& home) {
  std::ifstream file(home / "store.kiem", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Bytes bytes = to_bytes(view(text));
  const auto found = find_header(ByteView(bytes).first(kPagesAt), "store");
  REQUIRE(found);
  const auto slot = open_slots(found->header, test_passphrase());
  REQUIRE(slot);
  FakeEnv fake;
  PageCipher cipher(slot->data_key.view(), found->header.id, found->header.epoch, fake.rng);
  Bytes all;
  std::array<std::uint8_t, kPageBytes> plain;
  for (std::uint32_t page = 1; page_at(page + 1) <= bytes.size(); ++page) {
    const auto sealed = ByteView(bytes).subspan(page_at(page)).first<kPageBytes>();
    REQUIRE(cipher.open_page(page, sealed, plain));
    append(all, plain);
  }
  return all;
}

bool holds(const Bytes& all, ByteView part) {
  return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end();
}

}  // namespace

TEST_CASE("the keys of the device that was copied are nowhere in the restored store") {
  TempHome home, other;
  FakeEnv fake(5);
  make_initiative(home.store(), fake.env());
  DeviceKeys old;
  {
    RawStore raw(home.store(), fake.env());
    old = DeviceKeys::from_stored(raw.keys.to_stored().view()).value();
  }
  const auto copy = home.path() / "copy";
  {
    auto opened = Community::open(home.store(), test_passphrase(), fake.env(), cheap_options());
    REQUIRE(opened);
    REQUIRE((*opened)->perform(BackUp{copy.string()}));
  }
  CHECK(holds(opened_pages(home.store()), old.signing.seed().view()));
  {
    auto restored = Community::restore(copy, other.store(), test_passphrase(), fake.env(), {}, cheap_options());
    REQUIRE(restored);
    CHECK(restored->damaged_pages.empty());
  }
  const Bytes pages = opened_pages(other.store());
  CHECK_FALSE(holds(pages, old.signing.seed().view()));
  CHECK_FALSE(holds(pages, old.transport.secret.view()));
  CHECK_FALSE(holds(pages, old.sealing.secret.view()));
  RawStore raw(other.store(), fake.env());
  CHECK(holds(pages, raw.keys.signing.seed().view()));
  CHECK(raw.keys.person == old.person);
  CHECK(raw.keys.device != old.device);
}

TEST_CASE("what others remember of the device that was copied is not taken for the new one's") {
  TempHome home, other;
  FakeEnv fake(6);
  make_initiative(home.store(), fake.env());
  const auto copy = home.path() / "copy";
  StoreEpoch before;
  {
    auto opened = Community::open(home.store(), test_passphrase(), fake.env(), cheap_options());
    REQUIRE(opened);
    before = (*opened)->replica().epoch().value();
    REQUIRE((*opened)->replica().keep_port(7070));
    REQUIRE((*opened)->replica().remember(DeviceId{}, before, std::array{CircleMark{1, 2, 3}}));
    REQUIRE((*opened)->perform(BackUp{copy.string()}));
  }
  auto restored = Community::restore(copy, other.store(), test_passphrase(), fake.env(), {}, cheap_options());
  REQUIRE(restored);
  Replica& replica = restored->community->replica();
  CHECK(replica.epoch().value() != before);
  CHECK_FALSE(replica.kept_port().value().has_value());
  CHECK_FALSE(replica.memory(DeviceId{}).value().epoch.has_value());
}

TEST_CASE(
    "a stranger's operation that brings its own certificate is taken only when the person's words stand behind it") {
  TempHome home;
  FakeEnv fake(7);
  make_initiative(home.store(), fake.env());
  RawStore raw(home.store(), fake.env());
  const auto own = find_space(raw.db(), same_bytes<SpaceId>(raw.keys.person));
  REQUIRE((own && *own));
  DeviceKeys stranger = DeviceKeys::generate(fake.rng);
  stranger.person = raw.keys.person;
  act::EnrolDevice enrol;
  enrol.certificate.signing = stranger.signing.verify_key();
  enrol.certificate.transport = stranger.transport.public_key;
  enrol.certificate.prekeys = {stranger.sealing.public_key};
  stranger.device = device_id(enrol.certificate);
  enrol.proof = prove_enrolment(stranger.signing, stranger.person);
  const auto others_words = recovery_key(RecoveryWords::generate(fake.rng), kPersonRecovery);
  const ActPosition position{(*own)->id, stranger.device, {}, 0};
  for (const bool signs_words : {false, true}) {
    CAPTURE(signs_words);
    if (signs_words) enrol.recovery = recover(others_words, RecoveryOf::person, position, Act{enrol, {}});
    Mutation mutation;
    mutation.collection = {std::nullopt, collection::kAccess};
    mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
    mutation.authority = encode(Act{enrol, {}});
    Draft draft(circle_id((*own)->id, 0), kSchemaNumber);
    draft.add(std::move(mutation));
    const auto operation = author(raw.db(), stranger, draft, new_act(fake.rng), fake.env());
    REQUIRE(operation);
    CHECK(raw.refusal(operation->bytes()).code == ErrorCode::unknown_author);
  }
}
