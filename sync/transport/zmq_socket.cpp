#include "sync/transport/zmq_socket.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <limits>
#include <zmq.hpp>

#include "core/base/check.hpp"
#include "sync/transport/transport.hpp"

namespace kiem {
namespace {

// Present in Debian's library and honoured by it, but only declared for draft builds.
constexpr int kZapEnforceDomain = 93;
constexpr int kSndHwm = 16;
constexpr std::int64_t kMaxMessage = 65'536;
constexpr int kKernelBuffer = 128 * 1024;
constexpr int kKeepaliveIdleSeconds = 60;
constexpr std::size_t kMaxRoutingId = 255;
constexpr std::size_t kMaxZapParts = 8;
constexpr const char* kZapEndpoint = "inproc://zeromq.zap.01";
constexpr int kEvents = ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_ACCEPT_FAILED | ZMQ_EVENT_CONNECTED | ZMQ_EVENT_CLOSED |
                        ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                        ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

template <class T>
void set(zmq::socket_t& socket, int option, T value) {
  if (zmq_setsockopt(socket.handle(), option, &value, sizeof value) != 0) throw zmq::error_t();
}
void set(zmq::socket_t& socket, int option, ByteView value) {
  if (zmq_setsockopt(socket.handle(), option, value.data(), value.size()) != 0) throw zmq::error_t();
}

// Both sides, before bind or connect.
void set_common(zmq::socket_t& socket, const TransportLimits& limits) {
  set(socket, ZMQ_LINGER, 0);  // P13
  set(socket, ZMQ_IPV6, 1);
  set(socket, ZMQ_MAXMSGSIZE, kMaxMessage);  // P4, P10
  set(socket, ZMQ_RCVHWM, 0);                // see the header
  set(socket, ZMQ_SNDHWM, kSndHwm);
  set(socket, ZMQ_SNDBUF, kKernelBuffer);  // P5
  set(socket, ZMQ_RCVBUF, kKernelBuffer);
  set(socket, ZMQ_HANDSHAKE_IVL, static_cast<int>(limits.handshake_ms));
  set(socket, ZMQ_HEARTBEAT_IVL, static_cast<int>(limits.heartbeat_ms));
  set(socket, ZMQ_HEARTBEAT_TIMEOUT, static_cast<int>(limits.heartbeat_timeout_ms));
  set(socket, ZMQ_TCP_KEEPALIVE, 1);
  set(socket, ZMQ_TCP_KEEPALIVE_IDLE, kKeepaliveIdleSeconds);
}

Error machine_error(const zmq::error_t& error) {
  return Error{ErrorCode::out_of_memory, Fault::machine, {error.what()}};
}

std::optional<ZmqEventKind> kind_of(std::uint16_t event) {
  switch (event) {
    case ZMQ_EVENT_ACCEPTED:
      return ZmqEventKind::accepted;
    case ZMQ_EVENT_ACCEPT_FAILED:
      return ZmqEventKind::accept_failed;
    case ZMQ_EVENT_CONNECTED:
      return ZmqEventKind::connected;
    case ZMQ_EVENT_CLOSED:
      return ZmqEventKind::connect_failed;
    case ZMQ_EVENT_DISCONNECTED:
      return ZmqEventKind::disconnected;
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
      return ZmqEventKind::handshake_done;
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
      return ZmqEventKind::handshake_failed;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
      return ZmqEventKind::handshake_refused;
    default:
      return std::nullopt;
  }
}

ByteView bytes_of(const zmq::message_t& part) { return {static_cast<const std::uint8_t*>(part.data()), part.size()}; }

}  // namespace

// --- context ---------------------------------------------------------------------------------------------------------

struct ZmqContext::Impl {
  zmq::context_t context{1};  // one I/O thread: what it tells of one connection then comes in order
  std::atomic<std::uint64_t> monitors{0};
};

ZmqContext::ZmqContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZmqContext::~ZmqContext() = default;

Result<std::unique_ptr<ZmqContext>> ZmqContext::create() {
  try {
    return std::unique_ptr<ZmqContext>(new ZmqContext(std::make_unique<Impl>()));
  } catch (const zmq::error_t& error) {
    return tl::unexpected(machine_error(error));
  }
}

// --- sockets ---------------------------------------------------------------------------------------------------------

struct ZmqSocket::Impl {
  Impl(zmq::context_t& context, zmq::socket_type kind) : socket(context, kind) {}
  ~Impl() {
    // The events stop before their reader goes; in the other order the writer could be left waiting.
    if (monitor) zmq_socket_monitor(socket.handle(), nullptr, 0);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void watch(zmq::context_t& context, std::uint64_t number) {
    const std::string address = "inproc://kiem-events-" + std::to_string(number);
    if (zmq_socket_monitor(socket.handle(), address.c_str(), kEvents) != 0) throw zmq::error_t();
    monitor.emplace(context, zmq::socket_type::pair);
    set(*monitor, ZMQ_LINGER, 0);
    set(*monitor, ZMQ_RCVHWM, 0);  // at a full queue libzmq's I/O thread would wait for us
    monitor->connect(address);
  }

  zmq::socket_t socket;
  std::optional<zmq::socket_t> monitor;  // of routers and dealers
  bool is_router = false;
};

ZmqSocket::ZmqSocket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZmqSocket::ZmqSocket(ZmqSocket&&) noexcept = default;
ZmqSocket& ZmqSocket::operator=(ZmqSocket&&) noexcept = default;
ZmqSocket::~ZmqSocket() = default;

Result<ZmqSocket> ZmqSocket::router(ZmqContext& context, const BoxKeyPair& keys, const std::string& domain,
                                    const TransportLimits& limits) {
  KIEM_CHECK(!domain.empty());
  try {
    auto impl = std::make_unique<Impl>(context.impl_->context, zmq::socket_type::router);
    impl->is_router = true;
    set_common(impl->socket, limits);
    set(impl->socket, ZMQ_ROUTER_MANDATORY, 1);  // P6
    set(impl->socket, ZMQ_ROUTER_HANDOVER, 0);   // P7
    set(impl->socket, ZMQ_ZAP_DOMAIN, view(domain));
    set(impl->socket, kZapEnforceDomain, 1);  // P9
    set(impl->socket, ZMQ_CURVE_SERVER, 1);
    set(impl->socket, ZMQ_CURVE_SECRETKEY, keys.secret.view());
    impl->watch(context.impl_->context, ++context.impl_->monitors);
    return ZmqSocket(std::move(impl));
  } catch (const zmq::error_t& error) {
    return tl::unexpected(machine_error(error));
  }
}

Result<ZmqSocket> ZmqSocket::dealer(ZmqContext& context, const BoxKeyPair& keys, const BoxPublicKey& peer,
                                    const TransportLimits& limits) {
  try {
    auto impl = std::make_unique<Impl>(context.impl_->context, zmq::socket_type::dealer);
    set_common(impl->socket, limits);
    set(impl->socket, ZMQ_IMMEDIATE, 1);
    set(impl->socket, ZMQ_RECONNECT_IVL, -1);
    set(impl->socket, ZMQ_CONNECT_TIMEOUT, static_cast<int>(limits.dial_ms));
    set(impl->socket, ZMQ_CURVE_SERVERKEY, view(peer));
    set(impl->socket, ZMQ_CURVE_PUBLICKEY, view(keys.public_key));
    set(impl->socket, ZMQ_CURVE_SECRETKEY, keys.secret.view());
    impl->watch(context.impl_->context, ++context.impl_->monitors);
    return ZmqSocket(std::move(impl));
  } catch (const zmq::error_t& error) {
    return tl::unexpected(machine_error(error));
  }
}

Result<ZmqSocket> ZmqSocket::zap_handler(ZmqContext& context) {
  try {
    auto impl = std::make_unique<Impl>(context.impl_->context, zmq::socket_type::rep);
    set(impl->socket, ZMQ_LINGER, 0);
    impl->socket.bind(kZapEndpoint);
    return ZmqSocket(std::move(impl));
  } catch (const zmq::error_t& error) {
    if (error.num() == EADDRINUSE) return fail(ErrorCode::address_in_use, Fault::machine, {kZapEndpoint});
    return tl::unexpected(machine_error(error));
  }
}

Result<Endpoint> ZmqSocket::bind(const Endpoint& endpoint) {
  const std::string asked = to_text(endpoint);
  try {
    impl_->socket.bind(asked);
    const auto bound = parse_endpoint(impl_->socket.get(zmq::sockopt::last_endpoint));
    KIEM_CHECK(bound.has_value());
    return Endpoint{endpoint.host, bound->port};
  } catch (const zmq::error_t& error) {
    return fail(error.num() == EADDRINUSE ? ErrorCode::address_in_use : ErrorCode::bad_address, Fault::person, {asked});
  }
}

Status ZmqSocket::connect(const Endpoint& endpoint) {
  const std::string asked = to_text(endpoint);
  try {
    impl_->socket.connect(asked);
    return {};
  } catch (const zmq::error_t&) {
    return fail(ErrorCode::bad_address, Fault::person, {asked});
  }
}

std::optional<ZmqMessage> ZmqSocket::receive() {
  try {
    ZmqMessage message;
    zmq::message_t part;
    if (!impl_->socket.recv(part, zmq::recv_flags::dontwait)) return std::nullopt;
    if (impl_->is_router) {
      message.routing_id = to_bytes(bytes_of(part));
      KIEM_CHECK(part.more() && message.routing_id.size() <= kMaxRoutingId);
      // The rest of a message is there when its beginning is: libzmq delivers it whole.
      KIEM_CHECK(impl_->socket.recv(part, zmq::recv_flags::dontwait).has_value());
    }
    message.fd = zmq_msg_get(part.handle(), ZMQ_SRCFD);
    if (const char* user = zmq_msg_gets(part.handle(), "User-Id")) {
      if (const auto key = from_hex(user)) message.user = id_from<BoxPublicKey>(*key);
    }
    message.broken = part.more() || part.size() > kMaxFrameBytes;
    if (!message.broken) message.payload = to_bytes(bytes_of(part));
    while (part.more()) KIEM_CHECK(impl_->socket.recv(part, zmq::recv_flags::dontwait).has_value());
    return message;
  } catch (const zmq::error_t&) {
    KIEM_UNREACHABLE("receiving from a socket of ours failed");
  }
}

ZmqSent ZmqSocket::send(ByteView routing_id, ByteView frame) {
  KIEM_CHECK(routing_id.empty() != impl_->is_router);
  void* socket = impl_->socket.handle();
  // The C calls, because cppzmq throws for a peer that is gone and that is no exception here. EHOSTUNREACH can come
  // with the first part only: once that is taken, the rest is, or is dropped with the connection.
  if (impl_->is_router && zmq_send(socket, routing_id.data(), routing_id.size(), ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0) {
    KIEM_CHECK(errno == EAGAIN || errno == EHOSTUNREACH);
    return errno == EAGAIN ? ZmqSent::full : ZmqSent::gone;
  }
  if (zmq_send(socket, frame.data(), frame.size(), ZMQ_DONTWAIT) < 0) {
    KIEM_CHECK(errno == EAGAIN && !impl_->is_router);
    return ZmqSent::full;
  }
  return ZmqSent::taken;
}

std::optional<ZmqEvent> ZmqSocket::next_event() {
  try {
    KIEM_CHECK(impl_->monitor.has_value());
    zmq::message_t what;
    zmq::message_t where;
    while (impl_->monitor->recv(what, zmq::recv_flags::dontwait)) {
      // [event, 16 bits][value, 32 bits], host order, and a part with the address (zmq_socket_monitor(3)).
      std::uint16_t event = 0;
      std::uint32_t value = 0;
      KIEM_CHECK(what.size() == sizeof event + sizeof value && what.more());
      std::memcpy(&event, what.data(), sizeof event);
      std::memcpy(&value, what.data<char>() + sizeof event, sizeof value);
      KIEM_CHECK(impl_->monitor->recv(where, zmq::recv_flags::dontwait).has_value());
      if (const auto kind = kind_of(event)) return ZmqEvent{*kind, static_cast<int>(value)};
    }
    return std::nullopt;
  } catch (const zmq::error_t&) {
    KIEM_UNREACHABLE("reading the events of a socket of ours failed");
  }
}

// --- ZAP (RFC 27) ----------------------------------------------------------------------------------------------------

namespace {

void reply(zmq::socket_t& socket, ByteView request_id, std::string_view status, std::string_view user) {
  const std::array<ByteView, 6> parts{view("1.0"), request_id, view(status), ByteView{}, view(user), ByteView{}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto flags = i + 1 < parts.size() ? zmq::send_flags::sndmore : zmq::send_flags::none;
    KIEM_CHECK(socket.send(zmq::buffer(parts[i].data(), parts[i].size()), flags).has_value());
  }
}

}  // namespace

std::optional<ZapRequest> ZmqSocket::next_request() {
  try {
    // version, request id, domain, address, identity, mechanism, client key
    std::vector<Bytes> parts;
    zmq::message_t part;
    do {
      if (!impl_->socket.recv(part, zmq::recv_flags::dontwait)) return std::nullopt;
      if (parts.size() < kMaxZapParts) parts.push_back(to_bytes(bytes_of(part)));
    } while (part.more());
    if (parts.size() == 7 && text_view(parts[0]) == "1.0" && text_view(parts[5]) == "CURVE") {
      if (const auto key = id_from<BoxPublicKey>(parts[6])) {
        return ZapRequest{parts[1], std::string(text_view(parts[2])), *key};
      }
    }
    reply(impl_->socket, parts.size() > 1 ? ByteView(parts[1]) : ByteView{}, "400", "");
    return std::nullopt;
  } catch (const zmq::error_t&) {
    KIEM_UNREACHABLE("reading a request of libzmq itself failed");
  }
}

void ZmqSocket::answer(const ZapRequest& request, bool admit) {
  try {
    reply(impl_->socket, request.request_id, admit ? "200" : "400", admit ? to_hex(view(request.key)) : std::string{});
  } catch (const zmq::error_t&) {
    KIEM_UNREACHABLE("answering libzmq itself failed");
  }
}

// --- waiting ---------------------------------------------------------------------------------------------------------

struct ZmqPoll::Impl {
  std::vector<zmq::pollitem_t> items;
};

ZmqPoll::ZmqPoll() : impl_(std::make_unique<Impl>()) {}
ZmqPoll::~ZmqPoll() = default;
void ZmqPoll::clear() { impl_->items.clear(); }
void ZmqPoll::add(int fd) { impl_->items.push_back({nullptr, fd, ZMQ_POLLIN, 0}); }
void ZmqPoll::add(const ZmqSocket& socket, bool also_room) {
  const auto wanted = static_cast<short>(also_room ? ZMQ_POLLIN | ZMQ_POLLOUT : ZMQ_POLLIN);
  impl_->items.push_back({socket.impl_->socket.handle(), 0, wanted, 0});
  if (auto& monitor = socket.impl_->monitor) impl_->items.push_back({monitor->handle(), 0, ZMQ_POLLIN, 0});
}

void ZmqPoll::wait(std::optional<std::uint32_t> timeout_ms) {
  const long timeout = timeout_ms ? static_cast<long>(*timeout_ms) : -1L;
  try {
    zmq::poll(impl_->items.data(), impl_->items.size(), std::chrono::milliseconds(timeout));
  } catch (const zmq::error_t& error) {
    // A signal; the caller looks at everything after each wait anyway.
    KIEM_CHECK(error.num() == EINTR);
  }
}

}  // namespace kiem
