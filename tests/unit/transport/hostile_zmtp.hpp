// A peer that speaks ZMTP 3 with CURVE by hand (RFC 23, RFC 26), and so can say what libzmq never would: parts without
// end, pings at the wrong moment, a reset in the middle. Blocking, one thread, 20 s of patience a call.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>

#include "core/base/check.hpp"
#include "core/crypto/keys.hpp"
#include "core/crypto/system_rng.hpp"

namespace kiem::test {

class HostileZmtp {
 public:
  static constexpr std::uint8_t kLast = 0;
  static constexpr std::uint8_t kMore = 1;
  static constexpr std::uint8_t kCommand = 2;

  // Connects to a port of 127.0.0.1.
  explicit HostileZmtp(std::uint16_t port) : fd_(open()) {
    const sockaddr_in address = loopback(port);
    KIEM_CHECK(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  // Takes a connection that was accepted.
  struct Accepted {
    int fd;
  };
  explicit HostileZmtp(Accepted accepted) : fd_(accepted.fd) { set_patience(fd_); }
  ~HostileZmtp() { end(); }
  HostileZmtp(const HostileZmtp&) = delete;
  HostileZmtp& operator=(const HostileZmtp&) = delete;

  // --- the client's handshake; false when the server ends it ---
  bool shake_hands(const BoxKeyPair& own, const BoxPublicKey& server, std::string_view identity = "") {
    make_session_keys();
    if (!greet(false)) return false;
    // HELLO
    Bytes hello = text("\x05HELLO");
    append(hello, Bytes{1, 0});
    hello.resize(hello.size() + 72);
    append(hello, session_public_);
    const Bytes first = short_nonce();
    append(hello, first);
    append(hello, seal(Bytes(64), nonce("CurveZMQHELLO---", first), server.bytes.data(), session_secret_.data()));
    if (!send_frame(4, hello)) return false;
    // WELCOME
    const auto welcome = read_frame();
    if (!welcome || welcome->size() != 8 + 16 + 144) return false;
    const ByteView rest = ByteView(*welcome).subspan(8);
    const auto opened =
        unseal(rest.subspan(16), nonce("WELCOME-", rest.first(16)), server.bytes.data(), session_secret_.data());
    if (!opened) return false;
    std::copy_n(opened->begin(), 32, peer_session_.begin());
    const Bytes cookie(opened->begin() + 32, opened->end());
    // INITIATE
    Bytes vouch(session_public_.begin(), session_public_.end());
    append(vouch, view(server));
    Bytes vouch_nonce(16);
    SystemRng().fill(vouch_nonce);
    Bytes inside = to_bytes(view(own.public_key));
    append(inside, vouch_nonce);
    append(inside, seal(vouch, nonce("VOUCH---", vouch_nonce), peer_session_.data(), own.secret.view().data()));
    append(inside, property("Socket-Type", "DEALER"));
    append(inside, property("Identity", identity));
    Bytes initiate = text("\x08INITIATE");
    append(initiate, cookie);
    const Bytes second = short_nonce();
    append(initiate, second);
    append(initiate, seal(inside, nonce("CurveZMQINITIATE", second), peer_session_.data(), session_secret_.data()));
    if (!send_frame(4, initiate)) return false;
    // READY, or ERROR
    const auto ready = read_frame();
    message_nonce_ = "CurveZMQMESSAGEC";
    return ready && text_view(*ready).starts_with("\x05READY");
  }

  // --- the server's handshake, with whoever comes ---
  bool welcome(const BoxKeyPair& own) {
    make_session_keys();
    if (!greet(true)) return false;
    const auto hello = read_frame();
    if (!hello || hello->size() != 200) return false;
    std::copy_n(hello->begin() + 80, 32, peer_session_.begin());
    Bytes inside(session_public_.begin(), session_public_.end());
    inside.resize(inside.size() + 96);  // a cookie of zeros: nobody checks it but the one who gave it
    Bytes long_nonce(16);
    SystemRng().fill(long_nonce);
    Bytes body = text("\x07WELCOME");
    append(body, long_nonce);
    append(body, seal(inside, nonce("WELCOME-", long_nonce), peer_session_.data(), own.secret.view().data()));
    if (!send_frame(4, body) || !read_frame()) return false;
    body = text("\x05READY");
    const Bytes shorter = short_nonce();
    append(body, shorter);
    append(body, seal(property("Socket-Type", "ROUTER"), nonce("CurveZMQREADY---", shorter), peer_session_.data(),
                      session_secret_.data()));
    message_nonce_ = "CurveZMQMESSAGES";
    return send_frame(4, body);
  }

  // --- after the handshake; false when the connection is gone ---
  bool send_part(std::uint8_t flags, ByteView payload) { return send_bytes(part(flags, payload)); }
  // The bytes of one part, so that several can go in one segment.
  Bytes part(std::uint8_t flags, ByteView payload) {
    Bytes inside{flags};
    append(inside, payload);
    Bytes body = text("\x07MESSAGE");
    const Bytes shorter = short_nonce();
    append(body, shorter);
    append(body, seal(inside, nonce(message_nonce_, shorter), peer_session_.data(), session_secret_.data()));
    return framed(0, body);
  }
  bool knock() { return send_part(kLast, {}); }

  // --- the bare connection ---
  bool send_bytes(ByteView bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
  }
  // Reads and drops until the other side ends the connection; false when it does not.
  bool wait_ended() {
    std::array<char, 4096> buffer{};
    while (true) {
      const ssize_t count = ::recv(fd_, buffer.data(), buffer.size(), 0);
      if (count == 0) return true;
      if (count < 0) return errno == ECONNRESET;
    }
  }
  // Ends it with a reset: what was not read is gone.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    end();
  }

  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
  }
  static int open() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    KIEM_CHECK(fd >= 0);
    set_patience(fd);
    return fd;
  }

 private:
  static void set_patience(int fd) {
    const timeval patience{20, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }
  static Bytes text(std::string_view words) { return to_bytes(view(words)); }

  void end() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

  void make_session_keys() {
    KIEM_CHECK(sodium_init() >= 0);
    crypto_box_keypair(session_public_.data(), session_secret_.data());
  }

  bool greet(bool as_server) {
    Bytes greeting(64);
    greeting[0] = 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    const std::string_view mechanism = "CURVE";
    std::copy(mechanism.begin(), mechanism.end(), greeting.begin() + 12);
    greeting[32] = as_server ? 1 : 0;
    return send_bytes(greeting) && read_exactly(64).has_value();
  }

  static Bytes property(std::string_view name, std::string_view value) {
    Bytes bytes{static_cast<std::uint8_t>(name.size())};
    append(bytes, view(name));
    append(bytes, Bytes{0, 0, 0, static_cast<std::uint8_t>(value.size())});
    append(bytes, view(value));
    return bytes;
  }

  static Bytes framed(std::uint8_t flags, ByteView body) {
    Bytes frame;
    if (body.size() < 256) {
      frame = {flags, static_cast<std::uint8_t>(body.size())};
    } else {
      frame = {static_cast<std::uint8_t>(flags | 2)};
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(body.size()) >> shift));
      }
    }
    append(frame, body);
    return frame;
  }
  bool send_frame(std::uint8_t flags, ByteView body) { return send_bytes(framed(flags, body)); }

  std::optional<Bytes> read_exactly(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t done = 0; done < size;) {
      const ssize_t count = ::recv(fd_, bytes.data() + done, size - done, 0);
      if (count <= 0) return std::nullopt;
      done += static_cast<std::size_t>(count);
    }
    return bytes;
  }
  std::optional<Bytes> read_frame() {
    const auto flags = read_exactly(1);
    if (!flags) return std::nullopt;
    const auto length = read_exactly(((*flags)[0] & 2) != 0 ? 8 : 1);
    if (!length) return std::nullopt;
    std::size_t size = 0;
    for (const auto byte : *length) size = size << 8U | byte;
    return read_exactly(size);
  }

  Bytes short_nonce() {
    ++counter_;
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(counter_ >> shift));
    return bytes;
  }
  static Bytes nonce(std::string_view prefix, ByteView rest) {
    Bytes bytes = text(prefix);
    append(bytes, rest);
    KIEM_CHECK(bytes.size() == crypto_box_NONCEBYTES);
    return bytes;
  }
  static Bytes seal(ByteView plain, const Bytes& with, const std::uint8_t* to, const std::uint8_t* from) {
    Bytes sealed(plain.size() + crypto_box_MACBYTES);
    KIEM_CHECK(crypto_box_easy(sealed.data(), plain.data(), plain.size(), with.data(), to, from) == 0);
    return sealed;
  }
  static std::optional<Bytes> unseal(ByteView sealed, const Bytes& with, const std::uint8_t* from,
                                     const std::uint8_t* to) {
    Bytes plain(sealed.size() - crypto_box_MACBYTES);
    if (crypto_box_open_easy(plain.data(), sealed.data(), sealed.size(), with.data(), from, to) != 0) {
      return std::nullopt;
    }
    return plain;
  }

  int fd_ = -1;
  std::uint64_t counter_ = 0;
  std::string_view message_nonce_;
  std::array<std::uint8_t, 32> session_public_{};
  std::array<std::uint8_t, 32> session_secret_{};
  std::array<std::uint8_t, 32> peer_session_{};
};

}  // namespace kiem::test
