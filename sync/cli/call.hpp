// One command on its way: what every step of it needs, and how it gets at the store (DESIGN D13). One thread.
#pragma once

#include "core/kiem.hpp"
#include "sync/cli/audience.hpp"
#include "sync/cli/command.hpp"
#include "sync/cli/environment.hpp"
#include "sync/control/control_client.hpp"

namespace kiem::cli {

// Borrows all of it; lives for one call of run().
struct Call {
  const Options& options;
  const Environment& environment;
  Streams& streams;
  Env env;
  const StoreOptions& store;

  [[nodiscard]] Audience audience() const;
  // Error: missing_input when nothing names one.
  [[nodiscard]] Result<std::filesystem::path> home() const;
};

// Whoever has the store of this home, ready to be asked; nothing when nobody has.
[[nodiscard]] Result<std::optional<ControlClient>> find_holder(const Call& call);

// Opens the store here, asking for a passphrase where that is the way.
[[nodiscard]] Result<std::unique_ptr<Community>> open_community(const Call& call);

// Asks whoever has the store; when nobody has, opens it and answers by itself, over a network of its own where the
// request takes one. Errors: those of the request, and those of opening the store.
[[nodiscard]] Result<NodeAnswer> ask(const Call& call, const NodeRequest& request);
// The same where it is known already what opens the store.
[[nodiscard]] Result<NodeAnswer> ask(const Call& call, const NodeRequest& request, const Unlock& unlock);

}  // namespace kiem::cli
