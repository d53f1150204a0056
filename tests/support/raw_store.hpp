// A store opened below the façade: its connection, the keys of its device and an ingest door, so that a test can make
// operations by hand, honest ones and others.
#pragma once

#include <doctest/doctest.h>

#include "core/ingest.hpp"
#include "core/kiem.hpp"
#include "core/oplog/author.hpp"
#include "core/schema/first.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {

inline StoreOptions cheap_options() {
  StoreOptions options;
  options.cost = {1, 64};
  return options;
}

inline Passphrase test_passphrase(std::string_view words = "zon en regen") {
  return {SecretBytes::copy_of(view(words))};
}

// Makes a person with one initiative in `home` and closes it again.
inline void make_initiative(const std::filesystem::path& home, Env env) {
  std::string words;
  auto made = Community::create(home, test_passphrase(), "Anneke V.", env, words, cheap_options());
  REQUIRE(made);
  REQUIRE((*made)->perform(CreateInitiative{"Sociaal Tuinieren"}));
}

struct RawStore {
  RawStore(const std::filesystem::path& home, Env given) : env(given) {
    auto opened = Store::open(home, test_passphrase(), env, cheap_options());
    REQUIRE(opened);
    store = std::move(*opened);
    ingest = std::make_unique<Ingest>(db(), env);
    const auto stored = local_value(db(), "device keys");
    REQUIRE((stored && *stored));
    auto loaded = DeviceKeys::from_stored(**stored);
    REQUIRE(loaded);
    keys = std::move(*loaded);
    const auto spaces = all_spaces(db());
    REQUIRE((spaces && spaces->size() == 2));
    space = spaces->back();
  }

  Connection& db() { return store->writer(); }
  CircleId circle(CircleNumber number) const { return circle_id(space.id, static_cast<std::uint32_t>(number)); }

  Draft task_draft(std::string_view title) const {
    Draft draft(circle(CircleNumber::open), kSchemaNumber);
    draft.add(create_record(collection::kTask, std::nullopt));
    draft.add(write_field(collection::kTask, std::nullopt, task_field::kTitle), TextValue{std::string(title), {}});
    return draft;
  }
  // The next operation of this device, not taken in yet.
  UnverifiedOperation write(const Draft& draft) {
    auto operation = author(db(), keys, draft, new_act(env.rng), env);
    REQUIRE(operation);
    return operation->bytes();
  }
  Result<IngestReport> take(const std::vector<UnverifiedOperation>& run, Source source = Source::peer) {
    auto transaction = Transaction::begin(db());
    REQUIRE(transaction);
    auto report = ingest->take(run, source);
    if (report && ingest->fold() && transaction->commit()) return report;
    ingest->forget();
    return report;
  }
  Error refusal(const UnverifiedOperation& operation) {
    const auto count = number("SELECT count(*) FROM operation");
    const auto report = take({operation});
    REQUIRE_FALSE(report);
    CHECK(number("SELECT count(*) FROM operation") == count);
    return report.error();
  }
  std::int64_t number(const char* sql) {
    auto ask = db().prepare(sql);
    REQUIRE(ask);
    const auto row = ask->step();
    REQUIRE((row && *row));
    return ask->integer(0);
  }
  // Signs changed header bytes anew, as the device itself could.
  void sign(UnverifiedOperation& operation) { operation.signature = sign_header(keys.signing, operation.header); }

  Env env;
  std::unique_ptr<Store> store;
  std::unique_ptr<Ingest> ingest;
  DeviceKeys keys;
  SpaceRow space;
};

}  // namespace kiem::test
