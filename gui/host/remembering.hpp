// A store that this laptop remembers: a random key in the desktop's keyring (SecretHolder) and a slot in the store that
// it opens. Never the only slot: the passphrase goes on opening it (core/store/store.hpp).
//
// Each half alone opens nothing, so whatever fails or is cut short in between costs the convenience and no more. On the
// store's thread: the keyring may wait for a person. Failures of the keyring, and of there being none (null), are
// keyring_failed.
#pragma once

#include <memory>

#include "core/kiem.hpp"
#include "core/store/secret_holder.hpp"

namespace kiem::gui {

// no_slot_opens when nothing is kept, or what is kept does not fit; else as Community::open.
[[nodiscard]] Result<std::unique_ptr<Community>> open_remembered(const std::filesystem::path& home,
                                                                 SecretHolder* keyring, Env env,
                                                                 const StoreOptions& options = {});

// With a new key, whatever was there before.
[[nodiscard]] Status remember(Store& store, SecretHolder* keyring, Rng& rng);
// The slot goes first; keyring_failed then means that a key stays behind which opens nothing.
[[nodiscard]] Status stop_remembering(Store& store, SecretHolder* keyring);

}  // namespace kiem::gui
