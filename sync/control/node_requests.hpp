// Everything that can be asked of a node: all that a Community answers, and what takes a network besides. The command
// line and the client build one of these and either give it to the node in their own process or send it to the node
// that has the store (sync/control; DESIGN D13). Plain values; any thread.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/crypto/keys.hpp"
#include "core/domain/requests.hpp"

namespace kiem {

// Makes a code that lets one newcomer in.
struct InviteNewcomer {
  InitiativeNaming initiative;
  Role role = Role::volunteer;         // volunteer, coordinator or partner
  std::vector<std::string> addresses;  // tcp://HOST:PORT to be put in the code; empty: where this node listens
};
// Answered when membership and the first sync are durable on both sides.
struct JoinByCode {
  std::string code;
};
// Answered when both sides have committed all that the other had.
struct SyncWith {
  std::string address;              // tcp://HOST:PORT
  std::optional<BoxPublicKey> key;  // none: the device last met there, else the known ones in turn
};

// Who is on the same networks now. Answered after a few seconds, in which others get to answer.
struct LookAround {};

// --- pairing with a laptop that stands beside this one (sync/pairing) ---
// A code under which the other finds this one, for a while; then AwaitPairing, and AnswerPairing once the words are
// told.
struct OpenPairing {
  InitiativeNaming initiative;
  Role role = Role::volunteer;
};
// Finds the laptop that shows this code. Answered with the words.
struct PairWith {
  std::string code;
};
// Answered with the words once the other laptop is there.
struct AwaitPairing {};
// Whether both screens show the same words. Answered when the other person has answered too and the newcomer is in.
// A no before there are words, or after a yes, leaves the pairing; it is answered with pairing_over.
struct AnswerPairing {
  bool same = false;
};

using NodeRequest = std::variant<Request, InviteNewcomer, JoinByCode, SyncWith, LookAround, OpenPairing, PairWith,
                                 AwaitPairing, AnswerPairing>;

struct InvitationMade {
  std::string code;  // whoever prints it wipes it
  SpaceId initiative;
  std::string initiative_name;
  Role role = Role::volunteer;
  std::vector<std::string> addresses;  // as the code has them
  bool listening = false;              // a node of this store accepts peers now
};
struct InitiativeJoined {
  SpaceId initiative;
  std::string name;
  Role role = Role::none;
  bool on_probation = false;
  std::uint32_t open_tasks = 0;
};
struct Synced {
  DeviceId device;
  PersonRef person;
  std::uint64_t received = 0;  // operations that were new here
  std::uint64_t sent = 0;      // operations that were given
};

struct Surroundings {
  struct Neighbour {
    BoxPublicKey key;
    std::optional<PersonRef> person;       // nothing: of a member who was let in elsewhere and is not known here yet
    std::vector<std::string> initiatives;  // that both are in, as far as its beacon told
    std::string address;                   // tcp://HOST:PORT; empty: it lets nobody in
    bool linked = false;                   // and what is new goes to and fro
  };
  std::vector<Neighbour> neighbours;  // the last one heard first
  bool looks = false;                 // switched on, and there is a door to send by
  std::uint32_t addresses = 0;        // of this laptop, from which the last beacon went out
  std::uint64_t own = 0;              // beacons of this laptop that came back
  std::uint64_t foreign = 0;          // that are of Kiem and of no initiative here
};

struct PairingOpened {
  std::string code;
};
struct PairingShown {
  std::vector<std::string> words;  // four
};
// To who opened it; who came in is told InitiativeJoined.
struct PairingGiven {
  std::string initiative;  // its name
};

using NodeAnswer = std::variant<Answer, InvitationMade, InitiativeJoined, Synced, Surroundings, PairingOpened,
                                PairingShown, PairingGiven>;

}  // namespace kiem
