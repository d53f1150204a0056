// Acts on what opens the store: the passphrase and the key file of a node without a person. Whoever asks must bring
// something that opens it now; being able to speak to the process that has the store is not enough.
#include "core/community.hpp"

namespace kiem {
namespace {

SecretBytes bytes_of(const SharedSecret& secret) {
  return secret.bytes == nullptr ? SecretBytes() : secret.bytes->clone();
}

Unlock unlock_of(const StoreSecret& given) {
  switch (given.kind) {
    case StoreSecret::Kind::key_file:
      return KeyFile{bytes_of(given.secret)};
    case StoreSecret::Kind::recovery_words:
      return RecoveryCode{bytes_of(given.secret)};
    case StoreSecret::Kind::passphrase:
      break;
  }
  return Passphrase{bytes_of(given.secret)};
}

// The word for it that core/l10n/errors.hpp knows.
const char* name_of(StoreSecret::Kind kind) {
  switch (kind) {
    case StoreSecret::Kind::key_file:
      return "key_file";
    case StoreSecret::Kind::recovery_words:
      return "recovery_words";
    case StoreSecret::Kind::passphrase:
      break;
  }
  return "passphrase";
}

Status check(const Store& store, bool practice, const StoreSecret& opens) {
  // It opens by the key beside it, without asking; a passphrase there would only seem to keep others out.
  if (practice) return fail(ErrorCode::not_allowed, Fault::person, {"practice_store"});
  Status fits = store.check_secret(unlock_of(opens));
  if (!fits && fits.error().code == ErrorCode::no_slot_opens) fits.error().args = {name_of(opens.kind)};
  return fits;
}

Answer ways_in(const Store& store) {
  const SlotKinds kinds = store.slot_kinds();
  return WaysIn{kinds.passphrase, kinds.key_file, kinds.recovery, kinds.held};
}

}  // namespace

Result<Answer> Community::Impl::perform(const ChangePassphrase& request) {
  KIEM_TRY(check(*store, practice, request.opens));
  KIEM_TRY(store->put_slot(Passphrase{bytes_of(request.passphrase)}));
  return ways_in(*store);
}

Result<Answer> Community::Impl::perform(const AddKeyFile& request) {
  KIEM_TRY(check(*store, practice, request.opens));
  SecretBytes key = bytes_of(request.key);
  // The request may have come over the control socket.
  if (key.size() != kKeyFileBytes) return fail(ErrorCode::bad_text, Fault::person, {"key_file"});
  KIEM_TRY(store->put_slot(KeyFile{std::move(key)}));
  return ways_in(*store);
}

Result<Answer> Community::Impl::perform(const AddRecoveryWords& request) {
  KIEM_TRY(check(*store, practice, request.opens));
  KIEM_TRY_GET(const SigningKey words, person_words(request.words));
  KIEM_TRY(store->put_slot(RecoveryCode{bytes_of(request.words)}));
  return ways_in(*store);
}

Result<Answer> Community::Impl::perform(const DropKeyFile& request) {
  KIEM_TRY(check(*store, practice, request.opens));
  KIEM_TRY(store->drop_slot(SlotKind::key_file));
  return ways_in(*store);
}

}  // namespace kiem
