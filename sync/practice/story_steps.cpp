#include "sync/practice/story_steps.hpp"

#include <algorithm>

#include "core/l10n/claims.hpp"
#include "core/l10n/dates.hpp"
#include "core/l10n/names.hpp"
#include "sync/practice/neighbours.hpp"
#include "sync/practice/story_texts.hpp"

namespace kiem::practice {
namespace {

constexpr const char* kPoster = "Poster ophangen";

Naming named(const char* title) { return {title}; }

// "Anneke" of "Anneke V.", as people speak of each other, also at the end of a sentence.
std::string first_name(Lang lang, const PersonRef& person) {
  const std::string name = person_name(lang, person);
  return name.substr(0, name.find(' '));
}

std::optional<TaskDetail> knows_task(Stage& stage, const char* title) {
  return stage.knows<TaskDetail>(ShowTask{{}, named(title)});
}

std::optional<InitiativeRow> knows_initiative(Stage& stage) {
  auto status = stage.knows<StatusAnswer>(ShowStatus{});
  if (!status || !stage.holds(status->initiatives.size() == 1)) return std::nullopt;
  return std::move(status->initiatives.front());
}

std::string day_of(const Stage& stage, std::int32_t date) {
  if (date == stage.today()) return std::string(text::kToday.in(stage.lang()));
  if (date == stage.today() + 1) return std::string(text::kTomorrow.in(stage.lang()));
  return format_date(stage.lang(), date);
}

bool is_mine(const TaskDetail& task, ClaimState state) { return task.card.mine && task.card.mine->state == state; }

bool tells_confirmation(Stage& stage, const char* title) {
  const auto task = knows_task(stage, title);
  if (!task || !stage.holds(is_mine(*task, ClaimState::confirmed) && task->assigner)) return false;
  stage.tell(say(stage.lang(), text::kSeenBy, first_name(stage.lang(), *task->assigner)));
  return true;
}

// The sides of the one conflict that a task has, in the order of what they wrote; nothing when there is another number.
std::vector<ConflictRow::Side> two_times(const TaskDetail& task) {
  if (task.conflicts.size() != 1 || task.conflicts[0].field != "time" || task.conflicts[0].sides.size() != 2) return {};
  auto sides = task.conflicts[0].sides;
  std::sort(sides.begin(), sides.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  return sides;
}

}  // namespace

bool play_joining(Stage& stage, const std::string& code) {
  stage.tell(text::kFirstLaptop);
  if (!stage.types({"init", "--name", "Noor", "--practice"})) return false;
  stage.tell(text::kInvited);
  return stage.types({"join", code}) && stage.pauses();
}

bool play_today(Stage& stage) {
  stage.title(text::kTodayTitle);
  if (!stage.types({"task", "list"})) return false;
  const auto status = stage.knows<StatusAnswer>(ShowStatus{});
  const auto hedge = knows_task(stage, kHedge);
  if (!status || !hedge || !stage.holds(hedge->card.free == 1U && hedge->card.date && !hedge->card.mine)) return false;
  stage.tell(
      say(stage.lang(), text::kGreeting, status->me.name, day_of(stage, *hedge->card.date), hedge->card.place_title));
  return stage.pauses();
}

bool play_claim(Stage& stage) {
  stage.title(text::kJoinTitle);
  if (!stage.types({"claim", kHedge})) return false;
  const auto hedge = knows_task(stage, kHedge);
  if (!hedge || !stage.holds(is_mine(*hedge, ClaimState::provisional))) return false;
  stage.tell(text::kProvisional);
  if (!stage.types({"place", "show", hedge->card.place_title})) return false;
  stage.tell(text::kAddressHidden);
  return stage.pauses();
}

bool play_confirmation(Stage& stage, const Others& others) {
  stage.title(text::kSeenTitle);
  stage.tell(text::kExchange);
  if (!stage.types({"sync", others.address}) || !tells_confirmation(stage, kHedge)) return false;
  stage.add(text::kAddressAbsent.in(stage.lang()));
  return stage.pauses();
}

bool play_return(Stage& stage, const Others& others) {
  const Lang lang = stage.lang();
  stage.title(text::kBackTitle);
  const auto word = stage.hears(others.neighbours);
  if (!word || !stage.holds(word->starts_with(kIsBack))) return false;
  const PersonRef back{{}, word->substr(kIsBack.size())};
  stage.tell(say(lang, text::kCameBack, first_name(lang, back)));
  if (!stage.types({"sync", others.address}) || !stage.types({"task", "show", kHedge})) return false;

  const auto hedge = knows_task(stage, kHedge);
  if (!hedge) return false;
  std::vector<std::string> confirmed;
  const ClaimRow* waiting = nullptr;
  for (const ClaimRow& claim : hedge->claims) {
    if (claim.state == ClaimState::confirmed) confirmed.push_back(first_name(lang, claim.person));
    if (claim.state == ClaimState::waiting && claim.person.name == back.name) waiting = &claim;
  }
  if (!stage.holds(waiting != nullptr && is_mine(*hedge, ClaimState::confirmed))) return false;
  stage.tell(say(lang, text::kAlsoSignedUp, first_name(lang, back)));
  stage.add(claim_sentence(lang, hedge->card.title, *waiting));
  stage.add(reason_text(lang, waiting->reason));
  stage.add(say(lang, text::kNobodyVanishes, listed(lang, confirmed)));
  return stage.pauses();
}

bool play_conflict(Stage& stage) {
  const Lang lang = stage.lang();
  stage.title(text::kTimesTitle);
  const auto before = knows_task(stage, kRainBarrel);
  if (!before) return false;
  const auto sides = two_times(*before);
  if (!stage.holds(sides.size() == 2)) return false;
  stage.tell(text::kTimesApart);
  if (!stage.types({"task", "show", kRainBarrel})) return false;
  const auto time = [&](const ConflictRow::Side& side) { return value_text(lang, "time", side.value); };
  stage.tell(say(lang, text::kChooseOrAsk, first_name(lang, sides[0].person), time(sides[0]),
                 first_name(lang, sides[1].person), time(sides[1])));
  // The one that is not shown, so that choosing is seen to do something.
  const ConflictRow::Side& chosen = sides[0].shown ? sides[1] : sides[0];
  stage.add(say(lang, text::kChooses, time(chosen)));
  if (!stage.types({"task", "edit", kRainBarrel, "--time", time(chosen)})) return false;

  const auto after = knows_task(stage, kRainBarrel);
  if (!after || !stage.holds(!after->card.in_conflict && after->card.start == from_iso_time(chosen.value)))
    return false;
  stage.tell(say(lang, text::kOneTime, format_time(lang, *after->card.start)));
  return stage.types({"log", kRainBarrel}) && stage.pauses();
}

bool play_without_network(Stage& stage, const Others& others) {
  stage.title(text::kPlugTitle);
  stage.tell(text::kNoNetwork);
  if (!stage.types({"claim", kPoster}) || !stage.types({"status"})) return false;
  const auto apart = knows_initiative(stage);
  const auto claimed = knows_task(stage, kPoster);
  if (!apart || !claimed) return false;
  if (!stage.holds(apart->only_here > 0 && is_mine(*claimed, ClaimState::provisional))) return false;
  stage.tell(say_count(stage.lang(), apart->only_here, text::kNotShared));
  if (!stage.pauses()) return false;

  stage.tell(text::kPluggedIn);
  if (!stage.types({"sync", others.address}) || !tells_confirmation(stage, kPoster)) return false;
  const auto together = knows_initiative(stage);
  if (!together || !stage.holds(together->only_here == 0)) return false;
  stage.add(text::kAllShared.in(stage.lang()));
  return stage.pauses();
}

}  // namespace kiem::practice
