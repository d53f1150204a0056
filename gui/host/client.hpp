// The whole client behind a window or a picture: chooses how it begins, and owns backend and host. One thread, the
// drawing one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gui/host/host.hpp"
#include "gui/host/node_thread.hpp"

namespace kiem::gui {

struct ClientWishes {
  std::filesystem::path home;
  std::optional<std::filesystem::path> passphrase_file;
  std::optional<std::string> practice_name;  // begin in the practice garden, under this name
  std::string view;                          // empty: the usual one
  bool picture = false;                      // one picture: no thread, no node, no network
  model::Settings settings;
};

class Client {
 public:
  // Errors: usage for a view that does not exist, store_busy when another process has the store, and what reading a
  // passphrase file or starting a thread gives. For a picture also whatever keeps the store from opening.
  [[nodiscard]] static Result<std::unique_ptr<Client>> begin(ClientWishes wishes, NodeServices node,
                                                             std::function<std::int32_t(WallTime)> zone_offset);

  [[nodiscard]] App app() { return host_->app(); }
  [[nodiscard]] const Host& host() const { return *host_; }

 private:
  Client() = default;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Host> host_;  // goes first
};

}  // namespace kiem::gui
