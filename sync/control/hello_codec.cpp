#include "sync/control/messages.hpp"

namespace kiem::control {
namespace {

struct CallerHello {
  std::uint32_t protocol = kProtocol;
};
struct ServerHello {
  std::uint32_t protocol = kProtocol;
  ControlHello who;
};

// Every version's greeting is an array that begins with its number; nothing behind another's is looked at.
Status check_protocol(ByteView item) {
  CborReader reader(item);
  KIEM_TRY(reader.array(1));
  KIEM_TRY_GET(const std::uint64_t protocol, reader.unsigned_integer(UINT32_MAX));
  if (protocol != kProtocol) return fail(ErrorCode::peer_other_version, Fault::peer);
  return {};
}

}  // namespace

template <>
struct Last<ControlRole> {
  static constexpr auto kValue = ControlRole::client;
};
template <>
struct Fields<ControlHello> {
  static constexpr auto of(auto& v) { return std::tie(v.role, v.pid, v.listens); }
};
template <>
struct Fields<CallerHello> {
  static constexpr auto of(auto& v) { return std::tie(v.protocol); }
};
template <>
struct Fields<ServerHello> {
  static constexpr auto of(auto& v) { return std::tie(v.protocol, v.who); }
};

WipedBytes encode_caller_hello() {
  auto frame = to_frame(CallerHello{}, kHelloBounds);
  KIEM_CHECK(frame.has_value());
  return std::move(*frame);
}

Status decode_caller_hello(ByteView item) {
  KIEM_TRY(check_protocol(item));
  KIEM_TRY(from_item<CallerHello>(item, kHelloBounds));
  return {};
}

Result<WipedBytes> encode_hello(const ControlHello& hello) {
  return to_frame(ServerHello{kProtocol, hello}, kHelloBounds);
}

Result<ControlHello> decode_hello(ByteView item) {
  KIEM_TRY(check_protocol(item));
  KIEM_TRY_GET(ServerHello hello, from_item<ServerHello>(item, kHelloBounds));
  return std::move(hello.who);
}

}  // namespace kiem::control
