#include "gui/host/no_network.hpp"

#include <algorithm>

namespace kiem::gui {

Result<Endpoint> NoNetwork::listen(const Endpoint& address) {
  return fail(ErrorCode::bad_address, Fault::person, {to_text(address)});
}

Result<LinkId> NoNetwork::connect(const Endpoint& address, const BoxPublicKey&) {
  if (!is_dialable(address)) return fail(ErrorCode::bad_address, Fault::person, {to_text(address)});
  const LinkId link{next_++};
  failed_.push_back(link);
  wake_.raise();
  return link;
}

void NoNetwork::close(LinkId link) { std::erase(failed_, link); }

std::optional<TransportEvent> NoNetwork::next_event() {
  if (failed_.empty()) {
    wake_.clear();
    return std::nullopt;
  }
  const LinkId link = failed_.front();
  failed_.pop_front();
  return LinkDown{link, DownReason::unreachable};
}

}  // namespace kiem::gui
