#include "core/live_query.hpp"

#include <algorithm>

#include "core/community.hpp"
#include "core/domain/field_values.hpp"
#include "core/schema/first.hpp"
#include "core/views/queries.hpp"
#include "core/views/record_queries.hpp"
#include "core/views/schema_rows.hpp"

namespace kiem {
namespace {

bool is_touched(const LiveState& state, const Noted& noted) {
  const Footprint& footprint = state.footprint;
  if (noted.everything || (footprint.meetings && noted.meetings)) return true;
  const auto found = noted.spaces.find(state.space);
  if (found == noted.spaces.end()) return false;
  const FoldedSpace& space = found->second;
  if ((footprint.schema && space.schema) || (footprint.membership && space.membership)) return true;
  if (std::ranges::any_of(footprint.collections, [&](auto each) { return space.notes.collections.contains(each); })) {
    return true;
  }
  return !footprint.records.empty() &&
         std::ranges::any_of(space.records, [&](const RecordId& each) { return footprint.records.contains(each); });
}

// --- what answers are made of ----------------------------------------------------------------------------------------

// Names of people are shown nearly everywhere and change seldom.
constexpr auto kNames = collection::kPrincipal;

void take_rows(const Tasks& answer, LiveState& state) {
  state.footprint.collections = {collection::kTask, kNames};
  for (const auto& card : answer.tasks) {
    if (card.place) state.footprint.records.insert(*card.place);
    state.rows.push_back({card.id, card});
  }
}

void take_rows(const TaskDetail& answer, LiveState& state) {
  if (answer.card.place) state.footprint.records.insert(*answer.card.place);
  state.rows.push_back({answer.card.id, answer});
}

void take_rows(const Places& answer, LiveState& state) {
  state.footprint.collections = {collection::kPlace, collection::kTask};  // how many tasks each has
  for (const auto& place : answer.places) state.rows.push_back({place.id, place});
}

void take_rows(const PlaceDetail& answer, LiveState& state) {
  state.rows.push_back({answer.place.id, answer.place});
  for (const auto& card : answer.tasks) state.rows.push_back({card.id, card});
}

void take_rows(const People& answer, LiveState& state) {
  state.footprint.collections = {kNames};
  state.footprint.membership = true;
  for (const auto& person : answer.people) state.rows.push_back({record_of(person.person.id), person});
}

void take_rows(const Records& answer, LiveState& state) {
  for (const auto& record : answer.records) state.rows.push_back({record.id, record});
}

void take_rows(const RecordAnswer& answer, LiveState& state) {
  state.rows.push_back({answer.record.id, answer.record});
}

// What an answer is made of besides, also while there is none.
Footprint made_of(const ShowTask&) { return {{kNames}, {}, false, true, true}; }  // on how many laptops my claim is
Footprint made_of(const ShowPlace&) { return {{collection::kTask, kNames}, {}, false, false, false}; }

Footprint made_of_fields(const Schema& schema, const std::string& named, bool all_records) {
  Footprint footprint{{kNames}, {}, true, false, false};
  const auto collection = collection_named(schema, named);
  if (!collection) return footprint;  // what there is of it comes with the schema
  if (all_records) footprint.collections.push_back((*collection)->local);
  for (const auto& field : (*collection)->fields) {
    if (field.type != ValueType::record) continue;
    // Shown as the title that the other record has.
    const CollectionDefinition* of = field.of ? schema.find(*field.of) : nullptr;
    if (of != nullptr) footprint.collections.push_back(of->local);
    if (field.of) continue;
    footprint.collections.insert(footprint.collections.end(), {collection::kTask, collection::kPlace});
  }
  return footprint;
}

}  // namespace

void Noted::add(const Noted& more) {
  for (const auto& [space, folded] : more.spaces) spaces[space].add(folded);
  meetings = meetings || more.meetings;
  everything = everything || more.everything;
}

void LiveQueries::tell(const Noted& noted) {
  std::erase_if(watched_, [](const auto& each) { return each.expired(); });
  for (const auto& each : watched_) {
    const auto state = each.lock();
    state->stale = state->stale || is_touched(*state, noted);
  }
}

// --- asking ----------------------------------------------------------------------------------------------------------

Result<std::shared_ptr<LiveState>> Community::Impl::watch(Watchable query) {
  auto state = std::make_shared<LiveState>();
  state->community = this;
  const auto pin = [&](auto& each) -> Status {
    KIEM_TRY_GET(const SpaceRow space, initiative(each.initiative));
    state->space = space.row;
    each.initiative.text = to_text(space.id);
    using Query = std::remove_reference_t<decltype(each)>;
    if constexpr (std::is_same_v<Query, ShowTask>) {
      KIEM_TRY_GET(state->one, query_named(db, space, Named::task, each.task.text));
      each.task.text = to_text(*state->one);
    } else if constexpr (std::is_same_v<Query, ShowPlace>) {
      KIEM_TRY_GET(state->one, query_named(db, space, Named::place, each.place.text));
      each.place.text = to_text(*state->one);
    } else if constexpr (std::is_same_v<Query, ShowRecord>) {
      KIEM_TRY_GET(const Schema schema, load_schema(db, space.row));
      KIEM_TRY_GET(const CollectionDefinition* collection, collection_named(schema, each.collection));
      KIEM_TRY_GET(state->one, query_record_named(db, space, *collection, each.record.text));
      each.record.text = to_text(*state->one);
    }
    return {};
  };
  KIEM_TRY(std::visit(pin, query));
  state->query = std::move(query);
  KIEM_TRY(evaluate(*state));
  live.add(state);
  return state;
}

Status Community::Impl::evaluate(LiveState& state) {
  LiveState fresh;
  const auto made_of_query = [&](const auto& query) -> Status {
    using Query = std::remove_cvref_t<decltype(query)>;
    if constexpr (std::is_same_v<Query, ListRecords> || std::is_same_v<Query, ShowRecord>) {
      KIEM_TRY_GET(const Schema schema, load_schema(db, state.space));
      fresh.footprint = made_of_fields(schema, query.collection, !state.one);
    } else if constexpr (std::is_same_v<Query, ShowTask> || std::is_same_v<Query, ShowPlace>) {
      fresh.footprint = made_of(query);
    }
    return {};
  };
  KIEM_TRY(std::visit(made_of_query, state.query));
  if (state.one) fresh.footprint.records.insert(*state.one);
  ++state.evaluations;
  const auto answer = std::visit([this](const auto& query) { return perform(query); }, state.query);
  const bool is_gone = !answer && state.one && answer.error().code == ErrorCode::not_found;
  if (!answer && !is_gone) return tl::unexpected<Error>(answer.error());
  const auto take = [&](const auto& each) {
    if constexpr (requires { take_rows(each, fresh); }) take_rows(each, fresh);
  };
  if (answer) std::visit(take, *answer);
  state.footprint = std::move(fresh.footprint);
  state.rows = std::move(fresh.rows);
  state.stale = false;
  return {};
}

const std::vector<LiveRow>& LiveQuery::rows() const { return state_->rows; }

std::uint64_t LiveQuery::evaluations() const { return state_->evaluations; }

Result<std::optional<LiveChanges>> LiveQuery::changes() {
  if (!state_->stale) return std::optional<LiveChanges>{};
  const auto before = state_->rows;
  KIEM_TRY(state_->community->evaluate(*state_));
  auto changes = changes_between(before, state_->rows);
  return changes.any() ? std::optional(std::move(changes)) : std::nullopt;
}

}  // namespace kiem
