#include "core/kiem.hpp"

#include <algorithm>

#include "core/community.hpp"
#include "core/domain/claims.hpp"
#include "core/domain/founding.hpp"
#include "core/domain/text_rules.hpp"
#include "core/identity/recovery.hpp"
#include "core/oplog/author.hpp"
#include "core/store/restoring.hpp"
#include "core/tables.hpp"
#include "core/views/queries.hpp"

namespace kiem {
namespace {

static_assert(kRecoveryBytes == kRecoveryCodeBytes, "the words on paper open the store");

constexpr std::string_view kLocalName = "name";
constexpr std::string_view kLocalPractice = "practice";

}  // namespace

Status Community::Impl::load() {
  KIEM_TRY_GET(auto stored, local_value(db, kLocalKeys));
  KIEM_TRY_GET(const auto name, local_value(db, kLocalName));
  KIEM_TRY_GET(const auto is_practice, local_value(db, kLocalPractice));
  // A store without keys was left by a create() that did not reach its end.
  if (!stored || !name) return fail(ErrorCode::store_unfinished, Fault::person, {store->home().string()});
  KIEM_TRY_GET(keys, DeviceKeys::from_stored(*stored));
  wipe(*stored);
  my_name = std::string(text_view(*name));
  practice = is_practice.has_value();
  KIEM_TRY_GET(const auto copied_from, local_value(db, kLocalEnrolment));
  enrolment_due = copied_from ? id_from<DeviceId>(*copied_from) : std::nullopt;
  if (copied_from && !enrolment_due) {
    return fail(ErrorCode::record_damaged, Fault::damage, {std::string(kLocalEnrolment)});
  }
  return {};
}

Status Community::Impl::in_transaction(const std::function<Status()>& body) {
  if (gathered) {
    KIEM_TRY_GET(Savepoint part, Savepoint::begin(db));
    KIEM_TRY_GET(const Noted changed, change(body));
    KIEM_TRY(part.release());
    gathered->add(changed);
    return {};
  }
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
  KIEM_TRY_GET(const Noted changed, change(body));
  if (Status committed = transaction.commit(); !committed) {
    ingest.forget();
    return committed;
  }
  return tell(changed);
}

Status Community::Impl::together(const std::function<void()>& body) {
  if (gathered) {
    body();
    return {};
  }
  KIEM_TRY_GET(Transaction transaction, Transaction::begin(db));
  gathered.emplace();
  body();
  const Noted changed = *std::exchange(gathered, std::nullopt);
  if (Status committed = transaction.commit(); !committed) {
    ingest.forget();
    // Counters that it looked at will be those of other operations.
    replica.forget_chains();
    return committed;
  }
  return tell(changed);
}

Result<Noted> Community::Impl::change(const std::function<Status()>& body) {
  noted = {};
  const Status done = [&]() -> Status {
    KIEM_TRY(body());
    KIEM_TRY(note_changes());
    return {};
  }();
  Noted changed = std::exchange(noted, {});
  if (done) return changed;
  ingest.forget();
  return tl::unexpected<Error>(done.error());
}

Status Community::Impl::tell(const Noted& changed) {
  live.tell(changed);
  KIEM_TRY(tell_subscriber(changed));
  // Last: it is committed and told, whatever becomes of the log.
  const bool dropped = std::any_of(changed.spaces.begin(), changed.spaces.end(),
                                   [](const auto& each) { return each.second.notes.dropped; });
  return dropped ? store->empty_log() : Status{};
}

Status Community::Impl::tell_subscriber(const Noted& changed) {
  if (!subscriber) return {};
  for (const auto& [space, folded] : changed.spaces) {
    // An act of membership alone touches no record, and is told all the same.
    KIEM_TRY_GET(const SpaceRow row, space_at(db, space));
    subscriber({row.id, folded.records});
  }
  if (!changed.meetings) return {};
  // What others are known to have is told of every initiative: it touches no record either.
  KIEM_TRY_GET(const auto all, all_spaces(db));
  for (const auto& space : all) {
    if (!changed.spaces.contains(space.row)) subscriber({space.id, {}});
  }
  return {};
}

Result<FoldedSpaces> Community::Impl::note_changes() {
  KIEM_TRY_GET(auto folded, ingest.fold());
  for (const auto& [space, more] : folded) noted.spaces[space].add(more);
  return folded;
}

UserAct Community::Impl::begin_act(const SpaceRow& space) {
  const ActId number = new_act(env.rng);
  return UserAct{db, space, keys, env.rng, [this, number](const Draft& draft) -> Result<OpId> {
                   if (enrolment_due) return fail(ErrorCode::not_enrolled);
                   KIEM_TRY_GET(const OwnOperation operation, author(db, keys, draft, number, env));
                   KIEM_TRY_GET(const IngestReport report, ingest.take(operation));
                   // The next write of the same act reads the views, so they follow at once.
                   KIEM_TRY(ingest.fold_now());
                   return report.ids.front();
                 }};
}

Status Community::Impl::confirm_mine(const SpaceRow& space, const RecordId& task) {
  const UserAct act = begin_act(space);
  KIEM_TRY(confirm_claims(act, task));
  return {};
}

// The assigner's device confirms what it may as soon as it meets it (D6).
Status Community::Impl::confirm_touched() {
  KIEM_TRY_GET(const auto changed, note_changes());
  for (const auto& [row, folded] : changed) {
    KIEM_TRY_GET(const SpaceRow space, space_at(db, row));
    for (const auto& record : folded.records) KIEM_TRY(confirm_mine(space, record));
  }
  return {};
}

Result<SpaceRow> Community::Impl::initiative(const InitiativeNaming& naming) {
  KIEM_TRY_GET(auto spaces, all_spaces(db));
  std::erase_if(spaces, [](const SpaceRow& space) { return space.kind != SpaceKind::initiative; });
  if (spaces.empty()) return fail(ErrorCode::no_initiative);
  if (naming.text.empty()) {
    if (spaces.size() == 1) return spaces.front();
    std::vector<std::string> names;
    for (const auto& space : spaces) names.push_back(space.name);
    return fail(ErrorCode::many_initiatives, Fault::person, std::move(names));
  }
  std::vector<SpaceRow> found;
  for (const auto& space : spaces) {
    const bool by_id = naming.text.size() >= kMinPrefix && to_text(space.id).starts_with(naming.text);
    if (space.name == naming.text || by_id) found.push_back(space);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return fail(ErrorCode::not_found, Fault::person, {"initiative", naming.text});
  std::vector<std::string> args{"initiative", naming.text};
  for (const auto& space : found) args.push_back(to_text(space.id).substr(0, 8) + " " + space.name);
  return fail(ErrorCode::ambiguous, Fault::person, std::move(args));
}

Result<TaskDetail> Community::Impl::task_named(const SpaceRow& space, const Naming& naming) {
  KIEM_TRY_GET(const RecordId task, query_named(db, space, Named::task, naming.text));
  return query_task(db, space, keys.person, task);
}

Result<TaskDetail> Community::Impl::task_after(const SpaceRow& space, const RecordId& task) {
  Missing missing;
  return query_task(db, space, keys.person, task, &missing);
}

Result<PrincipalId> Community::Impl::principal_named(const SpaceRow& space, const std::optional<Naming>& naming) {
  if (!naming) return principal_of(keys.person);
  KIEM_TRY_GET(const RecordId record, query_named(db, space, Named::person, naming->text));
  return principal_of(record);
}

Community::Community(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Community::~Community() = default;

Result<std::unique_ptr<Community>> Community::create(const std::filesystem::path& home, const Unlock& unlock,
                                                     std::string_view name, Env env, std::string& recovery_words,
                                                     const StoreOptions& options) {
  // Everything that the person can get wrong is looked at before a file is made.
  KIEM_TRY_GET(const std::string my_name, checked_title("name", name));
  KIEM_TRY_GET(auto store, Store::create(home, unlock, env, options));
  KIEM_TRY(migrate(store->writer(), kMigrations));
  auto impl = std::make_unique<Impl>(std::move(store), env);
  impl->keys = DeviceKeys::generate(env.rng);
  const RecoveryWords words = RecoveryWords::generate(env.rng);
  // Before the person is in it: a store that is finished has it.
  KIEM_TRY(impl->store->put_slot(RecoveryCode{words.bits().clone()}));
  const Founding founding = found_person(impl->keys, words, env);
  const auto body = [&]() -> Status {
    KIEM_TRY(impl->ingest.take_founding(founding.operation, {}, founding.secret.view()));
    KIEM_TRY(set_local_value(impl->db, kLocalKeys, impl->keys.to_stored().view()));
    if (std::holds_alternative<KeyFile>(unlock)) KIEM_TRY(set_local_value(impl->db, kLocalPractice, view("1")));
    return set_local_value(impl->db, kLocalName, view(my_name));
  };
  KIEM_TRY(impl->in_transaction(body));
  KIEM_TRY(impl->load());
  recovery_words = words.to_text();
  return std::unique_ptr<Community>(new Community(std::move(impl)));
}

Result<std::unique_ptr<Community>> Community::open(const std::filesystem::path& home, const Unlock& unlock, Env env,
                                                   const StoreOptions& options) {
  KIEM_TRY_GET(auto store, Store::open(home, unlock, env, options));
  KIEM_TRY(migrate(store->writer(), kMigrations));
  auto impl = std::make_unique<Impl>(std::move(store), env);
  KIEM_TRY(impl->load());
  return std::unique_ptr<Community>(new Community(std::move(impl)));
}

Result<Community::Restored> Community::restore(const std::filesystem::path& file, const std::filesystem::path& home,
                                               const Unlock& unlock, Env env, const CopyProgress& progress,
                                               const StoreOptions& options) {
  KIEM_TRY_GET(const auto restoring, Restoring::begin(file, home, unlock, env, options, progress));
  Restored restored;
  {
    auto store = restoring->take_store();
    KIEM_TRY_GET(restored.damaged_pages, store->damaged_pages());
    KIEM_TRY(migrate(store->writer(), kMigrations));
    Impl impl(std::move(store), env);
    KIEM_TRY(impl.load());
    KIEM_TRY(impl.become_new_device());
  }
  KIEM_TRY(restoring->finish());
  KIEM_TRY_GET(restored.community, open(home, unlock, env, options));
  return restored;
}

Result<DoctorAnswer> Community::examine(const RunDoctor& request, const Store::GoesOn& goes_on) {
  return impl_->examine(request, goes_on);
}

bool Community::is_enrolled() const { return !impl_->enrolment_due; }

Result<std::unique_ptr<Backup>> Community::back_up(const std::filesystem::path& file) {
  return Backup::begin(*impl_->store, file);
}

Result<Answer> Community::perform(const Request& request) {
  return std::visit([this](const auto& each) { return impl_->perform(each); }, request);
}

Result<LiveQuery> Community::watch(Watchable query) {
  KIEM_TRY_GET(auto state, impl_->watch(std::move(query)));
  return LiveQuery(std::move(state));
}

void Community::on_change(std::function<void(const Change&)> subscriber) { impl_->subscriber = std::move(subscriber); }

Result<std::unique_ptr<Connection>> Community::open_reader() { return impl_->store->open_reader(); }

Store& Community::store() { return *impl_->store; }

Replica& Community::replica() { return impl_->replica; }

}  // namespace kiem
