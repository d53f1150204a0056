#include "sync/cli/doctor_output.hpp"

#include "core/l10n/text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kHealthy{"Alles klopt.", "Everything is right."};
constexpr Text<0> kUnhealthy{"Er klopt iets niet. Maak een kopie van de hele map voordat je verder gaat.",
                             "Something is wrong. Copy the whole folder before you go on."};
constexpr Text<0> kDoctorStopped{"Gestopt. Wat hieronder niet staat, is niet nagekeken.",
                                 "Stopped. What is not said below was not looked at."};
constexpr Text<2> kChecked{"Nagekeken: {0} handelingen en {1} dingen die daaruit volgen.",
                           "Checked: {0} acts and {1} things that follow from them."};
constexpr Counted<1> kDamagedPages{
    {"{0} bladzijde van de opslag is beschadigd:", "{0} page of the store is damaged:"},
    {"{0} bladzijden van de opslag zijn beschadigd:", "{0} pages of the store are damaged:"}};
constexpr Text<0> kReplaced{"Een deel van de opslag is van een eerder moment dan de rest.",
                            "A part of the store is of an earlier moment than the rest."};
constexpr Text<1> kStructure{"De opbouw van de opslag klopt niet: {0}", "The store's structure is wrong: {0}"};
constexpr Counted<1> kLost{
    {"{0} handeling kan niet worden gelezen of klopt niet.", "{0} act cannot be read or is not what was written."},
    {"{0} handelingen kunnen niet worden gelezen of kloppen niet.",
     "{0} acts cannot be read or are not what was written."}};
constexpr Counted<1> kAsked{{"{0} handeling ontbreekt en wordt aan de anderen gevraagd zodra je hen ontmoet.",
                             "{0} act is missing and is asked of the others as soon as you meet them."},
                            {"{0} handelingen ontbreken en worden aan de anderen gevraagd zodra je hen ontmoet.",
                             "{0} acts are missing and are asked of the others as soon as you meet them."}};
constexpr Text<0> kRewritten{"De beschadigde bladzijden zijn vervangen; wat te lezen was, staat er weer heel.",
                             "The damaged pages were replaced; what could be read stands there whole again."};
constexpr Text<0> kHowToGiveUp{
    "Of vraag wat verloren is aan de anderen, en maak de rest weer heel, met: kiem doctor --repair",
    "Or ask the others for what is lost, and make the rest whole again, with: kiem doctor --repair"};
constexpr Text<0> kRestoreCopy{
    "Zet een kopie terug in een lege map met kiem restore. Wat daarna gebeurde, krijg je van de anderen als je hen "
    "ontmoet.",
    "Restore a copy into an empty folder with kiem restore. What happened after it comes from the others when you meet "
    "them."};
constexpr Text<0> kDifferent{"Wat je ziet klopt niet met wat er is gedaan. Het eerste verschil:",
                             "What you see differs from what was done. The first difference:"};
constexpr Text<0> kHowToRepair{"Maak het opnieuw met: kiem doctor --repair", "Make it anew with: kiem doctor --repair"};
constexpr Text<0> kRepaired{"Dat is opnieuw gemaakt en klopt nu.", "That was made anew and is right now."};
constexpr Text<0> kNotCompared{"Door de schade kon niet worden nagekeken of klopt wat je ziet.",
                               "Because of the damage it could not be checked that what you see is right."};
constexpr Text<0> kNoRecovery{
    "Je herstelwoorden openen deze Kiem niet. Ben je het wachtwoord kwijt, dan ben je alles kwijt. Met `kiem "
    "passphrase "
    "--add-recovery-words` kunnen ze het weer.",
    "Your recovery words do not open this Kiem. If you lose the passphrase you lose it all. With `kiem passphrase "
    "--add-recovery-words` they can again."};
constexpr Text<1> kLittleRoom{"Er is weinig ruimte op de schijf ({0} MB). Maak ruimte vrij.",
                              "There is little room on the disk ({0} MB). Make room."};
constexpr std::size_t kMostPages = 100;
constexpr std::uint64_t kEnoughBytes = 100'000'000;

void print_pages(Page& page, Lang lang, const std::vector<std::uint32_t>& damaged) {
  if (damaged.empty()) return;
  page.line(say_count(lang, damaged.size(), kDamagedPages));
  std::string pages;
  for (std::size_t i = 0; i < damaged.size() && i < kMostPages; ++i) {
    pages += (i == 0 ? "" : ", ") + std::to_string(damaged[i]);
  }
  if (damaged.size() > kMostPages) pages += ", …";
  page.paragraph(pages, 2);
}

void print_views(Page& page, Lang lang, const DoctorAnswer& answer) {
  if (!answer.views_compared) page.paragraph(say(lang, kNotCompared));
  if (answer.views_equal) return;
  page.line(say(lang, kDifferent));
  page.paragraph(answer.first_difference, 2);
  page.line(say(lang, answer.views_repaired ? kRepaired : kHowToRepair));
}

// What harms nothing now and may later.
void print_cares(Page& page, Lang lang, const DoctorAnswer& answer) {
  if (!answer.recovery_words) page.paragraph(say(lang, kNoRecovery));
  // Room for the log of a long meeting, and for a copy of the store.
  if (answer.free_bytes < kEnoughBytes || answer.free_bytes < answer.store_bytes) {
    constexpr std::uint64_t kMega = 1'000'000;
    page.paragraph(say(lang, kLittleRoom, format_number(lang, answer.free_bytes / kMega)));
  }
}

}  // namespace

void print_doctor(Page& page, const Audience& audience, const DoctorAnswer& answer) {
  const Lang lang = audience.lang;
  const bool hurt = !answer.damaged_pages.empty() || answer.replaced_pages || !answer.structure.empty() ||
                    answer.damaged_operations > 0;
  const bool wrong =
      hurt || answer.lost_operations > 0 || !answer.views_compared || (!answer.views_equal && !answer.views_repaired);
  if (answer.stopped) page.line(say(lang, kDoctorStopped));
  if (wrong || !answer.stopped) page.line(say(lang, wrong ? kUnhealthy : kHealthy));
  page.line(say(lang, kChecked, format_number(lang, answer.operations), format_number(lang, answer.records)));
  print_pages(page, lang, answer.damaged_pages);
  if (answer.replaced_pages) page.line(say(lang, kReplaced));
  if (!answer.structure.empty()) page.paragraph(say(lang, kStructure, answer.structure));
  if (answer.damaged_operations > 0) page.line(say_count(lang, answer.damaged_operations, kLost));
  if (answer.pages_rewritten) page.paragraph(say(lang, kRewritten));
  if (answer.lost_operations > 0) page.paragraph(say_count(lang, answer.lost_operations, kAsked));
  if (hurt) page.paragraph(say(lang, kRestoreCopy));
  if (!answer.damaged_pages.empty() || answer.damaged_operations > 0) page.paragraph(say(lang, kHowToGiveUp));
  print_views(page, lang, answer);
  print_cares(page, lang, answer);
}

Json json_of(const DoctorAnswer& answer) {
  JsonArray pages;
  for (const std::uint32_t number : answer.damaged_pages) pages.push_back(number);
  return JsonObject{{"healthy", answer.healthy()},
                    {"operations", answer.operations},
                    {"records", answer.records},
                    {"damaged_pages", std::move(pages)},
                    {"replaced_pages", answer.replaced_pages},
                    {"structure", answer.structure},
                    {"damaged_operations", answer.damaged_operations},
                    {"views_compared", answer.views_compared},
                    {"views_equal", answer.views_equal},
                    {"first_difference", answer.first_difference},
                    {"views_repaired", answer.views_repaired},
                    {"pages_rewritten", answer.pages_rewritten},
                    {"lost_operations", answer.lost_operations},
                    {"stopped", answer.stopped},
                    {"recovery_words", answer.recovery_words},
                    {"store_bytes", answer.store_bytes},
                    {"free_bytes", answer.free_bytes}};
}

}  // namespace kiem::cli
