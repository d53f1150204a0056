// libFuzzer over moves and frontier rows: the first byte chooses which, for moves the second one how long the list is.
// What is taken has exactly this coding; the sanitizers see to the rest.
#include "core/base/check.hpp"
#include "sync/wire/frontier.hpp"
#include "sync/wire/moves.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const kiem::ByteView input(data + 2, size - 2);
  if (data[0] % 2 == 0) {
    const std::size_t chains = std::size_t{data[1]} * 7;
    const auto moves = kiem::wire::decode_moves(input, chains);
    if (moves) KIEM_CHECK(kiem::wire::encode_moves(*moves, chains) == kiem::to_bytes(input));
  } else {
    const auto rows = kiem::wire::decode_rows(input);
    if (rows) KIEM_CHECK(kiem::wire::encode_rows(*rows) == kiem::to_bytes(input));
  }
  return 0;
}
