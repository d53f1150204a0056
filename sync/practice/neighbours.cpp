#include "sync/practice/neighbours.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

#include "core/base/check.hpp"
#include "core/kiem.hpp"
#include "core/l10n/errors.hpp"
#include "sync/cli/files.hpp"
#include "sync/node/node_loop.hpp"
#include "sync/practice/child.hpp"
#include "sync/practice/folder.hpp"
#include "sync/practice/neighbourhood.hpp"
#include "sync/practice/sheet.hpp"

namespace kiem::practice {
namespace {

// --- what is played --------------------------------------------------------------------------------------------------

constexpr std::string_view kSven = "Sven L.";
constexpr std::string_view kCargoBike = "Bakfiets ophalen";
constexpr std::string_view kWatering = "Gieters en slang nakijken";
constexpr std::string_view kGreenhouse = "Kas opruimen";
constexpr std::string_view kBulbs = "Bollen planten";
constexpr std::string_view kSoup = "Soep rondbrengen";
constexpr std::string_view kTiles = "Tegels eruit, groen erin";
constexpr std::string_view kCoffee = "Samen koffie in de kas";
constexpr std::string_view kWorkday = "Opknapdag";
constexpr std::string_view kFirstLook = "Kijken wat er nodig is (schouw)";

// These have laptops of their own, so they are no cards that somebody keeps for them.
bool has_card(std::string_view id) { return id != "m01" && id != "m02" && id != "m11"; }
// Rachid enters this one: what he decides about it is not known before his laptop is met again.
bool is_rachids(std::string_view id) { return id == "t11"; }

struct Seat {
  std::string_view task;
  std::string_view who;  // empty: whose laptop it is
  std::uint32_t count = 1;
};

constexpr std::array kEnteredByAnneke{
    Seat{kHedge, "Joke T."},
    Seat{kHedge, "Cor H."},
    Seat{kWorkday, "Joke T."},
    Seat{kWorkday, "Wouter P."},
    Seat{kSoup, "Hatice Y."},
    Seat{kSoup, "Imani S."},
    Seat{kSoup, "Danylo K."},
    Seat{kWatering, "Hatice Y."},
    Seat{kWatering, "Cor H."},
    Seat{kTiles, "Mees J."},
    Seat{kCoffee, ""},
    Seat{kCoffee, "Cor H."},
    Seat{kCoffee, "Hatice Y."},
    Seat{kGreenhouse, "Hatice Y."},
    Seat{kGreenhouse, "Cor H."},
    Seat{kBulbs, "Danylo K."},
    Seat{kBulbs, "Mees J."},
    Seat{kRainBarrel, "Wouter P."},
    // A group that is larger than what is left.
    Seat{kWorkday, "Schilders De Kwast (contact Pauline R.)", 5},
};
constexpr std::array kRachidsOwn{Seat{kFirstLook, ""}, Seat{kTiles, ""}, Seat{kBulbs, ""}};
constexpr std::uint16_t kAnnekesTime = 10 * 60;
constexpr std::uint16_t kRachidsTime = 13 * 60 + 30;

Naming named(std::string_view text) { return {std::string(text)}; }

ClaimTask claim(const Seat& seat) {
  ClaimTask request{{}, named(seat.task), seat.count, {}};
  if (!seat.who.empty()) request.on_behalf = named(seat.who);
  return request;
}

EditTask starts_at(std::string_view task, std::uint16_t start) {
  EditTask request;
  request.task = named(task);
  request.start = start;
  return request;
}

// "+1" in it is the day after the reader's own.
ImportFile sheet(const char* name, std::string_view csv, std::int32_t today) {
  return {{}, name, to_bytes(view(csv)), false, today};
}

// --- a laptop --------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Community>> make_laptop(const std::filesystem::path& home, std::string_view name, Env env) {
  KIEM_TRY_GET(const cli::NewPracticeKey key, cli::make_practice_key(home, env.rng));
  std::string recovery_words;
  auto made = Community::create(home, KeyFile{key.key.clone()}, name, env, recovery_words);
  wipe(recovery_words);
  return made;
}

Result<std::unique_ptr<Community>> open_laptop(const std::filesystem::path& home, Env env) {
  KIEM_TRY_GET(SecretBytes key, cli::read_practice_key(home));
  return Community::open(home, KeyFile{std::move(key)}, env);
}

// An act whose answer is not shown to anybody; a row that an import did not take has failed it.
Status act(Community& laptop, const Request& request) {
  KIEM_TRY_GET(Answer answer, laptop.perform(request));
  if (auto* const created = std::get_if<InitiativeCreated>(&answer)) wipe(created->recovery_words);
  const auto* const imported = std::get_if<ImportAnswer>(&answer);
  KIEM_CHECK(imported == nullptr || imported->problems.empty());
  return {};
}

template <std::size_t Count>
Status claim_all(Community& laptop, const std::array<Seat, Count>& seats) {
  for (const Seat& seat : seats) KIEM_TRY(act(laptop, claim(seat)));
  return {};
}

// What Anneke wrote before she met anybody.
Status annekes_day(Community& anneke, std::int32_t today) {
  KIEM_TRY(act(anneke, CreateInitiative{"Lindekwartier"}));
  KIEM_TRY(act(anneke, sheet("plaatsen.csv", places_csv(), today)));
  KIEM_TRY(act(anneke, sheet("mensen.csv", rows_where(people_csv(), has_card), today)));
  KIEM_TRY(act(anneke, sheet("taken.csv", rows_where(tasks_without_disputed_time(), std::not_fn(is_rachids)), today)));
  KIEM_TRY(claim_all(anneke, kEnteredByAnneke));
  KIEM_TRY(act(anneke, CancelTask{{}, named(kWatering), "regen"}));
  return act(anneke, FinishTask{{}, named(kGreenhouse)});
}

// What Rachid wrote away from the others, once he had joined.
Status rachids_day(const std::filesystem::path& home, Env env, std::int32_t today) {
  KIEM_TRY_GET(const auto rachid, open_laptop(home, env));
  KIEM_TRY(act(*rachid, sheet("taken.csv", rows_where(tasks_csv(), is_rachids), today)));
  KIEM_TRY(claim_all(*rachid, kRachidsOwn));
  return act(*rachid, starts_at(kRainBarrel, kRachidsTime));
}

Status svens_day(const std::filesystem::path& home, Env env) {
  KIEM_TRY_GET(const auto sven, open_laptop(home, env));
  return act(*sven, claim({kHedge, ""}));
}

// --- Anneke's laptop, as a node --------------------------------------------------------------------------------------

class Meeting {
 public:
  Meeting(const Neighbours& neighbours, const Folder& folder, Community& anneke, Node& node, NodeLoop& loop,
          std::string address)
      : neighbours_(neighbours),
        folder_(folder),
        anneke_(anneke),
        node_(node),
        loop_(loop),
        address_(std::move(address)) {}

  // Stops at its next wait. Also before play().
  void stop() { stopped_ = true; }
  [[nodiscard]] Status play(std::ostream& out, Env env, std::int32_t today);

 private:
  [[nodiscard]] Status meet_rachid_and_sven(Env env, std::int32_t today);
  [[nodiscard]] Status wait_for_sven(std::ostream& out);
  [[nodiscard]] Result<std::string> invite();
  [[nodiscard]] Status ask(const Request& request);
  [[nodiscard]] Result<std::unique_ptr<Child>> command(const std::filesystem::path& home,
                                                       std::vector<std::string> words);
  // Turns until the child has ended, or until it is to stop.
  [[nodiscard]] Status wait_for(Child& child);
  // The same, and it must have done its work.
  [[nodiscard]] Status finish(Child& child);
  [[nodiscard]] Result<std::set<PrincipalId>> confirmed_for_hedge();

  const Neighbours& neighbours_;
  const Folder& folder_;
  Community& anneke_;
  Node& node_;
  NodeLoop& loop_;
  std::string address_;
  bool stopped_ = false;
};

Result<std::string> Meeting::invite() {
  std::optional<Result<NodeAnswer>> answer;
  node_.ask(InviteNewcomer{}, [&](Result<NodeAnswer> given) { answer = std::move(given); });
  KIEM_CHECK(answer.has_value());  // an invitation is made within the call
  KIEM_TRY_GET(NodeAnswer made, *std::move(answer));
  return std::move(std::get<InvitationMade>(made).code);
}

// Through the node, which tells whom it is linked with.
Status Meeting::ask(const Request& request) {
  Status done;
  node_.ask(request, [&](const Result<NodeAnswer>& answer) {
    if (!answer) done = tl::unexpected<Error>(answer.error());
  });
  return done;
}

Result<std::unique_ptr<Child>> Meeting::command(const std::filesystem::path& home, std::vector<std::string> words) {
  words.insert(words.begin(), {"--home", home.string()});
  return Child::start(neighbours_.kiem, std::move(words));
}

Status Meeting::wait_for(Child& child) {
  EndOfInput& output = child.output();
  loop_.watch(output.fd(), [&output] { output.read(); });
  auto waited = loop_.run_until([&] { return stopped_ || output.reached(); });
  loop_.unwatch(output.fd());
  return waited.map([](bool) {});
}

Status Meeting::finish(Child& child) {
  KIEM_TRY(wait_for(child));
  // What went wrong, the command itself has said.
  if (!stopped_ && child.code() != 0) return fail(ErrorCode::peer_lost, Fault::peer, {address_});
  return {};
}

Status Meeting::meet_rachid_and_sven(Env env, std::int32_t today) {
  KIEM_TRY_GET(std::string rachids_code, invite());
  KIEM_TRY_GET(const auto rachid_joins, command(folder_.rachid(), {"join", rachids_code}));
  KIEM_TRY_GET(std::string svens_code, invite());
  KIEM_TRY_GET(const auto sven_joins, command(folder_.sven(), {"join", svens_code}));
  wipe(rachids_code);
  wipe(svens_code);
  KIEM_TRY(finish(*rachid_joins));
  KIEM_TRY(finish(*sven_joins));
  if (stopped_) return {};
  // From here on all three are apart: the two who set a time have not seen each other's.
  KIEM_TRY(svens_day(folder_.sven(), env));
  KIEM_TRY(rachids_day(folder_.rachid(), env, today));
  KIEM_TRY(ask(starts_at(kRainBarrel, kAnnekesTime)));
  KIEM_TRY_GET(const auto rachid_syncs, command(folder_.rachid(), {"sync", address_}));
  KIEM_TRY(finish(*rachid_syncs));
  if (stopped_) return {};
  KIEM_TRY(ask(FinishTask{{}, named(kBulbs)}));
  return ask(claim({kCargoBike, "Imani S."}));
}

Result<std::set<PrincipalId>> Meeting::confirmed_for_hedge() {
  KIEM_TRY_GET(const Answer answer, anneke_.perform(ShowTask{{}, named(kHedge)}));
  std::set<PrincipalId> confirmed;
  for (const ClaimRow& row : std::get<TaskDetail>(answer).claims) {
    if (row.state == ClaimState::confirmed) confirmed.insert(row.person.id);
  }
  return confirmed;
}

Status Meeting::wait_for_sven(std::ostream& out) {
  KIEM_TRY_GET(const auto before, confirmed_for_hedge());
  bool changed = false;
  anneke_.on_change([&](const Change&) { changed = true; });
  while (true) {
    Status looked;
    bool taken = false;
    const auto look = [&] {
      if (!std::exchange(changed, false)) return stopped_;
      const auto now = confirmed_for_hedge();
      if (!now) looked = tl::unexpected<Error>(now.error());
      taken = now && !std::includes(before.begin(), before.end(), now->begin(), now->end());
      return stopped_ || taken || !looked;
    };
    KIEM_TRY(loop_.run_until(look));
    KIEM_TRY(looked);
    if (!taken || stopped_) break;
    KIEM_TRY_GET(const auto sven_syncs, command(folder_.sven(), {"sync", address_}));
    KIEM_TRY(wait_for(*sven_syncs));
    if (stopped_) break;
    if (sven_syncs->code() == 0) {
      out << kIsBack << kSven << "\n" << std::flush;
      KIEM_TRY(loop_.run_until([&] { return stopped_; }));
      break;
    }
    // His command has said why on stderr. He comes back at the next thing that happens.
  }
  anneke_.on_change({});
  return {};
}

Status Meeting::play(std::ostream& out, Env env, std::int32_t today) {
  KIEM_TRY(meet_rachid_and_sven(env, today));
  if (!stopped_) {
    KIEM_TRY_GET(std::string code, invite());
    out << code << '\n' << std::flush;
    wipe(code);
    KIEM_TRY(wait_for_sven(out));
  }
  return loop_.leave();
}

Status run(const Neighbours& neighbours, const cli::Environment& environment, cli::Streams streams, Env env) {
  KIEM_TRY_GET(const int stop, environment.catch_stop());
  KIEM_TRY_GET(EndOfInput window, EndOfInput::of(neighbours.window));
  KIEM_TRY_GET(const Folder folder, Folder::make(neighbours.folder));
  for (const auto& [home, name] :
       {std::pair{folder.rachid(), std::string_view("Rachid B.")}, std::pair{folder.sven(), kSven}}) {
    KIEM_TRY_GET(const auto closed_again, make_laptop(home, name, env));
  }
  KIEM_TRY_GET(const auto anneke, make_laptop(folder.anneke(), "Anneke V.", env));
  const std::int32_t today = environment.day_of(env.clock.wall());
  KIEM_TRY(annekes_day(*anneke, today));

  KIEM_TRY_GET(const auto network, environment.open_network(anneke->replica().keys().transport, env.clock));
  KIEM_TRY_GET(const auto node, Node::create(*anneke, *network, env));
  KIEM_TRY_GET(const Endpoint bound, node->listen(Endpoint{"127.0.0.1", 0}));
  KIEM_TRY_GET(const auto path, control_path(folder.anneke(), environment.xdg_runtime_dir.value_or("")));
  ControlHello hello;
  hello.pid = static_cast<std::uint32_t>(::getpid());
  hello.listens = {to_text(bound)};
  KIEM_TRY_GET(const auto control, ControlServer::listen(path, hello));
  NodeLoop loop(*node, *network, env.clock);
  loop.serve(*control);

  Meeting meeting(neighbours, folder, *anneke, *node, loop, to_text(bound));
  loop.watch(stop, [&] {
    meeting.stop();
    loop.unwatch(stop);
  });
  loop.watch(window.fd(), [&] {
    window.read();
    if (!window.reached()) return;
    meeting.stop();
    loop.unwatch(window.fd());
  });
  return meeting.play(streams.out, env, today);
}

}  // namespace

int play_neighbours(const Neighbours& neighbours, const cli::Environment& environment, cli::Streams streams, Env env) {
  const Status played = run(neighbours, environment, streams, env);
  if (played) return 0;
  streams.err << error_sentence(cli::default_language(environment), played.error()) << '\n' << std::flush;
  return 1;
}

}  // namespace kiem::practice
