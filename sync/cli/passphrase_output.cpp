#include "sync/cli/passphrase_output.hpp"

#include <array>

#include "core/l10n/text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kChanged{"Gelukt. Je Kiem gaat nu open met:", "Done. Your Kiem now opens with:"};
constexpr Text<0> kPassphrase{"het wachtwoord", "the passphrase"};
constexpr Text<0> kKeyFile{"het sleutelbestand", "the key file"};
constexpr Text<0> kRecoveryWords{"je herstelwoorden", "your recovery words"};
constexpr Text<0> kKeyring{"de sleutelbos van dit bureaublad", "the keyring of this desktop"};
// Changing a passphrase is no remedy for a stolen copy.
constexpr Text<0> kCopies{"Een kopie of reservekopie van eerder gaat nog open met wat toen paste.",
                          "A copy or backup made before still opens with what fitted then."};

struct WayIn {
  bool open;
  const Text<0>& name;
};

}  // namespace

void print_ways_in(Page& page, const Audience& audience, const WaysIn& answer) {
  const Lang lang = audience.lang;
  page.line(say(lang, kChanged));
  const std::array<WayIn, 4> ways{{{answer.passphrase, kPassphrase},
                                   {answer.key_file, kKeyFile},
                                   {answer.recovery_words, kRecoveryWords},
                                   {answer.keyring, kKeyring}}};
  for (const WayIn& way : ways) {
    if (way.open) page.line("  " + say(lang, way.name));
  }
  page.paragraph(say(lang, kCopies));
}

Json json_of(const WaysIn& answer) {
  return JsonObject{{"passphrase", answer.passphrase},
                    {"key_file", answer.key_file},
                    {"recovery_words", answer.recovery_words},
                    {"keyring", answer.keyring}};
}

}  // namespace kiem::cli
