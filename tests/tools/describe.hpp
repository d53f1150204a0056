// Decoded operations as flat fields, name and text, so that two readers of one vector can be compared field by field.
//
// Ids and bytes are lower-case hex, numbers decimal; "mutations.1.supersedes.0.back" is a path with indices from 0.
// What is absent has no field.
#pragma once

#include <map>
#include <string>

#include "core/oplog/segment.hpp"
#include "tests/tools/decoders.hpp"

namespace kiem::test {

using Fields = std::map<std::string, std::string>;

// The fields of what the decoder makes of bytes, or its error.
[[nodiscard]] Result<Fields> describe(Decoder decoder, ByteView bytes);

}  // namespace kiem::test
