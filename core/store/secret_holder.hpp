// Where a desktop keeps small secrets for its user (a keyring, reached through the Secret Service), as the store sees
// it.
//
// Handed in by the program; core knows no desktop. What is kept is a random wrapping key of ours, never a passphrase,
// and it is never the only thing that opens a store: a keyring is lost with a new desktop or a reset password. One
// thread at a time; a call may take as long as a person needs to answer the desktop's question.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"
#include "core/store/page_cipher.hpp"

namespace kiem {

class SecretHolder {
 public:
  virtual ~SecretHolder() = default;
  // What keep() was last given for this store; absent when there is nothing. Fails: keyring_failed when there is no
  // service, it is locked and stays so, or the person said no.
  [[nodiscard]] virtual Result<std::optional<SecretBytes>> fetch(const StoreId& store) = 0;
  // Replaces what was kept. Fails: keyring_failed.
  [[nodiscard]] virtual Status keep(const StoreId& store, ByteView secret) = 0;
  // Nothing kept is no failure. Fails: keyring_failed.
  [[nodiscard]] virtual Status forget(const StoreId& store) = 0;
};

}  // namespace kiem
