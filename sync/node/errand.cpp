#include "sync/node/errand.hpp"

namespace kiem {
namespace {

Error peer_error(ErrorCode code, std::string word) { return {code, Fault::peer, {std::move(word)}}; }

}  // namespace

Error error_of(DownReason reason, const std::string& address) {
  switch (reason) {
    // Nobody is there; or somebody who is not the device that was meant, which for a person is the same.
    case DownReason::unreachable:
    case DownReason::handshake_failed:
      return peer_error(ErrorCode::peer_unreachable, address);
    case DownReason::refused:
      return peer_error(ErrorCode::peer_refused, std::string(name_of(EndReason::stranger)));
    case DownReason::violation:
      return peer_error(ErrorCode::peer_garbage, address);
    case DownReason::lost:
    case DownReason::anteroom_spent:
      break;
  }
  return peer_error(ErrorCode::peer_lost, address);
}

Error error_of(const SessionEnd& end, const std::string& address) {
  if (end.error && end.error->fault != Fault::peer) return *end.error;
  switch (end.reason) {
    case EndReason::goodbye:
    case EndReason::lost:
    case EndReason::silent:
    case EndReason::unserved:
    case EndReason::other:
      return peer_error(ErrorCode::peer_lost, address);
    case EndReason::version:
      return peer_error(ErrorCode::peer_other_version, address);
    case EndReason::bad_message:
    case EndReason::wrong_state:
    case EndReason::too_much:
    case EndReason::bad_operation:
      return peer_error(ErrorCode::peer_garbage, address);
    case EndReason::used_invitation:
      return peer_error(ErrorCode::code_used, address);
    default:
      return peer_error(ErrorCode::peer_refused, std::string(name_of(end.reason)));
  }
}

Error weightier(std::optional<Error> before, Error now) {
  return before && before->code != ErrorCode::peer_unreachable ? *std::move(before) : std::move(now);
}

}  // namespace kiem
