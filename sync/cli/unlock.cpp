#include "sync/cli/unlock.hpp"

#include <ostream>

#include "core/identity/recovery.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/terminal.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kAskToUnlock{"Wachtwoord: ", "Passphrase: "};
constexpr Text<0> kAskNew{"Kies een wachtwoord (liefst een paar woorden): ",
                          "Choose a passphrase (some words, best): "};
constexpr Text<0> kAskOther{"Kies een nieuw wachtwoord: ", "Choose a new passphrase: "};
constexpr Text<0> kAskWordsToUnlock{"Je twaalf herstelwoorden: ", "Your twelve recovery words: "};
constexpr Text<0> kAskAgain{"Nog een keer: ", "Once more: "};
constexpr Text<0> kEmpty{"Er is niets getypt. Probeer het nog eens.", "Nothing was typed. Try again."};
constexpr Text<0> kDifferentPassphrases{"Dat was niet twee keer hetzelfde. Probeer het nog eens.",
                                        "The two were not the same. Try again."};
constexpr int kUnlockTries = 3;

tl::unexpected<Error> missing(const char* what) { return fail(ErrorCode::missing_input, Fault::person, {what}); }

// Typed twice, so that nobody locks himself out with a slip.
Result<SecretBytes> ask_twice(Lang lang, const Text<0>& prompt, const char* name, const Environment& environment,
                              Streams& streams) {
  if (!environment.stdin_is_terminal) return missing(name);
  const auto ask = [&](const Text<0>& what) {
    auto typed = ask_secret(streams, what.in(lang));
    // The input ended: what is missing has the name of what was asked.
    if (!typed && typed.error().code == ErrorCode::missing_input) typed.error().args = {name};
    return typed;
  };
  for (int tried = 0; tried < kUnlockTries; ++tried) {
    KIEM_TRY_GET(SecretBytes words, ask(prompt));
    if (words.empty()) {
      streams.err << kEmpty.in(lang) << '\n';
      continue;
    }
    KIEM_TRY_GET(const SecretBytes again, ask(kAskAgain));
    if (equal_secrets(words.view(), again.view())) return words;
    streams.err << kDifferentPassphrases.in(lang) << '\n';
  }
  return missing(name);
}

Result<Unlock> words_of(const SecretBytes& typed) {
  KIEM_TRY_GET(const RecoveryWords words, RecoveryWords::parse(text_view(typed.view())));
  return Unlock(RecoveryCode{words.bits().clone()});
}

}  // namespace

Result<Unlock> choose_passphrase(const Options& options, const Environment& environment, Streams& streams) {
  if (options.passphrase_file) {
    KIEM_TRY_GET(SecretBytes words, read_passphrase_file(*options.passphrase_file));
    return Passphrase{std::move(words)};
  }
  KIEM_TRY_GET(SecretBytes words, ask_twice(options.lang, kAskNew, "passphrase", environment, streams));
  return Passphrase{std::move(words)};
}

Result<SecretBytes> choose_new_passphrase(const std::optional<std::filesystem::path>& file, Lang lang,
                                          const Environment& environment, Streams& streams) {
  if (file) return read_passphrase_file(*file);
  return ask_twice(lang, kAskOther, "new_passphrase", environment, streams);
}

bool opens_by_itself(const SlotKinds& slots) { return slots.key_file && !slots.passphrase; }

Result<Unlock> find_unlock(const std::filesystem::path& home, const Options& options, const Environment& environment,
                           Streams& streams) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  if (options.key_file) {
    KIEM_TRY_GET(SecretBytes key, read_key_file(*options.key_file));
    return KeyFile{std::move(key)};
  }
  KIEM_TRY_GET(const SlotKinds slots, slot_kinds(home));
  if (opens_by_itself(slots)) {
    KIEM_TRY_GET(SecretBytes key, read_practice_key(home));
    return KeyFile{std::move(key)};
  }
  if (options.passphrase_file) {
    KIEM_TRY_GET(SecretBytes words, read_passphrase_file(*options.passphrase_file));
    return Passphrase{std::move(words)};
  }
  if (!environment.stdin_is_terminal) return missing("passphrase");
  KIEM_TRY_GET(SecretBytes words, ask_secret(streams, kAskToUnlock.in(options.lang)));
  if (words.empty()) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
  return Passphrase{std::move(words)};
}

Result<Unlock> find_recovery_words(const std::optional<std::filesystem::path>& file, Lang lang,
                                   const Environment& environment, Streams& streams) {
  if (file) {
    KIEM_TRY_GET(const SecretBytes typed, read_words_file(*file));
    return words_of(typed);
  }
  if (!environment.stdin_is_terminal) return missing("recovery_words");
  for (int tried = 1;; ++tried) {
    KIEM_TRY_GET(const SecretBytes typed, ask_words(streams, kAskWordsToUnlock.in(lang)));
    auto words = words_of(typed);
    if (words || tried == kUnlockTries) return words;
    streams.err << error_sentence(lang, words.error()) << '\n';
  }
}

Error misfit(Error error, const Unlock& unlock, const Options& options) {
  if (error.code != ErrorCode::no_slot_opens) return error;
  if (std::holds_alternative<KeyFile>(unlock)) error.args = {options.key_file ? "key_file" : "practice_key"};
  if (std::holds_alternative<RecoveryCode>(unlock)) error.args = {"recovery_words"};
  return error;
}

}  // namespace kiem::cli
