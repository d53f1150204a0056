// A segment: a run of operations of one chain with what repeats, or can be computed, left out (FORMAT.md section 8).
//
// Space, circle, device, the first seq and the first prev stand once; of each header only the rest travels, and the
// bones travel without the sizes and hashes of the parts beside them. Decoding builds the exact header and bones bytes
// again, so that hashing and checking begin from what was signed; nothing is interpreted on the way. The same
// operations have one segment: encode(decode(bytes)) == bytes.
//
// The rest of a header alone (encode_rest) is also how a store keeps it. Free functions, any thread. Decoding fails
// with not_canonical or too_large, a peer's fault; operations that do not continue each other are a broken promise of
// ours.
#pragma once

#include <span>

#include "core/oplog/operation.hpp"

namespace kiem {

// Room for the longest run between two kept signatures (D2): 15 operations of 4 KiB and one of 16.
constexpr std::size_t kMaxSegmentBytes = std::size_t{128} * 1024;
constexpr std::size_t kMaxSegmentOperations = 256;

// The header without place (space, circle, device, seq, prev), suite, bones hash and size; format, enc, access heads
// and class only where they are not those of `before`: the header before it in the segment, Header{} for the first one
// and for an operation kept alone. The suite is kSuite, else a broken promise.
[[nodiscard]] Bytes encode_rest(const Header& header, const Header& before);
// The header with everything that encode_rest left out still to be filled in.
[[nodiscard]] Result<Header> decode_rest(ByteView bytes, const Header& before);

// run: 1 to kMaxSegmentOperations whole operations of suite kSuite (check_whole), each with the next seq and the id of
// the one before as prev, the last one with its signature.
[[nodiscard]] Bytes encode_segment(std::span<const UnverifiedOperation> run);
// Operations that hash and chain as the segment says; no signature is checked. Parts are as many as the bones list, the
// absent ones empty.
[[nodiscard]] Result<std::vector<UnverifiedOperation>> decode_segment(ByteView bytes);
// How many operations from the start of `run` fill one segment of at most max_bytes: those that continue each other and
// fit, up to the last of them with a signature. 0 when the first signature comes too late. max_bytes: at most
// kMaxSegmentBytes counts.
[[nodiscard]] std::size_t segment_length(std::span<const UnverifiedOperation> run,
                                         std::size_t max_bytes = kMaxSegmentBytes);

// An operation with what its header and bones say, which the caller has decoded from those very bytes or made them of.
struct ExportedOperation {
  UnverifiedOperation bytes;
  Header header;
  Bones bones;
};
// segment_length() and encode_segment() in one, without decoding anything again.
struct FilledSegment {
  Bytes segment;
  std::size_t count = 0;  // 0: no segment
};
[[nodiscard]] FilledSegment fill_segment(std::span<const ExportedOperation> run,
                                         std::size_t max_bytes = kMaxSegmentBytes);

}  // namespace kiem
