#include "gui/app/run.hpp"

#include <ostream>

#include "core/l10n/errors.hpp"
#include "gui/app/screenshot.hpp"
#include "gui/app/window.hpp"

namespace kiem::gui {
namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr int kWrongUse = 2;
constexpr int kStoreBusy = 4;

int refuse(const Services& services, const Error& error, Lang lang) {
  services.err << error_sentence(lang, error) << "\n";
  if (error.code == ErrorCode::usage) return kWrongUse;
  return error.code == ErrorCode::store_busy ? kStoreBusy : kRefused;
}

}  // namespace

int run(std::span<const std::string_view> arguments, const Services& services, const MakeStart& make) {
  const auto options = read_options(arguments);
  if (!options) {
    services.err << sentence(options.error(), services.lang) << "\n";
    return kWrongUse;
  }
  const Lang lang = options->lang.value_or(services.lang);
  if (options->help) {
    services.out << usage(lang);
    return kDone;
  }
  const auto start = make(*options, lang);
  if (!start) return refuse(services, start.error(), lang);
  const Vec size{static_cast<float>(options->width), static_cast<float>(options->height)};
  if (options->screenshot) {
    const auto written = write_screenshot(start->app, size, start->look, services.clock, *options->screenshot);
    return written ? kDone : refuse(services, written.error(), lang);
  }
  const auto window = Window::open(start->title, size, start->look, services.clock);
  if (!window) {
    services.err << sentence(window.error(), lang) << "\n";
    return kRefused;
  }
  (*window)->run(start->app);
  return kDone;
}

}  // namespace kiem::gui
