#include "sync/practice/stage.hpp"

#include <algorithm>
#include <ostream>

#include "core/crypto/secret.hpp"
#include "core/kiem.hpp"
#include "core/l10n/errors.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/page.hpp"
#include "sync/cli/run.hpp"
#include "sync/cli/terminal_text.hpp"
#include "sync/practice/story_texts.hpp"

namespace kiem::practice {
namespace {

// A code is far longer, and nobody types it.
constexpr std::size_t kShownColumns = 40;

std::string as_typed(const std::vector<std::string>& words) {
  std::string line = "$ kiem";
  for (const std::string& word : words) {
    const std::string shown = cli::cut_to(cli::for_terminal(word), kShownColumns);
    line += shown.find(' ') == std::string::npos ? " " + shown : " \"" + shown + "\"";
  }
  return line;
}

Result<Answer> ask_store(const std::filesystem::path& home, const Request& request, Env env) {
  KIEM_TRY_GET(SecretBytes key, cli::read_practice_key(home));
  KIEM_TRY_GET(const auto community, Community::open(home, KeyFile{std::move(key)}, env));
  return community->perform(request);
}

}  // namespace

Stage::Stage(const World& world, Lang lang) : world_(world), lang_(lang) {
  if (world.keyboard) keyboard_.emplace(*world.keyboard, world.stop, world.env.clock);
}

std::int32_t Stage::today() const { return world_.environment.day_of(world_.env.clock.wall()); }

bool Stage::goes_on() {
  if (ended_ == Ended::not_yet && is_asked_to_stop(world_.stop)) ended_ = Ended::stopped;
  return ended_ == Ended::not_yet;
}

void Stage::fail(const Text<0>& sentence) {
  if (!goes_on()) return;
  ended_ = Ended::failed;
  world_.streams.out << std::flush;
  cli::Page page(world_.streams.err);
  page.blank();
  page.paragraph(sentence.in(lang_));
  world_.streams.err << std::flush;
}

// --- what is told ----------------------------------------------------------------------------------------------------

void Stage::title(const Text<0>& text) {
  if (!goes_on()) return;
  cli::Page page(world_.streams.out);
  page.blank();
  page.line(text.in(lang_));
  page.line(std::string(cli::display_width(text.in(lang_)), '-'));
  world_.streams.out << std::flush;
}

void Stage::tell(std::string_view text) {
  if (!goes_on()) return;
  cli::Page(world_.streams.out).blank();
  add(text);
}

void Stage::add(std::string_view text) {
  if (!goes_on()) return;
  cli::Page(world_.streams.out).paragraph(text);
  world_.streams.out << std::flush;
}

// --- what Noor does --------------------------------------------------------------------------------------------------

bool Stage::types(std::vector<std::string> words) {
  if (goes_on()) {
    world_.streams.out << '\n' << as_typed(words) << '\n' << std::flush;
    const int code = cli::run(words, world_.environment, world_.streams, world_.env);
    world_.streams.err << std::flush;
    if (code != 0) fail(text::kUnfinished);
  }
  for (std::string& word : words) wipe(word);
  return goes_on();
}

std::optional<Answer> Stage::answer(const Request& request) {
  if (!goes_on()) return std::nullopt;
  auto answered = ask_store(world_.home, request, world_.env);
  if (answered) return *std::move(answered);
  fail(text::kUnfinished);
  cli::Page(world_.streams.err).paragraph(error_sentence(lang_, answered.error()));
  return std::nullopt;
}

bool Stage::holds(bool is_so) {
  if (!is_so) fail(text::kOtherwise);
  return goes_on();
}

// --- whoever else is there -------------------------------------------------------------------------------------------

std::optional<std::string> Stage::hears(Listener& neighbours) {
  if (!goes_on()) return std::nullopt;
  Heard heard = neighbours.next(world_.patience_ms);
  switch (heard.what) {
    case Heard::What::line:
      return std::move(heard.line);
    case Heard::What::end:
      fail(text::kGone);
      break;
    case Heard::What::silence:
      fail(text::kSilent);
      break;
    case Heard::What::stop:
      ended_ = Ended::stopped;
      break;
  }
  return std::nullopt;
}

bool Stage::pauses() {
  if (!goes_on() || !keyboard_) return goes_on();
  world_.streams.out << '\n' << text::kGoOn.in(lang_) << ' ' << std::flush;
  // A keyboard that is gone, or Ctrl+D, is somebody who leaves.
  if (keyboard_->next(std::nullopt).what != Heard::What::line) ended_ = Ended::stopped;
  return goes_on();
}

}  // namespace kiem::practice
