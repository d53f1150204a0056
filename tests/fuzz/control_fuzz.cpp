// libFuzzer over both decoders of the control socket: whatever is taken is one canonical item and is written as the
// same bytes again; the sanitizers see to the rest. The first byte chooses the decoder.
#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "sync/control/messages.hpp"

namespace {

void check_request(kiem::ByteView item) {
  const auto request = kiem::control::decode_request(item);
  if (!request) {
    KIEM_CHECK(request.error().fault == kiem::Fault::peer);
    return;
  }
  KIEM_CHECK(kiem::is_cbor_item(item));
  const auto frame = kiem::control::encode_request(*request);
  KIEM_CHECK(frame && kiem::text_view(frame->view().subspan(kiem::control::kPrefixBytes)) == kiem::text_view(item));
}

void check_answer(kiem::ByteView item) {
  const auto answer = kiem::control::decode_answer(item);
  if (!answer) {
    KIEM_CHECK(answer.error().fault == kiem::Fault::peer);
    return;
  }
  KIEM_CHECK(kiem::is_cbor_item(item));
  const auto frame = kiem::control::encode_answer(*answer);
  KIEM_CHECK(kiem::text_view(frame.view().subspan(kiem::control::kPrefixBytes)) == kiem::text_view(item));
}

void check_greeting(kiem::ByteView item) {
  static_cast<void>(kiem::control::decode_caller_hello(item));
  const auto hello = kiem::control::decode_hello(item);
  if (!hello) return;
  const auto frame = kiem::control::encode_hello(*hello);
  KIEM_CHECK(frame && kiem::text_view(frame->view().subspan(kiem::control::kPrefixBytes)) == kiem::text_view(item));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const kiem::ByteView item(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      check_request(item);
      break;
    case 1:
      check_answer(item);
      break;
    default:
      check_greeting(item);
  }
  return 0;
}
