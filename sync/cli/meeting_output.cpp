#include "sync/cli/meeting_output.hpp"

#include <ostream>

#include "core/crypto/secret.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"
#include "sync/cli/qr_output.hpp"

namespace kiem::cli {
namespace {

constexpr Text<2> kLetsIn{"Deze code laat één nieuwkomer binnen bij {0}, als {1}.",
                          "This code lets one newcomer into {0}, as {1}."};
constexpr Text<0> kCoordinatorLater{
    "Wie coördinator moet worden begint als vrijwilliger; de coördinatoren tekenen daarna samen.",
    "Whoever is to be a coordinator begins as a volunteer; the coordinators sign together after that."};
constexpr Text<0> kHowToJoin{"De ander typt: kiem join CODE. Geef de code alleen aan wie je kent.",
                             "The other types: kiem join CODE. Give the code only to somebody you know."};
constexpr Text<0> kNoRoom{"Maak het venster groter en je ziet hier ook een QR-code.",
                          "Make the window larger to see a QR code here as well."};
constexpr Text<0> kStartNodeToMeet{"Laat deze laptop daarvoor aan staan met: kiem node",
                                   "For that, keep this laptop running with: kiem node"};

constexpr Text<1> kJoined{"Welkom bij {0}.", "Welcome to {0}."};
constexpr Text<0> kProbation{"Een coördinator bevestigt je nog. Aanmelden voor taken kan nu al.",
                             "A coordinator will confirm you. You can sign up for tasks already."};
constexpr Counted<1> kOpenTasks{
    {"Er staat {0} taak open. Bekijk haar met: kiem task list", "There is {0} open task. See it with: kiem task list"},
    {"Er staan {0} taken open. Bekijk ze met: kiem task list",
     "There are {0} open tasks. See them with: kiem task list"}};

constexpr Text<1> kLevel{"Met {0} is alles uitgewisseld.", "With {0} everything was exchanged."};
constexpr Counted<1> kReceived{{"{0} wijziging gehaald", "{0} change received"},
                               {"{0} wijzigingen gehaald", "{0} changes received"}};
constexpr Counted<1> kSent{{"{0} wijziging gebracht", "{0} change sent"},
                           {"{0} wijzigingen gebracht", "{0} changes sent"}};
constexpr Text<0> kNothingNewToShare{"Er was niets nieuws.", "There was nothing new."};
constexpr Text<2> kBoth{"{0}, {1}.", "{0}, {1}."};

Json initiative_json(const SpaceId& id, const std::string& name) {
  return JsonObject{{"id", to_text(id)}, {"name", name}};
}

}  // namespace

void print_meeting(Page& page, Lang lang, const InvitationMade& made) {
  page.line(made.code);
  page.paragraph(say(lang, kLetsIn, made.initiative_name, role_text(lang, made.role)));
}

void print_picture(std::ostream& out, Page& remarks, Lang lang, const InvitationMade& made,
                   const TerminalSize& terminal) {
  auto picture = qr_code_of(made.code);
  if (!picture) return;
  if (fits(*picture, terminal)) {
    std::string lines = qr_lines(*picture);
    // Whole and in one go, behind a flush: what goes to stderr must not come between.
    out << '\n' << lines << std::flush;
    wipe(lines);
  } else {
    remarks.paragraph(say(lang, kNoRoom));
  }
  wipe_picture(*picture);
}

void print_how_to_use(Page& remarks, Lang lang, const InvitationMade& made) {
  if (made.role == Role::coordinator) remarks.paragraph(say(lang, kCoordinatorLater));
  remarks.paragraph(say(lang, kHowToJoin));
  if (!made.listening) remarks.paragraph(say(lang, kStartNodeToMeet));
}

void print_meeting(Page& page, Lang lang, const InitiativeJoined& joined) {
  page.paragraph(say(lang, kJoined, joined.name));
  if (joined.on_probation) page.paragraph(say(lang, kProbation));
  page.paragraph(say_count(lang, joined.open_tasks, kOpenTasks));
}

void print_meeting(Page& page, Lang lang, const Synced& synced) {
  page.paragraph(say(lang, kLevel, person_name(lang, synced.person)));
  if (synced.received == 0 && synced.sent == 0) {
    page.line(say(lang, kNothingNewToShare));
    return;
  }
  page.paragraph(say(lang, kBoth, say_count(lang, synced.received, kReceived), say_count(lang, synced.sent, kSent)));
}

Json json_of(const InvitationMade& made) {
  JsonArray addresses;
  for (const std::string& address : made.addresses) addresses.push_back(address);
  return JsonObject{{"code", made.code},
                    {"initiative", initiative_json(made.initiative, made.initiative_name)},
                    {"role", code_of(made.role)},
                    {"addresses", std::move(addresses)},
                    {"listening", made.listening}};
}

Json json_of(const InitiativeJoined& joined) {
  return JsonObject{{"initiative", initiative_json(joined.initiative, joined.name)},
                    {"role", code_of(joined.role)},
                    {"on_probation", joined.on_probation},
                    {"open_tasks", joined.open_tasks}};
}

Json json_of(const Synced& synced) {
  return JsonObject{{"device", to_text(synced.device)},
                    {"person", json_of(synced.person)},
                    {"received", synced.received},
                    {"sent", synced.sent}};
}

}  // namespace kiem::cli
