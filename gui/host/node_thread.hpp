// The thread that has the store: writer, node and control socket (DESIGN D11, D13). The drawing thread gives it work
// and takes its news; neither ever waits for the other.
//
// Owned by the drawing thread; destroying it says goodbye to everybody, shuts the store and joins the thread. What it
// is given outlives it. Values cross by two Handoffs and by nothing else.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/base/env.hpp"
#include "core/store/secret_holder.hpp"
#include "gui/host/backend.hpp"
#include "sync/discovery/datagrams.hpp"
#include "sync/transport/network.hpp"

namespace kiem::gui {

struct NodeServices {
  Env env;  // of that thread alone, but for the clock
  std::function<Result<std::unique_ptr<Network>>(const BoxKeyPair&, Clock&)> open_network;
  std::filesystem::path runtime_dir;      // $XDG_RUNTIME_DIR; empty: none
  std::filesystem::path neighbours;       // the program kiem-practice
  std::filesystem::path practice_folder;  // made and emptied by practise(), removed when practice ends
  std::function<void()> wake;             // told on that thread whenever there is news
  SecretHolder* keyring = nullptr;        // of the desktop, for that thread alone; null: there is none
  // From the drawing thread: a call of the keyring that waits for a person fails, for the store is to be shut.
  std::function<void()> give_up_keyring = {};
  // Datagrams to whoever is on the same networks; nothing set: others are not looked for.
  std::function<Result<std::unique_ptr<Datagrams>>()> open_datagrams = {};
};

class NodeThread final : public Backend {
 public:
  // Errors: out_of_memory when the system gives no thread or descriptor.
  [[nodiscard]] static Result<std::unique_ptr<NodeThread>> start(NodeServices services);
  ~NodeThread() override;

  void open(const std::filesystem::path& home, Unlock unlock) override;
  void open_remembered(const std::filesystem::path& home) override;
  void make(const std::filesystem::path& home, Unlock unlock, const std::string& name) override;
  void practise(const std::string& name) override;
  void shut() override;
  void choose_passphrase(Passphrase passphrase) override;
  void remember(bool on) override;
  void ask(NodeRequest request) override;
  void plug(bool in) override;
  [[nodiscard]] std::vector<News> take_news() override;

 private:
  struct Impl;
  explicit NodeThread(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem::gui
