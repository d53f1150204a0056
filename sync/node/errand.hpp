// A joining or a sync that somebody asked for and waits for: whom to try in turn, over which link it is now, and what
// to say in the end. The Node drives it; plain state of the node's thread.
//
//   next candidate -- dial fails --> next candidate ... none left --> the failure that says most
//        |
//      link up -- session level --> done (answered) ; session ends --> failure, without trying others: somebody spoke
#pragma once

#include <deque>
#include <functional>
#include <string>

#include "sync/control/node_requests.hpp"
#include "sync/node/caller.hpp"
#include "sync/session/session.hpp"
#include "sync/transport/transport.hpp"

namespace kiem {

using Ticket = std::uint64_t;
using Reply = std::function<void(Result<NodeAnswer>)>;

// Somebody to try, and whether a link with it will do wherever it is: it was named, or last met at that address.
struct Choice {
  Callee candidate;
  bool may_borrow = false;
};

struct Errand {
  Reply reply;
  SecretBytes invitation;          // of a joining; empty for a sync
  std::deque<Choice> left;         // to be tried, the first one first
  Callee at;                       // the one that is being tried
  std::optional<LinkId> link;      // an attempt, or a link that is up
  std::optional<Error> failure;    // of the attempts so far: the one that says most
  bool silent = false;             // nobody answers at the address, whatever the key
  bool borrowed = false;           // the link was there already
  std::uint64_t taken_before = 0;  // of its session
  std::uint64_t given_before = 0;
};

// What an attempt that failed tells a person, and what a session that ended before its work was done does. address: as
// dialled.
[[nodiscard]] Error error_of(DownReason reason, const std::string& address);
[[nodiscard]] Error error_of(const SessionEnd& end, const std::string& address);
// The failure that says more: an answer of any kind before silence.
[[nodiscard]] Error weightier(std::optional<Error> before, Error now);

}  // namespace kiem
