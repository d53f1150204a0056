#include "core/domain/founding.hpp"

#include "core/access/acts.hpp"
#include "core/oplog/author.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

Mutation authority(const Act& act) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kAccess};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
  mutation.authority = encode(act);
  return mutation;
}

Founding found(const DeviceKeys& keys, const Act& act, std::string_view name, Env env) {
  Founding founding;
  founding.name = std::string(name);
  founding.secret = SecretBytes::random(32, env.rng);
  Draft draft(CircleId{}, kSchemaNumber);
  draft.add(authority(act));
  draft.add(write_field(collection::kAccess, std::nullopt, access_field::kName), TextValue{founding.name, {}});
  draft.add(write_field(collection::kAccess, std::nullopt, access_field::kSecret),
            KeyValue{*id_from<Hash32>(founding.secret.view())});
  founding.operation = author_founding(keys, draft, new_act(env.rng), env);
  return founding;
}

}  // namespace

Founding found_person(DeviceKeys& keys, const RecoveryWords& words, Env env) {
  act::FoundingOfPerson founding;
  founding.recovery = recovery_key(words, kPersonRecovery).verify_key();
  founding.certificate.signing = keys.signing.verify_key();
  founding.certificate.transport = keys.transport.public_key;
  founding.certificate.prekeys = {keys.sealing.public_key};
  env.rng.fill(founding.nonce);
  keys.device = device_id(founding.certificate);
  // A person's own space needs no name: nobody else ever reads it.
  Founding made = found(keys, {founding, {}}, {}, env);
  keys.person = person_of(op_id(made.operation.header));
  return made;
}

Founding found_initiative(const DeviceKeys& keys, std::string_view name, bool practice, const RecoveryWords& words,
                          std::vector<Bytes> present, Env env) {
  act::FoundingOfSpace founding;
  founding.practice = practice;
  founding.schema = kSchemaNumber;
  env.rng.fill(founding.nonce);
  founding.recovery = recovery_key(words, kInitiativeRecovery).verify_key();
  founding.present = std::move(present);
  return found(keys, {founding, {}}, name, env);
}

Result<Founding> read_founding(UnverifiedOperation operation) {
  const auto refuse = [] { return fail(ErrorCode::not_canonical, Fault::peer, {"0", "name and secret of a space"}); };
  KIEM_TRY_GET(const Bones bones, decode_bones(operation.bones));
  if (operation.parts.size() != 1 || !operation.parts.front()) return refuse();
  KIEM_TRY_GET(const PartValues values, decode_part(*operation.parts.front()));
  Founding founding;
  std::size_t ordinal = 0;
  for (const auto& mutation : bones.mutations) {
    if (!mutation.part) continue;
    if (ordinal >= values.size()) return refuse();
    const Value& value = values[ordinal++];
    const bool access = mutation.collection == SchemaName{std::nullopt, collection::kAccess} && mutation.field;
    if (!access) continue;
    const auto* text = std::get_if<TextValue>(&value);
    const auto* key = std::get_if<KeyValue>(&value);
    if (mutation.field->number == access_field::kName && text != nullptr) founding.name = text->text;
    if (mutation.field->number == access_field::kSecret && key != nullptr) {
      founding.secret = SecretBytes::copy_of(view(key->key));
    }
  }
  if (founding.secret.empty()) return refuse();
  founding.operation = std::move(operation);
  return founding;
}

}  // namespace kiem
