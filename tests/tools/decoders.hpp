// The operation decoders under one roof, for whatever is true of all of them: vectors, laws and fuzzing.
#pragma once

#include <array>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem::test {

enum class Decoder : std::uint8_t { header, rest, bones, part, value, operation, segment };
inline constexpr std::array kDecoders{Decoder::header, Decoder::rest,      Decoder::bones,  Decoder::part,
                                      Decoder::value,  Decoder::operation, Decoder::segment};

[[nodiscard]] std::string_view name_of(Decoder decoder);
[[nodiscard]] Decoder decoder_named(std::string_view name);

// What encode makes of what decode makes of `bytes`, or decode's error. `rest` is read with nothing before it.
[[nodiscard]] Result<Bytes> encoded_again(Decoder decoder, ByteView bytes);

}  // namespace kiem::test
