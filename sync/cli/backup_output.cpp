#include "sync/cli/backup_output.hpp"

#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"

namespace kiem::cli {
namespace {

constexpr Text<2> kMade{"De kopie staat in {0} ({1}) en is nagekeken.", "The copy is in {0} ({1}) and was checked."};
constexpr Text<0> kKeepElsewhere{
    "Bewaar dit ergens anders dan bij deze laptop. Zonder je wachtwoord of herstelwoorden kan niemand het lezen.",
    "Keep this somewhere else than with this laptop. Nobody can read it without your passphrase or recovery words."};
constexpr Text<1> kMegabytes{"{0} MB", "{0} MB"};
constexpr Text<1> kKilobytes{"{0} kB", "{0} kB"};

constexpr Text<2> kRestored{"Welkom terug, {0}. Je Kiem staat in {1}.", "Welcome back, {0}. Your Kiem is in {1}."};
constexpr Text<1> kRestoredHere{"Je Kiem staat in {0}.", "Your Kiem is in {0}."};
constexpr Text<0> kOwnDevice{
    "Deze laptop is nu een eigen apparaat van jou. Wat je op je andere laptops deed blijft van jou.",
    "This laptop is now a device of your own. What you did on your other laptops stays yours."};
constexpr Text<0> kMeetOthers{"Wat er na de kopie gebeurde, komt vanzelf als je een ander ontmoet.",
                              "What happened after the copy was made comes by itself when you meet somebody."};
constexpr Text<0> kOnlyReading{"Je kunt nu alles lezen. Weer meedoen kan met je herstelwoorden:",
                               "You can read everything now. To take part again, give your recovery words:"};
constexpr std::string_view kHowToEnrol = "  kiem restore --recovery";
constexpr Counted<1> kDamaged{
    {"{0} bladzijde van de kopie is beschadigd; de rest staat er. Kijk met kiem doctor wat er mist.",
     "{0} page of the copy is damaged; the rest is there. Run kiem doctor to see what is missing."},
    {"{0} bladzijden van de kopie zijn beschadigd; de rest staat er. Kijk met kiem doctor wat er mist.",
     "{0} pages of the copy are damaged; the rest is there. Run kiem doctor to see what is missing."}};

std::string size_text(Lang lang, std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  constexpr std::uint64_t kMega = 1'000'000;
  if (bytes < kMega) return say(lang, kKilobytes, format_number(lang, (bytes + kKilo - 1) / kKilo));
  return say(lang, kMegabytes, format_number(lang, (bytes + kMega - 1) / kMega));
}

}  // namespace

void print_backed_up(Page& page, const Audience& audience, const BackedUp& answer) {
  page.paragraph(say(audience.lang, kMade, answer.file, size_text(audience.lang, answer.bytes)));
  page.paragraph(say(audience.lang, kKeepElsewhere));
}

void print_enrolled(Page& page, const Audience& audience, const CopyEnrolled&) {
  page.paragraph(say(audience.lang, kOwnDevice));
  page.paragraph(say(audience.lang, kMeetOthers));
}

void print_restored(Page& page, const Audience& audience, const RestoredCopy& copy) {
  const std::string& name = copy.status.me.name;
  const std::string home = copy.home.string();
  page.paragraph(name.empty() ? say(audience.lang, kRestoredHere, home) : say(audience.lang, kRestored, name, home));
  if (!copy.enrolled) return;
  page.paragraph(say(audience.lang, kOwnDevice));
  page.paragraph(say(audience.lang, kMeetOthers));
}

void print_restored_remarks(Page& remarks, const Audience& audience, const RestoredCopy& copy) {
  if (!copy.damaged_pages.empty()) {
    remarks.paragraph(say_count(audience.lang, copy.damaged_pages.size(), kDamaged));
  }
  if (copy.enrolled) return;
  remarks.paragraph(say(audience.lang, kOnlyReading));
  remarks.line(kHowToEnrol);
}

Json json_of(const BackedUp& answer) { return JsonObject{{"file", answer.file}, {"bytes", answer.bytes}}; }

Json json_of(const CopyEnrolled& answer) {
  return JsonObject{{"device", to_text(answer.device)}, {"initiatives", answer.initiatives}};
}

Json json_of(const RestoredCopy& copy) {
  JsonArray pages;
  for (const std::uint32_t number : copy.damaged_pages) pages.push_back(number);
  return JsonObject{{"home", copy.home.string()},
                    {"person", json_of(copy.status.me)},
                    {"device", to_text(copy.status.device)},
                    {"initiatives", copy.status.initiatives.size()},
                    {"enrolled", copy.enrolled},
                    {"damaged_pages", std::move(pages)}};
}

}  // namespace kiem::cli
