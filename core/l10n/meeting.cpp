#include "core/l10n/meeting.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "core/l10n/errors.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

constexpr Text<1> kBadAddress{"{0} is geen adres dat Kiem kent. Schrijf bijvoorbeeld tcp://192.168.1.20:7070.",
                              "{0} is not an address that Kiem knows. Write for example tcp://192.168.1.20:7070."};
constexpr Text<1> kAddressInUse{"Het adres {0} is hier al in gebruik. Kies een andere poort.",
                                "The address {0} is in use here already. Choose another port."};
constexpr Text<1> kUnreachable{"Op {0} antwoordt niemand. Kijk of de ander aan staat en op hetzelfde netwerk zit.",
                               "Nobody answers at {0}. See that the other is running and on the same network."};
constexpr Text<1> kLost{"De verbinding met {0} brak af. Wat binnen was is bewaard. Probeer het nog eens.",
                        "The connection with {0} broke. What had come in is kept. Try again."};
constexpr Text<0> kStranger{
    "De ander kent deze laptop niet. Kijk of jullie bij hetzelfde initiatief horen, of vraag een uitnodiging.",
    "The other does not know this laptop. See that you belong to the same initiative, or ask for an invitation."};
constexpr Text<0> kRemoved{"De ander wisselt niet meer uit met deze laptop. Vraag een coördinator waarom.",
                           "The other does not exchange with this laptop any more. Ask a coordinator why."};
constexpr Text<0> kPracticeApart{
    "Oefenen en echt gaan niet samen. De ene laptop is van de proeftuin, de andere niet.",
    "Practice and earnest do not meet. One of the laptops belongs to the practice space, the other does not."};
constexpr Text<0> kUnknownInvitation{
    "De ander kent deze uitnodiging (nog) niet. Vraag wie haar maakte om te synchroniseren.",
    "The other does not know this invitation (yet). Ask its maker to sync."};
constexpr Text<0> kClosedInvitation{"Deze uitnodiging geldt niet meer. Vraag een nieuwe.",
                                    "This invitation is no longer valid. Ask for a new one."};
constexpr Text<0> kBadProof{"Deze uitnodiging klopt niet. Kijk of de hele code is overgenomen.",
                            "This invitation does not hold. See that the whole code was copied."};
constexpr Text<0> kAlreadyMember{"Je hoort al bij dit initiatief. Bijwerken kan met kiem sync.",
                                 "You belong to this initiative already. To update, use kiem sync."};
constexpr Text<0> kCannotAdmit{"De ander mag nog niemand toelaten. Probeer het bij wie de uitnodiging maakte.",
                               "The other may not let anybody in yet. Try whoever made the invitation."};
constexpr Text<0> kBadName{"De ander kan je naam niet opschrijven. Kies een kortere naam.",
                           "The other cannot write down your name. Choose a shorter one."};
constexpr Text<0> kPeerFailed{"De ander heeft een probleem met de eigen opslag. Probeer het daar met kiem doctor.",
                              "The other has a problem with its own store. Try kiem doctor there."};
constexpr Text<0> kWordsDiffer{
    "De woorden waren niet gelijk. Zit er iemand tussen? Er is niets uitgewisseld; begin opnieuw met een nieuwe code.",
    "The words were not the same. Is somebody in between? Nothing was exchanged; begin again with a new code."};
constexpr Text<0> kPairingOver{"Het koppelen is gestopt voordat het klaar was. Begin opnieuw met een nieuwe code.",
                               "The pairing stopped before it was done. Begin again with a new code."};
constexpr Text<0> kNoBeacon{
    "Deze laptop kijkt nu niet rond op het netwerk, dus de ander vindt hem niet. Gebruik een uitnodiging met adres.",
    "This laptop is not looking around on the network, so the other does not find it. Use an invitation by address."};
constexpr Text<1> kRefused{"De ander wil niet uitwisselen ({0}). Kijk of jullie bij hetzelfde initiatief horen.",
                           "The other does not want to exchange ({0}). See that you belong to the same initiative."};
constexpr Text<0> kOtherVersion{"De ander heeft een andere versie van Kiem. Zet op beide laptops de nieuwste.",
                                "The other has a different version of Kiem. Install the newest on both laptops."};
constexpr Text<0> kGarbage{"Wat daar antwoordt is geen Kiem. Kijk het adres na.",
                           "What answers there is not a Kiem. Check the address."};
constexpr Text<0> kBadCode{"Deze uitnodiging is niet te lezen. Kijk of de hele code is overgenomen.",
                           "This invitation cannot be read. See that the whole code was copied."};
constexpr Text<0> kCodeUsed{"Deze uitnodiging is al gebruikt. Vraag een nieuwe.",
                            "This invitation was used already. Ask for a new one."};
constexpr Text<0> kNobodyKnown{
    "Je kent nog geen andere laptop. Vraag iemand om een uitnodiging en typ: kiem join CODE.",
    "You know no other laptop yet. Ask somebody for an invitation and type: kiem join CODE."};

constexpr Counted<2> kGarbageCame{
    {"De laptop van {1} stuurde {0} keer iets onleesbaars. Er is niets van overgenomen; kijk welke Kiem daar draait.",
     "The laptop of {1} sent something unreadable {0} time. Nothing was taken from it; see which Kiem runs there."},
    {"De laptop van {1} stuurde {0} keer iets onleesbaars. Er is niets van overgenomen; kijk welke Kiem daar draait.",
     "The laptop of {1} sent something unreadable {0} times. Nothing was taken from it; see which Kiem runs there."}};
constexpr Counted<2> kPoisonCame{
    {"De laptop van {1} bracht {0} keer wijzigingen die niet kloppen. Ze zijn niet overgenomen; probeer daar kiem "
     "doctor.",
     "The laptop of {1} brought changes that do not hold {0} time. They were not taken; try kiem doctor there."},
    {"De laptop van {1} bracht {0} keer wijzigingen die niet kloppen. Ze zijn niet overgenomen; probeer daar kiem "
     "doctor.",
     "The laptop of {1} brought changes that do not hold {0} times. They were not taken; try kiem doctor there."}};
constexpr Counted<2> kUnserved{
    {"De laptop van {1} beloofde {0} keer wijzigingen en gaf ze niet. Ze worden aan anderen gevraagd.",
     "The laptop of {1} promised changes {0} time and did not give them. Others are asked for them."},
    {"De laptop van {1} beloofde {0} keer wijzigingen en gaf ze niet. Ze worden aan anderen gevraagd.",
     "The laptop of {1} promised changes {0} times and did not give them. Others are asked for them."}};
constexpr Counted<2> kExcess{
    {"De laptop van {1} stuurde {0} keer meer dan mag. Het meerdere is niet overgenomen; vraag wat daar gebeurt.",
     "The laptop of {1} sent more than it may {0} time. The rest was not taken; ask what happens there."},
    {"De laptop van {1} stuurde {0} keer meer dan mag. Het meerdere is niet overgenomen; vraag wat daar gebeurt.",
     "The laptop of {1} sent more than it may {0} times. The rest was not taken; ask what happens there."}};

struct Refusal {
  std::string_view word;  // as sync/session/stop.hpp names the end of a session
  const Text<0>* sentence;
};
constexpr std::array kRefusals{Refusal{"stranger", &kStranger},
                               Refusal{"nothing_shared", &kStranger},
                               Refusal{"removed", &kRemoved},
                               Refusal{"other_practice", &kPracticeApart},
                               Refusal{"unknown_invitation", &kUnknownInvitation},
                               Refusal{"closed_invitation", &kClosedInvitation},
                               Refusal{"bad_proof", &kBadProof},
                               Refusal{"already_member", &kAlreadyMember},
                               Refusal{"cannot_admit", &kCannotAdmit},
                               Refusal{"bad_name", &kBadName},
                               Refusal{"failed", &kPeerFailed},
                               Refusal{"words_differ", &kWordsDiffer},
                               Refusal{"pairing_over", &kPairingOver},
                               Refusal{"no_beacon", &kNoBeacon}};

// What the error tells, or a dash where another module left it out.
std::string_view told(const Error& error) { return error.args.empty() ? "…" : std::string_view(error.args.front()); }

std::string refusal_sentence(Lang lang, const Error& error) {
  const std::string_view word = told(error);
  const auto* const found =
      std::find_if(kRefusals.begin(), kRefusals.end(), [&](const Refusal& each) { return each.word == word; });
  return found == kRefusals.end() ? say(lang, kRefused, quoted(word)) : say(lang, *found->sentence);
}

}  // namespace

std::string misdeed_sentence(Lang lang, const std::string& who, const InitiativeRow::Meeting::Misdeed& misdeed) {
  switch (misdeed.fault) {
    case PeerFault::garbage:
      return say_count(lang, misdeed.times, kGarbageCame, who);
    case PeerFault::poison:
      return say_count(lang, misdeed.times, kPoisonCame, who);
    case PeerFault::unserved:
      return say_count(lang, misdeed.times, kUnserved, who);
    case PeerFault::excess:
      return say_count(lang, misdeed.times, kExcess, who);
  }
  KIEM_CHECK(false);
  return {};
}

std::string meeting_sentence(Lang lang, const Error& error) {
  switch (error.code) {
    case ErrorCode::bad_address:
      return say(lang, kBadAddress, quoted(told(error)));
    case ErrorCode::address_in_use:
      return say(lang, kAddressInUse, told(error));
    case ErrorCode::peer_unreachable:
      return say(lang, kUnreachable, told(error));
    case ErrorCode::peer_lost:
      return say(lang, kLost, told(error));
    case ErrorCode::peer_refused:
      return refusal_sentence(lang, error);
    case ErrorCode::peer_other_version:
      return say(lang, kOtherVersion);
    case ErrorCode::peer_garbage:
      return say(lang, kGarbage);
    case ErrorCode::bad_code:
      return say(lang, kBadCode);
    case ErrorCode::code_used:
      return say(lang, kCodeUsed);
    case ErrorCode::nobody_known:
      return say(lang, kNobodyKnown);
    default:
      KIEM_CHECK(false);
      return {};
  }
}

}  // namespace kiem
