// The program `kiem-gui`: hands the operating system's services to the client, and nothing more.
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <vector>

#include "core/crypto/secret.hpp"
#include "core/crypto/system_rng.hpp"
#include "gui/app/gallery.hpp"
#include "gui/app/run.hpp"
#include "gui/app/window.hpp"
#include "gui/host/client.hpp"
#include "gui/host/settings_file.hpp"
#include "gui/screens/screen.hpp"
#include "gui/secrets/secret_service.hpp"
#include "sync/cli/environment.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/discovery/system_datagrams.hpp"
#include "sync/transport/zmq_network.hpp"

namespace {

namespace fs = std::filesystem;
using kiem::gui::Client;
using kiem::gui::Start;

std::optional<std::string> variable(const char* name) {
  // Read before any thread is started, and never written.
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, see above
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

kiem::gui::NodeServices node_services(kiem::Env env, const kiem::cli::Environment& environment,
                                      kiem::gui::SecretService& keyring) {
  kiem::gui::NodeServices services{env, {}, environment.xdg_runtime_dir.value_or(""), {}, {}, {}};
  services.open_network = [](const kiem::BoxKeyPair& keys, kiem::Clock& clock) {
    return kiem::ZmqNetwork::create(keys, clock);
  };
  services.open_datagrams = kiem::open_system_datagrams;
  std::error_code error;
  services.neighbours = fs::read_symlink("/proc/self/exe", error).parent_path() / "kiem-practice";
  services.practice_folder = fs::temp_directory_path(error) / ("kiem-practice-" + std::to_string(::getpid()));
  services.wake = kiem::gui::Window::wake;
  services.keyring = &keyring;
  services.give_up_keyring = [&keyring] { keyring.cancel(); };
  return services;
}

kiem::Result<kiem::gui::ClientWishes> wishes_of(const kiem::gui::Options& options, kiem::Lang lang,
                                                const kiem::cli::Environment& environment) {
  kiem::gui::ClientWishes wishes;
  const auto home = options.home ? std::optional<fs::path>(*options.home) : kiem::cli::default_home(environment);
  if (!home) return kiem::fail(kiem::ErrorCode::missing_input, kiem::Fault::person, {"home"});
  wishes.home = *home;
  if (options.passphrase_file) {
    wishes.passphrase_file = *options.passphrase_file;
  } else if (environment.kiem_passphrase_file && !environment.kiem_passphrase_file->empty()) {
    wishes.passphrase_file = *environment.kiem_passphrase_file;
  }
  wishes.practice_name = options.practice;
  wishes.view = options.view;
  wishes.picture = options.screenshot.has_value();
  wishes.settings = kiem::gui::read_settings(wishes.home, lang);
  if (options.lang) wishes.settings.lang = *options.lang;
  if (options.theme) wishes.settings.theme = static_cast<kiem::model::Theme>(*options.theme);
  if (options.text_percent) wishes.settings.text_percent = static_cast<std::uint16_t>(*options.text_percent);
  return wishes;
}

}  // namespace

int main(int count, char** words) {
  try {
    kiem::harden_process();
    std::setlocale(LC_CTYPE, "");  // NOLINT(concurrency-mt-unsafe): one thread; X11 composes é by it
    kiem::cli::SystemClock clock;
    kiem::SystemRng rng;
    kiem::cli::StreamLog log(variable("KIEM_LOG") ? &std::cerr : nullptr, kiem::LogLevel::debug);
    const kiem::Env env{clock, rng, log};
    const kiem::cli::Environment around = kiem::cli::system_environment(variable);
    kiem::gui::Gallery gallery;
    kiem::gui::SecretService keyring;
    std::unique_ptr<Client> client;
    const std::vector<std::string_view> arguments(words + (count > 0 ? 1 : 0), words + count);
    const kiem::gui::Services services{clock, std::cout, std::cerr, kiem::cli::default_language(around)};
    const auto make = [&](const kiem::gui::Options& options, kiem::Lang lang) -> kiem::Result<Start> {
      if (options.view == "gallery" || options.view == "parts") return kiem::gui::gallery_start(gallery, options);
      KIEM_TRY_GET(kiem::gui::ClientWishes wishes, wishes_of(options, lang, around));
      Start start;
      start.title = "Kiem";
      start.look.theme = kiem::gui::theme_of(wishes.settings.theme);
      start.look.text_percent = wishes.settings.text_percent;
      KIEM_TRY_GET(
          client, Client::begin(std::move(wishes), node_services(env, around, keyring), kiem::cli::system_zone_offset));
      start.app = client->app();
      return start;
    };
    return kiem::gui::run(arguments, services, make);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kiem-gui: %s\n", error.what());
    return 1;
  }
}
