#include "gui/model/sharing.hpp"

#include <algorithm>
#include <set>

#include "core/l10n/errors.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/sharing.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/nearby.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/start.hpp"

namespace kiem::model {
namespace {

constexpr std::int64_t kJustNowMs = std::int64_t{5} * 60 * 1000;  // as text::moment_in_sentence has it

bool is_just_now(const Reader& reader, WallTime moment) {
  return moment.ms <= reader.now.ms && moment.ms > reader.now.ms - kJustNowMs;
}

std::string name_of(Lang lang, const Facts& facts, const PersonRef& person) {
  if (facts.status && person.id == facts.status->me.id) return say(lang, text::sync::kYourself);
  return person_name(lang, person);
}

std::string last_meeting(const Reader& reader, const Facts& facts, const InitiativeRow& initiative) {
  if (initiative.meetings.empty()) return say(reader.lang, text::sync::kMetNobody);
  const InitiativeRow::Meeting& last = initiative.meetings.front();
  const std::string when = text::moment_in_sentence(reader.lang, last.when, reader.now, reader.offset_minutes);
  const std::string name = name_of(reader.lang, facts, last.person);
  if (!is_just_now(reader, last.when)) {
    return text::capitalised(
        say(reader.lang, text::sync::kUpdatedWith, reader.lang == Lang::nl ? text::capitalised(when) : when, name));
  }
  std::set<PrincipalId> people;
  for (const InitiativeRow::Meeting& meeting : initiative.meetings) {
    if (is_just_now(reader, meeting.when)) people.insert(meeting.person.id);
  }
  if (people.size() > 1) {
    return say_count(reader.lang, people.size(), text::sync::kJustNowWithMany, text::capitalised(when));
  }
  return say(reader.lang, text::sync::kJustNowWith, text::capitalised(when), name);
}

}  // namespace

SyncCard sync_card(const Reader& reader, const Facts& facts, const UiState& state) {
  SyncCard card;
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  if (initiative == nullptr) {
    card.headline = say(reader.lang, text::sync::kNoInitiative);
    return card;
  }
  card.detail = last_meeting(reader, facts, *initiative);
  if (!facts.plugged_in) {
    card.headline = say(reader.lang, text::sync::kUnplugged);
    card.detail = say(reader.lang, text::sync::kUnpluggedDetail);
    card.tone = Tone::urgent;
  }
  if (initiative->only_here > 0) {
    // What waits is said in either case; without a plug it takes the place of the reassurance.
    std::string waiting = say_count(reader.lang, initiative->only_here, text::sync::kOnlyHere);
    if (facts.plugged_in) {
      card.headline = std::move(waiting);
      card.tone = Tone::attention;
    } else {
      card.detail = std::move(waiting);
    }
  } else if (facts.plugged_in) {
    card.headline = say(reader.lang, text::sync::kAllShared);
    card.tone = Tone::good;
  }
  for (const InitiativeRow::Meeting& meeting : initiative->meetings) {
    card.met.push_back({text::capitalised(name_of(reader.lang, facts, meeting.person)),
                        text::moment_in_sentence(reader.lang, meeting.when, reader.now, reader.offset_minutes),
                        lacks_text(reader.lang, meeting.lacks)});
  }
  return card;
}

SharingModel sharing_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  SharingModel model;
  model.title = say(lang, text::sync::kTitle);
  model.explained = say(lang, text::sync::kExplained);
  model.card = sync_card(reader, facts, state);
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  if (initiative != nullptr && initiative->older) {
    const std::string who = person_name(lang, initiative->older->person);
    model.card.detail += ' ' + error_sentence(lang, {ErrorCode::store_older, Fault::machine, {who}});
    model.card.tone = Tone::attention;
  }
  if (initiative != nullptr) {
    if (initiative->laptops > 1) model.whole = whole_sentence(lang, whole_spread(*initiative));
    model.waiting = waiting_sentence(lang, initiative->waiting);
    for (const InitiativeRow::Meeting& meeting : initiative->meetings) {
      std::string told = clock_sentence(lang, name_of(lang, facts, meeting.person), meeting.clock_ahead_s);
      if (!told.empty()) model.clocks.push_back(std::move(told));
    }
  }
  model.met_caption = say(lang, text::sync::kWhoMet);
  if (model.card.met.empty()) model.nobody = say(lang, text::sync::kNobodyYet);
  if (initiative != nullptr && initiative->practice) {
    model.plug = facts.plugged_in ? Button{say(lang, text::sync::kPullPlug), PullPlug{true}, Weight::secondary}
                                  : Button{say(lang, text::sync::kPlugIn), PullPlug{false}, Weight::primary};
    model.plug_help = say(lang, text::sync::kPlugHelp);
    model.practice_caption = say(lang, text::sync::kPracticeDone);
    model.practice_help = say(lang, text::sync::kPracticeDoneHelp);
    model.start_for_real = Button{say(lang, text::sync::kStartForReal), StartForReal{}, Weight::secondary};
  }
  if (initiative == nullptr || !initiative->practice) {
    model.nearby = Button{say(lang, text::nearby::kTitle), GoTo{Page::nearby}, Weight::secondary};
  }
  if (facts.status && model.nearby) {
    const Routes& routes = facts.status->routes;
    model.routes_caption = say(lang, text::sync::kRoutes);
    model.routes_help = routes_sentence(lang, routes);
    model.routes = {{"IPv4", UseRoutes{!routes.ipv4, {}, {}}, Weight::secondary, true, routes.ipv4},
                    {"IPv6", UseRoutes{{}, !routes.ipv6, {}}, Weight::secondary, true, routes.ipv6},
                    {"DNS-SD", UseRoutes{{}, {}, !routes.dns_sd}, Weight::secondary, true, routes.dns_sd}};
  }
  for (const std::string& address : facts.listens) {
    model.found_at.push_back(say(lang, text::sync::kFoundAt, address));
  }
  model.by_hand_caption = say(lang, text::sync::kByHand);
  model.by_hand_help = say(lang, text::sync::kByHandHelp);
  model.address_label = say(lang, text::sync::kAddress);
  model.address = typed(state, Field::address);
  const bool meeting = state.busy == Busy::meeting;
  model.meet = Button{say(lang, meeting ? text::sync::kMeeting : text::sync::kMeet), Meet{}, Weight::secondary,
                      state.busy == Busy::no && facts.plugged_in};
  return model;
}

InviteModel invite_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  InviteModel model;
  model.title = say(lang, text::invite::kTitle);
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  model.help = say(lang, text::invite::kHelp, initiative == nullptr ? std::string() : initiative->name);
  model.role_caption = say(lang, text::invite::kRole);
  for (const kiem::Role role : {kiem::Role::volunteer, kiem::Role::coordinator, kiem::Role::partner}) {
    model.roles.push_back({text::capitalised(role_text(lang, role)), ChooseRole{role}, Weight::secondary, true,
                           state.invited_as == role});
  }
  if (state.invited_as == kiem::Role::coordinator) model.role_help = say(lang, text::invite::kCoordinatorLater);
  const bool busy = state.busy == Busy::inviting;
  const bool made = facts.invitation.has_value();
  model.make = Button{say(lang, busy   ? text::invite::kMaking
                                : made ? text::invite::kAnother
                                       : text::invite::kMake),
                      Invite{}, made ? Weight::secondary : Weight::primary, state.busy == Busy::no};
  if (initiative == nullptr || !initiative->practice) {
    model.beside = Button{say(lang, text::invite::kBeside), GoTo{Page::pairing}, Weight::secondary};
  }
  if (!made) return model;
  model.code_caption = say(lang, text::invite::kCode);
  model.code = facts.invitation->code;
  model.picture = qr_code_of(model.code);
  model.picture_label = say(lang, text::invite::kPicture);
  model.code_help = {say(lang, text::invite::kMadeHelp, role_text(lang, facts.invitation->role)),
                     say(lang, facts.invitation->listening ? text::invite::kListening : text::invite::kNotListening)};
  model.copy = Button{say(lang, text::invite::kCopy), CopyCode{}};
  return model;
}

}  // namespace kiem::model
