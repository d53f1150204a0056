#include "tests/faults/merge_stream.hpp"

#include "core/oplog/author.hpp"
#include "core/schema/first.hpp"
#include "core/tables.hpp"
#include "core/views/dump.hpp"
#include "core/views/materialiser.hpp"

namespace kiem::test {
namespace {

template <class T>
T must(Result<T> result) {
  KIEM_CHECK(result.has_value());
  return std::move(*result);
}

Draft task_draft(const SpaceRow& space, std::size_t number) {
  Draft draft(circle_id(space.id, static_cast<std::uint32_t>(CircleNumber::open)), kSchemaNumber);
  draft.add(create_record(collection::kTask, std::nullopt));
  draft.add(write_field(collection::kTask, std::nullopt, task_field::kTitle),
            TextValue{"Taak " + std::to_string(number), {}});
  return draft;
}

}  // namespace

MergeStream make_merge_stream(const std::filesystem::path& copy, std::size_t count, FakeEnv& env) {
  const StoreHome author_home;
  FaultVfs vfs;  // its syncs cost nothing
  std::string recovery_words;
  {
    const auto made =
        must(Community::create(author_home.path(), words(), "Anneke V.", env.env(), recovery_words, cheap(vfs.name())));
    KIEM_CHECK(made->perform(CreateInitiative{"Sociaal Tuinieren"}).has_value());
  }
  copy_home(author_home.path(), copy);
  const auto store = must(open_store(author_home.path(), env, vfs.name()));
  auto& db = store->writer();
  MergeStream stream;
  stream.base = must(number_of(db, "SELECT count(*) FROM operation"));
  const auto keys = must(DeviceKeys::from_stored(must(local_value(db, "device keys")).value()));
  const auto space = must(all_spaces(db)).back();
  Ingest ingest(db, env.env());
  auto transaction = must(Transaction::begin(db));
  for (std::size_t i = 0; i < count; ++i) {
    const auto operation = must(author(db, keys, task_draft(space, i), new_act(env.rng), env.env()));
    KIEM_CHECK(ingest.take(operation).has_value());
    stream.operations.push_back(encode(operation.bytes()));
  }
  KIEM_CHECK(ingest.fold().has_value() && transaction.commit().has_value());
  return stream;
}

Status merge_some(Store& store, Env env, const MergeStream& stream, std::size_t at, std::size_t size) {
  Ingest ingest(store.writer(), env);
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(store.writer()));
  std::vector<UnverifiedOperation> run;
  for (std::size_t i = at; i < std::min(at + size, stream.operations.size()); ++i) {
    KIEM_TRY_GET(UnverifiedOperation operation, decode_operation(stream.operations[i]));
    run.push_back(std::move(operation));
  }
  KIEM_TRY(ingest.take(run, Source::peer));
  KIEM_TRY(ingest.fold());
  return transaction.commit();
}

Seen see_merged(Store& store, std::int64_t base) {
  Seen seen{0, what_is_wrong(store)};
  if (!seen.wrong.empty()) return seen;
  auto& db = store.writer();
  const auto count = number_of(db, "SELECT count(*) FROM operation");
  if (!count) return {0, "operations cannot be counted: " + code_text(count.error())};
  seen.moment = *count - base;
  const auto shown = canonical_dump(db);
  // The rebuild happens in a transaction that is never committed.
  const auto transaction = Transaction::begin(db);
  const auto rebuilt = transaction ? rebuild_views(db) : Status(tl::unexpected<Error>(transaction.error()));
  const auto again = canonical_dump(db);
  if (!shown || !rebuilt || !again) return {0, "views cannot be read or rebuilt"};
  if (*shown != *again) seen.wrong = "views are not those of the operations";
  return seen;
}

void cut_merge(const CutPlan& plan, std::size_t operations, std::size_t a_commit, Findings& findings) {
  PowerCut cut("merge", plan, findings);
  const auto stream = make_merge_stream(cut.home(), operations, cut.env());
  cut.record();
  cut.watch([&](const auto& image) {
    FakeEnv env(92);
    const auto store = open_store(image, env, cut.image_vfs());
    if (!store) return Seen{0, "refused with " + code_text(store.error())};
    return see_merged(**store, stream.base);
  });
  for (const bool to_the_end : {false, true}) {
    const auto store = must(open_store(cut.home(), cut.env(), cut.vfs()));
    const auto from = to_the_end ? operations / 2 : 0;
    const auto to = to_the_end ? operations : operations / 2;
    for (auto at = from; at < to && !cut.is_over(); at += a_commit) {
      const auto size = std::min(a_commit, to - at);
      cut.attempt(static_cast<std::int64_t>(size));
      KIEM_CHECK(merge_some(*store, cut.env().env(), stream, at, size).has_value());
      cut.acknowledge();
    }
    KIEM_CHECK(store->writer().execute("PRAGMA wal_checkpoint(RESTART)").has_value());
  }
}

}  // namespace kiem::test
