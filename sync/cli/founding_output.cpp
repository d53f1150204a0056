#include "sync/cli/founding_output.hpp"

#include "core/l10n/text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<2> kWelcome{"Hoi {0}. Je Kiem staat klaar in {1}.", "Hello {0}. Your Kiem is ready in {1}."};
constexpr Text<0> kPractice{"Dit is oefenen: wie bij dit apparaat kan, kan erin.",
                            "This is practice: whoever can use this device can open it."};
constexpr Text<0> kYourWords{"Je herstelwoorden:", "Your recovery words:"};
constexpr Text<0> kKeepYours{
    "Schrijf ze nu op papier en bewaar dat goed. Kiem toont ze maar één keer. Met deze woorden kom je terug als je dit "
    "apparaat kwijt bent. Laat ze aan niemand zien.",
    "Write them on paper now and keep it safe. Kiem shows them only once. With these words you come back when this "
    "device is lost. Show them to nobody."};
constexpr Text<0> kNext{"Begin nu een initiatief: kiem initiative create NAAM",
                        "Now start an initiative: kiem initiative create NAME"};

constexpr Text<1> kStarted{"{0} is begonnen. Jij bent de eerste coördinator.",
                           "{0} was started. You are its first coordinator."};
constexpr Text<0> kItsWords{"De herstelwoorden van het initiatief:", "The recovery words of the initiative:"};
constexpr Text<0> kKeepIts{
    "Schrijf ze nu op papier en bewaar dat ergens anders dan die van jezelf. Kiem toont ze maar één keer. Het "
    "initiatief heeft ze nodig als er geen coördinator meer is.",
    "Write them on paper now and keep it somewhere else than your own. Kiem shows them only once. The initiative needs "
    "them when no coordinator is left."};

}  // namespace

void print_founded(Page& page, const Audience& audience, const Founded& founded) {
  const Lang lang = audience.lang;
  page.paragraph(say(lang, kWelcome, founded.status.me.name, founded.home.string()));
  if (founded.practice) page.line(say(lang, kPractice));
  page.blank();
  page.line(say(lang, kYourWords));
  page.paragraph(founded.recovery_words, 2);
  page.blank();
  page.paragraph(say(lang, kKeepYours));
  page.line(say(lang, kNext));
}

Json json_of(const Founded& founded) {
  return JsonObject{{"person", to_text(founded.status.me.id)},
                    {"device", to_text(founded.status.device)},
                    {"name", founded.status.me.name},
                    {"recovery", founded.recovery_words}};
}

void print_initiative_created(Page& page, const Audience& audience, const InitiativeCreated& created) {
  const Lang lang = audience.lang;
  page.line(to_text(created.id));
  page.paragraph(say(lang, kStarted, created.name));
  page.blank();
  page.line(say(lang, kItsWords));
  page.paragraph(created.recovery_words, 2);
  page.blank();
  page.paragraph(say(lang, kKeepIts));
}

Json json_of(const InitiativeCreated& created) {
  return JsonObject{{"id", to_text(created.id)}, {"name", created.name}, {"recovery", created.recovery_words}};
}

}  // namespace kiem::cli
