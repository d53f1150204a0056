// What opens a store, gathered from a file, the terminal or the home. Nothing is asked when stdin is no terminal: then
// missing_input names what is missing. One thread.
#pragma once

#include "core/store/store.hpp"
#include "sync/cli/command.hpp"
#include "sync/cli/environment.hpp"

namespace kiem::cli {

// For a new store: the passphrase of the file that the options name, else asked twice.
[[nodiscard]] Result<Unlock> choose_passphrase(const Options& options, const Environment& environment,
                                               Streams& streams);

// For the store in `home`: by its practice.key without asking when it has a slot for one, else the passphrase of the
// file, else asked once. store_missing when there is none.
[[nodiscard]] Result<Unlock> find_unlock(const std::filesystem::path& home, const Options& options,
                                         const Environment& environment, Streams& streams);

}  // namespace kiem::cli
