// The keyring of the desktop as a SecretHolder (core/store/secret_holder.hpp): the Secret Service of freedesktop.org,
// which GNOME Keyring, KWallet and KeePassXC offer, reached through libsecret. The one door to it.
//
// What is kept stands in the person's usual collection under the store's id, labelled "Kiem", and is guarded as the
// desktop guards it: whoever is logged in can read it. The library is loaded at the first call, so that a machine
// without it starts Kiem as well.
// One thread at a time, never the drawing one: a call waits for the person to answer the desktop. cancel() alone may be
// called from any thread. Failures: keyring_failed with the words of whoever refused (loader, bus, service); nothing of
// ours ends the program.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/store/secret_holder.hpp"

namespace kiem::gui {

namespace libsecret {
struct Cancel;
struct Functions;
}  // namespace libsecret

class SecretService final : public SecretHolder {
 public:
  explicit SecretService(std::string library = "libsecret-1.so.0");
  ~SecretService() override;
  SecretService(const SecretService&) = delete;
  SecretService& operator=(const SecretService&) = delete;

  // keyring_failed as well when there is something that stays locked.
  [[nodiscard]] Result<std::optional<SecretBytes>> fetch(const StoreId& store) override;
  [[nodiscard]] Status keep(const StoreId& store, ByteView secret) override;
  [[nodiscard]] Status forget(const StoreId& store) override;

  // The call that is under way fails at once, whatever the desktop still asks; without one nothing happens.
  void cancel();

 private:
  class Call;
  [[nodiscard]] Result<const libsecret::Functions*> functions();

  const std::string library_;
  std::unique_ptr<const libsecret::Functions> functions_;
  std::mutex mutex_;
  libsecret::Cancel* under_way_ = nullptr;  // guarded by mutex_
};

}  // namespace kiem::gui
