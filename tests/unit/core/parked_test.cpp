// What waits for acts that are not here: it is in no table, whatever it says and whatever is made anew meanwhile, and
// it stops nobody else. Each case was found by a script (tests/support/sim_script.hpp).
#include <doctest/doctest.h>

#include "core/access/acts.hpp"
#include "core/views/dump.hpp"
#include "core/views/record_rows.hpp"
#include "tests/support/raw_store.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// A store, and a copy of it that has gone on by one act of membership.
struct Waiting {
  Waiting() {
    make_initiative(home.store(), fake.env());
    std::filesystem::copy(home.store(), other_home.store(), std::filesystem::copy_options::recursive);
    here = std::make_unique<RawStore>(home.store(), fake.env());
    there = std::make_unique<RawStore>(other_home.store(), fake.env());
    act = there->write(act_draft(encode(Act{act::Invite{there->keys.signing.verify_key(), 3}, {}})));
    REQUIRE(there->take({act}, Source::here));
  }
  [[nodiscard]] Draft act_draft(Bytes authority) const {
    Mutation mutation;
    mutation.collection = {std::nullopt, collection::kAccess};
    mutation.authority = std::move(authority);
    Draft draft(here->circle(CircleNumber::access), kSchemaNumber);
    draft.add(std::move(mutation));
    return draft;
  }
  UnverifiedOperation behind(UnverifiedOperation operation, const OpId& head) {
    auto header = decode_header(operation.header);
    REQUIRE(header);
    header->access_heads = {head};
    operation.header = encode(*header);
    here->sign(operation);
    return operation;
  }
  std::int64_t parked() { return here->number("SELECT count(*) FROM operation WHERE standing = 5"); }

  TempHome home, other_home;
  FakeEnv fake;
  std::unique_ptr<RawStore> here, there;
  UnverifiedOperation act;
};

}  // namespace

TEST_CASE("a fold of acts that are not here waits for them, through whatever acts come before") {
  Waiting waiting;
  RawStore& here = *waiting.here;
  const OpId missing = op_id(waiting.act.header);
  const auto fold = here.write(waiting.act_draft(encode(Act{act::Fold{{missing}}, {}})));
  const auto report = here.take({fold});
  REQUIRE(report);
  CHECK(report->parked == 1);
  const auto next = here.write(waiting.act_draft(encode(Act{act::Invite{here.keys.signing.verify_key(), 2}, {}})));
  REQUIRE(here.take({waiting.behind(next, same_bytes<OpId>(here.space.id))}));
  CHECK(waiting.parked() == 2);  // for it comes after the fold in its chain
  REQUIRE(here.take({waiting.act}));
  CHECK(waiting.parked() == 0);
  // What the fold names is behind it now: what is written next need not name it.
  const auto tips = access_tips(here.db(), here.space.row);
  REQUIRE(tips);
  CHECK(std::find(tips->begin(), tips->end(), missing) == tips->end());
}

TEST_CASE("an act whose bytes are wrong is refused before it waits, so that it can't spoil what it would wait for") {
  Waiting waiting;
  RawStore& here = *waiting.here;
  const auto bent = waiting.behind(here.write(waiting.act_draft(Bytes{0x01})), op_id(waiting.act.header));
  CHECK(here.refusal(bent).code == ErrorCode::not_canonical);
  CHECK(here.take({waiting.act}));
}

TEST_CASE("tables that are made anew while something waits hold nothing of it, and take it when it comes") {
  Waiting waiting;
  RawStore& here = *waiting.here;
  const auto task = here.write(here.task_draft("Heg knippen"));
  REQUIRE(here.take({task}, Source::here));
  const RecordId record = record_of(op_id(task.header));
  Draft draft(here.circle(CircleNumber::open), kSchemaNumber);
  Mutation attempt;
  attempt.collection = {std::nullopt, collection::kClaim};
  attempt.kind = static_cast<std::uint32_t>(MutationKind::attempt);
  attempt.record = claim_id(record, principal_of(here.keys.person));
  attempt.records = {record};
  draft.add(attempt, IntegerValue{1});
  REQUIRE(here.take({waiting.behind(here.write(draft), op_id(waiting.act.header))}));
  CHECK(waiting.parked() == 1);

  const auto grown = *canonical_dump(here.db());
  {
    auto transaction = Transaction::begin(here.db());
    REQUIRE((transaction && rebuild_views(here.db()) && transaction->commit()));
  }
  CHECK(*canonical_dump(here.db()) == grown);
  REQUIRE(here.take({waiting.act}));
  CHECK(waiting.parked() == 0);
  CHECK(here.number("SELECT count(*) FROM claim") == 1);
}
