// What a person can ask of the client, and what follows from it: a change of state, requests to the node, and things
// that only the host of the window can do (open the store, copy to the clipboard).
//
// apply() is pure: the same state, facts and intent always give the same step, and nothing is done by it. The host runs
// host asks first, in order, then requests, and gives every answer to answers.hpp. No failure: an intent that makes no
// sense any more (its task is gone) changes nothing, and one that lacks something (an empty passphrase) gives a notice
// and keeps all that was typed. One thread.
#pragma once

#include <variant>

#include "gui/model/facts.hpp"
#include "gui/model/record_intents.hpp"
#include "gui/model/ui_state.hpp"

namespace kiem::model {

// --- moving about ----------------------------------------------------------------------------------------------------
struct GoTo {
  Page page;
};
// What Escape does: closes what stands open, nearest first, then goes a page back.
struct GoBack {};
struct OpenTask {
  RecordId task;
};
struct FilterTasks {
  BoardFilter filter;
};
// The board with the tasks of one place; none: of all.
struct ShowPlace {
  std::optional<RecordId> place;
};
struct ShowAll {};
struct ToggleSearch {};
struct ToggleHistory {};
struct ToggleWhy {
  PrincipalId person;
};
struct CloseNotice {};
struct CloseNews {};
struct ChooseInitiative {
  SpaceId initiative;
};

// --- typing ----------------------------------------------------------------------------------------------------------
struct Type {
  Field field;
  std::string text;
};
struct TogglePassphrase {};

// --- tasks -----------------------------------------------------------------------------------------------------------
struct AskClaim {
  RecordId task;
};
struct AskWithdraw {
  RecordId task;
};
struct ChangeCount {
  int by;
};
struct Agree {};
struct Decline {};
struct SettleConflict {
  RecordId task;
  std::string field;  // the schema's name
  std::string value;  // in ISO form, as the conflict lists it
};

// Where the task that is being written takes place; the same place again: nowhere.
struct ChooseTaskPlace {
  RecordId place;
};
struct SaveTask {};
struct SavePlace {};

// --- opening, inviting, joining --------------------------------------------------------------------------------------
struct Unlock {};
struct LookAround {};
struct BeginInitiative {};
struct Join {};
struct WordsWritten {};
struct ChooseRole {
  kiem::Role role;
};
struct Invite {};
struct CopyCode {};
struct Meet {};
// Who is on this network now.
struct LookWho {};
// Shows a short code by which a neighbour's laptop finds this one.
struct LetIn {};
// What the person says of the four words.
struct CompareWords {
  bool same;
};
// Ends the pairing, however far it is.
struct LeavePairing {};
struct PullPlug {
  bool out;
};
// By which ways this laptop finds others; what is not named stays.
struct UseRoutes {
  std::optional<bool> ipv4, ipv6, dns_sd;
};
struct StartForReal {};

// --- locking ---------------------------------------------------------------------------------------------------------
// Does nothing while recovery words are on screen, which come once, or while the host is at work on an act. What was
// being written stays in memory, unseen, and is there again when the passphrase was given; secrets do not stay.
struct Lock {
  bool away = false;  // by itself, because nobody was there
};
struct ForgotPassphrase {};
struct UnlockByWords {};
struct ChoosePassphrase {};
struct Remember {
  bool on;
};
struct ChooseLockMinutes {
  std::uint16_t minutes;
};

// --- settings --------------------------------------------------------------------------------------------------------
struct StepTextSize {
  int by;  // 0: back to 100 %
};
struct ChooseTextSize {
  std::uint16_t percent;
};
struct ChooseTheme {
  Theme theme;
};
struct ChooseLang {
  Lang lang;
};

using Intent = std::variant<GoTo, GoBack, OpenTask, FilterTasks, ShowPlace, ShowAll, ToggleSearch, ToggleHistory,
                            ToggleWhy, CloseNotice, CloseNews, ChooseInitiative, Type, TogglePassphrase, AskClaim,
                            AskWithdraw, ChangeCount, Agree, Decline, SettleConflict, ChooseTaskPlace, SaveTask,
                            SavePlace, Unlock, LookAround, BeginInitiative, Join, WordsWritten, ChooseRole, Invite,
                            CopyCode, Meet, LookWho, LetIn, CompareWords, LeavePairing, PullPlug, UseRoutes,
                            StartForReal, Lock, ForgotPassphrase, UnlockByWords, ChoosePassphrase, Remember,
                            ChooseLockMinutes, StepTextSize, ChooseTextSize, ChooseTheme, ChooseLang, RecordIntent>;

// --- what the host does ----------------------------------------------------------------------------------------------
// The passphrases and words are the host's to wipe.
struct OpenStore {
  std::string passphrase;
};
struct OpenByWords {
  std::string words;  // as they were typed
};
struct PutPassphrase {
  std::string passphrase;
};
// Shuts the store, so that no key stays in memory, and forgets what is known of people.
struct LockStore {};
// Puts a key for this store in the desktop's keyring, or takes it away.
struct RememberStore {
  bool on;
};
// Makes a store for this person; the step's requests follow when that worked.
struct MakeStore {
  std::string name;
  std::string passphrase;
};
struct StartPractice {
  std::string name;
};
// Ends practising and shows the first run of a real store.
struct LeavePractice {};
struct CopyText {
  std::string text;
};
struct SetPlug {
  bool plugged_in;
};
struct KeepSettings {
  Settings settings;
};
// The facts that the person has seen and that go: recovery words, the news of a laptop that came back.
struct ForgetWords {};
struct ForgetNews {};
struct ForgetInvitation {};
using HostAsk = std::variant<OpenStore, OpenByWords, PutPassphrase, LockStore, RememberStore, MakeStore, StartPractice,
                             LeavePractice, CopyText, SetPlug, KeepSettings, ForgetWords, ForgetNews, ForgetInvitation>;

struct Step {
  UiState state;
  std::vector<HostAsk> host;
  std::vector<NodeRequest> requests;
};

// Whether Lock would do something now.
[[nodiscard]] bool can_lock(const Facts& facts, const UiState& state);

// Overwrites what was typed in a secret field and stands in this intent or ask, once it has been obeyed.
void wipe_secrets(Intent& intent);
void wipe_secrets(HostAsk& ask);

[[nodiscard]] Step apply(UiState state, const Facts& facts, const Intent& intent);

// What has to be asked to show this state: run when a page or task opens, and again after each change that the node
// tells of. The log is asked for while it is open only.
[[nodiscard]] std::vector<NodeRequest> queries_of(const UiState& state);

}  // namespace kiem::model
