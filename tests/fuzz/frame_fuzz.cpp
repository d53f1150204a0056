// libFuzzer over the frames of a session: whatever is taken must be written and read as the same message again; the
// sanitizers see to the rest.
#include "core/base/check.hpp"
#include "sync/wire/messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const kiem::ByteView input(data, size);
  const auto message = kiem::wire::decode(input);
  if (!message) {
    KIEM_CHECK(message.error().fault == kiem::Fault::peer);
    return 0;
  }
  if (std::holds_alternative<kiem::wire::UnknownMessage>(*message)) return 0;
  const kiem::Bytes bytes = kiem::wire::encode(*message);
  // Shorter when something of a later version was skipped.
  KIEM_CHECK(bytes.size() <= input.size());
  const auto again = kiem::wire::decode(bytes);
  KIEM_CHECK(again && *again == *message);
  return 0;
}
