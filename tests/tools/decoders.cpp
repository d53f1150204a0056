#include "tests/tools/decoders.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/oplog/segment.hpp"

namespace kiem::test {

std::string_view name_of(Decoder decoder) {
  switch (decoder) {
    case Decoder::header:
      return "header";
    case Decoder::rest:
      return "rest";
    case Decoder::bones:
      return "bones";
    case Decoder::part:
      return "part";
    case Decoder::value:
      return "value";
    case Decoder::operation:
      return "operation";
    case Decoder::segment:
      return "segment";
  }
  KIEM_UNREACHABLE("a decoder");
}

Decoder decoder_named(std::string_view name) {
  const auto* found =
      std::find_if(kDecoders.begin(), kDecoders.end(), [&](Decoder each) { return name_of(each) == name; });
  KIEM_CHECK(found != kDecoders.end());
  return *found;
}

Result<Bytes> encoded_again(Decoder decoder, ByteView bytes) {
  switch (decoder) {
    case Decoder::header: {
      KIEM_TRY_GET(const Header header, decode_header(bytes));
      return encode(header);
    }
    case Decoder::rest: {
      KIEM_TRY_GET(const Header header, decode_rest(bytes, Header{}));
      return encode_rest(header, Header{});
    }
    case Decoder::bones: {
      KIEM_TRY_GET(const Bones bones, decode_bones(bytes));
      return encode(bones);
    }
    case Decoder::part: {
      KIEM_TRY_GET(const PartValues values, decode_part(bytes));
      return encode_part(bytes.first(kPartSaltBytes), values);
    }
    case Decoder::value: {
      KIEM_TRY_GET(const Value value, decode_value(bytes));
      return encode(value);
    }
    case Decoder::operation: {
      KIEM_TRY_GET(const UnverifiedOperation operation, decode_operation(bytes));
      return encode(operation);
    }
    case Decoder::segment: {
      KIEM_TRY_GET(const auto run, decode_segment(bytes));
      return encode_segment(run);
    }
  }
  KIEM_UNREACHABLE("a decoder");
}

}  // namespace kiem::test
