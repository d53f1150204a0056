#include "sync/cli/restore_command.hpp"

#include <ostream>

#include "core/identity/recovery.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"
#include "core/replica.hpp"
#include "core/store/restoring.hpp"
#include "sync/cli/backup_output.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/progress_line.hpp"
#include "sync/cli/terminal.hpp"
#include "sync/cli/unlock.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kAsk{"Wachtwoord van de kopie: ", "Passphrase of the copy: "};
constexpr Text<0> kWhyWords{
    "Met je herstelwoorden wordt deze laptop een eigen apparaat van jou. Laat leeg om dat later te doen.",
    "With your recovery words this laptop becomes a device of your own. Leave empty to do that later."};
constexpr Text<0> kAskWords{"Je twaalf herstelwoorden: ", "Your twelve recovery words: "};
constexpr Text<0> kRestoring{"Terugzetten:", "Restoring:"};
constexpr int kTries = 3;

Request enrolment(ByteView words) {
  return EnrolCopy{{std::make_shared<const SecretBytes>(SecretBytes::copy_of(words))}};
}

// What opens the copy, as it opened the store that it was made of.
Result<Unlock> find_key(const Call& call, const std::filesystem::path& home, const RestoreCopy& command) {
  if (command.by_recovery_words) {
    return find_recovery_words(command.recovery_file, call.options.lang, call.environment, call.streams);
  }
  if (call.options.key_file) {
    KIEM_TRY_GET(SecretBytes key, read_key_file(*call.options.key_file));
    return KeyFile{std::move(key)};
  }
  KIEM_TRY_GET(const SlotKinds slots, slots_of(*command.file));
  if (opens_by_itself(slots)) {
    KIEM_TRY_GET(SecretBytes key, read_practice_key(home));
    return KeyFile{std::move(key)};
  }
  if (call.options.passphrase_file) {
    KIEM_TRY_GET(SecretBytes words, read_passphrase_file(*call.options.passphrase_file));
    return Passphrase{std::move(words)};
  }
  if (!call.environment.stdin_is_terminal) return fail(ErrorCode::missing_input, Fault::person, {"passphrase"});
  KIEM_TRY_GET(SecretBytes words, ask_secret(call.streams, kAsk.in(call.options.lang)));
  if (words.empty()) return fail(ErrorCode::empty_text, Fault::person, {"passphrase"});
  return Passphrase{std::move(words)};
}

// Whoever has no paper at hand leaves it for later; so does whoever types it wrong three times.
Result<bool> ask_to_enrol(const Call& call, Community& community) {
  const Lang lang = call.options.lang;
  if (!call.environment.stdin_is_terminal) return false;
  Page(call.streams.err).paragraph(say(lang, kWhyWords));
  for (int tried = 0; tried < kTries; ++tried) {
    KIEM_TRY_GET(const SecretBytes typed, ask_words(call.streams, kAskWords.in(lang)));
    if (typed.empty()) return false;
    const auto words = RecoveryWords::parse(text_view(typed.view()));
    const auto enrolled = words ? community.perform(enrolment(words->bits().view()))
                                : Result<Answer>(tl::unexpected<Error>(words.error()));
    if (enrolled) return true;
    if (enrolled.error().code != ErrorCode::wrong_words) return tl::unexpected<Error>(enrolled.error());
    Page(call.streams.err).paragraph(error_sentence(lang, enrolled.error()));
  }
  return false;
}

// Who this is, as far as damage lets it be read.
Result<StatusAnswer> status_of(Community& community) {
  auto status = community.perform(ShowStatus{});
  if (!status && status.error().fault != Fault::damage) return tl::unexpected<Error>(std::move(status).error());
  if (status) return std::get<StatusAnswer>(*std::move(status));
  StatusAnswer known;
  known.device = community.replica().keys().device;
  return known;
}

Result<ExitCode> restore(const Call& call, const std::filesystem::path& home, const RestoreCopy& command) {
  // Said before anything is asked for; the restoring itself looks once more under the lock.
  if (store_exists(home)) return fail(ErrorCode::store_exists, Fault::person, {home.string()});
  KIEM_TRY_GET(const Unlock key, find_key(call, home, command));
  RestoredCopy copy;
  copy.home = home;
  auto restored = [&] {
    ProgressLine line(call, say(call.options.lang, kRestoring));
    const auto show = [&line](std::uint64_t done, std::uint64_t of) { line.show(done, of); };
    return Community::restore(*command.file, home, key, call.env, show, call.store);
  }();
  if (!restored) return tl::unexpected<Error>(misfit(std::move(restored).error(), key, call.options));
  Community& community = *restored->community;
  copy.damaged_pages = std::move(restored->damaged_pages);
  if (const auto* const words = std::get_if<RecoveryCode>(&key)) {
    KIEM_TRY(community.perform(enrolment(words->bits.view())));
    copy.enrolled = true;
  } else {
    KIEM_TRY_GET(copy.enrolled, ask_to_enrol(call, community));
  }
  KIEM_TRY_GET(copy.status, status_of(community));
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(copy));
  } else {
    Page page(call.streams.out);
    print_restored(page, call.audience(), copy);
  }
  Page remarks(call.streams.err);
  print_restored_remarks(remarks, call.audience(), copy);
  return copy.damaged_pages.empty() ? ExitCode::done : ExitCode::damaged;
}

Result<ExitCode> enrol(const Call& call, const std::filesystem::path& home, const RestoreCopy& command) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  KIEM_TRY_GET(const Unlock words,
               find_recovery_words(command.recovery_file, call.options.lang, call.environment, call.streams));
  // The words open the store as well; one that was made before they did opens as it always does.
  KIEM_TRY_GET(const SlotKinds slots, slot_kinds(home));
  const NodeRequest request = enrolment(std::get<RecoveryCode>(words).bits.view());
  auto answer = slots.recovery ? ask(call, request, words) : ask(call, request);
  if (!answer) return tl::unexpected<Error>(std::move(answer).error());
  const auto* const plain = std::get_if<Answer>(&*answer);
  const auto* const enrolled = plain == nullptr ? nullptr : std::get_if<CopyEnrolled>(plain);
  // Whoever has the store and answers a question with something else is no Kiem of ours.
  if (enrolled == nullptr) return fail(ErrorCode::peer_garbage, Fault::peer, {home.string()});
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(*enrolled));
  } else {
    Page page(call.streams.out);
    print_enrolled(page, call.audience(), *enrolled);
  }
  return ExitCode::done;
}

}  // namespace

Result<ExitCode> restore_copy(const Call& call, const RestoreCopy& command) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  return command.file ? restore(call, home, command) : enrol(call, home, command);
}

}  // namespace kiem::cli
