#include "core/l10n/claims.hpp"

#include "core/base/check.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

namespace task {
constexpr Text<0> kOpen{"open", "open"};
constexpr Text<0> kDone{"klaar", "done"};
constexpr Text<0> kCancelled{"afgelast", "called off"};
constexpr Text<0> kEverybody{"iedereen welkom", "everyone welcome"};
constexpr Text<0> kFull{"vol", "full"};
constexpr Text<2> kOverbooked{"overboekt {0}/{1}", "overbooked {0}/{1}"};
constexpr Counted<1> kFree{{"nog {0} plek", "{0} seat left"}, {"nog {0} plekken", "{0} seats left"}};
}  // namespace task

namespace state {
constexpr Text<0> kCancelled{"afgelast", "called off"};
constexpr Text<0> kWithdrawn{"afgemeld", "signed off"};
constexpr Text<0> kConfirmed{"bevestigd", "confirmed"};
constexpr Text<0> kLate{"te laat", "too late"};
constexpr Text<0> kUnplaced{"nog niet te plaatsen", "cannot be placed yet"};
constexpr Text<0> kWaiting{"wachtlijst", "waiting list"};
constexpr Text<1> kWaitingAt{"wachtlijst {0}", "waiting list {0}"};
constexpr Text<0> kSeen{"gezien", "seen"};
constexpr Text<0> kProvisional{"voorlopig", "provisional"};
constexpr Counted<2> kPart{{"bevestigd {1}, {0} wacht", "confirmed {1}, {0} waiting"},
                           {"bevestigd {1}, {0} wachten", "confirmed {1}, {0} waiting"}};
}  // namespace state

namespace reason {
constexpr Text<0> kSeatFree{"Er is een plek vrij. Het antwoord komt nog.", "A seat is free. The answer is on its way."};
constexpr Text<0> kByAssigner{"Bevestigd door wie de plekken verdeelt.", "Confirmed by whoever assigns the seats."};
constexpr Text<0> kOverbooked{"Bevestigd, maar er zijn meer mensen dan plekken. Iemand kijkt daarnaar.",
                              "Confirmed, but there are more people than seats. Somebody will look at it."};
constexpr Text<0> kAllConfirmed{"Alle plekken zijn al aan anderen bevestigd.",
                                "All seats are confirmed to others already."};
constexpr Text<0> kTheSeat{"De plek is al aan een ander bevestigd.", "The seat is confirmed to somebody else already."};
constexpr Text<1> kAllSeats{"Alle {0} plekken zijn al aan anderen bevestigd.",
                            "All {0} seats are confirmed to others already."};
constexpr Text<0> kOthersFirst{"Anderen gaan voor.", "Others go first."};
constexpr Text<0> kOneSeatTaken{"Er is één plek en een ander gaat voor. Dat kan nog veranderen.",
                                "There is one seat and somebody else goes first. That may still change."};
constexpr Text<1> kSeatsTaken{"Er zijn {0} plekken en anderen gaan voor. Dat kan nog veranderen.",
                              "There are {0} seats and others go first. That may still change."};
constexpr Text<0> kGroupTooLarge{"De groep is groter dan wat er nog vrij is.",
                                 "The group is larger than what is still free."};
constexpr Text<1> kGroupLeft{"De groep is groter dan wat er van de {0} plekken nog vrij is.",
                             "The group is larger than what is still free of the {0} seats."};
constexpr Text<0> kBehindGroup{"Een groep die voorgaat past niet. Daarover wordt eerst beslist.",
                               "A group in front does not fit. That is decided first."};
constexpr Text<0> kMissing{"Deze aanmelding noemt een andere die hier nog niet is.",
                           "This claim names another one that is not here yet."};
constexpr Text<0> kCancelled{"De taak gaat niet door.", "The task does not take place."};
constexpr Text<0> kWithdrawn{"Deze persoon heeft zich afgemeld.", "This person signed off."};
constexpr Text<0> kAfterClosing{"Deze aanmelding kwam binnen toen de plekken al verdeeld waren.",
                                "This claim came in when the seats had been assigned already."};
constexpr Text<0> kSetAside{"Wie dit opschreef hoort niet meer bij het initiatief. De aanmelding telt niet mee.",
                            "Whoever wrote this no longer belongs to the initiative. The claim does not count."};
constexpr Text<0> kNoEffect{"Wie dit opschreef mocht dat niet. De aanmelding telt niet mee.",
                            "Whoever wrote this had no right to. The claim does not count."};
constexpr Text<0> kConfirmAgain{"Was bevestigd door iemand die weg is. Een coördinator beslist opnieuw.",
                                "Was confirmed by somebody who left. A coordinator decides again."};
constexpr Text<0> kOffered{"Er is een andere datum aangeboden. Zeg ja of nee.",
                           "Another date is offered. Say yes or no."};
}  // namespace reason

namespace mine {
constexpr Text<1> kCancelled{"{0} gaat niet door. Je aanmelding blijft bewaard.",
                             "{0} does not take place. Your claim is kept."};
constexpr Text<1> kWithdrawn{"Je bent afgemeld voor {0}.", "You signed off from {0}."};
constexpr Text<1> kConfirmed{"Je doet mee met {0}. Je plek is bevestigd.",
                             "You are in for {0}. Your seat is confirmed."};
constexpr Text<2> kConfirmedGroup{"Jullie doen mee met {0}, met {1} mensen. Jullie plekken zijn bevestigd.",
                                  "You are in for {0}, with {1} people. Your seats are confirmed."};
constexpr Text<2> kConfirmedPart{"Jullie doen mee met {0}: {1}.", "You are in for {0}: {1}."};
constexpr Text<1> kLate{"Je aanmelding voor {0} kwam te laat binnen.", "Your claim for {0} came in too late."};
constexpr Text<1> kUnplaced{"Je aanmelding voor {0} is nog niet te plaatsen.",
                            "Your claim for {0} cannot be placed yet."};
constexpr Text<2> kWaiting{"Je staat op de wachtlijst van {0}, als nummer {1}.",
                           "You are on the waiting list of {0}, as number {1}."};
constexpr Text<1> kSeen{"Je aanmelding voor {0} is gezien. Je hoort nog of je een plek hebt.",
                        "Your claim for {0} was seen. You will hear whether you have a seat."};
constexpr Text<1> kProvisional{"Je bent voorlopig aangemeld voor {0}.", "You are signed up for {0}, provisionally."};
}  // namespace mine

namespace other {
constexpr Text<2> kCancelled{"{0} gaat niet door. De aanmelding van {1} blijft bewaard.",
                             "{0} does not take place. The claim of {1} is kept."};
constexpr Text<2> kWithdrawn{"{1} is afgemeld voor {0}.", "{1} is signed off from {0}."};
constexpr Text<2> kConfirmed{"{1} doet mee met {0}. De plek is bevestigd.",
                             "{1} is in for {0}. The seat is confirmed."};
constexpr Text<3> kConfirmedPart{"{1} doet mee met {0}: {2}.", "{1} is in for {0}: {2}."};
constexpr Text<2> kLate{"De aanmelding van {1} voor {0} kwam te laat binnen.",
                        "The claim of {1} for {0} came in too late."};
constexpr Text<2> kUnplaced{"De aanmelding van {1} voor {0} is nog niet te plaatsen.",
                            "The claim of {1} for {0} cannot be placed yet."};
constexpr Text<3> kWaiting{"{1} staat op de wachtlijst van {0}, als nummer {2}.",
                           "{1} is on the waiting list of {0}, as number {2}."};
constexpr Text<2> kSeen{"De aanmelding van {1} voor {0} is gezien. Het antwoord komt nog.",
                        "The claim of {1} for {0} was seen. The answer is on its way."};
constexpr Text<2> kProvisional{"{1} is voorlopig aangemeld voor {0}.", "{1} is signed up for {0}, provisionally."};
}  // namespace other

// Whether only some of a group are placed. A confirmed claim that does not say how many is placed whole.
bool in_part(const ClaimRow& claim) {
  return claim.state == ClaimState::confirmed && claim.confirmed > 0 && claim.confirmed < claim.count;
}

std::string my_sentence(Lang lang, std::string_view title, const ClaimRow& claim) {
  switch (claim.state) {
    case ClaimState::cancelled:
      return say(lang, mine::kCancelled, title);
    case ClaimState::withdrawn:
      return say(lang, mine::kWithdrawn, title);
    case ClaimState::confirmed:
      if (in_part(claim)) return say(lang, mine::kConfirmedPart, title, claim_state_text(lang, claim));
      return claim.count > 1 ? say(lang, mine::kConfirmedGroup, title, format_number(lang, claim.count))
                             : say(lang, mine::kConfirmed, title);
    case ClaimState::late:
      return say(lang, mine::kLate, title);
    case ClaimState::unplaced:
      return say(lang, mine::kUnplaced, title);
    case ClaimState::waiting:
      return say(lang, mine::kWaiting, title, format_number(lang, claim.position));
    case ClaimState::seen:
      return say(lang, mine::kSeen, title);
    case ClaimState::provisional:
      return say(lang, mine::kProvisional, title);
  }
  KIEM_UNREACHABLE("a claim state without a sentence");
}

std::string their_sentence(Lang lang, std::string_view title, const ClaimRow& claim) {
  const std::string who = person_name(lang, claim.person);
  switch (claim.state) {
    case ClaimState::cancelled:
      return say(lang, other::kCancelled, title, who);
    case ClaimState::withdrawn:
      return say(lang, other::kWithdrawn, title, who);
    case ClaimState::confirmed:
      if (in_part(claim)) return say(lang, other::kConfirmedPart, title, who, claim_state_text(lang, claim));
      return say(lang, other::kConfirmed, title, who);
    case ClaimState::late:
      return say(lang, other::kLate, title, who);
    case ClaimState::unplaced:
      return say(lang, other::kUnplaced, title, who);
    case ClaimState::waiting:
      return say(lang, other::kWaiting, title, who, format_number(lang, claim.position));
    case ClaimState::seen:
      return say(lang, other::kSeen, title, who);
    case ClaimState::provisional:
      return say(lang, other::kProvisional, title, who);
  }
  KIEM_UNREACHABLE("a claim state without a sentence");
}

}  // namespace

std::string task_state_text(Lang lang, TaskState state) {
  switch (state) {
    case TaskState::open:
      return say(lang, task::kOpen);
    case TaskState::done:
      return say(lang, task::kDone);
    case TaskState::cancelled:
      return say(lang, task::kCancelled);
  }
  KIEM_UNREACHABLE("a task state without words");
}

std::string seats_text(Lang lang, const TaskCard& task) {
  if (task.state != TaskState::open) return task_state_text(lang, task.state);
  if (!task.seats) return say(lang, task::kEverybody);
  if (task.overbooked) {
    return say(lang, task::kOverbooked, format_number(lang, task.confirmed), format_number(lang, *task.seats));
  }
  const std::uint32_t free = task.free.value_or(0);
  return free == 0 ? say(lang, task::kFull) : say_count(lang, free, task::kFree);
}

std::string claim_state_text(Lang lang, ClaimState state, std::uint32_t position) {
  switch (state) {
    case ClaimState::cancelled:
      return say(lang, state::kCancelled);
    case ClaimState::withdrawn:
      return say(lang, state::kWithdrawn);
    case ClaimState::confirmed:
      return say(lang, state::kConfirmed);
    case ClaimState::late:
      return say(lang, state::kLate);
    case ClaimState::unplaced:
      return say(lang, state::kUnplaced);
    case ClaimState::waiting:
      return position == 0 ? say(lang, state::kWaiting) : say(lang, state::kWaitingAt, format_number(lang, position));
    case ClaimState::seen:
      return say(lang, state::kSeen);
    case ClaimState::provisional:
      return say(lang, state::kProvisional);
  }
  KIEM_UNREACHABLE("a claim state without words");
}

std::string claim_state_text(Lang lang, const ClaimRow& claim) {
  if (!in_part(claim)) return claim_state_text(lang, claim.state, claim.position);
  return say_count(lang, claim.count - claim.confirmed, state::kPart, format_number(lang, claim.confirmed));
}

std::string reason_text(Lang lang, const ClaimExplanation& reason) {
  const std::uint32_t seats = reason.number;
  switch (reason.code) {
    case ClaimReason::seat_free:
      return say(lang, reason::kSeatFree);
    case ClaimReason::confirmed_by_assigner:
      return say(lang, reason::kByAssigner);
    case ClaimReason::overbooked:
      return say(lang, reason::kOverbooked);
    case ClaimReason::taken_by_confirmed:
      if (seats == 0) return say(lang, reason::kAllConfirmed);
      return seats == 1 ? say(lang, reason::kTheSeat) : say(lang, reason::kAllSeats, format_number(lang, seats));
    case ClaimReason::taken_by_earlier:
      if (seats == 0) return say(lang, reason::kOthersFirst);
      return seats == 1 ? say(lang, reason::kOneSeatTaken) : say(lang, reason::kSeatsTaken, format_number(lang, seats));
    case ClaimReason::count_does_not_fit:
      return seats < 2 ? say(lang, reason::kGroupTooLarge) : say(lang, reason::kGroupLeft, format_number(lang, seats));
    case ClaimReason::behind_one_that_does_not_fit:
      return say(lang, reason::kBehindGroup);
    case ClaimReason::waits_for_named_attempt:
      return say(lang, reason::kMissing);
    case ClaimReason::task_cancelled:
      return say(lang, reason::kCancelled);
    case ClaimReason::withdrawn_by_claimant:
      return say(lang, reason::kWithdrawn);
    case ClaimReason::after_closing:
      return say(lang, reason::kAfterClosing);
    case ClaimReason::set_aside:
      return say(lang, reason::kSetAside);
    case ClaimReason::no_effect:
      return say(lang, reason::kNoEffect);
    case ClaimReason::confirm_again:
      return say(lang, reason::kConfirmAgain);
    case ClaimReason::offered:
      return say(lang, reason::kOffered);
  }
  KIEM_UNREACHABLE("a reason without a sentence");
}

std::string claim_sentence(Lang lang, std::string_view title, const ClaimRow& claim) {
  return claim.mine ? my_sentence(lang, title, claim) : their_sentence(lang, title, claim);
}

}  // namespace kiem
