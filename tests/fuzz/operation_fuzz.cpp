// libFuzzer over every decoder of operations: the first byte chooses, the rest is its input. Whatever is taken must
// encode to exactly those bytes again; the sanitizers see to the rest.
#include "core/base/check.hpp"
#include "tests/tools/decoders.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto decoder = kiem::test::kDecoders[data[0] % kiem::test::kDecoders.size()];
  const kiem::ByteView input(data + 1, size - 1);
  const auto again = kiem::test::encoded_again(decoder, input);
  KIEM_CHECK(again ? *again == kiem::to_bytes(input) : again.error().args.size() == 2);
  return 0;
}
