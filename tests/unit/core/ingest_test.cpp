// The numbered rules of core/ingest.hpp, each with operations that keep it and operations that break it.
#include "core/ingest.hpp"

#include <doctest/doctest.h>

#include "core/base/cbor.hpp"
#include "core/views/dump.hpp"
#include "core/views/schema_rows.hpp"
#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

struct Door {
  Door() {
    make_initiative(home.store(), fake.env());
    raw = std::make_unique<RawStore>(home.store(), fake.env());
  }
  // A second store with the same history so far: what a restored copy or an early peer has.
  std::unique_ptr<RawStore> copy(const TempHome& other) {
    raw.reset();
    std::filesystem::copy(home.store(), other.store(), std::filesystem::copy_options::recursive);
    raw = std::make_unique<RawStore>(home.store(), fake.env());
    return std::make_unique<RawStore>(other.store(), fake.env());
  }
  // Changes the header by hand and signs it again.
  UnverifiedOperation with_header(UnverifiedOperation operation, const std::function<void(Header&)>& change) {
    auto header = decode_header(operation.header);
    REQUIRE(header);
    change(*header);
    operation.header = encode(*header);
    raw->sign(operation);
    return operation;
  }
  UnverifiedOperation with_bones(UnverifiedOperation operation, const std::function<void(Bones&)>& change) {
    auto bones = decode_bones(operation.bones);
    REQUIRE(bones);
    change(*bones);
    operation.bones = encode(*bones);
    return with_header(std::move(operation), [&](Header& header) {
      header.bones_hash = bones_hash(operation.bones);
      header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
    });
  }

  TempHome home;
  FakeEnv fake;
  std::unique_ptr<RawStore> raw;
};

}  // namespace

TEST_CASE("rule 1: bones, parts and sizes must be what the header and the bones say") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));

  auto flipped = good;
  flipped.bones.back() ^= 1U;
  CHECK(door.raw->refusal(flipped).code == ErrorCode::not_canonical);
  auto other_part = good;
  (*other_part.parts[0])[20] ^= 1U;
  CHECK(door.raw->refusal(other_part).code == ErrorCode::not_canonical);
  auto fewer = good;
  fewer.parts.clear();
  CHECK(door.raw->refusal(fewer).code == ErrorCode::not_canonical);
  auto more = good;
  more.parts.emplace_back(Bytes(32, 0));
  CHECK(door.raw->refusal(more).code == ErrorCode::not_canonical);
  auto cut = good;
  cut.header.pop_back();
  CHECK(door.raw->refusal(cut).code == ErrorCode::not_canonical);
  CHECK(door.raw->take({good}));
}

TEST_CASE("rule 2: an operation that is here already is not written twice") {
  Door door;
  const auto operation = door.raw->write(door.raw->task_draft("Heg knippen"));
  REQUIRE(door.raw->take({operation}));
  const auto before = canonical_dump(door.raw->db());
  const auto again = door.raw->take({operation});
  REQUIRE(again);
  CHECK(again->added == 0);
  CHECK(again->already == 1);
  CHECK(*canonical_dump(door.raw->db()) == *before);
}

TEST_CASE("rule 2: a part that was missing is added when it comes") {
  Door door;
  const auto whole = door.raw->write(door.raw->task_draft("Heg knippen"));
  auto bare = whole;
  bare.parts[0].reset();
  REQUIRE(door.raw->take({bare}));
  CHECK(door.raw->number("SELECT count(*) FROM task WHERE title = 'Heg knippen'") == 0);
  REQUIRE(door.raw->take({whole}));
  CHECK(door.raw->number("SELECT count(*) FROM task WHERE title = 'Heg knippen'") == 1);
}

TEST_CASE("rule 3: an operation of a circle that is not ours, or of a circle of another space, is refused") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));
  const auto foreign = door.with_header(good, [](Header& header) { header.circle.bytes[0] ^= 1U; });
  CHECK(door.raw->refusal(foreign).code == ErrorCode::unknown_circle);
  const auto mixed = door.with_header(good, [](Header& header) { header.space.bytes[0] ^= 1U; });
  CHECK(door.raw->refusal(mixed).code == ErrorCode::not_canonical);

  // Nor behind another operation of the same run: what is kept would be read back as of its circle's space.
  const auto first = door.raw->write(door.raw->task_draft("een"));
  REQUIRE(door.raw->take({first}, Source::here));
  const auto second = door.with_header(door.raw->write(door.raw->task_draft("twee")),
                                       [](Header& header) { header.space.bytes[0] ^= 1U; });
  TempHome other_home;
  auto other = door.copy(other_home);
  const auto report = other->take({first, second});
  REQUIRE_FALSE(report);
  CHECK(report.error().code == ErrorCode::not_canonical);
}

TEST_CASE("rule 4: a gap in the chain is refused, a run without gaps is taken whole") {
  Door door;
  TempHome other_home;
  auto other = door.copy(other_home);
  std::vector<UnverifiedOperation> run;
  for (const char* title : {"een", "twee", "drie"}) {
    run.push_back(door.raw->write(door.raw->task_draft(title)));
    REQUIRE(door.raw->take({run.back()}, Source::here));
  }
  CHECK(other->refusal(run[1]).code == ErrorCode::chain_gap);
  CHECK_FALSE(other->take({run[0], run[2]}));
  const auto report = other->take(run);
  REQUIRE(report);
  CHECK(report->added == 3);
  CHECK(*canonical_dump(other->db()) == *canonical_dump(door.raw->db()));
}

TEST_CASE("rule 4: two operations with one prev are a fork, and both branches are kept") {
  Door door;
  TempHome other_home;
  auto restored = door.copy(other_home);
  const auto here = door.raw->write(door.raw->task_draft("hier"));
  const auto there = restored->write(restored->task_draft("daar"));
  REQUIRE(door.raw->take({here}, Source::here));
  REQUIRE(restored->take({there}, Source::here));
  REQUIRE(door.raw->take({there}));
  REQUIRE(restored->take({here}));
  CHECK(door.raw->number("SELECT count(*) FROM task") == 2);
  CHECK(door.raw->number("SELECT max(n) FROM (SELECT count(*) AS n FROM tip GROUP BY chain)") == 2);
  CHECK(*canonical_dump(door.raw->db()) == *canonical_dump(restored->db()));
}

TEST_CASE("rule 5: a wrong signature, none, or one by a device nobody knows is refused") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));
  auto wrong = good;
  wrong.signature->bytes[5] ^= 1U;
  CHECK(door.raw->refusal(wrong).code == ErrorCode::wrong_signature);
  auto none = good;
  none.signature.reset();
  CHECK(door.raw->refusal(none).code == ErrorCode::wrong_signature);
  const auto stranger = door.with_header(good, [](Header& header) { header.device.bytes[0] ^= 1U; });
  CHECK(door.raw->refusal(stranger).code == ErrorCode::unknown_author);
}

TEST_CASE("rule 5: in a run one signature vouches for all, and a wrong one inside is still found") {
  Door door;
  TempHome other_home;
  auto other = door.copy(other_home);
  std::vector<UnverifiedOperation> run;
  for (const char* title : {"een", "twee"}) {
    run.push_back(door.raw->write(door.raw->task_draft(title)));
    REQUIRE(door.raw->take({run.back()}, Source::here));
  }
  auto bad_inside = run;
  bad_inside[0].signature->bytes[0] ^= 1U;
  CHECK_FALSE(other->take(bad_inside));
  run[0].signature.reset();
  CHECK(other->take(run));
}

TEST_CASE("a run leaves the same behind as its operations one by one") {
  Door door;
  TempHome one_home;
  TempHome run_home;
  auto one_by_one = door.copy(one_home);
  auto together = door.copy(run_home);
  std::vector<UnverifiedOperation> run;
  for (int i = 0; i < 40; ++i) {
    // Now and then one that is large enough to keep its signature.
    run.push_back(door.raw->write(door.raw->task_draft(std::string(i % 11 == 5 ? 4200 : 10, 'x'))));
    REQUIRE(door.raw->take({run.back()}, Source::here));
    REQUIRE(one_by_one->take({run.back()}));
  }
  const auto report = together->take(run);
  REQUIRE(report);
  CHECK(report->rows.size() == run.size());
  CHECK(*canonical_dump(one_by_one->db()) == *canonical_dump(together->db()));
  for (const char* const sql : {"SELECT count(*) FROM operation WHERE signature IS NULL",
                                "SELECT sum(seq) FROM operation WHERE signature IS NULL", "SELECT count(*) FROM tip",
                                "SELECT sum(operation) FROM tip", "SELECT sum(operation) FROM operation"}) {
    CHECK(one_by_one->number(sql) == together->number(sql));
  }
  CHECK(together->number("SELECT count(*) FROM operation WHERE signature IS NULL") > 30);
}

TEST_CASE("rule 5: what this device has just signed is taken, and not with another key than its certificate has") {
  Door door;
  RawStore& raw = *door.raw;
  auto transaction = Transaction::begin(raw.db());
  REQUIRE(transaction);
  const auto own = author(raw.db(), raw.keys, raw.task_draft("Heg knippen"), new_act(raw.env.rng), raw.env);
  REQUIRE(own);
  CHECK(own->signed_by() == raw.keys.signing.verify_key());
  const auto report = raw.ingest->take(*own);
  REQUIRE(report);
  CHECK(report->added == 1);
  // The same device with a key that nobody has vouched for.
  auto keys = DeviceKeys::from_stored(raw.keys.to_stored().view());
  REQUIRE(keys);
  keys->signing = SigningKey::generate(raw.env.rng);
  const auto other = author(raw.db(), *keys, raw.task_draft("Gras maaien"), new_act(raw.env.rng), raw.env);
  REQUIRE(other);
  const auto refused = raw.ingest->take(*other);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::wrong_signature);
  // Its bytes are checked like everybody's: more than an operation holds is refused.
  Draft large(raw.circle(CircleNumber::open), kSchemaNumber);
  large.add(create_record(collection::kTask, std::nullopt));
  large.add(write_field(collection::kTask, std::nullopt, task_field::kTitle),
            TextValue{std::string(kMaxOperationBytes, 'a'), {}});
  const auto too_large = author(raw.db(), raw.keys, large, new_act(raw.env.rng), raw.env);
  REQUIRE(too_large);
  const auto over = raw.ingest->take(*too_large);
  REQUIRE_FALSE(over);
  CHECK(over.error().code == ErrorCode::too_large);
}

TEST_CASE("rule 6: an operation whose access heads are not here waits unseen") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));
  const auto early = door.with_header(good, [](Header& header) { header.access_heads = {OpId{}}; });
  const auto report = door.raw->take({early});
  REQUIRE(report);
  CHECK(report->parked == 1);
  CHECK(door.raw->number("SELECT count(*) FROM task") == 0);
  CHECK(door.raw->number("SELECT standing FROM operation ORDER BY operation DESC LIMIT 1") ==
        static_cast<int>(Standing::parked));
}

TEST_CASE("rule 7: something of a later version is kept and not applied") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));
  CborWriter value;
  value.unsigned_integer(1);
  const auto later = door.with_header(good, [&](Header& header) { header.unknown = {{kFirstMustKey, value.view()}}; });
  REQUIRE(door.raw->take({later}));
  CHECK(door.raw->number("SELECT count(*) FROM task") == 0);
  CHECK(door.raw->number("SELECT standing FROM operation ORDER BY operation DESC LIMIT 1") ==
        static_cast<int>(Standing::unknown));
}

TEST_CASE("rule 7: an unknown remark below the must range changes nothing") {
  Door door;
  const auto good = door.raw->write(door.raw->task_draft("Heg knippen"));
  CborWriter value;
  value.unsigned_integer(1);
  const auto later = door.with_header(good, [&](Header& header) { header.unknown = {{20, value.view()}}; });
  REQUIRE(door.raw->take({later}));
  CHECK(door.raw->number("SELECT count(*) FROM task") == 1);
}

TEST_CASE("rule 8: what is rolled back leaves neither operations nor memory of them") {
  Door door;
  const auto before = canonical_dump(door.raw->db());
  const auto operation = door.raw->write(door.raw->task_draft("Heg knippen"));
  {
    auto transaction = Transaction::begin(door.raw->db());
    REQUIRE(transaction);
    REQUIRE(door.raw->ingest->take({&operation, 1}, Source::here));
    REQUIRE(door.raw->ingest->fold());
  }
  door.raw->ingest->forget();
  CHECK(*canonical_dump(door.raw->db()) == *before);
  CHECK(door.raw->take({operation}));
  CHECK(door.raw->number("SELECT count(*) FROM task") == 1);
}

TEST_CASE("a claim whose id is not made of its task and its person is nobody's claim") {
  Door door;
  const auto task = door.raw->write(door.raw->task_draft("Heg knippen"));
  REQUIRE(door.raw->take({task}, Source::here));
  Draft draft(door.raw->circle(CircleNumber::open), kSchemaNumber);
  Mutation attempt;
  attempt.collection = {std::nullopt, collection::kClaim};
  attempt.kind = static_cast<std::uint32_t>(MutationKind::attempt);
  attempt.record = RecordId{};
  attempt.records = {record_of(op_id(task.header))};
  draft.add(attempt, IntegerValue{1});
  REQUIRE(door.raw->take({door.raw->write(draft)}, Source::here));
  CHECK(door.raw->number("SELECT count(*) FROM claim") == 0);
}

TEST_CASE("a write in another circle than its field's own is not shown") {
  Door door;
  const auto task = door.raw->write(door.raw->task_draft("Heg knippen"));
  REQUIRE(door.raw->take({task}, Source::here));
  Draft note(door.raw->circle(CircleNumber::open), kSchemaNumber);
  note.add(write_field(collection::kTask, record_of(op_id(task.header)), task_field::kNote),
           TextValue{"achterom lopen", {}});
  REQUIRE(door.raw->take({door.raw->write(note)}, Source::here));
  CHECK(door.raw->number("SELECT count(*) FROM task WHERE note = ''") == 1);
}

TEST_CASE("what replaces a mutation that is not here yet replaces it when it comes") {
  Door door;
  TempHome other_home;
  auto other = door.copy(other_home);
  // Two branches of a fork: the second branch replaces a write of the first, and arrives before it.
  const auto first = door.raw->write(door.raw->task_draft("oud"));
  REQUIRE(door.raw->take({first}, Source::here));
  const OpId first_id = op_id(first.header);
  Draft rename(other->circle(CircleNumber::open), kSchemaNumber);
  rename.add(write_field(collection::kTask, record_of(first_id), task_field::kTitle, {reference_to(first_id, 1)}),
             TextValue{"nieuw", {}});
  const auto second = other->write(rename);
  REQUIRE(other->take({second}, Source::here));
  REQUIRE(other->take({first}));
  CHECK(other->number("SELECT count(*) FROM task WHERE title = 'nieuw' AND conflicts = 0") == 1);
  CHECK(other->number("SELECT count(*) FROM edge_waiting") == 0);
}

TEST_CASE("two values written apart are a conflict with both sides, and settle with the next write") {
  Door door;
  TempHome other_home;
  const auto task = door.raw->write(door.raw->task_draft("Regenton plaatsen"));
  REQUIRE(door.raw->take({task}, Source::here));
  auto other = door.copy(other_home);
  const RecordId record = record_of(op_id(task.header));
  const auto set_time = [&](RawStore& store, std::uint16_t minutes) {
    Draft draft(store.circle(CircleNumber::open), kSchemaNumber);
    draft.add(write_field(collection::kTask, record, task_field::kStart), TimeValue{minutes, {}});
    auto operation = store.write(draft);
    REQUIRE(store.take({operation}, Source::here));
    return operation;
  };
  const auto ten = set_time(*door.raw, 600);
  const auto half_two = set_time(*other, 810);
  REQUIRE(door.raw->take({half_two}));
  REQUIRE(other->take({ten}));
  CHECK(door.raw->number("SELECT conflicts FROM task") == 1);
  CHECK(door.raw->number("SELECT count(*) FROM conflict") == 2);
  CHECK(*canonical_dump(door.raw->db()) == *canonical_dump(other->db()));
  Draft settle(door.raw->circle(CircleNumber::open), kSchemaNumber);
  settle.add(write_field(collection::kTask, record, task_field::kStart,
                         {reference_to(op_id(ten.header), 0), reference_to(op_id(half_two.header), 0)}),
             TimeValue{810, {}});
  REQUIRE(door.raw->take({door.raw->write(settle)}, Source::here));
  CHECK(door.raw->number("SELECT conflicts FROM task") == 0);
  CHECK(door.raw->number("SELECT start FROM task") == 810);
}

TEST_CASE("the schema of a space is read with the same work however long the log is") {
  Door door;
  RawStore& raw = *door.raw;
  const auto work_of_one = [&] {
    const std::uint64_t before = raw.db().work();
    REQUIRE(load_schema(raw.db(), raw.space.row));
    return raw.db().work() - before;
  };
  const std::uint64_t first = work_of_one();
  CHECK(first > 0);
  for (int i = 0; i < 30; ++i) REQUIRE(raw.take({raw.write(raw.task_draft("Heg knippen"))}, Source::here));
  CHECK(work_of_one() == first);
}

TEST_CASE("acts of membership that come together cost what each costs, however many they are") {
  const auto work_of = [](int acts) {
    Door door;
    RawStore& raw = *door.raw;
    auto transaction = Transaction::begin(raw.db());
    REQUIRE(transaction);
    const std::uint64_t before = raw.db().work();
    for (int i = 0; i < acts; ++i) {
      Mutation mutation;
      mutation.collection = {std::nullopt, collection::kAccess};
      const VerifyKey invitation = SigningKey::generate(door.fake.rng).verify_key();
      mutation.authority = encode(Act{act::Invite{invitation, static_cast<std::uint64_t>(Role::volunteer)}, {}});
      Draft draft(raw.circle(CircleNumber::access), kSchemaNumber);
      draft.add(std::move(mutation));
      const auto report = raw.ingest->take(std::vector{raw.write(draft)}, Source::peer);
      REQUIRE(report);
      CHECK(report->added == 1);
    }
    REQUIRE(raw.ingest->fold());
    const std::uint64_t work = raw.db().work() - before;
    CHECK(raw.number("SELECT count(*) FROM operation WHERE standing <> 0") == 0);
    REQUIRE(transaction->commit());
    return work;
  };
  const std::uint64_t few = work_of(20);
  CHECK(work_of(40) < 2 * few + few / 4);
}
