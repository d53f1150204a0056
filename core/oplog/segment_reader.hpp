// A segment that comes in pieces: its head, which is all up to its first entry, and then entry by entry, so that the id
// of each operation is known before the next entry is there (packing.hpp). decode_segment() is built on it.
//
// A value; one thread at a time. Fails as decode_segment() does.
#pragma once

#include "core/base/cbor.hpp"
#include "core/oplog/segment.hpp"

namespace kiem {

class SegmentReader {
 public:
  [[nodiscard]] static Result<SegmentReader> begin(ByteView head);
  [[nodiscard]] Result<OpId> add(ByteView entry);
  // After as many entries as the head says.
  [[nodiscard]] Result<std::vector<UnverifiedOperation>> finish();

 private:
  friend Result<std::vector<UnverifiedOperation>> decode_segment(ByteView bytes);
  [[nodiscard]] static Result<SegmentReader> read_head(CborReader& reader);
  [[nodiscard]] Result<OpId> read(CborReader& reader);

  Header place_, before_;
  std::size_t count_ = 0;
  std::vector<UnverifiedOperation> run_;
};

}  // namespace kiem
