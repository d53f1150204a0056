#include "gui/model/nearby.hpp"

#include "core/l10n/names.hpp"
#include "gui/text/dates.hpp"
#include "gui/text/nearby.hpp"
#include "gui/text/shell.hpp"
#include "gui/text/start.hpp"
#include "sync/control/silence.hpp"

namespace kiem::model {
namespace {

NearbyModel::Row neighbour_row(Lang lang, const Surroundings::Neighbour& from) {
  NearbyModel::Row row;
  row.name = from.person ? person_name(lang, *from.person) : say(lang, text::nearby::kNotKnownYet);
  for (const std::string& initiative : from.initiatives) {
    row.detail += initiative;
    row.detail += ", ";
  }
  row.detail += say(lang, from.linked            ? text::nearby::kLinked
                          : from.address.empty() ? text::nearby::kLetsNobodyIn
                                                 : text::nearby::kNotLinked);
  row.detail = text::capitalised(std::move(row.detail));
  return row;
}

std::vector<std::string> steps_of(Lang lang, Silence silence) {
  const auto both = [&](const Text<0>& why, const Text<0>& next) {
    return std::vector<std::string>{say(lang, why), say(lang, next)};
  };
  std::vector<std::string> steps;
  switch (silence) {
    case Silence::off:
      steps = both(text::nearby::kOff, text::nearby::kOtherApp);
      break;
    case Silence::no_network:
      return both(text::nearby::kNoNetwork, text::nearby::kHotspot);
    case Silence::deaf:
      steps = {say(lang, text::nearby::kDeaf)};
      break;
    case Silence::others:
      return both(text::nearby::kOthers, text::nearby::kTakeThemIn);
    case Silence::nobody:
      steps = both(text::nearby::kApart, text::nearby::kHotspot);
      break;
  }
  steps.push_back(say(lang, text::nearby::kByAddress));
  return steps;
}

std::string initiative_name_of(const InitiativeRow* initiative) {
  return initiative == nullptr ? std::string() : initiative->name;
}

void ask_host(Lang lang, const Facts& facts, const UiState& state, PairingModel& model) {
  model.title = say(lang, text::nearby::kLetIn);
  model.help = {say(lang, text::pairing::kBeginHelp, initiative_name_of(initiative_of(facts, state.initiative))),
                say(lang, text::pairing::kSameNetwork)};
  model.role_caption = say(lang, text::invite::kRole);
  for (const kiem::Role role : {kiem::Role::volunteer, kiem::Role::coordinator, kiem::Role::partner}) {
    model.roles.push_back({text::capitalised(role_text(lang, role)), ChooseRole{role}, Weight::secondary, true,
                           state.invited_as == role});
  }
  if (state.invited_as == kiem::Role::coordinator) model.help.push_back(say(lang, text::invite::kCoordinatorLater));
  model.buttons = {{say(lang, text::pairing::kShowCode), LetIn{}}};
  model.stop = {say(lang, text::shell::kBack), GoBack{}, Weight::secondary};
}

}  // namespace

NearbyModel nearby_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  NearbyModel model;
  model.title = say(lang, text::nearby::kTitle);
  model.look = {say(lang, text::nearby::kLookAgain), LookWho{}, Weight::secondary, !state.looking};
  if (state.looking) {
    model.subtitle = say(lang, text::nearby::kLooking);
  } else if (facts.around && !facts.around->neighbours.empty()) {
    model.subtitle = say_count(lang, facts.around->neighbours.size(), text::nearby::kFound);
  }
  // What was seen before stays in sight while looking again.
  if (facts.around) {
    for (const Surroundings::Neighbour& each : facts.around->neighbours)
      model.rows.push_back(neighbour_row(lang, each));
    if (model.rows.empty() && !state.looking) {
      model.nobody = say(lang, text::nearby::kNobody);
      model.steps = steps_of(lang, silence_of(*facts.around));
    }
  }
  model.beside_caption = say(lang, text::nearby::kBesideCaption);
  const InitiativeRow* const initiative = initiative_of(facts, state.initiative);
  if (initiative != nullptr && initiative->my_role == kiem::Role::coordinator) {
    model.let_in = Button{say(lang, text::nearby::kLetIn), GoTo{Page::pairing}};
    model.let_in_help = say(lang, text::nearby::kLetInHelp, initiative->name);
  } else {
    model.let_in_help = say(lang, text::nearby::kAskCoordinator);
  }
  // A practice store meets practice laptops alone.
  if (initiative == nullptr || !initiative->practice) {
    model.join = Button{say(lang, text::nearby::kJoin), GoTo{Page::join}, Weight::secondary};
  }
  return model;
}

PairingModel pairing_model(const Reader& reader, const Facts& facts, const UiState& state) {
  const Lang lang = reader.lang;
  PairingModel model;
  if (!state.beside) {
    ask_host(lang, facts, state, model);
    return model;
  }
  const Beside& beside = *state.beside;
  model.stop = {say(lang, text::pairing::kStop), LeavePairing{}, Weight::secondary};
  switch (beside.step) {
    case Beside::Step::later:
    case Beside::Step::looking:
      if (beside.side == Beside::Side::host) {
        model.title = say(lang, text::nearby::kLetIn);
        model.help = {say(lang, text::pairing::kMakingCode)};
      } else {
        model.title = say(lang, text::pairing::kFindTitle);
        model.help = {say(lang, text::pairing::kFindHelp, beside.code)};
      }
      break;
    case Beside::Step::waiting:
      model.title = say(lang, text::pairing::kCodeTitle);
      model.help = {say(lang, text::pairing::kCodeHelp), say(lang, text::pairing::kCodeWaits)};
      model.code = beside.code;
      break;
    case Beside::Step::comparing:
      model.title = say(lang, text::pairing::kWordsTitle);
      model.help = {say(lang, text::pairing::kWordsHelp)};
      model.buttons = {{say(lang, text::pairing::kSame), CompareWords{true}},
                       {say(lang, text::pairing::kDifferent), CompareWords{false}, Weight::secondary}};
      break;
    case Beside::Step::answered:
      model.title = say(lang, text::pairing::kAnsweredTitle);
      model.help = {say(lang, text::pairing::kAnsweredHelp)};
      break;
  }
  for (const std::string& word : beside.words) {
    model.words.push_back(say(lang, text::pairing::kNumbered, std::to_string(model.words.size() + 1), word));
  }
  return model;
}

}  // namespace kiem::model
