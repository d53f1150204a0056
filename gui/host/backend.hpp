// Who does for the window what takes a store: it is asked, and tells later. The window waits for nobody.
//
// Used by the drawing thread alone; how news is brought there is the implementation's business (node_thread.hpp for a
// window, direct_backend.hpp for a picture and for tests). Every request is answered once, in any order; the others
// tell once each what became of them.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "core/store/store.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem::gui {

struct StoreOpened {
  Status opened;
  bool remembered = false;  // it was open_remembered() that was done
};
// What opens the store that is open, told before the news of what made it so.
struct SlotsTold {
  SlotKinds slots;
};
struct PassphraseChosen {
  Status chosen;
};
struct Remembering {
  bool on;
  Status done;
};
struct StoreMade {
  Result<std::string> words;  // the person's recovery words: whoever shows them wipes them
};
// The neighbours of the practice garden stand ready, and there is a store for whoever practises.
struct PracticeBegun {
  Result<std::string> code;  // lets it into their initiative
};
// A neighbour did something: one word, as kiem-practice prints it.
struct NeighbourTold {
  std::string word;
};
struct RequestAnswered {
  NodeRequest request;
  Result<NodeAnswer> answer;
};
// The store has changed since the last news of this kind, by whomever.
struct StoreChanged {};
// Pages of an earlier moment stand in the store that was just opened. It is told, and keeps nobody from going on.
struct PagesDoubted {
  Error error;
};
// The store cannot go on; what was asked and not answered is answered with an error before this.
struct StoreFailed {
  Error error;
};
// What shut() asked for is done. Told once for each, and what comes after it is of no store that was open before.
struct StoreShut {};
// Where others reach this laptop from now on; empty when they cannot.
struct NowListening {
  std::vector<std::string> addresses;
};
using News =
    std::variant<StoreOpened, StoreMade, SlotsTold, PassphraseChosen, Remembering, PracticeBegun, NeighbourTold,
                 RequestAnswered, StoreChanged, NowListening, PagesDoubted, StoreFailed, StoreShut>;

class Backend {
 public:
  virtual ~Backend() = default;
  // One store is open at a time; another of these shuts it first.
  virtual void open(const std::filesystem::path& home, Unlock unlock) = 0;
  // With the key that the desktop's keyring keeps for it (remembering.hpp).
  virtual void open_remembered(const std::filesystem::path& home) = 0;
  virtual void make(const std::filesystem::path& home, Unlock unlock, const std::string& name) = 0;
  virtual void practise(const std::string& name) = 0;
  // Nothing of the store's keys is in memory once StoreShut is told. Until then news of that store may still come.
  virtual void shut() = 0;

  // What opens the store that is open; without one the answer is store_closed.
  virtual void choose_passphrase(Passphrase passphrase) = 0;
  virtual void remember(bool on) = 0;

  // Of a store that is open; without one the answer is store_closed.
  virtual void ask(NodeRequest request) = 0;
  // Whether the network may be used; true at first.
  virtual void plug(bool in) = 0;

  [[nodiscard]] virtual std::vector<News> take_news() = 0;
};

}  // namespace kiem::gui
