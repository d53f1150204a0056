// Where the practice story is played: Noor's laptop, on which every command is a real one, the terminal that it is told
// in, and whoever reads along and may stop it at any moment.
//
// Once something failed or somebody asked to stop, the story is over: ended() tells, and whatever is asked of the stage
// from then on is answered with false or nothing. What it borrows outlives it. One thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/requests.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/environment.hpp"
#include "sync/practice/listener.hpp"

namespace kiem::practice {

class Stage {
 public:
  struct World {
    std::filesystem::path home;           // Noor's, made by her first command
    const cli::Environment& environment;  // with the home of the above
    cli::Streams streams;
    Env env;
    int stop = -1;                     // can be read once somebody asks to stop
    std::optional<int> keyboard = {};  // where somebody presses Enter to go on; none: the story goes on by itself
    std::uint64_t patience_ms = 0;     // for a word of the neighbours
  };
  enum class Ended { not_yet, stopped, failed };

  Stage(const World& world, Lang lang);

  [[nodiscard]] Ended ended() const { return ended_; }
  [[nodiscard]] Lang lang() const { return lang_; }
  // Today, where the reader is.
  [[nodiscard]] std::int32_t today() const;

  // --- what is told: wrapped at 80 columns ---
  void title(const Text<0>& text);
  void tell(std::string_view text);
  void tell(const Text<0>& text) { tell(text.in(lang_)); }
  // Right below what was told before.
  void add(std::string_view text);

  // --- what Noor does ---
  // A command, shown as she types it with its answer below; true when it did its work. What was typed is wiped, for it
  // may be a code.
  [[nodiscard]] bool types(std::vector<std::string> words);
  // What her laptop knows, without a word on the screen.
  template <class Wanted>
  [[nodiscard]] std::optional<Wanted> knows(const Request& request);
  // Whether the story may go on, since what was just learned is so; with a sentence when it is not.
  [[nodiscard]] bool holds(bool is_so);

  // --- whoever else is there ---
  // The next word of the neighbours.
  [[nodiscard]] std::optional<std::string> hears(Listener& neighbours);
  // Until somebody wants to go on, where there is somebody.
  [[nodiscard]] bool pauses();

 private:
  [[nodiscard]] std::optional<Answer> answer(const Request& request);
  // True while the story goes on; notices who asked to stop.
  [[nodiscard]] bool goes_on();
  void fail(const Text<0>& sentence);

  World world_;
  Lang lang_;
  std::optional<Listener> keyboard_;
  Ended ended_ = Ended::not_yet;
};

template <class Wanted>
std::optional<Wanted> Stage::knows(const Request& request) {
  auto answered = answer(request);
  if (!answered) return std::nullopt;
  return std::get<Wanted>(*std::move(answered));
}

}  // namespace kiem::practice
