// A keyring of a test's own: remembers in memory, refuses when it is told to, and counts what it is asked. One thread.
#pragma once

#include <map>
#include <string>

#include "core/store/secret_holder.hpp"

namespace kiem::test {

class FakeSecretHolder final : public SecretHolder {
 public:
  Result<std::optional<SecretBytes>> fetch(const StoreId& store) override {
    ++fetches;
    if (!refusal.empty()) return refused();
    const auto found = kept.find(store);
    if (found == kept.end()) return std::optional<SecretBytes>();
    return std::optional(SecretBytes::copy_of(found->second));
  }
  Status keep(const StoreId& store, ByteView secret) override {
    if (!refusal.empty()) return refused();
    kept[store] = Bytes(secret.begin(), secret.end());
    return {};
  }
  Status forget(const StoreId& store) override {
    if (!refusal.empty()) return refused();
    kept.erase(store);
    return {};
  }

  std::map<StoreId, Bytes> kept;
  std::string refusal;  // what it says to every call; empty: it does as it is asked
  int fetches = 0;

 private:
  [[nodiscard]] tl::unexpected<Error> refused() const {
    return fail(ErrorCode::keyring_failed, Fault::machine, {refusal});
  }
};

}  // namespace kiem::test
