// What a test asks of a refusal, and what every decoder owes to every input.
#pragma once

#include <doctest/doctest.h>

#include "tests/tools/decoders.hpp"

namespace kiem::test {

template <class T>
void check_refused(const Result<T>& result, ErrorCode code) {
  REQUIRE_FALSE(result.has_value());
  CHECK(static_cast<int>(result.error().code) == static_cast<int>(code));
  CHECK(result.error().fault == Fault::peer);
  CHECK(result.error().args.size() == 2);
}
template <class T>
void check_not_canonical(const Result<T>& result) {
  check_refused(result, ErrorCode::not_canonical);
}
// `what` is the name of the limit, its first argument.
template <class T>
void check_too_large(const Result<T>& result, std::string_view what) {
  check_refused(result, ErrorCode::too_large);
  if (!result) CHECK(result.error().args[0] == what);
}

// `valid` is taken and made again; nothing, every shorter form and any byte behind it are refused.
inline void check_edges(Decoder decoder, const Bytes& valid) {
  const auto again = encoded_again(decoder, valid);
  REQUIRE(again.has_value());
  CHECK(to_hex(*again) == to_hex(valid));
  for (std::size_t size = 0; size < valid.size(); ++size) {
    CAPTURE(size);
    check_not_canonical(encoded_again(decoder, ByteView(valid).first(size)));
  }
  for (const unsigned byte : {0x00U, 0xf6U, 0xffU}) {
    Bytes longer = valid;
    longer.push_back(static_cast<std::uint8_t>(byte));
    check_not_canonical(encoded_again(decoder, longer));
  }
}

}  // namespace kiem::test
