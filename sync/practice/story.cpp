#include "sync/practice/story.hpp"

#include <cerrno>
#include <ostream>
#include <system_error>

#include "core/base/check.hpp"
#include "core/crypto/secret.hpp"
#include "core/l10n/errors.hpp"
#include "core/store/disk_error.hpp"
#include "sync/cli/page.hpp"
#include "sync/node/invitation_code.hpp"
#include "sync/practice/child.hpp"
#include "sync/practice/story_steps.hpp"
#include "sync/practice/story_texts.hpp"

namespace kiem::practice {
namespace {

namespace fs = std::filesystem;

// The folder of the story, gone with its owner at the latest.
class StoryFolder {
 public:
  [[nodiscard]] static Result<StoryFolder> make(const fs::path& parent) {
    std::string path = (parent / "kiem-practice-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) return disk_error(errno);
    return StoryFolder(path);
  }
  StoryFolder(StoryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  StoryFolder& operator=(StoryFolder&&) = delete;
  ~StoryFolder() {
    if (!path_.empty()) static_cast<void>(remove());
  }
  [[nodiscard]] const fs::path& path() const { return path_; }
  // Whether nothing of it is left.
  [[nodiscard]] bool remove() {
    std::error_code error;
    fs::remove_all(path_, error);
    return !error;
  }

 private:
  explicit StoryFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

void play_steps(Stage& stage, Listener& neighbours) {
  stage.add(text::kWelcome.in(stage.lang()));
  stage.tell(text::kOnTheirWay);
  auto code = stage.hears(neighbours);
  if (!code) return;
  const auto read = read_code(*code);
  if (!stage.holds(read && !read->addresses.empty())) return;
  const Others others{neighbours, to_text(read->addresses.front())};
  stage.add(say(stage.lang(), text::kTheyAreHere, others.address));
  const bool joined = play_joining(stage, *code);
  wipe(*code);
  const bool played = joined && play_today(stage) && play_claim(stage) && play_confirmation(stage, others) &&
                      play_return(stage, others) && play_conflict(stage) && play_without_network(stage, others);
  KIEM_CHECK(played == (stage.ended() == Stage::Ended::not_yet));
}

void print_end(Stage::Ended ended, const fs::path& kiem, Lang lang, std::ostream& out) {
  cli::Page page(out);
  page.blank();
  if (ended == Stage::Ended::stopped) return page.paragraph(text::kStopped.in(lang));
  const std::string title(text::kDoneTitle.in(lang));
  page.line(title);
  page.line(std::string(title.size(), '-'));
  page.blank();
  page.paragraph(text::kNothingKept.in(lang));
  page.blank();
  std::error_code error;
  const fs::path from_here = fs::proximate(kiem, error);
  page.line(say(lang, text::kBeginForReal, (error ? kiem : from_here).string()));
}

Result<int> run(const Story& story, Lang lang, cli::Environment environment, cli::Streams streams, Env env) {
  KIEM_TRY_GET(const int stop, environment.catch_stop());
  KIEM_TRY_GET(StoryFolder folder, StoryFolder::make(story.parent));
  environment.kiem_home = (folder.path() / "noor").string();
  environment.stdin_is_terminal = false;
  Stage stage({*environment.kiem_home, environment, streams, env, stop, story.keyboard, story.patience_ms}, lang);
  {
    KIEM_TRY_GET(const auto child, Child::start(story.neighbours, {"--neighbours", (folder.path() / "buren").string()},
                                                Child::Input::held));
    Listener neighbours(child->descriptor(), stop, env.clock);
    play_steps(stage, neighbours);
  }
  // Told when it is so: the neighbours have ended, and their laptops are gone as well.
  if (!folder.remove()) {
    cli::Page(streams.err).paragraph(say(lang, text::kLeftBehind, folder.path().string()));
    return 1;
  }
  if (stage.ended() == Stage::Ended::failed) return 1;
  print_end(stage.ended(), story.neighbours.parent_path() / "kiem", lang, streams.out);
  return streams.out.flush() ? 0 : 1;
}

}  // namespace

int play(const Story& story, cli::Environment environment, cli::Streams streams, Env env) {
  const Lang lang = cli::default_language(environment);
  const auto played = run(story, lang, std::move(environment), streams, env);
  if (played) return *played;
  cli::Page(streams.err).paragraph(error_sentence(lang, played.error()));
  streams.err << std::flush;
  return 1;
}

}  // namespace kiem::practice
