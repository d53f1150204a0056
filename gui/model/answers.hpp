// What an answer changes: the facts, and where the person is.
//
// The host gives every answer here, with the request it belongs to, and runs the requests that come back. An answer to
// a question that is no longer asked (another task is open by now) is dropped. An error becomes one sentence with a way
// out (core/l10n/errors.hpp), and what was typed stays. Functions on values, one thread, no failure.
#pragma once

#include "gui/model/intents.hpp"

namespace kiem::model {

[[nodiscard]] std::vector<NodeRequest> take_answer(Facts& facts, UiState& state, const NodeRequest& request,
                                                   const Result<NodeAnswer>& answer);

// OpenStore or OpenByWords was done. On success what was typed is wiped, and the page opens from which it had locked,
// else the board; after recovery words another passphrase is chosen first.
[[nodiscard]] std::vector<NodeRequest> take_opened(Facts& facts, UiState& state, const Status& opened);
// The key in the desktop's keyring was tried. When it opens nothing the passphrase is asked, with one sentence why.
[[nodiscard]] std::vector<NodeRequest> take_remembered(Facts& facts, UiState& state, const Status& opened);
// LockStore was done: nothing stays that was read from the store. What was being written, and is no secret, does.
void take_locked(Facts& facts);
// PutPassphrase was done.
[[nodiscard]] std::vector<NodeRequest> take_passphrase(UiState& state, const Status& chosen);
// RememberStore was done. Taking away can leave a key in the keyring (keyring_failed) that opens nothing any more.
void take_remembering(UiState& state, bool on, const Status& done);

// MakeStore was done: the person's recovery words, shown once. On success the typed passphrases are wiped.
void take_made(Facts& facts, UiState& state, Result<std::string> words);

// Does what a host ask wants of the facts alone (ForgetWords, ForgetNews, ForgetInvitation), wiping what is secret.
// False: the ask is another one, and the host's to do.
[[nodiscard]] bool take_ask(Facts& facts, const HostAsk& ask);

// Something that went wrong outside any request: a disk that is full, a store that is busy.
void take_error(UiState& state, const Error& error);

}  // namespace kiem::model
