// What operations say of records: of those that are there, and of others.
#include <algorithm>

#include "core/views/record_rows.hpp"
#include "tests/support/sim_script_writer.hpp"

namespace kiem::test {
namespace {

constexpr std::array kWords{"snoei de heg", "", "a", "met\nregels", "é 水 🌱", "  "};

}  // namespace

// --- choices ---------------------------------------------------------------------------------------------------------

Spoken ScriptWriter::spoken(std::uint32_t kind) {
  const std::size_t begin = script_.below(kFar) % operations_.size();
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const auto& operation = operations_[operations_.size() - 1 - (begin + i) % operations_.size()];
    const auto& mutations = operation.bones.mutations;
    const std::size_t first = mutations.size() > 1 ? script_.below(mutations.size()) : 0;
    for (std::size_t j = 0; j < mutations.size(); ++j) {
      const std::size_t at = (first + j) % mutations.size();
      if (kind == UINT32_MAX || mutations[at].kind == kind) return {&operation, static_cast<std::uint32_t>(at)};
    }
  }
  return {&operations_.back(), 0};
}

std::vector<Reference> ScriptWriter::references(std::size_t most) {
  std::vector<Reference> all;
  for (std::size_t i = script_.below(most + 1); i > 0; --i) {
    switch (script_.below(8)) {
      case 6:
        all.push_back({std::nullopt, script_.below(4), static_cast<std::uint32_t>(script_.below(3)), 1});
        break;
      case 7:
        all.push_back({nowhere<OpId>(), 0, 0, static_cast<std::uint32_t>(1 + script_.below(200))});
        break;
      default:
        all.push_back(spoken().reference());
    }
  }
  return all;
}

RecordId ScriptWriter::some_record() { return script_.one_in(8) ? nowhere<RecordId>() : spoken().record(); }

PrincipalId ScriptWriter::some_principal() {
  switch (script_.below(4)) {
    case 2:
      return nowhere<PrincipalId>();
    case 3:
      return principal_of(some_record());
    default:
      return principal_of(some_author().person);
  }
}

// --- what it says ----------------------------------------------------------------------------------------------------

void ScriptWriter::say(Draft& draft, const ScriptAuthor& author, std::uint32_t circle) {
  std::optional<Value> value;
  Mutation mutation;
  if (circle == 0 && !script_.one_in(8)) {
    mutation = act(author);
  } else {
    switch (script_.below(8)) {
      case 0:
        mutation = create_record(static_cast<std::uint32_t>(1 + script_.below(3)), std::nullopt);
        break;
      case 1:
      case 2:
        mutation = claim(author, value);
        break;
      case 3:
        mutation = text_edit();
        break;
      default:
        mutation = change(value);
    }
  }
  if (!value && script_.one_in(2)) value = this->value(mutation.field, mutation.collection);
  if (script_.one_in(16)) mutation.principal = some_principal();
  if (script_.one_in(16)) mutation.kind = static_cast<std::uint32_t>(script_.below(16));
  if (script_.one_in(32)) mutation.unknown.push_back({script_.one_in(2) ? 200U : 20U, Bytes{0x01}});
  if (!draft.empty() && !draft.has_room_for(mutation, value)) return;
  draft.add(std::move(mutation), value, script_.one_in(4) ? std::optional(some_principal()) : std::nullopt);
}

// Attempts, withdrawals and confirmations, mostly as their kinds want them.
Mutation ScriptWriter::claim(const ScriptAuthor& author, std::optional<Value>& value) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kClaim};
  const RecordId task = script_.one_in(8) ? some_record() : spoken(number_of(MutationKind::create)).record();
  const PrincipalId whose = script_.one_in(4) ? some_principal() : principal_of(author.person);
  mutation.record = claim_id(task, whose);
  mutation.records = {task};
  if (whose != principal_of(author.person)) mutation.principal = whose;
  const auto attempts = [&](std::size_t most) {
    std::vector<Reference> all;
    for (std::size_t i = script_.below(most + 1); i > 0; --i) {
      all.push_back(spoken(number_of(MutationKind::attempt)).reference());
    }
    return all;
  };
  const auto cite = [&](std::uint32_t purpose, std::vector<Reference> cited) {
    if (!cited.empty()) mutation.cites.push_back({purpose, std::move(cited)});
  };
  switch (script_.below(4)) {
    case 0:
    case 1:
      mutation.kind = number_of(MutationKind::attempt);
      cite(cite_purpose::kSeenAttempts, attempts(3));
      mutation.supersedes = attempts(1);
      value = IntegerValue{static_cast<std::int64_t>(script_.one_in(4) ? script_.number() : 1 + script_.below(3))};
      break;
    case 2:
      mutation.kind = number_of(MutationKind::withdraw);
      mutation.supersedes = attempts(2);
      break;
    default:
      mutation.kind = number_of(MutationKind::confirm);
      mutation.collection = {std::nullopt, collection::kConfirmation};
      mutation.record = task;
      mutation.records.clear();
      mutation.numbers = {kRuleStrictFilling, 1, script_.one_in(4) ? script_.number() : 1 + script_.below(3)};
      cite(cite_purpose::kPlacedAttempts, attempts(2));
      cite(cite_purpose::kSeatsValue, references(1));
      cite(cite_purpose::kConsideredAttempts, attempts(3));
      value = IntegerValue{static_cast<std::int64_t>(script_.number())};
  }
  return mutation;
}

// Anything of what is there, or of what is nowhere.
Mutation ScriptWriter::change(std::optional<Value>& value) {
  const Spoken about = spoken();
  Mutation mutation;
  mutation.collection = about.mutation().collection;
  mutation.field = about.mutation().field;
  mutation.record = about.record();
  switch (script_.below(8)) {
    case 0:  // of the same record, another field
      if (mutation.field) mutation.field->number = static_cast<std::uint32_t>(script_.below(14));
      break;
    case 1:
      mutation.field = SchemaName{std::nullopt, static_cast<std::uint32_t>(script_.below(14))};
      break;
    case 2:
      mutation.collection = {std::nullopt, static_cast<std::uint32_t>(script_.below(7))};
      break;
    case 3:
      mutation.record = script_.one_in(2) ? std::nullopt : std::optional(some_record());
      break;
    default:
      break;
  }
  constexpr std::array kKinds{
      MutationKind::write,   MutationKind::write, MutationKind::write,  MutationKind::add,         MutationKind::remove,
      MutationKind::restore, MutationKind::move,  MutationKind::create, MutationKind::delete_mark, MutationKind::write};
  mutation.kind = number_of(kKinds.at(script_.below(kKinds.size())));
  if (!script_.one_in(3)) mutation.supersedes.push_back(about.reference());
  for (auto& more : references(2)) mutation.supersedes.push_back(more);
  if (mutation.kind == number_of(MutationKind::move)) {
    mutation.cites.push_back({cite_purpose::kElement, {spoken(number_of(MutationKind::add)).reference()}});
  }
  for (std::size_t i = script_.below(3); i > 0; --i) mutation.numbers.push_back(script_.number());
  if (!script_.one_in(4)) value = this->value(mutation.field, mutation.collection);
  return mutation;
}

Mutation ScriptWriter::text_edit() {
  const Spoken paragraph = spoken(number_of(MutationKind::add));
  Mutation mutation;
  mutation.collection = paragraph.mutation().collection;
  mutation.field = paragraph.mutation().field;
  mutation.record = paragraph.record();
  constexpr std::array kKinds{MutationKind::insert_words, MutationKind::cut_words, MutationKind::rewrite,
                              MutationKind::remove};
  mutation.kind = number_of(kKinds.at(script_.below(kKinds.size())));
  if (script_.one_in(3)) mutation.supersedes = references(2);
  if (!script_.one_in(3)) mutation.cites.push_back({cite_purpose::kElement, {paragraph.reference()}});
  if (!script_.one_in(3)) {
    std::vector<Reference> words{paragraph.reference()};
    if (script_.one_in(2)) words.push_back(spoken(number_of(MutationKind::insert_words)).reference());
    mutation.cites.push_back({cite_purpose::kWords, std::move(words)});
  }
  for (std::size_t i = script_.below(5); i > 0; --i) {
    mutation.numbers.push_back(script_.one_in(4) ? script_.number() : script_.below(4));
  }
  return mutation;
}

Value ScriptWriter::value(const std::optional<SchemaName>& field, const SchemaName& collection) {
  constexpr std::array<std::uint8_t, 13> kOfTask{0, 0, 1, 2, 3, 3, 8, 6, 14, 0, 0, 0, 2};
  std::size_t type = script_.below(16);
  if (field && !field->act && !collection.act && collection.number == collection::kTask && type < 10) {
    type = field->number < kOfTask.size() ? kOfTask.at(field->number) : 0;
  } else if (type < 4) {
    type = 0;
  }
  switch (type) {
    case 1:
      return IntegerValue{static_cast<std::int64_t>(script_.number())};
    case 2:
      return DateValue{static_cast<std::int32_t>(script_.number())};
    case 3:
      return TimeValue{static_cast<std::uint16_t>(script_.number() % 1440), script_.one_in(4) ? "Nergens/Hier" : ""};
    case 4:
      return LengthValue{static_cast<std::uint32_t>(script_.number())};
    case 5:
      return RecurrenceValue{kWords.at(script_.below(kWords.size()))};
    case 6:
      return ChoiceValue{static_cast<std::uint32_t>(script_.below(5))};
    case 7:
      return PrincipalValue{some_principal()};
    case 8:
      return RecordValue{some_record()};
    case 9:
      return VersionValue{{any().id}};
    case 10:
      return FileValue{nowhere<Hash32>(), nowhere<Hash32>(), script_.number()};
    case 11:
      return KeyValue{nowhere<Hash32>()};
    case 12:
      return SealedValue{{}, nowhere<Hash32>(), some_record(), some_principal()};
    case 13:
      return NoValue{};
    case 14:
      return DeviceValue{some_author().device};
    case 15:
      return UnknownValue{Bytes{0x81, 0x18, 0x63}};
    default:
      if (script_.one_in(32)) return TextValue{std::string(script_.below(256) * 64, 'w'), {}};
      return TextValue{kWords.at(script_.below(kWords.size())), script_.one_in(8) ? "nl" : ""};
  }
}

}  // namespace kiem::test
