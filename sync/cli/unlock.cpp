#include "sync/cli/unlock.hpp"

#include <ostream>

#include "core/l10n/text.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/terminal.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kAsk{"Wachtwoord: ", "Passphrase: "};
constexpr Text<0> kAskNew{"Kies een wachtwoord (liefst een paar woorden): ",
                          "Choose a passphrase (some words, best): "};
constexpr Text<0> kAskAgain{"Nog een keer: ", "Once more: "};
constexpr Text<0> kEmpty{"Er is niets getypt. Probeer het nog eens.", "Nothing was typed. Try again."};
constexpr Text<0> kDifferent{"Dat was niet twee keer hetzelfde. Probeer het nog eens.",
                             "The two were not the same. Try again."};
constexpr int kTries = 3;

tl::unexpected<Error> missing_passphrase() { return fail(ErrorCode::missing_input, Fault::person, {"passphrase"}); }

}  // namespace

Result<Unlock> choose_passphrase(const Options& options, const Environment& environment, Streams& streams) {
  if (options.passphrase_file) {
    KIEM_TRY_GET(SecretBytes words, read_passphrase_file(*options.passphrase_file));
    return Passphrase{std::move(words)};
  }
  if (!environment.stdin_is_terminal) return missing_passphrase();
  for (int tried = 0; tried < kTries; ++tried) {
    KIEM_TRY_GET(SecretBytes words, ask_secret(streams, kAskNew.in(options.lang)));
    if (words.empty()) {
      streams.err << kEmpty.in(options.lang) << '\n';
      continue;
    }
    KIEM_TRY_GET(const SecretBytes again, ask_secret(streams, kAskAgain.in(options.lang)));
    if (equal_secrets(words.view(), again.view())) return Passphrase{std::move(words)};
    streams.err << kDifferent.in(options.lang) << '\n';
  }
  return missing_passphrase();
}

Result<Unlock> find_unlock(const std::filesystem::path& home, const Options& options, const Environment& environment,
                           Streams& streams) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  KIEM_TRY_GET(const SlotKinds slots, slot_kinds(home));
  if (slots.key_file) {
    KIEM_TRY_GET(SecretBytes key, read_practice_key(home));
    return KeyFile{std::move(key)};
  }
  if (options.passphrase_file) {
    KIEM_TRY_GET(SecretBytes words, read_passphrase_file(*options.passphrase_file));
    return Passphrase{std::move(words)};
  }
  if (!environment.stdin_is_terminal) return missing_passphrase();
  KIEM_TRY_GET(SecretBytes words, ask_secret(streams, kAsk.in(options.lang)));
  if (words.empty()) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
  return Passphrase{std::move(words)};
}

}  // namespace kiem::cli
