#include "sync/cli/pair_command.hpp"

#include <istream>
#include <ostream>

#include "core/base/check.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/meeting_output.hpp"
#include "sync/cli/page.hpp"
#include "sync/node/node_loop.hpp"

namespace kiem::cli {
namespace {

constexpr Text<1> kShowCode{"Typ op de andere laptop: kiem join {0}", "Type on the other laptop: kiem join {0}"};
constexpr Text<0> kWaiting{"Deze laptop wacht tien minuten op die andere.",
                           "This laptop waits for that other one for ten minutes."};
constexpr Text<0> kCompare{"Staan deze vier woorden op beide schermen?", "Do both screens show these four words?"};
constexpr Text<0> kQuestion{"ja of nee: ", "yes or no: "};
constexpr Text<0> kWaitForOther{"Nu moet de ander nog antwoorden.", "Now the other person has to answer."};
constexpr Text<1> kIsIn{"De ander hoort nu bij {0}.", "The other now belongs to {0}."};

// A node of this command alone.
class OwnNode {
 public:
  static Result<std::unique_ptr<OwnNode>> start(const Call& call) {
    std::unique_ptr<OwnNode> made(new OwnNode);
    KIEM_TRY_GET(made->community_, open_community(call));
    KIEM_TRY_GET(made->network_,
                 call.environment.open_network(made->community_->replica().keys().transport, call.env.clock));
    if (call.environment.open_datagrams) {
      KIEM_TRY_GET(made->datagrams_, call.environment.open_datagrams());
    }
    NodeOptions options;
    options.calls = false;
    KIEM_TRY_GET(made->node_, Node::create(*made->community_, *made->network_, call.env, options));
    made->loop_ = std::make_unique<NodeLoop>(*made->node_, *made->network_, call.env.clock);
    if (made->datagrams_ != nullptr) {
      KIEM_TRY(made->node_->look_around(*made->datagrams_));
      made->loop_->watch(*made->datagrams_);
    }
    return made;
  }
  Result<NodeAnswer> ask(const NodeRequest& request) {
    std::optional<Result<NodeAnswer>> answer;
    node_->ask(request, [&](Result<NodeAnswer> given) { answer = std::move(given); });
    KIEM_TRY(loop_->run_until([&] { return answer.has_value(); }));
    return *std::move(answer);
  }
  Status leave() { return loop_->leave(); }

 private:
  OwnNode() = default;
  std::unique_ptr<Community> community_;
  std::unique_ptr<Network> network_;
  std::unique_ptr<Datagrams> datagrams_;
  std::unique_ptr<Node> node_;
  std::unique_ptr<NodeLoop> loop_;
};

// Several questions to one node, whoever's it is.
class Partner {
 public:
  explicit Partner(const Call& call) : call_(call) {}
  template <class Wanted>
  Result<Wanted> ask(const NodeRequest& request) {
    KIEM_TRY_GET(NodeAnswer answer, ask_any(request));
    KIEM_CHECK(std::holds_alternative<Wanted>(answer));
    return std::get<Wanted>(std::move(answer));
  }
  Status leave() { return own_ == nullptr ? Status{} : own_->leave(); }

 private:
  Result<NodeAnswer> ask_any(const NodeRequest& request) {
    if (own_ == nullptr) {
      KIEM_TRY_GET(std::optional<ControlClient> holder, find_holder(call_));
      if (holder) return holder->ask(request);
      KIEM_TRY_GET(own_, OwnNode::start(call_));
    }
    return own_->ask(request);
  }
  const Call& call_;
  std::unique_ptr<OwnNode> own_;
};

// Only a plain yes is one; the end of the input is a no.
bool people_agree(const Call& call, const PairingShown& shown) {
  constexpr int kTries = 3;
  const Lang lang = call.options.lang;
  Page page(call.streams.err);
  page.paragraph(say(lang, kCompare));
  std::string words;
  for (const std::string& each : shown.words) words += (words.empty() ? "" : "  ") + each;
  page.paragraph(words, 2);
  for (int tried = 0; tried < kTries; ++tried) {
    call.streams.err << say(lang, kQuestion) << std::flush;
    std::string line;
    if (!std::getline(call.streams.in, line)) return false;
    if (line == "ja" || line == "j" || line == "yes" || line == "y") return true;
    if (line == "nee" || line == "n" || line == "no") return false;
  }
  return false;
}

template <class Wanted>
Result<Wanted> compare(const Call& call, Partner& partner, const PairingShown& shown) {
  const bool same = people_agree(call, shown);
  if (same) Page(call.streams.err).paragraph(say(call.options.lang, kWaitForOther));
  return partner.ask<Wanted>(AnswerPairing{same});
}

}  // namespace

Result<ExitCode> pair(const Call& call, const InviteNearby& command) {
  Partner partner(call);
  KIEM_TRY_GET(const auto opened, partner.ask<PairingOpened>(OpenPairing{command.initiative, command.role}));
  Page page(call.streams.err);
  page.line(say(call.options.lang, kShowCode, opened.code));
  page.line(say(call.options.lang, kWaiting));
  call.streams.err << std::flush;
  KIEM_TRY_GET(const auto shown, partner.ask<PairingShown>(AwaitPairing{}));
  KIEM_TRY_GET(const auto given, compare<PairingGiven>(call, partner, shown));
  if (call.options.json) {
    call.streams.out << to_json_line(JsonObject{{"initiative", given.initiative}});
  } else {
    Page(call.streams.out).paragraph(say(call.options.lang, kIsIn, given.initiative));
  }
  KIEM_TRY(partner.leave());
  return ExitCode::done;
}

Result<ExitCode> pair(const Call& call, const JoinNearby& command) {
  Partner partner(call);
  KIEM_TRY_GET(const auto shown, partner.ask<PairingShown>(PairWith{command.code}));
  KIEM_TRY_GET(const auto joined, compare<InitiativeJoined>(call, partner, shown));
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(joined));
  } else {
    Page page(call.streams.out);
    print_meeting(page, call.options.lang, joined);
  }
  KIEM_TRY(partner.leave());
  return ExitCode::done;
}

}  // namespace kiem::cli
