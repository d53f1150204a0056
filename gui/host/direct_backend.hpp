// A Backend without a thread, a node or a network: what is asked is done at once, by whoever it was given. For a
// picture of the window, and for tests of the host. One thread.
#pragma once

#include <functional>
#include <memory>

#include "core/base/env.hpp"
#include "core/kiem.hpp"
#include "core/store/secret_holder.hpp"
#include "gui/host/backend.hpp"

namespace kiem::gui {

class DirectBackend final : public Backend {
 public:
  // The keyring may be null: then there is none.
  explicit DirectBackend(Env env, const StoreOptions& options = {}, SecretHolder* keyring = nullptr)
      : env_(env), options_(options), keyring_(keyring) {}

  void open(const std::filesystem::path& home, Unlock unlock) override;
  void open_remembered(const std::filesystem::path& home) override;
  void make(const std::filesystem::path& home, Unlock unlock, const std::string& name) override;
  // There are no neighbours here: told as practice_only.
  void practise(const std::string& name) override;
  void shut() override {
    community_.reset();
    news_.emplace_back(StoreShut{});
  }
  void choose_passphrase(Passphrase passphrase) override;
  void remember(bool on) override;
  // What takes a network is told as nobody_known; nobody looks around.
  void ask(NodeRequest request) override;
  void plug(bool) override {}
  [[nodiscard]] std::vector<News> take_news() override { return std::exchange(news_, {}); }

  // Null while no store is open.
  [[nodiscard]] Community* community() { return community_.get(); }

 private:
  void take(std::unique_ptr<Community> opened);
  void tell_opened(Result<std::unique_ptr<Community>> opened, bool remembered);
  void tell_slots() { news_.emplace_back(SlotsTold{community_->store().slot_kinds()}); }
  Env env_;
  StoreOptions options_;
  SecretHolder* keyring_;
  std::unique_ptr<Community> community_;
  std::vector<News> news_;
};

}  // namespace kiem::gui
