// Segments as they go over a link in one direction: packed (core/oplog/packing.hpp) and compressed together with what
// went before them (sync/PROTOCOL.md section 4.3). PackedOut is the sender's end of it, PackedIn the receiver's.
//
// Each holds the ids that were told and the last kPackedHistory bytes of words. A receiver that could not read a frame
// reads nothing more until the sender begins anew. One thread, the session's.
#pragma once

#include "core/base/compression.hpp"
#include "core/oplog/packing.hpp"
#include "core/replica.hpp"
#include "sync/wire/messages.hpp"

namespace kiem {

constexpr std::size_t kPackedHistory = std::size_t{64} * 1024;

[[nodiscard]] inline std::size_t bytes_of(const wire::Segments& segments) {
  return segments.words.size() + (segments.chance ? segments.chance->size() : 0);
}

class PackedOut {
 public:
  // known: what both ends know from the beginning.
  void begin(std::vector<Hash32> known);
  // The receiver forgets what it was told, and so does this end.
  void begin_anew();
  [[nodiscard]] bool empty() const { return packed_.words.empty(); }
  [[nodiscard]] Status add(const ExportedRun& run, const Packer::Tells& tells);
  // What was added.
  [[nodiscard]] wire::Segments finish();

 private:
  std::vector<Hash32> known_;
  Packer packer_;
  Packed packed_;
  Compression compression_;
  Bytes history_;
  bool anew_ = false;
};

class PackedIn {
 public:
  void begin(std::vector<Hash32> known);
  // Not a whole one, and without runs, when this frame or one since the last beginning could not be read.
  [[nodiscard]] Result<Unpacked> take(const wire::Segments& segments, const Unpacker::Finds& finds);
  // Nothing more can be read before the sender begins anew.
  void give_up() { is_lost_ = true; }

 private:
  std::vector<Hash32> known_;
  Unpacker unpacker_;
  Compression compression_;
  Bytes history_;
  bool is_lost_ = false;
};

}  // namespace kiem
