#include "sync/cli/backup_command.hpp"

#include "core/l10n/text.hpp"
#include "sync/cli/answer_output.hpp"
#include "sync/cli/progress_line.hpp"

namespace kiem::cli {
namespace {

constexpr std::uint32_t kPagesAtOnce = 256;

constexpr Text<0> kCopying{"Kopie maken:", "Copying:"};
constexpr Text<0> kStopped{"Gestopt. Er is geen kopie gemaakt.", "Stopped. No copy was made."};

// Nothing when somebody stopped it.
Result<std::optional<BackedUp>> copy_here(const Call& call, Community& community, const std::filesystem::path& file) {
  KIEM_TRY_GET(const StopRequest stop, StopRequest::watch(call));
  KIEM_TRY_GET(const auto backup, community.back_up(file));
  ProgressLine line(call, say(call.options.lang, kCopying));
  while (!stop.came()) {
    line.show(backup->progress().done, backup->progress().of);
    KIEM_TRY_GET(const bool finished, backup->step(kPagesAtOnce));
    if (finished) return std::optional(BackedUp{file.string(), backup->bytes()});
  }
  return std::optional<BackedUp>{};
}

Result<std::optional<BackedUp>> copy_there(const Call& call, ControlClient& holder, const std::filesystem::path& file) {
  KIEM_TRY_GET(NodeAnswer answer, holder.ask(Request(BackUp{file.string()})));
  const auto* const plain = std::get_if<Answer>(&answer);
  const auto* const made = plain == nullptr ? nullptr : std::get_if<BackedUp>(plain);
  // Whoever has the store and answers a question with something else is no Kiem of ours.
  if (made == nullptr) return fail(ErrorCode::peer_garbage, Fault::peer, {call.options.home->string()});
  return std::optional(*made);
}

Result<std::optional<BackedUp>> copy(const Call& call, const std::filesystem::path& file) {
  KIEM_TRY_GET(std::optional<ControlClient> holder, find_holder(call));
  if (!holder) {
    auto community = open_community(call);
    if (community) return copy_here(call, **community, file);
    if (community.error().code == ErrorCode::store_busy) {
      // A node may have started between the two.
      KIEM_TRY_GET(holder, find_holder(call));
    }
    if (!holder) return tl::unexpected<Error>(std::move(community).error());
  }
  return copy_there(call, *holder, file);
}

}  // namespace

Result<ExitCode> back_up(const Call& call, const BackUpTo& command) {
  std::error_code error;
  const std::filesystem::path file = std::filesystem::absolute(command.file, error);
  if (error) return fail(ErrorCode::file_unreadable, Fault::person, {command.file.string()});
  // Said before a passphrase is asked for; the copy itself looks once more.
  if (std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
    return fail(ErrorCode::file_exists, Fault::person, {file.string()});
  }
  KIEM_TRY_GET(const std::optional<BackedUp> made, copy(call, file));
  if (!made) {
    Page(call.streams.err).line(say(call.options.lang, kStopped));
    return ExitCode::refused;
  }
  if (call.options.json) {
    call.streams.out << answer_json(call.options.lang, *made);
  } else {
    Page page(call.streams.out);
    print_answer(page, call.audience(), BackUp{}, *made);
  }
  return ExitCode::done;
}

}  // namespace kiem::cli
