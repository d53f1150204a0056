#include "sync/cli/run.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "core/base/check.hpp"
#include "core/domain/import/csv.hpp"
#include "core/kiem.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"
#include "core/schema/schema_file.hpp"
#include "sync/cli/answer_output.hpp"
#include "sync/cli/arguments.hpp"
#include "sync/cli/backup_command.hpp"
#include "sync/cli/call.hpp"
#include "sync/cli/discover_output.hpp"
#include "sync/cli/doctor_command.hpp"
#include "sync/cli/exit_code.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/founding_output.hpp"
#include "sync/cli/help.hpp"
#include "sync/cli/meeting_output.hpp"
#include "sync/cli/node_command.hpp"
#include "sync/cli/pair_command.hpp"
#include "sync/cli/passphrase_command.hpp"
#include "sync/cli/restore_command.hpp"
#include "sync/cli/schema_output.hpp"
#include "sync/cli/unlock.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kSeeHelp{"Meer hulp: kiem --help", "For help: kiem --help"};
constexpr Text<0> kHowToInit{"Zo begin je: kiem init --name JOUWNAAM", "To begin: kiem init --name YOURNAME"};
constexpr Text<0> kHowToStart{"Zo begin je er een: kiem initiative create NAAM",
                              "To start one: kiem initiative create NAME"};
constexpr Text<0> kHowToName{"Zet erbij: --initiative NAAM", "Add: --initiative NAME"};
constexpr Text<0> kHowToCheck{"Dat doe je met: kiem doctor", "Do that with: kiem doctor"};
constexpr Text<0> kForgotten{"Wachtwoord vergeten? Kies een nieuw met: kiem passphrase --recovery",
                             "Forgot the passphrase? Choose a new one with: kiem passphrase --recovery"};
constexpr Text<0> kHowToEnrolCopy{"Dat doe je met: kiem restore --recovery", "Do that with: kiem restore --recovery"};
constexpr Text<0> kNotPrinted{"Het antwoord kon niet worden geschreven. Het werk zelf is gedaan.",
                              "The answer could not be written. The work itself is done."};

// The command that helps, by what an error names first.
struct Hint {
  ErrorCode code;
  std::string_view what;
  Text<0> text;
};
constexpr Text<0> kHowToSeeSchema{"Wat er is, zie je met: kiem schema show",
                                  "See what there is with: kiem schema show"};
constexpr std::array kHints{
    Hint{ErrorCode::not_found, "collection", kHowToSeeSchema},
    Hint{ErrorCode::not_found, "field", kHowToSeeSchema},
    Hint{ErrorCode::not_found, "choice", kHowToSeeSchema},
    Hint{ErrorCode::not_found,
         "record",
         {"Wat er is, zie je met: kiem record list", "See what there is with: kiem record list"}},
    Hint{ErrorCode::not_found, "act", {"De nummers zie je met: kiem log", "See the numbers with: kiem log"}},
    Hint{ErrorCode::not_found, "conflict", {"Wat er is, zie je met: kiem conflicts", "See them with: kiem conflicts"}},
    Hint{ErrorCode::not_allowed,
         "first",
         {"Dat doe je met: kiem task add, kiem place add of kiem import",
          "Do that with: kiem task add, kiem place add or kiem import"}},
    Hint{ErrorCode::not_allowed,
         "several",
         {"Dat doe je met: kiem record edit, --add of --remove", "Do that with: kiem record edit, --add or --remove"}},
    Hint{ErrorCode::not_allowed,
         "one",
         {"Dat doe je met: kiem record edit, --set of --clear", "Do that with: kiem record edit, --set or --clear"}}};

const Text<0>* hint_for(const Error& error) {
  const std::string_view what = error.args.empty() ? std::string_view() : std::string_view(error.args.front());
  const auto* const found = std::find_if(
      kHints.begin(), kHints.end(), [&](const Hint& hint) { return hint.code == error.code && hint.what == what; });
  return found == kHints.end() ? nullptr : &found->text;
}

// The command that is the way out of an error, where there is one.
const Text<0>* way_out(const Error& error) {
  switch (error.code) {
    case ErrorCode::usage:
      return &kSeeHelp;
    case ErrorCode::store_missing:
      return &kHowToInit;
    case ErrorCode::not_enrolled:
      return &kHowToEnrolCopy;
    case ErrorCode::no_initiative:
      return &kHowToStart;
    case ErrorCode::many_initiatives:
      return &kHowToName;
    case ErrorCode::page_damaged:
    case ErrorCode::record_damaged:
      return &kHowToCheck;
    case ErrorCode::no_slot_opens:
      return error.args.empty() || error.args.front() == "passphrase" ? &kForgotten : nullptr;
    default:
      return hint_for(error);
  }
}

void print_error(std::ostream& stream, Lang lang, const Error& error) {
  Page page(stream);
  page.paragraph(error_sentence(lang, error));
  for (const std::string& choice : error_choices(error)) page.paragraph(choice, 2);
  if (const Text<0>* const hint = way_out(error)) page.line(hint->in(lang));
}

Result<ExitCode> print(const Call& call, const Request& request, Answer answer) {
  const Audience audience = call.audience();
  if (call.options.json) {
    call.streams.out << answer_json(audience.lang, answer);
  } else {
    Page page(call.streams.out);
    print_answer(page, audience, request, answer);
  }
  Page remarks(call.streams.err);
  print_remarks(remarks, audience, answer);
  const ExitCode code = exit_code(answer);
  if (auto* const created = std::get_if<InitiativeCreated>(&answer)) wipe(created->recovery_words);
  return code;
}

template <class Met>
Result<ExitCode> print(const Call& call, const Met& answer) {
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(answer));
  } else {
    Page page(call.streams.out);
    print_meeting(page, call.options.lang, answer);
  }
  return ExitCode::done;
}

// What is due depends on the day it is for the reader, which nobody else knows.
NodeRequest on_this_day(const Call& call, NodeRequest request) {
  auto* const plain = std::get_if<Request>(&request);
  if (plain == nullptr) return request;
  const std::int32_t today = call.environment.day_of(call.env.clock.wall());
  if (auto* const due = std::get_if<ListDue>(plain)) due->today = today;
  if (auto* const status = std::get_if<ShowStatus>(plain)) status->today = today;
  return request;
}

Result<ExitCode> perform(const Call& call, const NodeRequest& asked) {
  const NodeRequest request = on_this_day(call, asked);
  KIEM_TRY_GET(NodeAnswer answer, ask(call, request));
  if (auto* const plain = std::get_if<Answer>(&answer)) {
    KIEM_CHECK(std::holds_alternative<Request>(request));
    return print(call, std::get<Request>(request), std::move(*plain));
  }
  if (const auto* const joined = std::get_if<InitiativeJoined>(&answer)) return print(call, *joined);
  if (const auto* const around = std::get_if<Surroundings>(&answer)) {
    KIEM_TRY(print(call, *around));
    if (!around->neighbours.empty()) return ExitCode::done;
    Page remarks(call.streams.err);
    print_why_nobody(remarks, call.options.lang, *around);
    return ExitCode::unreachable;
  }
  return print(call, std::get<Synced>(answer));
}

Result<ExitCode> perform(const Call& call, const InviteByCode& command) {
  KIEM_TRY_GET(NodeAnswer answer, ask(call, command.request));
  KIEM_CHECK(std::holds_alternative<InvitationMade>(answer));
  auto& made = std::get<InvitationMade>(answer);
  auto code = print(call, made);
  Page remarks(call.streams.err);
  if (command.picture && !call.options.json && call.environment.stdout_terminal) {
    print_picture(call.streams.out, remarks, call.options.lang, made, *call.environment.stdout_terminal);
  }
  print_how_to_use(remarks, call.options.lang, made);
  wipe(made.code);
  return code;
}

Result<ExitCode> perform(const Call& call, const InviteNearby& command) { return pair(call, command); }

Result<ExitCode> perform(const Call& call, const JoinNearby& command) { return pair(call, command); }

Result<ExitCode> perform(const Call& call, const RunNode& command) { return run_node(call, command); }

Result<ExitCode> perform(const Call& call, const ChangeWaysIn& command) { return change_ways_in(call, command); }

Result<ExitCode> perform(const Call& call, const BackUpTo& command) { return back_up(call, command); }

Result<ExitCode> perform(const Call& call, const Examine& command) { return examine(call, command); }

Result<ExitCode> perform(const Call& call, const RestoreCopy& command) { return restore_copy(call, command); }

// The store's key where it opens by a file, and what to undo when the store is not made after all.
struct NewStore {
  Unlock unlock;
  std::optional<NewPracticeKey> practice_key;
};

Result<NewStore> prepare(const Call& call, const std::filesystem::path& home, bool practice) {
  if (!practice) {
    KIEM_TRY_GET(Unlock chosen, choose_passphrase(call.options, call.environment, call.streams));
    return NewStore{std::move(chosen), std::nullopt};
  }
  KIEM_TRY_GET(NewPracticeKey key, make_practice_key(home, call.env.rng));
  Unlock opens = KeyFile{key.key.clone()};
  return NewStore{std::move(opens), std::move(key)};
}

Result<ExitCode> perform(const Call& call, const Init& init) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  // Said before a passphrase is asked for; Community::create looks once more under the lock.
  if (store_exists(home)) return fail(ErrorCode::store_exists, Fault::person, {home.string()});
  KIEM_TRY_GET(const NewStore prepared, prepare(call, home, init.practice));
  Founded founded;
  founded.home = home;
  founded.practice = init.practice;
  auto created = Community::create(home, prepared.unlock, init.name, call.env, founded.recovery_words, call.store);
  if (!created) {
    // Somebody else's store, made meanwhile, keeps its key.
    if (prepared.practice_key && !store_exists(home)) prepared.practice_key->undo();
    return tl::unexpected<Error>(std::move(created).error());
  }
  KIEM_TRY_GET(Answer status, (*created)->perform(ShowStatus{}));
  KIEM_CHECK(std::holds_alternative<StatusAnswer>(status));
  founded.status = std::get<StatusAnswer>(std::move(status));
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(founded));
  } else {
    Page page(call.streams.out);
    print_founded(page, call.audience(), founded);
  }
  wipe(founded.recovery_words);
  return ExitCode::done;
}

Result<ExitCode> perform(const Call& call, const ImportPath& import) {
  KIEM_TRY_GET(Bytes contents, read_whole_file(import.path, spreadsheet::kMaxFileBytes));
  const std::int32_t today = call.environment.day_of(call.env.clock.wall());
  return perform(call, NodeRequest(ImportFile{import.initiative, import.path.filename().string(), std::move(contents),
                                              import.dry_run, today}));
}

Result<ExitCode> perform(const Call& call, const AddSchemaFile& add) {
  KIEM_TRY_GET(const Bytes contents, read_whole_file(add.path, kMaxSchemaFileBytes));
  return perform(call, NodeRequest(ExtendSchema{add.initiative, std::string(text_view(contents)), add.dry_run}));
}

Result<ExitCode> perform(const Call& call, const ShowSchemaOf& show) {
  const Request request = ShowSchema{show.initiative};
  if (!show.collection) return perform(call, NodeRequest(request));
  KIEM_TRY_GET(NodeAnswer answer, ask(call, request));
  auto* const plain = std::get_if<Answer>(&answer);
  KIEM_CHECK(plain != nullptr && std::holds_alternative<SchemaAnswer>(*plain));
  auto& schema = std::get<SchemaAnswer>(*plain);
  KIEM_TRY_GET(auto named, collections_named(schema.collections, *show.collection));
  if (call.options.json) {
    schema.collections = std::move(named);
    return print(call, request, std::move(schema));
  }
  Page page(call.streams.out);
  print_collections(page, call.audience(), named, schema.collections);
  return ExitCode::done;
}

Result<ExitCode> perform(const Call& call, const ShowHelp& help) {
  Page page(call.streams.out);
  print_help(page, call.options.lang, help.path);
  return ExitCode::done;
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Environment& environment, Streams streams, Env env,
        const StoreOptions& store) {
  const Lang spoken = spoken_language(arguments, environment);
  const auto invocation = parse_arguments(arguments, environment);
  if (!invocation) {
    print_error(streams.err, spoken, invocation.error());
    return static_cast<int>(ExitCode::wrong_use);
  }
  const Call call{invocation->options, environment, streams, env, store};
  const auto ended = std::visit([&](const auto& command) { return perform(call, command); }, invocation->command);
  if (!ended) {
    print_error(streams.err, call.options.lang, ended.error());
    return static_cast<int>(exit_code(ended.error()));
  }
  if (!streams.out.flush()) {
    Page(streams.err).paragraph(say(call.options.lang, kNotPrinted));
    return static_cast<int>(ExitCode::refused);
  }
  return static_cast<int>(*ended);
}

}  // namespace kiem::cli
