// What goes over the control socket, and its bytes (DESIGN D13; sync/PROTOCOL.md section 12).
//
// A frame is the length of an item, 4 bytes with the most significant first, and the item: deterministic CBOR. Each
// side begins with a greeting; then the caller sends one request and gets one answer. encode_* gives a whole frame,
// decode_* takes the item alone. What is decoded encodes to the same bytes. Decoding fails with not_canonical or
// too_large, a peer's fault. Frames are wiped when they go; the structs are their owner's to wipe. Free functions, any
// thread.
#pragma once

#include "sync/control/codec.hpp"
#include "sync/control/node_requests.hpp"

namespace kiem {

enum class ControlRole : std::uint8_t { node, client };

// Whom a caller has before it.
struct ControlHello {
  ControlRole role = ControlRole::node;
  std::uint32_t pid = 0;
  std::vector<std::string> listens;  // tcp://HOST:PORT where peers are let in; empty when nowhere
};

namespace control {

// Raised with every change of a struct that travels. Only equal numbers understand each other: both ends come from one
// installation, save while it is being renewed.
constexpr std::uint32_t kProtocol = 8;

// --- bounds ----------------------------------------------------------------------------------------------------------
constexpr std::size_t kMaxRequestText = std::size_t{64} * 1024;
constexpr std::size_t kMaxImportBytes = std::size_t{16} << 20U;  // of spreadsheet::kMaxFileBytes
constexpr std::size_t kMaxAddresses = 1024;                      // in one request
constexpr std::size_t kMaxAnswerText = std::size_t{1} << 20U;
constexpr std::size_t kMaxAnswerItems = 1'000'000;  // in all lists of one answer

constexpr Bounds kHelloBounds{"hello", 4096, 255, 0, 64};
constexpr Bounds kRequestBounds{"request", kMaxImportBytes + std::size_t{1024} * 1024, kMaxRequestText, kMaxImportBytes,
                                kMaxAddresses};
constexpr Bounds kAnswerBounds{"answer", std::size_t{64} << 20U, kMaxAnswerText, 0, kMaxAnswerItems};

// --- greetings -------------------------------------------------------------------------------------------------------
[[nodiscard]] WipedBytes encode_caller_hello();
// peer_other_version for another protocol number, whatever comes behind it.
[[nodiscard]] Status decode_caller_hello(ByteView item);

// Fails with too_large for more than 64 addresses, one beyond 255 bytes, or 4 KiB in all.
[[nodiscard]] Result<WipedBytes> encode_hello(const ControlHello& hello);
// peer_other_version as above.
[[nodiscard]] Result<ControlHello> decode_hello(ByteView item);

// --- one question ----------------------------------------------------------------------------------------------------

// Fails with too_large (args: "request", limit) when a bound above is passed.
[[nodiscard]] Result<WipedBytes> encode_request(const NodeRequest& request);
[[nodiscard]] Result<NodeRequest> decode_request(ByteView item);

// Cannot fail: an answer beyond the bounds is told as too_large (args: "answer", limit), an error whose args are beyond
// them goes without.
[[nodiscard]] WipedBytes encode_answer(const Result<NodeAnswer>& answer);
// The outer Result: whether these bytes are an answer. The inner one: what was answered.
[[nodiscard]] Result<Result<NodeAnswer>> decode_answer(ByteView item);

}  // namespace control
}  // namespace kiem
