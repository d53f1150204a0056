#include "gui/host/remembering.hpp"

namespace kiem::gui {
namespace {

Result<SecretHolder*> holder(SecretHolder* keyring) {
  if (keyring == nullptr) return fail(ErrorCode::keyring_failed, Fault::machine, {"org.freedesktop.secrets"});
  return keyring;
}

}  // namespace

Result<std::unique_ptr<Community>> open_remembered(const std::filesystem::path& home, SecretHolder* keyring, Env env,
                                                   const StoreOptions& options) {
  KIEM_TRY_GET(SecretHolder* const asked, holder(keyring));
  KIEM_TRY_GET(const StoreId id, store_id(home));
  KIEM_TRY_GET(std::optional<SecretBytes> key, asked->fetch(id));
  // Of another length it is not ours, whoever put it there.
  if (!key || key->size() != kHeldKeyBytes) return fail(ErrorCode::no_slot_opens);
  return Community::open(home, HeldKey{*std::move(key)}, env, options);
}

Status remember(Store& store, SecretHolder* keyring, Rng& rng) {
  KIEM_TRY_GET(SecretHolder* const asked, holder(keyring));
  SecretBytes key = SecretBytes::random(kHeldKeyBytes, rng);
  KIEM_TRY(asked->keep(store.id(), key.view()));
  return store.put_slot(HeldKey{std::move(key)});
}

Status stop_remembering(Store& store, SecretHolder* keyring) {
  KIEM_TRY(store.drop_slot(SlotKind::held));
  KIEM_TRY_GET(SecretHolder* const asked, holder(keyring));
  return asked->forget(store.id());
}

}  // namespace kiem::gui
