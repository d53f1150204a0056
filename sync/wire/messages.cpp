#include "sync/wire/messages.hpp"

#include <array>

namespace kiem::wire {
namespace {

template <class Body>
Result<Message> read_body(CborReader& reader) {
  Body body;
  KIEM_TRY(read_fields(reader, body));
  KIEM_TRY(reader.finish());
  return Message(std::move(body));
}

using ReadBody = Result<Message> (*)(CborReader&);
struct Kind {
  std::uint32_t type;
  ReadBody read;
};
template <class... Bodies>
constexpr std::array<Kind, sizeof...(Bodies)> kinds_of() {
  return {Kind{Bodies::kType, read_body<Bodies>}...};
}
constexpr auto kKinds = kinds_of<Hello, Heads, Want, Probe, Samples, Segments, Piece, Done, Level, Ack, Bye, Again,
                                 Known, Whole, Frontier, Lack, Knock, Challenge, Join, Admitted, Have, Graft, Prune>();

constexpr std::array<std::string_view, 24> kNames{"Hello", "Heads",    "Want",     "Probe", "Samples", "Segments",
                                                  "Piece", "Done",     "Level",    "Ack",   "Bye",     "Again",
                                                  "Known", "Whole",    "Frontier", "Lack",  "Knock",   "Challenge",
                                                  "Join",  "Admitted", "Have",     "Graft", "Prune",   "unknown"};
static_assert(kNames.size() == std::variant_size_v<Message>);

}  // namespace

Bytes encode(const Message& message) {
  CborWriter out;
  out.array(2);
  std::visit(
      [&](const auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<Body, UnknownMessage>) {
          KIEM_CHECK(false);
        } else {
          out.unsigned_integer(Body::kType);
          write_fields(out, body);
        }
      },
      message);
  KIEM_CHECK(out.view().size() <= kMaxFrame);
  return out.take();
}

Result<Message> decode(ByteView frame) {
  if (frame.size() > kMaxFrame) return fail(ErrorCode::too_large, Fault::peer, {"frame", std::to_string(kMaxFrame)});
  CborReader reader(frame);
  KIEM_TRY(reader.array(2, 2));
  KIEM_TRY_GET(const std::uint64_t type, reader.unsigned_integer(kLastType));
  for (const auto& kind : kKinds) {
    if (kind.type == type) return kind.read(reader);
  }
  KIEM_TRY(reader.item());
  KIEM_TRY(reader.finish());
  return Message(UnknownMessage{static_cast<std::uint32_t>(type)});
}

std::string_view name_of(const Message& message) { return kNames[message.index()]; }

}  // namespace kiem::wire
