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
// Instead of the one there is: of that file, else asked twice.
[[nodiscard]] Result<SecretBytes> choose_new_passphrase(const std::optional<std::filesystem::path>& file, Lang lang,
                                                        const Environment& environment, Streams& streams);

// For the store in `home`: the key file that the options name; by its practice.key without asking when it opens by
// that; else the passphrase of the file, else asked once. store_missing when there is none.
[[nodiscard]] Result<Unlock> find_unlock(const std::filesystem::path& home, const Options& options,
                                         const Environment& environment, Streams& streams);

// Whether the store opens by the practice.key beside it: it has a slot for a key file and none for a passphrase.
[[nodiscard]] bool opens_by_itself(const SlotKinds& slots);

// The recovery words of the file, else asked; words that cannot be read are asked again. Fails with wrong_words.
[[nodiscard]] Result<Unlock> find_recovery_words(const std::optional<std::filesystem::path>& file, Lang lang,
                                                 const Environment& environment, Streams& streams);

// no_slot_opens with the word for what did not fit (core/l10n/errors.hpp); anything else as it is.
[[nodiscard]] Error misfit(Error error, const Unlock& unlock, const Options& options);

}  // namespace kiem::cli
