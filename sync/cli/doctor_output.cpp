#include "sync/cli/doctor_output.hpp"

#include "core/l10n/text.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kHealthy{"Alles klopt.", "Everything is right."};
constexpr Text<0> kUnhealthy{"Er klopt iets niet. Maak een kopie van de hele map voordat je verder gaat.",
                             "Something is wrong. Copy the whole folder before you go on."};
constexpr Text<2> kChecked{"Nagekeken: {0} handelingen en {1} dingen die daaruit volgen.",
                           "Checked: {0} acts and {1} things that follow from them."};
constexpr Counted<1> kDamaged{{"{0} bladzijde van de opslag is beschadigd:", "{0} page of the store is damaged:"},
                              {"{0} bladzijden van de opslag zijn beschadigd:", "{0} pages of the store are damaged:"}};
constexpr Text<0> kDifferent{"Wat je ziet klopt niet met wat er is gedaan. Het eerste verschil:",
                             "What you see differs from what was done. The first difference:"};
constexpr std::size_t kMostPages = 100;

}  // namespace

void print_doctor(Page& page, const Audience& audience, const DoctorAnswer& answer) {
  const Lang lang = audience.lang;
  page.line(say(lang, answer.healthy() ? kHealthy : kUnhealthy));
  page.line(say(lang, kChecked, format_number(lang, answer.operations), format_number(lang, answer.records)));
  if (!answer.damaged_pages.empty()) {
    page.line(say_count(lang, answer.damaged_pages.size(), kDamaged));
    std::string pages;
    for (std::size_t i = 0; i < answer.damaged_pages.size() && i < kMostPages; ++i) {
      pages += (i == 0 ? "" : ", ") + std::to_string(answer.damaged_pages[i]);
    }
    if (answer.damaged_pages.size() > kMostPages) pages += ", …";
    page.paragraph(pages, 2);
  }
  if (!answer.views_equal) {
    page.line(say(lang, kDifferent));
    page.paragraph(answer.first_difference, 2);
  }
}

Json json_of(const DoctorAnswer& answer) {
  JsonArray pages;
  for (const std::uint32_t number : answer.damaged_pages) pages.push_back(number);
  return JsonObject{{"healthy", answer.healthy()},       {"operations", answer.operations},
                    {"records", answer.records},         {"damaged_pages", std::move(pages)},
                    {"views_equal", answer.views_equal}, {"first_difference", answer.first_difference}};
}

}  // namespace kiem::cli
