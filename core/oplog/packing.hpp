// Segments on their way over one link, packed: ids as numbers of a list that both ends keep, and what is pure chance
// (ids not told before, signatures, salts, acts) apart from the rest, so that the rest can be compressed well
// (FORMAT.md section 8.1).
//
// Packing looks at CBOR items alone, not at what they mean; unpacking gives the very bytes back, or bytes that hash to
// something else and are judged as any are. Packer and Unpacker are the two ends of one direction of a link: what one
// packs, the other has to unpack in that order. One thread at a time.
//
// Unpacking fails with not_canonical or too_large, a peer's fault. An id that is told by its beginning and that this
// store does not know, or not it alone, is no fault: see Unpacked.
#pragma once

#include <functional>
#include <span>

#include "core/oplog/id_list.hpp"
#include "core/oplog/operation.hpp"

namespace kiem {

// The beginning of an id that the other end has. 48 bits tell a million ids apart; where two begin alike in the
// sender's store it tells the whole id, and where they do in the receiver's, unpacking says so.
using IdBeginning = Id<struct IdBeginningTag, 6>;
[[nodiscard]] IdBeginning beginning_of(const Hash32& id);

// What the words of one Packed may take: bounds what is expanded before anything of it is looked at.
constexpr std::size_t kMaxPackedWords = std::size_t{64} * 1024;

struct Packed {
  Bytes words;   // what repeats
  Bytes chance;  // what does not
};

// A claim's record, which can be told by what it is made of.
struct ClaimParts {
  RecordId record;
  RecordId occurrence;
  PrincipalId principal;
};
// The claims of an operation whose record is theirs.
void add_claims(const Bones& bones, const PersonId& author, std::vector<ClaimParts>& claims);

class Packer {
 public:
  // Whether the other end has this id, and no other that begins like it.
  using Tells = std::function<Result<bool>(const Hash32&)>;

  // Forgets all; from here on these ids are what both ends know.
  void begin(std::span<const Hash32> known);
  // segment: as encode_segment made it. ids: of its operations.
  [[nodiscard]] Status add(ByteView segment, std::span<const OpId> ids, std::span<const ClaimParts> claims,
                           const Tells& tells, Packed& to);

 private:
  struct Job;
  [[nodiscard]] Status items(Job& job, std::size_t count);
  [[nodiscard]] Status id(Job& job, const Hash32& id);

  IdIndex ids_;
  std::uint64_t last_integer_ = 0;
};

struct Unpacked {
  std::vector<std::vector<UnverifiedOperation>> runs;  // one a segment
  // No: an id was told by a beginning that says nothing here. What was packed from there on cannot be read, and so can
  // nothing that follows until both ends begin anew.
  bool is_whole = true;
  // An id was told by its beginning, which may have been another's.
  bool has_beginnings = false;
};

class Unpacker {
 public:
  // The only id here, of those that both ends may know, that begins so.
  using Finds = std::function<Result<std::optional<Hash32>>(const IdBeginning&)>;

  void begin(std::span<const Hash32> known);
  [[nodiscard]] Result<Unpacked> take(ByteView words, ByteView chance, const Finds& finds);

 private:
  struct Job;
  [[nodiscard]] Status items(Job& job, std::size_t count, Bytes& out, bool in_part);
  [[nodiscard]] Status part(Job& job, Bytes& out);
  [[nodiscard]] Result<Hash32> id(Job& job, std::uint64_t number, bool in_claim);
  [[nodiscard]] Status segment(Job& job, Unpacked& to);

  IdList ids_;
  std::uint64_t last_integer_ = 0;
};

}  // namespace kiem
